//! What can a power cut do to a whole store on a real file system's calls, and what happens then?
//!
//! `cargo run --release -p hogshead-store --example checkpoint_power_cut [sled|redb] [deaf]` (needs
//! `strace`). With `deaf`, syncs of the checkpoint's files are taken for nothing: what an engine
//! without them would suffer, and a test of this experiment. A child process commits, flushes, snapshots and drops segments under strace, which
//! records every call that changes a file. The record is replayed up to each sync that returned,
//! with the rest dropped, or partly kept; another child opens each of these disks. It must find
//! exactly a prefix of the commits with everything that was reported durable; or refuse, and then
//! `rebuild` must give the same.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use hogshead_store::check::{Base, Rebuild, rebuild};
use hogshead_store::{Batch, Engine, Keep, Options, Retention};

#[path = "checkpoint_power_cut/trace.rs"]
mod trace;

use trace::{Remains, Trace};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const COMMITS: u64 = 120;
const ROWS: u64 = 40;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["load", engine, dir] => load(engine.parse()?, Path::new(dir)),
        ["verify", engine, dir, reported] => {
            println!("{}", verify(engine.parse()?, Path::new(dir), reported.parse()?));
            Ok(())
        }
        [engine] => experiment(engine.parse()?, false),
        [engine, "deaf"] => experiment(engine.parse()?, true),
        _ => [Engine::Sled, Engine::Redb].into_iter().try_for_each(|e| experiment(e, false)),
    }
}

fn options(engine: Engine) -> Options {
    Options {
        engine,
        cache_bytes: 8 << 20,
        segment_bytes: 20_000,
        retention: Retention::Bytes(0),
        reserve_bytes: 0,
        ..Options::default()
    }
}

/// The rows that a commit changes; some values are large, some rows come and go.
fn batch(n: u64) -> Batch {
    let mut batch = Batch::new();
    let len = if n.is_multiple_of(11) { 30_000 } else { n % 7 * 100 };
    batch.put(format!("row {:02}", n * 7 % ROWS), vec![n as u8; len as usize]);
    batch.delete(format!("row {:02}", n * 3 % ROWS));
    batch.put("last", n.to_be_bytes().to_vec());
    batch
}

fn rows_after(newest: u64) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let mut rows = BTreeMap::new();
    for n in 1..=newest {
        for (key, value) in batch(n).changes() {
            match value {
                Some(value) => rows.insert(key.to_vec(), value.to_vec()),
                None => rows.remove(&key.to_vec()),
            };
        }
    }
    rows
}

/// Commits, and says on standard output what is durable: strace records that too.
fn load(engine: Engine, dir: &Path) -> Result<()> {
    let store = dir.join("store");
    let mut keep = Keep::create(&store, options(engine))?;
    for n in 1..=COMMITS {
        let number = keep.commit(batch(n))?;
        if n % 3 != 0 {
            keep.wait_durable(number)?;
            println!("durable {n}");
        }
        if n % 8 == 0 {
            keep.flush()?;
        }
        if n % 30 == 0 {
            keep.snapshot(&dir.join("backup"))?;
        }
        if n % 50 == 0 {
            keep.close()?;
            keep = Keep::open(&store, options(engine))?;
        }
    }
    keep.close()?;
    println!("durable {COMMITS}");
    Ok(())
}

/// Opens what a power cut left, and says in one line what was found.
fn verify(engine: Engine, dir: &Path, reported: u64) -> String {
    let store = dir.join("store");
    if reported == 0 && !store.join("store").exists() {
        return "no store yet".to_owned();
    }
    let refused = match opens(engine, &store, reported) {
        Ok(how) => return how,
        Err(refused) => refused,
    };
    let mut bases = vec![Base::Journal];
    let backups = std::fs::read_dir(dir.join("backup")).into_iter().flatten().flatten();
    bases.extend(backups.map(|entry| Base::Snapshot(entry.path())));
    for base in bases {
        if rebuild(&store, &Rebuild { base, engine: None, accept_loss: false }).is_ok() {
            return match opens(engine, &store, reported) {
                Ok(_) => format!("refused, rebuilt ({refused})"),
                Err(error) => format!("LOST after a rebuild: {error} ({refused})"),
            };
        }
    }
    format!("LOST: {refused}")
}

