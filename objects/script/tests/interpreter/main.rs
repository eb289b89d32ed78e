//! An interpreter of a small Lisp, written in the language of scripts, is stopped where the Lisp
//! program has called itself a thousand times. It goes on in another process of the host.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says by panicking what went wrong, and reads and writes files of its own"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use hogshead_objects::Value;
use hogshead_script::code::Verified;
use hogshead_script::front::{self, Options};
use hogshead_script::limits::FRAMES_MAX;
use hogshead_script::machine::codes::Codes;
use hogshead_script::machine::event::{Border, Datum, Effect, Event};
use hogshead_script::machine::heap::Cell;
use hogshead_script::machine::step::{Budget, Status, step};
use hogshead_script::machine::{Machine, Port, Reason};
use hogshead_script::state::ProcFile;
use hogshead_script::{prelude, state};

const LISP: &str = include_str!("lisp.js");

/// How deep the Lisp program calls itself.
const DEPTH: usize = 1_000;

/// Where the other process finds the file.
const FILE: &str = "HOGSHEAD_TEST_PROCESS_FILE";

const FUEL: u64 = 20_000_000;

fn budget(fuel: u64) -> Budget {
    Budget { fuel, heap_bytes: 8 << 20, now_ms: 0, stop_after_line: false }
}

/// The interpreter, before it was started.
fn interpreter() -> (Codes, Machine, Vec<u8>) {
    let options = Options { name: "lisp.js".to_owned(), prelude: false };
    let code = front::compile(LISP, &options).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    let encoded = code.encode();
    let mut codes = prelude::codes();
    let main = codes.insert(Verified::new(code).unwrap());
    let machine = Machine::new(&codes, main).unwrap();
    (codes, machine, encoded)
}

fn start(program: &str, waits: bool) -> Event {
    let asked = Value::Ref(Border::Port(Port(0)));
    Event::Start(vec![asked, Value::String(program.to_owned()), Value::Bool(waits)])
}

fn run(program: &str, waits: bool) -> Status {
    let (codes, machine, _) = interpreter();
    step(&codes, machine, start(program, waits), &budget(FUEL)).unwrap().2
}

fn number(number: f64) -> Status {
    Status::Done(Value::Float(number))
}

#[test]
fn it_understands_lisp() {
    for waits in [false, true] {
        let factorial = "(define (factorial n) (if (< n 2) 1 (* n (factorial (- n 1)))))
                         (factorial 10)";
        assert_eq!(run(factorial, waits), number(3_628_800.0));
        let sum = "(define (fold f start list)
                     (if (empty? list) start (fold f (f start (first list)) (rest list))))
                   (define (adder n) (lambda (a b) (+ a b n)))
                   (fold (adder 10) 0 '(1 2 3))";
        assert_eq!(run(sum, waits), number(36.0));
        let Status::Failed(why) = run("(undefined 1)", waits) else { panic!("it is defined") };
        assert!(why.to_string().contains("undefined is not defined"), "{why}");
    }
}

/// A file for the other process, which is gone afterwards.
struct File(PathBuf);

impl File {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let name = format!("hogshead-{}-{name}.proc", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, bytes).unwrap();
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}

/// Has a process of the host that knows nothing else go on from a file. Gives what it printed.
fn elsewhere(name: &str, machine: &Machine, interpreter: Vec<u8>) -> String {
    let file = ProcFile {
        id: name.to_owned(),
        number: 1,
        name: "lisp".to_owned(),
        state: state::dump(machine),
        codes: vec![prelude::encoded().to_vec(), interpreter],
        ..ProcFile::default()
    };
    let file = File::new(name, &file.encode());
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "the_other_process", "--nocapture"])
        .env(FILE, &file.0)
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}\n{complaints}");
    printed
}

/// Goes on from a file: with an answer to what is asked, or with more fuel.
#[test]
#[ignore = "the other tests start it, in a process of its own"]
fn the_other_process() {
    let path = std::env::var_os(FILE).expect("a test names the file");
    let file = ProcFile::decode(&std::fs::read(Path::new(&path)).unwrap()).unwrap();
    let (machine, codes) = file.verify().unwrap();
    assert_eq!(state::dump(&machine), file.state);
    let event = match machine.questions.keys().next() {
        Some(&question) => Event::Settled { question, outcome: Ok(Value::Float(42.0)) },
        None => Event::Resume,
    };
    let (_, _, status) = step(&codes, machine, event, &budget(FUEL)).unwrap();
    println!("came to {status:?} in process {}", std::process::id());
}

fn came_to(printed: &str, result: f64) {
    let own = format!("in process {}\n", std::process::id());
    let expected = format!("came to {:?} in process ", number(result));
    assert!(printed.contains(&expected) && !printed.contains(&own), "{printed}");
}

fn coroutines(machine: &Machine) -> usize {
    machine.heap.iter().filter(|(_, cell)| matches!(cell, Cell::Coroutine(_))).count()
}

#[test]
fn it_waits_at_depth_a_thousand_and_goes_on_in_another_process() {
    let program = format!(
        "(define (count n) (if (= n 0) (ask \"how many more?\") (+ 1 (count (- n 1)))))
         (count {DEPTH})"
    );
    let (codes, machine, encoded) = interpreter();
    let (machine, effects, status) =
        step(&codes, machine, start(&program, true), &budget(FUEL)).unwrap();
    assert_eq!(status, Status::Waiting);
    let [Effect::Send { method, arguments, .. }] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    let question: [Datum; 1] = [Value::String("how many more?".to_owned())];
    assert_eq!((method.as_deref(), arguments.as_slice()), (Some("ask"), question.as_slice()));
    assert!(coroutines(&machine) >= DEPTH, "{} calls wait", coroutines(&machine));
    came_to(&elsewhere("waits", &machine, encoded), DEPTH as f64 + 42.0);
}

#[test]
fn it_is_out_of_fuel_at_depth_a_thousand_and_goes_on_in_another_process() {
    let program = format!(
        "(define (count n) (if (= n 0) (say 0) (+ 1 (count (- n 1)))))
         (count {})",
        DEPTH + 50
    );
    let (codes, mut machine, encoded) = interpreter();
    let mut event = start(&program, false);
    for _ in 0..FUEL {
        let slice = if machine.frames.len() < 4 * DEPTH { 20_000 } else { 500 };
        let (next, effects, status) = step(&codes, machine, event, &budget(slice)).unwrap();
        machine = next;
        assert_eq!(status, Status::Suspended(Reason::Fuel));
        if effects == [Effect::Log("0".to_owned())] {
            break;
        }
        event = Event::Resume;
    }
    // Near the bottom. One call of Lisp's is five of the interpreter's.
    assert!(machine.frames.len() > 5 * DEPTH, "{} calls are in progress", machine.frames.len());
    assert!(machine.frames.len() < FRAMES_MAX);
    came_to(&elsewhere("fuel", &machine, encoded), DEPTH as f64 + 50.0);
}
