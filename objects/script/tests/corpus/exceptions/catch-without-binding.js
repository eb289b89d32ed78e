try {
  throw 1;
} catch {
  console.log('caught');
}
try {
  console.log('no throw');
} catch {
  console.log('never');
}
