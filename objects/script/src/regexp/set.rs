//! Sets of code points (or code units), and those that ECMA-262 names.

use regex_syntax::hir::{Class, HirKind};

/// The last code unit: the largest character without the flag `u`.
pub(crate) const LAST_UNIT: u32 = 0xFFFF;

/// The last code point: the largest character with the flag `u`.
pub(crate) const LAST_POINT: u32 = 0x10_FFFF;

/// A set of characters: ascending ranges, both ends inside, none touching the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CharSet {
    ranges: Vec<(u32, u32)>,
}

impl CharSet {
    /// The set of these ranges, in any order.
    pub(crate) fn new(mut ranges: Vec<(u32, u32)>) -> CharSet {
        ranges.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (low, high) in ranges {
            match joined.last_mut() {
                Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
                _ => joined.push((low, high)),
            }
        }
        CharSet { ranges: joined }
    }

    /// The ranges, ascending.
    pub(crate) fn ranges(&self) -> &[(u32, u32)] {
        &self.ranges
    }

    /// The one character that the set holds, if it holds one.
    pub(crate) fn single(&self) -> Option<u32> {
        match self.ranges[..] {
            [(low, high)] if low == high => Some(low),
            _ => None,
        }
    }

    /// Whether `c` is in the set.
    pub(crate) fn contains(&self, c: u32) -> bool {
        self.ranges
            .binary_search_by(|&(low, high)| {
                if high < c {
                    std::cmp::Ordering::Less
                } else if low > c {
                    std::cmp::Ordering::Greater
                } else {
                    std::cmp::Ordering::Equal
                }
            })
            .is_ok()
    }

    /// All characters up to `last` that are not in the set.
    pub(crate) fn complement(&self, last: u32) -> CharSet {
        let mut ranges = Vec::with_capacity(self.ranges.len() + 1);
        let mut next = 0;
        for &(low, high) in &self.ranges {
            if low > next {
                ranges.push((next, low - 1));
            }
            next = high.saturating_add(1);
        }
        if next <= last {
            ranges.push((next, last));
        }
        CharSet { ranges }
    }

    /// Everything in either set.
    pub(crate) fn union(&self, other: &CharSet) -> CharSet {
        CharSet::new([&self.ranges[..], &other.ranges[..]].concat())
    }
}

/// `\d`: CharacterClassEscape :: d.
pub(crate) fn digits() -> CharSet {
    CharSet::new(vec![(0x30, 0x39)])
}

/// `\w`: WordCharacters. With the flags `u` and `i` also what folds to a letter of ASCII: the long
/// s and the Kelvin sign.
pub(crate) fn word(folded: bool) -> CharSet {
    let mut ranges = vec![(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)];
    if folded {
        ranges.extend([(0x17F, 0x17F), (0x212A, 0x212A)]);
    }
    CharSet::new(ranges)
}

/// `\s`: WhiteSpace and LineTerminator.
pub(crate) fn space() -> CharSet {
    CharSet::new(vec![
        (0x09, 0x0D),
        (0x20, 0x20),
        (0xA0, 0xA0),
        (0x1680, 0x1680),
        (0x2000, 0x200A),
        (0x2028, 0x2029),
        (0x202F, 0x202F),
        (0x205F, 0x205F),
        (0x3000, 0x3000),
        (0xFEFF, 0xFEFF),
    ])
}

/// LineTerminator, which `.` does not match and `^` and `$` look for with the flag `m`.
pub(crate) fn line_terminators() -> CharSet {
    CharSet::new(vec![(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)])
}

/// Whether a code unit is a LineTerminator.
pub(crate) fn is_line_terminator(unit: u16) -> bool {
    matches!(unit, 0x0A | 0x0D | 0x2028 | 0x2029)
}

/// Whether a code unit is in [`word`].
pub(crate) fn is_word(unit: u16, folded: bool) -> bool {
    matches!(unit, 0x30..=0x39 | 0x41..=0x5A | 0x5F | 0x61..=0x7A)
        || (folded && matches!(unit, 0x17F | 0x212A))
}

