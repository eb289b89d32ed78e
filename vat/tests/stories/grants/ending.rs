//! Ending grants: who may, what goes with them, and who is told.

use hogshead_objects::grant::Caveats;
use hogshead_objects::heap::Heap;
use hogshead_objects::records::table;
use hogshead_objects::{Class, Error, Ref, Value};
use hogshead_vat::limits;

use super::{add, grant, info, revoke, tree};
use crate::cast::{PUPPET, Step};
use crate::world::{Memory, World, story};

fn class(outcome: Result<u64, Error>) -> Option<Class> {
    outcome.err().map(|error| error.class())
}

#[test]
fn revoking_one_leaves_the_others_and_revoking_deep_takes_what_was_derived() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let bobs = grant(world, alice, Caveats::new().label("Bob"));
        let carols = grant(world, bobs, Caveats::new().label("Carol"));
        let daves = grant(world, carols, Caveats::new().methods(["act"]).label("Dave"));
        let eves = grant(world, alice, Caveats::new().label("Eve"));
        revoke(world, bobs, false);
        assert_eq!(class(add(world, bobs, 1)), Some(Class::Revoked));
        for others in [carols, daves, eves, alice] {
            add(world, others, 1).unwrap();
        }
        assert_eq!(info(world, daves).used, 1);
        revoke(world, bobs, true);
        for derived in [bobs, carols, daves] {
            assert_eq!(class(add(world, derived, 1)), Some(Class::Revoked));
            assert!(info(world, derived).revoked);
        }
        add(world, eves, 1).unwrap();
        assert!(super::try_grant(world, daves, Caveats::new()).is_err());
        let labels: Vec<_> = tree(world, bobs).into_iter().map(|info| info.label).collect();
        assert_eq!(labels, ["Bob", "Carol", "Dave"]);
        let parents: Vec<_> = tree(world, bobs).into_iter().map(|info| info.parent).collect();
        let number = |of: Ref| match of {
            Ref::Facet(id) => Some(id.0),
            _ => None,
        };
        assert_eq!(parents, [number(alice), number(bobs), number(carols)]);
    });
}

#[test]
fn uses_count_for_whoever_passed_the_grant_on_as_well() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let bobs = grant(world, alice, Caveats::new().uses(3).label("Bob"));
        let carols = grant(world, bobs, Caveats::new().uses(100).label("Carol"));
        add(world, carols, 1).unwrap();
        add(world, carols, 1).unwrap();
        add(world, bobs, 1).unwrap();
        let error = add(world, carols, 1).unwrap_err();
        assert!(error.message().starts_with("all uses of the grant are used up"), "{error}");
        let (bob, carol) = (info(world, bobs), info(world, carols));
        assert_eq!((bob.used, bob.left, bob.denied), (3, Some(0), 1));
        assert_eq!((carol.used, carol.left, carol.denied), (2, Some(98), 1));
    });
}

/// A puppet that answers over a grant with a promise which it settles later.
fn promised(world: &mut World, caveats: Caveats) -> (Ref, Ref) {
    let alice = world.spawn(PUPPET);
    world.act(alice, vec![Step::Promise]).unwrap();
    let bobs = grant(world, alice, caveats);
    (alice, bobs)
}

#[test]
fn answers_that_are_awaited_over_a_grant_break_when_it_is_revoked() {
    for deep in [false, true] {
        story(|world| {
            let (alice, bobs) = promised(world, Caveats::new().label("Bob"));
            let carols = grant(world, bobs, Caveats::new());
            let to_bob = world.ask(bobs, "settled", (0,));
            let to_carol = world.ask(carols, "settled", (0,));
            let to_alice = world.ask(alice, "settled", (0,));
            world.run();
            for answer in [to_bob, to_carol, to_alice] {
                assert_eq!(world.outcome(answer), None);
            }
            assert_eq!(world.rows(table::AWAITED), 2);
            // What was sent to the answer meanwhile waits for it, and breaks with it.
            let after = world.ask(Ref::Promise(to_bob), "peek", ());
            revoke(world, bobs, deep);
            let revoked = |world: &mut World, answer| {
                world.outcome(answer).map(|outcome| outcome.unwrap_err().class())
            };
            assert_eq!(revoked(world, to_bob), Some(Class::Revoked));
            assert_eq!(revoked(world, after), Some(Class::Revoked));
            assert_eq!(revoked(world, to_carol), deep.then_some(Class::Revoked));
            world.act(alice, vec![Step::Fulfill { index: 0, with: 7 }]).unwrap();
            world.run();
            assert_eq!(world.outcome(to_alice), Some(Ok(Value::from(7_u64))));
            assert_eq!(world.outcome(to_bob).unwrap().unwrap_err().class(), Class::Revoked);
            if !deep {
                assert_eq!(world.outcome(to_carol), Some(Ok(Value::from(7_u64))));
            }
            assert_eq!(world.rows(table::AWAITED), 0);
            for answer in [to_bob, to_carol, to_alice, after] {
                world.release(Ref::Promise(answer));
            }
        });
    }
}

