//! The side of a turn that faces the sessions.

use hogshead_objects::error::{Class, Error, Result};
use hogshead_objects::heap::{Heap, Outgoing, Part, Resolution, Unsettled};
use hogshead_objects::ids::{FacetId, ImportId, PromiseId, SessionId, Timestamp};
use hogshead_objects::locator::SwissNumber;
use hogshead_objects::message::Message;
use hogshead_objects::records::{ReadRecords, Records, RecordsError};
use hogshead_objects::reference::{Far, Place, Ref};
use hogshead_objects::value::Value;

use super::context::admit_size;
use super::post::{Body, End, Letter, refs_in};
use super::promise::wait_for;
use super::{Delivered, Turn};
use crate::error::VatError;
use crate::rows::{self, Action, Caller, DeliveryRow, Edge, ImportRow, PromiseState, SwissRow};

impl Heap for Turn<'_, '_> {
    fn records(&mut self) -> &mut dyn Records {
        &mut *self.overlay
    }

    fn hold(&mut self, reference: Ref) -> Result<(), RecordsError> {
        self.deltas.push((reference.into(), 1));
        Ok(())
    }

    fn release(&mut self, reference: Ref) -> Result<(), RecordsError> {
        self.deltas.push((reference.into(), -1));
        Ok(())
    }

    fn create_import(&mut self, far: Far) -> Result<ImportId, RecordsError> {
        Ok(self.create_import_row(ImportRow { far, count: 0, severed: None }))
    }

    fn create_promise(&mut self, far: Option<Far>) -> Result<PromiseId, RecordsError> {
        Ok(self.new_promise(far.map_or(PromiseState::Pending, PromiseState::Far)))
    }

    fn resolution(&self, reference: Ref) -> Result<Resolution, RecordsError> {
        let end = self.follow(reference).map_err(records_error)?;
        Ok(match end {
            End::Facet(id) => Resolution::Ref(Ref::Facet(id)),
            End::Pending(id) | End::Far(id, _) => Resolution::Ref(Ref::Promise(id)),
            End::Import(id) => Resolution::Ref(Ref::Import(id)),
            End::Resolver(id) => Resolution::Ref(Ref::Resolver(id)),
            End::Data(id) => Resolution::Data(self.data_of(id).map_err(records_error)?),
            End::Broken(error) => Resolution::Broken(error),
        })
    }

    fn deliver(
        &mut self,
        target: Ref,
        message: Message,
        answer: Option<PromiseId>,
    ) -> Result<(), RecordsError> {
        if let Some(earlier) = self.delivered.take() {
            // Only one runs in this turn; an earlier one keeps its place before it.
            self.put_down(earlier).map_err(records_error)?;
        }
        let mut edges = vec![Edge::from(target)];
        message.values.iter().for_each(|value| refs_in(value, &mut edges));
        edges.extend(answer.map(Edge::Resolver));
        self.deltas.extend(edges.iter().map(|edge| (*edge, 1)));
        let session = self.comes_from;
        let caller = self.caller;
        self.delivered = Some(Delivered { target, message, answer, edges, session, caller });
        Ok(())
    }

    fn settle_to(&mut self, promise: Ref, resolver: Ref) -> Result<(), RecordsError> {
        self.listen(promise, resolver).map_err(records_error)
    }

    fn settle_answer_to(&mut self, answer: PromiseId, resolver: Ref) -> Result<(), RecordsError> {
        self.listen_anyway(Ref::Promise(answer), resolver).map_err(records_error)
    }

    fn waits_of(&mut self, promise: Ref, session: SessionId) -> Result<Vec<Far>, RecordsError> {
        self.told_of(promise, session).map_err(records_error)
    }

    fn give_up(&mut self, promise: Ref, resolvers: &[Far]) -> Result<(), RecordsError> {
        self.stop_telling(promise, resolvers).map_err(records_error)
    }

