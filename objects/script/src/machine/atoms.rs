//! The names of properties, as small numbers.
//!
//! ```text
//!   1 | index        an array index below 2^31, as itself
//!   0 | n            one of the names that this crate knows, the same in every process
//!   0 | known + n    any other, interned by one machine; states are written with the text
//! ```
//!
//! The table is a tree, not a hash table, because the script chooses the names.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use super::Atom;
use super::heap::Text;
use crate::builtin;

/// Which bit says that an atom is an array index.
const INDEX_BIT: u32 = 1 << 31;

/// Bytes that an interned name takes besides its text: an entry of the tree and one of the list.
pub const ATOM_BYTES: usize = 64;

macro_rules! well_known {
    ($($constant:ident $text:literal,)*) => {
        well_known!(@ 0; $($constant $text,)*);
        const WELL_KNOWN: &[&str] = &[$($text),*];
    };
    (@ $n:expr; $constant:ident $text:literal, $($rest:tt)*) => {
        #[doc = concat!("`", $text, "`")]
        pub const $constant: Atom = Atom($n);
        well_known!(@ $n + 1; $($rest)*);
    };
    (@ $n:expr;) => {};
}

well_known! {
    LENGTH "length",
    NAME "name",
    MESSAGE "message",
    CAUSE "cause",
    ERRORS "errors",
    STACK "stack",
    THEN "then",
    VALUE "value",
    DONE "done",
    SIZE "size",
    LAST_INDEX "lastIndex",
    INDEX "index",
    INPUT "input",
    GROUPS "groups",
    INDICES "indices",
    TO_STRING "toString",
    VALUE_OF "valueOf",
    TO_JSON "toJSON",
    PROTO "__proto__",
    PROTOTYPE "prototype",
    CONSTRUCTOR "constructor",
    CALLER "caller",
    CALLEE "callee",
    ARGUMENTS "arguments",
    DEFINE_GETTER "__defineGetter__",
    DEFINE_SETTER "__defineSetter__",
    LOOKUP_GETTER "__lookupGetter__",
    LOOKUP_SETTER "__lookupSetter__",
    STATUS "status",
    REASON "reason",
    WITHIN "within",
    NOTE "note",
    MAIN "main",
    DEFAULT "default",
    SOURCE "source",
    FLAGS "flags",
    GLOBAL "global",
    IGNORE_CASE "ignoreCase",
    MULTILINE "multiline",
    DOT_ALL "dotAll",
    UNICODE "unicode",
    UNICODE_SETS "unicodeSets",
    STICKY "sticky",
    HAS_INDICES "hasIndices",
    EMPTY "",
}

struct Known {
    texts: Vec<Text>,
    /// Of each, whether it reads as an array index.
    atoms: BTreeMap<Text, u32>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut known = Known { texts: Vec::new(), atoms: BTreeMap::new() };
    for name in WELL_KNOWN.iter().copied().chain(builtin::names()) {
        let text: Text = name.encode_utf16().collect();
        let next = known.texts.len() as u32;
        known.atoms.entry(Arc::clone(&text)).or_insert_with(|| {
            known.texts.push(text);
            next
        });
    }
    known
});

/// How many names this crate knows; their atoms are below.
pub fn known_len() -> u32 {
    KNOWN.texts.len() as u32
}

/// The atom of a name that this crate knows.
pub fn known(name: &str) -> Option<Atom> {
    let text: Text = name.encode_utf16().collect();
    KNOWN.atoms.get(&text).copied().map(Atom)
}

/// The names that one machine has met.
#[derive(Clone, Debug, Default)]
pub struct Atoms {
    texts: Vec<Option<Text>>,
    atoms: BTreeMap<Text, u32>,
    free: Vec<u32>,
    bytes: usize,
    /// Some name that was met is an array index that is no small one.
    has_large_index: bool,
}

impl Atoms {
    /// The atom of a name.
    pub fn intern(&mut self, name: &[u16]) -> Atom {
        if let Some(atom) = self.find(name) {
            return atom;
        }
        let text: Text = name.into();
        self.bytes += ATOM_BYTES + 2 * text.len();
        self.has_large_index |= array_index(name).is_some();
        let place = match self.free.pop() {
            Some(place) => {
                self.texts[place as usize] = Some(Arc::clone(&text));
                place
            }
            None => {
                self.texts.push(Some(Arc::clone(&text)));
                self.texts.len() as u32 - 1
            }
        };
        let atom = known_len() + place;
        self.atoms.insert(text, atom);
        Atom(atom)
    }

