//! The power is cut at every call of a recorded workload, and whatever the disk may hold then is
//! opened: exactly a prefix of the commit order must be there, with everything in it that was
//! reported durable. The same check must fail for a store that forgets to sync.
//!
//! The seed decides the workload and the fates. How many commits share a sync is decided by the
//! threads, and differs from run to run.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use bytes::{Buf, Bytes};
use common::{Random, options, seed};
use hogshead_objects::ids::CommitNumber;
use hogshead_store::disk::Disk;
use hogshead_store::disk::power_cut::{Fate, PowerCut};
use hogshead_store::disk::simulated::{Faults, Op, SimulatedDisk};
use hogshead_store::engine::memory::MemoryStore;
use hogshead_store::{Batch, Changes, Engine, Keep, Options, Store, StoreError, StoreId};

const ID: StoreId = StoreId([3; 16]);
const COMMITS: u64 = 60;

/// What is done wrong on purpose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fault {
    Nothing,
    /// Syncs of files do nothing.
    NoSync,
    /// Syncs of the folder do nothing.
    NoDirSync,
    /// Effects are released with the commit, not when it is durable.
    ReleasedEarly,
    /// The checkpoint says that it is flushed, and is not.
    NoFlush,
}

/// A checkpoint that is one file on the same disk as the journal, so that one record has the order
/// of both.
struct FileStore {
    disk: SimulatedDisk,
    rows: MemoryStore,
    lies: bool,
}

impl FileStore {
    fn open(disk: &SimulatedDisk, lies: bool) -> Result<Self, StoreError> {
        let rows = MemoryStore::new();
        if let Some(file) = disk.files().get("checkpoint") {
            let (number, changes) = read_rows(Bytes::from(file.clone())).ok_or_else(|| {
                let why = "the file is too short".to_owned();
                StoreError::Engine { engine: "file", why }
            })?;
            rows.apply(&changes, number)?;
        }
        Ok(Self { disk: disk.clone(), rows, lies })
    }
}

fn read_rows(mut file: Bytes) -> Option<(CommitNumber, Changes)> {
    let number = CommitNumber(file.try_get_u64().ok()?);
    let mut changes = Changes::new();
    while !file.is_empty() {
        let (key, value) = (file.try_get_u8().ok()?, file.try_get_u8().ok()?);
        let (key, value) = (usize::from(key), usize::from(value));
        if file.len() < key + value {
            return None;
        }
        let key = file.split_to(key);
        changes.insert(key, Some(file.split_to(value)));
    }
    Some((number, changes))
}

impl Store for FileStore {
    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        self.rows.get(key)
    }

    fn range(
        &self,
        from: &[u8],
        to: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, StoreError> {
        self.rows.range(from, to, limit)
    }

    fn apply(&self, changes: &Changes, number: CommitNumber) -> Result<(), StoreError> {
        self.rows.apply(changes, number)
    }

    fn number(&self) -> Result<CommitNumber, StoreError> {
        self.rows.number()
    }

    fn flush(&self) -> Result<(), StoreError> {
        let mut bytes = self.rows.number()?.0.to_be_bytes().to_vec();
        for (key, value) in self.rows.range(b"", None, usize::MAX)? {
            bytes.extend([key.len() as u8, value.len() as u8]);
            bytes.extend(key.iter().chain(&value));
        }
        let _ = self.disk.remove("checkpoint.new");
        let mut file = self.disk.create("checkpoint.new").unwrap();
        file.write_at(0, &bytes).unwrap();
        if !self.lies {
            file.sync().unwrap();
        }
        self.disk.rename("checkpoint.new", "checkpoint").unwrap();
        if !self.lies {
            self.disk.sync_dir().unwrap();
        }
        Ok(())
    }
}

/// The rows after each number of commits.
type Model = Vec<BTreeMap<Bytes, Bytes>>;

/// Adds what the rows are after one commit more.
fn grow(model: &mut Model, batch: &Batch) {
    let mut rows = model.last().unwrap().clone();
    for (key, value) in batch.changes() {
        match value {
            Some(value) => rows.insert(key.clone(), value.clone()),
            None => rows.remove(key),
        };
    }
    model.push(rows);
}

