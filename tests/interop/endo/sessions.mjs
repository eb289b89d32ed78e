// How sessions hold, release and end: Endo against a peer with the suite's objects.
//
//   node --expose-gc sessions.mjs LOCATOR [--framing syrup|none]

import { E, Far } from './endo.mjs';
import { carFor, red } from './cast.mjs';
import { assert, broken, check, deviation, equal, finish, until, within } from './check.mjs';
import { SWISS } from './objects.mjs';
import { begin } from './options.mjs';
import { collectUntil, makePeer } from './peer.mjs';
import { makeTarget } from './values.mjs';

const { theirs, framing, theirsIsEndo } = begin('sessions');

const newPeer = (options = {}) => makePeer({ name: 'sessions', framing, ...options });
const peer = await newPeer();

/**
 * The position of the object that a call is answered with. The resolver is made here because Endo
 * keeps its own for good, with what it was answered, if the resolver is released before Endo has
 * turned to the message: it is then exported anew, to nobody.
 */
const positionOfAnswer = ({ debug, table }, to, args) => new Promise((resolve, reject) => {
  const resolveMeDesc = Far('resolver', {
    fulfill: value => resolve(BigInt(table.getSlotForValue(value).slice(2))),
    break: reject,
  });
  debug.sendMessage({ type: 'op:deliver', to, args, answerPosition: false, resolveMeDesc });
});

const collecting = async () => {
  const own = await newPeer();
  const session = await own.session(theirs);
  const { table, journal } = session;
  const echo = await own.fetch(theirs, SWISS.echo);
  await check('they release an object of ours that they no longer hold', async () => {
    const mine = makeTarget('mine');
    await E(echo)(mine);
    const slot = table.getSlotForValue(mine);
    await collectUntil(() => table.getSlotForValue(mine) === undefined, `release of ${slot}`);
    const position = BigInt(slot.slice(2));
    equal(journal.released.exports.get(position), 1n, 'released');
  });
  await check('they release it as often as it was sent', async () => {
    const mine = makeTarget('mine');
    await Promise.all([E(echo)(mine), E(echo)(mine, [mine]), E(echo)({ a: mine, b: mine })]);
    const slot = table.getSlotForValue(mine);
    await collectUntil(() => table.getSlotForValue(mine) === undefined, `release of ${slot}`);
    equal(journal.released.exports.get(BigInt(slot.slice(2))), 5n, 'released');
  });
  await check('what they released is exported anew', async () => {
    const mine = makeTarget('mine');
    for (let i = 0; i < 3; i += 1) {
      assert((await E(echo)(mine))[0] === mine, 'another object');
      await collectUntil(() => table.getSlotForValue(mine) === undefined, 'release');
    }
  });
  await check('they release promises and resolvers of ours', async () => {
    let settle;
    const promise = harden(new Promise(resolve => { settle = resolve; }));
    await E(echo)(promise);
    const slot = table.getSlotForValue(promise);
    settle(1n);
    await collectUntil(() => table.getSlotForValue(promise) === undefined, `release of ${slot}`);
    const resolvers = () => journal.released.exports.size;
    const before = resolvers();
    await Promise.all(Array.from({ length: 20 }, () => E(echo)()));
    await collectUntil(() => resolvers() >= before + 20, 'release of 20 resolvers');
  });
  await check('what we release of theirs, they let go', async () => {
    const factory = await E(await own.fetch(theirs, SWISS.carFactoryBuilder))();
    const position = await positionOfAnswer(session, factory, harden([red]));
    await collectUntil(() => journal.given.exports.has(position), 'our op:gc-exports');
    equal((await E(echo)('still'))[0], 'still');
  });
  await check('what we release of theirs again and again, they export again', async () => {
    const echoed = [];
    for (let i = 0; i < 5; i += 1) {
      const builder = await own.fetch(theirs, SWISS.carFactoryBuilder);
      echoed.push(await positionOfAnswer(session, builder, harden([])));
      await collectUntil(() => journal.given.exports.has(echoed[i]), 'our op:gc-exports');
    }
    equal(echoed.length, 5, 'factories');
  });
  await check('answers are released', async () => {
    await (async () => { await E(echo)('answer'); })();
    await collectUntil(() => journal.given.answers.size > 0, 'our op:gc-answers');
    equal((await E(echo)('still'))[0], 'still');
  });
  await check('all of it without an error', async () => {
    equal(own.errors.join('\n'), '', 'errors');
    assert(own.hasSession(theirs), 'the session is gone');
  });
  own.shutdown();
  await check('a position that was released is nobody', async () => {
    const liar = await newPeer();
    const { debug, table } = await liar.session(theirs);
    const car = await carFor(liar, theirs);
    const slot = table.getSlotForValue(car);
    debug.sendMessage({
      type: 'op:gc-exports',
      exportPositions: [BigInt(slot.slice(2))],
      wireDeltas: [BigInt(table.getRefCount(slot))],
    });
    await broken(E(car)());
    liar.shutdown();
  });
};

