//! What a peer can do wrong, each with the reason that its abort is given.

use hogshead_objects::records::RecordsError;
use hogshead_objects::{Class, Error};

use crate::durable::FrameError;
use crate::syrup::DecodeError;

/// Why applying an operation or sending a message failed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SessionError {
    /// The peer's fault: roll the turn back, abort the session, sever it.
    #[error(transparent)]
    Violation(#[from] Violation),
    /// Ours: the rows could not be read. The host stops the vat or itself.
    #[error(transparent)]
    Records(#[from] RecordsError),
}

/// What a peer did that the protocol forbids, or a limit that it reached. The text is the reason
/// in the abort that it is sent.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Violation {
    /// A frame is not an operation.
    #[error("malformed operation: {0}")]
    Malformed(#[from] DecodeError),
    /// A frame is longer than allowed.
    #[error("a frame of {bytes} bytes; at most {max} are taken")]
    FrameTooLong {
        /// Its length.
        bytes: usize,
        /// The limit.
        max: usize,
    },
    /// Something else came before `op:start-session`.
    #[error("op:start-session must come first")]
    BeforeHello,
    /// A second `op:start-session`.
    #[error("op:start-session came twice")]
    SecondHello,
    /// Another version of CapTP.
    #[error("version {0:?} is not spoken here; 1.0 is")]
    Version(String),
    /// The location is not signed by the session's key.
    #[error("the location's signature is not valid")]
    LocationSignature,
    /// Another peer than the one that was dialled.
    #[error("this is another peer than the one dialled")]
    WrongPeer,
    /// The peer has our own key, or replays our own hello.
    #[error("both sides have the same key")]
    OwnKey,
    /// An operation names a position that was not exported, or that has been given back.
    #[error("no export at position {0}")]
    UnknownExport(u64),
    /// An operation names an answer that was not asked for, or that has been given back.
    #[error("no answer at position {0}")]
    UnknownAnswer(u64),
    /// An answer position is used again before it has been given back.
    #[error("answer position {0} is in use")]
    AnswerInUse(u64),
    /// More references given back than were given, or none at all.
    #[error("wire delta {delta} for position {position}, which was sent {sent} times")]
    WireDelta {
        /// The position.
        position: u64,
        /// What was given back.
        delta: u64,
        /// How often it had been sent.
        sent: u64,
    },
    /// One position described as an object and as a promise.
    #[error("position {0} is described both as an object and as a promise")]
    ImportKind(u64),
    /// A table is full.
    #[error("too many {what}: at most {max} at a time")]
    TooMany {
        /// What there are too many of.
        what: &'static str,
        /// The limit.
        max: u64,
    },
    /// Too many wrong swiss numbers.
    #[error("too many wrong swiss numbers")]
    WrongGuesses,
    /// A frame of a durable session is not in its form.
    #[error("malformed frame: {0}")]
    MalformedFrame(#[from] FrameError),
    /// A hello or an abort within a durable session, whose frames say such things.
    #[error("{0} is not for durable sessions")]
    NotDurable(&'static str),
    /// More deliveries in a durable session than the receiver was ready to take.
    #[error("more deliveries than the credit of {0}")]
    Credit(u64),
    /// A durable hello that does not know us and yet has exchanged something with us.
    #[error("the hello does not know this side, and yet has exchanged operations with it")]
    HelloMarks,
    /// Something came after the session's end.
    #[error("the session has ended")]
    Ended,
}

impl From<Violation> for Error {
    fn from(violation: Violation) -> Self {
        Self::from(&violation)
    }
}

impl From<&Violation> for Error {
    fn from(violation: &Violation) -> Self {
        Self::new(Class::Severed, format!("the peer broke the protocol: {violation}"))
    }
}
