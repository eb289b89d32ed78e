//! Joining promises: all of them, any, the first that settles, or how each was settled.
//!
//! ```text
//!   (asker) ──▶ R ┄┄ waits, holds the members ┄┄▶ (join) ◀┄┄ a wait a member ┄┄ p1, p2, …
//! ```
//!
//! A join in progress is an object of the asker's composition. It is held by those who wait for its
//! result alone: when nobody does, or when the result is known, the waits for the members that have
//! not settled are let go, and the object with them.

use serde::{Deserialize, Serialize};

use super::{Promise, Resolver};
use crate::codec;
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::limits;
use crate::stock::kept::Kept;
use crate::value::Value;

/// How one of the promises of [`Promise::settled`] was settled. As a value it is a struct with the
/// one field `fulfilled` or `broken`.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Settled<T> {
    /// It was kept, with this.
    Fulfilled(T),
    /// It was broken.
    Broken(Error),
}

impl<T> Settled<T> {
    /// The same as a `Result`.
    pub fn into_result(self) -> Result<T> {
        match self {
            Self::Fulfilled(value) => Ok(value),
            Self::Broken(error) => Err(error),
        }
    }
}

/// The combinators of promises, with the meaning that they have in ECMAScript.
///
/// Each takes at most [`JOIN_MEMBERS_MAX`](limits::JOIN_MEMBERS_MAX) promises, of which one may be
/// there several times. What is joined outlasts eviction and restarts as every promise does. Once
/// the result is known, or nobody waits for it any more, nothing is kept of the promises that have
/// not settled.
impl<T> Promise<T> {
    /// Kept when all `promises` are, with what they were kept with, in their own order; with an
    /// empty list if there are none. The first that breaks breaks it, with the same error.
    ///
    /// Results of more than [`JOIN_BYTES_MAX`](limits::JOIN_BYTES_MAX) bytes together break it.
    ///
    /// ```
    /// use hogshead_objects::stock::counter::{Counter, Tally};
    /// use hogshead_objects::testing::Bench;
    /// use hogshead_objects::{Error, Promise};
    ///
    /// let mut bench = Bench::new();
    /// let (both, failed) = bench.turn(|cx| {
    ///     let (first, second) = (cx.spawn(Tally::new(1))?, cx.spawn(Tally::new(2))?);
    ///     let counts = [first.send(cx).read()?, second.send(cx).read()?];
    ///     let below = first.send(cx).decrement(5)?;
    ///     let failed = Promise::all(cx, [counts[0], below])?;
    ///     Ok((Promise::all(cx, counts)?, failed))
    /// })?;
    /// bench.run();
    /// assert_eq!(bench.answer(both)?, [1, 2]);
    /// let error = bench.answer(failed).unwrap_err();
    /// assert_eq!(error.message(), "the count is 1, which is less than 5");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn all(
        cx: &mut Context<'_>,
        promises: impl IntoIterator<Item = Self>,
    ) -> Result<Promise<Vec<T>>> {
        Ok(join(cx, Mode::All, promises)?.cast())
    }

    /// Kept by the first of `promises` that is kept, with the same. If all break, it breaks with an
    /// error that says why each did, of their class if they share one and else
    /// [`Class::Failed`]; without any promise with [`Class::BadCall`].
    ///
    /// ```
    /// use hogshead_objects::testing::Bench;
    /// use hogshead_objects::{Error, Promise};
    ///
    /// let mut bench = Bench::new();
    /// let (found, none) = bench.turn(|cx| {
    ///     let (broken, resolver) = cx.promise::<u64>()?;
    ///     resolver.break_(cx, Error::refused("sold out"))?;
    ///     let (kept, resolver) = cx.promise()?;
    ///     resolver.fulfill(cx, 7)?;
    ///     Ok((Promise::any(cx, [broken, kept])?, Promise::any(cx, [broken, broken])?))
    /// })?;
    /// bench.run();
    /// assert_eq!(bench.answer(found)?, 7);
    /// assert_eq!(
    ///     bench.answer(none).unwrap_err().to_string(),
    ///     "refused: none of 2 promises was kept: 1: sold out; 2: sold out",
    /// );
    /// # Ok::<(), Error>(())
    /// ```
    pub fn any(
        cx: &mut Context<'_>,
        promises: impl IntoIterator<Item = Self>,
    ) -> Result<Promise<T>> {
        Ok(join(cx, Mode::Any, promises)?.cast())
    }

    /// Settled as the first of `promises` that settles. Without any promise there is no first one,
    /// and it breaks with [`Class::BadCall`] rather than stay pending for ever.
    ///
    /// ```
    /// use hogshead_objects::testing::Bench;
    /// use hogshead_objects::{Error, Promise};
    ///
    /// let mut bench = Bench::new();
    /// let (first, lost) = bench.turn(|cx| {
    ///     let (slow, _resolver) = cx.promise::<u64>()?;
    ///     let (fast, resolver) = cx.promise()?;
    ///     resolver.fulfill(cx, 7)?;
    ///     let (broken, resolver) = cx.promise()?;
    ///     resolver.break_(cx, Error::refused("too late"))?;
    ///     Ok((Promise::race(cx, [slow, fast])?, Promise::race(cx, [slow, broken])?))
    /// })?;
    /// bench.run();
    /// assert_eq!(bench.answer(first)?, 7);
    /// assert_eq!(bench.answer(lost).unwrap_err().message(), "too late");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn race(
        cx: &mut Context<'_>,
        promises: impl IntoIterator<Item = Self>,
    ) -> Result<Promise<T>> {
        Ok(join(cx, Mode::Race, promises)?.cast())
    }

    /// Kept when all `promises` have settled, with how each was, in their own order.
    ///
    /// Results of more than [`JOIN_BYTES_MAX`](limits::JOIN_BYTES_MAX) bytes together break it.
    ///
    /// ```
    /// use hogshead_objects::promise::Settled;
    /// use hogshead_objects::testing::Bench;
    /// use hogshead_objects::{Error, Promise};
    ///
    /// let mut bench = Bench::new();
    /// let outcomes = bench.turn(|cx| {
    ///     let (broken, resolver) = cx.promise::<u64>()?;
    ///     resolver.break_(cx, Error::refused("sold out"))?;
    ///     let (kept, resolver) = cx.promise()?;
    ///     resolver.fulfill(cx, 7)?;
    ///     Promise::settled(cx, [broken, kept])
    /// })?;
    /// bench.run();
    /// let sold_out = Settled::Broken(Error::refused("sold out"));
    /// assert_eq!(bench.answer(outcomes)?, [sold_out, Settled::Fulfilled(7)]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn settled(
        cx: &mut Context<'_>,
        promises: impl IntoIterator<Item = Self>,
    ) -> Result<Promise<Vec<Settled<T>>>> {
        Ok(join(cx, Mode::Settled, promises)?.cast())
    }
}

