// Promises in both directions between Endo and a peer with the suite's objects.
//
//   node --expose-gc promises.mjs LOCATOR [--framing syrup|none]

import { E, Far, makeSelector } from './endo.mjs';
import { assert, broken, check, equal, finish } from './check.mjs';
import { SWISS } from './objects.mjs';
import { begin } from './options.mjs';
import { makePeer } from './peer.mjs';
import { difference, makeTarget } from './values.mjs';

const { theirs, framing } = begin('promises');

const peer = await makePeer({ name: 'promises', framing });
const echo = await peer.fetch(theirs, SWISS.echo);
const maker = await peer.fetch(theirs, SWISS.promiseResolver);

/** A promise of theirs, and who settles it. */
const kit = async () => {
  const [promise, resolver] = await E(maker)();
  promise.catch(() => {});
  return { promise, resolver };
};

/** A promise of ours, and what settles it. */
const ours = () => {
  let settle;
  let smash;
  const promise = harden(new Promise((resolve, reject) => {
    settle = resolve;
    smash = reject;
  }));
  promise.catch(() => {});
  return { promise, settle, smash };
};

const theirPromises = async () => {
  await check('their promise is fulfilled with a value', async () => {
    const { promise, resolver } = await kit();
    E.sendOnly(resolver).fulfill(harden(['done', 1n]));
    equal(difference(await promise, harden(['done', 1n])), undefined);
  });
  await check('their promise is fulfilled with an object of ours', async () => {
    const { promise, resolver } = await kit();
    const mine = makeTarget('mine');
    E(resolver).fulfill(mine).catch(() => {});
    assert((await promise) === mine, 'another object');
  });
  await check('their promise is fulfilled with an object of theirs', async () => {
    const { promise, resolver } = await kit();
    E.sendOnly(resolver).fulfill(echo);
    assert((await promise) === echo, 'another object');
  });
  await check('their promise is fulfilled with our promise, settled later', async () => {
    const { promise, resolver } = await kit();
    const { promise: mine, settle } = ours();
    E.sendOnly(resolver).fulfill(mine);
    await peer.fetch(theirs, SWISS.echo);
    settle('late');
    equal(await promise, 'late');
  });
  await check('their promise is fulfilled with our promise, broken later', async () => {
    const { promise, resolver } = await kit();
    const { promise: mine, smash } = ours();
    E.sendOnly(resolver).fulfill(mine);
    await peer.fetch(theirs, SWISS.echo);
    smash(harden(Error('never')));
    await broken(promise);
  });
  for (const [name, reason] of [
    ['an error', Error('boom')], ['a symbol', makeSelector('oh-no')], ['a list', ['why', 7n]],
  ]) {
    await check(`their promise is broken with ${name}`, async () => {
      const { promise, resolver } = await kit();
      E.sendOnly(resolver).break(harden(reason));
      const found = difference(harden(await broken(promise)), harden(reason), 'reason');
      if (found) throw Error(found);
    });
  }
  await check('a promise settles once', async () => {
    const { promise, resolver } = await kit();
    E.sendOnly(resolver).fulfill(1n);
    E.sendOnly(resolver).fulfill(2n);
    E.sendOnly(resolver).break(Error('three'));
    equal(await promise, 1n);
  });
  await check('a message waits for their promise', async () => {
    const { promise, resolver } = await kit();
    const said = E(promise)('through');
    E.sendOnly(resolver).fulfill(echo);
    equal((await said)[0], 'through');
  });
  await check('a message for their broken promise is broken', async () => {
    const { promise, resolver } = await kit();
    const said = E(promise)('through');
    E.sendOnly(resolver).break(Error('no way'));
    await broken(said);
  });
  await check('a message waits for their promise, which becomes an object of ours', async () => {
    const { promise, resolver } = await kit();
    const said = E(promise)();
    E.sendOnly(resolver).fulfill(makeTarget('mine'));
    equal(await said, 'mine');
  });
};

const ourPromises = async () => {
  await check('our promise comes back as itself, and settles', async () => {
    const { promise, settle } = ours();
    const [came] = await E(echo)(promise);
    settle(5n);
    equal(await came, 5n);
  });
  await check('our promise comes back as itself, and breaks', async () => {
    const { promise, smash } = ours();
    const [came] = await E(echo)(promise);
    smash(harden(Error('mine')));
    equal((await broken(came)).message, 'mine');
  });
};

const listening = async () => {
  await check('a promise that was listened to again tells both listeners', async () => {
    const { debug } = await peer.session(theirs);
    const { promise, resolver } = await kit();
    const told = new Promise((resolve, reject) => {
      const resolveMeDesc = Far('second listener', { fulfill: resolve, break: reject });
      debug.sendMessage({ type: 'op:listen', to: promise, resolveMeDesc, wantsPartial: true });
    });
    E.sendOnly(resolver).fulfill('both');
    equal(await promise, 'both');
    equal(await told, 'both');
  });
  await check('a settled promise is listened to', async () => {
    const { debug } = await peer.session(theirs);
    const { promise, resolver } = await kit();
    E.sendOnly(resolver).fulfill('already');
    await promise;
    const told = await new Promise((resolve, reject) => {
      const resolveMeDesc = Far('late listener', { fulfill: resolve, break: reject });
      debug.sendMessage({ type: 'op:listen', to: promise, resolveMeDesc, wantsPartial: false });
    });
    equal(told, 'already');
  });
};

await theirPromises();
await ourPromises();
await listening();
await check('the session has met no error', async () => {
  equal(peer.errors.join('\n'), '', 'errors');
});
finish('promises');
