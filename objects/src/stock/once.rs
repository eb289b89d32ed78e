//! Once: a reference that takes one message, and a thing that is given once.

use serde::{Deserialize, Serialize};

use crate::cap::Cap;
use crate::codec;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::message::Message;
use crate::object::Registry;
use crate::promise::Promise;
use crate::value::Value;

/// Passes one message on to its target, whatever comes of it, and refuses every other.
///
/// With the first message the target is let go, so nothing of the authority is left, neither with
/// its holders nor here. The message that counts is the one that came first in the vat's order,
/// which a crash does not change. For an object of the own vat a grant with one use is enough
/// ([`Caveats::uses`](crate::grant::Caveats::uses)); this is for references of others and for
/// promises.
///
/// ```
/// use hogshead_objects::Class;
/// use hogshead_objects::stock::counter::{Counter, Tally};
/// use hogshead_objects::stock::once::Single;
/// use hogshead_objects::testing::Bench;
///
/// let mut bench = Bench::new();
/// let counter = bench.spawn_apart(Tally::default());
/// let (first, second) = bench.turn(|cx| {
///     let once = cx.spawn(Single::of(counter))?.cast::<dyn Counter>();
///     Ok((once.send(cx).increment(5)?, once.send(cx).increment(5)?))
/// })?;
/// bench.run();
/// assert_eq!(bench.answer(first)?, 5);
/// assert_eq!(bench.answer(second).unwrap_err().class(), Class::Refused);
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[crate::interface]
pub trait Once {
    /// Passes the first message on; gives the promise of its answer.
    #[method(any)]
    fn pass(&mut self, cx: &mut Context<'_>, message: Message) -> Result<Promise<Value>>;
}

/// The stock once, `hogshead/once`. It is constructed from its target.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
#[serde(transparent)]
pub struct Single {
    target: Option<Cap>,
}

impl Single {
    /// A reference to `target` that takes one message.
    pub fn of<I: ?Sized>(target: Cap<I>) -> Self {
        Self { target: Some(target.cast()) }
    }

    fn construct(target: Value) -> Result<Self> {
        codec::from_value(target).map(Self::of::<crate::cap::Untyped>)
    }
}

#[crate::object(name = "once", version = 1, construct = Single::construct)]
impl Once for Single {
    fn pass(&mut self, cx: &mut Context<'_>, message: Message) -> Result<Promise<Value>> {
        match self.target.take() {
            Some(target) => cx.send(target, message),
            None => Err(Error::refused("this reference took one message, and that was sent")),
        }
    }
}

/// Gives something to whoever asks first, and to nobody after.
///
/// ```
/// use hogshead_objects::Class;
/// use hogshead_objects::stock::counter::Tally;
/// use hogshead_objects::stock::once::{Gift, Handout};
/// use hogshead_objects::testing::Bench;
///
/// let mut bench = Bench::new();
/// let counter = bench.spawn_apart(Tally::default());
/// let gift = bench.spawn_apart(Gift::of(counter));
/// let (alice, bob) = bench.turn(|cx| Ok((gift.send(cx).take()?, gift.send(cx).take()?)))?;
/// bench.run();
/// assert_eq!(bench.answer(alice)?, counter.into());
/// assert_eq!(bench.answer(bob).unwrap_err().class(), Class::Refused);
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[crate::interface]
pub trait Handout {
    /// What is given, the first time.
    fn take(&mut self, cx: &mut Context<'_>) -> Result<Value>;
}

/// The stock handout, `hogshead/handout`. It is constructed from what it gives.
#[derive(Serialize, Deserialize, Clone, Debug)]
#[serde(transparent)]
pub struct Gift {
    /// In a list, since whatever it is may be given, also nothing.
    what: Vec<Value>,
}

impl Gift {
    /// A handout of `what`.
    pub fn of(what: impl Into<Value>) -> Self {
        Self { what: vec![what.into()] }
    }
}

#[crate::object(name = "handout", version = 1, construct = |what| Ok(Gift::of(what)))]
impl Handout for Gift {
    fn take(&mut self, _cx: &mut Context<'_>) -> Result<Value> {
        self.what.pop().ok_or_else(|| Error::refused("somebody has taken it"))
    }
}

pub(super) fn register(registry: &mut Registry) -> Result<()> {
    registry.register::<Single>()?.register::<Gift>()?;
    Ok(())
}