/// The commit with this number: rows of its own, one that every commit changes, and a deletion.
fn batch(number: u64, random: &mut Random) -> Batch {
    let mut batch = Batch::new();
    batch.put("last", number.to_be_bytes().to_vec());
    batch.delete(format!("row {}", random.below(number)));
    for _ in 0..random.below(4) {
        let value = vec![number as u8; random.below(200) as usize];
        batch.put(format!("row {}", random.below(30)), value);
    }
    batch.meta(vec![1; random.below(2000) as usize]);
    batch
}

/// Runs the workload and records it: what the disk was told, and the rows after each commit.
fn record(fault: Fault, seed: u64) -> (Vec<Op>, Model) {
    let mut random = Random(seed);
    let disk = SimulatedDisk::recording();
    disk.plan(Faults { sync_dir_lies: fault == Fault::NoDirSync, ..Faults::default() });
    let model = Arc::new(Mutex::new(vec![BTreeMap::new()]));
    let keep = Keep::create_over(
        Arc::new(disk.clone()),
        Box::new(FileStore::open(&disk, fault == Fault::NoFlush).unwrap()),
        ID,
        small(),
    );
    let mut keep = keep.unwrap();
    if fault == Fault::NoSync {
        disk.plan(Faults { sync_lies: true, ..Faults::default() });
    }
    for number in 1..=COMMITS {
        if number % 20 == 0 {
            if number % 40 == 0 {
                keep.close().unwrap();
            } else {
                keep.crash();
            }
            keep = open(&disk, fault == Fault::NoFlush).unwrap();
        }
        let batch = batch(number, &mut random);
        grow(&mut model.lock().unwrap(), &batch);
        let committed = keep.commit(batch).unwrap();
        assert_eq!(committed.0, number);
        if fault == Fault::ReleasedEarly {
            disk.mark(number);
        } else {
            let disk = disk.clone();
            let mark = move |durable: Result<(), StoreError>| {
                // A crash of ours may come in between.
                if durable.is_ok() {
                    disk.mark(number);
                }
            };
            keep.on_durable(committed, Box::new(mark));
        }
        // Sometimes many commits share a sync, sometimes the checkpoint gets ahead.
        match random.below(6) {
            0 | 1 => keep.wait_durable(committed).unwrap(),
            2 => drop(keep.flush().unwrap()),
            _ if number % 20 == 19 => keep.wait_durable(committed).unwrap(),
            _ => {}
        }
    }
    keep.close().unwrap();
    (disk.log(), Arc::into_inner(model).unwrap().into_inner().unwrap())
}

/// Segments so small that many are begun and dropped.
fn small() -> Options {
    let retention = hogshead_store::Retention::Bytes(0);
    Options { segment_bytes: 3000, retention, ..options(Engine::Memory) }
}

fn open(disk: &SimulatedDisk, lies: bool) -> Result<Keep, StoreError> {
    let engine = Box::new(FileStore::open(disk, lies)?);
    // As if there were a snapshot of everything, so that segments may be dropped.
    Keep::open_over(Arc::new(disk.clone()), engine, ID, Some(CommitNumber(u64::MAX)), small())
}

/// What a check has seen.
#[derive(Default, Debug)]
struct Seen {
    disks: usize,
    shorter: usize,
}

/// Opens everything that a disk may hold after any cut, and says the first thing that is wrong.
fn check(log: &[Op], model: &Model, random: &mut Random) -> Result<Seen, String> {
    check_from(0, log, model, random)
}

/// The same for cuts after so many calls.
fn check_from(
    begun: usize,
    log: &[Op],
    model: &Model,
    random: &mut Random,
) -> Result<Seen, String> {
    let mut seen = Seen::default();
    for cut in begun..=log.len() {
        let power_cut = PowerCut::after(log, cut);
        let unsynced: Vec<&Op> = power_cut.unsynced().collect();
        for (what, fates) in fates(&unsynced, random) {
            let disk = power_cut.disk(|place| fates[place].clone());
            let reported = power_cut.mark().unwrap_or(0);
            let newest = survives(&disk, reported, model)
                .map_err(|e| format!("cut after call {cut} of {}, {what}: {e}", log.len()))?;
            seen.disks += 1;
            seen.shorter += usize::from(newest < Some(model.len() as u64 - 1));
        }
    }
    Ok(seen)
}

