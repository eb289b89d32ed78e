const out = [];
for (let i = 0; i < 10; i += 1) {
  if (i % 2) continue;
  if (i > 6) break;
  out.push(i);
}
console.log(out.join());
let w = 0;
while (true) {
  w += 1;
  if (w < 5) continue;
  break;
}
console.log(`${w}`);
