//! Attacks by size: texts, arrays, numbers, tables, patterns and calls that outgrow the room.

use hogshead_script::object::Allowance;

use crate::arena::{ALLOWANCE, attack, attack_allowed, attack_with, rejected};

#[test]
fn a_text_repeated_without_end_has_no_room() {
    attack("return 'x'.repeat(2 ** 29);").failed("RangeError");
    attack("return 'x'.repeat(Infinity);").failed("RangeError");
    attack("const s = 'x'.repeat(2 ** 28); console.log('made'); return s;").starved();
}

#[test]
fn a_text_padded_without_end_has_no_room() {
    attack("const s = 'x'.padStart(1e9); console.log('made'); return s;").failed("RangeError");
    attack("const s = 'x'.padEnd(4e8, 'ab'); console.log('made'); return s;").starved();
}

#[test]
fn a_text_that_doubles_has_no_room() {
    // Ropes share their parts: it is long before it is large, and then too long.
    let doubling = "let s = 'ab';
      for (;;) s += s;";
    attack(doubling).held();
    // Written out it has no room.
    let flat = "let s = 'ab';
      for (let i = 0; i < 24; i += 1) s += s;
      console.log(s.indexOf('c'));
      return s;";
    attack(flat).starved();
}

#[test]
fn a_text_that_grows_by_replacing_has_no_room() {
    let body = "let s = 'a'.repeat(1000);
      for (;;) s = s.replaceAll('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');";
    attack(body).starved();
    attack("let s = 'a'.repeat(1000); for (;;) s = s.replace(/a/g, '$&$&$`');").starved();
    attack("let s = 'ab'; for (;;) s = s.split('').join(s);").starved();
}

#[test]
fn a_text_of_shared_parts_is_not_written_out() {
    let body = "let list = ['ha'];
      for (let i = 0; i < 60; i += 1) list = [list, list];
      return TEXT.length;";
    for text in ["JSON.stringify(list)", "String(list)", "list.flat(Infinity)", "`${list}`"] {
        attack(&body.replace("TEXT", text)).starved();
    }
    // A console shows what fits its line.
    let shown = attack(&body.replace("return TEXT.length;", "console.log(list); return 'shown';"));
    shown.ended_with("shown");
}

#[test]
fn an_array_of_a_billion_has_no_room() {
    attack("return Array.from({ length: 1e9 }, () => 0).length;").held();
    attack("const a = []; a.length = 1e9; return a;").failed("RangeError");
    attack("const a = []; a[1e9] = 1; return a;").failed("RangeError");
    attack("const a = []; a[4294967295] = 1; return 'no element';").failed("TypeError");
    rejected("const a = new Array(1e9);", "`new Array` is not in the language");
    rejected("const a = Array(1e9);", "`Array` is not called here");
}

#[test]
fn an_array_that_doubles_has_no_room() {
    for doubled in ["[...a, ...a]", "a.concat(a)", "[a, a].flat()", "a.flatMap((x) => [x, x])"] {
        attack(&format!("let a = [1]; for (;;) a = {doubled};")).starved();
    }
    attack("const a = [1]; for (;;) a.push(...a);").held();
    attack("const a = []; for (;;) a.push(a.length);").starved();
    attack("const a = [1]; for (const x of a) a.push(x);").starved();
    attack("const a = [1]; a.push(a); return a.flat(Infinity);").held();
}

#[test]
fn a_call_has_no_room_for_a_million_arguments() {
    let body = "const count = (...all) => all.length;
      const many = Array.from({ length: 20_000 }, (_, at) => at);
      let all = [];
      for (let i = 0; i < 15; i += 1) all.push(...many);
      return CALL;";
    for call in [
        "count(...all, ...all, ...all, ...all)",
        "Math.max(...all, ...all)",
        "String.fromCharCode(...all, ...all)",
        "[].concat(...all, ...all)",
    ] {
        let aftermath = attack(&body.replace("CALL", call));
        let stopped = aftermath.status.to_string();
        let kept = stopped.starts_with("suspended") || stopped.contains("RangeError");
        assert!(kept, "{call}: {stopped}");
    }
}

