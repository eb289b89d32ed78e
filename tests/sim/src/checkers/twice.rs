//! Nothing happens twice: no letter is heard again, no command done again, no answer told again.

use std::collections::BTreeSet;

use super::heard;
use crate::evidence::Evidence;

pub(super) fn check(evidence: &Evidence) -> Vec<String> {
    let mut found = Vec::new();
    for ((from, route), ends) in heard(evidence) {
        let mut before = BTreeSet::new();
        for (number, ..) in ends.iter().flat_map(|(_, heard)| &heard.letters) {
            if !before.insert(*number) {
                found.push(format!("letter {number} of {from}'s route {route} was heard again"));
            }
        }
    }
    let mut born = BTreeSet::new();
    for book in &evidence.books {
        let mut done = BTreeSet::new();
        let again = book.done.iter().filter(|op| !done.insert(**op));
        found.extend(again.map(|op| format!("{} did {op} again", book.id)));
        if !born.insert(book.id) {
            found.push(format!("{} was born again", book.id));
        }
        let mut granted = BTreeSet::new();
        let again = book.granted.iter().filter(|g| !granted.insert((g.op, g.from)));
        found.extend(again.map(|g| format!("{} was given what {} gave again", book.id, g.op)));
        let outcomes = book.routes.iter().flat_map(|route| &route.letters);
        let outcomes = outcomes.map(|(op, outcome)| (op, outcome));
        let asked = book.asked.iter().map(|asked| (&asked.op, &asked.outcome));
        for (op, outcome) in outcomes.chain(asked) {
            if matches!(outcome.as_deref(), Some("settled twice" | "answered as another letter")) {
                found.push(format!("{} was told of {op}: {outcome:?}", book.id));
            }
        }
    }
    found
}
