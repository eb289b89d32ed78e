//! Vats without objects' types, stores or networks: sessions over a [`MemoryHeap`], in turns.

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;
use ed25519_dalek::SigningKey;
use hogshead_objects::heap::{Heap, Outgoing};
use hogshead_objects::ids::SessionId;
use hogshead_objects::locator::Locator;
use hogshead_objects::records::RecordsError;
use hogshead_objects::{Class, Error, Symbol, Value};

use super::MemoryHeap;
use crate::crypto::SessionHash;
use crate::handoff::{self, Door, Gifter, Introducers, Introduction};
use crate::limits::Limits;
use crate::operation::{Dialect, Operation};
use crate::session::{self, Bootstrap, Config, Event, Hello, Session, SessionError, Violation};

/// A heap and its sessions.
#[derive(Default)]
pub struct FakeVat {
    /// The heap.
    pub heap: MemoryHeap,
    sessions: BTreeMap<SessionId, Session>,
    sent: BTreeMap<SessionId, VecDeque<Sent>>,
    holds_back: bool,
    held_back: Vec<Introduction>,
}

/// What leaves a vat on a session.
#[derive(Clone, PartialEq, Debug)]
pub enum Sent {
    /// A frame of a plain session.
    Frame(Bytes),
    /// The bytes of a row for the inbox of a vat of the same host.
    Row(Bytes),
}

/// Two vats joined by a session, each with its own number for it.
pub struct Wire {
    /// The two numbers.
    pub ends: [SessionId; 2],
}

impl FakeVat {
    /// A vat with nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// A vat whose random octets differ from those of vats with another seed.
    pub fn with_entropy(seed: u8) -> Self {
        Self { heap: MemoryHeap::with_entropy([seed; 32]), ..Self::default() }
    }

    /// From now on introductions wait for [`FakeVat::go_on`], as if the exporter were dialled.
    pub fn hold_back(&mut self) {
        self.holds_back = true;
    }

    /// The introductions that wait.
    pub fn held_back(&mut self) -> &mut Vec<Introduction> {
        &mut self.held_back
    }

    /// Carries the introductions that waited, in a turn.
    pub fn go_on(&mut self) {
        self.holds_back = false;
        for introduction in std::mem::take(&mut self.held_back) {
            self.introduce(introduction);
        }
        self.finish_turn();
    }

    /// Adds a session; what it has to say at once is among what is sent.
    pub fn join(&mut self, session: Session) -> SessionId {
        let id = session.id();
        self.sessions.insert(id, session);
        self.gather(id);
        id
    }

    /// The session, if it is still there.
    pub fn session(&mut self, id: SessionId) -> Option<&mut Session> {
        self.sessions.get_mut(&id)
    }

    /// Runs a turn: `act`, then deliveries and sends until nothing is left to do.
    pub fn turn<T>(&mut self, act: impl FnOnce(&mut MemoryHeap) -> T) -> T {
        let outcome = act(&mut self.heap);
        self.finish_turn();
        outcome
    }

    /// Runs a turn in which a session takes part.
    pub fn session_turn<T>(
        &mut self,
        id: SessionId,
        act: impl FnOnce(&mut Session, &mut MemoryHeap) -> T,
    ) -> Option<T> {
        let outcome = act(self.sessions.get_mut(&id)?, &mut self.heap);
        self.finish_turn();
        Some(outcome)
    }

    /// What is to leave on a session, in order.
    pub fn sent(&mut self, id: SessionId) -> &mut VecDeque<Sent> {
        self.sent.entry(id).or_default()
    }

    /// Takes in what the other side sent. A violation is answered as a host does: the turn is
    /// undone, the peer is told, the session severed.
    pub fn receive(&mut self, id: SessionId, sent: &Sent) -> Result<(), Violation> {
        let Some(session) = self.sessions.get_mut(&id) else { return Ok(()) };
        let operation = match sent {
            Sent::Row(bytes) => Operation::from_row(bytes).map_err(|_| Violation::Ended)?,
            Sent::Frame(frame) => match session.handle_frame(frame) {
                Ok(Event::Operation(operation)) => operation,
                Ok(Event::Established(_)) => {
                    self.gather(id);
                    return Ok(());
                }
                Ok(Event::Aborted(reason)) => {
                    self.sever(id, &Error::new(Class::Severed, reason));
                    return Ok(());
                }
                Err(violation) => {
                    self.sever(id, &Error::from(&violation));
                    return Err(violation);
                }
            },
        };
        self.apply(id, operation)
    }

