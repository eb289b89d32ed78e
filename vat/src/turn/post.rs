//! Where a message goes: to the queue of this vat, of a promise, to a peer, or nowhere.

use hogshead_objects::error::{Class, Error, Result};
use hogshead_objects::heap::Outgoing;
use hogshead_objects::ids::{DeliveryId, FacetId, ImportId, PromiseId, SessionId};
use hogshead_objects::message::Message;
use hogshead_objects::records::ReadRecords;
use hogshead_objects::reference::{Far, Place, Ref};
use hogshead_objects::value::Value;

use super::Turn;
use crate::error::VatError;
use crate::limits;
use crate::rows::{
    self, Action, Caller, DeliveryRow, Edge, ImportRow, Payload, PromiseRow, PromiseState,
};
use crate::vat::Trigger;

/// What is at the end of a reference, after promises that lead on.
#[derive(Clone, Debug)]
pub(super) enum End {
    Facet(FacetId),
    /// A promise that this vat will settle, or that drains: what is sent to it waits.
    Pending(PromiseId),
    /// A promise that a peer will settle.
    Far(PromiseId, Far),
    Import(ImportId),
    Resolver(PromiseId),
    /// Data, kept by this promise.
    Data(PromiseId),
    Broken(Error),
}

/// A message, as it came or as it was kept.
pub(super) enum Body {
    Live(Message),
    Kept(Payload),
}

/// A message on its way.
pub(super) struct Letter {
    pub target: Ref,
    pub body: Body,
    pub answer: Option<PromiseId>,
    /// Its age, if it was put down before.
    pub born: Option<(u64, hogshead_objects::ids::TurnNumber)>,
    /// The session that brought it, if it is counted.
    pub session: Option<SessionId>,
    /// The vat whose session brought it, if one did.
    pub caller: Caller,
}

impl Turn<'_, '_> {
    /// Follows a reference to where it leads.
    pub(super) fn end_of(&mut self, reference: Ref) -> Result<End, VatError> {
        if let Ref::Promise(id) = reference {
            self.load_promise(id)?;
        }
        self.follow(reference)
    }

    /// Follows a reference to where it leads, without keeping what it reads.
    pub(super) fn follow(&self, reference: Ref) -> Result<End, VatError> {
        let mut id = match reference {
            Ref::Facet(id) => return Ok(End::Facet(id)),
            Ref::Import(id) => return Ok(End::Import(id)),
            Ref::Resolver(id) => return Ok(End::Resolver(id)),
            Ref::Promise(id) => id,
        };
        for _ in 0..limits::PROMISE_CHAIN_MAX {
            let end = |row: &PromiseRow| match &row.state {
                PromiseState::Pending | PromiseState::Dropped | PromiseState::Draining { .. } => {
                    Ok(End::Pending(id))
                }
                PromiseState::Far(far) => Ok(End::Far(id, *far)),
                PromiseState::Data(_) => Ok(End::Data(id)),
                PromiseState::Broken(error) => Ok(End::Broken(error.clone())),
                PromiseState::Ref(Edge::Promise(next)) => Err(*next),
                PromiseState::Ref(Edge::Facet(id)) => Ok(End::Facet(*id)),
                PromiseState::Ref(Edge::Import(id)) => Ok(End::Import(*id)),
                PromiseState::Ref(Edge::Resolver(id)) => Ok(End::Resolver(*id)),
                PromiseState::Ref(Edge::Object(_)) => Ok(End::Broken(gone())),
            };
            match self.see_promise(id, end)? {
                Some(Ok(end)) => return Ok(end),
                Some(Err(next)) => id = next,
                None => return Ok(End::Broken(gone())),
            }
        }
        Ok(End::Broken(Error::new(
            Class::Limit,
            format!("more than {} promises lead one to the next", limits::PROMISE_CHAIN_MAX),
        )))
    }

