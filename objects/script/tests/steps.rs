//! Steps of processes: what goes in, what comes out, and where they are then.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says by panicking what went wrong, and reads and writes files of its own"
)]

use bytes::Bytes;
use hogshead_objects::Value;
use hogshead_script::builtin::prelude;
use hogshead_script::code::{CodeHash, Verified};
use hogshead_script::front::{self, Options};
use hogshead_script::limits::{
    BORDER_VALUES_MAX, EXPORTS_MAX, INBOX_EVENTS_MAX, QUESTION_TEXT_CHARS_MAX, QUESTIONS_MAX,
};
use hogshead_script::machine::codes::{Codes, MissingCode};
use hogshead_script::machine::event::{Border, Datum, Effect, Event, Target};
use hogshead_script::machine::step::{Budget, Status, step};
use hogshead_script::machine::{Machine, Port, Reason};
use hogshead_script::state;

const BUDGET: Budget =
    Budget { fuel: 50_000_000, heap_bytes: 64 << 20, now_ms: 7, stop_after_line: false };

/// A process, and what it has had done so far.
struct Process {
    codes: Codes,
    machine: Machine,
    budget: Budget,
    effects: Vec<Effect>,
}

fn compiled(text: &str, prelude: bool) -> Verified {
    let options = Options { name: "test".to_owned(), prelude };
    let code = front::compile(text, &options).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    Verified::new(code).unwrap()
}

fn prelude_only() -> Codes {
    Codes::new(compiled(prelude::SOURCE, true))
}

fn process(text: &str) -> Process {
    let mut codes = prelude_only();
    let main = codes.insert(compiled(text, false));
    Process::of(codes, main)
}

impl Process {
    fn of(codes: Codes, main: CodeHash) -> Self {
        let machine = Machine::new(&codes, main).unwrap();
        Self { codes, machine, budget: BUDGET, effects: Vec::new() }
    }

    /// One step. What it has done is in `effects` afterwards.
    fn step(&mut self, event: Event) -> Status {
        let machine = std::mem::take(&mut self.machine);
        let (machine, effects, status) = step(&self.codes, machine, event, &self.budget).unwrap();
        (self.machine, self.effects) = (machine, effects);
        status
    }

    /// Starts it with a reference that stands at place 3.
    fn start(&mut self) -> Status {
        self.step(Event::Start(vec![port(3)]))
    }

    fn settle(&mut self, question: u32, outcome: Result<Datum, Datum>) -> Status {
        self.step(Event::Settled { question, outcome })
    }

    fn deliver(&mut self, export: u32, method: &str, answer: u32) -> Status {
        self.step(Event::Deliver {
            export,
            method: Some(method.to_owned()),
            arguments: vec![],
            answer: Some(answer),
        })
    }

    fn log(&self) -> Vec<&str> {
        let lines = self.effects.iter().filter_map(|effect| match effect {
            Effect::Log(line) => Some(line.as_str()),
            _ => None,
        });
        lines.collect()
    }
}

fn port(number: u32) -> Datum {
    Value::Ref(Border::Port(Port(number)))
}

fn text(text: &str) -> Datum {
    Value::String(text.to_owned())
}

fn number(number: f64) -> Datum {
    Value::Float(number)
}

fn error(message: &str) -> Datum {
    Value::Error(hogshead_objects::ErrorValue { message: message.to_owned() })
}

fn sent(question: u32, target: Target, method: &str, arguments: Vec<Datum>) -> Effect {
    let method = Some(method.to_owned());
    Effect::Send { question, target, method, arguments, within_ms: None, note: None }
}

#[test]
fn a_message_to_an_answer_is_sent_at_once() {
    let mut process = process(
        "export const main = async power => {
           const shop = E(power).shop();
           const price = E(shop).price('tea');
           return `${await price} ${await E(price)('again').catch(e => e.name)}`;
         };",
    );
    assert_eq!(process.start(), Status::Waiting);
    let expected = [
        sent(0, Target::Port(Port(3)), "shop", vec![]),
        sent(1, Target::Answer(0), "price", vec![text("tea")]),
    ];
    assert_eq!(process.effects, expected);
    // What the answer is is known by then, and it is no function.
    let done = Status::Done(text("4 TypeError"));
    assert_eq!(process.settle(1, Ok(number(4.0))), done);
    assert_eq!(process.settle(0, Ok(port(4))), done);
}

