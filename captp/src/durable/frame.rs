//! Frames of a durable stream: a version, a kind, fixed fields, optional fields, a payload.
//!
//! ```text
//!   hello      1 1 ours sent received credit      fields  op:start-session
//!   operation  1 2 number chain cause             fields  operation
//!   ack        1 3 received credit                fields
//!   end        1 4 ours theirs reason             fields  text
//!   declined   1 5                                fields  text
//!
//!   fields     u16 length of all, then each: tag u8, u16 length, octets; by ascending tags
//! ```
//!
//! Numbers are big-endian; a mark is a u64 and 32 octets, an incarnation and a cause are 16 octets.
//! A field whose tag is unknown is skipped if the tag is even and refused if it is odd, so a later
//! version can add both what may be overlooked and what may not.

use std::fmt;

use bytes::Bytes;

use super::octets::{Cursor, put_long, put_mark};
use super::{Cause, Chain, Evidence, Incarnation, Mark};
use crate::limits;
use crate::operation::shorten;
use crate::session::Violation;

/// The version of the frames' form.
pub const VERSION: u8 = 1;

const HELLO: u8 = 1;
const OPERATION: u8 = 2;
const ACK: u8 = 3;
const END: u8 = 4;
const DECLINED: u8 = 5;

/// Tags of a hello's fields.
const THEIRS: u8 = 1;
const LOCATION: u8 = 2;
const SWISS: u8 = 3;
const AGAIN: u8 = 4;
const GIVE: u8 = 5;
/// Tag of an end's field.
const EVIDENCE: u8 = 2;

/// What is on the stream of a durable session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Frame {
    /// The first frame each way on every carrier.
    Hello(Box<Hello>),
    /// An operation of the session.
    Operation {
        /// Its number.
        number: u64,
        /// The hash of all before it.
        chain: Chain,
        /// What it was caused by.
        cause: Cause,
        /// The operation in Syrup.
        payload: Bytes,
    },
    /// What is durable at the other side, and how much more it takes.
    Ack {
        /// The operations that were received.
        received: Mark,
        /// Deliveries that are taken, counted since the session began.
        credit: u64,
    },
    /// The session is over, for good.
    End(Box<End>),
    /// A stranger showed nothing that is known here.
    Declined {
        /// Why, for people.
        reason: String,
    },
}

/// What each side says first on a carrier: which session, and how far it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hello {
    /// The sender's incarnation.
    pub ours: Incarnation,
    /// The receiver's, once the sender knows it.
    pub theirs: Option<Incarnation>,
    /// What the sender has sent.
    pub sent: Mark,
    /// What the sender has received, durably.
    pub received: Mark,
    /// Deliveries that the sender takes, counted since the session began.
    pub credit: u64,
    /// `op:start-session` in Syrup: the sender's key in this incarnation, and where it is.
    pub start: Bytes,
    /// A signed location record, opaque here.
    pub location: Option<Bytes>,
    /// What a stranger shows.
    pub knock: Option<Knock>,
    /// Whether the receiver, who has dialled, is to say hello again: its first one may have been
    /// under way for longer than what it said later on another carrier.
    pub again: bool,
}

/// What a stranger knows that it could only know from one who is none.
#[derive(Clone, PartialEq, Eq)]
pub enum Knock {
    /// A swiss number.
    Swiss(Bytes),
    /// A gifter's certificate: a signed `desc:handoff-give` in Syrup.
    Give(Bytes),
}

/// Why and how a session is over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct End {
    /// The sender's incarnation.
    pub ours: Incarnation,
    /// The receiver's.
    pub theirs: Incarnation,
    /// Why.
    pub why: EndReason,
    /// Why, for people.
    pub text: String,
    /// What proves a fork.
    pub evidence: Option<Evidence>,
}

/// Why a session is over.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum EndReason {
    /// The sender's owner ended it.
    Owner,
    /// A fork was proven.
    Fork,
    /// The receiver broke the protocol.
    Violation,
    /// The sender has no such session.
    Unknown,
    /// A reason of a later version.
    Other(u8),
}

