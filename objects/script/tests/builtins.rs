//! Built-in functions as Node has them, called one by one, against the tables that
//! `builtins/record.mjs` recorded: no compiler and no interpreter between.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says by panicking what went wrong, and reads and writes files of its own"
)]

use std::path::Path;

use hogshead_script::builtin::{Action, Builtin, prelude};
use hogshead_script::code::Verified;
use hogshead_script::front::{Options, compile};
use hogshead_script::machine::codes::Codes;
use hogshead_script::machine::event::Event;
use hogshead_script::machine::heap::{Cell, RegExp};
use hogshead_script::machine::step::{Budget, Status, step};
use hogshead_script::machine::{Args, Machine, Reason, Trap, Val, atoms};
use serde_json::{Value, json};

const FUEL: i64 = 1 << 40;

fn machine() -> Machine {
    Machine { fuel: FUEL, heap_bytes_max: 64 << 20, ..Machine::default() }
}

/// A value of a table, as the machine has it.
fn value(machine: &mut Machine, coded: &Value) -> Val {
    match coded {
        Value::Null => return Val::Null,
        Value::Bool(value) => return Val::Bool(*value),
        _ => {}
    }
    let (tag, content) = coded.as_object().expect("an object").iter().next().expect("a tag");
    let list = |content: &Value| content.as_array().expect("a list").clone();
    let text = |content: &Value| content.as_str().expect("a text").to_owned();
    match tag.as_str() {
        "u" => Val::Undefined,
        "n" => Val::Number(f64::from_bits(u64::from_str_radix(&text(content), 16).expect("bits"))),
        "s" => machine.new_str(&text(content)),
        "w" => {
            let units = list(content);
            let units = units.iter().map(|unit| unit.as_u64().expect("a unit") as u16);
            let units: Vec<u16> = units.collect();
            machine.new_text(units)
        }
        "b" => {
            let integer: num_bigint::BigInt = text(content).parse().expect("an integer");
            machine.new_bigint(integer)
        }
        "a" => {
            let items = list(content).iter().map(|item| value(machine, item)).collect();
            machine.new_array(items)
        }
        "o" => {
            let object = machine.new_object();
            for entry in list(content) {
                let Val::Text(key) = value(machine, &entry[0]) else { panic!("a key") };
                let key = machine.text_of(key);
                let name = machine.atom(&key);
                let item = value(machine, &entry[1]);
                machine.define(object, name, item);
            }
            object
        }
        "r" => {
            let parts = list(content);
            let regexp = RegExp {
                pattern: text(&parts[0]).encode_utf16().collect(),
                flags: text(&parts[1]),
                last_index: Val::Number(parts[2].as_f64().expect("a place")),
            };
            Val::Object(machine.alloc(Cell::RegExp(regexp)))
        }
        other => panic!("no tag {other}"),
    }
}

