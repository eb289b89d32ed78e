//! What an owner is told of a process.

use std::fmt;

use hogshead_objects::ids::Timestamp;
use serde::{Deserialize, Serialize};

/// What a process is doing.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
pub enum ProcessStatus {
    /// Waiting for an answer or a message, or for nothing that could come.
    Waiting,
    /// Its owner holds it up: events wait.
    Paused,
    /// It was stopped in the middle: out of fuel or room, or to be looked at line by line.
    Suspended {
        /// Why.
        why: String,
    },
    /// Its `main` has ended. Its objects go on answering.
    Done,
    /// Its `main` threw.
    Failed {
        /// What.
        why: String,
    },
    /// Its owner ends it, and a call still waits: in a `finally`, say.
    Cancelling {
        /// Why.
        why: String,
    },
    /// Its owner ended it.
    Cancelled {
        /// Why.
        why: String,
    },
}

impl ProcessStatus {
    /// Whether nothing can happen any more.
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Failed { .. } | Self::Cancelled { .. })
    }

    /// Whether it takes events as they come.
    pub fn takes_events(&self) -> bool {
        matches!(self, Self::Waiting | Self::Done | Self::Cancelling { .. })
    }
}

impl fmt::Display for ProcessStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Waiting => f.write_str("waiting"),
            Self::Paused => f.write_str("paused"),
            Self::Suspended { why } => write!(f, "suspended: {why}"),
            Self::Done => f.write_str("done"),
            Self::Failed { why } => write!(f, "failed: {why}"),
            Self::Cancelling { why } => write!(f, "being cancelled: {why}"),
            Self::Cancelled { why } => write!(f, "cancelled: {why}"),
        }
    }
}

/// A process as `script ps` lists it.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct ProcessInfo {
    /// Its id.
    pub id: String,
    /// How many events it has seen.
    pub number: u64,
    /// Its name.
    pub name: String,
    /// The hash of its own code, in hexadecimal.
    pub code: String,
    /// What it is doing.
    pub status: ProcessStatus,
    /// Since when.
    pub since: Timestamp,
    /// What it waits for.
    pub waits: Vec<Wait>,
    /// Events that wait until it goes on.
    pub queued: u64,
    /// Bytes of its state.
    pub state_bytes: u64,
    /// Bytes of its codes, which it shares with others; without the prelude, which all share.
    pub code_bytes: u64,
    /// Bytes of the states that are kept for undo.
    pub undo_bytes: u64,
    /// How many times it can go back.
    pub undo: u64,
}

/// Something that a process waits for.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct Wait {
    /// Under which number it was asked.
    pub question: u32,
    /// Who may answer: the name under which it was granted, or a number.
    pub whom: String,
    /// The method.
    pub method: Option<String>,
    /// The arguments, as text.
    pub arguments: String,
    /// Since when.
    pub since: Timestamp,
    /// Until when, if there is an end.
    pub deadline: Option<Timestamp>,
    /// What the script says that it asks for.
    pub note: Option<String>,
}

/// A line of a process's log.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct LogLine {
    /// When it was written.
    pub at: Timestamp,
    /// What the script wrote.
    pub text: String,
}
