const fs = [];
try {
  for (let i = 0; i < 5; i += 1) {
    let label = `n${i}`;
    fs.push(() => label);
    if (i === 2) throw new Error('enough');
    label += '.';
  }
} catch (e) {
  const { message } = e;
  fs.push(() => message);
}
console.log(fs.map(f => f()).join(' '));
