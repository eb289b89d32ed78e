//! Promises: settling them, and what waited for them.

use bytes::Bytes;
use hogshead_objects::error::{Class, Error, Result};
use hogshead_objects::heap::{Outgoing, Part};
use hogshead_objects::ids::{PromiseId, SessionId};
use hogshead_objects::message::Message;
use hogshead_objects::mutation::{self, Mutation};
use hogshead_objects::records::{ReadRecords, RecordsError, table};
use hogshead_objects::reference::{Far, Ref};
use hogshead_objects::value::Value;

use super::Turn;
use super::post::{Body, End, Letter, too_large};
use crate::error::VatError;
use crate::limits;
use crate::rows::{self, Action, Caller, DeliveryRow, Edge, PromiseRow, PromiseState};
use crate::vat::Trigger;

impl Turn<'_, '_> {
    /// Settles a promise and moves on what waited for it, in order. A second time is nothing.
    pub(super) fn settle_promise(
        &mut self,
        id: PromiseId,
        outcome: Result<Value>,
    ) -> Result<(), VatError> {
        self.unsettled.push_back((id, outcome));
        if self.settling {
            return Ok(());
        }
        self.settling = true;
        let mut result = Ok(());
        while let Some((id, outcome)) = self.unsettled.pop_front() {
            result = self.settle_one(id, outcome);
            if result.is_err() {
                self.unsettled.clear();
                break;
            }
        }
        self.settling = false;
        result
    }

    fn settle_one(&mut self, id: PromiseId, outcome: Result<Value>) -> Result<(), VatError> {
        let Some(row) = self.load_promise(id)? else { return Ok(()) };
        if !row.undecided() {
            return Ok(());
        }
        let far = match row.state {
            PromiseState::Far(far) => Some(far),
            _ => None,
        };
        let sent_to = far.filter(|_| row.used);
        let next = match &outcome {
            Ok(Value::Ref(next)) => Some(*next),
            _ => None,
        };
        let simple = outcome.as_ref().ok().filter(|value| is_simple(value)).cloned();
        let state = self.settled_state(id, outcome)?;
        if let (Some(value), PromiseState::Data(_)) = (simple, &state) {
            if self.settled.len() >= limits::PAGE_ROWS {
                self.settled.clear();
            }
            self.settled.push((id, value));
        }
        if let (Some(far), Some(next), PromiseState::Ref(to)) = (sent_to, next, &state)
            && !self.follows(far, next)?
            && !mutation::has(Mutation::SkipFlush)
        {
            return self.drain(id, far, *to);
        }
        self.conclude(id, state, far)
    }

    /// Gives a promise the state that it keeps, and moves on what waited for it.
    pub(super) fn conclude(
        &mut self,
        id: PromiseId,
        state: PromiseState,
        far: Option<Far>,
    ) -> Result<(), VatError> {
        if let Some(row) = &mut self.modify_promise(id)?.row {
            let before = row.edges().to_vec();
            row.state = state;
            row.watch = None;
            let edges = row.edges().to_vec();
            self.deltas.extend(before.into_iter().map(|edge| (edge, -1)));
            self.deltas.extend(edges.into_iter().map(|edge| (edge, 1)));
        }
        // What nobody reads any more may go, now that nobody needs to settle it.
        self.deltas.push((Edge::Promise(id), 0));
        if let Some(far) = far {
            self.send_out(Outgoing::Drop { far });
        }
        // Everything that waits for it moves to where it leads now.
        self.take_waiting(Trigger::Promise(id), &mut Self::advance)
    }

    pub(super) fn settled_state(
        &mut self,
        id: PromiseId,
        outcome: Result<Value>,
    ) -> Result<PromiseState, VatError> {
        let value = match outcome {
            Ok(value) => value,
            // What only this host's log may say has been said there.
            Err(error) => return Ok(PromiseState::Broken(error.without_detail())),
        };
        let Value::Ref(reference) = value else {
            return Ok(match rows::payload(&vec![value]) {
                Ok(payload) if payload.bytes.len() > limits::MESSAGE_BYTES_MAX => {
                    PromiseState::Broken(too_large(payload.bytes.len()))
                }
                Ok(payload) => PromiseState::Data(payload),
                Err(error) => PromiseState::Broken(error),
            });
        };
        let end = self.end_of(reference)?;
        if let End::Pending(last) | End::Far(last, _) = end
            && self.will_be(last, id)?
        {
            let why = Error::new(Class::Failed, "the promise was resolved to itself");
            return Ok(PromiseState::Broken(why));
        }
        Ok(match end {
            End::Pending(last) | End::Far(last, _) | End::Data(last) => {
                PromiseState::Ref(Edge::Promise(last))
            }
            End::Facet(facet) => PromiseState::Ref(Edge::Facet(facet)),
            End::Import(import) => PromiseState::Ref(Edge::Import(import)),
            End::Resolver(promise) => PromiseState::Ref(Edge::Resolver(promise)),
            End::Broken(error) => PromiseState::Broken(error),
        })
    }