    fn settle(&mut self, promise: PromiseId, outcome: Result<Value>) -> Result<(), RecordsError> {
        let outcome = outcome.and_then(|value| {
            admit_size(std::slice::from_ref(&value))?;
            Ok(value)
        });
        self.settle_promise(promise, outcome).map_err(records_error)
    }

    fn sever_import(&mut self, import: ImportId, why: &Error) -> Result<(), RecordsError> {
        if self.load_import(import).map_err(records_error)?.is_some()
            && let Some(row) = &mut self.modify_import(import).map_err(records_error)?.row
        {
            row.severed.get_or_insert_with(|| why.clone());
        }
        Ok(())
    }

    fn sever_session(&mut self, session: SessionId, why: &Error) -> Result<(), RecordsError> {
        self.tell_watchers(session, why).map_err(records_error)
    }

    fn fetch(&self, swiss: &[u8]) -> Result<Option<Ref>, RecordsError> {
        let key = rows::swiss_key(&SwissNumber::new(swiss.to_vec()).hash());
        let Some(bytes) = self.overlay.get(&key)? else { return Ok(None) };
        let row: SwissRow = rows::decode(&key, &bytes).map_err(records_error)?;
        Ok(Some(Ref::Facet(row.facet)))
    }

    fn far(&self, reference: Ref) -> Result<Option<Far>, RecordsError> {
        match self.follow(reference).map_err(records_error)? {
            End::Far(_, far) => Ok(Some(far)),
            End::Import(id) => self.far_of_import(id).map_err(records_error),
            _ => Ok(None),
        }
    }

    fn derive(&mut self, from: Ref, part: Part, answer: PromiseId) -> Result<(), RecordsError> {
        if let Err(busy) = self.vat.row.quota.admit_delivery(&self.vat.row.meter) {
            return self.settle_promise(answer, Err(busy)).map_err(records_error);
        }
        self.derive_part(from, part, answer, self.comes_from).map_err(records_error)
    }

    fn create_answer(&mut self, session: SessionId) -> Result<PromiseId, RecordsError> {
        let answer = self.new_promise(PromiseState::Pending);
        let far = Far { session, place: Place::Answer(answer.0) };
        self.expect_from_far(answer, far).map_err(records_error)?;
        Ok(answer)
    }

    fn create_stand_in(&mut self) -> Result<PromiseId, RecordsError> {
        Ok(self.new_stand_in())
    }

    fn passed_as(&self, reference: Ref) -> Result<Ref, RecordsError> {
        let Ref::Promise(id) = reference else { return Ok(reference) };
        let stands_in =
            self.peek_promise(id).map_err(records_error)?.is_some_and(|row| row.stand_in);
        if !stands_in {
            return Ok(reference);
        }
        Ok(match self.follow(reference).map_err(records_error)? {
            End::Facet(id) => Ref::Facet(id),
            End::Import(id) => Ref::Import(id),
            End::Pending(id) | End::Far(id, _) => Ref::Promise(id),
            _ => reference,
        })
    }

    fn tell(&mut self, far: Far, message: Message) -> Result<(), RecordsError> {
        self.send_out(Outgoing::Deliver { far, message, answer: None });
        Ok(())
    }

    fn comes_from(&mut self, session: Option<SessionId>) {
        self.comes_from = session;
    }

    fn unsettled(&self, session: SessionId) -> Result<Unsettled, RecordsError> {
        self.unsettled_of(session).map_err(records_error)
    }

    fn would_wait(&mut self, target: Ref) -> Result<bool, RecordsError> {
        self.waits_at(target).map_err(records_error)
    }

    fn now(&self) -> Timestamp {
        self.meta.now
    }

    fn random(&mut self) -> [u8; 32] {
        self.fresh_entropy()
    }
}

