//! `Promise` and `Resolver`: an answer to come, and the right to give it.

pub(crate) mod join;

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::cap::{Cap, Number, short_name};
use crate::codec;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::heap::Part;
use crate::interface::{Continues, Interface};
use crate::message::Message;
use crate::reference::Ref;
use crate::value::Value;

pub use join::Settled;

/// A reference to what is not known yet: the answer of a send, or what a [`Resolver`] will say.
///
/// It can be kept in an object's state, passed on, returned as an answer (whose caller then waits
/// for the same), given a continuation with [`then`](Promise::then) and, if it promises a
/// reference, be sent messages at once.
///
/// ```
/// use hogshead_objects::stock::maker::KindMaker;
/// use hogshead_objects::stock::{self, counter::Counter, maker::Maker};
/// use hogshead_objects::testing::Bench;
/// use hogshead_objects::{Cap, Promise, Value};
///
/// let mut bench = Bench::new();
/// stock::register(bench.registry())?;
/// let total = bench.turn(|cx| {
///     let maker = cx.spawn(KindMaker::default())?;
///     let counter = maker.send(cx).make("hogshead/counter".into(), Value::Undefined)?;
///     // The counter does not exist yet; the message waits for it.
///     counter.cast::<Cap<dyn Counter>>().send(cx).increment(5)
/// })?;
/// bench.run();
/// assert_eq!(bench.answer(total)?, 5);
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[must_use = "whoever does not want the answer should `tell` instead of `send`"]
pub struct Promise<T: ?Sized = Value> {
    reference: Ref,
    promised: PhantomData<fn() -> Box<T>>,
}

/// The right to settle a promise, once. Settling it again changes nothing.
///
/// It is a reference to an object with the methods `fulfill` and `break`: passing it on, also to
/// another vat, passes the right on.
///
/// ```
/// use hogshead_objects::Error;
/// use hogshead_objects::testing::Bench;
///
/// let mut bench = Bench::new();
/// let (kept, broken) = bench.turn(|cx| {
///     let (kept, resolver) = cx.promise::<u64>()?;
///     resolver.fulfill(cx, 7)?;
///     let (broken, resolver) = cx.promise::<u64>()?;
///     resolver.break_(cx, Error::refused("sold out"))?;
///     Ok((kept, broken))
/// })?;
/// bench.run();
/// assert_eq!(bench.answer(kept)?, 7);
/// assert_eq!(bench.answer(broken).unwrap_err().to_string(), "refused: sold out");
/// # Ok::<(), Error>(())
/// ```
pub struct Resolver<T: ?Sized = Value> {
    reference: Ref,
    promised: PhantomData<fn(Box<T>)>,
}

/// A method that goes on when a promise settles: what `#[continuations]` makes of each method
/// marked `#[continuation]`, under the method's name.
///
/// The method takes `&mut self`, the context, the outcome as a `Result` (a promise may break), and
/// then any number of captured values, which wait with it in the vat, also while the vat sleeps.
/// `O` is the object's type, `T` what is awaited, `C` what is captured (nothing: `()`, several: a
/// tuple) and `R` what the continuation returns.
///
/// ```
/// use hogshead_objects::stock::counter::{Counter, Tally};
/// use hogshead_objects::testing::Bench;
/// use hogshead_objects::{Cap, Context, Promise, Result};
/// use serde::{Deserialize, Serialize};
///
/// #[hogshead_objects::interface]
/// pub trait Shop {
///     fn order(&mut self, cx: &mut Context<'_>, item: String) -> Result<Promise<String>>;
/// }
///
/// #[derive(Serialize, Deserialize)]
/// struct Grocer {
///     orders: Cap<dyn Counter>,
/// }
///
/// #[hogshead_objects::object(name = "grocer", version = 1, continuations)]
/// impl Shop for Grocer {
///     fn order(&mut self, cx: &mut Context<'_>, item: String) -> Result<Promise<String>> {
///         let number = self.orders.send(cx).increment(1)?;
///         number.then(cx, Self::on_number, item)
///     }
/// }
///
/// #[hogshead_objects::continuations]
/// impl Grocer {
///     #[continuation]
///     fn on_number(
///         &mut self,
///         cx: &mut Context<'_>,
///         number: Result<u64>,
///         item: String,
///     ) -> Result<String> {
///         Ok(format!("order {}: {item}", number?))
///     }
/// }
///
/// let mut bench = Bench::new();
/// let receipt = bench.turn(|cx| {
///     let orders = cx.spawn(Tally::default())?;
///     cx.spawn(Grocer { orders })?.send(cx).order("tea".into())
/// })?;
/// bench.run();
/// assert_eq!(bench.answer(receipt)?, "order 1: tea");
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
///
/// The object's kind must know them: `#[object(…, continuations)]`. Waiting deliveries know a
/// continuation by its name, so a renamed one says `#[continuation(name = "its_old_name")]`.
pub struct Continuation<O: ?Sized, T, C, R> {
    name: &'static str,
    signature: PhantomData<fn(&O, T, C) -> R>,
}

