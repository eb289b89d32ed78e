//! Attacks by time: loops, jobs, messages, lines and promises without end.

use hogshead_script::object::{Allowance, ProcessStatus};

use crate::arena::{ALLOWANCE, attack, attack_allowed, attack_module};

#[test]
fn loops_without_end_are_out_of_fuel() {
    for body in [
        "for (;;) {}",
        "while (true) {}",
        "do {} while (true);",
        "outer: for (;;) { for (;;) { continue outer; } }",
        "for (let i = 0; i < Infinity; i += 1) { if (i < 0) break; }",
        "for (const _ of [1]) { for (;;) switch (1) { default: continue; } }",
        "let n = 0; while (n !== -1) n = (n + 1) % 1000;",
        "for (let i = 2 ** 53; i < 2 ** 53 + 10; i += 1) {}",
    ] {
        attack(body).suspended("out of fuel");
    }
    attack_module("for (;;) {} export const main = () => 1;").suspended("out of fuel");
}

#[test]
fn a_flood_of_jobs_is_out_of_fuel() {
    for body in [
        "const f = () => Promise.resolve().then(f); f();",
        "const f = async () => { await null; f(); }; f();",
        "for (;;) await null;",
        "const f = () => { Promise.resolve().then(f); Promise.resolve().then(f); }; f();",
        "const f = () => Promise.all([0, 1].map(() => Promise.resolve().then(f))); f();",
        "const f = () => Promise.reject(1).catch(f); f();",
        "const f = async () => { try { await Promise.reject(1); } finally { f(); } }; f();",
    ] {
        // While jobs are left, nothing else has its turn: not even the end of `main`.
        attack(&format!("{body} await new Promise(() => {{}}); return 'never';")).starved();
    }
}

#[test]
fn calls_that_wait_for_ever_have_no_room() {
    let body = "const never = new Promise(() => {});
      const f = async () => { await never; };
      for (;;) f();";
    attack(body).suspended("out of room");
    attack("const never = new Promise(() => {}); for (;;) never.then(() => 1);")
        .suspended("out of room");
    attack("const all = []; for (;;) all.push(new Promise(() => {}));").suspended("out of room");
}

#[test]
fn a_flood_of_rejections_is_out_of_something() {
    attack("for (;;) Promise.reject(new Error('x'));").starved();
    // As many as there is room for are in the log, cut to its length.
    let aftermath =
        attack("for (let i = 0; i < 300; i += 1) Promise.reject(new Error('x')); return 'over';");
    aftermath.ended_with("over");
    assert!(aftermath.log.len() <= 300, "{} lines", aftermath.log.len());
}

#[test]
fn a_flood_of_messages_has_no_room() {
    let flood = |message: &str| {
        let source =
            format!("export const main = async ({{ counter }}) => {{ for (;;) {message} }};");
        // A message takes the fuel of a turn: these are some fifty.
        attack_allowed(&source, Allowance { fuel: 50_000, ..ALLOWANCE })
    };
    flood("E(counter).increment(1n);").starved();
    flood("E(counter).increment('x'.repeat(100_000));").starved();
    flood("E(counter).increment(Far('far', { hello: () => 1 }));").starved();
    flood("E(counter).increment(new Promise(() => {}));").starved();
    flood("E(counter, { note: 'n'.repeat(2_000) }).increment('x'.repeat(300));").starved();
}

#[test]
fn a_flood_of_messages_to_itself_is_out_of_something() {
    attack("const far = Far('far', { hello: () => 1 }); for (;;) E(far).hello();").starved();
    let body = "const far = Far('far', { hello: () => E(far).hello() });
      return E(far).hello();";
    attack(body).starved();
}

#[test]
fn a_flood_of_objects_passed_out_has_no_room() {
    let source = "export const main = async ({ counter }) => {
        for (let i = 0; ; i += 1) {
          const objects = [];
          for (let j = 0; j < 100; j += 1) objects.push(Far(`far ${i} ${j}`, {}));
          E(counter).increment(objects);
        }
      };";
    attack_allowed(source, Allowance { fuel: 10_000, ..ALLOWANCE }).starved();
}

#[test]
fn a_flood_of_lines_is_cut() {
    let log = |line: &str| attack(&format!("for (;;) console.log({line});"));
    for line in ["'x'", "''", "'x'.repeat(500_000)", "[[[[[[1]]]]]]"] {
        let aftermath = log(line);
        assert!(matches!(aftermath.status, ProcessStatus::Suspended { .. }), "{line}");
        let bytes: usize = aftermath.log.iter().map(String::len).sum();
        assert!(aftermath.log.len() <= 1_000 && bytes <= 5 << 20, "{line}: {bytes} bytes");
    }
}

