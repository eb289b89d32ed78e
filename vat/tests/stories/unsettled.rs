//! What a session brought and what waits of it: counted in its record as long as it does, wherever
//! it is moved to. After each turn the audit compares the record with the rows.

use hogshead_objects::heap::{Heap, Part, Unsettled};
use hogshead_objects::ids::{PromiseId, SessionId};
use hogshead_objects::records::table;
use hogshead_objects::{Error, Far, Message, Place, Ref, Value};
use hogshead_vat::{Ran, check};

use crate::cast::{PUPPET, Step};
use crate::world::{Dice, World, message, story};

const ALICE: SessionId = SessionId(7);
const BOB: SessionId = SessionId(8);

/// A session brings a message, and it is run as far as it can be.
fn bring(world: &mut World, from: SessionId, to: Ref, message: Message) -> Ran {
    world.turn(|turn| {
        turn.comes_from(Some(from));
        turn.deliver(to, message, None).unwrap();
        turn.comes_from(None);
        turn.run_delivered().unwrap()
    })
}

fn add(world: &mut World, from: SessionId, to: Ref) -> Ran {
    bring(world, from, to, message("act", (vec![Step::Add(1)],)))
}

fn unsettled(world: &mut World, session: SessionId) -> Unsettled {
    world.turn(|turn| turn.unsettled(session).unwrap())
}

fn count(world: &mut World, session: SessionId) -> u64 {
    unsettled(world, session).count
}

/// A promise that the host settles, with its resolver held as well.
fn promise(world: &mut World) -> PromiseId {
    let id = PromiseId(world.peek_next_id());
    for held in [Ref::Promise(id), Ref::Resolver(id)] {
        world.held.insert(held, 1);
    }
    world.turn(|turn| {
        assert_eq!(turn.new_host_promise(), id);
        turn.hold(Ref::Promise(id)).unwrap();
        turn.hold(Ref::Resolver(id)).unwrap();
    });
    id
}

fn settle(world: &mut World, promise: PromiseId, outcome: Result<Value, Error>) {
    world.turn(|turn| Heap::settle(turn, promise, outcome).unwrap());
}

#[test]
fn what_waits_for_a_promise_is_counted_until_it_has_run() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let vow = promise(world);
        assert_eq!(unsettled(world, ALICE), Unsettled::default());
        for n in 1..=3 {
            add(world, ALICE, Ref::Promise(vow));
            assert_eq!(count(world, ALICE), n);
        }
        add(world, BOB, Ref::Promise(vow));
        let (three, one) = (unsettled(world, ALICE), unsettled(world, BOB));
        assert_eq!((three.count, one.count), (3, 1));
        assert_eq!(three.bytes, 3 * one.bytes, "they are alike");
        assert_eq!(world.rows(table::UNSETTLED), 2);
        settle(world, vow, Ok(Value::Ref(alice)));
        assert_eq!(count(world, ALICE), 3, "they are ready now, and have not run");
        let first = world.next_ready().unwrap();
        assert_eq!(world.run_one(first), Ran::Done);
        assert_eq!(count(world, ALICE), 2);
        world.run();
        assert_eq!(count(world, ALICE), 0);
        assert_eq!(world.rows(table::UNSETTLED), 0, "a record goes with the last row");
        assert_eq!(world.peek(alice).0, 4);
    });
}

#[test]
fn a_promise_that_breaks_or_is_data_or_a_peers_leaves_nothing_to_count() {
    story(|world| {
        let place = Far { session: BOB, place: Place::Export(3) };
        let import = hogshead_objects::ids::ImportId(world.peek_next_id());
        world.held.insert(Ref::Import(import), 1);
        world.turn(|turn| {
            turn.create_import(place).unwrap();
            turn.hold(Ref::Import(import)).unwrap();
        });
        let ends =
            [Err(Error::refused("no")), Ok(Value::Null), Ok(Value::Ref(Ref::Import(import)))];
        for end in ends {
            let vow = promise(world);
            add(world, ALICE, Ref::Promise(vow));
            add(world, ALICE, Ref::Promise(vow));
            assert_eq!(count(world, ALICE), 2);
            settle(world, vow, end);
            assert_eq!(count(world, ALICE), 0);
        }
    });
}

#[test]
fn what_moves_on_to_another_promise_is_counted_once() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let (first, second) = (promise(world), promise(world));
        add(world, ALICE, Ref::Promise(first));
        let before = unsettled(world, ALICE);
        settle(world, first, Ok(Value::Ref(Ref::Promise(second))));
        assert_eq!(unsettled(world, ALICE), before);
        settle(world, second, Ok(Value::Ref(alice)));
        assert_eq!(count(world, ALICE), 1);
        world.run();
        assert_eq!(count(world, ALICE), 0);
    });
}

