const makeStore = () => {
  const items = new Map();
  const history = [];
  const record = entry => {
    history.push(harden({ n: history.length + 1, ...entry }));
  };
  const add = (sku, { name, price, count = 0, tags = [] }) => {
    if (items.has(sku)) throw new Error(`known sku ${sku}`);
    items.set(sku, { name, price, count, tags: [...tags] });
    record({ what: 'add', sku });
  };
  const adjust = (sku, by) => {
    const item = items.get(sku);
    if (!item) throw new Error(`unknown sku ${sku}`);
    if (item.count + by < 0) throw new RangeError(`${sku}: only ${item.count}`);
    item.count += by;
    record({ what: by < 0 ? 'sell' : 'stock', sku, by });
    return item.count;
  };
  const value = () => [...items.values()].reduce((s, { price, count }) => s + price * count, 0);
  const find = ({ tag, text = '', most = Infinity } = {}) =>
    [...items]
      .filter(([, i]) => (!tag || i.tags.includes(tag)) && i.name.toLowerCase().includes(text) && i.price <= most)
      .map(([sku]) => sku);
  return harden({ add, adjust, value, find, history: () => [...history] });
};
const store = makeStore();
store.add('t1', { name: 'Green tea', price: 4.5, count: 10, tags: ['drink', 'hot'] });
store.add('c1', { name: 'Cold brew', price: 6, tags: ['drink', 'cold'] });
store.add('m1', { name: 'Mug', price: 12.25, count: 3 });
const attempt = f => {
  try {
    return String(f());
  } catch (e) {
    return `${e.name}: ${e.message}`;
  }
};
console.log([() => store.adjust('t1', -4), () => store.adjust('c1', 7), () => store.adjust('m1', -5), () => store.adjust('zz', 1), () => store.add('t1', {})].map(attempt).join(' | '));
console.log(`${store.value()} ${store.find({ tag: 'drink' }).join()} ${store.find({ text: 'tea' }).join()} ${store.find({ most: 6 }).join()} ${store.find().length}`);
for (const h of store.history()) console.log(JSON.stringify(h));
try {
  store.history()[0].what = 'forged';
} catch (e) {
  console.log(e.name);
}
