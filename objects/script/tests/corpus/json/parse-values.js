const vs = ['1', '-0.5e2', '"a\\u0041\\n\\/"', 'true', 'null', '[]', '{}', ' [1 , 2 ] ', '{"a":{"b":[]}}', '1E+2', '-0'];
for (const s of vs) {
  const v = JSON.parse(s);
  console.log(`${typeof v} ${JSON.stringify(v)} ${Object.is(v, -0)}`);
}
