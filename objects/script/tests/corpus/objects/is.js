console.log(`${Object.is(NaN, NaN)} ${Object.is(0, -0)} ${Object.is(-0, -0)} ${Object.is('a', 'a')}`);
const o = {};
console.log(`${Object.is(o, o)} ${Object.is({}, {})} ${Object.is(null, undefined)} ${Object.is(1n, 1n)}`);