/// What is wrong with a frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FrameError {
    /// It ends within a field.
    #[error("it ends too early")]
    Truncated,
    /// Something follows where nothing may.
    #[error("it goes on after its end")]
    Trailing,
    /// Another version.
    #[error("version {0} is not spoken here; {VERSION} is")]
    Version(u8),
    /// A kind that this version does not have.
    #[error("there is no kind {0}")]
    Kind(u8),
    /// A field that must be understood and is not, by its tag.
    #[error("field {0} is not understood, and may not be skipped")]
    UnknownField(u8),
    /// Fields are not in ascending order, or there is one twice.
    #[error("field {0} is out of order")]
    FieldOrder(u8),
    /// A field has the wrong form, or two exclude each other.
    #[error("field {0} is not in its form")]
    Field(u8),
    /// A text is not UTF-8.
    #[error("a text is not UTF-8")]
    NotUtf8,
    /// A part is longer than allowed.
    #[error("its {what} is longer than {max} bytes")]
    TooLong {
        /// Which part.
        what: &'static str,
        /// The limit.
        max: usize,
    },
}

/// Whether a frame is an acknowledgement: a later one says all that it says.
pub fn is_ack(frame: &[u8]) -> bool {
    matches!(frame, [VERSION, ACK, ..])
}

/// Whether a frame brings an operation.
pub fn is_operation(frame: &[u8]) -> bool {
    matches!(frame, [VERSION, OPERATION, ..])
}

impl Frame {
    /// The frame as octets.
    ///
    /// A location or a knock that no peer would take is left out, a text is cut.
    pub fn encode(&self) -> Bytes {
        let mut out;
        match self {
            Self::Hello(hello) => return hello.encode(),
            Self::Operation { number, chain, cause, payload } => {
                out = operation_header(*number, chain, cause, payload.len());
                out.extend_from_slice(payload);
            }
            Self::Ack { received, credit } => {
                out = vec![VERSION, ACK];
                put_mark(&mut out, received);
                put_long(&mut out, *credit);
                Fields::default().put(&mut out);
            }
            Self::End(end) => {
                out = vec![VERSION, END];
                out.extend_from_slice(&end.ours.0);
                out.extend_from_slice(&end.theirs.0);
                out.push(end.why.code());
                let mut fields = Fields::default();
                fields.add(EVIDENCE, end.evidence.map(|evidence| evidence.to_octets()));
                fields.put(&mut out);
                out.extend_from_slice(shorten(&end.text).as_bytes());
            }
            Self::Declined { reason } => {
                out = vec![VERSION, DECLINED];
                Fields::default().put(&mut out);
                out.extend_from_slice(shorten(reason).as_bytes());
            }
        }
        out.into()
    }

    /// Reads a frame. The payload of an operation shares the frame's memory.
    pub fn decode(bytes: &Bytes) -> Result<Self, Violation> {
        if bytes.len() > limits::FRAME_BYTES_MAX {
            let max = limits::FRAME_BYTES_MAX;
            return Err(Violation::FrameTooLong { bytes: bytes.len(), max });
        }
        Ok(read(bytes)?)
    }
}

impl Hello {
    fn encode(&self) -> Bytes {
        let mut out = vec![VERSION, HELLO];
        out.extend_from_slice(&self.ours.0);
        put_mark(&mut out, &self.sent);
        put_mark(&mut out, &self.received);
        put_long(&mut out, self.credit);
        let short = |bytes: &&Bytes| bytes.len() <= limits::LOCATION_BYTES_MAX;
        let mut fields = Fields::default();
        fields.add(THEIRS, self.theirs.map(|theirs| theirs.0));
        fields.add(LOCATION, self.location.as_ref().filter(short));
        let (swiss, give) = match &self.knock {
            Some(Knock::Swiss(swiss)) => (Some(swiss), None),
            Some(Knock::Give(give)) => (None, Some(give)),
            None => (None, None),
        };
        fields.add(SWISS, swiss.filter(|swiss| fits_knock(swiss)));
        fields.add(AGAIN, self.again.then_some([]));
        fields.add(GIVE, give.filter(|give| fits_knock(give)));
        fields.put(&mut out);
        out.extend_from_slice(&self.start);
        out.into()
    }
}

