//! The session: a state machine without I/O between a vat's heap and one peer.
//!
//! ```text
//!            frames ──▶ handle_frame ──▶ Event::Operation ──┐ (a turn opens)
//!                                                           ▼
//!   Heap ◀── deliver, hold, release, settle_to ── handle_operation ──▶ Records
//!   Heap ──▶ Outgoing ──▶ send ──▶ operations ──▶ take_operations ──▶ (durable) ──▶ encode
//! ```
//!
//! A **plain** session begins with a hello on each side and ends with its connection. A **local**
//! one joins two vats of one host: it is open from the start, its operations travel as rows
//! of the same commit order, and it lasts until one side severs it. A **durable** one lasts as
//! long, over connections that come and go: [`durable`](crate::durable) is what numbers its
//! operations. All keep their tables in [`Records`], so that after a crash what they held can be
//! let go, or gone on with.
//!
//! | table | row | held through the heap |
//! | --- | --- | --- |
//! | exports | reference, times sent | the reference |
//! | imports | reference, times received | nothing: the heap says when it drops one |
//! | answers | the promise we owe under the peer's position | the promise |
//! | questions | the promise we wait for; its id is the answer position | its resolver, as an export |
//! | gifts | what the peer has deposited, or who waits for it | the reference, or the resolver |
//!
//! # Turns
//!
//! [`Session::handle_operation`] and [`Session::send`] belong to a turn. If the turn fails,
//! call [`Session::forget`] and the session is as before it; before one is committed, call
//! [`Session::write_rows`], since what they change of the tables is in memory until then. If they
//! fail with a [`Violation`], roll the turn back, `forget`, [`Session::abort`] (plain), and in a turn of its
//! own [`Session::sever`]; for `send`, whose turn is innocent, abort and sever within the turn.

mod bootstrap;
mod decline;
pub(crate) mod exporter;
mod gifter;
pub(crate) mod gifts;
mod hello;
mod import;
mod listing;
mod memory;
mod owner;
mod receive;
pub(crate) mod receiver;
mod room;
pub(crate) mod rows;
mod send;
mod sever;
mod tables;
mod unsend;
mod violation;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::SessionId;
use hogshead_objects::records::{Records, RecordsError};
use hogshead_objects::{Error, Ref};

pub use self::hello::{Hello, Peer, outbound_survives};
use self::hello::{Known, Sides, State};
pub(crate) use self::hello::{start_session, verified_start};
pub use self::listing::{Holdings, Listed, holdings, sessions};
pub use self::memory::Memory;
pub use self::owner::{Exported, Imported, exported, imported};
pub use self::sever::{refuse, sever_rows};
use self::tables::Tables;
pub use self::violation::{SessionError, Violation};
use crate::crypto::{PublicKey, SessionHash};
use crate::handoff::{Identity, Introducer, Introduction, Neighbours};
use crate::limits::{self, Limits};
use crate::operation::{DeliverForm, Dialect, GcExport, Operation};

/// What a session is made from.
#[derive(Clone, Debug)]
pub struct Config {
    /// This vat's number for the session; never used again.
    pub id: SessionId,
    /// How the peer wants to be spoken to.
    pub dialect: Dialect,
    /// What the peer finds at position 0.
    pub bootstrap: Bootstrap,
    /// The limits of its tables; most sessions of a host have the same.
    pub limits: Arc<Limits>,
    /// Who the two sides are, of a session that begins without hellos. A local session without
    /// one takes no part in handoffs.
    pub identity: Option<Identity>,
    /// Whether it takes part in third-party handoffs. Otherwise a reference of another session is
    /// exported as our own, and a give is answered with an error.
    pub handoffs: bool,
}

/// What we export at position 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bootstrap {
    /// The bootstrap object of the specification: `fetch` by swiss number.
    Fetch,
    /// An object of our own. The session holds it from its first row on.
    Object(Ref),
}

/// Who carries a session's operations.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Carrier {
    /// A connection: begins with hellos, ends with it.
    Plain,
    /// The host's commit order, between two of its vats.
    Local,
    /// One connection after the other, as they come: see [`durable`](crate::durable).
    Durable,
}

