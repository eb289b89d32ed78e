//! Durable deliveries without an end, with the checkpoint keeping up.
//!
//! Each kind of writing is done by a process of its own, which this one starts with `--sustain
//! KIND`: what the one leaves in memory, or to its checkpoint, is not the other's.

use std::ffi::OsStr;
use std::path::Path;
use std::time::{Duration, Instant};

use super::durable::{Book, Ledgers, VATS, journal_bytes};
use super::{Plan, two_threads};
use crate::machine::{file_system, resident_bytes};
use crate::measure::Spread;
use crate::plot::{Axis, Curve, Plot};
use crate::processes;
use crate::report::{Goal, Line, Section, Unit};
use crate::stage::durable;

/// How long each kind of writing goes on.
const SECONDS: u64 = 20;

/// Deliveries to each vat between two looks.
const DELIVERIES: u64 = 20;

/// Looks after which all vats have been quick for long, so that deliveries share turns.
const WARM_UP: usize = 4;

/// What a host may take by its own settings: commits that are not in the checkpoint yet, the
/// checkpoint's cache, and the objects.
const BUDGET: u64 = (64 << 20) + (64 << 20) + (256 << 20);

/// What is seen after some deliveries to each vat: seconds since the first, deliveries a second, and
/// by how many bytes the process has grown.
type Look = [f64; 3];

/// What a process of its own has seen: its looks, and after the first few, commits for
/// 1,000 deliveries and bytes of journal for each.
struct Seen {
    looks: Vec<Look>,
    commits: f64,
    journal: f64,
}

/// Measures the row.
pub fn sustained(plan: &Plan) -> Section {
    let length = plan.times(SECONDS);
    let title = format!("Durable deliveries for {length} seconds each, 256 vats");
    let goal = "memory stays under what the host's settings allow; the rate is reported";
    let mut section = Section::new("sustained", &title).goal(goal);
    let (mut rates, mut memories) = (Vec::new(), Vec::new());
    for (what, kind) in [("the same keys again", "same"), ("other keys each time", "other")] {
        let Seen { looks, commits, journal } = child(kind, length, &plan.data);
        let column = |at: usize| looks.iter().map(|look| look[at]).collect::<Vec<_>>();
        let (rate, grown) = (Spread::of(&column(1)), column(2));
        section.line(Line::new(format!("{what}: deliveries"), rate, Unit::PerSecond));
        let commits = Spread::exact(commits);
        let line = format!("{what}: commits for 1,000 deliveries");
        section.line(Line::new(line, commits, Unit::Count));
        let line = format!("{what}: journal, a delivery");
        section.line(Line::new(line, Spread::exact(journal), Unit::Bytes));
        let most = Spread::exact(grown.iter().copied().fold(0.0, f64::max));
        section.line(Line::new(format!("{what}: memory"), Spread::of(&grown), Unit::Bytes));
        let line = Line::new(format!("{what}: memory at the most"), most, Unit::Bytes);
        section.line(line.goal(Goal::AtMost(BUDGET as f64)));
        let curve = |at: usize| Curve {
            name: what.to_owned(),
            points: looks.iter().map(|look| (look[0], look[at])).collect(),
        };
        rates.push(curve(1));
        memories.push(curve(2));
    }
    let plot = |name: &str, title: &str, y, curves| Plot {
        name: name.to_owned(),
        title: title.to_owned(),
        x: Axis::sums("seconds", Unit::Count),
        y,
        curves,
    };
    let y = Axis::sums("deliveries", Unit::PerSecond);
    section.plot(plot("sustained-turns", "Durable deliveries a second", y, rates));
    let y = Axis::sums("above that of the start", Unit::Bytes);
    section.plot(plot("sustained-memory", "Memory while they run", y, memories));
    section.note(said(plan));
    section
}

fn said(plan: &Plan) -> String {
    format!(
        "Each delivery changes 5 records of 200 bytes; rounds are of {DELIVERIES} of them to each vat. Those that are ready \
         together share a turn, up to 64, and so a commit. The two kinds of writing have a process and a host each. On {}; \
         no snapshot is written, so the journal keeps everything. Memory is what the process has beyond that of the host \
         before the first delivery; the settings allow 64 MiB of commits that wait for the checkpoint, 64 MiB of its cache \
         and 256 MiB of objects.",
        file_system(&plan.data)
    )
}

fn child(kind: &str, seconds: u64, data: &Path) -> Seen {
    let seconds = seconds.to_string();
    let arguments = ["--sustain", kind, &seconds].map(OsStr::new);
    let text = processes::said(arguments.into_iter().chain([data.as_os_str()]));
    let figures = |line: &str| -> Vec<f64> {
        line.split_whitespace().map(|word| word.parse().expect("a number")).collect()
    };
    let mut lines: Vec<_> = text.lines().map(figures).collect();
    let last = lines.pop().expect("a last line");
    let looks = lines.into_iter().map(|line| line.try_into().expect("three figures")).collect();
    Seen { looks, commits: last[0], journal: last[1] }
}

/// What `--sustain KIND SECONDS DATA` prints: a line for each look, and one of what a delivery took.
pub fn sustain(kind: &str, seconds: u64, data: &Path) -> Option<String> {
    let others = match kind {
        "same" => false,
        "other" => true,
        _ => return None,
    };
    let folder = tempfile::tempdir_in(data).expect("a folder");
    let data = folder.path().join("data");
    let seen = two_threads().block_on(look(&data, Duration::from_secs(seconds), others));
    let each = seen.looks.iter().map(|[at, rate, grown]| format!("{at} {rate} {grown}\n"));
    Some(format!("{}{} {}", each.collect::<String>(), seen.commits, seen.journal))
}

async fn look(data: &Path, length: Duration, others: bool) -> Seen {
    let journal = data.join("store").join("journal");
    let host = durable(data, |b| b.register::<Book>()).await;
    let ledgers = Ledgers::open(&host).await;
    let (begun, before) = (Instant::now(), resident_bytes());
    let (mut looks, mut counted) = (Vec::<Look>::new(), (0, 0));
    while begun.elapsed() < length || looks.len() <= WARM_UP {
        let rate = ledgers.write(DELIVERIES, others).await;
        let grown = resident_bytes().saturating_sub(before) as f64;
        looks.push([begun.elapsed().as_secs_f64(), rate, grown]);
        if looks.len() == WARM_UP {
            counted = (ledgers.commits().await, journal_bytes(&journal));
        }
    }
    let (commits, bytes) = (ledgers.commits().await, journal_bytes(&journal));
    drop(ledgers);
    host.shutdown().await.expect("stopped");
    let deliveries = ((looks.len() - WARM_UP) as u64 * DELIVERIES * VATS) as f64;
    let commits = (commits - counted.0) as f64 / deliveries * 1_000.0;
    Seen { looks, commits, journal: (bytes - counted.1) as f64 / deliveries }
}
