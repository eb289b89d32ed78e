//! Lazy: a reference to what is made, or found again, when somebody uses it.

use serde::{Deserialize, Serialize};

use super::enliven::Enliven;
use crate::cap::Cap;
use crate::codec;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::locator::SturdyRef;
use crate::message::Message;
use crate::promise::Promise;
use crate::value::{Symbol, Value};

/// Asks for its target with the first message, and passes every message on to it.
///
/// Messages that come before the target is there wait for it, in order. There are two ways to it:
///
/// - **made**: a maker is asked once, whatever comes of it. If it fails, every message gets its
///   error: nothing is ever made twice, also if nobody knows whether it was made.
/// - **enlivened**: a sturdyref is made a reference of. Doing that twice does no harm, so after a
///   failure the next message tries again, and so does the first message after the session with
///   the target has ended.
///
/// ```
/// use hogshead_objects::stock::cell::{Cell, ValueCell};
/// use hogshead_objects::stock::counter::{Counter, Tally};
/// use hogshead_objects::stock::lazy::Deferred;
/// use hogshead_objects::stock::once::{Gift, Handout};
/// use hogshead_objects::testing::Bench;
/// use hogshead_objects::{Message, Value};
///
/// let mut bench = Bench::new();
/// let counter = bench.spawn_apart(Tally::default());
/// let maker = bench.spawn_apart(Gift::of(counter));
/// let lazy = bench.spawn_apart(Deferred::made_by(maker, "take", [])).cast::<dyn Counter>();
///
/// // Both messages wait for one counter. A second one could not be had.
/// let (one, three) = bench.turn(|cx| {
///     Ok((lazy.send(cx).increment(1)?, lazy.send(cx).increment(2)?))
/// })?;
/// bench.run();
/// assert_eq!((bench.answer(one)?, bench.answer(three)?), (1, 3));
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[crate::interface]
pub trait Lazy {
    /// Passes a message on to the target; gives the promise of its answer.
    #[method(any)]
    fn pass(&mut self, cx: &mut Context<'_>, message: Message) -> Result<Promise<Value>>;
}

/// The stock lazy, `hogshead/lazy`. It is constructed from a struct: `{maker, method, args}`, of
/// which the arguments may be left out, or `{enlivener, sturdyref}`.
#[derive(Serialize, Deserialize, Debug)]
pub struct Deferred {
    how: How,
    /// Once there was a message: the target, or the promise of it.
    target: Option<Cap>,
}

#[derive(Serialize, Deserialize, Debug)]
enum How {
    Make {
        maker: Cap,
        message: Vec<Value>,
    },
    /// The maker was asked, and is let go.
    Asked,
    Enliven {
        enlivener: Cap<dyn Enliven>,
        sturdyref: SturdyRef,
    },
}

impl Deferred {
    /// What `maker` answers to `method` with `args`.
    pub fn made_by<I: ?Sized>(
        maker: Cap<I>,
        method: impl Into<Symbol>,
        args: impl IntoIterator<Item = Value>,
    ) -> Self {
        let message = Message::new(method, args).values;
        Self { how: How::Make { maker: maker.cast(), message }, target: None }
    }

    /// What a sturdyref leads to.
    pub fn enlivened(enlivener: Cap<dyn Enliven>, sturdyref: SturdyRef) -> Self {
        Self { how: How::Enliven { enlivener, sturdyref }, target: None }
    }

    fn construct(init: Value) -> Result<Self> {
        #[derive(Deserialize)]
        struct Made {
            maker: Cap,
            method: String,
            #[serde(default)]
            args: Vec<Value>,
        }
        #[derive(Deserialize)]
        struct Enlivened {
            enlivener: Cap<dyn Enliven>,
            sturdyref: SturdyRef,
        }
        if init.field("sturdyref").is_some() {
            let Enlivened { enlivener, sturdyref } = codec::from_value(init)?;
            return Ok(Self::enlivened(enlivener, sturdyref));
        }
        let Made { maker, method, args } = codec::from_value(init)?;
        Ok(Self::made_by(maker, method, args))
    }

    /// Asks for the target; gives the promise of it.
    fn ask(&mut self, cx: &mut Context<'_>) -> Result<Cap> {
        let how = std::mem::replace(&mut self.how, How::Asked);
        let promise: Promise<Cap> = match how {
            How::Make { maker, message } => cx.send(maker, Message::apply(message))?.cast(),
            How::Asked => return Err(Error::internal("a lazy has been asked for and has nothing")),
            How::Enliven { enlivener, sturdyref } => {
                let promise = enlivener.send(cx).enliven(sturdyref.clone())?.cast();
                self.how = How::Enliven { enlivener, sturdyref };
                let _ = promise.then(cx, Self::enlivened_is, ())?;
                promise
            }
        };
        Ok(*self.target.insert(promise.cap()))
    }
}

#[crate::object(name = "lazy", version = 1, continuations, construct = Deferred::construct)]
impl Lazy for Deferred {
    fn pass(&mut self, cx: &mut Context<'_>, message: Message) -> Result<Promise<Value>> {
        let target = match self.target {
            Some(target) => target,
            None => self.ask(cx)?,
        };
        cx.send(target, message)
    }
}

#[crate::continuations]
impl Deferred {
    /// Whoever waited gets the error, and the next message tries again.
    #[continuation]
    fn enlivened_is(&mut self, cx: &mut Context<'_>, live: Result<Cap>) -> Result<()> {
        self.target = live.ok();
        if let Some(target) = &self.target {
            let _ = target.on_sever(cx)?.then(cx, Self::severed, ())?;
        }
        Ok(())
    }

    #[continuation]
    fn severed(&mut self, _cx: &mut Context<'_>, _why: Result<Error>) -> Result<()> {
        self.target = None;
        Ok(())
    }
}