#[test]
fn a_question_tells_what_it_is_about() {
    let mut process = process(
        "export const main = async power => {
           try {
             return await E(power, { within: 5000, note: 'may I?' }).ask({ b: [1, 'x'], a: null });
           } catch (e) {
             return `${e instanceof RangeError} ${e.message}`;
           }
         };",
    );
    process.start();
    let question = &process.machine.questions[&0];
    assert_eq!((question.since_ms, question.within_ms), (7, Some(5000)));
    assert_eq!(question.note.as_deref(), Some("may I?"));
    assert_eq!(question.arguments, r#"{a: null, b: [1, "x"]}"#);
    let status = process.settle(0, Err(error("RangeError: too late")));
    assert_eq!(status, Status::Done(text("true too late")));
    assert!(process.machine.questions.is_empty());
    // An answer that comes twice changes nothing.
    assert_eq!(process.settle(0, Ok(number(1.0))), Status::Done(text("true too late")));
}

#[test]
fn what_a_question_tells_is_cut() {
    let mut process =
        process("export const main = power => E(power).ask('x'.repeat(100000), 'é'.repeat(300));");
    process.start();
    let arguments = &process.machine.questions[&0].arguments;
    assert_eq!(arguments.chars().count(), QUESTION_TEXT_CHARS_MAX + 1);
}

/// A collection before a job must not take what that job alone holds.
#[test]
fn what_the_next_job_needs_outlives_a_collection() {
    let mut process = process(
        "export const main = async () => {
           let n = 0;
           for (; n < 20_000; n += 1) await n;
           return n;
         };",
    );
    process.budget.heap_bytes = 1 << 20;
    assert_eq!(process.start(), Status::Done(number(20_000.0)));
}

/// What was deleted from a table takes no room, and nobody who goes through it loses his place.
#[test]
fn tables_are_packed_under_iterators() {
    let mut process = process(
        "export const main = async () => {
           const map = new Map();
           for (let i = 0; i < 10; i += 1) map.set(`kept ${i}`, i);
           const iterator = map.values();
           iterator.next();
           for (let i = 0; i < 50_000; i += 1) {
             map.set(i, i);
             map.delete(i);
             if (i % 10_000 === 0) map.delete(`kept ${iterator.next().value}`);
           }
           return [...iterator].join();
         };",
    );
    process.budget = Budget { fuel: 50_000, heap_bytes: 1 << 20, ..BUDGET };
    let mut status = process.start();
    while status == Status::Suspended(Reason::Fuel) {
        status = process.step(Event::Resume);
    }
    assert_eq!(status, Status::Done(text("6,7,8,9")));
}

#[test]
fn cancelling_runs_what_is_finally_to_be_done() {
    let mut process = process(
        "const inner = async power => {
           try {
             await E(power).forever();
           } finally {
             console.log('released');
             await E(power).release();
           }
         };
         export const main = async power => {
           try {
             await inner(power);
           } finally {
             console.log('left');
           }
         };",
    );
    assert_eq!(process.start(), Status::Waiting);
    let status = process.step(Event::Cancel("nobody needs it".to_owned()));
    assert_eq!(process.log(), ["released", "left"]);
    assert_eq!(status, Status::Failed(error("Error: cancelled: nobody needs it")));
    assert!(process.effects.contains(&sent(1, Target::Port(Port(3)), "release", vec![])));
    process.settle(1, Ok(Value::Undefined));
    process.settle(0, Ok(Value::Undefined));
    // The two functions are all that is left.
    assert_eq!(process.machine.heap.len(), 2, "{:?}", process.machine.heap);
}

#[test]
fn a_process_that_runs_is_cancelled_where_it_stands() {
    let mut process = process(
        "export const main = () => {
           try {
             for (;;) {}
           } catch (e) {
             return e.message;
           }
         };",
    );
    process.budget.fuel = 1000;
    assert_eq!(process.start(), Status::Suspended(Reason::Fuel));
    let status = process.step(Event::Cancel("stop".to_owned()));
    assert_eq!(status, Status::Done(text("cancelled: stop")));
}

