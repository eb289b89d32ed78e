//! What is not in the language, and what the rejection says.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says by panicking what went wrong, and reads and writes files of its own"
)]

use hogshead_script::front;

/// The rejection says what to write instead.
const HINT: bool = true;
/// There is nothing to write instead: the parser does not know what was meant.
const NONE: bool = false;

/// A source, where its first diagnostic stands, how it begins, whether there is a hint. `HASH` stands
/// for a hash.
#[rustfmt::skip]
const REJECTED: &[(&str, &str, &str, bool)] = &[
    ("const f = () => { import { a } from 'blake3:HASH'; };", "1:19", "imports and exports stand", HINT),
    ("{ export const a = 1; }", "1:3", "imports and exports stand", HINT),
    ("if (1) export default 1;", "1:8", "imports and exports stand", HINT),
    ("this.x = 1;", "1:1", "`this` is not in the language", HINT),
    ("const f = () => this;", "1:17", "`this` is not in the language", HINT),
    ("class A {}", "1:1", "`class` is not in the language", HINT),
    ("const A = class {};", "1:11", "`class` is not in the language", HINT),
    ("const f = function () { return super.x; };", "1:32", "`super` is not in the language", HINT),
    ("const f = function () { return new.target; };", "1:32", "`new.target` is not in the", HINT),
    ("const d = new Date();", "1:15", "`Date` is not declared, and not", HINT),
    ("const a = new Array(3);", "1:11", "`new Array` is not in the language", HINT),
    ("const f = () => {}; const o = new f();", "1:31", "`new` is for the built-in errors,", HINT),
    ("var x = 1;", "1:1", "`var` is not in the language", HINT),
    ("for (var i = 0; i < 1; i++) {}", "1:6", "`var` is not in the language", HINT),
    ("if (1 == 2) {}", "1:5", "`==` is not in the language", HINT),
    ("const b = x => x != null;", "1:16", "`!=` is not in the language", HINT),
    ("eval('1');", "1:1", "`eval` cannot be used", HINT),
    ("const eval = 1;", "1:7", "`eval` cannot be used", HINT),
    ("const f = () => arguments[0];", "1:17", "`arguments` cannot be used", HINT),
    ("with (a) {}", "1:1", "`with` is not in the language", HINT),
    ("function* g() {}", "1:1", "generators are not in the language", HINT),
    ("const g = function* () {};", "1:11", "generators are not in the language", HINT),
    ("const g = { *m() {} };", "1:15", "generators are not in the language", HINT),
    ("async function* g() {}", "1:1", "generators are not in the language", HINT),
    ("yield 1;", "1:1", "a 'yield' expression is only", NONE),
    ("for (const k in {}) {}", "1:1", "`for … in` is not in the language", HINT),
    ("async function f() { for await (const x of []) {} }", "1:22", "`for await` is not in the language", HINT),
    ("const o = { get a() { return 1; } };", "1:13", "getters and setters are not in", HINT),
    ("const o = { set a(v) {} };", "1:13", "getters and setters are not in", HINT),
    ("const o = { __proto__: null };", "1:13", "`__proto__`: objects have no", HINT),
    ("const o = { '__proto__': null };", "1:13", "`__proto__`: objects have no", HINT),
    ("const f = o => o.__proto__;", "1:18", "`__proto__`: objects have no", HINT),
    ("const f = o => o['__proto__'];", "1:18", "`__proto__`: objects have no", HINT),
    ("const f = o => o.constructor;", "1:18", "`constructor`: objects have no", HINT),
    ("const f = o => o.prototype;", "1:18", "`prototype`: objects have no", HINT),
    ("const f = o => o.__defineGetter__('a', o);", "1:18", "`__defineGetter__`: objects have", HINT),
    ("const f = ({ constructor }) => constructor;", "1:14", "`constructor`: objects have no", HINT),
    ("const o = { constructor: 1 };", "1:13", "`constructor`: objects have no", HINT),
    ("const n = 017;", "1:11", "a number begins with a", HINT),
    ("const n = 089;", "1:11", "a number begins with a", HINT),
    (r#"const s = '\017';"#, "1:11", "octal escapes are not in the", HINT),
    (r#"const s = `\017`;"#, "1:12", "bad escape sequence in untagged", NONE),
    ("const f = Function('return 1');", "1:11", "`Function` is not declared, and", HINT),
    ("const s = Symbol('a');", "1:11", "`Symbol` is not declared, and not", HINT),
    ("const r = Reflect.ownKeys({});", "1:11", "`Reflect` is not declared, and", HINT),
    ("const p = new Proxy({}, {});", "1:15", "`Proxy` is not declared, and not", HINT),
    ("const w = new WeakMap();", "1:15", "`WeakMap` is not declared, and", HINT),
    ("const g = globalThis;", "1:11", "`globalThis` is not declared, and", HINT),
    ("const t = Date.now();", "1:11", "`Date` is not declared, and not", HINT),
    ("const r = Math.random();", "1:16", "`Math.random` is not in the", HINT),
    ("setTimeout(() => {}, 1);", "1:1", "`setTimeout` is not declared, and", HINT),
    ("const x = y;", "1:11", "`y` is not declared, and not", HINT),
    ("y = 1;", "1:1", "`y` is not declared, and not", HINT),
    ("const f = () => { unknown(); };", "1:19", "`unknown` is not declared, and", HINT),
    ("Math = 1;", "1:1", "`Math` is built in and cannot be", HINT),
    ("undefined = 1;", "1:1", "`undefined` is built in and", HINT),
    ("const c = 1; c = 2;", "1:14", "`c` is a constant and cannot be", HINT),
    ("const c = 1; c++;", "1:14", "`c` is a constant and cannot be", HINT),
    ("const [c] = [1]; [c] = [2];", "1:19", "`c` is a constant and cannot be", HINT),
    ("function f() {} f = 1;", "1:17", "`f` is a function's name and", HINT),
    ("const f = function g() { g = 1; };", "1:26", "`g` is a function's name and", HINT),
    ("import { a } from 'blake3:HASH'; a = 1;", "1:94", "`a` is imported and cannot be", HINT),
    ("const m = import('x');", "1:11", "`import(…)` is not in the language", HINT),
    ("const u = import.meta.url;", "1:11", "`import.meta` is not in the", HINT),
    ("<!-- comment", "1:1", "HTML comments are not in the", HINT),
    ("--> comment", "1:1", "HTML comments are not in the", HINT),
    ("const e = <div/>;", "1:11", "unexpected token", NONE),
    ("const n: number = 1;", "1:7", "missing initializer in const", NONE),
    ("a: a: for (;;) {}", "1:4", "the label `a` is there already", HINT),
    ("delete x;", "1:1", "`delete` is for properties only", HINT),
    ("const x = 1; delete x;", "1:14", "`delete` is for properties only", HINT),
    ("const d = f => delete f();", "1:16", "`delete` is for properties only", HINT),
    ("debugger;", "1:1", "`debugger` is not in the language", HINT),
    ("const s = (1, 2);", "1:12", "the comma operator is only for", HINT),
    ("const t = f => f`x`;", "1:16", "tagged templates are not in the", HINT),
    ("const a = [1, , 2];", "1:15", "arrays have no holes", HINT),
    ("import a from 'fs';", "1:15", "`fs` is not the hash of a code", HINT),
    ("import * as a from 'blake3:HASH';", "1:8", "`import *` is not in the language", HINT),
    ("import { a } from './a.js';", "1:19", "`./a.js` is not the hash of a code", HINT),
    ("import 'blake3:00';", "1:8", "`blake3:00` is not the hash of a", HINT),
    ("import { a } from 'blake3:HASH' with { type: 'json' };", "1:1", "only plain imports are in the", HINT),
    ("export * from 'blake3:HASH';", "1:1", "`export *` is not in the language", HINT),
    ("export { a } from 'blake3:HASH';", "1:19", "`export … from` is not in the", HINT),
    ("export { a };", "1:10", "`a` is exported but not declared", HINT),
    ("export const a = 1; export { a };", "1:14", "duplicated export 'a'", NONE),
    ("export default class {}", "1:1", "`class` is not in the language", HINT),
    ("export default 1; export default 2;", "1:8", "duplicated default export", NONE),
    ("let a; let a;", "1:12", "`a` is declared twice in this", HINT),
    ("const a = 1; function a() {}", "1:23", "`a` is declared twice in this", HINT),
    ("function f(a, a) {}", "1:15", "`a` is declared twice in this", HINT),
    ("const f = (a, [a]) => 1;", "1:16", "`a` is declared twice in this", HINT),
    ("const f = a => { let a; };", "1:22", "`a` is declared in this body and", HINT),
    ("const f = a => { function a() {} };", "1:27", "`a` is declared in this body and", HINT),
    ("try {} catch (e) { let e; }", "1:24", "`e` is declared in this body and", HINT),
    ("let let = 1;", "1:5", "`let` is a reserved word", HINT),
    ("const yield = 1;", "1:7", "`yield` is a reserved word", HINT),
    ("const await = 1;", "1:7", "cannot use `await` as an", NONE),
    ("const static = 1;", "1:7", "`static` is a reserved word", HINT),
    ("const f = () => { await 1; };", "1:19", "`await` is only allowed within", NONE),
    ("const f = async (a = await 1) => a;", "1:22", "`await` cannot stand among", HINT),
    ("break;", "1:1", "`break` has nothing around it to", HINT),
    ("continue;", "1:1", "`continue` has nothing around it", HINT),
    ("a: { continue a; }", "1:15", "`a` is not the label of a loop", HINT),
    ("for (;;) { break b; }", "1:18", "no statement around this has the", HINT),
    ("if (1) function f() {}", "1:8", "a declaration cannot stand here", HINT),
    ("if (1) let x = 1;", "1:11", "expected a semicolon or an", HINT),
    ("a: function f() {}", "1:4", "a declaration cannot stand here", HINT),
    ("while (1) const x = 1;", "1:11", "lexical declaration cannot appear", HINT),
    ("const x;", "1:7", "missing initializer in const", NONE),
    ("const { a };", "1:7", "missing initializer in", NONE),
    ("return 1;", "1:1", "a 'return' statement can only be", NONE),
    ("const a = 1 +;", "1:14", "unexpected token", NONE),
    ("const f = a => ({ a = 1 });", "1:19", "invalid assignment in object", HINT),
    ("const x = a?.b = 1;", "1:11", "cannot assign to this expression", NONE),
    ("1 = 2;", "1:1", "cannot assign to this expression", NONE),
    ("const x = -1 ** 2;", "1:11", "unexpected exponentiation", HINT),
    ("const x = 1 ?? 2 || 3;", "1:11", "logical expressions and coalesce", HINT),
    ("const i = x => x instanceof Array;", "1:29", "`instanceof Array` is not in the", HINT),
    ("const i = x => x instanceof Object;", "1:29", "objects have no prototypes here", HINT),
    ("const i = (x, C) => x instanceof C;", "1:34", "`instanceof` is for the built-in", HINT),
    ("const m = Map;", "1:11", "`Map` is not a value here", HINT),
    ("const a = Array(3);", "1:11", "`Array` is not called here", HINT),
    ("const o = Object(1);", "1:11", "`Object` is not called here", HINT),
    ("const m = Math;", "1:11", "`Math` is not a value here", HINT),
    ("const m = Math['max'];", "1:11", "the members of `Math` are used by", HINT),
    ("const m = Math.foo;", "1:16", "`Math.foo` is not in the language", HINT),
    ("Math.max = 1;", "1:1", "what is built in cannot be changed", HINT),
    ("delete Math.max;", "1:1", "what is built in cannot be changed", HINT),
    ("const o = Object.create(null);", "1:18", "`Object.create` is not in the", HINT),
    ("const p = [].map(Promise.resolve);", "1:18", "`Promise.resolve` is no function", HINT),
    ("const e = E;", "1:11", "`E` can only be part of a call", HINT),
    ("const e = x => E(x);", "1:16", "`E(…)` must be followed by what", HINT),
    ("const e = x => E(...x).f();", "1:16", "`E` takes a reference and options", HINT),
    ("const e = x => E.get(x).f;", "1:18", "`E.get` is not in the language", HINT),
    ("const g = f => f.call(null);", "1:18", "`call`: there is no `this` to", HINT),
    ("const g = f => f.bind(null);", "1:18", "`bind`: there is no `this` to", HINT),
    ("const g = f => f.apply(null, []);", "1:18", "`apply`: there is no `this` to", HINT),
    ("const l = (a, b) => a.localeCompare(b);", "1:23", "`localeCompare`: what depends on", HINT),
    ("const l = a => a.toLocaleString();", "1:18", "`toLocaleString`: what depends on", HINT),
    ("const l = a => a.substr(1);", "1:18", "`substr`: this method is not in", HINT),
    ("const r = new RegExp('a');", "1:15", "`RegExp` is not declared, and not", HINT),
    ("const r = /(/;", "1:12", "invalid regular expression:", NONE),
    ("const r = /é(a)\\1/;", "1:16", "a back-reference is not in the subset", HINT),
    ("const r = /a(?=b)/;", "1:13", "lookahead `(?=` is not in the subset", HINT),
    ("const r = /a/v;", "1:14", "the flag v is not in the subset", HINT),
    ("const r = /(?:a{1000}){1000}/;", "1:12", "a regular expression that is too", HINT),
    ("const r = /a/gg;", "1:15", "flag g is mentioned twice in", NONE),
    ("const r = /a/x;", "1:14", "unexpected flag x in regular", NONE),
    ("const f = (a = 1) => { 'use strict'; };", "1:24", "`use strict` cannot stand in a", HINT),
    ("class A { #x = 1; }", "1:1", "`class` is not in the language", HINT),
    ("const f = o => o.#x;", "1:18", "private names are not in the", HINT),
    (r#"const \u0061 = 1;"#, "1:7", "a name is written with an escape", HINT),
    ("@dec class A {}", "1:1", "decorators are not in the language", HINT),
    ("const s = 'abc", "1:11", "this string does not end in its", HINT),
    ("const s = `abc", "1:11", "this template does not end", HINT),
    ("/* abc", "1:1", "this comment does not end", HINT),
    ("switch (1) { default: default: }", "1:23", "a `switch` has one `default` only", HINT),
    ("switch (1) { case 1: let a; case 2: let a; }", "1:41", "`a` is declared twice in this", HINT),
    ("const f = (a", "1:13", "expected `)` but found `EOF`", NONE),
    ("const a = { b: [ };", "1:18", "this `}` closes nothing that is", HINT),
    ("using x = 1;", "1:1", "`using` is not in the language", HINT),
    ("enum A { B }", "1:1", "unexpected token", NONE),
    ("type A = 1;", "1:5", "expected a semicolon or an", HINT),
    ("const f = () => { async function* g() {} };", "1:19", "generators are not in the language", HINT),
    ("const f = require('fs');", "1:11", "`require` is not declared, and", HINT),
    ("let a = 1, b = 2; a, b;", "1:19", "the comma operator is only for", HINT),
    ("new.target;", "1:1", "`new.target` is not in the", HINT),
    ("const x = structuredClone({});", "1:11", "`structuredClone` is not", HINT),
    ("const x = new Intl.NumberFormat();", "1:11", "`new` is for the built-in errors,", HINT),
    ("console.table([]);", "1:9", "`console.table` is not in the", HINT),
    ("const c = console;", "1:11", "`console` is not a value here", HINT),
    ("const f = Far;", "1:11", "`Far` can only be called", HINT),
    ("const x = typeof y;", "1:18", "`y` is not declared, and not", HINT),
    ("label: { break other; }", "1:16", "no statement around this has the", HINT),
    ("for (async of []) {}", "1:6", "the left-hand side of a", NONE),
    ("for (let i, j of []) {}", "1:13", "a `for … of` declares one pattern", HINT),
    ("for (const i = 0 of []) {}", "1:16", "a variable of `for … of` has no", HINT),
    ("const o = { a: 1, a() {}, async *b() {} };", "1:35", "generators are not in the language", HINT),
    (r#"const s = '\8';"#, "1:11", "octal escapes are not in the", HINT),
    (r#"const o = { '\01': 1 };"#, "1:13", "octal escapes are not in the", HINT),
    (r#"const f = () => { '\01'; };"#, "1:19", "octal escapes are not in the", HINT),
    ("f(a]", "1:4", "this `]` closes nothing that is", HINT),
    ("const a = 1;; if (a) /x/.test('x');", "1:22", "this `/` can be read in two ways,", HINT),
    ("const f = a => a.copyWithin(0, 1);", "1:18", "`copyWithin`: this method is not", HINT),
    ("export let a = 1; export { a as default }; export default a;", "1:33", "duplicated default export", NONE),
    ("import { a } from 'blake3:HASH'; export { a };", "1:103", "`a` is imported and cannot be", HINT),
    ("const x = Number.prototype;", "1:18", "`Number.prototype` is not in the", HINT),
    ("const x = Error.captureStackTrace({});", "1:17", "`Error.captureStackTrace` is not", NONE),
    ("const x = (await 1).caller;", "1:21", "`caller`: functions do not tell", HINT),
    ("const f = async () => { for await (const a of b) {} };", "1:25", "`for await` is not in the language", HINT),
    ("let a = 1; [a, b] = [1, 2];", "1:16", "`b` is not declared, and not", HINT),
    ("const o = {}; ({ a: Math.x } = o);", "1:21", "what is built in cannot be changed", HINT),
    ("const ä = '𝒳'; this;", "1:17", "`this` is not in the language", HINT),
];

#[test]
fn each_is_rejected_with_place_reason_and_hint() {
    assert!(REJECTED.len() >= 90);
    let mut wrong = Vec::new();
    for (source, place, why, hint) in REJECTED {
        let found = front::check(&source.replace("HASH", &"0".repeat(64)));
        let first = found.first().map(|d| (format!("{}:{}", d.line, d.column), &d.why, &d.hint));
        let fits = first.is_some_and(|(at, reason, hints)| {
            at == *place && reason.starts_with(why) && hints.is_some() == *hint
        });
        if !fits {
            wrong.push(format!("{source:?}: {:?}", found.first().map(ToString::to_string)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn several_are_reported_at_once_in_order_and_not_too_many() {
    let found = front::check("var a = this;\nconst b = a == c;\nclass D {}\n");
    let places: Vec<_> = found.iter().map(|d| (d.line, d.column)).collect();
    assert_eq!(places, [(1, 1), (1, 9), (2, 11), (2, 16), (3, 1)]);
    let many = "this;\n".repeat(100);
    let found = front::check(&many);
    assert_eq!(found.len(), 20);
    assert_eq!((found[0].line, found[19].line), (1, 20), "the first ones");
}

/// What looks like something that is rejected, and is not.
#[test]
fn the_neighbours_of_what_is_rejected_are_accepted() {
    for source in [
        "const f = (...args) => args[0]; f.name;",
        "const o = { this: 1, class: 2, var: 3 }; o.this + o.class;",
        "const s = '\\0'; const t = '__proto__';",
        "for (let i = 0, j = 1; i < j; i++, j--) {}",
        "let a = 0; const f = () => { a = 1; };",
        "const f = (Math) => Math.random();",
        "const E = (x) => x; E.get;",
        "const ok = [1].map(String).filter(Boolean).map(Number.isInteger);",
        "const m = new Map([[1, new Set()]]); m instanceof Map;",
        "const x = E(1, { note: 'n' }).call(2); E(x)(1);",
        "label: for (const a of []) { continue label; }",
        "switch (1) { case 1: { let a; } case 2: { let a; } }",
        "const f = function g() { return g; };",
        "export default function () {}",
        "#!/usr/bin/env node\nconst a = 1;",
        "const f = async () => { await null; }; await f();",
        "function f() { return g(); } function g() { return f(); }",
        "try { throw 1; } catch { } finally { }",
        "const { a, ...rest } = { a: 1 }; const [, b = 2] = [];",
    ] {
        assert_eq!(front::check(source), [], "{source}");
    }
}
