//! Parts of data that is known, is not known yet, or is known to a peer: `op:get`, `op:index` and
//! `op:untag`, from a session and from an object.

use hogshead_objects::heap::{Heap, Outgoing, Part};
use hogshead_objects::ids::PromiseId;
use hogshead_objects::records::table;
use hogshead_objects::{Class, Error, Place, Ref, Value, limits as objects_limits};
use hogshead_vat::limits;

use crate::cast::{PUPPET, Step};
use crate::promises::{promise, settle};
use crate::sessions::{far, far_promise, import};
use crate::world::{World, story};

fn field(name: &str) -> Part {
    Part::Field(name.to_owned())
}

fn untagged(tag: &str) -> Part {
    Part::Untagged(tag.to_owned())
}

/// A promise of the part of what a promise of the host promises; held.
fn part(world: &mut World, from: PromiseId, part: Part) -> PromiseId {
    let answer = promise(world);
    world.turn(|turn| Heap::derive(turn, Ref::Promise(from), part, answer).unwrap());
    answer
}

/// The part at the end of a path.
fn path(world: &mut World, from: PromiseId, parts: &[Part]) -> PromiseId {
    parts.iter().fold(from, |from, next| part(world, from, next.clone()))
}

fn class(outcome: Option<Result<Value, Error>>) -> Class {
    outcome.expect("it is settled").expect_err("it is broken").class()
}

#[test]
fn a_path_leads_into_structs_lists_and_tagged_values_before_and_after_they_are_known() {
    let inner = Value::tagged("box", Value::structure([("deep", Value::from("treasure"))]));
    let data = Value::structure([
        ("list", Value::list([Value::Null, inner])),
        ("", Value::symbol("nameless")),
    ]);
    let paths: [(&[Part], Result<Value, Class>); 12] = [
        (&[field("")], Ok(Value::symbol("nameless"))),
        (&[field("list"), Part::Item(0)], Ok(Value::Null)),
        (
            &[field("list"), Part::Item(1), untagged("box"), field("deep")],
            Ok(Value::from("treasure")),
        ),
        // What is absent, out of bounds or tagged otherwise rejects the answer.
        (&[field("none")], Err(Class::BadCall)),
        (&[field("list"), Part::Item(2)], Err(Class::BadCall)),
        (&[field("list"), Part::Item(u64::MAX)], Err(Class::BadCall)),
        (&[field("list"), Part::Item(1), untagged("bag")], Err(Class::BadCall)),
        // And so does what is of another kind.
        (&[Part::Item(0)], Err(Class::BadCall)),
        (&[untagged("box")], Err(Class::BadCall)),
        (&[field("list"), field("deep")], Err(Class::BadCall)),
        (&[field("list"), Part::Item(0), Part::Item(0)], Err(Class::BadCall)),
        // A path goes on from what broke with the same error.
        (&[field("none"), field("further"), Part::Item(0)], Err(Class::BadCall)),
    ];
    story(|world| {
        for (parts, expected) in &paths {
            let known = promise(world);
            let early = path(world, known, parts);
            assert_eq!(world.outcome(early), None);
            settle(world, known, Ok(data.clone()));
            let late = path(world, known, parts);
            for end in [early, late] {
                let outcome = world.outcome(end).expect("it is settled");
                assert_eq!(&outcome.map_err(|error| error.class()), expected, "{parts:?}");
            }
        }
        assert_eq!(world.rows(table::DELIVERY), 0);
    });
}

#[test]
fn a_part_of_what_broke_breaks_with_the_same_reason() {
    story(|world| {
        let known = promise(world);
        let early = path(world, known, &[field("list"), Part::Item(0)]);
        settle(world, known, Err(Error::from_reason::<Ref>(Value::symbol("oh-no"))));
        let late = path(world, known, &[untagged("box"), Part::Item(0)]);
        for end in [early, late] {
            let error = world.outcome(end).unwrap().unwrap_err();
            assert_eq!(error.into_reason(), Value::symbol("oh-no"));
        }
    });
}

#[test]
fn messages_reach_an_object_deep_in_data_that_is_not_known_yet() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let known = promise(world);
        let cap = path(world, known, &[field("caps"), Part::Item(1)]);
        let answers: Vec<_> =
            (1..=3).map(|n| world.ask(Ref::Promise(cap), "act", (vec![Step::Add(n)],))).collect();
        let caps = Value::list([Value::Null, Value::Ref(alice)]);
        settle(world, known, Ok(Value::structure([("caps", caps)])));
        let last = world.ask(Ref::Promise(cap), "act", (vec![Step::Add(10)],));
        world.run();
        let sums = answers.into_iter().chain([last]).map(|answer| world.outcome(answer));
        let sums: Vec<_> = sums.map(|outcome| outcome.unwrap().unwrap()).collect();
        assert_eq!(sums, [1_u64, 3, 6, 16].map(Value::from), "in order");
        let nothing = path(world, known, &[field("caps"), Part::Item(0)]);
        let message = world.ask(Ref::Promise(nothing), "act", (Vec::<Step>::new(),));
        assert_eq!(class(world.outcome(message)), Class::BadCall, "data takes no messages");
    });
}

#[test]
fn a_part_that_is_itself_a_promise_is_followed() {
    story(|world| {
        let (known, inside) = (promise(world), promise(world));
        let end = path(world, known, &[Part::Item(0), field("name")]);
        settle(world, known, Ok(Value::list([Value::Ref(Ref::Promise(inside))])));
        assert_eq!(world.outcome(end), None);
        settle(world, inside, Ok(Value::structure([("name", "Alice".into())])));
        assert_eq!(world.outcome(end), Some(Ok(Value::from("Alice"))));
    });
}

