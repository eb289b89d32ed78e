//! Codes as bytes: they come back the same, anything else is refused, and what would not be safe to
//! run is found before it runs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says by panicking what went wrong, and reads and writes files of its own"
)]

use hogshead_script::code::{
    AwaitPoint, Capture, Code, CodeHash, Constant, Func, Handler, Kinds, Op, Place, Variable,
    Verified,
};
use hogshead_script::error::LoadError;

/// A function with room for everything.
fn function(path: &str, ops: &[Op]) -> Func {
    let awaits = ops.iter().enumerate().filter(|(_, op)| matches!(op, Op::Await));
    let awaits = awaits.map(|(pc, _)| AwaitPoint { pc: pc as u32, label: None }).collect();
    Func {
        name: path.to_owned(),
        path: path.to_owned(),
        slots: 3,
        operands_max: 4,
        is_async: true,
        ops: ops.to_vec(),
        awaits,
        ..Func::default()
    }
}

fn code(functions: Vec<Func>) -> Code {
    Code {
        name: "tea.js".to_owned(),
        source: "export const main = async () => 'tea';\n".to_owned(),
        imports: vec![CodeHash([7; 32])],
        exports: vec!["main".to_owned()],
        constants: vec![
            Constant::String("main".encode_utf16().collect()),
            Constant::Number(-0.5),
            Constant::RegExp("a+".encode_utf16().collect(), "g".to_owned()),
            Constant::String(vec![0xd800, 0x41]),
            Constant::BigInt((-1_000_000_007_i64).into()),
        ],
        functions,
    }
}

/// What the verifier says of a module's body.
fn verdict(ops: &[Op]) -> Result<Verified, LoadError> {
    Verified::new(code(vec![function("", ops)]))
}

fn assert_unsound(functions: Vec<Func>, expected: &str) {
    let error = Verified::new(code(functions)).expect_err(expected).to_string();
    assert!(error.contains(expected), "{error}");
}

/// A code with something of everything.
fn rich() -> Code {
    let ops = [
        Op::NewVar(0),
        Op::Int(-70_000),
        Op::InitVar(0),
        Op::Closure(1),
        Op::Export(0),
        Op::Const(4),
        Op::SetSlot(1),
        Op::GetSlot(1),
        Op::Await,
        Op::Return,
        Op::Throw,
    ];
    let mut body = function("", &ops);
    body.handlers = vec![Handler { start: 5, end: 9, target: 10, operands: 0 }];
    body.lines = vec![Place { pc: 0, line: 9, column: 1 }, Place { pc: 4, line: 2, column: 70 }];
    body.awaits[0].label = Some("week".to_owned());
    let name = "count".to_owned();
    body.variables = vec![Variable { name, at: Capture::Slot(0), shared: true, start: 1, end: 11 }];
    let inc = Op::IncSlot { slot: 0, skip: 0 };
    let mut main =
        function("main", &[Op::GetCaptureVar(0), inc, Op::Pop, Op::RegExp(2), Op::Return]);
    (main.parameters, main.length, main.rest) = (2, 1, true);
    main.captures = vec![Capture::Slot(0)];
    code(vec![body, main])
}

#[test]
fn a_code_comes_back_from_its_bytes_and_has_one_name() {
    let code = rich();
    let bytes = code.encode();
    assert_eq!(Code::decode(&bytes).as_ref(), Ok(&code));
    assert_eq!(code.hash(), CodeHash::of(&bytes));
    let verified = Verified::decode(&bytes).unwrap();
    assert_eq!(verified.hash(), code.hash());
    assert_eq!(verified.operands_before(0, 9), Some(1));
    assert_eq!(verified.operands_before(0, 10), Some(1));
    assert_eq!(verified.operands_before(0, 11), None);
    let slots = verified.slots_before(0, 8).unwrap();
    assert_eq!(slots, [Kinds::VAR, Kinds::VALUE, Kinds::UNINIT]);
    // Whether the second slot was set before something was thrown is not known.
    let slots = verified.slots_before(0, 10).unwrap();
    assert_eq!(slots, [Kinds::VAR, Kinds::VALUE.or(Kinds::UNINIT), Kinds::UNINIT]);
    assert_eq!(verified.captures_of(1), Some(&[Kinds::VAR][..]));
}

