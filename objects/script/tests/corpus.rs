//! Programs of the language, one thing each, with what Node prints for them.
//!
//! `tests/corpus/<feature>/<name>.js` is a program, `<name>.out` what Node 20 printed, recorded by
//! `tests/node/record.mjs`. `.ci/interop node` compares live with the Node at hand.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says by panicking what went wrong, and reads and writes files of its own"
)]

mod support;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use hogshead_script::front;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// Runs every program of a feature, and lists all that print something else than in Node.
fn check(feature: &str) {
    let programs = support::programs(&corpus().join(feature));
    assert!(!programs.is_empty(), "no program of {feature}");
    let mut different = Vec::new();
    for path in &programs {
        let text = fs::read_to_string(path).unwrap();
        let node = fs::read_to_string(path.with_extension("out")).unwrap();
        let found = support::run(&text);
        if let Some(why) = found.map_or_else(Some, |lines| support::difference(&lines, &node)) {
            let name = path.file_stem().unwrap().to_string_lossy();
            different.push(format!("{feature}/{name}: {why}"));
        }
    }
    let (count, all) = (different.len(), programs.len());
    assert!(different.is_empty(), "{count} of {all} differ:\n{}", different.join("\n"));
}

/// Runs every program of a feature once as it is, and once stopped again and again, each time
/// written as bytes and loaded from them: what it prints and its last state are the same.
fn reload(feature: &str) {
    let programs = support::programs(&corpus().join(feature));
    let (mut different, mut stops) = (Vec::new(), 0);
    for path in &programs {
        let text = fs::read_to_string(path).unwrap();
        let why = match support::reload(&text, 30) {
            Ok(count) => {
                stops += count;
                continue;
            }
            Err(why) => why,
        };
        let name = path.file_stem().unwrap().to_string_lossy();
        different.push(format!("{feature}/{name}: {why}"));
    }
    assert!(stops > programs.len(), "{stops} stops in {} programs", programs.len());
    let (count, all) = (different.len(), programs.len());
    assert!(different.is_empty(), "{count} of {all} differ:\n{}", different.join("\n"));
}

/// Two tests for each folder of the corpus, and one that none is missing.
macro_rules! features {
    ($($feature:ident)*) => {
        $(
            #[test]
            fn $feature() {
                check(stringify!($feature));
            }
        )*

        mod reloaded {
            $(
                #[test]
                fn $feature() {
                    super::reload(stringify!($feature));
                }
            )*
        }

        #[test]
        fn every_folder_has_its_test() {
            let tested = BTreeSet::from([$(stringify!($feature).to_owned()),*]);
            let folders = fs::read_dir(corpus()).unwrap();
            let found = folders.map(|entry| entry.unwrap().file_name().into_string().unwrap());
            assert_eq!(found.collect::<BTreeSet<_>>(), tested);
        }
    };
}

features! {
    arrays bigint bindings coercion collections control destructuring exceptions far freeze functions
    jobs json main math numbers objects optional page programs regexp sort spread strings templates uri
}

#[test]
fn every_program_is_of_the_language() {
    let mut refused = Vec::new();
    let all = support::programs(&corpus());
    assert!(all.len() >= 420, "{} programs", all.len());
    for path in all {
        let text = fs::read_to_string(&path).unwrap();
        for why in front::check(&text) {
            refused.push(format!("{}: {why}", path.strip_prefix(corpus()).unwrap().display()));
        }
    }
    assert!(refused.is_empty(), "{} refusals:\n{}", refused.len(), refused.join("\n"));
}