#[test]
fn a_number_of_a_billion_digits_has_no_room() {
    for number in [
        "2n ** 10n ** 9n",
        "10n ** 10n ** 10n",
        "1n << 10n ** 12n",
        "1n << 2n ** 70n",
        "-(7n ** 999999999n)",
        "BigInt.asUintN(2 ** 53 - 1, -1n)",
    ] {
        attack(&format!("return {number};")).held();
    }
    attack("let f = 3n; for (;;) f *= f;").held();
    attack("let f = 1n; for (let i = 1n; ; i += 1n) f *= i;").starved();
    attack("return BigInt('9'.repeat(500_000));").failed("SyntaxError");
    let small =
        attack("return `${1n >> 10n ** 12n} ${(-1n) ** (10n ** 30n)} ${0n ** 10n ** 30n}`;");
    small.ended_with("0 1 0");
}

#[test]
fn big_integers_take_fuel_by_their_work() {
    let body = "const n = 7n ** 9_000n, m = 12345678901234567890n ** 199n;
      const text = '9'.repeat(9_000), hex = `0x${text}`;
      for (;;) WORK;";
    for work in [
        "String(n)",
        "`${n}`",
        "'' + n",
        "n.toString(7)",
        "n.toString(16)",
        "[n, n, n].join()",
        "[n, m, n, m].sort()",
        "({})[n]",
        "BigInt(text)",
        "BigInt(hex)",
        "n < text",
        "text < n",
        "n * n",
        "n % m",
        "n / m",
        "n + m",
        "-n",
        "n << 1_000n",
        "BigInt.asIntN(20_000, n)",
        "n === n + 1n",
        "n > 0.5",
        "Number(n)",
        "new Set([n]).has(m)",
        "9n ** 9_000n",
    ] {
        attack(&body.replace("WORK", work)).starved();
    }
    // What costs more than there is fuel for is not even begun.
    let giant = "const n = 1n << 1_000_000n; console.log('made'); return n.toString().length;";
    let aftermath = attack(giant);
    assert_eq!(aftermath.status.to_string(), "suspended: out of fuel");
    // A message shows how large it is; so does whoever looks at the process.
    attack("const n = 1n << 1_000_000n; n();").failed("[bigint of 1000001 bits] is not a function");
    attack("throw 1n << 1_000_000n;");
}

#[test]
fn tables_with_giant_keys_have_no_room() {
    let body = "const table = new Map();
      for (let i = 0; ; i += 1) table.set('k'.repeat(20_000) + i, i);";
    attack(body).starved();
    attack("const set = new Set(); for (let i = 0; ; i += 1) set.add(`${i}`.repeat(100));")
        .starved();
    attack("const set = new Set([0]); for (const x of set) set.add(x + 1);").starved();
    attack("const map = new Map(); for (let i = 0; ; i += 1) { map.set(i, i); map.delete(i); }")
        .suspended("out of fuel");
}

#[test]
fn objects_with_many_names_have_no_room() {
    attack("const o = {}; for (let i = 0; ; i += 1) o[`name ${i}`] = i;").starved();
    attack("const o = {}; for (let i = 4_000_000_000; ; i -= 1) o[i] = i;").starved();
    attack("const o = { a: 1 }; for (let i = 1_000_000; ; i -= 1) o[i] = i;").starved();
    // Names in an order that is not theirs are put in it.
    let upside_down =
        "const keys = Array.from({ length: 2_000 }, (_, at) => `\"${2_000 - at}\":0`);
      const made = JSON.parse(`{${keys.join()}}`);
      return Object.keys(made).slice(0, 3).join();";
    attack(upside_down).ended_with("1,2,3");
    // Names that nobody keeps are not kept.
    attack("for (let i = 0; ; i += 1) ({})['n'.repeat(5_000) + i];").suspended("out of fuel");
    attack("const o = {}; for (let i = 0; ; i += 1) { o[`${i} x`] = i; delete o[`${i} x`]; }")
        .suspended("out of fuel");
}

