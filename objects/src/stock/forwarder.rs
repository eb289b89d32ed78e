//! A forwarder: one reference in front of another.

use serde::{Deserialize, Serialize};

use crate::cap::Cap;
use crate::codec;
use crate::context::Context;
use crate::error::Result;
use crate::message::Message;
use crate::promise::Promise;
use crate::value::Value;

/// Passes every message on to one target and answers as the target does.
///
/// It is a facet for what has none: a reference of another vat, or a promise, is narrowed, labelled
/// and revoked by way of a forwarder of one's own (Redell, "Naming and Protection in Extendable
/// Operating Systems", 1974; Miller, "Robust Composition", 2006, 9.3). Holders see the target's
/// methods. What is passed as an argument or given as an answer is passed and given as it is: what
/// the target hands out leads past the forwarder. Where that must not be, put a membrane there.
///
/// ```
/// use hogshead_objects::stock::counter::{Counter, Tally};
/// use hogshead_objects::stock::forwarder::Relay;
/// use hogshead_objects::testing::Bench;
///
/// let mut bench = Bench::new();
/// let counter = bench.spawn_apart(Tally::default());
/// let (typed, untyped) = bench.turn(|cx| {
///     let front = cx.spawn(Relay::to(counter))?.cast::<dyn Counter>();
///     let typed = front.send(cx).increment(2)?;
///     let by_three = hogshead_objects::Message::new("increment", [3_u64.into()]);
///     Ok((typed, cx.send(front, by_three)?))
/// })?;
/// bench.run();
/// assert_eq!(bench.answer(typed)?, 2);
/// assert_eq!(bench.answer(untyped)?, 5_u64.into());
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[crate::interface]
pub trait Forwarder {
    /// Passes a message on; gives the promise of the target's answer.
    #[method(any)]
    fn forward(&self, cx: &mut Context<'_>, message: Message) -> Result<Promise<Value>>;
}

/// The stock forwarder, `hogshead/forwarder`. It is constructed from its target.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
#[serde(transparent)]
pub struct Relay {
    target: Cap,
}

impl Relay {
    /// A forwarder to `target`.
    pub fn to<I: ?Sized>(target: Cap<I>) -> Self {
        Self { target: target.cast() }
    }

    fn construct(target: Value) -> Result<Self> {
        codec::from_value(target)
    }
}

#[crate::object(name = "forwarder", version = 1, construct = Relay::construct)]
impl Forwarder for Relay {
    fn forward(&self, cx: &mut Context<'_>, message: Message) -> Result<Promise<Value>> {
        cx.send(self.target, message)
    }
}
