//! Programs made at random from a grammar, with what Node printed for them.
//!
//! Those in `tests/generated` are of seed 2026, made by `examples/generate` and recorded by
//! `tests/node/record.mjs`; `<seed>-<number>.js` is made again by `--seed <seed> --only <number>`.
//! `.ci/interop node` makes others and compares live.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says by panicking what went wrong, and reads and writes files of its own"
)]

mod support;

use std::{fs, path::Path};

/// Checks programs `from` to `from + 50`, and lists those that `wrong` finds something about.
fn check(from: usize, wrong: impl Fn(&str, &str) -> Option<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/generated");
    let programs = support::programs(&folder);
    assert_eq!(programs.len(), 200);
    let mut different = Vec::new();
    for path in &programs[from..from + 50] {
        let text = fs::read_to_string(path).unwrap();
        let node = fs::read_to_string(path.with_extension("out")).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy();
        different.extend(wrong(&text, &node).map(|why| format!("{name}: {why}")));
    }
    assert!(different.is_empty(), "{} differ:\n{}", different.len(), different.join("\n"));
}

fn prints_as_in_node(from: usize) {
    check(from, |text, node| match support::run(text) {
        Ok(lines) => support::difference(&lines, node),
        Err(why) => Some(why),
    });
}

fn goes_on_from_its_bytes(from: usize) {
    check(from, |text, _| support::reload(text, 20).err());
}

macro_rules! parts {
    ($($name:ident $from:literal)*) => {
        mod prints {
            $(
                #[test]
                fn $name() {
                    super::prints_as_in_node($from);
                }
            )*
        }

        mod reloaded {
            $(
                #[test]
                fn $name() {
                    super::goes_on_from_its_bytes($from);
                }
            )*
        }
    };
}

parts! { first 0 second 50 third 100 fourth 150 }
