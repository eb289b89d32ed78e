//! What is built in: functions, constructors and namespaces, each named by its path in ECMA-262.
//!
//! A native function never calls the script. Whatever calls back (`map`, `sort`, `Promise.all`,
//! a replacer) is written in the language itself, in `prelude/`, with the functions whose path
//! begins with `$`, which only the prelude sees.

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
    /// A function of this crate; `this` is the receiver or undefined.
    Native(fn(&mut Machine, Val, Args) -> Result<Val, Trap>),
    /// The function that the prelude exports under this name; the receiver is its first argument.
    Prelude(&'static str),
    /// Cannot be called: a namespace, or a constructor that needs `new`.
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

const TABLES: &[&[Entry]] = &[];
/// Entries of one table at the most: the number has the table above and the entry below.
const ENTRIES_MAX: u16 = 1 << 10;

impl Builtin {
    /// The one with this path.
    pub fn named(path: &str) -> Option<Self> {
        TABLES.iter().enumerate().find_map(|(table, entries)| {
            let entry = entries.iter().position(|entry| entry.path == path)?;
            u16::try_from(table * usize::from(ENTRIES_MAX) + entry).ok().map(Self)
        })
    }

    /// What stands behind it.
    pub fn entry(self) -> &'static Entry {
        &TABLES[usize::from(self.0 / ENTRIES_MAX)][usize::from(self.0 % ENTRIES_MAX)]
    }
}

impl std::fmt::Debug for Builtin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.entry().path)
    }
}
