// An Endo peer with the suite's objects, for whoever wants to talk with it.
//
//   node --expose-gc serve.mjs [--framing syrup|none] [--port N] [--until-killed]
//
// Prints its locator and serves until its standard input ends, or until it is killed.

import { makePeer } from './peer.mjs';
import { printLocator } from './locator.mjs';
import { suiteObjects } from './objects.mjs';
import { option } from './options.mjs';

let peer;
const objects = suiteObjects(sturdyref => peer.client.enlivenSturdyRef(sturdyref));
peer = await makePeer({
  name: 'server',
  framing: option('framing', 'syrup'),
  port: Number(option('port', '0')),
  objects,
});
console.log(printLocator(peer.location));

// What is dropped is only released when the collector runs, and a quiet peer has no reason to.
if (typeof globalThis.gc === 'function') setInterval(() => globalThis.gc(), 100);

if (!process.argv.includes('--until-killed')) {
  process.stdin.resume();
  process.stdin.on('end', () => process.exit(0));
}
