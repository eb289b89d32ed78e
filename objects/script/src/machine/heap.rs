//! The heap: an arena of cells that name each other by index, so that it can be written down.

mod arena;
mod properties;
mod table;

pub use arena::{CELL_BYTES, ENTRY_BYTES, PROPERTY_BYTES, VAL_BYTES};
pub use properties::Places;

use std::collections::BTreeMap;
use std::sync::Arc;

use hogshead_objects::Value;
use num_bigint::BigInt;

use super::frame::Coroutine;
use super::promise::PromiseCell;
use super::value::{Index, Val};
use super::{Atom, ErrorKind, Port, atoms};
use crate::builtin::Builtin;

/// A string, in UTF-16.
pub type Text = Arc<[u16]>;

/// The arena.
#[derive(Clone, Debug, Default)]
pub struct Heap {
    cells: Vec<Cell>,
    free: Vec<u32>,
    /// Bytes of all cells together as [`Cell::size_bytes`] counts them.
    bytes: usize,
}

/// One cell.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Nothing: to be used again.
    Free,
    /// A string.
    Text(Text),
    /// Two strings one after the other, not yet put together. Flat at the end of every step, unless
    /// there is no room for that.
    Rope {
        /// The first.
        left: Index,
        /// The second.
        right: Index,
        /// Code units of both.
        units: u32,
        /// Code units that it counts for, as it will be flat sooner or later: all, or none if it
        /// is part of another rope that counts for it.
        owes: u32,
    },
    /// An integer of any size.
    BigInt(BigInt),
    /// A plain object, an error, or what `Far` made.
    Object(Object),
    /// An array.
    Array(Array),
    /// A closure.
    Function(Function),
    /// A built-in function with values of its own, such as the `resolve` of a promise.
    Bound {
        /// What is called.
        builtin: Builtin,
        /// Its own values.
        values: Vec<Val>,
    },
    /// A variable that closures share.
    Var(Val),
    /// A `Map`.
    Map(Table),
    /// A `Set`; the values are undefined.
    Set(Table),
    /// What `keys()`, `for…of` and so on go through.
    Iterator(Iterator),
    /// A promise.
    Promise(PromiseCell),
    /// A call of an async function that waits.
    Coroutine(Box<Coroutine>),
    /// A regular expression.
    RegExp(RegExp),
    /// A reference that came from outside: an index into the owner's table.
    Remote(Port),
    /// A value of the model that the language has no own kind for: bytes, symbols, tagged values,
    /// sturdyrefs. Passed on, compared by identity.
    Opaque(Box<Value<Port>>),
}

/// A plain object, an error, or what `Far` made.
#[derive(Clone, Debug)]
pub struct Object {
    /// Which of them.
    pub class: Class,
    /// Nothing may be changed.
    pub frozen: bool,
    /// Its properties, in the order of ECMA-262 (integer keys ascending, then by insertion).
    pub properties: Properties,
}

/// What kind of object it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Class {
    /// `{}`.
    Plain,
    /// An error.
    Error(ErrorKind),
    /// What `Far` made: others may hold it. Its number once it was passed out.
    Far {
        /// What `Far` was told to call it.
        name: Text,
        /// Its number outside.
        export: Option<u32>,
    },
}

/// The properties of an object: short ones are searched, long ones have an index.
#[derive(Clone, Debug, Default)]
pub struct Properties {
    /// The names, in order.
    pub names: Vec<Atom>,
    /// The values, as many.
    pub values: Vec<Val>,
    /// Where a name is, of objects with many.
    pub places: Option<Box<Places>>,
}

/// An array.
#[derive(Clone, Debug)]
pub struct Array {
    /// The elements; there are no holes.
    pub items: Vec<Val>,
    /// Nothing may be changed.
    pub frozen: bool,
    /// The properties that a match of a regular expression has besides.
    pub matched: Option<Box<Matched>>,
}

/// What `exec` tells with the array of the groups, undefined where there is nothing: properties of
/// the array with these names (ECMA-262, 22.2.7.2). The array `indices` has `groups` alone.
#[derive(Clone, Copy, Debug)]
pub struct Matched {
    /// Where the match begins, in code units.
    pub index: Val,
    /// The text that was searched.
    pub input: Val,
    /// What the groups with names have captured.
    pub groups: Val,
    /// Where the groups are, with the flag `d`.
    pub indices: Val,
}

impl Matched {
    /// The values, in the order of the fields: the cells that this one refers to.
    pub fn values(&self) -> [Val; 4] {
        [self.index, self.input, self.groups, self.indices]
    }

    /// The values, to be changed.
    pub fn values_mut(&mut self) -> [&mut Val; 4] {
        [&mut self.index, &mut self.input, &mut self.groups, &mut self.indices]
    }

    /// The property with this name.
    pub fn get(&self, name: Atom) -> Option<Val> {
        let value = match name {
            atoms::INDEX => self.index,
            atoms::INPUT => self.input,
            atoms::GROUPS => self.groups,
            atoms::INDICES => self.indices,
            _ => return None,
        };
        Some(value)
    }
}

/// A closure.
#[derive(Clone, Debug)]
pub struct Function {
    /// The code, among those of the state.
    pub code: u32,
    /// The function, among those of the code.
    pub function: u32,
    /// What it took along: values and `Val::Var`s.
    pub captures: Box<[Val]>,
    /// It was frozen (which changes nothing but `Object.isFrozen`).
    pub frozen: bool,
}

/// The entries of a `Map` or `Set`, in order of insertion. Deleted ones stay as holes while
/// iterators may stand on them, until there are more holes than entries.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Key and value, or a hole.
    pub entries: Vec<Option<(Val, Val)>>,
    /// Entries that are no holes.
    pub size: u32,
    /// Where a key is: by its content for strings and big integers.
    pub index: BTreeMap<Hashed, u32>,
}

/// A key with a number that is quick to compare and that equal keys have in common. Unlike keys may
/// have the same, so whoever chooses the keys cannot make a tree slow with it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hashed {
    hash: u64,
    key: Key,
}

/// A key of a `Map`, comparable as SameValueZero says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Key {
    Undefined,
    Null,
    Bool(bool),
    /// The bits; one NaN, one zero.
    Number(u64),
    Text(Text),
    BigInt(BigInt),
    Object(Index),
    Builtin(Builtin),
}

/// What an iterator goes through, and where it is.
#[derive(Clone, Debug)]
pub struct Iterator {
    /// An array, string, Map or Set; undefined once it is at the end.
    pub source: Val,
    /// The next position: element, code unit, or entry with holes counted.
    pub position: u32,
    /// What it gives.
    pub gives: Gives,
}

/// What an iterator gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Gives {
    Keys,
    Values,
    Entries,
}

/// A regular expression; its program is made again when it is needed.
#[derive(Clone, Debug)]
pub struct RegExp {
    /// The pattern.
    pub pattern: Text,
    /// The flags, in the order of ECMA-262.
    pub flags: String,
    /// Where `exec` begins, with the flags `g` and `y`.
    pub last_index: Val,
}
