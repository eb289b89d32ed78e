const build = text => {
  const counts = new Map();
  for (const c of text) counts.set(c, (counts.get(c) ?? 0) + 1);
  let nodes = [...counts].map(([c, n]) => ({ n, min: c, c }));
  const order = (a, b) => a.n - b.n || (a.min < b.min ? -1 : 1);
  while (nodes.length > 1) {
    nodes.sort(order);
    const [a, b, ...rest] = nodes;
    nodes = [...rest, { n: a.n + b.n, min: a.min < b.min ? a.min : b.min, l: a, r: b }];
  }
  return nodes[0];
};
const codes = (node, prefix = '', out = {}) => {
  if (node.c !== undefined) out[node.c] = prefix || '0';
  else {
    codes(node.l, `${prefix}0`, out);
    codes(node.r, `${prefix}1`, out);
  }
  return out;
};
const decode = (tree, bits) => {
  let out = '';
  let n = tree;
  for (const b of bits) {
    n = b === '0' ? n.l : n.r;
    if (n.c !== undefined) {
      out += n.c;
      n = tree;
    }
  }
  return out;
};
const text = 'she sells sea shells by the sea shore';
const tree = build(text);
const table = codes(tree);
const bits = [...text].map(c => table[c]).join('');
for (const c of Object.keys(table).sort()) console.log(`${c === ' ' ? '_' : c} ${table[c]}`);
console.log(`${bits.length} bits for ${text.length * 8}`);
console.log(`${decode(tree, bits) === text}`);