#[test]
fn events_wait_for_a_suspended_process_up_to_a_limit() {
    let mut process = process(
        "let calls = 0;
         const counter = Far('counter', { up: () => { calls += 1; return calls; } });
         export const main = async power => {
           await E(power).take(counter);
           for (let i = 0; i < 1000; i++) {}
           return calls;
         };",
    );
    process.start();
    process.budget.fuel = 500;
    assert_eq!(process.settle(0, Ok(Value::Undefined)), Status::Suspended(Reason::Fuel));
    for answer in 0..INBOX_EVENTS_MAX as u32 {
        process.deliver(0, "up", answer);
        assert_eq!(process.effects, []);
    }
    process.deliver(0, "up", 9_999);
    let [Effect::Answer { answer: 9_999, outcome: Err(Value::Error(_)) }] = &process.effects[..]
    else {
        panic!("{:?}", process.effects)
    };
    // Where nobody waits for an answer, the owner is told.
    let unanswered =
        Event::Deliver { export: 0, method: Some("up".into()), arguments: vec![], answer: None };
    process.step(unanswered);
    let refused = format!("a message was refused, as {INBOX_EVENTS_MAX} events wait: up for 0");
    assert_eq!(process.log(), [refused]);
    process.budget = BUDGET;
    assert_eq!(process.step(Event::Resume), Status::Done(number(0.0)));
    let answers = process.effects.iter().enumerate();
    for (at, effect) in answers {
        let outcome = Ok(number(at as f64 + 1.0));
        assert_eq!(*effect, Effect::Answer { answer: at as u32, outcome });
    }
    assert_eq!(process.effects.len(), INBOX_EVENTS_MAX);
}

#[test]
fn promises_of_the_outside_are_listened_to() {
    let mut process = process("export const main = async promise => `got ${await promise}`;");
    let promise = Value::Ref(Border::PortPromise(Port(8)));
    assert_eq!(process.step(Event::Start(vec![promise])), Status::Waiting);
    assert_eq!(process.effects, [Effect::Listen { question: 0, port: Port(8) }]);
    assert_eq!(process.settle(0, Ok(text("it"))), Status::Done(text("got it")));
}

#[test]
fn promises_that_are_passed_out_are_settled_there() {
    let mut process = process(
        "export const main = async power => {
           const later = E(power).later();
           const local = later.then(x => x + 1);
           await E(power).take(later, local, local);
           return local;
         };",
    );
    process.start();
    let local = Value::Ref(Border::Promise(0));
    let arguments = vec![Value::Ref(Border::Answer(0)), local.clone(), local];
    assert_eq!(process.effects[1], sent(1, Target::Port(Port(3)), "take", arguments));
    process.settle(0, Ok(number(1.0)));
    assert_eq!(process.effects, [Effect::Settle { promise: 0, outcome: Ok(number(2.0)) }]);
    assert_eq!(process.settle(1, Ok(Value::Null)), Status::Done(number(2.0)));
}

#[test]
fn only_what_far_made_takes_messages_from_outside() {
    let mut process = process(
        "const list = [1];
         const far = Far('far', { hello: () => 'hi', toString: undefined ?? (() => 'far') });
         export const main = async power => {
           await E(power).take(Promise.resolve(list), Promise.resolve(far));
           return list.length;
         };",
    );
    process.start();
    let far_is_exported = process.machine.exports.len();
    assert_eq!(far_is_exported, 3);
    process.deliver(0, "push", 1);
    let refused = "TypeError: the target is no object made by Far: it takes no messages";
    let outcome = Err(error(refused));
    assert_eq!(process.effects, [Effect::Answer { answer: 1, outcome }]);
    process.deliver(1, "hello", 2);
    let outcome = Ok(text("hi"));
    assert_eq!(process.effects, [Effect::Answer { answer: 2, outcome }]);
    process.deliver(1, "hasOwnProperty", 3);
    let outcome = Err(error("TypeError: the target has no method 'hasOwnProperty'"));
    assert_eq!(process.effects, [Effect::Answer { answer: 3, outcome }]);
    process.deliver(77, "hello", 4);
    let outcome = Err(error("TypeError: there is no such object any more"));
    assert_eq!(process.effects, [Effect::Answer { answer: 4, outcome }]);
    assert_eq!(process.settle(0, Ok(Value::Null)), Status::Done(number(1.0)));
}

