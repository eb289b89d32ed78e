const fs = [];
for (const x of ['a', 'b', 'c']) fs.push(() => x);
for (let x of [1, 2]) {
  fs.push(() => x);
  x *= 100;
}
console.log(fs.map(f => f()).join(' '));
