//! What an owner can do with a store that nobody has open: look at all of it, and make its
//! checkpoint again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use hogshead_objects::ids::CommitNumber;

use crate::batch::Batch;
use crate::changes::Change;
use crate::disk::real::RealDisk;
use crate::engine::{Engine, Store};
use crate::error::{StoreError, way_out};
use crate::folder::{Folder, Identity, Swap, open_engine};
use crate::journal::Journal;
use crate::journal::walk::{Walk, walk};
use crate::limits::{APPLY_BYTES, CHECK_PROBLEMS_MAX, SCAN_ROWS, SEGMENT_BYTES};
use crate::snapshot::{self, Snapshot};

/// What a check has found.
#[derive(Clone, Debug)]
pub struct Report {
    /// The checkpoint's engine.
    pub engine: Engine,
    /// The first commit that the journal has, or would have.
    pub journal_first: CommitNumber,
    /// The last commit of the journal that can be read.
    pub journal_newest: CommitNumber,
    /// The journal's segments.
    pub journal_segments: usize,
    /// The journal's size.
    pub journal_bytes: u64,
    /// Bytes at the journal's end that a crash left half written. The next start cuts them off.
    pub torn_bytes: u64,
    /// The commit with which the checkpoint is, if it can be read.
    pub checkpoint: Option<CommitNumber>,
    /// The rows of the checkpoint that could be read.
    pub rows: u64,
    /// Their keys' and values' bytes.
    pub row_bytes: u64,
    /// The newest verified snapshot that the store knows of.
    pub snapshot: Option<CommitNumber>,
    /// What is wrong, and what to do about it. Empty if the store is whole.
    pub problems: Vec<String>,
    /// Further problems that are not listed.
    pub more_problems: u64,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_whole(&self) -> bool {
        self.problems.is_empty()
    }

    fn problem(&mut self, what: impl Into<String>) {
        if self.problems.len() < CHECK_PROBLEMS_MAX {
            self.problems.push(what.into());
        } else {
            self.more_problems += 1;
        }
    }
}

/// Reads all of a store that nobody has open: every record of the journal, every row of the
/// checkpoint, and whether the rows are those that the journal says.
///
/// The engines mend their own files when they are opened; nothing else is changed. The keys that
/// the journal changes are held in memory.
pub fn check(dir: &Path) -> Result<Report, StoreError> {
    let (folder, identity) = Folder::open(dir)?;
    let engine = folder.engine(identity.engine, CHECK_CACHE_BYTES);
    let number = engine.as_ref().map_err(Clone::clone).and_then(|engine| engine.number());
    let checkpoint = number.as_ref().ok().copied();
    // The last change of each row up to the checkpoint: the checksum of its value.
    let mut expected: BTreeMap<Bytes, Option<u32>> = BTreeMap::new();
    let disk = RealDisk::new(folder.journal());
    let durable = checkpoint.unwrap_or(CommitNumber(0));
    let walk = walk(&disk, &identity.id, CommitNumber(0), durable, &mut |number, batch| {
        if number <= durable {
            let sum = |(key, value): (&Bytes, &Option<Bytes>)| {
                // A part of a segment would keep the whole of it in memory.
                let key = Bytes::copy_from_slice(key);
                (key, value.as_ref().map(|value| crc32fast::hash(value)))
            };
            expected.extend(batch.changes().iter().map(sum));
        }
        Ok(())
    })?;
    if walk.newest() < durable {
        // What the journal says last of a row may be in what cannot be read.
        expected.clear();
    }
    let mut report = report(&identity, &walk, checkpoint, folder.snapshot());
    match (engine, number) {
        (Ok(engine), Ok(_)) => check_rows(&mut report, &*engine, expected),
        (Err(error), _) | (_, Err(error)) => report.problem(error.to_string()),
    }
    Ok(report)
}

fn report(
    identity: &Identity,
    walk: &Walk,
    checkpoint: Option<CommitNumber>,
    snapshot: Result<Option<CommitNumber>, StoreError>,
) -> Report {
    let mut report = Report {
        engine: identity.engine,
        journal_first: walk.first,
        journal_newest: walk.newest(),
        journal_segments: walk.segments,
        journal_bytes: walk.bytes,
        torn_bytes: walk.torn_bytes,
        checkpoint,
        rows: 0,
        row_bytes: 0,
        snapshot: snapshot.as_ref().ok().copied().flatten(),
        problems: Vec::new(),
        more_problems: 0,
    };
    if let Err(error) = snapshot {
        report.problem(error.to_string());
    }
    if let Some(damage) = &walk.damage {
        report.problem(damage.to_string());
    }
    if let Some(number) = checkpoint {
        let (first, newest) = (walk.first, walk.newest());
        if number.0 + 1 < first.0 {
            report.problem(format!(
                "the checkpoint ends with commit {number}, the journal begins with {first}: \
                 rebuild from a snapshot of {} or later",
                CommitNumber(first.0 - 1)
            ));
        } else if number > newest && walk.damage.is_none() {
            report.problem(format!(
                "the checkpoint holds commit {number}, the journal ends with {newest}: \
                 `hogshead store rebuild` from the checkpoint begins a new journal"
            ));
        }
    }
    report
}

