//! The real thing: vats joined by sessions, objects that keep what they are told to keep, and
//! everything in flight in the test's hands.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use hogshead_captp::session::Carrier;
use hogshead_captp::testing::{MemoryHeap, Sent as Frame, Trio};
use hogshead_captp::{Limits, Operation};
use hogshead_objects::heap::Part;
use hogshead_objects::ids::PromiseId;
use hogshead_objects::{Class, Error, Message, Ref, Value};

use crate::ledger::Ledgers;
use crate::model::{Kind, Model, Sent, Thing, To, Verb};

/// What the objects of a vat keep: each reference under the number that came with it.
pub type Shelf = Rc<RefCell<BTreeMap<Thing, Vec<Ref>>>>;

/// An answer that a vat holds.
pub struct Answer {
    vat: usize,
    promise: PromiseId,
    part: Option<PromiseId>,
}

/// Vats, what they hold, what is in flight, and the model of it.
pub struct World {
    pub(crate) trio: Trio,
    pub(crate) vats: usize,
    pub(crate) shelves: Vec<Shelf>,
    flying: BTreeMap<(usize, usize), VecDeque<Frame>>,
    pub(crate) ledgers: BTreeMap<(usize, usize), Ledgers>,
    pub(crate) model: Model,
    pub(crate) answers: BTreeMap<Sent, Answer>,
    /// Each thing as its owner's heap knows it.
    pub(crate) origins: BTreeMap<Thing, Ref>,
    carriers: [Carrier; 3],
    pub(crate) severed: bool,
}

impl World {
    /// Two or three vats; each holds the others' first objects.
    pub fn new(vats: usize, carriers: [Carrier; 3]) -> Self {
        let mut world = Self {
            trio: Trio::joined(carriers, Limits::default()),
            vats,
            shelves: (0..vats).map(|_| Shelf::default()).collect(),
            flying: BTreeMap::new(),
            ledgers: BTreeMap::new(),
            model: Model::default(),
            answers: BTreeMap::new(),
            origins: BTreeMap::new(),
            carriers,
            severed: false,
        };
        let first: Vec<_> = (0..vats).map(|vat| world.make(vat)).collect();
        for (vat, thing) in first.iter().enumerate() {
            world.trio.vats[vat].heap.share(b"first", world.origins[thing]);
        }
        for us in 0..vats {
            for them in (0..vats).filter(|them| *them != us) {
                world.fetch(us, them, first[them]);
            }
        }
        world
    }

    fn fetch(&mut self, us: usize, them: usize, thing: Thing) {
        let answer = self.trio.vats[us]
            .session_turn(Trio::session(us, them), |session, heap| {
                let bootstrap = session.bootstrap(heap).unwrap();
                heap.ask(bootstrap, Message::new("fetch", [Value::bytes(b"first".as_slice())]))
            })
            .expect("the session is there");
        self.run();
        let shelf = Rc::clone(&self.shelves[us]);
        self.trio.vats[us].turn(|heap| {
            let Some(Ok(Value::Ref(found))) = heap.outcome(answer).cloned() else {
                panic!("the first object is shared")
            };
            keep(&shelf, heap, thing, found);
            heap.let_go(Ref::Promise(answer));
        });
        self.model.gain(us, thing);
        self.run();
    }

    /// Whether a vat made the thing.
    pub fn is_own(&self, vat: usize, thing: Thing) -> bool {
        self.model.what(thing).0 == vat
    }

    /// What a vat keeps that fits, each reference with its thing.
    pub fn kept(&self, vat: usize, fits: impl Fn(Kind) -> bool) -> Vec<(Thing, Ref)> {
        let shelf = self.shelves[vat].borrow();
        let all = shelf.iter().flat_map(|(thing, refs)| refs.iter().map(|r| (*thing, *r)));
        all.filter(|(thing, _)| fits(self.model.what(*thing).1)).collect()
    }

    /// The answers that a vat holds.
    pub fn answers(&self, vat: usize) -> Vec<Sent> {
        self.answers.iter().filter(|(_, answer)| answer.vat == vat).map(|(sent, _)| *sent).collect()
    }

    /// A vat makes an object and keeps it.
    pub fn make(&mut self, vat: usize) -> Thing {
        let thing = self.model.make(vat, Kind::Object);
        let shelf = Rc::clone(&self.shelves[vat]);
        self.trio.vats[vat].turn(|heap| {
            let on = Rc::clone(&shelf);
            let object = heap.object(move |heap, message| act(thing, &on, heap, &message));
            keep(&shelf, heap, thing, object);
            self.origins.insert(thing, object);
        });
        self.after();
        thing
    }

