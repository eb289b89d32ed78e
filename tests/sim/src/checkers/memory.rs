//! What is read again from records is what was in memory.

use crate::evidence::Evidence;

pub(super) fn check(evidence: &Evidence) -> Vec<String> {
    evidence.reloads.clone()
}
