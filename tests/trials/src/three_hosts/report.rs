//! The result file of the trial of three hosts.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use super::{Outcome, Plan};
use crate::machine;
use crate::players::{Ledger, ledger};

/// Writes what a play gave to `file`.
pub fn write(file: &Path, plan: &Plan, outcome: &Outcome) -> std::io::Result<()> {
    let machine = machine::describe(&std::env::temp_dir());
    let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
    let text = describe(plan, outcome);
    std::fs::write(file, format!("{HEAD}{machine}- build: {profile}\n{text}"))
}

/// What a play gave, as a section of the file.
pub fn describe(plan: &Plan, outcome: &Outcome) -> String {
    let Outcome { kills, ledgers, .. } = outcome;
    let sum = |what: fn(&Ledger) -> u64| ledgers.iter().map(what).sum::<u64>();
    let starts = percentiles(&outcome.starts);
    let settled = percentiles(&outcome.settled);
    let mut text = format!(
        "\n## {} kills, seed {}\n\n\
         | what | how many |\n| --- | --- |\n\
         | kills of each host | {}, {}, {} |\n\
         | times that two or three were killed at once | {} |\n\
         | starts at another port | {} |\n\
         | stores of dead hosts checked | {} |\n\
         | messages between hosts, each applied once and in order | {} |\n\
         | questions, each answered once | {} |\n\
         | plays: straight, to a promise, to a promise that leads on, handed over | \
           {}, {}, {}, {} |\n\
         | pages written and closed | {} |\n\
         | sessions that ended | {} |\n\
         | comparisons of all ledgers, with an audit of every vat | {} |\n\
         | until nothing was under way any more: p50, p99, longest | {settled} |\n\
         | start after a kill, with an audit: p50, p99, longest | {starts} |\n\
         | the whole trial | {} s |\n\
         | faults | {} |\n",
        kills.iter().sum::<u32>(),
        plan.seed,
        kills[0],
        kills[1],
        kills[2],
        outcome.together,
        outcome.moves,
        outcome.checks,
        ledger::messages(ledgers),
        sum(|l| l.answers.told),
        sum(|l| l.kinds.bursts),
        sum(|l| l.kinds.pipelined),
        sum(|l| l.kinds.forwarded),
        sum(|l| l.kinds.handed),
        sum(|l| l.pages.closed),
        sum(|l| l.severed),
        outcome.comparisons,
        outcome.took.as_secs(),
        outcome.faults.len(),
    );
    for fault in &outcome.faults {
        let _ = writeln!(text, "\n- {fault}");
    }
    text
}

fn percentiles(all: &[Duration]) -> String {
    let mut all = all.to_vec();
    all.sort_unstable();
    let at = |share: usize| {
        let index = (all.len().saturating_sub(1)) * share / 100;
        all.get(index).copied().unwrap_or_default().as_millis()
    };
    format!("{} ms, {} ms, {} ms", at(50), at(99), at(100))
}

const HEAD: &str = "# Three hosts, SIGKILL under load\n\n\
    Three hosts as processes, which talk by QUIC. A player on each keeps the others busy by \
    numbered messages: straight,\nto promises, to promises that lead on to a third host, and on \
    references that are handed over. At random moments\nhosts are killed with SIGKILL and \
    started again, one of them sometimes at another port. Every so often the players\nend what \
    they began, and all ledgers must agree. `trials three-hosts --kills 1000` repeats it; `--seed` \
    plays the same\nchoices again.\n\n";
