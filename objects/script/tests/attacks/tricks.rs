//! Attacks by what a program may mean: conversions, callbacks and comparisons that lie.

use crate::arena::{attack, attack_with};

const TRIED: &str = "const tried = (...attempts) => attempts.map((attempt) => {
  try {
    return String(attempt());
  } catch (error) {
    return error.name ?? error;
  }
}).join();";

#[test]
fn conversions_that_throw_are_caught() {
    let body = "const bad = { toString: () => { throw 'thrown'; }, valueOf: () => { throw 'thrown'; } };
      return tried(
        () => bad + 1, () => `${bad}`, () => bad < 1, () => -bad, () => bad * 1n, () => [bad].join(),
        () => 'x'.repeat(bad), () => 'x'.at(bad), () => [1].at(bad), () => ({})[bad],
        () => Math.max(bad, 1), () => Number(bad), () => String(bad), () => BigInt(bad),
        () => parseInt(bad), () => new Error(bad), () => [3, bad, 1].sort(), () => [1].fill(0, bad),
        () => 'x'.replace('x', bad), () => 'x'.split(bad), () => 'x'.padEnd(9, bad),
        () => (1).toFixed(bad), () => (1).toString(bad), () => [1].includes(1, bad),
        () => encodeURIComponent(bad), () => isNaN(bad), () => JSON.parse(bad),
      );";
    attack_with(TRIED, body).ended_with(&["thrown"; 27].join(","));
}

#[test]
fn conversions_to_objects_are_type_errors() {
    let body = "const bad = { toString: () => ({}), valueOf: () => [] };
      return tried(
        () => bad + 1, () => `${bad}`, () => bad < 1, () => -bad, () => [bad].join(),
        () => 'x'.repeat(bad), () => ({})[bad], () => Math.max(bad, 1), () => String(bad),
      );";
    attack_with(TRIED, body).ended_with(&["TypeError"; 9].join(","));
}

#[test]
fn conversions_that_change_what_is_converted_do_no_harm() {
    let body = "const list = Array.from({ length: 100 }, (_, at) => at);
      const shrink = { valueOf: () => { list.length = 0; return 1; }, toString: () => {
        list.length = 0;
        return 'x';
      } };
      const refill = () => { list.length = 0; for (let i = 0; i < 100; i += 1) list.push(i); };
      const said = tried(
        () => { refill(); return list.slice(shrink).length; },
        () => { refill(); return list.fill(7, shrink).length; },
        () => { refill(); return list.at(shrink); },
        () => { refill(); return list.includes(5, shrink); },
        () => { refill(); return list.indexOf(5, shrink); },
        () => { refill(); return list.splice(shrink, 5).length; },
        () => { refill(); list[5] = shrink; return list.join('').length > 0; },
        () => { refill(); list.push(shrink); return list.map(String).length; },
        () => { refill(); return list.concat(list, [`${shrink}`]).length; },
        () => { refill(); return list.lastIndexOf(5, shrink); },
        () => { refill(); return list.with(shrink, 1).length; },
      );
      return `${said.split(',').length} ${list.length <= 101}`;";
    attack_with(TRIED, body).ended_with("11 true");
}

#[test]
fn callbacks_that_change_what_they_walk_do_no_harm() {
    let body = "const made = () => Array.from({ length: 50 }, (_, at) => 50 - at);
      const spoil = (list) => () => { list.length = 0; list.push(1, 2, 3); return -1; };
      const said = [];
      for (const method of ['map', 'filter', 'forEach', 'some', 'every', 'find', 'findLast',
        'findIndex', 'findLastIndex', 'flatMap', 'reduce', 'reduceRight', 'sort', 'toSorted']) {
        const list = made();
        list[method](spoil(list), 0);
        said.push(list.length <= 53);
      }
      const map = new Map([[1, 1], [2, 2]]);
      map.forEach(() => { map.clear(); });
      const set = new Set([1, 2, 3]);
      for (const it of set) { set.clear(); if (it < 3) set.add(it + 1); }
      const list = made();
      for (const it of list) { list.length = 1; }
      const parsed = JSON.parse('[[1, 2], [3, 4]]', (key, value) => {
        if (Array.isArray(value)) value.length = 0;
        return value;
      });
      return `${said.every((it) => it)} ${map.size} ${set.size} ${list} ${JSON.stringify(parsed)}`;";
    attack(body).ended_with("true 0 0 50 []");
}

