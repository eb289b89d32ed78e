//! Every example in `examples/scripts` with its own test, on our machine, stopped again and again:
//! each time it is written as bytes and goes on as what is loaded from them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says by panicking what went wrong, and reads and writes files of its own"
)]

use std::fs;
use std::path::{Path, PathBuf};

use hogshead_objects::Value;
use hogshead_script::code::{Code, CodeHash, Verified};
use hogshead_script::front::{self, Options};
use hogshead_script::machine::codes::Codes;
use hogshead_script::machine::event::{Border, Datum, Effect, Event};
use hogshead_script::machine::step::{Budget, Status, step};
use hogshead_script::machine::{Machine, Port};
use hogshead_script::{prelude, state};

/// Instructions of a step, at first: few, so that there are many.
const SLICE: u64 = 2_000;

/// More steps than any example takes.
const STEPS_MAX: u64 = 5_000;

/// Bytes of the state of the meeting script while it waits for a week.
const MEETING_BYTES_MAX: usize = 4 << 10;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/scripts")
}

/// The names of the examples, in order.
fn names() -> Vec<String> {
    let entries = fs::read_dir(folder()).unwrap();
    let files = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = files
        .filter_map(|file| Some(file.strip_suffix(".js")?.to_owned()))
        .filter(|name| !name.ends_with(".test") && name != "testing")
        .collect();
    names.sort();
    names
}

fn budget(fuel: u64) -> Budget {
    Budget { fuel, heap_bytes: 1 << 20, now_ms: 0, stop_after_line: false }
}

/// Codes as they come out of a store: read from bytes, and verified.
#[derive(Default)]
struct Store(Vec<Vec<u8>>);

impl Store {
    fn add(&mut self, name: &str, text: &str) -> Result<CodeHash, String> {
        let options = Options { name: name.to_owned(), ..Options::default() };
        let code = front::compile(text, &options).map_err(|wrong| {
            let wrong: Vec<_> = wrong.iter().map(ToString::to_string).collect();
            format!("{name}:{}", wrong.join("; "))
        })?;
        self.0.push(code.encode());
        Ok(CodeHash::of(self.0.last().unwrap()))
    }

    fn add_file(&mut self, name: &str) -> Result<CodeHash, String> {
        let text =
            fs::read_to_string(folder().join(name)).map_err(|why| format!("{name}: {why}"))?;
        self.add(name, &text)
    }

    fn codes(&self) -> Codes {
        let mut codes = prelude::codes();
        for encoded in &self.0 {
            codes.insert(Verified::new(Code::decode(encoded).unwrap()).unwrap());
        }
        codes
    }
}

/// Runs an example's test to its end. Gives how many times it was stopped.
fn run(name: &str) -> Result<u64, String> {
    let mut store = Store::default();
    let testing = store.add_file("testing.js")?;
    let subject = store.add_file(&format!("{name}.js"))?;
    let test = store.add_file(&format!("{name}.test.js"))?;
    let text = format!(
        "import {{ assert, fakeClock }} from 'blake3:{testing}';
         import {{ main as subject }} from 'blake3:{subject}';
         import {{ test }} from 'blake3:{test}';
         export const main = async () => {{
           await test(subject, {{ assert, fakeClock }});
           return 'ok';
         }};"
    );
    let main = store.add("main", &text)?;
    let (codes, others) = (store.codes(), store.codes());
    let mut machine = Machine::new(&codes, main).map_err(|missing| missing.to_string())?;
    let mut event = Event::Start(vec![]);
    for stops in 0..STEPS_MAX {
        // A built-in function that needs more than a slice gets there, as slices grow.
        let budget = budget(SLICE + 10 * stops);
        let (next, _, status) =
            step(&codes, machine, event, &budget).map_err(|missing| missing.to_string())?;
        let bytes = state::dump(&next);
        machine = state::load(&bytes, &others).map_err(|why| format!("stop {stops}: {why}"))?;
        if state::dump(&machine) != bytes {
            return Err(format!("stop {stops}: what is loaded is written otherwise"));
        }
        match status {
            Status::Suspended(_) => event = Event::Resume,
            Status::Done(Value::String(text)) if text == "ok" => return Ok(stops),
            other => return Err(format!("{other:?}")),
        }
    }
    Err(format!("{STEPS_MAX} steps do not suffice"))
}

