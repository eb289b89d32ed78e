//! The stock objects of coordination on the bench, evicted after every turn.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod coordination {
    mod joiner;
    mod mailbox;
    mod pubsub;
    mod queue;
    mod ticker;
}

use hogshead_objects::testing::Bench;
use hogshead_objects::{Context, Promise, Result, stock};

fn bench() -> Bench {
    let mut bench = Bench::new().evicting();
    stock::register(bench.registry()).expect("registers");
    bench
}

/// Sends, runs everything, and gives the answer.
fn outcome<T: serde::de::DeserializeOwned>(
    bench: &mut Bench,
    send: impl FnOnce(&mut Context<'_>) -> Result<Promise<T>>,
) -> Result<T> {
    let promise = bench.turn(send)?;
    bench.run();
    bench.answer(promise)
}
