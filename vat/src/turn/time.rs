//! Timers: deliveries that wait for a time.
//!
//! Each has a promise, which knows the delivery's key and holds nothing of it: the delivery goes
//! with the promise's last holder. One with a target holds the promise itself, since it goes on
//! although nobody waits. A timer that fires again and again is put back under its next time in the
//! turn that fires it.

use hogshead_objects::error::{Class, Error, Result};
use hogshead_objects::ids::{DeliveryId, PromiseId, SessionId, Timestamp};
use hogshead_objects::message::Message;
use hogshead_objects::mutation::{self, Mutation};
use hogshead_objects::records::ReadRecords;
use hogshead_objects::stock::clock::CatchUp;
use hogshead_objects::value::Value;

use super::Turn;
use super::post::{Body, End, Letter};
use crate::error::VatError;
use crate::limits;
use crate::rows::{self, Action, Alarm, Caller, DeliveryRow, Edge, PromiseState};
use crate::vat::Trigger;

/// What [`Turn::fire_due`] did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fired {
    /// How many timers fired.
    pub count: usize,
    /// Whether more are due, which another turn may fire.
    pub more: bool,
}

/// A delivery that is due, with the bytes of its row.
type Due = (Timestamp, DeliveryId, DeliveryRow, usize);

impl Turn<'_, '_> {
    /// Fires the timers that are due, in the order of their times, at most `limit`; fewer while
    /// deliveries are ready, so that what they set off can run before more comes. A paused vat
    /// fires none.
    pub fn fire_due(&mut self, limit: usize) -> Result<Fired, VatError> {
        let mut count = 0;
        while let Some((due, id, row, stored)) = self.first_due()? {
            let backlog = usize::try_from(self.vat.row.meter.ready).unwrap_or(usize::MAX);
            if count >= limit || backlog >= limit {
                return Ok(Fired { count, more: true });
            }
            self.drop_delivery(Trigger::Time(due), id, &row, stored);
            match (row.action.clone(), row.answer) {
                (Action::Alarm(alarm), Some(done)) => self.fire(due, alarm, done, row)?,
                _ => self.advance(row)?,
            }
            count += 1;
        }
        Ok(Fired { count, more: false })
    }

    /// Cancels the timer whose promise this is, which breaks; `false` if it was over already.
    pub fn cancel_alarm(&mut self, done: PromiseId, why: &str) -> Result<bool, VatError> {
        let Some(key) = self.load_promise(done)?.and_then(|row| row.watch.clone()) else {
            return Ok(false);
        };
        let Some((trigger @ Trigger::Time(_), id)) = rows::parse_delivery_key(&key) else {
            return Ok(false);
        };
        let Some((row, stored)) = self.delivery(trigger, id)? else { return Ok(false) };
        self.drop_delivery(trigger, id, &row, stored);
        self.settle_promise(done, Err(Error::new(Class::Stopped, why)))?;
        Ok(true)
    }

    /// Sets a timer; gives the promise that it settles, held by nobody yet.
    pub(crate) fn set_alarm(
        &mut self,
        due: Timestamp,
        alarm: Alarm,
        session: Option<SessionId>,
        caller: Caller,
    ) -> Result<PromiseId> {
        self.vat.row.quota.admit_timer(&self.vat.row.meter)?;
        let done = self.new_promise(PromiseState::Pending);
        let (born, turn) = (self.vat.row.next_id, self.number());
        let action = Action::Alarm(alarm);
        let (answer, cause) = (Some(done), None);
        let row = DeliveryRow { action, answer, born, turn, cause, session, caller };
        self.arm(due, done, row).map_err(|trouble| self.visible(trouble))?;
        Ok(done)
    }

    fn arm(&mut self, due: Timestamp, done: PromiseId, row: DeliveryRow) -> Result<(), VatError> {
        let trigger = Trigger::Time(due);
        let id = self.put_delivery(trigger, row)?;
        let key = rows::delivery_key(trigger, id).to_vec();
        if let Some(row) = &mut self.modify_promise(done)?.row {
            row.watch = Some(key.into());
        }
        Ok(())
    }

    fn fire(
        &mut self,
        due: Timestamp,
        alarm: Alarm,
        done: PromiseId,
        row: DeliveryRow,
    ) -> Result<(), VatError> {
        if let Some(why) = self.cannot_fire(&alarm)? {
            return self.settle_promise(done, Err(why));
        }
        let due = alarm.since.unwrap_or(due);
        if self.has_no_room(&alarm)? {
            return self.put_off(due, alarm, done, row);
        }
        let Some((period, catch_up)) = alarm.every else {
            self.tick(&alarm, 1, due, &row)?;
            return self.settle_promise(done, Ok(Value::Int(due.0.into())));
        };
        let ticks = catch_up.ticks_due(due, period, self.meta.now);
        if let Some((count, due)) = ticks.tick {
            self.tick(&alarm, count, due, &row)?;
        }
        let action = Action::Alarm(Alarm { since: None, ..alarm });
        self.arm(ticks.next, done, DeliveryRow { action, ..row })
    }