impl Turn<'_, '_> {
    /// Sends a message to a place at a peer; gives the promise of the answer, held by nobody.
    pub fn ask_far(&mut self, far: Far, message: Message) -> Result<PromiseId, VatError> {
        let answer = self.new_promise(PromiseState::Pending);
        let body = Body::Live(message);
        let target = Ref::Promise(answer);
        let (answered, born, session, caller) = (Some(answer), None, None, Caller::Own);
        let letter = Letter { target, body, answer: answered, born, session, caller };
        self.forward(far, letter)?;
        Ok(answer)
    }

    /// Sends from no object: what the host itself has to say to one. Its outcome settles
    /// `answer`. Refused like any other send if the vat is over quota.
    pub fn send_from_host(
        &mut self,
        target: Ref,
        message: Message,
        answer: Option<PromiseId>,
    ) -> Result<(), VatError> {
        self.admit_send(&message.values).map_err(VatError::Command)?;
        let body = Body::Live(message);
        self.post(Letter { target, body, answer, born: None, session: None, caller: Caller::Own })
    }

    /// Puts down what was delivered and will not run in this turn.
    fn put_down(&mut self, delivered: Delivered) -> Result<(), VatError> {
        let Delivered { target, message, answer, edges, session, caller } = delivered;
        self.deltas.extend(edges.into_iter().map(|edge| (edge, -1)));
        let admitted = admit_size(&message.values)
            .and_then(|()| self.vat.row.quota.admit_delivery(&self.vat.row.meter));
        match (admitted, answer) {
            (Ok(()), _) => {
                let body = Body::Live(message);
                self.post(Letter { target, body, answer, born: None, session, caller })
            }
            (Err(why), Some(answer)) => self.settle_promise(answer, Err(why)),
            (Err(_), None) => Ok(()),
        }
    }

    /// Tells a resolver how a promise settles, if there is room to wait for that.
    fn listen(&mut self, promise: Ref, resolver: Ref) -> Result<(), VatError> {
        if let Err(busy) = self.vat.row.quota.admit_delivery(&self.vat.row.meter)
            && matches!(self.end_of(promise)?, End::Pending(_) | End::Far(..))
        {
            return self.tell_resolver(resolver, Err(busy), self.comes_from);
        }
        self.listen_anyway(promise, resolver)
    }

    fn listen_anyway(&mut self, promise: Ref, resolver: Ref) -> Result<(), VatError> {
        let end = self.end_of(promise)?;
        if let Some(outcome) = self.outcome_of(&end)? {
            return self.tell_resolver(resolver, outcome, self.comes_from);
        }
        let (trigger, awaited) = wait_for(&end, promise.into());
        let of = match promise {
            Ref::Promise(id) => Some(id),
            _ => None,
        };
        let action = Action::Tell { awaited, resolver: resolver.into(), of };
        let (born, turn) = (self.vat.row.next_id, self.number());
        let session = self.comes_from;
        let (answer, cause, caller) = (None, None, Caller::Own);
        let row = DeliveryRow { action, answer, born, turn, cause, session, caller };
        self.put_delivery(trigger, row).map(drop)
    }

    fn far_of_import(&self, id: ImportId) -> Result<Option<Far>, VatError> {
        let row = match self.vat.imports.get(id) {
            Some(entry) => entry.row.clone(),
            None => match self.overlay.get(&rows::import_key(id))? {
                Some(bytes) => Some(rows::decode(&rows::import_key(id), &bytes)?),
                None => None,
            },
        };
        Ok(row.filter(|row: &ImportRow| row.severed.is_none()).map(|row| row.far))
    }

    /// Whether a facet is there and not revoked: what a session may export by itself.
    pub fn is_usable(&mut self, facet: FacetId) -> Result<bool, VatError> {
        Ok(self.ended(facet)?.is_none())
    }
}

/// What a session must be told of the host's trouble.
pub(super) fn records_error(trouble: VatError) -> RecordsError {
    match trouble {
        VatError::Records(error) => error,
        VatError::Command(error) if error.class() == Class::Busy => {
            RecordsError::Store(error.to_string())
        }
        other => RecordsError::Damaged { key: String::new(), what: other.to_string() },
    }
}
