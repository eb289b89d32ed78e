//! Housekeeping: idle vats go cold, idle sessions end, memory stays under its budget.

use std::sync::Arc;
use std::time::Duration;

use hogshead_captp::handoff;
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{VatId, VatNumber};
use hogshead_objects::records::ReadRecords;
use hogshead_objects::{Class, Error};
use hogshead_store::Batch;
use tokio::time::Instant;

use super::clock::Clock as _;
use super::core::Core;
use super::history::Cause;
use super::sessions::{SessionKind, SessionRow};
use super::slot::{Input, LiveCarrier, Slot};
use super::turn::{Effects, Work};
use super::vats::{decode, mark};
use super::view::VatView;
use super::{HostError, VAT_ZERO, layout};
use crate::limits::WARM_VAT_BYTES;

/// How a vat stands in memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Standing {
    /// Objects in memory.
    Warm,
    /// No objects; connections are open.
    Unloaded,
    /// Records only.
    Cold,
}

impl Standing {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warm => "warm",
            Self::Unloaded => "unloaded",
            Self::Cold => "cold",
        }
    }
}

impl Core {
    /// Looks after the vats in memory once.
    pub(crate) fn keep_house(self: &Arc<Self>) -> Result<(), HostError> {
        let mut warm = Vec::new();
        let mut bytes = 0;
        for slot in self.all_slots() {
            let last_used = slot.inputs().last_used;
            if last_used.elapsed() >= self.settings.idle {
                self.evict(&slot)?;
                continue;
            }
            if let Some(resident) = slot.try_resident() {
                let size =
                    resident.vat.as_ref().map_or(0, |vat| WARM_VAT_BYTES + vat.memory_bytes());
                bytes += size;
                warm.push((last_used, size, Arc::clone(&slot)));
            }
        }
        if bytes <= self.settings.memory_bytes {
            return Ok(());
        }
        warm.sort_by_key(|(last_used, ..)| *last_used);
        for (_, size, slot) in warm {
            if bytes <= self.settings.memory_bytes {
                break;
            }
            self.evict(&slot)?;
            bytes = bytes.saturating_sub(size);
        }
        Ok(())
    }

    /// Has vats let go of gifts that nobody withdrew in time: one read a vat that has none. A vat
    /// that is cold is looked at when it is in memory again.
    fn expire_gifts(&self) -> Result<(), HostError> {
        for slot in self.all_slots() {
            let next = handoff::next_expiry(&VatView::new(self, slot.number))?;
            if next.is_some_and(|next| next <= self.clock.now()) {
                self.push(slot.number, Input::Cause(Box::new(Cause::ExpireGifts)));
            }
        }
        Ok(())
    }

    /// Drops a vat's objects; with no connection left it becomes cold. A vat with something to
    /// do stays.
    pub(crate) fn evict(self: &Arc<Self>, slot: &Arc<Slot>) -> Result<Standing, HostError> {
        let Some(mut resident) = slot.try_resident() else { return Ok(Standing::Warm) };
        {
            if !slot.inputs().is_empty() {
                return Ok(Standing::Warm);
            }
        }
        self.rest_sessions(slot, &mut resident)?;
        resident.vat = None;
        resident.between.unloaded = true;
        resident.trim_sessions(0);
        resident.wishes.forget();
        for (id, live) in &resident.sessions {
            // An owner's session costs a place of few, and its process knows when it is done.
            let is_owners = matches!(live.carrier, LiveCarrier::Owner { .. });
            if !is_owners && live.last_used.elapsed() >= self.settings.session_idle {
                let why = Error::new(Class::Severed, "the session was idle for too long");
                self.push(slot.number, Input::Closed { session: *id, why });
            }
        }
        // Device calls arrive at vat zero from the committer's thread, which must never wait for
        // the commit that turns a vat cold.
        if resident.has_carriers() || slot.number == VAT_ZERO {
            return Ok(Standing::Unloaded);
        }
        let cold = self.retire(slot, || {
            // With something to send it is looked at by the next start.
            if !self.has_unsent(slot)? {
                let rows = vec![(layout::active(slot.number), None)];
                self.commit(Batch::new(), Effects { rows, ..Effects::default() })?;
            }
            Ok(())
        })?;
        Ok(if cold { Standing::Cold } else { Standing::Unloaded })
    }

