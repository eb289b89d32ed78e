//! What two vats do together over a session: one story a test, plain and local.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use hogshead_captp::testing::{FakeVat, MemoryHeap, Wire, local_pair, plain_pair};
use hogshead_captp::{Bootstrap, Carrier, DeliverForm, Dialect, GcLabels, Limits};
use hogshead_objects::heap::Part;
use hogshead_objects::ids::PromiseId;
use hogshead_objects::{Class, Error, Message, Ref, Tagged, Value};

const DIALECTS: [Dialect; 4] = [
    Dialect { deliver: DeliverForm::Only, gc: GcLabels::Singular },
    Dialect { deliver: DeliverForm::Only, gc: GcLabels::Plural },
    Dialect { deliver: DeliverForm::Folded, gc: GcLabels::Singular },
    Dialect { deliver: DeliverForm::Folded, gc: GcLabels::Plural },
];

/// Runs a story over a plain session in every dialect, and over a local one.
fn everywhere(story: impl Fn([FakeVat; 2], Wire)) {
    for dialect in DIALECTS {
        let (vats, wire) = plain_pair(dialect, Limits::default());
        story(vats, wire);
    }
    let (vats, wire) = local_pair([Bootstrap::Fetch, Bootstrap::Fetch]);
    story(vats, wire);
}

fn fetch(vats: &mut [FakeVat; 2], wire: &Wire, swiss: &'static [u8]) -> Value {
    let answer = fetch_promise(vats, wire, swiss);
    wire.run(vats).unwrap();
    let value = outcome(&vats[0], answer).unwrap();
    if let Value::Ref(reference) = value {
        vats[0].turn(|heap| heap.keep(reference));
    }
    vats[0].turn(|heap| heap.let_go(Ref::Promise(answer)));
    value
}

fn fetch_promise(vats: &mut [FakeVat; 2], wire: &Wire, swiss: &'static [u8]) -> PromiseId {
    vats[0]
        .session_turn(wire.ends[0], |session, heap| {
            let bootstrap = session.bootstrap(heap).unwrap();
            heap.ask(bootstrap, Message::new("fetch", [Value::Bytes(swiss.into())]))
        })
        .unwrap()
}

fn reference(value: Value) -> Ref {
    let Value::Ref(reference) = value else { panic!("{value:?} is not a reference") };
    reference
}

