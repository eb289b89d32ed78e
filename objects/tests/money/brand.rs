//! Boxes of a brand, and what would like to be one.

use hogshead_objects::stock::brand::{
    BrandPair, BrandTag, ClosedBox, OfferTray, Parts, SealedBox, make_brand,
};
use hogshead_objects::stock::cell::ValueCell;
use hogshead_objects::testing::Bench;
use hogshead_objects::{Cap, Class, Context, Error, Message, Result, Typed, Value, codec, limits};
use serde::{Deserialize, Serialize};

use super::bench;

const REFUSED: &str = "refused: this is no box of the brand `b`";

fn brand(bench: &mut Bench) -> Parts {
    let pair = bench.spawn_apart(BrandPair::new("b").unwrap());
    bench.outcome(|cx| pair.send(cx).parts()).unwrap()
}

fn sealed(bench: &mut Bench, of: Parts, content: Value) -> Cap<dyn SealedBox> {
    bench.outcome(|cx| of.sealer.send(cx).seal(content)).unwrap()
}

#[track_caller]
fn refused(bench: &mut Bench, by: Parts, what: Cap) {
    let why = bench.outcome(|cx| by.unsealer.send(cx).unseal(what.cast())).unwrap_err();
    assert_eq!(why.to_string(), REFUSED);
}

/// Says all that a box says, and passes everything on to one.
#[derive(Serialize, Deserialize)]
struct Forwarder {
    to: Option<Cap<dyn SealedBox>>,
}

#[hogshead_objects::object(name = "forwarder-of-tests", version = 1)]
impl SealedBox for Forwarder {
    fn brand(
        &self,
        cx: &mut Context<'_>,
    ) -> Result<Cap<dyn hogshead_objects::stock::brand::Brand>> {
        self.to.ok_or_else(|| Error::refused("no box"))?.near(cx).brand()
    }

    fn offer(&self, cx: &mut Context<'_>) -> Result<()> {
        self.to.map_or(Ok(()), |to| to.near(cx).offer())
    }
}

#[test]
fn what_is_sealed_comes_out_with_its_references_as_often_as_it_is_opened() {
    let mut bench = bench();
    let b = brand(&mut bench);
    let cell: Cap = bench.spawn_apart(ValueCell::new(Value::from("inside"))).cast();
    let content = Value::List(vec![Value::from(cell), Value::from(7), Value::Null]);
    let sealed = sealed(&mut bench, b, content.clone());
    for _ in 0..2 {
        let opened = bench.outcome(|cx| b.unsealer.send(cx).unseal(sealed)).unwrap();
        assert_eq!(opened, content);
    }
    // Untyped, as a peer that knows nothing of Rust says it.
    let args = [Value::from(sealed)];
    let opened = bench.outcome(|cx| cx.send(b.unsealer, Message::new("unseal", args)));
    assert_eq!(opened.unwrap(), content);
}

#[test]
fn each_part_does_its_own_and_leads_to_no_other() {
    let mut bench = bench();
    let b = brand(&mut bench);
    let sealed = sealed(&mut bench, b, Value::from("secret"));
    let all = ["seal", "unseal", "parts", "name", "offer", "brand"];
    let caps: [(Cap, &[&str]); 3] = [
        (b.sealer.cast(), &["seal"]),
        (b.unsealer.cast(), &["unseal"]),
        (b.brand.cast(), &["name"]),
    ];
    for (cap, granted) in caps {
        for method in all.iter().filter(|method| !granted.contains(method)) {
            let args = [Value::from(sealed)];
            let answer = bench.outcome(|cx| cx.send(cap, Message::new(*method, args)));
            assert!(answer.is_err(), "{method} of {granted:?}");
        }
    }
    // The box itself tells its brand, and what is in it to nobody who asks.
    let its = bench.outcome(|cx| sealed.send(cx).brand()).unwrap();
    assert_eq!(bench.turn(|cx| cx.same(its, b.brand)), Ok(Some(true)));
    let why = bench.outcome(|cx| sealed.send(cx).offer()).unwrap_err();
    assert_eq!(why.to_string(), "refused: a box is opened by its unsealer");
    for method in all.iter().chain(&["put", "take", "empty"]).filter(|name| **name != "brand") {
        let answer = bench.outcome(|cx| cx.send(sealed, Message::new(*method, [])));
        assert!(answer.is_err(), "{method}");
    }
}

