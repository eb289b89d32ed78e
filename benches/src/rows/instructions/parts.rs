//! Which part of the house instructions belong to, by the functions that callgrind names.
//!
//! A function counts for the crate that it is of; what a compiler has inlined counts for the
//! function around it. Nothing is left out, so the parts add up to the whole.

use std::collections::{BTreeMap, HashMap};

/// The parts: what they are called, and what the names of their functions begin with.
const PARTS: &[(&str, &[&str])] = &[
    ("allocation", ALLOCATION),
    ("bytes copied, set and compared", &["__mem", "mem", "bcmp"]),
    ("ordered maps", &["alloc::collections::btree"]),
    ("turns (`vat`)", &["hogshead_vat"]),
    ("sessions, Syrup, durable frames (`captp`)", &["hogshead_captp"]),
    ("values, rows, their bytes (`objects`)", &["hogshead_objects", "ciborium", "serde", "bytes"]),
    ("the host (`src/host`)", &["hogshead::"]),
    ("store and journal (`vat/store`)", &["hogshead_store", "crc32"]),
    ("sled", &["sled"]),
    ("`netlayer`", &["hogshead_netlayer"]),
    ("quinn", &["quinn"]),
    ("cryptography", CRYPTOGRAPHY),
    ("tokio and locks", &["tokio", "parking_lot", "mio", "pthread", "__pthread", "__lll"]),
    ("the objects that are called", &["hogshead_benches"]),
];

const ALLOCATION: &[&str] = &[
    "malloc",
    "free",
    "cfree",
    "calloc",
    "realloc",
    "_int_malloc",
    "_int_free",
    "_int_realloc",
    "unlink_chunk",
    "sysmalloc",
    "__rust_alloc",
    "__rust_dealloc",
    "__rust_realloc",
    "__rdl_",
    "__libc_malloc",
    "__libc_free",
];

const CRYPTOGRAPHY: &[&str] = &[
    "ring",
    "rustls",
    "aws_lc",
    "sha2",
    "chacha20",
    "poly1305",
    "ed25519",
    "curve25519",
    "x25519",
    "aes",
    "_aes",
    "gcm",
    "_gcm",
    "sha256",
    "_sha256",
    "ChaCha20",
    "hkdf",
    "hmac",
    "subtle",
];

/// What is none of these: the standard library and the system's.
const OTHER: &str = "the rest of the standard library and of the system's";

/// Instructions by part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parts(BTreeMap<&'static str, u64>);

impl Parts {
    /// Reads what callgrind has written (its manual, "Callgrind Format Specification").
    pub fn read(profile: &str) -> Self {
        let (mut names, mut parts) = (HashMap::new(), Self::default());
        let (mut part, mut of_a_call) = (OTHER, false);
        for line in profile.lines() {
            if let Some(name) = line.strip_prefix("fn=").or_else(|| line.strip_prefix("cfn=")) {
                let known = part_by(&mut names, name);
                if line.starts_with("fn=") {
                    part = known;
                }
            } else if line.starts_with("calls=") {
                // The next line says what the function that is called takes, which has its own.
                of_a_call = true;
            } else if line
                .starts_with(|first: char| first.is_ascii_digit() || "+-*".contains(first))
            {
                let cost = line.split_ascii_whitespace().nth(1).and_then(|cost| cost.parse().ok());
                if !std::mem::take(&mut of_a_call) {
                    *parts.0.entry(part).or_default() += cost.unwrap_or(0_u64);
                }
            }
        }
        parts
    }

    /// All instructions.
    pub fn sum(&self) -> u64 {
        self.0.values().sum()
    }

    /// What these are more than others, a so-manieth.
    pub fn beyond(&self, others: &Self, times: u64) -> Self {
        let more = |(part, count): (&&'static str, &u64)| {
            let before = others.0.get(part).copied().unwrap_or(0);
            (*part, count.saturating_sub(before) / times)
        };
        Self(self.0.iter().map(more).collect())
    }
}

/// A table of some ways, with a column each.
pub fn table(ways: &[(&str, Parts)]) -> String {
    let mut said = String::from("| where they go |");
    ways.iter().for_each(|(name, _)| said.push_str(&format!(" {name} | |")));
    said.push_str("\n| --- |");
    ways.iter().for_each(|_| said.push_str(" ---: | ---: |"));
    for part in PARTS.iter().map(|(part, _)| *part).chain([OTHER]) {
        let counts = ways.iter().map(|(_, parts)| parts.0.get(part).copied().unwrap_or(0));
        if counts.clone().all(|count| count == 0) {
            continue;
        }
        said.push_str(&format!("\n| {part} |"));
        for (count, (_, all)) in counts.zip(ways) {
            let share = count as f64 / all.sum().max(1) as f64 * 100.0;
            said.push_str(&format!(" {count} | {share:.0} % |"));
        }
    }
    said.push_str("\n| together |");
    ways.iter().for_each(|(_, parts)| said.push_str(&format!(" {} | 100 % |", parts.sum())));
    said
}

/// The part of a function by its name in a profile: `(7) name` at first, `(7)` from then on.
fn part_by(names: &mut HashMap<String, &'static str>, said: &str) -> &'static str {
    let (number, name) = said.split_once(')').unwrap_or((said, ""));
    if !name.is_empty() {
        names.insert(number.to_owned(), part_of(name.trim()));
    }
    names.get(number).copied().unwrap_or(OTHER)
}

fn part_of(name: &str) -> &'static str {
    let begins = |name: &str| {
        let mut parts = PARTS.iter();
        parts
            .find(|(_, heads)| heads.iter().any(|head| name.starts_with(head)))
            .map(|(part, _)| *part)
    };
    // A method of a trait, and a function of the standard library for a type of somebody's.
    let own = name.trim_start_matches(['<', '&', '*', '(', '[']);
    let inner = || {
        let places = own.match_indices("hogshead").map(|(at, _)| &own[at..]);
        places.into_iter().find_map(begins)
    };
    begins(own).or_else(inner).unwrap_or(OTHER)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROFILE: &str = "\
version: 1
events: Ir
fl=(1) a.rs
fn=(1) hogshead_vat::turn::Turn::close
16 20
cfn=(2) malloc
calls=1 50
16 400
+3 5
fn=(2)
51 100
fn=(3) core::ptr::drop_in_place<hogshead_captp::Operation>
7 30
fn=(4) <alloc::collections::btree::map::BTreeMap<K,V> as core::clone::Clone>::clone
* 9
fn=(5) clock_gettime
9 1
totals: 165
";

    #[test]
    fn parts_add_up_to_what_the_profile_says() {
        let parts = Parts::read(PROFILE);
        assert_eq!(parts.sum(), 165);
        let expected = [
            ("allocation", 100),
            ("ordered maps", 9),
            ("sessions, Syrup, durable frames (`captp`)", 30),
            (OTHER, 1),
            ("turns (`vat`)", 25),
        ];
        assert_eq!(parts.0, BTreeMap::from(expected));
        let none = parts.beyond(&parts, 1);
        assert_eq!((none.sum(), parts.beyond(&none, 5).sum()), (0, 32));
        let said = table(&[("an ask", parts)]);
        assert!(said.contains("| allocation | 100 | 61 % |"), "{said}");
        assert!(said.ends_with("| together | 165 | 100 % |"), "{said}");
    }
}
