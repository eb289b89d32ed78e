export const test = async (main, { assert, fakeClock }) => {
  const told = [];
  const person = (name, verdict) => Far(name, {
    approve: () => verdict,
    withdrawn: (request, why) => { told.push(`${name}: ${request}, ${why}`); },
  });
  const { clock, pass } = fakeClock();
  const yes = await main(harden({ approvers: { ann: person('ann', true), ben: person('ben', true) }, clock }), 'bicycle');
  assert(yes.approved && yes.by.join() === 'ann,ben', 'both agree');
  const no = await main(harden({ approvers: { ann: person('ann', true), eve: person('eve', false) }, clock }), 'boat');
  assert(!no.approved && no.why === 'eve said no', 'one does not');
  assert(told.join() === 'ann: boat, eve said no', told.join());
  const silent = main(harden({ approvers: { zoe: person('zoe', new Promise(() => {})) }, clock }), 'house');
  await pass(3 * 24 * 3600 * 1000);
  assert((await silent).why === 'zoe did not answer', 'silence is no approval');
};
