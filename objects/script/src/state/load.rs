//! From bytes to a machine. Whatever the bytes are, this gives a state that is safe to run, or says
//! what is wrong with them.
//!
//! The section of kinds comes first, so that a reference to a cell says at once what is there. What
//! concerns one item is checked while it is read; what concerns several, afterwards
//! ([`verify`](super::verify)).

mod cells;
mod items;

use super::cbor::{Item, Reader};
use super::{BUILTIN, CELL, HOLE, Kind, MAGIC, SECTIONS, UNINIT, VERSION, verify};
use crate::builtin::Builtin;
use crate::code::{CodeHash, Kinds, Verified};
use crate::error::LoadError;
use crate::limits::{LOADED_BYTES_MAX, STATE_BYTES_MAX, STATE_CODES_MAX};
use crate::machine::codes::Codes;
use crate::machine::heap::Text;
use crate::machine::{Atom, Index, Machine, Val};

/// The codes that a state names: the ones that it must be loaded with.
///
/// # Errors
///
/// The bytes are no state, or of a newer version.
pub fn codes(bytes: &[u8]) -> Result<Vec<CodeHash>, LoadError> {
    LoadError::check_size("bytes of a state", bytes.len(), STATE_BYTES_MAX)?;
    LoadError::check_head("the state of a script", bytes, MAGIC, VERSION)?;
    let from = &mut Reader::new(bytes, MAGIC.len() + 1);
    from.array_of(SECTIONS)?;
    hashes(from)
}

/// The machine whose state these bytes are. Among the codes are those that [`codes`](codes()) tells.
///
/// # Errors
///
/// The bytes are no state, of a newer version, damaged, too many, or would not be safe to run; or a
/// code or built-in function that they name is missing.
pub fn load(bytes: &[u8], codes: &Codes) -> Result<Machine, LoadError> {
    LoadError::check_size("bytes of a state", bytes.len(), STATE_BYTES_MAX)?;
    LoadError::check_head("the state of a script", bytes, MAGIC, VERSION)?;
    let mut from = Reader::new(bytes, MAGIC.len() + 1);
    from.array_of(SECTIONS)?;
    let mut machine = Machine { codes: hashes(&mut from)?, ..Machine::default() };
    let find = |&hash| codes.verified(hash).ok_or(LoadError::UnknownCode(hash));
    let codes = machine.codes.iter().map(find).collect::<Result<Vec<_>, _>>()?;
    let builtins = builtins(&mut from)?;
    let names = names(&mut from, &mut machine)?;
    let kinds = kinds(&mut from)?;
    let room = LOADED_BYTES_MAX;
    let mut loader = Loader { from, machine, codes, builtins, names, kinds, room };
    loader.roots()?;
    loader.heap()?;
    if !loader.from.is_at_end() {
        return Err(loader.from.malformed("there is something after the state's end"));
    }
    let Loader { mut machine, codes, .. } = loader;
    verify::check(&mut machine, &codes)?;
    Ok(machine)
}

fn hashes(from: &mut Reader<'_>) -> Result<Vec<CodeHash>, LoadError> {
    let len = from.array()?;
    LoadError::check_size("codes of a state", len, STATE_CODES_MAX)?;
    let mut hashes = Vec::new();
    for _ in 0..len {
        let hash = <[u8; 32]>::try_from(from.blob()?);
        let hash = CodeHash(hash.map_err(|_| from.malformed("a hash has 32 bytes"))?);
        if hashes.contains(&hash) {
            return Err(from.malformed("a code is named twice"));
        }
        hashes.push(hash);
    }
    if hashes.is_empty() {
        return Err(from.malformed("a state is of one code at least"));
    }
    Ok(hashes)
}

fn builtins(from: &mut Reader<'_>) -> Result<Vec<Builtin>, LoadError> {
    let len = from.array()?;
    let mut builtins = Vec::new();
    for _ in 0..len {
        let path = from.text()?;
        let builtin = Builtin::named(path);
        builtins.push(builtin.ok_or_else(|| LoadError::UnknownBuiltin(path.to_owned()))?);
    }
    Ok(builtins)
}

fn names(from: &mut Reader<'_>, machine: &mut Machine) -> Result<Vec<Atom>, LoadError> {
    let len = from.array()?;
    let mut names = Vec::new();
    for _ in 0..len {
        let name = from.units()?;
        names.push(machine.atoms.intern(&name));
        if machine.atoms.bytes() > LOADED_BYTES_MAX {
            return Err(from.malformed("the names of properties take too much room"));
        }
    }
    Ok(names)
}

fn kinds(from: &mut Reader<'_>) -> Result<Vec<Kind>, LoadError> {
    let numbers = from.blob()?.iter();
    let kinds: Option<Vec<Kind>> = numbers.map(|number| Kind::numbered(*number)).collect();
    kinds.ok_or_else(|| from.malformed("there is an unknown kind of cells"))
}

struct Loader<'b, 'c> {
    from: Reader<'b>,
    machine: Machine,
    codes: Vec<&'c Verified>,
    builtins: Vec<Builtin>,
    names: Vec<Atom>,
    kinds: Vec<Kind>,
    /// Bytes of memory that may still be used.
    room: usize,
}