impl Carrier {
    /// Whether the peer answers a flush when what was sent before it has arrived. Plain peers know
    /// none: with them order ends where a promise resolves.
    pub fn keeps_order(self) -> bool {
        self != Self::Plain
    }
}

/// What a frame turned out to be.
#[derive(Clone, Debug)]
pub enum Event {
    /// The peer's hello was good; the session is open. Nothing has been written.
    Established(Box<Peer>),
    /// An operation, to be applied in a turn by [`Session::handle_operation`].
    Operation(Operation),
    /// The peer ended the session and says why. Sever it.
    Aborted(String),
}

/// One side of a CapTP session.
#[derive(Debug)]
pub struct Session {
    id: SessionId,
    carrier: Carrier,
    dialect: Dialect,
    bootstrap: Bootstrap,
    limits: Arc<Limits>,
    handoffs: bool,
    state: State,
    tables: Tables,
    /// Answers that were errors from the start, of a plain session: a stranger's wrong guess
    /// writes no row.
    declined: BTreeMap<u64, Error>,
    /// Whether a row may have been written: then the peer is a stranger no more.
    opened: bool,
    wrong_guesses: u64,
    /// Gives in the message that is being taken in.
    gives: usize,
    introductions: Vec<Introduction>,
    operations: Vec<Operation>,
    dropped_exports: Vec<GcExport>,
    dropped_answers: Vec<u64>,
    frames: Vec<Bytes>,
}

impl Session {
    /// A plain session that we dialled: our hello is the first frame to be sent.
    pub fn dial(config: Config, hello: Hello) -> Self {
        let state = State::Greeting { hello: Box::new(hello), dialled: true };
        let mut session = Self::new(config, Carrier::Plain, state);
        session.queue_hello();
        session
    }

    /// A plain session that a peer dialled: our hello answers a good one.
    pub fn accept(config: Config, hello: Hello) -> Self {
        let state = State::Greeting { hello: Box::new(hello), dialled: false };
        Self::new(config, Carrier::Plain, state)
    }

    /// A plain session whose hellos are over, for the fuzzer: signatures are too dear for it.
    pub(crate) fn greeted(mut config: Config) -> Self {
        let sides = Sides::from(config.identity.take());
        Self::new(config, Carrier::Plain, State::Open(sides))
    }

    /// A session with another vat of this host, new or with what its rows say.
    pub fn local(mut config: Config) -> Self {
        let sides = Sides::from(config.identity.take());
        Self::new(config, Carrier::Local, State::Open(sides))
    }

    /// As [`local`](Self::local), between vats that can be introduced to others. The identity in
    /// `config` is not looked at.
    pub fn neighbour(config: Config, sides: Neighbours) -> Self {
        let sides = Sides::Neighbours(sides, OnceCell::new());
        Self::new(config, Carrier::Local, State::Open(sides))
    }

    /// A durable session with a vat elsewhere, new or with what its rows say. Both sides are known,
    /// so it is open from the start; its [`Link`](crate::durable::Link) numbers what it sends.
    pub fn durable(mut config: Config) -> Self {
        let sides = Sides::from(config.identity.take());
        Self::new(config, Carrier::Durable, State::Open(sides))
    }

    fn new(config: Config, carrier: Carrier, state: State) -> Self {
        let Config { id, dialect, bootstrap, limits, handoffs, identity: _ } = config;
        let object = match bootstrap {
            Bootstrap::Fetch => None,
            Bootstrap::Object(reference) => Some(reference),
        };
        Self {
            id,
            carrier,
            dialect,
            bootstrap,
            limits,
            handoffs,
            state,
            tables: Tables::new(id, carrier, object),
            declined: BTreeMap::new(),
            opened: false,
            wrong_guesses: 0,
            gives: 0,
            introductions: Vec::new(),
            operations: Vec::new(),
            dropped_exports: Vec::new(),
            dropped_answers: Vec::new(),
            frames: Vec::new(),
        }
    }