impl<T: ?Sized> Promise<T> {
    /// The reference without its type.
    pub fn untyped(&self) -> Ref {
        self.reference
    }

    /// The same promise, expected to be kept with something else. Nothing is checked here; what
    /// does not fit is an error when it is read.
    pub fn cast<U: ?Sized>(&self) -> Promise<U> {
        Promise::from_ref(self.reference)
    }

    pub(crate) fn from_ref(reference: Ref) -> Self {
        Self { reference, promised: PhantomData }
    }
}

impl<T> Promise<T> {
    /// The promise of a field of the struct that is promised.
    ///
    /// Nothing is waited for: if a peer makes the struct, it is asked for the field alone, and to a
    /// reference in it messages can be sent before any of it is known. With [`item`](Self::item)
    /// and [`untagged`](Self::untagged) this leads into data of any depth. What has no such part
    /// breaks the promise with [`Class::BadCall`](crate::Class::BadCall).
    ///
    /// ```
    /// use hogshead_objects::stock::cell::{Cell, ValueCell};
    /// use hogshead_objects::stock::counter::{Counter, Tally};
    /// use hogshead_objects::testing::Bench;
    /// use hogshead_objects::{Cap, Value};
    ///
    /// let mut bench = Bench::new();
    /// let (total, none) = bench.turn(|cx| {
    ///     let counter = cx.spawn(Tally::default())?;
    ///     let counters = Value::list([Value::Null, counter.into()]);
    ///     let shop = cx.spawn(ValueCell::new(Value::structure([("counters", counters)])))?;
    ///     let counters = shop.send(cx).get()?.field::<Vec<Value>>(cx, "counters")?;
    ///     let second = counters.item::<Cap<dyn Counter>>(cx, 1)?;
    ///     Ok((second.send(cx).increment(5)?, counters.item::<Value>(cx, 2)?))
    /// })?;
    /// bench.run();
    /// assert_eq!(bench.answer(total)?, 5);
    /// assert!(bench.answer(none).unwrap_err().message().contains("2 items"));
    /// # Ok::<(), hogshead_objects::Error>(())
    /// ```
    pub fn field<U>(&self, cx: &mut Context<'_>, name: &str) -> Result<Promise<U>> {
        self.part(cx, Part::Field(name.to_owned()))
    }

    /// The promise of an item of the list that is promised, counted from zero: see
    /// [`field`](Self::field).
    pub fn item<U>(&self, cx: &mut Context<'_>, index: u64) -> Result<Promise<U>> {
        self.part(cx, Part::Item(index))
    }

    /// The promise of what is tagged with `tag`: see [`field`](Self::field).
    pub fn untagged<U>(&self, cx: &mut Context<'_>, tag: &str) -> Result<Promise<U>> {
        self.part(cx, Part::Untagged(tag.to_owned()))
    }

    fn part<U>(&self, cx: &mut Context<'_>, part: Part) -> Result<Promise<U>> {
        let promise = cx.turn().part(self.reference, part)?;
        Ok(Promise::from_ref(Ref::Promise(promise)))
    }

    /// Goes on in `continuation`, with `captured`, when the promise settles; gives the promise of
    /// what the continuation returns. It goes on also if nobody holds that any more.
    ///
    /// Only a method of the object that has the continuation can ask for it.
    pub fn then<O: Continues, C: Serialize, R>(
        &self,
        cx: &mut Context<'_>,
        continuation: Continuation<O, T, C, R>,
        captured: C,
    ) -> Result<Promise<R>> {
        let captured = codec::to_value(&captured)?;
        let promise = cx.turn().then(self.reference, continuation.name, captured)?;
        Ok(Promise::from_ref(Ref::Promise(promise)))
    }

    /// Goes on in `continuation` as [`then`](Promise::then) does, as long as somebody holds the
    /// promise that it gives: when nobody does any more, the continuation is let go together with
    /// what it captured and its hold on its object and on this promise.
    ///
    /// For who waits on behalf of others, such as the [combinators](Promise::all): what they hold
    /// is let go with whoever waits for them.
    pub fn then_while_wanted<O: Continues, C: Serialize, R>(
        &self,
        cx: &mut Context<'_>,
        continuation: Continuation<O, T, C, R>,
        captured: C,
    ) -> Result<Promise<R>> {
        let captured = codec::to_value(&captured)?;
        let turn = cx.turn();
        let promise = turn.then_while_wanted(self.reference, continuation.name, captured)?;
        Ok(Promise::from_ref(Ref::Promise(promise)))
    }
}

impl<I: ?Sized> Promise<Cap<I>> {
    /// Sends to what is promised, before it is known.
    pub fn send<'a>(&self, cx: &'a mut Context<'_>) -> I::Sending<'a>
    where
        I: Interface,
    {
        I::sending(cx.turn(), self.reference)
    }

