//! The arena: how cells are made, found, counted and given back.

use super::{Cell, Class, Heap};
use crate::machine::Index;

/// Bytes that every cell counts for, besides what it owns.
pub const CELL_BYTES: usize = 64;
/// Bytes that a value counts for.
pub const VAL_BYTES: usize = 16;
/// Bytes that a property counts for: its name and value.
pub const PROPERTY_BYTES: usize = 20;
/// Bytes that an entry of a `Map` or `Set` counts for: key, value and its place in the index.
pub const ENTRY_BYTES: usize = 96;

impl Heap {
    /// Puts a cell into the arena.
    pub fn alloc(&mut self, cell: Cell) -> Index {
        self.bytes += cell.size_bytes();
        match self.free.pop() {
            Some(place) => {
                self.cells[place as usize] = cell;
                Index(place)
            }
            None => {
                self.cells.push(cell);
                Index(self.cells.len() as u32 - 1)
            }
        }
    }

    /// A cell.
    #[inline]
    pub fn get(&self, index: Index) -> &Cell {
        &self.cells[index.0 as usize]
    }

    /// A cell, to be changed. Whoever changes its size tells [`resized`](Self::resized).
    #[inline]
    pub fn get_mut(&mut self, index: Index) -> &mut Cell {
        &mut self.cells[index.0 as usize]
    }

    /// Counts that a cell's size went from `before` to `after` bytes.
    #[inline]
    pub fn resized(&mut self, before: usize, after: usize) {
        self.bytes = (self.bytes + after).saturating_sub(before);
    }

    /// Changes a cell and counts what its size becomes. Where the change in size is known,
    /// `get_mut` and `resized` are faster.
    pub fn modify<T>(&mut self, index: Index, change: impl FnOnce(&mut Cell) -> T) -> T {
        let cell = &mut self.cells[index.0 as usize];
        let before = cell.size_bytes();
        let result = change(cell);
        let after = cell.size_bytes();
        self.resized(before, after);
        result
    }

    /// Bytes of all cells together.
    #[inline]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Places of the arena, free ones included: every index is below.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.cells.len() == self.free.len()
    }

    /// All cells with their numbers, free ones left out.
    pub fn iter(&self) -> impl std::iter::Iterator<Item = (Index, &Cell)> {
        let cells = self.cells.iter().enumerate();
        cells
            .filter(|(_, cell)| !matches!(cell, Cell::Free))
            .map(|(place, cell)| (Index(place as u32), cell))
    }

    /// Gives back the cells that are not in use. `used` is asked with each number.
    pub fn sweep(&mut self, used: impl Fn(Index) -> bool) {
        while let Some(cell) = self.cells.last() {
            let last = Index(self.cells.len() as u32 - 1);
            if !matches!(cell, Cell::Free) && used(last) {
                break;
            }
            self.bytes -= cell.size_bytes();
            self.cells.pop();
        }
        self.free.clear();
        for place in (0..self.cells.len()).rev() {
            if !used(Index(place as u32)) {
                self.bytes -= self.cells[place].size_bytes();
                self.cells[place] = Cell::Free;
                self.free.push(place as u32);
            }
        }
    }
}

impl Heap {
    /// Takes a cell out. Its place is no longer to be used.
    pub(in crate::machine) fn take(&mut self, index: Index) -> Cell {
        std::mem::replace(&mut self.cells[index.0 as usize], Cell::Free)
    }
}

impl FromIterator<Cell> for Heap {
    /// A heap of these cells, numbered from 0 on.
    fn from_iter<T: IntoIterator<Item = Cell>>(cells: T) -> Self {
        let cells: Vec<Cell> = cells.into_iter().collect();
        let bytes = cells.iter().map(Cell::size_bytes).sum();
        Self { cells, free: Vec::new(), bytes }
    }
}

impl Cell {
    /// Bytes that the cell counts for. It depends on its content alone, not on how much room there
    /// happens to be, so that a loaded state counts as the one that was written.
    pub fn size_bytes(&self) -> usize {
        CELL_BYTES
            + match self {
                Self::Free => return 0,
                Self::Text(text) => 2 * text.len(),
                Self::Rope { owes, .. } => 2 * *owes as usize,
                Self::Var(_) | Self::Iterator(_) | Self::Remote(_) => 0,
                Self::BigInt(value) => (value.bits() / 8) as usize,
                Self::Object(object) => {
                    let name = match &object.class {
                        Class::Far { name, .. } => 2 * name.len(),
                        _ => 0,
                    };
                    name + PROPERTY_BYTES * object.properties.len()
                }
                Self::Array(array) => {
                    let matched = if array.matched.is_some() { 4 } else { 0 };
                    VAL_BYTES * (array.items.len() + matched)
                }
                Self::Function(function) => VAL_BYTES * function.captures.len(),
                Self::Bound { values, .. } => VAL_BYTES * values.len(),
                Self::Map(table) | Self::Set(table) => ENTRY_BYTES * table.entries.len(),
                Self::Promise(promise) => promise.size_bytes(),
                Self::Coroutine(coroutine) => VAL_BYTES * (4 + coroutine.values.len()),
                Self::RegExp(regexp) => 2 * regexp.pattern.len() + regexp.flags.len(),
                Self::Opaque(value) => value.size_bytes(),
            }
    }
}