    /// This vat's number for the session.
    pub fn id(&self) -> SessionId {
        self.id
    }

    /// Who carries it.
    pub fn carrier(&self) -> Carrier {
        self.carrier
    }

    /// The limits of its tables.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Whether the peer owes answers.
    pub fn waits_for_answers(&mut self, records: &dyn Records) -> Result<bool, RecordsError> {
        Ok(self.tables.head(records)?.questions > 0)
    }

    /// How the peer is spoken to.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The peer of an established session, unless it is one without identities.
    pub fn peer(&self) -> Option<&Peer> {
        self.known().map(|known| &known.peer)
    }

    /// Whether it takes part in handoffs: it may, and both sides have a key in it.
    fn hands_off(&self) -> bool {
        self.handoffs && matches!(&self.state, State::Open(sides) if sides.are_known())
    }

    fn known(&self) -> Option<&Known> {
        match &self.state {
            State::Open(sides) => sides.known(),
            _ => None,
        }
    }

    /// The name of an established session, and the peer's key in it.
    fn name(&self) -> Option<(SessionHash, PublicKey)> {
        match &self.state {
            State::Open(sides) => sides.name(),
            _ => None,
        }
    }

    /// This session as the gifter of what its peer exports, for the others' [`Session::send`].
    /// None if it takes no part in handoffs. It is as of this moment of the turn.
    pub fn introducer(
        &mut self,
        records: &dyn Records,
    ) -> Result<Option<Introducer>, RecordsError> {
        if self.known().is_none() || !self.handoffs {
            return Ok(None);
        }
        // A bootstrap object is at position 0 from the start; what was sent is another.
        let first = self.tables.import(0, records)?;
        let gives_first = first.is_some_and(|import| import.received > 0);
        Ok(self.known().map(|known| Introducer {
            exporter: known.peer.location.clone(),
            session: known.peer.session,
            gifter: known.peer.our_id,
            key: known.key(),
            local: self.carrier == Carrier::Local,
            gives_first,
        }))
    }

    /// What this turn was given and is to ask the exporters for: each is for
    /// [`Session::withdraw`] of the session with its exporter, in the same turn or a later one.
    /// If there is no such session and none can be had, it is for
    /// [`fail`](crate::handoff::fail); if the exporter is this very vat by another name, for
    /// [`withdraw_own`](crate::handoff::withdraw_own).
    pub fn take_introductions(&mut self) -> Vec<Introduction> {
        std::mem::take(&mut self.introductions)
    }

    /// Whether operations may be exchanged.
    pub fn is_established(&self) -> bool {
        matches!(self.state, State::Open(_))
    }

    /// Whether the session is over.
    pub fn has_ended(&self) -> bool {
        matches!(self.state, State::Ended)
    }

    /// Takes a frame from the connection of a plain session.
    ///
    /// After a violation the abort that tells the peer is among the frames to be sent, and the
    /// session has ended: sever it.
    pub fn handle_frame(&mut self, frame: &Bytes) -> Result<Event, Violation> {
        let event = self.read_frame(frame);
        if let Err(violation) = &event {
            self.abort(&violation.to_string());
        }
        event
    }

    fn read_frame(&mut self, frame: &Bytes) -> Result<Event, Violation> {
        let max = match &self.state {
            State::Ended => return Err(Violation::Ended),
            State::Greeting { .. } => limits::HELLO_BYTES_MAX,
            State::Open(_) => self.limits.frame_bytes_max,
        };
        if frame.len() > max {
            return Err(Violation::FrameTooLong { bytes: frame.len(), max });
        }
        match Operation::decode(frame)? {
            Operation::Abort(reason) => {
                self.state = State::Ended;
                Ok(Event::Aborted(reason))
            }
            Operation::StartSession(hello) => {
                let peer = self.judge_hello(*hello)?;
                Ok(Event::Established(Box::new(peer)))
            }
            _ if !self.is_established() => Err(Violation::BeforeHello),
            operation => {
                self.note_form(frame);
                Ok(Event::Operation(operation))
            }
        }
    }

