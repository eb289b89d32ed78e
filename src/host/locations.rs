//! Where vats are: what ours say of themselves, what their peers have said, and whom this host
//! forwards.
//!
//! ```text
//!   addresses changed ──▶ own record: number + 1, signed ──hello──▶ kept by the peer's vat
//!                            │                                        │
//!                            └─ `forward add`, at the old host        ▼
//!                                  │                             way_to: the freshest first
//!          dial ◀── Moved ─────────┘◀──────── dial ◀──────────────────┘
//!            └─ find: follows higher numbers, four at the most, and has the vat keep the last
//! ```
//!
//! A vat's own record is signed when somebody asks for it and the addresses are not those of the
//! last one, so that cold vats cost nothing when a host moves. `announce` tells peers who would
//! otherwise not hear of it.

mod announce;
mod merge;
mod owner;

use bytes::Bytes;
use hogshead_netlayer::trail::Trail;
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{VatId, VatNumber};
use hogshead_objects::location::LocationRecord;
use hogshead_objects::locator::Locator;
use hogshead_objects::records::{ReadRecords, Row};
use hogshead_objects::{Class, Error};
use serde_bytes::ByteBuf;

use super::core::Core;
use super::history::Cause;
use super::slot::Input;
use super::turn::Work;
use super::view::VatView;
use super::{HostError, layout};

pub(crate) use announce::Announcing;
use merge::{fitting, merged, news};

/// Why a peer was not found where it was looked for.
pub(super) struct Missed {
    /// What somebody there says of where it is: the newest, if there are several.
    pub moved: Option<Box<LocationRecord>>,
    /// What is said of it to the owner.
    pub why: Error,
}

impl Work<'_, '_, '_> {
    /// The vat's own location record, for hellos; signed anew, within this turn, if the host's
    /// addresses are not those of the last one. Nothing while no way leads to the host.
    pub fn location_record(&mut self) -> Result<Option<Bytes>, HostError> {
        let last = self.turn.records().get(&layout::location())?;
        let (record, is_new) = self.core.own_location(self.slot.number, last)?;
        let record = record.map(|record| Bytes::from(record.into_vec()));
        if let (Some(record), true) = (&record, is_new) {
            self.turn.records().put(layout::location(), row(record.clone()));
        }
        Ok(record)
    }

    /// Keeps what a peer has said of where it is, if that is newer than what is known. What does
    /// not hold is left alone: a peer that lies about its own place is not found there.
    pub fn note_location(&mut self, peer: VatId, record: &[u8]) -> Result<(), HostError> {
        let key = layout::peer_location(&peer);
        let known = self.turn.records().get(&key)?.map(|row| decode(&row)).transpose()?;
        match news(known.as_ref(), peer, record) {
            Ok(Some(record)) => self.turn.records().put(key, row(record.encode().into())),
            Ok(None) => {}
            Err(why) => {
                tracing::info!(vat = %self.slot.number, %peer, %why, "a record that does not hold");
            }
        }
        Ok(())
    }
}

impl Core {
    /// What a vat says of where it is, given the row of its last word; and whether that is a new
    /// one.
    pub(super) fn own_location(
        &self,
        vat: VatNumber,
        last: Option<Bytes>,
    ) -> Result<(Option<ByteBuf>, bool), HostError> {
        let identity = self.identity(vat)?.ok_or(HostError::NoSuchVat)?;
        let ways = fitting(self.hog_location(identity.id).hints.unwrap_or_default().into());
        let known = last.as_ref().map(|row| decode(row)).transpose()?;
        let last = last.map(|row| ByteBuf::from(row.to_vec()));
        // A host without a way to it has nothing to say, or is about to open one.
        if ways.is_empty() || known.as_ref().is_some_and(|known| known.ways == ways) {
            return Ok((last, false));
        }
        let Some(number) = known.map_or(Some(1), |known| known.number.checked_add(1)) else {
            return Ok((last, false));
        };
        match LocationRecord::sign(&identity.root.signing_key(), number, ways) {
            Ok(record) => Ok((Some(record.encode().into()), true)),
            Err(why) => {
                tracing::warn!(%vat, %why, "the addresses of this host cannot be announced");
                Ok((last, false))
            }
        }
    }

    /// The newest record that a vat, or this host, has of where a peer is.
    fn known_location(
        &self,
        vat: VatNumber,
        peer: &VatId,
    ) -> Result<Option<LocationRecord>, HostError> {
        let own = VatView::new(self, vat).get(&layout::peer_location(peer))?;
        let own = own.map(|row| decode(&row)).transpose()?;
        let of_host = self.forwarding(peer)?;
        Ok(own.into_iter().chain(of_host).max_by_key(|record| record.number))
    }

    /// The forwarding record of a vat: one point read.
    pub(super) fn forwarding(&self, vat: &VatId) -> Result<Option<LocationRecord>, HostError> {
        let key = layout::forward(vat);
        let Some(kept) = self.keep.get(&key)? else { return Ok(None) };
        decode(&self.sealer.open(&key, kept)?).map(Some)
    }

    /// Where a peer is reached, as far as a vat knows by what is committed: the freshest addresses
    /// first, then those of `to`.
    pub(crate) fn way_to(&self, vat: VatNumber, to: &Locator) -> Result<Locator, HostError> {
        let Ok(peer) = to.vat() else { return Ok(to.clone()) };
        let known = self.known_location(vat, &peer)?;
        Ok(known.map_or_else(|| to.clone(), |known| merged(&known, to)))
    }

    /// Dials a peer for a vat where it is known to be, and follows it from host to host.
    pub(super) async fn find<T, F>(
        &self,
        vat: VatNumber,
        to: &Locator,
        dial: impl Fn(Locator) -> F,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Missed>>,
    {
        let Ok(peer) = to.vat() else { return dial(to.clone()).await.map_err(|missed| missed.why) };
        let known = self.known_location(vat, &peer).map_err(internal)?;
        let mut trail = Trail::new(known.as_ref().map(|known| known.number));
        let mut next = known.map_or_else(|| to.clone(), |known| merged(&known, to));
        let mut followed: Option<Box<LocationRecord>> = None;
        loop {
            let Missed { moved, why } = match dial(next).await {
                Ok(found) => {
                    if let Some(record) = followed {
                        self.keep_location(vat, &record);
                    }
                    return Ok(found);
                }
                Err(missed) => missed,
            };
            let Some(record) = moved else { return Err(why) };
            next = trail
                .follow(&record)
                .map_err(|stop| Error::new(Class::Severed, format!("{}; {stop}", why.message())))?;
            tracing::info!(%vat, to = %next, number = record.number, "a peer has moved");
            followed = Some(record);
        }
    }

    /// Has a vat keep where a peer was found, so that it need not be led there again.
    fn keep_location(&self, vat: VatNumber, record: &LocationRecord) {
        let cause = Cause::Located { peer: record.vat, record: record.encode().into() };
        self.push(vat, Input::Cause(Box::new(cause)));
    }
}

/// A record as a row. It is public: its vat shows it to all of its peers.
fn row(bytes: Bytes) -> Row {
    Row { bytes, secret: false }
}

/// Reads a row of [`row`]; the signature was verified before it was kept.
pub(super) fn decode(row: &[u8]) -> Result<LocationRecord, HostError> {
    LocationRecord::decode(row).map_err(|why| HostError::Damaged(format!("a location: {why}")))
}

fn internal(error: HostError) -> Error {
    tracing::error!(%error, "what is known of a peer's place could not be read");
    Error::new(Class::Failed, "internal")
}
