const fs = [];
let i = 0;
while (i < 3) {
  const square = i * i;
  let note = `#${i}`;
  fs.push(() => `${note}${square}`);
  note += ':';
  i += 1;
}
console.log(fs.map(f => f()).join(' '));
