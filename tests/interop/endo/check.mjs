// Runs checks one after another, prints a line for each, and remembers what failed.

let passed = 0;
let deviations = 0;
const failed = [];

const seconds = Number(process.env.INTEROP_SECONDS ?? 30);

/** Fails a promise that nobody settles. */
export const within = (promise, what, limit = seconds) => {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(Error(`${what}: nothing after ${limit} s`)), limit * 1000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

/** An error's message, and those of its causes: SES keeps stacks to itself. */
export const causes = error => {
  const lines = [];
  for (let at = error; at; at = at.cause) lines.push(at.message ?? String(at));
  return lines.join(' <- ');
};

const fail = (name, why) => {
  failed.push(name);
  console.log(`  FAIL  ${name}: ${why}`);
};

/** A check that both peers must pass. */
export const check = async (name, body, limit = seconds) => {
  try {
    await within(Promise.resolve().then(body), name, limit);
  } catch (error) {
    fail(name, causes(error));
    if (process.env.INTEROP_TRACE) console.log(error);
    return;
  }
  passed += 1;
  console.log(`  ok    ${name}`);
};

/**
 * A check that Endo is known to fail by itself, and how. It is a failure too if Endo one day
 * passes, or fails differently: then this table and docs/results/endo.md are to be brought up to
 * date.
 */
export const deviation = async (name, pattern, body) => {
  try {
    await within(Promise.resolve().then(body), name);
  } catch (error) {
    const why = causes(error);
    if (!pattern.test(why)) {
      fail(name, `expected ${pattern}, got: ${why}`);
      return;
    }
    deviations += 1;
    console.log(`  endo  ${name}: ${pattern.exec(why)[0]}`);
    return;
  }
  fail(name, 'Endo does this now: make it an ordinary check');
};

/** Says that a check does not make sense here. */
export const leftOut = (name, why = 'the peer is an Endo too') =>
  console.log(`  --    ${name}: left out, ${why}`);

/** Waits until a condition holds, and gives what it gave. */
export const until = async (condition, what) => {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const held = await condition();
    if (held) return held;
    if (Date.now() > end) throw Error(`${what}: not after ${seconds} s`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
};

/** Asserts that a promise is broken, and returns the reason. */
export const broken = async promise => {
  let value;
  try {
    value = await promise;
  } catch (reason) {
    return reason;
  }
  throw Error(`expected a broken promise, got ${String(value)}`);
};

export const assert = (condition, why) => {
  if (!condition) throw Error(why);
};

export const equal = (actual, expected, what = 'value') => {
  if (!Object.is(actual, expected)) {
    throw Error(`${what}: expected ${String(expected)}, got ${String(actual)}`);
  }
};

/** Prints the sum and gives the exit code. */
export const finish = title => {
  const sum = `${passed} passed, ${deviations} known deviations of Endo, ${failed.length} failed`;
  console.log(`${title}: ${sum}`);
  for (const name of failed) console.log(`  failed: ${name}`);
  // Sockets that a check left open must not keep the process.
  process.exit(failed.length > 0 || passed + deviations === 0 ? 1 : 0);
};
