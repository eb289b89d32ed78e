//! The result file of the kill trial.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use super::{Outcome, Plan};
use crate::machine;

/// Writes what the plays gave to `file`.
pub fn write(file: &Path, plays: &[(Plan, Outcome)]) -> std::io::Result<()> {
    let mut text = String::from(HEAD);
    text += &machine::describe(&std::env::temp_dir());
    let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
    text += &format!("- build: {profile}\n");
    for (plan, outcome) in plays {
        text += &describe(plan, outcome);
    }
    std::fs::write(file, text)
}

/// What a play gave, as a section of the file.
pub fn describe(plan: &Plan, outcome: &Outcome) -> String {
    let Outcome { kills, told, cut_off, local, pair, remote, .. } = outcome;
    let mut starts = outcome.starts.clone();
    starts.sort_unstable();
    let at = |share: usize| {
        let index = (starts.len().saturating_sub(1)) * share / 100;
        starts.get(index).copied().unwrap_or_default()
    };
    let mut text = format!(
        "\n## {}, {} kills, seed {}\n\n\
         | what | how many |\n| --- | --- |\n\
         | kills of the callee's host, the caller's host, both at once | {}, {}, {} |\n\
         | kills of a host once more, while it recovered | {} |\n\
         | innocent deliveries parked by that, and run again by the owner | {} |\n\
         | calls from outside that were answered | {told} |\n\
         | calls from outside that a kill cut off | {cut_off} |\n\
         | calls from a vat of one host to a vat of the other: sent, answered | {}, {} |\n\
         | calls between two vats of one host, each exactly once | {local} |\n\
         | numbered messages between two vats of one host, each once and in order | {pair} |\n\
         | start after a kill, with an audit of every vat: p50, p99, longest | {}, {}, {} |\n\
         | the whole trial | {} s |\n\
         | faults | {} |\n",
        plan.engine,
        kills.iter().sum::<u32>(),
        plan.seed,
        kills[0],
        kills[1],
        kills[2],
        outcome.strikes,
        outcome.retried,
        remote.0,
        remote.1,
        ms(at(50)),
        ms(at(99)),
        ms(at(100)),
        outcome.took.as_secs(),
        outcome.faults.len(),
    );
    for fault in &outcome.faults {
        let _ = writeln!(text, "\n- {fault}");
    }
    text
}

fn ms(duration: Duration) -> String {
    format!("{} ms", duration.as_millis())
}

const HEAD: &str = "# SIGKILL under load\n\n\
    Two hosts as processes, callers on both and outside of them. At a random moment one host or \
    both are killed\nwith SIGKILL, their stores are checked, and they are started again; then \
    everybody's books are compared and\nevery vat's counts are audited. `trials kill --times 200` \
    repeats it; `--seed` plays the same choices again.\n\n";
