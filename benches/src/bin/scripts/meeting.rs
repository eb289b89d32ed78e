//! The meeting script at its longest wait: what it takes to write its state, and to load it.

use std::collections::BTreeMap;
use std::hint::black_box;

use hogshead_benches::measure::{Spread, cpu_ns};
use hogshead_objects::Value;
use hogshead_script::code::Verified;
use hogshead_script::front;
use hogshead_script::machine::codes::Codes;
use hogshead_script::machine::event::{Border, Datum, Effect, Event};
use hogshead_script::machine::step::{Budget, Status, step};
use hogshead_script::machine::{Machine, Port};
use hogshead_script::{prelude, state};

const MEETING: &str = include_str!("../../../../examples/scripts/meeting.js");

/// What writing and loading may take together, in microseconds.
const WANTED_US: f64 = 50.0;

/// Rounds that are measured.
const ROUNDS: usize = 2_001;

/// Measures, and says so.
pub fn measure() -> String {
    let (codes, machine) = waiting();
    let (mut dumps, mut loads, mut both) = (Vec::new(), Vec::new(), Vec::new());
    let bytes = state::dump(&machine);
    for _ in 0..ROUNDS {
        let begun = cpu_ns();
        let dumped = black_box(state::dump(black_box(&machine)));
        let half = cpu_ns();
        let loaded = black_box(state::load(&dumped, &codes));
        let end = cpu_ns();
        assert_eq!(dumped, bytes, "a state is always written in the same way");
        assert!(loaded.is_ok(), "what is written can be loaded");
        dumps.push((half - begun) / 1e3);
        loads.push((end - half) / 1e3);
        both.push((end - begun) / 1e3);
    }
    let [dump, load, both] = [dumps, loads, both].map(|times| Spread::of(&times));
    let median = both.median;
    format!(
        "\n### A script that waits\n\n\
         The meeting script (`examples/scripts/meeting.js`) waits for a week in {} bytes. Median of {ROUNDS} \
         rounds\n(quartiles of both together): dump {:.1} µs, load {:.1} µs, both {median:.1} µs \
         ({:.1} to {:.1}); {WANTED_US} µs are allowed: {}.\n",
        bytes.len(),
        dump.median,
        load.median,
        both.low,
        both.high,
        if median <= WANTED_US { "kept" } else { "NOT KEPT" },
    )
}

/// The meeting script when it has proposed and waits for the week. Whatever else it asks is answered.
fn waiting() -> (Codes, Machine) {
    let code = front::compile(MEETING, &front::Options::default());
    let code = code.unwrap_or_else(|wrong| panic!("the meeting script is rejected: {}", wrong[0]));
    let mut codes = prelude::codes();
    let main = codes.insert(Verified::new(code).expect("the compiler makes sound codes"));
    let mut machine = Machine::new(&codes, main).expect("all codes are at hand");
    let budget = Budget { fuel: 1 << 20, heap_bytes: 1 << 20, now_ms: 0, stop_after_line: false };
    let mut events = vec![Event::Start(arguments())];
    while let Some(event) = events.pop() {
        let stepped = step(&codes, machine, event, &budget).expect("all codes are at hand");
        let (next, effects, status) = stepped;
        assert_eq!(status, Status::Waiting);
        machine = next;
        for effect in effects {
            let Effect::Send { question, method, .. } = effect else {
                panic!("it sends, and nothing else: {effect:?}")
            };
            let answer = match method.as_deref() {
                Some("isFree") => Value::Bool(true),
                Some("send") => Value::Float(1.0),
                _ => continue,
            };
            events.push(Event::Settled { question, outcome: Ok(answer) });
        }
    }
    assert_eq!(machine.questions.len(), 2, "it waits for an answer and for the clock");
    (codes, machine)
}

fn arguments() -> Vec<Datum> {
    let text = |text: &str| Datum::String(text.to_owned());
    let powers = ["calendar", "clock", "mail", "me"].into_iter().zip(0..);
    let powers = powers.map(|(name, n)| (name.to_owned(), Value::Ref(Border::Port(Port(n)))));
    let slots = ["Monday", "Tuesday", "Friday"].map(text);
    let order = BTreeMap::from([
        ("guest".to_owned(), text("bob")),
        ("topic".to_owned(), text("boats")),
        ("slots".to_owned(), Value::List(slots.to_vec())),
    ]);
    vec![Value::Struct(powers.collect()), Value::Struct(order)]
}
