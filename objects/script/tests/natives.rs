//! Native functions called by hand, on a machine that runs no script: what they make of arguments
//! at their edges, what frozen things refuse, and every limit of theirs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says by panicking what went wrong, and reads and writes files of its own"
)]

use hogshead_script::builtin::far::Options;
use hogshead_script::builtin::{Action, Builtin};
use hogshead_script::limits::{
    ARRAY_ITEMS_MAX, DEBT_MAX, FAR_NAME_UNITS_MAX, FLAT_DEPTH_MAX, NOTE_UNITS_MAX,
};
use hogshead_script::machine::heap::{Cell, Class};
use hogshead_script::machine::{Args, Machine, Trap, Val, atoms};

fn machine() -> Machine {
    Machine { heap_bytes_max: 64 << 20, fuel: 1 << 40, ..Machine::default() }
}

/// Calls the native function with this path.
fn call(machine: &mut Machine, path: &str, this: Val, arguments: &[Val]) -> Result<Val, Trap> {
    let builtin = Builtin::named(path).unwrap_or_else(|| panic!("no {path}"));
    let (Action::Native(function) | Action::Constructor(function)) = builtin.entry().action else {
        panic!("{path} is not native");
    };
    machine.stack.extend_from_slice(&[this, Val::Builtin(builtin)]);
    let start = machine.stack.len();
    machine.stack.extend_from_slice(arguments);
    let result = function(machine, this, Args { start, len: arguments.len() });
    machine.stack.truncate(start - 2);
    result
}

fn number(number: f64) -> Val {
    Val::Number(number)
}

fn numbers(machine: &mut Machine, count: u32) -> Val {
    machine.new_array((0..count).map(|n| number(n.into())).collect())
}

/// A value as text: arrays in brackets.
fn shown(machine: &Machine, value: Val) -> String {
    match value {
        Val::Number(number) => hogshead_script::machine::convert::number_to_text(number),
        Val::Text(index) => String::from_utf16_lossy(&machine.text_units(index)),
        Val::Object(index) => match machine.cell(index) {
            Cell::Array(array) => {
                let items: Vec<_> = array.items.iter().map(|&item| shown(machine, item)).collect();
                format!("[{}]", items.join(" "))
            }
            Cell::Object(object) => {
                let value = |name| object.properties.get(name).map(|value| shown(machine, value));
                value(atoms::MESSAGE).unwrap_or_else(|| "{}".to_owned())
            }
            _ => "object".to_owned(),
        },
        other => format!("{other:?}").to_lowercase(),
    }
}

/// What a call gives, or what it throws.
fn outcome(machine: &mut Machine, path: &str, this: Val, arguments: &[Val]) -> String {
    match call(machine, path, this, arguments) {
        Ok(value) => shown(machine, value),
        Err(Trap::Throw(error)) => {
            let Val::Object(index) = error else { panic!("thrown: {error:?}") };
            let Cell::Object(object) = machine.cell(index) else { panic!("thrown: no error") };
            let Class::Error(kind) = object.class else { panic!("thrown: no error") };
            format!("{}: {}", kind.name(), shown(machine, error))
        }
        Err(trap) => format!("{trap:?}"),
    }
}