#[test]
fn listeners_and_parts_of_what_is_pending_are_counted() {
    story(|world| {
        let vow = promise(world);
        let (heard, part) = (promise(world), promise(world));
        world.turn(|turn| {
            turn.comes_from(Some(ALICE));
            turn.settle_to(Ref::Promise(vow), Ref::Resolver(heard)).unwrap();
            turn.derive(Ref::Promise(vow), Part::Item(0), part).unwrap();
            turn.comes_from(None);
            assert_eq!(turn.unsettled(ALICE).unwrap().count, 2, "also before the turn ends");
        });
        assert_eq!(count(world, ALICE), 2);
        settle(world, vow, Ok(Value::List(vec![5_u64.into()])));
        assert_eq!(count(world, ALICE), 0);
        assert_eq!(world.outcome(part), Some(Ok(5_u64.into())));
        assert!(world.outcome(heard).is_some());
    });
}

#[test]
fn a_resolver_that_is_an_object_of_ours_does_not_escape_the_count() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let vow = promise(world);
        world.turn(|turn| {
            turn.pause();
            turn.comes_from(Some(ALICE));
            turn.settle_to(Ref::Promise(vow), alice).unwrap();
            turn.comes_from(None);
        });
        settle(world, vow, Ok(Value::Null));
        assert_eq!(count(world, ALICE), 1, "what it is told waits in its place");
        world.turn(|turn| turn.resume());
        world.run();
        assert_eq!(count(world, ALICE), 0);
    });
}

#[test]
fn what_a_paused_vat_takes_is_counted_and_what_its_objects_send_is_not() {
    story(|world| {
        let (alice, bob) = (world.spawn(PUPPET), world.spawn(PUPPET));
        world.give(alice, bob);
        world.turn(|turn| turn.pause());
        let send = Step::Send { to: 0, steps: vec![Step::Add(1)] };
        bring(world, ALICE, alice, message("act", (vec![send.clone(), send],)));
        assert_eq!(count(world, ALICE), 1);
        world.turn(|turn| turn.resume());
        let id = world.next_ready().unwrap();
        assert_eq!(world.run_one(id), Ran::Done);
        assert_eq!(world.vat().meter().deliveries, 2, "what the object sent itself");
        assert_eq!(count(world, ALICE), 0);
        world.run();
    });
}

#[test]
fn what_is_parked_is_counted_when_it_is_tried_again_and_until_it_is_dropped() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        world.turn(|turn| turn.pause());
        add(world, ALICE, alice);
        add(world, ALICE, alice);
        let cause = Error::new(hogshead_objects::Class::Parked, "a suspect");
        world.turn(|turn| turn.resume());
        let mut parked = Vec::new();
        while let Some(id) = world.next_ready() {
            let cause = cause.clone();
            parked.push(world.turn(|turn| turn.park(id, cause).unwrap()));
        }
        assert_eq!(count(world, ALICE), 2);
        world.turn(|turn| turn.drop_parked(parked[0]).unwrap());
        assert_eq!(count(world, ALICE), 1);
        let again = world.turn(|turn| turn.retry_parked(parked[1]).unwrap());
        assert_eq!(count(world, ALICE), 1);
        assert_eq!(world.run_one(again), Ran::Done);
        assert_eq!(count(world, ALICE), 0);
    });
}

#[test]
fn what_no_program_knows_and_what_is_a_devices_is_counted_and_would_wait() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let device = Ref::Facet(hogshead_objects::ids::FacetId(world.peek_next_id() + 1));
        world.held.insert(device, 1);
        world.turn(|turn| {
            assert_eq!(turn.create_device("lamp").unwrap(), device);
            turn.hold(device).unwrap();
        });
        let vow = promise(world);
        let steward = world.vat().steward();
        let would_wait = |world: &mut World| {
            let all = [alice, device, steward, Ref::Promise(vow), Ref::Resolver(vow)];
            world.turn(|turn| all.map(|to| turn.would_wait(to).unwrap()))
        };
        assert_eq!(would_wait(world), [false, true, false, true, false]);
        let ran = bring(world, ALICE, device, message("shine", ()));
        let Ran::Device(call) = ran else { panic!("{ran:?}") };
        assert_eq!(count(world, ALICE), 1);
        let known = std::mem::take(&mut world.registry);
        world.vat = None;
        assert_eq!(would_wait(world), [true, true, false, true, false]);
        let ran = add(world, ALICE, alice);
        let Ran::Parked { id, .. } = ran else { panic!("{ran:?}") };
        assert_eq!(count(world, ALICE), 2);
        world.turn(|turn| turn.complete_device(call, Ok(Value::Null)).unwrap());
        assert_eq!(count(world, ALICE), 1);
        world.registry = known;
        world.vat = None;
        world.turn(|turn| turn.retry_parked(id).unwrap());
        assert_eq!(would_wait(world), [true, true, true, true, false], "something is ready");
        world.run();
        assert_eq!(count(world, ALICE), 0);
        world.turn(|turn| turn.pause());
        assert_eq!(would_wait(world), [true, true, true, true, false]);
        settle(world, vow, Ok(Value::Null));
        assert_eq!(would_wait(world), [true, true, true, false, false]);
    });
}

