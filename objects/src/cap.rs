//! `Cap`: a reference seen as an interface.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::codec;
use crate::context::Context;
use crate::error::{Error, Result as CallResult};
use crate::interface::Interface;
use crate::promise::Promise;
use crate::reference::Ref;
use crate::value::Value;

/// A reference to an object, seen as the interface `I`: `Cap<dyn Counter>`.
///
/// Whoever holds a cap may use it. One comes from spawning an object, from a message or from an
/// object's own state, and from nowhere else: it is written and read only inside the vat's codec,
/// so it cannot be made from data, and any other serializer refuses it.
///
/// The type is a convenience for the holder and grants nothing: what may be called is the facet's,
/// and is checked at delivery. `Cap` without a type is a reference whose interface is not known;
/// messages reach it through [`Context::send`].
///
/// ```
/// use hogshead_objects::stock::counter::{Counter, Tally};
/// use hogshead_objects::testing::Bench;
///
/// let mut bench = Bench::new();
/// let total = bench.turn(|cx| {
///     let counter = cx.spawn(Tally::default())?;
///     counter.near(cx).increment(2)?;
///     counter.near(cx).increment(3)
/// })?;
/// assert_eq!(total, 5);
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
///
/// Other serializers refuse it:
///
/// ```
/// # use hogshead_objects::stock::counter::Tally;
/// # use hogshead_objects::testing::Bench;
/// let cap = Bench::new().turn(|cx| cx.spawn(Tally::default()))?;
/// assert!(serde_json::to_string(&cap).is_err());
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
pub struct Cap<I: ?Sized = Untyped> {
    reference: Ref,
    interface: PhantomData<fn(&I)>,
}

/// The interface of a [`Cap`] whose interface is not known.
pub enum Untyped {}

impl<I: ?Sized> Cap<I> {
    /// The reference without its type.
    pub fn untyped(&self) -> Ref {
        self.reference
    }

    /// The same reference, seen as another interface.
    ///
    /// Nothing is checked here and no authority is gained: a facet grants the methods that it
    /// grants, however its holder looks at it. A message that the object does not understand
    /// breaks its answer.
    pub fn cast<J: ?Sized>(&self) -> Cap<J> {
        Cap::from(self.reference)
    }

    /// Calls now, within this turn: `cap.near(cx).increment(5)?`.
    ///
    /// Reaches only objects of the caller's own composition: what grew from the same root by
    /// spawning, or was handed over. An `Err` undoes everything below the call; the caller goes on.
    pub fn near<'a>(&self, cx: &'a mut Context<'_>) -> I::Near<'a>
    where
        I: Interface,
    {
        I::near(cx.turn(), self.reference)
    }

    /// Sends after the turn: `cap.send(cx).increment(5)?` gives a promise of the answer.
    pub fn send<'a>(&self, cx: &'a mut Context<'_>) -> I::Sending<'a>
    where
        I: Interface,
    {
        I::sending(cx.turn(), self.reference)
    }

    /// Sends after the turn, wanting no answer: `cap.tell(cx).increment(5)?`.
    pub fn tell<'a>(&self, cx: &'a mut Context<'_>) -> I::Telling<'a>
    where
        I: Interface,
    {
        I::telling(cx.turn(), self.reference)
    }

    /// Whether anybody but the running object, which holds it in its state or in one entry of its
    /// collections, holds this reference, or another facet of the same object: an object, a
    /// message on its way, a session, or whoever has a sturdyref of it. Who made something for
    /// others asks before forgetting it. Only of an object of this vat is that known; of all
    /// others, and of what was handed around in this very turn, the answer is yes.
    pub fn is_shared(&self, cx: &mut Context<'_>) -> CallResult<bool> {
        cx.turn().is_shared(self.reference)
    }

