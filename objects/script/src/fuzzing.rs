//! What hostile bytes are tried on: plain functions that panic where something is wrong.
//!
//! The fuzz targets in `fuzz/` call them with what a fuzzer finds, the tests of this crate with
//! what a seeded generator mutates from good bytes.

mod generate;

use hogshead_objects::Value;

use crate::code::{Code, Verified};
use crate::machine::Machine;
use crate::machine::codes::Codes;
use crate::machine::event::{Datum, Event};
use crate::machine::step::{Budget, step};
use crate::state::{self, ProcFile};

pub use generate::generate;

/// Instructions that a process made of hostile bytes is run for, an event.
const FUEL: u64 = 10_000;
/// Questions that are answered, and exports that are called, of one process.
const EVENTS: usize = 3;

/// Any bytes are a code or an error. A code has one encoding; if it is sound, what the verifier
/// says of every instruction fits together.
pub fn fuzz_code(data: &[u8]) {
    let Ok(code) = Code::decode(data) else { return };
    assert_eq!(code.encode(), data, "a code has one encoding");
    let Ok(verified) = Verified::new(code) else { return };
    for (number, function) in (0_u32..).zip(&verified.functions) {
        for pc in 0..=function.ops.len() as u32 {
            let slots = verified.slots_before(number, pc);
            assert_eq!(slots.is_some(), verified.operands_before(number, pc).is_some());
            assert!(slots.is_none_or(|slots| slots.len() == usize::from(function.slots)));
        }
    }
}

/// Any bytes are the file of a process or an error. If its codes and states are sound, it runs: on
/// whatever happens, it ends within its fuel, and is sound afterwards.
///
/// Gives whether it came to that.
pub fn fuzz_process(data: &[u8]) -> bool {
    let Ok(file) = ProcFile::decode(data) else { return false };
    assert_eq!(ProcFile::decode(&file.encode()).as_ref(), Ok(&file));
    let Ok((machine, codes)) = file.verify() else { return false };
    live(machine, &codes);
    true
}

/// A code that is sound runs as safely in a new process, with this prelude.
///
/// Gives whether it is sound.
pub fn fuzz_run(prelude: &Verified, code: Code) -> bool {
    let Ok(code) = Verified::new(code) else { return false };
    let mut codes = Codes::new(prelude.clone());
    let main = codes.insert(code);
    let machine = Machine::new(&codes, main).expect("its codes are all there");
    let machine = run(machine, &codes, Event::Start(vec![Value::Float(3.0), Value::Null]));
    live(machine, &codes);
    true
}

/// Has happen to a process what can happen.
fn live(machine: Machine, codes: &Codes) {
    let mut machine = reloaded(&machine, codes);
    let questions = machine.questions.keys().take(EVENTS).copied();
    let exports = machine.exports.keys().take(EVENTS).copied();
    let answer = |question| Event::Settled { question, outcome: Ok(Value::Float(7.0)) };
    let message = |export| Event::Deliver {
        export,
        method: Some("add".to_owned()),
        arguments: vec![Value::Float(1.0)],
        answer: Some(export),
    };
    let mut events = vec![Event::Resume];
    events.extend(questions.map(answer));
    events.extend(exports.map(message));
    events.extend([Event::Start(vec![Datum::Null]), Event::Cancel("enough".to_owned())]);
    for event in events {
        machine = run(machine, codes, event);
    }
}

fn run(machine: Machine, codes: &Codes, event: Event) -> Machine {
    let budget = Budget {
        fuel: FUEL,
        heap_bytes: 8 << 20,
        now_ms: 1_790_000_000_000,
        stop_after_line: false,
    };
    let stepped = step(codes, machine, event, &budget);
    let (machine, _, _) = stepped.expect("a state is loaded with all of its codes");
    reloaded(&machine, codes)
}

/// The same machine, by way of its bytes.
fn reloaded(machine: &Machine, codes: &Codes) -> Machine {
    let bytes = state::dump(machine);
    let machine = state::load(&bytes, codes)
        .unwrap_or_else(|error| unreachable!("what was written can be loaded: {error}"));
    assert_eq!(state::dump(&machine), bytes, "equal states have equal bytes");
    machine
}
