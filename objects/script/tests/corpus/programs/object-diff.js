const isObject = v => typeof v === 'object' && v !== null && !Array.isArray(v);
const equal = (a, b) => {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((x, i) => equal(x, b[i]));
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every(k => Object.hasOwn(b, k) && equal(a[k], b[k]));
  }
  return false;
};
const diff = (a, b, path = '') => {
  if (equal(a, b)) return [];
  if (!isObject(a) || !isObject(b)) return [{ op: 'replace', path, value: b }];
  return [
    ...Object.keys(a).filter(k => !(k in b)).map(k => ({ op: 'remove', path: `${path}/${k}` })),
    ...Object.keys(b).flatMap(k => (k in a ? diff(a[k], b[k], `${path}/${k}`) : [{ op: 'add', path: `${path}/${k}`, value: b[k] }])),
  ];
};
const patch = (o, ops) =>
  ops.reduce((acc, { op, path, value }) => {
    const set = (v, [k, ...rest]) => {
      if (k === undefined) return value;
      const { [k]: old, ...others } = v;
      if (op === 'remove' && rest.length === 0) return others;
      return { ...v, [k]: set(old, rest) };
    };
    return set(acc, path.split('/').slice(1));
  }, o);
const a = { name: 'x', tags: ['a'], nested: { deep: { n: 1, gone: true } }, same: [1, { y: NaN }] };
const b = { name: 'z', tags: ['a', 'b'], nested: { deep: { n: 2 }, fresh: {} }, same: [1, { y: NaN }], extra: null };
const ops = diff(a, b);
for (const op of ops) console.log(JSON.stringify(op));
console.log(`${equal(patch(a, ops), b)} ${diff(a, a).length} ${equal({ a: undefined }, { b: undefined })} ${equal([], {})} ${equal(0, -0)}`);
console.log(JSON.stringify(diff(1, 2)));