#[test]
fn what_is_no_box_of_the_brand_is_refused() {
    let mut bench = bench();
    let (b, other) = (brand(&mut bench), brand(&mut bench));
    let of_other = sealed(&mut bench, other, Value::from("coin"));
    refused(&mut bench, b, of_other.cast());
    let cell: Cap = bench.spawn_apart(ValueCell::default()).cast();
    refused(&mut bench, b, cell);
    refused(&mut bench, b, b.brand.cast());
    refused(&mut bench, b, b.unsealer.cast());
    let empty = bench.spawn_apart(Forwarder { to: None });
    refused(&mut bench, b, empty.cast());
    let genuine = sealed(&mut bench, b, Value::from("coin"));
    let around = bench.spawn_apart(Forwarder { to: Some(genuine) });
    refused(&mut bench, b, around.cast());
    let why = bench.outcome(|cx| {
        Ok(cx.send(b.unsealer, Message::new("unseal", [Value::from("a string")]))?.cast::<Value>())
    });
    assert_eq!(why.unwrap_err().class(), Class::BadCall);
}

#[test]
fn within_the_brands_own_composition_there_is_no_cheating_either() {
    let mut bench = bench();
    let answers = bench.turn(|cx| {
        let b = make_brand(cx, "b")?;
        let genuine = b.sealer.near(cx).seal(Value::from("coin"))?;
        let around = cx.spawn(Forwarder { to: Some(genuine) })?;
        let silent = cx.spawn(Forwarder { to: None })?;
        let b2 = make_brand(cx, "b")?;
        let of_other = b2.sealer.near(cx).seal(Value::from("coin"))?;
        let mut answers = Vec::new();
        for what in [around, silent, of_other] {
            answers.push(b.unsealer.near(cx).unseal(what).map_err(|e| e.to_string()));
        }
        // After all that the box opens, and nothing was left lying about.
        assert!(genuine.near(cx).offer().is_err());
        assert_eq!(b.unsealer.near(cx).unseal(genuine)?, Value::from("coin"));
        assert!(genuine.near(cx).offer().is_err());
        Ok(answers)
    });
    for answer in answers.unwrap() {
        assert_eq!(answer, Err(REFUSED.to_owned()));
    }
}

#[test]
fn a_promised_box_is_waited_for() {
    let mut bench = bench();
    let b = brand(&mut bench);
    let (genuine, fake) = (sealed(&mut bench, b, Value::from(1)), b.brand);
    let cases: [(Result<Value>, Result<Value, &str>); 4] = [
        (Ok(genuine.into()), Ok(Value::from(1))),
        (Ok(fake.into()), Err(REFUSED)),
        (Ok(Value::from(5)), Err(REFUSED)),
        (Err(Error::refused("lost")), Err("refused: lost")),
    ];
    for (with, expected) in cases {
        let (opened, resolver) = bench
            .turn(|cx| {
                let (promise, resolver) = cx.promise::<Value>()?;
                let promised = Cap::from(promise.untyped());
                Ok((b.unsealer.send(cx).unseal(promised)?, resolver))
            })
            .unwrap();
        bench.run();
        assert_eq!(bench.answer(opened).unwrap_err().class(), Class::Busy, "it waits");
        bench
            .turn(|cx| match with {
                Ok(value) => resolver.fulfill(cx, value),
                Err(why) => resolver.break_(cx, why),
            })
            .unwrap();
        bench.run();
        let answer = bench.answer(opened).map_err(|error| error.to_string());
        assert_eq!(answer, expected.map_err(str::to_owned));
    }
}

#[test]
fn a_name_has_its_limit_and_an_object_its_form() {
    let mut bench = bench();
    assert!(BrandPair::new("x".repeat(limits::NAME_BYTES_MAX)).is_ok());
    let why = BrandPair::new("x".repeat(limits::NAME_BYTES_MAX + 1)).unwrap_err();
    assert_eq!(why.to_string(), "limit: the name of a brand has at most 256 bytes");
    let made = |value: Value| (BrandPair::KIND.construct.unwrap())(value).map(drop);
    assert_eq!(made(Value::from("IOU")), Ok(()));
    assert_eq!(made(Value::from(5)).unwrap_err().class(), Class::BadCall);
    codec::check_round_trip(&OfferTray::default()).unwrap();
    let pair = bench.spawn_apart(BrandPair::new("b").unwrap());
    let parts = bench.outcome(|cx| pair.send(cx).parts()).unwrap();
    let sealed = sealed(&mut bench, parts, Value::from(1));
    bench.look(pair, |pair: &BrandPair| codec::check_round_trip(pair).unwrap()).unwrap();
    bench.look(parts.brand, |tag: &BrandTag| codec::check_round_trip(tag).unwrap()).unwrap();
    bench.look(sealed, |closed: &ClosedBox| codec::check_round_trip(closed).unwrap()).unwrap();
}
