//! A sample of the trial of three hosts: `trials three-hosts --kills 1000` plays it in full.

use std::path::PathBuf;

use hogshead_trials::three_hosts::{Plan, play};

#[tokio::test(flavor = "multi_thread")]
async fn three_hosts_killed_under_load_apply_every_message_once_and_in_order() {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_trials"));
    let seed = std::env::var("TRIALS_SEED").map_or(21, |seed| seed.parse().unwrap());
    println!("seed {seed}: set TRIALS_SEED to play another");
    let plan = Plan { program, kills: KILLS, seed, compare_every: 4, plain: false };
    let outcome = play(&plan).await.unwrap();
    println!("{outcome:#?}");
    assert_eq!(outcome.faults, Vec::<String>::new());
    // Somebody must have been at work in every way, or nothing was tried.
    assert_eq!(outcome.kills.iter().sum::<u32>(), KILLS);
    assert!(outcome.comparisons > 1, "{}", outcome.comparisons);
    let kinds = outcome.ledgers.iter().map(|ledger| ledger.kinds).collect::<Vec<_>>();
    assert!(kinds.iter().any(|kinds| kinds.bursts > 0), "{kinds:?}");
    assert!(kinds.iter().any(|kinds| kinds.pipelined > 0), "{kinds:?}");
    assert!(kinds.iter().any(|kinds| kinds.forwarded > 0), "{kinds:?}");
    assert!(kinds.iter().any(|kinds| kinds.handed > 0), "{kinds:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn over_sessions_that_end_with_their_connections_the_same_trial_finds_what_is_lost() {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_trials"));
    let plan = Plan { program, kills: 4, seed: 22, compare_every: 4, plain: true };
    let outcome = play(&plan).await.unwrap();
    println!("{outcome:#?}");
    assert!(!outcome.faults.is_empty(), "nothing was lost, so the trial would see no loss");
}

const KILLS: u32 = 8;