#[test]
fn places_count_from_the_end_and_stay_within_the_array() {
    let infinity = f64::INFINITY;
    let table: &[(&str, &[f64], &str, &str)] = &[
        ("slice", &[], "[0 1 2 3 4]", "[0 1 2 3 4]"),
        ("slice", &[-2.0], "[3 4]", "[0 1 2 3 4]"),
        ("slice", &[3.0, 1.0], "[]", "[0 1 2 3 4]"),
        ("slice", &[-infinity, infinity], "[0 1 2 3 4]", "[0 1 2 3 4]"),
        ("splice", &[], "[]", "[0 1 2 3 4]"),
        ("splice", &[1.0], "[1 2 3 4]", "[0]"),
        ("splice", &[-2.0, 1.0, 7.0, 8.0], "[3]", "[0 1 2 7 8 4]"),
        ("splice", &[9.0, 9.0, 7.0], "[]", "[0 1 2 3 4 7]"),
        ("splice", &[1.0, -5.0, 7.0], "[]", "[0 7 1 2 3 4]"),
        ("toSpliced", &[1.0, 1.0, 7.0, 8.0], "[0 7 8 2 3 4]", "[0 1 2 3 4]"),
        ("fill", &[9.0, 1.0, -1.0], "[0 9 9 9 4]", "[0 9 9 9 4]"),
        ("fill", &[9.0, 4.0, 2.0], "[0 1 2 3 4]", "[0 1 2 3 4]"),
        ("at", &[-1.0], "4", "[0 1 2 3 4]"),
        ("at", &[f64::NAN], "0", "[0 1 2 3 4]"),
        ("at", &[5.0], "undefined", "[0 1 2 3 4]"),
        ("with", &[-1.0, 9.0], "[0 1 2 3 9]", "[0 1 2 3 4]"),
        ("with", &[5.0, 9.0], "RangeError: Invalid index : 5", "[0 1 2 3 4]"),
        ("indexOf", &[3.0, -2.0], "3", "[0 1 2 3 4]"),
        ("indexOf", &[3.0, 4.0], "-1", "[0 1 2 3 4]"),
        ("lastIndexOf", &[3.0, -3.0], "-1", "[0 1 2 3 4]"),
        ("lastIndexOf", &[2.0, -3.0], "2", "[0 1 2 3 4]"),
        ("lastIndexOf", &[0.0, -9.0], "-1", "[0 1 2 3 4]"),
        ("includes", &[4.0, infinity], "bool(false)", "[0 1 2 3 4]"),
        ("push", &[7.0, 8.0], "7", "[0 1 2 3 4 7 8]"),
        ("unshift", &[7.0, 8.0], "7", "[7 8 0 1 2 3 4]"),
        ("shift", &[], "0", "[1 2 3 4]"),
        ("pop", &[], "4", "[0 1 2 3]"),
        ("reverse", &[], "[4 3 2 1 0]", "[4 3 2 1 0]"),
        ("toReversed", &[], "[4 3 2 1 0]", "[0 1 2 3 4]"),
        ("concat", &[9.0], "[0 1 2 3 4 9]", "[0 1 2 3 4]"),
    ];
    for &(method, arguments, result, after) in table {
        let machine = &mut machine();
        let array = numbers(machine, 5);
        let arguments: Vec<Val> = arguments.iter().map(|&argument| number(argument)).collect();
        let path = format!("Array.prototype.{method}");
        let given = outcome(machine, &path, array, &arguments);
        assert_eq!(given, result, "{method} {arguments:?}");
        assert_eq!(shown(machine, array), after, "{method} {arguments:?}");
    }
}

#[test]
fn frozen_arrays_refuse_every_change_and_stay_as_they_are() {
    let read_only = "TypeError: Cannot assign to read only property '0' of object '[object Array]'";
    let added = "TypeError: Cannot add property 3, object is not extensible";
    let table: &[(&str, &[f64], &str)] = &[
        ("push", &[1.0], added),
        ("pop", &[], "TypeError: Cannot delete property '2' of [object Array]"),
        ("shift", &[], read_only),
        ("unshift", &[1.0], added),
        ("splice", &[0.0, 1.0], read_only),
        ("splice", &[1.0, 0.0, 9.0], added),
        ("reverse", &[], read_only),
        ("fill", &[1.0], read_only),
    ];
    let machine = &mut machine();
    let array = numbers(machine, 3);
    call(machine, "Object.freeze", Val::Undefined, &[array]).unwrap();
    for &(method, arguments, expected) in table {
        let arguments: Vec<Val> = arguments.iter().map(|&argument| number(argument)).collect();
        let given = outcome(machine, &format!("Array.prototype.{method}"), array, &arguments);
        assert_eq!(given, expected, "{method}");
        assert_eq!(shown(machine, array), "[0 1 2]", "{method}");
    }
}