#[test]
fn what_cannot_be_passed_is_refused_with_its_place() {
    let table = [
        (
            "{ a: [() => 1] }",
            "args[0].a[0] is a function: pass an object made by Far('name', { … })",
        ),
        ("1, new Map()", "args[1] is a Map: pass [...map] or Object.fromEntries(map)"),
        ("[new Set()]", "args[0][0] is a Set: pass [...set]"),
        ("/x/", "args[0] is a regular expression: pass its source"),
        ("[1].values()", "args[0] is an iterator: pass [...iterator]"),
        ("circle", "args[0].self.inner contains itself"),
        ("deep", "args[0].in"),
        ("'\\ud800'", "args[0] has half a character (a lone surrogate): toWellFormed() mends it"),
        ("{ '\\ud800': 1 }", "args[0] has a key with half a character (a lone surrogate)"),
        ("Math.max", "args[0] is built in (Math.max) and stays here"),
        ("many", "is more than the"),
        ("['x'.repeat(800_000), 'é'.repeat(200_000)]", "args[0][1] is more than the 1048576 bytes"),
        ("[1n << 1_000_000n, { ['k'.repeat(1_000_000)]: 1 }]", "args[0][1] is more than the"),
    ];
    for (arguments, expected) in table {
        let mut process = process(&format!(
            "const circle = {{ self: {{}} }};
             circle.self.inner = circle;
             let deep = 1;
             for (let i = 0; i < 200; i++) deep = {{ in: deep }};
             let many = [1, 2];
             for (let i = 0; i < 20; i++) many = [many, many];
             export const main = power => E(power).take({arguments}).catch(e => e.message);"
        ));
        let Status::Done(Value::String(message)) = process.start() else { panic!("{arguments}") };
        assert!(message.starts_with(expected) || message.contains(expected), "{message}");
        assert_eq!(process.effects, [], "{arguments}");
    }
    const { assert!(BORDER_VALUES_MAX < 1 << 20) };
}

#[test]
fn questions_and_what_others_hold_are_limited() {
    let mut process = process(&format!(
        "export const main = async power => {{
           for (let i = 0; i < {QUESTIONS_MAX}; i++) E(power).take(i);
           try {{ await E(power).take('more'); }} catch (e) {{ return `${{e.name}}: ${{e.message}}`; }}
         }};"
    ));
    let Status::Done(Value::String(message)) = process.start() else { panic!("no result") };
    assert_eq!(message, "RangeError: 1024 questions wait for an answer: await some first");
    assert_eq!(process.effects.len(), QUESTIONS_MAX);
    for made in ["Far('far', {})", "new Promise(() => {})"] {
        let mut process = crate::process(&format!(
            "export const main = async power => {{
               const many = Array.from({{ length: {EXPORTS_MAX} + 1 }}, () => {made});
               try {{ await E(power).take(many); }} catch (e) {{ return e.message; }}
             }};"
        ));
        let Status::Done(Value::String(message)) = process.start() else { panic!("{made}") };
        let expected = format!("args[0][{EXPORTS_MAX}] is one too many");
        assert!(message.starts_with(&expected), "{message}");
        assert_eq!(process.effects, []);
    }
}

#[test]
fn what_the_language_has_no_kind_for_is_passed_on() {
    let tagged = Value::Tagged(Box::new(hogshead_objects::Tagged {
        tag: "fruit".to_owned(),
        value: Value::List(vec![port(5), Value::Bytes(Bytes::from_static(b"pip"))]),
    }));
    let symbol = Value::Symbol(hogshead_objects::Symbol::from_static("tea"));
    let arguments = vec![tagged, symbol, Value::Int(7.into()), port(5), port(5)];
    let mut process = process(
        "export const main = (tagged, symbol, int, a, b) =>
           [typeof tagged, a === b, int + 1n, tagged, symbol, b];",
    );
    let status = process.step(Event::Start(arguments.clone()));
    let [tagged, symbol, _, reference, _] = &arguments[..] else { panic!() };
    let expected = vec![
        text("object"),
        Value::Bool(true),
        Value::Int(8.into()),
        tagged.clone(),
        symbol.clone(),
        reference.clone(),
    ];
    assert_eq!(status, Status::Done(Value::List(expected)));
}

