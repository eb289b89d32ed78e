//! A world of one vat: rows in memory, a clock that ticks, and whoever calls from outside.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use bytes::Bytes;
use hogshead_objects::codec;
use hogshead_objects::error::Result;
use hogshead_objects::heap::{Heap, Outgoing, Resolution};
use hogshead_objects::ids::{DeliveryId, PromiseId, SessionId, Timestamp};
use hogshead_objects::records::{Overlay, ReadRecords, RecordsError, Row};
use hogshead_objects::{Cap, Message, Ref, Registry, Untyped, Value};
use hogshead_vat::{Quota, Ran, Turn, TurnMeta, TurnOutput, Vat, VatError, VatOptions, check};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::cast::Step;

/// What is dropped after each turn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Memory {
    Kept,
    Evicted,
    Reloaded,
}

#[derive(Default)]
pub struct Store {
    pub rows: BTreeMap<Bytes, Row>,
    pub gets: Cell<usize>,
    pub ranges: Cell<usize>,
    /// Where the last range that was read began.
    pub from: RefCell<Vec<u8>>,
    /// The key of a row that cannot be read.
    pub damaged: Option<Bytes>,
}

pub struct World {
    pub store: Store,
    pub vat: Option<Vat>,
    pub registry: Registry,
    pub memory: Memory,
    /// What sessions hold, as the audit must know it.
    pub held: BTreeMap<Ref, u64>,
    /// What was put out for sessions.
    pub sent: Vec<Outgoing>,
    pub last: Option<TurnOutput>,
    /// Whether the last turn asked for its entropy.
    pub drew: Cell<bool>,
    /// Whether every turn is followed by an audit, which reads all rows.
    pub audited: bool,
    ticks: u64,
    /// The time at which a delivery was run last.
    ran: u64,
}

/// What objects are told to do on purpose need not fill the screen.
fn quiet_panics() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let loud = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let text = info.payload().downcast_ref::<&str>().copied();
            let text = text.or(info.payload().downcast_ref::<String>().map(String::as_str));
            let text = text.unwrap_or_default();
            if text != "told to panic" && text != crate::secrets::SECRET {
                loud(info);
            }
        }));
    });
}

/// Tells a story with every kind of memory and compares what is left.
#[track_caller]
pub fn story(tell: impl Fn(&mut World)) {
    quiet_panics();
    let mut ends = Vec::new();
    for memory in [Memory::Kept, Memory::Evicted, Memory::Reloaded] {
        let mut world = World::new(memory);
        tell(&mut world);
        ends.push(world.store.rows);
    }
    for end in &ends[1..] {
        let (left, right) = (&ends[0], end);
        for (key, row) in left {
            assert_eq!(Some(row), right.get(key), "row {key:?} depends on what was in memory");
        }
        assert_eq!(left.len(), right.len());
    }
}

impl World {
    pub fn new(memory: Memory) -> Self {
        Self::with_quota(memory, Quota::default())
    }

    pub fn with_quota(memory: Memory, quota: Quota) -> Self {
        let mut store = Store::default();
        let vat = {
            let mut overlay = Overlay::new(&store);
            let vat = Vat::create(&mut overlay, VatOptions { quota }).unwrap();
            let changes = overlay.into_changes();
            store.apply(changes);
            vat
        };
        let mut registry = Registry::new();
        crate::cast::register(&mut registry);
        Self {
            store,
            vat: Some(vat),
            registry,
            memory,
            held: BTreeMap::new(),
            sent: Vec::new(),
            last: None,
            drew: Cell::new(false),
            audited: true,
            ticks: 0,
            ran: 0,
        }
    }

    /// One turn, committed.
    #[track_caller]
    pub fn turn<R>(&mut self, run: impl FnOnce(&mut Turn<'_, '_>) -> R) -> R {
        self.try_turn(run).unwrap()
    }

    #[track_caller]
    pub fn try_turn<R>(&mut self, run: impl FnOnce(&mut Turn<'_, '_>) -> R) -> Result<R, VatError> {
        self.ticks += 1;
        let mut vat = match self.vat.take() {
            Some(vat) => vat,
            None => Vat::load(&self.store)?.expect("the vat is there"),
        };
        self.drew.set(false);
        let entropy = || {
            self.drew.set(true);
            [self.ticks as u8; 32]
        };
        let meta = TurnMeta { now: Timestamp(self.ticks), entropy: &entropy };
        let mut overlay = Overlay::new(&self.store);
        let mut turn = vat.open(&mut overlay, &self.registry, meta);
        let result = run(&mut turn);
        loop {
            self.sent.extend(turn.take_outgoing());
            turn.settle()?;
            if !turn.has_outgoing() {
                break;
            }
        }
        let output = turn.close()?;
        let changes = overlay.into_changes();
        assert_eq!(output.wrote, !changes.is_empty());
        self.store.apply(changes);
        self.last = Some(output);
        match self.memory {
            Memory::Kept => self.vat = Some(vat),
            Memory::Evicted => {
                vat.evict();
                self.vat = Some(vat);
            }
            Memory::Reloaded => {}
        }
        if self.audited {
            self.audit();
        }
        Ok(result)
    }