    /// Applies an operation in a turn.
    pub fn apply(&mut self, id: SessionId, operation: Operation) -> Result<(), Violation> {
        let Some(session) = self.sessions.get_mut(&id) else { return Ok(()) };
        let before = self.heap.clone();
        let applied =
            session.handle_stranger(operation, &FakeDoor(&self.heap)).and_then(|operation| {
                match operation {
                    Some(operation) => session.handle_operation(operation, &mut self.heap),
                    None => Ok(()),
                }
            });
        match applied {
            Ok(()) => {
                self.finish_turn();
                Ok(())
            }
            Err(SessionError::Violation(violation)) => {
                self.heap = before;
                session.forget();
                session.abort(&violation.to_string());
                self.sever(id, &Error::from(&violation));
                Err(violation)
            }
            Err(SessionError::Records(error)) => unreachable!("memory does not fail: {error}"),
        }
    }

    /// Severs a session in a turn of its own.
    pub fn sever(&mut self, id: SessionId, why: &Error) {
        if let Some(session) = self.sessions.get_mut(&id) {
            let severed = session.sever(why, &mut self.heap);
            debug_assert!(severed.is_ok(), "memory does not fail");
        }
        self.finish_turn();
    }

    /// Drops every session's caches, as when the vat was evicted or a turn failed.
    pub fn forget_caches(&mut self) {
        for session in self.sessions.values_mut() {
            session.forget();
        }
    }

    fn finish_turn(&mut self) {
        loop {
            let outgoing = self.heap.settle_turn();
            let introductions: Vec<_> =
                self.sessions.values_mut().flat_map(Session::take_introductions).collect();
            if outgoing.is_empty() && introductions.is_empty() {
                break;
            }
            for introduction in introductions {
                match self.holds_back {
                    true => self.held_back.push(introduction),
                    false => self.introduce(introduction),
                }
            }
            for out in outgoing {
                self.send(out);
            }
        }
        let ids: Vec<_> = self.sessions.keys().copied().collect();
        for id in ids {
            self.gather(id);
        }
    }

    fn send(&mut self, out: Outgoing) {
        let id = out.session();
        let introducers = self.introducers(&out);
        let sent = match self.sessions.get_mut(&id) {
            Some(session) => session.send(out, &introducers, &mut self.heap),
            None => {
                let why = Error::new(Class::Severed, "there is no such session");
                session::refuse(&out, &why, &mut self.heap).map_err(Into::into)
            }
        };
        if let (Err(SessionError::Violation(violation)), Some(session)) =
            (sent, self.sessions.get_mut(&id))
        {
            session.abort(&violation.to_string());
            let severed = session.sever(&Error::from(&violation), &mut self.heap);
            debug_assert!(severed.is_ok(), "memory does not fail");
        }
    }

    /// What the other sessions lend to the one that sends, if anything may be handed off.
    fn introducers(&mut self, out: &Outgoing) -> Introducers {
        let Outgoing::Deliver { message, .. } = out else { return Introducers::new() };
        if message.values.iter().flat_map(Value::refs).next().is_none() {
            return Introducers::new();
        }
        let records = self.heap.records();
        let introducer = |session: &mut Session| match session.introducer(records) {
            Ok(introducer) => Some((session.id(), introducer?)),
            Err(error) => unreachable!("memory does not fail: {error}"),
        };
        self.sessions.values_mut().filter_map(introducer).collect()
    }

    /// Hands an introduction to the session with its exporter. Nobody is dialled.
    fn introduce(&mut self, introduction: Introduction) {
        let exporter = introduction.exporter.peer();
        let is_exporter = |session: &&mut Session| {
            session.peer().is_some_and(|peer| peer.location.peer() == exporter)
        };
        let done = match self.sessions.values_mut().find(is_exporter) {
            Some(session) => session.withdraw(introduction, &mut self.heap),
            None => {
                let why = Error::new(Class::Severed, "the exporter cannot be reached");
                handoff::fail(introduction.promise, &why, &mut self.heap)
            }
        };
        debug_assert!(done.is_ok(), "memory does not fail");
    }

