//! What is let go when nobody wants it any more: continuations, and joins of promises.

use hogshead_objects::heap::{Heap, Outgoing};
use hogshead_objects::ids::SessionId;
use hogshead_objects::records::table;
use hogshead_objects::{Class, Error, Far, Place, Ref, Value};
use hogshead_vat::{Quota, Ran, Vat};

use crate::cast::{How, PUPPET, Step};
use crate::world::{Memory, World, story};

fn settled(world: &mut World, puppet: Ref, index: usize) -> Option<Result<Value, Error>> {
    let answer = world.ask(puppet, "settled", (index,));
    world.run();
    let outcome = world.outcome(answer);
    world.release(Ref::Promise(answer));
    outcome
}

/// Has a puppet play steps, and says what became of the rows.
fn rows_after(world: &mut World, puppet: Ref, steps: Vec<Step>) -> usize {
    world.act(puppet, steps).unwrap();
    world.store.rows.len()
}

#[test]
fn a_continuation_that_nobody_wants_is_let_go_with_what_it_waits_for() {
    story(|world| {
        let puppet = world.spawn(PUPPET);
        let rows = rows_after(world, puppet, vec![Step::Promise]);
        world.act(puppet, vec![Step::ThenWhileWanted(0), Step::ThenWhileWanted(1)]).unwrap();
        assert_eq!(world.rows(table::DELIVERY), 2);
        // The second waits for what the first gives.
        assert_eq!(rows_after(world, puppet, vec![Step::ForgetPromise(1)]), rows + 4);
        assert_eq!(rows_after(world, puppet, vec![Step::ForgetPromise(1)]), rows);
        world.act(puppet, vec![Step::Fulfill { index: 0, with: 1 }]).unwrap();
        assert_eq!(world.peek(puppet).0, 0, "neither has run");
        // One that is wanted runs, and one without this condition runs in any case.
        let steps =
            vec![Step::ThenWhileWanted(0), Step::Then(0), Step::ForgetPromise(2), Step::Add(100)];
        world.act(puppet, steps).unwrap();
        assert_eq!(world.peek(puppet).0, 114);
    });
}

#[test]
fn a_continuation_is_let_go_also_after_its_promise_came_to_lead_to_another() {
    story(|world| {
        let puppet = world.spawn(PUPPET);
        world.act(puppet, vec![Step::Promise, Step::Promise]).unwrap();
        world.act(puppet, vec![Step::ThenWhileWanted(0)]).unwrap();
        world.act(puppet, vec![Step::Follow { index: 0, promise: 1 }]).unwrap();
        assert_eq!(world.rows(table::DELIVERY), 1);
        world.act(puppet, vec![Step::ForgetPromise(2)]).unwrap();
        assert_eq!(world.rows(table::DELIVERY), 0);
        world.act(puppet, vec![Step::ThenWhileWanted(0)]).unwrap();
        world.act(puppet, vec![Step::Fulfill { index: 1, with: 1 }]).unwrap();
        assert_eq!(world.peek(puppet).0, 7);
    });
}

#[test]
fn a_continuation_of_a_failed_method_never_was_and_one_dropped_by_it_still_is() {
    story(|world| {
        let puppet = world.spawn(PUPPET);
        let rows = rows_after(world, puppet, vec![Step::Promise, Step::ThenWhileWanted(0)]);
        world.act(puppet, vec![Step::ThenWhileWanted(0), Step::Fail]).unwrap_err();
        assert_eq!(world.store.rows.len(), rows);
        world.act(puppet, vec![Step::ForgetPromise(1), Step::Fail]).unwrap_err();
        world.act(puppet, vec![Step::Fulfill { index: 0, with: 1 }]).unwrap();
        assert_eq!(world.peek(puppet).0, 7);
    });
}

