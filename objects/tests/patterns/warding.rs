//! Warding: who reaches behind a ward, and who only seems to be warded.

use hogshead_objects::limits::NAME_BYTES_MAX;
use hogshead_objects::stock::forwarder::Relay;
use hogshead_objects::stock::warding::{WardPair, Wards};
use hogshead_objects::testing::Bench;
use hogshead_objects::{Cap, Class, Context, Message, Promise, Result, Value};
use serde::{Deserialize, Serialize};

use super::agent::{Agent, agent, call, class, notes, story};

fn wards(bench: &mut Bench) -> Wards {
    let pair = WardPair::new("garden").expect("a name");
    let pair = bench.spawn_apart(pair);
    bench.outcome(|cx| pair.send(cx).parts()).expect("two facets")
}

/// What is open and what is warded are two agents, so that it shows who was reached.
struct Garden {
    wards: Wards,
    open: Cap<dyn Agent>,
    hidden: Cap<dyn Agent>,
    garden: Cap<dyn Agent>,
}

fn garden(bench: &mut Bench) -> Garden {
    let wards = wards(bench);
    let (open, hidden) = (agent(bench), agent(bench));
    let garden = ward(bench, wards, open, hidden);
    Garden { wards, open, hidden, garden }
}

fn ward(
    bench: &mut Bench,
    wards: Wards,
    open: Cap<dyn Agent>,
    hidden: Cap<dyn Agent>,
) -> Cap<dyn Agent> {
    let warded = bench.outcome(|cx| wards.warden.send(cx).ward(open.cast(), hidden.cast()));
    warded.expect("warded").cast()
}

fn incant(bench: &mut Bench, wards: Wards, target: impl Into<Value>, text: &str) -> Result<Value> {
    let args = [target.into(), Value::symbol("note"), Value::from(text)];
    call(bench, wards.incanter, Message::new("incant", args))
}

#[test]
fn the_incanter_reaches_what_is_warded_and_everybody_else_what_is_open() {
    story(|bench| {
        let Garden { wards, open, hidden, garden } = garden(bench);
        bench.outcome(|cx| garden.send(cx).note("visitor".into())).expect("noted");
        assert_eq!(incant(bench, wards, garden, "gardener").expect("noted"), Value::from(1_u64));
        let key = bench.outcome(|cx| wards.incanter.send(cx).enchant(garden.cast()));
        let key: Cap<dyn Agent> = key.expect("enchanted").cast();
        assert_eq!(bench.outcome(|cx| key.send(cx).note("with a key".into())), Ok(2));
        assert_eq!(notes(bench, open), ["visitor"]);
        assert_eq!(notes(bench, hidden), ["gardener", "with a key"]);
        // What is incanted keeps its order, and a promise of a warded object will do.
        let (promise, resolver) = bench.turn(|cx| cx.promise::<Cap<dyn Agent>>()).expect("made");
        let early = bench.turn(|cx| {
            let note = |text: &str| vec![Value::symbol("note"), Value::from(text)];
            let first = wards.incanter.send(cx).incant(promise.cap().cast(), note("first"))?;
            Ok((first, wards.incanter.send(cx).incant(promise.cap().cast(), note("second"))?))
        });
        let (first, second) = early.expect("sent");
        bench.turn(|cx| resolver.fulfill(cx, garden)).expect("told");
        bench.run();
        assert_eq!(bench.answer(first).expect("noted"), Value::from(3_u64));
        assert_eq!(bench.answer(second).expect("noted"), Value::from(4_u64));
    });
}

#[test]
fn neither_another_incanter_nor_the_mark_opens_a_ward() {
    story(|bench| {
        let Garden { hidden, garden, wards: own, .. } = garden(bench);
        let other = wards(bench);
        let refused = incant(bench, other, garden, "thief").unwrap_err();
        assert_eq!(refused.to_string(), "refused: this is not warded by `garden`");
        let mark = call(bench, garden, Message::new("hog:ward", [])).expect("anybody may see it");
        let Value::Ref(mark) = mark else { panic!("a box") };
        for method in ["offer", "unseal", "note"] {
            assert!(call(bench, mark, Message::new(method, [])).is_err(), "{method}");
        }
        for (facet, method) in [
            (own.incanter.untyped(), "ward"),
            (own.warden.untyped(), "incant"),
            (own.warden.untyped(), "parts"),
        ] {
            assert_eq!(class(call(bench, facet, Message::new(method, []))), Class::Denied);
        }
        assert_eq!(notes(bench, hidden), [""; 0]);
    });
}

#[hogshead_objects::interface]
pub trait Impostor {
    #[method(name = "hog:ward")]
    fn mark(&self, cx: &mut Context<'_>) -> Result<Promise<Value>>;

    #[method(any)]
    fn hear(&mut self, cx: &mut Context<'_>, message: Message) -> Result<Value>;
}

/// Shows the mark of another object as its own.
#[derive(Serialize, Deserialize)]
struct Masked {
    as_if: Cap,
    heard: Vec<Value>,
}

#[hogshead_objects::object(name = "masked")]
impl Impostor for Masked {
    fn mark(&self, cx: &mut Context<'_>) -> Result<Promise<Value>> {
        cx.send(self.as_if, Message::new("hog:ward", []))
    }

    fn hear(&mut self, _: &mut Context<'_>, message: Message) -> Result<Value> {
        self.heard.extend(message.values);
        Ok(Value::Null)
    }
}

#[test]
fn who_shows_anothers_mark_learns_nothing_and_moves_nothing() {
    story(|bench| {
        let Garden { wards, hidden, garden, .. } = garden(bench);
        let masked = bench.spawn_apart(Masked { as_if: garden.cast(), heard: Vec::new() });
        assert_eq!(class(incant(bench, wards, masked, "meant for Mallory")), Class::Refused);
        let around = bench.spawn_apart(Relay::to(garden));
        assert_eq!(class(incant(bench, wards, around, "meant for whom?")), Class::Refused);
        assert_eq!(bench.look(masked, |masked: &Masked| masked.heard.len()), Some(0));
        assert_eq!(notes(bench, hidden), [""; 0]);
        // Nor does an object that knows no wards, or answers anything.
        let plain = agent(bench);
        assert_eq!(class(incant(bench, wards, plain, "x")), Class::Refused);
        assert_eq!(notes(bench, plain), [""; 0]);
    });
}

#[test]
fn a_name_is_limited() {
    assert!(WardPair::new("x".repeat(NAME_BYTES_MAX)).is_ok());
    assert_eq!(class(WardPair::new("x".repeat(NAME_BYTES_MAX + 1))), Class::Limit);
}
