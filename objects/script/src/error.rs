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
