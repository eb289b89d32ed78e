//! Attacks that reach for what was not given: the host, the clock, chance, other code, and what is
//! built in.

use crate::arena::{attack, attack_module, attack_with, not_started, rejected};

/// Throws away what each function throws but its name: `TypeError,TypeError,fine`.
const TRIED: &str = "const tried = (...attempts) => attempts.map((attempt) => {
  try {
    attempt();
    return 'fine';
  } catch (error) {
    return error.name;
  }
}).join();
const word = (...parts) => parts.join('');";

#[test]
fn files_are_out_of_reach() {
    rejected("import fs from 'fs';", "is not the hash of a code");
    rejected("import { readFileSync } from 'node:fs';", "is not the hash of a code");
    rejected("import { a } from 'file:///etc/passwd';", "is not the hash of a code");
    rejected("import { a } from '../../secret.js';", "is not the hash of a code");
    rejected("const f = async () => import('fs');", "`import(…)` is not in the language");
    rejected("const fs = require('fs');", "`require` is not declared");
    rejected("const d = Deno.readTextFile('x');", "`Deno` is not declared");
}

#[test]
fn the_network_is_out_of_reach() {
    rejected("const f = () => fetch('https://example.org');", "`fetch` is not declared");
    rejected("const s = new WebSocket('wss://example.org');", "`WebSocket` is not declared");
    rejected("const r = new XMLHttpRequest();", "`XMLHttpRequest` is not declared");
    rejected("import a from 'https://example.org/a.js';", "is not the hash of a code");
    rejected("navigator.sendBeacon('https://example.org');", "`navigator` is not declared");
}

#[test]
fn the_clock_is_out_of_reach() {
    for clock in ["Date", "performance", "setTimeout", "setInterval", "Intl", "Temporal", "Atomics"]
    {
        rejected(&format!("const c = {clock};"), &format!("`{clock}` is not declared"));
    }
    rejected("const n = Date.now();", "`Date` is not declared");
    rejected("const n = new Date();", "`Date` is not declared");
    rejected("console.time('a');", "`console.time` is not in the language");
}

#[test]
fn the_environment_is_out_of_reach() {
    for name in ["process", "globalThis", "window", "self", "global", "frames", "module", "exports"]
    {
        rejected(&format!("const x = {name}.env;"), &format!("`{name}` is not declared"));
    }
    rejected("const u = import.meta.url;", "`import.meta` is not in the language");
    rejected("const f = () => this;", "`this` is not in the language");
    let found = attack("const self = function () { return typeof self; }; return self();");
    found.ended_with("function");
}

#[test]
fn there_is_no_chance() {
    rejected("const r = Math.random();", "`Math.random` is not in the language");
    rejected("const r = Math['ran' + 'dom']();", "the members of `Math` are used by name");
    rejected("const m = Math; const r = m['random']();", "`Math` is not a value here");
    rejected("const { random } = Math;", "`Math` is not a value here");
    rejected("const r = crypto.getRandomValues([]);", "`crypto` is not declared");
    // Neither is there any in the order of things, or in what is the same.
    let source = "const seen = [];
      for (let i = 0; i < 20; i += 1) {
        const map = new Map([[{}, 1], [[], 2], [() => 1, 3]]);
        seen.push(JSON.stringify([...map.values()]));
      }
      return `${new Set(seen).size}`;";
    attack(source).ended_with("1");
}

#[test]
fn no_name_leads_to_a_prototype() {
    for name in ["__proto__", "prototype", "constructor", "__defineGetter__", "__lookupSetter__"] {
        for source in [
            format!("const f = o => o.{name};"),
            format!("const f = o => o['{name}'];"),
            format!("const f = o => o?.{name};"),
            format!("const f = o => {{ o.{name} = 1; }};"),
            format!("const f = ({{ {name}: x }}) => x;"),
            format!("const o = {{ {name}: null }};"),
        ] {
            rejected(&source, &format!("`{name}`"));
        }
    }
    for name in ["setPrototypeOf", "getPrototypeOf", "create", "defineProperty", "defineProperties"]
    {
        rejected(&format!("Object.{name}({{}}, null);"), &format!("`Object.{name}` is not in"));
    }
    rejected("const p = Array.prototype;", "prototype");
    rejected("Array.prototype.map = () => 'mine';", "prototype");
}

