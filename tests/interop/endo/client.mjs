// Endo as the client of a peer with the suite's objects: values, pipelining, the greeter.
//
//   node --expose-gc client.mjs LOCATOR [--framing syrup|none]

import { E, bytesToImmutable, makeSelector, makeTagged } from './endo.mjs';
import { red, vroom } from './cast.mjs';
import {
  assert, broken, check, deviation, equal, finish, leftOut, until, within,
} from './check.mjs';
import { SWISS, makeListener } from './objects.mjs';
import { begin } from './options.mjs';
import { makePeer } from './peer.mjs';
import { BIG, difference, largeValues, makeTarget, values } from './values.mjs';

const { theirs, framing, theirsIsEndo } = begin('client');

// Without framing, Endo takes whatever one read of the socket gives for whole messages, so nothing
// may be larger than a read, together with what is under way.
const MANY = framing === 'none' ? 50 : 1000;

const newPeer = () => makePeer({ name: 'client', framing });
const peer = await newPeer();
const octets = (...bytes) => bytesToImmutable(Uint8Array.from(bytes));

const enliven = async () => {
  await check('a hello opens a session', async () => {
    const { internal } = await peer.session(theirs);
    equal(internal.peer.location.designator, theirs.designator, 'announced designator');
  });
  await check('each object is fetched by its swiss number', async () => {
    const found = await Promise.all(Object.values(SWISS).map(s => peer.fetch(theirs, s)));
    equal(new Set(found).size, 5, 'distinct objects');
  });
  await check('the same object fetched again is the same reference', async () => {
    const [a, b] = [await peer.fetch(theirs, SWISS.echo), await peer.fetch(theirs, SWISS.echo)];
    assert(a === b, 'two references for one object');
  });
  await check('a sturdyref is enlivened', async () => {
    const echo = await peer.client.enlivenSturdyRef(peer.sturdyref(theirs, SWISS.echo));
    equal((await E(echo)('hi'))[0], 'hi');
  });
  await check('an unknown swiss number breaks the promise', async () => {
    await broken(peer.fetch(theirs, 'nobody'));
  });
};

const echoing = async () => {
  const echo = await peer.fetch(theirs, SWISS.echo);
  const roundTrip = async (...given) => {
    const came = await E(echo)(...given);
    const found = difference(came, harden(given));
    if (found) throw Error(found);
  };
  const small = framing === 'none' ? values.filter(([name]) => name !== BIG) : values;
  for (const [name, value] of small) {
    await check(`echo: ${name}`, () => roundTrip(value));
  }
  await check('echo: no arguments', () => roundTrip());
  await check('echo: everything at once', () => roundTrip(...small.map(([, value]) => value)));
  if (framing === 'syrup') {
    for (const [name, value] of largeValues) {
      await check(`echo: ${name}`, () => roundTrip(value));
    }
  } else {
    leftOut('echo: large values', 'Endo takes one read for whole messages');
  }
  await check('echo: a reference of ours comes back as itself', () =>
    roundTrip(makeTarget('one'), [makeTarget('two')], makeTagged('t', makeTarget('three'))));
  await check('echo: a reference of theirs comes back as itself', () => roundTrip(echo, [echo]));
  await check('echo: a sturdyref comes back whole', async () => {
    const sturdyref = peer.sturdyref(theirs, SWISS.carFactoryBuilder);
    const [came] = await E(echo)(sturdyref);
    const builder = await peer.client.enlivenSturdyRef(came);
    equal(await E(await E(await E(builder)())(red))(), vroom);
  });
  await check('echo: many calls at once keep their order', async () => {
    const answered = [];
    const calls = Array.from({ length: MANY }, (_, i) =>
      E(echo)(BigInt(i)).then(([n]) => answered.push(n)));
    await Promise.all(calls);
    assert(answered.every((n, i) => n === BigInt(i)), 'out of order');
  });
  return echo;
};

/** What Endo can't write, put on the wire in place of something that it can. */
const beyondEndo = async () => {
  const sendInstead = async (given, from, to) => {
    const own = await newPeer();
    const echo = await own.fetch(theirs, SWISS.echo);
    own.rewriteNext(from, to);
    const came = within(E(echo)(harden(given)), 'the echo', 5);
    return came.then(
      ([value]) => value,
      error => { throw Error(own.errors.join(' ') || error.message, { cause: error }); },
    ).finally(() => own.shutdown());
  };
  const reads = theirsIsEndo ? async () => {} : deviation;
  if (!theirsIsEndo) {
    await check('echo: a string past U+FFFF (rewritten on the wire)', async () => {
      equal(await sendInstead('place', '5"place', '4"\u{1f40e}'), '\u{1f40e}');
    });
  }
  await deviation('Endo writes a string past U+FFFF', /Invalid string characters/, async () => {
    const echo = await peer.fetch(theirs, SWISS.echo);
    await E(echo)('\u{1f40e}');
  });
  await deviation('Endo writes -0', /expected -0|expected 0, got 0/, async () => {
    const echo = await peer.fetch(theirs, SWISS.echo);
    const [came] = await E(echo)(-0);
    assert(Object.is(came, -0), 'expected -0, got 0');
  });
  const minusZero = [0x44, 0x80, 0, 0, 0, 0, 0, 0, 0];
  const threeHalves = [0x44, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0];
  await reads('Endo reads -0 (rewritten on the wire)', /Non-canonical zero/, async () => {
    const came = await sendInstead(1.5, threeHalves, minusZero);
    assert(Object.is(came, -0), 'came as 0');
  });
  const struct = '{3"\uffff1+4"\u{10000}2+}';
  await reads('Endo reads keys past U+FFFF in the order of their octets',
    /keys must be in bytewise sorted order/, async () => {
      const came = await sendInstead({ k: 1n }, '{1"k1+}', struct);
      equal(came['\u{10000}'], 2n);
    });
};

