//! Reading a segment: the records that are whole, and what the bytes after them are.

use std::ops::Range;

use hogshead_objects::ids::CommitNumber;

use super::format::{Place, RecordHeader, RecordKind, SegmentHeader};

/// What a segment's bytes hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Scan {
    /// The commits, in their order: number and where the payload stands.
    pub(crate) commits: Vec<(CommitNumber, Range<usize>)>,
    /// Where the whole records end.
    pub(crate) end: usize,
    /// Where the bytes begin that no later record says were durable.
    pub(crate) unvouched: usize,
    /// The checksum of the last whole record: what the next one carries.
    pub(crate) chain: u32,
    /// The number that the next commit has.
    pub(crate) next: CommitNumber,
    /// What stands after the whole records.
    pub(crate) rest: Rest,
}

/// What stands after the whole records of a segment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Rest {
    /// Nothing, but for the room that was made for records to come.
    Nothing,
    /// Bytes that no evidence says were ever durable: a write that a crash cut.
    Torn,
    /// Bytes that were durable once, because a later record says so.
    Damaged,
}

/// Reads a segment of which `header` is the valid header.
pub(crate) fn scan(bytes: &[u8], header: &SegmentHeader) -> Scan {
    let chain = super::format::u32_at(bytes, SegmentHeader::LEN - 4);
    let mut scan = scan_from(bytes, header, SegmentHeader::LEN, chain, header.first);
    if scan.unvouched == SegmentHeader::LEN {
        // Nothing says that the header itself was ever synced.
        scan.unvouched = 0;
    }
    scan
}

/// Goes on behind damage, where every commit up to `held` is known from elsewhere: from the first
/// record that follows one of them, or is one.
pub(crate) fn resume(
    bytes: &[u8],
    header: &SegmentHeader,
    damaged: &Scan,
    held: CommitNumber,
) -> Option<Scan> {
    (damaged.end + 1..bytes.len()).find_map(|at| {
        let (record, _) = RecordHeader::decode(bytes.get(at..)?, place(header, at))?;
        let known = record.kind == RecordKind::Batch && record.number.0 <= held.0 + 1;
        known.then(|| scan_from(bytes, header, at, record.chain, record.number))
    })
}

fn scan_from(
    bytes: &[u8],
    header: &SegmentHeader,
    start: usize,
    chain: u32,
    next: CommitNumber,
) -> Scan {
    let (commits, rest) = (Vec::new(), Rest::Nothing);
    let mut scan = Scan { commits, end: start, unvouched: start, chain, next, rest };
    let mut durable = CommitNumber(0);
    while let Some((record, sum)) = record_at(bytes, header, &scan) {
        let payload = scan.end + RecordHeader::LEN..scan.end + record_len(&record);
        scan.end = payload.end;
        scan.chain = sum;
        durable = durable.max(record.durable);
        if record.kind == RecordKind::Batch {
            scan.commits.push((record.number, payload));
            scan.next = CommitNumber(record.number.0 + 1);
        }
    }
    // Up to the last commit that is vouched for. A closing mark behind it speaks of the commits
    // before it, but not of itself.
    let vouched = scan.commits.iter().rfind(|(number, _)| *number <= durable);
    if let Some((_, payload)) = vouched {
        scan.unvouched = payload.end;
    }
    if !without_room(&bytes[scan.end..]).is_empty() {
        scan.rest = judge(bytes, header, &scan);
    }
    scan
}

/// The bytes before the zeros at their end.
pub(super) fn without_room(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    &bytes[..end]
}

/// The whole record that follows what was scanned, if there is one.
fn record_at(bytes: &[u8], header: &SegmentHeader, scan: &Scan) -> Option<(RecordHeader, u32)> {
    let rest = bytes.get(scan.end..)?;
    let (record, sum) = RecordHeader::decode(rest, place(header, scan.end))?;
    let number = match record.kind {
        RecordKind::Batch => scan.next,
        RecordKind::Close => CommitNumber(scan.next.0.saturating_sub(1)),
    };
    let payload = rest.get(RecordHeader::LEN..record_len(&record))?;
    let whole = record.number == number
        && record.chain == scan.chain
        && record.payload_sum == crc32fast::hash(payload);
    whole.then_some((record, sum))
}

/// Looks for evidence that the bytes which are no record were durable once: any record behind them
/// that was written after they were synced. A crash can leave records behind a hole, because a
/// disk may write in any order, but only such as were written before that sync. The next commit
/// behind a hole is such evidence too: the hole was a closing mark, and that was synced alone.
fn judge(bytes: &[u8], header: &SegmentHeader, scan: &Scan) -> Rest {
    let lost = scan.next;
    let end = without_room(bytes).len();
    let later = (scan.end + 1..end).any(|at| {
        let record = bytes.get(at..).and_then(|rest| RecordHeader::decode(rest, place(header, at)));
        record.is_some_and(|(record, _)| record.durable >= lost || record.number == lost)
    });
    if later { Rest::Damaged } else { Rest::Torn }
}

fn place(header: &SegmentHeader, offset: usize) -> Place {
    Place { store: header.store, first: header.first, offset: offset as u64 }
}

fn record_len(record: &RecordHeader) -> usize {
    RecordHeader::LEN + record.payload_len as usize
}
