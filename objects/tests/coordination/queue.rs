//! Queues: order on both sides, room, and closing.

use hogshead_objects::limits::{HELD_BYTES_MAX, HELD_VALUES_MAX};
use hogshead_objects::stock::queue::{BoundedQueue, Queue};
use hogshead_objects::testing::Bench;
use hogshead_objects::{Cap, Class, Message, Promise, Value, codec};

use super::super::bench;

fn queue(values: u64, bytes: u64) -> (Bench, Cap<dyn Queue>) {
    let mut bench = bench();
    let queue = bench.spawn_apart(BoundedQueue::new(values, bytes).unwrap());
    (bench, queue)
}

fn take(bench: &mut Bench, queue: Cap<dyn Queue>) -> Promise<Value> {
    let taken = bench.turn(|cx| queue.send(cx).take()).unwrap();
    bench.run();
    taken
}

fn text(text: &str) -> Value {
    Value::from(text)
}

#[test]
fn whoever_waits_longest_gets_what_came_first() {
    let (mut bench, queue) = queue(8, 1_000);
    let takers: Vec<_> = (0..2).map(|_| take(&mut bench, queue)).collect();
    for word in ["a", "b", "c", "d"] {
        bench.outcome(|cx| queue.send(cx).put(text(word))).unwrap();
    }
    let taken: Vec<_> = takers.into_iter().map(|taker| bench.answer(taker).unwrap()).collect();
    assert_eq!(taken, [text("a"), text("b")]);
    let count = bench.outcome(|cx| queue.send(cx).count()).unwrap();
    assert_eq!((count.values, count.takers, count.putters), (2, 0, 0));
    for word in ["c", "d"] {
        let taken = take(&mut bench, queue);
        assert_eq!(bench.answer(taken), Ok(text(word)));
    }
    let taken = take(&mut bench, queue);
    assert_eq!(bench.answer(taken).unwrap_err().class(), Class::Busy, "it waits");
}

#[test]
fn a_full_queue_refuses_or_has_one_wait_and_nobody_overtakes() {
    let (mut bench, queue) = queue(1, 1_000);
    bench.outcome(|cx| queue.send(cx).put(text("a"))).unwrap();
    let waits = bench.turn(|cx| queue.send(cx).put_when_room(text("b"))).unwrap();
    let after = bench.turn(|cx| queue.send(cx).put_when_room(text("c"))).unwrap();
    bench.run();
    let busy = bench.outcome(|cx| queue.send(cx).put(text("d"))).unwrap_err();
    assert_eq!(busy.class(), Class::Busy, "{busy}");
    assert_eq!(bench.answer(waits).unwrap_err().class(), Class::Busy, "still pending");
    let taken = take(&mut bench, queue);
    assert_eq!(bench.answer(taken), Ok(text("a")));
    bench.answer(waits).unwrap();
    let busy = bench.outcome(|cx| queue.send(cx).put(text("d"))).unwrap_err();
    assert_eq!(busy.class(), Class::Busy, "c comes first");
    for word in ["b", "c"] {
        let taken = take(&mut bench, queue);
        assert_eq!(bench.answer(taken), Ok(text(word)));
    }
    bench.answer(after).unwrap();
}

#[test]
fn bytes_are_bounded_as_well_as_values() {
    let (mut bench, queue) = queue(8, 1_000);
    let half = "x".repeat(500);
    bench.outcome(|cx| queue.send(cx).put(text(&half))).unwrap();
    let busy = bench.outcome(|cx| queue.send(cx).put(text(&half))).unwrap_err();
    assert_eq!(busy.class(), Class::Busy, "{busy}");
    let waits = bench.turn(|cx| queue.send(cx).put_when_room(text(&half))).unwrap();
    let too_many = bench.outcome(|cx| queue.send(cx).put_when_room(text(&half))).unwrap_err();
    assert_eq!(too_many.class(), Class::Busy, "{too_many}");
    let never = bench.outcome(|cx| queue.send(cx).put(text(&half.repeat(2)))).unwrap_err();
    assert_eq!(never.class(), Class::Limit, "{never}");
    for _ in 0..2 {
        let taken = take(&mut bench, queue);
        assert_eq!(bench.answer(taken), Ok(text(&half)));
    }
    bench.answer(waits).unwrap();
    let count = bench.outcome(|cx| queue.send(cx).count()).unwrap();
    assert_eq!((count.values, count.bytes), (0, 0));
}

#[test]
fn a_closed_queue_is_emptied_and_tells_those_who_wait() {
    let (mut bench, queue) = queue(1, 1_000);
    let waiter = take(&mut bench, queue);
    bench.outcome(|cx| queue.send(cx).put(text("a"))).unwrap();
    bench.answer(waiter).unwrap();
    bench.outcome(|cx| queue.send(cx).put(text("b"))).unwrap();
    let putter = bench.turn(|cx| queue.send(cx).put_when_room(text("c"))).unwrap();
    bench.outcome(|cx| queue.send(cx).close()).unwrap();
    assert_eq!(bench.answer(putter).unwrap_err().class(), Class::Stopped);
    let refused = bench.outcome(|cx| queue.send(cx).put(text("d"))).unwrap_err();
    assert_eq!(refused.class(), Class::Stopped);
    let taken = take(&mut bench, queue);
    assert_eq!(bench.answer(taken), Ok(text("b")));
    let taken = take(&mut bench, queue);
    assert_eq!(bench.answer(taken).unwrap_err().class(), Class::Stopped);
}

#[test]
fn who_puts_cannot_take_and_who_takes_cannot_put() {
    let (mut bench, queue) = queue(8, 1_000);
    let putter = bench.outcome(|cx| queue.send(cx).put_only()).unwrap();
    let taker = bench.outcome(|cx| queue.send(cx).take_only()).unwrap();
    bench.outcome(|cx| putter.send(cx).put(text("a"))).unwrap();
    let taken = bench.outcome(|cx| putter.send(cx).take());
    assert_eq!(taken.unwrap_err().class(), Class::Denied);
    let put = bench.outcome(|cx| taker.send(cx).put(text("b")));
    assert_eq!(put.unwrap_err().class(), Class::Denied);
    let closed = bench.outcome(|cx| taker.send(cx).close());
    assert_eq!(closed.unwrap_err().class(), Class::Denied);
    let taken = take(&mut bench, taker);
    assert_eq!(bench.answer(taken), Ok(text("a")));
}

#[test]
fn a_queue_is_made_by_its_name_within_limits() {
    let mut bench = bench();
    let made = |bench: &mut Bench, init: Value| {
        let maker = bench.spawn_apart(hogshead_objects::stock::maker::KindMaker::default());
        let message = Message::new("make", [Value::from("hogshead/queue"), init]);
        bench.outcome(|cx| Ok(cx.send(maker, message)?.cast::<Cap>()))
    };
    let (values, bytes) = (HELD_VALUES_MAX, HELD_BYTES_MAX);
    let init = |values: u64, bytes: u64| {
        Value::structure([("values", Value::from(values)), ("bytes", Value::from(bytes))])
    };
    made(&mut bench, init(values, bytes)).unwrap();
    made(&mut bench, Value::Undefined).unwrap();
    made(&mut bench, Value::structure([("values", Value::from(3_u64))])).unwrap();
    for wrong in [init(values + 1, 1), init(0, 1), init(1, 0), init(1, bytes + 1)] {
        let error = made(&mut bench, wrong).unwrap_err();
        assert_eq!(error.class(), Class::Limit, "{error}");
    }
    codec::check_round_trip(&BoundedQueue::default()).unwrap();
}
