//! Which characters are the same when the flag `i` is set: Canonicalize of ECMA-262.
//!
//! A set that is matched regardless of case becomes the set of all characters that are the same as
//! one of its own, once, when the pattern is compiled: matching then knows of no case.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

use super::set::{CharSet, property};

/// Characters that are the same as others.
struct Groups {
    /// Each of two or more. Some 1,400.
    groups: Vec<Vec<u32>>,
    /// Every character of a group with the group's index, ascending.
    members: Vec<(u32, usize)>,
}

impl Groups {
    fn new(groups: impl IntoIterator<Item = Vec<u32>>) -> Groups {
        let groups: Vec<Vec<u32>> = groups.into_iter().filter(|group| group.len() > 1).collect();
        let mut members: Vec<(u32, usize)> = groups
            .iter()
            .enumerate()
            .flat_map(|(index, group)| group.iter().map(move |&c| (c, index)))
            .collect();
        members.sort_unstable();
        Groups { groups, members }
    }
}

/// Without the flag `u`: the same when they have the same upper case.
static BY_UPPER_CASE: LazyLock<Groups> = LazyLock::new(by_upper_case);

/// With the flag `u`: the same when Unicode's simple case folding is.
static BY_FOLDING: LazyLock<Groups> = LazyLock::new(by_folding);

/// Everything that is the same as a character of `set`, and how many characters had to be looked
/// at.
pub(crate) fn close(set: &CharSet, unicode: bool) -> (CharSet, usize) {
    let Groups { groups, members } = if unicode { &*BY_FOLDING } else { &*BY_UPPER_CASE };
    let (mut more, mut looked) = (Vec::new(), 0);
    for &(low, high) in set.ranges() {
        let first = members.partition_point(|&(c, _)| c < low);
        for &(_, index) in members.iter().skip(first).take_while(|&&(c, _)| c <= high) {
            looked += 1;
            more.extend(groups[index].iter().filter(|&&c| !set.contains(c)).map(|&c| (c, c)));
        }
    }
    let closed = if more.is_empty() { set.clone() } else { set.union(&CharSet::new(more)) };
    (closed, looked)
}

/// Canonicalize (ECMA-262, 22.2.2.7.3), without HasEitherUnicodeFlag: the code unit's upper case,
/// if that is one code unit, and not one of ASCII for one that is not.
fn canonicalize(unit: u32) -> u32 {
    let Some(c) = char::from_u32(unit) else { return unit };
    let mut upper = c.to_uppercase();
    match (upper.next().map(u32::from), upper.next()) {
        (Some(upper), None) if upper <= 0xFFFF && (unit < 128 || upper >= 128) => upper,
        _ => unit,
    }
}

fn by_upper_case() -> Groups {
    let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for unit in 0..=0xFFFF {
        let upper = canonicalize(unit);
        if upper != unit {
            groups.entry(upper).or_default().push(unit);
        }
    }
    // The upper case itself, unless it has another one.
    for (&upper, group) in &mut groups {
        if canonicalize(upper) == upper {
            group.push(upper);
            group.sort_unstable();
        }
    }
    Groups::new(groups.into_values())
}

fn by_folding() -> Groups {
    // Whatever has a partner changes when it is mapped to a case or folded; a test proves that no
    // other has one.
    let candidates = ["Changes_When_Casemapped", "Changes_When_Casefolded"]
        .into_iter()
        .filter_map(|name| property(name, None))
        .fold(CharSet::default(), |all, set| all.union(&set));
    let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for c in candidates.ranges().iter().flat_map(|&(low, high)| low..=high) {
        let Some(c) = char::from_u32(c) else { continue };
        let mut class = ClassUnicode::new([ClassUnicodeRange::new(c, c)]);
        if class.try_case_fold_simple().is_err() {
            continue;
        }
        let group: Vec<u32> = class
            .ranges()
            .iter()
            .flat_map(|range| u32::from(range.start())..=u32::from(range.end()))
            .collect();
        if let Some(&first) = group.first() {
            groups.insert(first, group);
        }
    }
    Groups::new(groups.into_values())
}

/// All groups, by their first characters, ascending.
#[cfg(test)]
pub(crate) fn groups(unicode: bool) -> Vec<Vec<u32>> {
    let Groups { groups, .. } = if unicode { &*BY_FOLDING } else { &*BY_UPPER_CASE };
    let mut groups = groups.clone();
    groups.sort_unstable();
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regexp::set::LAST_POINT;

    #[test]
    fn no_character_outside_the_groups_has_a_partner() {
        let grouped = BY_FOLDING.members.iter().map(|&(c, _)| (c, c)).collect();
        let rest = CharSet::new(grouped).complement(LAST_POINT);
        let scalar = |c: u32| char::from_u32(c);
        let mut class = ClassUnicode::empty();
        for &(low, high) in rest.ranges() {
            for (low, high) in [(low, high.min(0xD7FF)), (low.max(0xE000), high)] {
                if let (true, Some(low), Some(high)) = (low <= high, scalar(low), scalar(high)) {
                    class.push(ClassUnicodeRange::new(low, high));
                }
            }
        }
        let before = class.clone();
        class.try_case_fold_simple().unwrap();
        assert_eq!(before, class);
        assert!(BY_FOLDING.groups.len() > 1300, "{}", BY_FOLDING.groups.len());
    }

    #[test]
    fn groups_differ_with_the_flag_u() {
        let same = |c: char, unicode| {
            let c = u32::from(c);
            let (set, _) = close(&CharSet::new(vec![(c, c)]), unicode);
            set.ranges()
                .iter()
                .flat_map(|&(low, high)| low..=high)
                .filter_map(char::from_u32)
                .collect::<String>()
        };
        assert_eq!(same('s', false), "Ss");
        assert_eq!(same('s', true), "Ssſ");
        assert_eq!(same('ß', false), "ß");
        assert_eq!(same('ß', true), "ßẞ");
        assert_eq!(same('µ', false), "µΜμ");
        assert_eq!(same('1', true), "1");
    }
}