const pipelining = async () => {
  await check('a car through the factory, one answer after another', async () => {
    const builder = await peer.fetch(theirs, SWISS.carFactoryBuilder);
    const factory = await E(builder)();
    const car = await E(factory)(red);
    equal(await E(car)(), vroom);
  });
  await check('a car through the factory, pipelined from the bootstrap object', async () => {
    const own = await newPeer();
    const { bootstrap, journal } = await own.session(theirs);
    const swiss = octets(...Buffer.from(SWISS.carFactoryBuilder));
    const said = E(E(E(E(bootstrap).fetch(swiss))())(red))();
    equal(await said, vroom);
    const first = journal.lines.findIndex(line => line.startsWith('got'));
    equal(journal.lines.slice(0, first).filter(l => l === 'sent op:deliver').length, 4,
      'messages sent before the first answer');
    own.shutdown();
  });
  await check('what is pipelined to a broken promise is broken too', async () => {
    const builder = await peer.fetch(theirs, SWISS.carFactoryBuilder);
    const factory = E(builder)();
    await broken(E(E(factory)('no specification'))());
    equal(await E(E(factory)(red))(), vroom);
  });
  await check('many cars pipelined at once', async () => {
    const builder = await peer.fetch(theirs, SWISS.carFactoryBuilder);
    const factory = E(builder)();
    const said = Array.from({ length: MANY }, () => E(E(factory)(red))());
    assert((await Promise.all(said)).every(s => s === vroom), 'a car said something else');
  });
};

/** Endo has no untag for its users, so that one is sent by hand. */
const untag = async (session, receiverDesc, tag) => {
  const { internal, debug, table } = session;
  // Endo sends what E() asks for in a later turn; only then has its answer a position.
  while (table.getSlotForValue(receiverDesc) === undefined) await null;
  const answer = internal.ocapn.referenceKit.takeNextRemoteAnswer();
  debug.sendMessage({ type: 'op:untag', receiverDesc, tag, answerPosition: answer.position });
  debug.sendMessage({
    type: 'op:listen',
    to: answer.answerPromise,
    resolveMeDesc: answer.resolver,
    wantsPartial: false,
  });
  return answer.internalPromise;
};

const takingApart = async echo => {
  const point = harden({ x: 3n, y: { z: 'deep' } });
  await check('index of an answer', async () => {
    equal(await E.get(E(echo)('a', 'b'))[1], 'b');
  });
  await check('get of an index of an answer', async () => {
    equal(await E.get(E.get(E(echo)(point))[0]).x, 3n);
    equal(await E.get(E.get(E.get(E(echo)(point))[0]).y).z, 'deep');
  });
  await check('a message to an index of an answer', async () => {
    const builder = await peer.fetch(theirs, SWISS.carFactoryBuilder);
    const car = E(E(builder)())(red);
    equal(await E(E.get(E(echo)(await car))[0])(), vroom);
  });
  await check('untag of an index of an answer', async () => {
    const session = await peer.session(theirs);
    const tagged = E.get(E(echo)(makeTagged('decimal', '3.14')))[0];
    equal(await untag(session, tagged, 'decimal'), '3.14');
  });
  await check('an index past the end breaks', () => broken(E.get(E(echo)('a'))[7]));
  await check('get of a list breaks', () => broken(E.get(E(echo)('a')).name));
  await check('get of a field that is not there breaks', () =>
    broken(E.get(E.get(E(echo)(point))[0]).w));
  await check('index of a struct breaks', () => broken(E.get(E.get(E(echo)(point))[0])[0]));
  await check('untag by another tag breaks', async () => {
    const session = await peer.session(theirs);
    const tagged = E.get(E(echo)(makeTagged('decimal', '3.14')))[0];
    await broken(untag(session, tagged, 'integer'));
  });
  await check('index of a broken promise breaks', async () => {
    const builder = await peer.fetch(theirs, SWISS.carFactoryBuilder);
    await broken(E.get(E(E(builder)())('no specification'))[0]);
  });
};

const greeting = async () => {
  await check('the greeter greets an object of ours', async () => {
    const greeter = await peer.fetch(theirs, SWISS.greeter);
    const { heard, listener } = makeListener();
    await E(greeter)(listener);
    await until(() => heard.length > 0, 'the greeting');
    equal(heard.length, 1, 'greetings');
    equal(heard[0][0], 'Hello');
  });
  await check('the greeter is asked without an answer', async () => {
    const greeter = await peer.fetch(theirs, SWISS.greeter);
    const { heard, listener } = makeListener();
    E.sendOnly(greeter)(listener);
    await until(() => heard.length > 0, 'the greeting');
  });
};

await enliven();
const echo = await echoing();
await beyondEndo();
await pipelining();
await takingApart(echo);
await greeting();
await check('the session is still there, and has met no error', async () => {
  equal((await E(echo)('end'))[0], 'end');
  equal(peer.errors.join('\n'), '', 'errors');
});
finish('client');