    #[track_caller]
    pub fn audit(&self) {
        let differences = check::audit(&self.store, Some(&self.held)).unwrap();
        assert!(differences.is_empty(), "{differences:#?}");
    }

    pub fn vat(&mut self) -> &mut Vat {
        self.vat.get_or_insert_with(|| Vat::load(&self.store).unwrap().unwrap())
    }

    pub fn hold(&mut self, reference: Ref) {
        *self.held.entry(reference).or_default() += 1;
        self.turn(|turn| turn.hold(reference).unwrap());
    }

    pub fn release(&mut self, reference: Ref) {
        let holders = self.held.get_mut(&reference).expect("it was held");
        *holders -= 1;
        if *holders == 0 {
            self.held.remove(&reference);
        }
        self.turn(|turn| turn.release(reference).unwrap());
    }

    /// Sends a message as the host; its answer is held.
    pub fn ask(&mut self, target: Ref, method: &'static str, args: impl Serialize) -> PromiseId {
        let message = message(method, args);
        self.turn_holding(|turn| {
            let answer = turn.new_host_promise();
            turn.hold(Ref::Promise(answer)).unwrap();
            turn.send_from_host(target, message, Some(answer)).unwrap();
            answer
        })
    }

    /// Delivers a message that a session brought; its answer is held.
    pub fn turn_by(
        &mut self,
        session: SessionId,
        target: Ref,
        method: &'static str,
        args: impl Serialize,
    ) -> PromiseId {
        let message = message(method, args);
        self.turn_holding(|turn| {
            let answer = turn.create_promise(None).unwrap();
            turn.hold(Ref::Promise(answer)).unwrap();
            turn.comes_from(Some(session));
            turn.deliver(target, message, Some(answer)).unwrap();
            turn.run_delivered().unwrap();
            answer
        })
    }

    /// A turn at whose end the promise that it gives is held once more.
    fn turn_holding(&mut self, run: impl FnOnce(&mut Turn<'_, '_>) -> PromiseId) -> PromiseId {
        // The id is known only afterwards, and the audit must know the holder.
        let next = self.peek_next_id();
        *self.held.entry(Ref::Promise(PromiseId(next))).or_default() += 1;
        let answer = self.turn(run);
        assert_eq!(answer.0, next);
        answer
    }

    /// The id that the next turn draws first.
    pub fn peek_next_id(&self) -> u64 {
        // On a vat of its own, which is dropped with its turn.
        let mut vat = Vat::load(&self.store).unwrap().unwrap();
        let mut overlay = Overlay::new(&self.store);
        let meta = TurnMeta { now: Timestamp(0), entropy: &|| [0; 32] };
        let id = vat.open(&mut overlay, &self.registry, meta).new_host_promise();
        id.0
    }

    /// The time that the last turn saw.
    pub fn now(&self) -> u64 {
        self.ticks
    }

    /// Lets time pass until `time`, which the next turn sees.
    pub fn pass_until(&mut self, time: u64) {
        assert!(time > self.ticks, "time does not go back");
        self.ticks = time - 1;
    }

    /// Sets the clock that the next turn sees, also back.
    pub fn set_clock(&mut self, time: u64) {
        self.ticks = time - 1;
    }

    /// Fires what is due and runs what is ready, a turn each, until nothing is; gives how many
    /// timers fired.
    pub fn fire(&mut self) -> usize {
        let mut count = 0;
        loop {
            let fired = self.turn(|turn| turn.fire_due(16).unwrap());
            count += fired.count;
            self.run();
            if !fired.more {
                return count;
            }
        }
    }

    /// A clock; held.
    #[track_caller]
    pub fn clock(&mut self) -> Ref {
        let steward = self.vat().steward();
        match self.call_value(steward, "clock", ()) {
            Ok(Value::Ref(clock)) => clock,
            other => panic!("no clock: {other:?}"),
        }
    }

    /// Runs what is ready, a turn each, until nothing is.
    pub fn run(&mut self) -> Vec<Ran> {
        let mut rans = Vec::new();
        while let Some(id) = self.next_ready() {
            rans.push(self.run_one(id));
            assert!(rans.len() < 100_000, "the vat never rests");
        }
        rans
    }

    #[track_caller]
    pub fn run_one(&mut self, id: DeliveryId) -> Ran {
        let ran = self.turn(|turn| turn.run(id).unwrap());
        self.ran = self.ticks;
        ran
    }

    /// Runs what is ready in one turn, at most so many.
    #[track_caller]
    pub fn run_together(&mut self, most: u64) -> Vec<Ran> {
        self.turn(|turn| (0..most).map_while(|_| turn.run_next().unwrap()).collect())
    }

    /// The time at which a delivery was run last.
    pub fn delivered_at(&self) -> u64 {
        self.ran
    }

