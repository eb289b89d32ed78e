//! The entries of a `Map` or `Set`.

use super::{Hashed, Key, Table};
use crate::machine::{Index, Val};

/// Holes that are always allowed, so that small tables are not packed over and over.
const HOLES_ALLOWED: usize = 8;

impl Table {
    /// The value of a key.
    pub fn get(&self, key: &Hashed) -> Option<Val> {
        let place = *self.index.get(key)?;
        self.entries[place as usize].map(|(_, value)| value)
    }

    /// Whether there is a key.
    pub fn has(&self, key: &Hashed) -> bool {
        self.index.contains_key(key)
    }

    /// Sets the value of a key, which is `value_of_key` as a value. Gives whether it is new.
    pub fn set(&mut self, key: Hashed, value_of_key: Val, value: Val) -> bool {
        if let Some(&place) = self.index.get(&key) {
            if let Some(entry) = &mut self.entries[place as usize] {
                entry.1 = value;
            }
            return false;
        }
        self.index.insert(key, self.entries.len() as u32);
        self.entries.push(Some((value_of_key, value)));
        self.size += 1;
        true
    }

    /// Takes a key away and leaves a hole. Gives whether it was there.
    pub fn delete(&mut self, key: &Hashed) -> bool {
        let Some(place) = self.index.remove(key) else {
            return false;
        };
        self.entries[place as usize] = None;
        self.size -= 1;
        true
    }

    /// Takes all keys away and leaves holes: iterators stand where they stood.
    pub fn clear(&mut self) {
        self.entries.fill(None);
        self.index.clear();
        self.size = 0;
    }

    /// The first entry from a position on, with its position.
    pub fn next_from(&self, position: u32) -> Option<(u32, Val, Val)> {
        let rest = self.entries.iter().enumerate().skip(position as usize);
        let mut entries = rest.filter_map(|(place, entry)| entry.map(|entry| (place, entry)));
        let (place, (key, value)) = entries.next()?;
        Some((place as u32, key, value))
    }

    /// Whether there are so many holes that the entries had better be packed.
    pub fn is_sparse(&self) -> bool {
        self.entries.len() > 2 * self.size as usize + HOLES_ALLOWED
    }

    /// Takes the holes out. Gives where each entry has moved: an iterator at position `p` has to go
    /// to `moved[p]`.
    pub fn pack(&mut self) -> Vec<u32> {
        let mut moved = Vec::with_capacity(self.entries.len() + 1);
        let mut kept = 0;
        for entry in &self.entries {
            moved.push(kept);
            kept += u32::from(entry.is_some());
        }
        moved.push(kept);
        self.entries.retain(Option::is_some);
        for place in self.index.values_mut() {
            *place = moved[*place as usize];
        }
        moved
    }
}

impl From<Key> for Hashed {
    fn from(key: Key) -> Self {
        let hash = match &key {
            Key::Undefined | Key::Null | Key::BigInt(_) => 0,
            Key::Bool(value) => u64::from(*value),
            Key::Number(bits) => mix(0, *bits),
            Key::Text(units) => hash_of(units),
            Key::Object(index) => mix(1, index.0.into()),
            Key::Builtin(_) => 2,
        };
        Self { hash, key }
    }
}

impl Hashed {
    /// The cell that the key is, if it is one.
    pub fn object(&self) -> Option<Index> {
        match self.key {
            Key::Object(index) => Some(index),
            _ => None,
        }
    }
}

/// Takes four code units at once (as FxHash of Firefox does with words).
fn hash_of(units: &[u16]) -> u64 {
    let (words, rest) = units.as_chunks::<4>();
    let word = |units: &[u16]| units.iter().fold(0, |word, unit| (word << 16) | u64::from(*unit));
    let hash = words.iter().fold(units.len() as u64, |hash, units| mix(hash, word(units)));
    mix(hash, word(rest))
}

fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95)
}
