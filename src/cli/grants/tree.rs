//! The tree of grants, for people and for programs.

use std::collections::BTreeMap;

use hogshead::Timestamp;
use hogshead::grant::{Denial, GrantInfo};
use serde_json::{Value as Json, json};

use crate::cli::arguments::shown;
use crate::cli::output::Table;

/// What was granted of a vat, or of an object in it.
pub struct Granted {
    /// The vat's name.
    pub vat: String,
    /// The grants, in the order in which they were made.
    pub grants: Vec<GrantInfo>,
}

/// What was granted, as one line for each grant; what was derived from another stands
/// below it.
pub fn describe(trees: &[Granted], now: Timestamp) -> String {
    let mut table = Table::new(&[
        "vat", ">object", ">grant", "for", "may", ">used", "last", ">left", "denied", "state",
    ]);
    for tree in trees {
        for (depth, grant) in in_order(&tree.grants) {
            let indent = if depth == 0 { String::new() } else { "  ".repeat(depth - 1) + "└ " };
            let label = if grant.label.is_empty() { "(no label)" } else { &grant.label };
            let by = grant.grantor.map(|object| format!(", by object {object}"));
            table.row([
                tree.vat.clone(),
                grant.object.to_string(),
                grant.facet.to_string(),
                format!("{indent}{label}{}", by.unwrap_or_default()),
                grant.words.clone(),
                grant.used.to_string(),
                grant.last.map(|time| shown(time.0)).unwrap_or_default(),
                grant.left.map(|left| left.to_string()).unwrap_or_default(),
                denied(grant),
                state(grant, now).to_owned(),
            ]);
        }
    }
    table.render("nothing is granted: `hogshead grant REF` does")
}

/// The same for programs, in the same order.
pub fn document(tree: &Granted, now: Timestamp) -> Vec<Json> {
    let entry = |(depth, grant): (usize, &GrantInfo)| {
        json!({
            "vat": tree.vat,
            "grant": grant.facet,
            "object": grant.object,
            "parent": grant.parent.filter(|_| depth > 0),
            "grantor": grant.grantor,
            "label": grant.label,
            "may": grant.words,
            "methods": grant.methods,
            "created_ms": grant.created.map(|time| time.0),
            "sturdyrefs": grant.shares.len(),
            "holders": grant.holders,
            "state": state(grant, now),
            "used": grant.used,
            "last_ms": grant.last.map(|time| time.0),
            "left": grant.left,
            "denied": grant.denied,
            "denials": grant.denials.iter().map(denial).collect::<Vec<_>>(),
        })
    };
    in_order(&tree.grants).into_iter().map(entry).collect()
}

fn denial(denial: &Denial) -> Json {
    json!({
        "at_ms": denial.at.0,
        "method": denial.method,
        "why": denial.why,
        "caller": denial.caller.map(|vat| vat.to_string()),
    })
}

fn is_own(grant: &GrantInfo) -> bool {
    grant.parent.is_none()
        && grant.label.is_empty()
        && grant.shares.is_empty()
        && grant.methods.is_none()
        && grant.caveats.is_empty()
}

/// How a grant stands, in a word or two: the first of these that is so.
fn state(grant: &GrantInfo, now: Timestamp) -> &'static str {
    if grant.revoked {
        "revoked"
    } else if grant.suspended {
        "suspended"
    } else if grant.caveats.expires().is_some_and(|until| until <= now) {
        "expired"
    } else if grant.left == Some(0) {
        "used up"
    } else if grant.caveats.begins().is_some_and(|begins| begins > now) {
        "not yet"
    } else {
        "valid"
    }
}

fn denied(grant: &GrantInfo) -> String {
    match grant.denials.last() {
        None if grant.denied == 0 => String::new(),
        None => grant.denied.to_string(),
        Some(Denial { at, method, .. }) => {
            format!("{}, last {} {}", grant.denied, shown(at.0), method)
        }
    }
}

