//! Facets: what they grant, how they narrow, how they are shared and revoked.

use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{FacetId, VatId};
use hogshead_objects::locator::{SturdyRef, SwissNumber};
use hogshead_objects::records::table;
use hogshead_objects::{Cap, Class, Ref, Untyped, Value};
use hogshead_vat::{Vat, VatError, limits};

use crate::cast::{PUPPET, Step};
use crate::world::{Args, World, story};

fn locator() -> String {
    let key = ed25519_key();
    format!("ocapn://{key}.hog?quic=127.0.0.1:4000")
}

fn ed25519_key() -> VatId {
    // The base point of the curve, which is as good a public key as any.
    let mut bytes = [0x66; 32];
    bytes[0] = 0x58;
    VatId::from_bytes(&bytes).unwrap()
}

fn names(names: &[&str]) -> Value {
    Value::List(names.iter().map(|name| Value::String((*name).to_owned())).collect())
}

fn facet(world: &mut World, of: Ref, methods: &[&str]) -> Result<Ref, hogshead_objects::Error> {
    let steward = world.vat().steward();
    let args = Args(vec![Value::Ref(of), names(methods), Value::from("a label")]);
    match world.call_value(steward, "facet", args)? {
        Value::Ref(reference) => Ok(reference),
        other => panic!("no facet: {other:?}"),
    }
}

fn share(world: &mut World, of: Ref) -> Vec<u8> {
    let steward = world.vat().steward();
    let args = Args(vec![
        Value::Ref(of),
        names(&["peek"]),
        Value::from("for Bob"),
        Value::String(locator()),
    ]);
    match world.call_value(steward, "share", args).unwrap() {
        Value::SturdyRef(sturdy) => sturdy.swiss.expose().to_vec(),
        other => panic!("no sturdyref: {other:?}"),
    }
}

fn fetch(world: &mut World, swiss: &[u8]) -> Option<Ref> {
    world.turn(|turn| turn.fetch(swiss).unwrap())
}

#[test]
fn a_facet_grants_its_methods_and_no_others_and_does_not_name_them() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let looking = facet(world, alice, &["peek"]).unwrap();
        assert_eq!(world.peek(looking).0, 0);
        for method in ["act", "no-such-method"] {
            let error = world.call_value(looking, method, ()).unwrap_err();
            assert_eq!(error.class(), Class::Denied);
            assert!(!error.message().contains("keep"), "{error}");
        }
        assert_eq!(world.peek(alice).0, 0);
    });
}

#[test]
fn a_near_call_is_checked_like_a_message() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        world.act(alice, vec![Step::Spawn]).unwrap();
        let child = world.cap(alice, 0);
        let looking = facet(world, child, &["peek"]).unwrap();
        world.give(alice, looking);
        let near = vec![Step::Near { to: 1, steps: vec![Step::Add(1)], caught: false }];
        assert_eq!(world.act(alice, near).unwrap_err().class(), Class::Denied);
    });
}

#[test]
fn a_facet_of_a_facet_only_narrows() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let two = facet(world, alice, &["peek", "act"]).unwrap();
        let one = facet(world, two, &["peek"]).unwrap();
        assert_eq!(facet(world, one, &["act"]).unwrap_err().class(), Class::Denied);
        assert_eq!(facet(world, two, &["keep"]).unwrap_err().class(), Class::Denied);
        assert_eq!(facet(world, alice, &["fly"]).unwrap_err().class(), Class::BadCall);
        // Without a list it grants what its base does.
        let same = Ref::Facet(FacetId(world.peek_next_id()));
        world.held.insert(same, 1);
        world.turn(|turn| {
            turn.facet_of(one, None, "same").unwrap();
            turn.hold(same).unwrap();
        });
        world.peek(same);
        assert_eq!(world.call_value(same, "act", ()).unwrap_err().class(), Class::Denied);
    });
}

#[test]
fn a_revoked_facet_refuses_every_use_also_of_messages_in_flight() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let bobs = facet(world, alice, &["act", "peek"]).unwrap();
        let flying = world.ask(bobs, "act", (vec![Step::Add(1)],));
        let Ref::Facet(id) = bobs else { panic!("a facet") };
        world.turn(|turn| turn.revoke_facet(id, false).unwrap());
        world.run();
        assert_eq!(world.outcome(flying).unwrap().unwrap_err().class(), Class::Revoked);
        let error = world.call_value(bobs, "peek", ()).unwrap_err();
        assert_eq!(error.to_string(), "revoked: this reference was revoked");
        assert_eq!(facet(world, bobs, &["peek"]).unwrap_err().class(), Class::Revoked);
        assert_eq!(world.peek(alice).0, 0);
    });
}

