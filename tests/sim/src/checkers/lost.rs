//! No letter is lost: each was heard, or its writer was told why not.

use std::collections::BTreeSet;

use super::{heard, written};
use crate::evidence::Evidence;
use crate::objects::TOLD;

pub(super) fn check(evidence: &Evidence) -> Vec<String> {
    let mut found = Vec::new();
    let heard = heard(evidence);
    for ((from, route), letters) in written(evidence) {
        let here: BTreeSet<u64> = heard
            .get(&(from, route))
            .into_iter()
            .flatten()
            .flat_map(|(_, heard)| heard.letters.iter().map(|(number, ..)| *number))
            .collect();
        for (number, (op, outcome)) in (1..).zip(&letters.letters) {
            let was_heard = here.contains(&number);
            let what = format!("letter {number} of {from}'s route {route} (command {op})");
            let class =
                outcome.as_deref().map(|outcome| outcome.split(':').next().unwrap_or(outcome));
            match class {
                Some(TOLD) if !was_heard => found.push(format!("{what} was answered unheard")),
                Some(TOLD) | None => {}
                // A carrier that is lost takes the answer with it, and gifts that wait.
                Some("severed" | "outcome-unknown" | "not-found") if !evidence.durable => {}
                Some(class) if is_reason(class) => {
                    if was_heard {
                        found.push(format!("{what} was heard and broken: {class}"));
                    }
                }
                Some(_) => found.push(format!("{what} is lost: {outcome:?}")),
            }
        }
    }
    found
}

/// Why a letter may break: its reference was revoked, or what it was promised to was not to be.
fn is_reason(class: &str) -> bool {
    matches!(class, "revoked" | "refused")
}
