const a = [1, 2, 3];
for (const n of [-1, 1.5, 'x', NaN]) {
  try {
    a.length = n;
    console.log('no error');
  } catch (e) {
    console.log(`${e.name} ${a.length}`);
  }
}