    /// Reads a frame that is an operation of an open session, to be applied in a turn as one of
    /// [`Session::handle_frame`]. Of anything else nothing is noted, and `None` given: it is for
    /// that.
    pub fn read_operation(&mut self, frame: &Bytes) -> Option<Operation> {
        if !self.is_established() || frame.len() > self.limits.frame_bytes_max {
            return None;
        }
        let operation = Operation::decode(frame).ok()?;
        if matches!(operation, Operation::Abort(_) | Operation::StartSession(_)) {
            return None;
        }
        self.note_form(frame);
        Some(operation)
    }

    fn note_form(&mut self, frame: &[u8]) {
        if frame.starts_with(b"<15'op:deliver-only") {
            // Whoever sends the older form may know no other.
            self.dialect.deliver = DeliverForm::Only;
        }
    }

    /// Ends a plain session: the reason is the last frame to be sent. Sever it in a turn.
    pub fn abort(&mut self, reason: &str) {
        if self.carrier == Carrier::Plain && !self.has_ended() {
            let abort = Operation::Abort(reason.to_owned());
            self.frames.push(abort.encode(self.dialect));
        }
        self.state = State::Ended;
    }

    /// The frames that may leave at once: hellos and aborts.
    pub fn take_frames(&mut self) -> Vec<Bytes> {
        std::mem::take(&mut self.frames)
    }

    /// What this turn wants sent, in order. It may leave when the turn is durable.
    pub fn take_operations(&mut self) -> Vec<Operation> {
        let mut operations = std::mem::take(&mut self.operations);
        // Dropping comes last: what was sent before may still name what is dropped. Nothing keeps
        // its room: most sessions are idle most of the time.
        let exports = std::mem::take(&mut self.dropped_exports);
        in_batches(exports, |batch| operations.push(Operation::GcExports(batch)));
        let answers = std::mem::take(&mut self.dropped_answers);
        in_batches(answers, |batch| operations.push(Operation::GcAnswers(batch)));
        operations
    }

    /// An operation as the frame that this peer understands.
    pub fn encode(&self, operation: &Operation) -> Bytes {
        operation.encode(self.dialect)
    }

    /// Writes what the turn has changed of the session's tables. To be called before the turn is
    /// committed, after the last operation that it took in or sent: what comes and goes within a
    /// turn never becomes a row.
    pub fn write_rows(&mut self, records: &mut dyn Records) {
        self.tables.write(records);
    }

    /// Whether the rows say all that the session knows, as they must when a turn is committed.
    pub fn is_written(&self) -> bool {
        self.tables.is_written()
    }

    /// Forgets what a failed turn did: caches are read again, and nothing is to be sent.
    pub fn forget(&mut self) {
        self.tables.forget();
        self.introductions.clear();
        self.operations.clear();
        self.dropped_exports.clear();
        self.dropped_answers.clear();
    }

    /// Whether the session has rows: whether anything was ever exchanged beyond hellos and
    /// wrong guesses.
    pub fn has_rows(&mut self, records: &dyn Records) -> Result<bool, RecordsError> {
        self.tables.is_open(records)
    }

    /// Writes the head of a session that has none, and holds its bootstrap object.
    fn open(&mut self, heap: &mut dyn Heap) -> Result<(), RecordsError> {
        self.opened = true;
        if self.tables.is_open(heap.records())? {
            return Ok(());
        }
        if let Bootstrap::Object(reference) = self.bootstrap {
            heap.hold(reference)?;
        }
        self.tables.head_mut(heap.records())?;
        if self.hands_off() {
            self.put_name(heap)?;
        }
        Ok(())
    }
}

/// Puts out what is dropped, so much at a time as an operation may hold.
fn in_batches<T: Clone>(all: Vec<T>, mut put: impl FnMut(Vec<T>)) {
    match all.len() {
        0 => {}
        1..=limits::GC_POSITIONS_MAX => put(all),
        _ => all.chunks(limits::GC_POSITIONS_MAX).for_each(|batch| put(batch.to_vec())),
    }
}