const sawAbort = own =>
  assert(own.transcript.some(line => /^got <8'op:abort/.test(line)), 'no op:abort came');

const ending = async () => {
  const pending = async own => {
    const maker = await own.fetch(theirs, SWISS.promiseResolver);
    const [unsettled] = await E(maker)();
    unsettled.catch(() => {});
    const promise = E(unsettled)('never answered');
    promise.catch(() => {});
    return { promise, unsettled };
  };
  const once = async own => {
    const echo = await own.fetch(theirs, SWISS.echo);
    equal((await E(echo)('again'))[0], 'again');
    return true;
  };
  // Endo refuses a hello from the location of a session whose end it has not processed yet.
  const works = own =>
    theirsIsEndo ? until(() => once(own).catch(() => false), 'another session') : once(own);
  await check('we close the connection, and come again at once', async () => {
    const own = await newPeer();
    const { promise } = await pending(own);
    const { internal } = await own.session(theirs);
    internal.ocapn.abort(Error('enough'));
    await broken(promise);
    await works(own);
    own.shutdown();
  });
  await check('we abort, and come again at once', async () => {
    const own = await newPeer();
    const { promise } = await pending(own);
    const { internal, debug } = await own.session(theirs);
    debug.sendMessage({ type: 'op:abort', reason: 'enough' });
    internal.ocapn.abort(Error('enough'));
    await broken(promise);
    await works(own);
    own.shutdown();
  });
  await check('we abort, and they close', async () => {
    const own = await newPeer();
    const { promise } = await pending(own);
    const { debug } = await own.session(theirs);
    debug.sendMessage({ type: 'op:abort', reason: 'enough' });
    await broken(promise);
    await until(() => !own.hasSession(theirs), 'the end of the session');
    await works(own);
    own.shutdown();
  });
  await deviation('Endo breaks a promise that it imported when the session ends', /nothing after/,
    async () => {
      const own = await newPeer();
      const { unsettled } = await pending(own);
      const { internal } = await own.session(theirs);
      internal.ocapn.abort(Error('enough'));
      const reason = await broken(within(unsettled, 'the imported promise', 1));
      own.shutdown();
      if (/nothing after/.test(reason.message)) throw reason;
    });
  await check('five sessions from one location, one after another', async () => {
    const own = await newPeer();
    for (let i = 0; i < 5; i += 1) {
      await works(own);
      const { internal } = await own.session(theirs);
      internal.ocapn.abort(Error('again'));
    }
    own.shutdown();
  });
  await check('they abort a session that sends nonsense, and nobody else\'s', async () => {
    const own = await newPeer();
    const { promise } = await pending(own);
    const { debug } = await own.session(theirs);
    own.rewriteNext('op:abort', 'op:bogus');
    debug.sendMessage({ type: 'op:abort', reason: 'nonsense' });
    await broken(promise);
    // Endo writes its op:abort after it has closed the socket.
    if (!theirsIsEndo) sawAbort(own);
    await works(own);
    await works(peer);
    own.shutdown();
  });
  await check('a hello of another version is refused', async () => {
    const own = await newPeer({ captpVersion: '99.0' });
    await broken(own.session(theirs));
    sawAbort(own);
    own.shutdown();
    await works(peer);
  });
  await check('a hello whose location was signed by nobody is refused', async () => {
    const own = await newPeer();
    own.rewriteNext(`"${own.location.designator}`, `"${own.location.designator.slice(0, -1)}!`);
    await broken(own.session(theirs));
    sawAbort(own);
    own.shutdown();
  });
};

await collecting();
await ending();
finish('sessions');
