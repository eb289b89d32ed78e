let i = 0;
for (; i < 3; ) i += 1;
console.log(`${i}`);
for (;;) {
  i += 1;
  if (i > 5) break;
}
console.log(`${i}`);
for (let a = 0, b = 10; a < b; a += 1, b -= 2) console.log(`${a} ${b}`);
for (i = 0; i < 2; i++);
console.log(`${i}`);
for (const k = 1; i < 4; i += k);
console.log(`${i}`);
