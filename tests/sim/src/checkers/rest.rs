//! Everything settles after faults stop.

use crate::evidence::Evidence;

pub(super) fn check(evidence: &Evidence) -> Vec<String> {
    evidence.restless.clone()
}
