//! Telling peers that a session is over: those that can be reached at once, the others when they
//! come.

use std::sync::Arc;
use std::time::Duration;

use hogshead_captp::durable::{End, EndReason, Frame, Link, Parties};
use hogshead_objects::ids::{VatId, VatNumber};
use hogshead_objects::records::ReadRecords;
use tokio::time::Instant;

use super::{SessionKind, SessionRow};
use crate::host::HostError;
use crate::host::core::Core;
use crate::host::peers::PeerKey;
use crate::host::turn::Work;
use crate::host::vats::decode;
use crate::host::view::VatView;
use crate::host::{VAT_ZERO, layout};
use crate::limits::{GOODBYE_TIME, GOODBYES_MAX};

impl Core {
    /// Removes a vat, after the peers of its durable sessions were told as far as they can be
    /// reached: the others find nobody when they dial, and give up after a while.
    pub(crate) async fn remove_vat_politely(
        self: &Arc<Self>,
        vat: VatNumber,
    ) -> Result<(), HostError> {
        if vat != VAT_ZERO {
            let peers = self.durable_peers_of(vat)?;
            if !peers.is_empty() {
                self.reach_peers(vat, &peers).await;
                self.in_turn(vat, |work| work.say_goodbye()).await?;
            }
        }
        let core = Arc::clone(self);
        let removed = self.blocking(move || core.remove_vat(vat)).await;
        removed.map_err(|panic| HostError::Internal(panic.to_string()))?
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

    /// Runs an owner's command as a turn of a vat; gives its outcome once that turn is durable.
    pub(crate) async fn in_turn<T: Send + 'static>(
        &self,
        vat: VatNumber,
        command: impl FnOnce(&mut Work<'_, '_, '_>) -> Result<T, HostError> + Send + 'static,
    ) -> Result<T, HostError> {
        let (tell, told) = tokio::sync::oneshot::channel();
        let task = move |work: &mut Work<'_, '_, '_>| {
            let outcome = match command(work) {
                Ok(value) => Ok(value),
                Err(error) => Err(error.for_caller()?),
            };
            // Whoever asked may have stopped waiting.
            work.after_durable(move || drop(tell.send(outcome)));
            Ok(())
        };
        self.push(vat, crate::host::slot::Input::Task(Box::new(task)));
        Ok(told.await.map_err(|_| HostError::NoSuchVat)??)
    }
}

impl Work<'_, '_, '_> {
    /// Tells every peer that can be told now that its session is over. The rows go with the vat.
    fn say_goodbye(&mut self) -> Result<(), HostError> {
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
