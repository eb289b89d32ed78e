//! A restored vat: what counts may have been used since, so it waits for the owner.

use hogshead_objects::grant::{Caveats, Rate};
use hogshead_objects::ids::{Epoch, Timestamp};
use hogshead_objects::{Class, Ref, Value};

use super::{add, grant, info};
use crate::cast::PUPPET;
use crate::world::{Args, World, story};

fn confirm(world: &mut World, what: Vec<Value>) -> Option<u64> {
    let steward = world.vat().steward();
    world.call_value(steward, "confirm", Args(what)).unwrap().as_u64()
}

#[test]
fn what_counts_is_suspended_by_a_restore_until_the_owner_confirms_it() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let once = grant(world, alice, Caveats::new().uses(1).label("once"));
        let few = grant(world, alice, Caveats::new().uses(5));
        let rated = grant(world, alice, Caveats::new().rate(Rate::new(9, 1_000).unwrap()));
        let timed = grant(world, alice, Caveats::new().until(Timestamp(u64::MAX)).label("timed"));
        let derived = grant(world, few, Caveats::new().label("derived"));
        add(world, few, 1).unwrap();
        world.turn(|turn| turn.set_epoch(Epoch(1_700)));
        for suspended in [once, few, rated, derived] {
            let error = add(world, suspended, 1).unwrap_err();
            assert_eq!(error.class(), Class::Denied);
            assert!(error.message().contains("until the vat's owner confirms"), "{error}");
        }
        assert!(info(world, few).suspended && !info(world, timed).suspended);
        for goes_on in [timed, alice] {
            add(world, goes_on, 1).unwrap();
        }
        // What is made from then on is not in doubt.
        let fresh = grant(world, alice, Caveats::new().uses(1));
        add(world, fresh, 1).unwrap();
        assert_eq!(confirm(world, vec![Value::Ref(few)]), Some(1));
        assert_eq!(confirm(world, vec![Value::Ref(few)]), Some(0));
        add(world, few, 1).unwrap();
        add(world, derived, 1).unwrap();
        assert_eq!(info(world, few).left, Some(2), "what was used is used");
        assert_eq!(confirm(world, vec![]), Some(2));
        add(world, once, 1).unwrap();
        add(world, rated, 1).unwrap();
        assert_eq!(add(world, once, 1).unwrap_err().class(), Class::Denied);
        // A second restore is another one, the same epoch is none.
        world.turn(|turn| turn.set_epoch(Epoch(1_700)));
        add(world, rated, 1).unwrap();
        world.turn(|turn| turn.set_epoch(Epoch(1_701)));
        let Ref::Facet(number) = rated else { panic!("a facet") };
        assert!(add(world, rated, 1).is_err());
        assert_eq!(confirm(world, vec![Value::Int(number.0.into())]), Some(1));
        add(world, rated, 1).unwrap();
    });
}
