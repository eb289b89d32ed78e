const LINES = [[0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 7], [2, 5, 8], [0, 4, 8], [2, 4, 6]];
const winner = b => {
  for (const [x, y, z] of LINES) if (b[x] !== ' ' && b[x] === b[y] && b[y] === b[z]) return b[x];
  return b.includes(' ') ? null : 'draw';
};
const known = new Map();
const best = (b, me) => {
  const key = b.join('') + me;
  if (known.has(key)) return known.get(key);
  const w = winner(b);
  let result;
  if (w) {
    result = { score: w === 'draw' ? 0 : w === me ? 1 : -1, move: -1 };
  } else {
    result = { score: -2, move: -1 };
    for (let i = 0; i < 9; i += 1) {
      if (b[i] !== ' ') continue;
      const score = -best(b.with(i, me), me === 'X' ? 'O' : 'X').score;
      if (score > result.score) result = { score, move: i };
    }
  }
  known.set(key, result);
  return result;
};
const show = b => [b.slice(0, 3), b.slice(3, 6), b.slice(6)].map(r => r.join('|')).join('\n');
let board = [...'X   O   X'];
let me = 'O';
while (!winner(board)) {
  const { move, score } = best(board, me);
  board = board.with(move, me);
  console.log(`${me} at ${move} (${score})`);
  me = me === 'X' ? 'O' : 'X';
}
console.log(show(board));
console.log(`${winner(board)} ${known.size > 100}`);