    /// The value that a settled promise is.
    pub(super) fn data_of(&self, id: PromiseId) -> Result<Value, VatError> {
        if let Some((_, value)) = self.settled.iter().rev().find(|(settled, _)| *settled == id) {
            return Ok(value.clone());
        }
        let row = self.peek_promise(id)?;
        let Some(PromiseState::Data(payload)) = row.map(|row| row.state) else {
            return Ok(Value::Undefined);
        };
        let mut values = read(&rows::promise_key(id), &payload)?;
        Ok(values.pop().unwrap_or(Value::Undefined))
    }

    /// What a settled reference is, as an outcome; nothing if it is not settled.
    pub(super) fn outcome_of(&self, end: &End) -> Result<Option<Result<Value>>, VatError> {
        Ok(match end {
            End::Pending(_) | End::Far(..) => None,
            End::Facet(id) => Some(Ok(Value::Ref(Ref::Facet(*id)))),
            End::Import(id) => Some(Ok(Value::Ref(Ref::Import(*id)))),
            End::Resolver(id) => Some(Ok(Value::Ref(Ref::Resolver(*id)))),
            End::Data(id) => Some(Ok(self.data_of(*id)?)),
            End::Broken(error) => Some(Err(error.clone())),
        })
    }

    /// Sends a letter to where its target leads now.
    pub(super) fn post(&mut self, letter: Letter) -> Result<(), VatError> {
        match self.end_of(letter.target)? {
            End::Facet(_) | End::Resolver(_) if letter.body.is_flush() => {
                self.answer_flush(letter.answer)
            }
            End::Facet(id) if letter.body.is_watch() => self.watch_for(id, &letter),
            End::Facet(id) => self.queue(Trigger::Now, Ref::Facet(id), letter).map(drop),
            End::Pending(id) => {
                self.queue(Trigger::Promise(id), Ref::Promise(id), letter).map(drop)
            }
            End::Far(id, far) => {
                self.note_sent(id)?;
                self.forward(far, letter)
            }
            End::Import(id) => match self.load_import(id)? {
                Some(ImportRow { severed: Some(why), .. }) => {
                    let why = why.clone();
                    self.refuse_letter(&letter, why)
                }
                Some(ImportRow { far, .. }) => {
                    let far = *far;
                    self.forward(far, letter)
                }
                None => self.refuse_letter(&letter, gone()),
            },
            End::Resolver(id) => self.resolver_message(id, letter),
            End::Data(_) => {
                let why = Error::bad_call("a message was sent to data, which takes none");
                self.refuse_letter(&letter, why)
            }
            End::Broken(why) => self.refuse_letter(&letter, why),
        }
    }

    /// Puts a letter down as a delivery.
    pub(super) fn queue(
        &mut self,
        trigger: Trigger,
        target: Ref,
        letter: Letter,
    ) -> Result<DeliveryId, VatError> {
        let message = match letter.body {
            Body::Kept(payload) => payload,
            Body::Live(message) => {
                let payload = rows::payload(&message.values).map_err(VatError::Command)?;
                if payload.bytes.len() > limits::MESSAGE_BYTES_MAX {
                    return Err(VatError::Command(too_large(payload.bytes.len())));
                }
                payload
            }
        };
        let born = letter.born.unwrap_or((self.vat.row.next_id, self.number()));
        let action = Action::Message { target: target.into(), message };
        let row = DeliveryRow {
            action,
            answer: letter.answer,
            born: born.0,
            turn: born.1,
            cause: None,
            session: letter.session,
            caller: letter.caller,
        };
        self.put_delivery(trigger, row)
    }

