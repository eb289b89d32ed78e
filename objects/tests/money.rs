//! Brands, and what is built with them: money and its exchange, on the bench.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod money {
    mod brand;
    mod exchange;
    mod matching;
    mod purses;

    use hogshead_objects::stock;
    use hogshead_objects::testing::Bench;

    pub fn bench() -> Bench {
        let mut bench = Bench::new().evicting();
        stock::register(bench.registry()).unwrap();
        bench
    }
}
