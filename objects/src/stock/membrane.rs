//! A membrane: a wall between two groups of objects, through which references pass only as proxies.
//!
//! ```text
//!      inside                    │ membrane │                   outside
//!                                │          │
//!   (Carol) ◀────────────────────┼─(proxy)◀─┼───────────────── (Bob)
//!                                │          │                  sends f(Dave), is given Erin's proxy
//!   (Carol) ──(proxy of Dave)◀───┼──────────┼──▶ (Dave)
//! ```

mod crossing;
mod proxy;

use serde::{Deserialize, Serialize};

use crate::cap::Cap;
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::object::Registry;

pub use crossing::Partition;
pub use proxy::{MembraneProxy, StandIn};

/// Two sides, and what passes between them is wrapped.
///
/// What is passed through, in either direction and at any depth (in arguments, in answers, in what
/// promises come to, in what resolvers are told), arrives as data with every reference in it
/// replaced by a proxy on this side for the object on that side. Using a proxy passes the message
/// through in turn. [`cut`](Self::cut) ends all of it at once: from the same turn on no message and
/// no answer passes, whatever either side still holds, and promises that were passed and are still
/// pending break with [`Class::Revoked`]. So a whole group of objects can be lent out and taken
/// back, also what nobody thought of when it was lent.
///
/// - **Identity**: one object is one proxy, and a proxy that is passed back is the object itself.
///   The same holds of promises as long as they are pending.
/// - **Messages to promises** wait here until the promise is settled, so that none of them gets past
///   a cut. A message that was passed before the cut is not called back.
/// - **Sturdyrefs** do not pass: whoever reads one needs no membrane any more. A message or answer
///   with one in it is refused with [`Class::Denied`]. What is written as plain text or bytes is
///   data and passes: a membrane confines references, not what somebody has learnt.
/// - **Errors** pass as they are. They never have references in them.
/// - A membrane keeps what has passed until it is cut, at most
///   [`MEMBRANE_PROXIES_MAX`](crate::limits::MEMBRANE_PROXIES_MAX) objects, and at most
///   [`MEMBRANE_PENDING_MAX`](crate::limits::MEMBRANE_PENDING_MAX) promises wait at it. What goes
///   beyond is refused with [`Class::Limit`]. Make one for each purpose, and cut it.
///
/// The membrane itself belongs to whoever lends: who has it has both sides. Hand out proxies and,
/// to whoever may end it, the [`switch`](Self::switch).
///
/// Source: Miller, "Robust Composition", 2006, chapter 9; Van Cutsem and Miller, "Trustworthy
/// Proxies", 2013.
///
/// ```
/// use hogshead_objects::stock::cell::{Cell, ValueCell};
/// use hogshead_objects::stock::counter::{Counter, Tally};
/// use hogshead_objects::stock::membrane::{Membrane, Partition};
/// use hogshead_objects::testing::Bench;
/// use hogshead_objects::{Cap, Class, Value};
///
/// let mut bench = Bench::new();
/// let counter = bench.spawn_apart(Tally::default());
/// let drawer = bench.spawn_apart(ValueCell::new(counter.into()));
/// let membrane = bench.spawn_apart(Partition::default());
/// let lent = bench.turn(|cx| membrane.send(cx).outward(drawer.cast()))?;
/// bench.run();
/// let lent: Cap<dyn Cell> = bench.answer(lent)?.cast();
///
/// // What the drawer hands out is wrapped like the drawer.
/// let found = bench.turn(|cx| lent.send(cx).get())?;
/// bench.run();
/// let found: Cap<dyn Counter> = bench.answer(found.cast())?;
/// assert_ne!(found, counter);
/// let count = bench.turn(|cx| found.send(cx).increment(3))?;
/// bench.run();
/// assert_eq!(bench.answer(count)?, 3);
///
/// // Put back, it is the counter itself.
/// bench.turn(|cx| lent.tell(cx).set(found.into()))?;
/// bench.run();
/// assert_eq!(bench.look(drawer, |cell: &ValueCell| cell.clone().into_inner()), Some(counter.into()));
///
/// // One switch ends all of it.
/// let refused = bench.turn(|cx| {
///     membrane.tell(cx).cut()?;
///     found.send(cx).increment(1)
/// })?;
/// bench.run();
/// assert_eq!(bench.answer(refused).unwrap_err().class(), Class::Revoked);
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[crate::interface]
pub trait Membrane {
    /// Passes a reference from inside to outside: the proxy that stands for it there, or the object
    /// of the outside that it is a proxy of.
    fn outward(&mut self, cx: &mut Context<'_>, inside: Cap) -> Result<Cap>;

    /// Passes a reference from outside to inside.
    fn inward(&mut self, cx: &mut Context<'_>, outside: Cap) -> Result<Cap>;

    /// Cuts the membrane, for ever. Whatever was passed is let go. Gives the number of pending
    /// promises that broke; if there was no room to tell all of those who wait (the vat is over its
    /// quota), a further call tells the rest.
    fn cut(&mut self, cx: &mut Context<'_>) -> Result<u64>;

    /// A facet that can only [`cut`](Self::cut) and ask for the [`state`](Self::state).
    fn switch(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Membrane>>;

    /// What has passed.
    fn state(&self, cx: &mut Context<'_>) -> Result<Crossings>;
}

/// What has passed a membrane.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Crossings {
    /// Whether it is cut.
    pub cut: bool,
    /// Objects that have a proxy on the other side.
    pub proxies: u64,
    /// Promises that were passed and are pending.
    pub pending: u64,
}

/// A side of a membrane.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The side whose objects are lent.
    Inside,
    /// The side that they are lent to.
    Outside,
}

impl Side {
    fn other(self) -> Self {
        match self {
            Self::Inside => Self::Outside,
            Self::Outside => Self::Inside,
        }
    }
}

fn cut_off() -> Error {
    Error::new(Class::Revoked, "the membrane was cut")
}

#[crate::object(
    name = "membrane",
    version = 1,
    interfaces(crossing::Passage),
    continuations,
    construct = Partition::construct
)]
impl Membrane for Partition {
    fn outward(&mut self, cx: &mut Context<'_>, inside: Cap) -> Result<Cap> {
        self.pass_cap(cx, Side::Inside, inside)
    }

    fn inward(&mut self, cx: &mut Context<'_>, outside: Cap) -> Result<Cap> {
        self.pass_cap(cx, Side::Outside, outside)
    }

    fn cut(&mut self, cx: &mut Context<'_>) -> Result<u64> {
        Ok(self.cut_all(cx))
    }

    fn switch(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Membrane>> {
        cx.facet(&["cut", "state"], "switch")
    }

    fn state(&self, _cx: &mut Context<'_>) -> Result<Crossings> {
        Ok(self.crossings())
    }
}

pub(super) fn register(registry: &mut Registry) -> Result<()> {
    registry.register::<Partition>()?.register::<StandIn>()?;
    Ok(())
}
