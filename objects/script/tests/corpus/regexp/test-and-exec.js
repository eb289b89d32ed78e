const re = /b(c)(d)?/;
console.log(`${re.test('abc')} ${re.test('xyz')}`);
const m = re.exec('abcd');
console.log(`${m[0]} ${m[1]} ${m[2]} ${m.index} ${m.length} ${m.input}`);
const n = re.exec('abc');
console.log(`${n[2]} ${n.length} ${n.join('|')}`);
console.log(`${re.exec('zzz')}`);
