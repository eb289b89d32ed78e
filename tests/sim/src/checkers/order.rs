//! Letters by one reference are heard in the order in which they were written, by one who hears.

use super::heard;
use crate::evidence::Evidence;

pub(super) fn check(evidence: &Evidence) -> Vec<String> {
    let mut found = Vec::new();
    for ((from, route), ends) in heard(evidence) {
        if ends.len() > 1 {
            let who: Vec<_> = ends.iter().map(|(who, _)| who.to_string()).collect();
            found.push(format!("{from}'s route {route} came to {}", who.join(" and ")));
        }
        for (who, heard) in ends {
            for (before, after) in heard.letters.iter().zip(heard.letters.iter().skip(1)) {
                if before.0 > after.0 {
                    let (before, after) = (before.0, after.0);
                    found.push(format!(
                        "{who} heard letter {after} of {from}'s route {route} after {before}"
                    ));
                }
            }
        }
    }
    found
}
