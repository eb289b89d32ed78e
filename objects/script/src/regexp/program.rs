//! What a pattern is compiled to: a list of instructions, after Thompson (1968) and Pike.

use std::collections::BTreeMap;

use super::set::CharSet;
use crate::limits::{REGEXP_CELLS_MAX, REGEXP_OPS_MAX};

/// A pattern as a tree, after everything that is out of the subset has been refused.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    /// One character of a set, by the set's number.
    Set(u32),
    /// One character.
    Char(u32),
    /// A condition on the place between two characters.
    Assert(Assertion),
    /// One after the other; of none, the empty match.
    Sequence(Vec<Node>),
    /// One of several, the earlier preferred.
    Choice(Vec<Node>),
    /// A capturing group, numbered from 1.
    Group(u32, Box<Node>),
    /// A repeated body.
    Repeat(Box<Repeat>),
}

impl Node {
    /// Whether it can match the empty string.
    pub(crate) fn nullable(&self) -> bool {
        match self {
            Node::Set(_) | Node::Char(_) => false,
            Node::Assert(_) => true,
            Node::Sequence(nodes) => nodes.iter().all(Node::nullable),
            Node::Choice(nodes) => nodes.iter().any(Node::nullable),
            Node::Group(_, body) => body.nullable(),
            Node::Repeat(repeat) => repeat.min == 0 || repeat.nullable,
        }
    }
}

/// A quantifier and its body.
#[derive(Clone, Debug)]
pub(crate) struct Repeat {
    pub(crate) min: u64,
    pub(crate) max: Option<u64>,
    pub(crate) greedy: bool,
    /// The first capturing group inside the body, and the one after the last.
    pub(crate) groups: (u32, u32),
    /// Whether the body can match the empty string.
    pub(crate) nullable: bool,
    pub(crate) body: Node,
}

/// A condition on the place between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Assertion {
    /// `^` without `m`.
    Start,
    /// `$` without `m`.
    End,
    /// `^` with `m`.
    LineStart,
    /// `$` with `m`.
    LineEnd,
    /// `\b` and `\B`, of the wider word with `u` and `i`.
    Boundary { negated: bool, folded: bool },
}

/// An instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    /// Takes this character.
    Char(u32),
    /// Takes a character of this set.
    Set(u32),
    /// Goes both ways, preferring the first.
    Split(u32, u32),
    /// Goes there.
    Jump(u32),
    /// Notes the place in a slot.
    Save(u32),
    /// Forgets these slots, from the first up to but not with the second.
    Clear(u32, u32),
    /// Begins an iteration that must take a character.
    Enter,
    /// Ends it: dies unless it has taken one.
    Leave,
    /// Dies unless the condition holds.
    Assert(Assertion),
    /// Has matched.
    Match,
}

/// A compiled pattern.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) ops: Vec<Op>,
    /// Of each instruction, how many iterations that must take a character are around it.
    pub(crate) depths: Vec<u32>,
    /// Of each instruction, the number of its first state. It has one more than its depth: which of
    /// the iterations have taken a character is told by how many, as an outer one has whenever an
    /// inner one has.
    pub(crate) states: Vec<u32>,
    /// How many states there are.
    pub(crate) state_count: usize,
    pub(crate) sets: Vec<Matcher>,
    /// Slots: two a group, the whole match being group 0.
    pub(crate) slots: usize,
    /// The characters with one of which a match begins, unless one can be empty.
    pub(crate) first: Option<Matcher>,
    /// Whether a text is read as code points.
    pub(crate) unicode: bool,
}

/// A set that is asked often.
#[derive(Debug)]
pub(crate) struct Matcher {
    ascii: u128,
    set: CharSet,
}

impl Matcher {
    fn new(set: CharSet) -> Matcher {
        let ascii = (0..128).filter(|&c| set.contains(c)).fold(0, |bits, c| bits | (1 << c));
        Matcher { ascii, set }
    }

    /// Whether `c` is in the set.
    pub(crate) fn contains(&self, c: u32) -> bool {
        if c < 128 { self.ascii >> c & 1 == 1 } else { self.set.contains(c) }
    }
}

/// A program, or its states, would be larger than the limits allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLarge;

impl Program {
    /// Compiles a pattern of `groups` capturing groups.
    pub(crate) fn new(
        pattern: &Node,
        sets: Vec<CharSet>,
        groups: u32,
        unicode: bool,
    ) -> Result<Program, TooLarge> {
        let slots = (groups as usize + 1) * 2;
        let mut emitter = Emitter {
            ops: Vec::new(),
            depths: Vec::new(),
            depth: 0,
            steps: 0,
            ops_max: REGEXP_OPS_MAX.min(REGEXP_CELLS_MAX / slots),
        };
        emitter.node(pattern)?;
        emitter.push(Op::Match)?;
        let Emitter { ops, depths, .. } = emitter;
        let mut states = Vec::with_capacity(ops.len());
        let mut count = 0u32;
        for (op, depth) in ops.iter().zip(&depths) {
            states.push(count);
            // Where a character is taken, or nothing follows, it makes no difference.
            count += if matches!(op, Op::Char(_) | Op::Set(_)) { 1 } else { depth + 1 };
        }
        if count as usize > REGEXP_CELLS_MAX {
            return Err(TooLarge);
        }
        let first = first_characters(&ops, &sets).map(Matcher::new);
        let sets = sets.into_iter().map(Matcher::new).collect();
        Ok(Program {
            ops,
            depths,
            states,
            state_count: count as usize,
            sets,
            slots,
            first,
            unicode,
        })
    }
}