#[test]
fn bytes_that_are_no_code_get_a_clear_error() {
    let bytes = rich().encode();
    assert!(matches!(Code::decode(b"something"), Err(LoadError::Magic { .. })));
    let mut newer = bytes.clone();
    newer[7] = 9;
    assert!(matches!(Code::decode(&newer), Err(LoadError::Version { found: 9, .. })));
    for len in 0..bytes.len() {
        assert!(Code::decode(&bytes[..len]).is_err(), "{len} bytes of {}", bytes.len());
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert!(matches!(Code::decode(&longer), Err(LoadError::Malformed { .. })));
    // The length of the name, in two bytes where one does.
    let mut other = bytes;
    other.splice(8..9, [0x86, 0]);
    assert_eq!(Code::decode(&other), Err(LoadError::NotCanonical));
}

#[test]
fn every_changed_bit_gives_another_code_or_an_error() {
    let code = rich();
    let bytes = code.encode();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << bit;
            if let Ok(other) = Verified::decode(&changed) {
                assert_ne!(*other.code(), code, "bit {bit} of byte {at}");
            }
        }
    }
}

#[test]
fn a_built_in_function_that_is_not_known_is_named() {
    // The last two bytes are the numbers of built-in functions and of functions.
    let mut bytes = code(vec![]).encode();
    bytes.truncate(bytes.len() - 2);
    bytes.extend(b"\x01\x08Math.mex\x00");
    assert_eq!(Code::decode(&bytes), Err(LoadError::UnknownBuiltin("Math.mex".to_owned())));
}

#[test]
fn what_would_index_out_of_range_is_refused() {
    for (ops, expected) in [
        (vec![Op::Pop], "more operands than there are"),
        (vec![Op::Undefined], "has no end"),
        (vec![], "has no end"),
        (vec![Op::Jump(9)], "jumps out"),
        (vec![Op::Null, Op::Null, Op::UnlessLt(0), Op::Return], "jumps out"),
        (vec![Op::IncSlot { slot: 0, skip: u16::MAX }], "jumps out"),
        (vec![Op::GetSlot(3), Op::Return], "no such slot"),
        (vec![Op::GetCapture(0), Op::Return], "no such capture"),
        (vec![Op::Const(5), Op::Return], "names no number"),
        (vec![Op::Const(2), Op::Return], "names no number"),
        (vec![Op::RegExp(0), Op::Return], "names no regular"),
        (vec![Op::Closure(0), Op::Return], "names no function"),
        (vec![Op::Closure(1), Op::Return], "names no function"),
        (vec![Op::Null, Op::GetProp(1), Op::Return], "names no string"),
        (vec![Op::Null, Op::Export(3)], "names no export"),
        (vec![Op::Import { module: 1, name: 0 }, Op::Return], "names no import"),
        (vec![Op::Null; 5], "more operands than it says"),
        (vec![Op::Null, Op::Jump(0)], "is reached with 0 operands"),
        (vec![Op::Null, Op::Concat(300), Op::Return], "more operands than there are"),
        (vec![Op::Null, Op::Return, Op::GetSlot(9)], "no such slot"),
    ] {
        assert_unsound(vec![function("", &ops)], expected);
    }
}

#[test]
fn slots_are_read_as_what_they_hold() {
    let one_way = [Op::Null, Op::JumpIfTrue(3), Op::NewVar(0), Op::GetVar(0), Op::Return];
    for ops in [
        &[Op::GetSlot(0), Op::Return][..],
        &[Op::GetVar(0), Op::Return],
        &[Op::NewVar(0), Op::GetSlotChecked(0), Op::Return],
        &[Op::NewVar(0), Op::ShareSlot(0), Op::Null, Op::Return],
        &one_way,
    ] {
        assert_unsound(vec![function("", ops)], "slot 0 may hold");
    }
    assert!(verdict(&[Op::NewVar(0), Op::RenewVar(0), Op::GetVar(0), Op::Return]).is_ok());
    assert!(verdict(&[Op::GetSlotChecked(0), Op::Pop, Op::GetSlot(0), Op::Throw]).is_ok());
}

#[test]
fn a_handler_finds_the_operands_that_it_keeps() {
    let ops = [Op::Null, Op::Null, Op::NewVar(0), Op::Add, Op::Return, Op::Pop, Op::Return];
    let with = |start, end, target, operands| {
        let mut body = function("", &ops);
        body.handlers = vec![Handler { start, end, target, operands }];
        Verified::new(code(vec![body]))
    };
    assert!(with(2, 3, 5, 1).is_ok());
    let text = |result: Result<Verified, LoadError>| result.unwrap_err().to_string();
    assert!(text(with(2, 4, 5, 1)).contains("that a handler keeps"));
    assert!(text(with(2, 3, 5, 0)).contains("more operands than there are"));
    assert!(text(with(2, 3, 7, 0)).contains("out of range"));
    assert!(text(with(3, 3, 5, 0)).contains("out of range"));
    assert!(text(with(2, 3, 5, 9)).contains("keeps more operands"));
}

