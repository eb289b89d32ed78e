//! Vats and the sessions between them, a session for each two, and what is on its way.

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;
use hogshead::codec::{from_value, to_value};
use hogshead_captp::crypto::PublicKey;
use hogshead_captp::testing::{key, locator};
use hogshead_captp::{
    Bootstrap, Config, Dialect, Identity, Introducers, Limits, Operation, Session,
};
use hogshead_objects::heap::{Heap, Outgoing, Resolution};
use hogshead_objects::ids::{PromiseId, SessionId, Timestamp};
use hogshead_objects::records::{MemoryRecords, Overlay, ReadRecords};
use hogshead_objects::{Class, Error, Message, Ref, Registry, Value};
use hogshead_vat::{Turn, TurnMeta, Vat, VatOptions, check};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::cast::{Clerk, Note};

/// Vats, each with one scribe, and each joined with every other.
pub struct World {
    pub vats: Vec<Node>,
    /// What is on its way from one vat to another.
    links: BTreeMap<(usize, usize), VecDeque<Bytes>>,
    registry: Registry,
    /// Whether everything that is in memory is dropped after every turn.
    pub forgetful: bool,
    ticks: u64,
    /// How many flushes were sent from one vat to another.
    pub flushes: usize,
}

pub struct Node {
    pub rows: MemoryRecords,
    vat: Option<Vat>,
    sessions: BTreeMap<SessionId, Session>,
    pub scribe: Ref,
}

impl World {
    /// So many vats. Each scribe keeps every scribe, itself too, under its number.
    pub fn new(count: usize, forgetful: bool) -> Self {
        let mut registry = Registry::new();
        registry.register::<Clerk>().unwrap();
        let links = BTreeMap::new();
        let mut world = Self { vats: Vec::new(), links, registry, forgetful, ticks: 0, flushes: 0 };
        for at in 0..count {
            let mut rows = MemoryRecords::default();
            let mut overlay = Overlay::new(&rows);
            let vat = Vat::create(&mut overlay, VatOptions::default()).unwrap();
            let changes = overlay.into_changes();
            rows.apply(changes);
            let (vat, sessions) = (Some(vat), BTreeMap::new());
            let scribe = Ref::Promise(PromiseId(0));
            world.vats.push(Node { rows, vat, sessions, scribe });
            world.vats[at].scribe = world.turn(at, |turn, _| {
                let scribe = turn.spawn_from_host(Box::new(Clerk::named(at as u64))).unwrap();
                turn.hold(scribe).unwrap();
                scribe
            });
        }
        for at in 0..count {
            for peer in (0..count).filter(|peer| *peer != at) {
                let session = world.session(at, peer);
                world.vats[at].sessions.insert(session.id(), session);
            }
        }
        for at in 0..count {
            for peer in 0..count {
                world.introduce(at, peer);
            }
        }
        world.run();
        world
    }

    fn session(&self, at: usize, peer: usize) -> Session {
        let name = |vat: usize| locator(&format!("vat-{vat}"));
        let seed = |us: usize, them: usize| u8::try_from(us * 10 + them + 1).unwrap();
        let identity = Identity {
            key: key(seed(at, peer)),
            location: name(at),
            peer: name(peer),
            peer_key: PublicKey::from(key(seed(peer, at)).verifying_key()),
        };
        Session::local(Config {
            id: SessionId(peer as u64 + 1),
            dialect: Dialect::default(),
            bootstrap: Bootstrap::Object(self.vats[at].scribe),
            limits: Limits::default().into(),
            identity: Some(identity),
            handoffs: true,
        })
    }

    /// Has a scribe keep another under its number.
    fn introduce(&mut self, at: usize, peer: usize) {
        let scribe = self.vats[at].scribe;
        self.turn(at, |turn, sessions| {
            let known = match sessions.get_mut(&SessionId(peer as u64 + 1)) {
                None => scribe,
                Some(session) => {
                    let bootstrap = session.bootstrap(turn).unwrap();
                    let answer = turn.new_host_promise();
                    turn.send_from_host(bootstrap, Message::new("me", []), Some(answer)).unwrap();
                    Ref::Promise(answer)
                }
            };
            let keep = Message::new("keep", [Value::from(peer as u64), Value::Ref(known)]);
            turn.send_from_host(scribe, keep, None).unwrap();
        });
    }

