//! Turn threads: they take vats from the fair queue and run their inputs, a turn each.

mod gather;

pub(crate) use self::gather::Quickness;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bytes::Bytes;
use hogshead_captp::{Event, Operation, Violation};
use hogshead_objects::ids::{SessionId, VatId, VatNumber};
use hogshead_objects::records::ReadRecords;
use hogshead_objects::{Class, Error};
use hogshead_vat::Vat;

use super::builder::Pace;
use super::core::Core;
use super::history::Cause;
use super::peers::PeerKey;
use super::slot::{Input, LiveCarrier, Resident, Slot};
use super::view::VatView;
use super::{HostError, inbox, layout};
use crate::limits::{INPUTS_PER_ROUND, LOCAL_SESSIONS_IN_MEMORY_MAX};

impl Core {
    /// The life of a turn thread.
    pub(crate) fn run_turns(self: &Arc<Self>) {
        self.waking.begin();
        while let Some(vat) = self.waking.next(&self.keep, || self.stopping()) {
            if self.run_slice(vat) == Slice::DiskFull {
                self.waking.say_all(&self.keep);
                std::thread::sleep(FULL_DISK_PAUSE);
                self.waking.done(vat, true);
            }
        }
    }

    /// The same life as a task, of a host without turn threads. Other tasks run between rounds.
    pub(crate) async fn run_turns_here(self: Arc<Self>, mut pace: Option<Pace>) {
        while let Some(vat) = self.waking.next_here(|| self.stopping()).await {
            if self.run_slice(vat) == Slice::DiskFull {
                tokio::time::sleep(FULL_DISK_PAUSE).await;
                self.waking.done(vat, true);
            }
            match pace.as_mut().map(|pace| pace()) {
                Some(time) if !time.is_zero() => tokio::time::sleep(time).await,
                _ => tokio::task::yield_now().await,
            }
        }
    }

    /// Runs a round of the vat whose turn it is, and gives it back unless the disk is full.
    fn run_slice(&self, vat: VatNumber) -> Slice {
        let more = match self.slot_if_any(vat) {
            Some(slot) => self.run_guarded(&slot),
            None => Ok(false),
        };
        match more {
            Ok(more) => self.waking.done(vat, more),
            Err(error) if error.is_full_disk() => {
                tracing::error!(%vat, "the disk is full: nothing is taken in until there is room");
                return Slice::DiskFull;
            }
            Err(error) => self.fail(error),
        }
        Slice::Done
    }

    /// Runs a round. A panic here is not an object's, which its turn catches, but our own: the
    /// host stops rather than go on with a vat that is half taken apart.
    fn run_guarded(&self, slot: &Arc<Slot>) -> Result<bool, HostError> {
        let round = std::panic::AssertUnwindSafe(|| self.run_vat(slot));
        std::panic::catch_unwind(round).unwrap_or_else(|_| {
            Err(HostError::Internal(format!("a panic while {} ran", slot.number)))
        })
    }

    /// Runs a round of a vat's inputs. `true` if there are more.
    fn run_vat(&self, slot: &Arc<Slot>) -> Result<bool, HostError> {
        let mut resident = slot.resident();
        if slot.inputs().retired {
            return Ok(false);
        }
        let more = self.run_round(slot, &mut resident)?;
        if !more {
            slot.inputs().shrink();
        }
        resident.trim_sessions(LOCAL_SESSIONS_IN_MEMORY_MAX);
        if let Some(vat) = resident.vat.as_mut() {
            // A vat may be larger than memory: what was used longest ago is read again.
            vat.trim(self.settings.memory_bytes);
        }
        Ok(more)
    }

    fn run_round(&self, slot: &Arc<Slot>, resident: &mut Resident) -> Result<bool, HostError> {
        // How many inputs were taken, and how many deliveries of its own since the last of others.
        let (mut taken, mut own) = (0, 0);
        while taken < INPUTS_PER_ROUND {
            if self.stopping() {
                return Ok(false);
            }
            self.revive(slot, resident)?;
            let (ready, others_wait, input) = {
                let mut inputs = slot.inputs();
                let full = resident.vat.as_ref().is_some_and(Vat::is_full);
                inputs.hold_or_let_go(full);
                // The vat's own deliveries come first, but a vat that never stops sending to
                // itself must still hear its owner. Order is kept: what a session brings while
                // deliveries are ready becomes a row behind them.
                let others_wait = !inputs.queue.is_empty();
                let others = own + 1 >= OTHERS_EVERY && others_wait;
                let ready = !others && std::mem::take(&mut inputs.ready);
                let input = if ready { None } else { inputs.queue.pop_front() };
                if !ready && input.is_none() {
                    return Ok(false);
                }
                (ready, others_wait, input)
            };
            let done = match input {
                Some(input) => self.run_inputs(slot, resident, input),
                None => {
                    let most = if others_wait { OTHERS_EVERY - 1 - own } else { INPUTS_PER_ROUND };
                    self.run_ready(slot, resident, most)
                }
            };
            match done {
                Ok(count) => {
                    taken += count.max(1);
                    own = if ready { own + count } else { 0 };
                }
                Err(error) => {
                    if ready {
                        slot.inputs().ready = true;
                    }
                    return Err(error);
                }
            }
        }
        Ok(true)
    }

