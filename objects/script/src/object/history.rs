//! States kept of the last awaits, to go back to.

use std::collections::BTreeMap;

use bytes::Bytes;
use hogshead_objects::ids::Timestamp;
use hogshead_objects::stored::StoredMap;
use hogshead_objects::{Cap, Class, Context, Error, Result};
use serde::{Deserialize, Serialize};

use super::border::Table;
use super::code::Coded;
use super::{Process, Queued, cache};
use crate::code::CodeHash;

/// The states that are kept.
#[derive(Serialize, Deserialize, Default)]
pub(super) struct History {
    kept: StoredMap<u64, Kept>,
    /// Their numbers and bytes, the oldest first.
    sizes: Vec<(u64, u64)>,
    /// The newest is the present state, so that going back begins with the one before it.
    is_at_newest: bool,
}

/// A state at an await.
#[derive(Serialize, Deserialize, Clone)]
pub(super) struct Kept {
    pub number: u64,
    pub at: Timestamp,
    pub codes: Vec<(CodeHash, Cap<dyn Coded>)>,
    pub state: Bytes,
    pub table: Table,
}

impl History {
    /// How many can be gone back to.
    pub fn len(&self) -> usize {
        self.sizes.len().saturating_sub(usize::from(self.is_at_newest))
    }

    /// Bytes of those that can be gone back to.
    pub fn bytes(&self) -> u64 {
        self.sizes.iter().take(self.len()).map(|(_, bytes)| bytes).sum()
    }

    /// The process has gone on from the newest without coming to an await.
    pub fn leave(&mut self) {
        self.is_at_newest = false;
    }

    fn push(&mut self, cx: &mut Context<'_>, kept: Kept, most: u32) -> Result<()> {
        let next = self.sizes.last().map_or(0, |(number, _)| number.saturating_add(1));
        self.sizes.push((next, kept.state.len() as u64));
        self.kept.insert(cx, next, kept)?;
        self.is_at_newest = true;
        let excess = self.sizes.len().saturating_sub(usize::try_from(most).unwrap_or(usize::MAX));
        for (number, _) in self.sizes.drain(..excess) {
            self.kept.remove(cx, &number)?;
        }
        Ok(())
    }

    /// Drops the states of the last `awaits` and gives the one before them, which is kept.
    fn back(&mut self, cx: &mut Context<'_>, awaits: u64) -> Result<Option<Kept>> {
        let awaits = usize::try_from(awaits).unwrap_or(usize::MAX);
        let left = self.len().checked_sub(awaits).filter(|_| awaits > 0);
        let Some(left) = left.map(|before| before.saturating_add(1)) else { return Ok(None) };
        self.is_at_newest = true;
        for (number, _) in self.sizes.drain(left..) {
            self.kept.remove(cx, &number)?;
        }
        match self.sizes.last() {
            Some((number, _)) => self.kept.get(cx, number),
            None => Ok(None),
        }
    }
}

impl Process {
    /// Keeps the state at an await, if the owner wants any kept.
    pub(super) fn remember(&mut self, cx: &mut Context<'_>) -> Result<()> {
        if self.allowance.undo == 0 {
            return Ok(());
        }
        // Objects that others hold are found in the present table, whichever state is gone back to.
        // Of what was asked it is enough to have the answers.
        let questions = self.table.questions.iter().map(|(number, it)| (*number, it.unheard()));
        let questions = questions.collect();
        let table = Table { exports: BTreeMap::new(), questions, ..self.table.clone() };
        let (codes, state) = (self.codes.clone(), self.state.clone());
        let kept = Kept { number: self.number, at: cx.now(), codes, state, table };
        // The newest is the present state; going back once is going to the one before it.
        self.history.push(cx, kept, self.allowance.undo.saturating_add(1))
    }

    /// Goes back by some awaits. What was said since then to others stays said.
    pub(super) fn go_back(&mut self, cx: &mut Context<'_>, steps: u64) -> Result<u64> {
        let Some(kept) = self.history.back(cx, steps)? else {
            let most = self.history.len();
            let what = match most {
                0 => "there is no state to go back to".to_owned(),
                _ => format!("it can go back by {most} awaits at the most, and at least by one"),
            };
            return Err(Error::new(Class::NotFound, what));
        };
        let (_, undone) = self.loaded(cx)?;
        let now = std::mem::replace(&mut self.table, kept.table);
        self.table.next_answer = now.next_answer;
        self.table.answers.retain(|answer, _| now.answers.contains_key(answer));
        self.table.exports = now.exports;
        self.machine = None;
        self.state = kept.state;
        self.codes = kept.codes;
        // What was made since then and is held by others has its number for ever: messages to it must
        // not come to something else.
        let codes = cache::codes(cx, &self.codes)?;
        let mut machine = self.load(&codes)?;
        machine.next_export = machine.next_export.max(undone.next_export);
        self.keep(machine);
        // Answers that wait are of another life; those that count are heard again.
        self.queue.retain(|queued| !matches!(queued, Queued::Settled { .. }));
        self.ask_again(cx)?;
        Ok(kept.number)
    }

    /// In a new life, hears again how what it asked settles; of what was answered it hears the same
    /// answer again. Questions whose time is over fail.
    pub(super) fn ask_again(&mut self, cx: &mut Context<'_>) -> Result<()> {
        self.life = self.life.saturating_add(1);
        let (_, machine) = self.loaded(cx)?;
        for (question, asked) in self.table.questions.clone() {
            self.ask(cx, question, asked.answer)?;
            let Some(data) = machine.questions.get(&question) else { continue };
            if let Some(within) = data.within_ms {
                let end = data.since_ms.saturating_add(within);
                self.expire_after(cx, question, end.saturating_sub(cx.now().0))?;
            }
        }
        Ok(())
    }
}
