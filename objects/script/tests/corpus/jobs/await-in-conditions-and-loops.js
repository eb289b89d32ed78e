const yes = async v => v;
if (await yes(true)) console.log('if');
let n = 3;
while (await yes(n > 0)) n -= 1;
console.log(`while ${n}`);
for (let i = await yes(0); await yes(i < 2); i += await yes(1)) console.log(`for ${i}`);
do {
  n += 1;
} while (await yes(n < 2));
console.log(`do ${n}`);
console.log((await yes(null)) ?? 'fallback');
console.log((await yes(false)) || (await yes('or')));
console.log((await yes(1)) && (await yes('and')));
switch (await yes('b')) {
  case await yes('a'):
    console.log('A');
    break;
  case await yes('b'):
    console.log('B');
    break;
  default:
    console.log('none');
}
