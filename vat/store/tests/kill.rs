//! A process is killed while it commits: every commit that it reported durable is there when the
//! store is opened again, and the rows are those of exactly one commit.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use common::{ENGINES, Random, options, seed};
use hogshead_objects::ids::CommitNumber;
use hogshead_store::{Batch, Engine, Keep, Options};

const DIR: &str = "HOGSHEAD_KILL_DIR";
const KILLS: usize = 8;
const ROWS: u64 = 50;

fn small(engine: Engine) -> Options {
    Options { segment_bytes: 100_000, overlay_bytes: 200_000, ..options(engine) }
}

/// The rows that commit `n` changes: one by turns, one always, and one that comes and goes.
fn batch(n: u64) -> Batch {
    let mut batch = Batch::new();
    // Some values are cut into chunks by sled.
    batch.put(format!("row {:02}", n % ROWS), vec![n as u8; (n % 7 * 3000) as usize]);
    batch.put("last", n.to_be_bytes().to_vec());
    if n.is_multiple_of(2) {
        batch.put("even", "")
    } else {
        batch.delete("even")
    };
    batch
}

fn rows_after(newest: u64) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let mut rows = BTreeMap::new();
    for n in newest.saturating_sub(ROWS)..=newest {
        for (key, value) in batch(n).changes().iter().filter(|_| n > 0) {
            match value {
                Some(value) => rows.insert(key.to_vec(), value.to_vec()),
                None => rows.remove(&key.to_vec()),
            };
        }
    }
    rows
}

#[test]
fn what_was_reported_durable_survives_being_killed() {
    let mut random = Random(seed());
    for engine in ENGINES {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path().join("store");
        Keep::create(&dir, small(engine)).unwrap().close().unwrap();
        let mut newest = 0;
        for _ in 0..KILLS {
            let reported = commit_until_killed(&dir, &mut random);
            let keep = Keep::open(&dir, small(engine)).unwrap();
            let found = keep.newest().0;
            println!("{engine}: reported {reported}, found {found}");
            assert!(found >= reported.max(newest), "{reported} were reported, {found} are there");
            let rows = keep.range(b"", b"\xff", 1000).unwrap().into_iter();
            let rows: BTreeMap<_, _> = rows.map(|(k, v)| (k.to_vec(), v.to_vec())).collect();
            assert!(rows == rows_after(found), "the rows are not those of commit {found}");
            newest = found;
            // Sometimes the next process finds a store that was closed, sometimes one that was not.
            if random.below(2) == 0 { keep.close().unwrap() } else { keep.crash() }
        }
        assert!(newest > 20, "only {newest} commits were made");
        let report = hogshead_store::check::check(&dir).unwrap();
        assert!(report.is_whole(), "{report:?}");
    }
}

/// Runs this test binary as a child that commits, kills it, and says what it had reported. Most
/// are killed some time after their first commit, some while they start.
fn commit_until_killed(dir: &Path, random: &mut Random) -> u64 {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "commits_until_it_is_killed", "--nocapture"])
        .env(DIR, dir)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let pipe = BufReader::new(child.stdout.take().unwrap());
    let (begins, began) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        // A line that the kill cut off counts only if it is a whole one.
        let mut reported = 0;
        for line in pipe.split(b'\n').map_while(Result::ok) {
            let text = String::from_utf8_lossy(&line);
            let number = text.strip_prefix("durable ").and_then(|rest| rest.strip_suffix('.'));
            if let Some(number) = number {
                reported = number.parse().unwrap();
                let _ = begins.send(());
            }
        }
        reported
    });
    if random.below(4) > 0 {
        began.recv_timeout(Duration::from_secs(20)).unwrap();
    }
    std::thread::sleep(Duration::from_millis(random.below(60)));
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

#[test]
#[ignore = "the other test runs it as its child, and kills it"]
fn commits_until_it_is_killed() {
    let dir = std::env::var(DIR).expect("the parent says which store");
    let keep = Keep::open(Path::new(&dir), small(Engine::default())).unwrap();
    loop {
        let number = keep.commit(batch(keep.newest().0 + 1)).unwrap();
        let report = move |durable: Result<(), _>| {
            durable.unwrap();
            let mut out = std::io::stdout().lock();
            writeln!(out, "durable {}.", number.0).and_then(|()| out.flush()).unwrap();
        };
        keep.on_durable(number, Box::new(report));
        // A few commits share a sync.
        keep.wait_durable(CommitNumber(number.0.saturating_sub(5))).unwrap();
    }
}
