//! Telling peers that a session is over: those that can be reached at once, the others when they
//! come.

use std::time::Duration;

use hogshead_captp::durable::{End, EndReason, Frame, Link, Parties};
use hogshead_objects::ids::{DeliveryId, VatId, VatNumber};
use hogshead_objects::records::ReadRecords;
use tokio::time::Instant;

use super::{SessionKind, SessionRow};
use crate::host::HostError;
use crate::host::core::Core;
use crate::host::history::Command;
use crate::host::peers::PeerKey;
use crate::host::turn::Work;
use crate::host::vats::decode;
use crate::host::view::VatView;
use crate::host::{VAT_ZERO, layout};
use crate::limits::{GOODBYE_TIME, GOODBYES_MAX};

impl Core {
    /// Removes a vat, after the peers of its durable sessions were told as far as they can be
    /// reached: the others find nobody when they dial, and give up after a while.
    pub(crate) fn remove_politely(&self, vat: VatNumber, delivery: DeliveryId) {
        let core = self.arc();
        self.spawn(async move {
            if vat == VAT_ZERO {
                return core.answer_later(delivery, move |core| core.remove_vat(vat));
            }
            match core.durable_peers_of(vat) {
                Ok(peers) => {
                    core.reach_peers(vat, &peers).await;
                    core.command(vat, delivery, Command::Remove);
                }
                Err(error) => core.refuse_call(delivery, error),
            }
        });
    }

    fn durable_peers_of(&self, vat: VatNumber) -> Result<Vec<VatId>, HostError> {
        let view = VatView::new(self, vat);
        let us = self.identity(vat)?.ok_or(HostError::NoSuchVat)?.id;
        let (from, to) = layout::sessions();
        let mut peers = Vec::new();
        for (key, row) in view.range(&from, &to, usize::MAX)? {
            let row: SessionRow = decode(&row, "a session")?;
            let (SessionKind::Durable, Some(peer), Some(id)) =
                (row.kind, row.peer, layout::session_in(&key))
            else {
                continue;
            };
            let link = Link::load(id, Parties { us, peer }, &view)?;
            if link.is_some_and(|link| link.is_established()) && peers.len() < GOODBYES_MAX {
                peers.push(peer);
            }
        }
        Ok(peers)
    }

    /// Dials absent peers, and waits until they are there; not for those that were looked for in
    /// vain a moment ago.
    pub(crate) async fn reach_peers(&self, vat: VatNumber, peers: &[VatId]) {
        let mut looked_for = peers.to_vec();
        looked_for.retain(|peer| {
            let is_known_absent = self.redial.due_in(vat, *peer).is_some_and(|due| !due.is_zero());
            let is_dialling = self.peers.is_dialling(vat, &PeerKey::Vat(*peer));
            !self.peers.has_carrier(vat, peer) && (is_dialling || !is_known_absent)
        });
        for peer in &looked_for {
            self.redial.want(vat, *peer);
        }
        let begun = Instant::now();
        while begun.elapsed() < GOODBYE_TIME {
            let is_fresh = begun.elapsed() < FIRST_LOOK;
            looked_for.retain(|peer| {
                let comes = is_fresh || self.peers.is_dialling(vat, &PeerKey::Vat(*peer));
                comes && !self.peers.has_carrier(vat, peer)
            });
            if looked_for.is_empty() {
                return;
            }
            tokio::time::sleep(LOOK_PAUSE).await;
        }
    }
}

impl Work<'_, '_, '_> {
    /// Tells every peer that can be told now that its session is over. The rows go with the vat.
    pub(crate) fn say_goodbye(&mut self) -> Result<(), HostError> {
        let peers: Vec<_> = self.carriers.keys().copied().collect();
        for peer in peers {
            let Some(id) = self.durable_session(&peer)? else { continue };
            if !self.load_session(id)? {
                continue;
            }
            let link = self.link_mut(id)?;
            let end: End = link.end(EndReason::Owner, "the vat was removed by its owner");
            self.release_link(peer, vec![Frame::End(Box::new(end)).encode()]);
        }
        Ok(())
    }
}

/// A dial that was asked for begins within this time.
const FIRST_LOOK: Duration = Duration::from_millis(200);

const LOOK_PAUSE: Duration = Duration::from_millis(20);
