const makeBox = v => ({
  get: () => v,
  map: f => makeBox(f(v)),
  maybe: undefined,
});
const b = makeBox(1);
console.log(`${b?.map(x => x + 1)?.map?.(x => x * 10).get?.()} ${b.maybe?.().get()}`);
console.log(`${'text'?.toUpperCase?.()} ${[3, 1]?.['sort']?.().join?.('-')}`);
