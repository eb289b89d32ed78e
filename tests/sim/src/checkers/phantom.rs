//! Nothing is heard that was not said: what left a host is what that host still knows of.

use super::{heard, written};
use crate::evidence::Evidence;

pub(super) fn check(evidence: &Evidence) -> Vec<String> {
    let mut found = Vec::new();
    let written = written(evidence);
    for ((from, route), ends) in heard(evidence) {
        let letters = written.get(&(from, route)).map(|route| route.letters.as_slice());
        for (who, heard) in ends {
            for (number, op, _) in &heard.letters {
                let place = usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
                let said = letters.and_then(|letters| letters.get(place)).map(|(op, _)| *op);
                if said != Some(*op) {
                    found.push(format!(
                        "{who} heard letter {number} of {from}'s route {route} for command {op}, \
                         which {from} knows as {said:?}"
                    ));
                }
            }
        }
    }
    for book in &evidence.books {
        for op in &book.done {
            if evidence.commands.get(op).is_none_or(|commanded| commanded.actor != book.id) {
                found.push(format!("{} did {op}, which nobody told it", book.id));
            }
        }
    }
    found
}
