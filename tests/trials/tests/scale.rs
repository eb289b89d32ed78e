//! Samples of the trials of size: `trials revive` and `trials cold-vats` play them in full.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use std::path::PathBuf;

use hogshead::Engine;
use hogshead_trials::{cold_vats, entries, revive};

async fn revive(objects: u64, engine: Engine) -> revive::Outcome {
    let outcome = revive::play(&revive::Plan { objects, calls: 20, engine }).await.unwrap();
    println!("{objects} objects with {engine}: {outcome:?}");
    assert!(outcome.records > objects, "{outcome:?}");
    outcome
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vat_of_many_objects_wakes_with_the_reads_of_a_small_one() {
    for engine in [Engine::Sled, Engine::Redb] {
        let small = revive(10, engine).await;
        let large = revive(10_000, engine).await;
        assert_eq!(small.warm, large.warm);
        assert_eq!(small.cold, large.cold);
        assert_eq!(small.restarted, large.restarted);
        // The counter works: a cold vat reads its head and the object at the least.
        assert!((2..=REVIVAL_READS_MAX).contains(&large.revival()), "{large:?}");
    }
}

/// The vat, the object with its facet, and what the session knows of both: eight today.
const REVIVAL_READS_MAX: u64 = 8;

async fn cold(vats: u32, calls: usize, engine: Engine) -> cold_vats::Outcome {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_trials"));
    let plan = cold_vats::Plan { vats, calls, engine, seed: 7, program };
    let outcome = cold_vats::play(&plan).await.unwrap();
    println!("{vats} vats with {engine}: {outcome:?}");
    outcome
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_host_holds_does_not_grow_with_cold_vats() {
    for engine in [Engine::Sled, Engine::Redb] {
        let few = cold(20, 20, engine).await;
        let many = cold(300, 20, engine).await;
        // The caller's session and vat zero, whatever sleeps beside it.
        assert_eq!((few.quiet_slots, few.quiet_sessions), (1, 1));
        assert_eq!((many.quiet_slots, many.quiet_sessions), (1, 1));
        assert_eq!(few.host.vats, many.host.vats);
        // The counters count: vats that are called have sessions with vat zero.
        assert!(many.busy_sessions > 1, "{many:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_of_a_collection_larger_than_memory_costs_the_reads_of_one_of_few() {
    for engine in [Engine::Sled, Engine::Redb] {
        let few = entries::play(10, engine).await.unwrap();
        let many = entries::play(25_000, engine).await.unwrap();
        println!("with {engine}: {few:?}, then {many:?}");
        assert_eq!(few.look_up, many.look_up);
        assert!(many.filled.0 > 25_000 && many.filled.1 > 2 << 20, "{many:?}");
        assert_eq!((few.counted.0, many.counted.0), (10, 25_000));
        assert!(many.counted.1 > 2, "one turn may not read them all: {many:?}");
        assert!(many.emptied < 10, "its entries go with the object: {many:?}");
    }
}
