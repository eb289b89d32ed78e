const o1 = {};
const o2 = {};
const m = new Map([[o1, 'o1'], [o2, 'o2'], [NaN, 'nan'], [0, 'zero'], ['0', 'string'], [undefined, 'u'], [null, 'n']]);
console.log([m.get(o1), m.get(o2), m.get({}), m.get(NaN), m.get(-0), m.get('0'), m.get(undefined), m.get(null), m.get()].join());
m.set(-0, 'minus');
console.log(`${m.size} ${[...m.keys()].map(k => Object.is(k, -0)).includes(true)}`);
const f = () => 1;
m.set(f, 'fn').set(true, 't').set('true', 's');
console.log(`${m.get(f)} ${m.get(true)} ${m.get('true')}`);