#[test]
fn patterns_do_not_explode() {
    let body = "const text = `${'a'.repeat(3_000)}!`;
      const patterns = [/^(a+)+$/, /^(a|aa)+$/, /^(a|a?)+$/, /(a*)*b/, /(?:a?){30}a{30}b/,
        /^(([a-z])+.)+[A-Z]([a-z])+$/, /(.*)(.*)(.*)(.*)(.*)b/];
      return patterns.map((pattern) => pattern.test(text)).join();";
    let aftermath = attack(body);
    if aftermath.result.is_some() {
        aftermath.ended_with("false,false,false,false,false,false,false");
    } else {
        aftermath.suspended("out of fuel");
    }
    rejected("const r = /(?:a{1000}){1000}/;", "too");
    rejected("const r = /((((a{99}){99}){99}){99})/;", "too");
    rejected(r"const r = /(a+)\1+$/;", "back-reference");
    rejected("const r = /(?=a+)+b/;", "lookahead");
    attack("const s = 'x'.repeat(30_000); for (;;) s.replace(/x?/g, '');").starved();
    attack("const s = 'x'.repeat(30_000); for (;;) [...s.matchAll(/(x)/g)];").starved();
    attack("const r = /(\\p{L}{50}|x{90}){9}/u; for (;;) r.test('xxxxx'.repeat(500));").starved();
}

/// Functions that call themselves without end, each in its way.
const RECURSIONS: &[&str] = &[
    "const f = () => f(); f();",
    "const f = (n) => 1 + f(n + 1); f(0);",
    "const even = (n) => odd(n + 1); const odd = (n) => even(n + 1); even(0);",
    "const f = (x) => [x].map(f); f(1);",
    "const f = (a, b) => [a, b].sort(f); f(1, 2);",
    "const f = () => [1].forEach(() => [1].reduce(() => f(), 0)); f();",
    "const o = { toString: () => `${o}` }; String(o);",
    "const o = { valueOf: () => o + 1 }; o + 1;",
    "const o = { toJSON: () => JSON.stringify(o) }; JSON.stringify(o);",
    "const f = (key, value) => JSON.parse('[1]', f); JSON.parse('[1]', f);",
    "const f = () => 'a'.replace('a', f); f();",
    "const f = () => 'aa'.replaceAll(/a/g, f); f();",
    "const f = async () => { await f(); }; await f();",
    "const f = () => new Promise(f); await f();",
    "const f = (...all) => f(...all, 1); f();",
    "const f = ({ a = f({}) }) => a; f({});",
    "const f = () => { try { f(); } finally { f(); } }; f();",
    "const f = () => new Map([[1, 1]]).forEach(f); f();",
    "const f = () => Array.from({ length: 1 }, f); f();",
];

#[test]
fn recursion_ends_with_an_error_that_can_be_caught() {
    for recursion in RECURSIONS {
        let body = format!(
            "let name = 'nothing';
             try {{ {recursion} }} catch (error) {{ name = error.name; }}
             return name;"
        );
        let aftermath = attack(&body);
        if aftermath.result.is_some() {
            aftermath.ended_with("RangeError");
        } else {
            aftermath.starved();
        }
    }
}

#[test]
fn depth_of_data_is_no_depth_of_the_host() {
    let deep = "const deep = (depth) => {
        let list = [];
        for (let i = 0; i < depth; i += 1) list = [list];
        return list;
      };
      const tried = (attempt) => {
        try { return typeof attempt(); } catch (error) { return error.name; }
      };";
    let body = "const list = deep(1_500);
      const said = [
        tried(() => JSON.stringify(list)),
        tried(() => String(list)),
        tried(() => list.flat(Infinity)),
        tried(() => harden(list)),
        tried(() => JSON.parse(`${'['.repeat(9_000)}${']'.repeat(9_000)}`)),
        tried(() => JSON.stringify(list, (key, value) => value)),
        tried(() => { console.log(list); }),
      ];
      return said.every((it) => ['string', 'object', 'undefined', 'RangeError'].includes(it))
        ? 'fine' : said.join();";
    let source = format!("{deep}\nexport const main = async () => {{\n{body}\n}};");
    attack_allowed(&source, Allowance { fuel: 20_000_000, ..ALLOWANCE }).ended_with("fine");
    // What is too deep does not leave.
    attack_with(deep, "return deep(5_000);").failed("nested deeper than");
    // Chains of closures and of promises are as deep as one likes.
    let chain = "let f = () => 'bottom';
      for (let i = 0; i < 1_000; i += 1) { const g = f; f = () => g; }
      let p = Promise.resolve('end');
      for (let i = 0; i < 1_000; i += 1) { const q = p; p = (async () => q)(); }
      for (let i = 0; i < 1_000; i += 1) p = p.then();
      return p;";
    attack(chain).ended_with("end");
}
