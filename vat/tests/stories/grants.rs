//! Grants: every caveat, what is counted, who may end them, and that nothing widens them.

mod callers;
mod chains;
mod ending;
mod inviting;
mod restored;

use hogshead_objects::codec;
use hogshead_objects::error::Error;
use hogshead_objects::grant::{Caveats, GrantInfo, Rate};
use hogshead_objects::heap::{Heap, Outgoing};
use hogshead_objects::ids::{FacetId, ImportId, SessionId, Timestamp};
use hogshead_objects::records::table;
use hogshead_objects::stock::clock::CatchUp;
use hogshead_objects::{Class, Far, Place, Ref, Value, limits};

use crate::cast::{PUPPET, Step};
use crate::world::{Args, World, story};

/// A grant by the vat's owner; held.
#[track_caller]
fn grant(world: &mut World, of: Ref, caveats: Caveats) -> Ref {
    match try_grant(world, of, caveats) {
        Ok(grant) => grant,
        Err(error) => panic!("no grant: {error}"),
    }
}

fn try_grant(world: &mut World, of: Ref, caveats: Caveats) -> Result<Ref, Error> {
    let steward = world.vat().steward();
    let args = Args(vec![Value::Ref(of), codec::to_value(&caveats).unwrap()]);
    match world.call_value(steward, "facet", args)? {
        Value::Ref(reference) => Ok(reference),
        other => panic!("no facet: {other:?}"),
    }
}

/// What a grantor is shown of a facet and of what was derived from it.
#[track_caller]
fn tree(world: &mut World, of: Ref) -> Vec<GrantInfo> {
    let steward = world.vat().steward();
    codec::from_value(world.call_value(steward, "grants", Args(vec![Value::Ref(of)])).unwrap())
        .unwrap()
}

#[track_caller]
fn info(world: &mut World, of: Ref) -> GrantInfo {
    tree(world, of).remove(0)
}

fn revoke(world: &mut World, facet: Ref, deep: bool) {
    let steward = world.vat().steward();
    let args = Args(vec![Value::Ref(facet), Value::Bool(deep)]);
    world.call_value(steward, "revoke", args).unwrap();
}

fn add(world: &mut World, to: Ref, by: u64) -> Result<u64, Error> {
    world.act(to, vec![Step::Add(by)])
}

#[test]
fn every_caveat_refuses_what_it_is_for_and_the_refusal_is_remembered() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let begin = world.now() + 100;
        let cases = [
            (Caveats::new().methods(["peek"]), "denied: this reference does not grant `act`"),
            (
                Caveats::new().rule("0.0.Add>=5".parse().unwrap()),
                "denied: the grant asks for: argument 0.0.Add at least 5",
            ),
            (
                Caveats::new().not_before(Timestamp(begin)),
                "denied: the grant begins at 1970-01-01T00:00:00Z",
            ),
            (
                Caveats::new().until(Timestamp(world.now())),
                "denied: the grant has expired at 1970-01-01T00:00:00Z",
            ),
        ];
        for (caveats, why) in cases {
            let words = caveats.to_string();
            let bobs = grant(world, alice, caveats.label("Bob"));
            let error = add(world, bobs, 4).unwrap_err();
            assert_eq!(error.to_string().split(" [cause").next().unwrap(), why);
            let info = info(world, bobs);
            assert_eq!((info.label.as_str(), &info.words), ("Bob", &words));
            assert_eq!((info.used, info.last, info.denied), (0, None, 1));
            assert_eq!(info.denials[0].method, "act");
            assert!(info.denials[0].why.starts_with(why), "{:?}", info.denials);
        }
        assert_eq!(world.peek(alice).0, 0);
        world.pass_until(begin);
        let later = Caveats::new().not_before(Timestamp(begin));
        let later = later.until(Timestamp(begin + 1_000)).rule("0.0.Add<=5".parse().unwrap());
        let bobs = grant(world, alice, later.methods(["act"]));
        assert_eq!(add(world, bobs, 5).unwrap(), 5);
        world.pass_until(begin + 1_000);
        assert_eq!(add(world, bobs, 5).unwrap_err().class(), Class::Denied);
    });
}

#[test]
fn uses_are_counted_as_they_are_delivered_also_of_methods_that_fail() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let bobs = grant(world, alice, Caveats::new().uses(4).label("Bob"));
        add(world, bobs, 1).unwrap();
        assert_eq!(world.act(bobs, vec![Step::Fail]).unwrap_err().class(), Class::Refused);
        assert_eq!(world.act(bobs, vec![Step::Panic]).unwrap_err().class(), Class::Failed);
        assert_eq!(world.act(bobs, vec![Step::Refuse]).unwrap_err().class(), Class::Refused);
        let now = world.now();
        let error = add(world, bobs, 1).unwrap_err();
        assert!(error.message().starts_with("all uses of the grant are used up"), "{error}");
        let info = info(world, bobs);
        assert_eq!((info.used, info.left, info.denied), (4, Some(0), 1));
        assert!(info.last.is_some_and(|last| last.0 <= now));
        assert_eq!(world.peek(alice).0, 1);
    });
}

