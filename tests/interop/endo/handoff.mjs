// Handoffs among two or three Endo peers and a peer with the suite's objects, here called theirs:
// it is the exporter, then the receiver, then the gifter, and at last Bob's client.
//
//   node --expose-gc handoff.mjs LOCATOR [--framing syrup|none]

import { E, cryptography, descriptors, makeTagged } from './endo.mjs';
import { DRIVER, KEEPER, LISTENER, carFor, newActor, red, scene, vroom } from './cast.mjs';
import { assert, broken, check, equal, finish, leftOut, until, within } from './check.mjs';
import { SWISS } from './objects.mjs';
import { begin } from './options.mjs';
import { collectUntil } from './peer.mjs';
import { BIG, difference, values } from './values.mjs';

const { theirs, framing, theirsIsEndo } = begin('handoff');

const play = scene(framing);
const story = (name, body) => check(name, () => play(body));

/** Alice gives Bob what is theirs. */
const exporting = async () => {
  await story('exporter: Bob, whom they never met, drives a car of theirs', async (alice, bob) => {
    const car = await carFor(alice, theirs);
    const driver = await alice.fetch(bob.location, DRIVER);
    assert(!bob.hasSession(theirs), 'Bob has met them');
    equal(await E(driver)(car), vroom);
    assert(bob.hasSession(theirs), 'Bob has not met them');
  });
  await story('exporter: Bob, whom they know, drives ten cars of theirs', async (alice, bob) => {
    await bob.fetch(theirs, SWISS.echo);
    const driver = await alice.fetch(bob.location, DRIVER);
    const said = await Promise.all(Array.from({ length: 10 }, async () =>
      E(driver)(await carFor(alice, theirs))));
    assert(said.every(s => s === vroom), said.join());
  });
  await story('exporter: the same object given twice is one reference', async (alice, bob) => {
    const car = await carFor(alice, theirs);
    const keeper = await alice.fetch(bob.location, KEEPER);
    equal(await E(keeper)(car), 'kept');
    equal(await E(keeper)(harden([car])), 'kept');
    const [first, [second]] = [bob.kept[0], bob.kept[1]];
    assert((await first) === (await second), 'two references');
  });
  await story('exporter: it is withdrawn before it is deposited', async (alice, bob) => {
    const car = await carFor(alice, theirs);
    const driver = await alice.fetch(bob.location, DRIVER);
    const { hold } = await alice.session(theirs);
    const release = hold();
    const said = E(driver)(car);
    await until(() => bob.transcript.some(line => line.includes("sent <10'op:deliver") &&
      line.includes("13'withdraw-gift")), 'the withdrawal');
    // The withdrawal is on its way; give it time to arrive and wait there.
    await new Promise(resolve => setTimeout(resolve, 300));
    release();
    equal(await said, vroom);
  });
  await story('exporter: it is deposited before it is withdrawn', async (alice, bob) => {
    const car = await carFor(alice, theirs);
    const driver = await alice.fetch(bob.location, DRIVER);
    const { hold } = await alice.session(bob.location);
    const release = hold();
    const said = E(driver)(car);
    await new Promise(resolve => setTimeout(resolve, 300));
    release();
    equal(await said, vroom);
  });
  const promiseGiven = async (alice, bob) => {
    const [promise, resolver] = await E(await alice.fetch(theirs, SWISS.promiseResolver))();
    equal(await E(await alice.fetch(bob.location, KEEPER))(harden([promise])), 'kept');
    E.sendOnly(resolver).fulfill('given');
    equal(await bob.kept[0][0], 'given');
  };
  if (theirsIsEndo) leftOut('exporter: a promise of theirs is given');
  else await story('exporter: a promise of theirs is given', promiseGiven);
  const answerGiven = async (alice, bob) => {
    const builder = await alice.fetch(theirs, SWISS.carFactoryBuilder);
    const driver = await alice.fetch(bob.location, DRIVER);
    const car = E(E(builder)())(red);
    // Endo can't name an answer before the turn in which it asks.
    await null;
    equal(await E(driver)(car), vroom);
  };
  if (theirsIsEndo) leftOut('exporter: an answer of theirs that is awaited is given');
  else await story('exporter: an answer of theirs that is awaited is given', answerGiven);
  const dropped = async (alice, bob) => {
    const driver = await alice.fetch(bob.location, DRIVER);
    const { journal } = await bob.session(theirs);
    equal(await E(driver)(await carFor(alice, theirs)), vroom);
    await collectUntil(() => journal.given.exports.size > 0, 'our op:gc-exports');
    equal(await E(driver)(await carFor(alice, theirs)), vroom);
  };
  const name = 'exporter: Bob drops it, and it is released';
  if (framing === 'none') leftOut(name, 'Endo may keep what one read brings with its release');
  else await story(name, dropped);
};

