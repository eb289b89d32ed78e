// One Endo peer: a client with its own port, its netlayer tapped so that messages can be shown,
// held back and changed octet by octet.

import { E, makeClient, makeTcpNetLayer } from './endo.mjs';
import { swissOf } from './locator.mjs';
import { causes, until } from './check.mjs';

const trace = process.env.INTEROP_TRACE;

const shown = bytes => {
  const text = Buffer.from(bytes).toString('latin1');
  const escape = c => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`;
  return text.slice(0, 4000).replace(/[^ -~]/g, escape);
};

/** Replaces the one place where some octets stand. */
const replaced = (bytes, from, to) => {
  const text = Buffer.from(bytes);
  const at = text.indexOf(from);
  if (at < 0) return undefined;
  return new Uint8Array(
    Buffer.concat([text.subarray(0, at), to, text.subarray(at + from.length)]),
  );
};

/** What goes between Endo and its sockets. */
const makeTap = name => {
  const transcript = [];
  const rewrites = [];
  const held = new Map();
  const sockets = new WeakMap();
  let hellos;
  let inbox;
  const note = (way, bytes) => {
    const line = `${way} ${shown(bytes)}`;
    transcript.push(line);
    if (trace) console.log(`    ${name} ${line}`);
  };
  const rewritten = bytes => {
    for (const [i, { from, to }] of rewrites.entries()) {
      const changed = replaced(bytes, from, to);
      if (changed) {
        rewrites.splice(i, 1);
        return changed;
      }
    }
    return bytes;
  };
  const wrap = handlers => ({
    ...handlers,
    makeConnection: (netlayer, isOutgoing, socket) => {
      let connection;
      const send = bytes => {
        const queue = held.get(connection);
        if (queue) queue.push(bytes);
        else socket.write(bytes);
      };
      const write = bytes => {
        const changed = rewritten(bytes);
        note('sent', changed);
        send(changed);
      };
      const end = () => socket.end();
      connection = handlers.makeConnection(netlayer, isOutgoing, { write, end });
      sockets.set(connection, socket);
      if (isOutgoing && hellos) hellos.push(hold(connection));
      return connection;
    },
    handleMessageData: (connection, data) => {
      note(inbox ? 'came' : 'got', data);
      const handle = () => handlers.handleMessageData(connection, data);
      if (inbox) inbox.push(handle);
      else handle();
    },
    handleConnectionClose: (connection, reason) => {
      const handle = () => handlers.handleConnectionClose(connection, reason);
      if (inbox) inbox.push(handle);
      else handle();
    },
  });
  const hold = connection => {
    const queue = [];
    held.set(connection, queue);
    return () => {
      held.delete(connection);
      for (const bytes of queue) sockets.get(connection).write(bytes);
    };
  };
  const holdHellos = () => {
    hellos = [];
    return () => {
      const releases = hellos;
      hellos = undefined;
      for (const release of releases) release();
    };
  };
  const holdInbox = () => {
    inbox = [];
    return () => {
      const queue = inbox;
      inbox = undefined;
      for (const handle of queue) handle();
    };
  };
  const inboxLength = () => inbox?.length ?? 0;
  return { transcript, rewrites, wrap, hold, holdHellos, holdInbox, inboxLength };
};

/** Counts a session's messages without keeping them: what is kept is never collected. */
const makeJournal = debug => {
  const lines = [];
  const released = { exports: new Map(), answers: new Set() };
  const given = { exports: new Map(), answers: new Set() };
  const count = (into, message) => {
    if (message.type === 'op:gc-exports') {
      for (const [i, position] of message.exportPositions.entries()) {
        const sum = into.exports.get(position) ?? 0n;
        into.exports.set(position, sum + message.wireDeltas[i]);
      }
    }
    if (message.type === 'op:gc-answers') {
      for (const position of message.answerPositions) into.answers.add(position);
    }
  };
  debug.subscribeMessages((way, message) => {
    lines.push(`${way === 'send' ? 'sent' : 'got'} ${message.type}`);
    count(way === 'send' ? given : released, message);
  });
  return { lines, released, given };
};

/**
 * Starts a peer.
 *
 * `framing` is Endo's: `syrup` puts a length before each message, `none` puts nothing. Endo keeps
 * one outgoing connection a designator, whatever the port, so every peer has a designator of its
 * own.
 */
export const makePeer = async options => {
  const { name, framing, objects = new Map(), latency = 0, port = 0, captpVersion } = options;
  const errors = [];
  const tap = makeTap(name);
  const logger = harden({
    log: () => {},
    info: () => {},
    error: (...args) => {
      const text = args.map(arg => (arg instanceof Error ? causes(arg) : String(arg))).join(' ');
      errors.push(text);
      if (trace) console.log(`    ${name} error: ${text}`);
    },
  });
  const client = makeClient({
    debugLabel: name,
    swissnumTable: objects,
    debugMode: true,
    captpVersion,
    logger,
  });
  const designator = `${name}${Math.random().toString(36).slice(2, 10)}`;
  const netlayer = await client.registerNetlayer((handlers, log) =>
    makeTcpNetLayer({
      handlers: tap.wrap(handlers),
      logger: log,
      specifiedDesignator: designator,
      specifiedPort: port,
      writeLatencyMs: latency,
      framing,
    }),
  );

  const known = new WeakMap();
  const describe = internal => {
    if (!known.has(internal)) {
      const debug = internal.ocapn._debug;
      known.set(internal, {
        internal,
        debug,
        table: debug.ocapnTable,
        journal: makeJournal(debug),
        bootstrap: internal.ocapn.getRemoteBootstrap(),
        hold: () => tap.hold(internal.connection),
      });
    }
    return known.get(internal);
  };
  const session = async location =>
    describe(await client._debug.provideInternalSession(location));

  return {
    name,
    client,
    errors,
    transcript: tap.transcript,
    /** Holds what is written to connections that are opened from now on. */
    holdHellos: tap.holdHellos,
    /** Holds what comes in, and the ends of connections, in their order. */
    holdInbox: tap.holdInbox,
    inboxLength: tap.inboxLength,
    location: netlayer.location,
    /** The session with a peer, opened if there is none. */
    session,
    /** Whether there is a session with a peer at this moment. */
    hasSession: location => {
      const { sessionManager } = client._debug;
      return sessionManager.getActiveSession(locationIdOf(location)) !== undefined;
    },
    /** Fetches an object by its swiss number. */
    fetch: async (location, swiss) => {
      const { bootstrap } = await session(location);
      return E(bootstrap).fetch(swissOf(swiss));
    },
    sturdyref: (location, swiss) => client.makeSturdyRef(location, swissOf(swiss)),
    /** Changes octets in the next message that has them: for what Endo itself can't send. */
    rewriteNext: (from, to) =>
      tap.rewrites.push({ from: Buffer.from(from), to: Buffer.from(to) }),
    shutdown: () => client.shutdown(),
  };
};

/** Endo finds a session by the peer's whole locator, hints included and sorted. */
const locationIdOf = ({ designator, transport, hints }) => {
  const query = Object.keys(hints || {}).sort().map(key =>
    `${encodeURIComponent(key)}=${encodeURIComponent(hints[key])}`);
  const tail = query.length > 0 ? `?${query.join('&')}` : '';
  return `ocapn://${designator}.${transport}${tail}`;
};

/** Runs the collector, and lets its finalizers run, until a condition holds. */
export const collectUntil = (condition, what) => until(async () => {
  if (typeof globalThis.gc !== 'function') throw Error('run node with --expose-gc');
  for (let i = 0; i < 3; i += 1) {
    await new Promise(setImmediate);
    globalThis.gc();
  }
  await new Promise(setImmediate);
  return condition();
}, what);
