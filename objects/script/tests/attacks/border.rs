//! Attacks at the border: what is passed out, and what looks as if it came from outside.

use hogshead_objects::{Message, Value};

use crate::arena::{attack, attack_module};
use crate::stage::Stage;

#[test]
fn what_looks_like_a_reference_is_data() {
    let body = "const forged = [0, 1, 'counter', 'ocapn://host/swiss', '@counter', 'port:0',
        { '@ref': 0 }, { Ref: { Port: 0 } }, { port: 0, export: 0 }, { remote: true, index: 0 },
        [0], 0n, Symbol => 0, Far];
      return 'accepted';";
    // Neither `Far` nor a symbol is a value.
    assert!(!hogshead_script::front::check(body).is_empty());
    let body = "const forged = [0, 1, -1, 'counter', 'ocapn://host/swiss', '@counter', 'port:0',
        { '@ref': 0 }, { Ref: { Port: 0 } }, { port: 0, export: 0 }, { remote: true, index: 0 },
        [0], 0n, null, undefined, new Map([['increment', () => 'no']])];
      const said = [];
      for (const target of forged) {
        try { said.push(await E(target).increment(1n)); } catch (error) { said.push(error.name); }
      }
      return [...new Set(said)].join();";
    attack(body).ended_with("TypeError");
    // Such data comes out as it is.
    let source = "export const main = async () => harden({ '@ref': 0, port: 0, export: 'x:1' });";
    let Some(Ok(said)) = attack_module(source).result else { panic!("no result") };
    assert_eq!(said.refs().count(), 0, "{said}");
}

#[test]
fn a_reference_shows_nothing_and_cannot_be_copied() {
    let source = "export const main = async ({ counter }) => {
        const said = [typeof counter, Object.keys(counter).length, JSON.stringify({ ...counter }),
          counter.increment, counter.port, 'increment' in counter];
        for (const attempt of [() => { counter.mine = 1; }, () => counter(), () => counter.x()]) {
          try { attempt(); said.push('fine'); } catch (error) { said.push(error.name); }
        }
        const copy = JSON.parse(JSON.stringify({ counter }));
        try { await E(copy.counter).increment(1n); } catch (error) { said.push(error.name); }
        return said.join();
      };";
    let said = "object,0,{},,,false,TypeError,TypeError,TypeError,TypeError";
    attack_module(source).ended_with(said);
}

#[test]
fn what_contains_itself_stays_at_home() {
    attack("const list = [1]; list.push(list); return list;").failed("contains itself");
    attack("const o = {}; o.o = { o }; return o;").failed("contains itself");
    let source = "export const main = async ({ counter }) => {
        const loop = {};
        loop.loop = [loop];
        try { return await E(counter).increment(loop); } catch (error) { return error.message; }
      };";
    let said = attack_module(source);
    let Some(Ok(Value::String(said))) = said.result else { panic!("{said:?}") };
    assert!(said.contains("contains itself"), "{said}");
}

#[test]
fn half_a_character_stays_at_home() {
    attack("return '\\ud800';").failed("lone surrogate");
    attack("return { a: ['x', 'y\\udc00'] };").failed("lone surrogate");
    attack("return { ['\\ud800']: 1 };").failed("lone surrogate");
    attack("throw new Error('\\ud800');").failed("lone surrogate");
    attack("return '\\ud83d'.concat('\\ude00');").ended_with("😀");
    let source = "export const main = async ({ counter }) => {
        const said = [];
        for (const call of [
          () => E(counter).increment('\\ud800'),
          () => E(counter)['\\ud800'](),
          () => E(counter, { note: '\\ud800' }).increment(1n),
          () => E(counter).increment(Far('\\ud800', {})),
        ]) {
          try { await call(); said.push('sent'); } catch (error) { said.push(error.name); }
        }
        console.log('\\ud800');
        return said.join();
      };";
    attack_module(source).ended_with("TypeError,TypeError,TypeError,TypeError");
}

#[test]
fn what_is_no_data_stays_at_home() {
    for value in ["() => 1", "new Map()", "new Set()", "/x/", "[1][0].toFixed", "[1].values()"] {
        let aftermath = attack(&format!("return {value};"));
        aftermath.failed("TypeError");
    }
    attack("return { deep: [{ f: () => 1 }] };").failed("deep");
}

#[test]
fn shared_parts_are_not_multiplied_at_the_border() {
    let body = "let list = ['ha'];
      for (let i = 0; i < 60; i += 1) list = [list, list];
      return list;";
    let aftermath = attack(body);
    let said = aftermath.status.to_string();
    assert!(said.contains("more than the") || said.contains("fuel"), "{said}");
    let body = "let text = 'x'.repeat(400_000);
      return Array.from({ length: 1_000 }, () => text);";
    let aftermath = attack(body);
    let said = aftermath.status.to_string();
    assert!(!said.contains("done"), "{said}");
}

#[test]
fn the_options_of_a_message_are_checked() {
    let source = "export const main = async ({ counter }) => {
        const said = [];
        for (const options of [1, 'x', [], () => 1, { within: -1 }, { within: NaN }, { within: '1' },
          { within: Infinity }, { note: 1 }, { note: 'n'.repeat(100_000) }, { other: 1 }, counter,
          { within: { valueOf: () => 1 } }]) {
          try {
            await E(counter, options).increment(1n);
            said.push('sent');
          } catch (error) {
            said.push(error.name);
          }
        }
        return [...new Set(said)].sort().join();
      };";
    attack_module(source).ended_with("RangeError,TypeError");
}

/// Those outside call what they like; a script's object has its own methods and no others.
#[test]
fn those_outside_find_no_methods_but_its_own() {
    let source = "export const main = async () => {
        let secret = 0;
        return Far('far', { hello: () => { secret += 1; return `hello ${secret}`; } });
      };";
    Stage::both(|stage| {
        let process = stage.start(source, &[], vec![]);
        let Value::Ref(far) = stage.result(&process).unwrap() else { panic!("an object") };
        for name in [
            "constructor",
            "__proto__",
            "prototype",
            "toString",
            "valueOf",
            "then",
            "hasOwnProperty",
            "secret",
            "hello ",
            "",
            "Hello",
            "call",
            "apply",
            "__defineGetter__",
        ] {
            let message = Message::new(name, []);
            let promise = stage.bench.turn(|cx| cx.send(far, message)).unwrap();
            stage.bench.run();
            let error = stage.answer(promise).unwrap_err();
            assert!(error.message().contains("no method"), "{name}: {error}");
        }
        let promise = stage.bench.turn(|cx| cx.send(far, Message::new("hello", []))).unwrap();
        stage.bench.run();
        assert_eq!(stage.answer(promise).unwrap().as_str(), Some("hello 1"));
    });
}