#[test]
fn a_message_that_names_no_known_method_is_no_use() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let bobs = grant(world, alice, Caveats::new().uses(1));
        assert_eq!(world.call_value(bobs, "fly", ()).unwrap_err().class(), Class::BadCall);
        let narrow = grant(world, bobs, Caveats::new().methods(["act"]));
        assert_eq!(world.call_value(narrow, "fly", ()).unwrap_err().class(), Class::Denied);
        add(world, narrow, 1).unwrap();
        assert_eq!(add(world, bobs, 1).unwrap_err().class(), Class::Denied);
    });
}

#[test]
fn a_rate_is_kept_and_nothing_moves_back_when_the_clock_does() {
    story(|world| {
        world.pass_until(1_000_000);
        let alice = world.spawn(PUPPET);
        let rate = Rate::new(2, 60_000).unwrap();
        let until = Timestamp(2_000_000);
        let bobs = grant(world, alice, Caveats::new().rate(rate).until(until));
        add(world, bobs, 1).unwrap();
        add(world, bobs, 1).unwrap();
        let error = add(world, bobs, 1).unwrap_err();
        assert_eq!(error.class(), Class::Busy);
        // A clock that goes back and comes again brings no tokens twice.
        world.set_clock(5);
        assert_eq!(add(world, bobs, 1).unwrap_err().class(), Class::Busy);
        world.set_clock(1_000_100);
        assert_eq!(add(world, bobs, 1).unwrap_err().class(), Class::Busy);
        world.set_clock(1_031_000);
        add(world, bobs, 1).unwrap();
        assert_eq!(add(world, bobs, 1).unwrap_err().class(), Class::Busy);
        // What has expired stays so.
        world.set_clock(2_000_000);
        assert_eq!(add(world, bobs, 1).unwrap_err().class(), Class::Denied);
        world.set_clock(1_500_000);
        let error = add(world, bobs, 1).unwrap_err();
        assert!(error.message().starts_with("the grant has expired"), "{error}");
        // Also if nobody noticed: it is the vat whose time does not go back.
        let carols = grant(world, alice, Caveats::new().until(Timestamp(3_000_000)));
        world.set_clock(3_000_001);
        add(world, alice, 1).unwrap();
        world.set_clock(2_500_000);
        assert_eq!(add(world, carols, 1).unwrap_err().class(), Class::Denied);
    });
}

#[test]
fn a_facet_without_conditions_keeps_no_counts_and_one_that_is_freed_leaves_nothing() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let plain = grant(world, alice, Caveats::new());
        add(world, plain, 1).unwrap();
        assert_eq!(world.rows(table::GRANT), 0);
        assert_eq!(world.rows(table::DERIVED), 1);
        let bobs = grant(world, plain, Caveats::new().uses(3).label("Bob"));
        add(world, bobs, 1).unwrap();
        assert_eq!((world.rows(table::GRANT), world.rows(table::DERIVED)), (1, 2));
        // What it was derived from stays as long as it does.
        world.release(plain);
        add(world, bobs, 1).unwrap();
        world.release(bobs);
        assert_eq!((world.rows(table::GRANT), world.rows(table::DERIVED)), (0, 0));
        add(world, alice, 1).unwrap();
    });
}

#[test]
fn a_near_call_goes_through_no_condition_but_methods() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        world.act(alice, vec![Step::Spawn]).unwrap();
        let near = |to| vec![Step::Near { to, steps: vec![Step::Add(1)], caught: false }];
        world.act(alice, near(0)).unwrap();
        for caveats in [
            Caveats::new().uses(9),
            Caveats::new().until(Timestamp(u64::MAX)),
            Caveats::new().rule("0!=1".parse().unwrap()),
        ] {
            let steps = vec![Step::Grant { of: 0, caveats: caveats.clone() }];
            world.act(alice, steps).unwrap();
            let granted = world.peek(alice).1 - 1;
            let error = world.act(alice, near(granted)).unwrap_err();
            assert!(error.message().contains("send instead"), "{error}");
            // Nor through what was derived from it.
            let steps = vec![Step::Grant { of: granted, caveats: Caveats::new() }];
            world.act(alice, steps).unwrap();
            assert_eq!(world.act(alice, near(granted + 1)).unwrap_err().class(), Class::Denied);
            let send = vec![Step::Send { to: granted, steps: vec![Step::Add(1)] }];
            world.act(alice, send).unwrap();
        }
        let caveats = Caveats::new().methods(["act"]).label("myself");
        world.act(alice, vec![Step::Grant { of: 0, caveats }]).unwrap();
        let labelled = world.peek(alice).1 - 1;
        world.act(alice, near(labelled)).unwrap();
    });
}

