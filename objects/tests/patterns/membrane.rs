//! The membrane, and whoever would like to get past it.

use hogshead_objects::limits::{MEMBRANE_PENDING_MAX, MEMBRANE_PROXIES_MAX};
use hogshead_objects::locator::SturdyRef;
use hogshead_objects::stock::membrane::{Crossings, Membrane, Partition};
use hogshead_objects::testing::Bench;
use hogshead_objects::{Cap, Class, Context, Error, Message, Promise, Resolver, Value, codec};

use super::agent::{Agent, agent, call, cap, class, kept, notes, story};

/// Carol is inside, Bob outside has `carol`, her proxy.
struct Stage {
    membrane: Cap<dyn Membrane>,
    inside: Cap<dyn Agent>,
    bob: Cap<dyn Agent>,
    carol: Cap<dyn Agent>,
}

fn stage(bench: &mut Bench) -> Stage {
    let membrane = bench.spawn_apart(Partition::default());
    let (inside, bob) = (agent(bench), agent(bench));
    let carol = outward(bench, membrane, inside);
    Stage { membrane, inside, bob, carol }
}

fn outward(bench: &mut Bench, membrane: Cap<dyn Membrane>, what: Cap<dyn Agent>) -> Cap<dyn Agent> {
    bench.outcome(|cx| membrane.send(cx).outward(what.cast())).expect("passed").cast()
}

fn state(bench: &mut Bench, membrane: Cap<dyn Membrane>) -> Crossings {
    bench.outcome(|cx| membrane.send(cx).state()).expect("its state")
}

fn cut(bench: &mut Bench, membrane: Cap<dyn Membrane>) -> u64 {
    bench.outcome(|cx| membrane.send(cx).cut()).expect("cut")
}

fn text(text: &str) -> Value {
    Value::from(text)
}

#[test]
fn an_argument_is_wrapped_at_any_depth_and_a_callback_works_until_the_cut() {
    story(|bench| {
        let Stage { membrane, inside, bob, carol } = stage(bench);
        let deep = Value::structure([("to", Value::list([Value::tagged("t", Value::from(bob))]))]);
        bench.outcome(|cx| carol.send(cx).keep(deep)).expect("kept");
        bench.outcome(|cx| carol.send(cx).keep(bob.into())).expect("kept");
        let kept = kept(bench, inside);
        let wrapped: Vec<_> = kept.iter().flat_map(Value::refs).copied().collect();
        assert_eq!(wrapped.len(), 2);
        assert_eq!(wrapped[0], wrapped[1], "one object is one proxy");
        assert_ne!(wrapped[0], bob.untyped(), "and it is not the object");
        let note = || vec![text("called back")];
        let called = bench.outcome(|cx| inside.send(cx).use_kept(1, "note".into(), note()));
        assert_eq!(called.expect("called back"), Value::from(1_u64));
        cut(bench, membrane);
        let late = bench.outcome(|cx| inside.send(cx).use_kept(1, "note".into(), note()));
        assert_eq!(class(late), Class::Revoked);
        assert_eq!(notes(bench, bob).len(), 1);
    });
}

#[test]
fn what_goes_through_and_back_is_itself_from_either_side() {
    story(|bench| {
        let Stage { inside, bob, carol, .. } = stage(bench);
        let echoed = bench.outcome(|cx| carol.send(cx).echo(bob.into())).expect("echoed");
        assert_eq!(echoed, bob.into(), "Bob's own, back from inside");
        bench.outcome(|cx| carol.send(cx).keep(carol.into())).expect("kept");
        assert_eq!(kept(bench, inside), [inside.into()], "Carol's own, back from outside");
        let again = bench.outcome(|cx| carol.send(cx).kept()).expect("read");
        assert_eq!(again, [carol.into()], "and the same proxy as before");
    });
}

#[test]
fn a_result_hands_out_proxies_only() {
    story(|bench| {
        let Stage { membrane, inside, carol, .. } = stage(bench);
        let dave = agent(bench);
        bench.outcome(|cx| inside.send(cx).keep(dave.into())).expect("kept");
        let found = bench.outcome(|cx| carol.send(cx).kept()).expect("read").remove(0);
        assert_ne!(found, dave.into());
        let found: Cap<dyn Agent> = cap(found).cast();
        assert_eq!(bench.outcome(|cx| found.send(cx).note("x".into())).expect("noted"), 1);
        assert_eq!(state(bench, membrane), Crossings { cut: false, proxies: 2, pending: 0 });
        cut(bench, membrane);
        assert_eq!(class(bench.outcome(|cx| found.send(cx).note("y".into()))), Class::Revoked);
        assert_eq!(notes(bench, dave), ["x"]);
    });
}