    fn gather(&mut self, id: SessionId) {
        let Some(session) = self.sessions.get_mut(&id) else { return };
        let queue = self.sent.entry(id).or_default();
        session.write_rows(self.heap.records());
        let local = session.carrier() == session::Carrier::Local;
        let frames: Vec<_> = session.take_frames();
        for operation in session.take_operations() {
            queue.push_back(if local {
                match operation.to_row() {
                    Ok(row) => Sent::Row(row.bytes),
                    Err(error) => unreachable!("what was accepted can be kept: {error}"),
                }
            } else {
                Sent::Frame(session.encode(&operation))
            });
        }
        queue.extend(frames.into_iter().map(Sent::Frame));
    }
}

/// What a stranger may find of a vat.
struct FakeDoor<'a>(&'a MemoryHeap);

impl Door for FakeDoor<'_> {
    fn is_shared(&self, swiss: &[u8]) -> Result<bool, RecordsError> {
        Ok(Heap::fetch(self.0, swiss)?.is_some())
    }

    fn gifter(&self, session: SessionHash) -> Result<Option<Gifter>, RecordsError> {
        handoff::gifter(session, self.0.rows())
    }
}

impl Wire {
    /// Carries the next thing that `from` (0 or 1) has sent; tells whether there was one.
    pub fn step(&self, vats: &mut [FakeVat; 2], from: usize) -> Result<bool, Violation> {
        let to = 1_usize.saturating_sub(from);
        let [Some(here), Some(there)] = [from, to].map(|side| self.ends.get(side).copied()) else {
            return Ok(false);
        };
        let sent = vats.get_mut(from).and_then(|vat| vat.sent(here).pop_front());
        let Some(sent) = sent else { return Ok(false) };
        if let Some(vat) = vats.get_mut(to) {
            vat.receive(there, &sent)?;
        }
        Ok(true)
    }

    /// Carries everything until both sides are silent.
    pub fn run(&self, vats: &mut [FakeVat; 2]) -> Result<(), Violation> {
        while self.step(vats, 0)? | self.step(vats, 1)? {}
        Ok(())
    }
}

/// Two vats with an established plain session; each has the other's bootstrap object to `fetch`
/// from. Two cannot hand anything off, so they take no part in it: see [`Trio`](super::Trio).
pub fn plain_pair(dialect: Dialect, limits: Limits) -> ([FakeVat; 2], Wire) {
    let ends = [SessionId(1), SessionId(2)];
    let config = |id| Config {
        id,
        dialect,
        bootstrap: Bootstrap::Fetch,
        limits: limits.into(),
        identity: None,
        handoffs: false,
    };
    let mut vats = [FakeVat::new(), FakeVat::new()];
    let [one, two] = ends;
    let [alice, bob] = &mut vats;
    alice.join(Session::dial(config(one), hello(1, "alice", Some("bob"))));
    bob.join(Session::accept(config(two), hello(2, "bob", None)));
    let wire = Wire { ends };
    let greeted = wire.run(&mut vats);
    debug_assert_eq!(greeted, Ok(()), "both hellos are good");
    (vats, wire)
}

/// Two vats of one host.
pub fn local_pair(bootstrap: [Bootstrap; 2]) -> ([FakeVat; 2], Wire) {
    let ends = [SessionId(7), SessionId(3)];
    let mut vats = [FakeVat::new(), FakeVat::new()];
    for ((vat, id), bootstrap) in vats.iter_mut().zip(ends).zip(bootstrap) {
        let dialect = Dialect::default();
        let limits = Limits::default().into();
        let (identity, handoffs) = (None, true);
        vat.join(Session::local(Config { id, dialect, bootstrap, limits, identity, handoffs }));
    }
    (vats, Wire { ends })
}

/// A key for tests: not secret, the same for the same seed.
pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// A locator of the transport that the specification's own tests use.
pub fn locator(designator: &str) -> Locator {
    let hints = [("host", "127.0.0.1"), ("port", "22046")];
    let hints = hints.map(|(key, value)| (key.to_owned(), value.to_owned()));
    Locator {
        designator: designator.to_owned(),
        transport: Symbol::from_static("tcp-testing-only"),
        hints: Some(hints.into()),
    }
}

/// The hello of the side with that name, to a peer of the other name if it dials.
pub fn hello(seed: u8, designator: &str, expected_peer: Option<&str>) -> Hello {
    Hello {
        key: key(seed),
        location: locator(designator),
        expected_peer: expected_peer.map(locator),
    }
}
