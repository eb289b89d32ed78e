//! Memory of what does nothing: a warm vat, a cold vat, an idle actor.
//!
//! Each is measured in a process of its own, which this one starts with `--resident KIND`, as the
//! growth of what is resident of it: what an allocator was given before would hide what it needs.

use std::path::Path;
use std::process::Command;

use super::{Plan, one_thread, two_threads};
use crate::machine::resident_bytes;
use crate::measure::Spread;
use crate::peers::actors::Ractor;
use crate::report::{Line, Section, Unit};
use crate::rows::cold::Town;

const VATS: u64 = 4_000;
const ACTORS: u64 = 20_000;
const TASKS: u64 = 100_000;

/// Measures the row.
pub fn memory(plan: &Plan) -> Section {
    let goal = "an idle warm vat at most 2 KiB, a cold one nothing";
    let mut section = Section::new("memory", "Memory at rest").goal(goal);
    let vats = plan.times(VATS);
    let folder = tempfile::tempdir_in(&plan.data).expect("a folder");
    let data = folder.path().join("data");
    let few = folder.path().join("few");
    two_threads().block_on(async {
        Town::build(&data, vats).await.end().await;
        Town::build(&few, 1).await.end().await;
    });
    let rounds = plan.rounds.min(5);
    let each = |kind: &str, many: u64| {
        let figures: Vec<f64> =
            (0..rounds).map(|_| child(kind, &data, many) / many as f64).collect();
        Spread::of(&figures)
    };
    let more = || (child("cold", &data, vats) - child("cold", &few, 1)).max(0.0) / vats as f64;
    let ractor = each("ractor", ACTORS);
    let warm = each("warm", vats);
    let line = Line::new("a warm vat with an object in it", warm, Unit::Bytes).against(&ractor);
    section.line(line.goal(warm.median <= 2_048.0));
    let cold = Spread::of(&(0..rounds).map(|_| more()).collect::<Vec<_>>());
    let line = Line::new("a cold vat", cold, Unit::Bytes).against(&ractor);
    section.line(line.goal(cold.median <= 64.0));
    section.line(Line::new("an idle actor of ractor", ractor, Unit::Bytes));
    section.line(Line::new(
        "an idle task of tokio behind a channel",
        each("task", TASKS),
        Unit::Bytes,
    ));
    section.note(format!(
        "What a process has resident grows by this for each of {vats} vats that an object of another vat has called \
         once (a warm vat with its end of that session, and whatever the checkpoint's cache of 1 MiB took), or by which \
         the start of a host with them takes more than that of a host with one (cold), or for actors and tasks that wait."
    ));
    section.note("Missing: an idle host connection beside quinn's.");
    section
}

fn child(kind: &str, data: &Path, many: u64) -> f64 {
    let own = std::env::current_exe().expect("a program");
    let many = many.to_string();
    let said = Command::new(own).args(["--resident", kind]).arg(data).arg(many).output();
    let said = said.expect("it runs");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8_lossy(&said.stdout).trim().parse().expect("a number")
}

/// What `--resident KIND DATA MANY` prints: bytes that so many of a kind take.
pub fn resident(kind: &str, data: &Path, many: u64) -> Option<u64> {
    let grown = |before: u64| resident_bytes().saturating_sub(before);
    match kind {
        "warm" => two_threads().block_on(async {
            let town = Town::open(data, 1 << 20).await;
            town.visit(0, 1).await;
            let before = resident_bytes();
            town.visit(1, many - 1).await;
            let bytes = grown(before);
            town.end().await;
            Some(bytes)
        }),
        "cold" => {
            let runtime = two_threads();
            let before = resident_bytes();
            let town = runtime.block_on(Town::open(data, 1 << 20));
            let bytes = grown(before);
            runtime.block_on(town.end());
            Some(bytes)
        }
        "ractor" => one_thread().block_on(async {
            let first = Ractor::start().await;
            let before = resident_bytes();
            let mut all = Vec::new();
            for _ in 0..many {
                all.push(Ractor::start().await);
            }
            let bytes = grown(before);
            drop((first, all));
            Some(bytes)
        }),
        "task" => one_thread().block_on(async {
            let before = resident_bytes();
            let all: Vec<_> = (0..many).map(|_| crate::peers::actors::Channels::start()).collect();
            tokio::task::yield_now().await;
            let bytes = grown(before);
            drop(all);
            Some(bytes)
        }),
        _ => None,
    }
}