    /// Loads the vat if it is not in memory, and ends the sessions that died with an earlier
    /// process or a failed commit.
    pub(crate) fn revive(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
    ) -> Result<(), HostError> {
        if resident.vat.is_some() {
            return Ok(());
        }
        let view = VatView::new(self, slot.number);
        resident.vat = Some(Vat::load(&view)?.ok_or(HostError::NoSuchVat)?);
        // A cold vat has no sessions but those with vats of this host.
        if !slot.look_for_dead.swap(false, Ordering::AcqRel) {
            return Ok(());
        }
        let (from, to) = layout::carried_sessions();
        let dead: Vec<SessionId> = view
            .range(&from, &to, usize::MAX)?
            .iter()
            .filter_map(|(key, _)| layout::session_in(key))
            .filter(|id| !resident.sessions.contains_key(id))
            .collect();
        for id in dead {
            let why = Error::new(Class::Severed, "the host was restarted");
            self.take_turn(slot, resident, Cause::Closed { session: id, why })?;
        }
        self.take_up_again(slot, resident)
    }

    /// Runs deliveries of the vat's own that are ready, at most so many. Gives how many.
    fn run_ready(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
        most: usize,
    ) -> Result<usize, HostError> {
        let Some(vat) = resident.vat.as_ref() else { return Ok(0) };
        if vat.meter().ready == 0 {
            return Ok(0);
        }
        let Some(id) = vat.next_ready(&VatView::new(self, slot.number))? else { return Ok(0) };
        let ran = self.run_ready_from(slot, resident, (id, most))?;
        if resident.vat.as_ref().is_some_and(|vat| vat.meter().ready > 0) {
            self.push_ready(slot);
        }
        Ok(ran)
    }

    fn run_input(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
        input: Input,
    ) -> Result<(), HostError> {
        match input {
            Input::Inbox { number, arrived } => {
                let again = if self.keep.is_ephemeral() { arrived.clone() } else { None };
                let again = Input::Inbox { number, arrived: again };
                let arrived = arrived.map(|arrived| *arrived);
                let done = self.run_inbox(slot, resident, number, arrived);
                if done.is_err() {
                    slot.inputs().queue.push_front(again);
                }
                done
            }
            Input::Frame { session, bytes, permit } => {
                let done = self.run_frame(slot, resident, session, &bytes);
                drop(permit);
                done
            }
            Input::Opened { session, carrier, first, epoch } => {
                let id = session.id();
                let peer = match &carrier {
                    LiveCarrier::Plain { peer, .. } => Some(peer.clone()),
                    _ => None,
                };
                if let Some(peer) = &peer
                    && !self.peers.is_open(slot.number, peer, id)
                {
                    // Another session of the same peer took its place on the way here. It does
                    // not know what waited for this one.
                    self.take_turn(slot, resident, Cause::WishAgain(peer.clone()))?;
                    return Ok(());
                }
                let told = self.told_opening(&session, peer.as_ref(), epoch, first.as_ref());
                let opened = self.turn_as(slot, resident, &told, |work| {
                    work.welcome(*session, carrier, epoch, first)
                });
                self.after_peer(slot, resident, id, opened.map(|_| ()))?;
                peer.map_or(Ok(()), |peer| self.deny_left(slot, resident, &peer))
            }
            Input::Closed { session, why } => self.close_session(slot, resident, session, &why),
            Input::Carrier(arrived) => self.run_carrier(slot, resident, *arrived),
            Input::Link { peer, carrier, bytes, permit } => {
                let done = self.run_link(slot, resident, (peer, carrier), &bytes);
                drop(permit);
                done
            }
            Input::Uncarried { peer, carrier, why, in_order } => {
                self.lose_carrier(slot, resident, (peer, carrier), &why, in_order)
            }
            Input::Unreachable { peer, why } => {
                self.take_turn(slot, resident, Cause::Unreachable { peer, why })
            }
            Input::Device(call) => self.run_device(slot, resident, *call),
            Input::DeviceDone { delivery, outcome } => {
                self.take_turn(slot, resident, Cause::Answered { delivery, outcome })
            }
            Input::Timers => self.fire_timers(slot, resident),
            Input::Cause(cause) => self.take_turn(slot, resident, *cause),
        }
    }

    /// A row of a vat's inbox, if it is still there.
    pub(crate) fn inbox_row(
        &self,
        slot: &Slot,
        number: u64,
    ) -> Result<Option<(VatNumber, VatId, Operation)>, HostError> {
        let row = VatView::new(self, slot.number).get(&layout::inbox(number))?;
        row.map(|row| inbox::decode(&row)).transpose()
    }

