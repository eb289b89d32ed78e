//! Joins: what decides them, in which order, and their limits.

use hogshead_objects::limits::{JOIN_BYTES_MAX, JOIN_MEMBERS_MAX, KEPT_INLINE_BYTES_MAX};
use hogshead_objects::promise::Settled;
use hogshead_objects::stock::joiner::PromiseJoiner;
use hogshead_objects::stock::{cell::ValueCell, counter::Counter, counter::Tally};
use hogshead_objects::testing::Bench;
use hogshead_objects::{Cap, Class, Error, Message, Promise, Resolver, Result, Value};

use super::super::bench;

/// How a promise of a story settles, and when among the others.
#[derive(Clone, Copy)]
enum Fate {
    Kept(u64),
    Broken(&'static str),
    Never,
}

use Fate::{Broken, Kept, Never};

/// Joins promises that settle in the given order; says what becomes of the join.
fn story(
    method: &'static str,
    fates: &[Fate],
    order: &[usize],
) -> (Bench, Promise<Value>, Vec<Resolver<u64>>) {
    let mut bench = bench();
    let joiner = bench.spawn_apart(PromiseJoiner::default());
    let made =
        bench.turn(|cx| fates.iter().map(|_| cx.promise::<u64>()).collect::<Result<Vec<_>>>());
    let (promises, resolvers): (Vec<_>, Vec<_>) = made.unwrap().into_iter().unzip();
    let list = Value::list(promises.into_iter().map(Value::from));
    let message = Message::new(method, [list]);
    let joined = bench.turn(|cx| cx.send(joiner, message)).unwrap();
    bench.run();
    for index in order {
        let settled = bench.turn(|cx| match fates[*index] {
            Kept(number) => resolvers[*index].fulfill(cx, number),
            Broken(why) => resolvers[*index].break_(cx, Error::refused(why)),
            Never => Ok(()),
        });
        settled.unwrap();
        bench.run();
    }
    (bench, joined, resolvers)
}

fn check(method: &'static str, fates: &[Fate], order: &[usize], expected: &str) {
    let (bench, joined, _resolvers) = story(method, fates, order);
    let found = match bench.answer(joined) {
        Ok(value) => value.to_string(),
        Err(error) if error.class() == Class::Busy => "pending".to_owned(),
        Err(error) => error.to_string(),
    };
    assert_eq!(found, expected, "{method}");
}

#[test]
fn all_are_given_in_their_own_order_and_the_first_that_breaks_decides() {
    check("all", &[], &[], "[]");
    check("all", &[Kept(1), Kept(2), Kept(3)], &[2, 0, 1], "[1 2 3]");
    check("all", &[Kept(1), Never], &[0], "pending");
    check("all", &[Never, Broken("b"), Broken("c")], &[2, 1], "refused: c");
}

#[test]
fn any_is_the_first_that_is_kept_and_says_of_all_why_none_is() {
    check("any", &[], &[], "bad-call: there is no promise among none");
    check("any", &[Broken("a"), Kept(2), Kept(3)], &[0, 2, 1], "3");
    check("any", &[Broken("a"), Never], &[0], "pending");
    let none = "refused: none of 2 promises was kept: 1: a; 2: b";
    check("any", &[Broken("a"), Broken("b")], &[1, 0], none);
}

#[test]
fn a_race_is_settled_as_the_first_that_settles() {
    check("race", &[], &[], "bad-call: there is no promise among none");
    check("race", &[Never, Kept(2), Kept(3)], &[2, 1], "3");
    check("race", &[Kept(1), Broken("b")], &[1, 0], "refused: b");
    check("race", &[Never, Never], &[], "pending");
}

#[test]
fn of_settled_ones_each_is_told() {
    check("settled", &[], &[], "[]");
    check("settled", &[Kept(1), Never], &[0], "pending");
    let (bench, joined, _resolvers) = story("settled", &[Kept(1), Broken("b")], &[1, 0]);
    let found: Vec<Settled<u64>> = bench.answer(joined.cast()).unwrap();
    assert_eq!(found, [Settled::Fulfilled(1), Settled::Broken(Error::refused("b"))]);
}

#[test]
fn what_is_no_promise_counts_as_kept_and_a_reference_as_itself() {
    let mut bench = bench();
    let joiner = bench.spawn_apart(PromiseJoiner::default());
    let counter = bench.spawn_apart(Tally::new(5));
    let members = vec![Value::from(1_u64), counter.into(), Value::from("text")];
    let all = bench.outcome(|cx| joiner.send(cx).all(members.clone())).unwrap();
    assert_eq!(all, Value::list(members.clone()));
    let first = bench.outcome(|cx| joiner.send(cx).race(members)).unwrap();
    assert_eq!(first, Value::from(1_u64));
    // A winner that is an object can be sent to before it has won.
    let read = bench.outcome(|cx| {
        let promised = promise_of(cx, counter)?;
        let winner = Promise::any(cx, [promised])?;
        winner.send(cx).read()
    });
    assert_eq!(read, Ok(5));
}

fn promise_of(
    cx: &mut hogshead_objects::Context<'_>,
    counter: Cap<dyn Counter>,
) -> Result<Promise<Cap<dyn Counter>>> {
    let (promise, resolver) = cx.promise()?;
    resolver.fulfill(cx, counter)?;
    Ok(promise)
}

#[test]
fn a_promise_may_be_joined_twice_and_joins_may_be_joined() {
    let mut bench = bench();
    let sums = bench.outcome(|cx| {
        let counter = cx.spawn(Tally::new(1))?;
        let one = counter.send(cx).read()?;
        let pair = Promise::all(cx, [one, one])?;
        let either = Promise::race(cx, [pair])?;
        Promise::all(cx, [pair, either])
    });
    assert_eq!(sums, Ok(vec![vec![1, 1], vec![1, 1]]));
}

#[test]
fn as_many_as_one_message_carries_are_joined_and_not_one_more() {
    let mut bench = bench();
    let joiner = bench.spawn_apart(PromiseJoiner::default());
    let many = |count| vec![Value::Null; count];
    let all = bench.outcome(|cx| joiner.send(cx).all(many(JOIN_MEMBERS_MAX)));
    assert_eq!(all, Ok(Value::List(many(JOIN_MEMBERS_MAX))));
    let over = bench.outcome(|cx| joiner.send(cx).all(many(JOIN_MEMBERS_MAX + 1)));
    let error = over.unwrap_err();
    assert_eq!(error.to_string(), "limit: at most 1024 promises are joined at once");
    let endless = bench.turn(|cx| {
        let (promise, _resolver) = cx.promise::<u64>()?;
        Promise::all(cx, std::iter::repeat(promise))
    });
    assert_eq!(endless.unwrap_err().class(), Class::Limit);
}

#[test]
fn results_are_kept_up_to_their_limit_however_large_each_is() {
    let mut bench = bench();
    for (each, count) in [(KEPT_INLINE_BYTES_MAX / 2, 3), (KEPT_INLINE_BYTES_MAX * 100, 3)] {
        let all = bench.outcome(|cx| {
            let cell = cx.spawn(ValueCell::new(Value::from("x".repeat(each))))?;
            let texts: Result<Vec<_>> =
                (0..count).map(|_| cx.send(cell, Message::new("get", []))).collect();
            Promise::all(cx, texts?)
        });
        assert_eq!(all.unwrap().len(), count);
    }
    let over = bench.outcome(|cx| {
        let cell = cx.spawn(ValueCell::new(Value::from("x".repeat(JOIN_BYTES_MAX / 2))))?;
        let one = cx.send(cell, Message::new("get", []))?;
        Promise::settled(cx, [one, one])
    });
    let error = over.unwrap_err();
    assert!(error.message().contains("together"), "{error}");
    assert_eq!(error.class(), Class::Limit);
}
