//! A sample of towns: whatever dies, there is as much money as was issued.

use hogshead_sim::money::{Report, run, run_losing};

/// The seeds of the sample.
const SAMPLE: std::ops::Range<u64> = 1..5;

#[test]
fn there_is_always_as_much_money_as_was_issued() {
    let mut all = Report::default();
    for seed in SAMPLE {
        let report = run(seed);
        println!("seed {seed}: {report:?}");
        all.findings.extend(report.findings.into_iter().map(|what| format!("seed {seed}: {what}")));
        all.paid += report.paid;
        all.refused += report.refused;
        all.drawn += report.drawn;
        all.deaths += report.deaths;
        all.counted += report.counted;
    }
    assert!(all.findings.is_empty(), "{:#?}", all.findings);
    // What the sample is good for.
    let met = [all.paid, all.refused, all.drawn, all.deaths, all.counted];
    assert!(met.iter().all(|met| *met >= 5), "{met:?}");
}

#[test]
fn the_same_seed_is_the_same_town() {
    assert_eq!(run(3), run(3));
}

#[test]
fn money_that_is_gone_is_missed() {
    let findings = run_losing(2, 1).findings;
    assert!(
        findings.iter().any(|what| what.ends_with("that were issued are left")),
        "{findings:?}"
    );
}
