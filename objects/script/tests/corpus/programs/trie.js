const makeTrie = () => {
  const root = { next: {}, end: false };
  const walk = s => {
    let n = root;
    for (const c of s) {
      n = n.next[c];
      if (!n) return undefined;
    }
    return n;
  };
  const collect = (n, prefix, out) => {
    if (n.end) out.push(prefix);
    for (const c of Object.keys(n.next).sort()) collect(n.next[c], prefix + c, out);
    return out;
  };
  return {
    add: s => {
      let n = root;
      for (const c of s) n = n.next[c] ??= { next: {}, end: false };
      n.end = true;
    },
    has: s => walk(s)?.end ?? false,
    complete: (s, max = Infinity) => {
      const n = walk(s);
      return n ? collect(n, s, []).slice(0, max) : [];
    },
    remove: s => {
      const cut = (n, i) => {
        if (i === s.length) {
          n.end = false;
        } else {
          const child = n.next[s[i]];
          if (!child) return;
          cut(child, i + 1);
          if (!child.end && Object.keys(child.next).length === 0) delete n.next[s[i]];
        }
      };
      cut(root, 0);
    },
    size: () => collect(root, '', []).length,
  };
};
const t = makeTrie();
for (const w of 'tea ten team to inn in integer tent'.split(' ')) t.add(w);
console.log([t.has('tea'), t.has('te'), t.has('x'), t.has('')].join());
console.log(`${t.complete('te').join()} | ${t.complete('in', 2).join()} | ${t.complete('z').length} | ${t.size()}`);
t.remove('tea');
t.remove('tent');
t.remove('zzz');
console.log(`${t.complete('te').join()} | ${t.size()}`);