fn join<T>(
    cx: &mut Context<'_>,
    mode: Mode,
    promises: impl IntoIterator<Item = Promise<T>>,
) -> Result<Promise<Value>> {
    let most = limits::JOIN_MEMBERS_MAX + 1;
    join_values(cx, mode, promises.into_iter().take(most).map(Value::from).collect())
}

/// Joins what is awaited among `members`, as `mode` says; data counts as kept.
pub(crate) fn join_values(
    cx: &mut Context<'_>,
    mode: Mode,
    members: Vec<Value>,
) -> Result<Promise<Value>> {
    if members.len() > limits::JOIN_MEMBERS_MAX {
        let max = limits::JOIN_MEMBERS_MAX;
        return Err(Error::new(Class::Limit, format!("at most {max} promises are joined at once")));
    }
    cx.spawn(Join::new(mode))?.near(cx).begin(members)
}

/// When a join is done, and with what.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mode {
    All,
    Any,
    Race,
    Settled,
}

/// A join in progress.
#[crate::interface]
pub trait Joining {
    /// Begins to wait; gives the promise of the result.
    fn begin(&mut self, cx: &mut Context<'_>, members: Vec<Value>) -> Result<Promise<Value>>;
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Join {
    mode: Mode,
    slots: Vec<Slot>,
    /// How many members have not settled.
    left: usize,
    /// Bytes of what is kept of those that have.
    bytes: usize,
    /// How the result is told, until it is.
    done: Option<Resolver<Value>>,
}

/// What is kept of a member.
#[derive(Serialize, Deserialize, Clone)]
enum Slot {
    Waiting,
    Fulfilled(Kept),
    Broken(Error),
}

#[crate::object(name = "join", version = 1, continuations)]
impl Joining for Join {
    fn begin(&mut self, cx: &mut Context<'_>, members: Vec<Value>) -> Result<Promise<Value>> {
        let (result, done) = cx.promise()?;
        self.done = Some(done);
        self.left = members.len();
        self.slots = vec![Slot::Waiting; members.len()];
        let mut waits = Vec::new();
        for (index, member) in members.into_iter().enumerate() {
            match member {
                Value::Ref(reference) => {
                    let member = Promise::<Value>::from_ref(reference);
                    waits.push(member.then_while_wanted(cx, Self::on_member, index)?);
                }
                data => self.note(cx, index, Ok(data))?,
            }
        }
        if self.slots.is_empty() {
            self.conclude_empty(cx)?;
        }
        // The waits are captured, and nobody else has them: they go with this continuation.
        result.then_while_wanted(cx, Self::on_done, waits)
    }
}

#[crate::continuations]
impl Join {
    #[continuation]
    fn on_member(
        &mut self,
        cx: &mut Context<'_>,
        settled: Result<Value>,
        index: usize,
    ) -> Result<()> {
        self.note(cx, index, settled)
    }

    #[continuation]
    fn on_done(
        &mut self,
        _cx: &mut Context<'_>,
        result: Result<Value>,
        _waits: Vec<Promise<()>>,
    ) -> Result<Value> {
        result
    }
}

impl Join {
    fn new(mode: Mode) -> Self {
        Self { mode, slots: Vec::new(), left: 0, bytes: 0, done: None }
    }

    /// A member has settled.
    fn note(&mut self, cx: &mut Context<'_>, index: usize, settled: Result<Value>) -> Result<()> {
        if self.done.is_none() {
            return Ok(());
        }
        self.left = self.left.saturating_sub(1);
        match (self.mode, settled) {
            (Mode::Race, settled) => return self.conclude(cx, settled),
            (Mode::Any, Ok(value)) => return self.conclude(cx, Ok(value)),
            (Mode::All, Err(error)) => return self.conclude(cx, Err(error)),
            (Mode::Any, Err(error)) => self.keep(index, Slot::Broken(shortened(&error))),
            (Mode::Settled, Err(error)) => {
                self.bytes += error.clone().into_reason::<crate::Ref>().size_bytes();
                self.keep(index, Slot::Broken(error));
            }
            (Mode::All | Mode::Settled, Ok(value)) => {
                let kept = Kept::new(cx, value)?;
                self.bytes += kept.bytes();
                self.keep(index, Slot::Fulfilled(kept));
            }
        }
        if self.bytes > limits::JOIN_BYTES_MAX {
            let max = limits::JOIN_BYTES_MAX;
            let why = format!("the results of the joined promises have over {max} bytes together");
            return self.conclude(cx, Err(Error::new(Class::Limit, why)));
        }
        match self.left {
            0 => self.conclude_full(cx),
            _ => Ok(()),
        }
    }

    fn keep(&mut self, index: usize, slot: Slot) {
        if let Some(place) = self.slots.get_mut(index) {
            *place = slot;
        }
    }

    fn conclude(&mut self, cx: &mut Context<'_>, result: Result<Value>) -> Result<()> {
        self.slots.clear();
        let Some(done) = self.done.take() else { return Ok(()) };
        match result {
            Ok(value) => done.fulfill(cx, value),
            Err(error) => done.break_(cx, error),
        }
    }

    fn conclude_empty(&mut self, cx: &mut Context<'_>) -> Result<()> {
        let result = match self.mode {
            Mode::All | Mode::Settled => Ok(Value::List(Vec::new())),
            Mode::Any | Mode::Race => Err(Error::bad_call("there is no promise among none")),
        };
        self.conclude(cx, result)
    }

    /// Every member has settled, and none of them has decided.
    fn conclude_full(&mut self, cx: &mut Context<'_>) -> Result<()> {
        let slots = std::mem::take(&mut self.slots);
        if self.mode == Mode::Any {
            return self.conclude(cx, Err(none_kept(&slots)));
        }
        let mut results = Vec::with_capacity(slots.len());
        for slot in slots {
            let settled = match slot {
                Slot::Waiting => Settled::Broken(Error::internal("a member was lost")),
                Slot::Fulfilled(kept) => Settled::Fulfilled(kept.read(cx)?),
                Slot::Broken(error) => Settled::Broken(error),
            };
            results.push(match self.mode {
                Mode::Settled => codec::to_value(&settled)?,
                _ => settled.into_result()?,
            });
        }
        self.conclude(cx, Ok(Value::List(results)))
    }
}

/// The error of a join of which no member was kept.
fn none_kept(slots: &[Slot]) -> Error {
    let errors: Vec<_> = slots
        .iter()
        .filter_map(|slot| match slot {
            Slot::Broken(error) => Some(error),
            _ => None,
        })
        .collect();
    let class = errors.first().map_or(Class::Failed, |error| error.class());
    let shared = errors.iter().all(|error| error.class() == class);
    let each: Vec<_> = errors
        .iter()
        .enumerate()
        .map(|(index, error)| match shared {
            true => format!("{}: {}", index + 1, error.message()),
            false => format!("{}: {error}", index + 1),
        })
        .collect();
    let class = if shared { class } else { Class::Failed };
    let each = each.join("; ");
    Error::new(class, format!("none of {} promises was kept: {each}", errors.len()))
}

/// As much of an error as is told of it among others.
fn shortened(error: &Error) -> Error {
    let message: String = error.message().chars().take(limits::JOIN_ERROR_CHARS_MAX).collect();
    Error::new(error.class(), message)
}