#[test]
fn a_parked_continuation_is_let_go_as_well() {
    // Only what is read anew can be of a kind that is not known.
    let mut world = World::new(Memory::Reloaded);
    let puppet = world.spawn(PUPPET);
    world.act(puppet, vec![Step::Promise, Step::ThenWhileWanted(0)]).unwrap();
    let rows = world.store.rows.len();
    let parked = |world: &World| Vat::parked(&world.store, 8).unwrap().len();
    let deed = world.ask(puppet, "act", (vec![Step::Fulfill { index: 0, with: 1 }],));
    let act = world.next_ready().unwrap();
    world.run_one(act);
    let continuation = world.next_ready().unwrap();
    let known = std::mem::take(&mut world.registry);
    assert!(matches!(world.run_one(continuation), Ran::Parked { .. }));
    assert_eq!(parked(&world), 1);
    world.registry = known;
    world.release(Ref::Promise(deed));
    world.act(puppet, vec![Step::ForgetPromise(1)]).unwrap();
    assert_eq!(parked(&world), 0);
    // The promise that it waited for is settled, and that it gave is gone.
    assert_eq!(world.store.rows.len(), rows - 2);
    assert_eq!(world.peek(puppet).0, 0);
}

#[test]
fn a_resolver_knows_whether_anybody_waits() {
    story(|world| {
        let puppet = world.spawn(PUPPET);
        world.act(puppet, vec![Step::Promise, Step::IfWanted(0)]).unwrap();
        assert_eq!(world.peek(puppet).0, 1, "made in the same turn");
        world.act(puppet, vec![Step::IfWanted(0)]).unwrap();
        assert_eq!(world.peek(puppet).0, 2);
        let answer = world.ask(puppet, "settled", (0,));
        world.run();
        world.act(puppet, vec![Step::ForgetPromise(0)]).unwrap();
        world.act(puppet, vec![Step::IfWanted(0)]).unwrap();
        assert_eq!(world.peek(puppet).0, 3, "somebody outside holds it");
        world.release(Ref::Promise(answer));
        world.act(puppet, vec![Step::IfWanted(0)]).unwrap();
        assert_eq!(world.peek(puppet).0, 3, "nobody does any more");
        world.act(puppet, vec![Step::Promise, Step::Fulfill { index: 1, with: 1 }]).unwrap();
        world.act(puppet, vec![Step::IfWanted(1)]).unwrap();
        assert_eq!(world.peek(puppet).0, 3, "it is settled");
    });
}

const BOB: SessionId = SessionId(9);
const CAROL: SessionId = SessionId(10);

/// Asks as a session does, and to be told how it settles.
fn asked_by(world: &mut World, session: SessionId, puppet: Ref) -> Ref {
    let answer = Ref::Promise(world.turn_by(session, puppet, "settled", (0,)));
    world.run();
    world.turn(|turn| {
        let far = Far { session, place: Place::Export(7) };
        let resolver = Ref::Import(turn.create_import(far).unwrap());
        turn.settle_to(answer, resolver).unwrap();
    });
    answer
}

/// Bob wants to know no more how a promise settles.
fn give_up(world: &mut World, promise: Ref) {
    world.turn(|turn| {
        let resolvers = turn.waits_of(promise, BOB).unwrap();
        turn.give_up(promise, &resolvers).unwrap();
    });
}

#[test]
fn whoever_lets_go_of_an_answer_from_afar_wants_it_no_more() {
    story(|world| {
        let puppet = world.spawn(PUPPET);
        world.act(puppet, vec![Step::Promise]).unwrap();
        let answer = asked_by(world, BOB, puppet);
        world.act(puppet, vec![Step::ForgetPromise(0), Step::IfWanted(0)]).unwrap();
        world.act(puppet, vec![Step::IfWanted(0)]).unwrap();
        assert_eq!((world.peek(puppet).0, world.rows(table::DELIVERY)), (2, 1));
        give_up(world, answer);
        world.release(answer);
        world.act(puppet, vec![Step::IfWanted(0)]).unwrap();
        assert_eq!((world.peek(puppet).0, world.rows(table::DELIVERY)), (2, 0));
        // The peer hears that its resolver is not held any more.
        let dropped = world.sent.iter().filter(|out| matches!(out, Outgoing::Drop { .. }));
        assert_eq!((dropped.count(), world.rows(table::IMPORT)), (1, 0));
    });
}

