//! Broken promises: what they are broken with arrives unchanged, wherever it goes.

use hogshead_objects::heap::{Heap, Outgoing, Resolution};
use hogshead_objects::ids::PromiseId;
use hogshead_objects::{Class, Error, Ref, Value, limits};

use crate::cast::{PUPPET, Step};
use crate::promises::promise;
use crate::sessions::import;
use crate::world::{Args, World, story};

fn break_with(world: &mut World, promise: PromiseId, reason: Value) {
    world.call_value(Ref::Resolver(promise), "break", Args(vec![reason])).unwrap();
}

/// What peers were told, as values.
fn told(world: &mut World) -> Vec<Vec<Value>> {
    let message = |out| match out {
        Outgoing::Deliver { message, .. } => Some(message.values),
        _ => None,
    };
    std::mem::take(&mut world.sent).into_iter().filter_map(message).collect()
}

#[test]
fn whoever_listens_is_told_the_very_data_that_a_promise_was_broken_with() {
    let fields = [("code", Value::from(-7_i64)), ("why", Value::list([Value::Null]))];
    for reason in [
        Value::symbol("oh-no"),
        Value::from("torn"),
        Value::Undefined,
        Value::tagged("problem", Value::structure(fields)),
        Value::error("boom"),
        Value::error("refused: closed"),
    ] {
        story(|world| {
            let (p, q) = (promise(world), promise(world));
            let early = import(world, 4);
            world.turn(|turn| turn.settle_to(Ref::Promise(p), early).unwrap());
            world.turn(|turn| {
                Heap::settle(turn, p, Ok(Value::Ref(Ref::Promise(q)))).unwrap();
            });
            assert!(told(world).is_empty());
            break_with(world, q, reason.clone());
            let broken = vec![Value::symbol("break"), reason.clone()];
            assert_eq!(told(world), std::slice::from_ref(&broken));
            // And whoever asks later, of the row.
            world.turn(|turn| turn.settle_to(Ref::Promise(p), early).unwrap());
            assert_eq!(told(world), [broken]);
        });
    }
}

#[test]
fn a_message_to_a_broken_promise_breaks_with_the_same() {
    story(|world| {
        let p = promise(world);
        let waiting = world.ask(Ref::Promise(p), "act", (Vec::<Step>::new(),));
        break_with(world, p, Value::symbol("oh-no"));
        world.run();
        let late = world.ask(Ref::Promise(p), "act", (Vec::<Step>::new(),));
        for answer in [waiting, late] {
            let error = world.outcome(answer).unwrap().unwrap_err();
            assert_eq!((error.class(), error.to_string()), (Class::Remote, "'oh-no".to_owned()));
            assert_eq!(error.into_reason(), Value::symbol("oh-no"));
        }
    });
}

#[test]
fn a_continuation_gets_what_its_promise_was_broken_with_and_may_pass_it_on() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        world
            .act(alice, vec![Step::Promise, Step::PassOn(0), Step::BreakWith(0, "oh-no".into())])
            .unwrap();
        let heard = world.call_value(alice, "settled", (1,)).unwrap_err();
        assert_eq!(heard.into_reason(), Value::symbol("oh-no"));
    });
}

#[test]
fn a_reference_in_a_reason_is_let_go_and_named() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let p = promise(world);
        let reason = Value::list([Value::symbol("blame"), Value::Ref(alice)]);
        break_with(world, p, reason);
        let error = world.outcome(p).unwrap().unwrap_err();
        let stand_in = Value::error(hogshead_objects::error::NOT_IN_A_REASON);
        assert_eq!(error.into_reason(), Value::list([Value::symbol("blame"), stand_in]));
        // The audit after each turn says that nothing more holds her.
        world.release(alice);
    });
}

#[test]
fn a_reason_over_its_limit_is_replaced_by_an_error_that_says_so() {
    story(|world| {
        let p = promise(world);
        let long = "x".repeat(limits::BREAK_REASON_BYTES_MAX);
        break_with(world, p, Value::from(long));
        let resolution = world.turn(|turn| turn.resolution(Ref::Promise(p)).unwrap());
        let Resolution::Broken(error) = resolution else { panic!("{resolution:?}") };
        assert!(error.message().contains("at most 16384"), "{error}");
        assert_eq!(error.clone().into_reason(), Value::<Ref>::Error(Error::into(error)));
    });
}
