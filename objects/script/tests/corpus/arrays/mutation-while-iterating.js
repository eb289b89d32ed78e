const a = [1, 2, 3];
const seen = [];
for (const x of a) {
  seen.push(x);
  if (x === 1) a.push(4);
  if (x === 2) a.shift();
}
console.log(`${seen.join()} / ${a.join()}`);
const b = [1, 2, 3, 4];
const got = [];
for (const x of b) {
  got.push(x);
  if (x === 2) b.length = 0;
}
console.log(got.join());
