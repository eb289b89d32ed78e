//! Warding: methods of an object that are reached only by who has the right incanter.

use serde::{Deserialize, Serialize};

use super::brand::{SealedBox, Sealer, Unsealer, checked_name, make_brand};
use crate::cap::Cap;
use crate::codec;
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::message::Message;
use crate::object::Registry;
use crate::promise::{Promise, Resolver};
use crate::value::{Symbol, Value};

/// The message by which an incanter asks an object for the mark of its ward.
const MARK: &str = "hog:ward";

/// A warden, who puts wards around objects, and the incanter, who reaches through them.
///
/// A warded object is one reference for everybody. Messages to it reach what is open of it; those
/// that are sent [by the incanter](Incanter::incant) reach what is behind the ward. One incanter
/// does so for all objects of its warden, also those that are warded later and those that strangers
/// bring: a right over a kind of object, where a facet is a right to one.
///
/// Behind it is a brand. Each ward has a box of the brand in which the object itself and what is
/// behind it are sealed, so whoever shows the mark of another object gets nothing that was meant for
/// itself, and passes nothing on to the other.
///
/// ```
/// use hogshead_objects::stock::cell::{Cell, ValueCell};
/// use hogshead_objects::stock::warding::{Incanter, Warden, Warding, WardPair};
/// use hogshead_objects::testing::Bench;
/// use hogshead_objects::{Class, Value};
///
/// let mut bench = Bench::new();
/// let (board, incanter) = bench.turn(|cx| {
///     let wards = cx.spawn(WardPair::new("notices")?)?.near(cx).parts()?;
///     let cell = cx.spawn(ValueCell::new("closed on Mondays".into()))?;
///     let open = cell.near(cx).read_only()?;
///     let board = wards.warden.near(cx).ward(open.cast(), cell.cast())?;
///     Ok((board.cast::<dyn Cell>(), wards.incanter))
/// })?;
///
/// // Everybody reads the board, and only the incanter writes on it.
/// let (scrawl, notice, read) = bench.turn(|cx| {
///     let scrawl = board.send(cx).set("Bob was here".into())?;
///     let notice = vec![Value::symbol("set"), "open on Mondays".into()];
///     let notice = incanter.send(cx).incant(board.cast(), notice)?;
///     Ok((scrawl, notice, board.send(cx).get()?))
/// })?;
/// bench.run();
/// assert_eq!(bench.answer(scrawl).unwrap_err().class(), Class::Denied);
/// bench.answer(notice)?;
/// let read = bench.turn(|cx| board.send(cx).get())?;
/// bench.run();
/// assert_eq!(bench.answer(read)?, "open on Mondays".into());
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
///
/// Sources: the wards of Spritely Goblins' actor library; rights amplification by seals: Morris,
/// *Protection in Programming Languages*, 1973.
#[crate::interface]
pub trait Warding {
    /// Warden and incanter. Each call makes new facets.
    fn parts(&mut self, cx: &mut Context<'_>) -> Result<Wards>;
}

/// A warden and the incanter that matches it.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub struct Wards {
    /// Puts wards around objects, and nothing else.
    pub warden: Cap<dyn Warden>,
    /// Reaches through them, and nothing else.
    pub incanter: Cap<dyn Incanter>,
}

/// Puts wards around objects.
#[crate::interface]
pub trait Warden {
    /// An object whose messages go to `open`, and, from the matching incanter, to `warded`. The two
    /// are as a rule facets of one object.
    fn ward(&mut self, cx: &mut Context<'_>, open: Cap, warded: Cap) -> Result<Cap>;
}

/// Reaches through the wards of the matching [`Warden`].
#[crate::interface]
pub trait Incanter {
    /// Sends a message to what is behind the ward of `target`, of whatever vat it is; gives the
    /// promise of the answer. An object that this warden has not warded gets nothing, and the answer
    /// is [`Class::Refused`]. Only the reference itself that the warden gave is taken for the object,
    /// not another facet of it.
    fn incant(
        &mut self,
        cx: &mut Context<'_>,
        target: Cap,
        #[rest] message: Vec<Value>,
    ) -> Result<Promise<Value>>;

    /// An object all of whose messages are incanted at `target`.
    fn enchant(&mut self, cx: &mut Context<'_>, target: Cap) -> Result<Cap>;
}

/// The stock warding, `hogshead/warding`. It is constructed from its name, which is for people.
#[derive(Serialize, Deserialize, Debug)]
pub struct WardPair {
    name: String,
    /// Not made before it is needed.
    brand: Option<(Cap<dyn Sealer>, Cap<dyn Unsealer>)>,
}

impl WardPair {
    /// A warden and an incanter of that name, which has at most
    /// [`NAME_BYTES_MAX`](crate::limits::NAME_BYTES_MAX) bytes.
    pub fn new(name: impl Into<String>) -> Result<Self> {
        Ok(Self { name: checked_name("a warding", name.into())?, brand: None })
    }

    fn construct(name: Value) -> Result<Self> {
        Self::new(codec::from_value::<String>(name)?)
    }