#[test]
fn nothing_catches_the_end_of_fuel_or_room() {
    for endless in ["for (;;) {}", "const a = []; for (;;) a.push([]);"] {
        let body = format!(
            "try {{
               {endless}
             }} catch (error) {{
               console.log('caught');
             }} finally {{
               console.log('finally');
             }}"
        );
        attack(&body).starved();
    }
    let body = "Promise.resolve().then(() => { for (;;) {} })
        .catch(() => console.log('caught'))
        .finally(() => console.log('finally'));
      await new Promise(() => {});";
    attack(body).starved();
}

#[test]
fn one_that_will_not_be_cancelled_gets_no_more_fuel() {
    // The arena cancels what was stopped: this catches that, and is out of fuel again.
    let body = "for (;;) {
        try { for (;;) {} } catch (error) { console.log('not me'); }
      }";
    attack(body).suspended("out of fuel");
    attack("try { for (;;) {} } finally { for (;;) {} }").suspended("out of fuel");
}

#[test]
fn promises_that_are_themselves_end_somehow() {
    let body = "const said = [];
      let settle;
      const own = new Promise((resolve) => { settle = resolve; });
      settle(own);
      said.push(await own.catch((error) => error.name));
      const later = Promise.resolve().then(() => later);
      said.push(await later.catch((error) => error.name));
      const twice = new Promise((resolve, reject) => { resolve(1); reject(2); resolve(3); });
      said.push(await twice);
      return said.join();";
    attack(body).ended_with("TypeError,TypeError,1");
}

#[test]
fn thenables_without_end_are_out_of_something() {
    for thenable in [
        "const t = { then: (resolve) => resolve(t) }; return t;",
        "const t = { then: (resolve) => { resolve(t); resolve(t); throw t; } }; await t;",
        "const make = () => ({ then: (resolve) => resolve(make()) }); await make();",
        "const t = { then: (resolve) => { Promise.resolve(t); resolve(t); } }; await t;",
        "const t = { then: async (resolve) => resolve(t) }; await Promise.race([t, t]);",
    ] {
        attack(thenable).starved();
    }
    let never = "const t = { then: () => {} }; await t;";
    assert_eq!(attack(never).status, ProcessStatus::Waiting);
    let body = "const liar = { then: (resolve, reject) => { reject('no'); resolve('yes'); } };
      const thrower = { then: () => { throw new Error('thrown'); } };
      const none = { then: 'no function' };
      const said = [liar, thrower, none].map(async (it) => {
        try { return typeof (await it); } catch (error) { return error.message ?? error; }
      });
      return (await Promise.all(said)).join();";
    attack(body).ended_with("no,thrown,object");
}

#[test]
fn callbacks_that_work_without_end_are_out_of_fuel() {
    for body in [
        "[2, 1].sort(() => { for (;;) {} });",
        "'a'.replace(/a/, () => { for (;;) {} });",
        "JSON.parse('[1]', () => { for (;;) {} });",
        "JSON.stringify({ toJSON: () => { for (;;) {} } });",
        "String({ toString: () => { for (;;) {} } });",
        "new Promise(() => { for (;;) {} });",
        "Math.max({ valueOf: () => { for (;;) {} } });",
        "const { a = (() => { for (;;) {} })() } = {};",
        "new Map([[1, 1]]).forEach((v, k, map) => { for (;;) {} });",
        "const m = new Map([[0, 0]]); m.forEach((v, k) => { m.delete(k); m.set(k + 1, v); });",
    ] {
        attack(body).suspended("out of fuel");
    }
}

#[test]
fn built_in_functions_take_fuel_by_their_work() {
    let body = "const list = Array.from({ length: 5_000 }, (_, at) => at);
      const text = 'ab'.repeat(20_000);
      const table = Object.fromEntries(list.map((at) => [`k${at}`, at]));
      for (;;) WORK;";
    for work in [
        "list.indexOf(-1)",
        "list.includes('x')",
        "list.unshift(list.shift())",
        "list.splice(0, 1, 1)",
        "list.reverse()",
        "list.slice()",
        "list.join()",
        "list.fill(1)",
        "list.sort()",
        "text.indexOf('ba'.repeat(5_000))",
        "text.toUpperCase()",
        "text.split('b')",
        "text.normalize('NFD')",
        "text.includes('c')",
        "text === `${'ab'.repeat(19_999)}ac`",
        "text.trim().codePointAt(3)",
        "Object.keys(table)",
        "({ ...table })",
        "JSON.stringify(table)",
        "harden({ ...table })",
        "new Set(list)",
        "encodeURIComponent(text)",
        "Number(text)",
        "parseInt('7'.repeat(9_000))",
    ] {
        attack(&body.replace("WORK", work)).starved();
    }
}
