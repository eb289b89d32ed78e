//! Sealer, unsealer and brand: rights amplification.

use serde::{Deserialize, Serialize};

use crate::cap::Cap;
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::limits;
use crate::object::Registry;
use crate::promise::Promise;
use crate::value::Value;

/// Seals: puts something into a box that only the matching [`Unsealer`] opens.
///
/// ```text
///               (pair)
///    seal ↗   ↑ unseal  ↖ name
///  (Alice)   (Bob)     (anybody)        Alice seals, Carol carries the box, Bob opens it.
///     └──[box]──▶ (Carol) ──[box]──▶ (Bob)
/// ```
///
/// A brand is made as a pair of a sealer and an unsealer. A box may go through any hands and any
/// vats: it tells them its brand and nothing else. What is in it was put there by somebody who has
/// the sealer, which is why Bob, who opens it, may rely on it although he got it from Carol. So an
/// unsealer is also how objects of one maker know each other: whoever answers with a box of a
/// certain brand is one of them.
///
/// ```
/// use hogshead_objects::Value;
/// use hogshead_objects::stock::brand::{Brand, SealedBox, Sealer, Unsealer, make_brand};
/// use hogshead_objects::testing::Bench;
///
/// let mut bench = Bench::new();
/// bench.turn(|cx| {
///     let letters = make_brand(cx, "letters to Bob")?;
///     let sealed = letters.sealer.near(cx).seal(Value::from("meet me at noon"))?;
///
///     // Who has the box can tell what it is, and opens it only with the unsealer.
///     let brand = sealed.near(cx).brand()?;
///     assert_eq!(cx.same(brand, letters.brand)?, Some(true));
///     assert_eq!(brand.near(cx).name()?, "letters to Bob");
///     assert_eq!(letters.unsealer.near(cx).unseal(sealed)?, Value::from("meet me at noon"));
///
///     // A brand is not its name.
///     let forged = make_brand(cx, "letters to Bob")?;
///     let fake = forged.sealer.near(cx).seal(Value::from("meet me at midnight"))?;
///     let refused = letters.unsealer.near(cx).unseal(fake).unwrap_err();
///     assert_eq!(refused.to_string(), "refused: this is no box of the brand `letters to Bob`");
///     Ok(())
/// })?;
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
///
/// Sources: James H. Morris, *Protection in Programming Languages*, 1973; Miller, *Robust
/// Composition*, 2006, chapter 6.
#[crate::interface]
pub trait Sealer {
    /// A box with `content`, which may have references in it. Each call makes another box.
    fn seal(&mut self, cx: &mut Context<'_>, content: Value) -> Result<Cap<dyn SealedBox>>;
}

/// Opens the boxes that the matching [`Sealer`] made.
#[crate::interface]
pub trait Unsealer {
    /// What is in the box, which stays closed and can be opened again.
    ///
    /// Only the reference itself that the sealer gave opens: of a forwarder around a box, of
    /// another facet of it (a grant, or one that came by a sturdyref), of a box of another brand
    /// and of an object that only looks like one, nothing is learned but that it is
    /// [`Class::Refused`]. Pass boxes on in messages.
    ///
    /// A box that is still promised is waited for: then a near call gives the promise.
    fn unseal(&mut self, cx: &mut Context<'_>, sealed: Cap<dyn SealedBox>) -> Result<Value>;
}

/// What tells boxes of one brand from those of all others: compared by [`Context::same`].
#[crate::interface]
pub trait Brand {
    /// What people call it. Brands of one name are not the same brand.
    fn name(&self, cx: &mut Context<'_>) -> Result<String>;
}

/// A box, as it is passed about.
#[crate::interface]
pub trait SealedBox {
    /// The brand that it says to be of. Its unsealer alone knows whether that is true.
    fn brand(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Brand>>;

    /// For the unsealer: offers what is in the box where that one looks for it. Refused to
    /// everybody else.
    fn offer(&self, cx: &mut Context<'_>) -> Result<()>;
}

/// A sealer, an unsealer and their brand, to be handed to whom each is for.
#[crate::interface]
pub trait Pair {
    /// The three. Each call makes new facets of sealer and unsealer; the brand is always the same.
    fn parts(&mut self, cx: &mut Context<'_>) -> Result<Parts>;
}

/// What a brand consists of.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub struct Parts {
    /// Makes boxes, and nothing else.
    pub sealer: Cap<dyn Sealer>,
    /// Opens boxes, and nothing else.
    pub unsealer: Cap<dyn Unsealer>,
    /// Tells the name, and nothing else.
    pub brand: Cap<dyn Brand>,
}

/// A new brand, in the composition of the running object, which can call all of it near.
///
/// A name has at most [`limits::NAME_BYTES_MAX`] bytes.
pub fn make_brand(cx: &mut Context<'_>, name: impl Into<String>) -> Result<Parts> {
    let pair = BrandPair::new(name)?;
    cx.spawn(pair)?.near(cx).parts()
}

/// The stock brand, `hogshead/brand`. It is constructed from its name, and gives its
/// [`parts`](Pair::parts).
///
/// It stays in the composition in which its first box was sealed: handed over to another it opens
/// no boxes.
#[derive(Serialize, Deserialize, Debug)]
pub struct BrandPair {
    name: String,
    /// What its boxes show, and where they put what they offer. Not made before it is needed.
    made: Option<Made>,
}

#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
struct Made {
    brand: Cap<dyn Brand>,
    tray: Cap<dyn Tray>,
}

impl BrandPair {
    /// A brand of that name.
    pub fn new(name: impl Into<String>) -> Result<Self> {
        Ok(Self { name: checked_name("a brand", name.into())?, made: None })
    }

    fn born(name: Value) -> Result<Self> {
        Self::new(crate::codec::from_value::<String>(name)?)
    }

    fn made(&mut self, cx: &mut Context<'_>) -> Result<Made> {
        if let Some(made) = self.made {
            return Ok(made);
        }
        let brand = cx.spawn(BrandTag { name: self.name.clone() })?;
        let tray = cx.spawn(OfferTray::default())?;
        Ok(*self.made.insert(Made { brand, tray }))
    }

    /// Opens a box that is known. Only the tray tells what was in it: a box cannot answer, so
    /// nobody can answer in the place of one, and what the tray got from another than the box that
    /// was asked is not it.
    fn open(&mut self, cx: &mut Context<'_>, sealed: Cap<dyn SealedBox>) -> Result<Value> {
        let tray = self.made(cx)?.tray;
        tray.near(cx).empty()?;
        let asked = sealed.near(cx).offer();
        let offered = tray.near(cx).take()?;
        match (asked, offered) {
            (Ok(()), Some(Offer { from, content })) if cx.same(from, sealed)? == Some(true) => {
                Ok(content)
            }
            // Said anew: this turn must not be kept, whatever the box would like.
            (Err(why), _) if why.class() == Class::Revoked => {
                Err(Error::new(Class::Revoked, why.message()))
            }
            _ => Err(self.no_box()),
        }
    }

    fn no_box(&self) -> Error {
        Error::refused(format!("this is no box of the brand `{}`", self.name))
    }
}

#[crate::object(
    name = "brand",
    version = 1,
    interfaces(Sealer, Unsealer),
    construct = BrandPair::born,
    continuations
)]
impl Pair for BrandPair {
    fn parts(&mut self, cx: &mut Context<'_>) -> Result<Parts> {
        let brand = self.made(cx)?.brand;
        let sealer = cx.facet(&["seal"], "sealer")?;
        let unsealer = cx.facet(&["unseal"], "unsealer")?;
        Ok(Parts { sealer, unsealer, brand })
    }
}

impl Sealer for BrandPair {
    fn seal(&mut self, cx: &mut Context<'_>, content: Value) -> Result<Cap<dyn SealedBox>> {
        let Made { brand, tray } = self.made(cx)?;
        cx.spawn(ClosedBox { brand, tray, content })
    }
}

impl Unsealer for BrandPair {
    fn unseal(&mut self, cx: &mut Context<'_>, sealed: Cap<dyn SealedBox>) -> Result<Value> {
        let brand = self.made(cx)?.brand;
        match cx.same(sealed, brand) {
            Ok(Some(_)) => self.open(cx, sealed),
            Ok(None) => {
                let promised = Promise::<Value>::from_ref(sealed.untyped());
                Ok(promised.then(cx, Self::on_known, ())?.into())
            }
            Err(why) if why.class() == Class::BadCall => Err(self.no_box()),
            Err(why) => Err(why),
        }
    }
}

#[crate::continuations]
impl BrandPair {
    #[continuation]
    fn on_known(&mut self, cx: &mut Context<'_>, sealed: Result<Value>) -> Result<Value> {
        match sealed? {
            Value::Ref(sealed) => self.open(cx, Cap::from(sealed)),
            _ => Err(self.no_box()),
        }
    }
}

/// What boxes of a brand show, `hogshead/brand-tag`.
#[derive(Serialize, Deserialize, Debug)]
pub struct BrandTag {
    name: String,
}

#[crate::object(name = "brand-tag", version = 1)]
impl Brand for BrandTag {
    fn name(&self, _cx: &mut Context<'_>) -> Result<String> {
        Ok(self.name.clone())
    }
}

/// A box, `hogshead/sealed-box`.
#[derive(Serialize, Deserialize, Debug)]
pub struct ClosedBox {
    brand: Cap<dyn Brand>,
    tray: Cap<dyn Tray>,
    content: Value,
}

#[crate::object(name = "sealed-box", version = 1)]
impl SealedBox for ClosedBox {
    fn brand(&self, _cx: &mut Context<'_>) -> Result<Cap<dyn Brand>> {
        Ok(self.brand)
    }

