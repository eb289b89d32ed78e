//! The rows of the report, by name.

pub mod ask;
pub mod cold;
pub mod durable;
pub mod fairness;
pub mod growth;
pub mod instructions;
pub mod memory;
pub mod near;
pub mod remote;
pub mod soak;
pub mod sustained;
pub mod syrup;

use std::path::PathBuf;

use crate::report::Section;

/// What a run is told.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Rounds that count; each row warms up besides.
    pub rounds: usize,
    /// By how much rounds are shorter than usual, for a quick look.
    pub divide: u64,
    /// The folder in which durable rows write.
    pub data: PathBuf,
    /// How many vats the row of cold vats makes.
    pub cold_vats: u64,
    /// Where they are, to be kept; in a folder that goes with the run if absent.
    pub town_in: Option<PathBuf>,
    /// How long a soak is, in minutes.
    pub minutes: f64,
    /// The samples of an earlier soak, to be read in place of a new one.
    pub samples: Option<PathBuf>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            rounds: 15,
            divide: 1,
            data: std::env::temp_dir(),
            cold_vats: 5_000,
            town_in: None,
            minutes: 60.0,
            samples: None,
        }
    }
}

impl Plan {
    /// How often a round does something that it would usually do so often.
    pub fn times(&self, usually: u64) -> u64 {
        (usually / self.divide).max(1)
    }
}

/// A row: its name, and what measures it.
pub type Row = (&'static str, fn(&Plan) -> Section);

/// All rows, in the order of the report.
pub const ROWS: &[Row] = &[
    ("near", near::near),
    ("ask", ask::ask),
    ("remote", remote::sequential),
    ("in-flight", remote::in_flight),
    ("chain", remote::chain),
    ("bulk", remote::bulk),
    ("durable-turn", durable::turn),
    ("durable-turns", durable::turns),
    ("sustained", sustained::sustained),
    ("durable-remote", durable::remote),
    ("revive", cold::revive),
    ("memory", memory::memory),
    ("cold-vats", cold::many),
    ("fairness", fairness::fairness),
    ("growth", growth::growth),
    ("syrup", syrup::syrup),
    ("instructions", instructions::instructions),
];

/// Rows that are only measured when they are named.
pub const LONG_ROWS: &[Row] = &[("soak", soak::soak)];

/// A runtime of one thread, for both sides.
pub fn one_thread() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// A runtime of two threads.
pub fn two_threads() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(2).enable_all().build().expect("a runtime")
}
