//! A map by id that is made for few entries.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use hogshead_objects::few::{FEW_AGAIN, FEW_MAX, make_room};

/// A map that takes the memory of its entries and little more while it has few of them, as most
/// vats have, and finds one among a million as fast as among twenty. It is used for look-ups only,
/// never in its order.
pub(crate) struct ById<K, V>(Form<K, V>);

/// Each entry is a box of its own: they are large, and room for more is kept.
enum Form<K, V> {
    /// Ascending by id. To look at one after the other is quicker than to search.
    Few(Vec<(K, Box<V>)>),
    Many(HashMap<K, Box<V>, BuildHasherDefault<IdHasher>>),
}

impl<K, V> Default for ById<K, V> {
    fn default() -> Self {
        Self(Form::Few(Vec::new()))
    }
}

impl<K: Copy + Eq + Hash + Ord, V> ById<K, V> {
    pub(crate) fn len(&self) -> usize {
        match &self.0 {
            Form::Few(entries) => entries.len(),
            Form::Many(map) => map.len(),
        }
    }

    #[inline]
    pub(crate) fn get(&self, id: K) -> Option<&V> {
        match &self.0 {
            Form::Few(entries) => {
                entries.iter().find(|(known, _)| *known == id).map(|(_, value)| &**value)
            }
            Form::Many(map) => map.get(&id).map(|value| &**value),
        }
    }

    #[inline]
    pub(crate) fn get_mut(&mut self, id: K) -> Option<&mut V> {
        match &mut self.0 {
            Form::Few(entries) => {
                entries.iter_mut().find(|(known, _)| *known == id).map(|(_, value)| &mut **value)
            }
            Form::Many(map) => map.get_mut(&id).map(|value| &mut **value),
        }
    }

    pub(crate) fn insert(&mut self, id: K, value: V) -> Option<V> {
        if let Form::Few(entries) = &mut self.0 {
            match find(entries, id) {
                Ok(at) => return Some(std::mem::replace(&mut *entries[at].1, value)),
                Err(at) if entries.len() < FEW_MAX => {
                    make_room(entries);
                    entries.insert(at, (id, Box::new(value)));
                    return None;
                }
                Err(_) => self.0 = Form::Many(std::mem::take(entries).into_iter().collect()),
            }
        }
        match &mut self.0 {
            Form::Many(map) => map.insert(id, Box::new(value)).map(|old| *old),
            Form::Few(_) => None,
        }
    }

    pub(crate) fn remove(&mut self, id: K) -> Option<V> {
        match &mut self.0 {
            Form::Few(entries) => find(entries, id).ok().map(|at| *entries.remove(at).1),
            Form::Many(map) => {
                let value = map.remove(&id).map(|value| *value);
                if map.len() <= FEW_AGAIN {
                    let mut entries: Vec<_> = std::mem::take(map).into_iter().collect();
                    entries.sort_unstable_by_key(|(id, _)| *id);
                    self.0 = Form::Few(entries);
                }
                value
            }
        }
    }

    /// Takes everything out, and gives its memory back.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (K, &V)> + '_ {
        let (few, many) = match &self.0 {
            Form::Few(entries) => (Some(entries.iter()), None),
            Form::Many(map) => (None, Some(map.iter())),
        };
        let few = few.into_iter().flatten().map(|(id, value)| (*id, &**value));
        few.chain(many.into_iter().flatten().map(|(id, value)| (*id, &**value)))
    }
}

fn find<K: Copy + Ord, V>(entries: &[(K, Box<V>)], id: K) -> Result<usize, usize> {
    entries.binary_search_by(|(known, _)| known.cmp(&id))
}

/// A hasher for ids, which are counted up: one multiplication spreads them well enough, and
/// nobody from outside chooses them.
#[derive(Default)]
struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        // The golden ratio's bits; the rotation brings the high bits, which are mixed best, down
        // to where the table takes its buckets from.
        self.0 = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn it_does_what_a_map_does_whatever_its_size() {
        let (mut ours, mut map) = (ById::default(), BTreeMap::new());
        let mut state = 11_u64;
        for step in 0..20_000_u64 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            // More come than go, then the other way round, again and again.
            let (id, grows) = ((state >> 33) % 40, (step / 500).is_multiple_of(2));
            if (state >> 20).is_multiple_of(4) == grows {
                assert_eq!(ours.remove(id), map.remove(&id), "step {step}");
            } else {
                assert_eq!(ours.insert(id, step), map.insert(id, step), "step {step}");
            }
            if let Some(value) = ours.get_mut(id) {
                *value += 1;
                *map.get_mut(&id).unwrap() += 1;
            }
            let listed: BTreeMap<u64, u64> = ours.iter().map(|(id, value)| (id, *value)).collect();
            assert_eq!((&listed, ours.len()), (&map, map.len()), "step {step}");
            assert_eq!(ours.get(id), map.get(&id), "step {step}");
        }
    }

    #[test]
    fn it_takes_the_room_of_few_when_few_are_left() {
        let mut ours = ById::default();
        for nth in 0..1_000 {
            ours.insert(nth, nth);
        }
        assert!(matches!(ours.0, Form::Many(_)));
        for nth in 1..1_000 {
            assert_eq!(ours.remove(nth), Some(nth));
        }
        let Form::Few(entries) = &ours.0 else { panic!("there is one") };
        assert!(entries.capacity() <= FEW_MAX);
        assert_eq!(ours.get(0), Some(&0));
        ours.clear();
        assert_eq!(ours.len(), 0);
    }
}
