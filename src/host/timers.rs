//! What wakes vats when their timers are due.
//!
//! ```text
//!   turn ──its vat's first timer──▶ row [due][vat] of the same batch
//!                                        │ the first rows, in the order of time
//!   clock ──until the next is due──▶ driver ──Input::Timers──▶ vat: fire_due, a turn
//! ```
//!
//! A vat has one row, whatever it waits for, and a host reads a page of them, however many vats
//! there are. What came due while the host was down is what the driver finds first.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use hogshead_objects::ids::{Timestamp, VatNumber};
use hogshead_objects::mutation::{self, Mutation};
use hogshead_objects::records::Row;
use hogshead_objects::{Class, Error};
use hogshead_store::Batch;
use hogshead_vat::{TurnOutput, Vat};
use tokio::sync::Notify;

use super::clock::{Clock, text};
use super::core::Core;
use super::history::Cause;
use super::slot::{Input, Resident, Slot};
use super::turn::Effects;
use super::vats::{encode, mark};
use super::view::VatView;
use super::{HostError, layout};
use crate::admin::ClockInfo;
use crate::limits::{CLOCK_LOOK, FIRING_TIME, TIMERS_A_TURN_MAX, VATS_FIRING_MAX};

/// What the driver and the turns tell each other.
pub(crate) struct Timers {
    /// When the driver will look again by itself.
    next: AtomicU64,
    /// Wakes the driver.
    changed: Notify,
    firing: Mutex<Firing>,
}

/// The vats that were told to fire.
#[derive(Default)]
struct Firing {
    /// Those that have not begun. So many of them at once.
    told: BTreeSet<VatNumber>,
    /// Those that have more to fire than one turn may. They go on beside the others, lest whoever
    /// has much to catch up with keeps everybody waiting.
    going_on: BTreeSet<VatNumber>,
}

/// What the owner says of the host's clock.
#[derive(Clone, Copy)]
pub(crate) enum ClockCommand {
    Show,
    Set(Timestamp),
    /// By so many milliseconds.
    Advance(u64),
    Accept,
}

/// A change of the time of a vat's first timer.
#[derive(Clone, Copy)]
pub(crate) struct DueChange {
    from: Option<Timestamp>,
    to: Option<Timestamp>,
}

impl Firing {
    fn is_empty(&self) -> bool {
        self.told.is_empty() && self.going_on.is_empty()
    }
}

impl Default for Timers {
    fn default() -> Self {
        let (next, changed) = (AtomicU64::new(u64::MAX), Notify::new());
        Self { next, changed, firing: Mutex::default() }
    }
}

impl Timers {
    fn firing(&self) -> MutexGuard<'_, Firing> {
        self.firing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A change has been committed.
    pub fn note(&self, change: DueChange) {
        if change.to.is_some_and(|due| due.0 < self.next.load(Ordering::Acquire)) {
            self.changed.notify_one();
        }
    }

    /// A vat has fired: all that was due, or some of it.
    fn fired(&self, vat: VatNumber, more: bool) {
        let had_begun = {
            let mut firing = self.firing();
            let had_begun = !firing.told.remove(&vat);
            match more {
                true => firing.going_on.insert(vat),
                false => firing.going_on.remove(&vat),
            };
            had_begun
        };
        if !(had_begun && more) {
            self.changed.notify_one();
        }
    }
}

impl DueChange {
    /// The change that a turn made.
    pub fn of(output: &TurnOutput) -> Self {
        Self { from: output.due_before, to: output.due }
    }

    /// The rows by which the index follows it.
    pub fn rows(self, vat: VatNumber) -> impl Iterator<Item = (Bytes, Option<Row>)> {
        let changed = self.from != self.to;
        let gone = self.from.filter(|_| changed).map(|due| (layout::due(due, vat), None));
        let kept = changed && !mutation::has(Mutation::ForgetDue);
        let come = self.to.filter(|_| kept).map(|due| (layout::due(due, vat), Some(mark())));
        gone.into_iter().chain(come)
    }
}

