//! Running a delivery: the one point at which a facet is checked.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hogshead_objects::error::{Class, Error, Result};
use hogshead_objects::ids::{DeliveryId, FacetId, ObjectId, PromiseId, SessionId, TurnNumber};
use hogshead_objects::message::Message;
use hogshead_objects::mutation::{self, Mutation};
use hogshead_objects::value::Value;

use super::context::admit_size;
use super::failure::panic_text;
use super::grants::nothing_there;
use super::near::Way;
use super::post::{Body, End, Letter, read};
use super::{DeviceCall, Ran, Turn};
use crate::cache::Form;
use crate::clock;
use crate::entropy;
use crate::error::VatError;
use crate::invitation;
use crate::rows::{self, Action, Caller, DeliveryRow, Edge, FacetRow, Payload};
use crate::steward::{self, DEVICE_KIND, ENTROPY_DEVICE, STEWARD};
use crate::vat::{Trigger, Vat};

/// When and by whom a message was sent.
#[derive(Clone, Copy)]
struct Sent {
    /// Its age.
    born: u64,
    turn: TurnNumber,
    /// The session that is counted for it.
    session: Option<SessionId>,
    /// The vat whose session brought it, if one did.
    caller: Caller,
}

/// Who takes a message.
enum Taker {
    /// An object, live.
    Object(ObjectId),
    Steward,
    /// A clock or a timer, which the vat serves itself.
    Timekeeper(ObjectId),
    /// An invitation, which the vat serves itself.
    Invitation(ObjectId),
    Device(String),
    /// A source of entropy, which the vat serves itself.
    Entropy(ObjectId),
    /// Nobody: the caller is told why.
    Refused(Error),
    /// Nobody yet: the delivery is parked.
    Parked(Error),
}

impl Turn<'_, '_> {
    /// Runs a ready delivery, which this turn consumes.
    pub fn run(&mut self, id: DeliveryId) -> Result<Ran, VatError> {
        if self.vat.row.paused {
            return Ok(Ran::Queued(id));
        }
        let Some((row, stored)) = self.delivery(Trigger::Now, id)? else {
            return Ok(Ran::Nothing);
        };
        self.drop_delivery(Trigger::Now, id, &row, stored);
        self.run_row(row)
    }

    /// Runs what [`Heap::deliver`](hogshead_objects::heap::Heap::deliver) left in this turn. It
    /// becomes a row instead if the vat is paused, or if a delivery that came before it has not
    /// run yet: order is kept.
    pub fn run_delivered(&mut self) -> Result<Ran, VatError> {
        let Some(delivered) = self.delivered.take() else { return Ok(Ran::Nothing) };
        for edge in &delivered.edges {
            self.deltas.push((*edge, -1));
        }
        let letter = Letter {
            target: delivered.target,
            body: Body::Live(delivered.message),
            answer: delivered.answer,
            born: None,
            session: delivered.session,
            caller: delivered.caller,
        };
        if let Err(error) = self.admit_letter(&letter) {
            return self.refuse(letter.answer, error);
        }
        let end = self.end_of(letter.target)?;
        if letter.body.is_flush() && !matches!(end, End::Pending(_)) {
            // It takes no room: whoever is over quota must not keep others waiting for an answer.
            self.post(letter)?;
            return Ok(self.note(Ran::Done));
        }
        let End::Facet(facet) = end else { return self.post_delivered(letter) };
        if letter.body.is_watch() {
            return self.post_delivered(letter);
        }
        if self.vat.row.paused || self.vat.row.meter.ready > 0 {
            return self.post_delivered(letter);
        }
        let Body::Live(message) = letter.body else { return Ok(Ran::Nothing) };
        let (born, turn) = (self.vat.row.next_id, self.number());
        let sent = Sent { born, turn, session: letter.session, caller: letter.caller };
        self.run_message(facet, message, letter.answer, sent)
    }

    fn admit_letter(&self, letter: &Letter) -> Result<()> {
        if let Body::Live(message) = &letter.body {
            admit_size(&message.values)?;
        }
        Ok(())
    }

