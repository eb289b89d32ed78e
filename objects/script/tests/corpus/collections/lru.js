const makeLru = size => {
  const m = new Map();
  return {
    get: k => {
      if (!m.has(k)) return undefined;
      const v = m.get(k);
      m.delete(k);
      m.set(k, v);
      return v;
    },
    put: (k, v) => {
      m.delete(k);
      m.set(k, v);
      if (m.size > size) m.delete(m.keys().next().value);
    },
    keys: () => [...m.keys()].join(),
  };
};
const c = makeLru(2);
c.put('a', 1);
c.put('b', 2);
c.get('a');
c.put('c', 3);
console.log(`${c.keys()} ${c.get('b')} ${c.get('a')} ${c.keys()}`);
