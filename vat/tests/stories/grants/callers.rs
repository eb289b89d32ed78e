//! Grants to one vat alone: who a caller is, also of messages that had to wait.

use hogshead_objects::grant::Caveats;
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{PromiseId, SessionId, VatId};
use hogshead_objects::stock::clock::CatchUp;
use hogshead_objects::{Class, Error, Message, Ref, Value, codec};
use hogshead_vat::{Caller, Ran, Turn};

use super::{grant, info};
use crate::cast::{PUPPET, Step};
use crate::world::{World, story};

/// Points of the curve, each as good a public key as any.
pub(super) fn key(n: u64) -> VatId {
    let mut found = 0;
    for byte in 1..=255_u8 {
        let mut bytes = [0; 32];
        (bytes[0], bytes[31]) = (byte, 0);
        if let Ok(key) = VatId::from_bytes(&bytes) {
            if found == n {
                return key;
            }
            found += 1;
        }
    }
    panic!("no such point")
}

fn message() -> Message {
    Message::new("act", [codec::to_value(&vec![Step::Add(1)]).unwrap()])
}

/// Delivers as a session with that peer does; the answer is held.
fn call_as(world: &mut World, caller: Caller, to: Ref) -> PromiseId {
    send_as(world, caller, to, message())
}

/// The same with any message.
pub(super) fn send_as(world: &mut World, caller: Caller, to: Ref, message: Message) -> PromiseId {
    let next = PromiseId(world.peek_next_id());
    world.held.insert(Ref::Promise(next), 1);
    world.turn(|turn| {
        turn.set_own_key(key(0));
        let answer = turn.create_promise(None).unwrap();
        assert_eq!(answer, next);
        turn.hold(Ref::Promise(answer)).unwrap();
        deliver_as(turn, caller, to, message, answer);
    });
    next
}

fn deliver_as(
    turn: &mut Turn<'_, '_>,
    caller: Caller,
    to: Ref,
    message: Message,
    answer: PromiseId,
) -> Ran {
    turn.set_caller(caller);
    turn.deliver(to, message, Some(answer)).unwrap();
    turn.set_caller(Caller::Own);
    turn.run_delivered().unwrap()
}

fn run(world: &mut World) {
    while let Some(id) = world.next_ready() {
        world.turn(|turn| {
            turn.set_own_key(key(0));
            turn.run(id).unwrap()
        });
    }
}

#[track_caller]
fn settle(world: &mut World, answer: PromiseId) -> Option<Class> {
    settle_as(world, answer).err().map(|error| error.class())
}

/// What a message was answered with.
#[track_caller]
pub(super) fn settle_as(world: &mut World, answer: PromiseId) -> Result<Value, Error> {
    let outcome = world.outcome(answer).expect("the answer is settled");
    world.release(Ref::Promise(answer));
    outcome
}

#[test]
fn only_the_vat_that_it_is_for_uses_a_grant() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let bobs = grant(world, alice, Caveats::new().only_from(key(1)).label("Bob"));
        let derived = grant(world, bobs, Caveats::new());
        for (caller, denied) in [
            (Caller::Vat(key(1)), None),
            (Caller::Vat(key(2)), Some(Class::Denied)),
            (Caller::Own, Some(Class::Denied)),
            (Caller::Unknown, Some(Class::Denied)),
        ] {
            for to in [bobs, derived] {
                let answer = call_as(world, caller, to);
                assert_eq!(settle(world, answer), denied, "{caller:?}");
            }
        }
        let denials = info(world, bobs).denials;
        let callers: Vec<_> = denials.iter().map(|denial| denial.caller).collect();
        let each = [Some(key(2)), Some(key(0)), None];
        assert_eq!(callers, each.map(|caller| [caller; 2]).concat());
        assert_eq!(world.peek(alice).0, 2);
    });
}

#[test]
fn a_grant_to_the_own_vat_is_for_its_objects() {
    story(|world| {
        let (alice, bob) = (world.spawn(PUPPET), world.spawn(PUPPET));
        let own = grant(world, alice, Caveats::new().only_from(key(0)));
        world.give(bob, own);
        let steps = vec![Step::Send { to: 0, steps: vec![Step::Add(1)] }];
        let answer = world.ask(bob, "act", (steps,));
        run(world);
        assert_eq!(settle(world, answer), None);
        assert_eq!(world.peek(alice).0, 1);
        for caller in [Caller::Vat(key(1)), Caller::Unknown] {
            let answer = call_as(world, caller, own);
            assert_eq!(settle(world, answer), Some(Class::Denied));
        }
    });
}

#[test]
fn a_message_that_waited_is_its_senders_still() {
    story(|world| {
        let (alice, keeper) = (world.spawn(PUPPET), world.spawn(PUPPET));
        let bobs = grant(world, alice, Caveats::new().only_from(key(1)));
        world.act(keeper, vec![Step::Promise]).unwrap();
        world.give(keeper, bobs);
        let promise = world.ask(keeper, "settled", (0,));
        world.run();
        let callers = [Caller::Vat(key(1)), Caller::Vat(key(2)), Caller::Own, Caller::Unknown];
        // For a promise to be kept, and then for the vat to go on.
        let mut answers = callers.map(|by| call_as(world, by, Ref::Promise(promise))).to_vec();
        world.turn(|turn| turn.pause());
        answers.extend(callers.map(|by| call_as(world, by, bobs)));
        world.turn(|turn| turn.resume());
        world.act(keeper, vec![Step::FulfillCap { index: 0, cap: 0 }]).unwrap();
        run(world);
        let denied = Some(Class::Denied);
        let outcomes: Vec<_> = answers.into_iter().map(|a| settle(world, a)).collect();
        assert_eq!(outcomes, [None, denied, denied, denied].repeat(2));
        assert_eq!(world.peek(alice).0, 2);
        world.release(Ref::Promise(promise));
    });
}

#[test]
fn a_tick_is_sent_with_the_authority_of_whoever_set_the_timer() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let own = grant(world, alice, Caveats::new().only_from(key(0)));
        let clock = world.clock();
        let args =
            (10_u64, CatchUp::Skip, hogshead_objects::Cap::<hogshead_objects::Untyped>::from(own));
        let every = crate::world::message("every", args);
        for caller in [Caller::Vat(key(1)), Caller::Own] {
            let next = PromiseId(world.peek_next_id());
            world.held.insert(Ref::Promise(next), 1);
            world.turn(|turn| {
                turn.set_own_key(key(0));
                let answer = turn.create_promise(None).unwrap();
                turn.hold(Ref::Promise(answer)).unwrap();
                turn.comes_from(Some(SessionId(9)));
                turn.set_caller(caller);
                turn.deliver(clock, every.clone(), Some(answer)).unwrap();
                turn.run_delivered().unwrap();
            });
            let denied = info(world, own).denied;
            let until = world.now() + 12;
            world.pass_until(until);
            world.turn(|turn| {
                turn.set_own_key(key(0));
                turn.fire_due(16).unwrap()
            });
            run(world);
            let newly = info(world, own).denied - denied;
            assert_eq!(newly, 1, "a peer's tick is refused, whatever the vat may");
            if caller == Caller::Own {
                assert_eq!(info(world, own).used, 1, "and the vat's own arrives");
            }
            world.release(Ref::Promise(next));
        }
    });
}
