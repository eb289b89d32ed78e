//! Many cold vats: creating them, starting the host, a message to any of them.
//!
//! Each opening is done by a process of its own, which this one starts with `--open KIND`: nobody
//! waits for a lock that the one before has not let go of yet, or begins with its memory.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Instant;

use futures_util::future::join_all;
use hogshead_store::engine::sled::SledStore;

use super::{AT_ONCE, CACHE, Percentiles, STEP, Town, open, settle, vat};
use crate::machine::{Machine, file_system, resident_bytes};
use crate::measure::{Spread, ns};
use crate::processes::said;
use crate::report::{Goal, Line, Section, Unit};
use crate::rows::{Plan, two_threads};
use crate::stage::{Echo, spawn_in};

/// What is opened, in the order of the first round.
const KINDS: [&str; 3] = ["store", "sled", "host"];

/// Vats that a round asks something.
const VISITS: u64 = 1_000;

/// Measures the row.
pub fn many(plan: &Plan) -> Section {
    let folder = tempfile::tempdir_in(&plan.data).expect("a folder");
    let folder = plan.town_in.as_deref().unwrap_or(folder.path());
    let data = folder.join("data");
    let mut made = Made::find_or_make(folder, plan);
    let Openings { times: [store, floor, start], memory, ours } = openings(plan, &data);
    let (p50, p99) = messages(plan, &data, &mut made).spreads();
    made.write(folder);
    let title = format!("{} cold vats", made.vats);
    let goal = "the host starts in at most sled's own time to open and a tenth more; a cold vat takes none of its memory";
    let mut section = Section::new("cold-vats", &title).goal(goal);
    let line = Line::new("start of the host", start, Unit::Ns).against(&floor);
    section.line(line.goal(Goal::AtMost(1.1 * floor.median)));
    let alone = Line::new("the store alone, sled and journal", store, Unit::Ns);
    section.line(alone.against(&floor));
    section.line(Line::new("sled alone", floor, Unit::Ns));
    let create = Spread::exact(made.each);
    section.line(Line::new("creating a vat with an object in it", create, Unit::Ns));
    section.line(Line::new("memory that the start takes", memory, Unit::Bytes));
    let vats = made.vats as f64;
    let ours = Spread::of(&ours.iter().map(|bytes| bytes / vats).collect::<Vec<_>>());
    let line = Line::new("a vat's part of it that is not sled's", ours, Unit::Bytes);
    section.line(line.goal(Goal::AtMost(64.0)));
    section.line(Line::new("a message to any of them: p50", p50, Unit::Ns));
    section.line(Line::new("a message to any of them: p99", p99, Unit::Ns));
    section.note(format!(
        "`--cold-vats 1000000` says how many, `--town-in FOLDER` where they stay for a later run. Sled is opened as the \
         host's store does it, with the same cache. Each opening is in a process of its own, after one of \
         sled that does not count; which comes first changes from round to round. What is opened is in the page cache, on {}. Creating is by the \
         owner, 64 at a time, each of two answers waited for on the disk. A message is one that revives a vat: an object \
         asks {VISITS} vats of all a round, one after the other, whose echoes were put there for it before.",
        file_system(&data)
    ));
    if made.before {
        let by = &made.by;
        section
            .note(format!("The vats were created by an earlier run, whose figure this is: {by}."));
    }
    section
}

/// A town, and how it was made. It is written down beside it.
struct Made {
    vats: u64,
    /// Nanoseconds for each.
    each: f64,
    /// Those that were asked something since, from the first on.
    visited: u64,
    /// The machine and the commit.
    by: String,
    /// Whether this was another run.
    before: bool,
}

impl Made {
    fn find_or_make(folder: &Path, plan: &Plan) -> Self {
        let (data, file) = (folder.join("data"), file(folder));
        if data.exists() {
            let made = std::fs::read_to_string(&file).ok().and_then(|text| Self::parse(&text));
            let broken = || panic!("{} was not made to its end: remove it", data.display());
            return made.unwrap_or_else(broken);
        }
        std::fs::create_dir_all(folder).expect("a folder");
        let begun = Instant::now();
        two_threads().block_on(crowd(&data, plan.cold_vats));
        let each = ns(begun.elapsed()) / plan.cold_vats as f64;
        let by = Machine::describe(folder).to_string();
        let made = Self { vats: plan.cold_vats, each, visited: 0, by, before: false };
        made.write(folder);
        made
    }

    fn text(&self) -> String {
        let Self { vats, each, visited, by, .. } = self;
        format!("vats {vats}\nnanoseconds each {each}\nvisited {visited}\nby {by}\n")
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let mut value = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        Some(Self {
            vats: value("vats")?.parse().ok()?,
            each: value("nanoseconds each")?.parse().ok()?,
            visited: value("visited")?.parse().ok()?,
            by: value("by")?.to_owned(),
            before: true,
        })
    }

    fn write(&self, folder: &Path) {
        std::fs::write(file(folder), self.text()).expect("written");
    }
}

