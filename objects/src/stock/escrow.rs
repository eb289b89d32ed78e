//! Escrow exchange: two sides, goods of two mints, both or neither.

use serde::{Deserialize, Serialize};

use super::clock::Clock;
use super::mint::Issuer;
use super::purse::{Purse, checked_amount};
use crate::cap::Cap;
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::ids::Timestamp;
use crate::object::Registry;
use crate::promise::{Promise, Resolver};

/// Opens exchanges between two who do not trust each other and both trust whoever runs this.
///
/// ```text
///   (Alice) ──▶ (seat) ──▶ (deal) ◀── (seat) ◀── (Bob)
///      │ groats              │ │            guilders │
///      └──────▶ (purse) ◀────┘ └────▶ (purse) ◀──────┘
///                 then Bob's            then Alice's
/// ```
///
/// Each side puts what it gives into a purse that only the deal has. When both are in, each is
/// given the purse of the other; until then either may cancel, and each is given its own again.
/// Which of the two it is, is decided in one turn, so there is no moment at which one side has both
/// or none. The mints may be anywhere and need not know each other.
///
/// ```
/// use hogshead_objects::stock::escrow::{EscrowAgent, Exchange, Seat, Stake};
/// use hogshead_objects::stock::mint::{Mint, MintOf};
/// use hogshead_objects::stock::purse::Purse;
/// use hogshead_objects::testing::Bench;
///
/// let mut bench = Bench::new();
/// let (alices, bobs, seats) = bench.turn(|cx| {
///     let groats = cx.spawn(MintOf::new("groats")?)?;
///     let guilders = cx.spawn(MintOf::new("guilders")?)?;
///     let left = Stake { issuer: groats.near(cx).issuer()?, amount: 10 };
///     let right = Stake { issuer: guilders.near(cx).issuer()?, amount: 3 };
///     let seats = cx.spawn(EscrowAgent)?.near(cx).open(left, right, None)?;
///     Ok((groats.near(cx).mint(100)?, guilders.near(cx).mint(100)?, seats))
/// })?;
///
/// let (hers, his) = bench.turn(|cx| {
///     Ok((seats.left.send(cx).put(alices)?, seats.right.send(cx).put(bobs)?))
/// })?;
/// bench.run();
/// let (hers, his) = (bench.answer(hers)?, bench.answer(his)?);
/// assert!(hers.exchanged && his.exchanged);
/// let purse = hers.purse.ok_or("a purse")?;
/// let guilders = bench.turn(|cx| purse.send(cx).balance())?;
/// bench.run();
/// assert_eq!(bench.answer(guilders)?, 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Source: Miller, Morningstar, Frantz, *Capability-based Financial Instruments*, 2000, section 4.
#[crate::interface]
pub trait Exchange {
    /// Opens an exchange of `left` for `right`. Each seat is for one side, which looks at its
    /// [`terms`](Seat::terms) before it puts anything.
    ///
    /// With a deadline the exchange is cancelled at that time, unless it has happened.
    fn open(
        &mut self,
        cx: &mut Context<'_>,
        left: Stake,
        right: Stake,
        deadline: Option<Deadline>,
    ) -> Result<Seats>;
}

/// One side of an exchange.
#[crate::interface]
pub trait Seat {
    /// What this side gives and what it gets.
    fn terms(&self, cx: &mut Context<'_>) -> Result<Terms>;

    /// Puts in what this side gives, out of `payment`; gives the outcome once it is decided. If
    /// `payment` cannot be drawn on for the whole amount, the answer breaks, nothing has happened,
    /// and it may be tried again.
    ///
    /// If it cannot be known whether the payment came, because the session with the mint ended
    /// meanwhile, the exchange is cancelled, and this side gets the purse into which it went.
    fn put(&mut self, cx: &mut Context<'_>, payment: Cap<dyn Purse>) -> Result<Promise<Outcome>>;

    /// Ends the exchange; whoever has put something in gets it again. Refused once it has happened.
    fn cancel(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// The outcome, once it is decided.
    fn outcome(&self, cx: &mut Context<'_>) -> Result<Promise<Outcome>>;
}

/// What one side gives.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub struct Stake {
    /// The currency.
    pub issuer: Cap<dyn Issuer>,
    /// How much.
    pub amount: u64,
}

/// When an exchange is cancelled.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub struct Deadline {
    /// Whose time counts. If it breaks, the exchange is cancelled as well.
    pub clock: Cap<dyn Clock>,
    /// When.
    pub time: Timestamp,
}

/// The two sides of an exchange.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub struct Seats {
    /// Who gives `left` and gets `right`.
    pub left: Cap<dyn Seat>,
    /// Who gives `right` and gets `left`.
    pub right: Cap<dyn Seat>,
}

/// An exchange as one side sees it.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub struct Terms {
    /// What it gives.
    pub gives: Stake,
    /// What it gets.
    pub gets: Stake,
}

