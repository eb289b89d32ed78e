for (const v of [null, undefined]) {
  try {
    v.toUpperCase();
  } catch (e) {
    console.log(e.name);
  }
}
try {
  (5).toUpperCase();
} catch (e) {
  console.log(e.name);
}
console.log(String('abc'.nothing));
