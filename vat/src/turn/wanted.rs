//! Continuations that wait only as long as somebody wants what they give.
//!
//! The promise of such a continuation knows the key of its delivery and holds nothing of it, as the
//! promise of a watch or a timer does: with the promise's last holder the delivery goes, and with
//! the delivery its hold on what it waits for, on its object and on what it captured. The key is
//! brought up to date whenever the delivery comes to wait for something else.

use bytes::Bytes;
use hogshead_objects::error::Result;
use hogshead_objects::ids::{DeliveryId, PromiseId, SessionId};
use hogshead_objects::records::ReadRecords;
use hogshead_objects::reference::{Far, Ref};
use hogshead_objects::value::Value;

use super::Turn;
use super::post::End;
use super::promise::wait_for;
use crate::error::VatError;
use crate::limits;
use crate::rows::{self, Action, Caller, DeliveryRow, Edge, PromiseRow, PromiseState};
use crate::vat::Trigger;

impl Turn<'_, '_> {
    /// Has the running object's continuation wait for a promise; gives the promise of what it will
    /// return, held by nobody yet, and the key of the delivery.
    pub(super) fn await_in(
        &mut self,
        promise: Ref,
        continuation: &'static str,
        captured: Value,
    ) -> Result<(PromiseId, Bytes)> {
        let captured = vec![captured];
        self.admit_send(&captured)?;
        let captured = rows::payload(&captured)?;
        let end = self.end_of(promise).map_err(|trouble| self.visible(trouble))?;
        let answer = self.new_promise(PromiseState::Pending);
        let (trigger, awaited) = wait_for(&end, promise.into());
        let action = Action::Continue {
            object: self.this,
            awaited,
            name: continuation.to_owned(),
            captured,
        };
        let (born, turn) = (self.vat.row.next_id, self.number());
        let settles = Some(answer);
        let row = DeliveryRow {
            action,
            answer: settles,
            born,
            turn,
            cause: None,
            session: None,
            caller: Caller::Own,
        };
        let id = self.put_delivery(trigger, row).map_err(|trouble| self.visible(trouble))?;
        Ok((answer, rows::delivery_key(trigger, id)))
    }

    /// From now on the delivery under `key` goes with the last holder of `answer`.
    pub(super) fn tie_delivery(&mut self, answer: PromiseId, key: &[u8]) -> Result<(), VatError> {
        if self.load_promise(answer)?.is_some_and(PromiseRow::undecided)
            && let Some(row) = &mut self.modify_promise(answer)?.row
        {
            row.watch = Some(key.to_vec().into());
        }
        Ok(())
    }

    /// The delivery that settles `answer` has come under another key.
    pub(super) fn follow_delivery(
        &mut self,
        answer: PromiseId,
        key: &[u8],
    ) -> Result<(), VatError> {
        match self.load_promise(answer)?.is_some_and(|row| row.watch.is_some()) {
            true => self.tie_delivery(answer, key),
            false => Ok(()),
        }
    }

    /// The resolvers of a session that wait to be told how a promise settles.
    pub(super) fn told_of(
        &mut self,
        promise: Ref,
        session: SessionId,
    ) -> Result<Vec<Far>, VatError> {
        let resolvers = self.tells(promise)?.into_iter().map(|tell| tell.far);
        Ok(resolvers.filter(|resolver| resolver.session == session).collect())
    }

    /// Lets go of what waits to tell resolvers afar how a promise settles.
    pub(super) fn stop_telling(&mut self, promise: Ref, resolvers: &[Far]) -> Result<(), VatError> {
        for tell in self.tells(promise)? {
            if resolvers.contains(&tell.far) {
                self.drop_delivery(tell.trigger, tell.delivery, &tell.row, tell.bytes);
            }
        }
        Ok(())
    }

    /// What waits to tell others how a promise settles. Of very many that wait for the same only the
    /// first are looked at.
    fn tells(&mut self, promise: Ref) -> Result<Vec<Tell>, VatError> {
        let Ref::Promise(asked) = promise else { return Ok(Vec::new()) };
        let (End::Pending(id) | End::Far(id, _)) = self.end_of(promise)? else {
            return Ok(Vec::new());
        };
        let trigger = Trigger::Promise(id);
        let (from, to) = rows::delivery_range(trigger, None);
        let mut tells = Vec::new();
        for (key, bytes) in self.overlay.range(&from, &to, limits::PAGE_ROWS)? {
            let row: DeliveryRow = rows::decode(&key, &bytes)?;
            let Action::Tell { resolver: Edge::Import(resolver), of, .. } = row.action else {
                continue;
            };
            if of == Some(asked)
                && let Some(far) = self.load_import(resolver)?.map(|row| row.far)
                && let Some((_, delivery)) = rows::parse_delivery_key(&key)
            {
                let bytes = key.len() + bytes.len();
                tells.push(Tell { far, trigger, delivery, row, bytes });
            }
        }
        Ok(tells)
    }

    /// Whether a promise is held and not settled. One that this turn has made is counted only at
    /// the turn's end, and until then wanted.
    pub(super) fn wanted(&mut self, resolver: Ref) -> Result<bool, VatError> {
        let Ref::Resolver(id) = resolver else { return Ok(true) };
        let Some(row) = self.load_promise(id)? else { return Ok(false) };
        let (pending, held) = (row.undecided(), row.count > 0);
        let is_new = self.vat.promises.get(id).is_some_and(|entry| entry.stored == 0);
        Ok(pending && (held || is_new))
    }

    /// Whether anybody but the running object holds a facet, or another facet of the same object.
    /// The running object holds it in its state, or else once in an entry of a collection. What
    /// has been held or let go of in this turn is counted only at the turn's end; until then the
    /// facet is shared.
    pub(super) fn shared(&mut self, facet: Ref) -> Result<bool, VatError> {
        let Ref::Facet(id) = facet else { return Ok(true) };
        let Some(row) = self.load_facet(id)? else { return Ok(true) };
        let (count, object) = (row.count, row.object);
        let edge = Edge::Facet(id);
        let moves = |(other, _): &(Edge, i64)| [edge, Edge::Object(object)].contains(other);
        let is_new = self.vat.facets.get(id).is_some_and(|entry| entry.stored == 0);
        if is_new || self.deltas.iter().any(moves) {
            return Ok(true);
        }
        let facets = self.load_slot(object)?.map_or(0, |slot| slot.head.count);
        let holder = self.vat.objects.get(self.this);
        let own = holder.map_or(0, |slot| slot.edges.iter().filter(|of| **of == edge).count());
        Ok(count > own.max(1) as u64 || facets > 1)
    }
}

/// A delivery that waits to tell somebody afar how a promise settles.
struct Tell {
    far: Far,
    trigger: Trigger,
    delivery: DeliveryId,
    row: DeliveryRow,
    bytes: usize,
}