    /// Takes everything that waits for a trigger out of the table, in order, and hands it on.
    pub(super) fn take_waiting(
        &mut self,
        trigger: Trigger,
        hand_on: &mut dyn FnMut(&mut Self, DeliveryRow) -> Result<(), VatError>,
    ) -> Result<(), VatError> {
        while self.anything_waits() {
            let page = self.waiting_for(trigger)?;
            // Nothing comes to wait for a promise that is settled.
            let is_last = page.len() < limits::PAGE_ROWS && matches!(trigger, Trigger::Promise(_));
            if page.is_empty() {
                return Ok(());
            }
            for (key, bytes) in page {
                let Some((_, delivery)) = rows::parse_delivery_key(&key) else {
                    return Err(rows::damaged(&key, "it is not a delivery's key".into()).into());
                };
                let row = match self.vat.lately.take(delivery) {
                    Some(row) => row,
                    None => rows::decode(&key, &bytes)?,
                };
                self.drop_delivery(trigger, delivery, &row, key.len() + bytes.len());
                hand_on(self, row)?;
            }
            if is_last {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The first deliveries with a trigger, in order. If all that wait came within this turn, the
    /// store has none of them.
    fn waiting_for(&self, trigger: Trigger) -> Result<Vec<(Bytes, Bytes)>, RecordsError> {
        let (from, to) = rows::table_range(table::DELIVERY);
        let changed = self.overlay.changed(&from, &to).take(limits::CHANGED_DELIVERIES_SEEN_MAX);
        let new: Vec<_> = changed
            .filter_map(|(key, row)| Some((rows::parse_delivery_key(key)?.0, key, row?)))
            .filter(|(trigger, ..)| is_waiting(*trigger))
            .collect();
        if u64::try_from(new.len()) != Ok(self.waiting()) {
            let (from, to) = rows::delivery_range(trigger, None);
            return self.overlay.range(&from, &to, limits::PAGE_ROWS);
        }
        let new = new.into_iter().filter(|(its, ..)| *its == trigger);
        Ok(new.map(|(_, key, row)| (key.clone(), row.bytes.clone())).collect())
    }

    /// Whether any delivery waits for something that may happen. Mostly none does, and a look among
    /// the rows costs as much as several of them.
    fn anything_waits(&self) -> bool {
        self.waiting() > 0
    }

    /// How many deliveries wait for something that may happen: not for their turn, a time or the
    /// owner.
    fn waiting(&self) -> u64 {
        let meter = &self.vat.row.meter;
        meter.deliveries.saturating_sub(meter.ready + meter.timers + meter.parked)
    }

    /// Puts a delivery that is in no queue to where it belongs now.
    pub(super) fn advance(&mut self, row: DeliveryRow) -> Result<(), VatError> {
        match row.action {
            Action::Message { target, message } => {
                let Some(target) = target.reference() else { return Ok(()) };
                let (born, turn, answer) = (row.born, row.turn, row.answer);
                let (body, session, caller) = (Body::Kept(message), row.session, row.caller);
                let born = Some((born, turn));
                self.post(Letter { target, body, answer, born, session, caller })?;
                self.pipeline_waiting(answer)
            }
            Action::Continue { object, awaited, name, captured } => {
                let end = self.end_of_edge(awaited)?;
                let (trigger, awaited) = wait_for(&end, awaited);
                let action = Action::Continue { object, awaited, name, captured };
                self.put_delivery(trigger, DeliveryRow { action, ..row }).map(drop)
            }
            Action::Tell { awaited, resolver, of } => {
                let end = self.end_of_edge(awaited)?;
                let Some(outcome) = self.outcome_of(&end)? else {
                    let (trigger, awaited) = wait_for(&end, awaited);
                    let action = Action::Tell { awaited, resolver, of };
                    return self.put_delivery(trigger, DeliveryRow { action, ..row }).map(drop);
                };
                let Some(resolver) = resolver.reference() else { return Ok(()) };
                self.tell_resolver(resolver, outcome, row.session)
            }
            Action::Derive { awaited, part } => {
                let Some(awaited) = awaited.reference() else { return Ok(()) };
                let Some(answer) = row.answer else { return Ok(()) };
                self.derive_part(awaited, part.into(), answer, row.session)?;
                self.pipeline_waiting(Some(answer))
            }
            Action::Watch { awaited: Some(Edge::Promise(awaited)) } => {
                let Some(answer) = row.answer else { return Ok(()) };
                self.watch(Ref::Promise(awaited), answer)
            }
            Action::Watch { .. } | Action::Alarm(_) => Ok(()),
            Action::Sweep(sweep) => self.sweep(sweep),
            Action::Drain { awaited } => {
                let Some(answer) = row.answer else { return Ok(()) };
                let end = self.end_of_edge(awaited)?;
                self.drained(answer, &end)
            }
            Action::Answer { .. } => self.advance_answer(row),
            Action::Notice { awaited } => self.notice(awaited, row),
            Action::Uproot { path } => self.uproot(path, false),
        }
    }

    /// If a peer will give this answer now: what was sent to it while nobody knew that follows
    /// at once, so that later messages cannot overtake it. Continuations and listeners wait on.
    fn pipeline_waiting(&mut self, answer: Option<PromiseId>) -> Result<(), VatError> {
        self.owed.extend(answer);
        if std::mem::replace(&mut self.pipelining, true) {
            return Ok(());
        }
        // A queue, because a peer may make a pipeline of any length.
        let mut result = Ok(());
        while let (Ok(()), Some(id)) = (&result, self.owed.pop_front()) {
            result = self.forward_waiting(id);
        }
        self.pipelining = false;
        result
    }

    fn forward_waiting(&mut self, id: PromiseId) -> Result<(), VatError> {
        if !matches!(self.end_of(Ref::Promise(id))?, End::Far(..)) {
            return Ok(());
        }
        let trigger = Trigger::Promise(id);
        let mut after = None;
        loop {
            let (from, to) = rows::delivery_range(trigger, after);
            let page = self.overlay.range(&from, &to, limits::PAGE_ROWS)?;
            for (key, bytes) in &page {
                after = rows::parse_delivery_key(key).map(|(_, delivery)| delivery);
                let row: DeliveryRow = rows::decode(key, bytes)?;
                if let (Some(delivery), Action::Message { .. } | Action::Derive { .. }) =
                    (after, &row.action)
                {
                    self.drop_delivery(trigger, delivery, &row, key.len() + bytes.len());
                    self.advance(row)?;
                }
            }
            if page.len() < limits::PAGE_ROWS {
                return Ok(());
            }
        }
    }

    /// Tells a resolver, near or far, how a promise was settled.
    pub(super) fn tell_resolver(
        &mut self,
        resolver: Ref,
        outcome: Result<Value>,
        session: Option<SessionId>,
    ) -> Result<(), VatError> {
        let message = match outcome {
            Ok(value) => Message::new("fulfill", [value]),
            Err(error) => Message::new("break", [error.into_reason()]),
        };
        let body = Body::Live(message);
        let (answer, born, caller) = (None, None, Caller::Own);
        self.post(Letter { target: resolver, body, answer, born, session, caller })
    }

    /// Settles `answer` with a part of what `from` is, now or when that is known.
    pub(super) fn derive_part(
        &mut self,
        from: Ref,
        part: Part,
        answer: PromiseId,
        session: Option<SessionId>,
    ) -> Result<(), VatError> {
        let end = self.end_of(from)?;
        match &end {
            End::Pending(id) => {
                let action = Action::Derive { awaited: Edge::Promise(*id), part: part.into() };
                let (born, turn) = (self.vat.row.next_id, self.number());
                let answer = Some(answer);
                let (cause, caller) = (None, Caller::Own);
                let row = DeliveryRow { action, answer, born, turn, cause, session, caller };
                self.put_delivery(Trigger::Promise(*id), row).map(drop)
            }
            End::Far(_, far) => {
                self.expect_from_far(answer, *far)?;
                self.send_out(Outgoing::Derive { far: *far, part, answer });
                Ok(())
            }
            End::Broken(error) => self.settle_promise(answer, Err(error.clone())),
            End::Data(id) => {
                let value = self.data_of(*id)?;
                self.settle_promise(answer, part.take(value))
            }
            End::Facet(_) | End::Import(_) | End::Resolver(_) => {
                let why = Error::bad_call("an object has no fields or items; only data has");
                self.settle_promise(answer, Err(why))
            }
        }
    }

    pub(super) fn end_of_edge(&mut self, edge: Edge) -> Result<End, VatError> {
        match edge.reference() {
            Some(reference) => self.end_of(reference),
            None => Ok(End::Broken(Error::bad_call("an object itself is not awaited"))),
        }
    }

    /// A new promise that this vat will settle, held by nobody yet.
    pub(super) fn new_promise(&mut self, state: PromiseState) -> PromiseId {
        self.create_promise_row(PromiseRow::new(state))
    }

    /// A new promise that stands for an object until that one is known.
    pub(super) fn new_stand_in(&mut self) -> PromiseId {
        let row = PromiseRow { stand_in: true, ..PromiseRow::new(PromiseState::Pending) };
        self.create_promise_row(row)
    }
}

/// The trigger for something that waits for `end`, and what it then waits for.
pub(super) fn wait_for(end: &End, awaited: Edge) -> (Trigger, Edge) {
    match end {
        End::Pending(id) | End::Far(id, _) => (Trigger::Promise(*id), Edge::Promise(*id)),
        _ => (Trigger::Now, awaited),
    }
}

/// Whether a delivery with this trigger waits for something that may happen.
fn is_waiting(trigger: Trigger) -> bool {
    !matches!(trigger, Trigger::Now | Trigger::Time(_) | Trigger::Parked)
}

/// Whether a value is read as it was said, beyond any doubt, and copied for nothing.
fn is_simple(value: &Value) -> bool {
    matches!(
        value,
        Value::Undefined | Value::Null | Value::Bool(_) | Value::Int(_) | Value::Bytes(_)
    )
}
