//! What is built in: functions, constructors and namespaces, each named by its path in ECMA-262.
//!
//! A native function never calls the script. Whatever calls back (`map`, `sort`, `Promise.all`,
//! a replacer) is written in the language itself, in `prelude/`, with the functions whose path
//! begins with `$`, which only the prelude sees.

mod array;
mod bigint;
mod collections;
mod console;
mod error;
pub mod far;
pub(crate) mod iterator;
mod json;
mod lookup;
mod machine;
pub mod math;
pub mod number;
mod object;
pub mod prelude;
mod promise;
pub mod regexp;
pub(crate) mod shown;
mod string;
mod uri;

pub use console::inspect;
pub use lookup::{Receiver, member, method, names};

use crate::machine::{Args, Machine, Trap, Val};

/// A built-in function, constructor or namespace.
///
/// In codes and states it is written by its path; the number is this process's own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Builtin(u16);

/// What stands behind one.
pub struct Entry {
    /// Its path, such as `Array.prototype.map`, `Math.max`, `Map`, `$arrayGrow`.
    pub path: &'static str,
    /// What its `length` gives.
    pub length: u8,
    /// What it does.
    pub action: Action,
}

/// What a built-in does when it is called.
pub enum Action {
    /// A function of this crate; `this` is the receiver or undefined. Not to be called with `new`.
    Native(NativeFn),
    /// As `Native`, but only to be called with `new`: `Map`, `Set`.
    Constructor(NativeFn),
    /// As `Native`, with or without `new`: the errors.
    Either(NativeFn),
    /// No function at all but this number: `Math.PI`.
    Number(f64),
    /// The function that the prelude exports under this name; the receiver is its first argument.
    Prelude(&'static str),
    /// Cannot be called: a namespace.
    None,
    /// What the interpreter does itself, for it changes frames: `Promise`, `then`, `E` and others.
    Special(Special),
}

/// What the interpreter does itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    /// `new Promise(executor)`.
    NewPromise,
    /// The functions that an executor is given, and those of a thenable's job.
    Resolve,
    /// See `Resolve`.
    Reject,
}

/// A function of this crate that scripts call. The arguments are on the stack; all of them are read
/// and made primitive (which may end in [`Trap::Coerce`] and a second try) before anything changes.
pub type NativeFn = fn(&mut Machine, Val, Args) -> Result<Val, Trap>;

const TABLES: &[&[Entry]] = &[
    bigint::TABLE,
    console::TABLE,
    error::TABLE,
    json::TABLE,
    machine::TABLE,
    math::TABLE,
    number::TABLE,
    regexp::TABLE,
    string::TABLE,
    uri::TABLE,
    array::TABLE,
    array::INTRINSICS,
    collections::TABLE,
    far::TABLE,
    iterator::TABLE,
    object::TABLE,
    promise::TABLE,
    shown::TABLE,
];
/// Entries of one table at the most: the number has the table above and the entry below.
const ENTRIES_MAX: u16 = 1 << 10;

impl Builtin {
    /// The one with this path.
    pub fn named(path: &str) -> Option<Self> {
        lookup::at_path(path)
    }

    /// Whether `typeof` calls it a function.
    pub fn is_callable(self) -> bool {
        !matches!(self.entry().action, Action::None | Action::Number(_))
    }

    /// What stands behind it.
    pub fn entry(self) -> &'static Entry {
        &TABLES[usize::from(self.0 / ENTRIES_MAX)][usize::from(self.0 % ENTRIES_MAX)]
    }
}

/// All built-ins.
pub fn all() -> impl Iterator<Item = Builtin> {
    let tables = TABLES.iter().enumerate();
    tables.flat_map(|(table, entries)| {
        let first = table * usize::from(ENTRIES_MAX);
        (first..first + entries.len()).map(|number| Builtin(number as u16))
    })
}

impl std::fmt::Debug for Builtin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.entry().path)
    }
}
