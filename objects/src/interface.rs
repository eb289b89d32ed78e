//! Interfaces: what the `#[interface]` and `#[object]` macros implement, and calls from outside.

use std::any::Any;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use serde::de::DeserializeOwned;

use crate::context::{Context, Turn};
use crate::error::{Error, Result};
use crate::message::Message;
use crate::object::{MethodInfo, Typed};
use crate::reference::Ref;
use crate::value::Value;

/// A trait that objects implement and callers see: `dyn Counter`, by the `#[interface]` macro.
///
/// ```
/// use hogshead_objects::{Context, Interface, Result};
///
/// #[hogshead_objects::interface]
/// pub trait Counter {
///     /// Adds `by` and gives the new count.
///     fn increment(&mut self, cx: &mut Context<'_>, by: u64) -> Result<u64>;
///
///     #[method(name = "current-count")]
///     fn read(&self, cx: &mut Context<'_>) -> Result<u64>;
/// }
///
/// assert_eq!(<dyn Counter as Interface>::NAME, "Counter");
/// let [increment, read] = <dyn Counter as Interface>::METHODS else { panic!("two methods") };
/// assert_eq!((increment.name, increment.mutates), ("increment", true));
/// assert_eq!((read.name, read.mutates), ("current-count", false));
/// assert_eq!(increment.params, &[("by", "u64")]);
/// ```
///
/// A method takes `&self` or `&mut self` (only the latter makes the vat write the object), then
/// `cx: &mut Context<'_>`, then its arguments, and returns a `Result`. Arguments and results are
/// anything that `serde` can carry, with [`Cap`](crate::Cap)s and [`Promise`](crate::Promise)s
/// inside; whoever calls a method that returns a `Promise` by a send waits for what it promises.
///
/// On the wire a method is a leading symbol, spelled as in Rust unless `#[method(name = "…")]`
/// says otherwise. The method marked `#[method(apply)]` gets all values of a message whose first
/// is not the name of another method. The one marked `#[method(any)]` instead gets such a message
/// whole: `fn receive(&mut self, cx: &mut Context<'_>, message: Message) -> Result<Value>`. To a
/// facet that grants some methods only it has no name of its own: the facet grants the names that
/// messages bear, any that one likes to give it (the empty one for messages without a name). An
/// object has one of the two at the most. A last parameter marked `#[rest]`, a `Vec`, takes all
/// arguments that are left. A crate that renames its dependency on Hogshead says
/// `#[interface(crate = "its_name")]`.
///
/// The macro gives four clients, whose methods are those of the trait without `cx`:
///
/// | expression | runs | gives |
/// | --- | --- | --- |
/// | `cap.near(cx).increment(5)?` | now, within the turn | `u64` |
/// | `cap.send(cx).increment(5)?` | after the turn | `Promise<u64>` |
/// | `cap.tell(cx).increment(5)?` | after the turn | nothing |
/// | `handle.ask().increment(5).await?` | from outside a vat | `u64` |
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an interface",
    label = "not an interface",
    note = "put `#[hogshead::interface]` on the trait, and write `dyn` before its name in types"
)]
pub trait Interface: 'static {
    /// The trait's name.
    const NAME: &'static str;

    /// The methods, in the order of the trait.
    const METHODS: &'static [MethodInfo];

    /// The client behind [`Cap::near`](crate::Cap::near).
    type Near<'a>;

    /// The client behind [`Cap::send`](crate::Cap::send).
    type Sending<'a>;

    /// The client behind [`Cap::tell`](crate::Cap::tell).
    type Telling<'a>;

    /// The client for calls from outside a vat.
    type Asking<'a>;

    /// A near call: arguments on the way in, the answer on the way out.
    type Call: Any;

    /// The client that calls `target` near.
    fn near<'a>(turn: &'a mut dyn Turn, target: Ref) -> Self::Near<'a>;

    /// The client that sends to `target`.
    fn sending<'a>(turn: &'a mut dyn Turn, target: Ref) -> Self::Sending<'a>;

    /// The client that sends to `target` without an answer.
    fn telling<'a>(turn: &'a mut dyn Turn, target: Ref) -> Self::Telling<'a>;

    /// The client that asks from outside.
    fn asking<'a>(ask: &'a dyn Ask) -> Self::Asking<'a>;

    /// Runs the method at `method` in [`METHODS`](Self::METHODS) with a message's arguments.
    fn dispatch(&mut self, cx: &mut Context<'_>, method: usize, message: Message) -> Result<Value>;

    /// Runs a near call.
    fn run(&mut self, cx: &mut Context<'_>, call: &mut Self::Call) -> Result<()>;
}

/// Says that objects of this type have the interface `I`. The `#[object]` macro implements it for
/// the impl that it stands on, and for each of `interfaces(…)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not offer the interface `{I}`",
    note = "list it at the object: `#[hogshead::object(name = \"…\", interfaces(…))]`"
)]
pub trait Implements<I: Interface + ?Sized>: Typed {}

/// A type whose main interface is known: the one whose impl has the `#[object]` macro.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an object",
    note = "put `#[hogshead::object(name = \"…\", version = 1)]` on the impl of its main interface"
)]
pub trait Primary: Typed + Implements<Self::Face> {
    /// The main interface, as `dyn Trait`.
    type Face: Interface + ?Sized;
}

/// A type with continuations. The `#[continuations]` macro implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no continuations",
    note = "`#[object(…, continuations)]` asks for an impl of the type under \
            `#[hogshead::continuations]`"
)]
pub trait Continues: Typed {
    /// Their names.
    const NAMES: &'static [&'static str];

    /// Runs one of them.
    fn resume(
        &mut self,
        cx: &mut Context<'_>,
        name: &str,
        captured: Value,
        settled: Result<Value>,
    ) -> Result<Value>;
}

/// Where calls from outside a vat go: the host's handles implement it.
pub trait Ask: Send + Sync {
    /// Sends the message and waits for its answer. The future holds nothing of `self`.
    fn ask(&self, message: Message) -> Asked;
}

/// The answer of an [`Ask`], on its way.
pub type Asked = Pin<Box<dyn Future<Output = Result<Value>> + Send + 'static>>;

/// The answer to a typed call from outside, to be awaited.
#[must_use = "an answer is read by awaiting it"]
pub struct Answer<T> {
    state: AnswerState,
    answer: PhantomData<fn() -> T>,
}

enum AnswerState {
    /// The arguments could not be encoded.
    Failed(Option<Error>),
    Waiting(Asked),
}

impl<T> Answer<T> {
    /// Asks, if the message could be built. What the macros' clients do.
    pub fn ask(ask: &dyn Ask, message: Result<Message>) -> Self {
        let state = match message {
            Ok(message) => AnswerState::Waiting(ask.ask(message)),
            Err(error) => AnswerState::Failed(Some(error)),
        };
        Self { state, answer: PhantomData }
    }
}

impl<T: DeserializeOwned + 'static> Future for Answer<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, task: &mut TaskContext<'_>) -> Poll<Result<T>> {
        match &mut self.state {
            AnswerState::Failed(error) => Poll::Ready(Err(error.take().unwrap_or_else(|| {
                Error::bad_call("an answer was polled again after it had been given")
            }))),
            AnswerState::Waiting(asked) => asked
                .as_mut()
                .poll(task)
                .map(|answer| answer.and_then(|value| crate::__private::read(value, "the answer"))),
        }
    }
}

impl<T> fmt::Debug for Answer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Answer<{}>", crate::cap::short_name::<T>())
    }
}