#[test]
fn an_object_revokes_its_own_facets_and_gets_a_fresh_one_of_itself() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        world.act(alice, vec![Step::Facet, Step::Spawn]).unwrap();
        let looking = world.cap(alice, 0);
        world.peek(looking);
        world.act(alice, vec![Step::Revoke(0)]).unwrap();
        let error = world.call_value(looking, "peek", ()).unwrap_err();
        assert_eq!(error.class(), Class::Revoked);
        // A facet of another object is not its to revoke.
        world
            .act(alice, vec![Step::Revoke(1), Step::Near { to: 1, steps: vec![], caught: false }])
            .unwrap();
        // With its whole facet revoked, `this` gives one that works.
        let Ref::Facet(whole) = alice else { panic!("a facet") };
        let child = world.cap(alice, 1);
        let keeper = facet(world, alice, &["act"]).unwrap();
        world.turn(|turn| turn.revoke_facet(whole, false).unwrap());
        world.act(keeper, vec![Step::GiveSelf(1)]).unwrap();
        let fresh = world.cap(child, 0);
        assert_ne!(fresh, alice);
        world.peek(fresh);
    });
}

#[test]
fn a_share_is_fetched_by_its_number_until_it_is_revoked_and_forgotten() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let swiss = share(world, alice);
        assert_eq!(swiss.len(), 32);
        assert_ne!(share(world, alice), swiss, "each share mints a new number");
        assert!(fetch(world, b"guess").is_none());
        let turn = world.vat().turn();
        let bobs = fetch(world, &swiss).unwrap();
        assert_eq!(world.vat().turn(), turn, "a fetch writes nothing by itself");
        world.hold(bobs);
        world.peek(bobs);
        assert_eq!(world.call_value(bobs, "act", ()).unwrap_err().class(), Class::Denied);

        let steward = world.vat().steward();
        let Value::List(grants) = world.call_value(steward, "grants", ()).unwrap() else {
            panic!("a list")
        };
        let Value::Struct(grant) = &grants[0] else { panic!("a struct") };
        assert!(matches!(&grant["label"], Value::String(label) if label == "for Bob"));
        assert!(matches!(&grant["methods"], Value::List(methods) if methods.len() == 1));
        assert!(matches!(grant["revoked"], Value::Bool(false)));
        let number = grant["share"].clone();

        world.call_value(steward, "revoke", Args(vec![number.clone()])).unwrap();
        assert_eq!(world.call_value(bobs, "peek", ()).unwrap_err().class(), Class::Revoked);
        assert_eq!(fetch(world, &swiss), Some(bobs), "who knows it learns that it was revoked");
        world.call_value(steward, "forget", Args(vec![number.clone()])).unwrap();
        assert!(fetch(world, &swiss).is_none());
        let gone = world.call_value(steward, "forget", Args(vec![number])).unwrap_err();
        assert_eq!(gone.class(), Class::NotFound);
        assert_eq!(world.rows(table::SWISS), 1);
    });
}

#[test]
fn a_share_is_revoked_by_its_sturdyref_or_its_facet() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let steward = world.vat().steward();
        let swiss = share(world, alice);
        let bobs = fetch(world, &swiss).unwrap();
        world.hold(bobs);
        world.call_value(steward, "revoke", Args(vec![Value::Ref(bobs)])).unwrap();
        assert_eq!(world.call_value(bobs, "peek", ()).unwrap_err().class(), Class::Revoked);
        let swiss = share(world, alice);
        let carols = fetch(world, &swiss).unwrap();
        world.hold(carols);
        let sturdy = hogshead_objects::locator::SturdyRef {
            peer: locator().parse().unwrap(),
            swiss: hogshead_objects::locator::SwissNumber::new(swiss),
        };
        world
            .call_value(steward, "revoke", Args(vec![Value::SturdyRef(Box::new(sturdy))]))
            .unwrap();
        assert_eq!(world.call_value(carols, "peek", ()).unwrap_err().class(), Class::Revoked);
        let own = world.turn(|turn| turn.revoke_facet(FacetId(2), false)).unwrap_err();
        assert_eq!(own.class(), Class::BadCall);
    });
}

