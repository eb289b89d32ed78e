//! The properties of an object, in the order of ECMA-262 (10.1.11): array indices ascending, then
//! names as they were defined.

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
        match &self.index {
            None => self.names.iter().position(|&other| other == name),
            Some(index) => index.get(&name).map(|&place| place as usize),
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

    /// Sets a property, or adds it where it belongs. Gives whether it is new.
    pub fn set(&mut self, name: Atom, value: Val, atoms: &Atoms) -> bool {
        if let Some(place) = self.find(name) {
            self.values[place] = value;
            return false;
        }
        let place = match atoms.index(name) {
            None => self.names.len(),
            Some(index) => self.place_of_index(index, atoms),
        };
        if place == self.names.len() {
            self.names.push(name);
            self.values.push(value);
            if let Some(table) = &mut self.index {
                table.insert(name, place as u32);
            } else if self.names.len() > SEARCHED_MAX {
                self.reindex();
            }
        } else {
            self.names.insert(place, name);
            self.values.insert(place, value);
            match &mut self.index {
                Some(table) => {
                    let behind = table.values_mut().filter(|other| **other >= place as u32);
                    behind.for_each(|other| *other += 1);
                    table.insert(name, place as u32);
                }
                None => self.reindex(),
            }
        }
        true
    }

    /// Takes a property away. Gives its value if it was there.
    pub fn remove(&mut self, name: Atom) -> Option<Val> {
        let place = self.find(name)?;
        self.names.remove(place);
        let value = self.values.remove(place);
        match &mut self.index {
            Some(table) if self.names.len() > SEARCHED_MAX => {
                table.remove(&name);
                let behind = table.values_mut().filter(|other| **other > place as u32);
                behind.for_each(|other| *other -= 1);
            }
            _ => self.reindex(),
        }
        Some(value)
    }

    /// Where an array index belongs: behind all smaller ones. They stand in front.
    fn place_of_index(&self, index: u32, atoms: &Atoms) -> usize {
        self.names.partition_point(|&name| atoms.index(name).is_some_and(|smaller| smaller < index))
    }

    fn reindex(&mut self) {
        self.index = (self.names.len() > SEARCHED_MAX).then(|| {
            let places = self.names.iter().zip(0..);
            Box::new(places.map(|(&name, place)| (name, place)).collect())
        });
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
            assert!(properties.set(atom, Val::Null, &atoms));
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
        assert!(properties.index.is_none());
    }
}
