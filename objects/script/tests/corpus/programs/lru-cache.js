// A cache that forgets what was used least recently, by a doubly linked list.
const makeLru = (capacity, load) => {
  const nodes = new Map();
  const ends = {};
  ends.first = { key: null, next: null, prev: null };
  ends.last = { key: null, next: null, prev: ends.first };
  ends.first.next = ends.last;
  const unlink = n => {
    n.prev.next = n.next;
    n.next.prev = n.prev;
  };
  const pushFront = n => {
    n.next = ends.first.next;
    n.prev = ends.first;
    ends.first.next.prev = n;
    ends.first.next = n;
  };
  const stats = { hits: 0, misses: 0, evicted: 0 };
  const get = async key => {
    const known = nodes.get(key);
    if (known) {
      stats.hits += 1;
      unlink(known);
      pushFront(known);
      return known.value;
    }
    stats.misses += 1;
    const value = await load(key);
    const node = { key, value, next: null, prev: null };
    nodes.set(key, node);
    pushFront(node);
    if (nodes.size > capacity) {
      const old = ends.last.prev;
      unlink(old);
      nodes.delete(old.key);
      stats.evicted += 1;
    }
    return value;
  };
  const keys = () => {
    const out = [];
    for (let n = ends.first.next; n !== ends.last; n = n.next) out.push(n.key);
    return out.join('');
  };
  return { get, keys, stats: () => ({ ...stats }) };
};

export const main = async () => {
  const loads = [];
  const cache = makeLru(3, async k => {
    loads.push(k);
    await null;
    if (k === '!') throw new Error('cannot load');
    return k.toUpperCase();
  });
  for (const k of 'abcadaebf') console.log(`${k} ${await cache.get(k)} ${cache.keys()}`);
  try {
    await cache.get('!');
  } catch (e) {
    console.log(e.message);
  }
  console.log(`${loads.join('')} ${cache.keys()}`);
  return cache.stats();
};