/// Every grant with its depth, after the one that it was derived from. One whose parent is not
/// among them stands by itself, as does what was granted of the object's own facet, which nobody
/// was given as a grant.
fn in_order(grants: &[GrantInfo]) -> Vec<(usize, &GrantInfo)> {
    let given = grants.iter().filter(|grant| !is_own(grant));
    let known: BTreeMap<u64, &GrantInfo> = given.map(|grant| (grant.facet, grant)).collect();
    let mut below: BTreeMap<Option<u64>, Vec<&GrantInfo>> = BTreeMap::new();
    for grant in known.values() {
        let parent =
            grant.parent.filter(|parent| known.contains_key(parent) && *parent < grant.facet);
        below.entry(parent).or_default().push(grant);
    }
    let mut ordered = Vec::with_capacity(grants.len());
    let mut ahead: Vec<(usize, &GrantInfo)> = Vec::new();
    let mut roots = below.remove(&None).unwrap_or_default();
    roots.sort_by_key(|grant| (grant.object, grant.facet));
    ahead.extend(roots.into_iter().rev().map(|grant| (0, grant)));
    while let Some((depth, grant)) = ahead.pop() {
        ordered.push((depth, grant));
        let children = below.remove(&Some(grant.facet)).unwrap_or_default();
        ahead.extend(children.into_iter().rev().map(|child| (depth + 1, child)));
    }
    ordered
}

#[cfg(test)]
mod tests {
    use hogshead::grant::Caveats;

    use super::*;

    fn grant(facet: u64, object: u64, parent: Option<u64>, label: &str) -> GrantInfo {
        let caveats = Caveats::new().until(Timestamp(1_000));
        GrantInfo {
            facet,
            object,
            parent,
            grantor: None,
            label: label.to_owned(),
            methods: None,
            words: caveats.to_string(),
            caveats,
            created: None,
            share: None,
            shares: Vec::new(),
            holders: 1,
            revoked: false,
            suspended: false,
            used: 0,
            last: None,
            left: None,
            denied: 0,
            denials: Vec::new(),
        }
    }

    #[test]
    fn what_was_derived_stands_below_what_it_was_derived_from() {
        let grants = [
            grant(5, 3, None, "bob"),
            grant(6, 2, None, "dave"),
            grant(9, 3, Some(5), "carol"),
            grant(10, 3, Some(9), "eve"),
            grant(11, 3, Some(5), "fred"),
            grant(12, 3, Some(4), "of a parent that is not listed"),
        ];
        let order: Vec<_> =
            in_order(&grants).iter().map(|(depth, grant)| (*depth, grant.facet)).collect();
        assert_eq!(order, [(0, 6), (0, 5), (1, 9), (2, 10), (1, 11), (0, 12)]);
        let tree = Granted { vat: "shop".to_owned(), grants: grants.to_vec() };
        let shown = describe(&[tree], Timestamp(0));
        assert!(shown.contains("5  bob ") && shown.contains("10    └ eve "), "{shown}");
        assert!(shown.contains("until 1970-01-01T00:00:01Z"), "{shown}");
    }

    #[test]
    fn a_state_says_the_most_important_thing() {
        let mut of = grant(5, 3, None, "bob");
        assert_eq!(state(&of, Timestamp(999)), "valid");
        of.left = Some(0);
        assert_eq!(state(&of, Timestamp(999)), "used up");
        assert_eq!(state(&of, Timestamp(1_000)), "expired");
        of.suspended = true;
        assert_eq!(state(&of, Timestamp(1_000)), "suspended");
        of.revoked = true;
        assert_eq!(state(&of, Timestamp(1_000)), "revoked");
    }

    #[test]
    fn what_peers_have_put_into_denials_is_one_line() {
        let mut of = grant(5, 3, None, "bob");
        let method = "a\n\u{1b}[31mb".to_owned();
        of.denials = vec![Denial { at: Timestamp(0), method, why: String::new(), caller: None }];
        of.denied = 7;
        let tree = Granted { vat: "shop".to_owned(), grants: vec![of] };
        let shown = describe(&[tree], Timestamp(0));
        assert!(shown.contains("7, last 1970-01-01T00:00:00Z a \\u{1b}[31mb"), "{shown}");
        assert_eq!(shown.lines().count(), 2);
    }
}
