//! Invitations: taken up once, by whoever comes first.

use hogshead_objects::codec;
use hogshead_objects::grant::{Caveats, GrantInfo};
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{Epoch, FacetId, Timestamp};
use hogshead_objects::locator::SwissNumber;
use hogshead_objects::stock::invitation::Redeemed;
use hogshead_objects::{Class, Error, Message, Ref, Value};
use hogshead_vat::Caller;

use super::callers::{key, send_as, settle_as};
use crate::cast::PUPPET;
use crate::world::{Args, World, story};

fn locator() -> String {
    format!("ocapn://{}.hog?quic=127.0.0.1:4000", key(0))
}

/// The facet of a fresh invitation to look at an object; held by its share.
fn invite(world: &mut World, of: Ref, only: bool) -> Ref {
    invite_with(world, of, only, Caveats::new().methods(["peek"]).label("friends"))
}

fn invite_with(world: &mut World, of: Ref, only: bool, caveats: Caveats) -> Ref {
    let steward = world.vat().steward();
    let caveats = codec::to_value(&caveats).unwrap();
    let args = vec![
        Value::Ref(of),
        caveats,
        Value::Undefined,
        Value::String(locator()),
        Value::Bool(only),
    ];
    match world.call_value(steward, "invite", Args(args)).unwrap() {
        Value::SturdyRef(sturdy) => fetch(world, &sturdy.swiss).expect("it leads to it"),
        other => panic!("no sturdyref: {other:?}"),
    }
}

fn fetch(world: &mut World, swiss: &SwissNumber) -> Option<Ref> {
    world.turn(|turn| turn.fetch(swiss.expose()).unwrap())
}

fn redeem(world: &mut World, invitation: Ref, caller: Caller) -> Result<Redeemed, Error> {
    let answer = send_as(world, caller, invitation, Message::new("redeem", []));
    settle_as(world, answer).and_then(codec::from_value)
}

fn labels(world: &mut World) -> Vec<(String, bool)> {
    let steward = world.vat().steward();
    let all = world.call_value(steward, "grants", ()).unwrap();
    let all: Vec<GrantInfo> = codec::from_value(all).unwrap();
    all.into_iter().map(|info| (info.label, info.share.is_some())).collect()
}

#[test]
fn who_comes_first_has_it_for_good_and_who_comes_second_is_told() {
    for only in [false, true] {
        story(|world| {
            let alice = world.spawn(PUPPET);
            let invitation = invite(world, alice, only);
            let bob = Caller::Vat(key(1));
            let redeemed = redeem(world, invitation, bob).unwrap();
            assert_eq!(
                (&redeemed.inviter, &redeemed.guest),
                (&key(0).to_string(), &key(1).to_string())
            );
            assert_eq!(redeemed.at.peer.to_string(), locator());
            assert_eq!(fetch(world, &redeemed.at.swiss), Some(redeemed.object.into()));
            // The owner sees who came.
            let known = labels(world);
            assert!(known.contains(&(key(1).to_string(), true)), "{known:?}");
            for other in [Caller::Vat(key(2)), Caller::Own] {
                let error = redeem(world, invitation, other).unwrap_err();
                assert_eq!(error.class(), Class::Refused);
                assert!(error.message().starts_with("the invitation was redeemed by another vat"));
            }
            let object = Ref::from(redeemed.object);
            let look = |world: &mut World, caller| {
                let answer = send_as(world, caller, object, Message::new("peek", []));
                settle_as(world, answer).map(drop).map_err(|error| error.class())
            };
            assert_eq!(look(world, bob), Ok(()));
            let others = if only { Err(Class::Denied) } else { Ok(()) };
            assert_eq!(look(world, Caller::Vat(key(2))), others);
        });
    }
}

#[test]
fn a_guest_that_lost_the_answer_redeems_again_and_has_one_grant() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let invitation = invite(world, alice, true);
        let bob = Caller::Vat(key(1));
        let first = redeem(world, invitation, bob).unwrap();
        let again = redeem(world, invitation, bob).unwrap();
        assert_eq!(first.object, again.object);
        assert_eq!(fetch(world, &first.at.swiss), None, "the number before leads nowhere");
        assert_eq!(fetch(world, &again.at.swiss), Some(again.object.into()));
        let grants = labels(world);
        assert_eq!(grants.iter().filter(|(label, _)| *label == key(1).to_string()).count(), 1);
    });
}