/// The fates that are tried for the unsynced calls: all prefixes, each one lost, each write torn
/// at each of its sectors' edges, and some by chance.
fn fates(unsynced: &[&Op], random: &mut Random) -> Vec<(String, Vec<Fate>)> {
    let count = unsynced.len();
    let each = |fate: &dyn Fn(usize) -> Fate| (0..count).map(fate).collect::<Vec<_>>();
    let kept_if = |kept: bool| if kept { Fate::Kept } else { Fate::Lost };
    let mut tried = Vec::new();
    for kept in 0..=count {
        tried.push((format!("the first {kept} of {count} kept"), each(&|at| kept_if(at < kept))));
    }
    for lost in 0..count.saturating_sub(1) {
        tried.push((format!("{lost} of {count} lost"), each(&|at| kept_if(at != lost))));
    }
    for (torn, op) in unsynced.iter().enumerate() {
        for edge in 0..PowerCut::sectors(op) {
            for garbage in [0, 0xa5] {
                let kept: BTreeSet<u64> = (0..edge).collect();
                let tear = |at| match at == torn {
                    true => Fate::Torn { kept: kept.clone(), garbage },
                    false => Fate::Kept,
                };
                tried.push((format!("{torn} torn at sector {edge}"), each(&tear)));
            }
        }
    }
    for _ in 0..if count == 0 { 0 } else { 4 } {
        let fates = unsynced.iter().map(|op| match random.below(3) {
            0 => Fate::Kept,
            1 => Fate::Lost,
            _ => {
                let kept = (0..PowerCut::sectors(op)).filter(|_| random.below(2) == 0).collect();
                Fate::Torn { kept, garbage: random.next() as u8 }
            }
        });
        tried.push(("by chance".to_owned(), fates.collect()));
    }
    tried
}

/// Opens a disk, and says how many commits are there: whole ones, in order, none missing that was
/// reported. `None` if the store was not made yet.
fn survives(disk: &SimulatedDisk, reported: u64, model: &Model) -> Result<Option<u64>, String> {
    if reported == 0 && disk.files().values().all(|bytes| bytes.len() <= 64) {
        return Ok(None);
    }
    let keep = open(disk, false).map_err(|e| format!("it does not open: {e}"))?;
    let newest = keep.newest().0;
    if newest < reported {
        return Err(format!("commit {reported} was reported durable, the newest is {newest}"));
    }
    let rows: BTreeMap<_, _> = keep.range(b"", b"\xff", 1000).unwrap().into_iter().collect();
    if model.get(newest as usize) != Some(&rows) {
        return Err(format!("the rows are not those of commit {newest}: {rows:?}"));
    }
    keep.crash();
    Ok(Some(newest))
}

#[test]
fn exactly_a_prefix_of_the_commits_survives_every_power_cut() {
    let seed = seed();
    let (log, model) = record(Fault::Nothing, seed);
    let dropped = log.iter().filter(|op| matches!(op, Op::Remove { .. })).count();
    assert!(dropped > 3, "the workload drops segments");
    let seen = check(&log, &model, &mut Random(seed)).unwrap();
    println!("{} calls, {seen:?}", log.len());
    assert!(seen.disks > 1000 && seen.shorter > 500, "{seen:?}");
}

