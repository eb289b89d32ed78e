//! Operations: what sessions say to each other (section "Operations").

mod measure;
mod stored;
mod wire;

pub(crate) use measure::{fits, give_octets};
pub(crate) use stored::locator as locator_row;
pub(crate) use wire::shorten;

use bytes::Bytes;
use hogshead_objects::heap::Part;
use hogshead_objects::locator::Locator;
use hogshead_objects::{Message, Value};
use serde::{Deserialize, Serialize};

use crate::crypto::{PublicKey, Signature};
use crate::descriptor::{Descriptor, Import, Target};
use crate::syrup::DecodeError;

/// The version in `op:start-session`.
pub const VERSION: &str = "1.0";

/// One operation.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Operation {
    /// `op:start-session`: the hello.
    StartSession(Box<StartSession>),
    /// `op:deliver` or `op:deliver-only`: a message.
    Deliver(Deliver),
    /// `op:listen`: tell me when this promise settles.
    Listen(Listen),
    /// `op:get`, `op:index` or `op:untag`: give me a part of this value.
    Derive(Derive),
    /// `op:gc-exports`: positions that the sender needs no more, and how often it had got each.
    GcExports(Vec<GcExport>),
    /// `op:gc-answers`: answer positions that the sender needs no more.
    GcAnswers(Vec<u64>),
    /// `op:abort`: the session is over; the reason.
    Abort(String),
}

/// `op:start-session`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StartSession {
    /// The version of CapTP that the sender speaks: [`VERSION`].
    pub version: String,
    /// The sender's key for this session.
    pub key: PublicKey,
    /// Where the sender is reached.
    #[serde(with = "stored::locator")]
    pub location: Locator,
    /// Its signature over the record `my-location` around the location.
    pub signature: Signature,
}

/// `op:deliver`, and `op:deliver-only` if nobody waits for an outcome.
#[derive(Clone, PartialEq, Debug)]
pub struct Deliver {
    /// The object or promise that gets the message.
    pub to: Target,
    /// The message.
    pub message: Message<Descriptor>,
    /// The position under which the sender will refer to the answer.
    pub answer: Option<u64>,
    /// Who is told of the outcome.
    pub resolver: Option<Import>,
}

/// `op:listen`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Listen {
    /// The promise.
    pub to: Target,
    /// Who is told of the outcome.
    pub resolver: Import,
    /// Whether to tell also of a promise that the promise was fulfilled with. We never ask for
    /// it, and who asks gets the outcome as well.
    pub wants_partial: bool,
}

/// `op:get`, `op:index` and `op:untag`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Derive {
    /// The value, or the promise of it.
    pub from: Target,
    /// The part.
    #[serde(with = "stored::PartRow")]
    pub part: Part,
    /// The position under which the sender will refer to the part.
    pub answer: u64,
}

/// An entry of `op:gc-exports`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GcExport {
    /// The receiver's export.
    pub position: u64,
    /// How often the sender has been given it since it last said so.
    pub delta: u64,
}

/// How a peer wants to be spoken to, where versions of the protocol differ.
///
/// Every form is accepted from everyone; this is about what is sent. The default is the current
/// text of the specification.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Dialect {
    /// The form of a message without an answer.
    pub deliver: DeliverForm,
    /// The labels of the gc operations.
    pub gc: GcLabels,
}

/// The form of a message that asks for no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum DeliverForm {
    /// `op:deliver-only`, of older peers.
    Only,
    /// `op:deliver` with `false` twice.
    #[default]
    Folded,
}

/// The labels of the gc operations.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum GcLabels {
    /// `op:gc-export` and `op:gc-answer`, of older peers; their fields are lists as well.
    Singular,
    /// `op:gc-exports` and `op:gc-answers`.
    #[default]
    Plural,
}

impl Operation {
    /// Reads an operation from a frame that holds exactly one.
    ///
    /// Byte strings in it share the frame's memory.
    pub fn decode(frame: &Bytes) -> Result<Self, DecodeError> {
        wire::decode(frame)
    }

    /// The operation as canonical Syrup.
    pub fn encode(&self, dialect: Dialect) -> Bytes {
        let mut out = Vec::with_capacity(256);
        self.encode_to(dialect, &mut out);
        out.into()
    }

    /// Appends the operation as canonical Syrup.
    pub fn encode_to(&self, dialect: Dialect, out: &mut Vec<u8>) {
        wire::encode(self, dialect, out);
    }

    /// Whether what begins like this is an operation that only lets go of something: it sends and
    /// runs nothing.
    pub fn lets_go(encoded: &[u8]) -> bool {
        encoded.starts_with(b"<13'op:gc-") || encoded.starts_with(b"<12'op:gc-")
    }

    /// Whether the operation carries authority as data: a swiss number, a sturdyref, a gift's
    /// certificate. A row that holds such an operation is sealed.
    pub fn is_secret(&self) -> bool {
        let Self::Deliver(deliver) = self else { return false };
        let fetches =
            matches!(deliver.message.symbol(), Some("fetch" | "deposit-gift" | "withdraw-gift"));
        let values = &deliver.message.values;
        fetches
            || values.iter().any(Value::contains_secret)
            || values.iter().flat_map(Value::refs).any(Descriptor::is_certificate)
    }
}
