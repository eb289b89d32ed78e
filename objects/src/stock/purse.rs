//! Purses: where the money is.

use serde::{Deserialize, Serialize};

use super::mint::{Issuer, Till};
use crate::cap::Cap;
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::limits;
use crate::promise::Promise;
use crate::value::Value;

/// Holds money of one mint.
///
/// Whoever has a purse may spend what is in it; less is given by a facet. To pay is to give away a
/// purse with the amount ([`withdraw`](Purse::withdraw)), or to let who is paid draw on one's own.
/// Who is paid relies on nothing but the answer of [`deposit`](Purse::deposit) to a purse of her
/// own.
///
/// ```
/// use hogshead_objects::stock::mint::{Mint, MintOf};
/// use hogshead_objects::stock::purse::Purse;
/// use hogshead_objects::testing::Bench;
///
/// let mut bench = Bench::new();
/// bench.turn(|cx| {
///     let alices = cx.spawn(MintOf::new("groats")?)?.near(cx).mint(100)?;
///     let bobs = alices.near(cx).sprout()?;
///     let _ = bobs.near(cx).deposit(30, alices)?;
///     assert_eq!((alices.near(cx).balance()?, bobs.near(cx).balance()?), (70, 30));
///
///     // A box for donations: everybody may put something in, nobody may take it out.
///     let donations = bobs.near(cx).deposit_only()?;
///     let _ = donations.near(cx).deposit(20, alices)?;
///     let stolen = alices.near(cx).deposit(20, donations).unwrap_err();
///     assert_eq!(
///         stolen.to_string(),
///         "refused: the source is no purse of this mint that may be drawn on here",
///     );
///     Ok(())
/// })?;
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
///
/// An amount is at least 1 and at most [`limits::AMOUNT_MAX`].
#[crate::interface]
pub trait Purse {
    /// How much is in it.
    fn balance(&self, cx: &mut Context<'_>) -> Result<u64>;

    /// Moves `amount` from another purse of the mint into this one, and gives the new balance.
    /// Either all of it happens or nothing.
    ///
    /// Refused if `from` has less, is of another mint or no purse, is this purse itself, or is a
    /// facet that does not grant `release`: a purse that may only be paid into or read. A source
    /// that is still promised is waited for.
    fn deposit(
        &mut self,
        cx: &mut Context<'_>,
        amount: u64,
        from: Cap<dyn Purse>,
    ) -> Result<Promise<u64>>;

    /// A new purse of the same mint with `amount` out of this one.
    fn withdraw(&mut self, cx: &mut Context<'_>, amount: u64) -> Result<Cap<dyn Purse>>;

    /// A new empty purse of the same mint.
    fn sprout(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Purse>>;

    /// The issuer of the money, by which currencies are told apart.
    fn issuer(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Issuer>>;

    /// A new facet that can only be paid into, and says which currency it takes.
    fn deposit_only(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Purse>>;

    /// A new facet that only tells the balance and the currency.
    fn read_only(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Purse>>;

    /// For the purse that `deposit` is called on: gives up `amount` to it. Refused to everybody
    /// else. A facet that grants this and nothing else is a purse that can only be spent.
    fn release(&mut self, cx: &mut Context<'_>, amount: u64) -> Result<()>;
}

/// The stock purse, `hogshead/purse`. Only mints, issuers and purses make one.
#[derive(Serialize, Deserialize, Debug)]
pub struct CoinPurse {
    issuer: Cap<dyn Issuer>,
    till: Cap<dyn Till>,
    balance: u64,
}

impl CoinPurse {
    pub(super) fn new(issuer: Cap<dyn Issuer>, till: Cap<dyn Till>, balance: u64) -> Self {
        Self { issuer, till, balance }
    }

    /// Draws on a purse that is known. What it answers counts for nothing: what counts is that
    /// the till, which purses of this mint alone can reach, holds the amount.
    fn draw(&mut self, cx: &mut Context<'_>, amount: u64, from: Cap<dyn Purse>) -> Result<u64> {
        let sum = self.balance.checked_add(amount).filter(|sum| *sum <= limits::AMOUNT_MAX);
        let sum = sum.ok_or_else(too_much)?;
        self.till.near(cx).open()?;
        let released = from.near(cx).release(amount);
        let put = self.till.near(cx).take()?;
        match released {
            Ok(()) if put == Some(amount) => {}
            // Said anew: this turn must not be kept, whatever the source would like.
            Err(why) if matches!(why.class(), Class::Refused | Class::Revoked) => {
                return Err(Error::new(why.class(), why.message()));
            }
            _ => return Err(no_source()),
        }
        self.balance = sum;
        Ok(sum)
    }
}

#[crate::object(name = "purse", version = 1, continuations)]
impl Purse for CoinPurse {
    fn balance(&self, _cx: &mut Context<'_>) -> Result<u64> {
        Ok(self.balance)
    }

    fn deposit(
        &mut self,
        cx: &mut Context<'_>,
        amount: u64,
        from: Cap<dyn Purse>,
    ) -> Result<Promise<u64>> {
        checked_amount(amount)?;
        match cx.same(from, self.till) {
            Ok(Some(_)) => {
                let balance = self.draw(cx, amount, from)?;
                let (promise, resolver) = cx.promise()?;
                resolver.fulfill(cx, balance)?;
                Ok(promise)
            }
            Ok(None) => {
                let promised = Promise::<Value>::from_ref(from.untyped());
                promised.then(cx, Self::on_known, amount)
            }
            Err(why) if why.class() == Class::BadCall => Err(no_source()),
            Err(why) => Err(why),
        }
    }

    fn withdraw(&mut self, cx: &mut Context<'_>, amount: u64) -> Result<Cap<dyn Purse>> {
        checked_amount(amount)?;
        self.balance = self.balance.checked_sub(amount).ok_or_else(too_little)?;
        cx.spawn(Self::new(self.issuer, self.till, amount))
    }

    fn sprout(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Purse>> {
        cx.spawn(Self::new(self.issuer, self.till, 0))
    }

    fn issuer(&self, _cx: &mut Context<'_>) -> Result<Cap<dyn Issuer>> {
        Ok(self.issuer)
    }

    fn deposit_only(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Purse>> {
        cx.facet(&["deposit", "issuer"], "deposit-only")
    }

    fn read_only(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Purse>> {
        cx.facet(&["balance", "issuer"], "read-only")
    }

    fn release(&mut self, cx: &mut Context<'_>, amount: u64) -> Result<()> {
        checked_amount(amount)?;
        self.balance = self.balance.checked_sub(amount).ok_or_else(too_little)?;
        self.till.near(cx).put(amount)
    }
}

#[crate::continuations]
impl CoinPurse {
    #[continuation]
    fn on_known(&mut self, cx: &mut Context<'_>, from: Result<Value>, amount: u64) -> Result<u64> {
        match from? {
            Value::Ref(from) => self.draw(cx, amount, Cap::from(from)),
            _ => Err(no_source()),
        }
    }
}

/// Refuses what is no amount.
pub(super) fn checked_amount(amount: u64) -> Result<()> {
    match amount {
        0 => Err(Error::refused("an amount is at least 1")),
        1..=limits::AMOUNT_MAX => Ok(()),
        _ => Err(too_much()),
    }
}

pub(super) fn too_much() -> Error {
    let max = limits::AMOUNT_MAX;
    Error::new(Class::Limit, format!("of a currency there are at most {max} units"))
}

/// Not how much there is: who may draw on a purse need not be who may look into it.
fn too_little() -> Error {
    Error::refused("there is not that much in the purse")
}

fn no_source() -> Error {
    Error::refused("the source is no purse of this mint that may be drawn on here")
}