    fn offer(&self, cx: &mut Context<'_>) -> Result<()> {
        let from = cx.this()?;
        self.tray.near(cx).put(Offer { from, content: self.content.clone() })
    }
}

/// Refuses names that are too long.
pub(super) fn checked_name(of: &str, name: String) -> Result<String> {
    let max = limits::NAME_BYTES_MAX;
    if name.len() > max {
        return Err(Error::new(Class::Limit, format!("the name of {of} has at most {max} bytes")));
    }
    Ok(name)
}

/// Adds the kinds of this module.
pub(super) fn register(registry: &mut Registry) -> Result<()> {
    registry
        .register::<BrandPair>()?
        .register::<BrandTag>()?
        .register::<ClosedBox>()?
        .register::<OfferTray>()?;
    Ok(())
}

/// Where boxes put what they offer, and the unsealer looks for it. Both have it from the brand that
/// made them, and nobody else has it.
#[crate::interface]
pub trait Tray {
    /// For the unsealer: from now until [`take`](Tray::take) one offer may be put here.
    fn empty(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// For a box. Refused if no unsealer waits for it.
    fn put(&mut self, cx: &mut Context<'_>, offer: Offer) -> Result<()>;

    /// For the unsealer: what was put here, if anything.
    fn take(&mut self, cx: &mut Context<'_>) -> Result<Option<Offer>>;
}

/// What a box says to its unsealer.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Offer {
    /// The box itself.
    pub from: Cap<dyn SealedBox>,
    /// What is in it.
    pub content: Value,
}

/// The stock tray, `hogshead/brand-tray`. Between turns there is never anything in it.
#[derive(Serialize, Deserialize, Default, Debug)]
pub struct OfferTray {
    waiting: bool,
    offer: Option<Offer>,
}

#[crate::object(name = "brand-tray", version = 1)]
impl Tray for OfferTray {
    fn empty(&mut self, _cx: &mut Context<'_>) -> Result<()> {
        (self.waiting, self.offer) = (true, None);
        Ok(())
    }

    fn put(&mut self, _cx: &mut Context<'_>, offer: Offer) -> Result<()> {
        if !self.waiting {
            return Err(Error::refused("a box is opened by its unsealer"));
        }
        (self.waiting, self.offer) = (false, Some(offer));
        Ok(())
    }

    fn take(&mut self, _cx: &mut Context<'_>) -> Result<Option<Offer>> {
        self.waiting = false;
        Ok(self.offer.take())
    }
}
