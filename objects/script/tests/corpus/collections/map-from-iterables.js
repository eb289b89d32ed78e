console.log([...new Map([[1, 2], [1, 3]])].join('|'));
console.log([...new Map(new Map([['k', 'v']]))].join('|'));
console.log([...new Map(Object.entries({ a: 1 }))].join('|'));
console.log([...new Map([[], ['only']])].map(([k, v]) => `${k}:${v}`).join('|'));
console.log(`${new Map(null).size} ${new Map(undefined).size} ${new Map([]).size}`);
for (const bad of [5, [1], ['ab'], {}]) {
  try {
    console.log(`${new Map(bad).size}`);
  } catch (e) {
    console.log(e.name);
  }
}
