const change = (coins, total) => {
  const ways = Array.from({ length: total + 1 }, (_, i) => (i === 0 ? 1 : 0));
  for (const c of coins) for (let i = c; i <= total; i += 1) ways[i] += ways[i - c];
  return ways[total];
};
const fewest = (coins, total) => {
  const best = [[]];
  for (let i = 1; i <= total; i += 1) {
    const options = coins.filter(c => c <= i && best[i - c]).map(c => [...best[i - c], c]);
    best[i] = options.sort((a, b) => a.length - b.length)[0] ?? null;
  }
  return best[total];
};
const knapsack = (items, room) => {
  let table = Array.from({ length: room + 1 }, () => ({ value: 0, names: [] }));
  for (const { name, weight, value } of items) {
    table = table.map((cell, w) => {
      if (w < weight) return cell;
      const other = table[w - weight];
      return other.value + value > cell.value ? { value: other.value + value, names: [...other.names, name] } : cell;
    });
  }
  return table[room];
};
const longestIncreasing = xs => {
  const best = xs.map(x => [x]);
  for (let i = 0; i < xs.length; i += 1) {
    for (let j = 0; j < i; j += 1) if (xs[j] < xs[i] && best[j].length + 1 > best[i].length) best[i] = [...best[j], xs[i]];
  }
  return best.reduce((a, b) => (b.length > a.length ? b : a), []);
};
const edits = (() => {
  const known = {};
  const go = (a, b) => {
    const key = `${a}|${b}`;
    known[key] ??= a === '' ? b.length : b === '' ? a.length : a[0] === b[0] ? go(a.slice(1), b.slice(1)) : 1 + Math.min(go(a.slice(1), b), go(a, b.slice(1)), go(a.slice(1), b.slice(1)));
    return known[key];
  };
  return go;
})();
console.log(`${change([1, 2, 5], 10)} ${change([1, 5, 10, 25, 50], 100)} ${change([2], 3)}`);
console.log(`${fewest([1, 3, 4], 6).join('+')} ${fewest([5, 7], 24)?.join('+')} ${fewest([5, 7], 13)}`);
const pack = knapsack([{ name: 'book', weight: 3, value: 4 }, { name: 'lamp', weight: 4, value: 5 }, { name: 'coat', weight: 2, value: 3 }, { name: 'radio', weight: 5, value: 8 }], 9);
console.log(`${pack.value} ${pack.names.join()}`);
console.log(longestIncreasing([10, 9, 2, 5, 3, 7, 101, 18]).join());
console.log(`${edits('sunday', 'saturday')} ${edits('', 'abc')}`);