#[test]
fn what_was_made_of_an_object_is_revoked_by_its_label_and_the_owners_own_facet_stays() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let steward = world.vat().steward();
        let swiss = share(world, alice);
        let bobs = fetch(world, &swiss).unwrap();
        world.hold(bobs);
        let carols = facet(world, alice, &["peek"]).unwrap();
        let other = world.spawn(PUPPET);
        let others = facet(world, other, &["peek"]).unwrap();
        let revoke = |world: &mut World, label: Value| {
            let args = Args(vec![Value::Ref(alice), label]);
            world.call_value(steward, "revoke_made", args).map(|count| count.as_int().cloned())
        };
        assert_eq!(revoke(world, "for Bob".into()).unwrap(), Some(1.into()));
        assert_eq!(world.call_value(bobs, "peek", ()).unwrap_err().class(), Class::Revoked);
        assert!(world.call_value(carols, "peek", ()).is_ok());
        let nothing = revoke(world, "for Bob".into()).unwrap_err();
        assert_eq!(nothing.class(), Class::NotFound);
        assert_eq!(revoke(world, Value::Undefined).unwrap(), Some(1.into()));
        assert_eq!(world.call_value(carols, "peek", ()).unwrap_err().class(), Class::Revoked);
        assert!(world.call_value(alice, "peek", ()).is_ok());
        assert!(world.call_value(others, "peek", ()).is_ok());
    });
}

#[test]
fn no_row_holds_a_swiss_number_unless_it_is_marked_secret() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let steward = world.vat().steward();
        let args = Args(vec![
            Value::Ref(alice),
            Value::Undefined,
            Value::Undefined,
            Value::String(locator()),
        ]);
        let answer = world.ask(steward, "share", args);
        world.run();
        let Some(Ok(Value::SturdyRef(sturdy))) = world.outcome(answer) else { panic!("a ref") };
        // Sent on, it waits in a delivery; kept, in an object.
        world.ask(steward, "revoke", Args(vec![Value::SturdyRef(sturdy.clone())]));
        let swiss = sturdy.swiss.expose();
        let mut kept = 0;
        for (key, row) in &world.store.rows {
            if row.bytes.windows(swiss.len()).any(|window| window == swiss) {
                assert!(row.secret, "row {key:?} has a swiss number in clear");
                kept += 1;
            }
        }
        assert_eq!(kept, 2, "the answer and the delivery");
        world.run();
    });
}

#[test]
fn labels_and_method_lists_have_limits() {
    let mut world = World::new(crate::world::Memory::Kept);
    let alice = world.spawn(PUPPET);
    let many: Vec<String> = (0..=limits::FACET_METHODS_MAX).map(|n| format!("m{n}")).collect();
    let long = vec!["m".repeat(limits::METHOD_BYTES_MAX + 1)];
    let label = "l".repeat(limits::LABEL_BYTES_MAX + 1);
    for (methods, label) in [(Some(many), ""), (Some(long), ""), (None, label.as_str())] {
        let error = world.turn(|turn| turn.facet_of(alice, methods, label)).unwrap_err();
        assert_eq!(error.class(), Class::Limit, "{error}");
    }
    let device = world.turn(|turn| turn.create_device(&label)).unwrap_err();
    assert!(matches!(device, VatError::Command(error) if error.class() == Class::Limit));
}

#[test]
fn the_steward_lists_no_more_grants_than_fit_an_answer() {
    let mut world = World::new(crate::world::Memory::Kept);
    let alice = world.spawn(PUPPET);
    world.audited = false;
    world.turn(|turn| {
        for _ in 0..=limits::GRANTS_LISTED_MAX {
            let facet = turn.facet_of(alice, None, "one of many").unwrap();
            turn.hold(Ref::Facet(facet)).unwrap();
        }
    });
    let steward = world.vat().steward();
    let Value::List(grants) = world.call_value(steward, "grants", ()).unwrap() else {
        panic!("a list")
    };
    assert_eq!(grants.len(), limits::GRANTS_LISTED_MAX);
}