#[test]
fn maps_keep_their_order_and_iterators_their_place() {
    let machine = &mut machine();
    let map = call(machine, "Map", Val::Undefined, &[]).unwrap();
    let set = |machine: &mut Machine, key: f64| {
        call(machine, "Map.prototype.set", map, &[number(key), number(key)]).unwrap();
    };
    for key in [3.0, 1.0, 2.0, -0.0] {
        set(machine, key);
    }
    let iterator = call(machine, "Map.prototype.keys", map, &[]).unwrap();
    let next = |machine: &mut Machine| {
        let result = call(machine, "Iterator.prototype.next", iterator, &[]).unwrap();
        machine.get(result, atoms::VALUE).map(|value| shown(machine, value)).unwrap()
    };
    assert_eq!(next(machine), "3");
    call(machine, "Map.prototype.delete", map, &[number(3.0)]).unwrap();
    call(machine, "Map.prototype.delete", map, &[number(1.0)]).unwrap();
    assert_eq!(next(machine), "2");
    set(machine, 3.0);
    assert_eq!(next(machine), "0", "-0 is kept as 0");
    assert_eq!(next(machine), "3", "what was added again stands at the end");
    assert_eq!(next(machine), "undefined");
    set(machine, 9.0);
    assert_eq!(next(machine), "undefined", "an iterator that is at its end stays there");
    assert_eq!(outcome(machine, "Map.prototype.get", map, &[number(f64::NAN)]), "undefined");
}

#[test]
fn arrays_have_a_greatest_length() {
    let machine = &mut machine();
    machine.heap_bytes_max = usize::MAX;
    let length = number(ARRAY_ITEMS_MAX as f64 + 1.0);
    let array = numbers(machine, 1);
    let refused = "RangeError: Invalid array length";
    assert_eq!(outcome(machine, "$newArray", Val::Undefined, &[length]), refused);
    assert_eq!(outcome(machine, "$lengthOf", Val::Undefined, &[array, length]), refused);
}

#[test]
fn what_the_heap_has_no_room_for_is_not_begun() {
    let machine = &mut machine();
    let array = numbers(machine, 100);
    machine.heap_bytes_max = machine.heap.bytes() + 100;
    let before = machine.heap.bytes();
    for method in ["slice", "toReversed", "concat", "flat"] {
        let given = call(machine, &format!("Array.prototype.{method}"), array, &[]);
        assert_eq!(given, Err(Trap::OutOfHeap), "{method}");
    }
    assert_eq!(call(machine, "Map", Val::Undefined, &[array]), Err(Trap::OutOfHeap));
    assert_eq!(machine.heap.bytes(), before);
}

#[test]
fn flattening_ends_at_a_depth_and_goes_into_debt_only_so_far() {
    let machine = &mut machine();
    let circle = numbers(machine, 0);
    call(machine, "Array.prototype.push", circle, &[circle]).unwrap();
    let given = outcome(machine, "Array.prototype.flat", circle, &[number(f64::INFINITY)]);
    assert_eq!(given, "RangeError: Maximum call stack size exceeded");
    let mut deep = numbers(machine, 1);
    for _ in 0..FLAT_DEPTH_MAX - 2 {
        deep = machine.new_array(vec![deep]);
    }
    let given = outcome(machine, "Array.prototype.flat", deep, &[number(f64::INFINITY)]);
    assert_eq!(given, "[0]", "one that is as deep as may be");

    // Fifty arrays, each with the one before it twice: 2^50 of them, without a single element.
    let mut shared = numbers(machine, 0);
    for _ in 0..50 {
        shared = machine.new_array(vec![shared, shared]);
    }
    machine.fuel = 1000;
    let given = call(machine, "Array.prototype.flat", shared, &[number(f64::INFINITY)]);
    assert_eq!(given, Err(Trap::OutOfFuel));
    assert!(machine.fuel > -(DEBT_MAX as i64) - 10);
}

fn methods(machine: &mut Machine) -> Val {
    let object = machine.new_object();
    let name = machine.atom_str("greet");
    machine.define(object, name, Val::Builtin(Builtin::named("Object.is").unwrap()));
    object
}

