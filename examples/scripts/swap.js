// Swaps two things between parties who do not trust each other: both are deposited first, or
// both go back.

export const main = async ({ alice, bob, clock }, patience) => {
  const late = E(clock).after(patience).then(() => {
    throw new Error('the time is over');
  });
  const deposits = [E(alice).deposit(), E(bob).deposit()];
  try {
    const [hers, his] = await Promise.race([Promise.all(deposits), late]);
    await Promise.all([E(alice).receive(his), E(bob).receive(hers)]);
    return 'swapped';
  } catch (error) {
    // Whoever deposits later gets it back as well.
    const back = async (deposit, owner) => E(owner).receive(await deposit);
    back(deposits[0], alice).catch(() => {});
    back(deposits[1], bob).catch(() => {});
    return `refunded: ${error.message}`;
  } finally {
    late.catch(() => {});
  }
};
