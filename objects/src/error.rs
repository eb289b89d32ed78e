//! Why a call did not give an answer: whose fault it was, and what to do.

mod cause;
mod reason;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::limits::BREAK_REASON_BYTES_MAX;
use crate::value::ErrorValue;

pub use cause::CauseId;
pub use reason::NOT_IN_A_REASON;

/// What broke a promise or failed a turn.
///
/// It carries a class, a message meant for whoever asked, and nothing of our insides. On the wire
/// it is the model's Error with the text `class: message`, and ` [cause 3f2a…]` after it if it has
/// a [`CauseId`], and is read back from it. A promise may be broken with any other data as well:
/// see [`from_reason`](Self::from_reason).
///
/// What only the log of the object's own host may say goes into its [`detail`](Self::detail), which
/// is in no message, row or value:
///
/// ```
/// use hogshead_objects::{Class, Error};
///
/// let error = Error::internal("cannot parse /home/alice/prices.csv");
/// assert_eq!(error.to_string(), "failed: the object failed");
/// assert_eq!(error.detail(), Some("cannot parse /home/alice/prices.csv"));
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Error {
    class: Class,
    message: String,
    /// The data that it was said with, if that was no Error of the model.
    reason: Option<Box<reason::Reason>>,
    /// Correlates with the log of the host where it began.
    cause: Option<CauseId>,
    /// For that log alone.
    detail: Option<Box<str>>,
    /// Set by `Context::refuse`: the turn commits although it answers with this error.
    keeps_turn: bool,
}

/// The classes of errors, by whose move it is next.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// The object declined: its own rules.
    Refused,
    /// The facet does not grant this.
    Denied,
    /// The facet was revoked.
    Revoked,
    /// No such object, name or swiss number; wrong guesses and refused ones look the same.
    NotFound,
    /// Wrong method, arguments or type: the caller's mistake.
    BadCall,
    /// The object failed: a panic, a broken invariant, an exhausted limit of its turn.
    Failed,
    /// A limit was reached.
    Limit,
    /// Over quota for now: try again later.
    Busy,
    /// The session ended, or the peer cannot be reached.
    Severed,
    /// Cut off by a crash: it may have happened or not.
    OutcomeUnknown,
    /// The delivery is parked: the vat's owner can retry or drop it.
    Parked,
    /// The owner dropped it, or paused the vat.
    Stopped,
    /// Said by a peer in words of its own.
    Remote,
}

impl Class {
    /// The class as written on the wire and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Denied => "denied",
            Self::Revoked => "revoked",
            Self::NotFound => "not-found",
            Self::BadCall => "bad-call",
            Self::Failed => "failed",
            Self::Limit => "limit",
            Self::Busy => "busy",
            Self::Severed => "severed",
            Self::OutcomeUnknown => "outcome-unknown",
            Self::Parked => "parked",
            Self::Stopped => "stopped",
            Self::Remote => "remote",
        }
    }

    const ALL: [Self; 13] = [
        Self::Refused,
        Self::Denied,
        Self::Revoked,
        Self::NotFound,
        Self::BadCall,
        Self::Failed,
        Self::Limit,
        Self::Busy,
        Self::Severed,
        Self::OutcomeUnknown,
        Self::Parked,
        Self::Stopped,
        Self::Remote,
    ];
}

impl Error {
    /// An error of `class` with a message meant for the caller, which is cut at
    /// [`BREAK_REASON_BYTES_MAX`].
    pub fn new(class: Class, message: impl Into<String>) -> Self {
        let message = reason::cut(message.into(), BREAK_REASON_BYTES_MAX);
        Self { class, message, reason: None, cause: None, detail: None, keeps_turn: false }
    }

    /// A failure of which the caller learns that it happened, and the log of this host what it was:
    /// `detail` never leaves the host.
    pub fn internal(detail: impl Into<String>) -> Self {
        Self::new(Class::Failed, "the object failed").with_detail(detail)
    }

    /// The object's own refusal: what application code returns most of the time.
    pub fn refused(message: impl Into<String>) -> Self {
        Self::new(Class::Refused, message)
    }

    /// The caller's mistake.
    pub fn bad_call(message: impl Into<String>) -> Self {
        Self::new(Class::BadCall, message)
    }

    /// The class.
    pub fn class(&self) -> Class {
        self.class
    }

    /// The message without its class.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What the log of this host says beside the message, if there is more to say.
    pub fn detail(&self) -> Option<&str> {
        self.detail.as_deref()
    }

    /// The same error with more for the log of this host.
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into().into());
        self
    }

    /// The same error without its detail, as it may leave this host.
    pub fn without_detail(mut self) -> Self {
        self.detail = None;
        self
    }

    /// By which the log of the host where it began can be searched, if it began in a vat.
    pub fn cause(&self) -> Option<CauseId> {
        self.cause
    }

    /// The same error with a cause, unless it has one: the first one says where it began.
    pub fn with_cause(mut self, cause: CauseId) -> Self {
        self.cause.get_or_insert(cause);
        self
    }

    /// Whether the turn that answers with this error commits all the same.
    pub fn keeps_turn(&self) -> bool {
        self.keeps_turn
    }

    /// Marks the error as one whose turn commits. Methods use `Context::refuse`.
    pub fn keeping_turn(mut self) -> Self {
        self.keeps_turn = true;
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.class {
            Class::Remote => f.write_str(&self.message)?,
            class => write!(f, "{}: {}", class.as_str(), self.message)?,
        }
        self.cause.map_or(Ok(()), |cause| write!(f, " [cause {cause}]"))
    }
}

impl std::error::Error for Error {}

impl From<Error> for ErrorValue {
    fn from(error: Error) -> Self {
        Self { message: error.to_string() }
    }
}

impl From<ErrorValue> for Error {
    fn from(value: ErrorValue) -> Self {
        let (message, cause) = CauseId::split(&value.message);
        let known = message.split_once(": ").and_then(|(class, rest)| {
            let class = Class::ALL.into_iter().find(|c| c.as_str() == class)?;
            Some(Self::new(class, rest))
        });
        Self { cause, ..known.unwrap_or_else(|| Self::new(Class::Remote, message)) }
    }
}

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;