    /// Evicts a vat on its owner's word, waiting a moment for a turn that runs.
    pub(crate) async fn evict_now(self: &Arc<Self>, vat: VatNumber) -> Result<Standing, HostError> {
        if vat == VAT_ZERO {
            return Err(Error::bad_call("vat zero is not evicted: it takes your commands").into());
        }
        for _ in 0..EVICT_TRIES {
            let Some(slot) = self.slot_if_any(vat) else { return Ok(Standing::Cold) };
            let core = Arc::clone(self);
            let evicted = self.blocking(move || core.evict(&slot)).await;
            match evicted.map_err(|e| HostError::Internal(e.to_string()))?? {
                Standing::Warm => tokio::time::sleep(EVICT_PAUSE).await,
                done => return Ok(done),
            }
        }
        Err(Error::new(Class::Busy, "the vat is busy; try again later").into())
    }

    /// Removes a vat with everything in it. Its sessions end; what other vats held of it breaks.
    pub(crate) fn remove_vat(self: &Arc<Self>, vat: VatNumber) -> Result<(), HostError> {
        if vat == VAT_ZERO {
            return Err(Error::bad_call("vat zero is the host itself and stays").into());
        }
        let slot = self.slot(vat)?.ok_or(HostError::NoSuchVat)?;
        // While this is held no turn of the vat runs, and afterwards it has no slot.
        let mut resident = slot.resident();
        let (gone, peers) = {
            // No other vat is made meanwhile, lest it take the name that is being given up.
            let _vats = self.numbers();
            let identity = self.identity(vat)?.ok_or(HostError::NoSuchVat)?;
            let peers = self.local_peers(vat)?;
            let mut rows = vec![
                (layout::vat_by_id(&identity.id), None),
                (layout::vat_by_name(&identity.name), None),
                (layout::active(vat), None),
                (layout::in_vat(vat, &layout::identity()), None),
                // What follows goes on after a crash as well.
                (layout::removing(vat), Some(mark())),
            ];
            rows.extend(self.due_rows_of(vat)?);
            rows.extend(peers.iter().map(|peer| (layout::gone(*peer, &identity.id), Some(mark()))));
            self.commit(Batch::new(), Effects { rows, ..Effects::default() })?;
            (identity.id, peers)
        };
        self.remove_slot(&slot);
        resident.sessions.clear();
        resident.carriers.clear();
        self.peers.forget_vat(vat);
        self.redial.forget_vat(vat);
        resident.vat = None;
        drop(resident);
        self.delete_rows(vat)?;
        for peer in peers {
            self.part(peer, gone);
        }
        Ok(())
    }

    /// Deletes the rows of a vat that has no identity any more.
    fn delete_rows(&self, vat: VatNumber) -> Result<(), HostError> {
        self.forget_index(vat)?;
        let (from, to) = layout::all_of(vat);
        loop {
            let page = self.keep.range(&from, &to, REMOVED_ROWS_A_BATCH)?;
            let last = page.len() < REMOVED_ROWS_A_BATCH;
            let mut rows: Vec<_> = page.into_iter().map(|(key, _)| (key, None)).collect();
            if last {
                rows.push((layout::removing(vat), None));
            }
            self.commit(Batch::new(), Effects { rows, ..Effects::default() })?;
            if last {
                return Ok(());
            }
        }
    }

    /// Has a vat end its session with one that was removed.
    fn part(&self, peer: VatNumber, gone: VatId) {
        self.push(peer, Input::Cause(Box::new(Cause::Part(gone))));
    }

    /// Deletes what was sent to a vat after it had been removed.
    pub(crate) fn forget_removed(&self, vat: VatNumber) -> Result<(), HostError> {
        self.delete_rows(vat)?;
        let rows = vec![(layout::active(vat), None)];
        self.commit(Batch::new(), Effects { rows, ..Effects::default() })?;
        Ok(())
    }

