//! Following a vat that has moved, from host to host.

use hogshead_objects::location::LocationRecord;
use hogshead_objects::locator::Locator;

use crate::limits::FORWARDS_MAX;

/// How far one dial has followed forwarding records.
///
/// Each record must have a higher number than the last one known, so hosts that forward in a
/// circle, or with an old record, lead nowhere; and there are so many steps and no more.
///
/// ```
/// use hogshead_netlayer::trail::{Trail, TrailError};
/// use hogshead_objects::location::LocationRecord;
///
/// let root = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
/// let sign = |number| LocationRecord::sign(&root, number, Default::default()).unwrap();
/// let mut trail = Trail::new(Some(3));
/// assert_eq!(trail.follow(&sign(3)), Err(TrailError::Old { known: 3, shown: 3 }));
/// assert_eq!(trail.follow(&sign(5))?, sign(5).locator());
/// # Ok::<(), TrailError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Trail {
    known: Option<u64>,
    steps: usize,
}

/// Why a forwarding record is not followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TrailError {
    /// There is a newer record, or this one has been followed already.
    #[error("the forwarding record there has number {shown}, and {known} is known already")]
    Old {
        /// The highest number known.
        known: u64,
        /// The number shown.
        shown: u64,
    },
    /// [`FORWARDS_MAX`] have been followed.
    #[error("the vat was followed over {FORWARDS_MAX} hosts and is not there either")]
    TooLong,
}

impl Trail {
    /// Begins at a dial; `known` is the number of the newest record of the vat that we have.
    pub fn new(known: Option<u64>) -> Self {
        Self { known, steps: 0 }
    }

    /// Where to dial next, by a record that a dial has come back with.
    pub fn follow(&mut self, record: &LocationRecord) -> Result<Locator, TrailError> {
        let shown = record.number;
        if let Some(known) = self.known
            && shown <= known
        {
            return Err(TrailError::Old { known, shown });
        }
        if self.steps >= FORWARDS_MAX {
            return Err(TrailError::TooLong);
        }
        self.steps += 1;
        self.known = Some(shown);
        Ok(record.locator())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trail_has_so_many_steps_and_no_more() {
        let root = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
        let sign = |number| LocationRecord::sign(&root, number, Default::default()).unwrap();
        let mut trail = Trail::new(None);
        for number in 0..FORWARDS_MAX as u64 {
            assert_eq!(trail.follow(&sign(number)), Ok(sign(number).locator()));
        }
        assert_eq!(trail.follow(&sign(99)), Err(TrailError::TooLong));
    }
}