#[test]
fn no_computed_name_leads_to_a_prototype() {
    let body =
        "const names = [word('__pro', 'to__'), word('const', 'ructor'), word('proto', 'type')];
      const values = [{}, [], 'text', 1, 1n, true, () => 1, async () => 1, new Map(), new Set(),
        new Error('x'), Promise.resolve(1), /x/, Far('far', {}), JSON, [][Symbol]];
      return '';";
    // `Symbol` and `JSON` are no values either.
    rejected(&format!("{TRIED}\n(() => {{ {body} }})();"), "`Symbol` is not declared");
    let body =
        "const names = [word('__pro', 'to__'), word('const', 'ructor'), word('proto', 'type')];
      const values = [{}, [], 'text', 1, 1n, true, () => 1, async () => 1, new Map(), new Set(),
        new Error('x'), /x/, Far('far', {}), String, parseInt];
      const found = new Set();
      for (const name of names) {
        for (const value of values) {
          found.add(tried(() => value[name]));
          found.add(tried(() => value?.[name]));
          found.add(tried(() => { value[name] = 1; }));
          found.add(tried(() => { const { [name]: x } = value; return x; }));
          found.add(tried(() => value[{ toString: () => name }]));
          found.add(tried(() => value[[name]]));
        }
        found.add(tried(() => ({ [name]: 1 })));
      }
      return [...found].join(' ');";
    attack_with(TRIED, body).ended_with("TypeError");
}

#[test]
fn what_json_says_of_a_prototype_is_nothing_but_data() {
    let body = r#"const text = '{"__proto__": {"admin": true}, "constructor": {"name": "x"}}';
      const attempts = [
        () => JSON.parse(text),
        () => ({ ...JSON.parse(text) }),
        () => Object.assign({}, JSON.parse(text)),
        () => Object.fromEntries([[word('__pro', 'to__'), { admin: true }]]),
        () => { const { a, ...rest } = JSON.parse(text); return rest; },
        () => JSON.parse(text, (key, value) => value),
      ];
      const admins = attempts.map((attempt) => {
        let made;
        try { made = attempt(); } catch (error) { return error.name; }
        return `${made.admin} ${({}).admin} ${[].admin} ${typeof made}`;
      });
      const harmless = ['TypeError', 'undefined undefined undefined object'];
      return admins.every((it) => harmless.includes(it)) ? 'harmless' : admins.join('; ');"#;
    attack_with(TRIED, body).ended_with("harmless");
}

#[test]
fn no_value_leads_to_function() {
    for source in [
        "const f = Function('return 1');",
        "const f = new Function('return 1');",
        "const F = (() => 1).constructor;",
        "const F = [].map.constructor;",
        "const f = f => f.call(null);",
        "const f = f => f.bind(null);",
        "const f = function () { return arguments.callee.caller; };",
        "const f = function () { return f.caller; };",
    ] {
        assert!(!hogshead_script::front::check(source).is_empty(), "accepted: {source}");
    }
    let body = "const name = word('const', 'ructor');
      return tried(
        () => (() => 1)[name]('return 1')(),
        () => [].map[name]('return 1')(),
        () => 'x'[name][name]('return 1')(),
        () => (async () => 1)[name]('return 1')(),
        () => (() => 1)[word('call', 'er')](),
        () => parseInt[name]('return 1')(),
      );";
    let said = "TypeError,TypeError,TypeError,TypeError,TypeError,TypeError";
    attack_with(TRIED, body).ended_with(said);
}

#[test]
fn no_text_becomes_code() {
    rejected("eval('1');", "`eval` cannot be used");
    rejected("const e = (0, eval)('1');", "the comma operator is only for");
    rejected("const e = eval;", "`eval` cannot be used");
    rejected("const eval = 1;", "`eval` cannot be used");
    rejected("setTimeout('alert(1)', 1);", "`setTimeout` is not declared");
    rejected("const m = import('data:text/javascript,1');", "`import(…)` is not in the language");
    rejected("import a from 'data:text/javascript,export default 1';", "is not the hash of a code");
    // A pattern is no code either, and comes from the source alone.
    rejected("const r = new RegExp('('.repeat(10));", "`RegExp` is not declared");
    let source = "return String(JSON.parse('\"${1 + 1}\"'));";
    attack(source).ended_with("${1 + 1}");
}