    pub fn next_ready(&mut self) -> Option<DeliveryId> {
        self.vat();
        self.vat.as_ref().unwrap().next_ready(&self.store).unwrap()
    }

    /// Asks, runs everything and gives the answer.
    #[track_caller]
    pub fn call<T: DeserializeOwned>(
        &mut self,
        target: Ref,
        method: &'static str,
        args: impl Serialize,
    ) -> Result<T> {
        self.call_value(target, method, args).and_then(codec::from_value)
    }

    #[track_caller]
    pub fn call_value(
        &mut self,
        target: Ref,
        method: &'static str,
        args: impl Serialize,
    ) -> Result<Value> {
        let answer = self.ask(target, method, args);
        self.run();
        let outcome = self.outcome(answer).expect("the answer is settled");
        // What the answer refers to must outlive the promise for the caller.
        if let Ok(Value::Ref(reference)) = &outcome {
            self.hold(*reference);
        }
        self.release(Ref::Promise(answer));
        outcome
    }

    /// Has a puppet play steps, and runs everything that follows.
    #[track_caller]
    pub fn act(&mut self, puppet: Ref, steps: Vec<Step>) -> Result<u64> {
        self.call(puppet, "act", (steps,))
    }

    /// Gives a puppet a cap.
    #[track_caller]
    pub fn give(&mut self, puppet: Ref, cap: Ref) {
        self.call::<u64>(puppet, "keep", (Cap::<Untyped>::from(cap),)).unwrap();
    }

    /// A puppet's number, and how many caps, promises and resolvers it has.
    #[track_caller]
    pub fn peek(&mut self, puppet: Ref) -> (u64, usize, usize, usize) {
        self.call(puppet, "peek", ()).unwrap()
    }

    /// A puppet's cap; held.
    #[track_caller]
    pub fn cap(&mut self, puppet: Ref, index: usize) -> Ref {
        match self.call_value(puppet, "cap", (index,)).unwrap() {
            Value::Ref(reference) => reference,
            other => panic!("no cap: {other:?}"),
        }
    }

    /// What a promise is settled with.
    pub fn outcome(&mut self, promise: PromiseId) -> Option<Result<Value>> {
        let resolution = self.turn(|turn| turn.resolution(Ref::Promise(promise)).unwrap());
        match resolution {
            Resolution::Ref(Ref::Promise(_)) => None,
            Resolution::Ref(reference) => Some(Ok(Value::Ref(reference))),
            Resolution::Data(value) => Some(Ok(value)),
            Resolution::Broken(error) => Some(Err(error)),
        }
    }

    /// An object of a kind, on its own; its reference is held.
    #[track_caller]
    pub fn spawn(&mut self, kind: &str) -> Ref {
        self.spawn_with(kind, Value::Undefined)
    }

    #[track_caller]
    pub fn spawn_with(&mut self, kind: &str, init: Value) -> Ref {
        let steward = self.vat().steward();
        match self.call_value(steward, "spawn", Args(vec![Value::from(kind), init])) {
            Ok(Value::Ref(reference)) => reference,
            other => panic!("spawn gave {other:?}"),
        }
    }

    pub fn rows(&self, table: u8) -> usize {
        self.store.rows.keys().filter(|key| key[0] == table).count()
    }
}

/// Arguments that are values already.
pub struct Args(pub Vec<Value>);

impl Serialize for Args {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// A message whose arguments are the items of `args`, a tuple or list.
pub fn message(method: &'static str, args: impl Serialize) -> Message {
    match codec::to_value(&args).unwrap() {
        Value::List(args) => Message::new(method, args),
        Value::Undefined => Message::new(method, []),
        other => panic!("arguments are a list, not {other:?}"),
    }
}

impl Store {
    pub fn apply(&mut self, changes: BTreeMap<Bytes, Option<Row>>) {
        for (key, change) in changes {
            match change {
                Some(row) => self.rows.insert(key, row),
                None => self.rows.remove(&key),
            };
        }
    }

    pub fn reset(&self) {
        self.gets.set(0);
        self.ranges.set(0);
    }
}

impl ReadRecords for Store {
    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, RecordsError> {
        self.gets.set(self.gets.get() + 1);
        if self.damaged.as_deref() == Some(key) {
            return Err(RecordsError::Store("/var/lib/hogshead: a sector is gone".into()));
        }
        Ok(self.rows.get(key).map(|row| row.bytes.clone()))
    }

    fn range(
        &self,
        from: &[u8],
        to: &[u8],
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, RecordsError> {
        self.ranges.set(self.ranges.get() + 1);
        *self.from.borrow_mut() = from.to_vec();
        if from >= to {
            return Ok(Vec::new());
        }
        let bounds = (std::ops::Bound::Included(from), std::ops::Bound::Excluded(to));
        let rows = self.rows.range::<[u8], _>(bounds).take(limit);
        Ok(rows.map(|(key, row)| (key.clone(), row.bytes.clone())).collect())
    }
}

/// A generator of numbers that gives the same for the same seed.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides.max(1)
    }
}
