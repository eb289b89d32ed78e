//! A heap that dies with its process: what stands behind callers from outside.

use std::collections::BTreeMap;

use hogshead_captp::{Introducers, Session};
use hogshead_objects::heap::{Heap, Outgoing, Part, Resolution, Unsettled};
use hogshead_objects::ids::{ImportId, PromiseId, SessionId, Timestamp};
use hogshead_objects::records::{MemoryRecords, Records, RecordsError};
use hogshead_objects::{Class, Error, Far, Message, Place, Ref, Result, Value};
use tokio::sync::oneshot;

use super::Means;

/// A volatile heap: imports, promises and counts, no objects.
pub(crate) struct VolatileHeap {
    means: Means,
    records: MemoryRecords,
    next: u64,
    imports: BTreeMap<ImportId, Import>,
    promises: BTreeMap<PromiseId, Promise>,
    outgoing: Vec<Outgoing>,
    /// What answers have brought and no handle has taken over yet.
    pins: BTreeMap<Ref, u64>,
}

struct Import {
    far: Far,
    holders: u64,
    severed: Option<Error>,
}

struct Promise {
    far: Option<Far>,
    holders: u64,
    outcome: Option<Result<Value>>,
    /// Who in this process waits.
    waiters: Vec<oneshot::Sender<Result<Value>>>,
    /// Resolvers at the peer that want to be told.
    listeners: Vec<Ref>,
}

impl VolatileHeap {
    pub fn new(means: Means) -> Self {
        Self {
            means,
            records: MemoryRecords::default(),
            next: 0,
            imports: BTreeMap::new(),
            promises: BTreeMap::new(),
            outgoing: Vec::new(),
            pins: BTreeMap::new(),
        }
    }

    /// A question: the promise of its answer, and where the outcome will arrive.
    pub fn ask(
        &mut self,
        session: SessionId,
        target: Ref,
        message: Message,
    ) -> Result<(PromiseId, oneshot::Receiver<Result<Value>>)> {
        let far = match self.leads_to(target) {
            Resolution::Ref(reference) => self.place(reference),
            Resolution::Broken(error) => return Err(error),
            Resolution::Data(_) => None,
        };
        let Some(far) = far else {
            return Err(Error::bad_call("this reference takes no messages"));
        };
        let id = self.new_promise(None);
        let answer = Far { session, place: Place::Answer(id.0) };
        let (tell, told) = oneshot::channel();
        if let Some(promise) = self.promises.get_mut(&id) {
            promise.far = Some(answer);
            promise.holders = 1;
            promise.waiters.push(tell);
        }
        self.outgoing.push(Outgoing::Deliver { far, message, answer: Some(id) });
        Ok((id, told))
    }

    /// The peer's bootstrap object, held as long as the heap lives.
    pub fn bootstrap(&mut self, session: SessionId) -> Ref {
        self.next += 1;
        let id = ImportId(self.next);
        let far = super::bootstrap_far(session);
        self.imports.insert(id, Import { far, holders: 1, severed: None });
        Ref::Import(id)
    }

    /// Gives the session what waits to be sent.
    pub fn hand_over(&mut self, session: &mut Session) -> Result<()> {
        loop {
            let outgoing = std::mem::take(&mut self.outgoing);
            if outgoing.is_empty() {
                return Ok(());
            }
            for item in outgoing {
                // An owner's references are all of one session: there is nothing to hand off.
                let sent = session.send(item, &Introducers::new(), self);
                sent.map_err(|e| Error::new(Class::Severed, e.to_string()))?;
            }
        }
    }

    /// Counts one holder more in this process: it takes over what an answer has brought, if there
    /// is such.
    pub fn pin(&mut self, reference: Ref) {
        match self.pins.get_mut(&reference) {
            Some(1) => {
                self.pins.remove(&reference);
            }
            Some(pins) => *pins -= 1,
            None => self.count(reference, 1),
        }
    }

    /// Counts one holder less in this process.
    pub fn unpin(&mut self, reference: Ref) {
        self.count(reference, -1);
    }

    /// Breaks everything that waits.
    pub fn break_all(&mut self, why: &Error) {
        let waiting: Vec<_> = self.promises.keys().copied().collect();
        for promise in waiting {
            self.conclude(promise, Err(why.clone()));
        }
        self.outgoing.clear();
    }

    fn new_promise(&mut self, far: Option<Far>) -> PromiseId {
        self.next += 1;
        let id = PromiseId(self.next);
        let promise =
            Promise { far, holders: 0, outcome: None, waiters: Vec::new(), listeners: Vec::new() };
        self.promises.insert(id, promise);
        id
    }

