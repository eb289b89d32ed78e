//! States as bytes: they come back the same, in one form, and what would not be safe to run is
//! refused.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says by panicking what went wrong, and reads and writes files of its own"
)]

mod refused;
mod sample;

use hogshead_objects::{Tagged, Value};
use hogshead_script::error::LoadError;
use hogshead_script::machine::codes::Codes;
use hogshead_script::machine::event::Event;
use hogshead_script::machine::heap::{Array, Cell};
use hogshead_script::machine::{Index, Machine, Port, Val};
use hogshead_script::state::{self, ProcFile};

use self::sample::{code, sample};

/// Loads with the code that the sample is of.
fn load(bytes: &[u8]) -> Result<Machine, LoadError> {
    state::load(bytes, &Codes::new(code()))
}

fn there_and_back(machine: &Machine) -> Machine {
    let bytes = state::dump(machine);
    let loaded = load(&bytes).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(state::dump(&loaded), bytes);
    loaded
}

#[test]
fn a_new_process_comes_back() {
    let machine = sample::new();
    let loaded = there_and_back(&machine);
    assert_eq!(loaded.codes, machine.codes);
    assert_eq!(state::codes(&state::dump(&machine)), Ok(machine.codes));
}

#[test]
fn everything_that_a_state_can_hold_comes_back() {
    let machine = sample();
    let loaded = there_and_back(&machine);
    assert_eq!(loaded.heap.bytes(), machine.heap.bytes());
    assert_eq!(loaded.questions.len(), 1);
    assert_eq!(loaded.questions[&4].note, machine.questions[&4].note);
    assert_eq!(loaded.inbox, machine.inbox);
    assert_eq!(loaded.outcome, machine.outcome);
    assert_eq!(loaded.suspended, machine.suspended);
    assert_eq!(loaded.cancelled, machine.cancelled);
    assert_eq!(loaded.frames.len(), machine.frames.len());
    assert_eq!(state::ports(&loaded), state::ports(&machine));
    let ports: Vec<u32> = state::ports(&loaded).into_iter().map(|port| port.0).collect();
    assert_eq!(ports, [1, 2, 3, 4, 5]);
    assert_eq!(loaded.remotes.keys().copied().collect::<Vec<_>>(), [Port(2)]);
}

#[test]
fn equal_states_have_equal_bytes_whatever_happened_before() {
    let machine = sample();
    let bytes = state::dump(&machine);
    // The same cells, behind garbage and in another order.
    let mut other = sample::with_garbage(1000);
    assert_eq!(state::dump(&other), bytes);
    // What cannot be reached is not written.
    other.heap.alloc(Cell::Text([0x41; 100].into()));
    assert_eq!(state::dump(&other), bytes);
}

/// There are none after a step, unless there was no room to make them flat.
#[test]
fn strings_in_parts_stay_in_parts() {
    let mut machine = sample::new();
    let text = |units: &str| Cell::Text(units.encode_utf16().collect());
    let left = machine.heap.alloc(text("tea "));
    let right = machine.heap.alloc(text("at five"));
    let rope = sample::rope(left, right, 11);
    let rope = machine.heap.alloc(rope);
    machine.arguments.push(Val::Text(rope));
    let bytes = state::dump(&machine);
    let loaded = load(&bytes).unwrap();
    let [Val::Text(rope)] = *loaded.arguments else { panic!("{:?}", loaded.arguments) };
    let Cell::Rope { units: 11, owes: 11, .. } = loaded.heap.get(rope) else { panic!("{rope:?}") };
    assert_eq!(String::from_utf16(&loaded.text_units(rope)).unwrap(), "tea at five");
    assert_eq!(state::dump(&loaded), bytes);
}

/// Nothing of a state is on the host's stack: a long chain is as good as any.
#[test]
fn a_chain_of_cells_is_as_deep_as_it_likes() {
    let mut machine = sample::new();
    let mut last = Val::Null;
    for _ in 0..100_000 {
        let link = Array { items: vec![last], frozen: false, matched: None };
        last = Val::Object(machine.heap.alloc(Cell::Array(link)));
    }
    machine.arguments.push(last);
    there_and_back(&machine);
}

#[test]
fn a_cycle_comes_back() {
    let mut machine = sample::new();
    let own = Val::Object(Index(0));
    let cell = Array { items: vec![own, own], frozen: true, matched: None };
    machine.heap.alloc(Cell::Array(cell));
    machine.arguments.push(own);
    let loaded = there_and_back(&machine);
    assert_eq!(loaded.heap.iter().count(), 1);
}

#[test]
fn what_is_much_is_small() {
    let bytes = state::dump(&sample());
    assert!(bytes.len() < 2048, "{} bytes", bytes.len());
}

#[test]
fn a_file_has_all_that_a_process_needs() {
    let file = ProcFile {
        id: "3f09".into(),
        number: 7,
        name: "meeting".into(),
        state: state::dump(&sample()),
        codes: vec![code().encode()],
        history: vec![state::dump(&sample::new())],
        labels: [(Port(2), "the calendar".to_owned())].into(),
    };
    let bytes = file.encode();
    let read = ProcFile::decode(&bytes).unwrap();
    assert_eq!(read, file);
    let (machine, codes) = read.verify().unwrap();
    assert_eq!(state::dump(&machine), file.state);
    assert_eq!(read.needs(), Ok(vec![code().hash()]));
    assert_eq!(codes.get(code().hash()), Some(code().code()));
    for len in 0..bytes.len() {
        assert!(ProcFile::decode(&bytes[..len]).is_err(), "{len} bytes");
    }
    let without = ProcFile { codes: vec![], ..file };
    assert!(matches!(without.verify(), Err(LoadError::UnknownCode(_))));
}

/// Bytes carry no authority, and a sturdyref is nothing else.
#[test]
fn a_sturdyref_is_in_no_state() {
    let text = "ocapn://abc.tcp/s/swiss-number?host=127.0.0.1";
    let sturdy = || Value::SturdyRef(Box::new(text.parse().unwrap()));
    let tagged = Value::Tagged(Box::new(Tagged { tag: "key".to_owned(), value: sturdy() }));
    let mut machine = sample();
    let values = vec![sturdy(), Value::List(vec![sturdy()]), tagged];
    let inside: Vec<Val> = values.iter().map(|value| machine.value_of(value).unwrap()).collect();
    machine.arguments.extend(inside);
    machine.inbox.push_back(Event::Start(values));
    let bytes = state::dump(&machine);
    assert!(!bytes.windows(5).any(|window| window == b"swiss"));
    there_and_back(&machine);
}
