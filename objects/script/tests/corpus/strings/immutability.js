const s = 'abc';
const t = s;
const u = t.toUpperCase() + t.concat('d');
console.log(`${s} ${u}`);
try {
  s[0] = 'x';
} catch (e) {
  console.log(e.name);
}
try {
  s.length = 1;
} catch (e) {
  console.log(e.name);
}
console.log(s);
