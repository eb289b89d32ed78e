export const test = async (main, { assert, fakeClock }) => {
  let answerLate;
  const member = (answer) => Far('member', { ask: () => answer });
  const team = {
    zoe: member(new Promise((resolve) => { answerLate = resolve; })),
    ann: member(' boats '),
    ben: Far('member', { ask: () => { throw new Error('on leave'); } }),
    kim: member(new Promise(() => {})),
  };
  const posted = [];
  const board = Far('board', {
    post: (text) => {
      posted.push(text);
      return Far('post', { add: (line) => { posted.push(line); } });
    },
  });
  const { clock, pass } = fakeClock();
  const result = main(harden({ team, board, clock }), harden({ open: 100 }));
  await pass(100);
  assert(posted[0] === 'ann: boats\nben: (not reached: on leave)\nkim: ...\nzoe: ...', posted[0]);
  answerLate('mail');
  await pass(100);
  const { answered, of, late } = await result;
  assert(answered === 3 && of === 4 && late === 1, `${answered} of ${of}`);
  assert(posted[1] === 'zoe: mail', posted[1]);
};