    /// A vat makes a promise and keeps it with its resolver.
    pub fn promise(&mut self, vat: usize) {
        let promise = self.model.make(vat, Kind::Promise);
        let resolver = self.model.make(vat, Kind::Resolver(promise));
        let shelf = Rc::clone(&self.shelves[vat]);
        self.trio.vats[vat].turn(|heap| {
            let made = heap.promise();
            keep(&shelf, heap, promise, Ref::Promise(made));
            keep(&shelf, heap, resolver, Ref::Resolver(made));
            self.origins.insert(promise, Ref::Promise(made));
            self.origins.insert(resolver, Ref::Resolver(made));
        });
        self.after();
    }

    /// A vat sends to a thing that it keeps.
    pub fn send(
        &mut self,
        vat: usize,
        to: (Thing, Ref),
        verb: Verb,
        what: &[(Thing, Ref)],
        ask: bool,
    ) {
        self.transmit(vat, To::Thing(to.0), to.1, verb, what, ask);
        self.after();
    }

    /// A vat sends to what an answer that it holds becomes.
    pub fn pipeline(&mut self, vat: usize, to: Sent, verb: Verb, what: &[(Thing, Ref)], ask: bool) {
        let promise = Ref::Promise(self.answers[&to].promise);
        self.transmit(vat, To::Answer(to), promise, verb, what, ask);
        self.after();
    }

    /// A vat takes the first item out of an answer that it holds, and sends to that.
    pub fn pipeline_part(&mut self, vat: usize, of: Sent, verb: Verb, what: &[(Thing, Ref)]) {
        let answer = Ref::Promise(self.answers[&of].promise);
        let before = self.answers[&of].part;
        let part = before.unwrap_or_else(|| {
            self.trio.vats[vat].turn(|heap| {
                let pair = heap.part(answer, Part::Item(0));
                let part = heap.part(Ref::Promise(pair), Part::Item(1));
                heap.let_go(Ref::Promise(pair));
                part
            })
        });
        self.answers.get_mut(&of).expect("it is held").part = Some(part);
        self.model.hold_part(of);
        self.transmit(vat, To::Part(of), Ref::Promise(part), verb, what, false);
        self.after();
    }

    fn transmit(
        &mut self,
        vat: usize,
        to: To,
        target: Ref,
        verb: Verb,
        what: &[(Thing, Ref)],
        ask: bool,
    ) {
        let things = what.iter().map(|(thing, _)| *thing).collect();
        let sent = self.model.send(to, verb, things, ask.then_some(vat));
        let pairs = what
            .iter()
            .map(|(thing, reference)| Value::list([Value::from(thing.0), Value::Ref(*reference)]));
        let message = Message::new(word(verb), pairs.collect::<Vec<_>>());
        self.trio.vats[vat].turn(|heap| match ask {
            true => {
                let promise = heap.ask(target, message);
                self.answers.insert(sent, Answer { vat, promise, part: None });
            }
            false => heap.tell(target, message),
        });
    }

    /// A vat settles a promise whose resolver it keeps, once.
    pub fn settle(&mut self, vat: usize, resolver: (Thing, Ref), with: Option<(Thing, Ref)>) {
        let Kind::Resolver(promise) = self.model.what(resolver.0).1 else { return };
        if !self.model.settle(promise, with.map(|(thing, _)| thing)) {
            return;
        }
        let message = match with {
            Some((_, reference)) => Message::new("fulfill", [Value::Ref(reference)]),
            None => Message::new("break", [Value::Error(Error::refused("no").into())]),
        };
        self.trio.vats[vat].turn(|heap| heap.tell(resolver.1, message));
        self.after();
    }

    /// Whether a promise may be settled with a thing: not with what may lead back to it.
    pub fn may_become(&self, resolver: Thing, with: Thing) -> bool {
        match (self.model.what(resolver).1, self.model.what(with).1) {
            (_, Kind::Resolver(_)) => false,
            (_, Kind::Object) => true,
            (Kind::Resolver(promise), Kind::Promise) => with < promise,
            _ => false,
        }
    }

    /// A vat lets go of a reference.
    pub fn drop(&mut self, vat: usize, what: (Thing, Ref)) {
        let shelf = Rc::clone(&self.shelves[vat]);
        self.trio.vats[vat].turn(|heap| {
            let mut shelf = shelf.borrow_mut();
            let refs = shelf.get_mut(&what.0).expect("it is kept");
            let at = refs.iter().position(|kept| *kept == what.1).expect("it is kept");
            heap.let_go(refs.swap_remove(at));
            if refs.is_empty() {
                shelf.remove(&what.0);
            }
        });
        self.model.drop(vat, what.0);
        self.after();
    }

    /// A vat lets go of an answer.
    pub fn drop_answer(&mut self, sent: Sent) {
        let Answer { vat, promise, part } = self.answers.remove(&sent).expect("it is held");
        self.trio.vats[vat].turn(|heap| {
            heap.let_go(Ref::Promise(promise));
            part.into_iter().for_each(|part| heap.let_go(Ref::Promise(part)));
        });
        self.model.drop_answer(sent);
        self.after();
    }