#[test]
fn an_absent_code_is_not_imported() {
    let hash = "0".repeat(64);
    let source = format!("import {{ a }} from 'blake3:{hash}'; export const main = () => a;");
    let error = not_started(&source);
    assert!(error.message().contains(&hash), "{error}");
    rejected("import { a } from 'blake3:00';", "is not the hash of a code");
    rejected(&format!("import {{ a }} from 'sha256:{hash}';"), "is not the hash of a code");
    rejected(&format!("import {{ a }} from 'blake3:{hash}?x';"), "is not the hash of a code");
}

#[test]
fn what_is_built_in_stays_as_it_is() {
    for source in [
        "Math.floor = () => 'mine';",
        "delete Math.floor;",
        "JSON.parse = () => 'mine';",
        "Object.keys = () => [];",
        "undefined = 1;",
        "NaN = 1;",
        "Math = {};",
        "[Math.floor] = [1];",
        "({ a: JSON.parse } = { a: 1 });",
        "for (Math.floor of [1]) {}",
        "Math.floor++;",
        "Object.assign(Math, { floor: () => 'mine' });",
        "Object.freeze(Math);",
    ] {
        assert!(!hogshead_script::front::check(source).is_empty(), "accepted: {source}");
    }
    let body = "const floor = Math.floor;
      const map = [].map;
      return tried(
        () => { floor.own = 1; },
        () => { [parseInt][0].own = 1; },
        () => { 'text'.own = 1; },
        () => { 'text'[0] = 'T'; },
        () => { (() => 1).own = 1; },
        () => { Object.assign(floor, { own: 1 }); },
        () => { [].own = 1; },
        () => { delete [].length; },
        () => { new Map().own = 1; },
      );";
    let said = ["TypeError"; 9].join(",");
    attack_with(TRIED, body).ended_with(&said);
}

#[test]
fn what_is_frozen_stays_as_it_is() {
    let body = "const list = harden([3, 1, 2]);
      const object = harden({ a: { b: 1 } });
      const far = Far('far', { hello: () => 'hello' });
      const attempts = tried(
        () => list.push(4),
        () => list.sort(),
        () => list.reverse(),
        () => list.splice(0, 1),
        () => list.pop(),
        () => list.shift(),
        () => list.unshift(0),
        () => list.fill(0),
        () => { list.length = 0; },
        () => { list[0] = 4; },
        () => { [list[0]] = [4]; },
        () => { object.a.b = 2; },
        () => { object.a.b += 1; },
        () => { object.c = 2; },
        () => { delete object.a; },
        () => { Object.assign(object, { a: 1 }); },
        () => { ({ x: object.a } = { x: 1 }); },
        () => { far.hello = () => 'mine'; },
        () => { delete far.hello; },
        () => { Far('again', far); },
      );
      const same = `${list} ${JSON.stringify(object)} ${far.hello()}`;
      return new Set(attempts.split(',')).size === 1 ? `${attempts.slice(0, 9)} ${same}` : attempts;";
    attack_with(TRIED, body).ended_with("TypeError 3,1,2 {\"a\":{\"b\":1}} hello");
}

#[test]
fn nothing_is_left_in_errors_of_where_they_were_made() {
    let body = "const errors = [];
      const recurse = () => recurse();
      for (const fail of [() => null.x, () => 1n ** -1n, recurse, () => JSON.parse('{')]) {
        try { fail(); } catch (error) { errors.push(error); }
      }
      const text = errors.map((error) => `${error.stack} ${Object.keys(error)}`).join('');
      return errors.length === 4 && !/[/]|[.]rs|0x/.test(text) ? 'nothing' : text;";
    attack(body).ended_with("nothing");
}

#[test]
fn what_another_process_exports_is_not_shared() {
    // Two processes of one code do not see each other's variables.
    let source = "let seen = 0;
      export const main = async () => { seen += 1; return `seen ${seen}`; };";
    attack_module(source).ended_with("seen 1");
    attack_module(source).ended_with("seen 1");
}
