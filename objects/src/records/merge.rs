//! Rows under changes that are over them.

use bytes::Bytes;

/// The first `limit` rows of a range: those `below`, under `changes`, both in the order of their
/// keys. A deletion among the changes is `None`, and costs no more than to be passed. `below` is
/// all that there is in the range if `is_all`, else the first of it; `None` if more is needed.
pub fn merged<'c>(
    changes: impl Iterator<Item = (&'c Bytes, Option<&'c Bytes>)>,
    below: Vec<(Bytes, Bytes)>,
    is_all: bool,
    limit: usize,
) -> Option<Vec<(Bytes, Bytes)>> {
    let mut changes = changes.peekable();
    let mut below = below.into_iter().peekable();
    let mut rows = Vec::new();
    while rows.len() < limit {
        match (changes.peek(), below.peek()) {
            (_, None) if !is_all => return None,
            (None, None) => break,
            (Some((key, _)), Some((lower, _))) if *key > lower => rows.extend(below.next()),
            (None, Some(_)) => rows.extend(below.next()),
            (Some(_), lower) => {
                let Some((key, value)) = changes.next() else { break };
                if lower.is_some_and(|(lower, _)| lower == key) {
                    below.next();
                }
                rows.extend(value.map(|value| (key.clone(), value.clone())));
            }
        }
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn row(key: u8, value: u8) -> (Bytes, Bytes) {
        (vec![key].into(), vec![value].into())
    }

    #[test]
    fn any_changes_over_any_rows_read_as_one_map() {
        // Four keys, each of which is put, deleted or untouched over one that is there or not.
        for case in 0..3_u32.pow(4) * 2_u32.pow(4) {
            let digit = |key: u8| case / 16 / 3_u32.pow(u32::from(key)) % 3;
            let is_below = |key: u8| case >> key & 1 == 1;
            let below: Vec<_> = (0..4).filter(|key| is_below(*key)).map(|k| row(k, 0)).collect();
            let changes: BTreeMap<Bytes, Option<Bytes>> = (0..4)
                .filter(|key| digit(*key) > 0)
                .map(|key| (vec![key].into(), (digit(key) == 1).then(|| vec![1].into())))
                .collect();
            let mut expected: BTreeMap<_, _> = below.iter().cloned().collect();
            for (key, value) in &changes {
                match value {
                    Some(value) => expected.insert(key.clone(), value.clone()),
                    None => expected.remove(key),
                };
            }
            for limit in 1..=4 {
                let expected: Vec<_> = expected.clone().into_iter().take(limit).collect();
                let mut asked = limit;
                let rows = loop {
                    let read: Vec<_> = below.iter().take(asked).cloned().collect();
                    let is_all = read.len() < asked;
                    let changes = changes.iter().map(|(key, value)| (key, value.as_ref()));
                    match merged(changes, read, is_all, limit) {
                        Some(rows) => break rows,
                        None => asked += 1,
                    }
                };
                assert_eq!(rows, expected, "case {case}, limit {limit}");
            }
        }
    }
}
