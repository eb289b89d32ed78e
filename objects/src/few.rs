//! A map that is made for few entries.

use std::borrow::Borrow;
use std::collections::{BTreeMap, btree_map};

/// An ordered map that takes the memory of its entries and little more while it has few of them: a
/// node of a [`BTreeMap`] has room for eleven, and a table of a hash map for four, as soon as there
/// is one. Beyond [`FEW_MAX`] entries it is a [`BTreeMap`], until most of them have gone again.
///
/// ```
/// use hogshead_objects::few::Few;
///
/// let mut ages = Few::new();
/// ages.insert("carol", 41);
/// ages.insert("alice", 40);
/// assert_eq!(ages.insert("carol", 42), Some(41));
/// assert_eq!(ages.get("carol"), Some(&42));
/// assert_eq!(ages.keys().copied().collect::<Vec<_>>(), ["alice", "carol"]);
/// assert_eq!(ages.remove("alice"), Some(40));
/// assert_eq!(ages.len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Few<K, V>(Form<K, V>);

#[derive(Clone, Debug)]
enum Form<K, V> {
    /// Ascending by key.
    Few(Vec<(K, V)>),
    Many(BTreeMap<K, V>),
}

/// Entries up to which a [`Few`] is a vector.
pub const FEW_MAX: usize = 16;

/// Entries at which what was a tree is a vector again: between this and [`FEW_MAX`], coming and
/// going changes nothing.
pub const FEW_AGAIN: usize = 4;

impl<K, V> Default for Few<K, V> {
    fn default() -> Self {
        Self(Form::Few(Vec::new()))
    }
}

impl<K: Ord, V> Few<K, V> {
    /// An empty map, which takes no memory of its own.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        match &self.0 {
            Form::Few(entries) => entries.len(),
            Form::Many(map) => map.len(),
        }
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value under `key`.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        match &self.0 {
            Form::Few(entries) => find(entries, key).ok().map(|at| &entries[at].1),
            Form::Many(map) => map.get(key),
        }
    }

    /// The value under `key`, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        match &mut self.0 {
            Form::Few(entries) => find(entries, key).ok().map(|at| &mut entries[at].1),
            Form::Many(map) => map.get_mut(key),
        }
    }

    /// Whether there is a value under `key`.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.get(key).is_some()
    }

    /// Puts a value under `key`; gives the one that was there.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let entries = match &mut self.0 {
            Form::Few(entries) => entries,
            Form::Many(map) => return map.insert(key, value),
        };
        match find(entries, &key) {
            Ok(at) => return Some(std::mem::replace(&mut entries[at].1, value)),
            Err(at) if entries.len() < FEW_MAX => {
                make_room(entries);
                entries.insert(at, (key, value));
            }
            Err(_) => {
                self.grow();
                return self.insert(key, value);
            }
        }
        None
    }

    /// Makes it a tree.
    fn grow(&mut self) {
        if let Form::Few(entries) = &mut self.0 {
            self.0 = Form::Many(std::mem::take(entries).into_iter().collect());
        }
    }

    /// Gives back room that was for many more than there are now.
    fn shrink(&mut self) {
        match &mut self.0 {
            Form::Few(entries) => {
                let room = entries.capacity();
                if room > FEW_AGAIN && entries.len() <= room / 4 {
                    entries.shrink_to(room / 2);
                }
            }
            Form::Many(map) if map.len() <= FEW_AGAIN => {
                let mut entries = Vec::with_capacity(map.len());
                entries.extend(std::mem::take(map));
                self.0 = Form::Few(entries);
            }
            Form::Many(_) => {}
        }
    }

    /// The value under `key`, which `make` gives if there is none.
    pub fn get_or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        if let Form::Few(entries) = &self.0
            && entries.len() >= FEW_MAX
            && find(entries, &key).is_err()
        {
            self.grow();
        }
        match &mut self.0 {
            Form::Many(map) => map.entry(key).or_insert_with(make),
            Form::Few(entries) => {
                let at = match find(entries, &key) {
                    Ok(at) => at,
                    Err(at) => {
                        make_room(entries);
                        entries.insert(at, (key, make()));
                        at
                    }
                };
                &mut entries[at].1
            }
        }
    }

    /// Takes the value under `key` out.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let value = match &mut self.0 {
            Form::Few(entries) => find(entries, key).ok().map(|at| entries.remove(at).1),
            Form::Many(map) => map.remove(key),
        };
        self.shrink();
        value
    }

    /// Takes everything out, and gives its memory back.
    pub fn clear(&mut self) {
        self.0 = Form::Few(Vec::new());
    }

    /// Keeps the entries of which `keep` is true.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        match &mut self.0 {
            Form::Few(entries) => entries.retain_mut(|(key, value)| keep(key, value)),
            Form::Many(map) => map.retain(keep),
        }
        match self.is_empty() {
            true => self.clear(),
            false => self.shrink(),
        }
    }

    /// The entries in the order of their keys.
    pub fn iter(&self) -> Iter<'_, K, V> {
        match &self.0 {
            Form::Few(entries) => Iter::Few(entries.iter()),
            Form::Many(map) => Iter::Many(map.iter()),
        }
    }

    /// The keys in their order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// The values in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// The values in the order of their keys, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        let (few, many) = match &mut self.0 {
            Form::Few(entries) => (Some(entries.iter_mut()), None),
            Form::Many(map) => (None, Some(map.values_mut())),
        };
        let few = few.into_iter().flatten().map(|(_, value)| value);
        few.chain(many.into_iter().flatten())
    }
}

