//! Sessions that end: objects that watch them are told, and why.

use hogshead_objects::heap::{Heap, Outgoing};
use hogshead_objects::ids::{ImportId, PromiseId, SessionId};
use hogshead_objects::records::table;
use hogshead_objects::{Class, Error, Far, Place, Ref, Value};
use hogshead_vat::{Trigger, Vat};

use crate::cast::{PUPPET, Step};
use crate::world::{World, story};

const ALICE: SessionId = SessionId(9);
const BOB: SessionId = SessionId(10);

fn lost() -> Error {
    Error::new(Class::Severed, "the connection was lost")
}

/// A puppet with a cap of each session, held by nobody else.
fn watcher(world: &mut World, sessions: &[SessionId]) -> Ref {
    let puppet = world.spawn(PUPPET);
    for session in sessions {
        let import = Ref::Import(ImportId(world.peek_next_id()));
        world.held.insert(import, 1);
        world.turn(|turn| {
            let far = Far { session: *session, place: Place::Export(4) };
            turn.create_import(far).unwrap();
            turn.hold(import).unwrap();
        });
        world.give(puppet, import);
        world.release(import);
    }
    puppet
}

/// Ends a session as `captp` does: imports and answers first, watchers in the end.
fn end(world: &mut World, session: SessionId, imports: &[Ref]) {
    world.turn(|turn| {
        for import in imports {
            let Ref::Import(import) = import else { panic!("no import") };
            turn.sever_import(*import, &lost()).unwrap();
        }
        turn.sever_session(session, &lost()).unwrap();
    });
    world.run();
}

fn settled(world: &mut World, puppet: Ref, index: usize) -> Option<Result<Value, Error>> {
    let answer = world.ask(puppet, "settled", (index,));
    world.run();
    let outcome = world.outcome(answer);
    world.release(Ref::Promise(answer));
    outcome
}

/// How many wait for a session's end.
fn watching(world: &World) -> usize {
    let (waits, _) = Vat::waits(&world.store, None, 100).unwrap();
    waits.iter().filter(|waiting| waiting.what.starts_with("the end of")).count()
}

#[test]
fn whoever_watches_a_session_is_told_why_it_ended_and_nobody_else() {
    story(|world| {
        let puppet = watcher(world, &[ALICE, BOB]);
        let steps = vec![Step::Watch(0), Step::Watch(1), Step::WatchThen(0), Step::WatchThen(0)];
        world.act(puppet, steps).unwrap();
        assert_eq!(settled(world, puppet, 0), None);
        let (waits, _) = Vat::waits(&world.store, None, 10).unwrap();
        let of_alice = |w: &&hogshead_vat::Waiting| w.trigger == Trigger::Session(ALICE);
        assert_eq!(waits.iter().filter(of_alice).count(), 3);
        assert!(waits.iter().any(|waiting| waiting.what == "the end of the session"));
        end(world, ALICE, &[]);
        let why = settled(world, puppet, 0).unwrap().unwrap();
        assert_eq!(why, Value::error("severed: the connection was lost"));
        assert_eq!(settled(world, puppet, 1), None, "another's session goes on");
        let text: String = world.call(puppet, "text", ()).unwrap();
        let line = "cap 0: severed: the connection was lost; ";
        assert_eq!(text, line.repeat(2), "each watcher is told once");
        assert_eq!(watching(world), 1);
    });
}

#[test]
fn a_session_that_has_ended_already_is_told_of_at_once() {
    story(|world| {
        let puppet = watcher(world, &[ALICE]);
        let import = world.cap(puppet, 0);
        end(world, ALICE, &[import]);
        world.act(puppet, vec![Step::Watch(0)]).unwrap();
        let why = settled(world, puppet, 0).unwrap().unwrap();
        assert_eq!(why, Value::error("severed: the connection was lost"));
        assert_eq!(watching(world), 0);
    });
}