#[test]
fn there_are_twenty_examples_each_with_a_test() {
    let names = names();
    assert!(names.len() >= 20, "only {} examples", names.len());
    for name in names {
        assert!(folder().join(format!("{name}.test.js")).is_file(), "{name} has no test");
    }
}

#[test]
fn every_example_stands_its_test_written_and_loaded_at_every_stop() {
    let (mut wrong, mut all) = (Vec::new(), 0);
    for name in names() {
        match run(&name) {
            Ok(stops) => all += stops,
            Err(why) => wrong.push(format!("{name}: {why}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(all > 40, "they were stopped only {all} times");
}

#[test]
fn an_example_whose_test_fails_is_told() {
    let mut store = Store::default();
    let testing = store.add_file("testing.js").unwrap();
    let text = format!(
        "import {{ assert }} from 'blake3:{testing}';
         export const main = async () => {{ assert(1 > 2, 'order'); }};"
    );
    let main = store.add("main", &text).unwrap();
    let codes = store.codes();
    let machine = Machine::new(&codes, main).unwrap();
    let (_, _, status) = step(&codes, machine, Event::Start(vec![]), &budget(1 << 20)).unwrap();
    let Status::Failed(why) = status else { panic!("{status:?}") };
    assert!(why.to_string().contains("not so: order"), "{why}");
}

fn port(number: u32) -> Datum {
    Value::Ref(Border::Port(Port(number)))
}

fn text(text: &str) -> Datum {
    Value::String(text.to_owned())
}

/// Mail, calendar, owner and clock are outside. The longest wait is the one for the week.
#[test]
fn the_meeting_script_waits_a_week_in_four_kilobytes() {
    let mut store = Store::default();
    let main = store.add_file("meeting.js").unwrap();
    let codes = store.codes();
    let mut machine = Machine::new(&codes, main).unwrap();
    let powers = [("calendar", 0), ("clock", 1), ("mail", 2), ("me", 3)];
    let powers = powers.map(|(name, number)| (name.to_owned(), port(number)));
    let slots = ["Monday", "Tuesday", "Friday"].map(text);
    let order = [("guest", text("bob")), ("topic", text("boats"))];
    let order = order.map(|(name, value)| (name.to_owned(), value));
    let mut order: std::collections::BTreeMap<_, _> = order.into_iter().collect();
    order.insert("slots".to_owned(), Value::List(slots.to_vec()));
    let mut events =
        vec![Event::Start(vec![Value::Struct(powers.into_iter().collect()), Value::Struct(order)])];
    let mut waits = Vec::new();
    while let Some(event) = events.pop() {
        let (next, effects, status) = step(&codes, machine, event, &budget(1 << 20)).unwrap();
        assert_eq!(status, Status::Waiting);
        let bytes = state::dump(&next);
        machine = state::load(&bytes, &codes).unwrap();
        for effect in effects {
            let Effect::Send { question, method, .. } = effect else { panic!("{effect:?}") };
            let answer = match method.as_deref() {
                Some("isFree") => Value::Bool(true),
                Some("send") => Value::Float(1.0),
                other => {
                    waits.push(other.unwrap().to_owned());
                    continue;
                }
            };
            events.push(Event::Settled { question, outcome: Ok(answer) });
        }
    }
    assert_eq!(waits, ["replyTo", "after"]);
    let bytes = state::dump(&machine).len();
    let code = store.0[0].len();
    println!("the meeting script waits in {bytes} bytes; its code has {code}");
    assert!(bytes <= MEETING_BYTES_MAX, "{bytes} bytes of state");
}
