//! Exchanges between two who do not trust each other.

use hogshead_objects::ids::Timestamp;
use hogshead_objects::stock::escrow::{Deadline, EscrowAgent, Outcome, Seat, Seats, Stake};
use hogshead_objects::stock::mint::{Issuer, MintOf};
use hogshead_objects::stock::purse::Purse;
use hogshead_objects::testing::Bench;
use hogshead_objects::{Cap, Class, Context, Error, Promise, Result, codec, limits};
use serde::{Deserialize, Serialize};

use super::bench;

type Coins = Cap<dyn Purse>;

/// Alice with 100 groats, Bob with 100 guilders, and an exchange of 10 for 3.
struct Market {
    bench: Bench,
    groats: Cap<dyn Issuer>,
    guilders: Cap<dyn Issuer>,
    alices: Coins,
    bobs: Coins,
    seats: Seats,
}

fn market(with: impl FnOnce(&mut Bench) -> Option<Deadline>) -> Market {
    let mut bench = bench();
    let mut money = |name: &str| {
        let mint = bench.spawn_apart(MintOf::new(name).unwrap());
        let purse = bench.outcome(|cx| mint.send(cx).mint(100)).unwrap();
        (bench.outcome(|cx| mint.send(cx).issuer()).unwrap(), purse)
    };
    let ((groats, alices), (guilders, bobs)) = (money("groats"), money("guilders"));
    let deadline = with(&mut bench);
    let agent = bench.spawn_apart(EscrowAgent);
    let (left, right) =
        (Stake { issuer: groats, amount: 10 }, Stake { issuer: guilders, amount: 3 });
    let seats = bench.outcome(|cx| agent.send(cx).open(left, right, deadline)).unwrap();
    Market { bench, groats, guilders, alices, bobs, seats }
}

impl Market {
    fn put(&mut self, seat: Cap<dyn Seat>, payment: Coins) -> Promise<Outcome> {
        let put = self.bench.turn(|cx| seat.send(cx).put(payment)).unwrap();
        self.bench.run();
        put
    }

    /// Whether it was exchanged, and how much is in the purse that came of it.
    fn told(&mut self, outcome: Promise<Outcome>) -> Result<(bool, Option<u64>)> {
        let outcome = self.bench.answer(outcome)?;
        let balance = outcome.purse.map(|purse| self.balance(purse));
        Ok((outcome.exchanged, balance))
    }

    fn outcome_of(&mut self, seat: Cap<dyn Seat>) -> Result<(bool, Option<u64>)> {
        let told = self.bench.turn(|cx| seat.send(cx).outcome()).unwrap();
        self.bench.run();
        self.told(told)
    }

    fn balance(&mut self, purse: Coins) -> u64 {
        self.bench.outcome(|cx| purse.send(cx).balance()).unwrap()
    }

    fn cancel(&mut self, seat: Cap<dyn Seat>) -> Result<()> {
        self.bench.outcome(|cx| seat.send(cx).cancel())
    }

    fn issuer(&mut self, purse: Coins) -> Cap<dyn Issuer> {
        self.bench.outcome(|cx| purse.send(cx).issuer()).unwrap()
    }
}

fn pending<T>(told: &Result<T>) -> bool {
    told.as_ref().is_err_and(|error| error.class() == Class::Busy)
}

#[test]
fn when_both_are_in_each_has_what_was_the_others_and_not_before() {
    let mut m = market(|_| None);
    let Market { seats, alices, bobs, .. } = m;
    let terms = m.bench.outcome(|cx| seats.right.send(cx).terms()).unwrap();
    assert_eq!((terms.gives.amount, terms.gets.amount), (3, 10));
    let same = m.bench.turn(|cx| cx.same(terms.gets.issuer, m.groats));
    assert_eq!(same, Ok(Some(true)), "he knows what he will get");
    let hers = m.put(seats.left, alices);
    let told = m.told(hers);
    assert!(pending(&told), "{told:?}");
    assert_eq!(m.balance(alices), 90);
    let his = m.put(seats.right, bobs);
    assert_eq!(m.told(hers), Ok((true, Some(3))));
    assert_eq!(m.told(his), Ok((true, Some(10))));
    assert_eq!(m.outcome_of(seats.left), Ok((true, Some(3))), "who asks again hears it again");
    let got = m.bench.answer(his).unwrap().purse.unwrap();
    let issuer = m.issuer(got);
    assert_eq!(m.bench.turn(|cx| cx.same(issuer, m.groats)), Ok(Some(true)));
    for seat in [seats.left, seats.right] {
        assert_eq!(m.cancel(seat).unwrap_err().to_string(), "refused: the exchange has happened");
        let again = m.put(seat, alices);
        assert_eq!(m.told(again).unwrap_err().to_string(), "refused: the exchange is over");
    }
    assert_eq!((m.balance(alices), m.balance(bobs)), (90, 97));
    let _ = m.guilders;
}

