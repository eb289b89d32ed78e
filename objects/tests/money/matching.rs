//! Gifts that are made in pairs, to one receiver.

use hogshead_objects::stock::matcher::{EqualGifts, GrantMatcher, OnePledge, Pledge};
use hogshead_objects::stock::mint::MintOf;
use hogshead_objects::stock::purse::Purse;
use hogshead_objects::testing::Bench;
use hogshead_objects::{Cap, Class, Error, Result, Value, codec, limits};

use super::bench;

type Coins = Cap<dyn Purse>;

/// Alice and Dana with 100 each, an empty purse of a charity, and a matcher.
struct Fair {
    bench: Bench,
    alices: Coins,
    danas: Coins,
    charity: Coins,
    matcher: Cap<dyn GrantMatcher>,
}

fn fair() -> Fair {
    let mut bench = bench();
    let mint = bench.spawn_apart(MintOf::new("groats").unwrap());
    let [alices, danas] = [0; 2].map(|_| bench.outcome(|cx| mint.send(cx).mint(100)).unwrap());
    let charity = bench.outcome(|cx| alices.send(cx).sprout()).unwrap();
    let issuer = bench.outcome(|cx| mint.send(cx).issuer()).unwrap();
    let matcher = bench.spawn_apart(EqualGifts::of(issuer));
    Fair { bench, alices, danas, charity, matcher }
}

impl Fair {
    fn pledge(&mut self, to: Coins, amount: u64, from: Coins) -> Result<Cap<dyn Pledge>> {
        let matcher = self.matcher;
        self.bench.outcome(|cx| matcher.send(cx).pledge(to, amount, from))
    }

    fn facet(&mut self) -> Coins {
        let charity = self.charity;
        self.bench.outcome(|cx| charity.send(cx).deposit_only()).unwrap()
    }

    /// Whether it was given, and what is in the purse that came back.
    fn told(&mut self, pledge: Cap<dyn Pledge>) -> Result<(bool, Option<u64>)> {
        let gift = self.bench.outcome(|cx| pledge.send(cx).outcome())?;
        let balance = gift.purse.map(|purse| self.balance(purse));
        Ok((gift.given, balance))
    }

    fn waits(&mut self, pledge: Cap<dyn Pledge>) -> bool {
        self.told(pledge).is_err_and(|error| error.class() == Class::Busy)
    }

    fn balance(&mut self, purse: Coins) -> u64 {
        self.bench.outcome(|cx| purse.send(cx).balance()).unwrap()
    }

    fn waiting(&mut self) -> usize {
        let matcher = self.matcher;
        self.bench.outcome(|cx| matcher.send(cx).waiting()).unwrap()
    }
}

#[test]
fn two_gifts_of_one_amount_to_the_same_are_made_and_no_others() {
    let mut f = fair();
    let (alices, danas, charity) = (f.alices, f.danas, f.charity);
    let (to, sibling) = (f.facet(), f.facet());
    let hers = f.pledge(to, 10, alices).unwrap();
    let less = f.pledge(to, 9, danas).unwrap();
    // Another facet of the charity's is another receiver, and so is the purse itself.
    let beside = f.pledge(sibling, 10, danas).unwrap();
    let whole = f.pledge(charity, 10, danas).unwrap();
    for pledge in [hers, less, beside, whole] {
        assert!(f.waits(pledge));
    }
    assert_eq!((f.waiting(), f.balance(charity)), (4, 0));
    let matching = f.pledge(to, 10, danas).unwrap();
    for pledge in [hers, matching] {
        assert_eq!(f.told(pledge), Ok((true, None)));
    }
    assert_eq!((f.waiting(), f.balance(charity)), (3, 20));
    let why = f.bench.outcome(|cx| hers.send(cx).take_back()).unwrap_err();
    assert_eq!(why.to_string(), "refused: the pledge has ended");
}

