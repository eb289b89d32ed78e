//! States of earlier versions are loaded, have the bytes that they had, and go on as they did.
//!
//! `tests/golden/v1/NAME.proc` is a process file of format version 1, but for the prelude, which is
//! beside it once as `HASH.code`; `NAME.end` is what happened when it went on. They are kept for
//! ever: a later version must take them. A new version of the format gets a folder of its own,
//! which
//!
//! ```text
//! cargo test -p hogshead-script --test golden -- --ignored
//! ```
//!
//! writes. It writes no file that is there already.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says by panicking what went wrong, and reads and writes files of its own"
)]

mod programs;

use std::fmt::Write as _;
use std::path::PathBuf;

use hogshead_objects::Value;
use hogshead_script::code::{CodeHash, Verified};
use hogshead_script::front::{self, Options};
use hogshead_script::machine::codes::Codes;
use hogshead_script::machine::event::{Border, Datum, Effect, Event};
use hogshead_script::machine::step::{Budget, Status, step};
use hogshead_script::machine::{Machine, Port};
use hogshead_script::prelude;
use hogshead_script::state::{self, ProcFile};

use self::programs::{Before, PROGRAMS, Program};

/// The version of the format that is written now.
const VERSION: u32 = 1;

/// A process that is driven in a fixed way.
struct Drive {
    codes: Codes,
    machine: Machine,
    status: Status,
    trace: String,
}

impl Drive {
    fn new(codes: Codes, machine: Machine) -> Self {
        Self { codes, status: machine.status(), machine, trace: String::new() }
    }

    fn event(&mut self, event: Event, fuel: u64) {
        let (heap_bytes, now_ms) = (16 << 20, 1_790_000_000_000);
        let budget = Budget { fuel, heap_bytes, now_ms, stop_after_line: false };
        let (machine, effects, status) =
            step(&self.codes, self.machine.clone(), event, &budget).unwrap();
        for effect in effects {
            writeln!(self.trace, "{}", shown(&effect)).unwrap();
        }
        (self.machine, self.status) = (machine, status);
    }

    fn prepare(&mut self, before: Before) {
        let most = 1 << 24;
        match before {
            Before::Start => self.event(Event::Start(arguments()), most),
            Before::StartWith(fuel) => self.event(Event::Start(arguments()), fuel),
            Before::Answer => self.answer(),
            Before::Deliver(method) => self.deliver(method),
        }
    }

    fn answer(&mut self) {
        let Some((&question, asked)) = self.machine.questions.iter().next() else { return };
        let answer = match asked.method.as_deref() {
            Some("fail") => Err(Value::Error(hogshead_objects::ErrorValue {
                message: "Error: it failed".to_owned(),
            })),
            Some("friend") => Ok(Value::Ref(Border::Port(Port(8)))),
            Some("bytes") => Ok(Value::Bytes(vec![1, 2, 3].into())),
            Some("large") => Ok(Value::Int((1_u64 << 63).into())),
            _ => Ok(Value::Float(f64::from(question) + 10.0)),
        };
        self.event(Event::Settled { question, outcome: answer }, 1 << 24);
    }

    fn deliver(&mut self, method: &str) {
        let Some(&export) = self.machine.exports.keys().next() else { return };
        let arguments = vec![Value::Float(5.0)];
        let (method, answer) = (Some(method.to_owned()), Some(77));
        self.event(Event::Deliver { export, method, arguments, answer }, 1 << 24);
    }

    /// Goes on until nothing is to be done, and calls what was passed out.
    fn end(mut self) -> String {
        self.trace.clear();
        for _ in 0..100 {
            match self.status {
                Status::Suspended(_) => self.event(Event::Resume, 1 << 24),
                _ if self.machine.phase == hogshead_script::machine::Phase::New => {
                    self.event(Event::Start(arguments()), 1 << 24);
                }
                _ if !self.machine.questions.is_empty() => self.answer(),
                _ => break,
            }
        }
        self.deliver("add");
        writeln!(self.trace, "{:?}", self.status).unwrap();
        self.trace
    }
}

fn arguments() -> Vec<Datum> {
    vec![Value::Ref(Border::Port(Port(0))), Value::String("tea".to_owned()), Value::Float(3.0)]
}

/// An effect in one line.
fn shown(effect: &Effect) -> String {
    match effect {
        Effect::Send { question, target, method, arguments, within_ms, note } => {
            let method = method.as_deref().unwrap_or("()");
            format!("send {question} {target:?} {method} {arguments:?} {within_ms:?} {note:?}")
        }
        Effect::Listen { question, port } => format!("listen {question} {}", port.0),
        Effect::Answer { answer, outcome } => format!("answer {answer} {outcome:?}"),
        Effect::Settle { promise, outcome } => format!("settle {promise} {outcome:?}"),
        Effect::Log(line) => format!("log {line}"),
    }
}

