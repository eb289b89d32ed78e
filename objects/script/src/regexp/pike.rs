//! Runs a program over a text: all ways to match at once, one character after the other.
//!
//! Each way that is still open is an instruction and its slots; the list of them is in the order in
//! which a backtracking matcher would try them, and of two that have come to the same instruction
//! only the earlier is kept, as everything later would be the same (Cox, "Regular Expression
//! Matching: the Virtual Machine Approach", 2009). So work is at most the text's length times the
//! program's. What ECMA-262 has beyond that, iterations that must not be empty and captures that
//! are forgotten at each iteration, is in the instructions; an instruction inside such iterations
//! counts as several, one for each answer to "how many of them have taken a character" (after
//! Barrière and Pit-Claudel, "Linear Matching of JavaScript Regexes", 2024).

use super::OutOfFuel;
use super::program::{Assertion, Op, Program};
use super::set;

/// A slot that holds no place.
pub(crate) const NOWHERE: u32 = u32::MAX;

/// Finds the first match at `start` or, unless `sticky`, after it: its slots.
///
/// With the flag `u`, a start between the halves of a surrogate pair is a start before the pair.
/// `start` is at most the text's length.
pub(crate) fn run(
    program: &Program,
    text: &[u16],
    start: usize,
    sticky: bool,
    fuel: &mut u64,
) -> Result<Option<Box<[u32]>>, OutOfFuel> {
    if text.len() >= NOWHERE as usize {
        return Err(OutOfFuel);
    }
    let mut machine = Machine {
        program,
        text,
        seen: vec![0; program.state_count],
        round: 0,
        scratch: vec![NOWHERE; program.slots],
        stack: Vec::new(),
        fuel: *fuel,
    };
    let found = machine.search(start, sticky);
    *fuel = if found.is_err() { 0 } else { machine.fuel };
    found
}

/// The ways to match that are open at one place, the preferred first.
#[derive(Default)]
struct Threads {
    ops: Vec<u32>,
    /// The slots of each, one after the other.
    slots: Vec<u32>,
}

/// What is to be done after a way has been followed to its end.
enum Later {
    /// Follow this one: instruction, iterations that have taken a character.
    Follow(u32, u32),
    /// Put this place back into this slot.
    Restore(u32, u32),
}

struct Machine<'a> {
    program: &'a Program,
    text: &'a [u16],
    /// Of each state, the round in which it was visited last.
    seen: Vec<u32>,
    round: u32,
    /// The slots of the way that is being followed.
    scratch: Vec<u32>,
    stack: Vec<Later>,
    fuel: u64,
}