#[test]
fn an_object_is_handed_over_to_nobody_that_is_granted_in_part() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let carol = world.spawn(PUPPET);
        world.act(alice, vec![Step::Spawn]).unwrap();
        let part = grant(world, carol, Caveats::new().uses(100));
        let part_of_part = grant(world, part, Caveats::new());
        let all = grant(world, carol, Caveats::new().label("all of it"));
        for cap in [part, part_of_part, all] {
            world.give(alice, cap);
        }
        for to in [1, 2] {
            let steps = vec![Step::HandOver { object: 0, to }];
            assert_eq!(world.act(alice, steps).unwrap_err().class(), Class::Denied, "{to}");
        }
        world.act(alice, vec![Step::HandOver { object: 0, to: 3 }]).unwrap();
    });
}

#[test]
fn what_is_asked_of_the_steward_wrongly_is_refused() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        for (caveats, class) in [
            (Caveats::new().methods(["fly"]), Class::BadCall),
            (Caveats::new().uses(0), Class::BadCall),
            (Caveats::new().not_before(Timestamp(9)).until(Timestamp(9)), Class::BadCall),
        ] {
            assert_eq!(try_grant(world, alice, caveats).unwrap_err().class(), class);
        }
        // A caveat that is not known must not be passed over.
        let steward = world.vat().steward();
        let unknown = Value::structure([("untill", Value::from(5_u64))]);
        let error = world.call_value(steward, "facet", Args(vec![Value::Ref(alice), unknown]));
        assert_eq!(error.unwrap_err().class(), Class::BadCall);
        let error = world.call_value(steward, "facet", Args(vec![Value::Ref(alice), 5_u64.into()]));
        assert_eq!(error.unwrap_err().class(), Class::BadCall);
        let error = world.call_value(steward, "grants", Args(vec![Value::from("x")])).unwrap_err();
        assert_eq!(error.class(), Class::BadCall);
    });
}

#[test]
fn grants_have_limits() {
    let mut world = World::new(crate::world::Memory::Kept);
    let alice = world.spawn(PUPPET);
    let rules = (0..=limits::GRANT_RULES_MAX)
        .fold(Caveats::new(), |caveats, n| caveats.rule(format!("0!={n}").parse().unwrap()));
    assert_eq!(try_grant(&mut world, alice, rules).unwrap_err().class(), Class::Limit);
    let large = (0..9).fold(Caveats::new(), |caveats, n| {
        caveats.rule(format!("{n}={}", "a".repeat(1_000)).parse().unwrap())
    });
    assert_eq!(try_grant(&mut world, alice, large).unwrap_err().class(), Class::Limit);
    // A whole facet is the first, so it can be derived from one time less.
    let mut last = alice;
    for _ in 1..limits::GRANT_DEPTH_MAX {
        last = grant(&mut world, last, Caveats::new().label("again"));
    }
    add(&mut world, last, 1).unwrap();
    assert_eq!(world.rows(table::GRANT), limits::GRANT_DEPTH_MAX - 1);
    let error = try_grant(&mut world, last, Caveats::new()).unwrap_err();
    assert_eq!(error.class(), Class::Limit, "{error}");
}

#[test]
fn over_a_thousand_facets_of_an_object_are_records_and_nothing_else() {
    let mut world = World::new(crate::world::Memory::Reloaded);
    let alice = world.spawn(PUPPET);
    world.audited = false;
    world.turn(|turn| {
        for n in 0..1_200_u64 {
            let caveats = Caveats::new().methods(["act"]).uses(n + 1).label(format!("{n}"));
            let facet = turn.grant_of(alice, caveats).unwrap();
            turn.hold(Ref::Facet(facet)).unwrap();
        }
    });
    let last = FacetId(world.peek_next_id() - 1);
    // The steward lists them page by page, each once and in order.
    let (mut seen, steward) = (Vec::new(), world.vat().steward());
    while seen.len() < 2_000 {
        let after = seen.last().map_or(Value::Undefined, |n: &u64| Value::Int((*n).into()));
        let args = Args(vec![Value::Undefined, after]);
        let page = world.call_value(steward, "grants", args).unwrap();
        let page: Vec<GrantInfo> = codec::from_value(page).unwrap();
        assert!(page.len() <= hogshead_vat::limits::GRANTS_LISTED_MAX);
        if page.is_empty() {
            break;
        }
        seen.extend(page.iter().map(|grant| grant.facet));
    }
    assert!(seen.is_sorted() && seen.len() == 1_200, "{}", seen.len());
    let objects = world.rows(table::OBJECT);
    assert_eq!(world.rows(table::DERIVED), 1_200);
    // A use reads its own records, however many others there are.
    world.store.reset();
    add(&mut world, Ref::Facet(last), 1).unwrap();
    assert!(world.store.gets.get() < 100, "{} reads", world.store.gets.get());
    assert_eq!(world.rows(table::OBJECT), objects);
}

