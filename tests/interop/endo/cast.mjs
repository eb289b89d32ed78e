// Alice, Bob and the others: Endo peers that serve the suite's objects and a few of ours.

import { E, Far, makeSelector } from './endo.mjs';
import { SWISS, makeListener, suiteObjects } from './objects.mjs';
import { makePeer } from './peer.mjs';

/** Calls what it is given with the rest of what it is given. */
export const DRIVER = 'driver';
/** Remembers what it is sent. */
export const LISTENER = 'listener';
/** Keeps one value, and answers `kept`. */
export const KEEPER = 'keeper';

let next = 0;

/** A peer that serves all of it. Its listener and what it heard and keeps are at hand. */
export const newActor = async (name, framing) => {
  next += 1;
  let peer;
  const { heard, listener } = makeListener();
  const kept = [];
  const objects = suiteObjects(sturdyref => peer.client.enlivenSturdyRef(sturdyref));
  objects.set(DRIVER, Far('driver', (car, ...args) => E(car)(...args)));
  objects.set(LISTENER, listener);
  objects.set(KEEPER, Far('keeper', value => {
    kept.push(value);
    return 'kept';
  }));
  peer = await makePeer({ name: `${name}${next}`, framing, objects });
  return { ...peer, heard, listener, kept };
};

/** Runs a scene with as many peers as it has parameters, and ends them. */
export const scene = framing => async body => {
  const names = ['alice', 'bob', 'carol'].slice(0, body.length);
  const actors = await Promise.all(names.map(name => newActor(name, framing)));
  try {
    await body(...actors);
  } finally {
    for (const actor of actors) actor.shutdown();
  }
};

export const red = harden([makeSelector('red'), makeSelector('zoomracer')]);
export const vroom = 'Vroom! I am a red zoomracer car!';

/** Lets a peer build itself a car at another peer's factory. */
export const carFor = async (peer, location) => {
  const builder = await peer.fetch(location, SWISS.carFactoryBuilder);
  return E(await E(builder)())(red);
};
