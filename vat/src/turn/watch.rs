//! Who wants to know that the session of a reference has ended.
//!
//! A watch is a delivery that waits for a session, or for the promise that the reference still is;
//! its outcome settles the promise that the watcher holds. It holds nothing of the session, so
//! that watching keeps nothing alive at the peer.

use hogshead_objects::error::{Class, Error};
use hogshead_objects::ids::{PromiseId, SessionId};
use hogshead_objects::reference::Ref;

use super::Turn;
use super::post::{End, awaited};
use crate::error::VatError;
use crate::rows::{self, Action, Caller, DeliveryRow, Edge, ImportRow};
use crate::vat::Trigger;

/// What a watch of the vat's own objects waits for: sessions have other numbers.
const NEVER: Trigger = Trigger::Session(SessionId(0));

impl Turn<'_, '_> {
    /// Settles `answer` when the session of `reference` ends, or now if it has.
    pub(super) fn watch(&mut self, reference: Ref, answer: PromiseId) -> Result<(), VatError> {
        let trigger = match self.end_of(reference)? {
            End::Facet(facet) => match self.ended(facet)? {
                Some(why) => return self.settle_promise(answer, Ok(why.into_reason())),
                None => Trigger::Revoked(facet),
            },
            End::Resolver(_) | End::Data(_) => NEVER,
            End::Pending(id) | End::Far(id, _) => Trigger::Promise(id),
            End::Import(id) => match self.load_import(id)? {
                Some(ImportRow { severed: Some(why), .. }) => {
                    let why = why.clone();
                    return self.settle_promise(answer, Ok(why.into_reason()));
                }
                Some(ImportRow { far, .. }) => Trigger::Session(far.session),
                None => NEVER,
            },
            // Its session ended before it was known what it leads to.
            End::Broken(why) if why.class() == Class::Severed => {
                return self.settle_promise(answer, Ok(why.into_reason()));
            }
            End::Broken(why) => return self.settle_promise(answer, Err(why)),
        };
        let action = Action::Watch { awaited: awaited(trigger).map(Edge::Promise) };
        let (born, turn) = (self.vat.row.next_id, self.number());
        let answered = Some(answer);
        let row = DeliveryRow {
            action,
            answer: answered,
            born,
            turn,
            cause: None,
            session: None,
            caller: Caller::Own,
        };
        let id = self.put_delivery(trigger, row)?;
        let key = rows::delivery_key(trigger, id).to_vec();
        if self.load_promise(answer)?.is_some()
            && let Some(row) = &mut self.modify_promise(answer)?.row
        {
            row.watch = Some(key.into());
        }
        Ok(())
    }

    /// A session has ended: everyone who watches it is told why.
    pub(super) fn tell_watchers(
        &mut self,
        session: SessionId,
        why: &Error,
    ) -> Result<(), VatError> {
        self.take_waiting(Trigger::Session(session), &mut |turn, row| match row.answer {
            Some(answer) => turn.settle_promise(answer, Ok(why.clone().into_reason())),
            None => Ok(()),
        })
    }

    /// Nobody holds the promise of a watch any more.
    pub(super) fn stop_watching(&mut self, promise: PromiseId, key: &[u8]) -> Result<(), VatError> {
        if let Some(row) = &mut self.modify_promise(promise)?.row {
            row.watch = None;
        }
        let Some((trigger, id)) = rows::parse_delivery_key(key) else { return Ok(()) };
        if let Some((row, stored)) = self.delivery(trigger, id)? {
            if let Action::Answer { over, .. } = &row.action {
                self.forget_awaited(*over, promise)?;
            }
            self.drop_delivery(trigger, id, &row, stored);
        }
        Ok(())
    }

    /// The vat of an import has said what became of the facet there; if it cannot say, nothing is
    /// known, and the session's end is still watched.
    pub(super) fn notice(&mut self, awaited: Edge, row: DeliveryRow) -> Result<(), VatError> {
        let Some(answer) = row.answer else { return Ok(()) };
        let end = self.end_of_edge(awaited)?;
        match self.outcome_of(&end)? {
            Some(Ok(reason)) => self.settle_promise(answer, Ok(reason)),
            _ => Ok(()),
        }
    }
}
