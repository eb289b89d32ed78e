// A game of tic-tac-toe: each player is asked for a move in turn and sees the board.

const LINES = [[0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 7], [2, 5, 8], [0, 4, 8], [2, 4, 6]];

const show = (board) => [0, 3, 6].map((row) => board.slice(row, row + 3).join('')).join('/');

const winner = (board) =>
  LINES.find(([a, b, c]) => board[a] !== '.' && board[a] === board[b] && board[b] === board[c]);

export const main = async ({ cross, nought }) => {
  const board = '.........'.split('');
  const players = [['x', cross], ['o', nought]];
  for (let turn = 0; turn < 9; turn += 1) {
    const [mark, player] = players[turn % 2];
    let place;
    do {
      place = await E(player).move(mark, show(board));
    } while (!(Number.isInteger(place) && board[place] === '.'));
    board[place] = mark;
    if (winner(board)) {
      await Promise.all(players.map(([, each]) => E(each).over(show(board), mark)));
      return `${mark} wins`;
    }
  }
  await Promise.all(players.map(([, each]) => E(each).over(show(board), null)));
  return 'a draw';
};