fn file(folder: &Path) -> PathBuf {
    folder.join("town.txt")
}

/// What opening takes.
struct Openings {
    /// Of the store, sled, and the host.
    times: [Spread; 3],
    /// The host's memory.
    memory: Spread,
    /// By how much it is more than sled's, in each round: below zero, what sled has left was used
    /// again.
    ours: Vec<f64>,
}

fn openings(plan: &Plan, data: &Path) -> Openings {
    let (mut times, mut bytes) = ([const { Vec::new() }; 3], [const { Vec::new() }; 3]);
    for round in 0..plan.rounds.min(5) {
        for turn in 0..KINDS.len() {
            let place = (round + turn) % KINDS.len();
            // What the one before left to be done at the next opening, this one does.
            child("sled", data);
            let (time, grown) = child(KINDS[place], data);
            times[place].push(time);
            bytes[place].push(grown);
        }
    }
    let [_, sled, host] = bytes;
    let ours = host.iter().zip(&sled).map(|(host, sled)| host - sled).collect();
    let times = times.map(|times| Spread::of(&times));
    Openings { times, memory: Spread::of(&host), ours }
}

/// Makes so many vats of an echo each, which only the owner knows by their names.
async fn crowd(data: &Path, vats: u64) {
    let host = open(data, CACHE).await;
    let client = host.client().await.expect("a client");
    for from in (0..vats).step_by(AT_ONCE) {
        drop(settle(&client, from, vats).await);
    }
    drop(client);
    host.shutdown().await.expect("stopped");
}

/// Asks vats that nobody has asked before, if there are any left: each round others, all over the
/// town, of a host that was started anew.
fn messages(plan: &Plan, data: &Path, made: &mut Made) -> Percentiles {
    let (runtime, mut answers) = (two_threads(), Percentiles::default());
    let rounds = plan.rounds.min(5) as u64;
    let stops = (made.vats / rounds).clamp(1, VISITS);
    let guide = format!("guide{}", made.visited);
    runtime.block_on(guided(data, &guide, made, 1 + rounds * stops));
    for round in 0..rounds {
        runtime.block_on(async {
            let town = Town::again(open(data, CACHE).await, &guide).await;
            // The guide's own vat comes to memory with this.
            town.visit(0, 1).await;
            answers.add(&town.visit(1 + round * stops, stops).await);
            town.end().await;
        });
    }
    made.visited += 1 + rounds * stops;
    answers
}

/// Puts another echo into so many vats, and has a guide know them.
async fn guided(data: &Path, guide: &str, made: &Made, stops: u64) {
    let town = Town::with_tourist(open(data, CACHE).await, guide).await;
    let stops: Vec<_> = (0..stops).map(|nth| (made.visited + nth) * STEP % made.vats).collect();
    for some in stops.chunks(AT_ONCE) {
        let client = &town.client;
        let echo = |nth| async move { spawn_in::<dyn Echo>(client, &vat(nth), "bench-wall").await };
        town.learn(&join_all(some.iter().copied().map(echo)).await).await;
    }
    town.end().await;
}

/// Nanoseconds that an opening takes, and bytes.
fn child(kind: &str, data: &Path) -> (f64, f64) {
    let said = said([OsStr::new("--open"), kind.as_ref(), data.as_os_str()]);
    let figures = said.split_once(' ').expect("two figures");
    (figures.0.parse().expect("a number"), figures.1.parse().expect("a number"))
}

/// What `--open KIND DATA` prints: the nanoseconds that it took, and by how many bytes the process
/// has grown.
pub fn opened(kind: &str, data: &Path) -> Option<(f64, u64)> {
    let runtime = two_threads();
    let (before, begun) = (resident_bytes(), Instant::now());
    let grown = || (ns(begun.elapsed()), resident_bytes().saturating_sub(before));
    match kind {
        "store" => {
            let options = hogshead_store::Options::default();
            let keep = hogshead_store::Keep::open(&data.join("store"), options).expect("it opens");
            let grown = grown();
            keep.close().expect("closed");
            Some(grown)
        }
        "sled" => {
            let sled = open_sled(data, CACHE);
            let grown = grown();
            drop(sled);
            Some(grown)
        }
        "host" => {
            let host = runtime.block_on(open(data, CACHE));
            let grown = grown();
            runtime.block_on(host.shutdown()).expect("stopped");
            Some(grown)
        }
        _ => None,
    }
}

/// Opens the checkpoint of a host's data alone.
pub fn open_sled(data: &Path, cache: usize) -> SledStore {
    SledStore::open(&data.join("store").join("checkpoint"), cache).expect("it opens")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_a_town_was_made_is_read_as_it_was_written() {
        let by = "a machine".to_owned();
        let made = Made { vats: 7, each: 2.5, visited: 3, by, before: false };
        let read = Made::parse(&made.text()).expect("it reads");
        assert_eq!((read.text(), read.before), (made.text(), true));
        assert!(Made::parse("vats 7\n").is_none());
    }
}
