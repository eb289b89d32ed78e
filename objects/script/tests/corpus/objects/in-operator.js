const o = { a: 1, 5: 'five' };
console.log(`${'a' in o} ${5 in o} ${'5' in o} ${'z' in o}`);
const k = 'a';
console.log(`${k in o} ${!(k in o)}`);
console.log(`${0 in ['x']} ${1 in ['x']} ${'length' in ['x']}`);
for (const v of ['text', 1, null, undefined]) {
  try {
    'a' in v;
    console.log('no error');
  } catch (e) {
    console.log(e.name);
  }
}
