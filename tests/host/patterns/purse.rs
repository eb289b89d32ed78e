//! Money between people on three hosts, with restarts in the middle.

use hogshead::grant::Caveats;
use hogshead::stock::matcher::Gift;
use hogshead::stock::mint::{Issuer, Mint};
use hogshead::stock::purse::Purse;
use hogshead::{Class, Client, Handle, Result, Value, codec};

use super::super::cast::{Actor, cast, look_up, soon};
use super::super::home::{Home, LONG};
use super::{evict, lend, made, restart};

const NO_SOURCE: &str = "the source is no purse of this mint that may be drawn on here";

/// A bank with a mint in a vat of its own, Alice and Bob each with a purse, on three hosts.
pub struct Town {
    pub bank: Home,
    pub hers: Home,
    pub his: Home,
}

impl Town {
    pub async fn new() -> Self {
        let town = Self {
            bank: Home::new(LONG).await,
            hers: Home::new(LONG).await,
            his: Home::new(LONG).await,
        };
        let (at_bank, at_hers, at_his) =
            (town.bank.client().await, town.hers.client().await, town.his.client().await);
        let keeper = cast(&at_bank, "bank").await;
        let mint = made::<dyn Mint>(&at_bank, "bank", "hogshead/mint", "groats".into()).await;
        keeper.ask().keep("mint".into(), mint.value()).await.unwrap();
        let issuer = at_bank.handle_on(&mint.ask().issuer().await.unwrap());
        keeper.ask().keep("issuer".into(), issuer.value()).await.unwrap();
        let (alice, bob) = (cast(&at_hers, "alice").await, cast(&at_his, "bob").await);
        for (whom, amount) in [(&alice, 100), (&bob, 50)] {
            let purse = at_bank.handle_on(&mint.ask().mint(amount).await.unwrap());
            lend(&purse, whom, "purse").await;
        }
        lend(&bob, &alice, "bob").await;
        town
    }

    pub async fn alice(&self) -> Handle<dyn Actor> {
        look_up(&self.hers.client().await, "alice").await
    }

    pub async fn bob(&self) -> Handle<dyn Actor> {
        look_up(&self.his.client().await, "bob").await
    }
}

pub async fn balance(of: &Handle<dyn Actor>, purse: &str) -> u64 {
    let told = soon(of.ask().ask(purse.into(), "balance".into(), vec![])).await.unwrap();
    codec::from_value(told).unwrap()
}

/// Has somebody draw on a purse that he keeps, into his own.
async fn deposit(who: &Handle<dyn Actor>, from: &str, amount: u64) -> Result<u64> {
    let args = vec![amount.into()];
    let paid = who.ask().give(from.into(), "purse".into(), "deposit".into(), args);
    soon(paid).await.and_then(codec::from_value)
}

