//! Promises, resolvers and continuations.

use hogshead_objects::stock::counter::{Counter, Tally};
use hogshead_objects::testing::Bench;
use hogshead_objects::{
    Cap, Class, Context, Error, Promise, Resolver, Result, Value, codec, continuations, interface,
    object,
};
use serde::{Deserialize, Serialize};

#[interface]
pub trait Bank {
    /// Answers when the clerk has decided.
    fn pay(&mut self, cx: &mut Context<'_>, amount: u64) -> Result<Promise<u64>>;
    fn decide(&mut self, cx: &mut Context<'_>, yes: bool) -> Result<()>;
    fn open(&mut self, cx: &mut Context<'_>) -> Result<Promise<Cap<dyn Counter>>>;
}

/// A payment that waits for a decision, with the resolver kept in the object's state.
#[derive(Serialize, Deserialize, Default)]
struct Branch {
    waiting: Vec<(u64, Resolver<u64>)>,
}

#[object(name = "branch")]
impl Bank for Branch {
    fn pay(&mut self, cx: &mut Context<'_>, amount: u64) -> Result<Promise<u64>> {
        let (promise, resolver) = cx.promise()?;
        self.waiting.push((amount, resolver));
        Ok(promise)
    }

    fn decide(&mut self, cx: &mut Context<'_>, yes: bool) -> Result<()> {
        for (amount, resolver) in self.waiting.drain(..) {
            if yes {
                resolver.fulfill(cx, amount)?;
            } else {
                resolver.break_(cx, Error::refused("no credit"))?;
            }
        }
        Ok(())
    }

    fn open(&mut self, cx: &mut Context<'_>) -> Result<Promise<Cap<dyn Counter>>> {
        let (promise, resolver) = cx.promise()?;
        let counter = cx.spawn(Tally::default())?;
        resolver.fulfill(cx, counter)?;
        Ok(promise)
    }
}

#[interface]
pub trait Shop {
    fn buy(&mut self, cx: &mut Context<'_>, item: String, price: u64) -> Result<Promise<String>>;
    fn forget(&mut self, cx: &mut Context<'_>) -> Result<()>;
    fn log(&self, cx: &mut Context<'_>) -> Result<Vec<String>>;
}

#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct Order {
    item: String,
    price: u64,
}

#[derive(Serialize, Deserialize)]
struct Grocer {
    bank: Cap<dyn Bank>,
    log: Vec<String>,
}

#[object(name = "grocer", version = 1, continuations)]
impl Shop for Grocer {
    fn buy(&mut self, cx: &mut Context<'_>, item: String, price: u64) -> Result<Promise<String>> {
        let paid = self.bank.send(cx).pay(price)?;
        paid.then(cx, Self::on_paid, Order { item, price })
    }

    fn forget(&mut self, cx: &mut Context<'_>) -> Result<()> {
        let paid = self.bank.send(cx).pay(1)?;
        let _ = paid.then(cx, Self::on_nothing, ())?;
        let misread = paid.cast::<String>();
        let _ = cx.then(misread, Self::on_several, (7, "seven".into(), self.bank))?;
        Ok(())
    }

    fn log(&self, _cx: &mut Context<'_>) -> Result<Vec<String>> {
        Ok(self.log.clone())
    }
}

#[continuations]
impl Grocer {
    /// Goes on when the bank has answered.
    #[continuation]
    fn on_paid(
        &mut self,
        _cx: &mut Context<'_>,
        paid: Result<u64>,
        order: Order,
    ) -> Result<String> {
        match paid {
            Ok(amount) => {
                self.note(format!("{} paid with {amount} of {}", order.item, order.price));
                Ok(format!("here is your {}", order.item))
            }
            Err(error) => {
                self.note(format!("{}: {error}", order.item));
                Err(Error::refused("not paid"))
            }
        }
    }

    #[continuation(name = "on-nothing")]
    fn on_nothing(&mut self, _cx: &mut Context<'_>, paid: Result<u64>) -> Result<()> {
        self.note(format!("nothing captured: {paid:?}"));
        Ok(())
    }

    #[continuation]
    fn on_several(
        &mut self,
        _cx: &mut Context<'_>,
        paid: Result<String>,
        number: u8,
        name: String,
        bank: Cap<dyn Bank>,
    ) -> Result<Promise<()>> {
        let same = bank == self.bank;
        self.note(format!("{number} {name} {same}: {}", paid.expect_err("this payment fails")));
        Err(Error::refused("nobody listens"))
    }

    fn note(&mut self, line: String) {
        self.log.push(line);
    }
}

fn town(bench: &mut Bench) -> (Cap<dyn Bank>, Cap<dyn Shop>) {
    bench
        .turn(|cx| {
            let bank = cx.spawn(Branch::default())?;
            Ok((bank, cx.spawn(Grocer { bank, log: Vec::new() })?))
        })
        .expect("spawns")
}

fn log(bench: &mut Bench, shop: Cap<dyn Shop>) -> Vec<String> {
    bench.turn(|cx| shop.near(cx).log()).expect("a log")
}

#[test]
fn a_continuation_waits_with_what_it_captured_also_in_an_evicted_vat() {
    for mut bench in [Bench::new(), Bench::new().evicting()] {
        let (bank, shop) = town(&mut bench);
        let bought = bench.turn(|cx| shop.send(cx).buy("tea".into(), 3)).expect("sent");
        bench.run();
        assert_eq!(bench.answer(bought).unwrap_err().class(), Class::Busy);
        bench.turn(|cx| bank.tell(cx).decide(true)).expect("told");
        bench.run();
        assert_eq!(bench.answer(bought).expect("bought"), "here is your tea");
        assert_eq!(log(&mut bench, shop), ["tea paid with 3 of 3"]);
    }
}

#[test]
fn a_broken_promise_reaches_the_continuation_as_an_error() {
    let mut bench = Bench::new();
    let (bank, shop) = town(&mut bench);
    let bought = bench.turn(|cx| shop.send(cx).buy("tea".into(), 3)).expect("sent");
    bench.run();
    bench.turn(|cx| bank.tell(cx).decide(false)).expect("told");
    bench.run();
    assert_eq!(bench.answer(bought).unwrap_err().message(), "not paid");
    // The continuation answered with an error, so what it noted never happened.
    assert_eq!(log(&mut bench, shop), Vec::<String>::new());
}

#[test]
fn nothing_or_several_values_are_captured_and_what_does_not_fit_is_an_error() {
    let mut bench = Bench::new();
    let (bank, shop) = town(&mut bench);
    bench.turn(|cx| shop.tell(cx).forget()).expect("told");
    bench.run();
    bench.turn(|cx| bank.tell(cx).decide(true)).expect("told");
    bench.run();
    assert_eq!(log(&mut bench, shop), ["nothing captured: Ok(1)"]);
    assert_eq!(Grocer::on_nothing.name(), "on-nothing");
    let misread = Grocer::on_several;
    assert_eq!(format!("{misread:?}"), "Continuation(on_several)");
}

#[test]
fn messages_go_ahead_to_what_is_only_promised() {
    let mut bench = Bench::new().evicting();
    let (bank, _) = town(&mut bench);
    let (count, seen_as_cap) = bench
        .turn(|cx| {
            let counter = bank.send(cx).open()?;
            counter.tell(cx).increment(2)?;
            let count = counter.send(cx).increment(3)?;
            Ok((count, counter.cap().send(cx).read()?))
        })
        .expect("sent");
    bench.run();
    assert_eq!(bench.answer(count), Ok(5));
    assert_eq!(bench.answer(seen_as_cap), Ok(5));
}

#[test]
fn a_promise_is_settled_once() {
    let mut bench = Bench::new();
    let (promise, resolver) = bench.turn(|cx| cx.promise::<u64>()).expect("a promise");
    bench
        .turn(|cx| {
            resolver.fulfill(cx, 1)?;
            resolver.fulfill(cx, 2)?;
            resolver.break_(cx, Error::refused("late"))
        })
        .expect("said");
    bench.run();
    assert_eq!(bench.answer(promise), Ok(1));
}

#[test]
fn promises_follow_one_another_and_not_themselves() {
    let mut bench = Bench::new();
    let (first, second) = bench
        .turn(|cx| {
            let (first, resolve_first) = cx.promise::<u64>()?;
            let (second, resolve_second) = cx.promise::<u64>()?;
            resolve_first.follow(cx, second)?;
            resolve_second.follow(cx, first)?;
            Ok((first, second))
        })
        .expect("said");
    bench.run();
    for promise in [first, second] {
        assert!(bench.answer(promise).unwrap_err().message().contains("wait for itself"));
    }
}

#[test]
fn a_message_to_data_or_to_a_broken_promise_is_answered_with_an_error() {
    let mut bench = Bench::new();
    let (to_data, to_broken) = bench
        .turn(|cx| {
            let (data, resolver) = cx.promise::<Value>()?;
            resolver.fulfill(cx, codec::to_value(&5)?)?;
            let (broken, resolver) = cx.promise::<Value>()?;
            resolver.break_(cx, Error::refused("gone"))?;
            let data = data.cast::<Cap<dyn Counter>>().send(cx).read()?;
            Ok((data, broken.cast::<Cap<dyn Counter>>().send(cx).read()?))
        })
        .expect("sent");
    bench.run();
    assert_eq!(bench.answer(to_data).unwrap_err().class(), Class::BadCall);
    assert_eq!(bench.answer(to_broken).unwrap_err().to_string(), "refused: gone");
}

#[test]
fn what_was_sent_in_a_failed_turn_was_never_sent() {
    let mut bench = Bench::new();
    let (bank, _) = town(&mut bench);
    let failed = bench.turn(|cx| {
        bank.tell(cx).pay(9)?;
        Err::<(), _>(Error::refused("changed my mind"))
    });
    assert!(failed.is_err());
    assert_eq!(bench.run(), 0);
}
