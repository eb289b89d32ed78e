// Runs one program of the subset in Node, and says what it did as lines of text.
//
// Node lacks three of a script's globals, which are defined here as simply as they can be, so that
// the order of jobs is beyond doubt:
//
// - `harden(x)` freezes x and everything reachable by own properties, and returns x.
// - `Far(name, methods)` hardens `methods` and returns it.
// - `E(x).m(...args)` is `Promise.resolve(x).then(t => t[m](...args))`, and `E(x)(...args)` is
//   `Promise.resolve(x).then(t => t(...args))`: one job after `x` is fulfilled the method runs, and
//   what it returns is resolved as what any callback of `then` returns. A second argument of `E`
//   (deadline and note) changes nothing here, since nothing here is far away.
//
// `console.log` (and info, warn, error, debug) writes its arguments, each through `String`, joined
// by one blank. A program prints strings, so no form of inspection is compared.
//
// The body of a module runs, then all jobs it left; then `main`, if it is exported, with the
// arguments of the first line (`// args: [JSON…]`), and all its jobs. The last line tells the result
// (see `shown`), or `!! ` and what was thrown, or `.. waiting` when `main` has not settled. Without
// `main` there is no such line, unless the body threw or waits.

const TYPES = ['log', 'info', 'warn', 'error', 'debug'];

const harden = x => {
  if ((typeof x !== 'object' && typeof x !== 'function') || x === null) return x;
  if (Object.isFrozen(x)) {
    // A value that was frozen by hand may hold what is not: only what we visited is skipped.
    if (hardened.has(x)) return x;
  } else {
    Object.freeze(x);
  }
  hardened.add(x);
  for (const key of Reflect.ownKeys(x)) {
    const { value } = Object.getOwnPropertyDescriptor(x, key);
    harden(value);
  }
  return x;
};
const hardened = new WeakSet();

const Far = (_name, methods) => harden(methods);

const E = (x, _options) => new Proxy(() => undefined, {
  get: (_target, name) => (...args) => Promise.resolve(x).then(t => t[name](...args)),
  apply: (_target, _this, args) => Promise.resolve(x).then(t => t(...args)),
});

Object.assign(globalThis, { harden, Far, E });

// A value as a border shows it: like JSON, with keys in ascending order, and with what JSON lacks.
const shown = value => {
  if (value === undefined) return 'undefined';
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map(shown).join(',')}]`;
  if (value instanceof Error) return `[${value.name}: ${value.message}]`;
  const fields = Object.keys(value).sort().map(key => `${JSON.stringify(key)}:${shown(value[key])}`);
  return `{${fields.join(',')}}`;
};

const thrown = error => (error instanceof Error ? `${error.name}: ${error.message}` : shown(error));

// All jobs there are, and those that they make: a turn of the event loop comes after them.
const drained = () => new Promise(resolve => setImmediate(resolve));

// What became of a promise once all jobs are done.
const outcome = async promise => {
  let found;
  promise.then(value => { found = { value }; }, error => { found = { error }; });
  await drained();
  return found;
};

// Jobs that reject and are never handled are a program's own affair.
process.on('unhandledRejection', () => {});

let modules = 0;

// The lines that a program prints.
export const run = async source => {
  const lines = [];
  const print = (...args) => { lines.push(args.map(x => String(x)).join(' ')); };
  const theirs = globalThis.console;
  globalThis.console = Object.fromEntries(TYPES.map(type => [type, print]));
  try {
    const [, given] = /^\/\/ args: (.*)/.exec(source) ?? [];
    modules += 1;
    // Node compiles a module in a thread of its own, so the end of it is waited for; a body that
    // waits is told by `begun`, which is printed by nothing but this.
    const text = encodeURIComponent(`${source}\n//# sourceURL=program-${modules}`);
    let settled = false;
    const loading = import(`data:text/javascript,${text}`).finally(() => { settled = true; });
    loading.catch(() => {});
    for (let turn = 0; !settled && turn < 1000; turn += 1) await drained();
    const body = await outcome(loading);
    if (!body) lines.push('.. waiting');
    else if ('error' in body) lines.push(`!! ${thrown(body.error)}`);
    else if (body.value.main) {
      const { main } = body.value;
      const result = await outcome((async () => main(...JSON.parse(given ?? '[]')))());
      if (!result) lines.push('.. waiting');
      else if ('error' in result) lines.push(`!! ${thrown(result.error)}`);
      else lines.push(`=> ${shown(result.value)}`);
    }
  } finally {
    globalThis.console = theirs;
  }
  return lines;
};