impl EndReason {
    fn code(self) -> u8 {
        match self {
            Self::Owner => 1,
            Self::Fork => 2,
            Self::Violation => 3,
            Self::Unknown => 4,
            Self::Other(code) => code,
        }
    }

    fn from_code(code: u8) -> Self {
        match code {
            1 => Self::Owner,
            2 => Self::Fork,
            3 => Self::Violation,
            4 => Self::Unknown,
            other => Self::Other(other),
        }
    }
}

/// A knock is as good as what it opens, so it is not shown.
impl fmt::Debug for Knock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Swiss(_) => "Swiss(…)",
            Self::Give(_) => "Give(…)",
        })
    }
}

/// Whether a knock is one that peers take.
pub(super) fn fits_knock(knock: &Bytes) -> bool {
    knock.len() <= limits::KNOCK_BYTES_MAX
}

/// Everything of an operation's frame before its payload, with room for that.
pub(super) fn operation_header(
    number: u64,
    chain: &Chain,
    cause: &Cause,
    payload: usize,
) -> Vec<u8> {
    let mut out = Vec::with_capacity(payload.saturating_add(OPERATION_HEADER));
    out.extend_from_slice(&[VERSION, OPERATION]);
    put_long(&mut out, number);
    out.extend_from_slice(&chain.0);
    out.extend_from_slice(&cause.0);
    Fields::default().put(&mut out);
    out
}

/// The octets of [`operation_header`].
pub(super) const OPERATION_HEADER: usize = 60;

type Read<T> = Result<T, FrameError>;

fn read(bytes: &Bytes) -> Read<Frame> {
    let mut cursor = Cursor::new(bytes);
    match cursor.octet().ok_or(FrameError::Truncated)? {
        VERSION => {}
        other => return Err(FrameError::Version(other)),
    }
    match cursor.octet().ok_or(FrameError::Truncated)? {
        HELLO => read_hello(bytes, &mut cursor),
        OPERATION => {
            let (number, chain, cause) =
                (|| Some((cursor.long()?, cursor.chain()?, cursor.cause()?)))()
                    .ok_or(FrameError::Truncated)?;
            skip_fields(&mut cursor)?;
            Ok(Frame::Operation { number, chain, cause, payload: cursor.rest() })
        }
        ACK => {
            let (received, credit) =
                (|| Some((cursor.mark()?, cursor.long()?)))().ok_or(FrameError::Truncated)?;
            skip_fields(&mut cursor)?;
            match cursor.is_empty() {
                true => Ok(Frame::Ack { received, credit }),
                false => Err(FrameError::Trailing),
            }
        }
        END => read_end(&mut cursor),
        DECLINED => {
            skip_fields(&mut cursor)?;
            Ok(Frame::Declined { reason: text(&cursor.rest())? })
        }
        other => Err(FrameError::Kind(other)),
    }
}

