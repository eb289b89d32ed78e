// Crossed hellos between Alice, an Endo peer, and a peer with the suite's objects: both dial at the
// same time. Which connection survives depends on the session keys, so several rounds are played.
//
//   node --expose-gc crossed.mjs LOCATOR [--framing syrup|none]

import { E } from './endo.mjs';
import { LISTENER, scene } from './cast.mjs';
import { assert, check, equal, finish, leftOut, until } from './check.mjs';
import { SWISS } from './objects.mjs';
import { begin } from './options.mjs';

const { theirs, framing, theirsIsEndo } = begin('crossed');
const ROUNDS = 8;
const play = scene(framing);
const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

const saw = (peer, pattern) => peer.transcript.filter(line => pattern.test(line)).length;
const survivors = { dialled: 0, accepted: 0 };

/** Alice and they dial each other; then both of what was asked for must have come true. */
const crossing = meet => play(async (alice, bob) => {
  const enlivener = await bob.fetch(theirs, SWISS.sturdyrefEnlivener);
  const { fetched, given } = await meet(alice, () =>
    E(enlivener)(bob.sturdyref(alice.location, LISTENER)));
  equal((await E(await fetched)('crossed'))[0], 'crossed');
  await E(await given)('hello');
  await until(() => alice.heard.length === 1, 'the message for Alice');
  const { internal } = await alice.session(theirs);
  survivors[internal.connection.isOutgoing ? 'dialled' : 'accepted'] += 1;
});

/** Their hello reaches Alice while hers is on its way. */
const theirsFirst = async (alice, ask) => {
  const release = alice.holdHellos();
  const fetched = alice.fetch(theirs, SWISS.echo);
  const given = ask();
  await until(() => saw(alice, /^got <16'op:start-session/) > 0, 'their hello');
  await pause(20);
  release();
  return { fetched, given };
};

/** Her hello reaches them while theirs is on its way. */
const hersFirst = async (alice, ask) => {
  const release = alice.holdHellos();
  const open = alice.holdInbox();
  const fetched = alice.fetch(theirs, SWISS.echo);
  const given = ask();
  await until(() => alice.inboxLength() > 0, 'their hello');
  release();
  // Whatever they decide is on its way to her, or needs nothing to be sent.
  await pause(300);
  open();
  return { fetched, given };
};

/** Both dial within a moment. What Alice asked for may be lost, but not twice. */
const freely = async (alice, ask) => {
  const attempt = ask();
  attempt.catch(() => {});
  await pause(Math.random() * 20);
  await alice.fetch(theirs, SWISS.echo).then(echo => E(echo)('first'), () => {}).catch(() => {});
  const given = attempt.catch(() => ask());
  return { fetched: alice.fetch(theirs, SWISS.echo), given };
};

const rounds = async (name, meet) => {
  // An Endo whose own hello was refused before the other hello came gives up.
  if (theirsIsEndo && meet !== hersFirst) {
    leftOut(name);
    return;
  }
  for (let round = 1; round <= ROUNDS; round += 1) {
    await check(`${name}, round ${round}`, () => crossing(meet));
  }
};

await rounds('her hello arrives first', hersFirst);
await rounds('their hello arrives first', theirsFirst);
await rounds('both dial at once', freely);
await check('either connection survived at times', async () => {
  assert(survivors.dialled > 0 && survivors.accepted > 0, JSON.stringify(survivors));
});
finish('crossed');
