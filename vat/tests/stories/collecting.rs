//! Freeing: at once by counts, cycles by the collector.

use hogshead_objects::records::table;
use hogshead_objects::{Class, Ref};
use hogshead_vat::VatError;

use crate::cast::{PUPPET, Step};
use crate::world::{Memory, World, story};

/// So many puppets in a ring, each on its own; the first is held.
fn ring(world: &mut World, length: usize) -> Ref {
    let first = world.spawn(PUPPET);
    let mut last = first;
    for _ in 1..length {
        let next = world.spawn(PUPPET);
        world.give(next, last);
        if last != first {
            world.release(last);
        }
        last = next;
    }
    world.give(first, last);
    if last != first {
        world.release(last);
    }
    first
}

#[test]
fn what_nobody_holds_is_freed_at_once_in_cascade() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let nested = (0..10).fold(vec![Step::Spawn], |inner, _| {
            vec![Step::Spawn, Step::Near { to: 0, steps: inner, caught: false }]
        });
        world.act(alice, nested).unwrap();
        assert_eq!(world.rows(table::OBJECT), 13);
        world.act(alice, vec![Step::Forget(0)]).unwrap();
        assert_eq!((world.rows(table::OBJECT), world.rows(table::FACET)), (2, 2));
        world.release(alice);
        assert_eq!((world.rows(table::OBJECT), world.rows(table::FACET)), (1, 1));
    });
}

#[test]
fn what_was_made_and_forgotten_within_a_turn_leaves_nothing() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let before = world.store.rows.len();
        let steps = vec![Step::Spawn, Step::Promise, Step::Forget(0), Step::ForgetPromise(0)];
        world.act(alice, [steps, vec![Step::ForgetResolver(0)]].concat()).unwrap();
        assert_eq!(world.store.rows.len(), before);
    });
}

#[test]
fn a_cycle_that_nothing_outside_holds_is_freed_by_the_collector_only() {
    story(|world| {
        let alice = ring(world, 5);
        world.release(alice);
        assert_eq!(world.rows(table::OBJECT), 6, "a cycle holds itself");
        assert_eq!(world.turn(|turn| turn.collect().unwrap()), 10);
        assert_eq!((world.rows(table::OBJECT), world.rows(table::FACET)), (1, 1));
    });
}

#[test]
fn a_cycle_that_a_session_or_a_delivery_holds_is_left() {
    story(|world| {
        let alice = ring(world, 3);
        assert_eq!(world.turn(|turn| turn.collect().unwrap()), 0, "a session holds it");
        world.turn(|turn| {
            let message = crate::world::message("act", (vec![Step::Add(1)],));
            turn.send_from_host(alice, message, None).unwrap();
        });
        world.release(alice);
        assert_eq!(world.turn(|turn| turn.collect().unwrap()), 0, "a delivery holds it");
        world.run();
        assert_eq!(world.turn(|turn| turn.collect().unwrap()), 6);
    });
}

#[test]
fn a_garbage_cycle_lets_go_of_what_is_alive() {
    story(|world| {
        let bob = world.spawn(PUPPET);
        let alice = ring(world, 2);
        world.give(alice, bob);
        world.release(alice);
        world.turn(|turn| turn.collect().unwrap());
        world.peek(bob);
        world.release(bob);
        assert_eq!(world.rows(table::OBJECT), 1, "the collector's counts were exact");
    });
}

#[test]
fn the_steward_collects_when_asked() {
    story(|world| {
        let alice = ring(world, 2);
        world.release(alice);
        let steward = world.vat().steward();
        assert_eq!(world.call::<u64>(steward, "collect", ()).unwrap(), 4);
    });
}

#[test]
fn the_collector_frees_ten_thousand_objects_and_refuses_more_than_its_limit() {
    let mut world = World::new(Memory::Kept);
    let alice = world.spawn(PUPPET);
    world.act(alice, vec![Step::SpawnMany(10)]).unwrap();
    assert_eq!(world.rows(table::OBJECT), 2, "spawned and forgotten");
    world.audited = false;
    for _ in 0..100 {
        world.act(alice, (0..100).map(|_| Step::Spawn).collect()).unwrap();
    }
    // A tenth of them know their parent, and so hold themselves.
    world.act(alice, (0..1000).map(Step::GiveSelf).collect()).unwrap();
    assert_eq!(world.rows(table::OBJECT), 10_002);
    world.audit();
    world.release(alice);
    assert_eq!(world.rows(table::OBJECT), 10_002);
    let error = world.turn(|turn| turn.collect_at_most(100)).unwrap_err();
    assert!(matches!(error, VatError::Command(error) if error.class() == Class::Limit));
    assert_eq!(world.turn(|turn| turn.collect().unwrap()), 20_002);
    assert_eq!(world.rows(table::OBJECT), 1);
}
