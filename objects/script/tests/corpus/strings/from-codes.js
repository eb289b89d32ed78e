console.log(String.fromCharCode(72, 105) + String.fromCodePoint(0x1f600, 65));
console.log(`${String.fromCharCode()}|${String.fromCharCode(65.9, '66', 0x10041)}|${String.fromCharCode(0xd83d, 0xde00)}`);
for (const c of [0x110000, -1, 1.5, NaN, 'x']) {
  try {
    String.fromCodePoint(c);
  } catch (e) {
    console.log(e.name);
  }
}