/** A withdrawal that Bob has made, for replays and lies. */
const withdrawal = async (alice, bob) => {
  const { debug, bootstrap } = await bob.session(theirs);
  let signed;
  debug.subscribeMessages((way, message) => {
    if (way === 'send' && message.args?.[1]?.object?.type === 'desc:handoff-receive') {
      [, signed] = message.args;
    }
  });
  const driver = await alice.fetch(bob.location, DRIVER);
  equal(await E(driver)(await carFor(alice, theirs)), vroom);
  const { internal: withAlice } = await bob.session(alice.location);
  const withdraw = envelope => E(bootstrap)['withdraw-gift'](harden(envelope));
  /** Bob signs another receive for the same give. */
  const resigned = (changes, key = withAlice.self.keyPair) => {
    const receive = harden({ ...signed.object, ...changes });
    const signature = cryptography.signHandoffReceive(receive, key);
    return descriptors.makeHandoffReceiveSigEnvelope(receive, signature);
  };
  return { give: signed.object.signedGive.object, signed, withdraw, resigned };
};

const lying = async () => {
  const refused = lie => play(async (alice, bob) => {
    const scheme = await withdrawal(alice, bob);
    const reason = await broken(within(scheme.withdraw(lie(scheme)), 'the refusal', 10));
    assert(!/nothing after/.test(reason.message), reason.message);
    // What was refused costs nobody the session.
    equal((await E(await bob.fetch(theirs, SWISS.echo))('on'))[0], 'on');
  });
  await check('exporter: a replayed withdrawal is refused', () => refused(({ signed }) => signed));
  await check('exporter: a withdrawal signed by another key is refused', () =>
    refused(({ resigned }) =>
      resigned({ handoffCount: 1000n }, cryptography.makeOcapnKeyPair())));
  await check('exporter: a withdrawal for another session is refused', () =>
    refused(({ resigned, give }) =>
      resigned({ handoffCount: 1001n, receivingSession: give.exporterSessionId })));
  await check('exporter: a withdrawal for another side is refused', () =>
    refused(({ resigned, give }) =>
      resigned({ handoffCount: 1002n, receivingSide: give.gifterSideId })));
  await check('exporter: a give signed by another key is refused', () =>
    refused(({ resigned, give }) => {
      const signature = cryptography.signHandoffGive(give, cryptography.makeOcapnKeyPair());
      const signedGive = descriptors.makeHandoffGiveSigEnvelope(give, signature);
      return resigned({ handoffCount: 1003n, signedGive });
    }));
};

