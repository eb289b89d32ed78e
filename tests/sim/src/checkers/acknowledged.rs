//! What an owner was told has happened has happened, through whatever crash came after; and of what
//! was refused nothing has.

use std::collections::BTreeSet;

use crate::evidence::Evidence;

pub(super) fn check(evidence: &Evidence) -> Vec<String> {
    let mut found = Vec::new();
    let mut done = BTreeSet::new();
    for book in &evidence.books {
        done.extend(book.done.iter().map(|op| (book.id, *op)));
        let by_owner = book.granted.iter().filter(|granted| granted.from == 0);
        done.extend(by_owner.map(|granted| (book.id, granted.op)));
    }
    let mut traces = BTreeSet::new();
    for book in &evidence.books {
        traces.extend(book.routes.iter().flat_map(|r| &r.letters).map(|(op, _)| *op));
        traces.extend(book.asked.iter().map(|asked| asked.op));
        traces.extend(book.heard.iter().flat_map(|h| &h.letters).map(|(_, op, _)| *op));
    }
    for (op, commanded) in &evidence.commands {
        let is_done = done.contains(&(commanded.actor, *op));
        match &commanded.outcome {
            Some(Ok(_)) if !is_done => {
                found.push(format!("command {op} of {} was answered and is lost", commanded.actor));
            }
            Some(Err(class)) if class == "refused" && (is_done || traces.contains(op)) => {
                found.push(format!("command {op} was refused and has left traces"));
            }
            _ => {}
        }
    }
    found
}
