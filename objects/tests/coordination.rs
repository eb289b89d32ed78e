//! The stock objects of coordination on the bench, evicted after every turn.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod coordination {
    mod joiner;
    mod mailbox;
    mod pubsub;
    mod queue;
    mod ticker;
}

use hogshead_objects::stock;
use hogshead_objects::testing::Bench;

fn bench() -> Bench {
    let mut bench = Bench::new().evicting();
    stock::register(bench.registry()).expect("registers");
    bench
}
