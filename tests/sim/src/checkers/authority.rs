//! Nobody uses what it was not given: a letter comes to whom it is for and to nobody else, a
//! reference is given by those who have it, and what was revoked lets nothing pass.

use std::collections::{BTreeMap, BTreeSet};

use crate::evidence::Evidence;
use crate::objects::FIRST_CHILD;

pub(super) fn check(evidence: &Evidence) -> Vec<String> {
    let mut found = evidence.faults.clone();
    let names: BTreeSet<u32> = evidence.books.iter().map(|book| book.id).collect();
    for book in &evidence.books {
        for heard in &book.heard {
            let astray = heard.letters.iter().filter(|(_, _, to)| *to != 0 && *to != book.id);
            found.extend(astray.map(|(number, _, to)| {
                let (from, route) = (heard.from, heard.route);
                format!("{} heard letter {number} of {from}'s route {route} for {to}", book.id)
            }));
            let Some(end) = evidence.revoked.get(&heard.share) else { continue };
            let late = heard.letters.iter().filter(|(_, op, _)| op >= end);
            found.extend(late.map(|(number, op, _)| {
                let (from, share) = (heard.from, heard.share);
                format!("letter {number} of {from}, of command {op}, came by sharing {share}, revoked before {end}")
            }));
        }
        for granted in &book.granted {
            if granted.to != 0 && granted.to < FIRST_CHILD && !names.contains(&granted.to) {
                found.push(format!("{} was given a reference to nobody", book.id));
            }
        }
    }
    found.extend(unfounded(evidence));
    found
}

/// Grants that their giver did not give.
fn unfounded(evidence: &Evidence) -> Vec<String> {
    let asked: BTreeMap<u32, BTreeSet<u64>> = evidence
        .books
        .iter()
        .map(|book| (book.id, book.asked.iter().map(|asked| asked.op).collect()))
        .collect();
    let mut found = Vec::new();
    for book in &evidence.books {
        for granted in book.granted.iter().filter(|granted| granted.from != 0) {
            if !asked.get(&granted.from).is_some_and(|ops| ops.contains(&granted.op)) {
                let (from, op) = (granted.from, granted.op);
                found.push(format!("{} was given by {from} what that never gave ({op})", book.id));
            }
        }
    }
    found
}
