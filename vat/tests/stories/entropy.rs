//! Entropy for objects: from the turn's, sealed with it, and a capability like others.

use hogshead_objects::{Class, Ref, Value};

use crate::world::{World, story};

fn entropy(world: &mut World) -> Ref {
    let steward = world.vat().steward();
    match world.call_value(steward, "entropy", ()) {
        Ok(Value::Ref(entropy)) => entropy,
        other => panic!("no entropy: {other:?}"),
    }
}

#[test]
fn octets_are_others_each_time_and_the_same_whatever_was_in_memory() {
    story(|world| {
        let entropy = entropy(world);
        let mut draw = || match world.call_value(entropy, "octets", ()) {
            Ok(Value::Bytes(octets)) => octets,
            other => panic!("no octets: {other:?}"),
        };
        let (one, other) = (draw(), draw());
        assert_eq!((one.len(), other.len()), (32, 32));
        assert_ne!(one, other);
        assert!(!world.drew.get(), "the last turn asked nothing");
        let answer = world.ask(entropy, "octets", ());
        let ready = world.next_ready().unwrap();
        world.run_one(ready);
        assert!(world.drew.get(), "its entropy must be kept");
        world.release(Ref::Promise(answer));
    });
}

#[test]
fn entropy_takes_one_method_and_is_revoked_like_any_facet() {
    story(|world| {
        let entropy = entropy(world);
        for wrong in
            [world.call_value(entropy, "now", ()), world.call_value(entropy, "octets", (1,))]
        {
            assert_eq!(wrong.unwrap_err().class(), Class::BadCall);
        }
        let Ref::Facet(facet) = entropy else { panic!("no facet") };
        world.turn(|turn| turn.revoke_facet(facet, false).unwrap());
        let refused = world.call_value(entropy, "octets", ()).unwrap_err();
        assert_eq!(refused.class(), Class::Revoked);
    });
}