/// A value of the machine, as a table has it.
fn coded(machine: &mut Machine, value: Val) -> Value {
    match value {
        Val::Undefined => json!({ "u": 0 }),
        Val::Null => Value::Null,
        Val::Bool(value) => json!(value),
        // There is one NaN.
        Val::Number(number) => {
            let number = if number.is_nan() { f64::NAN } else { number };
            json!({ "n": format!("{:016x}", number.to_bits()) })
        }
        Val::Text(index) => {
            let text = machine.text_of(index);
            match String::from_utf16(&text) {
                Ok(text) => json!({ "s": text }),
                Err(_) => json!({ "w": text.to_vec() }),
            }
        }
        Val::BigInt(index) => json!({ "b": machine.bigint_of(index).to_string() }),
        Val::Object(index) => match machine.cell(index).clone() {
            Cell::Array(array) => {
                let items: Vec<_> = array.items.iter().map(|item| coded(machine, *item)).collect();
                match array.matched {
                    Some(matched) => {
                        let Val::Number(index) = matched.index else { panic!("a place") };
                        let index = index as u64;
                        json!({ "a": items, "m": [index, coded(machine, matched.groups)] })
                    }
                    None => json!({ "a": items }),
                }
            }
            Cell::Iterator(iterator) => coded(machine, iterator.source),
            Cell::Object(object) => {
                let mut entries = Vec::new();
                for (name, item) in object.properties.iter() {
                    let text = machine.atom_text(name);
                    let key = machine.new_text(text);
                    entries.push(json!([coded(machine, key), coded(machine, item)]));
                }
                json!({ "o": entries })
            }
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

/// Calls a built-in function.
fn call(machine: &mut Machine, path: &str, this: Val, args: &[Val]) -> Result<Val, Trap> {
    let builtin = Builtin::named(path).unwrap_or_else(|| panic!("{path} is built in"));
    let Action::Native(function) = builtin.entry().action else { panic!("{path} is native") };
    // The receiver and the function are below the arguments.
    machine.stack = vec![this, Val::Builtin(builtin)];
    machine.stack.extend_from_slice(args);
    function(machine, this, Args { start: 2, len: args.len() })
}

/// What was thrown, as `Name: message`.
fn thrown(machine: &mut Machine, error: Val) -> Value {
    let Val::Object(index) = error else { panic!("{error:?} is no error") };
    let Cell::Object(object) = machine.cell(index).clone() else { panic!("no error") };
    let hogshead_script::machine::heap::Class::Error(kind) = object.class else {
        panic!("no error")
    };
    let Some(Val::Text(message)) = machine.get(error, atoms::MESSAGE) else { panic!("no message") };
    let message = String::from_utf16_lossy(&machine.text_of(message));
    json!({ "e": format!("{}: {message}", kind.name()) })
}

/// Compares every row of a table.
fn check(name: &str, rows_min: usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/builtins").join(name);
    let text = std::fs::read_to_string(path).expect("the table is there");
    let rows: Vec<Value> = serde_json::from_str(&text).expect("the table is JSON");
    assert!(rows.len() >= rows_min, "{name} has only {} rows", rows.len());
    let mut machine = machine();
    let mut wrong = Vec::new();
    for row in &rows {
        machine.heap = Default::default();
        let this = value(&mut machine, &row[1]);
        let args: Vec<Val> =
            row[2].as_array().expect("arguments").iter().map(|x| value(&mut machine, x)).collect();
        let path = row[0].as_str().expect("a path");
        let result = match call(&mut machine, path, this, &args) {
            Ok(result) => coded(&mut machine, result),
            Err(Trap::Throw(error)) => thrown(&mut machine, error),
            Err(other) => json!(format!("{other:?}")),
        };
        let last: Vec<Value> = std::iter::once(&this)
            .chain(&args)
            .filter_map(|value| match value {
                Val::Object(index) => match machine.cell(*index) {
                    Cell::RegExp(RegExp { last_index: Val::Number(place), .. }) => {
                        Some(json!(*place as u64))
                    }
                    _ => None,
                },
                _ => None,
            })
            .collect();
        if result != row[3] || row[4] != json!(last) {
            wrong.push(format!("{row}\n  gives {result}, lastIndex {last:?}"));
        }
    }
    let shown = wrong.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    assert!(wrong.is_empty(), "{} of {} differ:\n{shown}", wrong.len(), rows.len());
}

#[test]
fn strings_are_nodes() {
    check("strings.json", 1_900);
}

#[test]
fn patterns_find_and_replace_as_in_node() {
    check("patterns.json", 1_900);
}

#[test]
fn json_is_nodes_to_the_words_of_its_errors() {
    check("json.json", 1_000);
}

#[test]
fn numbers_and_the_rest_are_nodes() {
    check("others.json", 1_800);
}

/// What has no room ends in a trap before it is made.
#[test]
fn large_results_ask_for_room_first() {
    let mut machine = machine();
    machine.heap_bytes_max = 1 << 20;
    let text = machine.new_str("ab");
    for (path, args) in [
        ("String.prototype.repeat", vec![Val::Number(1e6)]),
        ("String.prototype.padStart", vec![Val::Number(1e6)]),
        ("String.prototype.padEnd", vec![Val::Number(1e6)]),
    ] {
        assert_eq!(call(&mut machine, path, text, &args), Err(Trap::OutOfHeap), "{path}");
    }
    let long = machine.new_str(&"a".repeat(100_000));
    let empty = machine.new_str("");
    let dollars = machine.new_str("$`$'");
    assert_eq!(call(&mut machine, "String.prototype.split", long, &[empty]), Err(Trap::OutOfHeap));
    let all = RegExp {
        pattern: "a".encode_utf16().collect(),
        flags: "g".to_owned(),
        last_index: Val::Number(0.0),
    };
    let all = Val::Object(machine.alloc(Cell::RegExp(all)));
    machine.heap_bytes_max = 16 << 20;
    let args = [long, all, dollars];
    let replaced = call(&mut machine, "$stringReplace", Val::Undefined, &args);
    assert!(matches!(replaced, Err(Trap::Throw(_) | Trap::OutOfHeap)), "{replaced:?}");
}

/// A value whose parts are shared is small, its text is not: writing it ends at the heap's limit or
/// the fuel's.
#[test]
fn the_text_of_shared_parts_is_limited() {
    let mut machine = machine();
    let mut value = machine.new_array(Vec::new());
    for _ in 0..60 {
        value = machine.new_array(vec![value, value]);
    }
    let args = [value];
    machine.heap_bytes_max = 1 << 20;
    let text = call(&mut machine, "$jsonText", Val::Undefined, &args);
    assert_eq!(text, Err(Trap::OutOfHeap));
    machine.fuel = 1_000;
    machine.heap_bytes_max = usize::MAX;
    let text = call(&mut machine, "$jsonText", Val::Undefined, &args);
    assert_eq!(text, Err(Trap::OutOfFuel));
}

/// Depth is no matter of the host's stack.
#[test]
fn deep_json_is_read_and_written() {
    let mut machine = machine();
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let text = machine.new_str(&deep);
    let value = call(&mut machine, "$jsonParse", Val::Undefined, &[text]).expect("it is JSON");
    let Ok(Val::Text(again)) = call(&mut machine, "$jsonText", Val::Undefined, &[value]) else {
        panic!("no text")
    };
    assert_eq!(String::from_utf16_lossy(&machine.text_of(again)), deep);
}

/// A search costs what it takes, and stops when that is more than there is.
#[test]
fn searching_takes_fuel() {
    let mut machine = machine();
    let text = machine.new_str(&"a".repeat(50_000));
    let regexp = RegExp {
        pattern: "(a*)*b".encode_utf16().collect(),
        flags: String::new(),
        last_index: Val::Number(0.0),
    };
    let regexp = Val::Object(machine.alloc(Cell::RegExp(regexp)));
    machine.fuel = 1_000;
    let found = call(&mut machine, "RegExp.prototype.test", regexp, &[text]);
    assert_eq!(found, Err(Trap::OutOfFuel));
    machine.fuel = FUEL;
    let found = call(&mut machine, "RegExp.prototype.test", regexp, &[text]);
    assert_eq!(found, Ok(Val::Bool(false)));
    assert!(machine.fuel < FUEL - 50_000, "it cost {}", FUEL - machine.fuel);
}

/// A line of the log and a value in it have an end.
#[test]
fn the_log_is_cut() {
    let mut machine = machine();
    let long = machine.new_str(&"x".repeat(1 << 20));
    let items: Vec<Val> = vec![long; 50];
    let array = machine.new_array(items);
    for value in [long, array] {
        call(&mut machine, "console.log", Val::Undefined, &[value, value, value]).expect("logged");
    }
    let Val::Object(index) = array else { panic!("an array") };
    machine.modify(index, |cell| {
        if let Cell::Array(cell) = cell {
            cell.items = vec![array; 1_000];
        }
    });
    call(&mut machine, "console.log", Val::Undefined, &[array]).expect("logged");
    for effect in &machine.effects {
        let hogshead_script::machine::event::Effect::Log(line) = effect else { panic!("a line") };
        assert!(line.len() <= hogshead_script::limits::LOG_BYTES_MAX + 3, "{} bytes", line.len());
    }
    assert_eq!(machine.effects.len(), 3);
}

/// Runs a script, and tells where it is afterwards and what it logged.
fn run(text: &str, heap_bytes: usize) -> (Status, usize) {
    let compiled = |text: &str, prelude: bool| {
        let options = Options { name: "test".to_owned(), prelude };
        Verified::new(compile(text, &options).expect("it compiles")).expect("it verifies")
    };
    let mut codes = Codes::new(compiled(prelude::SOURCE, true));
    let main = codes.insert(compiled(text, false));
    let machine = Machine::new(&codes, main).expect("its codes are there");
    let budget = Budget { fuel: 3_000_000, heap_bytes, now_ms: 0, stop_after_line: false };
    let (_, effects, status) =
        step(&codes, machine, Event::Start(Vec::new()), &budget).expect("its codes are there");
    (status, effects.len())
}

/// What a function made until there was no room is wanted again: the process stands still because of
/// the heap, it does not try until its fuel is gone.
#[test]
fn what_grows_too_large_step_by_step_is_no_matter_of_fuel() {
    for text in [
        "const text = `[${'{},'.repeat(20000)}{}]`; JSON.parse(text);",
        "const text = 'a'.repeat(20000); [...text.matchAll(/a/g)];",
        "const text = Array.from({ length: 12000 }, (_, i) => `\"key${i}\":0`).join(); \
         JSON.parse(`{${text}}`);",
    ] {
        let (status, _) = run(text, 1 << 20);
        assert_eq!(status, Status::Suspended(Reason::Heap), "{text}");
        let (status, _) = run(text, 256 << 20);
        assert_eq!(status, Status::Done(hogshead_objects::Value::Undefined), "{text}");
    }
}

/// The fuel of a step bounds its log.
#[test]
fn a_loop_of_log_lines_ends_with_the_fuel() {
    let (status, lines) = run("for (;;) console.log('');", 1 << 20);
    assert_eq!(status, Status::Suspended(Reason::Fuel));
    assert!((1_000..50_000).contains(&lines), "{lines} lines");
    let (status, lines) = run("const x = 'x'.repeat(50000); for (;;) console.log(x);", 1 << 20);
    assert_eq!(status, Status::Suspended(Reason::Fuel));
    assert!((10..100).contains(&lines), "{lines} lines");
}
