// Eight queens' smaller cousins: a search that goes back, and what a solution looks like.
const solutions = (size) => {
  const found = [];
  const place = (columns) => {
    const row = columns.length;
    if (row === size) {
      found.push([...columns]);
      return;
    }
    for (let column = 0; column < size; column += 1) {
      const safe = columns.every((other, at) => other !== column && Math.abs(other - column) !== row - at);
      if (safe) place([...columns, column]);
    }
  };
  place([]);
  return found;
};

export const main = async () => {
  const counts = Array.from({ length: 6 }, (_, at) => solutions(at + 1).length);
  console.log(counts.join(' '));
  const [first] = solutions(6);
  for (const column of first) {
    console.log(Array.from({ length: 6 }, (_, at) => (at === column ? 'Q' : '.')).join(''));
  }
  const pick = (list, count) =>
    count === 0 ? [[]] : list.flatMap((head, at) => pick(list.slice(at + 1), count - 1).map((rest) => [head, ...rest]));
  console.log(pick(['a', 'b', 'c', 'd'], 2).map((pair) => pair.join('')).join(' '));
  return counts.at(-1);
};
