//! Taking a session down: whatever it held is let go, whatever it waited for breaks.

use hogshead_objects::heap::{Heap, Outgoing};
use hogshead_objects::ids::{PromiseId, SessionId};
use hogshead_objects::records::RecordsError;
use hogshead_objects::{Error, Ref};

use super::rows::{self, Answer, Export, Head, Import};
use super::{Carrier, Session, State, gifts};
use crate::durable::Link;
use crate::limits::SEVER_ROWS_MAX;
use crate::operation::Operation;

impl Session {
    /// Ends the session within a turn: every export and answer is released, every import and
    /// every answer that was waited for breaks with `why`, and so does every withdrawal that waits
    /// for a gift of the peer; the peer's gifts are released, the rows deleted.
    ///
    /// The peer of a local session is told by an operation, unless it was the one to end it. That of
    /// a durable one is told by the host, with an [`End`](crate::durable::End); evidence of a fork
    /// stays.
    pub fn sever(&mut self, why: &Error, heap: &mut dyn Heap) -> Result<(), RecordsError> {
        let told = self.has_ended();
        self.state = State::Ended;
        // What is held is found in the rows.
        self.tables.write(heap.records());
        self.forget();
        self.declined.clear();
        sever_rows(self.id, why, heap)?;
        if self.carrier == Carrier::Local && !told {
            self.operations.push(Operation::Abort(why.message().to_owned()));
        }
        Ok(())
    }
}

/// The session wants to know no more how a promise settles.
fn give_up_all(promise: Ref, id: SessionId, heap: &mut dyn Heap) -> Result<(), RecordsError> {
    let resolvers = heap.waits_of(promise, id)?;
    heap.give_up(promise, &resolvers)
}

/// Takes down a session of which only the rows are left, as after a restart.
pub fn sever_rows(id: SessionId, why: &Error, heap: &mut dyn Heap) -> Result<(), RecordsError> {
    each_row(id, rows::QUESTION, heap, &mut |key, _, heap| {
        let promise = rows::key_position(key).map(PromiseId);
        let promise = promise.ok_or_else(|| rows::damaged(key, "the key is too short"))?;
        heap.settle(promise, Err(why.clone()))
    })?;
    each_row(id, rows::IMPORT, heap, &mut |key, bytes, heap| {
        let import: Import = rows::decode(key, bytes)?;
        match import.reference.reference()? {
            Ref::Import(import) => heap.sever_import(import, why),
            Ref::Promise(promise) => heap.settle(promise, Err(why.clone())),
            _ => Err(rows::damaged(key, "neither an import nor a promise")),
        }
    })?;
    each_row(id, rows::ANSWER, heap, &mut |key, bytes, heap| match rows::decode(key, bytes)? {
        Answer::Promise(promise) => {
            give_up_all(Ref::Promise(promise), id, heap)?;
            heap.release(Ref::Promise(promise))
        }
        Answer::Broken(_) => Ok(()),
    })?;
    gifts::release_all(id, why, heap)?;
    each_row(id, rows::POSITION, heap, &mut |_, _, _| Ok(()))?;
    each_row(id, rows::EXPORT, heap, &mut |key, bytes, heap| {
        let reference = rows::decode::<Export>(key, bytes)?.reference.reference()?;
        if let Ref::Promise(_) = reference {
            give_up_all(reference, id, heap)?;
        }
        heap.release(reference)
    })?;
    let key = rows::head_key(id);
    if let Some(bytes) = heap.records().get(&key)? {
        let head: Head = rows::decode(&key, &bytes)?;
        heap.records().delete(key);
        if let Some(bootstrap) = head.bootstrap {
            heap.release(bootstrap.reference()?)?;
        }
    }
    Link::delete_rows(id, heap.records())?;
    heap.sever_session(id, why)
}

/// Refuses what a turn wants sent on a session that is gone: answers break with `why`.
pub fn refuse(outgoing: &Outgoing, why: &Error, heap: &mut dyn Heap) -> Result<(), RecordsError> {
    match outgoing {
        Outgoing::Deliver { answer: Some(answer), .. } | Outgoing::Derive { answer, .. } => {
            heap.settle(*answer, Err(why.clone()))
        }
        Outgoing::Deliver { answer: None, .. } | Outgoing::Drop { .. } => Ok(()),
    }
}

pub(super) type SeeRow<'a> =
    &'a mut dyn FnMut(&[u8], &[u8], &mut dyn Heap) -> Result<(), RecordsError>;

/// Deletes the rows of one part of a session, showing each, a bounded number at a time.
pub(super) fn each_row(
    id: SessionId,
    part: u8,
    heap: &mut dyn Heap,
    see: SeeRow<'_>,
) -> Result<(), RecordsError> {
    let (from, to) = rows::part_range(id, part);
    loop {
        let batch = heap.records().range(&from, &to, SEVER_ROWS_MAX)?;
        if batch.is_empty() {
            return Ok(());
        }
        for (key, bytes) in batch {
            heap.records().delete(key.clone());
            see(&key, &bytes, heap)?;
        }
    }
}
