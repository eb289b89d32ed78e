for (const [k, v] of Object.entries({ a: 1, b: 2 })) console.log(`${k}=${v}`);
for (const { id, tags: [first = '-'] = [] } of [{ id: 1, tags: ['t'] }, { id: 2 }]) console.log(`${id} ${first}`);
for (const [i, { n }] of [{ n: 'x' }, { n: 'y' }].entries()) console.log(`${i}${n}`);
let p;
for ([p] of [[1], [2]]) console.log(`p ${p}`);
const o = {};
for (o.k of ['x', 'y']) console.log(o.k);
