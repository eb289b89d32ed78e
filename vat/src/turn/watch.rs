//! Who wants to know that a reference has ended: with its session, or because it was revoked.
//!
//! A watch is a delivery that waits for a session, for a facet of this vat to be revoked, or for
//! the promise that the reference still is; its outcome settles the promise that the watcher
//! holds. It holds nothing of the session, so that watching keeps nothing alive at the peer.
//!
//! Whether a facet of another vat was revoked that vat knows. It is asked by the message
//! `hog:watch`, whose answer comes when it is; the vat that has the facet keeps the watch for the
//! session. So whoever watches an import waits for two things, and with the first lets go of the
//! other.

use hogshead_objects::error::{Class, Error};
use hogshead_objects::ids::{FacetId, PromiseId, SessionId};
use hogshead_objects::message::Message;
use hogshead_objects::reference::Ref;

use super::Turn;
use super::post::{End, Letter, awaited};
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
        self.put_watch(trigger, answer, None)?;
        match trigger {
            Trigger::Session(session) if session != SessionId(0) => {
                self.ask_for_notice(reference, answer)
            }
            _ => Ok(()),
        }
    }

    fn put_watch(
        &mut self,
        trigger: Trigger,
        answer: PromiseId,
        session: Option<SessionId>,
    ) -> Result<(), VatError> {
        let action = Action::Watch { awaited: awaited(trigger).map(Edge::Promise) };
        let (born, turn) = (self.vat.row.next_id, self.number());
        let (settles, cause, caller) = (Some(answer), None, Caller::Own);
        let row = DeliveryRow { action, answer: settles, born, turn, cause, session, caller };
        let id = self.put_delivery(trigger, row)?;
        let key = rows::delivery_key(trigger, id).to_vec();
        if self.load_promise(answer)?.is_some()
            && let Some(row) = &mut self.modify_promise(answer)?.row
        {
            row.watch = Some(key.into());
        }
        Ok(())
    }

    /// Asks the vat of an import to say when the facet there is revoked.
    fn ask_for_notice(&mut self, reference: Ref, answer: PromiseId) -> Result<(), VatError> {
        let End::Import(id) = self.end_of(reference)? else { return Ok(()) };
        let Some(far) = self.load_import(id)?.map(|row| row.far) else { return Ok(()) };
        let told = self.ask_far(far, Message::watch())?;
        let action = Action::Notice { awaited: Edge::Promise(told) };
        let (born, turn) = (self.vat.row.next_id, self.number());
        let (settles, cause, session, caller) = (Some(answer), None, None, Caller::Own);
        let row = DeliveryRow { action, answer: settles, born, turn, cause, session, caller };
        let trigger = Trigger::Promise(told);
        let id = self.put_delivery(trigger, row)?;
        let key = rows::delivery_key(trigger, id).to_vec();
        if let Some(row) = &mut self.modify_promise(answer)?.row {
            row.notice = Some(key.into());
        }
        Ok(())
    }

    /// A watch has come to the facet that it is for: a delivery of the session that brought it.
    pub(super) fn watch_for(&mut self, facet: FacetId, letter: &Letter) -> Result<(), VatError> {
        let Some(answer) = letter.answer else { return Ok(()) };
        match self.ended(facet)? {
            Some(why) => self.settle_promise(answer, Ok(why.into_reason())),
            None => self.put_watch(Trigger::Revoked(facet), answer, letter.session),
        }
    }

    /// A session has ended: everyone who watches it is told why.
    pub(super) fn tell_watchers(
        &mut self,
        session: SessionId,
        why: &Error,
    ) -> Result<(), VatError> {
        self.take_waiting(Trigger::Session(session), &mut |turn, row| match row.answer {
            Some(answer) => {
                turn.stop_notice(answer)?;
                turn.settle_promise(answer, Ok(why.clone().into_reason()))
            }
            None => Ok(()),
        })
    }

    /// Nobody needs to hear of a facet elsewhere any more.
    pub(super) fn stop_notice(&mut self, promise: PromiseId) -> Result<(), VatError> {
        let Some(row) = self.load_promise(promise)? else { return Ok(()) };
        let Some(key) = row.notice.clone() else { return Ok(()) };
        if let Some(row) = &mut self.modify_promise(promise)?.row {
            row.notice = None;
        }
        if let Some((trigger, id)) = rows::parse_delivery_key(&key)
            && let Some((row, stored)) = self.delivery(trigger, id)?
        {
            self.drop_delivery(trigger, id, &row, stored);
        }
        Ok(())
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
        let watch = match self.load_promise(answer)? {
            Some(row) => row.watch.clone(),
            None => return Ok(()),
        };
        if let Some(row) = &mut self.modify_promise(answer)?.row {
            row.notice = None;
        }
        let end = self.end_of_edge(awaited)?;
        let Some(Ok(reason)) = self.outcome_of(&end)? else { return Ok(()) };
        if let Some(watch) = watch {
            self.stop_watching(answer, &watch)?;
        }
        self.settle_promise(answer, Ok(reason))
    }
}
