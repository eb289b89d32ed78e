const graph = new Map(Object.entries({ a: 'bc', b: 'd', c: 'de', d: 'f', e: 'f', f: '', g: 'a' }).map(([k, v]) => [k, [...v]]));
const bfs = start => {
  const seen = new Set([start]);
  const queue = [start];
  const order = [];
  while (queue.length > 0) {
    const n = queue.shift();
    order.push(n);
    for (const m of graph.get(n)) {
      if (!seen.has(m)) {
        seen.add(m);
        queue.push(m);
      }
    }
  }
  return order;
};
const dfs = (n, seen = new Set()) => {
  if (seen.has(n)) return [];
  seen.add(n);
  return [n, ...graph.get(n).flatMap(m => dfs(m, seen))];
};
const topological = () => {
  const state = new Map();
  const out = [];
  const visit = n => {
    if (state.get(n) === 'done') return;
    if (state.get(n) === 'busy') throw new Error(`cycle at ${n}`);
    state.set(n, 'busy');
    for (const m of graph.get(n)) visit(m);
    state.set(n, 'done');
    out.unshift(n);
  };
  for (const n of graph.keys()) visit(n);
  return out;
};
const paths = (from, to) => (from === to ? [[to]] : graph.get(from).flatMap(m => paths(m, to).map(p => [from, ...p])));
console.log(bfs('a').join(''));
console.log(dfs('a').join(''));
console.log(topological().join(''));
console.log(paths('a', 'f').map(p => p.join('')).join(' '));
graph.get('f').push('c');
try {
  topological();
} catch (e) {
  console.log(e.message);
}
const components = edges => {
  const parent = new Map();
  const root = x => {
    if (!parent.has(x)) parent.set(x, x);
    if (parent.get(x) === x) return x;
    const r = root(parent.get(x));
    parent.set(x, r);
    return r;
  };
  for (const [a, b] of edges) parent.set(root(a), root(b));
  const groups = new Map();
  for (const x of parent.keys()) {
    const r = root(x);
    groups.set(r, [...(groups.get(r) ?? []), x]);
  }
  return [...groups.values()].map(g => g.sort().join('')).sort();
};
console.log(components(['ab', 'cd', 'bc', 'xy', 'zz']).join(' '));
