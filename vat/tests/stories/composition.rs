//! Near calls stay within a composition; everything else is a send.

use hogshead_objects::{Class, Ref};

use crate::cast::{PUPPET, Step};
use crate::world::{World, story};

fn add_near(to: usize) -> Vec<Step> {
    vec![Step::Near { to, steps: vec![Step::Add(1)], caught: false }]
}

/// Alice and Bob, each on their own; Alice has a child (cap 0) and knows Bob (cap 1).
fn alice_and_bob(world: &mut World) -> (Ref, Ref) {
    let (alice, bob) = (world.spawn(PUPPET), world.spawn(PUPPET));
    world.act(alice, vec![Step::Spawn]).unwrap();
    world.give(alice, bob);
    (alice, bob)
}

#[test]
fn a_near_call_reaches_what_the_caller_spawned_and_no_stranger() {
    story(|world| {
        let (alice, bob) = alice_and_bob(world);
        world.act(alice, add_near(0)).unwrap();
        let error = world.act(alice, add_near(1)).unwrap_err();
        assert_eq!(error.class(), Class::Denied);
        assert!(error.message().contains("send instead"));
        world.act(alice, vec![Step::Send { to: 1, steps: vec![Step::Add(4)] }]).unwrap();
        assert_eq!(world.peek(bob).0, 4);
    });
}

#[test]
fn calling_back_into_an_object_on_the_stack_is_a_clear_error() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        world.act(alice, vec![Step::Spawn, Step::GiveSelf(0)]).unwrap();
        let back = Step::Near { to: 0, steps: add_near(0), caught: false };
        let error = world.act(alice, vec![back]).unwrap_err();
        assert_eq!(error.class(), Class::BadCall);
        assert!(error.message().contains("while its own call still runs"), "{error}");
    });
}

#[test]
fn what_is_handed_over_belongs_to_its_new_owner() {
    story(|world| {
        let (alice, bob) = alice_and_bob(world);
        let child = world.cap(alice, 0);
        world.give(bob, child);
        assert_eq!(world.act(bob, add_near(0)).unwrap_err().class(), Class::Denied);
        world.act(alice, vec![Step::HandOver { object: 0, to: 1 }]).unwrap();
        world.act(bob, add_near(0)).unwrap();
        assert_eq!(world.act(alice, add_near(0)).unwrap_err().class(), Class::Denied);
        // What is not Alice's any more she cannot hand over.
        let again = vec![Step::HandOver { object: 0, to: 1 }];
        assert_eq!(world.act(alice, again).unwrap_err().class(), Class::Denied);
        assert_eq!(world.peek(child).0, 1);
    });
}

#[test]
fn a_hand_over_is_undone_with_its_turn() {
    story(|world| {
        let (alice, _) = alice_and_bob(world);
        world.act(alice, vec![Step::HandOver { object: 0, to: 1 }, Step::Fail]).unwrap_err();
        world.act(alice, add_near(0)).unwrap();
    });
}

#[test]
fn an_object_is_handed_over_only_to_one_that_can_be_used_in_full() {
    story(|world| {
        let (alice, bob) = alice_and_bob(world);
        world.act(bob, vec![Step::Facet]).unwrap();
        let facet = world.cap(bob, 0);
        world.give(alice, facet);
        let over = vec![Step::HandOver { object: 0, to: 2 }];
        assert_eq!(world.act(alice, over).unwrap_err().class(), Class::Denied);
    });
}