fn opens(engine: Engine, store: &Path, reported: u64) -> std::result::Result<String, String> {
    let keep = Keep::open(store, options(engine)).map_err(|e| e.to_string())?;
    let newest = keep.newest().0;
    if newest < reported {
        return Ok(format!("LOST: {reported} were reported, the newest is {newest}"));
    }
    let rows = keep.range(b"", b"\xff", 10_000).map_err(|e| e.to_string())?;
    let rows: BTreeMap<_, _> = rows.into_iter().map(|(k, v)| (k.to_vec(), v.to_vec())).collect();
    if rows != rows_after(newest) {
        return Ok(format!("WRONG: the rows are not those of commit {newest}"));
    }
    Ok("whole".to_owned())
}

fn experiment(engine: Engine, deaf: bool) -> Result<()> {
    let base = std::env::temp_dir().join(format!("power-cut-{}", std::process::id()));
    std::fs::create_dir_all(&base)?;
    let mut trace = record(engine, &base)?;
    if deaf {
        trace.forget_syncs_below(Path::new("store/checkpoint"));
    }
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    let mut disks = 0;
    let begin = Instant::now();
    for cut in trace.cuts() {
        for remains in [Remains::Synced, Remains::Names, Remains::All]
            .into_iter()
            .chain((0..3).map(|seed| Remains::Some(seed * 1_000_003 + cut as u64)))
        {
            let disk = base.join("disk");
            let reported = trace.write_disk(cut, remains, &disk)?;
            let said = run_verify(engine, &disk, reported)?;
            disks += 1;
            if said.contains("LOST") || said.contains("WRONG") || said.contains("timed") {
                println!("  cut {cut}, {remains:?}, {reported} reported: {said}");
            }
            // Numbers and bytes aside, what is said is the kind of outcome.
            let kind: String = said.chars().filter(|c| !c.is_ascii_digit()).take(110).collect();
            *found.entry(kind).or_default() += 1;
            std::fs::remove_dir_all(&disk)?;
        }
    }
    println!(
        "{engine}: {} calls, {} syncs, {disks} disks in {:.0} s",
        trace.len(),
        trace.syncs(),
        begin.elapsed().as_secs_f64()
    );
    for (what, count) in found {
        println!("  {count:5}  {what}");
    }
    std::fs::remove_dir_all(&base)?;
    Ok(())
}

fn record(engine: Engine, base: &Path) -> Result<Trace> {
    let (dir, log) = (base.join("load"), base.join("strace"));
    std::fs::create_dir_all(&dir)?;
    let status = Command::new("strace")
        .args(["-f", "-xx", "-s", "100000000", "-e", trace::CALLS, "-o"])
        .arg(&log)
        .arg(std::env::current_exe()?)
        .args(["load", &engine.to_string()])
        .arg(&dir)
        .stdout(Stdio::null())
        .status()?;
    if !status.success() {
        return Err(format!("the load ended with {status}").into());
    }
    Trace::read(&std::fs::read_to_string(&log)?, &dir)
}

/// In a process of its own: an engine may panic, abort or never end.
fn run_verify(engine: Engine, disk: &Path, reported: u64) -> Result<String> {
    let out: PathBuf = disk.with_extension("said");
    let mut child = Command::new(std::env::current_exe()?)
        .args(["verify", &engine.to_string()])
        .arg(disk)
        .arg(reported.to_string())
        .stdout(std::fs::File::create(&out)?)
        .stderr(Stdio::null())
        .spawn()?;
    let end = Instant::now() + Duration::from_secs(30);
    while child.try_wait()?.is_none() {
        if Instant::now() > end {
            child.kill()?;
            child.wait()?;
            return Ok("timed out".to_owned());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let said = std::fs::read_to_string(&out)?;
    let said = said.trim().to_owned();
    Ok(if said.is_empty() { "LOST: the process died".to_owned() } else { said })
}
