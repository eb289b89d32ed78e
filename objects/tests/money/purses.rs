//! Money: what moves it, and what would like to.

use hogshead_objects::stock::cell::ValueCell;
use hogshead_objects::stock::mint::{Issuer, IssuerOf, Mint, MintOf, OneTill};
use hogshead_objects::stock::purse::{CoinPurse, Purse};
use hogshead_objects::testing::Bench;
use hogshead_objects::{
    Cap, Class, Context, Error, Message, Promise, Result, Typed, Value, codec, limits,
};
use serde::{Deserialize, Serialize};

use super::bench;

const NO_SOURCE: &str = "refused: the source is no purse of this mint that may be drawn on here";
const TOO_LITTLE: &str = "refused: there is not that much in the purse";

type Coins = Cap<dyn Purse>;

fn mint(bench: &mut Bench) -> Cap<dyn Mint> {
    bench.spawn_apart(MintOf::new("groats").unwrap())
}

fn purse(bench: &mut Bench, mint: Cap<dyn Mint>, amount: u64) -> Coins {
    bench.outcome(|cx| mint.send(cx).mint(amount)).unwrap()
}

fn balance(bench: &mut Bench, purse: Coins) -> u64 {
    bench.outcome(|cx| purse.send(cx).balance()).unwrap()
}

fn pay(bench: &mut Bench, to: Coins, amount: u64, from: Coins) -> Result<u64, String> {
    bench.outcome(|cx| to.send(cx).deposit(amount, from)).map_err(|error| error.to_string())
}

#[test]
fn money_moves_and_the_sum_stays() {
    let mut bench = bench();
    let mint = mint(&mut bench);
    let alices = purse(&mut bench, mint, 100);
    let bobs = bench.outcome(|cx| alices.send(cx).sprout()).unwrap();
    assert_eq!(pay(&mut bench, bobs, 30, alices), Ok(30));
    let payment = bench.outcome(|cx| alices.send(cx).withdraw(20)).unwrap();
    assert_eq!(pay(&mut bench, bobs, 20, payment), Ok(50));
    let balances: Vec<_> =
        [alices, bobs, payment].map(|purse| balance(&mut bench, purse)).into_iter().collect();
    assert_eq!(balances, [50, 50, 0]);
    assert_eq!(bench.outcome(|cx| mint.send(cx).issued()), Ok(100));
    // Untyped, as a peer says it that knows nothing of Rust.
    let args = [codec::to_value(&5).unwrap(), Value::from(alices)];
    let paid = bench.outcome(|cx| cx.send(bobs, Message::new("deposit", args)));
    assert_eq!(paid.unwrap(), Value::from(55));
}

#[test]
fn a_currency_is_known_by_its_issuer_and_not_by_its_name() {
    let mut bench = bench();
    let (one, other) = (mint(&mut bench), mint(&mut bench));
    let purses =
        [purse(&mut bench, one, 5), purse(&mut bench, one, 5), purse(&mut bench, other, 5)];
    let issuer = |bench: &mut Bench, purse: Coins| bench.outcome(|cx| purse.send(cx).issuer());
    let issuers = purses.map(|purse| issuer(&mut bench, purse).unwrap());
    let of_mint = bench.outcome(|cx| one.send(cx).issuer()).unwrap();
    let sprouted = bench.outcome(|cx| purses[0].send(cx).sprout()).unwrap();
    let of_sprout = issuer(&mut bench, sprouted).unwrap();
    let empty = bench.outcome(|cx| of_mint.send(cx).purse()).unwrap();
    let of_empty = issuer(&mut bench, empty).unwrap();
    let same = |bench: &mut Bench, issuer| bench.turn(|cx| cx.same(issuer, of_mint)).unwrap();
    for issuer in [issuers[0], issuers[1], of_sprout, of_empty] {
        assert_eq!(same(&mut bench, issuer), Some(true));
    }
    assert_eq!(same(&mut bench, issuers[2]), Some(false));
    for issuer in [issuers[0], issuers[2]] {
        assert_eq!(bench.outcome(|cx| issuer.send(cx).currency()), Ok("groats".into()));
    }
    assert_eq!(pay(&mut bench, empty, 5, purses[2]), Err(NO_SOURCE.into()));
    // What everybody may have makes no money.
    for method in ["mint", "issued", "release"] {
        let args = [Value::from(5)];
        let made = bench.outcome(|cx| cx.send(of_mint, Message::new(method, args)));
        assert_eq!(made.unwrap_err().class(), Class::BadCall, "{method}");
    }
}

