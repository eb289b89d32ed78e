//! Whether two references are the same, as objects ask it.

use hogshead_objects::error::Result;
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{ImportId, SessionId};
use hogshead_objects::{Cap, Class, Error, Far, Place, Ref, Untyped, Value};

use crate::cast::{PUPPET, Step};
use crate::promises::{promise, settle};
use crate::world::{World, story};

fn same(world: &mut World, puppet: Ref, one: Ref, other: Ref) -> Result<Option<bool>> {
    let cap = Cap::<Untyped>::from;
    let answer: Result<Option<bool>> = world.call(puppet, "same", (cap(one), cap(other)));
    let turned = world.call(puppet, "same", (cap(other), cap(one)));
    let text = |answer: &Result<_>| answer.clone().map_err(|error| error.message().to_owned());
    assert_eq!(text(&answer), text(&turned), "whichever is named first");
    answer
}

fn import(world: &mut World, session: u64, position: u64) -> Ref {
    let import = Ref::Import(ImportId(world.peek_next_id()));
    world.held.insert(import, 1);
    world.turn(|turn| {
        let place = Place::Export(position);
        turn.create_import(Far { session: SessionId(session), place }).unwrap();
        turn.hold(import).unwrap();
    });
    import
}

#[test]
fn an_object_is_itself_and_neither_another_nor_its_own_facet() {
    story(|world| {
        let (alice, bob) = (world.spawn(PUPPET), world.spawn(PUPPET));
        world.act(alice, vec![Step::Facet, Step::Facet]).unwrap();
        let (one, two) = (world.cap(alice, 0), world.cap(alice, 1));
        assert_eq!(same(world, bob, alice, alice), Ok(Some(true)));
        assert_eq!(same(world, bob, alice, bob), Ok(Some(false)));
        assert_eq!(same(world, bob, one, one), Ok(Some(true)));
        for (facet, other) in [(one, alice), (one, two)] {
            assert_eq!(same(world, bob, facet, other), Ok(Some(false)), "siblings do not match");
        }
        // A revoked reference still is what it was.
        world.act(alice, vec![Step::Revoke(0)]).unwrap();
        assert_eq!(same(world, bob, one, one), Ok(Some(true)));
        assert_eq!(same(world, bob, one, two), Ok(Some(false)));
    });
}

#[test]
fn a_promise_is_what_it_leads_to_and_before_that_only_itself() {
    story(|world| {
        let (alice, bob) = (world.spawn(PUPPET), world.spawn(PUPPET));
        let (first, second) = (promise(world), promise(world));
        let (one, two) = (Ref::Promise(first), Ref::Promise(second));
        assert_eq!(same(world, bob, one, one), Ok(Some(true)));
        assert_eq!(same(world, bob, one, two), Ok(None));
        assert_eq!(same(world, bob, one, alice), Ok(None));
        assert_eq!(same(world, bob, one, Ref::Resolver(first)), Ok(None));
        assert_eq!(same(world, bob, Ref::Resolver(first), alice), Ok(Some(false)));
        settle(world, second, Ok(Value::Ref(one)));
        assert_eq!(same(world, bob, one, two), Ok(Some(true)), "they will be the same");
        settle(world, first, Ok(Value::Ref(alice)));
        assert_eq!(same(world, bob, two, alice), Ok(Some(true)));
        assert_eq!(same(world, bob, two, bob), Ok(Some(false)));
    });
}

#[test]
fn what_is_no_reference_is_an_error() {
    story(|world| {
        let bob = world.spawn(PUPPET);
        let (data, broken) = (promise(world), promise(world));
        settle(world, data, Ok(Value::Bool(true)));
        settle(world, broken, Err(Error::refused("sold out")));
        let why = same(world, bob, Ref::Promise(data), bob).unwrap_err();
        assert_eq!(why.class(), Class::BadCall, "{why}");
        let why = same(world, bob, Ref::Promise(broken), bob).unwrap_err();
        assert!(why.to_string().starts_with("refused: sold out"), "{why}");
    });
}

#[test]
fn an_import_is_an_export_of_a_peer_in_a_session_also_when_that_has_ended() {
    story(|world| {
        let bob = world.spawn(PUPPET);
        let one = import(world, 9, 4);
        let (beside, elsewhere) = (import(world, 9, 5), import(world, 10, 4));
        assert_eq!(same(world, bob, one, one), Ok(Some(true)));
        for other in [beside, elsewhere, bob] {
            assert_eq!(same(world, bob, one, other), Ok(Some(false)));
        }
        let p = promise(world);
        settle(world, p, Ok(Value::Ref(one)));
        assert_eq!(same(world, bob, Ref::Promise(p), one), Ok(Some(true)));
        let Ref::Import(id) = one else { panic!("no import") };
        let lost = Error::new(Class::Severed, "the connection was lost");
        world.turn(|turn| turn.sever_import(id, &lost).unwrap());
        assert_eq!(same(world, bob, one, one), Ok(Some(true)));
    });
}
