//! One turn of one vat: where heap and sessions meet, become one batch, and their effects wait
//! for it to be durable.

mod stage;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

use bytes::Bytes;
use hogshead_captp::{Operation, SessionError, Violation};
use hogshead_objects::few::Few;
use hogshead_objects::heap::{Heap, Outgoing};
use hogshead_objects::ids::{CommitNumber, DeliveryId, SessionId, VatId, VatNumber};
use hogshead_objects::mutation::{self, Mutation};
use hogshead_objects::records::Row;
use hogshead_objects::{Class, Error, Far, Place, Result as Answer, Value};
use hogshead_store::{Batch, OnDurable};
use hogshead_vat::{DeviceCall, Turn, TurnMeta};
use tokio::time::Instant;

pub(crate) use self::stage::{Run, Stage};
use super::HostError;
use super::carrier::Outbox;
use super::clock::Clock as _;
use super::core::Core;
use super::durable::Carrier;
use super::history::{Cause, Description, Facts, Told};
use super::layout;
use super::peers::PeerKey;
use super::slot::{Input, Live, LiveCarrier, Resident, Slot};
use super::timers::DueChange;
use super::view::VatView;
use super::wishes::Wishes;

/// An open turn with everything that the host adds to it.
pub(crate) struct Work<'w, 't, 'b> {
    /// What the turn may ask of its host: it is noted in the turn's description.
    pub core: &'w Facts<'w>,
    pub slot: &'w Slot,
    pub turn: &'w mut Turn<'t, 'b>,
    pub sessions: &'w mut Few<SessionId, Live>,
    pub by_peer: &'w mut Few<PeerKey, SessionId>,
    pub wishes: &'w mut Wishes,
    pub carriers: &'w mut BTreeMap<VatId, Carrier>,
    pub starved: &'w mut BTreeSet<SessionId>,
    pub sending: &'w mut BTreeSet<SessionId>,
    pub unsent: &'w mut BTreeSet<SessionId>,
    pub effects: &'w mut Effects,
    /// The sessions that may have something to send.
    pub touched: BTreeSet<SessionId>,
    /// Durable sessions whose peer is to hear how far we are.
    pub acks: BTreeSet<SessionId>,
    /// How far the channel of a peer has been served with this turn, and whether it lags behind.
    pub sent: BTreeMap<VatId, (u64, bool)>,
}

/// What a turn does outside its vat's records.
#[derive(Default)]
pub(crate) struct Effects {
    /// Rows outside the vat's own prefix, with their whole keys: part of the same batch.
    pub rows: Vec<(Bytes, Option<Row>)>,
    /// Inputs for other vats of this host: in order as soon as the batch has its number.
    pub arrivals: Vec<(VatNumber, Input)>,
    /// What leaves the host once the batch is durable.
    pub release: Vec<Release>,
    /// Peers for which there is something to send and no channel.
    pub redial: Vec<VatId>,
    /// Peers that were not there.
    pub retry: Vec<VatId>,
}

/// Something that leaves the host.
pub(crate) enum Release {
    /// Frames of a plain session.
    Frames { outbox: Outbox, frames: Vec<Bytes>, vat: VatNumber, session: SessionId },
    /// Frames of a durable session.
    Link { outbox: Outbox, frames: Vec<Bytes> },
    /// A call to a device.
    Device(VatNumber, DeviceCall),
    /// Whatever else: an answer to the host's own code, a connection to be closed.
    Then(Box<dyn FnOnce() + Send>),
}

impl Core {
    /// Runs what a cause makes a vat do as one turn, and commits it.
    pub(crate) fn take_turn(
        &self,
        slot: &Slot,
        resident: &mut Resident,
        cause: Cause,
    ) -> Result<(), HostError> {
        let told = self.tell(&cause);
        self.turn_as(slot, resident, &told, |work| work.perform(cause)).map(|_| ())
    }

    /// Says what a cause is, if this host keeps a history.
    pub(crate) fn tell(&self, cause: &Cause) -> Told {
        if self.keep.is_ephemeral() { Told::opaque() } else { Told::of(cause) }
    }

