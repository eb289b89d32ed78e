// args: ["the cat and the dog and THE bird; a dog's life, isn't it? It is."]
export const main = async (text, least = 2) => {
  const counts = new Map();
  for (const [word] of text.toLowerCase().matchAll(/[a-z']+/g)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const frequent = [...counts]
    .filter(([, count]) => count >= least)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const width = Math.max(...frequent.map(([word]) => word.length));
  for (const [word, count] of frequent) console.log(`${word.padEnd(width)} ${'#'.repeat(count)} ${count}`);
  return Object.fromEntries(frequent);
};
