//! The errors of the language.

use crate::builtin::Builtin;

/// Which constructor an error is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ErrorKind {
    Error,
    TypeError,
    RangeError,
    SyntaxError,
    ReferenceError,
    EvalError,
    URIError,
    AggregateError,
}

impl ErrorKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Error,
        Self::TypeError,
        Self::RangeError,
        Self::SyntaxError,
        Self::ReferenceError,
        Self::EvalError,
        Self::URIError,
        Self::AggregateError,
    ];

    /// The name of the constructor.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "Error",
            Self::TypeError => "TypeError",
            Self::RangeError => "RangeError",
            Self::SyntaxError => "SyntaxError",
            Self::ReferenceError => "ReferenceError",
            Self::EvalError => "EvalError",
            Self::URIError => "URIError",
            Self::AggregateError => "AggregateError",
        }
    }

    /// The kind with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kind whose constructor this is.
    pub fn of_constructor(builtin: Builtin) -> Option<Self> {
        Self::named(builtin.entry().path)
    }
}
