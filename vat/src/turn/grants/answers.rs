//! Answers that are awaited over a grant.
//!
//! A method may answer with a promise. Over a granted facet the caller's promise does not lead on to
//! that one at once: a delivery waits for it, which gives the caller the answer when it is there, and
//! is found by the facet, so that revoking this breaks the answer instead. What the caller sends to
//! the answer meanwhile waits for it, and is refused with it.

use hogshead_objects::error::{Class, Error, Result};
use hogshead_objects::grant;
use hogshead_objects::ids::{FacetId, PromiseId};
use hogshead_objects::records::ReadRecords;
use hogshead_objects::value::Value;

use crate::error::VatError;
use crate::limits;
use crate::rows::{self, Action, Caller, DeliveryRow, Edge};
use crate::turn::Turn;
use crate::turn::post::End;
use crate::turn::promise::wait_for;

impl Turn<'_, '_> {
    /// Gives a call its answer, which a revocation of the facet that it came over may yet break.
    pub(in crate::turn) fn settle_over(
        &mut self,
        over: FacetId,
        answer: PromiseId,
        outcome: Result<Value>,
    ) -> Result<(), VatError> {
        let Ok(Value::Ref(reference)) = &outcome else {
            return self.settle_promise(answer, outcome);
        };
        let (End::Pending(last) | End::Far(last, _)) = self.end_of(*reference)? else {
            return self.settle_promise(answer, outcome);
        };
        if last == answer {
            return self.settle_promise(answer, outcome);
        }
        self.modify_grant(over)?.awaited += 1;
        let (born, turn) = (self.vat.row.next_id, self.number());
        let action = Action::Answer { awaited: Edge::Promise(last), over };
        let row = DeliveryRow {
            action,
            answer: Some(answer),
            born,
            turn,
            cause: None,
            session: None,
            caller: Caller::Own,
        };
        self.await_over(over, answer, &End::Pending(last), row)
    }

    /// What an answer waits for may be known.
    pub(in crate::turn) fn advance_answer(&mut self, row: DeliveryRow) -> Result<(), VatError> {
        let Action::Answer { awaited, over } = row.action else { return Ok(()) };
        let Some(answer) = row.answer else { return Ok(()) };
        let end = self.end_of_edge(awaited)?;
        if let Some(outcome) = self.outcome_of(&end)? {
            self.forget_awaited(over, answer)?;
            return self.settle_promise(answer, outcome);
        }
        if let End::Pending(last) | End::Far(last, _) = end
            && self.will_be(last, answer)?
        {
            self.forget_awaited(over, answer)?;
            let why = Error::new(Class::Failed, "the promise was resolved to itself");
            return self.settle_promise(answer, Err(why));
        }
        self.await_over(over, answer, &end, row)
    }

    fn await_over(
        &mut self,
        over: FacetId,
        answer: PromiseId,
        end: &End,
        row: DeliveryRow,
    ) -> Result<(), VatError> {
        let Action::Answer { awaited, .. } = row.action else { return Ok(()) };
        let (trigger, awaited) = wait_for(end, awaited);
        let action = Action::Answer { awaited, over };
        let id = self.put_delivery(trigger, DeliveryRow { action, ..row })?;
        let key = rows::delivery_key(trigger, id);
        self.tie_delivery(answer, &key)?;
        let index = rows::awaited_key(over, answer);
        let before = self.overlay.get(&index)?.map_or(0, |bytes| index.len() + bytes.len());
        let row = rows::encode(&serde_bytes::Bytes::new(&key), false);
        self.put_row(index, row, before);
        Ok(())
    }

    /// What the delivery under `key` waits for, if it gives a call over a grant its answer.
    pub(in crate::turn) fn awaited_by_answer(&self, key: &[u8]) -> Result<Option<Edge>, VatError> {
        let Some((trigger, id)) = rows::parse_delivery_key(key) else { return Ok(None) };
        Ok(match self.delivery(trigger, id)?.map(|(row, _)| row.action) {
            Some(Action::Answer { awaited, .. }) => Some(awaited),
            _ => None,
        })
    }

    /// An answer is not awaited over a facet any more.
    pub(in crate::turn) fn forget_awaited(
        &mut self,
        over: FacetId,
        answer: PromiseId,
    ) -> Result<(), VatError> {
        let index = rows::awaited_key(over, answer);
        let Some(bytes) = self.overlay.get(&index)? else { return Ok(()) };
        let stored = index.len() + bytes.len();
        self.delete_row(index, stored);
        let grant = self.modify_grant(over)?;
        grant.awaited = grant.awaited.saturating_sub(1);
        Ok(())
    }

    /// Breaks the answers that are awaited over a facet; gives how many there were.
    pub(super) fn break_awaited(&mut self, over: FacetId) -> Result<usize, VatError> {
        let mut broken = 0;
        loop {
            let (from, to) = rows::awaited_range(over);
            let page = self.overlay.range(&from, &to, limits::PAGE_ROWS)?;
            if page.is_empty() {
                return Ok(broken);
            }
            for (index, bytes) in page {
                let answer = PromiseId(rows::id_of_key(&index).unwrap_or_default());
                let key: serde_bytes::ByteBuf = rows::decode(&index, &bytes)?;
                self.forget_awaited(over, answer)?;
                if let Some((trigger, id)) = rows::parse_delivery_key(&key)
                    && let Some((row, stored)) = self.delivery(trigger, id)?
                {
                    self.drop_delivery(trigger, id, &row, stored);
                }
                self.settle_promise(answer, Err(grant::revoked()))?;
                broken += 1;
            }
        }
    }
}
