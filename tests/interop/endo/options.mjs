// The command line that all scripts share.

import { endoVersion } from './endo.mjs';
import { parseLocator } from './locator.mjs';

/** The value after `--name`, or what stands in for it. */
export const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};

/**
 * Reads the command line of a script that talks with the peer at a locator, and says what is about
 * to be done. `--against endo` is for proving the scripts Endo against Endo: there the peer has
 * Endo's limits as well.
 */
export const begin = what => {
  const [, script, locator] = process.argv;
  if (!locator?.startsWith('ocapn://')) {
    console.error(`usage: node --expose-gc ${script} LOCATOR [--framing syrup|none]`);
    process.exit(2);
  }
  const { location: theirs } = parseLocator(locator);
  const framing = option('framing', 'syrup');
  const theirsIsEndo = option('against', 'hogshead') === 'endo';
  console.log(`${what}: Endo ${endoVersion}, framing ${framing}, with ${locator}`);
  return { theirs, framing, theirsIsEndo };
};
