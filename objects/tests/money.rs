//! Brands, and what is built with them: money and its exchange, on the bench.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod money {
    mod brand;
    mod exchange;
    mod matching;
    mod purses;

    use hogshead_objects::testing::Bench;
    use hogshead_objects::{Context, Promise, Result, stock};

    pub fn bench() -> Bench {
        let mut bench = Bench::new().evicting();
        stock::register(bench.registry()).unwrap();
        bench
    }

    /// What becomes of a message.
    pub fn outcome<T: serde::de::DeserializeOwned>(
        bench: &mut Bench,
        send: impl FnOnce(&mut Context<'_>) -> Result<Promise<T>>,
    ) -> Result<T> {
        let promise = bench.turn(send)?;
        bench.run();
        bench.answer(promise)
    }
}