impl Core {
    /// The driver's life.
    pub(crate) async fn drive_timers(self: Arc<Self>) {
        while !self.stopping() {
            // From here on every change wakes the driver, so that none is lost while it looks.
            self.timers.next.store(u64::MAX, Ordering::Release);
            let core = Arc::clone(&self);
            let next = match self.blocking(move || core.fire_what_is_due()).await {
                Ok(Ok(next)) => next,
                Ok(Err(error)) if error.is_full_disk() => Some(self.in_a_while()),
                Ok(Err(error)) => return self.fail(error),
                Err(panic) => {
                    tracing::error!(%panic, "looking for timers failed");
                    Some(self.in_a_while())
                }
            };
            self.timers.next.store(next.map_or(u64::MAX, |due| due.0), Ordering::Release);
            let wait = async {
                match next {
                    Some(due) => self.clock.until(due).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                () = self.stopped.notified() => return,
                () = self.timers.changed.notified() => {}
                () = wait => {}
            }
        }
    }

    /// Tells vats to fire, in the order of their times; gives when to look again, if nobody says
    /// so before.
    fn fire_what_is_due(&self) -> Result<Option<Timestamp>, HostError> {
        if self.clock.jump().is_some() {
            return Ok(Some(self.in_a_while()));
        }
        let now = self.clock.now();
        let (from, to) = layout::dues();
        let firing = {
            let mut firing = self.timers.firing();
            let is_there = |vat: &VatNumber| self.slot_if_any(*vat).is_some();
            firing.told.retain(is_there);
            firing.going_on.retain(is_there);
            firing.told.len() + firing.going_on.len()
        };
        // Enough to find those that are not told yet, and when the next is due.
        for (key, _) in self.keep.range(&from, &to, firing + VATS_FIRING_MAX + 1)? {
            let Some((due, vat)) = layout::due_in(&key) else {
                return Err(HostError::Damaged("a row of the index of timers".to_owned()));
            };
            if due > now && !mutation::has(Mutation::FireEarly) {
                return Ok(Some(due));
            }
            {
                let mut firing = self.timers.firing();
                if firing.told.contains(&vat) || firing.going_on.contains(&vat) {
                    continue;
                }
                if firing.told.len() >= VATS_FIRING_MAX {
                    break;
                }
                firing.told.insert(vat);
            }
            if self.slot(vat)?.is_none() {
                // A vat that was removed meanwhile.
                let rows = vec![(key, None)];
                self.commit(Batch::new(), Effects { rows, ..Effects::default() })?;
                self.timers.fired(vat, false);
                continue;
            }
            self.push(vat, Input::Timers);
        }
        Ok(None)
    }

    /// Fires what is due in a vat: as much as one turn may.
    pub(crate) fn fire_timers(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
    ) -> Result<(), HostError> {
        let told = self.tell(&Cause::FireDue(TIMERS_A_TURN_MAX));
        let fired = self
            .turn_as(slot, resident, &told, |work| Ok(work.turn.fire_due(TIMERS_A_TURN_MAX)?));
        match fired {
            Ok((fired, _)) => {
                if fired.more {
                    self.push(slot.number, Input::Timers);
                }
                self.timers.fired(slot.number, fired.more);
            }
            Err(error) => {
                slot.inputs().queue.push_front(Input::Timers);
                return Err(error);
            }
        }
        Ok(())
    }

    /// The rows of a vat in the index that go with it.
    pub(crate) fn due_rows_of(
        &self,
        vat: VatNumber,
    ) -> Result<impl Iterator<Item = (Bytes, Option<Row>)>, HostError> {
        let loaded = Vat::load(&VatView::new(self, vat))?;
        let from = loaded.and_then(|vat| vat.due());
        Ok(DueChange { from, to: None }.rows(vat))
    }

    /// Does what the owner says of the clock; gives how it then is, and what is due next.
    pub(crate) async fn tend_clock(&self, command: ClockCommand) -> Result<ClockInfo, HostError> {
        match command {
            ClockCommand::Show => return self.clock_info(),
            ClockCommand::Set(time) => self.set_clock(time)?,
            ClockCommand::Advance(by_ms) => {
                self.set_clock(Timestamp(self.clock.now().0.saturating_add(by_ms)))?;
            }
            ClockCommand::Accept => self.accept_clock()?,
        }
        self.until_fired().await?;
        self.clock_info()
    }

    fn set_clock(&self, time: Timestamp) -> Result<(), HostError> {
        let Some(clock) = self.clock.as_virtual() else { return Err(not_virtual().into()) };
        let now = self.clock.now();
        if time < now {
            let (now, time) = (text(now), text(time));
            let why = format!("it is {now} already: time does not go back to {time}");
            return Err(Error::bad_call(why).into());
        }
        clock.set(time);
        Ok(())
    }

    fn accept_clock(&self) -> Result<(), HostError> {
        match self.clock.accept() {
            Some(jump) => {
                tracing::warn!("the clock's jump to {} was accepted", text(jump.shown));
                self.timers.changed.notify_one();
                Ok(())
            }
            None => Err(Error::bad_call("the clock has not jumped: it needs no word").into()),
        }
    }

    /// Waits until everything that is due has fired.
    async fn until_fired(&self) -> Result<(), HostError> {
        let (from, to) = layout::dues();
        let fired = async {
            loop {
                let first = self.keep.range(&from, &to, 1)?.pop();
                let due = first.and_then(|(key, _)| layout::due_in(&key)).map(|(due, _)| due);
                let none_is_due = due.is_none_or(|due| due > self.clock.now());
                if (none_is_due && self.timers.firing().is_empty()) || self.clock.jump().is_some() {
                    return Ok(());
                }
                tokio::time::sleep(FIRED_PAUSE).await;
            }
        };
        let late = "the clock was set, and what is due has not all fired yet";
        match tokio::time::timeout(FIRING_TIME, fired).await {
            Ok(fired) => fired,
            Err(_) => Err(Error::new(Class::Busy, late).into()),
        }
    }

    /// The row of the time that is to be written down.
    pub(crate) fn clock_mark_row(
        mark: Option<Timestamp>,
    ) -> Result<Option<(Bytes, Option<Row>)>, HostError> {
        let row = mark.map(|mark| encode(&mark, false)).transpose()?;
        Ok(row.map(|row| (layout::clock_mark(), Some(row))))
    }

    fn in_a_while(&self) -> Timestamp {
        let look = u64::try_from(CLOCK_LOOK.as_millis()).unwrap_or(u64::MAX);
        Timestamp(self.clock.now().0.saturating_add(look))
    }
}

fn not_virtual() -> Error {
    Error::bad_call("this host goes by the system's clock, which it does not set")
}

/// How often an owner's command looks whether everything has fired.
const FIRED_PAUSE: std::time::Duration = std::time::Duration::from_millis(5);