#[test]
fn a_promise_that_is_resolved_later_leads_to_a_proxy() {
    story(|bench| {
        let Stage { membrane, inside, carol, .. } = stage(bench);
        let dave = agent(bench);
        let (promised, piped) = bench
            .turn(|cx| {
                let promised = carol.send(cx).later()?;
                let piped = promised.cast::<Cap<dyn Agent>>().send(cx).note("early".into())?;
                Ok((promised, piped))
            })
            .expect("sent");
        bench.run();
        assert_eq!(bench.answer(piped).unwrap_err().class(), Class::Busy, "it waits");
        bench.outcome(|cx| inside.send(cx).decide(dave.into())).expect("decided");
        assert_eq!(bench.answer(piped).expect("noted"), 1);
        let found = bench.answer(promised).expect("kept");
        assert_ne!(found, dave.into());
        cut(bench, membrane);
        let late = call(bench, cap(found), Message::new("note", [text("late")]));
        assert_eq!(class(late), Class::Revoked);
        assert_eq!(notes(bench, dave), ["early"]);
    });
}

#[test]
fn promises_given_as_arguments_cross_both_ways_and_come_back_as_themselves() {
    story(|bench| {
        let Stage { inside, bob, carol, .. } = stage(bench);
        let (promise, resolver) = bench.turn(|cx| cx.promise::<Value>()).expect("made");
        bench.outcome(|cx| carol.send(cx).keep(promise.into())).expect("kept");
        bench.outcome(|cx| carol.send(cx).keep(promise.into())).expect("kept");
        let inner = kept(bench, inside);
        assert_eq!(inner[0], inner[1], "one promise is one promise");
        assert_ne!(inner[0], promise.into());
        let back = bench.outcome(|cx| carol.send(cx).kept()).expect("read");
        assert_eq!(back[0], promise.into());
        bench.turn(|cx| resolver.fulfill(cx, bob.into())).expect("kept");
        bench.run();
        let wrapped =
            bench.answer(codec::from_value::<Promise>(inner[0].clone()).expect("a promise"));
        let wrapped = cap(wrapped.expect("it is kept"));
        assert_ne!(wrapped, bob);
        bench
            .outcome(|cx| inside.send(cx).ask(wrapped, "note".into(), vec![text("hi")]))
            .expect("Bob hears it");
        assert_eq!(notes(bench, bob), ["hi"]);
    });
}

#[test]
fn resolvers_are_wrapped_and_what_they_are_told_as_well() {
    story(|bench| {
        let Stage { membrane, bob, carol, .. } = stage(bench);
        let (promise, resolver) = bench.outcome(|cx| carol.send(cx).pair()).expect("a pair");
        let (_, second) = bench.outcome(|cx| carol.send(cx).pair()).expect("a pair");
        bench.turn(|cx| resolver.fulfill(cx, bob.into())).expect("told");
        bench.run();
        // It went in, became a proxy there, and came out as Bob himself.
        assert_eq!(bench.answer(promise).expect("kept"), bob.into());
        cut(bench, membrane);
        let told = call(bench, second, Message::new("fulfill", [Value::Null]));
        assert_eq!(class(told), Class::Revoked);
    });
}

#[test]
fn a_resolver_passed_in_settles_with_proxies() {
    story(|bench| {
        let Stage { inside, carol, .. } = stage(bench);
        let (promise, resolver) = bench.turn(|cx| cx.promise::<Value>()).expect("made");
        bench.outcome(|cx| carol.send(cx).keep(resolver.into())).expect("kept");
        let dave = agent(bench);
        let told = vec![Value::from(dave)];
        bench.outcome(|cx| inside.send(cx).use_kept(0, "fulfill".into(), told)).expect("told");
        let found = bench.answer(promise).expect("kept");
        assert_ne!(found, dave.into());
        assert_eq!(
            call(bench, cap(found), Message::new("note", [text("x")])).expect("noted"),
            1_u64.into()
        );
    });
}

#[test]
fn errors_pass_and_carry_nothing() {
    story(|bench| {
        let Stage { inside, carol, .. } = stage(bench);
        let error = bench.outcome(|cx| carol.send(cx).fail("not today".into())).unwrap_err();
        assert_eq!(error.to_string(), "refused: not today");
        let unknown = call(bench, carol, Message::new("no-such", [])).unwrap_err();
        assert_eq!(unknown.class(), Class::BadCall);
        let promised = bench.turn(|cx| carol.send(cx).later()).expect("sent");
        bench.run();
        let dave = agent(bench);
        let reason = Value::list([text("ask"), Value::from(dave)]);
        bench.outcome(|cx| inside.send(cx).break_with(reason)).expect("broken");
        let error = bench.answer(promised).unwrap_err();
        let said: Value = error.into_reason();
        assert_eq!(said.refs().count(), 0, "{said}");
        assert_eq!(said.as_list().and_then(<[Value]>::first), Some(&text("ask")));
    });
}