#[test]
fn who_takes_a_pledge_back_has_the_money_again_once() {
    let mut f = fair();
    let (alices, danas, to) = (f.alices, f.danas, f.facet());
    let hers = f.pledge(to, 10, alices).unwrap();
    f.bench.outcome(|cx| hers.send(cx).take_back()).unwrap();
    assert_eq!(f.told(hers), Ok((false, Some(10))));
    assert!(f.bench.outcome(|cx| hers.send(cx).take_back()).is_err());
    let danas = f.pledge(to, 10, danas).unwrap();
    assert!(f.waits(danas), "there is nobody left to match");
    assert_eq!(f.balance(f.charity), 0);
}

#[test]
fn a_receiver_that_does_not_take_it_and_a_payment_that_does_not_come_cost_nothing() {
    let mut f = fair();
    let (alices, danas, charity) = (f.alices, f.danas, f.charity);
    let closed = f.bench.outcome(|cx| charity.send(cx).read_only()).unwrap();
    let pledges = [alices, danas].map(|from| f.pledge(closed, 10, from).unwrap());
    for pledge in pledges {
        assert_eq!(f.told(pledge), Ok((false, Some(10))));
    }
    assert!(f.pledge(charity, 101, danas).is_err());
    for amount in [0, limits::AMOUNT_MAX + 1] {
        assert!(f.pledge(charity, amount, danas).is_err());
    }
    assert_eq!((f.waiting(), f.balance(alices), f.balance(danas)), (0, 90, 90));
}

#[test]
fn a_receiver_that_is_promised_is_matched_once_it_is_known() {
    let cases: [(Result<Value>, bool); 3] = [
        (Ok(Value::Undefined), true),
        (Ok(Value::from(5)), false),
        (Err(Error::refused("no")), false),
    ];
    for (with, matched) in cases {
        let mut f = fair();
        let (alices, danas, to) = (f.alices, f.danas, f.facet());
        let (promise, resolver) = f.bench.turn(|cx| cx.promise::<Value>()).unwrap();
        let promised = Cap::from(promise.untyped());
        let hers = f.pledge(promised, 10, alices).unwrap();
        let danas = f.pledge(to, 10, danas).unwrap();
        assert!(f.waits(hers) && f.waits(danas));
        let with = with.map(|value| if matched { Value::from(to) } else { value });
        f.bench
            .turn(|cx| match with {
                Ok(value) => resolver.fulfill(cx, value),
                Err(why) => resolver.break_(cx, why),
            })
            .unwrap();
        f.bench.run();
        let expected = if matched { (true, None) } else { (false, Some(10)) };
        assert_eq!(f.told(hers), Ok(expected));
        assert_eq!(f.waits(danas), !matched);
    }
}

#[test]
fn only_so_many_wait() {
    // Without evictions, which write everything anew after each of so many turns.
    let mut bench = Bench::new();
    let (rich, matcher, charity) = bench
        .turn(|cx| {
            let mint = cx.spawn(MintOf::new("pence")?)?;
            let rich = mint.near(cx).mint(1_000_000)?;
            let issuer = mint.near(cx).issuer()?;
            Ok((rich, cx.spawn(EqualGifts::of(issuer))?, rich.near(cx).sprout()?))
        })
        .unwrap();
    for amount in 1..=limits::PLEDGES_MAX as u64 {
        bench.outcome(|cx| matcher.send(cx).pledge(charity, amount, rich)).unwrap();
    }
    let why = bench.outcome(|cx| matcher.send(cx).pledge(charity, 1, rich)).unwrap_err();
    assert_eq!(why.to_string(), "busy: at most 128 pledges wait here; try again later");
}

#[test]
fn what_waits_is_kept_in_its_form() {
    let mut f = fair();
    let (alices, to, matcher) = (f.alices, f.facet(), f.matcher);
    let pledge = f.pledge(to, 10, alices).unwrap();
    f.bench.look(matcher, |it: &EqualGifts| codec::check_round_trip(it).unwrap()).unwrap();
    f.bench.look(pledge, |it: &OnePledge| codec::check_round_trip(it).unwrap()).unwrap();
}