#[test]
fn a_watch_ends_with_the_last_holder_of_its_promise() {
    story(|world| {
        let puppet = watcher(world, &[ALICE]);
        let rows = world.store.rows.len();
        world.act(puppet, vec![Step::Watch(0), Step::Watch(0)]).unwrap();
        assert_eq!(watching(world), 2);
        world.act(puppet, vec![Step::ForgetPromise(0)]).unwrap();
        assert_eq!(watching(world), 1);
        world.act(puppet, vec![Step::ForgetPromise(0)]).unwrap();
        assert_eq!((watching(world), world.store.rows.len()), (0, rows));
    });
}

#[test]
fn a_watch_does_not_keep_the_reference_alive() {
    story(|world| {
        let puppet = watcher(world, &[ALICE]);
        world.act(puppet, vec![Step::WatchThen(0), Step::Forget(0)]).unwrap();
        let drops = world.sent.iter().filter(|out| matches!(out, Outgoing::Drop { .. })).count();
        assert_eq!((drops, world.rows(table::IMPORT)), (1, 0));
        end(world, ALICE, &[]);
        let text: String = world.call(puppet, "text", ()).unwrap();
        assert_eq!(text, "cap 0: severed: the connection was lost; ");
    });
}

#[test]
fn an_object_of_ones_own_vat_has_no_session_that_could_end() {
    story(|world| {
        let (puppet, friend) = (world.spawn(PUPPET), world.spawn(PUPPET));
        world.give(puppet, friend);
        world.act(puppet, vec![Step::Watch(0), Step::Watch(0), Step::Then(1)]).unwrap();
        end(world, ALICE, &[]);
        assert_eq!(settled(world, puppet, 0), None);
        world.act(puppet, vec![Step::ForgetPromise(0)]).unwrap();
        assert_eq!(world.peek(puppet).0, 0, "and the continuation waits on");
    });
}

#[test]
fn a_promise_is_followed_to_the_session_of_what_it_leads_to() {
    story(|world| {
        let puppet = watcher(world, &[ALICE, BOB]);
        let steps =
            vec![Step::Promise, Step::WatchPromise(0), Step::Promise, Step::WatchPromise(2)];
        world.act(puppet, steps).unwrap();
        end(world, ALICE, &[]);
        assert_eq!(settled(world, puppet, 1), None, "nobody knows yet which session it is");
        world.act(puppet, vec![Step::FulfillCap { index: 0, cap: 1 }]).unwrap();
        assert_eq!(settled(world, puppet, 1), None);
        end(world, BOB, &[]);
        let why = settled(world, puppet, 1).unwrap().unwrap();
        assert_eq!(why, Value::error("severed: the connection was lost"));
        // One that breaks for other reasons has no session.
        world.act(puppet, vec![Step::Break(1)]).unwrap();
        let error = settled(world, puppet, 3).unwrap().unwrap_err();
        assert_eq!(error.class(), Class::Refused);
        // And one that becomes data has none either.
        world.act(puppet, vec![Step::Promise, Step::WatchPromise(4)]).unwrap();
        world.act(puppet, vec![Step::Fulfill { index: 2, with: 1 }]).unwrap();
        assert_eq!(settled(world, puppet, 5), None);
    });
}

#[test]
fn a_promise_whose_own_session_ends_before_it_is_settled_tells_of_that() {
    story(|world| {
        let puppet = watcher(world, &[ALICE]);
        world.act(puppet, vec![Step::Ask { to: 0, steps: vec![] }, Step::WatchPromise(0)]).unwrap();
        let sent = std::mem::take(&mut world.sent);
        let answer = sent.iter().find_map(|out| match out {
            Outgoing::Deliver { answer, .. } => *answer,
            _ => None,
        });
        let answer: PromiseId = answer.unwrap();
        world.turn(|turn| {
            Heap::settle(turn, answer, Err(lost())).unwrap();
            turn.sever_session(ALICE, &lost()).unwrap();
        });
        let why = settled(world, puppet, 1).unwrap().unwrap();
        assert_eq!(why, Value::error("severed: the connection was lost"));
    });
}

#[test]
fn a_watch_of_a_failed_method_never_was() {
    story(|world| {
        let puppet = watcher(world, &[ALICE]);
        let rows = world.store.rows.len();
        world.act(puppet, vec![Step::WatchThen(0), Step::Watch(0), Step::Fail]).unwrap_err();
        assert_eq!((watching(world), world.store.rows.len()), (0, rows));
    });
}

