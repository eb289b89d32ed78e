//! The grant matcher: gifts that are made if another gives as much to the same.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::escrow::is_open;
use super::mint::Issuer;
use super::purse::{Purse, checked_amount};
use crate::cap::Cap;
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::limits;
use crate::object::Registry;
use crate::promise::{Promise, Resolver};
use crate::value::Value;

/// Passes gifts on in pairs: as soon as two were promised of one amount to the same receiver.
///
/// ```text
///   (Alice) ──m(charity, 10)──▶ (matcher) ◀──m(charity, 10)── (Dana)
///      └───────────────┐            ┊            ┌───────────────┘
///                      ▼            ▼            ▼
///                   (the charity's purse: is it one, or are they two?)
/// ```
///
/// Alice and Dana do not trust each other, and each sends a reference to whom she means. The matcher
/// must tell whether both mean the same, though neither reference was made by it, without believing
/// either of them: by [`Context::same`]. A reference of the same receiver through another facet is
/// another receiver: what is to be matched is passed on, not made anew.
///
/// ```
/// use hogshead_objects::stock::matcher::{EqualGifts, GrantMatcher, Pledge};
/// use hogshead_objects::stock::mint::{Mint, MintOf};
/// use hogshead_objects::stock::purse::Purse;
/// use hogshead_objects::testing::Bench;
///
/// let mut bench = Bench::new();
/// let (alices, danas, charity, donate, matcher) = bench.turn(|cx| {
///     let mint = cx.spawn(MintOf::new("groats")?)?;
///     let alices = mint.near(cx).mint(100)?;
///     let charity = alices.near(cx).sprout()?;
///     let issuer = mint.near(cx).issuer()?;
///     let matcher = cx.spawn(EqualGifts::of(issuer))?;
///     let donate = charity.near(cx).deposit_only()?;
///     Ok((alices, mint.near(cx).mint(100)?, charity, donate, matcher))
/// })?;
/// let given = bench.turn(|cx| Ok([
///     matcher.send(cx).pledge(donate, 10, alices)?,
///     matcher.send(cx).pledge(donate, 10, danas)?,
/// ]))?;
/// bench.run();
/// for pledge in given {
///     let pledge = bench.answer(pledge)?;
///     let outcome = bench.turn(|cx| pledge.send(cx).outcome())?;
///     bench.run();
///     assert!(bench.answer(outcome)?.given);
/// }
/// assert_eq!(bench.turn(|cx| charity.near(cx).balance())?, 20);
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
///
/// Source: the Grant Matcher puzzle, Miller and others; *Robust Composition*, 2006.
#[crate::interface]
pub trait GrantMatcher {
    /// Takes `amount` out of `payment`, to be given to `to` together with a gift of the same
    /// amount to the same receiver; gives the pledge once the money is here.
    fn pledge(
        &mut self,
        cx: &mut Context<'_>,
        to: Cap<dyn Purse>,
        amount: u64,
        payment: Cap<dyn Purse>,
    ) -> Result<Promise<Cap<dyn Pledge>>>;

    /// How many pledges wait for another.
    fn waiting(&self, cx: &mut Context<'_>) -> Result<usize>;
}

/// A gift that waits for another.
#[crate::interface]
pub trait Pledge {
    /// What has become of it, once that is decided.
    fn outcome(&self, cx: &mut Context<'_>) -> Result<Promise<Gift>>;

    /// Ends the pledge, if it has not been matched: then [`outcome`](Pledge::outcome) gives the
    /// money again.
    fn take_back(&mut self, cx: &mut Context<'_>) -> Result<()>;
}

/// What has become of a pledge.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub struct Gift {
    /// Whether the receiver has it.
    pub given: bool,
    /// Otherwise the purse with the money: it was taken back, or the receiver did not take it. If
    /// a session ended just then, it may have gone all the same, and the purse is empty.
    pub purse: Option<Cap<dyn Purse>>,
}

/// The stock grant matcher, `hogshead/grant-matcher`. It is constructed from the issuer of the
/// currency in which gifts are.
///
/// At most [`limits::PLEDGES_MAX`] pledges wait in it.
#[derive(Serialize, Deserialize, Debug)]
pub struct EqualGifts {
    issuer: Cap<dyn Issuer>,
    /// Pledges by number, until it is decided what becomes of them.
    pledges: BTreeMap<u64, Pledged>,
    next: u64,
}

#[derive(Serialize, Deserialize, Debug)]
struct Pledged {
    to: Cap<dyn Purse>,
    amount: u64,
    purse: Cap<dyn Purse>,
    state: State,
    outcome: Promise<Gift>,
    resolver: Resolver<Gift>,
}

#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// The money is not here yet, or it is not known whom it is for.
    Coming,
    /// It waits for another.
    Waiting,
    /// It has been matched: the gift is under way.
    Giving,
}

impl EqualGifts {
    /// A matcher of gifts in the currency of `issuer`.
    pub fn of(issuer: Cap<dyn Issuer>) -> Self {
        Self { issuer, pledges: BTreeMap::new(), next: 1 }
    }

    fn born(issuer: Value) -> Result<Self> {
        Ok(Self::of(crate::codec::from_value(issuer)?))
    }

    fn pledged(&mut self, number: u64) -> Result<&mut Pledged> {
        self.pledges.get_mut(&number).ok_or_else(|| Error::refused("the pledge has ended"))
    }