/// What became of an exchange, for one side.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub struct Outcome {
    /// Whether it has happened.
    pub exchanged: bool,
    /// What is this side's now: what it got, or what it had put in. Nothing if it had put nothing.
    pub purse: Option<Cap<dyn Purse>>,
}

/// The stock escrow agent, `hogshead/escrow`. It is constructed from nothing.
#[derive(Serialize, Deserialize, Clone, Copy, Default, Debug)]
pub struct EscrowAgent;

#[crate::object(name = "escrow", version = 1, construct)]
impl Exchange for EscrowAgent {
    fn open(
        &mut self,
        cx: &mut Context<'_>,
        left: Stake,
        right: Stake,
        deadline: Option<Deadline>,
    ) -> Result<Seats> {
        checked_amount(left.amount)?;
        checked_amount(right.amount)?;
        let sides = [Side::new(cx, left)?, Side::new(cx, right)?];
        let deal = cx.spawn(TwoSides { sides, decided: None })?;
        if let Some(Deadline { clock, time }) = deadline {
            deal.near(cx).until(clock, time)?;
        }
        let mut seat = |side| cx.spawn(SideSeat { deal, side });
        Ok(Seats { left: seat(0)?, right: seat(1)? })
    }
}

/// The stock seat, `hogshead/escrow-seat`.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub struct SideSeat {
    deal: Cap<dyn Deal>,
    side: usize,
}

#[crate::object(name = "escrow-seat", version = 1)]
impl Seat for SideSeat {
    fn terms(&self, cx: &mut Context<'_>) -> Result<Terms> {
        self.deal.near(cx).terms_of(self.side)
    }

    fn put(&mut self, cx: &mut Context<'_>, payment: Cap<dyn Purse>) -> Result<Promise<Outcome>> {
        self.deal.near(cx).put_by(self.side, payment)
    }

    fn cancel(&mut self, cx: &mut Context<'_>) -> Result<()> {
        self.deal.near(cx).call_off()
    }

    fn outcome(&self, cx: &mut Context<'_>) -> Result<Promise<Outcome>> {
        self.deal.near(cx).outcome_of(self.side)
    }
}

