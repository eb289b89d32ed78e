//! Interfaces stand wherever traits do, as private as those, and beside names of any kind.

use hogshead_objects::testing::Bench;

mod shop {
    use hogshead_objects::{Context, Result, interface, object};
    use serde::{Deserialize, Serialize};

    #[derive(Serialize, Deserialize, PartialEq, Debug)]
    pub(super) struct Receipt(pub(super) u64);

    #[interface]
    pub(super) trait Till {
        fn pay(&mut self, cx: &mut Context<'_>, amount: u64) -> Result<Receipt>;
    }

    #[derive(Serialize, Deserialize)]
    pub(super) struct Drawer;

    #[object(name = "drawer")]
    impl Till for Drawer {
        fn pay(&mut self, cx: &mut Context<'_>, amount: u64) -> Result<Receipt> {
            let secret = cx.spawn(Safe)?;
            secret.near(cx).lock(Combination(7))?;
            Ok(Receipt(amount))
        }
    }

    #[derive(Serialize, Deserialize)]
    struct Combination(u8);

    #[interface]
    trait Lock {
        fn lock(&mut self, cx: &mut Context<'_>, combination: Combination) -> Result<u8>;
    }

    #[derive(Serialize, Deserialize)]
    struct Safe;

    #[object(name = "safe")]
    impl Lock for Safe {
        fn lock(&mut self, _cx: &mut Context<'_>, combination: Combination) -> Result<u8> {
            Ok(combination.0)
        }
    }
}

#[test]
fn an_interface_is_as_private_as_its_trait_and_types() {
    let mut bench = Bench::new();
    let receipt = bench.turn(|cx| cx.spawn(shop::Drawer)?.near(cx).pay(5));
    assert_eq!(receipt, Ok(shop::Receipt(5)));
}

#[test]
fn an_interface_within_a_function_may_use_any_names() {
    // None of these may stand in the way of what the macros write.
    type Error = hogshead_objects::Error;
    type Outcome<T> = std::result::Result<T, Error>;

    #[derive(serde::Serialize, serde::Deserialize)]
    struct Option(u64);

    #[hogshead_objects::interface]
    trait Odd {
        fn near(
            &self,
            cx: &mut hogshead_objects::Context<'_>,
            turn: Option,
            target: u64,
            call: u64,
        ) -> std::result::Result<u64, Error>;

        fn dispatch(
            &self,
            cx: &mut hogshead_objects::Context<'_>,
            message: String,
            answer: String,
        ) -> std::result::Result<String, Error>;
    }

    #[derive(serde::Serialize, serde::Deserialize)]
    struct Thing;

    #[hogshead_objects::object(name = "odd")]
    impl Odd for Thing {
        fn near(
            &self,
            _cx: &mut hogshead_objects::Context<'_>,
            turn: Option,
            target: u64,
            call: u64,
        ) -> Outcome<u64> {
            Ok(turn.0 + target + call)
        }

        fn dispatch(
            &self,
            _cx: &mut hogshead_objects::Context<'_>,
            message: String,
            answer: String,
        ) -> Outcome<String> {
            Ok(message + &answer)
        }
    }

    let mut bench = Bench::new();
    let (near, sent, text) = bench
        .turn(|cx| {
            let thing = cx.spawn(Thing)?;
            let near = thing.near(cx).near(Option(1), 2, 3)?;
            let sent = thing.send(cx).near(Option(4), 5, 6)?;
            Ok((near, sent, thing.send(cx).dispatch("a".into(), "b".into())?))
        })
        .expect("runs");
    bench.run();
    assert_eq!(near, 6);
    assert_eq!(bench.answer(sent), Ok(15));
    assert_eq!(bench.answer(text), Ok("ab".to_owned()));
}
