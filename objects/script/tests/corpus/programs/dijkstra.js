// Shortest paths with a priority queue.
const makeHeap = less => {
  const xs = [];
  const swap = (i, j) => {
    const t = xs[i];
    xs[i] = xs[j];
    xs[j] = t;
  };
  return {
    size: () => xs.length,
    push(x) {
      xs.push(x);
      let i = xs.length - 1;
      while (i > 0) {
        const up = (i - 1) >> 1;
        if (!less(xs[i], xs[up])) break;
        swap(i, up);
        i = up;
      }
    },
    pop() {
      const top = xs[0];
      const last = xs.pop();
      if (xs.length > 0) {
        xs[0] = last;
        let i = 0;
        for (;;) {
          const [l, r] = [2 * i + 1, 2 * i + 2];
          let best = i;
          if (l < xs.length && less(xs[l], xs[best])) best = l;
          if (r < xs.length && less(xs[r], xs[best])) best = r;
          if (best === i) break;
          swap(i, best);
          i = best;
        }
      }
      return top;
    },
  };
};

const graph = {
  A: { B: 7, C: 9, F: 14 },
  B: { A: 7, C: 10, D: 15 },
  C: { A: 9, B: 10, D: 11, F: 2 },
  D: { B: 15, C: 11, E: 6 },
  E: { D: 6, F: 9 },
  F: { A: 14, C: 2, E: 9 },
  G: {},
};

const shortest = (from, to) => {
  const dist = new Map([[from, 0]]);
  const prev = new Map();
  const done = new Set();
  const queue = makeHeap((a, b) => a.d < b.d);
  queue.push({ at: from, d: 0 });
  while (queue.size() > 0) {
    const { at, d } = queue.pop();
    if (done.has(at)) continue;
    done.add(at);
    if (at === to) break;
    for (const [next, w] of Object.entries(graph[at])) {
      if (d + w < (dist.get(next) ?? Infinity)) {
        dist.set(next, d + w);
        prev.set(next, at);
        queue.push({ at: next, d: d + w });
      }
    }
  }
  if (!dist.has(to)) return null;
  const path = [to];
  while (path[0] !== from) path.unshift(prev.get(path[0]));
  return { path, length: dist.get(to) };
};

for (const to of ['E', 'D', 'A', 'G']) {
  const r = shortest('A', to);
  console.log(r ? `A-${to}: ${r.path.join('>')} (${r.length})` : `A-${to}: no way`);
}