#[test]
fn the_steward_says_what_it_was_asked_wrongly() {
    story(|world| {
        let steward = world.vat().steward();
        for (method, args, class) in [
            ("fly", Args(vec![]), Class::BadCall),
            ("spawn", Args(vec![]), Class::BadCall),
            ("spawn", Args(vec![Value::from("no/such")]), Class::NotFound),
            ("facet", Args(vec![Value::from("x")]), Class::BadCall),
            ("share", Args(vec![Value::Ref(steward), Value::Undefined]), Class::BadCall),
            ("revoke", Args(vec![]), Class::BadCall),
            ("revoke", Args(vec![Value::from(7_u64)]), Class::NotFound),
        ] {
            let error = world.call_value(steward, method, args).unwrap_err();
            assert_eq!(error.class(), class, "{method}: {error}");
        }
    });
}

#[test]
fn a_message_without_a_method_is_refused_by_an_object_that_takes_none() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        world.turn(|turn| {
            let bare = hogshead_objects::Message::apply(vec![Value::from("hello")]);
            turn.deliver(alice, bare, None).unwrap();
            let ran = turn.run_delivered().unwrap();
            assert!(matches!(ran, hogshead_vat::Ran::Failed(e) if e.class() == Class::BadCall));
        });
    });
}

#[test]
fn an_object_is_published_under_a_number_of_the_owners_choice() {
    let sturdy = |swiss: &[u8]| {
        let peer = "ocapn://abc.tcp-testing-only".parse().unwrap();
        SturdyRef { peer, swiss: SwissNumber::new(swiss.to_vec()) }
    };
    story(|world| {
        let (alice, bob) = (world.spawn(PUPPET), world.spawn(PUPPET));
        let steward = world.vat().steward();
        let publish = |world: &mut World, of: Ref, swiss: &[u8]| {
            let args = (Cap::<Untyped>::from(of), sturdy(swiss), "well known");
            world.call::<u64>(steward, "publish", args)
        };
        publish(world, alice, b"greeter").unwrap();
        let found = world.turn(|turn| turn.fetch(b"greeter").unwrap()).unwrap();
        world.act(found, vec![Step::Add(3)]).unwrap();
        assert_eq!(world.peek(alice).0, 3);

        let Value::List(grants) = world.call_value(steward, "grants", ()).unwrap() else {
            panic!("a list")
        };
        let [grant] = &grants[..] else { panic!("{grants:?}") };
        assert_eq!(grant.field("label").and_then(Value::as_str), Some("well known"));
        assert!(grant.field("share").and_then(Value::as_u64).is_some());
        assert_eq!(Vat::grants(&world.store, 9).unwrap()[0].shares, 1);

        // A number that is in use leads to what it led to, also when that is revoked.
        let refused = publish(world, bob, b"greeter").unwrap_err();
        assert_eq!(refused.class(), Class::Refused, "{refused}");
        world.call::<u64>(steward, "revoke", (sturdy(b"greeter"),)).unwrap();
        assert_eq!(publish(world, bob, b"greeter").unwrap_err().class(), Class::Refused);
        world.call::<u64>(steward, "forget", (sturdy(b"greeter"),)).unwrap();
        publish(world, bob, b"greeter").unwrap();

        let most = vec![7; hogshead_objects::limits::SWISS_BYTES_MAX];
        publish(world, bob, &most).unwrap();
        for wrong in [&[][..], &[most.as_slice(), &[7]].concat()] {
            let refused = publish(world, bob, wrong).unwrap_err();
            assert_eq!(refused.class(), Class::BadCall, "{refused}");
            assert!(world.turn(|turn| turn.fetch(wrong).unwrap()).is_none());
        }
    });
}

#[test]
fn a_facet_of_an_object_that_takes_any_message_grants_the_names_that_messages_bear() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let front = world.spawn_with("hogshead/forwarder", Value::Ref(alice));
        let looking = facet(world, front, &["peek"]).unwrap();
        assert_eq!(world.call_value(looking, "peek", ()).unwrap().as_list().unwrap().len(), 4);
        for method in ["forward", "act", "fly", ""] {
            let error = world.call_value(looking, method, ()).unwrap_err();
            assert_eq!(error.class(), Class::Denied, "{method}");
        }
        // The object behind decides which names there are.
        let flying = facet(world, front, &["fly", "forward"]).unwrap();
        for method in ["fly", "forward"] {
            let error = world.call_value(flying, method, ()).unwrap_err();
            assert_eq!(error.class(), Class::BadCall, "{method}");
        }
        assert_eq!(world.call_value(flying, "peek", ()).unwrap_err().class(), Class::Denied);
        assert_eq!(facet(world, looking, &["act"]).unwrap_err().class(), Class::Denied);
    });
}
