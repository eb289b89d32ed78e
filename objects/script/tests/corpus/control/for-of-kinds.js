for (const x of [1, 2]) console.log(`array ${x}`);
for (const c of 'a😀') console.log(`string ${c}`);
for (const x of new Set(['s'])) console.log(`set ${x}`);
for (const [k, v] of new Map([['k', 'v']])) console.log(`map ${k}${v}`);
for (const i of [7, 8].keys()) console.log(`keys ${i}`);
for (const x of []) console.log('never');
for (const m of 'a1b2'.matchAll(/\d/g)) console.log(`match ${m[0]}`);
