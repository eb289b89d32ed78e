//! Swappable: who may swap, and in which order messages arrive.

use hogshead_objects::stock::swappable::{Socket, Swappable};
use hogshead_objects::testing::Bench;
use hogshead_objects::{Cap, Class, Message, Promise};

use super::agent::{Agent, agent, call, class, notes, story};

struct Stage {
    socket: Cap<dyn Swappable>,
    front: Cap<dyn Agent>,
    old: Cap<dyn Agent>,
    new: Cap<dyn Agent>,
}

fn stage(bench: &mut Bench) -> Stage {
    let (old, new) = (agent(bench), agent(bench));
    let socket = bench.spawn_apart(Socket::with(old));
    let front = bench.outcome(|cx| socket.send(cx).front()).expect("a front").cast();
    Stage { socket, front, old, new }
}

#[test]
fn the_front_stays_and_its_target_is_replaced() {
    story(|bench| {
        let Stage { socket, front, old, new } = stage(bench);
        bench
            .turn(|cx| {
                front.tell(cx).note("1".into())?;
                front.tell(cx).note("2".into())?;
                socket.tell(cx).swap(new.cast())?;
                front.tell(cx).note("3".into())?;
                front.tell(cx).note("4".into())
            })
            .expect("sent");
        bench.run();
        assert_eq!(notes(bench, old), ["1", "2"]);
        assert_eq!(notes(bench, new), ["3", "4"]);
        let again = bench.outcome(|cx| socket.send(cx).front()).expect("a front");
        assert_eq!(again, front);
    });
}

#[test]
fn who_has_the_front_cannot_swap_and_who_swaps_cannot_use() {
    story(|bench| {
        let Stage { socket, front, new, .. } = stage(bench);
        let stolen = call(bench, front, Message::new("swap", [new.into()]));
        assert_eq!(class(stolen), Class::BadCall, "the target knows no such method");
        let swapper = bench.outcome(|cx| socket.send(cx).swapper()).expect("a facet");
        for method in ["front", "pass_to_target", "note", "swapper"] {
            let refused = call(bench, swapper, Message::new(method, []));
            assert_eq!(class(refused), Class::Denied, "{method}");
        }
        bench.outcome(|cx| swapper.send(cx).swap(new.cast())).expect("swapped");
        assert_eq!(bench.outcome(|cx| front.send(cx).note("x".into())).expect("noted"), 1);
        assert_eq!(notes(bench, new), ["x"]);
    });
}

#[test]
fn in_order_what_comes_later_waits_for_what_came_before() {
    story(|bench| {
        let Stage { socket, front, new, .. } = stage(bench);
        // The old target is not known yet, so what is sent to it waits.
        let (promise, resolver) = bench.turn(|cx| cx.promise::<Cap<dyn Agent>>()).expect("made");
        bench.outcome(|cx| socket.send(cx).swap(promise.cap().cast())).expect("swapped");
        let (early, swapped, late) = bench
            .turn(|cx| {
                let early = front.send(cx).note("early".into())?;
                let swapped = socket.send(cx).swap_in_order(new.cast())?;
                Ok((early, swapped, front.send(cx).note("late".into())?))
            })
            .expect("sent");
        bench.run();
        let pending = |bench: &Bench, promise: Promise<u64>| {
            bench.answer(promise).is_err_and(|error| error.class() == Class::Busy)
        };
        assert!(pending(bench, early) && pending(bench, late));
        let slow = agent(bench);
        bench.turn(|cx| resolver.fulfill(cx, slow)).expect("told");
        bench.run();
        bench.answer(swapped).expect("swapped");
        assert_eq!((bench.answer(early), bench.answer(late)), (Ok(1), Ok(1)));
        assert_eq!((notes(bench, slow).len(), notes(bench, new).len()), (1, 1));
    });
}

#[test]
fn an_old_target_that_is_broken_holds_nothing_back() {
    story(|bench| {
        let Stage { socket, front, new, .. } = stage(bench);
        let (promise, resolver) = bench.turn(|cx| cx.promise::<Cap<dyn Agent>>()).expect("made");
        bench.outcome(|cx| socket.send(cx).swap(promise.cap().cast())).expect("swapped");
        bench
            .turn(|cx| resolver.break_(cx, hogshead_objects::Error::refused("gone")))
            .expect("told");
        bench.outcome(|cx| socket.send(cx).swap_in_order(new.cast())).expect("swapped");
        assert_eq!(bench.outcome(|cx| front.send(cx).note("x".into())).expect("noted"), 1);
    });
}

#[test]
fn a_front_does_not_stand_behind_itself() {
    story(|bench| {
        let Stage { socket, front, .. } = stage(bench);
        assert_eq!(class(bench.outcome(|cx| socket.send(cx).swap(front.cast()))), Class::BadCall);
        let ordered = bench.outcome(|cx| socket.send(cx).swap_in_order(front.cast()));
        assert_eq!(class(ordered), Class::BadCall);
    });
}
