export const test = async (main, { assert, fakeClock }) => {
  const served = [];
  const service = Far('service', {
    call: (name, request) => {
      served.push(`${name}${request}`);
      return request;
    },
  });
  const { clock, pass } = fakeClock();
  const desk = await main(harden({ service, clock }), harden({ calls: 2, period: 100 }));
  const ann = await E(desk).admit('ann');
  const ben = await E(desk).admit('ben');
  const answers = [1, 2, 3, 4, 5].map((request) => E(ann).call(request));
  answers.push(E(ben).call(1));
  await pass(50);
  assert(served.join() === 'ann1,ann2,ben1', served.join());
  await pass(50);
  await pass(100);
  const all = await Promise.all(answers);
  assert(all.join() === '1,2,3,4,5,1', all.join());
};
