export const test = async (main, { assert, fakeClock }) => {
  const ballots = [];
  const voter = (choice) => Far('voter', {
    poll: (question, choices, ballot) => {
      ballots.push(ballot);
      return choice === undefined ? undefined : E(ballot).vote(choice);
    },
  });
  const { clock, pass } = fakeClock();
  const voters = { ann: voter('tea'), ben: voter('milk'), eve: voter('gin'), zoe: voter() };
  const result = main(harden({ voters, clock }), 'Drink?', harden(['tea', 'milk']), 1000);
  await pass(500);
  await E(ballots[1]).vote('tea');
  await pass(500);
  const { counts, winners, turnout } = await result;
  assert(JSON.stringify(counts) === '{"tea":2,"milk":0}', JSON.stringify(counts));
  assert(winners.join() === 'tea' && turnout === 2, 'tea wins');
  const refused = await E(ballots[0]).vote('milk').catch((error) => error.message);
  assert(refused === 'the poll is closed', refused);
};
