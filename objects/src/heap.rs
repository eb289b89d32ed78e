//! `Heap`: what a session asks of the heap that it stands in, within one turn.
//!
//! `captp` translates between positions of a session and references of a vat; it does not know
//! how a vat keeps them. `vat` implements this trait on its open turn; the tests of `captp` and
//! callers from outside have small ones of their own.

use crate::error::{Error, Result};
use crate::ids::{ImportId, PromiseId, SessionId, Timestamp};
use crate::message::Message;
use crate::records::{Records, RecordsError};
use crate::reference::{Far, Ref};
use crate::value::Value;

/// The side of a turn that faces the sessions.
///
/// Errors of reading records are the host's, never the peer's: a session passes them up.
pub trait Heap {
    /// The vat's rows. A session touches its own table only.
    fn records(&mut self) -> &mut dyn Records;

    /// Counts one more holder of `reference`: the session exports it.
    fn hold(&mut self, reference: Ref) -> Result<(), RecordsError>;

    /// Counts one holder less. What nobody holds at the end of the turn is freed.
    fn release(&mut self, reference: Ref) -> Result<(), RecordsError>;

    /// A new import for an object of the peer, held by nobody yet.
    ///
    /// When its last holder is gone the turn puts out [`Outgoing::Drop`].
    fn create_import(&mut self, far: Far) -> Result<ImportId, RecordsError>;

    /// A new promise, held by nobody yet. `far` is where messages to it can be sent at once, or
    /// nothing if it will be resolved by this vat.
    fn create_promise(&mut self, far: Option<Far>) -> Result<PromiseId, RecordsError>;

    /// Where a reference leads now, after promises that have been resolved to references:
    /// `Ok(Ok(reference))`, or the data or error that the promise was settled with.
    fn resolution(&self, reference: Ref) -> Result<Resolution, RecordsError>;

    /// Runs `message` on `target` as this turn's delivery; its outcome settles `answer`.
    /// An operation gives at most one delivery.
    fn deliver(
        &mut self,
        target: Ref,
        message: Message,
        answer: Option<PromiseId>,
    ) -> Result<(), RecordsError>;

    /// Tells `resolver` (by `fulfill` or `break`) when `promise` settles, as `op:listen` and
    /// `resolve-me-desc` ask.
    fn settle_to(&mut self, promise: Ref, resolver: Ref) -> Result<(), RecordsError>;

    /// Likewise, for the answer of an operation that is taken in now. It is never refused: whether
    /// there is room for the operation is said where that is delivered, and what runs is answered
    /// as it ended.
    fn settle_answer_to(&mut self, answer: PromiseId, resolver: Ref) -> Result<(), RecordsError> {
        self.settle_to(Ref::Promise(answer), resolver)
    }

    /// The resolvers of `session` that wait to be told how `promise` settles, which is not decided
    /// yet; of very many the first. A heap that never [gives up](Heap::give_up) need not know.
    fn waits_of(&mut self, promise: Ref, session: SessionId) -> Result<Vec<Far>, RecordsError> {
        let _ = (promise, session);
        Ok(Vec::new())
    }

    /// Resolvers that [`Heap::waits_of`] has found are to be told no more how `promise` settles: what
    /// waits for that is let go, so that whoever hands something out sees that nobody waits.
    fn give_up(&mut self, promise: Ref, resolvers: &[Far]) -> Result<(), RecordsError> {
        let _ = (promise, resolvers);
        Ok(())
    }

    /// Settles a promise of this vat. Settling one a second time changes nothing.
    fn settle(&mut self, promise: PromiseId, outcome: Result<Value>) -> Result<(), RecordsError>;

    /// Breaks an import: its session has ended.
    fn sever_import(&mut self, import: ImportId, why: &Error) -> Result<(), RecordsError>;

    /// The session has ended: whoever watches it is told `why`. Its imports and answers are broken
    /// by themselves.
    fn sever_session(&mut self, session: SessionId, why: &Error) -> Result<(), RecordsError>;

    /// The facet that was shared under a swiss number, found by one point read of its hash.
    fn fetch(&self, swiss: &[u8]) -> Result<Option<Ref>, RecordsError>;

    /// A far reference behind an import or an unsettled promise.
    fn far(&self, reference: Ref) -> Result<Option<Far>, RecordsError>;

    /// Derives data from a settled or pending value, as `op:get`, `op:index` and `op:untag` ask;
    /// the outcome settles `answer`.
    fn derive(&mut self, from: Ref, part: Part, answer: PromiseId) -> Result<(), RecordsError>;

    /// A new promise for an answer of a session's peer, held by nobody yet: messages to it can be
    /// sent at once to the answer position that is its id.
    fn create_answer(&mut self, session: SessionId) -> Result<PromiseId, RecordsError>;

    /// A new promise that stands for an object of a third peer until that one is known, held by
    /// nobody yet.
    fn create_stand_in(&mut self) -> Result<PromiseId, RecordsError>;

