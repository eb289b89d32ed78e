//! Garbage: what is out of use is given back, and at the end of a step what is left is numbered
//! anew, in the order in which it is found from the roots.

use std::collections::BTreeMap;

use super::heap::{Cell, Heap, Key, Table};
use super::promise::{Job, PromiseState, Reaction};
use super::{Index, Machine, Val, frame};

impl Machine {
    /// Bytes of the heap, of names and of questions: what the owner's limit is about.
    #[inline(always)]
    pub fn heap_pressure(&self) -> usize {
        self.heap.bytes() + self.atoms.bytes() + self.questions.bytes()
    }

    /// Gives back the cells and names that are out of use. It costs fuel, so that a process cannot
    /// live on collections.
    pub(super) fn collect(&mut self) {
        let found = self.discover();
        let mut used = vec![false; self.heap.len()];
        for index in &found {
            used[index.0 as usize] = true;
        }
        self.charge(found.len() / 8);
        self.pack_tables(&found, Table::is_sparse);
        self.heap.sweep(|index| used[index.0 as usize]);
        self.remotes.retain(|_, index| used[index.0 as usize]);
        self.sweep_atoms();
        self.count_ropes(&found);
    }

    /// Makes the state canonical: no garbage, no ropes, cells in the order in which they are found.
    /// Gives false if there is no room to make the ropes flat: then they stay what they are.
    pub(super) fn tidy(&mut self) -> bool {
        let found = self.discover();
        // All of them, so that equal tables have equal bytes, whatever was deleted and when.
        self.pack_tables(&found, |table| table.entries.len() > table.size as usize);
        self.renumber(&found);
        self.sweep_atoms();
        if !self.heap.iter().any(|(_, cell)| matches!(cell, Cell::Rope { .. })) {
            return true;
        }
        let all: Vec<Index> = self.heap.iter().map(|(index, _)| index).collect();
        let ropes = self.count_ropes(&all);
        if self.heap_pressure() > self.heap_bytes_max {
            return false;
        }
        for rope in ropes {
            self.text_of(rope);
        }
        // Ropes that were parts of ropes only are gone.
        let found = self.discover();
        self.renumber(&found);
        true
    }

    /// Has the ropes among these cells count for what they will take when they are flat: those that
    /// something else than a rope refers to, which it gives. While strings are put together, only
    /// the last rope counts, for the others are most often gone soon.
    pub(crate) fn count_ropes(&mut self, cells: &[Index]) -> Vec<Index> {
        let is_rope = |heap: &Heap, index| matches!(heap.get(index), Cell::Rope { .. });
        let ropes = cells.iter().copied().filter(|&index| is_rope(&self.heap, index));
        let mut ropes: Vec<Index> = ropes.collect();
        if ropes.is_empty() {
            return ropes;
        }
        let mut direct = vec![false; self.heap.len()];
        self.visit_roots(&mut |index| direct[index.0 as usize] = true);
        for &index in cells {
            if !is_rope(&self.heap, index) {
                self.heap.get_mut(index).visit(&mut |index| direct[index.0 as usize] = true);
            }
        }
        for &index in &ropes {
            self.heap.modify(index, |cell| {
                if let Cell::Rope { units, owes, .. } = cell {
                    *owes = if direct[index.0 as usize] { *units } else { 0 };
                }
            });
        }
        ropes.retain(|index| direct[index.0 as usize]);
        ropes
    }

    /// Takes the holes out of tables among these cells; iterators on them go along.
    fn pack_tables(&mut self, found: &[Index], worthwhile: impl Fn(&Table) -> bool) {
        let mut moved = BTreeMap::new();
        for &index in found {
            let (Cell::Map(table) | Cell::Set(table)) = self.heap.get(index) else { continue };
            if worthwhile(table) {
                let places = self.heap.modify(index, |cell| match cell {
                    Cell::Map(table) | Cell::Set(table) => table.pack(),
                    _ => Vec::new(),
                });
                moved.insert(index, places);
            }
        }
        if moved.is_empty() {
            return;
        }
        for &index in found {
            let Cell::Iterator(iterator) = self.heap.get_mut(index) else { continue };
            let Val::Object(source) = iterator.source else { continue };
            let Some(places) = moved.get(&source) else { continue };
            let place = places.get(iterator.position as usize).or(places.last());
            iterator.position = place.copied().unwrap_or(iterator.position);
        }
    }

