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
/// Changes stay in memory until [`Tables::write`] puts them into the rows, once a turn: what comes
/// and goes within a turn never becomes a row. After a turn that failed, [`Tables::forget`] drops
/// what was cached. Nothing of a session happens within what a turn undoes by itself, so there is
/// nothing in between.
#[derive(Debug)]
pub(super) struct Tables {
    id: SessionId,
    carrier: Carrier,
    bootstrap: Option<Ref>,
    head: Option<Head>,
    head_changed: bool,
    exports: Table<u64, Export>,
    positions: Table<Ref, u64>,
    imports: Table<u64, Import>,
    answers: Table<u64, Answer>,
    questions: Table<PromiseId, Question>,
}

impl Tables {
    pub fn new(id: SessionId, carrier: Carrier, bootstrap: Option<Ref>) -> Self {
        Self {
            id,
            carrier,
            bootstrap,
            head: None,
            head_changed: false,
            exports: Table::default(),
            positions: Table::default(),
            imports: Table::default(),
            answers: Table::default(),
            questions: Table::default(),
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

    /// Whether the rows say all that the tables do.
    pub fn is_written(&self) -> bool {
        !self.head_changed
            && self.exports.is_written()
            && self.positions.is_written()
            && self.imports.is_written()
            && self.answers.is_written()
            && self.questions.is_written()
    }

    /// Writes what has changed.
    pub fn write(&mut self, records: &mut dyn Records) {
        let id = self.id;
        if std::mem::take(&mut self.head_changed)
            && let Some(head) = &self.head
        {
            put(records, rows::head_key(id), head);
        }
        self.exports.write(|position| rows::key(id, rows::EXPORT, position), records);
        self.positions.write(|reference| rows::position_key(id, reference.into()), records);
        self.imports.write(|position| rows::key(id, rows::IMPORT, position), records);
        self.answers.write(|position| rows::key(id, rows::ANSWER, position), records);
        self.questions.write(|promise| rows::key(id, rows::QUESTION, promise.0), records);
    }

    pub fn export(
        &mut self,
        position: u64,
        records: &dyn Records,
    ) -> Result<Option<Export>, RecordsError> {
        let key = || rows::key(self.id, rows::EXPORT, position);
        self.exports.get(position, key, records)
    }

    pub fn position(
        &mut self,
        reference: Ref,
        records: &dyn Records,
    ) -> Result<Option<u64>, RecordsError> {
        let key = || rows::position_key(self.id, reference.into());
        self.positions.get(reference, key, records)
    }

    pub fn put_export(&mut self, position: u64, export: Export) {
        self.exports.set(position, Some(export));
    }

    pub fn put_position(&mut self, reference: Ref, position: u64) {
        self.positions.set(reference, Some(position));
    }

    pub fn remove_export(&mut self, position: u64, export: Export, reference: Ref) {
        self.exports.set(position, None);
        if export.indexed {
            self.positions.set(reference, None);
        }
    }

    pub fn import(
        &mut self,
        position: u64,
        records: &dyn Records,
    ) -> Result<Option<Import>, RecordsError> {
        let key = || rows::key(self.id, rows::IMPORT, position);
        self.imports.get(position, key, records)
    }

    pub fn put_import(&mut self, position: u64, import: Import) {
        self.imports.set(position, Some(import));
    }

    pub fn remove_import(&mut self, position: u64) {
        self.imports.set(position, None);
    }

    pub fn answer(
        &mut self,
        position: u64,
        records: &dyn Records,
    ) -> Result<Option<Answer>, RecordsError> {
        let key = || rows::key(self.id, rows::ANSWER, position);
        self.answers.get(position, key, records)
    }

    pub fn put_answer(&mut self, position: u64, answer: Answer) {
        self.answers.set(position, Some(answer));
    }

    pub fn remove_answer(&mut self, position: u64) {
        self.answers.set(position, None);
    }

    pub fn question(
        &mut self,
        promise: PromiseId,
        records: &dyn Records,
    ) -> Result<Option<Question>, RecordsError> {
        let key = || rows::key(self.id, rows::QUESTION, promise.0);
        self.questions.get(promise, key, records)
    }

    pub fn put_question(&mut self, promise: PromiseId, question: Question) {
        self.questions.set(promise, Some(question));
    }

    pub fn remove_question(&mut self, promise: PromiseId) {
        self.questions.set(promise, None);
    }
}

/// One table: what is in memory of it.
#[derive(Debug)]
struct Table<K, V> {
    entries: BTreeMap<K, Entry<V>>,
    /// Entries that have changed or are of no use, to be looked at when the rows are written.
    touched: Vec<K>,
}

#[derive(Debug)]
struct Entry<V> {
    /// Nothing if it is known that there is none.
    now: Option<V>,
    /// Whether there may be a row. It is known for sure once it was looked for.
    stored: bool,
    /// Whether the row is another.
    changed: bool,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self { entries: BTreeMap::new(), touched: Vec::new() }
    }
}

impl<K: Ord + Copy, V: Clone + DeserializeOwned + Serialize> Table<K, V> {
    /// The entry from memory, or else from its row.
    fn get(
        &mut self,
        name: K,
        key: impl FnOnce() -> Bytes,
        records: &dyn Records,
    ) -> Result<Option<V>, RecordsError> {
        if let Some(entry) = self.entries.get(&name) {
            return Ok(entry.now.clone());
        }
        let key = key();
        let now: Option<V> = match records.get(&key)? {
            Some(bytes) => Some(rows::decode(&key, &bytes)?),
            None => {
                self.touched.push(name);
                None
            }
        };
        let entry = Entry { now: now.clone(), stored: now.is_some(), changed: false };
        self.entries.insert(name, entry);
        Ok(now)
    }

    /// Sets or removes an entry. One that was not looked for before may have a row: removing it
    /// removes that too.
    fn set(&mut self, name: K, now: Option<V>) {
        let unknown = || Entry { now: None, stored: true, changed: false };
        let entry = self.entries.entry(name).or_insert_with(unknown);
        entry.now = now;
        if !std::mem::replace(&mut entry.changed, true) {
            self.touched.push(name);
        }
    }

    fn write(&mut self, key: impl Fn(K) -> Bytes, records: &mut dyn Records) {
        for name in self.touched.drain(..) {
            let Some(entry) = self.entries.get_mut(&name) else { continue };
            let changed = std::mem::replace(&mut entry.changed, false);
            match &entry.now {
                Some(now) if changed => {
                    put(records, key(name), now);
                    entry.stored = true;
                }
                Some(_) => {}
                None => {
                    if changed && entry.stored {
                        records.delete(key(name));
                    }
                    self.entries.remove(&name);
                }
            }
        }
        // In the simplest way: what is needed again is read again.
        if self.entries.len() >= CACHE_ENTRIES_MAX {
            self.entries.clear();
        }
    }
}

impl<K, V> Table<K, V> {
    fn is_written(&self) -> bool {
        self.entries.values().all(|entry| !entry.changed)
    }
}

fn put(records: &mut dyn Records, key: Bytes, row: &impl Serialize) {
    records.put(key, Row { bytes: rows::encode(row), secret: false });
}
