//! What comes in from outside: licences and bans, as `deny.toml` says.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{name, root, whole_metadata};

/// Unmaintained crates that we live with, and who alone may bring them. `deny.toml` says why.
const UNMAINTAINED: &[(&str, &str, &[&str])] = &[
    ("RUSTSEC-2025-0057", "fxhash", &["sled"]),
    ("RUSTSEC-2024-0384", "instant", &["parking_lot", "parking_lot_core"]),
];

#[test]
fn licences_are_ones_we_allow() {
    let policy = policy();
    let allowed = quoted_after(&policy, "allow = [");
    assert!(allowed.contains(&"MIT".to_owned()), "deny.toml was read wrongly: {allowed:?}");
    for package in packages(&whole_metadata()) {
        let Some(licence) = package["license"].as_str() else {
            panic!("{} names no licence", name(package));
        };
        assert!(permits(licence, &allowed), "{}: {licence}", name(package));
    }
}

#[test]
fn no_banned_version_is_in_the_lock_file() {
    let bans = quoted_after(&policy(), "deny = [");
    let bans: Vec<_> = bans
        .iter()
        .filter(|text| !text.contains(' '))
        .map(|ban| match ban.split_once(":<") {
            Some((name, version)) => (name, Some(version_of(version))),
            None => (ban.as_str(), None),
        })
        .collect();
    assert!(bans.iter().any(|(name, _)| *name == "quinn-proto"), "{bans:?}");
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let mut seen = 0;
    for package in lock.split("[[package]]").skip(1) {
        let field = |key: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(key));
            line.map(|value| value.trim_matches('"')).unwrap()
        };
        let (name, version) = (field("name = "), field("version = "));
        for (banned, below) in &bans {
            if name != *banned {
                continue;
            }
            seen += 1;
            let fine = below.is_some_and(|below| version_of(version) >= below);
            assert!(fine, "{name} {version} is banned by deny.toml");
        }
    }
    assert!(seen >= 2, "quinn-proto and crossbeam-epoch are in the lock file");
}

#[test]
fn unmaintained_crates_come_by_the_known_door_only() {
    let policy = policy();
    let metadata = whole_metadata();
    let names = names(&metadata);
    for (advisory, unmaintained, doors) in UNMAINTAINED {
        assert!(policy.contains(advisory), "deny.toml does not name {advisory}");
        for node in metadata["resolve"]["nodes"].as_array().unwrap() {
            let uses = needs(node).any(|id| names[id] == *unmaintained);
            let user = names[node["id"].as_str().unwrap()];
            assert!(!uses || doors.contains(&user), "{user} uses {unmaintained}");
        }
    }
}

/// The names of all packages that a crate is built from.
pub fn below<'m>(metadata: &'m Value, crate_name: &str) -> BTreeSet<&'m str> {
    let names = names(metadata);
    let nodes: BTreeMap<&str, &Value> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| (node["id"].as_str().unwrap(), node))
        .collect();
    let mut found = BTreeSet::new();
    let mut ahead: Vec<&str> =
        names.iter().filter(|(_, name)| **name == crate_name).map(|(id, _)| *id).collect();
    while let Some(id) = ahead.pop() {
        for below in needs(nodes[id]) {
            if found.insert(below) {
                ahead.push(below);
            }
        }
    }
    found.into_iter().map(|id| names[id]).collect()
}

/// What a node needs to be built; what only its tests need is left out.
fn needs(node: &Value) -> impl Iterator<Item = &str> {
    node["deps"].as_array().unwrap().iter().filter_map(|dependency| {
        let kinds = dependency["dep_kinds"].as_array().unwrap();
        let built = kinds.iter().any(|kind| kind["kind"].as_str() != Some("dev"));
        built.then(|| dependency["pkg"].as_str().unwrap())
    })
}

fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    let built: BTreeSet<&str> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["id"].as_str().unwrap())
        .collect();
    let all = metadata["packages"].as_array().unwrap().iter();
    all.filter(move |package| built.contains(package["id"].as_str().unwrap()))
}

fn names(metadata: &Value) -> BTreeMap<&str, &str> {
    let all = metadata["packages"].as_array().unwrap();
    all.iter().map(|package| (package["id"].as_str().unwrap(), name(package))).collect()
}

fn policy() -> String {
    std::fs::read_to_string(root().join("deny.toml")).unwrap()
}

/// The strings between `start` and the line that closes its list.
fn quoted_after(policy: &str, start: &str) -> Vec<String> {
    let list = policy.split_once(start).unwrap().1.split_once("\n]").unwrap().0;
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn version_of(text: &str) -> [u64; 3] {
    let plain = text.split(['-', '+']).next().unwrap();
    let parts: Vec<u64> = plain.split('.').map(|part| part.parse().unwrap()).collect();
    parts.try_into().unwrap()
}

/// Whether an SPDX expression can be met with the allowed licences. `OR` binds less than `AND`.
fn permits(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let met = any_of(&words, &mut at, allowed);
    assert_eq!(at, words.len(), "the licence {expression} could not be read");
    met
}

fn any_of(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut met = all_of(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= all_of(words, at, allowed);
    }
    met
}

fn all_of(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut met = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(words, at, allowed);
    }
    met
}

fn one(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let word = words[*at];
    *at += 1;
    if word == "(" {
        let met = any_of(words, at, allowed);
        *at += 1;
        return met;
    }
    if words.get(*at) == Some(&"WITH") {
        let exception = words.get(*at + 1).copied().unwrap_or_default();
        *at += 2;
        return allowed.contains(&format!("{word} WITH {exception}"));
    }
    allowed.iter().any(|licence| licence == word)
}

#[test]
fn licence_expressions_are_read_as_spdx_says() {
    let allowed = ["MIT".to_owned(), "ISC".to_owned(), "Unicode-3.0".to_owned()];
    for (expression, permitted) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("MIT OR GPL-3.0", true),
        ("MIT/Apache-2.0", true),
        ("ISC AND GPL-3.0", false),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("(GPL-3.0 OR Apache-2.0) AND Unicode-3.0", false),
        ("Apache-2.0 WITH LLVM-exception OR MIT", true),
        ("MIT WITH LLVM-exception", false),
        ("GPL-3.0 AND MIT OR ISC", true),
    ] {
        assert_eq!(permits(expression, &allowed), permitted, "{expression}");
    }
}