    fn leads_to(&self, reference: Ref) -> Resolution {
        let mut reference = reference;
        // Each step is to another promise, so the number of promises bounds the walk.
        for _ in 0..=self.promises.len() {
            let Ref::Promise(id) = reference else { return Resolution::Ref(reference) };
            match self.promises.get(&id).and_then(|promise| promise.outcome.as_ref()) {
                None => return Resolution::Ref(reference),
                Some(Ok(Value::Ref(next))) => reference = *next,
                Some(Ok(data)) => return Resolution::Data(data.clone()),
                Some(Err(error)) => return Resolution::Broken(error.clone()),
            }
        }
        Resolution::Broken(Error::new(Class::Failed, "the promise resolves to itself"))
    }

    fn place(&self, reference: Ref) -> Option<Far> {
        match reference {
            Ref::Import(id) => self.imports.get(&id).filter(|i| i.severed.is_none()).map(|i| i.far),
            Ref::Promise(id) => self.promises.get(&id).and_then(|promise| promise.far),
            _ => None,
        }
    }

    fn conclude(&mut self, id: PromiseId, outcome: Result<Value>) {
        let Some(promise) = self.promises.get_mut(&id) else { return };
        if promise.outcome.is_some() {
            return;
        }
        promise.outcome = Some(outcome.clone());
        let far = promise.far.take();
        let waiters = std::mem::take(&mut promise.waiters);
        let listeners = std::mem::take(&mut promise.listeners);
        if let Ok(value) = &outcome {
            // Held for the promise; and once more for whoever waited, until it lets go.
            for &reference in value.refs() {
                self.count(reference, 1);
            }
        }
        for waiter in waiters {
            self.tell(waiter, &outcome);
        }
        for listener in listeners {
            self.notify(listener, outcome.clone());
        }
        if let Some(far) = far {
            self.outgoing.push(Outgoing::Drop { far });
        }
    }

    /// Tells a waiter of this process; an answer that is itself a promise is waited for.
    fn tell(&mut self, waiter: oneshot::Sender<Result<Value>>, outcome: &Result<Value>) {
        let resolved = match outcome {
            Ok(Value::Ref(reference @ Ref::Promise(_))) => self.leads_to(*reference),
            Ok(value) => Resolution::Data(value.clone()),
            Err(error) => Resolution::Broken(error.clone()),
        };
        let outcome = match resolved {
            Resolution::Ref(Ref::Promise(pending)) => {
                if let Some(promise) = self.promises.get_mut(&pending) {
                    promise.waiters.push(waiter);
                }
                return;
            }
            Resolution::Ref(reference) => Ok(Value::Ref(reference)),
            Resolution::Data(value) => Ok(value),
            Resolution::Broken(error) => Err(error),
        };
        let brought: Vec<Ref> = outcome.iter().flat_map(Value::refs).copied().collect();
        // Whoever waited may have stopped waiting, and then nothing is held for it.
        if waiter.send(outcome).is_ok() {
            for reference in brought {
                self.count(reference, 1);
                *self.pins.entry(reference).or_default() += 1;
            }
        }
    }

    fn notify(&mut self, listener: Ref, outcome: Result<Value>) {
        let Some(far) = self.place(listener) else { return };
        let message = match outcome {
            Ok(value) => Message::new("fulfill", [value]),
            Err(error) => Message::new("break", [error.into_reason()]),
        };
        self.outgoing.push(Outgoing::Deliver { far, message, answer: None });
        self.count(listener, -1);
    }

    fn count(&mut self, reference: Ref, by: i64) {
        let holders = match reference {
            Ref::Import(id) => self.imports.get_mut(&id).map(|import| &mut import.holders),
            Ref::Promise(id) | Ref::Resolver(id) => {
                self.promises.get_mut(&id).map(|promise| &mut promise.holders)
            }
            Ref::Facet(_) => None,
        };
        let Some(holders) = holders else { return };
        *holders = holders.saturating_add_signed(by);
        if *holders > 0 {
            return;
        }
        match reference {
            Ref::Import(id) => {
                if let Some(import) = self.imports.remove(&id)
                    && import.severed.is_none()
                {
                    self.outgoing.push(Outgoing::Drop { far: import.far });
                }
            }
            Ref::Promise(id) | Ref::Resolver(id) => {
                let Some(promise) = self.promises.remove(&id) else { return };
                if let Some(far) = promise.far {
                    self.outgoing.push(Outgoing::Drop { far });
                }
                for &held in promise.outcome.iter().flatten().flat_map(Value::refs) {
                    self.count(held, -1);
                }
            }
            Ref::Facet(_) => {}
        }
    }
}

impl Heap for VolatileHeap {
    fn records(&mut self) -> &mut dyn Records {
        &mut self.records
    }

    fn hold(&mut self, reference: Ref) -> Result<(), RecordsError> {
        self.count(reference, 1);
        Ok(())
    }

