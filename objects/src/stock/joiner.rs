//! A joiner: the combinators of promises for those who send messages.

use serde::{Deserialize, Serialize};

use crate::context::Context;
use crate::error::Result;
use crate::promise::Promise;
use crate::promise::join::{Mode, join_values};
use crate::value::Value;

/// Joins promises, with the meaning that this has in ECMAScript.
///
/// An object that is written in Rust needs none: it has [`Promise::all`], [`Promise::any`],
/// [`Promise::race`] and [`Promise::settled`], whose limits are the same. Whatever is in a list and
/// no reference counts as kept.
///
/// Since the answer to a call is the promise itself, the join lives as long as somebody waits for
/// the answer: whoever stops waiting lets go of all of its members.
///
/// ```
/// use hogshead_objects::stock::counter::{Counter, Tally};
/// use hogshead_objects::stock::joiner::{Joiner, PromiseJoiner};
/// use hogshead_objects::testing::Bench;
/// use hogshead_objects::Value;
///
/// let mut bench = Bench::new();
/// let joiner = bench.spawn_apart(PromiseJoiner::default());
/// let (all, settled) = bench.turn(|cx| {
///     let counter = cx.spawn(Tally::default())?;
///     let counted = counter.send(cx).increment(5)?;
///     let refused = counter.send(cx).decrement(6)?;
///     let all = joiner.send(cx).all(vec![counted.into(), Value::from("beside")])?;
///     Ok((all, joiner.send(cx).settled(vec![counted.into(), refused.into()])?))
/// })?;
/// bench.run();
/// assert_eq!(bench.answer(all)?, Value::list([Value::from(5_u64), Value::from("beside")]));
/// let broken = Value::error("refused: the count is 5, which is less than 6");
/// assert_eq!(
///     bench.answer(settled)?,
///     Value::list([
///         Value::structure([("fulfilled", Value::from(5_u64))]),
///         Value::structure([("broken", broken)]),
///     ]),
/// );
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[crate::interface]
pub trait Joiner {
    /// A list of what all were kept with, in order; the first that breaks breaks it.
    fn all(&self, cx: &mut Context<'_>, promises: Vec<Value>) -> Result<Promise<Value>>;

    /// What the first was kept with; broken if all break.
    fn any(&self, cx: &mut Context<'_>, promises: Vec<Value>) -> Result<Promise<Value>>;

    /// Settled as the first that settles.
    fn race(&self, cx: &mut Context<'_>, promises: Vec<Value>) -> Result<Promise<Value>>;

    /// A list of how each was settled, in order: structs `{fulfilled: VALUE}` or `{broken: ERROR}`.
    fn settled(&self, cx: &mut Context<'_>, promises: Vec<Value>) -> Result<Promise<Value>>;
}

/// The stock joiner, `hogshead/joiner`. It keeps nothing; each join is an object of its own.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct PromiseJoiner {}

#[crate::object(name = "joiner", version = 1, construct)]
impl Joiner for PromiseJoiner {
    fn all(&self, cx: &mut Context<'_>, promises: Vec<Value>) -> Result<Promise<Value>> {
        join_values(cx, Mode::All, promises)
    }

    fn any(&self, cx: &mut Context<'_>, promises: Vec<Value>) -> Result<Promise<Value>> {
        join_values(cx, Mode::Any, promises)
    }

    fn race(&self, cx: &mut Context<'_>, promises: Vec<Value>) -> Result<Promise<Value>> {
        join_values(cx, Mode::Race, promises)
    }

    fn settled(&self, cx: &mut Context<'_>, promises: Vec<Value>) -> Result<Promise<Value>> {
        join_values(cx, Mode::Settled, promises)
    }
}