#[track_caller]
fn refused(paid: Result<u64>, message: &str) {
    let why = paid.unwrap_err();
    assert_eq!((why.class(), why.message()), (Class::Refused, message));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_goes_from_hand_to_hand_and_is_spent_once() {
    let mut town = Town::new().await;
    let (alice, bob) = (town.alice().await, town.bob().await);
    let drawn = alice.ask().get("purse".into(), "withdraw".into(), vec![10.into()], "pay".into());
    soon(drawn).await.unwrap();
    let handed = alice.ask().give("pay".into(), "bob".into(), "keep".into(), vec!["pay".into()]);
    soon(handed).await.unwrap();
    evict(&town.bank.client().await, "bank").await;
    evict(&town.his.client().await, "bob").await;
    drop((alice, bob));
    restart(&mut town.bank).await;
    restart(&mut town.his).await;

    let (alice, bob) = (town.alice().await, town.bob().await);
    // Both would have it at once.
    let (hers, his) = tokio::join!(deposit(&alice, "pay", 10), deposit(&bob, "pay", 10));
    assert_ne!(hers.is_ok(), his.is_ok(), "{hers:?} {his:?}");
    let (won, lost) = if hers.is_ok() { (hers, his) } else { (his, hers) };
    assert!([60, 100].contains(&won.unwrap()));
    refused(lost, "there is not that much in the purse");
    let sum = balance(&alice, "purse").await + balance(&bob, "purse").await;
    assert_eq!((sum, balance(&bob, "pay").await), (150, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_money_is_refused_wherever_it_comes_from() {
    let town = Town::new().await;
    let (alice, bob) = (town.alice().await, town.bob().await);
    let (at_bank, at_hers) = (town.bank.client().await, alice.client().clone());
    let hand_over = async |word: &str| {
        let args = vec![word.into()];
        let keep = alice.ask().give(word.into(), "bob".into(), "keep".into(), args);
        soon(keep).await.unwrap();
    };
    // Something in front of a good purse, in her own vat.
    let hers = soon(alice.ask().kept("purse".into())).await.unwrap();
    let front = made::<dyn Purse>(&at_hers, "alice", "hogshead/forwarder", hers).await;
    alice.ask().keep("front".into(), front.value()).await.unwrap();
    // Money of her own making, of the same name.
    let mint = made::<dyn Mint>(&at_hers, "alice", "hogshead/mint", "groats".into()).await;
    let own = at_hers.handle_on(&mint.ask().mint(1_000).await.unwrap());
    alice.ask().keep("own".into(), own.value()).await.unwrap();
    // A facet that may be paid into.
    let args = vec![];
    let into = alice.ask().get("purse".into(), "deposit_only".into(), args, "into".into());
    soon(into).await.unwrap();
    for word in ["front", "own", "into"] {
        hand_over(word).await;
        refused(deposit(&bob, word, 10).await, NO_SOURCE);
    }
    // One that may be drawn on and nothing else is as good as money.
    let issuer = look_up::<dyn Actor>(&at_bank, "bank").await;
    let made = soon(issuer.ask().ask("mint".into(), "mint".into(), vec![5.into()])).await.unwrap();
    let purse = at_bank.handle(&made).unwrap();
    let only = Some(vec!["release".to_owned()]);
    let cheque = at_bank.admin().ask().share(purse.value(), only, "cheque".into()).await.unwrap();
    let cheque = bob.client().admin().ask().enliven(cheque).await.unwrap();
    bob.ask().keep("cheque".into(), cheque).await.unwrap();
    let looked = soon(bob.ask().ask("cheque".into(), "balance".into(), vec![])).await;
    let why = looked.unwrap_err();
    assert_eq!(why.class(), Class::Denied, "{why}");
    refused(deposit(&bob, "cheque", 6).await, "there is not that much in the purse");
    assert_eq!(deposit(&bob, "cheque", 5).await, Ok(55));
    // A message of whoever has a purse does not make it give up anything.
    let released = soon(alice.ask().ask("purse".into(), "release".into(), vec![5.into()])).await;
    assert_eq!(released.unwrap_err().class(), Class::Denied);
    for amount in [Value::from(0), Value::from(-1), Value::from(i64::MAX), Value::from("5")] {
        let args = vec![amount];
        assert!(soon(alice.ask().ask("purse".into(), "withdraw".into(), args)).await.is_err());
    }
    assert_eq!((balance(&alice, "purse").await, balance(&bob, "purse").await), (100, 55));
}

/// Alice and Bob mean the same charity, to whose purse each got a reference in another way: the
/// matcher, in a vat that made none of them, can tell.
#[tokio::test(flavor = "multi_thread")]
async fn gifts_of_people_on_two_hosts_to_one_receiver_are_matched() {
    let mut town = Town::new().await;
    let (alice, bob) = (town.alice().await, town.bob().await);
    let at_bank = town.bank.client().await;
    let keeper = look_up::<dyn Actor>(&at_bank, "bank").await;
    let issuer = soon(keeper.ask().kept("issuer".into())).await.unwrap();
    let issuer: Handle<dyn Issuer> = at_bank.handle(&issuer).unwrap().cast();
    let charity = at_bank.handle_on(&issuer.ask().purse().await.unwrap());
    keeper.ask().keep("charity".into(), charity.value()).await.unwrap();
    lend(&charity, &alice, "charity").await;
    let args = vec!["charity".into()];
    soon(alice.ask().give("charity".into(), "bob".into(), "keep".into(), args)).await.unwrap();

    at_bank.admin().ask().vat_new("matcher".into()).await.unwrap();
    let host = cast_in(&at_bank, "matcher").await;
    let matcher = "hogshead/grant-matcher";
    let matcher: Handle = made(&at_bank, "matcher", matcher, issuer.value()).await;
    host.ask().keep("matcher".into(), matcher.value()).await.unwrap();
    for whom in [&alice, &bob] {
        lend(&matcher, whom, "matcher").await;
    }
    let pledge = async |who: &Handle<dyn Actor>| {
        let kept = async |word: &str| soon(who.ask().kept(word.into())).await.unwrap();
        let args = vec![kept("charity").await, 10.into(), kept("purse").await];
        let under = "pledge".to_owned();
        let pledged = who.ask().get("matcher".into(), "pledge".into(), args, under);
        soon(pledged).await.unwrap();
    };
    pledge(&alice).await;
    evict(&at_bank, "matcher").await;
    evict(&at_bank, "bank").await;
    drop((host, matcher, charity, issuer, keeper, at_bank));
    restart(&mut town.bank).await;
    pledge(&bob).await;
    for who in [&alice, &bob] {
        let told = soon(who.ask().ask("pledge".into(), "outcome".into(), vec![])).await.unwrap();
        assert!(codec::from_value::<Gift>(told).unwrap().given);
    }
    assert_eq!(balance(&alice, "charity").await, 20);
    assert_eq!((balance(&alice, "purse").await, balance(&bob, "purse").await), (90, 40));
}

/// Pocket money: ten at a time, twice. Neither a message nor a deposit draws more.
#[tokio::test(flavor = "multi_thread")]
async fn an_allowance_is_a_grant_of_withdraw_and_lasts_as_it_says() {
    let mut town = Town::new().await;
    let at_bank = town.bank.client().await;
    let keeper = look_up::<dyn Actor>(&at_bank, "bank").await;
    let made = soon(keeper.ask().ask("mint".into(), "mint".into(), vec![100.into()])).await;
    let savings = at_bank.handle(&made.unwrap()).unwrap();
    keeper.ask().keep("savings".into(), savings.value()).await.unwrap();
    let grant = async |only: &str, rule: &str| {
        let caveats = Caveats::new().methods([only]).rule(rule.parse().unwrap()).uses(2);
        at_bank.admin().ask().grant(savings.value(), caveats).await.unwrap()
    };
    let bob = town.bob().await;
    for (word, only) in [("allowance", "withdraw"), ("blank", "release")] {
        let paper = grant(only, "0<=10").await;
        let live = bob.client().admin().ask().enliven(paper).await.unwrap();
        bob.ask().keep(word.into(), live).await.unwrap();
    }
    // A facet whose conditions are on messages is no source of a deposit, which is none.
    refused(deposit(&bob, "blank", 5).await, NO_SOURCE);
    let draw = async |bob: &Handle<dyn Actor>, amount: u64| {
        let under = "drawn".to_owned();
        soon(bob.ask().get("allowance".into(), "withdraw".into(), vec![amount.into()], under)).await
    };
    assert_eq!(draw(&bob, 11).await.unwrap_err().class(), Class::Denied);
    draw(&bob, 10).await.unwrap();
    assert_eq!(deposit(&bob, "drawn", 10).await, Ok(60));
    drop((bob, savings, keeper, at_bank));
    restart(&mut town.bank).await;
    restart(&mut town.his).await;
    let bob = town.bob().await;
    draw(&bob, 9).await.unwrap();
    assert_eq!(deposit(&bob, "drawn", 9).await, Ok(69));
    assert!(draw(&bob, 1).await.is_err(), "it is used up");
    let keeper = look_up::<dyn Actor>(&town.bank.client().await, "bank").await;
    assert_eq!(balance(&keeper, "savings").await, 81);
}

/// An actor in a vat that is there.
async fn cast_in(client: &Client, vat: &str) -> Handle<dyn Actor> {
    super::super::cast::spawn(client, vat, "hogshead/actor", vat).await
}