/** Alice gives them what is Bob's. */
const receiving = async () => {
  await story('receiver: their greeter greets an object of Bob', async (alice, bob) => {
    const greeter = await alice.fetch(theirs, SWISS.greeter);
    await E(greeter)(await alice.fetch(bob.location, LISTENER));
    await until(() => bob.heard.length > 0, 'the greeting');
    equal(bob.heard[0][0], 'Hello');
  });
  await story('receiver: Bob opened the session that they withdraw on', async (alice, bob) => {
    await bob.fetch(theirs, SWISS.echo);
    const { journal } = await bob.session(theirs);
    const greeter = await alice.fetch(theirs, SWISS.greeter);
    const before = journal.lines.filter(line => line === 'got op:deliver').length;
    await E(greeter)(await alice.fetch(bob.location, LISTENER));
    await until(() => bob.heard.length > 0, 'the greeting');
    const after = journal.lines.filter(line => line === 'got op:deliver').length;
    assert(after > before, 'they opened another session');
  });
  const released = async (alice, bob) => {
    const greeter = await alice.fetch(theirs, SWISS.greeter);
    const { table, journal } = await bob.session(theirs);
    await E(greeter)(await alice.fetch(bob.location, LISTENER));
    await until(() => bob.heard.length > 0, 'the greeting');
    await collectUntil(() => table.getSlotForValue(bob.listener) === undefined,
      'their release of the listener');
    await collectUntil(() => journal.released.answers.size > 0, 'their op:gc-answers');
  };
  const goes = 'receiver: they let Bob\'s object go';
  if (theirsIsEndo) leftOut(goes, 'an Endo may keep it (see limits.mjs)');
  else await story(goes, released);
  const forBob = 'receiver: their promise is fulfilled with Bob\'s object, for Bob';
  await story(forBob, async (alice, bob) => {
    const [promise, resolver] = await E(await bob.fetch(theirs, SWISS.promiseResolver))();
    const keeper = await bob.fetch(alice.location, KEEPER);
    await E(keeper)(resolver);
    const handed = await alice.kept[0];
    E.sendOnly(handed).fulfill(await alice.fetch(bob.location, LISTENER));
    assert((await promise) === bob.listener, 'another object');
  });
  const forwarded = 'receiver: a message waits for their promise, which becomes Bob\'s';
  await story(forwarded, async (alice, bob) => {
    const [promise, resolver] = await E(await alice.fetch(theirs, SWISS.promiseResolver))();
    const said = E(promise)('through', 7n);
    E.sendOnly(resolver).fulfill(await alice.fetch(bob.location, SWISS.echo));
    equal(difference(await said, harden(['through', 7n])), undefined);
  });
};

/** They give Alice what is Bob's. */
const giving = async () => {
  await story('gifter: they enliven a sturdyref of Bob for Alice', async (alice, bob) => {
    const enlivener = await alice.fetch(theirs, SWISS.sturdyrefEnlivener);
    assert(!alice.hasSession(bob.location), 'Alice has met Bob');
    const builder = await E(enlivener)(alice.sturdyref(bob.location, SWISS.carFactoryBuilder));
    equal(await E(await E(await E(builder)())(red))(), vroom);
    assert(alice.hasSession(bob.location), 'Alice has not met Bob');
  });
  await story('gifter: what they give is what Bob himself gives', async (alice, bob) => {
    const enlivener = await alice.fetch(theirs, SWISS.sturdyrefEnlivener);
    const direct = await alice.fetch(bob.location, LISTENER);
    const given = await E(enlivener)(alice.sturdyref(bob.location, LISTENER));
    assert(given === direct, 'two references for one object');
  });
  await story('gifter and receiver: Bob\'s object through their echo', async (alice, bob) => {
    const echo = await alice.fetch(theirs, SWISS.echo);
    const listener = await alice.fetch(bob.location, LISTENER);
    const [came, tagged, record] =
      await E(echo)(listener, makeTagged('t', listener), { l: listener });
    assert((await came) === listener, 'another object');
    assert((await tagged.payload) === listener, 'another object in a tagged value');
    assert((await record.l) === listener, 'another object in a struct');
  });
  const forAlice = 'gifter: their promise is fulfilled with Bob\'s object, for Alice';
  await story(forAlice, async (alice, bob) => {
    const [promise, resolver] = await E(await alice.fetch(theirs, SWISS.promiseResolver))();
    const listener = await alice.fetch(bob.location, LISTENER);
    E.sendOnly(resolver).fulfill(listener);
    assert((await promise) === listener, 'another object');
  });
  await story('gifter: Alice\'s own sturdyref is enlivened to her own object', async alice => {
    const enlivener = await alice.fetch(theirs, SWISS.sturdyrefEnlivener);
    const came = await E(enlivener)(alice.sturdyref(alice.location, LISTENER));
    assert(came === alice.listener, 'another object');
  });
  await story('gifter: their own sturdyref is enlivened to their own object', async alice => {
    const enlivener = await alice.fetch(theirs, SWISS.sturdyrefEnlivener);
    const came = await E(enlivener)(alice.sturdyref(theirs, SWISS.echo));
    assert(came === (await alice.fetch(theirs, SWISS.echo)), 'another object');
  });
  await story('gifter: a sturdyref that Bob does not know breaks', async (alice, bob) => {
    const enlivener = await alice.fetch(theirs, SWISS.sturdyrefEnlivener);
    await broken(E(enlivener)(alice.sturdyref(bob.location, 'nobody')));
  });
  await story('gifter: a sturdyref of nobody breaks', async (alice, bob) => {
    const enlivener = await alice.fetch(theirs, SWISS.sturdyrefEnlivener);
    bob.shutdown();
    await broken(E(enlivener)(alice.sturdyref(bob.location, LISTENER)));
  });
  await story('all three at once: sixty gifts in every direction', async (alice, bob, carol) => {
    const peers = [alice, bob, carol];
    // They meet one after another: what becomes of crossed hellos is asked in crossed.mjs.
    for (const peer of peers) await peer.fetch(theirs, SWISS.echo);
    await alice.session(bob.location);
    await alice.session(carol.location);
    await bob.session(carol.location);
    const pairs = peers.flatMap(a => peers.filter(b => b !== a).map(b => [a, b]));
    await Promise.all(pairs.map(async ([a, b], i) => {
      const listener = await a.fetch(b.location, LISTENER);
      for (let n = 0; n < 5; n += 1) {
        const greeter = await a.fetch(theirs, SWISS.greeter);
        await E(greeter)(listener);
        const driver = await a.fetch(b.location, DRIVER);
        equal(await E(driver)(await carFor(a, theirs)), vroom, `car ${i}.${n}`);
      }
    }));
    await until(() => peers.every(peer => peer.heard.length === 10), 'all greetings');
  });
};