    /// What was sent first from one vat to another arrives.
    pub fn arrive(&mut self, from: usize, to: usize) -> bool {
        let Some(frame) = self.flying.get_mut(&(from, to)).and_then(VecDeque::pop_front) else {
            return false;
        };
        if let Some(operation) = read(&frame) {
            self.ledger(from, to).arrives(usize::from(from > to), &operation);
        }
        let taken = self.trio.vats[to].receive(Trio::session(to, from), &frame);
        taken.unwrap_or_else(|violation| panic!("{from} to {to}: {violation}: {frame:?}"));
        self.after();
        true
    }

    /// A vat is evicted: its sessions remember rows only.
    pub fn evict(&mut self, vat: usize) {
        self.trio.vats[vat].forget_caches();
    }

    /// A session ends on both sides, what was in flight is lost, and the two meet again.
    pub fn sever(&mut self, (one, other): (usize, usize)) {
        self.severed = true;
        self.part((one, other));
        let carrier = self.carriers[one + other - 1];
        self.trio.join(one, other, carrier, Limits::default());
        self.after();
    }

    pub(crate) fn part(&mut self, (one, other): (usize, usize)) {
        for (us, them) in [(one, other), (other, one)] {
            let why = Error::new(Class::Severed, "the connection broke");
            self.trio.vats[us].sever(Trio::session(us, them), &why);
        }
        self.after();
        for pair in [(one, other), (other, one)] {
            self.flying.remove(&pair);
        }
        self.ledgers.remove(&(one.min(other), one.max(other)));
    }

    /// Everything arrives.
    pub fn run(&mut self) {
        self.after();
        loop {
            let mut moved = false;
            for from in 0..3 {
                for to in 0..3 {
                    moved |= from != to && self.arrive(from, to);
                }
            }
            if !moved {
                return;
            }
        }
    }

    /// What the vats have sent is in flight, and the ledgers know of it.
    pub(crate) fn after(&mut self) {
        for (from, to) in [(0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1)] {
            let frames: Vec<_> =
                self.trio.vats[from].sent(Trio::session(from, to)).drain(..).collect();
            for frame in frames {
                if let Some(operation) = read(&frame) {
                    self.ledger(from, to).sends(usize::from(from > to), &operation);
                }
                self.flying.entry((from, to)).or_default().push_back(frame);
            }
        }
    }

    fn ledger(&mut self, from: usize, to: usize) -> &mut Ledgers {
        self.ledgers.entry((from.min(to), from.max(to))).or_default()
    }
}

/// What an object does.
fn act(
    thing: Thing,
    shelf: &Shelf,
    heap: &mut MemoryHeap,
    message: &Message,
) -> hogshead_objects::Result<Value> {
    let pairs = &message.values[1..];
    match message.symbol() {
        Some("ping") => Ok(Value::from(thing.0)),
        Some("keep") => {
            for pair in pairs {
                let (thing, reference) = split(pair)?;
                keep(shelf, heap, thing, reference);
            }
            Ok(Value::Undefined)
        }
        Some("echo") => Ok(Value::List(pairs.to_vec())),
        Some("give") => match pairs.first() {
            Some(pair) => Ok(Value::Ref(split(pair)?.1)),
            None => Err(Error::bad_call("give what?")),
        },
        _ => Err(Error::bad_call("ping, keep, echo or give")),
    }
}

fn split(pair: &Value) -> hogshead_objects::Result<(Thing, Ref)> {
    match pair {
        Value::List(items) => match items.as_slice() {
            [Value::Int(thing), Value::Ref(reference)] => {
                Ok((Thing(thing.to_u64().expect("a number")), *reference))
            }
            _ => Err(Error::bad_call("a number and a reference")),
        },
        _ => Err(Error::bad_call("a pair")),
    }
}

fn keep(shelf: &Shelf, heap: &mut MemoryHeap, thing: Thing, reference: Ref) {
    heap.keep(reference);
    shelf.borrow_mut().entry(thing).or_default().push(reference);
}

fn word(verb: Verb) -> &'static str {
    match verb {
        Verb::Keep => "keep",
        Verb::Echo => "echo",
        Verb::Give => "give",
    }
}

/// The operation in a frame or a row; hellos are none of the ledgers' business.
fn read(frame: &Frame) -> Option<Operation> {
    let operation = match frame {
        Frame::Frame(octets) => Operation::decode(octets).expect("we send what can be read"),
        Frame::Row(bytes) => Operation::from_row(bytes).expect("we keep what can be read"),
    };
    (!matches!(operation, Operation::StartSession(_))).then_some(operation)
}
