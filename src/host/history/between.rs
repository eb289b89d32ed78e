//! What becomes of a vat's memory between two turns.
//!
//! Rows are the truth, but not every turn reads them: which sessions are in memory decides what is
//! asked of the host, and what peers have acknowledged is known before any turn writes it. So the
//! next turn says what has happened.

use std::collections::{BTreeMap, BTreeSet};

use hogshead_captp::durable::{Chain, Mark};
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{SessionId, VatId};
use hogshead_objects::records::ReadRecords;
use hogshead_vat::Vat;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteArray;

use crate::host::HostError;
use crate::host::slot::{Live, LiveCarrier, Resident};
use crate::host::turn::Work;

/// What has happened since the last turn that was committed.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Between {
    /// The vat's objects and rows went out of memory.
    #[serde(rename = "v", default, skip_serializing_if = "is_not")]
    pub unloaded: bool,
    /// Sessions that outlive connections did.
    #[serde(rename = "s", default, skip_serializing_if = "is_not")]
    pub trimmed: bool,
    /// All that can be read again did, after a turn that failed.
    #[serde(rename = "f", default, skip_serializing_if = "is_not")]
    pub forgot: bool,
    /// The channels of these peers were lost.
    #[serde(rename = "c", default, skip_serializing_if = "BTreeSet::is_empty")]
    pub uncarried: BTreeSet<VatId>,
    /// What peers have acknowledged: number, chain and credit.
    #[serde(rename = "a", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub acks: BTreeMap<SessionId, (u64, ByteArray<32>, u64)>,
}

impl Between {
    /// The same, or nothing if nothing has happened.
    pub fn told(&self) -> Option<Self> {
        let quiet = !(self.unloaded || self.trimmed || self.forgot)
            && self.uncarried.is_empty()
            && self.acks.is_empty();
        (!quiet).then(|| self.clone())
    }

    /// Sessions that outlive connections went out of memory, and with them what was noted.
    pub fn note_trim(&mut self) {
        self.trimmed = true;
        self.acks.clear();
    }

    /// A turn failed.
    pub fn note_failure(&mut self) {
        self.forgot = true;
        self.acks.clear();
    }

    /// A peer has acknowledged something.
    pub fn note_ack(&mut self, session: SessionId, received: Mark, credit: u64) {
        self.acks.insert(session, (received.number, ByteArray::new(received.chain.0), credit));
    }
}

impl Resident {
    /// A turn was committed, and with it what was told of the time before. Of very much that a peer
    /// has acknowledged the next turn takes more.
    pub fn note_committed(&mut self) {
        let mut acks = std::mem::take(&mut self.between).acks;
        acks.retain(|session, _| self.sessions.get(session).is_some_and(Live::has_noted_acks));
        self.between.acks = acks;
    }

    /// Brings the memory of a vat whose turns are run again to where it was before the next one.
    pub fn relive(
        &mut self,
        what: Option<&Between>,
        records: &dyn ReadRecords,
    ) -> Result<(), HostError> {
        if let Some(what) = what {
            if what.forgot {
                self.forget();
            }
            if what.trimmed {
                self.trim_sessions(0);
            }
            if what.unloaded {
                self.vat = None;
                self.wishes.forget();
            }
            self.carriers.retain(|peer, _| !what.uncarried.contains(peer));
        }
        if self.vat.is_none() {
            self.vat = Some(Vat::load(records)?.ok_or(HostError::NoSuchVat)?);
        }
        Ok(())
    }
}

impl Work<'_, '_, '_> {
    /// What peers have acknowledged goes into this turn's rows, whatever else the turn is about:
    /// the rows before a turn and its description are then all that it depends on, wherever history
    /// is begun to be run again. A turn that is run again is told first.
    pub fn take_acks(&mut self, what: &Between) -> Result<(), HostError> {
        for (session, (number, chain, credit)) in &what.acks {
            if !self.load_session(*session)? {
                continue;
            }
            let Some(live) = self.sessions.get_mut(session) else { continue };
            let LiveCarrier::Durable { link, .. } = &mut live.carrier else { continue };
            if self.core.is_past() {
                let received = Mark { number: *number, chain: Chain(chain.into_array()) };
                link.note_ack(received, *credit, self.turn.records())?;
            }
            self.touched.insert(*session);
        }
        Ok(())
    }
}

fn is_not(flag: &bool) -> bool {
    !flag
}