    fn release(&mut self, reference: Ref) -> Result<(), RecordsError> {
        self.count(reference, -1);
        Ok(())
    }

    fn create_import(&mut self, far: Far) -> Result<ImportId, RecordsError> {
        self.next += 1;
        let id = ImportId(self.next);
        self.imports.insert(id, Import { far, holders: 0, severed: None });
        Ok(id)
    }

    fn create_promise(&mut self, far: Option<Far>) -> Result<PromiseId, RecordsError> {
        Ok(self.new_promise(far))
    }

    fn resolution(&self, reference: Ref) -> Result<Resolution, RecordsError> {
        Ok(self.leads_to(reference))
    }

    fn deliver(
        &mut self,
        target: Ref,
        message: Message,
        answer: Option<PromiseId>,
    ) -> Result<(), RecordsError> {
        let mut values = message.values.into_iter();
        let method = values.next();
        let method = match &method {
            Some(Value::Symbol(name)) => name.as_str(),
            _ => "",
        };
        let outcome = match (target, method, values.next()) {
            (Ref::Resolver(id), "fulfill", Some(value)) => {
                self.conclude(id, Ok(value));
                Ok(Value::Undefined)
            }
            (Ref::Resolver(id), "break", reason) => {
                let reason = Error::from_reason(reason.unwrap_or(Value::Undefined));
                self.conclude(id, Err(reason));
                Ok(Value::Undefined)
            }
            _ => Err(Error::new(Class::NotFound, "a caller from outside has no objects")),
        };
        if let Some(answer) = answer {
            self.conclude(answer, outcome);
        }
        Ok(())
    }

    fn settle_to(&mut self, promise: Ref, resolver: Ref) -> Result<(), RecordsError> {
        self.count(resolver, 1);
        match self.leads_to(promise) {
            Resolution::Ref(Ref::Promise(id)) => {
                if let Some(promise) = self.promises.get_mut(&id) {
                    promise.listeners.push(resolver);
                }
            }
            Resolution::Ref(reference) => self.notify(resolver, Ok(Value::Ref(reference))),
            Resolution::Data(value) => self.notify(resolver, Ok(value)),
            Resolution::Broken(error) => self.notify(resolver, Err(error)),
        }
        Ok(())
    }

    fn settle(&mut self, promise: PromiseId, outcome: Result<Value>) -> Result<(), RecordsError> {
        self.conclude(promise, outcome);
        Ok(())
    }

    fn sever_import(&mut self, import: ImportId, why: &Error) -> Result<(), RecordsError> {
        if let Some(import) = self.imports.get_mut(&import) {
            import.severed = Some(why.clone());
        }
        Ok(())
    }

    /// The one session of a client: the client itself knows how it ended.
    fn sever_session(&mut self, _session: SessionId, _why: &Error) -> Result<(), RecordsError> {
        Ok(())
    }

    fn fetch(&self, _swiss: &[u8]) -> Result<Option<Ref>, RecordsError> {
        Ok(None)
    }

    fn far(&self, reference: Ref) -> Result<Option<Far>, RecordsError> {
        Ok(self.place(reference))
    }

    fn derive(&mut self, _: Ref, _: Part, answer: PromiseId) -> Result<(), RecordsError> {
        let why = Error::bad_call("a caller from outside has no values to take parts of");
        self.conclude(answer, Err(why));
        Ok(())
    }

    fn create_answer(&mut self, session: SessionId) -> Result<PromiseId, RecordsError> {
        let id = self.new_promise(None);
        if let Some(promise) = self.promises.get_mut(&id) {
            promise.far = Some(Far { session, place: Place::Answer(id.0) });
        }
        Ok(id)
    }

    fn create_stand_in(&mut self) -> Result<PromiseId, RecordsError> {
        Ok(self.new_promise(None))
    }

    fn passed_as(&self, reference: Ref) -> Result<Ref, RecordsError> {
        // Owners' sessions take no part in handoffs, so nothing stands in for anything.
        Ok(reference)
    }

    fn tell(&mut self, far: Far, message: Message) -> Result<(), RecordsError> {
        self.outgoing.push(Outgoing::Deliver { far, message, answer: None });
        Ok(())
    }

    fn comes_from(&mut self, _session: Option<SessionId>) {}

    /// What a host sends to its owner is settled at once, or listened to.
    fn unsettled(&self, _session: SessionId) -> Result<Unsettled, RecordsError> {
        Ok(Unsettled::default())
    }

    fn would_wait(&mut self, _target: Ref) -> Result<bool, RecordsError> {
        Ok(false)
    }

    fn now(&self) -> Timestamp {
        self.means.clock.now()
    }

    fn random(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.means.entropy.fill(&mut bytes);
        bytes
    }
}
