// The objects that OCapN's test suite asks of a peer, at its swiss numbers: here for Endo, so that
// every script can be proven Endo against Endo, and so that Endo can be the server.

import { E, Far, getSelectorName } from './endo.mjs';

export const SWISS = harden({
  carFactoryBuilder: 'JadQ0++RzsD4M+40uLxTWVaVqM10DcBJ',
  echo: 'IO58l1laTyhcrgDKbEzFOO32MDd6zE5w',
  greeter: 'VMDDd1voKWarCe2GvgLbxbVFysNzRPzx',
  promiseResolver: 'IokCxYmMj04nos2JN1TDoY1bT8dXh6Lr',
  sturdyrefEnlivener: 'gi02I1qghIwPiKGKleCQAOhpy3ZtYRpB',
});

const makeCarFactory = () =>
  Far('car factory', specification => {
    const [colour, model] = specification.map(getSelectorName);
    return Far('car', () => `Vroom! I am a ${colour} ${model} car!`);
  });

const makePromiseAndResolver = () => {
  let fulfil;
  let smash;
  const promise = new Promise((resolve, reject) => {
    fulfil = resolve;
    smash = reject;
  });
  promise.catch(() => {});
  const resolver = Far('resolver', {
    fulfill: value => fulfil(value),
    break: reason => smash(reason),
  });
  return harden([promise, resolver]);
};

/** The five objects. `enliven` turns a sturdyref into a reference. */
export const suiteObjects = enliven => new Map([
  [SWISS.carFactoryBuilder, Far('car factory builder', () => makeCarFactory())],
  [SWISS.echo, Far('echo', (...values) => harden(values))],
  [SWISS.greeter, Far('greeter', stranger => E(stranger)('Hello'))],
  [SWISS.promiseResolver, Far('promise resolver', () => makePromiseAndResolver())],
  [SWISS.sturdyrefEnlivener, Far('sturdyref enlivener', sturdyref => enliven(sturdyref))],
]);

/** An object that remembers what it was sent. */
export const makeListener = () => {
  const heard = [];
  const listener = Far('listener', (...values) => {
    heard.push(values);
    return undefined;
  });
  return { heard, listener };
};