#[test]
fn captures_are_what_the_inner_function_reads() {
    let inner = |op| {
        let mut inner = function("inner", &[op, Op::Return]);
        inner.captures = vec![Capture::Slot(0)];
        inner
    };
    let body = |first: &[Op]| function("", &[first, &[Op::Closure(1), Op::Return]].concat());
    let variable = [Op::NewVar(0)];
    let value = [Op::Null, Op::SetSlot(0)];
    assert!(Verified::new(code(vec![body(&variable), inner(Op::GetCaptureVar(0))])).is_ok());
    assert!(Verified::new(code(vec![body(&value), inner(Op::GetCapture(0))])).is_ok());
    let takes = "takes slot 0 along";
    assert_unsound(vec![body(&value), inner(Op::GetCaptureVar(0))], takes);
    assert_unsound(vec![body(&variable), inner(Op::GetCapture(0))], takes);
    assert_unsound(vec![body(&[]), inner(Op::GetCapture(0))], takes);
    // Handed on through a function that does not look at it itself.
    let mut middle = function("middle", &[Op::Closure(2), Op::Return]);
    middle.captures = vec![Capture::Slot(0)];
    let mut innermost = inner(Op::GetCaptureVar(0));
    innermost.captures = vec![Capture::Capture(0)];
    let functions = |first: &[Op]| vec![body(first), middle.clone(), innermost.clone()];
    assert!(Verified::new(code(functions(&variable))).is_ok());
    assert_unsound(functions(&value), takes);
    let mut both = inner(Op::GetCaptureVar(0));
    both.ops.splice(0..0, [Op::GetCapture(0), Op::Pop]);
    assert_unsound(vec![body(&variable), both], "for a value and for a variable");
}

#[test]
fn what_stands_beside_the_instructions_is_checked_too() {
    let sound = || function("", &[Op::Null, Op::Await, Op::Return]);
    assert!(Verified::new(code(vec![sound()])).is_ok());
    assert_unsound(vec![], "no module body");
    assert_unsound(vec![Func { parameters: 1, ..sound() }], "takes parameters");
    assert_unsound(vec![sound(), sound()], "two functions have the path");
    assert_unsound(vec![Func { awaits: vec![], ..sound() }], "not noted");
    assert_unsound(vec![Func { is_async: false, ..sound() }], "not async");
    let lines = vec![Place { pc: 1, line: 1, column: 1 }; 2];
    assert_unsound(vec![Func { lines, ..sound() }], "do not ascend");
    let mut many = code(vec![sound()]);
    many.exports.push("main".to_owned());
    assert!(Verified::new(many).unwrap_err().to_string().contains("exported twice"));
}

#[test]
fn limits_are_errors() {
    let large = |code: Code| matches!(Verified::new(code), Err(LoadError::TooLarge { .. }));
    let sound = || function("", &[Op::Null, Op::Return]);
    assert!(large(Code { name: "n".repeat(1025), ..code(vec![sound()]) }));
    assert!(large(Code { source: " ".repeat((1 << 20) + 1), ..code(vec![sound()]) }));
    assert!(large(Code { imports: vec![CodeHash([0; 32]); 257], ..code(vec![sound()]) }));
    assert!(large(code(vec![Func { slots: u16::MAX, ..sound() }])));
    assert!(large(code(vec![Func { operands_max: u16::MAX, ..sound() }])));
    assert!(large(code(vec![Func::default(); (1 << 18) + 1])));
    let bytes = [b"HOGCODE\x01", &[0; 16 << 20][..]].concat();
    assert!(matches!(Code::decode(&bytes), Err(LoadError::TooLarge { .. })));
}

/// Many jumps over many slots: the verifier gives up instead of comparing them for hours.
#[test]
fn a_code_that_takes_too_long_to_verify_is_refused() {
    let len = 40_000;
    let mut ops: Vec<Op> =
        (0..len).flat_map(|at| [Op::Null, Op::JumpIfTrue((2 * at + 4) % (2 * len))]).collect();
    ops.extend([Op::Null, Op::Return]);
    let body = Func { slots: 1 << 14, ..function("", &ops) };
    let error = Verified::new(code(vec![body])).unwrap_err();
    assert!(error.to_string().contains("units of work"), "{error}");
}
