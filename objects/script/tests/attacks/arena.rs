//! Where attacks take place: a vat with a counter and a script that waits. Afterwards both are asked
//! for what they were asked for before.

use std::sync::mpsc;
use std::time::Duration;

use hogshead_objects::stock::queue::BoundedQueue;
use hogshead_objects::{Class, Message, Value};
use hogshead_script::front;
use hogshead_script::object::{Allowance, ProcessStatus};

use crate::stage::Stage;

/// What an attack may use.
pub const ALLOWANCE: Allowance = Allowance { fuel: 1_000_000, heap_bytes: 1 << 20, undo: 4 };

/// Bytes of the state of a process, whatever it did: a value of 16 bytes may take as many in bytes,
/// and names stand for themselves.
const STATE_BYTES_MAX: u64 = 2 << 20;

/// Bytes of memory that all tests together use at their peak.
const PEAK_BYTES_MAX: usize = 1 << 30;

/// How long one attack may take before it counts as one that never ends: hundreds of times more than
/// it does, for the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(1_200);

/// A script that is none: the compiler says why, and where.
pub fn rejected(source: &str, why: &str) {
    let diagnostics = front::check(source);
    let Some(first) = diagnostics.first() else { panic!("accepted: {source}") };
    assert!(first.line >= 1 && first.column >= 1, "{first:?}");
    let said: Vec<_> = diagnostics.iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|it| it.contains(why)), "{source}\n{said:?}");
}

/// What has come of an attack.
#[derive(Debug)]
pub struct Aftermath {
    pub status: ProcessStatus,
    /// What `main` came to, if it has ended.
    pub result: Option<hogshead_objects::Result<Value>>,
    pub log: Vec<String>,
}

impl Aftermath {
    /// The script ended by itself, with this text.
    #[track_caller]
    pub fn ended_with(&self, text: &str) {
        let Some(Ok(Value::String(said))) = &self.result else { panic!("{self:?}") };
        assert_eq!(said, text);
    }

    /// The script was stopped, for this reason, and never said a word afterwards.
    #[track_caller]
    pub fn suspended(&self, why: &str) {
        assert_eq!(self.status.to_string(), format!("suspended: {why}"));
        assert!(self.log.is_empty(), "{:?}", self.log);
    }

    /// The script was stopped as it used up its fuel or its room, whichever came first.
    #[track_caller]
    pub fn starved(&self) {
        assert!(matches!(self.status, ProcessStatus::Suspended { .. }), "{self:?}");
        assert!(self.log.is_empty(), "{:?}", self.log);
    }

    /// The script was stopped as by [`starved`](Self::starved), or a RangeError ended it.
    #[track_caller]
    pub fn held(&self) {
        match &self.result {
            Some(_) => self.failed("RangeError"),
            None => self.starved(),
        }
    }

    /// `main` threw this.
    #[track_caller]
    pub fn failed(&self, why: &str) {
        let Some(Err(error)) = &self.result else { panic!("{self:?}") };
        assert!(error.to_string().contains(why), "{error}");
    }
}

/// The body of `main`, as an attack in a vat with others. Nothing is granted.
pub fn attack(body: &str) -> Aftermath {
    attack_module(&format!("export const main = async () => {{\n{body}\n}};"))
}

/// As [`attack`], with some declarations in front.
pub fn attack_with(declarations: &str, body: &str) -> Aftermath {
    attack_module(&format!("{declarations}\nexport const main = async () => {{\n{body}\n}};"))
}

/// A whole module as an attack. `main` is given a counter that is not the neighbours'.
pub fn attack_module(source: &str) -> Aftermath {
    attack_allowed(source, ALLOWANCE)
}

/// As [`attack_module`], with another allowance.
pub fn attack_allowed(source: &str, allowance: Allowance) -> Aftermath {
    let source = source.to_owned();
    let (done, over) = mpsc::channel();
    let thread = std::thread::spawn(move || {
        let aftermath = take_place(&source, allowance);
        done.send(()).unwrap();
        aftermath
    });
    if over.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
        panic!("the attack takes more than {PATIENCE:?}");
    }
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn take_place(source: &str, allowance: Allowance) -> Aftermath {
    let mut stage = Stage::new(true);
    let counter = stage.counter();
    let own = stage.counter();
    let queue = stage.bench.spawn_apart(BoundedQueue::default());
    let waiting = "export const main = async ({ queue }) => `heard ${await E(queue).take()}`;";
    let neighbour = stage.start(waiting, &[("queue", queue.cast())], vec![]);

    let attacker = stage.start_with(source, &[("counter", own.cast())], vec![], allowance);
    let info = stage.info(&attacker);
    assert!(info.state_bytes <= STATE_BYTES_MAX, "{} bytes of state", info.state_bytes);
    let log = stage.log(&attacker);
    let over = info.status == ProcessStatus::Done || info.status.is_over();
    let result = over.then(|| stage.result(&attacker));

    let counted = stage.ask(attacker.control, |_, cx| counter.send(cx).increment(2));
    assert_eq!(counted.unwrap().to_string(), "2");
    stage.bench.turn(|cx| cx.tell(queue, Message::new("put", ["him".into()]))).unwrap();
    stage.bench.run();
    assert_eq!(stage.result(&neighbour).unwrap().as_str(), Some("heard him"));
    if !over {
        let why = Some("enough".to_owned());
        let gone = stage.ask(attacker.control, |control, cx| control.send(cx).cancel(why));
        gone.unwrap();
        let last = stage.info(&attacker).status;
        let stopped = last.is_over() || matches!(last, ProcessStatus::Suspended { .. });
        assert!(stopped || last == ProcessStatus::Done, "{last}");
    }
    assert!(peak_bytes() <= PEAK_BYTES_MAX, "{} bytes at the peak", peak_bytes());
    Aftermath { status: info.status, result, log }
}

/// A module that cannot even be started: its library says why.
pub fn not_started(source: &str) -> hogshead_objects::Error {
    let mut stage = Stage::new(true);
    let start = hogshead_script::object::Start {
        code: crate::stage::code(source),
        name: "attack".into(),
        grants: Default::default(),
        args: vec![],
        allowance: ALLOWANCE,
    };
    let error = stage.library(|library, cx| library.send(cx).start(start)).unwrap_err();
    assert_ne!(error.class(), Class::Failed, "{error}");
    error
}

/// The most memory that this process has used so far, where the host tells.
fn peak_bytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok());
    kilobytes.unwrap_or(0_usize) << 10
}
