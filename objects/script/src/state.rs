//! The state of a process as bytes.
//!
//! ```text
//!   Machine ──dump──▶ "HOGSTAT" version [ codes, built-ins, names, kinds,       ──load──▶ Machine
//!                                         modules, frames, stack, jobs,
//!                                         questions, exports, status, heap ]
//! ```
//!
//! Each section is one CBOR item, in the deterministic form of RFC 8949 (4.2). Cells are numbered
//! in the order in which they are found from the roots, so equal states have equal bytes, whatever
//! the machine did before; what cannot be reached is left out. What is only this process's own, as
//! the numbers of names and of built-in functions, is written by name.
//!
//! Bytes carry no authority: a reference is a number ([`Port`]) in a table that the process's owner
//! holds. And they are not trusted: whatever they are, [`load`] gives a state that is safe to run
//! or a clear error, and takes no more time and memory than their length explains.

mod cbor;
mod datum;
mod dump;
mod file;
mod load;
mod verify;

use std::collections::BTreeSet;

use crate::machine::event::{Border, Datum, Event, Target};
use crate::machine::heap::Cell;
use crate::machine::{Machine, Port};

pub use dump::dump;
pub use file::ProcFile;
pub use load::{codes, load};

/// What the bytes begin with.
const MAGIC: &[u8; 7] = b"HOGSTAT";
/// The version of the format. Every version that ever was is loaded.
const VERSION: u8 = 1;
/// The sections.
const SECTIONS: usize = 12;
/// A reference to a cell, in front of its number.
const CELL: u64 = 6;
/// A built-in function, in front of its place in the section of their paths.
const BUILTIN: u64 = 7;
/// A variable before its initialization, as CBOR's simple value.
const UNINIT: u8 = 16;
/// An entry of a `Map` or `Set` that was deleted.
const HOLE: u8 = 17;

/// What a script is given in the place of a sturdyref, which is authority in itself: whoever reads
/// one may use it, and a state must be nobody's key.
pub(crate) const NO_STURDYREF: &str =
    "TypeError: a sturdyref cannot be held by a script: pass the reference that it stands for";

/// What kind of cell there is at a number. The numbers are part of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Kind {
    Text = 1,
    BigInt = 2,
    Object = 3,
    Array = 4,
    Function = 5,
    Bound = 6,
    Var = 7,
    Map = 8,
    Set = 9,
    Iterator = 10,
    Promise = 11,
    Coroutine = 12,
    RegExp = 13,
    Remote = 14,
    Opaque = 15,
    Rope = 16,
}

impl Kind {
    const ALL: [Self; 16] = [
        Self::Text,
        Self::BigInt,
        Self::Object,
        Self::Array,
        Self::Function,
        Self::Bound,
        Self::Var,
        Self::Map,
        Self::Set,
        Self::Iterator,
        Self::Promise,
        Self::Coroutine,
        Self::RegExp,
        Self::Remote,
        Self::Opaque,
        Self::Rope,
    ];

    fn numbered(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as u8 == number)
    }

    /// The kind of a cell; none: it is free.
    fn of(cell: &Cell) -> Option<Self> {
        Some(match cell {
            Cell::Free => return None,
            Cell::Text(_) => Self::Text,
            Cell::Rope { .. } => Self::Rope,
            Cell::BigInt(_) => Self::BigInt,
            Cell::Object(_) => Self::Object,
            Cell::Array(_) => Self::Array,
            Cell::Function(_) => Self::Function,
            Cell::Bound { .. } => Self::Bound,
            Cell::Var(_) => Self::Var,
            Cell::Map(_) => Self::Map,
            Cell::Set(_) => Self::Set,
            Cell::Iterator(_) => Self::Iterator,
            Cell::Promise(_) => Self::Promise,
            Cell::Coroutine(_) => Self::Coroutine,
            Cell::RegExp(_) => Self::RegExp,
            Cell::Remote(_) => Self::Remote,
            Cell::Opaque(_) => Self::Opaque,
        })
    }
}

/// The references from outside that a process holds: the owner's table must have all of them, and
/// may forget the others.
pub fn ports(machine: &Machine) -> BTreeSet<Port> {
    let mut ports = BTreeSet::new();
    for (_, cell) in machine.heap.iter() {
        match cell {
            Cell::Remote(port) => drop(ports.insert(*port)),
            Cell::Opaque(value) => ports.extend(value.refs()),
            _ => {}
        }
    }
    let targets = machine.questions.values().map(|question| question.target);
    ports.extend(targets.filter_map(|target| match target {
        Target::Port(port) => Some(port),
        Target::Answer(_) => None,
    }));
    for event in &machine.inbox {
        match event {
            Event::Start(arguments) | Event::Deliver { arguments, .. } => {
                ports.extend(arguments.iter().flat_map(ports_of));
            }
            Event::Settled { outcome: Ok(value) | Err(value), .. } => ports.extend(ports_of(value)),
            Event::Dropped(_) | Event::Resume | Event::Cancel(_) => {}
        }
    }
    if let Some(Ok(value) | Err(value)) = &machine.outcome {
        ports.extend(ports_of(value));
    }
    ports
}

fn ports_of(value: &Datum) -> impl Iterator<Item = Port> {
    value.refs().filter_map(|reference| match *reference {
        Border::Port(port) | Border::PortPromise(port) => Some(port),
        Border::Answer(_) | Border::Export(_) | Border::Promise(_) => None,
    })
}