#[test]
fn an_object_comes_back_as_itself() {
    let mut process = process(
        "const far = Far('far', { me: () => 1 });
         export const main = async power => {
           const back = await E(power).echo(far);
           return [back === far, await E(back).me()];
         };",
    );
    process.start();
    let status = process.settle(0, Ok(Value::Ref(Border::Export(0))));
    assert_eq!(status, Status::Done(Value::List(vec![Value::Bool(true), number(1.0)])));
    process.step(Event::Dropped(0));
    assert!(process.machine.exports.is_empty());
}

#[test]
fn rejections_that_nobody_looks_at_are_logged() {
    let mut process = process(
        "Promise.reject(new TypeError('lost'));
         const late = Promise.reject('seen');
         Promise.resolve().then(() => late.catch(() => 0));
         export const main = () => 1;",
    );
    assert_eq!(process.start(), Status::Done(number(1.0)));
    assert_eq!(process.log(), ["unhandled rejection: TypeError: lost"]);
}

#[test]
fn modules_are_evaluated_once_and_before_those_that_import_them() {
    let mut codes = prelude_only();
    let base = codes.insert(compiled(
        "console.log('base'); let n = 0; export const next = () => ++n; export default 'b';",
        false,
    ));
    let middle = codes.insert(compiled(
        &format!(
            "import {{ next as up }} from 'blake3:{base}'; console.log(`middle ${{up()}}`);
             export function twice() {{ up(); return up(); }}"
        ),
        false,
    ));
    let text_of_main = format!(
        "import name, {{ next }} from 'blake3:{base}';
         import {{ twice }} from 'blake3:{middle}';
         console.log(`main ${{next()}}`);
         export const main = () => `${{name}}${{twice()}}`;"
    );
    let main = codes.insert(compiled(&text_of_main, false));
    let mut process = Process::of(codes, main);
    assert_eq!(process.start(), Status::Done(text("b4")));
    assert_eq!(process.log(), ["base", "middle 1", "main 2"]);

    let mut lacking = prelude_only();
    let main = lacking.insert(compiled(&text_of_main, false));
    assert_eq!(Machine::new(&lacking, main).unwrap_err(), MissingCode(Some(base)));
}

#[test]
fn a_body_that_throws_fails_the_process() {
    let mut process = process("throw new RangeError('no'); export const main = () => 1;");
    assert_eq!(process.start(), Status::Failed(error("RangeError: no")));
}

#[test]
fn a_process_is_taken_on_line_by_line() {
    let mut process = process(
        "export const main = () => {
           let sum = 0;
           for (const x of [1, 2]) {
             sum += x;
           }
           return sum;
         };",
    );
    process.budget.stop_after_line = true;
    let mut status = process.start();
    let mut lines = Vec::new();
    while let Status::Suspended(Reason::Line) = status {
        let frame = process.machine.frames.last().unwrap();
        let code = process.codes.get(process.machine.codes[frame.code as usize]).unwrap();
        let places = &code.functions[frame.function as usize].lines;
        let place = places.partition_point(|place| place.pc <= frame.pc) - 1;
        lines.push(places[place].line);
        status = process.step(Event::Resume);
    }
    assert_eq!(status, Status::Done(number(3.0)));
    assert_eq!(&lines[..5], [2, 3, 4, 3, 4], "{lines:?}");
    assert_eq!(lines.last(), Some(&6), "{lines:?}");
}

#[test]
fn a_heap_that_is_full_suspends_and_more_room_lets_it_go_on() {
    let mut process = process(
        "export const main = () => {
           const all = [];
           for (let i = 0; i < 20000; i++) all.push({ i });
           return all.length;
         };",
    );
    process.budget.heap_bytes = 1 << 20;
    assert_eq!(process.start(), Status::Suspended(Reason::Heap));
    assert_eq!(process.step(Event::Resume), Status::Suspended(Reason::Heap));
    process.budget.heap_bytes = 64 << 20;
    assert_eq!(process.step(Event::Resume), Status::Done(number(20000.0)));
}

#[test]
fn strings_that_share_their_parts_count_for_what_they_would_take() {
    let mut process = process(
        "export const main = () => {
           const all = [];
           let text = 'x'.repeat(1000);
           for (;;) { text = text + 'y'; all.push(text); }
         };",
    );
    process.budget.heap_bytes = 4 << 20;
    process.budget.fuel = 3_000_000;
    let status = process.start();
    assert!(matches!(status, Status::Suspended(_)), "{status:?}");
    let pressure = process.machine.heap_pressure();
    assert!(pressure > 4 << 20, "{pressure} bytes");
    // They go on sharing, here and in bytes.
    let bytes = state::dump(&process.machine).len();
    assert!(bytes < 4 << 20, "{bytes} bytes");
    process.budget.fuel = 1_000_000_000;
    assert_eq!(process.step(Event::Resume), Status::Suspended(Reason::Heap));
}

