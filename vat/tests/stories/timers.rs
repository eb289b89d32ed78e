//! Timers: they fire when they are due and not before, and are let go with who waited.

use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{SessionId, Timestamp};
use hogshead_objects::records::table;
use hogshead_objects::stock::clock::CatchUp;
use hogshead_objects::{Cap, Class, Ref, Untyped, Value};
use hogshead_vat::{Trigger, Vat, VatError};

use crate::cast::{PUPPET, Step};
use crate::world::{Args, World, story};

/// A puppet that has a clock as its only cap; and the clock.
fn timed(world: &mut World) -> (Ref, Ref) {
    let alice = world.spawn(PUPPET);
    let clock = world.clock();
    world.give(alice, clock);
    (alice, clock)
}

fn text(world: &mut World, puppet: Ref) -> String {
    world.call(puppet, "text", ()).unwrap()
}

fn timers(world: &mut World) -> u64 {
    world.vat().meter().timers
}

fn after(by: u64) -> Step {
    Step::After { clock: 0, by }
}

fn cap(reference: Ref) -> Cap {
    Cap::<Untyped>::from(reference)
}

#[test]
fn a_promise_is_kept_at_its_time_and_not_before() {
    story(|world| {
        let (alice, clock) = timed(world);
        let due = world.ask(clock, "after", (1_000_u64,));
        world.run();
        let set = world.now();
        let exact = set + 1_000;
        assert_eq!(world.vat().due(), Some(Timestamp(exact)));
        world.pass_until(exact - 1);
        assert_eq!(world.fire(), 0);
        assert_eq!(world.outcome(due), None);
        world.pass_until(exact + 500);
        assert_eq!(world.fire(), 1);
        assert_eq!(world.outcome(due), Some(Ok(Value::from(exact))));
        assert_eq!(world.vat().due(), None);
        world.release(Ref::Promise(due));
        // What has passed is kept at once, and what goes on from a promise runs when it is kept.
        assert_eq!(world.call::<u64>(clock, "at", (exact,)), Ok(exact));
        world.act(alice, vec![after(50), Step::Then(0)]).unwrap();
        assert_eq!(world.peek(alice).0, 0);
        world.pass_until(world.now() + 60);
        world.fire();
        assert_eq!(world.peek(alice).0, 7);
        assert_eq!(timers(world), 0);
    });
}

#[test]
fn a_clock_tells_the_time() {
    story(|world| {
        let clock = world.clock();
        world.pass_until(77_000);
        let told: Timestamp = world.call(clock, "now", ()).unwrap();
        assert!((77_000..77_010).contains(&told.0), "{told:?}");
    });
}

#[test]
fn what_is_due_fires_in_the_order_of_time_and_so_many_a_turn() {
    story(|world| {
        let clock = world.clock();
        let bob = world.spawn(PUPPET);
        let start = world.now() + 1_000;
        for time in [40, 10, 30, 20, 20] {
            world.call_value(clock, "once", (start + time, cap(bob))).unwrap();
        }
        world.pass_until(start + 100);
        let fired = world.turn(|turn| turn.fire_due(2).unwrap());
        assert_eq!((fired.count, fired.more), (2, true));
        // As long as what they set off has not run, no more comes.
        let fired = world.turn(|turn| turn.fire_due(2).unwrap());
        assert_eq!((fired.count, fired.more), (0, true));
        world.run();
        assert_eq!(world.fire(), 3);
        let times = [10, 20, 20, 30, 40].map(|time| format!("1@{} ", start + time)).concat();
        assert_eq!(text(world, bob), times);
        assert_eq!(world.rows(table::DELIVERY), 0);
    });
}

