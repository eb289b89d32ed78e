//! Over quota the answer is busy, at once; what was accepted is never lost.

use hogshead_objects::heap::Heap;
use hogshead_objects::ids::PromiseId;
use hogshead_objects::{Class, Error, Ref, Value};
use hogshead_vat::{Meter, Quota, VatError, limits};

use crate::cast::{PUPPET, Step};
use crate::world::{World, message, story};

fn limit_to(world: &mut World, change: impl Fn(&mut Quota, Meter)) {
    let (mut quota, meter) = (world.vat().quota(), world.vat().meter());
    change(&mut quota, meter);
    world.turn(|turn| turn.set_quota(quota));
    assert_eq!(world.vat().quota(), quota);
}

fn send(world: &mut World, target: Ref, steps: Vec<Step>) -> Result<(), Error> {
    world.turn(|turn| turn.send_from_host(target, message("act", (steps,)), None)).map_err(
        |trouble| match trouble {
            VatError::Command(error) => error,
            other => panic!("{other}"),
        },
    )
}

#[test]
fn a_send_over_the_quota_of_deliveries_is_busy_and_what_waits_still_runs() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        limit_to(world, |quota, _| quota.deliveries = 3);
        world.turn(|turn| turn.pause());
        for _ in 0..3 {
            send(world, alice, vec![Step::Add(1)]).unwrap();
        }
        assert_eq!(send(world, alice, vec![Step::Add(1)]).unwrap_err().class(), Class::Busy);
        world.turn(|turn| turn.resume());
        world.run();
        assert_eq!(world.peek(alice).0, 3);
    });
}

#[test]
fn what_a_session_delivers_over_quota_breaks_its_answer_as_busy() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        limit_to(world, |quota, _| quota.deliveries = 1);
        world.turn(|turn| turn.pause());
        send(world, alice, vec![Step::Add(1)]).unwrap();
        let next = PromiseId(world.peek_next_id());
        world.held.insert(Ref::Promise(next), 1);
        world.turn(|turn| {
            let answer = turn.create_promise(None).unwrap();
            turn.hold(Ref::Promise(answer)).unwrap();
            turn.deliver(alice, message("act", (vec![Step::Add(1)],)), Some(answer)).unwrap();
            turn.run_delivered().unwrap();
        });
        assert_eq!(world.outcome(next).unwrap().unwrap_err().class(), Class::Busy);
    });
}

#[test]
fn what_runs_over_quota_is_answered_as_it_ended() {
    for full in [
        |quota: &mut Quota, _: Meter| quota.deliveries = 0,
        |quota: &mut Quota, meter: Meter| quota.records = meter.records,
        |quota: &mut Quota, _: Meter| quota.bytes = 1,
    ] {
        story(|world| {
            let alice = world.spawn(PUPPET);
            limit_to(world, full);
            let told = PromiseId(world.peek_next_id());
            world.held.insert(Ref::Promise(told), 1);
            world.turn(|turn| {
                let told = turn.create_promise(None).unwrap();
                turn.hold(Ref::Promise(told)).unwrap();
                let answer = turn.create_promise(None).unwrap();
                turn.settle_answer_to(answer, Ref::Resolver(told)).unwrap();
                turn.deliver(alice, message("act", (vec![Step::Add(7)],)), Some(answer)).unwrap();
                turn.run_delivered().unwrap();
            });
            limit_to(world, |quota, _| *quota = Quota::default());
            assert_eq!(world.peek(alice).0, 7);
            world.outcome(told).expect("settled").expect("what ran has not been refused");
        });
    }
}

#[test]
fn a_method_over_quota_gets_busy_and_may_go_on() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        world.act(alice, vec![Step::Spawn]).unwrap();
        limit_to(world, |quota, meter| quota.records = meter.records);
        let send = Step::Send { to: 0, steps: vec![] };
        for step in [Step::Spawn, Step::Promise, Step::Facet, send] {
            let turned = world.turn(|turn| {
                turn.deliver(alice, message("act", (vec![Step::Add(1), step],)), None).unwrap();
                turn.run_delivered().unwrap()
            });
            let hogshead_vat::Ran::Failed(error) = turned else { panic!("{turned:?}") };
            assert_eq!(error.class(), Class::Busy, "{error}");
        }
        limit_to(world, |quota, meter| {
            quota.records = meter.records + 10;
            quota.bytes = meter.bytes;
        });
        let turned = world.turn(|turn| {
            turn.deliver(alice, message("act", (vec![Step::Spawn],)), None).unwrap();
            turn.run_delivered().unwrap()
        });
        assert!(matches!(turned, hogshead_vat::Ran::Failed(e) if e.class() == Class::Busy));
        // What needs nothing new runs.
        let turned = world.turn(|turn| {
            turn.deliver(alice, message("act", (vec![Step::Forget(0)],)), None).unwrap();
            turn.run_delivered().unwrap()
        });
        assert_eq!(turned, hogshead_vat::Ran::Done);
    });
}

#[test]
fn a_message_over_the_limit_is_refused_before_it_is_accepted() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let large = Value::Bytes(vec![0; limits::MESSAGE_BYTES_MAX].into());
        let message = hogshead_objects::Message::new("act", [large.clone()]);
        let sent = world.turn(|turn| turn.send_from_host(alice, message.clone(), None));
        assert!(matches!(sent, Err(VatError::Command(e)) if e.class() == Class::Limit));
        world.turn(|turn| {
            turn.deliver(alice, message, None).unwrap();
            let ran = turn.run_delivered().unwrap();
            assert!(matches!(ran, hogshead_vat::Ran::Failed(e) if e.class() == Class::Limit));
        });
        // The same for what a peer or a device answers.
        let next = hogshead_objects::ids::PromiseId(world.peek_next_id());
        world.held.insert(Ref::Promise(next), 1);
        world.turn(|turn| {
            let answer = turn.new_host_promise();
            turn.hold(Ref::Promise(answer)).unwrap();
            Heap::settle(turn, answer, Ok(large)).unwrap();
        });
        assert_eq!(world.outcome(next).unwrap().unwrap_err().class(), Class::Limit);
    });
}
