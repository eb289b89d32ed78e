//! States kept of the last awaits, to go back to.

use bytes::Bytes;
use hogshead_objects::ids::Timestamp;
use hogshead_objects::stored::StoredMap;
use hogshead_objects::{Cap, Class, Context, Error, Result};
use serde::{Deserialize, Serialize};

use super::Process;
use super::border::Table;
use super::code::Coded;
use crate::code::CodeHash;

/// The states that are kept.
#[derive(Serialize, Deserialize, Default)]
pub(super) struct History {
    kept: StoredMap<u64, Kept>,
    /// Their numbers and bytes, the oldest first.
    sizes: Vec<(u64, u64)>,
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
    pub fn len(&self) -> usize {
        self.sizes.len()
    }

    /// Bytes of those that can be gone back to.
    pub fn bytes(&self) -> u64 {
        self.sizes.iter().rev().skip(1).map(|(_, bytes)| bytes).sum()
    }

    fn push(&mut self, cx: &mut Context<'_>, kept: Kept, most: u32) -> Result<()> {
        let next = self.sizes.last().map_or(0, |(number, _)| number.saturating_add(1));
        self.sizes.push((next, kept.state.len() as u64));
        self.kept.insert(cx, next, kept)?;
        let excess = self.sizes.len().saturating_sub(usize::try_from(most).unwrap_or(usize::MAX));
        for (number, _) in self.sizes.drain(..excess) {
            self.kept.remove(cx, &number)?;
        }
        Ok(())
    }

    /// Drops the states of the last `awaits` and gives the one before them, which is kept.
    fn back(&mut self, cx: &mut Context<'_>, awaits: u64) -> Result<Option<Kept>> {
        let dropped = usize::try_from(awaits).unwrap_or(usize::MAX);
        let Some(left) = self.sizes.len().checked_sub(dropped).filter(|left| *left > 0) else {
            return Ok(None);
        };
        if dropped == 0 {
            return Ok(None);
        }
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
        let kept = Kept {
            number: self.number,
            at: cx.now(),
            codes: self.codes.clone(),
            state: self.state.clone(),
            table: self.table.clone(),
        };
        // The newest is the present state; going back once is going to the one before it.
        self.history.push(cx, kept, self.allowance.undo.saturating_add(1))
    }

    /// Goes back by some awaits. What was said since then to others stays said.
    pub(super) fn go_back(&mut self, cx: &mut Context<'_>, steps: u64) -> Result<u64> {
        let Some(kept) = self.history.back(cx, steps)? else {
            let most = self.history.len().saturating_sub(1);
            let what = format!("it can go back by {most} awaits at the most, and at least by one");
            return Err(Error::new(Class::NotFound, what));
        };
        self.machine = None;
        self.state = kept.state;
        self.codes = kept.codes;
        let answers = std::mem::take(&mut self.table.answers);
        let next_answer = self.table.next_answer;
        self.table = kept.table;
        self.table.next_answer = next_answer;
        self.table.answers.retain(|answer, _| answers.contains_key(answer));
        self.ask_again(cx)?;
        Ok(kept.number)
    }

    /// In a new life, hears again how what it asked settles; of what was answered it hears the same
    /// answer again.
    pub(super) fn ask_again(&mut self, cx: &mut Context<'_>) -> Result<()> {
        self.life = self.life.saturating_add(1);
        for (question, asked) in self.table.questions.clone() {
            self.ask(cx, question, asked.answer)?;
        }
        Ok(())
    }
}
