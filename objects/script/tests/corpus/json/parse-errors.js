const bad = ['', ' ', '{', '[1,]', '{"a":1,}', "{'a':1}", '{a:1}', '01', '1.', '.5', '+1', '0x1', '"\t"', '"\\x41"', 'undefined', 'NaN', 'tru', '[1 2]', '{"a" 1}', '"abc', '1 2', '[', '"\\u12g4"', '\u00a01', '-', '1e'];
for (const s of bad) {
  try {
    JSON.parse(s);
    console.log(`accepted ${s}`);
  } catch (e) {
    console.log(e.name);
  }
}