    fn brand(&mut self, cx: &mut Context<'_>) -> Result<(Cap<dyn Sealer>, Cap<dyn Unsealer>)> {
        if let Some(brand) = self.brand {
            return Ok(brand);
        }
        let parts = make_brand(cx, self.name.clone())?;
        Ok(*self.brand.insert((parts.sealer, parts.unsealer)))
    }

    fn not_warded(&self) -> Error {
        Error::refused(format!("this is not warded by `{}`", self.name))
    }
}

#[crate::object(
    name = "warding",
    version = 1,
    interfaces(Warden, Incanter),
    continuations,
    construct = WardPair::construct
)]
impl Warding for WardPair {
    fn parts(&mut self, cx: &mut Context<'_>) -> Result<Wards> {
        let warden = cx.facet(&["ward"], "warden")?;
        let incanter = cx.facet(&["incant", "enchant"], "incanter")?;
        Ok(Wards { warden, incanter })
    }
}

impl Warden for WardPair {
    fn ward(&mut self, cx: &mut Context<'_>, open: Cap, warded: Cap) -> Result<Cap> {
        let (sealer, _) = self.brand(cx)?;
        // The mark has the object in it, which has the mark.
        let (mark, known): (_, Resolver<Cap<dyn SealedBox>>) = cx.promise()?;
        let object: Cap = cx.spawn(BehindWard { open, mark })?.cast();
        let content = codec::to_value(&(object, warded))?;
        let sealed = sealer.near(cx).seal(content)?;
        known.fulfill(cx, sealed)?;
        Ok(object)
    }
}

impl Incanter for WardPair {
    fn incant(
        &mut self,
        cx: &mut Context<'_>,
        target: Cap,
        message: Vec<Value>,
    ) -> Result<Promise<Value>> {
        let mark = cx.send(target, Message::new(Symbol::from_static(MARK), []))?;
        mark.then(cx, Self::marked, (target, message))
    }

    fn enchant(&mut self, cx: &mut Context<'_>, target: Cap) -> Result<Cap> {
        let incanter = cx.this()?;
        Ok(cx.spawn(Enchanted { incanter, target })?.cast())
    }
}

#[crate::continuations]
impl WardPair {
    /// The target has shown a mark, which may be anybody's.
    #[continuation]
    fn marked(
        &mut self,
        cx: &mut Context<'_>,
        mark: Result<Value>,
        target: Cap,
        message: Vec<Value>,
    ) -> Result<Value> {
        let mark = match mark {
            Ok(Value::Ref(mark)) => Cap::from(mark),
            Err(why) if !matches!(why.class(), Class::BadCall | Class::Denied) => return Err(why),
            _ => return Err(self.not_warded()),
        };
        let (_, unsealer) = self.brand(cx)?;
        let content = unsealer.near(cx).unseal(mark).map_err(|_| self.not_warded())?;
        let (object, warded): (Cap, Cap) =
            codec::from_value(content).map_err(|_| self.not_warded())?;
        if cx.same(object, target)? != Some(true) {
            return Err(self.not_warded());
        }
        Ok(cx.send(warded, Message::apply(message))?.into())
    }
}

/// An object with a ward around it.
#[crate::interface]
pub trait Warded {
    /// The mark of the ward, with which the incanter alone can do something.
    #[method(name = "hog:ward")]
    fn mark(&self, cx: &mut Context<'_>) -> Result<Promise<Cap<dyn SealedBox>>>;

    /// Passes any other message on to what is open.
    #[method(any)]
    fn pass(&self, cx: &mut Context<'_>, message: Message) -> Result<Promise<Value>>;
}

/// The stock warded object, `hogshead/warded`. Wardens make them.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub struct BehindWard {
    open: Cap,
    mark: Promise<Cap<dyn SealedBox>>,
}

#[crate::object(name = "warded", version = 1)]
impl Warded for BehindWard {
    fn mark(&self, _cx: &mut Context<'_>) -> Result<Promise<Cap<dyn SealedBox>>> {
        Ok(self.mark)
    }

    fn pass(&self, cx: &mut Context<'_>, message: Message) -> Result<Promise<Value>> {
        cx.send(self.open, message)
    }
}

/// Takes messages for what is behind a ward.
#[crate::interface]
pub trait Enchantment {
    /// Has the incanter send it.
    #[method(any)]
    fn pass(&self, cx: &mut Context<'_>, message: Message) -> Result<Promise<Value>>;
}

/// An incanter for one target, `hogshead/enchanted`. Incanters make them.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub struct Enchanted {
    incanter: Cap<dyn Incanter>,
    target: Cap,
}

#[crate::object(name = "enchanted", version = 1)]
impl Enchantment for Enchanted {
    fn pass(&self, cx: &mut Context<'_>, message: Message) -> Result<Promise<Value>> {
        self.incanter.near(cx).incant(self.target, message.values)
    }
}

pub(super) fn register(registry: &mut Registry) -> Result<()> {
    registry.register::<WardPair>()?.register::<BehindWard>()?.register::<Enchanted>()?;
    Ok(())
}
