//! Putting strings together.

use super::super::heap::{Cell, Text};
use super::super::{ErrorKind, Index, Machine, Trap, Val};
use crate::limits::STRING_UNITS_MAX;

/// Code units up to which strings are put together at once; longer ones become a rope.
const FLAT_UNITS_MAX: usize = 24;

/// The same for the parts of a template.
const JOINED_UNITS_MAX: usize = 8 * FLAT_UNITS_MAX;

impl Machine {
    /// Two primitive values as text, one after the other.
    pub(super) fn concat(&mut self, a: Val, b: Val) -> Result<Val, Trap> {
        let (a, b) = (self.text_cell(a)?, self.text_cell(b)?);
        let (a_len, b_len) = (self.text_len(a), self.text_len(b));
        if a_len == 0 {
            return Ok(Val::Text(b));
        }
        if b_len == 0 {
            return Ok(Val::Text(a));
        }
        let units = a_len + b_len;
        self.check_units(units)?;
        if units <= FLAT_UNITS_MAX {
            let mut buffer = [0; FLAT_UNITS_MAX];
            self.copy_text(a, &mut buffer[..a_len]);
            self.copy_text(b, &mut buffer[a_len..units]);
            return Ok(self.new_text(&buffer[..units]));
        }
        // What the parts would take flat is counted once, where the last rope on them is.
        for part in [a, b] {
            if let Cell::Rope { owes, .. } = self.heap.get_mut(part)
                && std::mem::replace(owes, 0) > 0
            {
                let len = self.text_len(part);
                self.heap.resized(2 * len, 0);
            }
        }
        let units = units as u32;
        Ok(Val::Text(self.alloc(Cell::Rope { left: a, right: b, units, owes: units })))
    }

    /// The top so many values of the stack, all strings, put together.
    pub(super) fn concat_all(&mut self, count: usize) -> Result<(), Trap> {
        let start = self.stack.len() - count;
        let mut joined = match self.stack.get(start) {
            Some(&first) if count > 0 => first,
            _ => self.new_text([].as_slice()),
        };
        let parts = self.stack[start..].iter().map(|part| match part {
            Val::Text(index) => self.text_len(*index),
            _ => 0,
        });
        let units: usize = parts.sum();
        self.check_units(units)?;
        if units > JOINED_UNITS_MAX {
            for at in start + 1..start + count {
                joined = self.concat(joined, self.stack[at])?;
            }
        } else if count > 1 {
            let mut buffer = [0; JOINED_UNITS_MAX];
            let mut filled = 0;
            for at in start..start + count {
                if let Val::Text(index) = self.stack[at] {
                    let end = filled + self.text_len(index);
                    self.copy_text(index, &mut buffer[filled..end]);
                    filled = end;
                }
            }
            joined = self.new_text(&buffer[..filled]);
        }
        self.replace(count, joined)
    }

    /// Copies the text in a cell to where there is just as much room.
    fn copy_text(&mut self, index: Index, room: &mut [u16]) {
        match self.heap.get(index) {
            Cell::Text(text) => room.copy_from_slice(text),
            _ => room.copy_from_slice(&self.text_of(index)),
        }
    }

    /// The cell of a primitive value's text.
    fn text_cell(&mut self, value: Val) -> Result<Index, Trap> {
        if let Val::Text(index) = value {
            return Ok(index);
        }
        let text: Text = self.value_to_text(value, 0)?;
        Ok(self.alloc(Cell::Text(text)))
    }

    fn check_units(&mut self, units: usize) -> Result<(), Trap> {
        if units > STRING_UNITS_MAX {
            return Err(self.throw(ErrorKind::RangeError, "Invalid string length"));
        }
        if units > 1 << 12 {
            self.reserve(2 * units)?;
        }
        Ok(())
    }
}
