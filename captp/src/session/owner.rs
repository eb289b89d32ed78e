//! What an owner sees of a session's tables, and takes back from them.

use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{SessionId, Timestamp};
use hogshead_objects::records::{ReadRecords, RecordsError};
use hogshead_objects::reference::{Far, Place};
use hogshead_objects::{Class, Error, Ref, Result as Answer};

use super::rows::{self, Export, Import};
use super::{Session, SessionError};

/// A reference that the peer may use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exported {
    /// Under which the peer knows it.
    pub position: u64,
    /// What is there.
    pub reference: Ref,
    /// How often it was sent since the peer last let go of it.
    pub sent: u64,
    /// Since when the peer has it, if that was written down.
    pub since: Option<Timestamp>,
}

/// A reference that the peer lets this vat use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Imported {
    /// Where the peer has it.
    pub position: u64,
    /// What it is here.
    pub reference: Ref,
    /// Outcomes that are to be told there: then it is where the peer waits for an answer.
    pub waits: u64,
    /// Since when this vat has it, if that was written down.
    pub since: Option<Timestamp>,
}

/// The references that a session's peer may use, by position, at most `limit`.
pub fn exported(
    id: SessionId,
    limit: usize,
    records: &dyn ReadRecords,
) -> Result<Vec<Exported>, RecordsError> {
    let (from, to) = rows::part_range(id, rows::EXPORT);
    let page = records.range(&from, &to, limit)?.into_iter();
    page.map(|(key, bytes)| {
        let Export { reference, sent, since, .. } = rows::decode(&key, &bytes)?;
        let (position, reference) = (position(&key)?, reference.reference()?);
        Ok(Exported { position, reference, sent, since: since.map(Timestamp) })
    })
    .collect()
}

/// The references that a session's peer lets this vat use, by position, at most `limit`.
pub fn imported(
    id: SessionId,
    limit: usize,
    records: &dyn ReadRecords,
) -> Result<Vec<Imported>, RecordsError> {
    let (from, to) = rows::part_range(id, rows::IMPORT);
    let page = records.range(&from, &to, limit)?.into_iter();
    page.map(|(key, bytes)| {
        let Import { reference, waits, since, .. } = rows::decode(&key, &bytes)?;
        let (position, reference) = (position(&key)?, reference.reference()?);
        Ok(Imported { position, reference, waits, since: since.map(Timestamp) })
    })
    .collect()
}

impl Session {
    /// Takes back an object that the peer holds, within a turn: from now on whatever the peer does
    /// with it breaks with `why`. The position stays until the peer lets go of it, since it may use
    /// it in all innocence. Objects alone can be taken back: a promise has been listened to, and
    /// what it becomes is another reference.
    pub fn revoke_export(
        &mut self,
        position: u64,
        why: &Error,
        heap: &mut dyn Heap,
    ) -> Result<Answer<()>, RecordsError> {
        let Some(export) = self.tables.export(position, heap.records())? else {
            let none = format!("the peer holds nothing at position {position}");
            return Ok(Err(Error::new(Class::NotFound, none)));
        };
        let reference = export.reference.reference()?;
        match reference {
            Ref::Facet(_) | Ref::Import(_) => {}
            Ref::Promise(_) => {
                let what = "this is a promise, or was taken back before; take back what it \
                            leads to, or end the session";
                return Ok(Err(Error::bad_call(what)));
            }
            Ref::Resolver(_) => {
                let what = "the peer is to answer there; it goes with the answer, or with the \
                            session";
                return Ok(Err(Error::bad_call(what)));
            }
        }
        let broken = heap.create_promise(None)?;
        heap.hold(Ref::Promise(broken))?;
        heap.settle(broken, Err(why.clone()))?;
        // The object may be given to the peer again, at another position.
        self.tables.remove_export(position, export, reference);
        let instead = Export { reference: Ref::Promise(broken).into(), indexed: false, ..export };
        self.tables.put_export(position, instead);
        self.tables.write(heap.records());
        heap.release(reference)?;
        Ok(Ok(()))
    }

    /// Gives up something of the peer's, within a turn: it breaks with `why` for whoever holds it
    /// here, and the peer is told that nobody does. What was sent to it before still arrives.
    pub fn expire_import(
        &mut self,
        position: u64,
        why: &Error,
        heap: &mut dyn Heap,
    ) -> Result<Answer<()>, SessionError> {
        let Some(import) = self.tables.import(position, heap.records())? else {
            let none = format!("nothing of the peer's is held at position {position}");
            return Ok(Err(Error::new(Class::NotFound, none)));
        };
        if import.waits > 0 {
            let what = "the peer waits there for an answer of this vat; it goes with the answer, \
                        or with the session";
            return Ok(Err(Error::bad_call(what)));
        }
        match import.reference.reference()? {
            Ref::Import(import) => {
                heap.sever_import(import, why)?;
                // A broken import is not let go of a second time.
                self.send_drop(Far { session: self.id, place: Place::Export(position) }, heap)?;
            }
            // The heap lets go of where it was as it settles.
            Ref::Promise(promise) => heap.settle(promise, Err(why.clone()))?,
            _ => {
                let key = rows::key(self.id, rows::IMPORT, position);
                return Err(rows::damaged(&key, "neither an import nor a promise").into());
            }
        }
        self.tables.write(heap.records());
        Ok(Ok(()))
    }
}

fn position(key: &[u8]) -> Result<u64, RecordsError> {
    rows::key_position(key).ok_or_else(|| rows::damaged(key, "the key is too short"))
}
