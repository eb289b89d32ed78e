let x = 'outer';
try {
  x = 'never';
  console.log(x);
  console.log(later);
  const later = 1;
  console.log('not reached');
} catch (e) {
  console.log(`${e instanceof ReferenceError} ${e.name}`);
}
console.log(x);
