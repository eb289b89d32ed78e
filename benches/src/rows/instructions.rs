//! How many instructions the hot ways take: the same on a busy machine, and nearly so on another.
//!
//! Each is counted by callgrind in a process of its own, once with so many of them and once with
//! twice as many: the difference is what they take without the start of the process.

mod parts;

use std::collections::BTreeMap;
use std::process::Command;

use bytes::Bytes;
use hogshead::HostBuilder;
use hogshead_captp::{Dialect, Operation};

use self::parts::Parts;
use super::durable::{Book, Ledger};
use super::remote::two_hosts;
use super::{Plan, cold, near, one_thread, syrup};
use crate::machine::checkout;
use crate::measure::{Spread, opaque};
use crate::report::{Line, Section, Unit};
use crate::stage::{LOAD_BYTES_MAX, Pair, Threads, ephemeral, journalled, spawn};

/// What is counted: its name for `--count`, what it is, and how often it is done.
const COUNTED: &[(&str, &str, u64)] = &[
    ("near", "near call at the first touch", 256 * 64),
    ("ask", "ask across two vats of an ephemeral host, and the continuation", 256),
    ("remote", "remote call over a plain session, both sides", 256),
    ("remote-durable", "remote call over a durable session, both sides", 256),
    ("in-flight", "one of 256 calls in flight over a plain session, both sides", 1_024),
    ("in-flight-durable", "the same over a durable session", 1_024),
    ("turn", "durable turn that changes 5 records of 200 bytes", 1_024),
    ("revive", "a cold vat revived to answer, its caller's turns included", 256),
    ("bulk", "1 MiB there and back over a plain session, both sides", 8),
    ("bulk-durable", "the same over a durable session", 8),
    ("encode", "Syrup: encode a typical delivery", 8_192),
    ("decode", "Syrup: decode it", 8_192),
];

/// Of which of these the report says where the instructions go: a table each.
const BROKEN_DOWN: [&[&str]; 3] = [
    &["near", "ask", "remote", "remote-durable"],
    &["in-flight", "in-flight-durable", "turn"],
    &["bulk", "bulk-durable", "revive"],
];

/// The file beside the report that a later run compares with.
const FILE: &str = "instructions.csv";

/// By how much a count may be above the last one before it is called worse, as a share: random
/// addresses and times make some tenths of a percent.
const WORSE: f64 = 0.01;

/// Counts.
pub fn instructions(_: &Plan) -> Section {
    let mut section = Section::new("instructions", "Instructions");
    let last = checkout().join("docs/performance").join(FILE);
    // Without such a file there is nothing to compare with.
    let last = std::fs::read_to_string(last).unwrap_or_default();
    let last = parse(&last);
    let (mut counts, mut worse, mut ways) = (Vec::new(), Vec::new(), Vec::new());
    for (kind, what, times) in COUNTED {
        match counted(kind, *times) {
            Ok((once, twice)) => {
                let each = twice.sum().saturating_sub(once.sum()) as f64 / *times as f64;
                ways.push((*kind, twice.beyond(&once, *times)));
                let line = Line::new(*what, Spread::exact(each), Unit::Count);
                let before = last.get(*kind).copied();
                section.line(match before {
                    Some(before) => line.against(&Spread::exact(before)),
                    None => line,
                });
                worse.extend(before.and_then(|before| compared(what, each, before)));
                counts.push(format!("{kind},{each:.0}\n"));
            }
            Err(why) => {
                section.note(format!("Missing: {what}: {why}."));
            }
        }
    }
    section.note(format!(
        "Instructions of user space each, by callgrind, whose processor has none for SHA: where something is hashed, as in \
         the durable ways, cryptography counts some ten times what it takes elsewhere. That of a revived vat is in the middle \
         of five: sled's threads make it waver by half. The ratio is to the count before, in `docs/performance/{FILE}`. \
         `-- instructions --out docs/performance.md` counts again and keeps the counts, so that what becomes worse is \
         seen on any machine."
    ));
    section.note(match (last.is_empty(), worse.is_empty()) {
        (true, _) => "Nothing to compare with yet.".to_owned(),
        (_, true) => "Nothing is worse by more than 1 %.".to_owned(),
        _ => format!("**Worse: {}.**", worse.join("; ")),
    });
    for kinds in BROKEN_DOWN {
        let of = |kind: &&str| ways.iter().find(|(way, _)| way == kind).cloned();
        section.note(parts::table(&kinds.iter().filter_map(of).collect::<Vec<_>>()));
    }
    section.files.push((FILE, format!("kind,instructions\n{}", counts.concat())));
    section
}