    pub(crate) fn run_inbox(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
        number: u64,
        arrived: Option<(VatNumber, VatId, Operation)>,
    ) -> Result<(), HostError> {
        let arrived = arrived.map_or_else(|| self.inbox_row(slot, number), |it| Ok(Some(it)))?;
        let Some((from, peer, operation)) = arrived else { return Ok(()) };
        let told = self.tell(&Cause::Inbox(number));
        let applied = self.turn_as(slot, resident, &told, |work| {
            work.take_arrived(number, from, peer, operation)
        });
        match applied {
            Err(HostError::Violation(violation)) => {
                self.give_up_inbox(slot, resident, number, &violation)
            }
            other => other.map(|_| ()),
        }
    }

    /// Gives up a row of the inbox that the session refuses. Both ends are ours, so this is a
    /// fault of this program: the row must not block the vat for ever, and everything else stays
    /// as it is.
    pub(crate) fn give_up_inbox(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
        number: u64,
        violation: &Violation,
    ) -> Result<(), HostError> {
        let vat = slot.number;
        tracing::error!(%vat, %violation, "an operation between vats of this host was refused");
        self.revive(slot, resident)?;
        self.take_turn(slot, resident, Cause::GiveUpInbox(number))
    }

    fn run_frame(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
        id: SessionId,
        bytes: &Bytes,
    ) -> Result<(), HostError> {
        let Some(live) = resident.sessions.get_mut(&id) else { return Ok(()) };
        let done = match live.session.handle_frame(bytes) {
            Ok(Event::Operation(operation)) => {
                let (bytes, secret) = (bytes.clone(), operation.is_secret());
                let told = self.tell(&Cause::Frame { session: id, bytes, secret });
                self.turn_as(slot, resident, &told, |work| work.apply(id, operation)).map(|_| ())
            }
            Ok(Event::Aborted(reason)) => {
                let why =
                    Error::new(Class::Severed, format!("the peer ended the session: {reason}"));
                self.close_session(slot, resident, id, &why)
            }
            Ok(_) => Ok(()),
            Err(violation) => Err(HostError::Violation(violation)),
        };
        self.after_peer(slot, resident, id, done)
    }

    /// A peer's violation ends its session and nothing else.
    fn after_peer(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
        id: SessionId,
        done: Result<(), HostError>,
    ) -> Result<(), HostError> {
        let Err(HostError::Violation(violation)) = done else { return done };
        tracing::warn!(vat = %slot.number, session = %id, %violation, "a session was ended");
        let why = Error::new(Class::Severed, format!("the peer broke the protocol: {violation}"));
        self.revive(slot, resident)?;
        if let Some(live) = resident.sessions.get_mut(&id) {
            live.session.abort(&violation.to_string());
            let frames = live.session.take_frames();
            if let LiveCarrier::Plain { outbox, .. } | LiveCarrier::Owner { outbox } = &live.carrier
            {
                let _ = outbox.send(frames);
            }
        }
        self.close_session(slot, resident, id, &why)
    }

    /// Breaks what still waits for a peer whose session has just begun: it has ended already, with
    /// the first thing that the peer said.
    fn deny_left(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
        peer: &PeerKey,
    ) -> Result<(), HostError> {
        if resident.by_peer.contains_key(peer) {
            return Ok(());
        }
        self.revive(slot, resident)?;
        let why = Error::new(Class::Severed, "the peer broke the protocol");
        self.take_turn(slot, resident, Cause::Denied { peer: peer.clone(), why })
    }

    fn close_session(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
        id: SessionId,
        why: &Error,
    ) -> Result<(), HostError> {
        if !resident.sessions.contains_key(&id) {
            return Ok(());
        }
        self.revive(slot, resident)?;
        self.take_turn(slot, resident, Cause::Closed { session: id, why: why.clone() })
    }

    /// Stops the host: a store that cannot be trusted any more, or a fault of our own.
    pub(crate) fn fail(&self, error: HostError) {
        tracing::error!(%error, "the host stops");
        self.failed.store(true, Ordering::Release);
        self.stop_turns();
        self.stopped.notify_waiters();
        // Whoever is connected sees the connection end: their readers end here, their writers when
        // the sessions go. A turn may hold a vat, and this may be the store's own thread.
        drop(self.end_tasks());
        let core = self.arc();
        self.runtime.spawn(async move {
            let clearing = Arc::clone(&core);
            let cleared = core.blocking(move || {
                for slot in clearing.all_slots() {
                    slot.resident().sessions.clear();
                }
            });
            if let Err(panic) = cleared.await {
                tracing::error!(%panic, "sessions could not be cleared");
            }
        });
    }
}

/// How a round of a vat went.
#[derive(PartialEq, Eq)]
enum Slice {
    Done,
    DiskFull,
}

/// Every so many inputs of a vat one is taken that is not a delivery of its own.
const OTHERS_EVERY: usize = 8;

/// How long a turn thread waits before it asks a full disk again.
const FULL_DISK_PAUSE: Duration = Duration::from_secs(1);
