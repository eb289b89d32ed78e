//! The checkers: each looks at the evidence for one thing that must be, and knows nothing else of
//! the world.

mod acknowledged;
mod alarms;
mod authority;
mod balance;
mod lost;
mod memory;
mod order;
mod phantom;
mod rest;
mod twice;

use std::collections::BTreeMap;

use crate::evidence::Evidence;
use crate::objects::{Heard, Route};

/// Looks for what must not be; a line each.
pub type Checker = fn(&Evidence) -> Vec<String>;

/// Every checker, by its name.
pub const ALL: &[(&str, Checker)] = &[
    ("acknowledged: what an owner was told has happened has happened", acknowledged::check),
    ("alarms: a timer fires once, in its time", alarms::check),
    ("authority: nobody uses what it was not given", authority::check),
    ("balance: counts agree, and nothing is left that nobody holds", balance::check),
    ("lost: no letter is lost", lost::check),
    ("memory: what is read again is what was there", memory::check),
    ("order: letters by one reference are heard as they were written", order::check),
    ("phantom: nothing is heard that was not said", phantom::check),
    ("rest: everything settles after faults stop", rest::check),
    ("twice: nothing happens twice", twice::check),
];

/// What all checkers have found, each finding with the name of its checker.
pub fn check(evidence: &Evidence) -> Vec<String> {
    let mut found = Vec::new();
    for (name, checker) in ALL {
        found.extend(checker(evidence).into_iter().map(|what| format!("{name}: {what}")));
    }
    found
}

/// What was written on each route, by writer and route.
fn written(evidence: &Evidence) -> BTreeMap<(u32, u64), &Route> {
    let of = |book: &crate::objects::Book| book.id;
    let routes = evidence.books.iter().flat_map(|book| {
        let id = of(book);
        book.routes.iter().map(move |route| ((id, route.number), route))
    });
    routes.collect()
}

/// What was heard of each route, by writer and route: who heard it, and what.
fn heard(evidence: &Evidence) -> BTreeMap<(u32, u64), Vec<(u32, &Heard)>> {
    let mut all: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for book in &evidence.books {
        for heard in &book.heard {
            all.entry((heard.from, heard.route)).or_default().push((book.id, heard));
        }
    }
    all
}