impl<'b> Loader<'b, '_> {
    /// Counts memory: a byte of the input may become many.
    fn take_room(&mut self, bytes: usize) -> Result<(), LoadError> {
        self.room = self.room.checked_sub(bytes).ok_or(LoadError::TooLarge {
            what: "bytes of memory for a state",
            found: LOADED_BYTES_MAX + 1,
            limit: LOADED_BYTES_MAX,
        })?;
        Ok(())
    }

    fn malformed<T>(&self, why: impl Into<String>) -> Result<T, LoadError> {
        Err(self.from.malformed(why))
    }

    /// A value that may stand anywhere.
    fn value(&mut self) -> Result<Val, LoadError> {
        match self.any_value()? {
            Val::Uninit | Val::Var(_) => self.malformed("a variable is where a value should be"),
            value => Ok(value),
        }
    }

    fn values(&mut self, len: usize) -> Result<Vec<Val>, LoadError> {
        self.take_room(len.saturating_mul(size_of::<Val>()))?;
        (0..len).map(|_| self.value()).collect()
    }

    /// A value of a slot or capture, which may be a shared variable.
    fn any_value(&mut self) -> Result<Val, LoadError> {
        let item = self.from.item()?;
        self.value_of(item)
    }

    fn value_of(&mut self, item: Item<'b>) -> Result<Val, LoadError> {
        if let Some(number) = Reader::to_number(item)? {
            return Ok(Val::Number(number));
        }
        Ok(match item {
            Item::Simple(UNINIT) => Val::Uninit,
            Item::Simple(super::cbor::UNDEFINED) => Val::Undefined,
            Item::Simple(super::cbor::NULL) => Val::Null,
            Item::Simple(super::cbor::FALSE) => Val::Bool(false),
            Item::Simple(super::cbor::TRUE) => Val::Bool(true),
            Item::Tag(BUILTIN) => Val::Builtin(self.builtin()?),
            Item::Tag(CELL) => {
                let (index, kind) = self.any_index()?;
                match kind {
                    Kind::Text | Kind::Rope => Val::Text(index),
                    Kind::BigInt => Val::BigInt(index),
                    Kind::Var => Val::Var(index),
                    Kind::Coroutine => return self.malformed("a waiting call is no value"),
                    _ => Val::Object(index),
                }
            }
            _ => return self.malformed("this is no value"),
        })
    }

    fn any_index(&mut self) -> Result<(Index, Kind), LoadError> {
        let number: u32 = self.from.positive()?;
        match self.kinds.get(number as usize) {
            Some(kind) => Ok((Index(number), *kind)),
            None => self.malformed(format!("there is no cell {number}")),
        }
    }

    /// The number of a cell of this kind.
    fn index(&mut self, wanted: Kind) -> Result<Index, LoadError> {
        match self.any_index()? {
            (index, kind) if kind == wanted => Ok(index),
            (index, kind) => {
                self.malformed(format!("cell {} is a {kind:?} and should be a {wanted:?}", index.0))
            }
        }
    }

    /// The number of a cell with a text, flat or not.
    fn text_index(&mut self) -> Result<Index, LoadError> {
        match self.any_index()? {
            (index, Kind::Text | Kind::Rope) => Ok(index),
            (index, kind) => self.malformed(format!("cell {} is a {kind:?}, no text", index.0)),
        }
    }

    fn optional(&mut self, wanted: Kind) -> Result<Option<Index>, LoadError> {
        if self.from.is_null() { Ok(None) } else { self.index(wanted).map(Some) }
    }

    fn builtin(&mut self) -> Result<Builtin, LoadError> {
        let place = self.from.positive::<usize>()?;
        let builtin = self.builtins.get(place).copied();
        builtin.ok_or_else(|| self.from.malformed("there is no such built-in function"))
    }

    fn name(&mut self) -> Result<Atom, LoadError> {
        let item = self.from.item()?;
        self.name_of(item)
    }

    fn name_of(&self, item: Item<'_>) -> Result<Atom, LoadError> {
        let atom = match item {
            Item::Positive(place) => {
                usize::try_from(place).ok().and_then(|at| self.names.get(at)).copied()
            }
            Item::Negative(index) => u32::try_from(index).ok().and_then(Atom::from_index),
            _ => None,
        };
        atom.ok_or_else(|| self.from.malformed("this is no name of a property"))
    }

    fn text(&mut self) -> Result<Text, LoadError> {
        let units = self.from.units()?;
        self.take_room(2 * units.len())?;
        Ok(units.into())
    }

    /// Slots, each of the kinds that it may hold, and then operands.
    fn frame_values(&mut self, slots: &[Kinds], len: usize) -> Result<Vec<Val>, LoadError> {
        self.take_room(len.saturating_mul(size_of::<Val>()))?;
        let mut values = Vec::new();
        for place in 0..len {
            let value = self.any_value()?;
            let wanted = slots.get(place).copied().unwrap_or(Kinds::VALUE);
            if !kind_of(value).within(wanted) {
                return self.malformed(format!("slot {place} holds something else"));
            }
            values.push(value);
        }
        Ok(values)
    }
}

pub(super) fn kind_of(value: Val) -> Kinds {
    match value {
        Val::Uninit => Kinds::UNINIT,
        Val::Var(_) => Kinds::VAR,
        _ => Kinds::VALUE,
    }
}
