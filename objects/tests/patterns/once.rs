//! Once: the second message, the race, and what is left afterwards.

use hogshead_objects::stock::once::{Gift, Single};
use hogshead_objects::{Cap, Class, Message, Value};

use super::agent::{Agent, agent, call, class, notes, story};

#[test]
fn one_message_passes_whatever_comes_of_it() {
    story(|bench| {
        let bob = agent(bench);
        let once = bench.spawn_apart(Single::of(bob)).cast::<dyn Agent>();
        let failed = bench.outcome(|cx| once.send(cx).fail("no".into()));
        assert_eq!(failed.unwrap_err().to_string(), "refused: no");
        let again = bench.outcome(|cx| once.send(cx).note("again".into())).unwrap_err();
        assert_eq!(
            again.to_string(),
            "refused: this reference took one message, and that was sent"
        );
        assert_eq!(notes(bench, bob), [""; 0]);
        let left = bench.look(once, |once: &Single| format!("{once:?}")).expect("a once");
        assert_eq!(left, "Single { target: None }", "nothing of the authority is left");
    });
}

#[test]
fn of_two_who_use_it_at_once_the_first_is_heard() {
    story(|bench| {
        let bob = agent(bench);
        let once = bench.spawn_apart(Single::of(bob)).cast::<dyn Agent>();
        let sent = bench.turn(|cx| {
            let copies: Vec<Cap<dyn Agent>> = vec![once; 3];
            let send =
                |(place, copy): (usize, &Cap<dyn Agent>)| copy.send(cx).note(format!("{place}"));
            copies.iter().enumerate().map(send).collect::<Result<Vec<_>, _>>()
        });
        bench.run();
        let answers = sent.expect("sent").into_iter().map(|answer| bench.answer(answer));
        let heard: Vec<_> = answers.map(|answer| answer.is_ok()).collect();
        assert_eq!(heard, [true, false, false]);
        assert_eq!(notes(bench, bob), ["0"]);
    });
}

#[test]
fn a_handout_gives_once_also_nothing_and_untyped() {
    story(|bench| {
        for what in [Value::Undefined, Value::Null, Value::from(agent(bench))] {
            let gift = bench.spawn_apart(Gift::of(what.clone()));
            assert_eq!(call(bench, gift, Message::new("take", [])).expect("given"), what);
            let late = bench.outcome(|cx| gift.send(cx).take());
            assert_eq!(class(late), Class::Refused);
        }
    });
}