#[test]
fn an_answer_that_nobody_waits_for_any_more_is_let_go() {
    story(|world| {
        let (alice, bobs) = promised(world, Caveats::new());
        let answer = world.ask(bobs, "settled", (0,));
        world.run();
        assert_eq!((world.rows(table::AWAITED), world.rows(table::DELIVERY)), (1, 1));
        world.release(Ref::Promise(answer));
        assert_eq!((world.rows(table::AWAITED), world.rows(table::DELIVERY)), (0, 0));
        world.act(alice, vec![Step::Fulfill { index: 0, with: 7 }]).unwrap();
    });
}

#[test]
fn answers_over_grants_that_wait_for_each_other_break() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        world.act(alice, vec![Step::Promise, Step::Promise]).unwrap();
        let bobs = grant(world, alice, Caveats::new());
        let (one, two) = (world.ask(bobs, "settled", (0,)), world.ask(bobs, "settled", (1,)));
        world.run();
        // The first promise becomes the second answer, and the second the first.
        for (index, answer) in [(0, two), (1, one)] {
            world.give(alice, Ref::Promise(answer));
            world.act(alice, vec![Step::FulfillCap { index, cap: index }]).unwrap();
        }
        let broken = [one, two].map(|answer| world.outcome(answer));
        assert!(broken.iter().all(|outcome| matches!(outcome, Some(Err(_)))), "{broken:?}");
        for answer in [one, two] {
            world.release(Ref::Promise(answer));
        }
    });
}

#[test]
fn no_more_answers_are_awaited_over_a_grant_than_fit() {
    let mut world = World::new(Memory::Kept);
    let (alice, bobs) = promised(&mut world, Caveats::new());
    world.audited = false;
    let max = limits::GRANT_AWAITED_MAX;
    let answers: Vec<_> = (0..max).map(|_| world.ask(bobs, "settled", (0,))).collect();
    world.run();
    assert_eq!(world.rows(table::AWAITED) as u64, max);
    assert_eq!(world.call_value(bobs, "peek", ()).unwrap_err().class(), Class::Busy);
    world.peek(alice);
    for answer in &answers {
        world.release(Ref::Promise(*answer));
    }
    world.peek(bobs);
    world.audit();
}

#[test]
fn messages_that_wait_for_a_promise_are_refused_once_it_leads_to_what_was_revoked() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let keeper = world.spawn(PUPPET);
        let bobs = grant(world, alice, Caveats::new());
        world.act(keeper, vec![Step::Promise]).unwrap();
        world.give(keeper, bobs);
        let promise = world.ask(keeper, "settled", (0,));
        world.run();
        let waiting = world.ask(Ref::Promise(promise), "act", (vec![Step::Add(1)],));
        revoke(world, bobs, false);
        world.act(keeper, vec![Step::FulfillCap { index: 0, cap: 0 }]).unwrap();
        world.run();
        let outcome = world.outcome(waiting).unwrap();
        assert_eq!(outcome.unwrap_err().class(), Class::Revoked);
        assert_eq!(world.peek(alice).0, 0);
        world.release(Ref::Promise(promise));
        world.release(Ref::Promise(waiting));
    });
}

#[test]
fn who_watches_a_facet_is_told_when_it_is_revoked() {
    story(|world| {
        let (alice, watcher) = (world.spawn(PUPPET), world.spawn(PUPPET));
        let bobs = grant(world, alice, Caveats::new());
        let carols = grant(world, bobs, Caveats::new());
        for cap in [bobs, carols, alice] {
            world.give(watcher, cap);
        }
        let steps = (0..3).map(Step::WatchThen).collect();
        world.act(watcher, steps).unwrap();
        let told = |world: &mut World| world.call::<String>(watcher, "text", ()).unwrap();
        revoke(world, bobs, false);
        world.run();
        assert_eq!(told(world), "cap 0: revoked: this reference was revoked; ");
        revoke(world, bobs, true);
        world.run();
        assert!(told(world).ends_with("cap 1: revoked: this reference was revoked; "));
        // Whoever comes too late is told at once.
        world.act(watcher, vec![Step::WatchThen(1)]).unwrap();
        world.run();
        assert_eq!(told(world).matches("cap 1").count(), 2);
        assert_eq!(told(world).matches("cap 2").count(), 0);
    });
}