/// A timer every 100 ms from 10,000 on that was not looked at until 10,350; and two more at
/// 10,400 and 10,505.
fn ticks(catch_up: &str) -> String {
    let told = std::cell::RefCell::new(String::new());
    story(|world| {
        let (bob, clock) = (world.spawn(PUPPET), world.clock());
        let catch_up = Value::Symbol(catch_up.to_owned().into());
        let args = [Value::from(10_000_u64), 100_u64.into(), catch_up, Value::Ref(bob)];
        let timer = world.call_value(clock, "every_from", Args(args.into())).unwrap();
        for time in [10_350, 10_400, 10_505] {
            world.pass_until(time);
            world.fire();
        }
        assert_eq!(world.vat().due(), Some(Timestamp(10_600)), "it does not drift");
        *told.borrow_mut() = text(world, bob);
        let Value::Ref(timer) = timer else { panic!("{timer:?}") };
        assert_eq!(world.call(timer, "cancel", ()), Ok(true));
        assert_eq!(timers(world), 0);
    });
    told.into_inner()
}

#[test]
fn missed_ticks_are_all_sent_if_all_are_wanted() {
    assert_eq!(ticks("all"), "1@10000 1@10100 1@10200 1@10300 1@10400 1@10500 ");
}

#[test]
fn missed_ticks_are_one_with_their_count_if_one_is_wanted() {
    assert_eq!(ticks("once"), "4@10300 1@10400 1@10500 ");
}

#[test]
fn missed_ticks_are_not_sent_if_they_are_skipped() {
    assert_eq!(ticks("skip"), "1@10300 1@10400 1@10500 ");
    story(|world| {
        let (alice, _) = timed(world);
        let hour = 3_600_000;
        let catch_up = CatchUp::Skip;
        world.act(alice, vec![Step::Every { clock: 0, period: hour, catch_up }]).unwrap();
        let first = world.vat().due().unwrap().0;
        world.pass_until(first + 3 * hour + CatchUp::LATE_MS_MAX + 1);
        assert_eq!(world.fire(), 1);
        assert_eq!(text(world, alice), "", "the newest is late by more than a minute");
        assert_eq!(world.vat().due(), Some(Timestamp(first + 4 * hour)));
        world.pass_until(first + 4 * hour + CatchUp::LATE_MS_MAX);
        world.fire();
        assert_eq!(text(world, alice), format!("1@{} ", first + 4 * hour));
    });
}

#[test]
fn a_timer_is_cancelled_before_it_is_due_and_not_after() {
    story(|world| {
        let (clock, bob) = (world.clock(), world.spawn(PUPPET));
        let time = world.now() + 1_000;
        let timer = |world: &mut World| match world.call_value(clock, "timer", (time,)) {
            Ok(Value::Ref(timer)) => timer,
            other => panic!("{other:?}"),
        };
        let (early, late) = (timer(world), timer(world));
        let done = world.ask(early, "done", ());
        world.run();
        assert_eq!(world.call(early, "cancel", ()), Ok(true));
        let why = world.outcome(done).unwrap().unwrap_err();
        assert_eq!(why.class(), Class::Stopped, "{why}");
        assert_eq!(world.call(early, "cancel", ()), Ok(false));
        // At its time, before the host has looked, it can still be cancelled.
        world.pass_until(time);
        assert_eq!(world.call(late, "cancel", ()), Ok(true));
        assert_eq!(world.fire(), 0);
        // A tick that is on its way arrives.
        let time = world.now() + 100;
        let Ok(Value::Ref(third)) = world.call_value(clock, "once", (time, cap(bob))) else {
            panic!("no timer")
        };
        let done = world.ask(third, "done", ());
        world.run();
        world.pass_until(time);
        world.turn(|turn| turn.fire_due(9).unwrap());
        assert_eq!(world.call(third, "cancel", ()), Ok(false));
        assert_eq!(world.outcome(done), Some(Ok(Value::from(time))));
        assert_eq!(text(world, bob), format!("1@{time} "));
    });
}