#[test]
fn comparators_that_contradict_themselves_lose_nothing() {
    let body = "const made = () => Array.from({ length: 500 }, (_, at) => (at * 7919) % 500);
      let turn = 0;
      const liars = [() => 1, () => -1, () => 0, () => NaN, () => undefined, () => 'x', () => ({}),
        () => Infinity, () => -0, (a, b) => (a * b) % 3 - 1, () => { turn += 1; return turn % 2 - 0.5; },
        (a, b) => (a > b ? 1 : 1), () => null, () => '-1', () => [2]];
      const whole = liars.map((liar) => {
        const sorted = made().sort(liar);
        return new Set(sorted).size === 500 && sorted.length === 500;
      });
      let kept = made();
      try { kept.sort((a, b) => { if (a === 3) throw 'enough'; return a - b; }); } catch { }
      whole.push(new Set(kept).size === 500);
      let refused = 0;
      for (const no of [1, 'x', {}, null]) {
        try { made().sort(no); } catch (error) { if (error.name === 'TypeError') refused += 1; }
      }
      return `${whole.every((it) => it)} ${refused}`;";
    attack(body).ended_with("true 4");
}

#[test]
fn names_that_are_converted_twice_do_not_slip_through() {
    let body = "let asked = 0;
      const sly = { toString: () => {
        asked += 1;
        return asked % 2 === 1 ? 'harmless' : ['__pro', 'to__'].join('');
      } };
      const said = [];
      for (let i = 0; i < 4; i += 1) {
        const o = {};
        try { o[sly] = 1; said.push(Object.keys(o).join()); } catch (error) { said.push(error.name); }
      }
      return `${said} ${({}).harmless}`;";
    let aftermath = attack(body);
    aftermath.ended_with("harmless,TypeError,harmless,TypeError undefined");
}

#[test]
fn cycles_do_no_harm() {
    let body = "const list = [1];
      list.push(list);
      const object = { list };
      object.self = object;
      const error = new Error('x');
      const map = new Map();
      map.set(map, map);
      const said = tried(
        () => JSON.stringify(list), () => JSON.stringify(object), () => list.join(), () => `${list}`,
        () => harden(object) === object, () => { console.log(object, list, map); return 'shown'; },
        () => { const [a, [b, [c]]] = list; return c; },
        () => JSON.stringify({ toJSON: () => object }),
      );
      return said;";
    let said = "TypeError,TypeError,1,,1,,true,shown,1,TypeError";
    attack_with(TRIED, body).ended_with(said);
}

#[test]
fn numbers_at_their_edges_do_no_harm() {
    let body = "const edges = [NaN, -0, Infinity, -Infinity, 2 ** 53, -(2 ** 53), 2 ** 31, 2 ** 32,
        -(2 ** 31) - 1, 4294967295, 1e308, 5e-324, -1, 1.5];
      const text = 'some text';
      let done = 0;
      const calls = [(n) => text.at(n), (n) => text.slice(n, n), (n) => text.substring(n, -n),
        (n) => text.charAt(n), (n) => text.codePointAt(n), (n) => text.indexOf('t', n),
        (n) => text.lastIndexOf('t', n), (n) => text.startsWith('s', n), (n) => text.endsWith('t', n),
        (n) => text.split('', n), (n) => text.padStart(Math.min(n, 99)), (n) => [1, 2].at(n),
        (n) => [1, 2].slice(n, n), (n) => [1, 2].splice(n, n), (n) => [1, 2].fill(0, n, -n),
        (n) => [1, 2].includes(1, n), (n) => [1, 2].with(n, 1), (n) => [[1]].flat(n),
        (n) => [1, 2].indexOf(1, n), (n) => [1, 2].toSpliced(n, n, n), (n) => [1][n],
        (n) => String.fromCharCode(n), (n) => String.fromCodePoint(n), (n) => n.toFixed(n),
        (n) => n.toString(n), (n) => n.toPrecision(n), (n) => n.toExponential(n), (n) => n << n,
        (n) => n >>> n, (n) => n % n, (n) => n ** n, (n) => Math.clz32(n), (n) => BigInt(n),
        (n) => BigInt.asIntN(n, 5n), (n) => (5n).toString(n), (n) => 1n << BigInt(n),
        (n) => { const a = [1]; a.length = n; }, (n) => Array.from({ length: Math.min(n, 99) }),
        (n) => { const r = /t/g; r.lastIndex = n; return r.exec(text); },
        (n) => E(1, { within: n }).hello().catch(() => 1)];
      for (const call of calls) {
        for (const edge of edges) {
          try { call(edge); } catch (error) {
            if (!['RangeError', 'TypeError', 'SyntaxError'].includes(error.name)) throw error;
          }
          done += 1;
        }
      }
      return `${done === calls.length * edges.length}`;";
    attack(body).ended_with("true");
}

#[test]
fn errors_that_lie_do_no_harm() {
    let body = "const said = [];
      const lies = [null, undefined, 1, 'text', [], {}, () => 1, { name: 'RangeError', message: 'x' },
        Far('far', {}), new Map(), 1n];
      for (const lie of lies) {
        try { throw lie; } catch (error) { said.push(error === lie && !(error instanceof Error)); }
      }
      const error = new Error('x', { cause: lies });
      said.push(error.cause === lies);
      const many = new AggregateError(Array.from({ length: 1_000 }, () => error), 'many');
      said.push(many.errors.length === 1_000);
      throw said.every((it) => it) ? many : new Error(said.join());";
    attack(body).failed("AggregateError: many");
}
