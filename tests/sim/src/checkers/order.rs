//! Letters by one reference are heard in the order in which they were written, by one who hears.
//!
//! Only an owner can change that: a delivery that was parked lets those after it pass, and runs
//! after them when it is retried. For each retry in a vat one letter may be late there.

use std::collections::BTreeMap;

use super::heard;
use crate::evidence::Evidence;
use crate::objects::FIRST_CHILD;

pub(super) fn check(evidence: &Evidence) -> Vec<String> {
    let mut found = Vec::new();
    let homes = homes(evidence);
    let mut late: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for ((from, route), ends) in heard(evidence) {
        if ends.len() > 1 {
            let who: Vec<_> = ends.iter().map(|(who, _)| who.to_string()).collect();
            found.push(format!("{from}'s route {route} came to {}", who.join(" and ")));
        }
        for (who, heard) in ends {
            let numbers: Vec<_> = heard.letters.iter().map(|letter| letter.0).collect();
            let late = late.entry(homes.get(&who).copied().unwrap_or(who)).or_default();
            for (before, letter) in misplaced(&numbers) {
                late.push(format!(
                    "{who} heard letter {letter} of {from}'s route {route} beside {before}"
                ));
            }
        }
    }
    for (home, late) in late {
        let retried = evidence.retried.get(&home).copied().unwrap_or(0);
        if late.len() as u64 > retried {
            found.extend(late.into_iter().map(|what| match retried {
                0 => what,
                retried => format!("{what}; {retried} deliveries were retried there"),
            }));
        }
    }
    found
}

/// In whose vat each lives: children with their parents, whose books come before theirs.
fn homes(evidence: &Evidence) -> BTreeMap<u32, u32> {
    let mut home = 0;
    let of = evidence.books.iter().map(|book| {
        if book.id < FIRST_CHILD {
            home = book.id;
        }
        (book.id, home)
    });
    of.collect()
}

/// The fewest letters without which the others are in order, each with the one beside which it was
/// out of it.
fn misplaced(numbers: &[u64]) -> Vec<(u64, u64)> {
    // The longest run in order that ends at each place, and the place before it in that run.
    let mut runs: Vec<(usize, Option<usize>)> = Vec::with_capacity(numbers.len());
    for (place, number) in numbers.iter().enumerate() {
        let earlier = numbers.iter().zip(&runs).take(place).enumerate();
        let fits = earlier.filter(|(_, (before, _))| *before <= number);
        let best = fits.max_by_key(|(_, (_, run))| run.0).map(|(at, (_, run))| (run.0, at));
        runs.push(best.map_or((1, None), |(length, at)| (length + 1, Some(at))));
    }
    let mut kept = vec![false; numbers.len()];
    let mut at = (0..runs.len()).max_by_key(|at| runs[*at].0);
    while let Some(place) = at {
        kept[place] = true;
        at = runs[place].1;
    }
    let places = (0..numbers.len()).filter(|place| !kept[*place]);
    places.map(|place| (numbers[place.saturating_sub(1)], numbers[place])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objects::{Book, Heard};

    fn world(letters: &[u64], retried: u64) -> Vec<String> {
        let letters = letters.iter().map(|number| (*number, 0, 2)).collect();
        let heard = vec![Heard { from: 1, route: 1, share: 0, letters }];
        let books = vec![
            Book { id: 2, ..Book::default() },
            Book { id: FIRST_CHILD, heard, ..Book::default() },
        ];
        let retried = BTreeMap::from([(2, retried)]);
        check(&Evidence { books, retried, ..Evidence::default() })
    }

    #[test]
    fn a_retry_allows_one_letter_to_be_late() {
        assert!(world(&[1, 2, 3, 4], 0).is_empty());
        assert_eq!(world(&[2, 3, 4, 1], 0).len(), 1);
        assert!(world(&[2, 3, 4, 1], 1).is_empty());
        assert_eq!(world(&[3, 4, 2, 1], 1).len(), 2);
        assert!(world(&[3, 4, 2, 1], 2).is_empty());
        assert_eq!(world(&[4, 3, 2, 1], 2).len(), 3);
    }
}