fn check_rows(report: &mut Report, engine: &dyn Store, mut expected: BTreeMap<Bytes, Option<u32>>) {
    let mut from = Bytes::new();
    loop {
        let page = match engine.range(&from, None, SCAN_ROWS) {
            Ok(page) => page,
            Err(error) => return report.problem(error.to_string()),
        };
        for (key, value) in &page {
            report.rows += 1;
            report.row_bytes += (key.len() + value.len()) as u64;
            match expected.remove(key) {
                Some(Some(sum)) if sum != crc32fast::hash(value) => report.problem(format!(
                    "the row {} is not what the journal says",
                    key.escape_ascii()
                )),
                Some(None) => report.problem(format!(
                    "the row {} is there, though the journal deleted it",
                    key.escape_ascii()
                )),
                _ => {}
            }
        }
        match page.last() {
            Some((key, _)) => from = [key, &[0][..]].concat().into(),
            None => break,
        }
    }
    for (key, sum) in expected {
        if sum.is_some() {
            report.problem(format!("the row {} is missing", key.escape_ascii()));
        }
    }
}

/// From what a checkpoint is made again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Base {
    /// The journal alone, which must reach back to the first commit.
    Journal,
    /// A snapshot, and the journal's commits after it.
    Snapshot(PathBuf),
    /// The checkpoint as it is, and the journal's commits after it: for a damaged journal, and to
    /// change the engine.
    Checkpoint,
}

/// How a checkpoint is made again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rebuild {
    /// From what.
    pub base: Base,
    /// In which engine; `None` is the one that the store has.
    pub engine: Option<Engine>,
    /// Whether commits that cannot be read may be given up. Without it the error says which.
    pub accept_loss: bool,
}

/// What was made again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rebuilt {
    /// The newest commit of the store.
    pub newest: CommitNumber,
    /// The commit that the base ended with.
    pub base: CommitNumber,
    /// Folders with what was there before. They can be removed once the store is found good.
    pub set_aside: Vec<PathBuf>,
}

/// Makes the checkpoint of a store again, and, where its journal is damaged, a new journal after
/// the last commit that could be read. The journal alone is refused, whatever is accepted, while the
/// checkpoint can be read and holds more. What was there before is set aside, not removed. Whatever
/// interrupts it leaves the store as it was, or as it will be.
pub fn rebuild(dir: &Path, rebuild: &Rebuild) -> Result<Rebuilt, StoreError> {
    let (folder, identity) = Folder::open(dir)?;
    let target = Identity { engine: rebuild.engine.unwrap_or(identity.engine), ..identity };
    let old = folder.engine(identity.engine, CHECK_CACHE_BYTES);
    let checkpoint = old.as_ref().ok().and_then(|old| old.number().ok());
    let new_dir = folder.fresh(Swap::CHECKPOINT)?;
    let new = open_engine(&new_dir, target.engine, CHECK_CACHE_BYTES)?;
    let base = match &rebuild.base {
        Base::Journal => CommitNumber(0),
        Base::Snapshot(path) => load_snapshot(path, &identity, &*new)?,
        Base::Checkpoint => copy(&**old.as_ref().map_err(Clone::clone)?, &*new)?,
    };
    let mut gathered = Gathered::into(&*new);
    let disk = RealDisk::new(folder.journal());
    let durable = checkpoint.unwrap_or(CommitNumber(0));
    let add = &mut |number, batch: &Batch| gathered.add(number, batch);
    let (walk, newest) = follow(&disk, &identity, base, durable, add)?;
    gathered.finish(newest)?;
    let known = durable.max(folder.snapshot()?.unwrap_or(CommitNumber(0)));
    let lost = walk.damage.as_ref().map(StoreError::what).or_else(|| {
        (newest < known).then(|| "the journal ends there, though they were durable".to_owned())
    });
    if let Some(why) = lost {
        let more = old.as_ref().ok().filter(|_| rebuild.base != Base::Checkpoint);
        let more = more.and_then(|old| kept_from(&**old, &disk, &identity));
        let from_checkpoint = more.filter(|more| *more > newest);
        // The owner has chosen a snapshot, but nobody chooses the journal alone to have less.
        let is_less = rebuild.base == Base::Journal && from_checkpoint.is_some();
        if is_less || !rebuild.accept_loss {
            return Err(StoreError::Loss { newest, known, from_checkpoint, why });
        }
    }
    drop(old);
    // A journal that cannot be gone on with is begun again after what was kept. One that can is
    // mended first, as a start does it: no checkpoint may hold what the journal might yet lose.
    let damaged = walk.damage.is_some() || walk.passed.is_some();
    if damaged || walk.newest() != newest {
        let disk = Arc::new(RealDisk::new(folder.fresh(Swap::JOURNAL)?));
        Journal::create(disk, identity.id, CommitNumber(newest.0 + 1), SEGMENT_BYTES)?;
    } else {
        Journal::open(Arc::new(disk), identity.id, newest, SEGMENT_BYTES, &mut |_, _| Ok(()))?;
    }
    new.flush()?;
    drop(new);
    folder.forget_snapshot_after(newest)?;
    let set_aside = folder.swap(target)?;
    Ok(Rebuilt { newest, base, set_aside })
}

