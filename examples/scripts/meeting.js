// Arranges a meeting: proposes it by mail, waits a week for the answer, follows up once, checks the
// calendar, and asks its owner before anything is promised.

const WEEK = 7 * 24 * 3600 * 1000;

const proposal = (topic, slots) =>
  `Shall we meet about ${topic}? I could on:\n${slots.map((slot) => `- ${slot}`).join('\n')}`;

// What comes first: the answer, or the end of the time.
const within = async (clock, answer, ms) => {
  const late = E(clock).after(ms).then(() => ({ late: true }));
  return Promise.race([answer.then((slot) => ({ late: false, slot })), late]);
};

export const main = async ({ mail, calendar, me, clock }, { guest, topic, slots }) => {
  const free = [];
  for (const slot of slots) {
    if (await E(calendar).isFree(slot)) free.push(slot);
  }
  if (free.length === 0) return { arranged: false, why: 'no slot is free' };

  const letter = await E(mail).send(guest, `Meeting: ${topic}`, proposal(topic, free));
  const answer = E(mail).replyTo(letter);
  let reply;
  first: reply = await within(clock, answer, WEEK);
  if (reply.late) {
    const goOn = await E(me).ask(`${guest} has not answered about ${topic}. Shall I ask again?`);
    if (!goOn) return { arranged: false, why: 'given up' };
    await E(mail).send(guest, `Reminder: ${topic}`, proposal(topic, free));
    second: reply = await within(clock, answer, WEEK);
    if (reply.late) return { arranged: false, why: 'no answer' };
  }

  const { slot } = reply;
  if (!free.includes(slot)) return { arranged: false, why: `nobody proposed ${slot}` };
  if (!(await E(calendar).isFree(slot))) return { arranged: false, why: `${slot} is taken by now` };
  if (!(await E(me).ask(`Meet ${guest} on ${slot} about ${topic}?`))) {
    return { arranged: false, why: 'you said no' };
  }
  await E(calendar).book(slot, `${topic} with ${guest}`);
  await E(mail).send(guest, `Agreed: ${topic}`, `See you on ${slot}.`);
  return { arranged: true, slot };
};
