//! What can be wrong with a source text, and where.

use std::fmt;

/// Why a source text is rejected: where, why, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in UTF-16 code units as editors count.
    pub column: u32,
    /// What is wrong, as one sentence without its full stop.
    pub why: String,
    /// What to write instead, if there is something.
    pub hint: Option<String>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.why)?;
        match &self.hint {
            Some(hint) => write!(f, " (hint: {hint})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Diagnostic {}

/// Why bytes are not accepted as a code, a state or a file of a process.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// They are of something else.
    #[error("these bytes are not {expected}")]
    Magic {
        /// What they should be.
        expected: &'static str,
    },
    /// They are of a version that is not known.
    #[error("{what} is of format version {found}, and this program knows up to {known}: update it")]
    Version {
        /// What they are of.
        what: &'static str,
        /// The version that they name.
        found: u64,
        /// The newest that is known.
        known: u64,
    },
    /// They end too early.
    #[error("the bytes end too early, after {at}: copy them again from where they came from")]
    Truncated {
        /// How many there are.
        at: usize,
    },
    /// They cannot be read.
    #[error("the bytes are damaged at {at}: {why}")]
    Malformed {
        /// The position, in bytes.
        at: usize,
        /// What is wrong, as one sentence without its full stop.
        why: String,
    },
    /// They say something in another way than the one that is written.
    #[error("the bytes are not in the one form that they are written in; they were made elsewhere")]
    NotCanonical,
    /// There is too much of something.
    #[error("{found} {what} are more than the limit of {limit}")]
    TooLarge {
        /// Of what, with its unit.
        what: &'static str,
        /// How much.
        found: usize,
        /// How much may be.
        limit: usize,
    },
    /// They name a built-in function that this version does not have.
    #[error("`{0}` is not built in: a newer version may have it")]
    UnknownBuiltin(String),
    /// They name a code that is not at hand.
    #[error("the code {0} is not here: import it first")]
    UnknownCode(crate::code::CodeHash),
    /// The code would not be safe to run.
    #[error("the code is not sound: function {function}, instruction {pc}: {why}")]
    Unsound {
        /// The number of the function.
        function: usize,
        /// The number of the instruction.
        pc: usize,
        /// What is wrong, as one sentence without its full stop.
        why: String,
    },
    /// The state would not be safe to run, or does not fit what it is to run with.
    #[error("{0}")]
    Unfit(String),
}

impl LoadError {
    /// The state would not be safe to run, for this reason: a sentence without its full stop.
    pub fn new(why: impl Into<String>) -> Self {
        Self::Unfit(why.into())
    }

    pub(crate) fn check_size(
        what: &'static str,
        found: usize,
        limit: usize,
    ) -> Result<(), LoadError> {
        if found > limit { Err(Self::TooLarge { what, found, limit }) } else { Ok(()) }
    }

    /// Checks the magic and the byte of the version after it.
    pub(crate) fn check_head(
        what: &'static str,
        bytes: &[u8],
        magic: &[u8],
        known: u8,
    ) -> Result<(), LoadError> {
        let rest = bytes.strip_prefix(magic).ok_or(Self::Magic { expected: what })?;
        let found = *rest.first().ok_or(Self::Truncated { at: bytes.len() })?;
        if found == known {
            return Ok(());
        }
        Err(Self::Version { what, found: found.into(), known: known.into() })
    }
}