    /// What a reference is passed on as: a promise that stands in for an object is that object as
    /// soon as it is known, and till then the last promise of its chain. Any other promise arrives
    /// as a promise, settled or not, and an object as an object (Model, "Promise" and "Target").
    fn passed_as(&self, reference: Ref) -> Result<Ref, RecordsError>;

    /// Puts out a message to a place at a peer; nobody waits for an answer.
    fn tell(&mut self, far: Far, message: Message) -> Result<(), RecordsError>;

    /// From now on what is delivered, derived and listened to comes from this session, and as long
    /// as it waits it is counted among what [`unsettled`](Self::unsettled) gives; `None` ends that.
    fn comes_from(&mut self, session: Option<SessionId>);

    /// How much of what a session brought has not run and is not settled.
    fn unsettled(&self, session: SessionId) -> Result<Unsettled, RecordsError>;

    /// Whether a message to `target`, or a question for a part of it, would wait now instead of
    /// running at once or going on to a peer.
    fn would_wait(&mut self, target: Ref) -> Result<bool, RecordsError>;

    /// The turn's time.
    fn now(&self) -> Timestamp;

    /// Octets that nobody can guess, made from the turn's entropy; other ones at each call.
    fn random(&mut self) -> [u8; 32];
}

/// Where a reference leads.
#[derive(Clone, Debug)]
pub enum Resolution {
    /// To an object, or to a promise that is still pending.
    Ref(Ref),
    /// To data.
    Data(Value),
    /// To an error.
    Broken(Error),
}

/// How much of what a session brought waits: messages that have not run, and outcomes and parts of
/// values that somebody else has not settled.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Unsettled {
    /// Deliveries.
    pub count: u64,
    /// Bytes that they take where they are kept.
    pub bytes: u64,
}

/// A part of a value.
#[derive(Clone, PartialEq, Debug)]
pub enum Part {
    /// A field of a struct.
    Field(String),
    /// An item of a list, counted from zero.
    Item(u64),
    /// What is tagged with this tag.
    Untagged(String),
}

impl Part {
    /// The part of `value`; of what has no such part an error that says why (CapTP, sections
    /// "`op:get`", "`op:index`" and "`op:untag`").
    pub fn take(&self, value: Value) -> Result<Value> {
        match (value, self) {
            (Value::Struct(mut fields), Self::Field(name)) => {
                fields.remove(name).ok_or_else(|| {
                    Error::bad_call(format!("the struct has no field `{}`", shortened(name)))
                })
            }
            (Value::List(mut items), Self::Item(index)) => {
                let length = items.len();
                match usize::try_from(*index).ok().filter(|index| *index < length) {
                    Some(index) => Ok(items.swap_remove(index)),
                    None => {
                        let why = format!("the list has {length} items, so none is at {index}");
                        Err(Error::bad_call(why))
                    }
                }
            }
            (Value::Tagged(tagged), Self::Untagged(tag)) if tagged.tag == *tag => Ok(tagged.value),
            (Value::Tagged(tagged), Self::Untagged(tag)) => {
                let (found, wanted) = (shortened(&tagged.tag), shortened(tag));
                Err(Error::bad_call(format!("the tag is `{found}`, not `{wanted}`")))
            }
            (other, part) => {
                let wanted = match part {
                    Self::Field(_) => "struct",
                    Self::Item(_) => "list",
                    Self::Untagged(_) => "tagged value",
                };
                let found = other.type_name();
                Err(Error::bad_call(format!(
                    "expected a {wanted} to take a part of, found {found}"
                )))
            }
        }
    }
}

/// Names from a peer are shown in errors only as far as this.
fn shortened(name: &str) -> String {
    const SHOWN_CHARS_MAX: usize = 64;
    name.chars().take(SHOWN_CHARS_MAX).collect()
}

/// What a turn wants sent, in order; the host hands each to the session it names.
#[derive(Clone, Debug)]
pub enum Outgoing {
    /// Deliver `message` to what the peer has at `far`.
    ///
    /// With an answer, the answer position on the wire is the promise's id: it is unique in the
    /// vat and never 0, and a later message of the same turn can already be pipelined to it.
    Deliver {
        /// The target.
        far: Far,
        /// The message, in this vat's references.
        message: Message,
        /// The promise for the answer, or nothing if none is wanted.
        answer: Option<PromiseId>,
    },
    /// Ask for a part of what is at `far`.
    Derive {
        /// The value's place.
        far: Far,
        /// Which part.
        part: Part,
        /// The promise for it.
        answer: PromiseId,
    },
    /// Nobody here holds what is at `far` any more, or the promise there has settled.
    Drop {
        /// The place.
        far: Far,
    },
}

impl Outgoing {
    /// The session that must send this.
    pub fn session(&self) -> SessionId {
        match self {
            Self::Deliver { far, .. } | Self::Derive { far, .. } | Self::Drop { far } => {
                far.session
            }
        }
    }
}
