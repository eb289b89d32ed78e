//! The overlay: what is committed and may not be in the checkpoint yet.

use std::collections::BTreeMap;
use std::ops::Bound;

use bytes::Bytes;
use hogshead_objects::ids::CommitNumber;

/// The newest change of each row that the checkpoint may not have: its commit, and the value.
pub(super) type Overlay = BTreeMap<Bytes, (CommitNumber, Option<Bytes>)>;

/// The first `limit` rows of a range: those of the engine, `below`, under the overlay's changes,
/// the deletions among which cost no more than to be passed. `None` if the engine has more, and
/// they are needed.
pub(super) fn merged(
    overlay: &Overlay,
    (from, to): (&[u8], &[u8]),
    below: Vec<(Bytes, Bytes)>,
    is_all: bool,
    limit: usize,
) -> Option<Vec<(Bytes, Bytes)>> {
    let mut changes =
        overlay.range::<[u8], _>((Bound::Included(from), Bound::Excluded(to))).peekable();
    let mut below = below.into_iter().peekable();
    let mut rows = Vec::new();
    while rows.len() < limit {
        match (changes.peek(), below.peek()) {
            (_, None) if !is_all => return None,
            (None, None) => break,
            (Some((key, _)), Some((lower, _))) if *key > lower => rows.extend(below.next()),
            (None, Some(_)) => rows.extend(below.next()),
            (Some(_), lower) => {
                let Some((key, (_, value))) = changes.next() else { break };
                if lower.is_some_and(|(lower, _)| lower == key) {
                    below.next();
                }
                rows.extend(value.clone().map(|value| (key.clone(), value)));
            }
        }
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(key: u8, value: u8) -> (Bytes, Bytes) {
        (vec![key].into(), vec![value].into())
    }

    fn overlay(changes: &[(u8, Option<u8>)]) -> Overlay {
        let change = |(key, value): &(u8, Option<u8>)| {
            (vec![*key].into(), (CommitNumber(1), value.map(|value| vec![value].into())))
        };
        changes.iter().map(change).collect()
    }

    #[test]
    fn every_overlay_over_every_engine_reads_as_one_map() {
        // Four keys, each of which is put, deleted or untouched over one that is there or not.
        for case in 0..3_u32.pow(4) * 2_u32.pow(4) {
            let digit = |key: u8| case / 16 / 3_u32.pow(u32::from(key)) % 3;
            let is_below = |key: u8| case >> key & 1 == 1;
            let below: Vec<_> = (0..4).filter(|key| is_below(*key)).map(|k| row(k, 0)).collect();
            let changes: Vec<_> = (0..4)
                .filter(|key| digit(*key) > 0)
                .map(|key| (key, (digit(key) == 1).then_some(1)))
                .collect();
            let changes = overlay(&changes);
            let mut expected: BTreeMap<_, _> = below.iter().cloned().collect();
            for (key, (_, value)) in &changes {
                match value {
                    Some(value) => expected.insert(key.clone(), value.clone()),
                    None => expected.remove(key),
                };
            }
            for limit in 1..=4 {
                let expected: Vec<_> = expected.clone().into_iter().take(limit).collect();
                let (mut asked, range) = (limit, (&[0][..], &[9][..]));
                let rows = loop {
                    let read: Vec<_> = below.iter().take(asked).cloned().collect();
                    let is_all = read.len() < asked;
                    match merged(&changes, range, read, is_all, limit) {
                        Some(rows) => break rows,
                        None => asked += 1,
                    }
                };
                assert_eq!(rows, expected, "case {case}, limit {limit}");
            }
        }
    }
}
