// Locators as URIs (Locators, "URI Serialization"): `ocapn://<designator>.<transport>?<hints>`.

import { swissnumFromBytes } from './endo.mjs';

/** Parses a peer's locator into the record that Endo works with. */
export const parseLocator = text => {
  const url = /^ocapn:\/\/([^/?]+)\.([^./?]+)(?:\/s\/([^?]*))?(?:\?(.*))?$/.exec(text.trim());
  if (!url) throw Error(`not a locator: ${text}`);
  const [, designator, transport, swiss, query] = url;
  const hints = Object.fromEntries(new URLSearchParams(query ?? ''));
  const location = harden({
    type: 'ocapn-peer',
    transport,
    designator: decodeURIComponent(designator),
    hints: query === undefined ? false : hints,
  });
  return { location, swiss };
};

/** Writes a peer's locator as text. */
export const printLocator = ({ designator, transport, hints }) => {
  const query = hints ? `?${new URLSearchParams(hints)}` : '';
  return `ocapn://${encodeURIComponent(designator)}.${transport}${query}`;
};

const encoder = new TextEncoder();

/** A swiss number is octets on the wire; here it is ASCII. */
export const swissOf = text => swissnumFromBytes(encoder.encode(text));