    /// The atom of a name, if it has one already.
    pub fn find(&self, name: &[u16]) -> Option<Atom> {
        if let Some(atom) = array_index(name).and_then(Atom::from_index) {
            return Some(atom);
        }
        KNOWN.atoms.get(name).or_else(|| self.atoms.get(name)).copied().map(Atom)
    }

    /// The name that an atom stands for.
    pub fn text(&self, atom: Atom) -> Text {
        if let Some(index) = atom.small_index() {
            return index.to_string().encode_utf16().collect();
        }
        match KNOWN.texts.get(atom.0 as usize) {
            Some(text) => Arc::clone(text),
            None => self.texts[(atom.0 - known_len()) as usize].clone().unwrap_or_default(),
        }
    }

    /// The array index that an atom stands for, if it is one (ECMA-262, 6.1.7).
    pub fn index(&self, atom: Atom) -> Option<u32> {
        match atom.small_index() {
            Some(index) => Some(index),
            None if !self.has_large_index || atom.0 < known_len() => None,
            None => {
                let text = self.texts.get((atom.0 - known_len()) as usize)?.as_ref()?;
                array_index(text)
            }
        }
    }

    /// Bytes of all interned names.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Forgets the interned names that are not in use. `used` is asked with each atom.
    pub fn sweep(&mut self, used: impl Fn(Atom) -> bool) {
        for place in 0..self.texts.len() {
            let atom = known_len() + place as u32;
            if self.texts[place].is_some()
                && !used(Atom(atom))
                && let Some(text) = self.texts[place].take()
            {
                self.atoms.remove(&text);
                self.bytes -= ATOM_BYTES + 2 * text.len();
                self.free.push(place as u32);
            }
        }
    }

    /// How many atoms there are, with those that this crate knows: all of them are below.
    pub fn len(&self) -> usize {
        known_len() as usize + self.texts.len()
    }

    /// Whether none was interned.
    pub fn is_empty(&self) -> bool {
        self.atoms.is_empty()
    }
}

impl Atom {
    /// The atom of an array index, if it fits.
    pub fn from_index(index: u32) -> Option<Self> {
        (index < INDEX_BIT).then_some(Self(index | INDEX_BIT))
    }

    /// The array index, if it is one below 2^31.
    pub fn small_index(self) -> Option<u32> {
        (self.0 & INDEX_BIT != 0).then_some(self.0 & !INDEX_BIT)
    }
}

/// Reads a property's name as an array index: decimal without leading zeros, below 2^32 - 1.
pub fn array_index(name: &[u16]) -> Option<u32> {
    let digit = |unit: u16| (0x30..=0x39).contains(&unit).then(|| u64::from(unit - 0x30));
    let (&first, rest) = name.split_first()?;
    if name.len() > 10 || (first == 0x30 && !rest.is_empty()) {
        return None;
    }
    let mut value = 0_u64;
    for &unit in name {
        value = value * 10 + digit(unit)?;
    }
    u32::try_from(value).ok().filter(|&index| index != u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    #[test]
    fn equal_names_have_equal_atoms_and_indices_are_their_own() {
        let mut atoms = Atoms::default();
        assert_eq!(atoms.intern(&units("length")), LENGTH);
        assert_eq!(atoms.intern(&units("7")), Atom::from_index(7).unwrap());
        let tea = atoms.intern(&units("tea"));
        assert_eq!(atoms.intern(&units("tea")), tea);
        assert_ne!(atoms.intern(&units("07")), Atom::from_index(7).unwrap());
        assert_eq!(&*atoms.text(tea), &*units("tea"));
        let large = atoms.intern(&units("4294967294"));
        assert_eq!(atoms.index(large), Some(u32::MAX - 1));
        let larger = atoms.intern(&units("4294967295"));
        assert_eq!(atoms.index(larger), None);
    }

    #[test]
    fn forgotten_names_give_their_room_back() {
        let mut atoms = Atoms::default();
        let kept = atoms.intern(&units("kept"));
        atoms.intern(&units("gone"));
        let before = atoms.bytes();
        atoms.sweep(|atom| atom == kept);
        assert_eq!(atoms.bytes(), before - ATOM_BYTES - 8);
        assert_eq!(atoms.intern(&units("kept")), kept);
    }
}
