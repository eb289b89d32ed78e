//! Two vats with a durable session, as a host would run it: turns become durable one after the
//! other, frames and acks leave then, carriers break, processes die.
//!
//! ```text
//!   act ──turn──▶ State ──commit──▶ turns ──sync──▶ durable
//!                                     └────frames────▶ wire ──hear──▶ the other node
//! ```

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use bytes::Bytes;
use hogshead_captp::durable::{
    Cause, Frame, Hello, Incarnation, Link, LinkError, Order, Parties, needs_credit,
};
use hogshead_captp::testing::{MemoryHeap, Trio};
use hogshead_captp::{Bootstrap, Config, Dialect, Identity, Limits, Session, SessionError};
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::PromiseId;
use hogshead_objects::{Error, Message, Ref, Value};

use crate::random::Random;
use crate::side::{ID, vat};

/// What a vat's own objects and its test remember: part of its state, so it falls back with it.
#[derive(Clone, Default)]
pub struct App {
    /// Objects and promises of the peer that are held.
    pub held: Vec<Ref>,
    /// Objects of this vat, by the number that messages to them are checked under.
    pub own: Vec<(u64, Ref)>,
    /// Promises of this vat that are to be settled, with the number that settles them.
    pub open: Vec<(PromiseId, u64)>,
    /// Answers that are waited for, with the number that they must bring, if not a reference.
    pub asked: Vec<(PromiseId, Option<u64>)>,
    /// What was sent to the peer: by which reference, and the number.
    pub sent: Vec<(Ref, u64)>,
    /// What was applied here: by which object, and the number.
    pub applied: Vec<(u64, u64)>,
    next: u64,
}

pub type Shared = Rc<RefCell<App>>;

/// Everything that a store keeps.
#[derive(Clone)]
struct State {
    heap: MemoryHeap,
    app: App,
}

pub struct Node {
    parties: Parties,
    identity: Identity,
    limits: Limits,
    pub heap: MemoryHeap,
    pub app: Shared,
    pub session: Session,
    pub link: Link,
    durable: State,
    turns: VecDeque<(State, Vec<Bytes>)>,
}

/// What is counted, so that a test can say that much has happened.
#[derive(Default)]
pub struct Seen {
    pub crashes: u64,
    pub carriers: u64,
    pub failed: u64,
    pub waited: u64,
    pub dropped: u64,
}

pub struct World {
    pub nodes: [Node; 2],
    wires: Option<[VecDeque<Bytes>; 2]>,
    pub seen: Seen,
}

impl Node {
    fn new(at: usize, limits: Limits) -> Self {
        let [us, peer] = if at == 0 { [1, 2] } else { [2, 1] };
        let parties = Parties { us: vat(us), peer: vat(peer) };
        let app = Shared::default();
        app.borrow_mut().next = u64::from(us) * 1_000_000;
        let mut heap = MemoryHeap::with_entropy([us; 32]);
        let link = Link::open(ID, parties, Incarnation([us; 16]), heap.records());
        let identity = Trio::identity(at, 1 - at);
        let session = session(&identity, limits);
        let first = object(&mut heap, &app);
        heap.share(b"first", first);
        let durable = State { heap: heap.clone(), app: app.borrow().clone() };
        let turns = VecDeque::new();
        Self { parties, identity, limits, heap, app, session, link, durable, turns }
    }

    fn state(&self) -> State {
        State { heap: self.heap.clone(), app: self.app.borrow().clone() }
    }

    /// A number that was never used.
    pub fn fresh(&self) -> u64 {
        fresh(&self.app)
    }

    /// Runs a turn that may fail at its end; a failed one is as if it had never been.
    pub fn turn<T>(
        &mut self,
        fails: bool,
        act: impl FnOnce(&mut Self) -> Result<T, LinkError>,
    ) -> Result<T, LinkError> {
        let before = self.state();
        let done = act(self).and_then(|done| {
            self.send_all()?;
            Ok(done)
        });
        if fails || done.is_err() {
            self.restore(before);
            self.session.forget();
            self.link.forget(self.heap.rows())?;
            return done;
        }
        let mut frames = self.link.take_frames();
        frames.push(self.link.ack());
        self.turns.push_back((self.state(), frames));
        done
    }

    fn send_all(&mut self) -> Result<(), LinkError> {
        loop {
            let outgoing = self.heap.settle_turn();
            if outgoing.is_empty() {
                break;
            }
            for out in outgoing {
                let sent = self.session.send(out, &BTreeMap::new(), &mut self.heap);
                sent.map_err(failed)?;
            }
        }
        self.session.write_rows(self.heap.records());
        for operation in self.session.take_operations() {
            self.link.queue(operation, Cause([3; 16]), self.heap.records())?;
        }
        self.link.flush(self.heap.records());
        Ok(())
    }