    /// Runs `work`, which is what `told` makes the vat do, as one turn and commits it.
    pub(crate) fn turn_as<T>(
        &self,
        slot: &Slot,
        resident: &mut Resident,
        told: &Told,
        work: impl FnOnce(&mut Work<'_, '_, '_>) -> Result<T, HostError>,
    ) -> Result<(T, CommitNumber), HostError> {
        let done = self.try_turn(slot, resident, told, work);
        if done.is_err() {
            // What is in memory may have run ahead of what was committed.
            resident.forget();
        }
        done
    }

    fn try_turn<T>(
        &self,
        slot: &Slot,
        resident: &mut Resident,
        told: &Told,
        work: impl FnOnce(&mut Work<'_, '_, '_>) -> Result<T, HostError>,
    ) -> Result<(T, CommitNumber), HostError> {
        self.waking.say_all(&self.keep);
        let view = VatView::new(self, slot.number);
        let facts = Facts::live(self);
        let drawn = OnceCell::new();
        let entropy = || *drawn.get_or_init(|| self.entropy());
        let meta = TurnMeta { now: self.clock.now(), entropy: &entropy };
        let stage = Stage { facts: &facts, registry: &self.registry, records: &view, meta };
        let Run { value, rows, mut effects, output, sent, _awake } =
            stage.run(slot, resident, work)?;
        super::failures::log(slot.number, &output.failures);
        let due = DueChange::of(&output);
        for call in output.device_calls {
            effects.release.push(Release::Device(slot.number, call));
        }
        let ready = !output.ready.is_empty();
        let mut batch = self.batch_of(rows);
        if !self.keep.is_ephemeral() {
            let description = Description {
                vat: slot.number,
                turn: output.turn,
                now: meta.now,
                told,
                tape: facts.take_tape(),
                entropy: drawn.get().copied(),
            };
            batch.meta(description.close(&self.sealer));
        }
        let number = self.commit_turn(slot, batch, effects, due)?;
        resident.note_committed();
        resident.note_sent(sent);
        if ready {
            self.push_ready(slot);
        }
        Ok((value, number))
    }

    /// The changed rows of a turn.
    fn batch_of(&self, rows: Vec<(Bytes, Option<Row>)>) -> Batch {
        // Of a key that is there twice the last counts.
        Batch::of(rows.into_iter().map(|row| self.kept(row)).collect())
    }

    /// Commits what a turn did, and wakes who dials and who watches the clock for its vat.
    fn commit_turn(
        &self,
        slot: &Slot,
        batch: Batch,
        mut effects: Effects,
        due: DueChange,
    ) -> Result<CommitNumber, HostError> {
        let redial = std::mem::take(&mut effects.redial);
        let retry = std::mem::take(&mut effects.retry);
        // What this turn took in cannot be given back to a peer, so it waits for a full disk.
        let number = self.commit_when(batch, effects, || !self.stopping())?;
        slot.marked_active.store(true, Ordering::Release);
        redial.into_iter().for_each(|peer| self.redial.want(slot.number, peer));
        retry.into_iter().for_each(|peer| self.redial.retry(slot.number, peer));
        self.timers.note(due);
        Ok(number)
    }

    /// A changed row as the store keeps it.
    fn kept(&self, (key, change): (Bytes, Option<Row>)) -> (Bytes, Option<Bytes>) {
        let kept = change.map(|row| self.sealer.close(&key, row));
        (key, kept)
    }

    /// Commits a batch with its effects: arrivals now, in commit order; the rest once durable.
    pub(crate) fn commit(&self, batch: Batch, effects: Effects) -> Result<CommitNumber, HostError> {
        self.commit_when(batch, effects, || false)
    }

    /// Commits likewise, and waits while the disk is full as long as `patient` says so.
    fn commit_when(
        &self,
        mut batch: Batch,
        effects: Effects,
        patient: impl Fn() -> bool,
    ) -> Result<CommitNumber, HostError> {
        let Effects { rows, arrivals, release, .. } = effects;
        for row in rows {
            let (key, kept) = self.kept(row);
            batch.change(key, kept);
        }
        let early = self.keep.is_ephemeral() || mutation::has(Mutation::ReleaseEarly);
        let (now, later) = if early { (release, Vec::new()) } else { (Vec::new(), release) };
        let then = (!later.is_empty()).then(|| self.once_durable(later));
        let number = self.keep.commit_quietly(batch, patient, then)?;
        for (vat, input) in arrivals {
            self.push(vat, input);
        }
        self.release(now);
        self.waking.committed(&self.keep);
        Ok(number)
    }

    fn once_durable(&self, release: Vec<Release>) -> OnDurable {
        let core = self.arc();
        Box::new(move |durable| match durable {
            Ok(()) => core.release(release),
            // Callers would wait for ever: better that they see their sessions end.
            Err(error) if !core.stopping() => core.fail(error.into()),
            Err(error) => tracing::error!(%error, "a commit is not durable"),
        })
    }

    fn release(&self, effects: Vec<Release>) {
        for effect in effects {
            match effect {
                Release::Frames { outbox, frames, vat, session } => {
                    if let Err(why) = outbox.send(frames) {
                        self.push(vat, Input::Closed { session, why });
                    }
                }
                Release::Link { outbox, frames } => {
                    // How much is queued was looked at before; what is lost is in the outbox.
                    let _ = outbox.send(frames);
                }
                Release::Device(vat, call) => self.push(vat, Input::Device(Box::new(call))),
                Release::Then(then) => then(),
            }
        }
    }
}

impl Work<'_, '_, '_> {
    /// Gives what the heap wants sent to the sessions, until neither has more to do.
    pub(crate) fn hand_over_outgoing(&mut self) -> Result<(), HostError> {
        loop {
            let outgoing = self.turn.take_outgoing();
            let nothing_left = outgoing.is_empty();
            for item in outgoing {
                self.hand_over(item)?;
            }
            self.turn.settle()?;
            if nothing_left && !self.turn.has_outgoing() {
                return Ok(());
            }
        }
    }

    fn hand_over(&mut self, outgoing: Outgoing) -> Result<(), HostError> {
        let id = outgoing.session();
        if !self.load_session(id)? {
            let why = Error::new(Class::Severed, "the session has ended");
            return self.refuse(outgoing, why);
        }
        let Some(live) = self.sessions.get_mut(&id) else { return Ok(()) };
        if let LiveCarrier::Local { peer, .. } = live.carrier {
            // Only a question can be refused, by its answer. What wants none (an answer itself, or
            // a message that nobody waits for) was accepted before, and nothing accepted is lost.
            if can_be_refused(&outgoing) && self.core.is_inbox_full(peer)? {
                let why = Error::new(Class::Busy, "the vat has too much waiting; try again later");
                return self.refuse(outgoing, why);
            }
        }
        if self.is_outbox_full(id)? && can_be_refused(&outgoing) {
            let why = "too much waits for the peer to take it; try again later";
            return self.refuse(outgoing, Error::new(Class::Busy, why));
        }
        let introducers = self.introducers(&outgoing)?;
        let Some(live) = self.sessions.get_mut(&id) else { return Ok(()) };
        self.touched.insert(id);
        match live.session.send(outgoing, &introducers, self.turn) {
            Ok(()) => Ok(()),
            // A table of that session is full, which is not this turn's fault.
            Err(SessionError::Violation(violation)) => self.cut_off(id, &violation),
            Err(error) => Err(error.into()),
        }
    }

    /// Ends a session that cannot go on, within a turn that has nothing to do with it.
    fn cut_off(&mut self, id: SessionId, violation: &Violation) -> Result<(), HostError> {
        tracing::warn!(vat = %self.slot.number, session = %id, %violation, "a session was ended");
        if let Some(live) = self.sessions.get_mut(&id) {
            live.session.abort(&violation.to_string());
            let frames = live.session.take_frames();
            if let Some(outbox) = live.carrier.closer() {
                let vat = self.slot.number;
                self.effects.release.push(Release::Frames { outbox, frames, vat, session: id });
            }
        }
        self.end_session(id, &Error::from(violation))
    }

    /// Hands over what a session that ends still has to say.
    pub fn hand_over_last(&mut self, live: &mut Live) -> Result<(), HostError> {
        let LiveCarrier::Local { peer, .. } = live.carrier else { return Ok(()) };
        // The peer may be going cold just now, so its mark is written in any case.
        self.effects.rows.push((layout::active(peer), Some(plain(Bytes::new()))));
        for operation in live.session.take_operations() {
            let from = (self.slot.number, self.slot.id);
            arrive(self.core, self.effects, peer, from, operation)?;
        }
        Ok(())
    }

    fn refuse(&mut self, outgoing: Outgoing, why: Error) -> Result<(), HostError> {
        match outgoing {
            Outgoing::Deliver { answer: Some(answer), .. } | Outgoing::Derive { answer, .. } => {
                Heap::settle(self.turn, answer, Err(why))?;
            }
            Outgoing::Deliver { answer: None, .. } | Outgoing::Drop { .. } => {}
        }
        Ok(())
    }

    /// Turns what the sessions want sent into rows of other vats' inboxes, or frames.
    pub(crate) fn hand_over_operations(&mut self) -> Result<(), HostError> {
        let mut touched = std::mem::take(&mut self.touched);
        // Whoever may bring nothing more is told when there is room again.
        for id in self.core.remembered(self.starved.clone())? {
            if self.load_session(id)? {
                touched.insert(id);
            }
        }
        for &id in &touched {
            let Some(live) = self.sessions.get_mut(&id) else { continue };
            let operations = live.session.take_operations();
            if let LiveCarrier::Durable { peer, .. } = live.carrier {
                live.last_used = Instant::now();
                self.hand_over_durable(id, peer, operations)?;
                continue;
            }
            if operations.is_empty() {
                continue;
            }
            live.last_used = Instant::now();
            match &live.carrier {
                LiveCarrier::Local { peer, .. } => {
                    for operation in operations {
                        let from = (self.slot.number, self.slot.id);
                        arrive(self.core, self.effects, *peer, from, operation)?;
                    }
                }
                LiveCarrier::Plain { outbox, .. } | LiveCarrier::Owner { outbox } => {
                    let session = &live.session;
                    self.effects.release.push(Release::Frames {
                        outbox: outbox.clone(),
                        frames: operations.iter().map(|op| session.encode(op)).collect(),
                        vat: self.slot.number,
                        session: id,
                    });
                }
                LiveCarrier::Durable { .. } => {}
            }
        }
        for id in touched {
            if let Some(live) = self.sessions.get_mut(&id) {
                live.session.write_rows(self.turn.records());
            }
        }
        debug_assert!(self.sessions.values().all(|live| live.session.is_written()));
        Ok(())
    }

    /// Sends a message to the bootstrap object of a session.
    pub fn ask_bootstrap(
        &mut self,
        session: SessionId,
        message: hogshead_objects::Message,
    ) -> Result<Value, HostError> {
        let far = Far { session, place: Place::Export(0) };
        let promise = self.turn.ask_far(far, message)?;
        Ok(Value::Ref(hogshead_objects::Ref::Promise(promise)))
    }

    /// Answers a device call within this turn.
    pub fn answer_device(
        &mut self,
        delivery: DeliveryId,
        outcome: Answer<Value>,
    ) -> Result<(), HostError> {
        // A call that was dropped meanwhile needs no answer.
        self.turn.complete_device(delivery, outcome)?;
        Ok(())
    }

    /// Does something once this turn is durable.
    pub fn after_durable(&mut self, then: impl FnOnce() + Send + 'static) {
        self.effects.release.push(Release::Then(Box::new(then)));
    }
}

/// Whether something can be refused by its answer.
fn can_be_refused(outgoing: &Outgoing) -> bool {
    match outgoing {
        // What a flush follows was accepted.
        Outgoing::Deliver { message, answer: Some(_), .. } => !message.is_flush(),
        Outgoing::Deliver { answer: None, .. } | Outgoing::Drop { .. } => false,
        Outgoing::Derive { .. } => true,
    }
}

/// Adds an operation to a vat's inbox: a row of the same batch, unless nothing of this host lasts, and
/// an arrival.
fn arrive(
    core: &Facts<'_>,
    effects: &mut Effects,
    to: VatNumber,
    from: (VatNumber, VatId),
    operation: Operation,
) -> Result<(), HostError> {
    let number = core.next_arrival()?;
    if core.keeps_inboxes() {
        let row = super::inbox::encode(from, &operation)?;
        effects.rows.push((layout::in_vat(to, &layout::inbox(number)), Some(row)));
    }
    if !core.is_awake(to)? {
        effects.rows.push((layout::active(to), Some(plain(Bytes::new()))));
    }
    let arrived = Some(Box::new((from.0, from.1, operation)));
    effects.arrivals.push((to, Input::Inbox { number, arrived }));
    Ok(())
}

fn plain(bytes: Bytes) -> Row {
    Row { bytes, secret: false }
}