    /// Puts what a session brought where it belongs, if the vat may take more.
    fn post_delivered(&mut self, letter: Letter) -> Result<Ran, VatError> {
        if let Err(busy) = self.vat.row.quota.admit_delivery(&self.vat.row.meter) {
            return self.refuse(letter.answer, busy);
        }
        let before = self.ready.len();
        self.post(letter)?;
        let ran = match self.ready.get(before) {
            Some(id) => Ran::Queued(*id),
            None => Ran::Done,
        };
        Ok(self.note(ran))
    }

    /// Runs a delivery that was taken from its queue.
    fn run_row(&mut self, row: DeliveryRow) -> Result<Ran, VatError> {
        let (born, turn, session, caller) = (row.born, row.turn, row.session, row.caller);
        let sent = Sent { born, turn, session, caller };
        match row.action {
            Action::Message { target: Edge::Facet(facet), message } => {
                let key = rows::facet_key(facet);
                let message = Message::apply(read(&key, &message)?);
                self.run_message(facet, message, row.answer, sent)
            }
            Action::Continue { object, awaited, name, captured } => {
                self.run_continuation(object, awaited, name, captured, row.answer, sent)
            }
            _ => {
                self.advance(row)?;
                Ok(self.note(Ran::Done))
            }
        }
    }

    fn run_message(
        &mut self,
        facet: FacetId,
        message: Message,
        answer: Option<PromiseId>,
        sent: Sent,
    ) -> Result<Ran, VatError> {
        let taker = self.taker(facet)?;
        // The others are looked at by the host, or by the vat itself: see below for objects.
        if !matches!(&taker, Taker::Object(_) | Taker::Parked(_) | Taker::Refused(_))
            && let Err(why) = self.admit_untyped(facet, &message, sent.caller)?
        {
            return self.refuse(answer, why);
        }
        self.over = self.load_facet(facet)?.is_some_and(|row| row.is_grant()).then_some(facet);
        match taker {
            Taker::Refused(error) => self.refuse(answer, error),
            // Collecting settles the whole heap, which is nothing to be undone.
            Taker::Steward if message.symbol() == Some("collect") => {
                // Meanwhile the answer has somebody who will settle it.
                self.deltas.extend(answer.map(|id| (Edge::Resolver(id), 1)));
                let freed = self.collect()?;
                self.deltas.extend(answer.map(|id| (Edge::Resolver(id), -1)));
                if let Some(answer) = answer {
                    self.settle_promise(answer, Ok(Value::Int(freed.into())))?;
                }
                Ok(self.note(Ran::Done))
            }
            Taker::Steward => self.outermost(STEWARD, answer, |turn| steward::call(turn, message)),
            Taker::Entropy(id) => self.outermost(id, answer, |turn| entropy::call(turn, &message)),
            Taker::Timekeeper(id) => {
                let from = clock::From { facet, session: sent.session, caller: sent.caller };
                self.outermost(id, answer, |turn| clock::call(turn, id, from, message))
            }
            Taker::Invitation(id) => {
                self.outermost(id, answer, |turn| invitation::call(turn, id, sent.caller, &message))
            }
            Taker::Object(id) => self.run_method(facet, id, message, answer, sent),
            Taker::Device(device) => {
                let id = self.keep(Trigger::Device, facet, &message, answer, sent, None)?;
                self.device_calls.push(DeviceCall { delivery: id, device, message });
                Ok(self.note(Ran::Device(id)))
            }
            Taker::Parked(cause) => {
                let some = Some(cause.clone());
                let id = self.keep(Trigger::Parked, facet, &message, answer, sent, some)?;
                Ok(self.note(Ran::Parked { id, cause }))
            }
        }
    }

