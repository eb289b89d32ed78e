//! A sample of the seeds, and that a seed decides everything.

use hogshead_sim::run;

/// The seeds of the sample.
const SAMPLE: std::ops::Range<u64> = 1..13;

#[test]
fn no_seed_of_the_sample_shows_anything_that_must_not_be() {
    let mut faults = 0;
    for seed in SAMPLE {
        let outcome = run(seed);
        println!("seed {seed}: {}", outcome.coverage);
        for finding in &outcome.findings {
            println!("  {finding}");
            faults += 1;
        }
    }
    assert_eq!(faults, 0, "see above; `sim --from SEED --seeds 1 --trace` shows what happens");
}

#[test]
fn the_same_seed_is_the_same_world_and_another_is_another() {
    let (one, again, other) = (run(3), run(3), run(4));
    for (line, (one, again)) in one.trace.iter().zip(&again.trace).enumerate() {
        assert_eq!(one, again, "line {line}");
    }
    assert_eq!(one, again);
    assert_ne!(one.trace, other.trace);
}
