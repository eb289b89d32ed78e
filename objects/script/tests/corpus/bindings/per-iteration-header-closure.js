const fs = [];
for (let i = 0, f = () => i; i < 3; i += 1) {
  fs.push(f);
  fs.push(() => i);
}
console.log(fs.map(g => g()).join(' '));
