const make = () => /a/g;
const a = make();
const b = make();
a.test('aa');
console.log(`${a === b} ${a.lastIndex} ${b.lastIndex}`);
const seen = [];
for (let i = 0; i < 2; i += 1) {
  const re = /x/g;
  seen.push(re.lastIndex);
  re.test('x');
}
console.log(seen.join());
