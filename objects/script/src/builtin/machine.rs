//! Functions that the machine makes and calls itself.

use super::{Action, Entry, Special};

pub(super) const TABLE: &[Entry] = &[
    Entry { path: "$resolve", length: 1, action: Action::Special(Special::Resolve) },
    Entry { path: "$reject", length: 1, action: Action::Special(Special::Reject) },
];