#[test]
fn a_sturdyref_passes_in_neither_direction() {
    story(|bench| {
        let Stage { membrane, inside, bob, carol } = stage(bench);
        let hidden = || Value::list([Value::Null, Value::tagged("deep", sturdyref())]);
        let given = bench.outcome(|cx| carol.send(cx).keep(hidden()));
        assert_eq!(class(given), Class::Denied);
        assert_eq!(kept(bench, inside), [], "the message was not sent at all");
        bench.outcome(|cx| inside.send(cx).keep(hidden())).expect("kept");
        let error = bench.outcome(|cx| carol.send(cx).kept()).unwrap_err();
        assert_eq!(error.class(), Class::Denied);
        assert!(error.message().contains("sturdyref"), "{error}");
        let promised = bench.turn(|cx| carol.send(cx).later()).expect("sent");
        bench.run();
        bench.outcome(|cx| inside.send(cx).decide(hidden())).expect("decided");
        assert_eq!(class(bench.answer(promised)), Class::Denied);
        bench.outcome(|cx| carol.send(cx).keep(bob.into())).expect("kept");
        let told = bench.outcome(|cx| inside.send(cx).use_kept(1, "keep".into(), vec![hidden()]));
        assert_eq!(class(told), Class::Denied);
        assert_eq!(kept(bench, bob), []);
        assert_eq!(state(bench, membrane).pending, 0);
    });
}

