//! Changes of rows, as batches hold them and engines apply them.

use bytes::Bytes;

/// Changed rows in key order, each key once: a value to put, or `None` to delete.
///
/// A sorted vector: changes come nearly in order, are read in order, and are looked up by hardly
/// anybody.
///
/// ```
/// use hogshead_store::Changes;
/// let changes: Changes =
///     [("b", Some("1")), ("a", None), ("b", Some("2"))]
///         .map(|(key, value)| (key.into(), value.map(Into::into)))
///         .into_iter()
///         .collect();
/// // Of a key that is there twice the last counts.
/// assert_eq!(changes.get(b"b"), Some(&Some("2".into())));
/// assert_eq!(changes.keys().len(), 2);
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Changes(Vec<Change>);

/// A key, and its new value or `None`.
pub type Change = (Bytes, Option<Bytes>);

impl Changes {
    /// No changes.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Sets the change of a key, whatever it was before. Each that is not behind all others moves
    /// those behind it: many are better [collected](FromIterator).
    pub fn insert(&mut self, key: Bytes, value: Option<Bytes>) {
        match self.place(&key) {
            Ok(place) => self.0[place].1 = value,
            Err(place) => self.0.insert(place, (key, value)),
        }
    }

    /// Adds a change behind all others; `false`, and nothing is added, if it belongs elsewhere.
    pub fn push(&mut self, key: Bytes, value: Option<Bytes>) -> bool {
        let in_order = self.0.last().is_none_or(|(last, _)| *last < key);
        if in_order {
            self.0.push((key, value));
        }
        in_order
    }

    /// The change of a key, if there is one.
    pub fn get(&self, key: &[u8]) -> Option<&Option<Bytes>> {
        let place = self.place(key).ok()?;
        self.0.get(place).map(|(_, value)| value)
    }

    /// The changes, in the order of their keys.
    pub fn iter(&self) -> Iter<'_> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// The changed keys, in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &Bytes> {
        self.0.iter().map(|(key, _)| key)
    }

    /// The number of changed rows.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn place(&self, key: &[u8]) -> Result<usize, usize> {
        if self.0.last().is_none_or(|(last, _)| **last < *key) {
            return Err(self.0.len());
        }
        self.0.binary_search_by(|(other, _)| (**other).cmp(key))
    }
}

/// Goes through [`Changes`].
pub type Iter<'c> =
    std::iter::Map<std::slice::Iter<'c, Change>, fn(&'c Change) -> (&'c Bytes, &'c Option<Bytes>)>;

impl From<Vec<Change>> for Changes {
    /// In whatever order they are: of a key that is there more than once the last counts.
    fn from(mut changes: Vec<Change>) -> Self {
        if changes.is_sorted_by(|(one, _), (next, _)| one < next) {
            return Self(changes);
        }
        // It keeps the order of equal keys, and is quick where runs of them are in order.
        changes.sort_by(|(one, _), (other, _)| one.cmp(other));
        changes.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 = later.1.take();
            }
            same
        });
        Self(changes)
    }
}

impl FromIterator<Change> for Changes {
    fn from_iter<I: IntoIterator<Item = Change>>(changes: I) -> Self {
        changes.into_iter().collect::<Vec<_>>().into()
    }
}

impl Extend<Change> for Changes {
    fn extend<I: IntoIterator<Item = Change>>(&mut self, changes: I) {
        let before = std::mem::take(&mut self.0);
        *self = before.into_iter().chain(changes).collect();
    }
}

impl<const N: usize> From<[Change; N]> for Changes {
    fn from(changes: [Change; N]) -> Self {
        changes.into_iter().collect()
    }
}

impl IntoIterator for Changes {
    type Item = Change;
    type IntoIter = std::vec::IntoIter<Change>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'c> IntoIterator for &'c Changes {
    type Item = (&'c Bytes, &'c Option<Bytes>);
    type IntoIter = Iter<'c>;

    fn into_iter(self) -> Iter<'c> {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn whatever_way_they_come_they_are_those_of_a_map() {
        // All sequences of five changes to three keys, each with a value of its own or deleting.
        for case in 0..6_u32.pow(5) {
            let change = |nth: u32| {
                let digit = case / 6_u32.pow(nth) % 6;
                let value = digit.is_multiple_of(2).then(|| Bytes::from(vec![nth as u8]));
                (Bytes::from(vec![(digit / 2) as u8]), value)
            };
            let map: BTreeMap<Bytes, Option<Bytes>> = (0..5).map(change).collect();
            let collected: Changes = (0..5).map(change).collect();
            let mut set = Changes::new();
            (0..5).map(change).for_each(|(key, value)| set.insert(key, value));
            assert_eq!(collected, set, "case {case}");
            let whole: Vec<_> = collected.clone().into_iter().collect();
            assert_eq!(whole, map.clone().into_iter().collect::<Vec<_>>(), "case {case}");
            for key in 0..4 {
                assert_eq!(collected.get(&[key]), map.get(&[key][..]), "case {case}");
            }
        }
    }

    #[test]
    fn what_is_out_of_order_is_not_pushed() {
        let mut changes = Changes::new();
        let pushed = ["b", "b", "a", "c"].map(|key| changes.push(key.into(), None));
        assert_eq!(pushed, [true, false, false, true]);
        assert_eq!(changes.len(), 2);
    }
}
