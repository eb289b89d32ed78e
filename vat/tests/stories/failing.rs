//! A failed turn never happened; a failed near call left nothing; a refusal remembers.

use hogshead_objects::Class;
use hogshead_objects::records::table;
use hogshead_vat::{Ran, limits};

use crate::cast::{PUPPET, Step};
use crate::world::{World, message, story};

/// Everything that a turn can do.
fn all_effects() -> Vec<Step> {
    vec![
        Step::Add(5),
        Step::Spawn,
        Step::Near { to: 0, steps: vec![Step::Add(1), Step::Spawn], caught: false },
        Step::Send { to: 0, steps: vec![Step::Add(100)] },
        Step::Ask { to: 0, steps: vec![Step::Add(100)] },
        Step::Promise,
        Step::Fulfill { index: 0, with: 3 },
        Step::Then(0),
        Step::Facet,
        Step::Revoke(2),
    ]
}

/// A puppet with a child, and with a promise that someone waits for.
fn alice(world: &mut World) -> hogshead_objects::Ref {
    let alice = world.spawn(PUPPET);
    world.act(alice, vec![Step::Add(1), Step::Spawn, Step::Promise, Step::Then(0)]).unwrap();
    alice
}

#[test]
fn what_a_failed_method_did_is_gone_and_only_its_input_is_consumed() {
    for (end, class) in [
        (Step::Fail, Class::Refused),
        (Step::Panic, Class::Failed),
        (Step::CallSelf, Class::BadCall),
    ] {
        story(|world| {
            let alice = alice(world);
            let before = (world.peek(alice), world.store.rows.len(), world.vat().meter());
            let mut steps = all_effects();
            steps.push(end.clone());
            let error = world.act(alice, steps).unwrap_err();
            assert_eq!(error.class(), class, "{error}");
            assert_eq!((world.peek(alice), world.store.rows.len(), world.vat().meter()), before);
            assert!(world.next_ready().is_none());
        });
    }
}

#[test]
fn of_deliveries_that_share_a_turn_each_fails_by_itself() {
    for end in [Step::Fail, Step::Panic] {
        story(|world| {
            let alice = alice(world);
            let before = world.peek(alice);
            let mut fails = all_effects();
            fails.push(end.clone());
            for steps in [vec![Step::Add(10)], fails, vec![Step::Add(20)]] {
                world.turn(|turn| {
                    turn.send_from_host(alice, message("act", (steps,)), None).unwrap();
                });
            }
            let ran = world.run_together(10);
            assert!(matches!(&ran[..], [Ran::Done, Ran::Failed(_), Ran::Done]), "{ran:?}");
            let (number, ..) = before;
            assert_eq!(world.peek(alice), (number + 30, before.1, before.2, before.3));
            assert!(world.next_ready().is_none());
        });
    }
}

#[test]
fn a_panic_breaks_the_answer_without_telling_of_insides_and_the_vat_goes_on() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let error = world.act(alice, vec![Step::Add(1), Step::Panic]).unwrap_err();
        assert_eq!((error.class(), error.message()), (Class::Failed, "the object panicked"));
        assert_eq!(world.act(alice, vec![Step::Add(2)]).unwrap(), 2);
    });
}

#[test]
fn a_panic_below_near_calls_fails_the_whole_method() {
    story(|world| {
        let alice = alice(world);
        let before = world.peek(alice);
        for below in [
            Step::Near { to: 0, steps: vec![Step::Add(1), Step::Panic], caught: true },
            Step::NearLook { to: 0, steps: vec![Step::Panic] },
        ] {
            let change = Step::Near { to: 0, steps: vec![Step::Add(9)], caught: false };
            let error = world.act(alice, vec![Step::Add(5), change, below]).unwrap_err();
            assert_eq!(error.class(), Class::Failed);
            assert_eq!(world.peek(alice), before);
            let child = world.cap(alice, 0);
            assert_eq!(world.peek(child).0, 0);
            world.release(child);
        }
    });
}

#[test]
fn a_refusal_commits_what_was_done_and_breaks_the_answer() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let error = world.act(alice, vec![Step::Add(1), Step::Spawn, Step::Refuse]).unwrap_err();
        assert_eq!(error.to_string(), "refused: told to refuse");
        assert_eq!(world.peek(alice), (1, 1, 0, 0));
        // Through a near call as well, if the caller passes it on.
        let below = Step::Near { to: 0, steps: vec![Step::Add(7), Step::Refuse], caught: false };
        world.act(alice, vec![Step::Add(1), below]).unwrap_err();
        let child = world.cap(alice, 0);
        assert_eq!((world.peek(alice).0, world.peek(child).0), (2, 7));
    });
}

