const grade = n => {
  switch (true) {
    case n >= 90: return 'A';
    case n >= 80: return 'B';
    default: return 'F';
  }
};
console.log([95, 85, 10].map(grade).join());
switch (1) {
}
switch (1) {
  default:
}
console.log('empty switches');
