//! Reading a whole journal without changing it: what checks, rebuilding and history need.

use hogshead_objects::ids::CommitNumber;

use super::format::StoreId;
use super::scan::Rest;
use super::{Read, Replay, Segment, does_not_follow, is_behind, list, without_unfinished};
use crate::disk::Disk;
use crate::error::StoreError;

/// What a journal holds.
#[derive(Clone, Debug)]
pub(crate) struct Walk {
    /// The first commit that it has, or would have.
    pub(crate) first: CommitNumber,
    /// The commit after the last one that can be read.
    pub(crate) next: CommitNumber,
    pub(crate) segments: usize,
    pub(crate) bytes: u64,
    /// Bytes at the end that a crash left half written.
    pub(crate) torn_bytes: u64,
    /// What keeps the rest from being read.
    pub(crate) damage: Option<StoreError>,
    /// Damage that was passed over, because what it hit was not asked for.
    pub(crate) passed: Option<StoreError>,
}

/// Reads every commit that can be read in order, from the segment that holds the one after `from`,
/// and gives those after `from`. `durable` is a commit that is known to have been durable, such as
/// the checkpoint's.
pub(crate) fn walk(
    disk: &dyn Disk,
    store: &StoreId,
    from: CommitNumber,
    durable: CommitNumber,
    replay: Replay<'_>,
) -> Result<Walk, StoreError> {
    let (found, missing) = match list(disk) {
        Err(damage @ StoreError::Damaged { .. }) => (Vec::new(), Some(damage)),
        listed => (listed?, None),
    };
    let bytes = found.iter().map(|segment| segment.bytes).sum();
    let segments = found.len();
    let first = found.first().map_or(CommitNumber(1), |segment| segment.first);
    let (damage, passed) = (None, None);
    let mut walk = Walk { first, next: first, segments, bytes, torn_bytes: 0, damage, passed };
    if let Some(damage) = missing {
        return Ok(walk.ended_by(damage));
    }
    let (mut found, unfinished) = match without_unfinished(disk, found, store) {
        Ok(found) => found,
        Err(damage) => return Ok(walk.ended_by(damage)),
    };
    let behind = found.iter().skip(1).take_while(|after| is_behind(after.first, from)).count();
    found.drain(..behind);
    walk.first = found.first().map_or(walk.first, |segment| segment.first);
    walk.next = walk.first;
    if found.is_empty() {
        return Ok(walk.ended_by(StoreError::journal("the journal", "it has no segment")));
    }
    let mut chain = None;
    for (at, segment) in found.iter().enumerate() {
        let is_last = at + 1 == found.len();
        let sealed = !is_last || unfinished.is_some();
        let mut read = match read(disk, store, *segment, walk.next, chain) {
            Ok(read) => read,
            Err(damage) => return Ok(walk.ended_by(damage)),
        };
        loop {
            if let Some(damage) = give(&read, from, &mut walk, replay)? {
                return Ok(walk.ended_by(damage));
            }
            match read.scan.rest {
                Rest::Nothing => break,
                Rest::Torn if !sealed && read.scan.next > durable => {
                    walk.torn_bytes = read.torn_bytes();
                    break;
                }
                Rest::Torn | Rest::Damaged => {}
            }
            let damage = read.damage();
            if !read.pass_damage(from) {
                return Ok(walk.ended_by(damage));
            }
            walk.passed.get_or_insert(damage);
        }
        chain = Some(read.scan.chain);
    }
    match unfinished {
        Some(segment) if segment.first != walk.next => Ok(walk.ended_by(does_not_follow(segment))),
        _ => Ok(walk),
    }
}

/// Gives the commits of a segment. Answers the damage that ends the walk; what the caller refuses
/// ends everything.
fn give(
    read: &Read,
    from: CommitNumber,
    walk: &mut Walk,
    replay: Replay<'_>,
) -> Result<Option<StoreError>, StoreError> {
    let mut refused = None;
    let given = read.replay(from, &mut |number, batch| {
        let taken = replay(number, batch);
        walk.next = CommitNumber(number.0 + 1);
        taken.inspect_err(|error| refused = Some(error.clone()))
    });
    if let Some(error) = refused {
        return Err(error);
    }
    if given.is_ok() {
        walk.next = walk.next.max(read.scan.next);
    }
    Ok(given.err())
}

fn read(
    disk: &dyn Disk,
    store: &StoreId,
    segment: Segment,
    next: CommitNumber,
    chain: Option<u32>,
) -> Result<Read, StoreError> {
    if segment.first != next {
        let what = format!("commits {next} to {} are missing", CommitNumber(segment.first.0 - 1));
        return Err(StoreError::journal(super::name(segment.first), what));
    }
    Read::segment(disk, store, segment, chain)
}

impl Walk {
    fn ended_by(mut self, damage: StoreError) -> Self {
        self.damage = Some(damage);
        self
    }

    /// The last commit that can be read.
    pub(crate) fn newest(&self) -> CommitNumber {
        CommitNumber(self.next.0 - 1)
    }
}