impl Machine<'_> {
    fn search(&mut self, start: usize, sticky: bool) -> Result<Option<Box<[u32]>>, OutOfFuel> {
        self.spend(1 + self.program.state_count as u64 / 16)?;
        let mut at = self.to_boundary(start);
        let start = at;
        let mut found: Option<Box<[u32]>> = None;
        let (mut threads, mut next) = (Threads::default(), Threads::default());
        self.round = 1;
        loop {
            if threads.ops.is_empty() {
                if found.is_some() || (sticky && at > start) {
                    return Ok(found);
                }
                if !sticky {
                    match self.skip(at)? {
                        Some(place) => at = place,
                        None => return Ok(None),
                    }
                }
            }
            if found.is_none() && (!sticky || at == start) {
                self.spend(self.program.slots as u64 / 8)?;
                self.scratch.fill(NOWHERE);
                self.scratch[0] = at as u32;
                self.follow(0, 0, at, &mut threads)?;
            }
            let (c, length) = self.read(at);
            self.round += 1;
            for (thread, &op) in threads.ops.iter().enumerate() {
                let taken = match self.program.ops[op as usize] {
                    Op::Char(own) => c == Some(own),
                    Op::Set(set) => c.is_some_and(|c| self.program.sets[set as usize].contains(c)),
                    // All others stand for `Match`: `follow` leaves no way at any other.
                    _ => {
                        let slots = slots_of(&threads, thread, self.program.slots);
                        let mut slots: Box<[u32]> = slots.into();
                        slots[1] = at as u32;
                        found = Some(slots);
                        break;
                    }
                };
                self.spend(1)?;
                if taken {
                    let slots = slots_of(&threads, thread, self.program.slots);
                    self.scratch.copy_from_slice(slots);
                    let depth = self.program.depths[op as usize];
                    self.follow(op + 1, depth, at + length, &mut next)?;
                }
            }
            std::mem::swap(&mut threads, &mut next);
            next.ops.clear();
            next.slots.clear();
            if c.is_none() {
                return Ok(found);
            }
            at += length;
        }
    }

    /// Follows a way to every instruction that takes a character, in order of preference.
    fn follow(
        &mut self,
        op: u32,
        taken: u32,
        at: usize,
        into: &mut Threads,
    ) -> Result<(), OutOfFuel> {
        self.stack.clear();
        self.stack.push(Later::Follow(op, taken));
        while let Some(later) = self.stack.pop() {
            match later {
                Later::Restore(slot, place) => self.scratch[slot as usize] = place,
                Later::Follow(op, taken) => self.follow_one(op, taken, at, into)?,
            }
        }
        Ok(())
    }

    fn follow_one(
        &mut self,
        mut op: u32,
        mut taken: u32,
        at: usize,
        into: &mut Threads,
    ) -> Result<(), OutOfFuel> {
        loop {
            let index = op as usize;
            let instruction = self.program.ops[index];
            let takes = matches!(instruction, Op::Char(_) | Op::Set(_));
            let state = self.program.states[index] + if takes { 0 } else { taken };
            if std::mem::replace(&mut self.seen[state as usize], self.round) == self.round {
                return Ok(());
            }
            self.spend(1)?;
            op += 1;
            match instruction {
                Op::Char(_) | Op::Set(_) | Op::Match => {
                    self.spend(self.program.slots as u64 / 8)?;
                    into.ops.push(index as u32);
                    into.slots.extend_from_slice(&self.scratch);
                    return Ok(());
                }
                Op::Jump(to) => op = to,
                Op::Split(first, second) => {
                    self.stack.push(Later::Follow(second, taken));
                    op = first;
                }
                Op::Save(slot) => self.write(slot, at as u32),
                Op::Clear(first, end) => {
                    self.spend(u64::from(end - first) / 4)?;
                    for slot in first..end {
                        self.write(slot, NOWHERE);
                    }
                }
                Op::Enter => {}
                Op::Leave => {
                    let around = self.program.depths[index] - 1;
                    if taken <= around {
                        return Ok(());
                    }
                    taken = around;
                }
                Op::Assert(assertion) => {
                    if !self.holds(assertion, at) {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// Writes a slot of the way that is being followed, to be undone when it has been.
    fn write(&mut self, slot: u32, place: u32) {
        let old = std::mem::replace(&mut self.scratch[slot as usize], place);
        if old != place {
            self.stack.push(Later::Restore(slot, old));
        }
    }

    /// The next place from `at` on where a match may begin, if there is one.
    fn skip(&mut self, mut at: usize) -> Result<Option<usize>, OutOfFuel> {
        let Some(first) = &self.program.first else { return Ok(Some(at)) };
        let begin = at;
        let place = loop {
            match self.read(at) {
                (Some(c), length) if !first.contains(c) => at += length,
                (Some(_), _) => break Some(at),
                (None, _) => break None,
            }
        };
        self.spend((at - begin) as u64 / 8)?;
        Ok(place)
    }

    fn holds(&self, assertion: Assertion, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|index| self.text.get(index)).copied();
        let after = self.text.get(at).copied();
        match assertion {
            Assertion::Start => before.is_none(),
            Assertion::End => after.is_none(),
            Assertion::LineStart => before.is_none_or(set::is_line_terminator),
            Assertion::LineEnd => after.is_none_or(set::is_line_terminator),
            Assertion::Boundary { negated, folded } => {
                let word = |unit: Option<u16>| unit.is_some_and(|unit| set::is_word(unit, folded));
                (word(before) != word(after)) != negated
            }
        }
    }

    /// The character at a place, and its length in code units.
    fn read(&self, at: usize) -> (Option<u32>, usize) {
        let Some(&unit) = self.text.get(at) else { return (None, 0) };
        let high = (0xD800..0xDC00).contains(&unit);
        match self.text.get(at + 1) {
            Some(low @ 0xDC00..0xE000) if self.program.unicode && high => {
                let high = (u32::from(unit) - 0xD800) << 10;
                (Some(0x1_0000 + high + u32::from(low - 0xDC00)), 2)
            }
            _ => (Some(u32::from(unit)), 1),
        }
    }

    /// The place itself or, inside of a surrogate pair, the one before the pair.
    fn to_boundary(&self, at: usize) -> usize {
        match at.checked_sub(1) {
            Some(before) if self.program.unicode && self.read(before).1 == 2 => before,
            _ => at,
        }
    }

    fn spend(&mut self, amount: u64) -> Result<(), OutOfFuel> {
        self.fuel = self.fuel.checked_sub(amount).ok_or(OutOfFuel)?;
        Ok(())
    }
}

fn slots_of(threads: &Threads, thread: usize, width: usize) -> &[u32] {
    &threads.slots[thread * width..(thread + 1) * width]
}