#[test]
fn of_answers_that_lead_to_the_same_only_that_one_is_let_go() {
    story(|world| {
        let puppet = world.spawn(PUPPET);
        world.act(puppet, vec![Step::Promise]).unwrap();
        let answers = [BOB, BOB, CAROL].map(|session| asked_by(world, session, puppet));
        give_up(world, answers[2]);
        assert_eq!(world.rows(table::DELIVERY), 3, "it is not Bob's");
        give_up(world, answers[0]);
        world.release(answers[0]);
        assert_eq!(world.rows(table::DELIVERY), 2);
        world.act(puppet, vec![Step::Fulfill { index: 0, with: 1 }]).unwrap();
        world.run();
        let told: Vec<_> = world.sent.iter().filter_map(told_session).collect();
        assert_eq!(told, [BOB, CAROL], "and the others are told");
        world.release(answers[1]);
        world.release(answers[2]);
    });
}

fn told_session(outgoing: &Outgoing) -> Option<SessionId> {
    match outgoing {
        Outgoing::Deliver { far, message, .. } if message.symbol() == Some("fulfill") => {
            Some(far.session)
        }
        _ => None,
    }
}

/// Joins two promises, of which the first is then kept with a cap if `kept`, or else broken.
fn joined(world: &mut World, puppet: Ref, how: How, kept: bool) -> Option<Result<Value, Error>> {
    let decide = match kept {
        true => Step::Fulfill { index: 0, with: 5 },
        false => Step::Break(0),
    };
    world.act(puppet, vec![Step::Promise, Step::Promise]).unwrap();
    world.act(puppet, vec![Step::Join { how, promises: (0, 1) }]).unwrap();
    assert_eq!(world.rows(table::DELIVERY), 3, "a wait for each, and one for the result");
    world.act(puppet, vec![decide]).unwrap();
    settled(world, puppet, 2)
}

#[test]
fn whoever_wins_a_join_the_others_are_let_go() {
    for (how, kept) in [(How::Race, true), (How::Race, false), (How::Any, true), (How::All, false)]
    {
        story(|world| {
            let puppet = world.spawn(PUPPET);
            let rows = world.store.rows.len();
            let outcome = joined(world, puppet, how, kept).expect("it is decided");
            assert_eq!(outcome.is_ok(), kept);
            assert_eq!(world.rows(table::DELIVERY), 0, "{how:?}");
            let forget = [Step::ForgetPromise(0), Step::ForgetResolver(0)];
            world.act(puppet, forget.iter().cycle().take(6).cloned().collect()).unwrap();
            assert_eq!(world.store.rows.len(), rows, "{how:?}: no join is left, and no promise");
        });
    }
}

#[test]
fn a_join_that_is_not_decided_goes_with_whoever_waited_for_it() {
    for how in [How::All, How::Any, How::Race, How::Settled] {
        story(|world| {
            let puppet = world.spawn(PUPPET);
            let steps = vec![Step::Promise, Step::Promise];
            let rows = rows_after(world, puppet, steps);
            let steps = vec![Step::Join { how, promises: (0, 1) }];
            assert_eq!(rows_after(world, puppet, steps), rows + 8, "{how:?}");
            assert_eq!(rows_after(world, puppet, vec![Step::ForgetPromise(2)]), rows, "{how:?}");
        });
    }
}

#[test]
fn a_join_over_a_promise_that_nobody_can_keep_breaks() {
    story(|world| {
        let puppet = world.spawn(PUPPET);
        assert_eq!(joined(world, puppet, How::All, true), None);
        world.act(puppet, vec![Step::ForgetResolver(1)]).unwrap();
        let error = settled(world, puppet, 2).unwrap().unwrap_err();
        assert_eq!(error.message(), "nobody is left who could resolve the promise");
        assert_eq!(world.rows(table::DELIVERY), 0);
    });
}

#[test]
fn a_vat_that_may_not_take_more_refuses_the_whole_join() {
    let quota = Quota { deliveries: 4, ..Quota::default() };
    let mut world = World::with_quota(Memory::Kept, quota);
    let puppet = world.spawn(PUPPET);
    let steps = vec![Step::Promise, Step::Promise, Step::Then(0), Step::Then(1)];
    let rows = rows_after(&mut world, puppet, steps);
    let join = vec![Step::Join { how: How::All, promises: (0, 1) }];
    let busy = world.act(puppet, join).unwrap_err();
    assert_eq!(busy.class(), Class::Busy, "{busy}");
    assert_eq!(world.store.rows.len(), rows);
}