    /// Sends to what is promised, before it is known, wanting no answer.
    pub fn tell<'a>(&self, cx: &'a mut Context<'_>) -> I::Telling<'a>
    where
        I: Interface,
    {
        I::telling(cx.turn(), self.reference)
    }

    /// A promise of why the session ended that the promised reference came over: see
    /// [`Cap::on_sever`].
    pub fn on_sever(&self, cx: &mut Context<'_>) -> Result<Promise<Error>> {
        cx.on_sever(self)
    }

    /// The promise as a reference to what is promised, for whoever wants a [`Cap`]. It can be sent
    /// to; near calls need the object itself.
    pub fn cap(&self) -> Cap<I> {
        Cap::from(self.reference)
    }
}

impl<T> Resolver<T> {
    /// Keeps the promise: whoever waits gets `value`.
    pub fn fulfill(&self, cx: &mut Context<'_>, value: T) -> Result<()>
    where
        T: Serialize,
    {
        self.say(cx, "fulfill", codec::to_value(&value)?)
    }

    /// Lets another promise decide: whoever waits gets what that one gives.
    pub fn follow(&self, cx: &mut Context<'_>, promise: Promise<T>) -> Result<()> {
        self.say(cx, "fulfill", Value::Ref(promise.reference))
    }

    /// Breaks the promise: whoever waits gets `error`.
    pub fn break_(&self, cx: &mut Context<'_>, error: Error) -> Result<()> {
        self.say(cx, "break", error.into_reason())
    }

    /// Breaks the promise with any data: whoever waits gets the error that
    /// [`Error::from_reason`] makes of it, and peers get the data itself.
    pub fn break_with(&self, cx: &mut Context<'_>, reason: impl Serialize) -> Result<()> {
        self.break_(cx, Error::from_reason(codec::to_value(&reason)?))
    }

    fn say(&self, cx: &mut Context<'_>, method: &'static str, value: Value) -> Result<()> {
        cx.turn().tell(self.reference, Message::new(method, [value]))
    }
}

impl<T: ?Sized> Resolver<T> {
    /// The reference without its type.
    pub fn untyped(&self) -> Ref {
        self.reference
    }

    /// Whether anybody waits: somebody holds the promise, and it is not settled.
    ///
    /// Who hands things out asks before giving one to a waiter that may have gone. A waiter in
    /// another vat has gone when its vat said so or its session ended; until then it counts. Of a
    /// promise that another vat made nothing is known, and the answer is yes.
    pub fn is_wanted(&self, cx: &mut Context<'_>) -> Result<bool> {
        cx.turn().is_wanted(self.reference)
    }

    pub(crate) fn from_ref(reference: Ref) -> Self {
        Self { reference, promised: PhantomData }
    }
}

impl<O: ?Sized, T, C, R> Continuation<O, T, C, R> {
    /// The name under which waiting deliveries know it.
    pub fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) const fn new(name: &'static str) -> Self {
        Self { name, signature: PhantomData }
    }
}

macro_rules! reference_type {
    ($name:ident) => {
        impl<T: ?Sized> From<$name<T>> for Ref {
            fn from(typed: $name<T>) -> Self {
                typed.reference
            }
        }

        impl<T: ?Sized> From<&$name<T>> for Ref {
            fn from(typed: &$name<T>) -> Self {
                typed.reference
            }
        }

        impl<T: ?Sized> From<$name<T>> for Value {
            fn from(typed: $name<T>) -> Self {
                Self::Ref(typed.reference)
            }
        }

        impl<T: ?Sized> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T: ?Sized> Copy for $name<T> {}

        /// Equal if they are the same reference.
        impl<T: ?Sized> PartialEq for $name<T> {
            fn eq(&self, other: &Self) -> bool {
                self.reference == other.reference
            }
        }

        impl<T: ?Sized> Eq for $name<T> {}

        /// The type and the vat's own number for the reference, which nobody can use.
        impl<T: ?Sized> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let name = stringify!($name);
                write!(f, "{name}<{}>({})", short_name::<T>(), Number(self.reference))
            }
        }

        impl<T: ?Sized> Serialize for $name<T> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                codec::serialize_ref(self.reference, serializer)
            }
        }

        impl<'de, T: ?Sized> Deserialize<'de> for $name<T> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                codec::deserialize_ref(deserializer).map(Self::from_ref)
            }
        }
    };
}

reference_type!(Promise);
reference_type!(Resolver);

impl<O: ?Sized, T, C, R> Clone for Continuation<O, T, C, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O: ?Sized, T, C, R> Copy for Continuation<O, T, C, R> {}

impl<O: ?Sized, T, C, R> fmt::Debug for Continuation<O, T, C, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Continuation({})", self.name)
    }
}