/// Says that it has released what was asked for.
#[derive(Serialize, Deserialize)]
struct FakePurse {
    /// What it has other purses release meanwhile.
    drawn: Vec<(Coins, u64)>,
    /// Refuses, and would have the turn kept.
    keeps: bool,
}

#[hogshead_objects::object(name = "fake-purse", version = 1)]
impl Purse for FakePurse {
    fn balance(&self, _cx: &mut Context<'_>) -> Result<u64> {
        Ok(1_000_000)
    }

    fn deposit(&mut self, _: &mut Context<'_>, _: u64, _: Coins) -> Result<Promise<u64>> {
        Err(Error::refused("it takes nothing"))
    }

    fn withdraw(&mut self, cx: &mut Context<'_>, _amount: u64) -> Result<Coins> {
        self.sprout(cx)
    }

    fn sprout(&self, cx: &mut Context<'_>) -> Result<Coins> {
        cx.spawn(Self { drawn: vec![], keeps: false })
    }

    fn issuer(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Issuer>> {
        self.drawn.first().ok_or_else(|| Error::refused("none"))?.0.near(cx).issuer()
    }

    fn deposit_only(&self, cx: &mut Context<'_>) -> Result<Coins> {
        self.sprout(cx)
    }

    fn read_only(&self, cx: &mut Context<'_>) -> Result<Coins> {
        self.sprout(cx)
    }

    fn release(&mut self, cx: &mut Context<'_>, _amount: u64) -> Result<()> {
        for (purse, amount) in &self.drawn {
            let _ = purse.near(cx).release(*amount);
        }
        if self.keeps { Err(cx.refuse(Error::refused("I keep it"))) } else { Ok(()) }
    }
}

#[test]
fn nothing_but_a_purse_of_the_mint_that_may_be_drawn_on_is_a_source() {
    let mut bench = bench();
    let mint = mint(&mut bench);
    let (alices, bobs) = (purse(&mut bench, mint, 100), purse(&mut bench, mint, 1));
    let fake = bench.spawn_apart(FakePurse { drawn: vec![(alices, 5)], keeps: false });
    let cell: Cap = bench.spawn_apart(ValueCell::default()).cast();
    let deposit_only = bench.outcome(|cx| alices.send(cx).deposit_only()).unwrap();
    let read_only = bench.outcome(|cx| alices.send(cx).read_only()).unwrap();
    for source in [fake, cell.cast(), deposit_only, read_only, mint.cast(), bobs] {
        assert_eq!(pay(&mut bench, bobs, 1, source), Err(NO_SOURCE.into()));
    }
    // Through a facet of its own it is still itself.
    let own = bench.outcome(|cx| bobs.send(cx).deposit_only()).unwrap();
    assert_eq!(pay(&mut bench, own, 1, bobs), Err(NO_SOURCE.into()));
    assert_eq!((balance(&mut bench, alices), balance(&mut bench, bobs)), (100, 1));
    // Nor is a purse made to give up what is in it by whoever sends it a message.
    let released = bench.outcome(|cx| alices.send(cx).release(5)).unwrap_err();
    assert_eq!(released.class(), Class::Denied);
    assert_eq!(balance(&mut bench, alices), 100);
}

#[test]
fn within_the_mints_own_composition_there_is_no_cheating_either() {
    let mut bench = bench();
    let sums = bench.turn(|cx| {
        let mint = cx.spawn(MintOf::new("groats")?)?;
        let (alices, bobs) = (mint.near(cx).mint(100)?, mint.near(cx).mint(1)?);
        let other = cx.spawn(MintOf::new("groats")?)?.near(cx).mint(100)?;
        let mut answers = Vec::new();
        let parts = [
            (vec![], false),
            (vec![(alices, 5)], true),
            (vec![(alices, 5), (alices, 5)], true),
            (vec![(alices, 4)], false),
            (vec![(other, 5)], false),
        ];
        for (drawn, keeps) in parts {
            let fake = cx.spawn(FakePurse { drawn, keeps })?;
            answers.push(bobs.near(cx).deposit(5, fake).map(drop).map_err(|e| e.to_string()));
        }
        answers.push(bobs.near(cx).deposit(5, other).map(drop).map_err(|e| e.to_string()));
        let keeps = || Err("refused: I keep it".to_owned());
        let no_source = || Err(NO_SOURCE.to_owned());
        let expected = [no_source(), keeps(), keeps(), no_source(), no_source(), no_source()];
        assert_eq!(answers, expected);
        // A purse that draws on another in front of one pays with that one's money, once.
        let front = cx.spawn(FakePurse { drawn: vec![(alices, 5), (alices, 5)], keeps: false })?;
        let _ = bobs.near(cx).deposit(5, front)?;
        Ok([alices.near(cx).balance()?, bobs.near(cx).balance()?, other.near(cx).balance()?])
    });
    assert_eq!(sums, Ok([95, 6, 100]));
}

#[test]
fn a_facet_does_what_it_is_for() {
    let mut bench = bench();
    let mint = mint(&mut bench);
    let (alices, bobs) = (purse(&mut bench, mint, 100), purse(&mut bench, mint, 1));
    let into = bench.outcome(|cx| bobs.send(cx).deposit_only()).unwrap();
    assert_eq!(pay(&mut bench, into, 9, alices), Ok(10));
    let look = bench.outcome(|cx| bobs.send(cx).read_only()).unwrap();
    assert_eq!(balance(&mut bench, look), 10);
    let all = ["balance", "deposit", "withdraw", "sprout", "issuer", "deposit_only", "read_only"];
    for (facet, granted) in [(into, ["deposit", "issuer"]), (look, ["balance", "issuer"])] {
        for method in all.iter().chain(&["release"]).filter(|method| !granted.contains(method)) {
            let asked = bench.outcome(|cx| cx.send(facet, Message::new(*method, [])));
            assert_eq!(asked.unwrap_err().class(), Class::Denied, "{method}");
        }
    }
    assert_eq!(pay(&mut bench, look, 1, alices).unwrap_err().split(':').next(), Some("denied"));
}

#[test]
fn what_is_spent_twice_at_once_arrives_once() {
    let mut bench = bench();
    let mint = mint(&mut bench);
    let payment = purse(&mut bench, mint, 10);
    let sellers = [0; 3].map(|_| bench.outcome(|cx| payment.send(cx).sprout()).unwrap());
    let paid = bench
        .turn(|cx| {
            let pay = |seller: &Coins| seller.send(cx).deposit(10, payment);
            sellers.iter().map(pay).collect::<Result<Vec<_>>>()
        })
        .unwrap();
    bench.run();
    let paid: Vec<_> =
        paid.into_iter().map(|paid| bench.answer(paid).map_err(|e| e.to_string())).collect();
    assert_eq!(paid, [Ok(10), Err(TOO_LITTLE.into()), Err(TOO_LITTLE.into())]);
    assert_eq!(sellers.map(|seller| balance(&mut bench, seller)), [10, 0, 0]);
}

#[test]
fn an_amount_is_a_number_of_units_within_its_limit() {
    let mut bench = bench();
    let mint = mint(&mut bench);
    let (alices, bobs) = (purse(&mut bench, mint, 100), purse(&mut bench, mint, 1));
    assert_eq!(pay(&mut bench, bobs, 0, alices), Err("refused: an amount is at least 1".into()));
    assert_eq!(pay(&mut bench, bobs, 101, alices), Err(TOO_LITTLE.into()));
    let much = format!("limit: of a currency there are at most {} units", limits::AMOUNT_MAX);
    assert_eq!(pay(&mut bench, bobs, limits::AMOUNT_MAX + 1, alices), Err(much.clone()));
    assert_eq!(pay(&mut bench, bobs, limits::AMOUNT_MAX, alices), Err(much.clone()));
    for (amount, expected) in [
        (0, Err("refused: an amount is at least 1".to_owned())),
        (limits::AMOUNT_MAX, Err(much.clone())),
        (u64::MAX, Err(much)),
        (limits::AMOUNT_MAX - 101, Ok(())),
        (1, Err(format!("limit: of a currency there are at most {} units", limits::AMOUNT_MAX))),
    ] {
        let made = bench.outcome(|cx| mint.send(cx).mint(amount));
        assert_eq!(made.map(drop).map_err(|error| error.to_string()), expected, "{amount}");
    }
    for method in ["withdraw", "release", "deposit"] {
        let huge: Value =
            "123456789012345678901234567890".parse::<hogshead_objects::int::Int>().unwrap().into();
        for wrong in [Value::from(-5), huge, Value::from("5"), Value::Float(5.5), Value::Null] {
            let args = [wrong, Value::from(alices)];
            let args = args.into_iter().take(if method == "deposit" { 2 } else { 1 });
            let asked = bench.outcome(|cx| cx.send(bobs, Message::new(method, args)));
            assert_eq!(asked.unwrap_err().class(), Class::BadCall, "{method}");
        }
    }
    for (amount, expected) in [(0, false), (2, false), (1, true)] {
        let drawn = bench.outcome(|cx| bobs.send(cx).withdraw(amount));
        assert_eq!(drawn.is_ok(), expected, "{amount}");
    }
    assert_eq!((balance(&mut bench, alices), balance(&mut bench, bobs)), (100, 0));
}

#[test]
fn a_promised_source_is_waited_for() {
    let mut bench = bench();
    let mint = mint(&mut bench);
    let (alices, bobs) = (purse(&mut bench, mint, 100), purse(&mut bench, mint, 1));
    let deposit = |bench: &mut Bench| {
        bench.turn(|cx| {
            let (promise, resolver) = cx.promise::<Value>()?;
            let from = Cap::from(promise.untyped());
            Ok((bobs.send(cx).deposit(10, from)?, resolver))
        })
    };
    let cases = [
        (Ok(Value::from(alices)), Ok(11)),
        (Ok(Value::from(10)), Err(NO_SOURCE)),
        (Err(Error::refused("lost")), Err("refused: lost")),
    ];
    for (with, expected) in cases {
        let (paid, resolver) = deposit(&mut bench).unwrap();
        bench.run();
        assert_eq!(bench.answer(paid).unwrap_err().class(), Class::Busy);
        bench
            .turn(|cx| match with {
                Ok(value) => resolver.fulfill(cx, value),
                Err(why) => resolver.break_(cx, why),
            })
            .unwrap();
        bench.run();
        let paid = bench.answer(paid).map_err(|error| error.to_string());
        assert_eq!(paid, expected.map_err(str::to_owned));
    }
    // Alice's own purse may be promised as well: pipelining needs no waiting.
    let paid = bench.turn(|cx| {
        let sprouted = alices.send(cx).sprout()?;
        sprouted.cap().send(cx).deposit(5, alices)
    });
    let paid = paid.unwrap();
    bench.run();
    assert_eq!(bench.answer(paid), Ok(5));
}

#[test]
fn names_have_their_limit_and_objects_their_form() {
    let mut bench = bench();
    let long = "x".repeat(limits::NAME_BYTES_MAX + 1);
    assert_eq!(MintOf::new(long.clone()).unwrap_err().class(), Class::Limit);
    let made = |value: Value| (MintOf::KIND.construct.unwrap())(value).map(drop);
    assert_eq!(made(Value::from("groats")), Ok(()));
    assert_eq!(made(Value::from(long)).unwrap_err().class(), Class::Limit);
    assert_eq!(made(Value::Undefined).unwrap_err().class(), Class::BadCall);
    assert!(CoinPurse::KIND.construct.is_none(), "money is not made from data");
    let mint = mint(&mut bench);
    let purse = purse(&mut bench, mint, 5);
    let issuer = bench.outcome(|cx| mint.send(cx).issuer()).unwrap();
    bench.look(mint, |mint: &MintOf| codec::check_round_trip(mint).unwrap()).unwrap();
    bench.look(purse, |purse: &CoinPurse| codec::check_round_trip(purse).unwrap()).unwrap();
    bench.look(issuer, |issuer: &IssuerOf| codec::check_round_trip(issuer).unwrap()).unwrap();
    codec::check_round_trip(&OneTill::default()).unwrap();
}
