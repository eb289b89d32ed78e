//! Order when a promise turns out to lead another way than its messages went.
//!
//! ```text
//!   P is far, used            m1 went to the peer that will settle it
//!   P is settled with a reference by another path, which m2 would take past m1
//!   P drains                  a flush follows m1; m2 waits for P, and so does everybody else
//!   the flush is answered     m1 has arrived: P leads on, and m2 goes its way
//! ```
//!
//! A flush is a message as any other until it arrives: queued behind a promise, forwarded where
//! that leads. The vat of its final target answers it, without a look at the object.

use hogshead_objects::error::{Class, Result};
use hogshead_objects::ids::PromiseId;
use hogshead_objects::message::Message;
use hogshead_objects::reference::{Far, Place, Ref};
use hogshead_objects::value::Value;

use super::Turn;
use super::post::{Body, End};
use crate::error::VatError;
use crate::limits;
use crate::rows::{self, Action, Caller, DeliveryRow, Edge, ImportRow, PromiseRow, PromiseState};
use crate::vat::Trigger;

impl Turn<'_, '_> {
    /// A message goes to the place at a peer that this promise is.
    pub(super) fn note_sent(&mut self, id: PromiseId) -> Result<(), VatError> {
        if self.load_promise(id)?.is_some_and(|row| !row.used)
            && let Some(row) = &mut self.modify_promise(id)?.row
        {
            row.used = true;
        }
        Ok(())
    }

    /// Whether what is sent to `next` comes after what was sent to `far`: it is something else that
    /// the same peer has described as its own, so that it takes the same session and no detour.
    pub(super) fn follows(&mut self, far: Far, next: Ref) -> Result<bool, VatError> {
        let same = |to: Far| to.session == far.session && matches!(to.place, Place::Export(_));
        match next {
            Ref::Facet(_) | Ref::Resolver(_) => Ok(false),
            Ref::Import(id) => Ok(match self.load_import(id)? {
                Some(ImportRow { far: to, severed: None, .. }) => same(*to),
                // What is sent to it comes nowhere.
                _ => true,
            }),
            Ref::Promise(id) => match self.load_promise(id)? {
                Some(PromiseRow { state: PromiseState::Far(to), .. }) if same(*to) => {
                    self.note_sent(id)?;
                    Ok(true)
                }
                _ => Ok(false),
            },
        }
    }

    /// Keeps what a promise was settled with until what was sent to it has arrived.
    pub(super) fn drain(&mut self, id: PromiseId, far: Far, to: Edge) -> Result<(), VatError> {
        if let Some(row) = &mut self.modify_promise(id)?.row {
            row.state = PromiseState::Draining { far, to };
            self.deltas.push((to, 1));
        }
        let flush = self.ask_far(far, Message::flush())?;
        let (born, turn) = (self.vat.row.next_id, self.number());
        let action = Action::Drain { awaited: Edge::Promise(flush) };
        let answer = Some(id);
        let row = DeliveryRow {
            action,
            answer,
            born,
            turn,
            cause: None,
            session: None,
            caller: Caller::Own,
        };
        self.put_delivery(Trigger::Promise(flush), row).map(drop)
    }

    /// What was sent to a promise has arrived, or never will: it leads on now. A vat that has no
    /// room for the flush says so, and then what waits is refused with that rather than let past.
    pub(super) fn drained(&mut self, id: PromiseId, flush: &End) -> Result<(), VatError> {
        let Some(row) = self.load_promise(id)? else { return Ok(()) };
        let PromiseState::Draining { far, to } = row.state else { return Ok(()) };
        let Some(next) = to.reference() else { return Ok(()) };
        let outcome = match flush {
            End::Broken(why) if why.class() == Class::Busy => Err(why.clone()),
            _ => Ok(Value::Ref(next)),
        };
        let state = self.settled_state(id, outcome)?;
        self.conclude(id, state, Some(far))
    }

    /// Whether a pending promise is another one, or leads to it once it has drained, or is the
    /// answer that is awaited.
    pub(super) fn will_be(
        &mut self,
        pending: PromiseId,
        other: PromiseId,
    ) -> Result<bool, VatError> {
        let mut at = pending;
        for _ in 0..limits::PROMISE_CHAIN_MAX {
            if at == other {
                return Ok(true);
            }
            let Some(row) = self.load_promise(at)? else { return Ok(false) };
            let to = match (&row.state, &row.watch) {
                (PromiseState::Draining { to, .. }, _) => *to,
                (_, Some(key)) => {
                    let key = key.clone();
                    match self.awaited_by_answer(&key)? {
                        Some(awaited) => awaited,
                        None => return Ok(false),
                    }
                }
                _ => return Ok(false),
            };
            match self.end_of_edge(to)? {
                End::Pending(next) | End::Far(next, _) => at = next,
                _ => return Ok(false),
            }
        }
        Ok(false)
    }

    /// A flush has come to where it leads.
    pub(super) fn answer_flush(&mut self, answer: Option<PromiseId>) -> Result<(), VatError> {
        match answer {
            Some(answer) => self.settle_promise(answer, Ok(Value::Undefined)),
            None => Ok(()),
        }
    }
}

impl Body {
    /// Whether it is a flush.
    pub(super) fn is_flush(&self) -> bool {
        self.is(Message::is_flush)
    }

    /// Whether it is a watch.
    pub(super) fn is_watch(&self) -> bool {
        self.is(Message::is_watch)
    }

    fn is(&self, wanted: fn(&Message) -> bool) -> bool {
        /// Bytes of one as it is kept; whatever takes more is none.
        const KEPT_BYTES_MAX: usize = 64;
        match self {
            Self::Live(message) => wanted(message),
            Self::Kept(payload) => {
                payload.bytes.len() <= KEPT_BYTES_MAX
                    && rows::values(payload).is_ok_and(|values| wanted(&Message::apply(values)))
            }
        }
    }
}