/// Writes instructions.
struct Emitter {
    ops: Vec<Op>,
    depths: Vec<u32>,
    depth: u32,
    /// Nodes visited: copies of an empty body write nothing, and still take time.
    steps: usize,
    ops_max: usize,
}

impl Emitter {
    fn push(&mut self, op: Op) -> Result<usize, TooLarge> {
        if self.ops.len() >= self.ops_max {
            return Err(TooLarge);
        }
        self.ops.push(op);
        self.depths.push(self.depth);
        Ok(self.ops.len() - 1)
    }

    fn here(&self) -> u32 {
        self.ops.len() as u32
    }

    fn node(&mut self, node: &Node) -> Result<(), TooLarge> {
        self.steps += 1;
        if self.steps > 4 * REGEXP_OPS_MAX {
            return Err(TooLarge);
        }
        match node {
            Node::Set(set) => self.push(Op::Set(*set)).map(drop),
            Node::Char(c) => self.push(Op::Char(*c)).map(drop),
            Node::Assert(assertion) => self.push(Op::Assert(*assertion)).map(drop),
            Node::Sequence(nodes) => nodes.iter().try_for_each(|node| self.node(node)),
            Node::Choice(nodes) => self.choice(nodes),
            Node::Group(number, body) => {
                self.push(Op::Save(number * 2))?;
                self.node(body)?;
                self.push(Op::Save(number * 2 + 1)).map(drop)
            }
            Node::Repeat(repeat) => self.repeat(repeat),
        }
    }

    fn choice(&mut self, nodes: &[Node]) -> Result<(), TooLarge> {
        let Some((last, others)) = nodes.split_last() else { return Ok(()) };
        let mut ends = Vec::new();
        for node in others {
            let split = self.push(Op::Split(0, 0))?;
            self.node(node)?;
            ends.push(self.push(Op::Jump(0))?);
            self.ops[split] = Op::Split(split as u32 + 1, self.here());
        }
        self.node(last)?;
        for end in ends {
            self.ops[end] = Op::Jump(self.here());
        }
        Ok(())
    }

    /// RepeatMatcher (ECMA-262, 22.2.2.3.1): the first `min` iterations may be empty, every later
    /// one must take a character; each begins by forgetting what the body has captured.
    fn repeat(&mut self, repeat: &Repeat) -> Result<(), TooLarge> {
        let nullable = repeat.nullable;
        let mut last = self.here();
        for _ in 0..repeat.min {
            last = self.here();
            self.clear(repeat)?;
            self.node(&repeat.body)?;
            self.steps += 1;
        }
        let Some(max) = repeat.max else {
            if repeat.min > 0 && !nullable {
                let split = self.push(Op::Split(0, 0))?;
                self.patch(split, last, self.here(), repeat.greedy);
                return Ok(());
            }
            let split = self.push(Op::Split(0, 0))?;
            self.iteration(repeat, nullable)?;
            self.push(Op::Jump(split as u32))?;
            self.patch(split, split as u32 + 1, self.here(), repeat.greedy);
            return Ok(());
        };
        let mut splits = Vec::new();
        for _ in repeat.min..max {
            splits.push(self.push(Op::Split(0, 0))?);
            self.iteration(repeat, nullable)?;
        }
        for split in splits {
            self.patch(split, split as u32 + 1, self.here(), repeat.greedy);
        }
        Ok(())
    }

    /// One iteration after the first `min`.
    fn iteration(&mut self, repeat: &Repeat, nullable: bool) -> Result<(), TooLarge> {
        if nullable {
            self.push(Op::Enter)?;
            self.depth += 1;
        }
        self.clear(repeat)?;
        self.node(&repeat.body)?;
        if nullable {
            self.push(Op::Leave)?;
            self.depth -= 1;
        }
        Ok(())
    }

    fn clear(&mut self, repeat: &Repeat) -> Result<(), TooLarge> {
        let (first, end) = repeat.groups;
        // A body that runs once at most has captured nothing yet, or what is around it has
        // forgotten.
        if first == end || repeat.max == Some(1) {
            return Ok(());
        }
        self.push(Op::Clear(first * 2, end * 2)).map(drop)
    }

    fn patch(&mut self, split: usize, body: u32, after: u32, greedy: bool) {
        self.ops[split] = if greedy { Op::Split(body, after) } else { Op::Split(after, body) };
    }
}

/// The characters with one of which a match begins; `None` if a match can be empty.
fn first_characters(ops: &[Op], sets: &[CharSet]) -> Option<CharSet> {
    let mut seen = vec![false; ops.len()];
    let mut used: BTreeMap<u32, ()> = BTreeMap::new();
    let mut ranges = Vec::new();
    let mut stack = vec![0u32];
    while let Some(at) = stack.pop() {
        if std::mem::replace(&mut seen[at as usize], true) {
            continue;
        }
        match ops[at as usize] {
            Op::Char(c) => ranges.push((c, c)),
            Op::Set(set) => {
                if used.insert(set, ()).is_none() {
                    ranges.extend_from_slice(sets[set as usize].ranges());
                }
            }
            Op::Split(first, second) => stack.extend([first, second]),
            Op::Jump(to) => stack.push(to),
            Op::Match => return None,
            Op::Save(_) | Op::Clear(..) | Op::Enter | Op::Leave | Op::Assert(_) => {
                stack.push(at + 1);
            }
        }
    }
    Some(CharSet::new(ranges))
}
