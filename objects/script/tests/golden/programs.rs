//! The programs whose states are kept, and how far they have come.

/// A program.
pub struct Program {
    /// What its files are called.
    pub name: &'static str,
    /// Its text.
    pub source: &'static str,
    /// What happened to it before it was written down.
    pub before: &'static [Before],
}

/// What happens to a process.
#[derive(Clone, Copy)]
pub enum Before {
    /// It is started.
    Start,
    /// It is started with so little fuel that it is suspended.
    StartWith(u64),
    /// Its first question is answered.
    Answer,
    /// Its first export is called.
    Deliver(&'static str),
}

use Before::{Answer, Deliver, Start, StartWith};

/// All of them.
pub const PROGRAMS: &[Program] = &[
    Program {
        name: "not-started",
        source: "export const main = async (friend, text) => `${text}!`;",
        before: &[],
    },
    Program {
        name: "waiting",
        source: "const unit = 'cups';
            export const main = async (friend, text, count) => {
              const what = `${count} ${unit} of ${text}`;
              let reply;
              week: reply = await E(friend, { within: 604800000, note: 'Tea?' }).ask(what);
              console.log(what);
              return [reply, what];
            };",
        before: &[Start],
    },
    Program {
        name: "closures",
        source: "export const main = async (friend) => {
              let count = 0;
              const add = (by) => { count += by; return count; };
              const each = [];
              for (let i = 0; i < 3; i += 1) each.push(() => i * 10);
              await E(friend).ask();
              return [add(2), add(3), count, each.map((f) => f())];
            };",
        before: &[Start],
    },
    Program {
        name: "collections",
        source: "export const main = async (friend) => {
              const map = new Map([['a', 1], [NaN, 2], [0, 3], [10n, 4], [friend, 5]]);
              const set = new Set(map.keys());
              map.delete('a');
              const entries = map.entries();
              entries.next();
              const seen = [];
              for (const key of set) { seen.push(typeof key, await E(friend).ask(map.size)); }
              return [seen, [...entries].length, map.get(10n), map.get(-0), map.get(friend)];
            };",
        before: &[Start, Answer, Answer],
    },
    Program {
        name: "kinds",
        source: "export const main = async (friend) => {
              const error = new RangeError('far', { cause: new Error('near') });
              const odd = ['\\ud800', -0, NaN, 1e21, 2n ** 70n, undefined, null, true, /a(b)?/gi];
              const match = /(?<x>b)(c)?/d.exec('abd');
              const object = Object.freeze({ b: 1, 7: 2, a: 3, ['__x']: Math.max });
              await E(friend).ask();
              return [error.name, error.cause.message, odd.length, `${odd[4]}`, match.index,
                match.groups.x, Object.keys(object), Object.isFrozen(object), object['__x'](1, 2),
                odd[8].test('xAB'), odd[8].lastIndex, odd[0].length, 1 / odd[1]];
            };",
        before: &[Start],
    },
    Program {
        name: "mid-call",
        source: "const deep = (n) => (n === 0 ? 0 : 1 + deep(n - 1));
            export const main = async () => [1, 2, 3].map((n) => deep(n * 30));",
        before: &[StartWith(700)],
    },
    Program {
        name: "mid-coercion",
        source: "const slow = { valueOf: () => { let n = 0; while (n < 200) n += 1; return n; } };
            export const main = async () => [slow + 1, `${[slow, slow].join()}`, slow < 3];",
        before: &[StartWith(400)],
    },
    Program {
        name: "promises",
        source: "export const main = async (friend) => {
              const slow = E(friend).ask(1);
              const fast = Promise.resolve(2).then((n) => n + 1);
              const never = new Promise(() => {});
              const bad = E(friend).fail().catch((error) => error.message);
              const first = await Promise.race([slow, never]);
              return [first, await fast, await Promise.all([slow, bad]),
                (await Promise.allSettled([bad, Promise.reject(1)])).map(({ status }) => status)];
            };",
        before: &[Start],
    },
    Program {
        name: "jobs",
        source: "export const main = async (friend) => {
              const order = [];
              const later = [1, 2, 3].map((n) => Promise.resolve(n).then((m) => order.push(m)));
              let n = 0;
              while (n < 300) n += 1;
              await Promise.all(later);
              const odd = { then: (resolve) => resolve('thenable') };
              return [...order, await odd];
            };",
        before: &[StartWith(900)],
    },
    Program {
        name: "far",
        source: "export const main = async (friend) => {
              let count = 0;
              const counter = Far('counter', { add: (by) => { count += by; return count; } });
              await E(friend).take(counter, E(friend).promised());
              return 'passed';
            };",
        before: &[Start, Deliver("add")],
    },
    Program {
        name: "pipelined",
        source: "export const main = async (friend) => {
              const other = E(friend).friend();
              const answer = E(other).ask('through a promise');
              return [await answer, await E(await other).ask()];
            };",
        before: &[Start],
    },
    Program {
        name: "finally",
        source: "export const main = async (friend) => {
              const log = [];
              try {
                try { await E(friend).fail(); } finally { log.push(await E(friend).ask()); }
              } catch ({ message }) {
                log.push(message);
              }
              return log;
            };",
        before: &[Start, Answer],
    },
    Program {
        name: "opaque",
        source: "export const main = async (friend) => {
              const bytes = await E(friend).bytes();
              const large = await E(friend).large();
              await E(friend).ask(bytes);
              return [bytes, large, typeof large];
            };",
        before: &[Start, Answer, Answer],
    },
    Program {
        name: "done",
        source: "export const main = async (friend, text) =>
              Far('box', { add: (n) => `${text} and ${n}` });",
        before: &[Start],
    },
];