#[test]
fn a_failed_near_call_undoes_all_below_it_and_its_caller_goes_on() {
    story(|world| {
        let alice = alice(world);
        let child = world.cap(alice, 0);
        world.act(child, vec![Step::Spawn]).unwrap();
        let before = (world.peek(child), world.store.rows.len());
        let mut below = all_effects();
        below.push(Step::Fail);
        let near = Step::Near { to: 0, steps: below, caught: true };
        assert_eq!(world.act(alice, vec![Step::Add(1), near, Step::Add(1)]).unwrap(), 3);
        assert_eq!((world.peek(child), world.store.rows.len()), before);
        let grandchild = world.cap(child, 0);
        assert_eq!(world.peek(grandchild).0, 0);
    });
}

#[test]
fn a_failed_near_call_leaves_what_the_turn_did_before_to_the_same_objects() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        world.act(alice, vec![Step::Spawn]).unwrap();
        let bob = world.cap(alice, 0);
        world.act(bob, vec![Step::Spawn]).unwrap();
        let carol = world.cap(bob, 0);
        world
            .call::<u64>(
                alice,
                "keep",
                (hogshead_objects::Cap::<hogshead_objects::Untyped>::from(carol),),
            )
            .unwrap();
        let add = |to, by| Step::Near { to, steps: vec![Step::Add(by)], caught: false };
        let failing = Step::Near {
            to: 0,
            steps: vec![Step::Add(10), add(0, 20), Step::Spawn, Step::Fail],
            caught: true,
        };
        // Bob and Carol are changed, then Bob changes both again and fails.
        world.act(alice, vec![add(0, 1), add(1, 2), failing.clone(), failing]).unwrap();
        assert_eq!((world.peek(bob).0, world.peek(carol).0), (1, 2));
        // And they go on from there, within the same turn as well.
        let failing = Step::Near { to: 0, steps: vec![Step::Add(10), Step::Fail], caught: true };
        world.act(alice, vec![add(0, 1), failing, add(0, 1)]).unwrap();
        assert_eq!((world.peek(bob), world.peek(carol).0), ((3, 1, 0, 0), 2));
    });
}

#[test]
fn a_method_that_does_not_mutate_writes_nothing_of_its_object() {
    story(|world| {
        let alice = alice(world);
        let row = |world: &World| {
            let objects = world.store.rows.iter().filter(|(key, _)| key[0] == table::OBJECT);
            objects.map(|(_, row)| row.bytes.as_ptr()).collect::<Vec<_>>()
        };
        let before = row(world);
        world.peek(alice);
        assert_eq!(row(world), before, "an object's row was written again");
    });
}

#[test]
fn near_calls_deeper_than_the_limit_fail_the_turn_even_if_the_error_is_caught() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        world.act(alice, vec![Step::Dive(limits::NEAR_DEPTH_MAX - 1)]).unwrap();
        let before = world.store.rows.len();
        let dive = vec![Step::Add(1), Step::Dive(limits::NEAR_DEPTH_MAX)];
        let error = world.act(alice, dive).unwrap_err();
        assert_eq!(error.class(), Class::Limit);
        assert_eq!((world.peek(alice).0, world.store.rows.len()), (0, before));
    });
}

#[test]
fn more_sends_or_spawns_than_a_turn_may_do_fail_the_turn() {
    let mut world = World::new(crate::world::Memory::Kept);
    let alice = world.spawn(PUPPET);
    for step in
        [Step::SendMany(limits::TURN_SENDS_MAX + 1), Step::SpawnMany(limits::TURN_SPAWNS_MAX + 1)]
    {
        let before = world.store.rows.len();
        let error = world.act(alice, vec![Step::Add(1), step]).unwrap_err();
        assert_eq!(error.class(), Class::Limit, "{error}");
        assert_eq!((world.peek(alice).0, world.store.rows.len()), (0, before));
    }
    world.audited = false;
    world.act(alice, vec![Step::SendMany(limits::TURN_SENDS_MAX)]).unwrap();
    world.audit();
}

#[test]
fn a_state_over_the_limit_fails_the_turn() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        world.act(alice, vec![Step::Grow(limits::STATE_BYTES_MAX - 1000)]).unwrap();
        let grow = vec![Step::Add(1), Step::Spawn, Step::Grow(limits::STATE_BYTES_MAX)];
        let error = world.act(alice, grow).unwrap_err();
        assert_eq!(error.class(), Class::Limit, "{error}");
        assert_eq!(world.peek(alice), (0, 0, 0, 0));
    });
}

#[test]
fn a_delivery_runs_once() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let answer = world.ask(alice, "act", (vec![Step::Add(1)],));
        let id = world.next_ready().unwrap();
        assert_eq!(world.run_one(id), Ran::Done);
        assert_eq!(world.run_one(id), Ran::Nothing);
        assert_eq!(world.peek(alice).0, 1);
        world.release(hogshead_objects::Ref::Promise(answer));
    });
}
