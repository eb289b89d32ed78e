const n = 255n;
console.log(`${n.toString()} ${n.toString(16)} ${n.toString(2)} ${(-n).toString(36)} ${(2n ** 80n).toString(32)}`);
try {
  n.toString(37);
} catch (e) {
  console.log(e.name);
}