#[test]
fn the_owner_cancels_a_timer_by_its_promise() {
    story(|world| {
        let (alice, _) = timed(world);
        let catch_up = CatchUp::All;
        world.act(alice, vec![Step::Every { clock: 0, period: 60_000, catch_up }]).unwrap();
        let waits = Vat::waits(&world.store, None, 9).unwrap().0;
        let [timer] = &waits[..] else { panic!("{waits:?}") };
        assert!(matches!(timer.trigger, Trigger::Time(_)), "{timer:?}");
        assert!(timer.what.ends_with("every 60000 ms, catching up: all"), "{timer:?}");
        assert!(timer.object.is_some());
        let promise = timer.answer.unwrap();
        assert!(world.turn(|turn| turn.cancel_alarm(promise, "the owner says so").unwrap()));
        assert_eq!((timers(world), world.vat().due()), (0, None));
        assert!(!world.turn(|turn| turn.cancel_alarm(promise, "again").unwrap()));
    });
}

#[test]
fn a_timer_goes_with_who_waited_unless_it_ticks() {
    story(|world| {
        let (alice, clock) = timed(world);
        world.act(alice, vec![after(1_000), Step::Timer { clock: 0, by: 1_000 }]).unwrap();
        assert_eq!(timers(world), 2);
        world.act(alice, vec![Step::ForgetPromise(0)]).unwrap();
        assert_eq!(timers(world), 1);
        world.act(alice, vec![Step::ForgetPromise(0)]).unwrap();
        assert_eq!((timers(world), world.vat().due()), (0, None));
        // Nobody keeps the timer that ticks, and it ticks on, and with it lives whom it ticks.
        let catch_up = CatchUp::Once;
        let tick = Step::Every { clock: 0, period: 100, catch_up };
        world.act(alice, vec![tick, Step::ForgetPromise(0)]).unwrap();
        assert_eq!(timers(world), 1);
        world.release(clock);
        world.release(alice);
        world.turn(|turn| turn.collect().unwrap());
        world.pass_until(world.now() + 200);
        assert_eq!(world.fire(), 1);
        world.hold(alice);
        assert!(text(world, alice).starts_with("2@") || text(world, alice).starts_with("1@"));
    });
}

#[test]
fn a_cycle_with_a_timer_that_nobody_waits_for_is_collected() {
    story(|world| {
        let (alice, clock) = timed(world);
        world.act(alice, vec![Step::Timer { clock: 0, by: 1_000 }, Step::Spawn]).unwrap();
        world.act(alice, vec![Step::GiveSelf(1)]).unwrap();
        world.release(clock);
        world.release(alice);
        assert_eq!(timers(world), 1);
        world.turn(|turn| turn.collect().unwrap());
        assert_eq!(timers(world), 0);
        assert_eq!((world.rows(table::OBJECT), world.rows(table::PROMISE)), (1, 0));
    });
}

#[test]
fn a_revoked_clock_takes_its_timers_along() {
    story(|world| {
        let clock = world.clock();
        let steward = world.vat().steward();
        let label = [Value::Ref(clock), Value::Undefined, "alice's".into()];
        let hers = world.call_value(steward, "facet", Args(label.into())).unwrap();
        let Value::Ref(hers) = hers else { panic!("{hers:?}") };
        let alice = world.spawn(PUPPET);
        world.give(alice, hers);
        let catch_up = CatchUp::All;
        let every = Step::Every { clock: 0, period: 100, catch_up };
        world.act(alice, vec![every, after(150), Step::Then(1)]).unwrap();
        let others = world.ask(clock, "after", (150_u64,));
        world.run();
        let Ref::Facet(facet) = hers else { panic!("no facet") };
        world.turn(|turn| turn.revoke_facet(facet, false).unwrap());
        world.pass_until(world.now() + 400);
        world.fire();
        // Her continuation has the error, which counts a thousand; she never ticked.
        assert_eq!((world.peek(alice).0, timers(world)), (1_000, 0));
        assert!(matches!(world.outcome(others), Some(Ok(_))));
        let refused = world.call_value(hers, "after", (1_u64,)).unwrap_err();
        assert_eq!(refused.class(), Class::Revoked);
    });
}