/// The entries of a [`Few`].
#[derive(Debug)]
pub enum Iter<'f, K, V> {
    /// Of a vector.
    Few(std::slice::Iter<'f, (K, V)>),
    /// Of a tree.
    Many(btree_map::Iter<'f, K, V>),
}

impl<'f, K, V> Iterator for Iter<'f, K, V> {
    type Item = (&'f K, &'f V);

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Few(entries) => entries.next().map(|(key, value)| (key, value)),
            Self::Many(entries) => entries.next(),
        }
    }
}

impl<'f, K: Ord, V> IntoIterator for &'f Few<K, V> {
    type Item = (&'f K, &'f V);
    type IntoIter = Iter<'f, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Makes room for another entry: one, two, four. A vector by itself begins with four.
pub fn make_room<T>(entries: &mut Vec<T>) {
    if entries.len() == entries.capacity() {
        entries.reserve_exact(entries.len().max(1));
    }
}

fn find<K: Borrow<Q>, V, Q: Ord + ?Sized>(entries: &[(K, V)], key: &Q) -> Result<usize, usize> {
    entries.binary_search_by(|(known, _)| known.borrow().cmp(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_does_what_a_map_does_whatever_its_size() {
        let (mut few, mut map) = (Few::new(), BTreeMap::new());
        let mut state = 7_u32;
        for step in 0..20_000_u32 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            // More come than go, then the other way round, again and again.
            let (key, grows) = ((state >> 16) % 40, (step / 500).is_multiple_of(2));
            if (state >> 8).is_multiple_of(4) == grows {
                assert_eq!(few.remove(&key), map.remove(&key));
            } else if step.is_multiple_of(2) {
                assert_eq!(few.insert(key, step), map.insert(key, step));
            } else {
                let (ours, known) = (few.get_or_insert_with(key, || step), map.entry(key));
                assert_eq!(ours, known.or_insert(step));
            }
            if let Some(value) = few.get_mut(&key) {
                *value += 1;
                *map.get_mut(&key).unwrap() += 1;
            }
            if step.is_multiple_of(997) {
                few.retain(|key, _| !key.is_multiple_of(3));
                map.retain(|key, _| !key.is_multiple_of(3));
            }
            assert_eq!((few.len(), few.is_empty()), (map.len(), map.is_empty()));
            assert!(few.iter().eq(map.iter()), "step {step}");
            assert!(few.values_mut().eq(map.values_mut()), "step {step}");
            assert_eq!(few.contains_key(&key), map.contains_key(&key));
        }
    }

    #[test]
    fn one_entry_takes_the_room_of_one() {
        let mut few = Few::new();
        few.insert(1, 'a');
        let Form::Few(entries) = &few.0 else { panic!("there is one") };
        assert_eq!(entries.capacity(), 1);
        few.retain(|_, _| false);
        let Form::Few(entries) = &few.0 else { panic!("there is none") };
        assert_eq!(entries.capacity(), 0);
    }

    #[test]
    fn the_room_of_many_is_given_back_when_few_are_left() {
        for most in [FEW_MAX, FEW_MAX + 1, 1_000] {
            let mut few: Few<usize, usize> = Few::new();
            for nth in 0..most {
                few.insert(nth, nth);
            }
            assert_eq!(matches!(few.0, Form::Many(_)), most > FEW_MAX);
            for nth in 1..most {
                few.remove(&nth);
            }
            let Form::Few(entries) = &few.0 else { panic!("there is one") };
            assert!(entries.capacity() <= FEW_AGAIN, "room for {}", entries.capacity());
            assert!(few.iter().eq([(&0, &0)]));
        }
    }
}