    /// Runs the method of an object that takes a message, if the facet allows it.
    fn run_method(
        &mut self,
        facet: FacetId,
        id: ObjectId,
        message: Message,
        answer: Option<PromiseId>,
        sent: Sent,
    ) -> Result<Ran, VatError> {
        let Some(kind) = self.kind_of(id) else { return Ok(Ran::Nothing) };
        let message = match self.upgrade_message(kind, sent.born, message) {
            Ok(message) => message,
            Err(error) => return self.outermost(id, answer, |_| Err(error)),
        };
        let method = match self.admit_method(facet, kind, &message, sent.caller)? {
            Ok(method) => method,
            Err(why) => return self.outermost(id, answer, |_| Err(why)),
        };
        self.outermost(id, answer, |turn| {
            turn.method = Cow::Borrowed(method.name);
            turn.on_object(id, Way::Delivered, method.mutates, |object, cx| {
                object.call(cx, message)
            })
        })
    }

    fn keep(
        &mut self,
        trigger: Trigger,
        facet: FacetId,
        message: &Message,
        answer: Option<PromiseId>,
        sent: Sent,
        cause: Option<Error>,
    ) -> Result<DeliveryId, VatError> {
        let message = rows::payload(&message.values).map_err(VatError::Command)?;
        let action = Action::Message { target: Edge::Facet(facet), message };
        let Sent { born, turn, session, caller } = sent;
        self.put_delivery(
            trigger,
            DeliveryRow { action, answer, born, turn, cause, session, caller },
        )
    }

    fn run_continuation(
        &mut self,
        object: ObjectId,
        awaited: Edge,
        name: String,
        captured: Payload,
        answer: Option<PromiseId>,
        sent: Sent,
    ) -> Result<Ran, VatError> {
        let end = self.end_of_edge(awaited)?;
        let Some(settled) = self.outcome_of(&end)? else { return Ok(Ran::Nothing) };
        if let Err(cause) = self.enliven(object)? {
            let action = Action::Continue { object, awaited, name, captured };
            let some = Some(cause.clone());
            let Sent { born, turn, session, caller } = sent;
            let row = DeliveryRow { action, answer, born, turn, cause: some, session, caller };
            let id = self.put_delivery(Trigger::Parked, row)?;
            return Ok(self.note(Ran::Parked { id, cause }));
        }
        let captured = read(&rows::object_key(object), &captured)?.pop();
        let captured = captured.unwrap_or(Value::Undefined);
        self.over = None;
        self.outermost(object, answer, |turn| {
            turn.method = Cow::Owned(name.clone());
            turn.on_object(object, Way::Delivered, true, |this, cx| {
                this.resume(cx, &name, captured, settled)
            })
        })
    }

    /// A device call that was put out before and not completed, to be made again. None if it is not
    /// outstanding, or if what it was sent to has been revoked since.
    pub fn device_call(&mut self, id: DeliveryId) -> Result<Option<DeviceCall>, VatError> {
        let Some((row, _)) = self.delivery(Trigger::Device, id)? else { return Ok(None) };
        let Action::Message { target: Edge::Facet(facet), message } = row.action else {
            return Ok(None);
        };
        let key = rows::delivery_key(Trigger::Device, id);
        let message = Message::apply(read(&key, &message)?);
        match self.taker(facet)? {
            Taker::Device(device) => Ok(Some(DeviceCall { delivery: id, device, message })),
            _ => Ok(None),
        }
    }

    /// Who takes a message that came to a facet: the one place that decides it. What an owner puts
    /// in front of a facet would be found here.
    fn taker(&mut self, facet: FacetId) -> Result<Taker, VatError> {
        if let Some(why) = self.ended(facet)? {
            return Ok(Taker::Refused(why));
        }
        let Some(object) = self.load_facet(facet)?.map(|row| row.object) else {
            return Ok(Taker::Refused(nothing_there()));
        };
        if Vat::is_steward(object) {
            return Ok(Taker::Steward);
        }
        if clock::is_timekeeper(self.load_slot(object)?) {
            return Ok(Taker::Timekeeper(object));
        }
        if invitation::is_invitation(self.load_slot(object)?) {
            return Ok(Taker::Invitation(object));
        }
        if let Some(slot) = self.load_slot(object)?
            && slot.head.kind == DEVICE_KIND
        {
            let name = match &slot.form {
                Form::Encoded(state) => String::from_utf8_lossy(&state.bytes).into_owned(),
                _ => String::new(),
            };
            return Ok(match name.as_str() {
                ENTROPY_DEVICE => Taker::Entropy(object),
                _ => Taker::Device(name),
            });
        }
        Ok(match self.enliven(object)? {
            Ok(()) => Taker::Object(object),
            Err(cause) if cause.class() == Class::NotFound => Taker::Refused(cause),
            Err(cause) => Taker::Parked(cause),
        })
    }

