// Takes a vote: everybody gets a ballot of their own, which counts once and may be changed until
// the poll closes.

export const main = async ({ voters, clock }, question, choices, open) => {
  const votes = new Map();
  let closed = false;
  const ballot = (name) => Far('ballot', {
    vote: (choice) => {
      if (closed) throw new Error('the poll is closed');
      if (!choices.includes(choice)) throw new RangeError(`choose one of ${choices.join(', ')}`);
      votes.set(name, choice);
      return choice;
    },
  });
  const invited = Object.entries(voters).map(([name, voter]) =>
    E(voter).poll(question, choices, ballot(name)));
  await Promise.allSettled(invited);
  await E(clock).after(open);
  closed = true;
  const counts = choices.map((choice) =>
    [choice, [...votes.values()].filter((vote) => vote === choice).length]);
  counts.sort(([, a], [, b]) => b - a);
  const most = counts[0][1];
  const winners = counts.filter(([, count]) => count === most && most > 0).map(([choice]) => choice);
  return harden({ counts: Object.fromEntries(counts), winners, turnout: votes.size });
};
