//! The verifier: after it, the machine may index without fear.
//!
//! ```text
//!   Code ──▶ operands of single instructions ──▶ what captures must be ──▶ flow of each function
//!            (indices, names, targets)           (values or variables)     (heights, kinds of slots)
//! ```
//!
//! It is an abstract interpretation in the manner of the Java virtual machine's (Leroy, "Java
//! bytecode verification: algorithms and formalizations", 2003): every instruction that can be
//! reached has one height of operands, whichever way it is reached, and a set of kinds that each
//! slot may hold. What is on the stack is not typed: there the machine looks before it acts.

mod captures;
mod flow;
mod notes;
mod operands;

use std::ops::Deref;

use super::{Code, CodeHash};
use crate::error::LoadError;
use crate::limits::{CODE_BYTES_MAX, VERIFY_WORK_MAX};

/// A code that is safe to run, with what the verifier found out about it.
#[derive(Clone, Debug)]
pub struct Verified {
    code: Code,
    hash: CodeHash,
    shapes: Vec<Shape>,
}

/// What a slot or capture may hold: a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u8);

/// What the verifier found out about one function.
#[derive(Clone, Debug, Default)]
struct Shape {
    /// Of each instruction, how many operands there are before it; none: it is never reached.
    heights: Vec<Option<u16>>,
    /// Of each instruction to which something jumps, and of the first, what the slots hold.
    entries: Vec<(u32, Box<[Kinds]>)>,
    /// What each capture must hold.
    captures: Box<[Kinds]>,
}

impl Kinds {
    /// Nothing: it is not used.
    pub const NONE: Self = Self(0);
    /// A variable before its initialization.
    pub const UNINIT: Self = Self(1);
    /// A value.
    pub const VALUE: Self = Self(2);
    /// A shared variable.
    pub const VAR: Self = Self(4);

    /// Whether it may hold nothing that `other` may not.
    pub fn within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// What one or the other may hold.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Verified {
    /// Verifies a code that was just compiled, or decoded.
    ///
    /// # Errors
    ///
    /// It is larger than [`CODE_BYTES_MAX`], or the machine could not run it safely.
    pub fn new(code: Code) -> Result<Self, LoadError> {
        let encoding = code.encode();
        LoadError::check_size("bytes of a code", encoding.len(), CODE_BYTES_MAX)?;
        Self::check(code, CodeHash::of(&encoding))
    }

    /// Reads and verifies a code.
    ///
    /// # Errors
    ///
    /// Those of [`Code::decode`], or the machine could not run it safely.
    pub fn decode(bytes: &[u8]) -> Result<Self, LoadError> {
        Self::check(Code::decode(bytes)?, CodeHash::of(bytes))
    }

    fn check(code: Code, hash: CodeHash) -> Result<Self, LoadError> {
        let work = &mut Work(VERIFY_WORK_MAX);
        notes::check(&code)?;
        for (number, function) in code.functions.iter().enumerate() {
            operands::check(&code, number, function)?;
        }
        let captures = captures::needs(&code, work)?;
        let mut shapes = Vec::new();
        for number in 0..code.functions.len() {
            shapes.push(flow::check(&code, number, &captures, work)?);
        }
        for (shape, captures) in shapes.iter_mut().zip(captures) {
            shape.captures = captures;
        }
        Ok(Self { code, hash, shapes })
    }

    /// Its name.
    pub fn hash(&self) -> CodeHash {
        self.hash
    }

    /// The code.
    pub fn code(&self) -> &Code {
        &self.code
    }

    /// How many operands there are before an instruction; none: it is never reached, or there is
    /// no such instruction.
    pub fn operands_before(&self, function: u32, pc: u32) -> Option<u16> {
        let shape = self.shapes.get(function as usize)?;
        shape.heights.get(pc as usize).copied().flatten()
    }

    /// How many operands are left below those that an instruction takes, if it can be reached.
    pub(crate) fn operands_below(&self, function: u32, pc: u32) -> Option<u32> {
        let before = self.operands_before(function, pc)?;
        let op = self.code.functions.get(function as usize)?.ops.get(pc as usize)?;
        u32::from(before).checked_sub(super::effect::effect(*op, pc as usize).needs)
    }

    /// What the slots may hold before an instruction that can be reached.
    pub fn slots_before(&self, function: u32, pc: u32) -> Option<Vec<Kinds>> {
        self.operands_before(function, pc)?;
        let shape = self.shapes.get(function as usize)?;
        let ops = &self.code.functions.get(function as usize)?.ops;
        let entry = shape.entries.partition_point(|(at, _)| *at <= pc).checked_sub(1)?;
        let (start, kinds) = shape.entries.get(entry)?;
        let mut kinds = kinds.to_vec();
        for op in ops.get(*start as usize..pc as usize)? {
            if let Some((slot, kind)) = flow::written(*op) {
                *kinds.get_mut(usize::from(slot))? = kind;
            }
        }
        Some(kinds)
    }

    /// What each capture of a function must hold.
    pub fn captures_of(&self, function: u32) -> Option<&[Kinds]> {
        self.shapes.get(function as usize).map(|shape| &*shape.captures)
    }
}

impl Deref for Verified {
    type Target = Code;

    fn deref(&self) -> &Code {
        &self.code
    }
}

impl PartialEq for Verified {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

/// What is left of the work that the verifier does on one code.
struct Work(usize);

impl Work {
    fn take(&mut self, units: usize) -> Result<(), LoadError> {
        self.0 = self.0.checked_sub(units).ok_or(LoadError::TooLarge {
            what: "units of work to verify a code",
            found: VERIFY_WORK_MAX + 1,
            limit: VERIFY_WORK_MAX,
        })?;
        Ok(())
    }
}

fn unsound<T>(function: usize, pc: usize, why: impl Into<String>) -> Result<T, LoadError> {
    Err(LoadError::Unsound { function, pc, why: why.into() })
}