fn parse(text: &str) -> BTreeMap<&str, f64> {
    let each = text.lines().skip(1).filter_map(|line| line.split_once(','));
    each.filter_map(|(kind, count)| Some((kind, count.parse().ok()?))).collect()
}

/// What is to be said about a count that is worse than the one before.
fn compared(what: &str, now: f64, before: f64) -> Option<String> {
    let by = now / before - 1.0;
    (by > WORSE).then(|| format!("{what}, by {:.1} %", by * 100.0))
}

/// Where sled's own threads and timers have a part, a count wavers by half; then the pair in the
/// middle of so many counts.
const UNSTEADY: (&str, usize) = ("revive", 5);

/// What so many of a kind take, and twice as many.
fn counted(kind: &str, times: u64) -> Result<(Parts, Parts), String> {
    let pairs = if kind == UNSTEADY.0 { UNSTEADY.1 } else { 1 };
    let pair = |_| Ok((count(kind, times)?, count(kind, times * 2)?));
    let mut all = (0..pairs).map(pair).collect::<Result<Vec<_>, String>>()?;
    all.sort_by_key(|(once, twice)| twice.sum().saturating_sub(once.sum()));
    Ok(all.swap_remove(pairs / 2))
}

fn count(kind: &str, times: u64) -> Result<Parts, String> {
    let own = std::env::current_exe().map_err(|e| e.to_string())?;
    let file = tempfile::NamedTempFile::new().map_err(|e| e.to_string())?;
    let said = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", file.path().display()))
        .arg(own)
        .args(["--count", kind, &times.to_string()])
        .output()
        .map_err(|error| format!("valgrind cannot be started ({error})"))?;
    let failed = || format!("valgrind ended with {}; run it with `--count {kind}`", said.status);
    let profile = std::fs::read_to_string(file.path()).map_err(|e| e.to_string())?;
    let parts = Parts::read(&profile);
    if said.status.success() && parts.sum() > 0 { Ok(parts) } else { Err(failed()) }
}

/// What `--count KIND TIMES` does.
pub fn run(kind: &str, times: u64) -> Option<()> {
    match kind {
        "near" => near::touch(times / near::MEMBERS),
        "ask" => one_thread().block_on(async {
            let pair = Pair::near_by(ephemeral(1, Threads::None, |b| b).await).await;
            pair.call(1, times, false).await;
            pair.end().await;
        }),
        "remote" => remote(1, times, true),
        "remote-durable" => remote(1, times, false),
        "in-flight" => remote(IN_FLIGHT, times / IN_FLIGHT, true),
        "in-flight-durable" => remote(IN_FLIGHT, times / IN_FLIGHT, false),
        "turn" => one_thread().block_on(async {
            let change = |builder: HostBuilder| builder.register::<Book>();
            let host = journalled(1, Threads::None, change).await;
            let client = host.client().await.expect("a client");
            let book = spawn::<dyn Ledger>(&client, "alice", "bench-book").await;
            book.ask().write(times, false).await.expect("written");
            drop((book, client));
            host.shutdown().await.expect("stopped");
        }),
        "revive" => cold::revived(times),
        "bulk" => bulk(times, true),
        "bulk-durable" => bulk(times, false),
        "encode" => {
            let delivery = syrup::delivery();
            let mut buffer = Vec::with_capacity(512);
            for _ in 0..times {
                buffer.clear();
                opaque(&delivery).encode_to(Dialect::default(), &mut buffer);
                opaque(&buffer);
            }
        }
        "decode" => {
            let encoded: Bytes = syrup::delivery().encode(Dialect::default());
            for _ in 0..times {
                drop(opaque(Operation::decode(opaque(&encoded))));
            }
        }
        _ => return None,
    }
    Some(())
}

fn remote(strands: u64, times: u64, plain: bool) {
    one_thread().block_on(async {
        let pair = two_hosts(Threads::None, plain).await;
        pair.call(strands, times, false).await;
        pair.end().await;
    });
}

fn bulk(times: u64, plain: bool) {
    one_thread().block_on(async {
        let pair = two_hosts(Threads::None, plain).await;
        pair.aim(&pair.echo, LOAD_BYTES_MAX).await;
        pair.call(1, times, false).await;
        pair.end().await;
    });
}

const IN_FLIGHT: u64 = 256;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_worse_by_its_share_of_the_one_before() {
        let before = parse("kind,instructions\nnear,400\nask,60000\n");
        assert_eq!(compared("near call", 403.0, before["near"]), None);
        assert_eq!(compared("ask", 63_000.0, before["ask"]).as_deref(), Some("ask, by 5.0 %"));
        assert_eq!(compared("ask", 50_000.0, before["ask"]), None);
        assert!(parse("").is_empty());
    }
}
