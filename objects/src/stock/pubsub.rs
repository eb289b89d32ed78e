//! Publishing: one says it, and everybody who subscribed hears it, each at its own pace.
//!
//! ```text
//!   (author) ──publish──▶ (publisher) ──▶ log: 5 6 7 8 9
//!                              │   each lane: where in the log, how much unanswered
//!                              ├──▶ (lane) ──notify──▶ (subscriber)   up to date
//!                              └──▶ (lane) ──notify──▶ (subscriber)   has 5, owes answers
//! ```

mod lane;
mod publisher;

use serde::{Deserialize, Serialize};

use crate::cap::Cap;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::object::Registry;
use crate::value::Value;

pub use publisher::{NewsPublisher, PublisherOptions};

/// Tells what is published to all subscribers.
///
/// What is published goes into one log, and every subscriber has a position in it. A subscriber is
/// sent as many [`Note`]s at once as it has credit for; each answer makes room for the next. So a
/// subscriber that is slow, or cannot be reached, has its notes wait in the log and slows nobody
/// else, and the vat sends it no more than its credit.
///
/// How far a subscriber may fall behind is limited; [`WhenBehind`] says what becomes of one that
/// does. A subscriber whose reference was revoked or whose session ended is removed, and so is one
/// that fails [`FAILURES_MAX`](crate::limits::FAILURES_MAX) times in a row. One that answers with
/// [`Class::Busy`](crate::Class::Busy) is sent the same again when the next value is published or
/// when it resumes.
///
/// **What is delivered.** Each subscriber gets its notes in the order in which they were published.
/// To objects of the same vat and to vats over durable sessions each note comes exactly once,
/// whatever crashes; with a plain peer the session's end ends the subscription, and what was on its
/// way comes once or not at all. It may subscribe again [`from`](SubscribeOptions::from) the position
/// after the last that it had, as far back as the publisher keeps its log. What a subscriber did not
/// get is never passed over in silence: [`Note::missed`].
///
/// A publisher lives on without holders while notes of it are unanswered.
///
/// ```
/// use hogshead_objects::stock::pubsub::{NewsPublisher, Note, Publisher, Subscriber};
/// use hogshead_objects::testing::Bench;
/// use hogshead_objects::{Context, Error, Result, Value};
/// use serde::{Deserialize, Serialize};
///
/// #[hogshead_objects::interface]
/// pub trait Reading {
///     fn read(&self, cx: &mut Context<'_>) -> Result<Vec<(u64, Value)>>;
/// }
///
/// #[derive(Serialize, Deserialize, Default)]
/// struct Reader(Vec<(u64, Value)>);
///
/// #[hogshead_objects::object(name = "reader", version = 1, interfaces(Subscriber))]
/// impl Reading for Reader {
///     fn read(&self, _cx: &mut Context<'_>) -> Result<Vec<(u64, Value)>> {
///         Ok(self.0.clone())
///     }
/// }
///
/// impl Subscriber for Reader {
///     fn notify(&mut self, _cx: &mut Context<'_>, note: Note) -> Result<()> {
///         self.0.push((note.position, note.value));
///         Ok(())
///     }
///
///     fn ended(&mut self, _cx: &mut Context<'_>, _why: Error) -> Result<()> {
///         Ok(())
///     }
/// }
///
/// let mut bench = Bench::new();
/// let news = bench.spawn_apart(NewsPublisher::default());
/// let reader = bench.spawn_apart(Reader::default());
/// bench.turn(|cx| news.tell(cx).publish(Value::from("before")))?;
/// let subscription = bench.turn(|cx| news.send(cx).subscribe(reader.cast(), None))?;
/// bench.turn(|cx| news.tell(cx).publish(Value::from("rain")))?;
/// bench.run();
/// let subscription = bench.answer(subscription)?;
/// bench.turn(|cx| subscription.tell(cx).cancel())?;
/// bench.run();
/// bench.turn(|cx| news.tell(cx).publish(Value::from("after")))?;
/// let read = bench.turn(|cx| reader.send(cx).read())?;
/// bench.run();
/// assert_eq!(bench.answer(read)?, [(1, Value::from("rain"))]);
/// # Ok::<(), Error>(())
/// ```
#[crate::interface]
pub trait Publisher {
    /// Publishes a value; gives its position. Positions are counted from zero. Refused with
    /// [`Class::Limit`](crate::Class::Limit) if the log could never hold it, and with
    /// [`Class::Busy`](crate::Class::Busy) if a subscriber that may is too far behind.
    fn publish(&mut self, cx: &mut Context<'_>, value: Value) -> Result<u64>;

    /// Has `subscriber` told of all that is published from now on, or as the options say.
    /// Refused with [`Class::Busy`](crate::Class::Busy) if there are as many as there may be.
    ///
    /// The subscription lasts whether or not anybody keeps what is given.
    fn subscribe(
        &mut self,
        cx: &mut Context<'_>,
        subscriber: Cap<dyn Subscriber>,
        options: Option<SubscribeOptions>,
    ) -> Result<Cap<dyn Subscription>>;

    /// What is in its log, and for how many.
    fn status(&self, cx: &mut Context<'_>) -> Result<PublisherStatus>;

    /// A new facet that can only `publish`.
    fn publish_only(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Publisher>>;

    /// A new facet that can only `subscribe`.
    fn subscribe_only(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Publisher>>;
}

/// Who is told.
#[crate::interface]
pub trait Subscriber {
    /// Something was published. The answer, whatever it is, is the credit for another note.
    fn notify(&mut self, cx: &mut Context<'_>, note: Note) -> Result<()>;

    /// There will be no more: the subscriber was too far behind, failed too often, or answered as
    /// one that is gone, with an error of the class revoked, severed or not found.
    fn ended(&mut self, cx: &mut Context<'_>, why: Error) -> Result<()>;
}

/// The right to end a subscription, and to hold it up.
#[crate::interface]
pub trait Subscription {
    /// Ends it; `false` if it had ended. Notes that are on their way arrive nevertheless.
    fn cancel(&mut self, cx: &mut Context<'_>) -> Result<bool>;

    /// Sends no more until `resume`. The subscriber falls behind as if it did not answer.
    fn pause(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// Goes on.
    fn resume(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// Where it is.
    fn status(&self, cx: &mut Context<'_>) -> Result<SubscriptionStatus>;
}

/// Something that was published.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct Note {
    /// Its position in the publisher's log.
    pub position: u64,
    /// How many positions before it were not and will not be delivered, since the subscriber was
    /// too far behind or too busy for them, and that no earlier note has told of.
    pub missed: u64,
    /// What was published.
    pub value: Value,
}

/// How somebody wants to be told.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Default, Debug)]
#[serde(default)]
pub struct SubscribeOptions {
    /// The position to begin at, which must have been published or be the next; nothing for the
    /// next. Positions that are not in the log any more are told as missed.
    pub from: Option<u64>,
    /// How many notes may be on their way at once, between 1 and
    /// [`CREDIT_MAX`](crate::limits::CREDIT_MAX).
    pub credit: Option<u64>,
    /// How many positions it may be behind; at most what the publisher allows.
    pub lag: Option<u64>,
    /// What becomes of it if it is further behind.
    pub behind: WhenBehind,
}

/// What becomes of a subscriber that is too far behind.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Default, Debug)]
#[serde(rename_all = "lowercase")]
pub enum WhenBehind {
    /// It is removed, and told so.
    #[default]
    Drop,
    /// The oldest that it did not get are left out, and the next note says how many.
    Skip,
    /// Nothing is published until it has caught up: publishing is refused with
    /// [`Class::Busy`](crate::Class::Busy). Only where the publisher was
    /// made to allow it, since such a subscriber holds up all.
    Refuse,
}

/// What a publisher has.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
pub struct PublisherStatus {
    /// The first position that is still in the log.
    pub first: u64,
    /// The position that the next value will have.
    pub next: u64,
    /// Bytes in the log.
    pub bytes: u64,
    /// Subscribers, those included whose end will be noticed with the next note.
    pub subscribers: u64,
}

/// Where a subscription is.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
pub struct SubscriptionStatus {
    /// The position of the next note that will be sent.
    pub position: u64,
    /// Notes that were sent and not answered.
    pub in_flight: u64,
    /// Notes that the subscriber answered with an error.
    pub failed: u64,
    /// Positions missed of which it has not been told.
    pub missed: u64,
    /// Whether it is paused.
    pub paused: bool,
    /// Why it has ended, if it has.
    pub ended: Option<Error>,
}

/// Adds the kinds of publishers and what they are made of.
pub(super) fn register(registry: &mut Registry) -> Result<()> {
    registry
        .register::<NewsPublisher>()?
        .register::<publisher::Subscribed>()?
        .register::<lane::NewsLane>()?;
    Ok(())
}