/// `\p{…}`: the code points that have a Unicode property, or `None` for one that is out: we have no
/// table of it, or each version of Unicode changes it for characters that were there before. The
/// name is one that ECMA-262 lists; the parser has checked it.
pub(crate) fn property(name: &str, value: Option<&str>) -> Option<CharSet> {
    let surrogates = CharSet::new(vec![(0xD800, 0xDFFF)]);
    let query = match (name, value) {
        ("Any", None) => return Some(CharSet::new(vec![(0, LAST_POINT)])),
        ("ASCII", None) => return Some(CharSet::new(vec![(0, 0x7F)])),
        ("Assigned", None) => {
            return property("gc", Some("Cn")).map(|unassigned| unassigned.complement(LAST_POINT));
        }
        ("Cs" | "Surrogate", None) => return Some(surrogates),
        ("General_Category" | "gc", Some("Cs" | "Surrogate")) => return Some(surrogates),
        ("Script_Extensions" | "scx", _) => return None,
        ("Extended_Pictographic" | "ExtPict" | "Diacritic" | "Dia", None) => return None,
        (name, None) => format!(r"\p{{{name}}}"),
        (name, Some(value)) => format!(r"\p{{{name}={value}}}"),
    };
    let parsed = regex_syntax::parse(&query).ok()?;
    let ranges = match parsed.into_kind() {
        HirKind::Class(Class::Unicode(class)) => {
            class.ranges().iter().map(|r| (u32::from(r.start()), u32::from(r.end()))).collect()
        }
        // A property of one character.
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0)
            .ok()?
            .chars()
            .map(|c| (u32::from(c), u32::from(c)))
            .collect(),
        _ => return None,
    };
    let set = CharSet::new(ranges);
    // The library's characters are scalar values; category C is the one other that has surrogates.
    let category = match (name, value) {
        ("General_Category" | "gc", Some(value)) => value,
        (name, None) => name,
        _ => "",
    };
    Some(if matches!(category, "C" | "Other") { set.union(&surrogates) } else { set })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::regexp::fold;

    /// What Node 20 has recorded of its tables (`tests/regexp/tables.mjs`).
    fn recorded() -> Value {
        let recorded = include_str!("../../tests/regexp/recorded.json");
        serde_json::from_str::<Value>(recorded).unwrap()["tables"].take()
    }

    fn numbers(value: &Value) -> Vec<u32> {
        value.as_array().unwrap().iter().map(|n| n.as_u64().unwrap() as u32).collect()
    }

    /// FNV-1a over three bytes of each number.
    fn hash(numbers: impl IntoIterator<Item = u32>) -> u32 {
        numbers
            .into_iter()
            .flat_map(|n| n.to_le_bytes().into_iter().take(3))
            .fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    }

    /// Characters that Unicode has got or changed since the version of our tables.
    fn newer(recorded: &Value) -> CharSet {
        CharSet::new(numbers(&recorded["newer"]).chunks(2).map(|r| (r[0], r[1])).collect())
    }

    #[test]
    fn properties_are_those_of_node() {
        let recorded = recorded();
        let newer = newer(&recorded);
        let properties = recorded["properties"].as_array().unwrap();
        assert!(properties.len() > 250, "{}", properties.len());
        for entry in properties {
            let name = entry[0].as_str().unwrap();
            let (key, value) = name.split_once('=').map_or((name, None), |(k, v)| (k, Some(v)));
            let set = property(key, value).unwrap_or_else(|| panic!("no table of {name}"));
            let ranges = set.union(&newer);
            let hash = hash(ranges.ranges().iter().flat_map(|&(low, high)| [low, high]));
            assert_eq!(Some(u64::from(hash)), entry[1].as_u64(), "{name}");
        }
    }

    #[test]
    fn the_same_characters_are_the_same_regardless_of_case_as_in_node() {
        let recorded = recorded();
        let newer = newer(&recorded);
        for (key, unicode) in [("sameUpperCase", false), ("sameFolding", true)] {
            let groups: Vec<Vec<u32>> = fold::groups(unicode)
                .iter()
                .filter(|group| !group.iter().any(|&c| newer.contains(c)))
                .cloned()
                .collect();
            let flat = groups
                .iter()
                .flat_map(|group| [group.len() as u32].into_iter().chain(group.iter().copied()));
            let ours = [groups.len() as u32, hash(flat)];
            assert_eq!(numbers(&recorded[key]), ours, "{key}");
        }
    }
}
