const fs = [];
for (let i = 0; i < 3; i += 1) fs.push(() => i);
console.log(fs.map(f => f()).join(' '));
const gs = [];
for (let i = 0; i < 3; i += 1) {
  gs.push(() => i);
  i += 1;
}
console.log(gs.map(f => f()).join(' '));