    /// A promise of why this reference ended: it is fulfilled with the [`Error`] that says so. If the
    /// reference was revoked, that is a [`Class::Revoked`](crate::Class::Revoked), also from another
    /// vat that runs Hogshead. If the session ended that it came over, it is a
    /// [`Class::Severed`](crate::Class::Severed), whatever ended it: a lost connection, an abort by
    /// either side, a broken rule, the owner, or a restart of a host whose sessions do not outlive
    /// it.
    ///
    /// From then on the reference is broken; whoever has a sturdyref enlivens it again, unless it
    /// was revoked. If this is a promise, what is meant is what it leads to. A promise that breaks
    /// breaks this one, unless its session ended. An object of one's own vat has no session. That a
    /// grant has expired, or is used up, is told to nobody but who then uses it. Watching does not keep the reference itself alive, and ends when nobody holds the
    /// promise any more.
    ///
    /// ```
    /// use hogshead_objects::stock::greeter::Greeter;
    /// use hogshead_objects::locator::SturdyRef;
    /// use hogshead_objects::{Cap, Context, Error, Result};
    /// use serde::{Deserialize, Serialize};
    ///
    /// #[hogshead_objects::interface]
    /// pub trait Watch {
    ///     fn watch(
    ///         &mut self,
    ///         cx: &mut Context<'_>,
    ///         friend: Cap<dyn Greeter>,
    ///         home: SturdyRef,
    ///     ) -> Result<()>;
    /// }
    ///
    /// #[derive(Serialize, Deserialize)]
    /// struct Watcher {
    ///     friend: Option<Cap<dyn Greeter>>,
    ///     lost: Vec<(Error, SturdyRef)>,
    /// }
    ///
    /// #[hogshead_objects::object(name = "watcher", version = 1, continuations)]
    /// impl Watch for Watcher {
    ///     fn watch(
    ///         &mut self,
    ///         cx: &mut Context<'_>,
    ///         friend: Cap<dyn Greeter>,
    ///         home: SturdyRef,
    ///     ) -> Result<()> {
    ///         self.friend = Some(friend);
    ///         let _ = friend.on_sever(cx)?.then(cx, Self::on_gone, home)?;
    ///         Ok(())
    ///     }
    /// }
    ///
    /// #[hogshead_objects::continuations]
    /// impl Watcher {
    ///     #[continuation]
    ///     fn on_gone(
    ///         &mut self,
    ///         _cx: &mut Context<'_>,
    ///         why: Result<Error>,
    ///         home: SturdyRef,
    ///     ) -> Result<()> {
    ///         self.friend = None;
    ///         self.lost.push((why?, home));
    ///         Ok(())
    ///     }
    /// }
    /// ```
    pub fn on_sever(&self, cx: &mut Context<'_>) -> CallResult<Promise<Error>> {
        cx.on_sever(self)
    }
}

/// Whoever has a reference may look at it as it likes.
impl<I: ?Sized> From<Ref> for Cap<I> {
    fn from(reference: Ref) -> Self {
        Self { reference, interface: PhantomData }
    }
}

impl<I: ?Sized> From<Cap<I>> for Ref {
    fn from(cap: Cap<I>) -> Self {
        cap.reference
    }
}

impl<I: ?Sized> From<&Cap<I>> for Ref {
    fn from(cap: &Cap<I>) -> Self {
        cap.reference
    }
}

impl<I: ?Sized> From<Cap<I>> for Value {
    fn from(cap: Cap<I>) -> Self {
        Self::Ref(cap.reference)
    }
}

impl<I: ?Sized> Clone for Cap<I> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<I: ?Sized> Copy for Cap<I> {}

/// Two caps are equal if they are the same reference. Two facets of one object are not.
impl<I: ?Sized, J: ?Sized> PartialEq<Cap<J>> for Cap<I> {
    fn eq(&self, other: &Cap<J>) -> bool {
        self.reference == other.reference
    }
}

impl<I: ?Sized> Eq for Cap<I> {}

/// By reference, so that caps can be kept in ordered collections.
impl<I: ?Sized> PartialOrd for Cap<I> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<I: ?Sized> Ord for Cap<I> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.reference.cmp(&other.reference)
    }
}

/// The interface and the vat's own number for the reference, which nobody can use.
impl<I: ?Sized> fmt::Debug for Cap<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cap<{}>({})", short_name::<I>(), Number(self.reference))
    }
}

impl<I: ?Sized> Serialize for Cap<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        codec::serialize_ref(self.reference, serializer)
    }
}

impl<'de, I: ?Sized> Deserialize<'de> for Cap<I> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        codec::deserialize_ref(deserializer).map(Self::from)
    }
}

/// How references are shown to people.
pub(crate) struct Number(pub(crate) Ref);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Ref::Facet(id) => id.fmt(f),
            Ref::Promise(id) => id.fmt(f),
            Ref::Resolver(id) => write!(f, "r{}", id.0),
            Ref::Import(id) => id.fmt(f),
        }
    }
}

/// The type's name without its path, as far as that is simple: `Counter`.
pub(crate) fn short_name<T: ?Sized>() -> &'static str {
    let name = std::any::type_name::<T>();
    match name.rsplit_once("::") {
        Some((_, last)) if !name.contains('<') => last,
        _ => name,
    }
}
