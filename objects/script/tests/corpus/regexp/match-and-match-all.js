console.log(JSON.stringify('a1b22c'.match(/\d+/g)));
console.log(JSON.stringify('abc'.match(/\d/g)) + JSON.stringify('a1'.match(/(\w)(\d)/)));
for (const m of 'k=v; x=y'.matchAll(/(\w)=(\w)/g)) console.log(`${m.index} ${m[0]} ${m[1]} ${m[2]}`);
console.log([...'aaa'.matchAll(/a*?/g)].map(m => m.index).join());
try {
  'a'.matchAll(/a/);
} catch (e) {
  console.log(e.name);
}
const re = /a/g;
re.lastIndex = 2;
console.log(`${'aaa'.match(re).length} ${re.lastIndex} ${[...'aaa'.matchAll(re)].length}`);