    /// All cells in use, breadth first from the roots.
    fn discover(&mut self) -> Vec<Index> {
        let mut seen = vec![false; self.heap.len()];
        let mut found = Vec::new();
        let mut meet = |index: &mut Index, found: &mut Vec<Index>| {
            if !std::mem::replace(&mut seen[index.0 as usize], true) {
                found.push(*index);
            }
        };
        self.visit_roots(&mut |index| meet(index, &mut found));
        let mut next = 0;
        while let Some(&index) = found.get(next) {
            next += 1;
            self.heap.get_mut(index).visit(&mut |index| meet(index, &mut found));
        }
        found
    }

    fn renumber(&mut self, found: &[Index]) {
        let mut moved = vec![Index(u32::MAX); self.heap.len()];
        for (number, index) in found.iter().enumerate() {
            moved[index.0 as usize] = Index(number as u32);
        }
        let mut go = |index: &mut Index| *index = moved[index.0 as usize];
        self.visit_roots(&mut go);
        let cells = found.iter().map(|&index| {
            let mut cell = self.heap.take(index);
            cell.visit(&mut go);
            cell.move_keys(&mut go);
            cell
        });
        let cells: Vec<Cell> = cells.collect();
        self.heap = cells.into_iter().collect();
        self.find_remotes();
    }

    /// Has it at hand which cell each reference from outside is.
    pub fn find_remotes(&mut self) {
        let remotes = self.heap.iter().filter_map(|(index, cell)| match cell {
            Cell::Remote(port) => Some((*port, index)),
            _ => None,
        });
        self.remotes = remotes.collect();
    }

    /// Shows each cell number that the state holds outside of the heap.
    fn visit_roots(&mut self, visit: &mut dyn FnMut(&mut Index)) {
        for module in &mut self.modules {
            for (_, value) in &mut module.exports {
                visit_val(value, visit);
            }
        }
        visit_vals(&mut self.arguments, visit);
        visit_vals(&mut self.stack, visit);
        for frame in &mut self.frames {
            visit_frame(frame, visit);
        }
        for job in &mut self.jobs {
            visit_job(job, visit);
        }
        self.rejected.iter_mut().for_each(&mut *visit);
        for promise in self.questions.promises_mut() {
            visit(promise);
        }
        for value in self.exports.values_mut() {
            visit_val(value, visit);
        }
    }

    /// Forgets the names that nothing has.
    fn sweep_atoms(&mut self) {
        if self.atoms.is_empty() {
            return;
        }
        let mut used = vec![false; self.atoms.len()];
        let mut mark = |atom: super::Atom| {
            if let Some(used) = used.get_mut(atom.0 as usize) {
                *used = true;
            }
        };
        for (_, cell) in self.heap.iter() {
            if let Cell::Object(object) = cell {
                object.properties.names.iter().copied().for_each(&mut mark);
            }
        }
        for module in &self.modules {
            module.exports.iter().for_each(|&(name, _)| mark(name));
        }
        for job in &self.jobs {
            if let Job::Deliver { method: Some(name), .. } = job {
                mark(*name);
            }
        }
        self.atoms.sweep(|atom| used[atom.0 as usize]);
    }
}