#[test]
fn who_cancels_in_time_gives_each_side_its_own_again() {
    for by_the_other in [false, true] {
        let mut m = market(|_| None);
        let Market { seats, alices, bobs, .. } = m;
        let hers = m.put(seats.left, alices);
        m.cancel(if by_the_other { seats.right } else { seats.left }).unwrap();
        m.cancel(seats.left).unwrap();
        assert_eq!(m.told(hers), Ok((false, Some(10))));
        assert_eq!(m.outcome_of(seats.right), Ok((false, None)));
        let late = m.put(seats.right, bobs);
        assert_eq!(m.told(late).unwrap_err().to_string(), "refused: the exchange is over");
        assert_eq!(m.balance(bobs), 100);
    }
}

#[test]
fn what_comes_after_the_exchange_was_cancelled_is_given_back() {
    let mut m = market(|_| None);
    let Market { seats, alices, .. } = m;
    // Both in one turn: the payment is under way when the exchange is cancelled.
    let hers = m
        .bench
        .turn(|cx| {
            let hers = seats.left.send(cx).put(alices)?;
            seats.right.tell(cx).cancel()?;
            Ok(hers)
        })
        .unwrap();
    m.bench.run();
    assert_eq!(m.told(hers), Ok((false, Some(10))));
    assert_eq!(m.balance(alices), 90);
    assert_eq!(m.outcome_of(seats.right), Ok((false, None)));
}

#[test]
fn a_payment_that_fails_has_not_happened_and_may_be_tried_again() {
    let mut m = market(|_| None);
    let Market { seats, alices, bobs, .. } = m;
    let narrowed = m.bench.outcome(|cx| alices.send(cx).deposit_only()).unwrap();
    let poor = m.bench.outcome(|cx| alices.send(cx).withdraw(9)).unwrap();
    for payment in [bobs, narrowed, poor, seats.left.cast()] {
        let put = m.put(seats.left, payment);
        assert_eq!(m.told(put).unwrap_err().class(), Class::Refused);
        let told = m.outcome_of(seats.left);
        assert!(pending(&told), "nothing is decided: {told:?}");
    }
    let hers = m.put(seats.left, alices);
    let twice = m.put(seats.left, alices);
    let why = m.told(twice).unwrap_err().to_string();
    assert_eq!(why, "refused: this side has put in what it gives");
    let _ = m.put(seats.right, bobs);
    assert_eq!(m.told(hers), Ok((true, Some(3))));
    assert_eq!((m.balance(alices), m.balance(poor), m.balance(bobs)), (81, 9, 97));
}

#[test]
fn a_deadline_cancels_what_has_not_happened_and_nothing_else() {
    for in_time in [false, true] {
        let mut m = market(|bench| Some(Deadline { clock: bench.clock(), time: Timestamp(1_000) }));
        let Market { seats, alices, bobs, .. } = m;
        let hers = m.put(seats.left, alices);
        m.bench.advance(999);
        if in_time {
            let _ = m.put(seats.right, bobs);
        }
        m.bench.advance(2);
        let expected = if in_time { (true, Some(3)) } else { (false, Some(10)) };
        assert_eq!(m.told(hers), Ok(expected));
    }
}

/// An issuer whose purses say that they were paid into when their session has ended.
#[derive(Serialize, Deserialize)]
struct Flaky;

#[hogshead_objects::object(name = "flaky-issuer", version = 1)]
impl Issuer for Flaky {
    fn currency(&self, _cx: &mut Context<'_>) -> Result<String> {
        Ok("flakes".into())
    }

    fn purse(&mut self, _cx: &mut Context<'_>) -> Result<Coins> {
        Err(Error::new(Class::Severed, "the connection was lost"))
    }
}

#[test]
fn if_nobody_can_know_whether_the_payment_came_the_exchange_is_cancelled() {
    let mut m = market(|_| None);
    let (flaky, agent) = (m.bench.spawn_apart(Flaky), m.bench.spawn_apart(EscrowAgent));
    let (left, right) =
        (Stake { issuer: m.groats, amount: 10 }, Stake { issuer: flaky, amount: 3 });
    let seats = m.bench.outcome(|cx| agent.send(cx).open(left, right, None)).unwrap();
    let hers = m.put(seats.left, m.alices);
    let his = m.put(seats.right, m.bobs);
    assert_eq!(m.told(hers), Ok((false, Some(10))));
    assert!(!m.bench.answer(his).unwrap().exchanged);
}

#[test]
fn amounts_have_their_limit_and_objects_their_form() {
    let mut m = market(|_| None);
    let agent = m.bench.spawn_apart(EscrowAgent);
    for amount in [0, limits::AMOUNT_MAX + 1] {
        let stake = |amount| Stake { issuer: m.groats, amount };
        for (left, right) in [(amount, 1), (1, amount)] {
            let (left, right) = (stake(left), stake(right));
            let opened = m.bench.outcome(|cx| agent.send(cx).open(left, right, None));
            assert!(opened.is_err(), "{amount}");
        }
    }
    codec::check_round_trip(&EscrowAgent).unwrap();
    let seat = m.seats.left;
    let look = |seat: &hogshead_objects::stock::escrow::SideSeat| codec::check_round_trip(seat);
    m.bench.look(seat, look).unwrap().unwrap();
}