#[test]
fn an_object_ends_what_it_granted_and_what_is_its_own_and_nothing_else() {
    story(|world| {
        let (alice, bob, carol) = (world.spawn(PUPPET), world.spawn(PUPPET), world.spawn(PUPPET));
        world.give(bob, alice);
        // Bob grants Alice's object on, and what he granted is granted on by Carol.
        world
            .act(bob, vec![Step::Grant { of: 0, caveats: Caveats::new().label("Carol") }])
            .unwrap();
        let carols = world.cap(bob, 1);
        world.give(carol, carols);
        world
            .act(carol, vec![Step::Grant { of: 0, caveats: Caveats::new().label("Eve") }])
            .unwrap();
        let eves = world.cap(carol, 1);
        let denied = Some(Class::Denied);
        assert_eq!(class(world.act(carol, vec![Step::RevokeDeep(0)])), denied, "not Carol's");
        assert_eq!(class(world.act(carol, vec![Step::RevokeBelow(0)])), denied);
        assert_eq!(class(world.act(bob, vec![Step::RevokeDeep(0)])), denied, "not Bob's");
        add(world, eves, 1).unwrap();
        // Bob sees and ends what Carol made of his grant.
        assert_eq!(world.act(bob, vec![Step::RevokeBelow(1)]).unwrap(), 1);
        assert_eq!(class(add(world, eves, 1)), Some(Class::Revoked));
        add(world, carols, 1).unwrap();
        // Alice ends what others made of her.
        world.give(alice, carols);
        world.act(alice, vec![Step::RevokeDeep(0)]).unwrap();
        assert_eq!(class(add(world, carols, 1)), Some(Class::Revoked));
        add(world, alice, 1).unwrap();
    });
}

#[test]
fn a_grant_that_a_failed_method_made_or_ended_is_as_it_was() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let bobs = grant(world, alice, Caveats::new().uses(100));
        world.give(alice, bobs);
        let rows = [table::FACET, table::DERIVED, table::GRANT].map(|table| world.rows(table));
        let caveats = Caveats::new().uses(1).label("for nobody");
        let steps = vec![
            Step::Grant { of: 0, caveats },
            Step::Send { to: 1, steps: vec![] },
            Step::RevokeDeep(0),
            Step::Fail,
        ];
        world.act(alice, steps).unwrap_err();
        world.run();
        assert_eq!(rows, [table::FACET, table::DERIVED, table::GRANT].map(|t| world.rows(t)));
        add(world, bobs, 1).unwrap();
    });
}

#[test]
fn a_large_tree_is_ended_at_once_and_told_in_parts() {
    let mut world = World::new(Memory::Kept);
    let (alice, watcher) = (world.spawn(PUPPET), world.spawn(PUPPET));
    world.audited = false;
    let root = grant(&mut world, alice, Caveats::new());
    let count = limits::UPROOT_ENTRIES_MAX * 2;
    let last = world.turn(|turn| {
        let mut parents = vec![root];
        for n in 0..count {
            let parent = parents[n / 7 % parents.len()];
            let facet = Ref::Facet(turn.grant_of(parent, Caveats::new()).unwrap());
            turn.hold(facet).unwrap();
            if parents.len() < 300 {
                parents.push(facet);
            }
        }
        let last = Ref::Facet(turn.grant_of(parents[299], Caveats::new()).unwrap());
        turn.hold(last).unwrap();
        last
    });
    world.give(watcher, last);
    world.act(watcher, vec![Step::WatchThen(0)]).unwrap();
    let Ref::Facet(id) = root else { panic!("a facet") };
    world.turn(|turn| turn.revoke_facet(id, true).unwrap());
    // In the same turn for all; what is told takes more.
    let Ref::Facet(deepest) = last else { panic!("a facet") };
    assert!(!world.turn(|turn| turn.is_usable(deepest).unwrap()));
    assert!(world.next_ready().is_some(), "a part is left for later turns");
    let turns = world.run().len();
    assert!(turns >= 2, "{turns}");
    assert!(world.call::<String>(watcher, "text", ()).unwrap().starts_with("cap 0: revoked"));
    assert_eq!(class(add(&mut world, last, 1)), Some(Class::Revoked));
}
