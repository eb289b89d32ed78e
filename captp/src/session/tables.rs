//! A session's tables: rows with a cache in front, read when first needed.

use std::collections::BTreeMap;

use bytes::Bytes;
use hogshead_objects::Ref;
use hogshead_objects::ids::{PromiseId, SessionId};
use hogshead_objects::records::{Records, RecordsError, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Carrier;
use super::rows::{self, Answer, Export, Head, Import, Question};
use crate::limits::CACHE_ENTRIES_MAX;

/// The tables of one session.
///
/// Changes go through to the rows at once, except for the head's counts: [`Tables::flush`] writes
/// those once an operation. After a turn that failed, [`Tables::forget`] drops what was cached.
#[derive(Debug)]
pub(super) struct Tables {
    id: SessionId,
    carrier: Carrier,
    bootstrap: Option<Ref>,
    head: Option<Head>,
    head_changed: bool,
    exports: BTreeMap<u64, Export>,
    positions: BTreeMap<Ref, u64>,
    imports: BTreeMap<u64, Import>,
    answers: BTreeMap<u64, Answer>,
    questions: BTreeMap<PromiseId, Question>,
}

impl Tables {
    pub fn new(id: SessionId, carrier: Carrier, bootstrap: Option<Ref>) -> Self {
        Self {
            id,
            carrier,
            bootstrap,
            head: None,
            head_changed: false,
            exports: BTreeMap::new(),
            positions: BTreeMap::new(),
            imports: BTreeMap::new(),
            answers: BTreeMap::new(),
            questions: BTreeMap::new(),
        }
    }

    /// Drops the caches; the rows are read again.
    pub fn forget(&mut self) {
        *self = Self::new(self.id, self.carrier, self.bootstrap);
    }

    /// Whether the session has rows.
    pub fn is_open(&mut self, records: &dyn Records) -> Result<bool, RecordsError> {
        Ok(self.load_head(records)?.is_some())
    }

    /// The head, for reading; of a session without rows it is a fresh one.
    pub fn head(&mut self, records: &dyn Records) -> Result<Head, RecordsError> {
        let fresh = self.fresh_head();
        Ok(self.load_head(records)?.cloned().unwrap_or(fresh))
    }

    /// The head, for changing. Whoever calls this first for a session without rows must hold the
    /// bootstrap object: see `Session::open`.
    pub fn head_mut(&mut self, records: &dyn Records) -> Result<&mut Head, RecordsError> {
        self.load_head(records)?;
        self.head_changed = true;
        let fresh = self.fresh_head();
        Ok(self.head.get_or_insert(fresh))
    }

    fn fresh_head(&self) -> Head {
        Head {
            format: rows::FORMAT,
            durable: self.carrier != Carrier::Plain,
            linked: self.carrier == Carrier::Durable,
            bootstrap: self.bootstrap.map(Into::into),
            next_export: 1,
            exports: 0,
            imports: 0,
            answers: 0,
            questions: 0,
            pending: 0,
        }
    }

    fn load_head(&mut self, records: &dyn Records) -> Result<Option<&Head>, RecordsError> {
        if self.head.is_none() {
            let key = rows::head_key(self.id);
            if let Some(bytes) = records.get(&key)? {
                let head: Head = rows::decode(&key, &bytes)?;
                if head.format != rows::FORMAT {
                    return Err(rows::damaged(&key, "a session of another format"));
                }
                self.head = Some(head);
            }
        }
        Ok(self.head.as_ref())
    }

    /// Writes the head if it has changed.
    pub fn flush(&mut self, records: &mut dyn Records) {
        if !std::mem::take(&mut self.head_changed) {
            return;
        }
        if let Some(head) = &self.head {
            put(records, rows::head_key(self.id), head);
        }
    }

    pub fn export(
        &mut self,
        position: u64,
        records: &dyn Records,
    ) -> Result<Option<Export>, RecordsError> {
        let key = || rows::key(self.id, rows::EXPORT, position);
        cached(&mut self.exports, position, key, records)
    }

    pub fn position(
        &mut self,
        reference: Ref,
        records: &dyn Records,
    ) -> Result<Option<u64>, RecordsError> {
        let key = || rows::position_key(self.id, reference.into());
        cached(&mut self.positions, reference, key, records)
    }

    pub fn put_export(&mut self, position: u64, export: Export, records: &mut dyn Records) {
        make_room(&mut self.exports);
        self.exports.insert(position, export);
        put(records, rows::key(self.id, rows::EXPORT, position), &export);
    }

    pub fn put_position(&mut self, reference: Ref, position: u64, records: &mut dyn Records) {
        make_room(&mut self.positions);
        self.positions.insert(reference, position);
        put(records, rows::position_key(self.id, reference.into()), &position);
    }

    pub fn remove_export(
        &mut self,
        position: u64,
        export: Export,
        reference: Ref,
        records: &mut dyn Records,
    ) {
        self.exports.remove(&position);
        records.delete(rows::key(self.id, rows::EXPORT, position));
        if export.indexed {
            self.positions.remove(&reference);
            records.delete(rows::position_key(self.id, reference.into()));
        }
    }

    pub fn import(
        &mut self,
        position: u64,
        records: &dyn Records,
    ) -> Result<Option<Import>, RecordsError> {
        let key = || rows::key(self.id, rows::IMPORT, position);
        cached(&mut self.imports, position, key, records)
    }

    pub fn put_import(&mut self, position: u64, import: Import, records: &mut dyn Records) {
        make_room(&mut self.imports);
        self.imports.insert(position, import);
        put(records, rows::key(self.id, rows::IMPORT, position), &import);
    }

    pub fn remove_import(&mut self, position: u64, records: &mut dyn Records) {
        self.imports.remove(&position);
        records.delete(rows::key(self.id, rows::IMPORT, position));
    }

    pub fn answer(
        &mut self,
        position: u64,
        records: &dyn Records,
    ) -> Result<Option<Answer>, RecordsError> {
        let key = || rows::key(self.id, rows::ANSWER, position);
        cached(&mut self.answers, position, key, records)
    }

    pub fn put_answer(&mut self, position: u64, answer: Answer, records: &mut dyn Records) {
        put(records, rows::key(self.id, rows::ANSWER, position), &answer);
        make_room(&mut self.answers);
        self.answers.insert(position, answer);
    }

    pub fn remove_answer(&mut self, position: u64, records: &mut dyn Records) {
        self.answers.remove(&position);
        records.delete(rows::key(self.id, rows::ANSWER, position));
    }

    pub fn question(
        &mut self,
        promise: PromiseId,
        records: &dyn Records,
    ) -> Result<Option<Question>, RecordsError> {
        let key = || rows::key(self.id, rows::QUESTION, promise.0);
        cached(&mut self.questions, promise, key, records)
    }

    pub fn put_question(
        &mut self,
        promise: PromiseId,
        question: Question,
        records: &mut dyn Records,
    ) {
        make_room(&mut self.questions);
        self.questions.insert(promise, question);
        put(records, rows::key(self.id, rows::QUESTION, promise.0), &question);
    }

    pub fn remove_question(&mut self, promise: PromiseId, records: &mut dyn Records) {
        self.questions.remove(&promise);
        records.delete(rows::key(self.id, rows::QUESTION, promise.0));
    }
}

/// The entry from the cache, or else from its row.
fn cached<K: Ord + Copy, V: Clone + DeserializeOwned>(
    cache: &mut BTreeMap<K, V>,
    name: K,
    key: impl FnOnce() -> Bytes,
    records: &dyn Records,
) -> Result<Option<V>, RecordsError> {
    if let Some(entry) = cache.get(&name) {
        return Ok(Some(entry.clone()));
    }
    let key = key();
    let Some(bytes) = records.get(&key)? else { return Ok(None) };
    let entry: V = rows::decode(&key, &bytes)?;
    make_room(cache);
    cache.insert(name, entry.clone());
    Ok(Some(entry))
}

/// Bounds a cache in the simplest way: what is needed again is read again.
fn make_room<K: Ord, V>(cache: &mut BTreeMap<K, V>) {
    if cache.len() >= CACHE_ENTRIES_MAX {
        cache.clear();
    }
}

fn put(records: &mut dyn Records, key: Bytes, row: &impl Serialize) {
    records.put(key, Row { bytes: rows::encode(row), secret: false });
}