    /// Puts a delivery's row, under an id of its own.
    pub(super) fn put_delivery(
        &mut self,
        trigger: Trigger,
        row: DeliveryRow,
    ) -> Result<DeliveryId, VatError> {
        let id = DeliveryId(self.vat.draw_id());
        let key = rows::delivery_key(trigger, id);
        if let (Action::Continue { .. }, Some(answer)) = (&row.action, row.answer) {
            self.follow_delivery(answer, &key)?;
        }
        for edge in row.edges(awaited(trigger)) {
            self.deltas.push((edge, 1));
        }
        let stored = self.put_row(key, rows::encode(&row, row.secret()), 0);
        self.count_unsettled(row.session, 1, stored);
        self.vat.lately.keep(id, row, stored);
        let meter = &mut self.vat.row.meter;
        meter.deliveries += 1;
        match trigger {
            Trigger::Now => {
                meter.ready += 1;
                self.ready.push(id);
            }
            Trigger::Time(_) => {
                meter.timers += 1;
                self.times_changed = true;
            }
            Trigger::Parked => meter.parked += 1,
            Trigger::Promise(_) | Trigger::Session(_) | Trigger::Device | Trigger::Revoked(_) => {}
        }
        Ok(id)
    }

    /// The row of a delivery.
    pub(super) fn delivery(
        &self,
        trigger: Trigger,
        id: DeliveryId,
    ) -> Result<Option<(DeliveryRow, usize)>, VatError> {
        let key = rows::delivery_key(trigger, id);
        let Some(bytes) = self.overlay.get(&key)? else { return Ok(None) };
        let row = match self.vat.lately.get(id) {
            Some(row) => row.clone(),
            None => rows::decode(&key, &bytes)?,
        };
        Ok(Some((row, key.len() + bytes.len())))
    }

    /// Removes a delivery's row; what it held is let go.
    pub(super) fn drop_delivery(
        &mut self,
        trigger: Trigger,
        id: DeliveryId,
        row: &DeliveryRow,
        stored: usize,
    ) {
        for edge in row.edges(awaited(trigger)) {
            self.deltas.push((edge, -1));
        }
        self.vat.lately.take(id);
        self.delete_row(rows::delivery_key(trigger, id), stored);
        self.count_unsettled(row.session, -1, stored);
        let meter = &mut self.vat.row.meter;
        meter.deliveries = meter.deliveries.saturating_sub(1);
        match trigger {
            Trigger::Now => {
                meter.ready = meter.ready.saturating_sub(1);
                self.ready.retain(|other| *other != id);
            }
            Trigger::Time(_) => {
                meter.timers = meter.timers.saturating_sub(1);
                self.times_changed = true;
            }
            Trigger::Parked => meter.parked = meter.parked.saturating_sub(1),
            Trigger::Promise(_) | Trigger::Session(_) | Trigger::Device | Trigger::Revoked(_) => {}
        }
    }

    /// Hands a letter to the session that `far` is in.
    pub(super) fn forward(&mut self, far: Far, letter: Letter) -> Result<(), VatError> {
        let message = match letter.body {
            Body::Live(message) => message,
            Body::Kept(payload) => {
                Message::apply(read(&rows::promise_key(PromiseId(0)), &payload)?)
            }
        };
        if let Some(answer) = letter.answer {
            self.expect_from_far(answer, far)?;
        }
        self.send_out(Outgoing::Deliver { far, message, answer: letter.answer });
        Ok(())
    }

    /// From now on messages to `answer` go to the peer that will give it.
    pub(super) fn expect_from_far(&mut self, answer: PromiseId, far: Far) -> Result<(), VatError> {
        if self.load_promise(answer)?.is_some_and(PromiseRow::undecided) {
            let place = Place::Answer(answer.0);
            let entry = self.modify_promise(answer)?;
            if let Some(row) = &mut entry.row {
                row.state = PromiseState::Far(Far { session: far.session, place });
            }
        }
        Ok(())
    }

    /// Puts something out; what it mentions is held until the sessions have had it.
    pub(super) fn send_out(&mut self, outgoing: Outgoing) {
        let mut refs = Vec::new();
        match &outgoing {
            Outgoing::Deliver { message, answer, .. } => {
                message.values.iter().for_each(|value| refs_in(value, &mut refs));
                refs.extend(answer.map(Edge::Promise));
            }
            Outgoing::Derive { answer, .. } => refs.push(Edge::Promise(*answer)),
            Outgoing::Drop { .. } => {}
        }
        self.deltas.extend(refs.iter().map(|edge| (*edge, 1)));
        self.outgoing_edges.extend(refs);
        self.outgoing.push(outgoing);
    }

