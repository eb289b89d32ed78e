//! Durable turns without an end, with the checkpoint keeping up.

use std::time::{Duration, Instant};

use super::durable::{Book, Ledgers};
use super::{Plan, two_threads};
use crate::machine::{file_system, resident_bytes};
use crate::measure::Spread;
use crate::plot::{Axis, Curve, Plot};
use crate::report::{Goal, Line, Section, Unit};
use crate::stage::durable;

/// How long each kind of writing goes on.
const SECONDS: u64 = 20;

/// Turns of each vat between two looks.
const TURNS: u64 = 20;

/// What a host may take by its own settings: commits that are not in the checkpoint yet, the
/// checkpoint's cache, and the objects.
const BUDGET: u64 = (64 << 20) + (64 << 20) + (256 << 20);

/// Measures the row.
pub fn sustained(plan: &Plan) -> Section {
    let length = Duration::from_secs(plan.times(SECONDS));
    let title = format!("Durable turns for {} seconds each, 256 vats", length.as_secs());
    let goal = "memory stays under what the host's settings allow; the rate is reported";
    let mut section = Section::new("sustained", &title).goal(goal);
    let runtime = two_threads();
    let (mut rates, mut memories) = (Vec::new(), Vec::new());
    for (what, others) in [("the same keys again", false), ("other keys each turn", true)] {
        let folder = tempfile::tempdir_in(&plan.data).expect("a folder");
        let looks = runtime.block_on(async {
            let host = durable(&folder.path().join("data"), |b| b.register::<Book>()).await;
            let ledgers = Ledgers::open(&host).await;
            let (begun, before) = (Instant::now(), resident_bytes());
            let mut looks = Vec::new();
            while begun.elapsed() < length {
                let rate = ledgers.write(TURNS, others).await;
                let grown = resident_bytes().saturating_sub(before) as f64;
                looks.push((begun.elapsed().as_secs_f64(), rate, grown));
            }
            drop(ledgers);
            host.shutdown().await.expect("stopped");
            looks
        });
        let rate = Spread::of(&looks.iter().map(|look| look.1).collect::<Vec<_>>());
        section.line(Line::new(format!("{what}: turns"), rate, Unit::PerSecond));
        let grown: Vec<f64> = looks.iter().map(|look| look.2).collect();
        let most = Spread::exact(grown.iter().copied().fold(0.0, f64::max));
        section.line(Line::new(format!("{what}: memory"), Spread::of(&grown), Unit::Bytes));
        let line = Line::new(format!("{what}: memory at the most"), most, Unit::Bytes);
        section.line(line.goal(Goal::AtMost(BUDGET as f64)));
        let curve = |of: fn(&(f64, f64, f64)) -> f64| Curve {
            name: what.to_owned(),
            points: looks.iter().map(|look| (look.0, of(look))).collect(),
        };
        rates.push(curve(|look| look.1));
        memories.push(curve(|look| look.2));
    }
    let plot = |name: &str, title: &str, y, curves| Plot {
        name: name.to_owned(),
        title: title.to_owned(),
        x: Axis::sums("seconds", Unit::Count),
        y,
        curves,
    };
    let y = Axis::sums("turns", Unit::PerSecond);
    section.plot(plot("sustained-turns", "Durable turns a second", y, rates));
    let y = Axis::sums("above that of the start", Unit::Bytes);
    section.plot(plot("sustained-memory", "Memory while they run", y, memories));
    section.note(format!(
        "Each turn changes 5 records of 200 bytes; rounds are of {TURNS} turns of each vat. On {}; no snapshot is written, \
         so the journal keeps everything. Memory is what the process has beyond that of the host before the first turn; the \
         settings allow 64 MiB of commits that wait for the checkpoint, 64 MiB of its cache and 256 MiB of objects.",
        file_system(&plan.data)
    ));
    section
}
