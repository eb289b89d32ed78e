//! A sample of the kill trial: `trials kill --times 200` plays it in full.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use std::path::PathBuf;

use hogshead::Engine;
use hogshead_trials::kill::{Plan, play};

async fn sample(engine: Engine, times: u32, seed: u64) {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_trials"));
    let seed = std::env::var("TRIALS_SEED").map_or(seed, |seed| seed.parse().unwrap());
    println!("seed {seed}: set TRIALS_SEED to play another");
    let outcome = play(&Plan { program, times, seed, engine }).await.unwrap();
    println!("{outcome:#?}");
    assert_eq!(outcome.faults, Vec::<String>::new());
    // Somebody must have been at work, or nothing was tried.
    assert_eq!(outcome.kills.iter().sum::<u32>(), times);
    assert!(outcome.told > 0 && outcome.pair > 0 && outcome.local > 0, "{outcome:?}");
    assert!(outcome.remote.1 > 0 && outcome.cut_off > 0, "{outcome:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_under_load_lose_nothing_with_sled() {
    sample(Engine::Sled, 5, 11).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_under_load_lose_nothing_with_redb() {
    sample(Engine::Redb, 3, 12).await;
}
