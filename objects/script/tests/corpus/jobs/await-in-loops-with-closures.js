const fs = [];
for (let i = 0; i < 3; i += 1) {
  await null;
  fs.push(() => i);
}
for (const x of ['a', 'b']) {
  await null;
  fs.push(() => x);
}
console.log(fs.map(f => f()).join());