    fn refuse_letter(&mut self, letter: &Letter, why: Error) -> Result<(), VatError> {
        match letter.answer {
            Some(answer) => self.settle_promise(answer, Err(why)),
            None => Ok(()),
        }
    }

    /// A resolver is an object with two methods. What it is told happens at once: nobody can see
    /// the difference, and it saves a turn.
    fn resolver_message(&mut self, id: PromiseId, letter: Letter) -> Result<(), VatError> {
        let message = match letter.body {
            Body::Live(message) => message,
            Body::Kept(payload) => Message::apply(read(&rows::promise_key(id), &payload)?),
        };
        let outcome = self.resolve_by_message(id, message)?;
        match letter.answer {
            Some(answer) => self.settle_promise(answer, outcome),
            None => Ok(()),
        }
    }

    pub(super) fn resolve_by_message(
        &mut self,
        id: PromiseId,
        message: Message,
    ) -> Result<Result<Value>, VatError> {
        let method = message.symbol().map(str::to_owned);
        let mut args = message.values.into_iter().skip(1);
        let (argument, rest) = (args.next(), args.next());
        let outcome = match (method.as_deref(), argument, rest) {
            (Some("fulfill"), Some(value), None) => Ok(value),
            (Some("break"), Some(reason), None) => Err(Error::from_reason(reason)),
            _ => {
                return Ok(Err(Error::bad_call(
                    "a resolver takes `fulfill` with a value, or `break` with a reason",
                )));
            }
        };
        self.settle_promise(id, outcome)?;
        Ok(Ok(Value::Undefined))
    }

    pub(super) fn peek_promise(&self, id: PromiseId) -> Result<Option<PromiseRow>, VatError> {
        self.see_promise(id, PromiseRow::clone)
    }

    /// What `see` sees in the row of a promise, if there is one.
    fn see_promise<T>(
        &self,
        id: PromiseId,
        see: impl FnOnce(&PromiseRow) -> T,
    ) -> Result<Option<T>, VatError> {
        if let Some(entry) = self.vat.promises.get(id) {
            return Ok(entry.row.as_ref().map(see));
        }
        let key = rows::promise_key(id);
        match self.overlay.get(&key)? {
            Some(bytes) => Ok(Some(see(&rows::decode(&key, &bytes)?))),
            None => Ok(None),
        }
    }
}

/// The references in a value.
pub(super) fn refs_in(value: &Value, refs: &mut Vec<Edge>) {
    match value {
        Value::Ref(reference) => refs.push((*reference).into()),
        Value::List(items) => items.iter().for_each(|item| refs_in(item, refs)),
        Value::Struct(fields) => fields.values().for_each(|item| refs_in(item, refs)),
        Value::Tagged(tagged) => refs_in(&tagged.value, refs),
        _ => {}
    }
}

/// Values that this vat has kept; that they cannot be read is damage.
pub(super) fn read(key: &[u8], payload: &Payload) -> Result<Vec<Value>, VatError> {
    rows::values(payload).map_err(|error| rows::damaged(key, error.to_string()).into())
}

/// The promise that a delivery with this trigger waits for.
pub(super) fn awaited(trigger: Trigger) -> Option<PromiseId> {
    match trigger {
        Trigger::Promise(id) => Some(id),
        _ => None,
    }
}

fn gone() -> Error {
    Error::new(Class::NotFound, "there is nothing at this reference any more")
}

pub(super) fn too_large(bytes: usize) -> Error {
    let max = limits::MESSAGE_BYTES_MAX;
    Error::new(Class::Limit, format!("a message of {bytes} bytes is over the limit of {max}"))
}
