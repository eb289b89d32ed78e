//! The house rules that a compiler does not know: who may depend on whom, what the pure crates do
//! without, what may come in from outside, and how large a file or a function may be.
//!
//! `docs/architecture.md` says why; each failure here says which line breaks which rule.

#![expect(clippy::unwrap_used, clippy::panic, reason = "what reads the house fails as tests do")]

#[path = "architecture/supply.rs"]
mod supply;
#[path = "architecture/text.rs"]
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Each crate and the crates of this house that it may know, tests included.
const MAY_KNOW: &[(&str, &[&str])] = &[
    // Floor 1.
    ("hogshead-macros", &[]),
    ("hogshead-objects", &["hogshead-macros"]),
    ("hogshead-script", &["hogshead-objects"]),
    // Floor 2: the three rooms do not know each other.
    ("hogshead-vat", &["hogshead-objects"]),
    ("hogshead-store", &["hogshead-objects"]),
    ("hogshead-captp", &["hogshead-objects"]),
    ("hogshead-netlayer", &["hogshead-objects"]),
    // Floor 3, the only place where they meet, and what tries it from outside.
    ("hogshead", EVERYONE),
    ("hogshead-trials", EVERYONE),
    ("hogshead-sim", EVERYONE),
];

const EVERYONE: &[&str] = &[
    "hogshead",
    "hogshead-macros",
    "hogshead-objects",
    "hogshead-script",
    "hogshead-vat",
    "hogshead-store",
    "hogshead-captp",
    "hogshead-netlayer",
];

/// The pure crates, where they lie, and what they are built from. A new dependency of one of them
/// is a decision: it must do no I/O, read no clock, draw no randomness and spawn nothing.
const PURE: &[(&str, &str, &[&str])] = &[
    (
        "hogshead-objects",
        "objects",
        &[
            "bytes",
            "ciborium",
            "data-encoding",
            "ed25519-dalek",
            "hogshead-macros",
            "num-bigint",
            "num-traits",
            "serde",
            "serde_bytes",
            "serde_json",
            "sha2",
            "thiserror",
            "zeroize",
        ],
    ),
    (
        "hogshead-script",
        "objects/script",
        &[
            "blake3",
            "bytes",
            "data-encoding",
            "hogshead-objects",
            "libm",
            "num-bigint",
            "num-traits",
            "oxc_allocator",
            "oxc_ast",
            "oxc_parser",
            "oxc_regular_expression",
            "oxc_span",
            "oxc_syntax",
            "regex-syntax",
            "ryu-js",
            "serde",
            "serde_bytes",
            "thiserror",
            "unicode-normalization",
        ],
    ),
    (
        "hogshead-vat",
        "vat",
        &[
            "bytes",
            "ciborium",
            "hogshead-objects",
            "num-bigint",
            "serde",
            "serde_bytes",
            "sha2",
            "thiserror",
        ],
    ),
    (
        "hogshead-captp",
        "captp",
        &[
            "bytes",
            "ciborium",
            "ed25519-dalek",
            "hogshead-objects",
            "num-bigint",
            "serde",
            "serde_bytes",
            "sha2",
            "thiserror",
            "zeroize",
        ],
    ),
];

/// What must not come into a pure crate by a back door either.
const NOT_BELOW_PURE: &[&str] =
    &["tokio", "mio", "socket2", "rustix", "quinn", "rustls", "sled", "redb", "tempfile", "rand"];

#[test]
fn rooms_know_only_whom_they_may() {
    let house: BTreeMap<_, _> = MAY_KNOW.iter().copied().collect();
    let members = members();
    let found: BTreeSet<&str> = members.iter().map(name).collect();
    let named: BTreeSet<&str> = house.keys().copied().collect();
    assert_eq!(found, named, "a crate came or went: say in MAY_KNOW whom it may know");
    for member in &members {
        let may = house[name(member)];
        for dependency in dependencies(member) {
            let known = name(dependency);
            if !known.starts_with("hogshead") || known == name(member) {
                continue;
            }
            assert!(may.contains(&known), "{} must not know {known}", name(member));
        }
    }
}

#[test]
fn pure_crates_are_built_from_what_was_agreed() {
    let members = members();
    for (crate_name, _, agreed) in PURE {
        let member = members.iter().find(|member| name(member) == *crate_name).unwrap();
        for dependency in dependencies(member) {
            // Tests may use more.
            if dependency["kind"].as_str() == Some("dev") {
                continue;
            }
            let used = name(dependency);
            assert!(agreed.contains(&used), "{crate_name} is pure: {used} was not agreed on");
        }
    }
}

