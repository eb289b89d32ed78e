export const test = async (main, { assert, fakeClock }) => {
  const sent = [];
  const booked = [];
  let reply;
  const mail = Far('mail', {
    send: (to, subject) => {
      sent.push(`${to}: ${subject}`);
      return sent.length;
    },
    replyTo: () => new Promise((resolve) => { reply = resolve; }),
  });
  const calendar = Far('calendar', {
    isFree: (slot) => slot !== 'Monday',
    book: (slot, what) => { booked.push(`${slot}: ${what}`); },
  });
  const asked = [];
  const me = Far('me', { ask: (question) => { asked.push(question); return true; } });
  const time = fakeClock();
  const order = harden({ guest: 'bob', topic: 'boats', slots: ['Monday', 'Tuesday', 'Friday'] });
  const result = main(harden({ mail, calendar, me, clock: time.clock }), order);
  await time.pass(7 * 24 * 3600 * 1000);
  assert(sent.length === 2, 'after a week there is a reminder');
  reply('Friday');
  const { arranged, slot } = await result;
  assert(arranged && slot === 'Friday', 'they meet on Friday');
  assert(booked.join() === 'Friday: boats with bob', 'it is in the calendar');
  assert(sent.join('; ') === 'bob: Meeting: boats; bob: Reminder: boats; bob: Agreed: boats', 'the letters');
  assert(asked.length === 2, 'nothing is promised unasked');
};
