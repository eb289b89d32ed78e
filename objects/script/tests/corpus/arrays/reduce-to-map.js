const words = 'the cat and the dog and the bird'.split(' ');
const counts = words.reduce((m, w) => m.set(w, (m.get(w) ?? 0) + 1), new Map());
console.log([...counts].map(([w, n]) => `${w}:${n}`).join(' '));