#[test]
fn nothing_below_pure_crates_does_io() {
    let metadata = whole_metadata();
    for (crate_name, ..) in PURE {
        let below = supply::below(&metadata, crate_name);
        assert!(below.contains("bytes"), "{crate_name}: the graph was read wrongly: {below:?}");
        for refused in NOT_BELOW_PURE {
            assert!(!below.contains(*refused), "{crate_name} is pure, yet {refused} is below it");
        }
    }
}

#[test]
fn pure_crates_speak_of_no_io_clock_entropy_or_threads() {
    let unspeakable = [
        "std::fs",
        "std::net",
        "std::io",
        "std::env",
        "std::process",
        "std::thread",
        "Instant",
        "SystemTime",
        "UNIX_EPOCH",
        "tokio",
        "getrandom",
        "OsRng",
        "thread_rng",
        "println!",
        "eprintln!",
    ];
    for (_, folder, _) in PURE {
        let sources = text::rust_files(&root().join(folder).join("src"));
        assert!(sources.len() > 10, "{folder}: where are its sources?");
        for file in sources {
            // vat/src is pure; vat/store lies beside it.
            for (line, code) in file.code_lines() {
                for word in unspeakable {
                    assert!(!code.contains(word), "{}:{line} speaks of {word}", file.path);
                }
                for map in ["HashMap<", "HashSet<"] {
                    assert!(
                        !code.contains(map) || code.contains("BuildHasherDefault"),
                        "{}:{line}: the order of this map is random; take a BTree, or a fixed \
                         hasher and lookups only",
                        file.path
                    );
                }
            }
        }
    }
}

#[test]
fn the_command_line_uses_the_facade_as_any_program_does() {
    let sources = text::rust_files(&root().join("src/cli"));
    assert!(sources.len() > 10, "where is the command line?");
    for file in sources {
        for (line, code) in file.code_lines() {
            for room in ["hogshead_vat", "hogshead_captp", "hogshead_netlayer"] {
                assert!(!code.contains(room), "{}:{line} reaches past the facade", file.path);
            }
        }
    }
}

/// What is shipped has no place for the faults that tests put in: nobody's dependency turns them on
/// but those of tests, nor is any crate's default feature one that does.
#[test]
fn only_tests_put_faults_in() {
    let faults = |value: &Value| value.as_str().is_some_and(|name| name.contains("mutations"));
    let mut by_tests = 0;
    for member in members() {
        for dependency in dependencies(&member) {
            let on = dependency["features"].as_array().unwrap().iter().any(faults);
            let is_of_tests = dependency["kind"].as_str() == Some("dev");
            assert!(!on || is_of_tests, "{} puts faults into what is shipped", name(&member));
            by_tests += usize::from(on);
        }
        let features = member["features"].as_object().unwrap();
        let default = features.get("default").and_then(Value::as_array);
        assert!(!default.is_some_and(|on| on.iter().any(faults)), "{}", name(&member));
        if name(&member) == "hogshead" {
            assert!(!features.values().flat_map(|on| on.as_array().unwrap()).any(faults));
        }
    }
    assert_eq!(by_tests, 1, "the simulation's tests do");
}

#[test]
fn every_crate_forbids_unsafe_code_and_takes_the_lints_of_the_house() {
    let house = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(house.contains("unsafe_code = \"forbid\""));
    for member in members() {
        let manifest = std::fs::read_to_string(member["manifest_path"].as_str().unwrap()).unwrap();
        assert!(
            manifest.contains("[lints]\nworkspace = true"),
            "{} does not take the workspace's lints",
            name(&member)
        );
    }
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn name(thing: &Value) -> &str {
    thing["name"].as_str().unwrap()
}

fn dependencies(member: &Value) -> &[Value] {
    member["dependencies"].as_array().unwrap()
}

fn members() -> Vec<Value> {
    let mut metadata = cargo_metadata(&["--no-deps", "--offline"]);
    match metadata["packages"].take() {
        Value::Array(members) => members,
        other => panic!("packages are {other}"),
    }
}

/// The packages that are built on this machine, with who needs whom. Needs what the build of this
/// test has fetched, and no more.
pub(crate) fn whole_metadata() -> Value {
    let version = Command::new(env!("CARGO")).arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    cargo_metadata(&["--filter-platform", host])
}

fn cargo_metadata(arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1"])
        .args(arguments)
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}
