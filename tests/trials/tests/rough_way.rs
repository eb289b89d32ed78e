//! A sample of the trial of a rough way: `trials rough-way` plays it in full.

use std::path::PathBuf;
use std::time::Duration;

use hogshead_trials::players::ledger;
use hogshead_trials::relay::weather::Weather;
use hogshead_trials::rough_way::{Plan, play};

#[tokio::test(flavor = "multi_thread")]
async fn messages_over_a_way_that_loses_reorders_moves_and_breaks_are_applied_once_and_in_order() {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_trials"));
    let seed = std::env::var("TRIALS_SEED").map_or(31, |seed| seed.parse().unwrap());
    println!("seed {seed}: set TRIALS_SEED to play another");
    // 200 ms there and back: the command doubles that.
    let weather = Weather { loss: 300, delay_ms: 100, jitter_ms: 50, doubled: 50 };
    let plan = Plan {
        program,
        seed,
        rounds: 1,
        cut: Duration::from_secs(1),
        plays: 2,
        play: Duration::from_secs(1),
        weather,
        meet_in_calm: true,
        namespaces: None,
    };
    let outcome = play(&plan).await.unwrap();
    println!("{outcome:#?}");
    // That the relay lost, delayed, reordered, moved and cut off is among what may be wrong.
    assert_eq!(outcome.faults, Vec::<String>::new());
    assert!(ledger::messages(&outcome.ledgers) > 10);
}