    /// Goes on with the removals that an earlier process did not finish.
    pub(crate) fn finish_removals(&self) -> Result<(), HostError> {
        let (from, to) = layout::all_removing();
        for (key, _) in self.keep.range(&from, &to, usize::MAX)? {
            if let Some(vat) = layout::number_in(&key) {
                self.delete_rows(vat)?;
            }
        }
        let (from, to) = layout::all_gone();
        for (key, _) in self.keep.range(&from, &to, usize::MAX)? {
            if let Some((peer, gone)) = layout::gone_in(&key) {
                self.part(peer, gone);
            }
        }
        Ok(())
    }

    /// The vats of this host with which a vat has a session.
    fn local_peers(&self, vat: VatNumber) -> Result<Vec<VatNumber>, HostError> {
        let (from, to) = layout::sessions();
        let mut peers = Vec::new();
        for (_, row) in VatView::new(self, vat).range(&from, &to, usize::MAX)? {
            if let SessionKind::Local { number } = decode::<SessionRow>(&row, "a session")?.kind {
                peers.push(number);
            }
        }
        Ok(peers)
    }

    /// How a vat stands now.
    pub(crate) fn standing(&self, slot: Option<&Arc<Slot>>) -> Standing {
        let Some(slot) = slot else { return Standing::Cold };
        match slot.try_resident() {
            Some(resident) if resident.vat.is_none() => {
                if resident.has_carriers() {
                    Standing::Unloaded
                } else {
                    Standing::Cold
                }
            }
            _ => Standing::Warm,
        }
    }

    /// The housekeeper's life.
    pub(crate) async fn housekeeping(self: Arc<Self>) {
        let pace = (self.settings.idle / 4).clamp(Duration::from_millis(20), HOUSE_PACE_MAX);
        let mut tick = tokio::time::interval(pace);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut gifts = Instant::now();
        while !self.stopping() {
            tokio::select! {
                biased;
                _ = tick.tick() => {}
                () = self.stopped.notified() => return,
            }
            let core = Arc::clone(&self);
            let started = Instant::now();
            let look_at_gifts = gifts.elapsed() >= GIFTS_PACE;
            if look_at_gifts {
                gifts = started;
            }
            let kept = self.blocking(move || {
                if look_at_gifts {
                    core.expire_gifts()?;
                }
                core.keep_house()
            });
            let kept = kept.await;
            match kept {
                Ok(Ok(())) => {}
                Ok(Err(error)) if error.is_full_disk() => {}
                Ok(Err(error)) => return self.fail(error),
                Err(panic) => tracing::error!(%panic, "housekeeping failed"),
            }
            tracing::trace!(took = ?started.elapsed(), "house kept");
        }
    }
}

impl Work<'_, '_, '_> {
    /// Ends the session with a vat that was removed.
    pub(crate) fn part_with(&mut self, gone: &VatId) -> Result<(), HostError> {
        self.effects.rows.push((layout::gone(self.slot.number, gone), None));
        let why = Error::new(Class::Severed, "the vat was removed by its owner");
        match self.known_session(gone)? {
            Some(session) => {
                // From its rows alone: nothing is sent to who is gone, and would stay there.
                self.sessions.remove(&session);
                self.end_session(session, &why)
            }
            None => Ok(()),
        }
    }

    /// Lets go of some of the vat's gifts, and comes again for the rest: they may be deposited
    /// faster than the house is kept.
    pub(crate) fn expire_gifts(&mut self) -> Result<(), HostError> {
        handoff::expire_gifts(self.turn)?;
        let next = handoff::next_expiry(self.turn.records())?;
        if next.is_some_and(|next| next <= self.turn.now()) {
            self.core.push(self.slot.number, || Input::Cause(Box::new(Cause::ExpireGifts)));
        }
        Ok(())
    }
}

/// Rows that one batch of a vat's removal deletes.
const REMOVED_ROWS_A_BATCH: usize = 10_000;

/// How often and after which pause an eviction looks again at a vat that is running.
const EVICT_TRIES: u32 = 200;
const EVICT_PAUSE: Duration = Duration::from_millis(5);

const HOUSE_PACE_MAX: Duration = Duration::from_secs(5);

/// How often gifts are looked at. They are kept for minutes, so a little longer does no harm.
const GIFTS_PACE: Duration = Duration::from_secs(20);