    /// Tells a scribe to do something, in a turn of its vat, and runs what is ready there.
    #[track_caller]
    pub fn tell(&mut self, at: usize, method: &'static str, args: impl Serialize) {
        let scribe = self.vats[at].scribe;
        let message = message(method, args);
        self.turn(at, |turn, _| turn.send_from_host(scribe, message, None).unwrap());
        while self.run_ready(at) {}
    }

    /// Asks a scribe something that it answers at once.
    #[track_caller]
    pub fn ask<T: DeserializeOwned>(&mut self, at: usize, method: &'static str) -> T {
        let scribe = self.vats[at].scribe;
        let answer = self.turn(at, |turn, _| {
            let answer = turn.new_host_promise();
            turn.hold(Ref::Promise(answer)).unwrap();
            turn.send_from_host(scribe, Message::new(method, []), Some(answer)).unwrap();
            answer
        });
        while self.run_ready(at) {}
        self.turn(at, |turn, _| {
            let resolution = turn.resolution(Ref::Promise(answer)).unwrap();
            let Resolution::Data(value) = resolution else { panic!("{method}: {resolution:?}") };
            turn.release(Ref::Promise(answer)).unwrap();
            from_value(value).unwrap()
        })
    }

    /// The notes of a scribe about one reference of another, by their numbers.
    pub fn notes(&mut self, at: usize, from: usize, slot: u64) -> Vec<u64> {
        let notes: Vec<Note> = self.ask(at, "notes");
        let of = |note: &Note| (note.0, note.1) == (from as u64, slot);
        notes.into_iter().filter(of).map(|note| note.2).collect()
    }

    /// Runs the first delivery that is ready in a vat; tells whether there was one.
    pub fn run_ready(&mut self, at: usize) -> bool {
        let node = &mut self.vats[at];
        let vat = node.vat.get_or_insert_with(|| Vat::load(&node.rows).unwrap().unwrap());
        let Some(id) = vat.next_ready(&node.rows).unwrap() else { return false };
        self.turn(at, |turn, _| turn.run(id).unwrap());
        true
    }

    /// Carries the next operation from one vat to another; tells whether there was one.
    pub fn carry(&mut self, from: usize, to: usize) -> bool {
        let queue = self.links.entry((from, to)).or_default();
        let Some(bytes) = queue.pop_front() else { return false };
        let operation = Operation::from_row(&bytes).unwrap();
        let id = SessionId(from as u64 + 1);
        self.turn(to, |turn, sessions| {
            let session = sessions.get_mut(&id).unwrap();
            if session.has_ended() {
                return;
            }
            if let Operation::Abort(_) = operation {
                session.abort("");
                session.sever(&Error::new(Class::Severed, "it has ended"), turn).unwrap();
                return;
            }
            session.handle_operation(operation, turn).unwrap();
            withdraw(turn, sessions);
            turn.run_delivered().unwrap();
        });
        true
    }

    /// Ends the session of two vats from one side.
    pub fn sever(&mut self, at: usize, peer: usize) {
        let id = SessionId(peer as u64 + 1);
        self.turn(at, |turn, sessions| {
            let lost = Error::new(Class::Severed, "it was ended");
            sessions.get_mut(&id).unwrap().sever(&lost, turn).unwrap();
        });
    }

    /// Carries and runs everything, except what is on its way between some.
    pub fn run_except(&mut self, held: &[(usize, usize)]) {
        let count = self.vats.len();
        let mut steps = 0;
        loop {
            let mut moved = false;
            for at in 0..count {
                moved |= self.run_ready(at);
                for to in (0..count).filter(|to| !held.contains(&(at, *to))) {
                    moved |= self.carry(at, to);
                }
            }
            steps += 1;
            assert!(steps < 100_000, "the vats never rest");
            if !moved {
                return;
            }
        }
    }

    /// Carries and runs everything.
    pub fn run(&mut self) {
        self.run_except(&[]);
    }

