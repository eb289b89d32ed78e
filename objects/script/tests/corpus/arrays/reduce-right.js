console.log(['a', 'b', 'c'].reduceRight((acc, x) => acc + x));
console.log(['a', 'b', 'c'].reduceRight((acc, x, i) => `${acc}${i}${x}`, '>'));
try {
  [].reduceRight((a, b) => a + b);
} catch (e) {
  console.log(e.name);
}
