const a = [1];
const it = a.values();
console.log(JSON.stringify(it.next()));
a.push(2);
console.log(JSON.stringify(it.next()));
console.log(JSON.stringify(it.next()));
a.push(3);
console.log(JSON.stringify(it.next()));
