//! The heap's section.

use hogshead_objects::Value;

use super::{HOLE, Item, Kind, Loader};
use crate::error::LoadError;
use crate::limits::{BIGINT_BITS_MAX, STRING_UNITS_MAX};
use crate::machine::frame::Coroutine;
use crate::machine::heap::{
    Array, Cell, Class, Function, Gives, Iterator, Matched, Object, Properties, RegExp, Table,
};
use crate::machine::promise::{PromiseCell, PromiseState};
use crate::machine::{ErrorKind, Port, Val};
use crate::state::cbor::Reader;
use crate::state::datum;

impl Loader<'_, '_> {
    pub(super) fn heap(&mut self) -> Result<(), LoadError> {
        self.from.array_of(self.kinds.len())?;
        for number in 0..self.kinds.len() {
            let cell = self.cell(self.kinds[number])?;
            self.take_room(size_of::<Cell>())?;
            self.machine.heap.alloc(cell);
        }
        Ok(())
    }

    fn cell(&mut self, kind: Kind) -> Result<Cell, LoadError> {
        Ok(match kind {
            Kind::Text => {
                let text = self.text()?;
                LoadError::check_size("code units of a string", text.len(), STRING_UNITS_MAX)?;
                Cell::Text(text)
            }
            Kind::Rope => {
                self.from.array_of(2)?;
                let (left, right) = (self.text_index()?, self.text_index()?);
                // How long it is, is found when all cells are there.
                Cell::Rope { left, right, units: 0, owes: 0 }
            }
            Kind::BigInt => {
                let number = datum::read_integer(&mut self.from)?;
                let bits = usize::try_from(number.bits()).unwrap_or(usize::MAX);
                LoadError::check_size("bits of a big integer", bits, BIGINT_BITS_MAX)?;
                self.take_room(bits / 8)?;
                Cell::BigInt(number)
            }
            Kind::Object => self.object()?,
            Kind::Array => self.array()?,
            Kind::Function => {
                let len = self.from.array_from(3)?;
                let (code, function) = (self.from.positive()?, self.from.positive()?);
                let frozen = self.from.boolean()?;
                let captures = self.captures(code, function, len)?.into();
                Cell::Function(Function { code, function, captures, frozen })
            }
            Kind::Bound => {
                let len = self.from.array_from(1)?;
                let builtin = self.builtin()?;
                self.take_room(len.saturating_mul(size_of::<Val>()))?;
                let values = (0..len).map(|_| self.any_value()).collect::<Result<_, _>>()?;
                Cell::Bound { builtin, values }
            }
            Kind::Var => match self.any_value()? {
                Val::Var(_) => return self.malformed("a variable holds a variable"),
                value => Cell::Var(value),
            },
            Kind::Map => Cell::Map(self.table(true)?),
            Kind::Set => Cell::Set(self.table(false)?),
            Kind::Iterator => Cell::Iterator(self.iterator()?),
            Kind::Promise => Cell::Promise(self.promise()?),
            Kind::Coroutine => Cell::Coroutine(Box::new(self.coroutine()?)),
            Kind::RegExp => Cell::RegExp(self.regexp()?),
            Kind::Remote => Cell::Remote(Port(self.from.positive()?)),
            Kind::Opaque => {
                let value: Value<Port> = datum::read(&mut self.from)?;
                self.take_room(value.size_bytes())?;
                Cell::Opaque(Box::new(value))
            }
        })
    }

    fn object(&mut self) -> Result<Cell, LoadError> {
        let mut len = self.from.array_from(1)?;
        let head: u64 = self.from.positive()?;
        let class = match head >> 1 {
            0 => Class::Plain,
            15 => {
                let rest = len.checked_sub(2);
                len = rest.ok_or_else(|| self.from.malformed("what Far made has a name"))?;
                Class::Far { name: self.text()?, export: self.from.option(Reader::positive)? }
            }
            kind => {
                let place = usize::try_from(kind - 1).unwrap_or(usize::MAX);
                let kind = ErrorKind::ALL.get(place).copied();
                Class::Error(kind.ok_or_else(|| self.from.malformed("an unknown class"))?)
            }
        };
        if len % 2 != 0 {
            return self.malformed("names and values do not match");
        }
        let mut properties = Properties::default();
        for _ in 0..len / 2 {
            let name = self.name()?;
            let value = self.value()?;
            self.take_room(64)?;
            let moved = properties.set(name, value, &self.machine.atoms);
            if moved.is_none() || properties.names.last() != Some(&name) {
                return self.malformed("the properties are not in their order, or twice there");
            }
        }
        Ok(Cell::Object(Object { class, frozen: head & 1 != 0, properties }))
    }

