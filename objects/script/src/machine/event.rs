//! What goes in and comes out of a step.

use hogshead_objects::Value;

use super::Port;

/// A reference as it crosses the border.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Border {
    /// Something of the outside: a place in the owner's table.
    Port(Port),
    /// A promise of the outside, coming in: a place in the owner's table. The machine asks for its
    /// settlement with [`Effect::Listen`].
    PortPromise(Port),
    /// The promise of what a question will be answered with, going out.
    Answer(u32),
    /// An object of the script's, made by `Far`: its number.
    Export(u32),
    /// A promise of the script's: its number.
    Promise(u32),
}

/// Plain data with references as they cross the border.
pub type Datum = Value<Border>;

/// What happens to a process.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// It begins: its `main` is called with these arguments.
    Start(Vec<Datum>),
    /// A message to an object of the script's. `answer` is the number under which the sender is
    /// answered; none: nobody waits. `method` none: the object itself is called.
    Deliver {
        /// The number of the object or promise.
        export: u32,
        /// The method.
        method: Option<String>,
        /// The arguments.
        arguments: Vec<Datum>,
        /// Where the answer goes.
        answer: Option<u32>,
    },
    /// A question was answered, or its promise broken.
    Settled {
        /// The number of the question.
        question: u32,
        /// What it was answered with, or why not.
        outcome: Result<Datum, Datum>,
    },
    /// Nobody outside holds an object or promise of the script's any more.
    Dropped(u32),
    /// There is more fuel or room, or the owner let it go on.
    Resume,
    /// The owner ends it: every waiting call is thrown an error that says so, `finally` runs.
    Cancel(String),
}

/// What a process wants done, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// A message; what is answered comes back as [`Event::Settled`].
    Send {
        /// The number of the question.
        question: u32,
        /// Whom to.
        target: Target,
        /// The method; none: the target itself is called.
        method: Option<String>,
        /// The arguments.
        arguments: Vec<Datum>,
        /// After how many milliseconds the question counts as failed.
        within_ms: Option<u64>,
        /// What the script says that it asks for: shown to the owner.
        note: Option<String>,
    },
    /// It wants to hear how a promise of the outside settles, as the answer to a question.
    Listen {
        /// The number of the question that the settlement answers.
        question: u32,
        /// The promise.
        port: Port,
    },
    /// The answer to a delivery.
    Answer {
        /// Where it goes: the number that the delivery had.
        answer: u32,
        /// What it is answered with, or why not.
        outcome: Result<Datum, Datum>,
    },
    /// A promise that was passed out is settled.
    Settle {
        /// Its number.
        promise: u32,
        /// What it is settled with.
        outcome: Result<Datum, Datum>,
    },
    /// A line for the log.
    Log(String),
}

impl Effect {
    /// The data that go out with it.
    pub fn data(&self) -> &[Datum] {
        match self {
            Self::Send { arguments, .. } => arguments,
            Self::Answer { outcome: Ok(datum) | Err(datum), .. }
            | Self::Settle { outcome: Ok(datum) | Err(datum), .. } => std::slice::from_ref(datum),
            Self::Listen { .. } | Self::Log(_) => &[],
        }
    }
}

/// Whom a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Something of the outside.
    Port(Port),
    /// What an earlier question will be answered with: pipelining.
    Answer(u32),
}
