//! A near call: an object calls another of its vat within a turn.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::ops::Bound;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use bytes::Bytes;
use hogshead::{Cap, Context, Result, Value};
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{Timestamp, VatId};
use hogshead_objects::records::{Overlay, ReadRecords, RecordsError, Row};
use hogshead_objects::{Message, Ref, Registry};
use hogshead_vat::{Caller, Ran, Turn, TurnMeta, Vat, VatOptions};
use serde::{Deserialize, Serialize};

use super::Plan;
use crate::measure::{Contender, interleave, ns, ns_each, opaque};
use crate::report::{Line, Section, Unit};
use crate::stage::{Echo, Wall, payload};

/// Objects that are called in one turn.
pub const MEMBERS: u64 = 256;

/// Measures the row.
pub fn near(plan: &Plan) -> Section {
    let vat = RefCell::new(OneVat::new());
    let crowd = vat.borrow_mut().spawn(Box::new(Crowd::default()));
    vat.borrow_mut().deliver(crowd, Message::new("grow", [Value::from(MEMBERS)]));
    let touch = |method: &'static str| {
        let vat = &vat;
        move || {
            let what = Value::Bytes(payload());
            vat.borrow_mut().deliver(crowd, Message::new(method, [what]));
            SPENT.load(Ordering::Relaxed) as f64 / MEMBERS as f64
        }
    };
    let (calls, queued) = (u32::try_from(plan.times(20_000)).unwrap_or(1), payload());
    let boxed: Box<dyn Plain> = opaque(Box::new(PlainWall));
    let virtual_call =
        || ns_each(calls, || drop(opaque(boxed.echo(opaque(Value::Bytes(queued.clone()))))));
    let turns = Queue::default();
    let queue_turn = || ns_each(calls, || drop(opaque(turns.ask(Value::Bytes(queued.clone())))));
    let spreads = interleave(
        plan.rounds / 2 + 1,
        plan.rounds * 8,
        &mut [
            Contender::new("first", touch("once")),
            Contender::new("again", touch("twice")),
            Contender::new("virtual", virtual_call),
            Contender::new("queue", queue_turn),
        ],
    );
    let [first, again, plain, queue] = [0, 1, 2, 3].map(|at| spreads[at][0]);
    let mut section = Section::new("near", "Near call").goal("at most 60 ns at the first touch");
    let ours = Line::new("first touch in a turn, `&self`", first, Unit::Ns).against(&queue);
    section.line(ours.goal(first.median <= 60.0));
    section.line(Line::new("a later touch", again, Unit::Ns).against(&queue));
    section.line(Line::new("a virtual call", plain, Unit::Ns).against(&queue));
    section.line(Line::new("a turn of a queue of boxed closures over `Rc`", queue, Unit::Ns));
    section.note(format!(
        "One object calls {MEMBERS} others of its vat, whose records are in memory, each with 64 octets that \
         come back. The time is taken within the turn, so its opening and closing are not in it. The ratio is \
         to the queue."
    ));
    section
}

/// So many turns that touch each member once.
pub fn touch(turns: u64) {
    let mut vat = OneVat::new();
    let crowd = vat.spawn(Box::new(Crowd::default()));
    vat.deliver(crowd, Message::new("grow", [Value::from(MEMBERS)]));
    for _ in 0..turns {
        vat.deliver(crowd, Message::new("once", [Value::Bytes(payload())]));
    }
}

/// Nanoseconds that the crowd's last call took.
static SPENT: AtomicU64 = AtomicU64::new(0);