#[test]
fn what_is_not_of_this_vat_is_granted_by_way_of_a_forwarder() {
    story(|world| {
        let steward = world.vat().steward();
        let import = Ref::Import(ImportId(world.peek_next_id()));
        world.held.insert(import, 1);
        world.turn(|turn| {
            turn.create_import(Far { session: SessionId(9), place: Place::Export(4) }).unwrap();
            turn.hold(import).unwrap();
        });
        let bobs = grant(world, import, Caveats::new().methods(["act"]).uses(1).label("Bob"));
        assert!(matches!(bobs, Ref::Facet(_)));
        assert_eq!(world.call_value(bobs, "peek", ()).unwrap_err().class(), Class::Denied);
        world.sent.clear();
        let answer = world.ask(bobs, "act", (vec![Step::Add(1)],));
        world.run();
        let sent = std::mem::take(&mut world.sent);
        let Some(Outgoing::Deliver { message, answer: Some(far), .. }) = sent.first() else {
            panic!("{sent:?}")
        };
        assert_eq!(message.symbol(), Some("act"));
        assert_eq!(world.outcome(answer), None);
        // The answer that is awaited from there breaks with the grant here.
        revoke(world, bobs, false);
        assert_eq!(world.outcome(answer).unwrap().unwrap_err().class(), Class::Revoked);
        let far = *far;
        world.turn(|turn| Heap::settle(turn, far, Ok(Value::from(7_u64))).unwrap());
        world.run();
        world.release(Ref::Promise(answer));
        world.release(bobs);
        // A promise that nobody has kept yet can be granted as well, and data cannot.
        let puppet = world.spawn(PUPPET);
        world.act(puppet, vec![Step::Promise]).unwrap();
        let promise = world.ask(puppet, "settled", (0,));
        world.run();
        let early = grant(world, Ref::Promise(promise), Caveats::new().uses(1));
        let waits = world.ask(early, "peek", ());
        world.act(puppet, vec![Step::Fulfill { index: 0, with: 7 }]).unwrap();
        world.run();
        assert_eq!(world.outcome(waits).unwrap().unwrap_err().class(), Class::BadCall);
        let args = Args(vec![Value::Ref(Ref::Promise(promise))]);
        let error = world.call_value(steward, "facet", args).unwrap_err();
        assert_eq!(error.class(), Class::BadCall);
        for held in [Ref::Promise(waits), Ref::Promise(promise), early] {
            world.release(held);
        }
    });
}

#[test]
fn a_timer_goes_with_the_grant_of_its_clock() {
    story(|world| {
        let clock = world.clock();
        let puppet = world.spawn(PUPPET);
        let until = world.now() + 100;
        let caveats = Caveats::new().until(Timestamp(until)).label("until then");
        let granted = grant(world, clock, caveats);
        world.give(puppet, granted);
        let every = |clock| Step::Every { clock, period: 40, catch_up: CatchUp::Skip };
        world.act(puppet, vec![every(0)]).unwrap();
        let begun = world.now();
        world.pass_until(begun + 45);
        world.fire();
        assert_eq!(world.peek(puppet).0, 1);
        world.pass_until(until + 500);
        world.fire();
        assert_eq!(world.peek(puppet).0, 1, "it ticks no more");
        assert_eq!(world.vat().meter().timers, 0);
    });
}

#[test]
fn what_a_device_gives_is_not_for_whom_it_was_taken_from_meanwhile() {
    story(|world| {
        let steward = world.vat().steward();
        let Value::Ref(device) = world.call_value(steward, "enlivener", ()).unwrap() else {
            panic!("a device")
        };
        let bobs = grant(world, device, Caveats::new().uses(5));
        let (first, second) = (world.ask(bobs, "enliven", ()), world.ask(bobs, "enliven", ()));
        world.run();
        let (calls, _) = hogshead_vat::Vat::waits(&world.store, None, 10).unwrap();
        let [one, two] = &calls[..] else { panic!("{calls:?}") };
        world.turn(|turn| turn.complete_device(one.id, Ok(Value::from(1_u64))).unwrap());
        revoke(world, bobs, false);
        world.turn(|turn| turn.complete_device(two.id, Ok(Value::from(2_u64))).unwrap());
        assert_eq!(world.outcome(first), Some(Ok(Value::from(1_u64))));
        assert_eq!(world.outcome(second).unwrap().unwrap_err().class(), Class::Revoked);
        assert_eq!(info(world, bobs).used, 2);
        world.release(Ref::Promise(first));
        world.release(Ref::Promise(second));
    });
}