#[test]
fn what_a_revoked_facet_refuses_is_counted_until_it_is_refused() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let Ref::Facet(facet) = alice else { panic!("{alice:?}") };
        world.turn(|turn| turn.pause());
        add(world, ALICE, alice);
        world.turn(|turn| turn.revoke_facet(facet, false).unwrap());
        assert_eq!(count(world, ALICE), 1);
        world.turn(|turn| turn.resume());
        assert!(matches!(world.run()[..], [Ran::Failed(_)]));
        assert_eq!(count(world, ALICE), 0);
        assert!(!world.turn(|turn| turn.would_wait(alice).unwrap()), "it is refused at once");
    });
}

/// A puppet with a promise and its resolver, and a promise that leads to that one.
fn promiser(world: &mut World) -> (Ref, Ref) {
    let alice = world.spawn(PUPPET);
    world.act(alice, vec![Step::Promise]).unwrap();
    let vow = world.ask(alice, "settled", (0,));
    world.run();
    (alice, Ref::Promise(vow))
}

#[test]
fn a_method_that_fails_leaves_the_count_as_it_was() {
    story(|world| {
        let (alice, vow) = promiser(world);
        add(world, ALICE, vow);
        add(world, ALICE, vow);
        let before = unsettled(world, ALICE);
        for end in [Step::Fail, Step::Panic] {
            let steps = vec![Step::Fulfill { index: 0, with: 5 }, end];
            world.act(alice, steps).unwrap_err();
            assert_eq!(unsettled(world, ALICE), before, "nothing was fulfilled");
        }
        // The same when the one that fails came from a session and waited.
        world.turn(|turn| turn.pause());
        let steps = vec![Step::Break(0), Step::Fail];
        bring(world, BOB, alice, message("act", (steps,)));
        assert_eq!(count(world, BOB), 1);
        world.turn(|turn| turn.resume());
        world.run();
        assert_eq!((count(world, BOB), unsettled(world, ALICE)), (0, before));
        world.act(alice, vec![Step::Fulfill { index: 0, with: 5 }]).unwrap();
        assert_eq!(count(world, ALICE), 0);
    });
}

#[test]
fn a_failed_near_call_gives_back_what_it_counted_and_its_caller_keeps_its_own() {
    story(|world| {
        let (alice, vow) = promiser(world);
        world.act(alice, vec![Step::Spawn]).unwrap();
        add(world, ALICE, vow);
        let before = unsettled(world, ALICE);
        let near = Step::Near { to: 0, steps: vec![Step::Fail], caught: true };
        world.act(alice, vec![near.clone()]).unwrap();
        assert_eq!(unsettled(world, ALICE), before);
        world.act(alice, vec![Step::Break(0), near]).unwrap();
        assert_eq!(count(world, ALICE), 0);
    });
}

#[test]
fn a_turn_that_is_dropped_counted_nothing() {
    story(|world| {
        let vow = promise(world);
        add(world, ALICE, Ref::Promise(vow));
        let before = unsettled(world, ALICE);
        let failed = world.try_turn(|turn| {
            turn.comes_from(Some(ALICE));
            turn.deliver(Ref::Promise(vow), message("peek", ()), None).unwrap();
            assert_eq!(turn.run_delivered().unwrap(), Ran::Done);
            assert_eq!(turn.unsettled(ALICE).unwrap().count, 2);
            // What nobody takes fails the turn as a whole.
            turn.deliver(Ref::Promise(vow), message("peek", ()), None).unwrap();
        });
        assert!(failed.is_err());
        world.vat = None;
        world.audit();
        assert_eq!(unsettled(world, ALICE), before);
    });
}

#[test]
fn two_deliveries_of_one_turn_are_counted_both() {
    story(|world| {
        let vow = promise(world);
        world.turn(|turn| {
            turn.comes_from(Some(ALICE));
            for _ in 0..2 {
                turn.deliver(Ref::Promise(vow), message("peek", ()), None).unwrap();
            }
            turn.comes_from(None);
            turn.run_delivered().unwrap();
        });
        assert_eq!(count(world, ALICE), 2);
    });
}

