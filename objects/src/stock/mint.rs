//! A mint: who has it makes money; who has purses of it moves money.

use serde::{Deserialize, Serialize};

use super::brand::checked_name;
use super::purse::{CoinPurse, Purse, checked_amount, too_much};
use crate::cap::Cap;
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::limits;
use crate::object::Registry;
use crate::value::Value;

/// Makes money of one currency.
///
/// ```text
///   (mint) ──▶ (issuer) ◀── (purse of Alice) ◀── (Alice)
///      │           ▲  └────▶ (till) ◀──┐  │
///      └───────────┴── (purse of Bob) ─┘  │        all within one composition:
///                          ▲   └──────────┘        a payment is one turn
///                        (Bob)
/// ```
///
/// Money is made here and nowhere else, and is nowhere but in purses. Who has the mint can make
/// more, and do nothing with what others have. A payment moves an amount from purse to purse
/// within one turn of the mint's vat, so the sum of all balances is what was issued, whatever
/// crashes and whoever lies.
///
/// Nobody need trust whoever pays: who is paid has the amount moved into a purse of her own, and
/// if that succeeds it was money of that mint.
///
/// ```
/// use hogshead_objects::stock::mint::{Issuer, MintOf, Mint};
/// use hogshead_objects::stock::purse::Purse;
/// use hogshead_objects::testing::Bench;
///
/// let mut bench = Bench::new();
/// let mint = bench.spawn_apart(MintOf::new("groats")?);
/// let (alices, issuer) = bench.turn(|cx| Ok((mint.send(cx).mint(100)?, mint.send(cx).issuer()?)))?;
/// bench.run();
/// let (alices, issuer) = (bench.answer(alices)?, bench.answer(issuer)?);
///
/// // Alice pays Bob 10: she gives him a purse, and he has it emptied into his own.
/// let (payment, bobs) = bench.turn(|cx| {
///     Ok((alices.send(cx).withdraw(10)?, issuer.send(cx).purse()?))
/// })?;
/// bench.run();
/// let (payment, bobs) = (bench.answer(payment)?, bench.answer(bobs)?);
/// let got = bench.turn(|cx| bobs.send(cx).deposit(10, payment))?;
/// let again = bench.turn(|cx| bobs.send(cx).deposit(10, payment))?;
/// bench.run();
/// assert_eq!(bench.answer(got)?, 10);
/// let why = bench.answer(again).unwrap_err();
/// assert_eq!(why.to_string(), "refused: there is not that much in the purse");
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
///
/// What is in a purse that nobody holds any more is gone with it, and still counted as issued.
///
/// Source: Miller, Morningstar, Frantz, *Capability-based Financial Instruments*, 2000.
#[crate::interface]
pub trait Mint {
    /// A new purse with `amount` of new money. All that a mint issues is at most
    /// [`limits::AMOUNT_MAX`].
    fn mint(&mut self, cx: &mut Context<'_>, amount: u64) -> Result<Cap<dyn Purse>>;

    /// All that was ever issued.
    fn issued(&self, cx: &mut Context<'_>) -> Result<u64>;

    /// What everybody may have of the mint: always the same reference, by which currencies are
    /// told apart.
    fn issuer(&mut self, cx: &mut Context<'_>) -> Result<Cap<dyn Issuer>>;
}

/// What everybody may have of a mint. Two currencies are the same if their issuers are
/// ([`Context::same`]), whatever they are called.
#[crate::interface]
pub trait Issuer {
    /// What people call the currency.
    fn currency(&self, cx: &mut Context<'_>) -> Result<String>;

    /// A new empty purse.
    fn purse(&mut self, cx: &mut Context<'_>) -> Result<Cap<dyn Purse>>;
}

/// The stock mint, `hogshead/mint`. It is constructed from the name of its currency.
///
/// It stays in its composition, as all that it made does: handed over to another it makes no more
/// purses.
#[derive(Serialize, Deserialize, Debug)]
pub struct MintOf {
    currency: String,
    issued: u64,
    /// Not made before it is needed.
    made: Option<Made>,
}

#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
struct Made {
    issuer: Cap<dyn Issuer>,
    till: Cap<dyn Till>,
}

impl MintOf {
    /// A mint that has issued nothing. The name has at most [`limits::NAME_BYTES_MAX`] bytes.
    pub fn new(currency: impl Into<String>) -> Result<Self> {
        let currency = checked_name("a currency", currency.into())?;
        Ok(Self { currency, issued: 0, made: None })
    }

    fn born(currency: Value) -> Result<Self> {
        Self::new(crate::codec::from_value::<String>(currency)?)
    }

    fn made(&mut self, cx: &mut Context<'_>) -> Result<Made> {
        if let Some(made) = self.made {
            return Ok(made);
        }
        let till = cx.spawn(OneTill::default())?;
        let issuer = cx.spawn(IssuerOf { currency: self.currency.clone(), till })?;
        Ok(*self.made.insert(Made { issuer, till }))
    }
}

#[crate::object(name = "mint", version = 1, construct = MintOf::born)]
impl Mint for MintOf {
    fn mint(&mut self, cx: &mut Context<'_>, amount: u64) -> Result<Cap<dyn Purse>> {
        checked_amount(amount)?;
        let issued = self.issued.checked_add(amount).filter(|sum| *sum <= limits::AMOUNT_MAX);
        self.issued = issued.ok_or_else(too_much)?;
        let Made { issuer, till } = self.made(cx)?;
        cx.spawn(CoinPurse::new(issuer, till, amount))
    }

    fn issued(&self, _cx: &mut Context<'_>) -> Result<u64> {
        Ok(self.issued)
    }

    fn issuer(&mut self, cx: &mut Context<'_>) -> Result<Cap<dyn Issuer>> {
        Ok(self.made(cx)?.issuer)
    }
}

/// The stock issuer, `hogshead/issuer`.
#[derive(Serialize, Deserialize, Debug)]
pub struct IssuerOf {
    currency: String,
    till: Cap<dyn Till>,
}

#[crate::object(name = "issuer", version = 1)]
impl Issuer for IssuerOf {
    fn currency(&self, _cx: &mut Context<'_>) -> Result<String> {
        Ok(self.currency.clone())
    }

    fn purse(&mut self, cx: &mut Context<'_>) -> Result<Cap<dyn Purse>> {
        let issuer = cx.this()?;
        cx.spawn(CoinPurse::new(issuer, self.till, 0))
    }
}

/// Where a purse puts what it pays and another takes it from, within one call. Purses of one mint
/// have it from that mint, and nobody else has it: so what is in it was taken from a purse.
#[crate::interface]
pub trait Till {
    /// For who is paid: from now until [`take`](Till::take) one amount may be put here.
    fn open(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// For who pays. Refused if nobody waits for it.
    fn put(&mut self, cx: &mut Context<'_>, amount: u64) -> Result<()>;

    /// For who is paid: what was put here, if anything.
    fn take(&mut self, cx: &mut Context<'_>) -> Result<Option<u64>>;
}

/// The stock till, `hogshead/till`. Between turns it is closed and empty.
#[derive(Serialize, Deserialize, Default, Debug)]
pub struct OneTill {
    open: bool,
    amount: Option<u64>,
}

#[crate::object(name = "till", version = 1)]
impl Till for OneTill {
    fn open(&mut self, _cx: &mut Context<'_>) -> Result<()> {
        (self.open, self.amount) = (true, None);
        Ok(())
    }

    fn put(&mut self, _cx: &mut Context<'_>, amount: u64) -> Result<()> {
        if !self.open {
            let why = "a purse is drawn on by the `deposit` of another purse of its mint";
            return Err(Error::new(Class::Denied, why));
        }
        (self.open, self.amount) = (false, Some(amount));
        Ok(())
    }

    fn take(&mut self, _cx: &mut Context<'_>) -> Result<Option<u64>> {
        self.open = false;
        Ok(self.amount.take())
    }
}

/// Adds the kinds of mints and purses.
pub(super) fn register(registry: &mut Registry) -> Result<()> {
    registry
        .register::<MintOf>()?
        .register::<IssuerOf>()?
        .register::<CoinPurse>()?
        .register::<OneTill>()?;
    Ok(())
}
