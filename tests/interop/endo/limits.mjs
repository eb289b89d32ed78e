// Where Endo itself leaves the specification, or falls over: Endo against Endo, nobody else. What
// docs/results/endo.md says of Endo is asserted here, so that it is noticed when Endo mends it.
//
//   node --expose-gc limits.mjs

import { E, Far } from './endo.mjs';
import { DRIVER, KEEPER, LISTENER, carFor, newActor, scene, vroom } from './cast.mjs';
import { assert, broken, deviation, equal, finish, until, within } from './check.mjs';
import { SWISS } from './objects.mjs';
import { collectUntil, makePeer } from './peer.mjs';

const play = scene('syrup');
const story = (name, pattern, body) => deviation(name, pattern, () => play(body));
const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

/** A promise that should be broken by now. */
const breaks = async (promise, what) => {
  const reason = await broken(within(promise, what, 2));
  if (/nothing after/.test(reason.message)) throw reason;
};

await deviation('an object before a new promise in one message is counted', /counted 0 times/,
  async () => {
    const pair = () => harden([Far('inner', {}), new Promise(() => {})]);
    const bob = await makePeer({
      name: 'bob', framing: 'syrup', objects: new Map([['pair', Far('pair', pair)]]),
    });
    const alice = await makePeer({ name: 'alice', framing: 'syrup' });
    const { table } = await alice.session(bob.location);
    const [inner] = await E(await alice.fetch(bob.location, 'pair'))();
    const count = table.getRefCount(table.getSlotForValue(inner));
    // Collected, it would be released 0 times, which Endo can't write: an uncaught error.
    globalThis.held = inner;
    assert(count === 1, `counted ${count} times`);
  });

await deviation('a resolver that is released with the message to it is let go', /exported anew/,
  async () => {
    const [alice, bob] = [await newActor('alice', 'none'), await newActor('bob', 'none')];
    const { table } = await alice.session(bob.location);
    const echo = await alice.fetch(bob.location, SWISS.echo);
    const open = alice.holdInbox();
    const said = E(echo)('x');
    const asked = /\[1"x\]1\+<18'desc:import-object(\d+)\+>/;
    const position = await collectUntil(() => {
      const [, mine] = asked.exec(alice.transcript.join()) ?? [];
      const released = `came <13'op:gc-exports[${mine}+]`;
      return alice.transcript.some(line => line.startsWith(released)) && mine;
    }, 'the answer and the release of its resolver');
    open();
    await said;
    await pause(50);
    const anew = table.getValueForSlot(`o+${Number(position) + 1}`);
    alice.shutdown();
    bob.shutdown();
    assert(anew === undefined, `exported anew: ${anew}`);
  });

await story('a promise is given away and withdrawn', /nothing after/, async (alice, bob, carol) => {
  const [promise, resolver] = await E(await alice.fetch(carol.location, SWISS.promiseResolver))();
  equal(await E(await alice.fetch(bob.location, KEEPER))(harden([promise])), 'kept');
  E.sendOnly(resolver).fulfill('given');
  equal(await within(bob.kept[0][0], 'the gift', 2), 'given');
});

await story('a call is broken when its answer can\'t be read', /nothing after/,
  async (alice, bob) => {
    const echo = await alice.fetch(bob.location, SWISS.echo);
    bob.rewriteNext('5"place', '5~place');
    await breaks(E(echo)('place'), 'the call');
  });

await story('an abort says op:abort', /no op:abort/, async (alice, bob) => {
  const { internal } = await alice.session(bob.location);
  internal.ocapn.abort(Error('enough'));
  await until(() => !bob.hasSession(alice.location), 'the end of the session');
  assert(bob.transcript.some(line => line.includes('op:abort')), 'no op:abort came');
});

await story('a gift\'s id has 32 octets', /16 octets/, async (alice, bob, carol) => {
  const driver = await alice.fetch(bob.location, DRIVER);
  equal(await E(driver)(await carFor(alice, carol.location)), vroom);
  const deposit = carol.transcript.find(line => line.includes("12'deposit-gift"));
  const [, length] = /12'deposit-gift(\d+):/.exec(deposit);
  assert(length === '32', `${length} octets`);
});

await deviation('whoever loses a crossing before the other hello comes waits for it',
  /closed during handshake/, async () => {
    // The higher key decides, so it takes some rounds until Bob is the one who loses.
    for (let round = 0; round < 20; round += 1) {
      await play(async (alice, bob) => {
        const release = alice.holdHellos();
        const hers = alice.fetch(bob.location, LISTENER);
        const his = bob.fetch(alice.location, LISTENER);
        his.catch(() => {});
        await until(() => alice.transcript.some(l => l.startsWith('got')), 'his hello');
        await pause(20);
        release();
        await his;
        await hers;
      });
    }
  });

finish('limits');