    /// Puts a timer off whose tick nobody can take now. It keeps the time that it was set for, so
    /// that what it then tells is the same as after any other delay.
    fn put_off(
        &mut self,
        due: Timestamp,
        alarm: Alarm,
        done: PromiseId,
        row: DeliveryRow,
    ) -> Result<(), VatError> {
        let now = self.meta.now;
        let next = match alarm.every {
            Some((period, _)) => {
                let period = period.max(limits::TIMER_RETRY_MS);
                CatchUp::Once.ticks_due(due, period, now).next
            }
            None => Timestamp(now.0.saturating_add(limits::TIMER_RETRY_MS)),
        };
        let action = Action::Alarm(Alarm { since: Some(due), ..alarm });
        self.arm(next, done, DeliveryRow { action, ..row })
    }

    /// Whether a tick would only wait: for a promise that is not resolved, in a vat that has as
    /// much waiting as it may, or for a peer that has.
    fn has_no_room(&mut self, alarm: &Alarm) -> Result<bool, VatError> {
        let Some(target) = alarm.target.and_then(Edge::reference) else { return Ok(false) };
        if self.vat.row.quota.admit_delivery(&self.vat.row.meter).is_err() {
            return Ok(true);
        }
        match self.end_of(target)? {
            End::Pending(_) => Ok(true),
            End::Import(_) | End::Far(..) => Ok(self.admit_target(target).is_err()),
            _ => Ok(false),
        }
    }

    fn tick(
        &mut self,
        alarm: &Alarm,
        count: u64,
        due: Timestamp,
        row: &DeliveryRow,
    ) -> Result<(), VatError> {
        let Some(target) = alarm.target.and_then(Edge::reference) else { return Ok(()) };
        let message = Message::new("tick", [Value::Int(count.into()), Value::Int(due.0.into())]);
        let (body, answer, born) = (Body::Live(message), None, None);
        // It is sent for whoever set the timer, and with no more authority than that.
        let (session, caller) = (row.session, row.caller);
        self.post(Letter { target, body, answer, born, session, caller })
    }

    /// Why a timer is over: its clock is revoked or its grant has expired, or whom it ticks is out of reach for ever.
    fn cannot_fire(&mut self, alarm: &Alarm) -> Result<Option<Error>, VatError> {
        if let Some(why) = self.over_for_good(alarm.clock)? {
            return Ok(Some(why));
        }
        let Some(target) = alarm.target else { return Ok(None) };
        Ok(match self.end_of_edge(target)? {
            End::Facet(id) => self.ended(id)?,
            End::Import(id) => self.load_import(id)?.and_then(|import| import.severed.clone()),
            End::Broken(why) => Some(why),
            End::Data(_) => Some(Error::bad_call("ticks cannot be sent to data")),
            End::Pending(_) | End::Far(..) | End::Resolver(_) => None,
        })
    }

    fn first_due(&self) -> Result<Option<Due>, VatError> {
        if self.vat.row.paused || self.vat.row.meter.timers == 0 {
            return Ok(None);
        }
        let early = mutation::has(Mutation::FireEarly);
        let until = if early { Timestamp(u64::MAX) } else { self.meta.now };
        let (from, to) = rows::due_range(until);
        let Some((key, bytes)) = self.overlay.range(&from, &to, 1)?.pop() else { return Ok(None) };
        match rows::parse_delivery_key(&key) {
            Some((Trigger::Time(due), id)) => {
                Ok(Some((due, id, rows::decode(&key, &bytes)?, key.len() + bytes.len())))
            }
            _ => Err(rows::damaged(&key, "it is not a timer's key".into()).into()),
        }
    }

    /// Brings the time of the first timer up to date at the turn's end.
    pub(super) fn note_due(&mut self) -> Result<(), VatError> {
        if !self.times_changed && !self.vat_changed {
            return Ok(());
        }
        self.vat.row.due = if self.vat.row.paused || self.vat.row.meter.timers == 0 {
            None
        } else {
            let (from, to) = rows::due_range(Timestamp(u64::MAX));
            let first = self.overlay.range(&from, &to, 1)?.pop();
            match first.and_then(|(key, _)| rows::parse_delivery_key(&key)) {
                Some((Trigger::Time(due), _)) => Some(due),
                _ => None,
            }
        };
        Ok(())
    }
}
