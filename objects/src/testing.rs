//! A vat for tests: objects run as in a real one, in memory and at once.

mod clock;
mod entries;
mod entropy;
mod grants;
mod turn;
mod world;

use serde::de::DeserializeOwned;

use crate::cap::Cap;
use crate::codec;
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::ids::{Timestamp, VatId};
use crate::interface::Primary;
use crate::object::{Registry, Typed};
use crate::promise::Promise;
use crate::reference::Ref;
use crate::stock::clock::Clock;
use crate::stock::entropy::Entropy;
use crate::value::Value;

use clock::{BenchClock, Wound};
use entropy::BenchEntropy;
use turn::BenchTurn;
use world::{Composition, Resolved, World};

/// A vat on a workbench.
///
/// It keeps the rules that objects see: a failed turn or near call is undone, `refuse` commits,
/// sends run after the turn and in order, promises chain, facets grant what they grant, near calls
/// reach only the caller's composition. It has no sessions, no storage, no limits and no
/// collector, and a panic goes to the test.
///
/// What runs in [`turn`](Bench::turn) acts as the root of a composition: what it spawns, and what
/// that spawns in turn, can call each other near. [`spawn_apart`](Bench::spawn_apart) makes objects
/// that cannot. Kinds need no registering unless they are spawned by name.
///
/// ```
/// use hogshead_objects::stock::greeter::{Greeter, PoliteGreeter};
/// use hogshead_objects::testing::Bench;
///
/// // Evicting and reviving every object after every turn must make no difference.
/// for mut bench in [Bench::new(), Bench::new().evicting()] {
///     let greeting = bench.turn(|cx| {
///         cx.spawn(PoliteGreeter::default())?.send(cx).greet("Bob".into())
///     })?;
///     bench.run();
///     assert_eq!(bench.answer(greeting)?, "Hello, Bob!");
/// }
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[derive(Default)]
pub struct Bench {
    world: World,
    registry: Registry,
    now: Timestamp,
    evicting: bool,
    /// The one clock, once somebody wanted it.
    clock: Option<Cap<dyn Clock>>,
    /// The key that the vat goes by.
    key: Option<VatId>,
    /// What went wrong between turns, reported by the next call.
    failed: Option<Error>,
}

/// Deliveries that one [`Bench::run`] runs; the next call goes on. Objects that send to each other
/// for ever would never let a test end.
pub const DELIVERIES_MAX: usize = 10_000;

impl Bench {
    /// A vat without objects, whose clock stands at zero and whose registry is empty.
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on every object is written and read again after each turn, and must be the same.
    pub fn evicting(mut self) -> Self {
        self.evicting = true;
        self
    }

    /// The kinds that can be spawned by name.
    pub fn registry(&mut self) -> &mut Registry {
        &mut self.registry
    }

    /// Sets the vat's key, by which a grant to one vat alone knows the vat's own objects.
    pub fn set_key(&mut self, key: VatId) {
        self.key = Some(key);
    }