fn folder(version: u32) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/v{version}"))
}

/// The file with the prelude that its state names.
fn with_prelude(mut file: ProcFile, version: u32) -> ProcFile {
    let own: Vec<CodeHash> = file.codes.iter().map(|code| CodeHash::of(code)).collect();
    for hash in file.needs().unwrap().into_iter().filter(|hash| !own.contains(hash)) {
        let path = folder(version).join(format!("{hash}.code"));
        file.codes.push(std::fs::read(&path).unwrap_or_else(|error| panic!("{path:?}: {error}")));
    }
    file
}

/// A process of a program, as far as it is to be written down.
fn prepared(program: &Program) -> (Drive, Verified) {
    let options = Options { name: format!("{}.js", program.name), prelude: false };
    let code = front::compile(program.source, &options);
    let code = code.unwrap_or_else(|wrong| panic!("{}: {wrong:?}", program.name));
    let code = Verified::new(code).unwrap_or_else(|error| panic!("{}: {error}", program.name));
    let mut codes = prelude::codes();
    let main = codes.insert(code.clone());
    let machine = Machine::new(&codes, main).unwrap();
    let mut drive = Drive::new(codes, machine);
    for before in program.before {
        drive.prepare(*before);
    }
    (drive, code)
}

#[test]
fn states_of_every_version_are_loaded_and_go_on() {
    let mut count = 0;
    for version in 1..=VERSION {
        for entry in std::fs::read_dir(folder(version)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "proc") {
                continue;
            }
            let name = path.display();
            let bytes = std::fs::read(&path).unwrap();
            let end = std::fs::read_to_string(path.with_extension("end")).unwrap();
            let file = ProcFile::decode(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
            // An older version may be written as the newest.
            assert!(version != VERSION || file.encode() == bytes, "{name}");
            let file = with_prelude(file, version);
            let (machine, codes) = file.verify().unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(version != VERSION || state::dump(&machine) == file.state, "{name}");
            assert_eq!(Drive::new(codes, machine).end(), end, "{name}");
            count += 1;
        }
    }
    assert!(count >= PROGRAMS.len(), "{count} states of {}", PROGRAMS.len());
}

/// The programs still do what they did, from their source, whether they are written down at each
/// event or not.
#[test]
fn what_is_written_down_goes_on_as_what_is_not() {
    for program in PROGRAMS {
        let (drive, code) = prepared(program);
        let bytes = state::dump(&drive.machine);
        let mut codes = prelude::codes();
        codes.insert(code);
        let loaded = state::load(&bytes, &codes);
        let loaded = loaded.unwrap_or_else(|error| panic!("{}: {error}", program.name));
        assert_eq!(state::dump(&loaded), bytes, "{}", program.name);
        let end = Drive::new(codes, loaded).end();
        assert_eq!(end, drive.end(), "{}", program.name);
        assert!(bytes.len() < 4096, "{}: {} bytes", program.name, bytes.len());
    }
}

/// A change of the state's form by mistake would be one that older programs cannot load.
#[test]
fn the_form_is_the_one_that_was_kept() {
    let kept = PROGRAMS.iter().filter(|program| {
        let path = folder(VERSION).join(program.name).with_extension("proc");
        let kept = ProcFile::decode(&std::fs::read(path).unwrap()).unwrap();
        let (drive, code) = prepared(program);
        // Another compiler or prelude has other instructions, and so other states.
        let same = kept.needs().unwrap().contains(&prelude::hash());
        same && kept.codes == [code.encode()] && {
            assert_eq!(kept.state, state::dump(&drive.machine), "{}", program.name);
            true
        }
    });
    println!("{} of {} have the codes of today", kept.count(), PROGRAMS.len());
}

#[test]
#[ignore = "writes the states of a new version of the format"]
fn write_golden_states() {
    let folder = folder(VERSION);
    std::fs::create_dir_all(&folder).unwrap();
    for program in PROGRAMS {
        let path = folder.join(program.name).with_extension("proc");
        if path.exists() {
            continue;
        }
        let (drive, code) = prepared(program);
        let state = state::dump(&drive.machine);
        let file = ProcFile { state, codes: vec![code.encode()], ..ProcFile::default() };
        let prelude = folder.join(format!("{}.code", prelude::hash()));
        std::fs::write(prelude, prelude::encoded()).unwrap();
        std::fs::write(&path, file.encode()).unwrap();
        std::fs::write(path.with_extension("end"), drive.end()).unwrap();
    }
}
