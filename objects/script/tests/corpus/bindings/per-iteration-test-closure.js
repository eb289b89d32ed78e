const seen = [];
for (let i = 0; seen.push(() => i), i < 2; i += 1) {
  console.log(`body ${i}`);
}
console.log(seen.map(f => f()).join(' '));