fn read_hello(bytes: &Bytes, cursor: &mut Cursor<'_>) -> Read<Frame> {
    limit("hello", bytes.len(), limits::DURABLE_HELLO_BYTES_MAX)?;
    let (ours, sent, received, credit) =
        (|| Some((cursor.incarnation()?, cursor.mark()?, cursor.mark()?, cursor.long()?)))()
            .ok_or(FrameError::Truncated)?;
    let (mut theirs, mut location, mut knock, mut again) = (None, None, None, false);
    each_field(cursor, &mut |tag, field| {
        match tag {
            THEIRS => {
                let octets = field.as_ref().try_into().map_err(|_| FrameError::Field(tag))?;
                theirs = Some(Incarnation(octets));
            }
            LOCATION => {
                limit("location", field.len(), limits::LOCATION_BYTES_MAX)?;
                location = Some(field);
            }
            SWISS | GIVE => {
                limit("knock", field.len(), limits::KNOCK_BYTES_MAX)?;
                if knock.is_some() {
                    return Err(FrameError::Field(tag));
                }
                knock = Some(if tag == SWISS { Knock::Swiss(field) } else { Knock::Give(field) });
            }
            AGAIN if field.is_empty() => again = true,
            AGAIN => return Err(FrameError::Field(tag)),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    let start = cursor.rest();
    limit("op:start-session", start.len(), limits::HELLO_BYTES_MAX)?;
    let hello = Hello { ours, theirs, sent, received, credit, start, location, knock, again };
    Ok(Frame::Hello(Box::new(hello)))
}

fn read_end(cursor: &mut Cursor<'_>) -> Read<Frame> {
    let (ours, theirs, why) =
        (|| Some((cursor.incarnation()?, cursor.incarnation()?, cursor.octet()?)))()
            .ok_or(FrameError::Truncated)?;
    let why = EndReason::from_code(why);
    let mut evidence = None;
    each_field(cursor, &mut |tag, field| {
        if tag == EVIDENCE {
            let read = Evidence::from_octets(&field);
            evidence = Some(read.ok_or(FrameError::Field(tag))?);
        }
        Ok(tag == EVIDENCE)
    })?;
    let text = text(&cursor.rest())?;
    Ok(Frame::End(Box::new(End { ours, theirs, why, text, evidence })))
}

/// Shows each field; `see` says whether it knows the tag.
fn each_field(cursor: &mut Cursor<'_>, see: &mut dyn FnMut(u8, Bytes) -> Read<bool>) -> Read<()> {
    let length = cursor.short().ok_or(FrameError::Truncated)?;
    let fields = cursor.bytes(length.into()).ok_or(FrameError::Truncated)?;
    let mut fields = Cursor::new(&fields);
    let mut last = None;
    while let Some(tag) = fields.octet() {
        let length = fields.short().ok_or(FrameError::Truncated)?;
        let field = fields.bytes(length.into()).ok_or(FrameError::Truncated)?;
        if last.is_some_and(|last| last >= tag) {
            return Err(FrameError::FieldOrder(tag));
        }
        last = Some(tag);
        if !see(tag, field)? && tag % 2 == 1 {
            return Err(FrameError::UnknownField(tag));
        }
    }
    Ok(())
}

fn skip_fields(cursor: &mut Cursor<'_>) -> Read<()> {
    each_field(cursor, &mut |_, _| Ok(false))
}

fn limit(what: &'static str, length: usize, max: usize) -> Read<()> {
    if length > max { Err(FrameError::TooLong { what, max }) } else { Ok(()) }
}

fn text(octets: &[u8]) -> Read<String> {
    limit("text", octets.len(), limits::REASON_BYTES_MAX)?;
    std::str::from_utf8(octets).map(str::to_owned).map_err(|_| FrameError::NotUtf8)
}

/// Optional fields that are being written, in ascending order.
#[derive(Default)]
struct Fields(Vec<u8>);

impl Fields {
    fn add(&mut self, tag: u8, field: Option<impl AsRef<[u8]>>) {
        let Some(field) = field else { return };
        let Ok(length) = u16::try_from(field.as_ref().len()) else { return };
        self.0.push(tag);
        self.0.extend_from_slice(&length.to_be_bytes());
        self.0.extend_from_slice(field.as_ref());
    }

    fn put(&self, out: &mut Vec<u8>) {
        let length = u16::try_from(self.0.len()).expect("limits keep all fields below 64 KiB");
        out.extend_from_slice(&length.to_be_bytes());
        out.extend_from_slice(&self.0);
    }
}