fn outcome(vat: &FakeVat, promise: PromiseId) -> Result<Value, Error> {
    vat.heap.outcome(promise).expect("the promise has settled").clone()
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn echo(heap: &mut MemoryHeap) -> Ref {
    heap.object(|_, message| Ok(Value::List(message.values)))
}

/// Nothing is held and no row is left on either side, the heads apart.
fn assert_quiet(vats: &[FakeVat; 2]) {
    for vat in vats {
        assert!(vat.heap.held().is_empty(), "still held: {:?}", vat.heap.held());
        assert!(vat.heap.rows().len() <= 1, "rows: {:?}", vat.heap.rows());
        assert_eq!(vat.heap.imports(), []);
    }
}

#[test]
fn alice_fetches_bobs_greeter_and_calls_it() {
    everywhere(|mut vats, wire| {
        vats[1].turn(|heap| {
            let greeter = heap.object(|_, message| match message.values.get(1) {
                Some(Value::String(name)) => Ok(text(&format!("Hello, {name}"))),
                _ => Err(Error::bad_call("whom?")),
            });
            heap.share(b"greeter", greeter);
        });
        let greeter = reference(fetch(&mut vats, &wire, b"greeter"));
        let hello = vats[0].turn(|h| h.ask(greeter, Message::new("greet", [text("Alice")])));
        let error = vats[0].turn(|h| h.ask(greeter, Message::new("greet", [])));
        wire.run(&mut vats).unwrap();
        assert_eq!(outcome(&vats[0], hello), Ok(text("Hello, Alice")));
        assert_eq!(outcome(&vats[0], error), Err(Error::bad_call("whom?")));
        vats[0].turn(|heap| {
            heap.let_go(greeter);
            heap.let_go(Ref::Promise(hello));
            heap.let_go(Ref::Promise(error));
        });
        wire.run(&mut vats).unwrap();
        assert_quiet(&vats);
    });
}

#[test]
fn messages_are_pipelined_to_answers_that_are_not_there_yet() {
    everywhere(|mut vats, wire| {
        vats[1].turn(|heap| {
            let builder = heap.object(|heap, _| {
                let factory = heap.object(|heap, message| {
                    let Some(Value::List(what)) = message.values.into_iter().next() else {
                        return Err(Error::bad_call("what car?"));
                    };
                    let car = heap.object(move |_, _| Ok(Value::List(what.clone())));
                    Ok(Value::Ref(car))
                });
                Ok(Value::Ref(factory))
            });
            heap.share(b"builder", builder);
        });
        let builder = fetch_promise(&mut vats, &wire, b"builder");
        let (car, noise, wreck, silence) = vats[0].turn(|heap| {
            let factory = heap.ask(Ref::Promise(builder), Message::apply(vec![]));
            let factory = Ref::Promise(factory);
            let red = Value::List(vec![text("red"), text("zoomracer")]);
            let car = heap.ask(factory, Message::apply(vec![red]));
            let noise = heap.ask(Ref::Promise(car), Message::apply(vec![]));
            let wreck = heap.ask(factory, Message::apply(vec![Value::Null]));
            let silence = heap.ask(Ref::Promise(wreck), Message::apply(vec![]));
            (car, noise, wreck, silence)
        });
        assert!(vats[0].heap.outcome(car).is_none(), "nothing has arrived yet");
        wire.run(&mut vats).unwrap();
        let red = Value::List(vec![text("red"), text("zoomracer")]);
        assert_eq!(outcome(&vats[0], noise), Ok(red));
        let broken = Err(Error::bad_call("what car?"));
        assert_eq!(outcome(&vats[0], wreck), broken);
        assert_eq!(outcome(&vats[0], silence), broken);
        let kept: Vec<_> = vats[0].heap.kept().collect();
        vats[0].turn(|heap| kept.iter().for_each(|(reference, _)| heap.let_go(*reference)));
        wire.run(&mut vats).unwrap();
        assert_quiet(&vats);
    });
}

#[test]
fn what_was_lent_comes_back_as_itself() {
    everywhere(|mut vats, wire| {
        vats[1].turn(|heap| {
            let echo = echo(heap);
            heap.share(b"echo", echo);
        });
        let echo = reference(fetch(&mut vats, &wire, b"echo"));
        let (mine, promise) = vats[0].turn(|heap| {
            let mine = heap.object(|_, _| Ok(Value::Undefined));
            let promise = heap.promise();
            heap.keep(mine);
            heap.keep(Ref::Promise(promise));
            heap.keep(Ref::Resolver(promise));
            (mine, promise)
        });
        let values = vec![
            Value::Ref(mine),
            Value::Ref(mine),
            Value::Ref(echo),
            Value::Ref(Ref::Promise(promise)),
        ];
        let answer = vats[0].turn(|heap| heap.ask(echo, Message::apply(values.clone())));
        wire.run(&mut vats).unwrap();
        assert_eq!(outcome(&vats[0], answer), Ok(Value::List(values)));
        // A listener cannot be taken back: bob's resolver stays until alice's promise settles.
        let lent = vats[1].heap.held().keys().filter(|r| !matches!(r, Ref::Resolver(_))).count();
        assert!(lent <= 1, "only the fetched echo: {:?}", vats[1].heap.held());
        assert_eq!(vats[1].heap.imports(), [], "bob kept nothing, so it was given back");
        vats[0].turn(|heap| {
            for reference in
                [mine, echo, Ref::Promise(promise), Ref::Resolver(promise), Ref::Promise(answer)]
            {
                heap.let_go(reference);
            }
        });
        wire.run(&mut vats).unwrap();
        let left = vats[0].heap.held().keys().filter(|r| !matches!(r, Ref::Resolver(_))).count();
        assert_eq!(left, 0, "{:?}", vats[0].heap.held());
    });
}

#[test]
fn a_promise_of_bobs_settles_at_alices() {
    for settle_with in [Ok(text("ok")), Err(Error::refused("oh no"))] {
        everywhere(|mut vats, wire| {
            vats[1].turn(|heap| {
                let maker = heap.object(|heap, _| {
                    let promise = heap.promise();
                    let both = [Ref::Promise(promise), Ref::Resolver(promise)];
                    Ok(Value::List(both.map(Value::Ref).into()))
                });
                heap.share(b"maker", maker);
            });
            let maker = reference(fetch(&mut vats, &wire, b"maker"));
            let pair = vats[0].turn(|heap| heap.ask(maker, Message::apply(vec![])));
            wire.run(&mut vats).unwrap();
            let Ok(Value::List(pair)) = outcome(&vats[0], pair) else { panic!("a pair") };
            let [vow, resolver] = <[Value; 2]>::try_from(pair).unwrap().map(reference);
            let Ref::Promise(promise) = vow else { panic!("a promise arrives as one") };
            assert!(vats[0].heap.outcome(promise).is_none());
            let message = match settle_with.clone() {
                Ok(value) => Message::new("fulfill", [value]),
                Err(error) => Message::new("break", [Value::Error(error.into())]),
            };
            vats[0].turn(|heap| {
                heap.keep(vow);
                heap.tell(resolver, message);
            });
            wire.run(&mut vats).unwrap();
            assert_eq!(outcome(&vats[0], promise), settle_with);
            let kept: Vec<_> = vats[0].heap.kept().collect();
            vats[0].turn(|heap| kept.iter().for_each(|(reference, _)| heap.let_go(*reference)));
            wire.run(&mut vats).unwrap();
            assert_quiet(&vats);
        });
    }
}

#[test]
fn parts_of_an_answer_are_had_before_the_answer() {
    everywhere(|mut vats, wire| {
        vats[1].turn(|heap| {
            let depot = heap.object(|_, _| {
                let tagged = Tagged { tag: "m".into(), value: text("deep") };
                let list = Value::List(vec![Value::Null, Value::Tagged(Box::new(tagged))]);
                Ok(Value::Struct([("cars".to_owned(), list)].into()))
            });
            heap.share(b"depot", depot);
        });
        let depot = reference(fetch(&mut vats, &wire, b"depot"));
        let (deep, absent, wrong) = vats[0].turn(|heap| {
            let all = Ref::Promise(heap.ask(depot, Message::apply(vec![])));
            let cars = heap.part(all, Part::Field("cars".into()));
            let item = heap.part(Ref::Promise(cars), Part::Item(1));
            let deep = heap.part(Ref::Promise(item), Part::Untagged("m".into()));
            let absent = heap.part(all, Part::Field("boats".into()));
            let wrong = heap.part(Ref::Promise(cars), Part::Item(2));
            (deep, absent, wrong)
        });
        wire.run(&mut vats).unwrap();
        assert_eq!(outcome(&vats[0], deep), Ok(text("deep")));
        assert_eq!(outcome(&vats[0], absent).unwrap_err().class(), Class::BadCall);
        assert_eq!(outcome(&vats[0], wrong).unwrap_err().class(), Class::BadCall);
        let kept: Vec<_> = vats[0].heap.kept().collect();
        vats[0].turn(|heap| kept.iter().for_each(|(reference, _)| heap.let_go(*reference)));
        wire.run(&mut vats).unwrap();
        assert_quiet(&vats);
    });
}

#[test]
fn a_wrong_swiss_number_breaks_what_is_pipelined_to_it() {
    everywhere(|mut vats, wire| {
        let wrong = fetch_promise(&mut vats, &wire, b"guess");
        let (more, part) = vats[0].turn(|heap| {
            let more = heap.ask(Ref::Promise(wrong), Message::apply(vec![]));
            (more, heap.part(Ref::Promise(more), Part::Item(0)))
        });
        wire.run(&mut vats).unwrap();
        for promise in [wrong, more, part] {
            assert_eq!(outcome(&vats[0], promise).unwrap_err().class(), Class::NotFound);
        }
        assert!(vats[1].heap.held().is_empty());
        let carrier = vats[1].session(wire.ends[1]).unwrap().carrier();
        if carrier == Carrier::Plain {
            assert!(vats[1].heap.rows().is_empty(), "a stranger leaves no row");
        }
        let kept: Vec<_> = vats[0].heap.kept().collect();
        vats[0].turn(|heap| kept.iter().for_each(|(reference, _)| heap.let_go(*reference)));
        wire.run(&mut vats).unwrap();
        assert_quiet(&vats);
    });
}

#[test]
fn a_local_session_may_have_an_object_at_position_zero() {
    let (mut vats, wire) = local_pair([Bootstrap::Fetch, Bootstrap::Fetch]);
    let steward = vats[1].turn(|heap| {
        let steward = echo(heap);
        heap.keep(steward);
        steward
    });
    let config = hogshead_captp::Config {
        id: wire.ends[1],
        dialect: Dialect::default(),
        bootstrap: Bootstrap::Object(steward),
        limits: Limits::default().into(),
        identity: None,
        handoffs: true,
    };
    vats[1].join(hogshead_captp::Session::local(config));
    let answer = vats[0]
        .session_turn(wire.ends[0], |session, heap| {
            let bootstrap = session.bootstrap(heap).unwrap();
            heap.keep(bootstrap);
            heap.ask(bootstrap, Message::new("spawn", []))
        })
        .unwrap();
    wire.run(&mut vats).unwrap();
    let spawn = Value::Symbol("spawn".into());
    assert_eq!(outcome(&vats[0], answer), Ok(Value::List(vec![spawn])));
    assert_eq!(vats[1].heap.holders(steward), 1, "held by the session's head");
    vats[1].sever(wire.ends[1], &Error::refused("enough"));
    assert_eq!(vats[1].heap.holders(steward), 0);
    wire.run(&mut vats).unwrap();
    assert_eq!(vats[0].heap.rows().len(), 0, "the end was told to the other vat");
}

#[test]
fn an_ended_session_lets_go_of_everything_and_breaks_what_waits() {
    everywhere(|mut vats, wire| {
        vats[1].turn(|heap| {
            let never = heap.object(|heap, _| {
                let promise = heap.promise();
                heap.keep(Ref::Resolver(promise));
                Ok(Value::Ref(Ref::Promise(promise)))
            });
            heap.share(b"never", never);
        });
        let never = reference(fetch(&mut vats, &wire, b"never"));
        let waiting = vats[0].turn(|heap| {
            let mine = heap.object(|_, _| Ok(Value::Undefined));
            heap.ask(never, Message::apply(vec![Value::Ref(mine)]))
        });
        wire.run(&mut vats).unwrap();
        assert!(vats[0].heap.outcome(waiting).is_none());
        let gone = Error::new(Class::Severed, "gone");
        vats[0].sever(wire.ends[0], &gone);
        assert_eq!(vats[0].heap.severed(), [(wire.ends[0], gone)], "watchers are told once");
        assert_eq!(outcome(&vats[0], waiting).unwrap_err().class(), Class::Severed);
        let late = vats[0].turn(|heap| heap.ask(never, Message::apply(vec![])));
        assert_eq!(outcome(&vats[0], late).unwrap_err().class(), Class::Severed);
        assert!(vats[0].heap.held().is_empty(), "{:?}", vats[0].heap.held());
        assert_eq!(vats[0].heap.rows().len(), 0);
        wire.run(&mut vats).unwrap();
        vats[1].sever(wire.ends[1], &Error::new(Class::Severed, "gone"));
        assert!(vats[1].heap.held().is_empty(), "{:?}", vats[1].heap.held());
        assert_eq!(vats[1].heap.rows().len(), 0);
    });
}

#[test]
fn a_session_can_be_taken_down_from_its_rows_alone() {
    use hogshead_captp::session::{Listed, sessions, sever_rows};

    let (mut vats, wire) = plain_pair(Dialect::default(), Limits::default());
    vats[1].turn(|heap| {
        let echo = echo(heap);
        heap.share(b"echo", echo);
    });
    let echo = reference(fetch(&mut vats, &wire, b"echo"));
    let mine = vats[0].turn(|heap| {
        let mine = heap.object(|_, _| Ok(Value::Undefined));
        heap.ask(echo, Message::apply(vec![Value::Ref(mine)]));
        mine
    });
    let heap = &mut vats[0].heap;
    let listed = Listed { id: wire.ends[0], carrier: Carrier::Plain };
    assert_eq!(sessions(heap.rows(), None, 10), Ok(vec![listed]));
    assert_eq!(sessions(heap.rows(), Some(wire.ends[0]), 10), Ok(vec![]));
    assert_eq!(heap.holders(mine), 1);
    sever_rows(wire.ends[0], &Error::new(Class::Severed, "the host stopped"), heap).unwrap();
    assert!(heap.held().is_empty());
    assert_eq!(heap.rows().len(), 0);
}

#[test]
fn nothing_depends_on_what_a_session_has_cached() {
    let run = |forgetful: bool| {
        let (mut vats, wire) = plain_pair(Dialect::default(), Limits::default());
        vats[1].turn(|heap| {
            let echo = echo(heap);
            heap.share(b"echo", echo);
        });
        let echo = reference(fetch(&mut vats, &wire, b"echo"));
        let mut log = Vec::new();
        for round in 0..6_u8 {
            let mine = vats[0].heap.object(|_, _| Ok(Value::Undefined));
            let values = vec![Value::from(round), Value::Ref(mine), Value::Ref(echo)];
            vats[0].turn(|heap| heap.ask(echo, Message::apply(values)));
            log.extend(vats[0].sent(wire.ends[0]).iter().cloned());
            loop {
                if forgetful {
                    vats[0].forget_caches();
                    vats[1].forget_caches();
                }
                log.extend(vats[1].sent(wire.ends[1]).iter().cloned());
                let moved = wire.step(&mut vats, 0).unwrap() | wire.step(&mut vats, 1).unwrap();
                if !moved {
                    break;
                }
            }
        }
        log
    };
    assert_eq!(run(false), run(true));
}