/// What seats know, and nobody else.
#[crate::interface]
pub trait Deal {
    /// See [`Seat::terms`].
    fn terms_of(&self, cx: &mut Context<'_>, side: usize) -> Result<Terms>;

    /// See [`Seat::put`].
    fn put_by(
        &mut self,
        cx: &mut Context<'_>,
        side: usize,
        payment: Cap<dyn Purse>,
    ) -> Result<Promise<Outcome>>;

    /// See [`Seat::cancel`].
    fn call_off(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// See [`Seat::outcome`].
    fn outcome_of(&self, cx: &mut Context<'_>, side: usize) -> Result<Promise<Outcome>>;

    /// Sets the deadline.
    fn until(&mut self, cx: &mut Context<'_>, clock: Cap<dyn Clock>, time: Timestamp)
    -> Result<()>;
}

/// The stock deal, `hogshead/escrow-deal`.
#[derive(Serialize, Deserialize, Debug)]
pub struct TwoSides {
    sides: [Side; 2],
    /// Whether it has happened, once that is decided.
    decided: Option<bool>,
}

#[derive(Serialize, Deserialize, Debug)]
struct Side {
    stake: Stake,
    state: State,
    outcome: Promise<Outcome>,
    resolver: Resolver<Outcome>,
}

#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
enum State {
    /// Nothing was put in.
    Empty,
    /// A payment into this purse is under way.
    Paying(Cap<dyn Purse>),
    /// What this side gives is in this purse.
    In(Cap<dyn Purse>),
}

impl Side {
    fn new(cx: &mut Context<'_>, stake: Stake) -> Result<Self> {
        let (outcome, resolver) = cx.promise()?;
        Ok(Self { stake, state: State::Empty, outcome, resolver })
    }

    fn end(
        &self,
        cx: &mut Context<'_>,
        exchanged: bool,
        purse: Option<Cap<dyn Purse>>,
    ) -> Result<()> {
        self.resolver.fulfill(cx, Outcome { exchanged, purse })
    }
}

impl TwoSides {
    fn side(&mut self, side: usize) -> Result<&mut Side> {
        self.sides.get_mut(side).ok_or_else(|| Error::bad_call("an exchange has two sides"))
    }

    /// Cancels. A payment that is under way is given back when it has come.
    fn undo(&mut self, cx: &mut Context<'_>) -> Result<()> {
        self.decided = Some(false);
        for side in &self.sides {
            match side.state {
                State::Empty => side.end(cx, false, None)?,
                State::In(purse) => side.end(cx, false, Some(purse))?,
                State::Paying(_) => {}
            }
        }
        Ok(())
    }

    /// Exchanges if both sides are in.
    fn conclude(&mut self, cx: &mut Context<'_>) -> Result<()> {
        let [left, right] = &self.sides;
        if let (State::In(lefts), State::In(rights)) = (left.state, right.state) {
            self.decided = Some(true);
            left.end(cx, true, Some(rights))?;
            right.end(cx, true, Some(lefts))?;
        }
        Ok(())
    }
}

#[crate::object(name = "escrow-deal", version = 1, continuations)]
impl Deal for TwoSides {
    fn terms_of(&self, _cx: &mut Context<'_>, side: usize) -> Result<Terms> {
        let [left, right] = [self.sides[0].stake, self.sides[1].stake];
        Ok(match side {
            0 => Terms { gives: left, gets: right },
            _ => Terms { gives: right, gets: left },
        })
    }

    fn put_by(
        &mut self,
        cx: &mut Context<'_>,
        side: usize,
        payment: Cap<dyn Purse>,
    ) -> Result<Promise<Outcome>> {
        if self.decided.is_some() {
            return Err(Error::refused("the exchange is over"));
        }
        let of = self.side(side)?;
        if !matches!(of.state, State::Empty) {
            return Err(Error::refused("this side has put in what it gives"));
        }
        let purse = of.stake.issuer.send(cx).purse()?.cap();
        let paid = purse.send(cx).deposit(of.stake.amount, payment)?;
        of.state = State::Paying(purse);
        Ok(paid.then(cx, Self::on_paid, side)?.cast())
    }

    fn call_off(&mut self, cx: &mut Context<'_>) -> Result<()> {
        match self.decided {
            Some(true) => Err(Error::refused("the exchange has happened")),
            Some(false) => Ok(()),
            None => self.undo(cx),
        }
    }

    fn outcome_of(&self, _cx: &mut Context<'_>, side: usize) -> Result<Promise<Outcome>> {
        Ok(self.sides[side.min(1)].outcome)
    }

    fn until(
        &mut self,
        cx: &mut Context<'_>,
        clock: Cap<dyn Clock>,
        time: Timestamp,
    ) -> Result<()> {
        let due = clock.send(cx).at(time)?;
        let _ = due.then(cx, Self::on_due, ())?;
        Ok(())
    }
}

#[crate::continuations]
impl TwoSides {
    #[continuation]
    fn on_paid(
        &mut self,
        cx: &mut Context<'_>,
        paid: Result<u64>,
        side: usize,
    ) -> Result<Promise<Outcome>> {
        let cancelled = self.decided.is_some();
        let of = self.side(side)?;
        let State::Paying(purse) = of.state else {
            return Err(Error::refused("this side has put in what it gives"));
        };
        let outcome = of.outcome;
        match paid {
            Ok(_) => of.state = State::In(purse),
            // It may have come all the same.
            Err(ref why) if is_open(why.class()) => of.state = State::In(purse),
            Err(ref why) => {
                of.state = State::Empty;
                if cancelled {
                    of.end(cx, false, None)?;
                }
                // The turn is kept, so that it may be tried again.
                return Err(cx.refuse(Error::new(why.class(), why.message())));
            }
        }
        if cancelled {
            of.end(cx, false, Some(purse))?;
        } else if paid.is_err() {
            self.undo(cx)?;
        } else {
            self.conclude(cx)?;
        }
        Ok(outcome)
    }

    #[continuation]
    fn on_due(&mut self, cx: &mut Context<'_>, _due: Result<Timestamp>) -> Result<()> {
        if self.decided.is_none() { self.undo(cx) } else { Ok(()) }
    }
}

/// Whether an error leaves open if what was asked for has been done.
pub(super) fn is_open(class: Class) -> bool {
    matches!(class, Class::Severed | Class::OutcomeUnknown | Class::Stopped)
}

/// Adds the kinds of this module.
pub(super) fn register(registry: &mut Registry) -> Result<()> {
    registry.register::<EscrowAgent>()?.register::<SideSeat>()?.register::<TwoSides>()?;
    Ok(())
}