/** They are the client of Bob, on Alice's behalf: what she sends to their promise, they forward. */
const forwarding = async () => {
  const [alice, bob] = [await newActor('alice', framing), await newActor('bob', framing)];
  const enlivener = await alice.fetch(theirs, SWISS.sturdyrefEnlivener);
  const there = swiss => E(enlivener)(alice.sturdyref(bob.location, swiss));
  const small = framing === 'none' ? values.filter(([name]) => name !== BIG) : values;
  for (const [name, value] of small) {
    await check(`client: they send Bob ${name}`, async () => {
      const came = await E(there(SWISS.echo))(value);
      const found = difference(came, harden([value]));
      if (found) throw Error(found);
    });
  }
  await check('client: they pipeline to Bob', async () => {
    equal(await E(E(E(there(SWISS.carFactoryBuilder))())(red))(), vroom);
  });
  await check('client: Bob breaks, and Alice hears why', async () => {
    const reason = await broken(E(E(there(SWISS.carFactoryBuilder))())('no specification'));
    assert(reason, 'no reason');
  });
  if (theirsIsEndo) {
    // Bob answers with a promise, which Endo gives away; Endo as exporter refuses such a gift.
    leftOut('client: they send Bob an object of Alice');
  } else {
    await check('client: they send Bob an object of Alice', async () => {
      const [came] = await E(there(SWISS.echo))(alice.listener);
      assert((await came) === alice.listener, 'another object');
    });
  }
  await check('client: they send Bob an object of his', async () => {
    const listener = await alice.fetch(bob.location, LISTENER);
    const [came] = await E(there(SWISS.echo))(listener);
    assert((await came) === listener, 'another object');
  });
  await check('client: Bob ends their session, and they come again', async () => {
    const { internal } = await bob.session(theirs);
    internal.ocapn.abort(Error('enough'));
    // What was sent before they noticed is lost, and said to be.
    const said = () => E(there(SWISS.echo))('again').catch(() => []);
    await until(async () => (await said())[0] === 'again', 'another session');
  });
  await check('client: neither of us met an error', async () => {
    const unexpected = [...alice.errors, ...bob.errors];
    equal(unexpected.join('\n'), '', 'errors');
  });
  alice.shutdown();
  bob.shutdown();
};

await exporting();
await lying();
await receiving();
await giving();
await forwarding();
finish('handoff');
