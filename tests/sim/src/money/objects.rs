//! Who has money: a bank that knows every purse it made, and traders.

use std::collections::BTreeMap;

use hogshead::stock::mint::{Mint, MintOf};
use hogshead::stock::purse::Purse;
use hogshead::{Cap, Context, Error, Result};
use serde::{Deserialize, Serialize};

/// Makes purses, and counts what is in them.
#[hogshead::interface]
pub trait Bank {
    /// A new purse with new money.
    fn make(&mut self, cx: &mut Context<'_>, amount: u64) -> Result<Cap<dyn Purse>>;

    /// Makes new money and forgets where it is.
    fn lose(&mut self, cx: &mut Context<'_>, amount: u64) -> Result<()>;

    /// What was issued, and what is in all purses that were made here, at one moment.
    fn audit(&mut self, cx: &mut Context<'_>) -> Result<(u64, u64)>;
}

/// A bank with a mint of its own.
#[derive(Serialize, Deserialize, Default)]
pub struct Counter {
    mint: Option<Cap<dyn Mint>>,
    purses: Vec<Cap<dyn Purse>>,
}

impl Counter {
    fn mint(&mut self, cx: &mut Context<'_>) -> Result<Cap<dyn Mint>> {
        match self.mint {
            Some(mint) => Ok(mint),
            None => Ok(*self.mint.insert(cx.spawn(MintOf::new("groats")?)?)),
        }
    }
}

#[hogshead::object(name = "bank", version = 1, construct)]
impl Bank for Counter {
    fn make(&mut self, cx: &mut Context<'_>, amount: u64) -> Result<Cap<dyn Purse>> {
        let purse = self.mint(cx)?.near(cx).mint(amount)?;
        self.purses.push(purse);
        Ok(purse)
    }

    fn lose(&mut self, cx: &mut Context<'_>, amount: u64) -> Result<()> {
        self.mint(cx)?.near(cx).mint(amount).map(drop)
    }

    fn audit(&mut self, cx: &mut Context<'_>) -> Result<(u64, u64)> {
        let issued = self.mint(cx)?.near(cx).issued()?;
        let mut sum = 0;
        for purse in &self.purses {
            sum += purse.near(cx).balance()?;
        }
        Ok((issued, sum))
    }
}

/// Moves money about.
#[hogshead::interface]
pub trait Trader {
    /// Keeps a purse in a slot.
    fn know(&mut self, cx: &mut Context<'_>, slot: u32, purse: Cap<dyn Purse>) -> Result<()>;

    /// Keeps another trader in a slot.
    fn meet(&mut self, cx: &mut Context<'_>, slot: u32, other: Cap<dyn Trader>) -> Result<()>;

    /// Does something with what it has.
    fn trade(&mut self, cx: &mut Context<'_>, what: Trade) -> Result<()>;

    /// The purses that it has drawn out of others.
    fn own(&self, cx: &mut Context<'_>) -> Result<Vec<Cap<dyn Purse>>>;

    /// How many answers it waits for, how many payments succeeded and how many were refused.
    fn books(&self, cx: &mut Context<'_>) -> Result<(u64, u64, u64)>;
}

/// What a trader does.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub enum Trade {
    /// Moves money from one slot's purse to another's.
    Pay {
        /// The slot of the source.
        from: u32,
        /// The slot of the purse that is paid into.
        to: u32,
        /// How much; it need not be there.
        amount: u64,
        /// How often, all at once.
        times: u32,
    },
    /// Draws money out into a new purse, which is kept in a slot.
    Withdraw {
        /// The slot of the source.
        from: u32,
        /// How much.
        amount: u64,
        /// Where the new purse is kept.
        at: u32,
    },
    /// Passes a purse on.
    Give {
        /// Its slot.
        what: u32,
        /// The slot of who gets it.
        to: u32,
        /// The slot where it is kept there.
        at: u32,
    },
}

/// Moves money about.
#[derive(Serialize, Deserialize, Default)]
pub struct Merchant {
    purses: BTreeMap<u32, Cap<dyn Purse>>,
    others: BTreeMap<u32, Cap<dyn Trader>>,
    own: Vec<Cap<dyn Purse>>,
    waits: u64,
    paid: u64,
    refused: u64,
}

impl Merchant {
    fn purse(&self, slot: u32) -> Result<Cap<dyn Purse>> {
        self.purses.get(&slot).copied().ok_or_else(|| Error::refused("nothing is in that slot"))
    }

    fn note<T>(&mut self, outcome: &Result<T>) {
        self.waits -= 1;
        match outcome {
            Ok(_) => self.paid += 1,
            Err(_) => self.refused += 1,
        }
    }
}

#[hogshead::object(name = "trader", version = 1, construct, continuations)]
impl Trader for Merchant {
    fn know(&mut self, _cx: &mut Context<'_>, slot: u32, purse: Cap<dyn Purse>) -> Result<()> {
        self.purses.insert(slot, purse);
        Ok(())
    }

    fn meet(&mut self, _cx: &mut Context<'_>, slot: u32, other: Cap<dyn Trader>) -> Result<()> {
        self.others.insert(slot, other);
        Ok(())
    }

    fn trade(&mut self, cx: &mut Context<'_>, what: Trade) -> Result<()> {
        match what {
            Trade::Pay { from, to, amount, times } => {
                let (from, to) = (self.purse(from)?, self.purse(to)?);
                for _ in 0..times {
                    let _ = to.send(cx).deposit(amount, from)?.then(cx, Self::paid, ())?;
                    self.waits += 1;
                }
            }
            Trade::Withdraw { from, amount, at } => {
                let drawn = self.purse(from)?.send(cx).withdraw(amount)?;
                let _ = drawn.then(cx, Self::drawn, at)?;
                self.waits += 1;
            }
            Trade::Give { what, to, at } => {
                let what = self.purse(what)?;
                let to = self.others.get(&to).ok_or_else(|| Error::refused("nobody is there"))?;
                to.tell(cx).know(at, what)?;
            }
        }
        Ok(())
    }

    fn own(&self, _cx: &mut Context<'_>) -> Result<Vec<Cap<dyn Purse>>> {
        Ok(self.own.clone())
    }

    fn books(&self, _cx: &mut Context<'_>) -> Result<(u64, u64, u64)> {
        Ok((self.waits, self.paid, self.refused))
    }
}

#[hogshead::continuations]
impl Merchant {
    #[continuation]
    fn paid(&mut self, _cx: &mut Context<'_>, outcome: Result<u64>) -> Result<()> {
        self.note(&outcome);
        Ok(())
    }

    #[continuation]
    fn drawn(
        &mut self,
        _cx: &mut Context<'_>,
        outcome: Result<Cap<dyn Purse>>,
        at: u32,
    ) -> Result<()> {
        self.note(&outcome);
        if let Ok(purse) = outcome {
            self.own.push(purse);
            self.purses.insert(at, purse);
        }
        Ok(())
    }
}