impl Cell {
    /// Shows each cell number that a cell holds. The keys of tables follow with
    /// [`move_keys`](Self::move_keys).
    pub(super) fn visit(&mut self, visit: &mut dyn FnMut(&mut Index)) {
        match self {
            Self::Free | Self::Text(_) | Self::BigInt(_) | Self::Remote(_) | Self::Opaque(_) => {}
            Self::Rope { left, right, .. } => {
                visit(left);
                visit(right);
            }
            Self::Object(object) => visit_vals(&mut object.properties.values, visit),
            Self::Array(array) => {
                visit_vals(&mut array.items, visit);
                if let Some(matched) = &mut array.matched {
                    matched.values_mut().into_iter().for_each(|value| visit_val(value, visit));
                }
            }
            Self::Function(function) => visit_vals(&mut function.captures, visit),
            Self::Bound { values, .. } => visit_vals(values, visit),
            Self::Var(value) => visit_val(value, visit),
            Self::Map(table) | Self::Set(table) => {
                for (key, value) in table.entries.iter_mut().flatten() {
                    visit_val(key, visit);
                    visit_val(value, visit);
                }
            }
            Self::Iterator(iterator) => visit_val(&mut iterator.source, visit),
            Self::Promise(promise) => match &mut promise.state {
                PromiseState::Pending(reactions) => {
                    for reaction in reactions {
                        visit_reaction(reaction, visit);
                    }
                }
                PromiseState::Fulfilled(value) | PromiseState::Rejected(value) => {
                    visit_val(value, visit);
                }
            },
            Self::Coroutine(coroutine) => {
                visit_frame(&mut coroutine.frame, visit);
                visit_vals(&mut coroutine.values, visit);
            }
            Self::RegExp(regexp) => visit_val(&mut regexp.last_index, visit),
        }
    }

    /// Gives the keys of a table that are objects their new numbers.
    fn move_keys(&mut self, go: &mut dyn FnMut(&mut Index)) {
        let (Self::Map(table) | Self::Set(table)) = self else { return };
        let index = std::mem::take(&mut table.index);
        table.index = index
            .into_iter()
            .map(|(key, place)| match key.object() {
                Some(mut index) => {
                    go(&mut index);
                    (Key::Object(index).into(), place)
                }
                None => (key, place),
            })
            .collect::<BTreeMap<_, _>>();
    }
}

fn visit_val(value: &mut Val, visit: &mut dyn FnMut(&mut Index)) {
    match value {
        Val::Text(index) | Val::BigInt(index) | Val::Object(index) | Val::Var(index) => {
            visit(index);
        }
        _ => {}
    }
}

fn visit_vals(values: &mut [Val], visit: &mut dyn FnMut(&mut Index)) {
    for value in values {
        visit_val(value, visit);
    }
}

fn visit_frame(frame: &mut frame::Frame, visit: &mut dyn FnMut(&mut Index)) {
    use frame::Then;
    frame.closure.iter_mut().for_each(&mut *visit);
    frame.promise.iter_mut().for_each(&mut *visit);
    match &mut frame.then {
        Then::Item(index, _)
        | Then::Settle(index)
        | Then::Executor(index)
        | Then::Thenable(index) => visit(index),
        Then::Push | Then::Replace(_) | Then::Drop => {}
    }
}

fn visit_reaction(reaction: &mut Reaction, visit: &mut dyn FnMut(&mut Index)) {
    match reaction {
        Reaction::Resume(index) => visit(index),
        Reaction::Call { derived, fulfilled, rejected } => {
            derived.iter_mut().for_each(&mut *visit);
            visit_val(fulfilled, visit);
            visit_val(rejected, visit);
        }
        Reaction::Forward { derived, letter } => {
            visit(derived);
            visit(letter);
        }
        Reaction::Start | Reaction::Finish | Reaction::Answer(_) | Reaction::Export(_) => {}
    }
}

fn visit_job(job: &mut Job, visit: &mut dyn FnMut(&mut Index)) {
    match job {
        Job::React { reaction, outcome } => {
            visit_reaction(reaction, visit);
            match outcome {
                Ok(value) | Err(value) => visit_val(value, visit),
            }
        }
        Job::Thenable { promise, thenable, then } => {
            visit(promise);
            visit_val(thenable, visit);
            visit_val(then, visit);
        }
        Job::Deliver { promise, target, arguments, .. } => {
            visit(promise);
            visit_val(target, visit);
            visit_vals(arguments, visit);
        }
    }
}
