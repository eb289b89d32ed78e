//! Swappable: a reference that stays while what is behind it is replaced.

use serde::{Deserialize, Serialize};

use crate::cap::Cap;
use crate::codec;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::message::Message;
use crate::object::Registry;
use crate::promise::{Promise, Resolver};
use crate::value::Value;

/// Has a front that passes all messages on to a target, and replaces the target.
///
/// The front is one reference for ever: its holders do not see that the target was replaced, and
/// cannot replace it. Messages to the front go to the target of the moment at which they arrive, in
/// their order. What was sent to the old target before [`swap`](Self::swap) is still on its way
/// there and may arrive later than what goes to the new one; where that matters,
/// [`swap_in_order`](Self::swap_in_order) holds back what comes until everything before it has
/// arrived.
///
/// What the target answers with is given as it is: references that it handed out lead to the old
/// one for ever.
///
/// ```
/// use hogshead_objects::stock::greeter::{Greeter, PoliteGreeter};
/// use hogshead_objects::stock::swappable::{Socket, Swappable};
/// use hogshead_objects::testing::Bench;
///
/// let mut bench = Bench::new();
/// let polite = bench.spawn_apart(PoliteGreeter::default());
/// let rude = bench.spawn_apart(PoliteGreeter::new("What do you want"));
/// let (before, after) = bench.turn(|cx| {
///     let socket = cx.spawn(Socket::with(polite))?;
///     let front = socket.near(cx).front()?.cast::<dyn Greeter>();
///     let before = front.send(cx).greet("Bob".into())?;
///     socket.tell(cx).swap(rude.cast())?;
///     Ok((before, front.send(cx).greet("Bob".into())?))
/// })?;
/// bench.run();
/// assert_eq!(bench.answer(before)?, "Hello, Bob!");
/// assert_eq!(bench.answer(after)?, "What do you want, Bob!");
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[crate::interface]
pub trait Swappable {
    /// What holders use: always the same reference.
    fn front(&mut self, cx: &mut Context<'_>) -> Result<Cap>;

    /// Replaces the target for all messages that come from now on.
    fn swap(&mut self, cx: &mut Context<'_>, to: Cap) -> Result<()>;

    /// The same, but what comes from now on waits until all that was sent before has arrived at the
    /// old target; then the promise is kept. If that one's vat cannot be reached all of it waits
    /// until it can, or until another [`swap`](Self::swap) sends what comes then elsewhere.
    fn swap_in_order(&mut self, cx: &mut Context<'_>, to: Cap) -> Result<Promise<()>>;

    /// A facet that can only swap.
    fn swapper(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Swappable>>;
}

/// What the front calls.
#[crate::interface]
pub trait Plugged {
    /// Sends a message to the target.
    fn pass_to_target(&self, cx: &mut Context<'_>, message: Vec<Value>) -> Result<Promise<Value>>;
}

/// The stock swappable, `hogshead/swappable`. It is constructed from its first target.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub struct Socket {
    target: Cap,
    /// Made when it is wanted first.
    front: Option<Cap>,
}

impl Socket {
    /// A swappable with `target` behind it.
    pub fn with<I: ?Sized>(target: Cap<I>) -> Self {
        Self { target: target.cast(), front: None }
    }

    fn construct(target: Value) -> Result<Self> {
        codec::from_value(target).map(Self::with::<crate::cap::Untyped>)
    }

    /// A message that led from the front to the front would go round for ever.
    fn check(&self, cx: &mut Context<'_>, to: Cap) -> Result<()> {
        match self.front {
            Some(front) if cx.same(front, to)? == Some(true) => {
                Err(Error::bad_call("this is the front itself, which cannot stand behind itself"))
            }
            _ => Ok(()),
        }
    }
}

#[crate::object(
    name = "swappable",
    version = 1,
    interfaces(Plugged),
    continuations,
    construct = Socket::construct
)]
impl Swappable for Socket {
    fn front(&mut self, cx: &mut Context<'_>) -> Result<Cap> {
        if let Some(front) = self.front {
            return Ok(front);
        }
        let socket = cx.this()?;
        let front = cx.spawn(Front { socket })?.cast();
        Ok(*self.front.insert(front))
    }

    fn swap(&mut self, cx: &mut Context<'_>, to: Cap) -> Result<()> {
        self.check(cx, to)?;
        self.target = to;
        Ok(())
    }

    fn swap_in_order(&mut self, cx: &mut Context<'_>, to: Cap) -> Result<Promise<()>> {
        self.check(cx, to)?;
        let (next, resolver) = cx.promise::<Cap>()?;
        let old = std::mem::replace(&mut self.target, next.cap());
        // A flush follows what was sent, and is answered where it arrives.
        cx.send(old, Message::flush())?.then(cx, Self::arrived, (resolver, to))
    }

    fn swapper(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Swappable>> {
        cx.facet(&["swap", "swap_in_order"], "swapper")
    }
}

impl Plugged for Socket {
    fn pass_to_target(&self, cx: &mut Context<'_>, message: Vec<Value>) -> Result<Promise<Value>> {
        cx.send(self.target, Message::apply(message))
    }
}

#[crate::continuations]
impl Socket {
    /// Nothing is on its way to the old target any more. If it is gone nothing ever will be.
    #[continuation]
    fn arrived(
        &mut self,
        cx: &mut Context<'_>,
        _flushed: Result<Value>,
        next: Resolver<Cap>,
        to: Cap,
    ) -> Result<()> {
        next.fulfill(cx, to)
    }
}

/// What stands in front of a swappable's target. It takes every message.
#[crate::interface]
pub trait SwappableFront {
    /// Passes a message on to the target of the moment.
    #[method(any)]
    fn pass(&self, cx: &mut Context<'_>, message: Message) -> Result<Promise<Value>>;
}

/// A swappable's front, `hogshead/swappable-front`. Swappables make them.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
#[serde(transparent)]
pub struct Front {
    socket: Cap<dyn Plugged>,
}

#[crate::object(name = "swappable-front", version = 1)]
impl SwappableFront for Front {
    fn pass(&self, cx: &mut Context<'_>, message: Message) -> Result<Promise<Value>> {
        self.socket.near(cx).pass_to_target(message.values)
    }
}

pub(super) fn register(registry: &mut Registry) -> Result<()> {
    registry.register::<Socket>()?.register::<Front>()?;
    Ok(())
}
