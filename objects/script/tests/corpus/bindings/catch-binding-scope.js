const e = 'outer';
try {
  throw new Error('inner');
} catch (e) {
  console.log(e.message);
  {
    const e = 'block';
    console.log(e);
  }
}
console.log(e);
