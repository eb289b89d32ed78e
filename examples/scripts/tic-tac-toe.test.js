export const test = async (main, { assert }) => {
  const seen = [];
  const player = (...moves) => {
    let next = 0;
    return Far('player', {
      move: (mark, board) => {
        seen.push(board);
        next += 1;
        return moves[next - 1];
      },
      over: (board, mark) => { seen.push(`${board} ${mark}`); },
    });
  };
  const won = await main(harden({ cross: player(0, 1, 2), nought: player(0, 4, 8) }));
  assert(won === 'x wins', won);
  assert(seen.filter((board) => board === 'x../.../...').length === 2, 'a taken place is asked again');
  assert(seen.at(-1) === 'xxx/.o./..o x', seen.at(-1));
  const draw = await main(harden({ cross: player(0, 1, 5, 6, 8), nought: player(2, 3, 4, 7) }));
  assert(draw === 'a draw', draw);
};