#[test]
fn a_narrowed_clock_tells_the_time_and_wakes_nobody() {
    story(|world| {
        let clock = world.clock();
        let steward = world.vat().steward();
        let only = Value::List(vec!["now".into()]);
        let args = Args(vec![Value::Ref(clock), only, "to look at".into()]);
        let Ok(Value::Ref(shown)) = world.call_value(steward, "facet", args) else {
            panic!("no facet")
        };
        assert!(world.call::<u64>(shown, "now", ()).unwrap() > 0);
        let denied = world.call_value(shown, "after", (1_u64,)).unwrap_err();
        assert_eq!(denied.class(), Class::Denied);
    });
}

#[test]
fn a_timer_ends_when_whom_it_ticks_is_revoked() {
    story(|world| {
        let (clock, bob) = (world.clock(), world.spawn(PUPPET));
        let args = [Value::from(100_u64), Value::Symbol("all".into()), Value::Ref(bob)];
        let timer = world.call_value(clock, "every", Args(args.into())).unwrap();
        let Value::Ref(timer) = timer else { panic!("{timer:?}") };
        let done = world.ask(timer, "done", ());
        world.run();
        let Ref::Facet(facet) = bob else { panic!("no facet") };
        world.turn(|turn| turn.revoke_facet(facet, false).unwrap());
        world.pass_until(world.now() + 1_000);
        assert_eq!(world.fire(), 1);
        assert_eq!(world.outcome(done).unwrap().unwrap_err().class(), Class::Revoked);
        assert_eq!(timers(world), 0);
    });
}

#[test]
fn a_paused_vat_fires_nothing_until_it_is_resumed() {
    story(|world| {
        let clock = world.clock();
        let due = world.ask(clock, "after", (100_u64,));
        world.run();
        let first = world.vat().due();
        assert!(first.is_some());
        world.turn(|turn| turn.pause());
        let output = world.last.take().unwrap();
        assert_eq!((output.due_before, output.due), (first, None));
        world.pass_until(world.now() + 500);
        assert_eq!(world.fire(), 0);
        world.turn(|turn| turn.resume());
        assert_eq!(world.vat().due(), first, "what is due never moves back");
        assert_eq!(world.fire(), 1);
        assert!(world.outcome(due).is_some());
    });
}

#[test]
fn timers_over_the_quota_are_busy() {
    story(|world| {
        let (alice, clock) = timed(world);
        let mut quota = world.vat().quota();
        quota.timers = 2;
        world.turn(|turn| turn.set_quota(quota));
        world.act(alice, vec![after(1_000), after(1_000)]).unwrap();
        let refused = world.call_value(clock, "after", (1_000_u64,)).unwrap_err();
        assert_eq!(refused.class(), Class::Busy, "{refused}");
        world.act(alice, vec![Step::ForgetPromise(0)]).unwrap();
        world.act(alice, vec![after(1_000)]).unwrap();
        assert_eq!(timers(world), 2);
    });
}

#[test]
fn what_a_clock_does_not_understand_is_a_bad_call() {
    story(|world| {
        let (clock, bob) = (world.clock(), world.spawn(PUPPET));
        let every = |period: u64, how: &str, target: Value| {
            Args(vec![period.into(), Value::Symbol(how.to_owned().into()), target])
        };
        let short = world.call_value(clock, "every", every(9, "all", Value::Ref(bob)));
        assert_eq!(short.unwrap_err().class(), Class::Limit);
        for args in [
            every(100, "sometimes", Value::Ref(bob)),
            every(100, "all", Value::Null),
            Args(vec![100_u64.into()]),
            Args(vec![Value::from("soon"), Value::Symbol("all".into()), Value::Ref(bob)]),
        ] {
            let refused = world.call_value(clock, "every", args).unwrap_err();
            assert_eq!(refused.class(), Class::BadCall, "{refused}");
        }
        for method in ["tock", "cancel"] {
            let refused = world.call_value(clock, method, ()).unwrap_err();
            assert!(refused.message().contains("now, after, at"), "{refused}");
        }
        // The end of time is far away, and no panic.
        world.call_value(clock, "timer", (u64::MAX,)).unwrap();
    });
}