    fn array(&mut self) -> Result<Cell, LoadError> {
        let mut len = self.from.array_from(1)?;
        let flags: u8 = self.from.positive()?;
        if flags > 3 {
            return self.malformed("an array has flags of a newer version");
        }
        let mut matched = None;
        if flags & 2 != 0 {
            let rest = len.checked_sub(4);
            len = rest.ok_or_else(|| self.from.malformed("a match has four properties"))?;
            let (index, input) = (self.value()?, self.value()?);
            let (groups, indices) = (self.value()?, self.value()?);
            matched = Some(Box::new(Matched { index, input, groups, indices }));
        }
        Ok(Cell::Array(Array { items: self.values(len)?, frozen: flags & 1 != 0, matched }))
    }

    /// The entries. Where a key is, is found once all cells are read.
    fn table(&mut self, has_values: bool) -> Result<Table, LoadError> {
        let mut left = self.from.array()?;
        let mut table = Table::default();
        while left > 0 {
            left -= 1;
            self.take_room(size_of::<Option<(Val, Val)>>())?;
            let entry = match self.from.item()? {
                Item::Simple(HOLE) => None,
                item => {
                    let key = self.value_of(item)?;
                    let is_key = match key {
                        Val::Uninit | Val::Var(_) => false,
                        // Keys are looked at, and so are flat.
                        Val::Text(index) => self.kinds.get(index.0 as usize) == Some(&Kind::Text),
                        _ => true,
                    };
                    if !is_key || (has_values && left == 0) {
                        return self.malformed("a key has no value, or is none");
                    }
                    let value = if has_values { self.value()? } else { Val::Undefined };
                    left -= usize::from(has_values);
                    Some((key, value))
                }
            };
            table.size += u32::from(entry.is_some());
            table.entries.push(entry);
        }
        Ok(table)
    }

    fn iterator(&mut self) -> Result<Iterator, LoadError> {
        self.from.array_of(3)?;
        let source = self.value()?;
        let is_iterable = match source {
            Val::Undefined | Val::Text(_) => true,
            Val::Object(index) => {
                let kind = self.kinds.get(index.0 as usize);
                matches!(kind, Some(Kind::Array | Kind::Map | Kind::Set))
            }
            _ => false,
        };
        if !is_iterable {
            return self.malformed("an iterator goes through something that cannot be iterated");
        }
        let position = self.from.positive()?;
        let gives = match self.from.positive()? {
            0_u8 => Gives::Keys,
            1 => Gives::Values,
            2 => Gives::Entries,
            _ => return self.malformed("it is not known what an iterator gives"),
        };
        Ok(Iterator { source, position, gives })
    }

    fn promise(&mut self) -> Result<PromiseCell, LoadError> {
        let len = self.from.array_from(3)?;
        let flags: u8 = self.from.positive()?;
        let question = self.from.option(Reader::positive)?;
        let export = self.from.option(Reader::positive)?;
        let state = match (flags >> 2, len) {
            (0, _) => {
                PromiseState::Pending((0..len).map(|_| self.reaction()).collect::<Result<_, _>>()?)
            }
            (1, 1) => PromiseState::Fulfilled(self.value()?),
            (2, 1) => PromiseState::Rejected(self.value()?),
            _ => return self.malformed("it is not known how a promise is settled"),
        };
        let (handled, frozen) = (flags & 1 != 0, flags & 2 != 0);
        Ok(PromiseCell { state, handled, question, export, frozen })
    }

    fn coroutine(&mut self) -> Result<Coroutine, LoadError> {
        let len = self.from.array_from(5)?;
        let frame = self.frame()?;
        let Some(code) = self.codes.get(frame.code as usize).copied() else {
            return self.malformed("a waiting call is of no code");
        };
        let before = frame.pc.checked_sub(1);
        let function = code.functions.get(frame.function as usize);
        let op = before.and_then(|before| function?.ops.get(before as usize));
        let operands = code.operands_before(frame.function, frame.pc);
        let slots = code.slots_before(frame.function, frame.pc);
        let (Some(crate::code::Op::Await), Some(operands), Some(slots)) = (op, operands, slots)
        else {
            return self.malformed("a waiting call does not stand behind an await");
        };
        // What is awaited is not there yet.
        if len + 1 != slots.len() + usize::from(operands) {
            return self.malformed("a waiting call has other slots or operands");
        }
        let values = self.frame_values(&slots, len)?;
        Ok(Coroutine { frame, values })
    }

    fn regexp(&mut self) -> Result<RegExp, LoadError> {
        self.from.array_of(3)?;
        let pattern = self.text()?;
        let flags = self.from.text()?;
        let known = "dgimsuvy";
        let places: Option<Vec<_>> = flags.chars().map(|flag| known.find(flag)).collect();
        if !places.is_some_and(|places| places.is_sorted_by(|a, b| a < b)) {
            return self.malformed("the flags of a regular expression are not known");
        }
        let flags = flags.to_owned();
        Ok(RegExp { pattern, flags, last_index: self.value()? })
    }
}
