//! A session's tables: rows with a cache in front, read when first needed.

use bytes::Bytes;
use hogshead_objects::Ref;
use hogshead_objects::few::Few;
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
    /// Entries that have changed or are of no use, to be looked at when the rows are written.
    touched: Vec<Touched>,
}

/// An entry of one of the tables.
#[derive(Clone, Copy, Debug)]
enum Touched {
    Export(u64),
    Position(Ref),
    Import(u64),
    Answer(u64),
    Question(PromiseId),
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
            touched: Vec::new(),
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
        for touched in self.touched.drain(..) {
            match touched {
                Touched::Export(at) => {
                    self.exports.write(at, || rows::key(id, rows::EXPORT, at), records);
                }
                Touched::Position(of) => {
                    self.positions.write(of, || rows::position_key(id, of.into()), records);
                }
                Touched::Import(at) => {
                    self.imports.write(at, || rows::key(id, rows::IMPORT, at), records);
                }
                Touched::Answer(at) => {
                    self.answers.write(at, || rows::key(id, rows::ANSWER, at), records);
                }
                Touched::Question(of) => {
                    self.questions.write(of, || rows::key(id, rows::QUESTION, of.0), records);
                }
            }
        }
        self.exports.bound();
        self.positions.bound();
        self.imports.bound();
        self.answers.bound();
        self.questions.bound();
        // Most turns touch few entries: the room of one that touched many is not kept.
        self.touched.shrink_to(TOUCHED_ROOM);
    }

    pub fn export(
        &mut self,
        position: u64,
        records: &dyn Records,
    ) -> Result<Option<Export>, RecordsError> {
        let key = || rows::key(self.id, rows::EXPORT, position);
        self.exports.get(position, key, records, || self.touched.push(Touched::Export(position)))
    }

    pub fn position(
        &mut self,
        reference: Ref,
        records: &dyn Records,
    ) -> Result<Option<u64>, RecordsError> {
        let key = || rows::position_key(self.id, reference.into());
        self.positions
            .get(reference, key, records, || self.touched.push(Touched::Position(reference)))
    }

    pub fn put_export(&mut self, position: u64, export: Export) {
        self.exports.set(position, Some(export), || self.touched.push(Touched::Export(position)));
    }

    pub fn put_position(&mut self, reference: Ref, position: u64) {
        self.positions
            .set(reference, Some(position), || self.touched.push(Touched::Position(reference)));
    }

    pub fn remove_export(&mut self, position: u64, export: Export, reference: Ref) {
        self.exports.set(position, None, || self.touched.push(Touched::Export(position)));
        if export.indexed {
            self.positions.set(reference, None, || self.touched.push(Touched::Position(reference)));
        }
    }

    pub fn import(
        &mut self,
        position: u64,
        records: &dyn Records,
    ) -> Result<Option<Import>, RecordsError> {
        let key = || rows::key(self.id, rows::IMPORT, position);
        self.imports.get(position, key, records, || self.touched.push(Touched::Import(position)))
    }

    pub fn put_import(&mut self, position: u64, import: Import) {
        self.imports.set(position, Some(import), || self.touched.push(Touched::Import(position)));
    }

    pub fn remove_import(&mut self, position: u64) {
        self.imports.set(position, None, || self.touched.push(Touched::Import(position)));
    }

    pub fn answer(
        &mut self,
        position: u64,
        records: &dyn Records,
    ) -> Result<Option<Answer>, RecordsError> {
        let key = || rows::key(self.id, rows::ANSWER, position);
        self.answers.get(position, key, records, || self.touched.push(Touched::Answer(position)))
    }

    pub fn put_answer(&mut self, position: u64, answer: Answer) {
        self.answers.set(position, Some(answer), || self.touched.push(Touched::Answer(position)));
    }

    pub fn remove_answer(&mut self, position: u64) {
        self.answers.set(position, None, || self.touched.push(Touched::Answer(position)));
    }

    pub fn question(
        &mut self,
        promise: PromiseId,
        records: &dyn Records,
    ) -> Result<Option<Question>, RecordsError> {
        let key = || rows::key(self.id, rows::QUESTION, promise.0);
        self.questions.get(promise, key, records, || self.touched.push(Touched::Question(promise)))
    }

    pub fn put_question(&mut self, promise: PromiseId, question: Question) {
        self.questions
            .set(promise, Some(question), || self.touched.push(Touched::Question(promise)));
    }

    pub fn remove_question(&mut self, promise: PromiseId) {
        self.questions.set(promise, None, || self.touched.push(Touched::Question(promise)));
    }
}

/// Room for touched entries that is kept from turn to turn, in entries.
const TOUCHED_ROOM: usize = 8;

/// One table: what is in memory of it.
#[derive(Debug)]
struct Table<K, V>(Few<K, Entry<V>>);

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
        Self(Few::default())
    }
}

impl<K: Ord + Copy, V: Clone + DeserializeOwned + Serialize> Table<K, V> {
    /// The entry from memory, or else from its row.
    fn get(
        &mut self,
        name: K,
        key: impl FnOnce() -> Bytes,
        records: &dyn Records,
        touch: impl FnOnce(),
    ) -> Result<Option<V>, RecordsError> {
        if let Some(entry) = self.0.get(&name) {
            return Ok(entry.now.clone());
        }
        let key = key();
        let now: Option<V> = match records.get(&key)? {
            Some(bytes) => Some(rows::decode(&key, &bytes)?),
            None => {
                touch();
                None
            }
        };
        let entry = Entry { now: now.clone(), stored: now.is_some(), changed: false };
        self.0.insert(name, entry);
        Ok(now)
    }

    /// Sets or removes an entry. One that was not looked for before may have a row: removing it
    /// removes that too.
    fn set(&mut self, name: K, now: Option<V>, touch: impl FnOnce()) {
        let unknown = || Entry { now: None, stored: true, changed: false };
        let entry = self.0.get_or_insert_with(name, unknown);
        entry.now = now;
        if !std::mem::replace(&mut entry.changed, true) {
            touch();
        }
    }

    /// Writes an entry that was touched.
    fn write(&mut self, name: K, key: impl FnOnce() -> Bytes, records: &mut dyn Records) {
        let Some(entry) = self.0.get_mut(&name) else { return };
        let changed = std::mem::replace(&mut entry.changed, false);
        match &entry.now {
            Some(now) if changed => {
                put(records, key(), now);
                entry.stored = true;
            }
            Some(_) => {}
            None => {
                if changed && entry.stored {
                    records.delete(key());
                }
                self.0.remove(&name);
            }
        }
    }

    /// Keeps it from growing with what the session ever touched, in the simplest way: what is
    /// needed again is read again.
    fn bound(&mut self) {
        if self.0.len() >= CACHE_ENTRIES_MAX {
            self.0.clear();
        }
    }

    fn is_written(&self) -> bool {
        self.0.values().all(|entry| !entry.changed)
    }
}

fn put(records: &mut dyn Records, key: Bytes, row: &impl Serialize) {
    records.put(key, Row { bytes: rows::encode(row), secret: false });
}