/// The promises of the answers to watches that were sent to a session.
fn asked(world: &mut World, session: SessionId) -> Vec<PromiseId> {
    let sent = std::mem::take(&mut world.sent);
    sent.into_iter()
        .filter_map(|outgoing| match outgoing {
            Outgoing::Deliver { far, message, answer } if message.is_watch() => {
                assert_eq!(far.session, session);
                answer
            }
            _ => None,
        })
        .collect()
}

#[test]
fn the_vat_of_an_import_is_asked_to_say_when_it_is_revoked() {
    story(|world| {
        let puppet = watcher(world, &[ALICE]);
        world.act(puppet, vec![Step::WatchThen(0), Step::WatchThen(0)]).unwrap();
        let [first, second] = asked(world, ALICE)[..] else { panic!("two watches") };
        // One is told; what the other is told is that the peer does not know, which is no end.
        let reason = Error::new(Class::Revoked, "this reference was revoked").into_reason();
        world.turn(|turn| {
            Heap::settle(turn, first, Ok(reason)).unwrap();
            Heap::settle(turn, second, Err(Error::bad_call("no such method"))).unwrap();
        });
        world.run();
        let text = |world: &mut World| world.call::<String>(puppet, "text", ()).unwrap();
        assert_eq!(text(world), "cap 0: revoked: this reference was revoked; ");
        assert_eq!(watching(world), 1, "the session's end is watched by one still");
        end(world, ALICE, &[]);
        assert!(text(world).ends_with("cap 0: severed: the connection was lost; "));
        assert_eq!(world.rows(table::DELIVERY), 0);
    });
}

#[test]
fn a_session_that_ends_and_a_watcher_that_goes_let_go_of_what_was_asked() {
    story(|world| {
        let puppet = watcher(world, &[ALICE, BOB]);
        world.act(puppet, vec![Step::Watch(0), Step::Watch(1)]).unwrap();
        let drops = |world: &mut World| {
            let sent = std::mem::take(&mut world.sent);
            sent.iter().filter(|outgoing| matches!(outgoing, Outgoing::Drop { .. })).count()
        };
        drops(world);
        end(world, ALICE, &[]);
        assert_eq!(drops(world), 1, "the answer is not awaited any more");
        world.act(puppet, vec![Step::ForgetPromise(1)]).unwrap();
        assert_eq!(drops(world), 1);
        assert_eq!(world.rows(table::DELIVERY), 0);
    });
}

#[test]
fn a_watch_of_a_peer_is_answered_when_the_facet_is_revoked() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let steward = world.vat().steward();
        let args = crate::world::Args(vec![Value::Ref(alice), Value::Undefined]);
        let Value::Ref(bobs) = world.call_value(steward, "facet", args).unwrap() else {
            panic!("a facet")
        };
        let watch = |world: &mut World| world.turn_by(BOB, bobs, "hog:watch", ());
        let (first, dropped) = (watch(world), watch(world));
        assert_eq!(world.outcome(first), None);
        assert_eq!(world.rows(table::UNSETTLED), 1, "they are counted for who asked");
        world.release(Ref::Promise(dropped));
        assert_eq!(world.rows(table::DELIVERY), 1);
        let revoked = crate::world::Args(vec![Value::Ref(bobs)]);
        world.call_value(steward, "revoke", revoked).unwrap();
        let told = Value::error("revoked: this reference was revoked");
        assert_eq!(world.outcome(first), Some(Ok(told.clone())));
        let late = watch(world);
        assert_eq!(world.outcome(late), Some(Ok(told)));
        assert_eq!((world.rows(table::DELIVERY), world.rows(table::UNSETTLED)), (0, 0));
        world.release(Ref::Promise(first));
        world.release(Ref::Promise(late));
        // With an argument it is a message as any other.
        let message = world.turn_by(BOB, alice, "hog:watch", (1,));
        world.run();
        assert_eq!(world.outcome(message).unwrap().unwrap_err().class(), Class::BadCall);
        world.release(Ref::Promise(message));
    });
}