    /// Sets what objects see as the time.
    pub fn set_now(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// A clock that shows what objects see as the time; its timers fire by
    /// [`advance`](Bench::advance).
    pub fn clock(&mut self) -> Cap<dyn Clock> {
        match self.clock {
            Some(clock) => clock,
            None => {
                let clock = self.spawn_apart(BenchClock::default());
                *self.clock.insert(clock)
            }
        }
    }

    /// A source of octets, of which each differs from the others of this bench, and which are the same
    /// in every run of a test.
    pub fn entropy(&mut self) -> Cap<dyn Entropy> {
        self.spawn_apart(BenchEntropy::default())
    }

    /// Runs what can run, lets time pass, and runs what then is due, in order of time, with all
    /// that follows from it.
    pub fn advance(&mut self, milliseconds: u64) {
        self.run();
        self.now = Timestamp(self.now.0.saturating_add(milliseconds));
        if let Some(clock) = self.clock {
            let wound = self.turn(|cx| clock.cast::<dyn Wound>().tell(cx).wind());
            if let Err(error) = wound {
                self.failed.get_or_insert(error);
            }
        }
        self.run();
    }

    /// Runs a turn: all of its effects, or none if it gives an error that does not keep it.
    pub fn turn<T>(&mut self, run: impl FnOnce(&mut Context<'_>) -> Result<T>) -> Result<T> {
        self.check()?;
        let before = self.world.snapshot()?;
        let mut turn = BenchTurn::new(self, None);
        let outcome = run(&mut Context::new(&mut turn));
        if outcome.as_ref().is_err_and(|error| !error.keeps_turn()) {
            self.world.restore(before)?;
        }
        self.end_turn()?;
        outcome
    }

    /// Adds an object with a composition of its own, as an owner does by the vat's steward.
    pub fn spawn_apart<T: Primary>(&mut self, object: T) -> Cap<T::Face> {
        Cap::from(self.world.add(Box::new(object), Composition::Own))
    }

    /// Runs deliveries, each a turn, until none can run; gives their number.
    pub fn run(&mut self) -> usize {
        (0..DELIVERIES_MAX).take_while(|_| self.run_one()).count()
    }

    /// Sends, runs everything that can run, and gives the answer.
    ///
    /// ```
    /// use hogshead_objects::stock::counter::{Counter, Tally};
    /// use hogshead_objects::testing::Bench;
    ///
    /// let mut bench = Bench::new();
    /// let counter = bench.spawn_apart(Tally::default());
    /// assert_eq!(bench.outcome(|cx| counter.send(cx).increment(5)), Ok(5));
    /// ```
    #[track_caller]
    pub fn outcome<T: DeserializeOwned>(
        &mut self,
        send: impl FnOnce(&mut Context<'_>) -> Result<Promise<T>>,
    ) -> Result<T> {
        let promise = self.turn(send)?;
        self.run();
        self.answer(promise)
    }

    /// The answer that a promise was kept with.
    ///
    /// What it was broken with is the error; one that is still pending is [`Class::Busy`].
    pub fn answer<T: DeserializeOwned>(&self, promise: Promise<T>) -> Result<T> {
        self.check()?;
        let reference = promise.untyped();
        match self.world.resolve(reference) {
            Resolved::Ref(Ref::Promise(id)) => {
                Err(Error::new(Class::Busy, format!("{id} is still pending")))
            }
            Resolved::Ref(reference) => codec::from_value(Value::Ref(reference)),
            Resolved::Data(value) => codec::from_value(value),
            Resolved::Broken(error) => Err(error),
        }
    }

    /// Looks at an object's own state, if it is of type `T`.
    pub fn look<T: Typed, I: ?Sized, R>(
        &self,
        cap: Cap<I>,
        look: impl FnOnce(&T) -> R,
    ) -> Option<R> {
        self.world.object(cap.untyped())?.as_any().downcast_ref().map(look)
    }

    /// Writes and reads every object; says so if one is not the same afterwards.
    pub fn evict(&mut self) -> Result<()> {
        let snapshot = self.world.snapshot()?;
        self.world.restore(snapshot.clone())?;
        let same = self.world.snapshot()?.has_states_of(&snapshot);
        same.then_some(()).ok_or_else(|| Error::new(Class::Failed, "a state changed by eviction"))
    }

    fn run_one(&mut self) -> bool {
        let Some((delivery, settled)) = self.world.next_delivery() else { return false };
        let answer = delivery.answer;
        let outcome = BenchTurn::new(self, None).deliver(delivery.action, settled, answer);
        if let Some(answer) = delivery.answer {
            self.world.settle(answer, outcome);
        }
        if let Err(error) = self.end_turn() {
            self.failed.get_or_insert(error);
        }
        true
    }

    fn check(&self) -> Result<()> {
        self.failed.clone().map_or(Ok(()), Err)
    }

    fn end_turn(&mut self) -> Result<()> {
        if self.evicting { self.evict() } else { Ok(()) }
    }
}