#[test]
fn what_a_session_left_behind_keeps_its_record_and_no_other_session_has_it() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let vow = promise(world);
        add(world, ALICE, Ref::Promise(vow));
        let why = Error::new(hogshead_objects::Class::Severed, "gone");
        world.turn(|turn| turn.sever_session(ALICE, &why).unwrap());
        assert_eq!(count(world, BOB), 0);
        assert_eq!(world.rows(table::UNSETTLED), 1);
        settle(world, vow, Ok(Value::Ref(alice)));
        world.run();
        assert_eq!(world.rows(table::UNSETTLED), 0);
        assert_eq!(world.peek(alice).0, 1, "what was sent is sent");
    });
}

#[test]
fn an_audit_finds_a_record_that_lies_or_is_not_there() {
    let mut world = World::new(crate::world::Memory::Kept);
    let vow = promise(&mut world);
    add(&mut world, ALICE, Ref::Promise(vow));
    let is_record = |key: &[u8]| key[0] == table::UNSETTLED;
    let key = world.store.rows.keys().find(|key| is_record(key)).unwrap().clone();
    let record = world.store.rows.remove(&key).unwrap();
    let found = check::audit(&world.store, Some(&world.held)).unwrap();
    assert_eq!((found.len(), found[0].about.as_str()), (1, "s7"), "{found:?}");
    world.store.rows.insert(key, record);
    world.audit();
    add(&mut world, ALICE, Ref::Promise(vow));
    let two = world.store.rows.iter().find(|(key, _)| is_record(key)).unwrap();
    let (key, two) = (two.0.clone(), two.1.clone());
    settle(&mut world, vow, Ok(Value::Null));
    world.store.rows.insert(key, two);
    let found = check::audit(&world.store, Some(&world.held)).unwrap();
    assert_eq!((found.len(), found[0].about.as_str()), (1, "s7"), "{found:?}");
}

/// Sessions bring all kinds of things to promises and objects, which settle, break, lead on, are
/// parked or paused: after each step the audit counts again.
#[test]
fn random_sessions_are_counted_exactly() {
    let first = std::env::var("HOGSHEAD_SEED").ok().and_then(|seed| seed.parse().ok());
    let (from, to) = first.map_or((0, 15), |seed: u64| (seed, seed + 1));
    for seed in from..to {
        println!("HOGSHEAD_SEED={seed}");
        story(|world| play(world, &mut Dice(seed)));
    }
}

fn play(world: &mut World, dice: &mut Dice) {
    let actors: Vec<Ref> = (0..2).map(|_| world.spawn(PUPPET)).collect();
    let vows: Vec<PromiseId> = (0..6).map(|_| promise(world)).collect();
    for _ in 0..40 {
        let (actor, vow) = (actors[dice.roll(2) as usize], vows[dice.roll(6) as usize]);
        let other = vows[dice.roll(6) as usize];
        let session = [ALICE, BOB][dice.roll(2) as usize];
        let target = if dice.roll(3) == 0 { actor } else { Ref::Promise(vow) };
        match dice.roll(12) {
            0..=3 => {
                let step = if dice.roll(4) == 0 { Step::Fail } else { Step::Add(1) };
                bring(world, session, target, message("act", (vec![Step::Add(1), step],)));
            }
            4 => world.turn(|turn| {
                turn.comes_from(Some(session));
                turn.settle_to(Ref::Promise(vow), Ref::Resolver(other)).unwrap();
                turn.comes_from(None);
            }),
            5 => world.turn(|turn| {
                turn.comes_from(Some(session));
                turn.derive(Ref::Promise(vow), Part::Item(0), other).unwrap();
                turn.comes_from(None);
            }),
            6 => settle(world, vow, Ok(Value::Ref(actor))),
            7 => settle(world, vow, Ok(Value::Ref(Ref::Promise(other)))),
            8 => settle(world, vow, Err(Error::refused("no"))),
            9 => world.turn(|turn| turn.pause()),
            10 => world.turn(|turn| turn.resume()),
            _ => {
                if let Some(id) = world.next_ready() {
                    world.run_one(id);
                }
            }
        }
    }
    world.turn(|turn| turn.resume());
    for vow in vows {
        settle(world, vow, Ok(Value::Ref(actors[0])));
    }
    world.run();
    assert_eq!(world.rows(table::DELIVERY), 0);
    assert_eq!(world.rows(table::UNSETTLED), 0);
}
