//! The result file of the trial of a rough way.

use std::fmt::Write as _;
use std::path::Path;

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
    let Outcome { ledgers, returns, .. } = outcome;
    let sum = |what: fn(&Ledger) -> u64| ledgers.iter().map(what).sum::<u64>();
    let mut text = format!(
        "\n## {} rounds, cut off for {} s in each, seed {}\n\n\
         | what | how many |\n| --- | --- |\n",
        plan.rounds,
        plan.cut.as_secs(),
        plan.seed
    );
    let mut row = |what: &str, many: String| {
        let _ = writeln!(text, "| {what} | {many} |");
    };
    if let Some(counters) = &outcome.counters {
        let weather = &plan.weather;
        let (least, most) = (weather.delay_ms, weather.delay_ms + weather.jitter_ms);
        row(
            "the weather, each way",
            format!("{} of 1000 packets lost, {least} to {most} ms late", weather.loss),
        );
        row("packets that came to the relay", counters.came.to_string());
        row("packets lost by the weather", counters.lost.to_string());
        row("packets cut off", counters.cut.to_string());
        row("packets late, doubled", format!("{}, {}", counters.delayed, counters.doubled));
        row("packets overtaken", counters.reordered.to_string());
        row("changes of a port", counters.rebound.to_string());
        row("packets brought back to a changed port", counters.followed.to_string());
    }
    row(
        "messages between the hosts, each applied once and in order",
        ledger::messages(ledgers).to_string(),
    );
    row("questions, each answered once", sum(|l| l.answers.told).to_string());
    row("sessions that ended", sum(|l| l.severed).to_string());
    let longest = returns.iter().max().copied().unwrap_or_default();
    let returns = format!("{} ms", longest.as_millis());
    row("the longest until both had answers again after a cut", returns);
    row("the whole trial", format!("{} s", outcome.took.as_secs()));
    row("faults", outcome.faults.len().to_string());
    for fault in &outcome.faults {
        let _ = writeln!(text, "\n- {fault}");
    }
    text
}

const HEAD: &str = "# A rough way\n\n\
    Two hosts as processes, and between them a relay of UDP packets or two network namespaces. A \
    player on each keeps the\nother busy by numbered messages while packets are lost, late, \
    doubled and overtaken; in each round the address\nchanges in mid-session, and everything is \
    cut off for a while. Then both ledgers must agree. `trials rough-way`\nrepeats it; `--seed` \
    plays the same choices again.\n\n";