    fn restore(&mut self, state: State) {
        self.heap = state.heap;
        *self.app.borrow_mut() = state.app;
    }

    /// Makes the oldest turn durable; gives what may leave now.
    fn sync(&mut self) -> Vec<Bytes> {
        let Some((state, frames)) = self.turns.pop_front() else { return Vec::new() };
        self.durable = state;
        frames
    }

    fn crash(&mut self) {
        self.turns.clear();
        self.restore(self.durable.clone());
        self.revive();
    }

    /// Only rows are left.
    pub fn revive(&mut self) {
        self.session = session(&self.identity, self.limits);
        self.link = Link::load(ID, self.parties, self.heap.rows()).unwrap().expect("it is there");
    }

    /// How much the peer may send: what is unsettled counts.
    fn grant(&mut self, window: u64) {
        let unsettled = Heap::unsettled(&self.heap, ID).unwrap().count;
        self.link.grant(window.saturating_sub(unsettled));
    }

    fn hello(&self) -> Hello {
        self.link.hello(Bytes::from_static(b"start"), None, None)
    }
}

fn session(identity: &Identity, limits: Limits) -> Session {
    Session::durable(Config {
        id: ID,
        dialect: Dialect::default(),
        bootstrap: Bootstrap::Fetch,
        limits: limits.into(),
        identity: Some(identity.clone()),
        handoffs: true,
    })
}

fn failed(error: SessionError) -> LinkError {
    match error {
        SessionError::Violation(violation) => LinkError::Violation(violation),
        SessionError::Records(error) => LinkError::Records(error),
    }
}

fn fresh(app: &Shared) -> u64 {
    let mut app = app.borrow_mut();
    app.next += 1;
    app.next
}

/// An object that writes down the numbers it is sent, in the order in which they come.
pub fn object(heap: &mut MemoryHeap, app: &Shared) -> Ref {
    let number = fresh(app);
    let shared = Rc::clone(app);
    let object = heap.object(move |heap, message| act(number, &shared, heap, message));
    app.borrow_mut().own.push((number, object));
    object
}

/// `echo n` answers with n, `give n` with a new object, `pair n` with both, `later n` with a promise that is settled some time, `keep n …` keeps the references that follow.
fn act(
    number: u64,
    app: &Shared,
    heap: &mut MemoryHeap,
    message: Message,
) -> hogshead_objects::Result<Value> {
    let Some(Value::Int(token)) = message.values.get(1) else {
        return Err(Error::bad_call("a number"));
    };
    let token = token.to_u64().unwrap();
    app.borrow_mut().applied.push((number, token));
    match message.symbol() {
        Some("echo") => Ok(Value::Int(token.into())),
        Some("give") => Ok(Value::Ref(object(heap, app))),
        Some("pair") => Ok(Value::list([Value::Int(token.into()), Value::Ref(object(heap, app))])),
        Some("later") => {
            let promise = heap.promise();
            heap.keep(Ref::Resolver(promise));
            app.borrow_mut().open.push((promise, token));
            Ok(Value::Ref(Ref::Promise(promise)))
        }
        Some("keep") => {
            for reference in message.values.iter().flat_map(Value::refs) {
                heap.keep(*reference);
                app.borrow_mut().held.push(*reference);
            }
            Ok(Value::Int(token.into()))
        }
        _ => Err(Error::bad_call("echo, give, pair, later or keep")),
    }
}

impl World {
    pub fn new(limits: Limits) -> Self {
        let nodes = [0, 1].map(|at| Node::new(at, limits));
        let mut world = Self { nodes, wires: None, seen: Seen::default() };
        world.meet();
        for at in 0..2 {
            world.fetch(at);
        }
        // Credit that was given stays given, so there is not to be more than is needed.
        world.settle(1);
        world.seen = Seen::default();
        world
    }

    /// A side asks for the other's first object and keeps it.
    fn fetch(&mut self, at: usize) {
        let answer = self.nodes[at]
            .turn(false, |node| {
                let bootstrap = node.session.bootstrap(&mut node.heap).map_err(failed)?;
                let swiss = Value::Bytes(Bytes::from_static(b"first"));
                Ok(node.heap.ask(bootstrap, Message::new("fetch", [swiss])))
            })
            .unwrap();
        self.settle(1);
        self.nodes[at]
            .turn(false, |node| {
                let Some(Ok(Value::Ref(first))) = node.heap.outcome(answer).cloned() else {
                    panic!("{:?}: it is shared", node.heap.outcome(answer))
                };
                node.heap.keep(first);
                node.heap.let_go(Ref::Promise(answer));
                node.app.borrow_mut().held.push(first);
                Ok(())
            })
            .unwrap();
    }

