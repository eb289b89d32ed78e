try {
  JSON.stringify({ a: 1n });
} catch (e) {
  console.log(e.name);
}
console.log(JSON.stringify({ a: 1n }, (k, v) => (typeof v === 'bigint' ? `${v}n` : v)));
