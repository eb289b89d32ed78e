// Everything at once, for a while: three Endo peers call, give, drop and collect at random, and
// visitors come and break off, against a peer with the suite's objects.
//
//   node --expose-gc soak.mjs LOCATOR [--framing syrup|none] [--seconds N] [--seed N]
//
// The seed fixes what each worker chooses, though not how the choices interleave.

import { E } from './endo.mjs';
import { DRIVER, LISTENER, carFor, newActor, vroom } from './cast.mjs';
import { assert, check, equal, finish, within } from './check.mjs';
import { SWISS } from './objects.mjs';
import { begin, option } from './options.mjs';
import { BIG, difference, makeTarget, values } from './values.mjs';

const { theirs, framing } = begin('soak');
const seconds = Number(option('seconds', '10'));
const seed = Number(option('seed', String(Date.now() % 100_000)));
console.log(`  seed ${seed}, ${seconds} s`);

/** A small generator of choices (mulberry32). */
const chooser = start => {
  let state = start >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return list => list[Math.floor(next() * list.length)];
};

const peers = await Promise.all(['alice', 'bob', 'carol'].map(name => newActor(name, framing)));
for (const peer of peers) await peer.fetch(theirs, SWISS.echo);
for (const [a, b] of [[0, 1], [0, 2], [1, 2]]) await peers[a].session(peers[b].location);

const small = values.filter(([name]) => name !== BIG).map(([, value]) => value);
const done = new Map();
let greetings = 0;

const same = (came, given) => {
  const found = difference(came, given);
  if (found) throw Error(found);
};

const kit = async peer => {
  const [promise, resolver] = await E(await peer.fetch(theirs, SWISS.promiseResolver))();
  promise.catch(() => {});
  return { promise, resolver };
};

const deeds = {
  echo: async ({ me, choose }) => {
    const given = harden([choose(small), makeTarget('mine'), choose(small)]);
    same(await E(await me.fetch(theirs, SWISS.echo))(...given), given);
  },
  drive: async ({ me }) => equal(await E(await carFor(me, theirs))(), vroom),
  give: async ({ me, other }) => {
    const driver = await me.fetch(other.location, DRIVER);
    equal(await E(driver)(await carFor(me, theirs)), vroom);
  },
  greet: async ({ me, other }) => {
    greetings += 1;
    const greeter = await me.fetch(theirs, SWISS.greeter);
    await E(greeter)(await me.fetch(other.location, LISTENER));
  },
  enliven: async ({ me, other }) => {
    const enlivener = await me.fetch(theirs, SWISS.sturdyrefEnlivener);
    const given = await E(enlivener)(me.sturdyref(other.location, LISTENER));
    assert(given === (await me.fetch(other.location, LISTENER)), 'another object');
  },
  promise: async ({ me, other, choose }) => {
    const { promise, resolver } = await kit(me);
    const given = await choose([
      () => choose(small),
      () => makeTarget('mine'),
      () => me.fetch(other.location, LISTENER),
      () => carFor(me, theirs),
    ])();
    E.sendOnly(resolver).fulfill(given);
    same(harden([await promise]), harden([given]));
  },
  wait: async ({ me, other }) => {
    const { promise, resolver } = await kit(me);
    const said = E(promise)('through');
    E.sendOnly(resolver).fulfill(await me.fetch(other.location, SWISS.echo));
    equal((await said)[0], 'through');
  },
  smash: async ({ me }) => {
    const { promise, resolver } = await kit(me);
    const said = E(promise)('never');
    E.sendOnly(resolver).break(harden(Error('smashed')));
    const reason = await said.then(() => undefined, error => error);
    assert(/smashed/.test(reason?.message), `${reason?.message}`);
  },
  collect: async () => globalThis.gc(),
  visit: async ({ choose }) => {
    const visitor = await newActor('visitor', framing);
    const { internal, debug } = await visitor.session(theirs);
    const calls = [carFor(visitor, theirs), kit(visitor)];
    await choose([() => calls[0], () => calls[1], () => undefined])();
    if (choose([true, false])) debug.sendMessage({ type: 'op:abort', reason: 'bored' });
    internal.ocapn.abort(Error('bored'));
    await Promise.allSettled(calls);
    visitor.shutdown();
  },
};

const worker = async number => {
  const choose = chooser(seed + number);
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const me = choose(peers);
    const other = choose(peers.filter(peer => peer !== me));
    const name = choose(Object.keys(deeds));
    await within(deeds[name]({ me, other, choose }), `worker ${number}: ${name}`, 20).catch(
      cause => { throw Error(`worker ${number}: ${name}`, { cause }); });
    done.set(name, (done.get(name) ?? 0) + 1);
  }
};

for (const peer of peers) {
  // Nothing here may end a session of theirs.
  const { internal } = await peer.session(theirs);
  peer.first = internal;
}
await check('all that was asked came true', () =>
  within(Promise.all([1, 2, 3, 4, 5, 6].map(worker)), 'the workers', seconds + 30), seconds + 40);
await check('every greeting was heard', async () => {
  const heard = () => peers.reduce((sum, peer) => sum + peer.heard.length, 0);
  const end = Date.now() + 10_000;
  while (heard() < greetings && Date.now() < end) await new Promise(r => setTimeout(r, 50));
  equal(heard(), greetings, 'greetings');
});
await check('each of the three kept its session', async () => {
  for (const peer of peers) {
    const { internal } = await peer.session(theirs);
    assert(internal === peer.first, `${peer.name} has another session`);
    equal(peer.errors.join('\n'), '', 'errors');
  }
});
console.log(`  did ${[...done].map(([name, count]) => `${name} ${count}`).join(', ')}`);
finish('soak');
