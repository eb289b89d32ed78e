//! The properties of an object, in the order of ECMA-262 (10.1.11): array indices ascending, then
//! names as they were defined.

use std::collections::BTreeMap;

use super::Properties;
use crate::machine::atoms::Atoms;
use crate::machine::{Atom, Val};

/// Properties up to which they are searched one after the other; with more there is an index.
const SEARCHED_MAX: usize = 12;

impl Properties {
    /// How many there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Where a name is.
    #[inline]
    pub fn find(&self, name: Atom) -> Option<usize> {
        match &self.places {
            None => self.names.iter().position(|&other| other == name),
            Some(places) => places.find(name, &self.names),
        }
    }

    /// The value of a property.
    #[inline]
    pub fn get(&self, name: Atom) -> Option<Val> {
        self.find(name).map(|place| self.values[place])
    }

    /// Names and values, in order.
    pub fn iter(&self) -> impl std::iter::Iterator<Item = (Atom, Val)> + '_ {
        self.names.iter().copied().zip(self.values.iter().copied())
    }

    /// Sets a property, or adds it where it belongs. Gives how many others had to make room if it
    /// is new.
    pub fn set(&mut self, name: Atom, value: Val, atoms: &Atoms) -> Option<usize> {
        if let Some(place) = self.find(name) {
            self.values[place] = value;
            return None;
        }
        let index = atoms.index(name);
        let place = match index {
            None => self.names.len(),
            Some(index) => self.place_of_index(index, atoms),
        };
        let moved = self.names.len() - place;
        self.names.insert(place, name);
        self.values.insert(place, value);
        match &mut self.places {
            Some(places) => places.add(name, index.is_some()),
            None if self.names.len() > SEARCHED_MAX => self.find_places(atoms),
            None => {}
        }
        Some(moved)
    }

    /// Takes a property away. Gives its value if it was there.
    pub fn remove(&mut self, name: Atom) -> Option<Val> {
        let place = self.find(name)?;
        self.names.remove(place);
        let value = self.values.remove(place);
        if self.names.len() <= SEARCHED_MAX {
            self.places = None;
        } else if let Some(places) = &mut self.places {
            places.remove(name);
        }
        Some(value)
    }

    /// Where an array index belongs: behind all smaller ones. They stand in front.
    fn place_of_index(&self, index: u32, atoms: &Atoms) -> usize {
        self.names.partition_point(|&name| atoms.index(name).is_some_and(|smaller| smaller < index))
    }

    fn find_places(&mut self, atoms: &Atoms) {
        let mut places = Places::default();
        for &name in &self.names {
            places.add(name, atoms.index(name).is_some());
        }
        self.places = Some(Box::new(places));
    }
}

/// Where the names of an object with many properties are. Array indices stand in front and are
/// found by their order, and other names by their distance from the first of these: so an index may
/// come between others, or go, and nothing has to be told to each of the names behind it.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Array indices that are their own atoms: those below 2^31, in front.
    small: usize,
    /// All array indices.
    indices: usize,
    /// Of each other name how many others stand before it.
    others: BTreeMap<Atom, usize>,
}

impl Places {
    fn find(&self, name: Atom, names: &[Atom]) -> Option<usize> {
        if name.small_index().is_some() {
            // An atom grows with its index.
            return names.get(..self.small)?.binary_search(&name).ok();
        }
        match self.others.get(&name) {
            Some(before) => Some(self.indices + before),
            None => {
                let large = names.get(self.small..self.indices)?;
                large.iter().position(|&other| other == name).map(|at| self.small + at)
            }
        }
    }

    /// Counts a name that was put where it belongs: an index, or behind all others.
    fn add(&mut self, name: Atom, is_index: bool) {
        if is_index {
            self.small += usize::from(name.small_index().is_some());
            self.indices += 1;
        } else {
            self.others.insert(name, self.others.len());
        }
    }

    fn remove(&mut self, name: Atom) {
        match self.others.remove(&name) {
            Some(before) => {
                let behind = self.others.values_mut().filter(|place| **place > before);
                behind.for_each(|place| *place -= 1);
            }
            None => {
                self.small -= usize::from(name.small_index().is_some());
                self.indices -= 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_ascend_and_names_stand_as_they_were_defined() {
        let mut atoms = Atoms::default();
        let mut properties = Properties::default();
        let names = ["b", "10", "a", "2", "4294967294", "02", "3000000000", "0"];
        for name in names {
            let atom = atoms.intern(&name.encode_utf16().collect::<Vec<_>>());
            assert!(properties.set(atom, Val::Null, &atoms).is_some());
        }
        let order = properties.names.iter();
        let order: Vec<String> =
            order.map(|&name| String::from_utf16_lossy(&atoms.text(name))).collect();
        assert_eq!(order, ["0", "2", "10", "3000000000", "4294967294", "b", "a", "02"]);
    }

    #[test]
    fn many_properties_are_found_and_removed_as_few_are() {
        let atoms = Atoms::default();
        let mut properties = Properties::default();
        for number in (0..40).rev() {
            properties.set(Atom::from_index(number).unwrap(), Val::Number(number.into()), &atoms);
        }
        assert_eq!(properties.get(Atom::from_index(33).unwrap()), Some(Val::Number(33.0)));
        for number in 0..35 {
            assert!(properties.remove(Atom::from_index(number).unwrap()).is_some());
        }
        assert_eq!(properties.get(Atom::from_index(33).unwrap()), None);
        assert_eq!(properties.get(Atom::from_index(36).unwrap()), Some(Val::Number(36.0)));
        assert_eq!(properties.len(), 5);
        assert!(properties.places.is_none());
    }

    /// Indices of both kinds and names, put in and taken out in any order, against a list that is
    /// sorted anew each time.
    #[test]
    fn places_are_found_whatever_came_and_went() {
        let mut atoms = Atoms::default();
        let mut properties = Properties::default();
        let mut expected: Vec<(u32, String)> = Vec::new();
        let mut state = 7_u32;
        for turn in 0..3_000 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (kind, number) = (state >> 30, (state >> 8) % 40);
            let (rank, name) = match kind {
                0 => (number, number.to_string()),
                1 => (3_000_000_000 + number, (3_000_000_000 + number).to_string()),
                _ => (u32::MAX, format!("name {number}")),
            };
            let atom = atoms.intern(&name.encode_utf16().collect::<Vec<_>>());
            let known = expected.iter().any(|(_, other)| *other == name);
            // There are more of them for some time, and then fewer.
            if (state >> 5) % 8 < if turn % 1_000 < 600 { 5 } else { 2 } {
                assert_eq!(properties.set(atom, Val::Null, &atoms).is_none(), known);
                if !known {
                    let place = expected.partition_point(|(other, _)| *other <= rank);
                    expected.insert(place, (rank, name));
                }
            } else {
                assert_eq!(properties.remove(atom).is_some(), known);
                expected.retain(|(_, other)| *other != name);
            }
            assert_eq!(properties.len(), expected.len());
            for (place, (_, name)) in expected.iter().enumerate() {
                let atom = atoms.find(&name.encode_utf16().collect::<Vec<_>>()).unwrap();
                assert_eq!(properties.find(atom), Some(place), "turn {turn}: {name}");
            }
        }
    }
}
