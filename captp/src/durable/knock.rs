//! What a stranger shows before a durable session is opened for it.

use hogshead_objects::Value;
use hogshead_objects::locator::Locator;
use hogshead_objects::records::RecordsError;

use super::frame::{Knock, fits_knock};
use crate::descriptor::{Certificate, Descriptor, Envelope};
use crate::handoff::{Door, Introduction};
use crate::session::exporter::check_give;
use crate::syrup;

/// Whether a stranger knows what only somebody could know who was told: a swiss number that is
/// shared here, or a give by a gifter that this vat has a session with.
///
/// `us` says whether a locator is this vat's. There are point reads and at most one verification,
/// and nothing is written. It proves no right yet: the fetch or the withdrawal that follows is
/// judged as any other.
pub fn judge_knock(
    knock: &Knock,
    us: &dyn Fn(&Locator) -> bool,
    door: &dyn Door,
) -> Result<bool, RecordsError> {
    match knock {
        Knock::Swiss(swiss) => door.is_shared(swiss),
        Knock::Give(certificate) => {
            let Ok(Value::Ref(Descriptor::Signed(envelope))) = syrup::decode(certificate) else {
                return Ok(false);
            };
            let Envelope { signed: Certificate::Give(give), signature } = *envelope else {
                return Ok(false);
            };
            if !us(&give.exporter) {
                return Ok(false);
            }
            Ok(check_give(&give, Some(&signature), door.gifter(give.session)?).is_ok())
        }
    }
}

impl Knock {
    /// What shows an exporter that one was given something of its. None for what a vat of this
    /// host gave, which is not signed, and for what no peer would read.
    pub fn of_introduction(introduction: &Introduction) -> Option<Self> {
        let signature = introduction.signature?;
        let signed = Certificate::Give(introduction.give.clone());
        let envelope = Descriptor::Signed(Box::new(Envelope { signed, signature }));
        let give = syrup::encode(&Value::Ref(envelope));
        fits_knock(&give).then_some(Self::Give(give))
    }
}