#[test]
fn a_peer_without_a_key_redeems_nothing_and_other_methods_are_refused() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let invitation = invite(world, alice, false);
        let error = redeem(world, invitation, Caller::Unknown).unwrap_err();
        assert_eq!(error.class(), Class::Refused);
        let answer = send_as(world, Caller::Own, invitation, Message::new("open", []));
        assert_eq!(settle_as(world, answer).unwrap_err().class(), Class::Denied);
        redeem(world, invitation, Caller::Vat(key(1))).unwrap();
    });
}

#[test]
fn a_restore_suspends_an_invitation_that_may_have_been_redeemed_since() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let invitation = invite(world, alice, false);
        world.turn(|turn| turn.set_epoch(Epoch(5)));
        let error = redeem(world, invitation, Caller::Vat(key(1))).unwrap_err();
        assert!(error.message().contains("until the vat's owner confirms"), "{error}");
        let steward = world.vat().steward();
        world.call_value(steward, "confirm", ()).unwrap();
        redeem(world, invitation, Caller::Vat(key(1))).unwrap();
    });
}

#[test]
fn revoking_what_an_invitation_is_for_takes_what_it_became() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let invitation = invite(world, alice, false);
        let redeemed = redeem(world, invitation, Caller::Vat(key(1))).unwrap();
        let steward = world.vat().steward();
        world
            .call_value(steward, "revoke", Args(vec![Value::Ref(alice), Value::Bool(true)]))
            .unwrap();
        let answer = send_as(world, Caller::Own, redeemed.object.into(), Message::new("peek", []));
        assert_eq!(settle_as(world, answer).unwrap_err().class(), Class::Revoked);
    });
}

#[test]
fn an_invitation_that_is_revoked_takes_what_it_became_and_with_deep_what_that_gave() {
    for (by_label, deep) in [(false, false), (false, true), (true, false), (true, true)] {
        story(|world| {
            let alice = world.spawn(PUPPET);
            let invitation = invite(world, alice, false);
            let bob = Caller::Vat(key(1));
            let redeemed = redeem(world, invitation, bob).unwrap();
            let guests = Ref::from(redeemed.object);
            let further = Ref::Facet(FacetId(world.peek_next_id()));
            world.held.insert(further, 1);
            world.turn(|turn| {
                let made = turn.grant_of(guests, Caveats::new().label("further")).unwrap();
                assert_eq!(Ref::Facet(made), further);
                turn.hold(further).unwrap();
            });
            let look = |world: &mut World, of| {
                let answer = send_as(world, bob, of, Message::new("peek", []));
                settle_as(world, answer).map(drop).map_err(|error| error.class())
            };
            assert_eq!((look(world, guests), look(world, further)), (Ok(()), Ok(())));
            let steward = world.vat().steward();
            let count = if by_label {
                let args = vec![Value::Ref(alice), "friends".into(), Value::Bool(deep)];
                world.call_value(steward, "revoke_made", Args(args))
            } else {
                let args = vec![Value::Ref(invitation), Value::Bool(deep)];
                world.call_value(steward, "revoke", Args(args))
            };
            assert_eq!(count, Ok(Value::Int(1.into())));
            assert_eq!(look(world, guests), Err(Class::Revoked));
            let left = if deep { Err(Class::Revoked) } else { Ok(()) };
            assert_eq!(look(world, further), left, "{by_label}, {deep}");
            redeem(world, invitation, bob).unwrap_err();
        });
    }
}

#[test]
fn an_invitation_to_what_has_expired_is_not_taken_up() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let soon = Timestamp(world.now() + 1_000);
        let invitation = invite_with(world, alice, false, Caveats::new().until(soon));
        world.set_clock(soon.0 + 1_000);
        let error = redeem(world, invitation, Caller::Vat(key(1))).unwrap_err();
        assert_eq!(error.class(), Class::Denied);
        assert!(error.message().contains("expired"), "{error}");
        assert_eq!(
            labels(world).iter().filter(|(label, _)| *label == key(1).to_string()).count(),
            0
        );
    });
}