    /// Has a pledge wait, or gives it and the one that it matches.
    fn matched(&mut self, cx: &mut Context<'_>, number: u64) -> Result<()> {
        let Pledged { to, amount, .. } = *self.pledged(number)?;
        let mut other = None;
        for (of, pledged) in &self.pledges {
            let waits = pledged.state == State::Waiting && pledged.amount == amount;
            if waits && matches!(cx.same(to, pledged.to), Ok(Some(true))) {
                other = Some(*of);
                break;
            }
        }
        let Some(other) = other else {
            self.pledged(number)?.state = State::Waiting;
            return Ok(());
        };
        for number in [other, number] {
            let pledged = self.pledged(number)?;
            pledged.state = State::Giving;
            let gift = pledged.to.send(cx).deposit(amount, pledged.purse)?;
            let _ = gift.then(cx, Self::on_given, number)?;
        }
        Ok(())
    }
}

#[crate::object(
    name = "grant-matcher",
    version = 1,
    interfaces(PledgeBook),
    construct = EqualGifts::born,
    continuations
)]
impl GrantMatcher for EqualGifts {
    fn pledge(
        &mut self,
        cx: &mut Context<'_>,
        to: Cap<dyn Purse>,
        amount: u64,
        payment: Cap<dyn Purse>,
    ) -> Result<Promise<Cap<dyn Pledge>>> {
        checked_amount(amount)?;
        let max = limits::PLEDGES_MAX;
        if self.pledges.len() >= max {
            let why = format!("at most {max} pledges wait here; try again later");
            return Err(Error::new(Class::Busy, why));
        }
        let number = self.next;
        self.next += 1;
        let purse = self.issuer.send(cx).purse()?.cap();
        let (outcome, resolver) = cx.promise()?;
        let state = State::Coming;
        let pledged = Pledged { to, amount, purse, state, outcome, resolver };
        self.pledges.insert(number, pledged);
        let paid = purse.send(cx).deposit(amount, payment)?;
        paid.then(cx, Self::on_paid, number)
    }

    fn waiting(&self, _cx: &mut Context<'_>) -> Result<usize> {
        Ok(self.pledges.values().filter(|pledged| pledged.state == State::Waiting).count())
    }
}

#[crate::continuations]
impl EqualGifts {
    #[continuation]
    fn on_paid(
        &mut self,
        cx: &mut Context<'_>,
        paid: Result<u64>,
        number: u64,
    ) -> Result<Cap<dyn Pledge>> {
        let Pledged { to, outcome, .. } = *self.pledged(number)?;
        if let Err(why) = &paid
            && !is_open(why.class())
        {
            self.pledges.remove(&number);
            return Err(cx.refuse(Error::new(why.class(), why.message())));
        }
        let book = cx.facet(&["end"], "pledge")?;
        let pledge = cx.spawn(OnePledge { book, number, outcome })?;
        match cx.same(to, book) {
            _ if paid.is_err() => self.close(cx, number, false)?,
            Ok(Some(_)) => self.matched(cx, number)?,
            Ok(None) => {
                let known = Promise::<Value>::from_ref(to.untyped());
                let _ = known.then(cx, Self::on_known, number)?;
            }
            Err(_) => self.close(cx, number, false)?,
        }
        Ok(pledge)
    }

    #[continuation]
    fn on_known(&mut self, cx: &mut Context<'_>, to: Result<Value>, number: u64) -> Result<()> {
        // It may have been taken back meanwhile.
        let Ok(pledged) = self.pledged(number) else { return Ok(()) };
        match to {
            Ok(Value::Ref(to)) => {
                pledged.to = Cap::from(to);
                self.matched(cx, number)
            }
            _ => self.close(cx, number, false),
        }
    }

    #[continuation]
    fn on_given(&mut self, cx: &mut Context<'_>, given: Result<u64>, number: u64) -> Result<()> {
        self.close(cx, number, given.is_ok())
    }
}

impl EqualGifts {
    fn close(&mut self, cx: &mut Context<'_>, number: u64, given: bool) -> Result<()> {
        let Some(pledged) = self.pledges.remove(&number) else { return Ok(()) };
        let purse = (!given).then_some(pledged.purse);
        pledged.resolver.fulfill(cx, Gift { given, purse })
    }
}

/// What pledges know of their matcher.
#[crate::interface]
pub trait PledgeBook {
    /// See [`Pledge::take_back`].
    fn end(&mut self, cx: &mut Context<'_>, number: u64) -> Result<()>;
}

impl PledgeBook for EqualGifts {
    fn end(&mut self, cx: &mut Context<'_>, number: u64) -> Result<()> {
        if self.pledged(number)?.state == State::Giving {
            return Err(Error::refused("the pledge has been matched"));
        }
        self.close(cx, number, false)
    }
}

/// The stock pledge, `hogshead/pledge`.
#[derive(Serialize, Deserialize, Debug)]
pub struct OnePledge {
    book: Cap<dyn PledgeBook>,
    number: u64,
    outcome: Promise<Gift>,
}

#[crate::object(name = "pledge", version = 1)]
impl Pledge for OnePledge {
    fn outcome(&self, _cx: &mut Context<'_>) -> Result<Promise<Gift>> {
        Ok(self.outcome)
    }

    fn take_back(&mut self, cx: &mut Context<'_>) -> Result<()> {
        self.book.near(cx).end(self.number)
    }
}

/// Adds the kinds of this module.
pub(super) fn register(registry: &mut Registry) -> Result<()> {
    registry.register::<EqualGifts>()?.register::<OnePledge>()?;
    Ok(())
}
