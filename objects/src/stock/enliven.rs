//! The capability to enliven sturdyrefs: to make references of them again.

use crate::context::Context;
use crate::error::Result;
use crate::locator::SturdyRef;
use crate::value::Value;

/// Makes a reference of a sturdyref, whatever its transport: the host finds or dials the peer and
/// fetches the object.
///
/// A sturdyref is data, and having one opens no connection: an object reaches out only with this
/// capability, which is a device that the host serves in any vat and that the vat's owner hands to
/// whom it trusts with it. It has no kind of its own; `Cap<dyn Enliven>` is all that an object
/// sees of it.
///
/// The answer is the reference, to which messages may be sent before it has come. It breaks with
/// [`Class::Severed`](crate::Class::Severed) if the peer cannot be reached,
/// [`Class::NotFound`](crate::Class::NotFound) if it has no such object, and
/// [`Class::BadCall`](crate::Class::BadCall) for a locator that this host cannot read or dial.
///
/// ```
/// use hogshead_objects::locator::SturdyRef;
/// use hogshead_objects::stock::enliven::Enliven;
/// use hogshead_objects::stock::greeter::{Greeter, PoliteGreeter};
/// use hogshead_objects::testing::Bench;
/// use hogshead_objects::{Cap, Context, Promise, Result, Value};
/// use serde::{Deserialize, Serialize};
///
/// #[hogshead_objects::interface]
/// pub trait Visitor {
///     fn visit(&mut self, cx: &mut Context<'_>, host: SturdyRef) -> Result<Promise<String>>;
/// }
///
/// #[derive(Serialize, Deserialize)]
/// struct Traveller {
///     enlivener: Cap<dyn Enliven>,
/// }
///
/// #[hogshead_objects::object(name = "traveller", version = 1)]
/// impl Visitor for Traveller {
///     fn visit(&mut self, cx: &mut Context<'_>, host: SturdyRef) -> Result<Promise<String>> {
///         let live = self.enlivener.send(cx).enliven(host)?;
///         // Nobody has been reached yet, and the message is on its way.
///         live.cast::<Cap<dyn Greeter>>().send(cx).greet("Alice".into())
///     }
/// }
///
/// /// Stands in for the host's device: it knows one object.
/// #[derive(Serialize, Deserialize)]
/// struct Neighbourhood {
///     greeter: Cap<dyn Greeter>,
/// }
///
/// #[hogshead_objects::object(name = "neighbourhood", version = 1)]
/// impl Enliven for Neighbourhood {
///     fn enliven(&mut self, _cx: &mut Context<'_>, _sturdy: SturdyRef) -> Result<Value> {
///         Ok(self.greeter.into())
///     }
/// }
///
/// let mut bench = Bench::new();
/// let greeter = bench.spawn_apart(PoliteGreeter::default());
/// let enlivener = bench.spawn_apart(Neighbourhood { greeter });
/// let traveller = bench.spawn_apart(Traveller { enlivener });
/// let host: SturdyRef = "ocapn://peer.tcp-testing-only/s/a-greeter-of-mine?host=127.0.0.1&port=22046"
///     .parse()?;
/// let greeting = bench.turn(|cx| traveller.send(cx).visit(host))?;
/// bench.run();
/// assert_eq!(bench.answer(greeting)?, "Hello, Alice!");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[crate::interface]
pub trait Enliven {
    /// The object that `sturdy` leads to.
    fn enliven(&mut self, cx: &mut Context<'_>, sturdy: SturdyRef) -> Result<Value>;
}