fn sturdyref() -> Value {
    match "ocapn://alice.tcp/s/AAAA".parse::<SturdyRef>() {
        Ok(sturdy) => sturdy.into(),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn one_switch_cuts_what_is_in_flight_and_pending() {
    story(|bench| {
        let Stage { membrane, inside, bob, carol } = stage(bench);
        let switch = bench.outcome(|cx| membrane.send(cx).switch()).expect("a switch");
        let pending = bench.turn(|cx| carol.send(cx).later()).expect("sent");
        bench.run();
        let waiting = bench.outcome(|cx| bob.send(cx).keep(pending.into()));
        waiting.expect("kept");
        let (piped, parted, cut, flying) = bench
            .turn(|cx| {
                let piped = pending.cast::<Cap<dyn Agent>>().send(cx).note("piped".into())?;
                let parted = pending.field::<Value>(cx, "inside")?;
                let cut = switch.send(cx).cut()?;
                let flying = carol.send(cx).note("flying".into())?;
                Ok((piped, parted, cut, flying))
            })
            .expect("sent");
        bench.run();
        assert_eq!(bench.answer(cut).expect("cut"), 1);
        for class in [
            class(bench.answer(piped)),
            class(bench.answer(flying)),
            class(bench.answer(pending)),
            class(bench.answer(parted)),
        ] {
            assert_eq!(class, Class::Revoked);
        }
        // What the inside says now is heard by nobody.
        bench.outcome(|cx| inside.send(cx).decide(inside.into())).expect("decided");
        let error = bench.answer(pending).unwrap_err();
        assert_eq!(error.to_string(), "revoked: the membrane was cut");
        assert_eq!(notes(bench, inside), [""; 0]);
        let state = state(bench, switch);
        assert_eq!(state, Crossings { cut: true, proxies: 0, pending: 0 });
        // And nothing new is wrapped, nor does the switch do more than switch.
        assert_eq!(
            class(bench.outcome(|cx| membrane.send(cx).outward(bob.cast()))),
            Class::Revoked
        );
        assert_eq!(class(bench.outcome(|cx| switch.send(cx).inward(carol.cast()))), Class::Denied);
    });
}

#[test]
fn an_answer_that_comes_after_the_cut_is_not_given() {
    story(|bench| {
        let Stage { membrane, inside, carol, .. } = stage(bench);
        let dave = agent(bench);
        bench.outcome(|cx| inside.send(cx).keep(dave.into())).expect("kept");
        // Sent first, so it passes; the cut comes before the answer does.
        let (asked, cut) =
            bench.turn(|cx| Ok((carol.send(cx).kept()?, membrane.send(cx).cut()?))).expect("sent");
        bench.run();
        assert_eq!(bench.answer(cut).expect("cut"), 1);
        assert_eq!(class(bench.answer(asked)), Class::Revoked);
    });
}

#[test]
fn two_membranes_nest_and_either_cuts() {
    for outer_is_cut in [false, true] {
        story(|bench| {
            let Stage { membrane: inner, inside, bob, carol } = stage(bench);
            let outer = bench.spawn_apart(Partition::default());
            let twice = outward(bench, outer, carol);
            assert_ne!(twice, carol);
            let echoed = bench.outcome(|cx| twice.send(cx).echo(bob.into())).expect("echoed");
            assert_eq!(echoed, bob.into());
            bench.outcome(|cx| twice.send(cx).keep(twice.into())).expect("kept");
            bench.outcome(|cx| twice.send(cx).keep(bob.into())).expect("kept");
            assert_eq!(kept(bench, inside)[0], inside.into());
            let pending = bench.turn(|cx| twice.send(cx).later()).expect("sent");
            bench.run();
            cut(bench, if outer_is_cut { outer } else { inner });
            assert_eq!(class(bench.answer(pending)), Class::Revoked);
            assert_eq!(class(bench.outcome(|cx| twice.send(cx).note("x".into()))), Class::Revoked);
            let back = bench.outcome(|cx| inside.send(cx).use_kept(1, "notes".into(), vec![]));
            assert_eq!(class(back), Class::Revoked);
        });
    }
}

#[test]
fn a_stranger_to_the_membrane_cannot_pass_for_a_proxy() {
    let mut bench = Bench::new();
    let Stage { membrane, bob, .. } = stage(&mut bench);
    let args = |proxy: Cap<dyn Agent>| {
        [Value::from("outside"), Value::from(proxy), Value::list([Value::symbol("notes")])]
    };
    let forged = call(&mut bench, membrane, Message::new("pass_message", args(bob)));
    assert_eq!(class(forged), Class::Revoked);
    let switch = bench.outcome(|cx| membrane.send(cx).switch()).expect("a switch");
    let forged = call(&mut bench, switch, Message::new("pass_message", args(bob)));
    assert_eq!(class(forged), Class::Denied);
}

#[test]
fn the_promises_that_wait_at_a_membrane_are_limited() {
    let mut bench = Bench::new();
    let Stage { inside, carol, .. } = stage(&mut bench);
    let (promises, resolvers): (Vec<Value>, Vec<Resolver>) = bench
        .turn(|cx| (0..MEMBRANE_PENDING_MAX - 1).map(|_| made(cx)).collect::<Result<_, Error>>())
        .expect("made");
    // With its answer the message is as many as may wait.
    bench.outcome(|cx| carol.send(cx).keep(Value::List(promises))).expect("kept");
    bench.outcome(|cx| carol.send(cx).note("the last that fits".into())).expect("noted");
    let (one_more, _) = bench.turn(made).expect("made");
    let error = bench.outcome(|cx| carol.send(cx).keep(one_more.clone())).unwrap_err();
    assert_eq!(error.class(), Class::Limit);
    assert!(error.message().contains("try later"), "{error}");
    assert_eq!(kept(&mut bench, inside).len(), 1, "it was refused as a whole");
    bench.turn(|cx| resolvers[0].fulfill(cx, Value::Null)).expect("told");
    bench.run();
    bench.outcome(|cx| carol.send(cx).keep(one_more)).expect("there is room again");
}

#[test]
fn the_objects_that_pass_a_membrane_are_limited() {
    story(|bench| {
        let membrane = bench.spawn_apart(Partition::of_at_most(3).expect("a membrane"));
        let (inside, bob, dave) = (agent(bench), agent(bench), agent(bench));
        let carol = outward(bench, membrane, inside);
        let both = Value::list([bob.into(), dave.into()]);
        bench.outcome(|cx| carol.send(cx).keep(both.clone())).expect("they pass");
        let erin = agent(bench);
        let error = bench.outcome(|cx| carol.send(cx).keep(erin.into())).unwrap_err();
        assert_eq!(error.class(), Class::Limit);
        assert!(error.message().contains("cut it"), "{error}");
        assert_eq!(kept(bench, inside).len(), 1);
        bench.outcome(|cx| carol.send(cx).keep(both)).expect("they have passed");
        assert_eq!(state(bench, membrane).proxies, 3);
    });
    let too_many = Partition::of_at_most(MEMBRANE_PROXIES_MAX + 1);
    assert_eq!(class(too_many), Class::Limit);
}

fn made(cx: &mut Context<'_>) -> Result<(Value, Resolver), Error> {
    let (promise, resolver) = cx.promise::<Value>()?;
    Ok((promise.into(), resolver))
}
