const WORDS = 'cold cord card ward warm word worm wore core care cart cast cost gold bold bald ball'.split(' ');
const neighbours = (w, words) => words.filter(v => [...v].filter((c, i) => c !== w[i]).length === 1);
const ladder = (from, to) => {
  const queue = [[from]];
  const seen = new Set([from]);
  while (queue.length > 0) {
    const path = queue.shift();
    const last = path[path.length - 1];
    if (last === to) return path;
    for (const n of neighbours(last, WORDS)) {
      if (seen.has(n)) continue;
      seen.add(n);
      queue.push([...path, n]);
    }
  }
  return null;
};
console.log(ladder('cold', 'warm').join(' '));
console.log(ladder('ball', 'cart')?.join(' ') ?? 'none');
console.log(String(ladder('cold', 'zzzz')));
const anagrams = words => {
  const groups = {};
  for (const w of words) (groups[[...w].sort().join('')] ??= []).push(w);
  return Object.values(groups).filter(g => g.length > 1);
};
console.log(anagrams(['card', 'word', 'cord', 'drow', 'core', 'care', 'race', 'acre']).map(g => g.join('=')).join(' '));