#[test]
fn the_power_may_fail_again_while_the_store_recovers() {
    let seed = seed();
    let mut random = Random(seed);
    let (log, model) = record(Fault::Nothing, seed);
    for _ in 0..60 {
        let cut = random.below(log.len() as u64) as usize;
        let power_cut = PowerCut::after(&log, cut);
        let unsynced: Vec<&Op> = power_cut.unsynced().collect();
        let mut tried = fates(&unsynced, &mut random);
        let (what, fates) = tried.swap_remove(random.below(tried.len() as u64) as usize);
        let first = power_cut.disk(|place| fates[place].clone());
        let reported = power_cut.mark().unwrap_or(0);
        if survives(&first, reported, &model).unwrap().is_none() {
            continue;
        }
        let first = power_cut.disk(|place| fates[place].clone());
        let disk = SimulatedDisk::recording_over(first.files());
        let before = disk.log().len();
        let keep = open(&disk, false).unwrap();
        // What is read after recovery may have been shown to somebody.
        disk.mark(keep.newest().0);
        keep.crash();
        let log = disk.log();
        for cut in before..=log.len() {
            let again = PowerCut::after(&log, cut);
            let unsynced: Vec<&Op> = again.unsynced().collect();
            for (how, fates) in self::fates(&unsynced, &mut random) {
                let disk = again.disk(|place| fates[place].clone());
                let reported = reported.max(again.mark().unwrap_or(0));
                survives(&disk, reported, &model)
                    .map_err(|e| format!("{what}; {how}: {e}"))
                    .unwrap();
            }
        }
    }
}

/// Commits, each durable before the next, until the process is killed after so many calls; then
/// starts again and goes on. Gives the record, where the second start began in it, and the rows.
fn killed_and_started_again(calls: u64, seed: u64) -> (Vec<Op>, usize, Model) {
    let disk = SimulatedDisk::recording();
    let open = || {
        let (disk, rows) = (Arc::new(disk.clone()), Box::new(MemoryStore::new()));
        Keep::open_over(disk, rows, ID, None, small()).unwrap()
    };
    let begun = Arc::new(disk.clone());
    drop(Keep::create_over(begun, Box::new(MemoryStore::new()), ID, small()).unwrap());
    let mut keep = open();
    let mut model: Model = vec![BTreeMap::new()];
    disk.plan(Faults { calls: Some(calls), ..Faults::default() });
    let mut again = None;
    for number in 1.. {
        if again.is_some_and(|(_, last)| number > last) {
            break;
        }
        // By its number alone: the one that the kill hit is the same when it is tried again.
        let batch = batch(number, &mut Random(seed ^ number));
        grow(&mut model, &batch);
        let durable = |keep: &Keep| keep.wait_durable(keep.commit(batch.clone())?);
        if durable(&keep).is_err() {
            assert!(again.is_none(), "only the first process is killed");
            keep.crash();
            disk.plan(Faults::default());
            again = Some((disk.log().len(), number + 2));
            keep = open();
            if keep.newest().0 < number {
                durable(&keep).unwrap();
            }
        }
        disk.mark(number);
    }
    keep.crash();
    let (begun, _) = again.expect("it was killed");
    (disk.log(), begun, model)
}

#[test]
fn the_power_may_fail_after_a_start_that_a_killed_process_left_its_work_to() {
    let seed = seed();
    let mut random = Random(seed);
    let mut seen = 0;
    // Some segments' worth of calls: a kill falls before, into and after the making of one.
    for calls in 0..60 {
        let (log, begun, model) = killed_and_started_again(calls, seed);
        let checked = check_from(begun, &log, &model, &mut random);
        seen += checked.map_err(|e| format!("killed after {calls} calls; {e}")).unwrap().disks;
    }
    println!("{seen} disks");
}

#[test]
fn a_store_that_forgets_something_is_caught() {
    let seed = seed();
    // Without syncs of files it is the threads' order that says what is missed first: a segment's
    // records, records that the checkpoint is ahead of, or the checkpoint's own file.
    let unsynced = [
        "was reported durable, the newest is",
        "but the checkpoint holds",
        "the file is too short",
    ];
    for (fault, signs) in [
        (Fault::NoSync, &unsynced[..]),
        (Fault::NoDirSync, &["it has no segment"]),
        (Fault::ReleasedEarly, &["was reported durable, the newest is"]),
        (Fault::NoFlush, &["it does not open"]),
    ] {
        let (log, model) = record(fault, seed);
        let caught = check(&log, &model, &mut Random(seed));
        println!("{fault:?}: {caught:?}");
        let caught = caught.expect_err("the check notices nothing");
        assert!(signs.iter().any(|sign| caught.contains(sign)), "{fault:?}: {caught}");
    }
}
