const a = { name: 'a' };
const b = { name: 'b', other: a };
a.other = b;
a.self = a;
console.log(a.other.other.self.other.name);
const ring = [1];
ring.push(ring);
console.log(`${ring[1][1][1][0]} ${ring[1] === ring}`);
