// Lends a book: reminds before it is due, lets it be renewed while nobody else waits, and counts
// what is owed when it comes back late.

const DAY = 24 * 3600 * 1000;

export const main = async ({ reader, clock }, { title, days, renewals, fee }) => {
  let due = days;
  let left = renewals;
  let reserved = false;
  let back;
  const returned = new Promise((resolve) => { back = resolve; });
  let day = 0;
  const slip = Far('slip', {
    renew: () => {
      if (reserved) throw new Error('somebody waits for it');
      if (left === 0) throw new Error('no more renewals');
      left -= 1;
      due += days;
      return due;
    },
    giveBack: () => back(true),
  });
  const desk = Far('desk', { reserve: () => { reserved = true; } });
  const lend = async () => {
    await E(reader).lent(title, slip, due);
    for (;;) {
      const isBack = await Promise.race([returned, E(clock).after(DAY).then(() => false)]);
      if (isBack) break;
      day += 1;
      if (day === due - 2) E(reader).remind(title, 2);
      if (day > due) E(reader).remind(title, due - day);
    }
    return Math.max(0, day - due) * fee;
  };
  return harden({ desk, owed: lend() });
};
