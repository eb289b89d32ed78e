//! Queues, mailboxes and tickers whose users go without a word, and as many users as there may be.

use hogshead_objects::limits::{ENTRY_BYTES_MAX, MEMBERS_MAX, NOTES_BYTES_A_TURN, WAITERS_MAX};
use hogshead_objects::records::table;
use hogshead_objects::stock::mailbox::Letter;
use hogshead_objects::{Class, Error, Ref, Value, codec};

use crate::cast::{PUPPET, Step};
use crate::world::{Args, Memory, World, story};

const QUEUE: &str = "hogshead/queue";
const TICKER: &str = "hogshead/ticker";

/// Asks, runs everything, and gives the promise of the answer, which is held.
fn ask(world: &mut World, target: Ref, method: &'static str, args: Vec<Value>) -> Ref {
    let answer = world.ask(target, method, Args(args));
    world.run();
    Ref::Promise(answer)
}

fn outcome(world: &mut World, answer: Ref) -> Option<Result<Value, Error>> {
    let Ref::Promise(promise) = answer else { panic!("no promise") };
    world.outcome(promise)
}

/// Asks and forgets the answer.
fn tell(world: &mut World, target: Ref, method: &'static str, args: Vec<Value>) {
    let answer = ask(world, target, method, args);
    let outcome = outcome(world, answer).expect("it is answered");
    assert!(outcome.is_ok(), "{method}: {outcome:?}");
    world.release(answer);
}

/// A world that is not audited after each of its many turns, but in the end.
fn large_world(tell: impl Fn(&mut World)) {
    let mut world = World::new(Memory::Kept);
    world.audited = false;
    tell(&mut world);
    world.audit();
}

#[test]
fn a_value_passes_over_takers_who_have_gone() {
    story(|world| {
        let queue = world.spawn(QUEUE);
        let takers: Vec<_> = (0..4).map(|_| ask(world, queue, "take", vec![])).collect();
        world.release(takers[0]);
        world.release(takers[2]);
        for word in ["a", "b", "c"] {
            tell(world, queue, "put", vec![Value::from(word)]);
        }
        assert_eq!(outcome(world, takers[1]), Some(Ok(Value::from("a"))));
        assert_eq!(outcome(world, takers[3]), Some(Ok(Value::from("b"))));
        let next = ask(world, queue, "take", vec![]);
        assert_eq!(outcome(world, next), Some(Ok(Value::from("c"))));
        for taker in [takers[1], takers[3], next] {
            world.release(taker);
        }
        assert_eq!(world.rows(table::PROMISE), 0);
    });
}

#[test]
fn whoever_takes_and_wants_no_answer_gets_nothing() {
    story(|world| {
        let queue = world.spawn(QUEUE);
        world.turn(|turn| {
            let take = crate::world::message("take", ());
            turn.send_from_host(queue, take, None).unwrap();
        });
        world.run();
        tell(world, queue, "put", vec![Value::from("a")]);
        let next = ask(world, queue, "take", vec![]);
        assert_eq!(outcome(world, next), Some(Ok(Value::from("a"))));
    });
}

#[test]
fn whoever_stops_waiting_for_room_takes_the_value_back() {
    story(|world| {
        let one = Value::structure([("values", Value::from(1_u64))]);
        let queue = world.spawn_with(QUEUE, one);
        tell(world, queue, "put", vec![Value::from("a")]);
        let large = Value::from("b".repeat(1_000));
        let rows = world.store.rows.len();
        let gone = ask(world, queue, "put_when_room", vec![large]);
        let stays = ask(world, queue, "put_when_room", vec![Value::from("c")]);
        world.release(gone);
        for expected in ["a", "c"] {
            let taken = ask(world, queue, "take", vec![]);
            assert_eq!(outcome(world, taken), Some(Ok(Value::from(expected))));
            world.release(taken);
        }
        assert_eq!(outcome(world, stays), Some(Ok(Value::Undefined)));
        world.release(stays);
        assert_eq!(world.store.rows.len(), rows, "nothing is left of what was taken back");
    });
}

#[test]
fn a_letter_passes_over_a_reader_who_has_gone() {
    story(|world| {
        let mailbox = world.spawn("hogshead/mailbox");
        let slot = ask(world, mailbox, "slot", vec![Value::from("Alice"), Value::Null]);
        let gone = ask(world, mailbox, "next", vec![]);
        world.release(gone);
        tell(world, slot, "drop", vec![Value::from("dear Bob")]);
        let next = ask(world, mailbox, "next", vec![]);
        let letter: Letter = codec::from_value(outcome(world, next).unwrap().unwrap()).unwrap();
        assert_eq!(letter.value, Value::from("dear Bob"));
    });
}

#[test]
fn so_many_takers_wait_and_those_who_have_gone_make_room() {
    large_world(|world| {
        let queue = world.spawn(QUEUE);
        let takers: Vec<_> = (0..WAITERS_MAX).map(|_| ask(world, queue, "take", vec![])).collect();
        let over = ask(world, queue, "take", vec![]);
        let error = outcome(world, over).unwrap().unwrap_err();
        assert_eq!(error.class(), Class::Busy, "{error}");
        world.release(takers[7]);
        let late = ask(world, queue, "take", vec![]);
        assert_eq!(outcome(world, late), None, "it waits");
    });
}