    /// What can happen next: something ready to run, or on its way.
    pub fn moves(&mut self) -> Vec<(usize, usize)> {
        let mut moves: Vec<_> = self
            .links
            .iter()
            .filter(|(_, queue)| !queue.is_empty())
            .map(|(ends, _)| *ends)
            .collect();
        for (at, node) in self.vats.iter_mut().enumerate() {
            let vat = node.vat.get_or_insert_with(|| Vat::load(&node.rows).unwrap().unwrap());
            if vat.next_ready(&node.rows).unwrap().is_some() {
                moves.push((at, at));
            }
        }
        moves
    }

    /// One turn of a vat, committed.
    pub fn turn<R>(
        &mut self,
        at: usize,
        run: impl FnOnce(&mut Turn<'_, '_>, &mut BTreeMap<SessionId, Session>) -> R,
    ) -> R {
        self.ticks += 1;
        let node = &mut self.vats[at];
        let mut vat = node.vat.take().unwrap_or_else(|| Vat::load(&node.rows).unwrap().unwrap());
        let mut entropy = [at as u8; 32];
        entropy[..8].copy_from_slice(&self.ticks.to_be_bytes());
        let entropy = || entropy;
        let meta = TurnMeta { now: Timestamp(self.ticks), entropy: &entropy };
        let mut overlay = Overlay::new(&node.rows);
        let mut turn = vat.open(&mut overlay, &self.registry, meta);
        let result = run(&mut turn, &mut node.sessions);
        self.flushes += hand_over(&mut turn, &mut node.sessions);
        for (id, session) in &mut node.sessions {
            let queue = self.links.entry((at, id.0 as usize - 1)).or_default();
            session.write_rows(turn.records());
            let operations = session.take_operations();
            queue.extend(operations.iter().map(|operation| operation.to_row().unwrap().bytes));
        }
        turn.close().unwrap();
        let changes = overlay.into_changes();
        node.rows.apply(changes);
        if self.forgetful {
            node.sessions.values_mut().for_each(Session::forget);
        } else {
            node.vat = Some(vat);
        }
        result
    }

    /// Checks every vat's counts and edges.
    #[track_caller]
    pub fn audit(&self) {
        for (at, node) in self.vats.iter().enumerate() {
            let differences = check::audit(&node.rows, None).unwrap();
            assert!(differences.is_empty(), "vat {at}: {differences:#?}");
        }
    }

    /// How many rows of a table a vat has.
    pub fn count(&self, at: usize, table: u8) -> usize {
        self.vats[at].rows.range(&[table], &[table + 1], usize::MAX).unwrap().len()
    }
}

/// Gives the sessions what the turn wants sent; gives how many flushes were among it.
fn hand_over(turn: &mut Turn<'_, '_>, sessions: &mut BTreeMap<SessionId, Session>) -> usize {
    let mut flushes = 0;
    loop {
        withdraw(turn, sessions);
        turn.settle().unwrap();
        let outgoing = turn.take_outgoing();
        if outgoing.is_empty() {
            return flushes;
        }
        for item in outgoing {
            if let Outgoing::Deliver { message, .. } = &item {
                flushes += usize::from(message.is_flush());
            }
            let introducers: Introducers = sessions
                .values_mut()
                .filter_map(|session| {
                    Some((session.id(), session.introducer(turn.records()).unwrap()?))
                })
                .collect();
            let session = sessions.get_mut(&item.session()).unwrap();
            session.send(item, &introducers, turn).unwrap();
        }
    }
}

/// Withdraws the gifts that the turn was given.
fn withdraw(turn: &mut Turn<'_, '_>, sessions: &mut BTreeMap<SessionId, Session>) {
    let given: Vec<_> = sessions.values_mut().flat_map(Session::take_introductions).collect();
    for introduction in given {
        let exporter = introduction.exporter.peer();
        let is_it = |session: &&mut Session| {
            session.peer().is_some_and(|peer| peer.location.peer() == exporter)
        };
        let session = sessions.values_mut().find(is_it).unwrap();
        session.withdraw(introduction, turn).unwrap();
    }
}

fn message(method: &'static str, args: impl Serialize) -> Message {
    match to_value(&args).unwrap() {
        Value::List(args) => Message::new(method, args),
        Value::Undefined => Message::new(method, []),
        other => panic!("arguments are a list, not {other:?}"),
    }
}