    /// A new carrier: what each side's turns have done is durable before its hello leaves.
    pub fn meet(&mut self) {
        self.seen.carriers += 1;
        let mut wires = [VecDeque::new(), VecDeque::new()];
        let knew = self.nodes.each_ref().map(|node| node.link.is_established());
        let before = self.nodes.each_ref().map(Node::hello);
        for at in [1, 0] {
            let theirs = match knew[1 - at] {
                true => before[1 - at].clone(),
                false => self.nodes[1 - at].hello(),
            };
            let node = &mut self.nodes[at];
            let octets = Frame::Hello(Box::new(theirs)).encode();
            let Ok(Frame::Hello(theirs)) = Frame::decode(&octets) else { panic!("it is one") };
            node.turn(false, |node| node.link.resume(&theirs, node.heap.records())).unwrap();
            // The turn's own frames are among those that are sent again.
            for (_, frames) in &mut node.turns {
                frames.retain(|frame| matches!(Frame::decode(frame), Ok(Frame::Ack { .. })));
            }
            while !node.turns.is_empty() {
                node.sync();
            }
            let mut after = Some(theirs.received.number);
            while let Some(number) = after {
                let (frames, next) = node.link.resend(number, 2000, node.heap.rows()).unwrap();
                wires[at].extend(frames);
                after = next;
            }
            wires[at].push_back(node.link.ack());
        }
        self.wires = Some(wires);
    }

    /// Something happens to carriers, processes or what is between them.
    pub fn happen(&mut self, random: &mut Random, window: u64) {
        let at = random.below(2);
        match random.below(60) {
            0 => self.wires = None,
            1 => {
                self.seen.crashes += 1;
                self.wires = None;
                self.nodes[at].crash();
            }
            // A carrier that breaks has carried the beginning of what was said, at most.
            2 => {
                for _ in 0..random.below(4) {
                    self.hear(at, false, window);
                }
                self.wires = None;
            }
            3..6 if self.wires.is_none() => self.meet_durably(),
            6 => self.nodes[at].revive(),
            7..30 => self.sync(at),
            _ => self.hear(at, random.one_in(12), window),
        }
    }

    fn meet_durably(&mut self) {
        for at in 0..2 {
            while !self.nodes[at].turns.is_empty() {
                self.sync(at);
            }
        }
        self.meet();
    }

    fn sync(&mut self, at: usize) {
        let frames = self.nodes[at].sync();
        if let Some(wires) = &mut self.wires {
            wires[at].extend(frames);
        }
    }

    /// The next thing that the other side has said arrives.
    fn hear(&mut self, at: usize, fails: bool, window: u64) {
        let Some(wires) = &mut self.wires else { return };
        let Some(frame) = wires[1 - at].pop_front() else { return };
        let node = &mut self.nodes[at];
        match Frame::decode(&frame).unwrap() {
            Frame::Operation { number, chain, cause, payload } => {
                if node.link.receive(number, &chain).unwrap() == Order::Again {
                    return;
                }
                let operation = Link::operation(&payload).unwrap();
                let is_delivery = needs_credit(&operation);
                let apply = |node: &mut Node| {
                    let operation = operation.clone();
                    node.session.handle_operation(operation, &mut node.heap).map_err(failed)?;
                    node.link.advance(number, &cause, &payload, is_delivery)?;
                    node.link.settle_acks(node.heap.records())?;
                    node.grant(window);
                    Ok(())
                };
                if fails {
                    self.seen.failed += 1;
                    node.turn(true, apply).unwrap();
                }
                node.turn(false, apply).unwrap();
            }
            Frame::Ack { received, credit } => {
                let due = node.link.note_ack(received, credit, node.heap.rows()).unwrap();
                if due {
                    let settle = |node: &mut Node| node.link.settle_acks(node.heap.records());
                    node.turn(false, settle).unwrap();
                }
            }
            other => panic!("{other:?}"),
        }
        self.seen.waited = self.seen.waited.max(self.nodes[at].link.backlog().waiting);
    }

    /// Everything arrives: no carrier breaks any more, and both sides take `window` at once.
    pub fn settle(&mut self, window: u64) {
        loop {
            for at in 0..2 {
                if self.wires.is_none() {
                    self.meet_durably();
                }
                self.nodes[at].grant(window);
                self.nodes[at].turn(false, |_| Ok(())).unwrap();
            }
            let before =
                self.nodes.each_ref().map(|node| (node.link.received(), node.link.backlog()));
            // An ack makes no ack, unless it has room for what waits.
            while self.is_moving() {
                for at in 0..2 {
                    self.sync(at);
                    self.hear(at, false, window);
                }
            }
            let after =
                self.nodes.each_ref().map(|node| (node.link.received(), node.link.backlog()));
            if before == after {
                return;
            }
        }
    }

    fn is_moving(&self) -> bool {
        let said = self.wires.iter().flatten().any(|wire| !wire.is_empty());
        said || self.nodes.iter().any(|node| !node.turns.is_empty())
    }
}