/// Calls its members.
#[hogshead::interface]
pub trait Calls {
    /// Spawns so many members.
    fn grow(&mut self, cx: &mut Context<'_>, members: u64) -> Result<()>;

    /// Calls each once, and notes how long that took.
    fn once(&self, cx: &mut Context<'_>, what: Value) -> Result<()>;

    /// Calls each twice, and notes how long the second time took.
    fn twice(&self, cx: &mut Context<'_>, what: Value) -> Result<()>;
}

#[derive(Serialize, Deserialize, Default)]
struct Crowd {
    members: Vec<Cap<dyn Echo>>,
}

#[hogshead::object(name = "bench-crowd", version = 1)]
impl Calls for Crowd {
    fn grow(&mut self, cx: &mut Context<'_>, members: u64) -> Result<()> {
        for _ in 0..members {
            self.members.push(cx.spawn(Wall::default())?);
        }
        Ok(())
    }

    fn once(&self, cx: &mut Context<'_>, what: Value) -> Result<()> {
        let begun = Instant::now();
        for member in &self.members {
            opaque(member.near(cx).echo(what.clone())?);
        }
        SPENT.store(ns(begun.elapsed()) as u64, Ordering::Relaxed);
        Ok(())
    }

    fn twice(&self, cx: &mut Context<'_>, what: Value) -> Result<()> {
        self.once(cx, what.clone())?;
        self.once(cx, what)
    }
}

trait Plain {
    fn echo(&self, what: Value) -> Result<Value>;
}

struct PlainWall;

impl Plain for PlainWall {
    fn echo(&self, what: Value) -> Result<Value> {
        Ok(what)
    }
}

type Turns = Rc<RefCell<VecDeque<Box<dyn FnOnce(&mut Option<Value>)>>>>;

/// The least that could be called a turn: a closure in a queue.
#[derive(Default)]
struct Queue(Turns);

impl Queue {
    fn ask(&self, what: Value) -> Option<Value> {
        self.0.borrow_mut().push_back(Box::new(move |answer| *answer = Some(what)));
        let mut answer = None;
        let next = self.0.borrow_mut().pop_front();
        if let Some(turn) = next {
            turn(&mut answer);
        }
        answer
    }
}

/// A vat over rows in memory, without a host.
pub struct OneVat {
    store: Store,
    vat: Vat,
    registry: Registry,
    now: u64,
}

impl OneVat {
    /// An empty vat that knows the kinds of the benchmarks.
    pub fn new() -> Self {
        let mut store = Store::default();
        let mut overlay = Overlay::new(&store);
        let vat = Vat::create(&mut overlay, VatOptions::default()).expect("a vat");
        let changes = overlay.into_changes();
        store.apply(changes);
        let mut registry = Registry::new();
        registry.register::<Wall>().expect("a kind");
        registry.register::<Crowd>().expect("a kind");
        Self { store, vat, registry, now: 1 }
    }

    /// Runs a turn.
    pub fn turn<R>(&mut self, run: impl FnOnce(&mut Turn<'_, '_>) -> R) -> R {
        self.now += 1;
        let meta = TurnMeta { now: Timestamp(self.now), entropy: [0; 32] };
        let mut overlay = Overlay::new(&self.store);
        let mut turn = self.vat.open(&mut overlay, &self.registry, meta);
        turn.set_own_key(base_point());
        let result = run(&mut turn);
        turn.close().expect("a turn");
        let changes = overlay.into_changes();
        self.store.apply(changes);
        result
    }

    /// Spawns an object that somebody outside holds.
    pub fn spawn(&mut self, object: Box<dyn hogshead::Object>) -> Ref {
        self.turn(|turn| {
            let facet = turn.spawn_from_host(object).expect("an object");
            turn.hold(facet).expect("held");
            facet
        })
    }

    /// Delivers a message in a turn of its own.
    pub fn deliver(&mut self, to: Ref, message: Message) {
        self.turn(|turn| {
            turn.set_caller(Caller::Vat(base_point()));
            turn.deliver(to, message, None).expect("taken");
            turn.set_caller(Caller::Own);
            assert_eq!(turn.run_delivered().expect("run"), Ran::Done);
        });
    }
}

impl Default for OneVat {
    fn default() -> Self {
        Self::new()
    }
}

/// The base point of the curve, which is as good a public key as any.
fn base_point() -> VatId {
    let mut bytes = [0x66; 32];
    bytes[0] = 0x58;
    VatId::from_bytes(&bytes).expect("a point")
}

#[derive(Default)]
struct Store {
    rows: BTreeMap<Bytes, Bytes>,
}

impl Store {
    fn apply(&mut self, changes: BTreeMap<Bytes, Option<Row>>) {
        for (key, change) in changes {
            match change {
                Some(row) => self.rows.insert(key, row.bytes),
                None => self.rows.remove(&key),
            };
        }
    }
}

impl ReadRecords for Store {
    fn get(&self, key: &[u8]) -> std::result::Result<Option<Bytes>, RecordsError> {
        Ok(self.rows.get(key).cloned())
    }

    fn range(
        &self,
        from: &[u8],
        to: &[u8],
        limit: usize,
    ) -> std::result::Result<Vec<(Bytes, Bytes)>, RecordsError> {
        if from >= to {
            return Ok(Vec::new());
        }
        let bounds = (Bound::Included(from), Bound::Excluded(to));
        let rows = self.rows.range::<[u8], _>(bounds).take(limit);
        Ok(rows.map(|(key, bytes)| (key.clone(), bytes.clone())).collect())
    }
}