    /// Runs the turn's method: what it did stays if it succeeds or refuses, and is undone if it
    /// fails, panics or exhausts a limit. Its outcome settles `answer`.
    fn outermost(
        &mut self,
        object: ObjectId,
        answer: Option<PromiseId>,
        run: impl FnOnce(&mut Self) -> Result<Value>,
    ) -> Result<Ran, VatError> {
        // What came before must be in records: it is what a failure falls back on.
        self.encode_changed().map_err(VatError::Command)?;
        self.write_what_methods_read()?;
        self.undo.clear();
        self.begin_limits();
        self.frame = 0;
        self.method = Cow::Borrowed("");
        self.undoable = true;
        let mark = self.mark();
        let caught = catch_unwind(AssertUnwindSafe(|| run(self)));
        let mut outcome = match caught {
            Ok(outcome) => outcome,
            Err(panic) => {
                self.abandon_stack();
                let why = Error::new(Class::Failed, "the object panicked");
                Err(why.with_detail(panic_text(&*panic)))
            }
        };
        if let Some(fatal) = self.fatal.take() {
            return Err(fatal);
        }
        if let Some(poison) = self.poison.take() {
            outcome = Err(poison);
        }
        if let Ok(value) = &outcome
            && let Err(error) = admit_size(std::slice::from_ref(value))
        {
            outcome = Err(error);
        }
        let stays = outcome.as_ref().err().is_none_or(Error::keeps_turn);
        if stays && let Err(error) = self.encode_changed() {
            outcome = Err(error);
        }
        if let Err(error) = &mut outcome
            && !error.keeps_turn()
        {
            if !mutation::has(Mutation::KeepFailed) {
                self.roll_back(&mark);
            }
            *error = self.tell_failure(object, error.clone());
        }
        let ran = match &outcome {
            Ok(_) => Ran::Done,
            Err(error) if error.keeps_turn() => Ran::Refused(error.clone()),
            Err(error) => Ran::Failed(error.clone()),
        };
        self.leave_no_way_back();
        match (answer, self.over.take()) {
            (Some(answer), Some(over)) => self.settle_over(over, answer, outcome)?,
            (Some(answer), None) => self.settle_promise(answer, outcome)?,
            (None, _) => {}
        }
        Ok(self.note(ran))
    }

    /// After a panic, the objects that were on the stack are lost; their records are not.
    fn abandon_stack(&mut self) {
        for id in std::mem::take(&mut self.stack) {
            if let Some(slot) = self.vat.objects.get_mut(id) {
                slot.form = Form::Absent;
                slot.dirty_state = false;
            }
        }
        self.settling = false;
        self.unsettled.clear();
        self.pipelining = false;
        self.owed.clear();
        (self.this, self.root) = (ObjectId(0), ObjectId(0));
    }

    fn refuse(&mut self, answer: Option<PromiseId>, error: Error) -> Result<Ran, VatError> {
        if let Some(answer) = answer {
            self.settle_promise(answer, Err(error.clone()))?;
        }
        Ok(self.note(Ran::Failed(error)))
    }

    /// The rows of a facet that may be used.
    pub(crate) fn usable_facet(&mut self, facet: FacetId) -> Result<FacetRow> {
        if let Some(why) = self.ended(facet).map_err(|trouble| self.visible(trouble))? {
            return Err(why);
        }
        match self.load_facet(facet) {
            Ok(Some(row)) => Ok(row.clone()),
            Ok(None) => Err(nothing_there()),
            Err(trouble) => Err(self.visible(trouble)),
        }
    }
}