#[test]
fn a_ticker_has_so_many_members_and_places_that_were_left_are_free() {
    large_world(|world| {
        let (ticker, puppet) = (world.spawn(TICKER), world.spawn(PUPPET));
        let register = |world: &mut World| ask(world, ticker, "register", vec![Value::Ref(puppet)]);
        let places: Vec<_> = (0..MEMBERS_MAX).map(|_| register(world)).collect();
        let over = register(world);
        let error = outcome(world, over).unwrap().unwrap_err();
        assert_eq!(error.class(), Class::Busy, "{error}");
        tell(world, places[5], "leave", vec![]);
        let place = register(world);
        assert!(outcome(world, place).unwrap().is_ok());
        // All of them are told in one turn.
        let told = ask(world, ticker, "beat", vec![]);
        assert_eq!(outcome(world, told), Some(Ok(Value::from(MEMBERS_MAX as u64))));
    });
}

#[test]
fn a_ticker_goes_with_its_last_holder_also_if_a_member_never_answers() {
    story(|world| {
        let puppet = world.spawn(PUPPET);
        world.act(puppet, vec![Step::Promise]).unwrap();
        let rows = world.store.rows.len();
        let ticker = world.spawn(TICKER);
        // A member that is not there yet: what it is sent waits.
        let pending = ask(world, puppet, "settled", vec![Value::from(0_u64)]);
        let place = ask(world, ticker, "register", vec![Value::Ref(pending)]);
        tell(world, ticker, "beat", vec![]);
        tell(world, ticker, "beat", vec![]);
        assert_eq!(world.rows(table::DELIVERY), 2, "one beat, and one wait for its answer");
        for held in [place, ticker] {
            world.release(held);
        }
        assert_eq!(world.rows(table::OBJECT), 1 + 1, "the steward and the puppet");
        world.release(pending);
        world.act(puppet, vec![Step::ForgetPromise(0), Step::ForgetResolver(0)]).unwrap();
        assert_eq!(world.store.rows.len(), rows - 1);
    });
}

/// A subscriber that never answers: a promise that a puppet may keep, and that is held.
fn pending(world: &mut World, puppet: Ref) -> Ref {
    world.act(puppet, vec![Step::Promise]).unwrap();
    let (_, _, promises, _) = world.peek(puppet);
    ask(world, puppet, "settled", vec![Value::from(promises as u64 - 1)])
}

#[test]
fn a_publisher_and_all_of_its_log_go_with_the_last_holder_once_nothing_is_unanswered() {
    story(|world| {
        let puppet = world.spawn(PUPPET);
        let rows = world.store.rows.len();
        let news = world.spawn("hogshead/publisher");
        // A puppet understands nothing of news, which is an answer as well.
        let subscribed = ask(world, news, "subscribe", vec![Value::Ref(puppet), Value::Null]);
        for _ in 0..3 {
            tell(world, news, "publish", vec![Value::from("n".repeat(100))]);
        }
        world.release(news);
        assert!(world.rows(table::ENTRY) > 0, "a subscription holds its publisher");
        world.release(subscribed);
        world.run();
        assert_eq!(world.store.rows.len(), rows);
    });
}

#[test]
fn who_cancels_a_subscription_that_is_never_answered_leaves_nothing_waiting_for_it() {
    story(|world| {
        let puppet = world.spawn(PUPPET);
        let never = pending(world, puppet);
        let news = world.spawn("hogshead/publisher");
        let subscribed = ask(world, news, "subscribe", vec![Value::Ref(never), Value::Null]);
        for _ in 0..3 {
            tell(world, news, "publish", vec![Value::from("news")]);
        }
        assert_eq!(world.rows(table::DELIVERY), 6, "a note and a wait for each");
        tell(world, subscribed, "cancel", vec![]);
        assert_eq!(world.rows(table::DELIVERY), 3, "what was sent was sent");
        world.release(subscribed);
        tell(world, news, "publish", vec![Value::from("news")]);
        assert_eq!(world.rows(table::DELIVERY), 3);
        world.release(news);
        assert_eq!(world.rows(table::OBJECT), 2, "the steward and the puppet");
    });
}

#[test]
fn as_many_subscribers_as_there_may_be_are_told_in_one_turn() {
    large_world(|world| {
        let puppet = world.spawn(PUPPET);
        let never = pending(world, puppet);
        let news = world.spawn("hogshead/publisher");
        for _ in 0..MEMBERS_MAX {
            tell(world, news, "subscribe", vec![Value::Ref(never), Value::Null]);
        }
        let over = ask(world, news, "subscribe", vec![Value::Ref(never), Value::Null]);
        let error = outcome(world, over).unwrap().unwrap_err();
        assert_eq!(error.class(), Class::Busy, "{error}");
        tell(world, news, "publish", vec![Value::from("news")]);
        assert_eq!(world.rows(table::DELIVERY), 2 * MEMBERS_MAX);
    });
}

#[test]
fn large_news_for_many_are_told_in_several_turns() {
    large_world(|world| {
        let puppet = world.spawn(PUPPET);
        let never = pending(world, puppet);
        let news = world.spawn("hogshead/publisher");
        let subscribers = 3 * NOTES_BYTES_A_TURN / ENTRY_BYTES_MAX;
        for _ in 0..subscribers {
            tell(world, news, "subscribe", vec![Value::Ref(never), Value::Null]);
        }
        let answer = world.ask(news, "publish", Args(vec![Value::from("n".repeat(1_000_000))]));
        let publish = world.next_ready().unwrap();
        world.run_one(publish);
        let told = world.rows(table::DELIVERY) / 2;
        assert!((1..subscribers).contains(&told), "{told}");
        world.run();
        assert_eq!(world.rows(table::DELIVERY), 2 * subscribers);
        world.release(Ref::Promise(answer));
    });
}
