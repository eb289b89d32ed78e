// Where Endo comes from: a checkout named by ENDO_CHECKOUT, its dependencies installed.
//
// `packages/ocapn` is not published, so nothing here is imported by name from our side. Every
// module is resolved from inside the checkout; so the peers of one process share one Endo.

import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const lacking = why => {
  console.error(`endo: ${why}`);
  console.error('endo: .ci/interop says how to get a checkout and installs what it needs');
  process.exit(2);
};

const checkout = process.env.ENDO_CHECKOUT;
if (!checkout) lacking('ENDO_CHECKOUT names no checkout of github.com/endojs/endo');
const root = path.resolve(checkout, 'packages/ocapn');
const manifest = path.join(root, 'package.json');
if (!fs.existsSync(manifest)) lacking(`${checkout} has no packages/ocapn`);

const require = createRequire(manifest);

/** Imports a module that Endo's own package depends on. */
const dependency = name => {
  let file;
  try {
    file = require.resolve(name);
  } catch (error) {
    lacking(`${name} is not installed in ${checkout} (${error.code})`);
  }
  return import(pathToFileURL(file).href);
};

/** Imports a file of Endo's package. */
const own = file => import(pathToFileURL(path.join(root, file)).href);

// The lockdown comes before anything else is loaded.
await dependency('@endo/init');

export const { E } = await dependency('@endo/eventual-send');
export const { Far, makeTagged, passStyleOf } = await dependency('@endo/marshal');
export const { bytesToImmutable } = await dependency('@endo/bytes/to-immutable.js');
export const { bytesFromImmutable } = await dependency('@endo/bytes/from-immutable.js');
export const { makeClient, swissnumFromBytes } = await own('index.js');
export const { makeTcpNetLayer } = await own('src/netlayers/tcp-test-only.js');
export const { makeSelector, getSelectorName } = await own('src/selector.js');

// What only a liar needs: see client.mjs and handoff.mjs.
export const cryptography = await own('src/cryptography.js');
export const descriptors = await own('src/codecs/descriptors.js');

const { version } = require('./package.json');
export const endoVersion = version;