#[test]
fn far_marks_plain_objects_of_functions_and_nothing_else() {
    let machine = &mut machine();
    let name = machine.new_str("Greeter");
    let object = methods(machine);
    assert_eq!(call(machine, "Far", Val::Undefined, &[name, object]), Ok(object));
    let Val::Object(index) = object else { panic!() };
    let Cell::Object(far) = machine.cell(index) else { panic!() };
    assert!(far.frozen && matches!(far.class, Class::Far { export: None, .. }));
    let text = outcome(machine, "$plainText", Val::Undefined, &[object]);
    assert_eq!(text, "[object Alleged: Greeter]");

    let mixed = methods(machine);
    machine.define(mixed, atoms::NOTE, number(1.0));
    let frozen = methods(machine);
    call(machine, "Object.freeze", Val::Undefined, &[frozen]).unwrap();
    let array = numbers(machine, 0);
    let half = machine.new_text([0xD800]);
    let long = machine.new_text(vec![0x61; FAR_NAME_UNITS_MAX + 1]);
    let fresh = methods(machine);
    for (arguments, expected) in [
        ([name, object], "Far needs a plain object of methods"),
        ([name, mixed], "all properties of a Far object are functions, but note is none"),
        ([name, frozen], "Far marks a new object: this one is frozen already"),
        ([name, array], "Far needs a plain object of methods"),
        ([Val::Null, fresh], "Far needs a name"),
        ([half, fresh], "the name of a Far object has half a character"),
        ([long, fresh], "the name of a Far object may have 256 characters, this has 257"),
    ] {
        let given = outcome(machine, "Far", Val::Undefined, &arguments);
        assert!(given.contains(expected), "{given}");
    }
    let Val::Object(index) = fresh else { panic!() };
    let Cell::Object(plain) = machine.cell(index) else { panic!() };
    assert!(!plain.frozen && plain.class == Class::Plain);
}

#[test]
fn options_are_within_and_note() {
    let machine = &mut machine();
    assert_eq!(Options::read(machine, Val::Undefined), Ok(Options::default()));
    let options = machine.new_object();
    machine.define(options, atoms::WITHIN, number(1500.9));
    let note = machine.new_str("may I?");
    machine.define(options, atoms::NOTE, note);
    let expected = Options { within_ms: Some(1500), note: Some("may I?".to_owned()) };
    assert_eq!(Options::read(machine, options), Ok(expected));

    let long = machine.new_text(vec![0x61; NOTE_UNITS_MAX + 1]);
    for (name, value) in [
        (atoms::WITHIN, number(-1.0)),
        (atoms::WITHIN, number(f64::NAN)),
        (atoms::WITHIN, Val::Null),
        (atoms::NOTE, number(1.0)),
        (atoms::NOTE, long),
        (atoms::LENGTH, number(1.0)),
    ] {
        let options = machine.new_object();
        machine.define(options, name, value);
        let given = Options::read(machine, options);
        assert!(matches!(given, Err(Trap::Throw(_))), "{name:?} {value:?}: {given:?}");
    }
    assert!(matches!(Options::read(machine, Val::Null), Err(Trap::Throw(_))));
}

#[test]
fn harden_freezes_all_that_can_be_reached_once() {
    let machine = &mut machine();
    let inner = numbers(machine, 1);
    let object = machine.new_object();
    machine.define(object, atoms::VALUE, inner);
    call(machine, "Array.prototype.push", inner, &[object]).unwrap();
    assert_eq!(call(machine, "harden", Val::Undefined, &[object]), Ok(object));
    for value in [inner, object] {
        let frozen = call(machine, "Object.isFrozen", Val::Undefined, &[value]);
        assert_eq!(frozen, Ok(Val::Bool(true)));
    }
}

/// Three hundred times the same long text: few bytes, and much work.
#[test]
fn work_that_is_out_of_proportion_is_not_begun_without_fuel() {
    let machine = &mut machine();
    let long = machine.new_text(vec![0x61; 1 << 16]);
    let other = machine.new_text([vec![0x61; (1 << 16) - 1], vec![0x62]].concat());
    let array = machine.new_array(vec![long; 300]);
    for fuel in [1000, 1 << 40] {
        machine.fuel = fuel;
        for path in ["$sortByText", "Array.prototype.indexOf", "Array.prototype.includes"] {
            let given = match path {
                "$sortByText" => call(machine, path, Val::Undefined, &[array]),
                _ => call(machine, path, array, &[other]),
            };
            assert_eq!(given == Err(Trap::OutOfFuel), fuel == 1000, "{path} {given:?}");
        }
    }
    machine.heap_bytes_max = machine.heap.bytes() + (1 << 20);
    let joined = call(machine, "$join", Val::Undefined, &[array]);
    assert!(matches!(joined, Err(Trap::Throw(_) | Trap::OutOfHeap)), "{joined:?}");
}