#[test]
fn names_that_are_out_of_use_are_forgotten() {
    let mut process = process(
        "export const main = () => {
           for (let i = 0; i < 30000; i++) { const o = {}; o[`name ${i}`] = i; }
           return 1;
         };",
    );
    process.budget.heap_bytes = 3 << 20;
    assert_eq!(process.start(), Status::Done(number(1.0)));
    assert_eq!(process.machine.atoms.bytes(), 0);
}

#[test]
fn recursion_ends_in_an_error_that_can_be_caught_also_through_built_ins() {
    let mut process = process(
        "const down = n => { try { return down(n + 1); } catch (e) { return e.message; } };
         const through = n => [n].map(through);
         export const main = () => {
           let caught = '';
           try { through(0); } catch (e) { caught = `${e instanceof RangeError}`; }
           return `${down(0)} ${caught}`;
         };",
    );
    let expected = text("Maximum call stack size exceeded true");
    assert_eq!(process.start(), Status::Done(expected));
}

/// While strings are put together each counts once, with the last of which it is a part. When all
/// of them are kept there is no room for that, and the state does not write them out.
#[test]
fn strings_that_are_put_together_have_room_or_none_at_the_end_of_a_step() {
    let text = |count: u32| {
        format!(
            "export const main = async (power) => {{
               const start = 'x'.repeat(2_000);
               const all = [];
               for (let i = 0; i < {count}; i += 1) {{
                 const kept = `${{start}} and the number ${{i}}`;
                 all.push(kept);
                 `${{kept}} and what is not kept`;
               }}
               const lengths = async () => {{ await null; return all.map((it) => it.length); }};
               await E(power).wait();
               return (await lengths()).join();
             }};"
        )
    };
    let few = &mut process(&text(10));
    few.budget.heap_bytes = 1 << 20;
    assert_eq!(few.start(), Status::Waiting);
    let bytes = state::dump(&few.machine).len();
    assert!((20_000..25_000).contains(&bytes), "{bytes}");

    let many = &mut process(&text(600));
    many.budget.heap_bytes = 1 << 20;
    assert_eq!(many.start(), Status::Suspended(Reason::Heap));
    let bytes = state::dump(&many.machine);
    assert!(bytes.len() < 100_000, "{} bytes", bytes.len());
    many.machine = state::load(&bytes, &many.codes).unwrap();
    assert_eq!(state::dump(&many.machine), bytes);
    let pressure = many.machine.heap_pressure();
    assert!(pressure > 1 << 20, "{pressure}");
    assert_eq!(many.step(Event::Resume), Status::Suspended(Reason::Heap));
    assert_eq!(state::dump(&many.machine), bytes, "it stands where it stood");
    // With more room it goes on, and is flat.
    many.budget.heap_bytes = 64 << 20;
    assert_eq!(many.step(Event::Resume), Status::Waiting);
    assert!(state::dump(&many.machine).len() > 600 * 2_000);
}

#[test]
fn what_a_question_says_takes_room() {
    let mut process = process(
        "export const main = async power => {
           for (let i = 0; i < 500; i += 1) {
             E(power, { note: 'n'.repeat(2_000) }).ask('x'.repeat(150));
           }
         };",
    );
    process.budget.heap_bytes = 1 << 20;
    assert_eq!(process.start(), Status::Suspended(Reason::Heap));
    let asked = process.machine.questions.len();
    assert!((200..500).contains(&asked), "{asked}");
    let loaded = state::load(&state::dump(&process.machine), &process.codes).unwrap();
    assert_eq!(loaded.heap_pressure(), process.machine.heap_pressure());
    for question in 0..asked as u32 {
        process.settle(question, Ok(Value::Null));
    }
    process.budget.heap_bytes = 2 << 20;
    process.step(Event::Resume);
    let left: Vec<u32> = process.machine.questions.keys().copied().collect();
    left.iter().for_each(|&question| drop(process.settle(question, Ok(Value::Null))));
    assert_eq!(process.machine.questions.bytes(), 0);
}
