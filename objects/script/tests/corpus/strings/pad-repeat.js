console.log(['5'.padStart(3), '5'.padStart(3, '0'), 'abc'.padStart(2, 'x'), 'a'.padStart(6, 'xyz'), 'a'.padEnd(5, '-='), 'a'.padEnd(3, ''), 'a'.padEnd(4, undefined), 'a'.padStart(3, 1)].join('|'));
console.log(['ab'.repeat(3), 'x'.repeat(0), ''.repeat(1000), 'x'.repeat(2.9), 'x'.repeat('2')].join('|'));
for (const n of [-1, Infinity]) {
  try {
    'x'.repeat(n);
  } catch (e) {
    console.log(e.name);
  }
}
