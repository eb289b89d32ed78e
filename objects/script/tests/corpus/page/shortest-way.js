// Dijkstra's, with an array as a queue, and the way found backwards.
const roads = {
  home: { park: 4, shop: 1 },
  shop: { park: 2, school: 7 },
  park: { school: 3 },
  school: {},
  island: {},
};

const shortest = (from, to) => {
  const best = new Map([[from, { cost: 0, before: null }]]);
  const open = new Set([from]);
  while (open.size > 0) {
    let here;
    for (const place of open) {
      if (here === undefined || best.get(place).cost < best.get(here).cost) here = place;
    }
    open.delete(here);
    if (here === to) break;
    for (const [next, length] of Object.entries(roads[here])) {
      const cost = best.get(here).cost + length;
      if (cost < (best.get(next)?.cost ?? Infinity)) {
        best.set(next, { cost, before: here });
        open.add(next);
      }
    }
  }
  if (!best.has(to)) return undefined;
  const way = [];
  for (let at = to; at !== null; at = best.get(at).before) way.unshift(at);
  return { way, cost: best.get(to).cost };
};

export const main = async () => {
  const found = shortest('home', 'school');
  console.log(found.way.join(' > '), String(found.cost));
  console.log(String(shortest('home', 'island')), String(shortest('home', 'home').cost));
  return found;
};
