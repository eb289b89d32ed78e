const ups = [];
const reads = [];
for (let i = 0; i < 3; i += 1) {
  ups.push(() => (i += 10));
  reads.push(() => i);
}
ups[0]();
ups[0]();
ups[2]();
console.log(reads.map(f => f()).join(' '));