#[test]
fn objects_have_no_parts() {
    story(|world| {
        let (alice, bob, p) = (world.spawn(PUPPET), import(world, 4), promise(world));
        for target in [alice, bob, Ref::Resolver(p)] {
            let known = promise(world);
            let early = part(world, known, field("name"));
            settle(world, known, Ok(Value::Ref(target)));
            let late = part(world, known, Part::Item(0));
            for end in [early, late] {
                assert_eq!(class(world.outcome(end)), Class::BadCall);
            }
        }
    });
}

/// What was put out: parts asked for and messages, with the place of each.
fn sent(world: &mut World) -> Vec<(Place, Option<Part>)> {
    let sent = std::mem::take(&mut world.sent).into_iter();
    sent.filter_map(|out| match out {
        Outgoing::Derive { far, part, .. } => Some((far.place, Some(part))),
        Outgoing::Deliver { far, .. } => Some((far.place, None)),
        Outgoing::Drop { .. } => None,
    })
    .collect()
}

#[test]
fn of_a_peers_promise_the_peer_is_asked_for_the_part_alone() {
    story(|world| {
        let known = far_promise(world, 7);
        let list = part(world, known, field("list"));
        let item = part(world, list, Part::Item(1));
        world.ask(Ref::Promise(item), "act", (Vec::<Step>::new(),));
        assert_eq!(
            sent(world),
            [
                (far(7).place, Some(field("list"))),
                (Place::Answer(list.0), Some(Part::Item(1))),
                (Place::Answer(item.0), None),
            ],
        );
        // The peer answers for what it was asked; from then on it is known here.
        settle(world, list, Ok(Value::list([Value::Null, Value::from("b")])));
        let again = part(world, list, Part::Item(1));
        assert_eq!(world.outcome(again), Some(Ok(Value::from("b"))));
        assert!(sent(world).is_empty());
        settle(world, item, Err(Error::bad_call("it has no items")));
        let further = part(world, item, field("name"));
        assert_eq!(class(world.outcome(further)), Class::BadCall);
    });
}

#[test]
fn what_waited_for_a_promise_that_becomes_a_peers_is_asked_of_the_peer_in_order() {
    story(|world| {
        let (known, theirs) = (promise(world), far_promise(world, 7));
        let first = part(world, known, Part::Item(0));
        world.ask(Ref::Promise(first), "act", (Vec::<Step>::new(),));
        let second = part(world, known, field("name"));
        let deeper = part(world, first, untagged("box"));
        assert!(sent(world).is_empty());
        settle(world, known, Ok(Value::Ref(Ref::Promise(theirs))));
        let sent = sent(world);
        assert_eq!(
            sent,
            [
                (far(7).place, Some(Part::Item(0))),
                (Place::Answer(first.0), None),
                (Place::Answer(first.0), Some(untagged("box"))),
                (far(7).place, Some(field("name"))),
            ],
        );
        for (answer, value) in [(first, "a"), (second, "b"), (deeper, "c")] {
            settle(world, answer, Ok(Value::from(value)));
            assert_eq!(world.outcome(answer), Some(Ok(Value::from(value))));
        }
    });
}

#[test]
fn parts_that_lead_back_to_their_own_promise_break_with_a_clear_error() {
    story(|world| {
        let known = promise(world);
        let end = part(world, known, Part::Item(0));
        // The only item of the list is the promise of that item.
        settle(world, known, Ok(Value::list([Value::Ref(Ref::Promise(end))])));
        let error = world.outcome(end).unwrap().unwrap_err();
        assert_eq!(error.message(), "the promise was resolved to itself");
    });
}

#[test]
fn parts_of_parts_are_taken_however_many_there_are() {
    let deep = limits::PROMISE_CHAIN_MAX + objects_limits::VALUE_DEPTH_MAX;
    let mut world = World::new(crate::world::Memory::Evicted);
    world.audited = false;
    let known = promise(&mut world);
    let end = path(&mut world, known, &vec![field("next"); deep]);
    let loops = Value::structure([("next", Value::Ref(Ref::Promise(known)))]);
    settle(&mut world, known, Ok(loops.clone()));
    assert_eq!(world.outcome(end), Some(Ok(loops)));
    world.audit();
}

#[test]
fn a_name_in_an_error_is_shown_only_so_far() {
    story(|world| {
        let known = promise(world);
        settle(world, known, Ok(Value::structure([("a", Value::Null)])));
        let end = part(world, known, field(&"ü".repeat(100_000)));
        assert!(world.outcome(end).unwrap().unwrap_err().message().len() < 200);
    });
}

#[test]
fn an_object_asks_for_parts_as_a_peer_does() {
    story(|world| {
        let (alice, bob) = (world.spawn(PUPPET), import(world, 4));
        world.give(alice, bob);
        let steps = vec![
            Step::Ask { to: 0, steps: vec![] },
            Step::Part { promise: 0, name: "caps".into() },
            Step::AskPromised { to: 1, steps: vec![] },
        ];
        world.act(alice, steps).unwrap();
        let sent = sent(world);
        let [(asked, None), (Place::Answer(_), Some(part)), (Place::Answer(_), None)] = &sent[..]
        else {
            panic!("{sent:?}")
        };
        assert_eq!((*asked, part), (far(4).place, &field("caps")));
    });
}