/// Gives the commits of the journal that follow a base. Answers what the journal holds, and the last
/// commit that was given.
fn follow(
    disk: &RealDisk,
    identity: &Identity,
    base: CommitNumber,
    durable: CommitNumber,
    take: &mut dyn FnMut(CommitNumber, &Batch) -> Result<(), StoreError>,
) -> Result<(Walk, CommitNumber), StoreError> {
    let mut newest = base;
    let walk = walk(disk, &identity.id, base, durable, &mut |number, batch| {
        if number.0 != newest.0 + 1 {
            return Err(gap(newest, number));
        }
        newest = number;
        take(number, &batch)
    })?;
    if walk.first.0 > base.0 + 1 && walk.damage.is_none() {
        return Err(gap(base, walk.first));
    }
    Ok((walk, newest))
}

/// The last commit that a store made again from this checkpoint would hold, if all of it can be
/// read.
fn kept_from(old: &dyn Store, disk: &RealDisk, identity: &Identity) -> Option<CommitNumber> {
    let number = old.number().ok()?;
    each_page(old, |_| Ok(())).ok()?;
    let (_, newest) = follow(disk, identity, number, number, &mut |_, _| Ok(())).ok()?;
    Some(newest)
}

/// Verifies a snapshot and says what it is.
pub fn snapshot(path: &Path) -> Result<Snapshot, StoreError> {
    snapshot::read(path, &mut |_, _| Ok(()))
}

fn load_snapshot(
    path: &Path,
    identity: &Identity,
    new: &dyn Store,
) -> Result<CommitNumber, StoreError> {
    // Once without keeping anything, so that a damaged one is known before any work.
    let found = snapshot(path)?;
    if found.store != identity.id {
        return Err(StoreError::OtherStore { file: path.to_owned() });
    }
    let mut gathered = Gathered::into(new);
    snapshot::read(path, &mut |key, value| gathered.row(key, value))?;
    gathered.finish(found.number)?;
    Ok(found.number)
}

fn copy(old: &dyn Store, new: &dyn Store) -> Result<CommitNumber, StoreError> {
    let number = old.number()?;
    let mut gathered = Gathered::into(new);
    each_page(old, |page| page.into_iter().try_for_each(|(key, value)| gathered.row(key, value)))?;
    gathered.finish(number)?;
    Ok(number)
}

/// Gives all rows of an engine, many at once.
fn each_page(
    engine: &dyn Store,
    mut take: impl FnMut(Vec<(Bytes, Bytes)>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut from = Bytes::new();
    loop {
        let page = engine.range(&from, None, SCAN_ROWS)?;
        match page.last() {
            Some((key, _)) => from = [key, &[0][..]].concat().into(),
            None => return Ok(()),
        }
        take(page)?;
    }
}

/// Changes on their way into a new engine, many at once.
pub(crate) struct Gathered<'a> {
    engine: &'a dyn Store,
    /// In the order of their commits.
    changes: Vec<Change>,
    bytes: usize,
    /// How often rows were applied before all of them are there.
    portions: u64,
}

impl<'a> Gathered<'a> {
    pub(crate) fn into(engine: &'a dyn Store) -> Self {
        Self { engine, changes: Vec::new(), bytes: 0, portions: 0 }
    }

    pub(crate) fn row(&mut self, key: Bytes, value: Bytes) -> Result<(), StoreError> {
        self.bytes += key.len() + value.len();
        self.changes.push((key, Some(value)));
        // No two portions may have the same number, nor one that a commit has or will have: an
        // engine may keep large values by it. Until the last of them the number says nothing.
        let number = CommitNumber(u64::MAX - self.portions);
        self.apply_if_many(number)
    }

    fn add(&mut self, number: CommitNumber, batch: &Batch) -> Result<(), StoreError> {
        // Its rows are parts of what was read, its description with them.
        self.bytes += batch.overlay_bytes();
        let change = |(key, value): (&Bytes, &Option<Bytes>)| (key.clone(), value.clone());
        self.changes.extend(batch.changes().iter().map(change));
        self.apply_if_many(number)
    }

    fn apply_if_many(&mut self, number: CommitNumber) -> Result<(), StoreError> {
        if self.bytes < APPLY_BYTES {
            return Ok(());
        }
        self.finish(number)
    }

    pub(crate) fn finish(&mut self, number: CommitNumber) -> Result<(), StoreError> {
        self.bytes = 0;
        self.portions += 1;
        self.engine.apply(&std::mem::take(&mut self.changes).into(), number)
    }
}

fn gap(base: CommitNumber, found: CommitNumber) -> StoreError {
    let what = format!(
        "the journal begins with commit {found}, but what it is to be added to ends with {base}"
    );
    let file = "the journal".to_owned();
    StoreError::Damaged { file, what, way_out: way_out::BASE }
}

const CHECK_CACHE_BYTES: usize = 64 << 20;