#[test]
fn a_session_is_counted_for_the_timers_that_it_sets() {
    story(|world| {
        let clock = world.clock();
        let session = SessionId(4);
        let answer = world.turn_by(session, clock, "after", (1_000_u64,));
        let counted = world.turn(|turn| turn.unsettled(session).unwrap().count);
        assert_eq!(counted, 1);
        world.release(Ref::Promise(answer));
        let counted = world.turn(|turn| turn.unsettled(session).unwrap().count);
        assert_eq!((counted, timers(world)), (0, 0));
    });
}

#[test]
fn a_damaged_timer_is_the_hosts_trouble() {
    let mut world = World::new(crate::world::Memory::Kept);
    let clock = world.clock();
    world.ask(clock, "after", (10_u64,));
    world.run();
    world.pass_until(world.now() + 100);
    let key =
        world.store.rows.keys().find(|key| key.starts_with(&[table::DELIVERY, 3])).unwrap().clone();
    let row = world.store.rows.get_mut(&key).unwrap();
    row.bytes = row.bytes.slice(..row.bytes.len() - 3);
    world.audited = false;
    let fired = world.turn(|turn| turn.fire_due(9).map(drop));
    assert!(matches!(fired, Err(VatError::Records(_))), "{fired:?}");
}

#[test]
fn ticks_for_a_promise_do_not_pile_up_and_are_caught_up_with_when_it_is_resolved() {
    story(|world| {
        let (bob, clock) = (world.spawn(PUPPET), world.clock());
        let (first, period) = (world.now() + 1_000, 1_000_u64);
        world.act(bob, vec![Step::Promise]).unwrap();
        let later = world.ask(bob, "settled", (0_usize,));
        world.run();
        let catch_up = Value::Symbol("once".into());
        let target = Value::Ref(Ref::Promise(later));
        let args = vec![first.into(), period.into(), catch_up, target.clone()];
        world.call_value(clock, "every_from", Args(args)).unwrap();
        world.call_value(clock, "once", Args(vec![first.into(), target])).unwrap();
        let waiting = world.vat().meter().deliveries;
        for time in [first, first + period, first + 5 * period + 10] {
            world.pass_until(time);
            assert_eq!(world.fire(), 2);
            assert_eq!(world.vat().meter().deliveries, waiting, "nothing waits for the promise");
            assert!(world.vat().due().unwrap().0 > time);
        }
        world.give(bob, bob);
        world.act(bob, vec![Step::FulfillCap { index: 0, cap: 0 }]).unwrap();
        world.pass_until(first + 7 * period + 10);
        world.fire();
        let (all, last) = (8, first + 7 * period);
        assert_eq!(text(world, bob), format!("{all}@{last} 1@{first} "));
        assert_eq!(world.vat().due(), Some(Timestamp(first + 8 * period)), "it does not drift");
    });
}

#[test]
fn a_vat_that_has_as_much_waiting_as_it_may_gets_its_tick_later() {
    story(|world| {
        let (clock, bob) = (world.clock(), world.spawn(PUPPET));
        let time = world.now() + 1_000;
        world.call_value(clock, "once", (time, cap(bob))).unwrap();
        let mut quota = world.vat().quota();
        let enough = quota.deliveries;
        quota.deliveries = 0;
        world.turn(|turn| turn.set_quota(quota));
        world.pass_until(time + 5);
        assert_eq!(world.fire(), 1);
        assert_eq!(timers(world), 1);
        let next = world.vat().due().unwrap().0;
        quota.deliveries = enough;
        world.turn(|turn| turn.set_quota(quota));
        world.pass_until(next);
        world.fire();
        assert_eq!(text(world, bob), format!("1@{time} "));
        assert_eq!(timers(world), 0);
    });
}
