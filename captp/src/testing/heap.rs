//! A heap in memory.

mod collect;
mod facing;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use hogshead_objects::codec::encode_state;
use hogshead_objects::heap::{Outgoing, Part, Resolution, Unsettled};
use hogshead_objects::ids::{FacetId, ImportId, PromiseId, SessionId, Timestamp};
use hogshead_objects::reference::{Far, Place};
use hogshead_objects::{Class, Error, Message, Ref, Result, Value};

use super::MemoryRecords;

/// What an object of a [`MemoryHeap`] does with a message.
pub type Method = Rc<RefCell<dyn FnMut(&mut MemoryHeap, Message) -> Result<Value>>>;

/// A heap in memory: objects are closures; promises, imports and holders are as in a vat.
///
/// Cloning it and putting the clone back undoes a turn.
#[derive(Clone, Default)]
pub struct MemoryHeap {
    records: MemoryRecords,
    last_id: u64,
    objects: BTreeMap<FacetId, Method>,
    promises: BTreeMap<PromiseId, Promise>,
    stand_ins: BTreeSet<PromiseId>,
    imports: BTreeMap<ImportId, Import>,
    held: BTreeMap<Ref, u64>,
    kept: BTreeMap<Ref, u64>,
    shared: BTreeMap<Vec<u8>, Ref>,
    deliveries: VecDeque<Delivery>,
    /// The session whose operation is being applied, if what it brings is counted.
    comes_from: Option<SessionId>,
    /// Whether nothing is run, as in a vat that its owner has paused.
    paused: bool,
    outgoing: Vec<Outgoing>,
    now: Timestamp,
    entropy: [u8; 32],
    severed: Vec<(SessionId, Error)>,
}

#[derive(Clone)]
enum Promise {
    Pending(Pending),
    Settled(Result<Value>),
}

#[derive(Clone, Default)]
struct Pending {
    far: Option<Far>,
    resolvers: Vec<Waiter>,
    messages: Vec<Delivery>,
    parts: Vec<(Part, PromiseId, Option<SessionId>)>,
}

/// A resolver to be told how a promise settles, and the session that this is counted for.
#[derive(Clone)]
struct Waiter {
    resolver: Ref,
    of: Ref,
    session: Option<SessionId>,
}

/// A message that has not run, and the session that it is counted for.
#[derive(Clone)]
struct Delivery {
    target: Ref,
    message: Message,
    answer: Option<PromiseId>,
    session: Option<SessionId>,
}

#[derive(Clone)]
enum Import {
    Open(Far),
    Severed(Error),
}

impl MemoryHeap {
    /// An empty heap.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty heap whose random octets differ from those of other heaps.
    pub fn with_entropy(entropy: [u8; 32]) -> Self {
        Self { entropy, ..Self::default() }
    }

    /// Sets the time of the turns to come.
    pub fn set_now(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// Adds an object.
    pub fn object(
        &mut self,
        method: impl FnMut(&mut Self, Message) -> Result<Value> + 'static,
    ) -> Ref {
        let id = FacetId(self.fresh());
        self.objects.insert(id, Rc::new(RefCell::new(method)));
        Ref::Facet(id)
    }

    /// Makes a reference available under a swiss number.
    pub fn share(&mut self, swiss: &[u8], reference: Ref) {
        self.shared.insert(swiss.to_vec(), reference);
    }

    /// The test holds `reference` once more. What an object's closure remembers must be kept.
    pub fn keep(&mut self, reference: Ref) {
        add_one(&mut self.kept, reference);
    }

    /// The test holds `reference` once less.
    pub fn let_go(&mut self, reference: Ref) {
        take_one(&mut self.kept, reference);
    }

    /// What the test holds.
    pub fn kept(&self) -> impl Iterator<Item = (Ref, u64)> {
        self.kept.iter().map(|(reference, count)| (*reference, *count))
    }

    /// How often sessions hold `reference`.
    pub fn holders(&self, reference: Ref) -> u64 {
        self.held.get(&reference).copied().unwrap_or(0)
    }

    /// Everything that sessions hold, with its count.
    pub fn held(&self) -> &BTreeMap<Ref, u64> {
        &self.held
    }

    /// The rows.
    pub fn rows(&self) -> &MemoryRecords {
        &self.records
    }

    /// The imports that are not severed.
    pub fn imports(&self) -> Vec<ImportId> {
        let open = self.imports.iter().filter(|(_, import)| matches!(import, Import::Open(_)));
        open.map(|(id, _)| *id).collect()
    }

    /// The sessions that have ended, with the reason, in order.
    pub fn severed(&self) -> &[(SessionId, Error)] {
        &self.severed
    }

    /// What a promise was settled with, if it was.
    pub fn outcome(&self, promise: PromiseId) -> Option<&Result<Value>> {
        match self.promises.get(&promise)? {
            Promise::Settled(outcome) => Some(outcome),
            Promise::Pending(_) => None,
        }
    }

    /// Sends from outside of any object; gives the kept promise of the answer.
    pub fn ask(&mut self, target: Ref, message: Message) -> PromiseId {
        let promise = self.fresh_promise(None);
        self.keep(Ref::Promise(promise));
        self.push(target, message, Some(promise), None);
        promise
    }

    /// Sends from outside of any object; nobody waits for an answer.
    pub fn tell(&mut self, target: Ref, message: Message) {
        self.push(target, message, None, None);
    }

    /// Asks for a part of a value; gives the kept promise of it.
    pub fn part(&mut self, from: Ref, part: Part) -> PromiseId {
        let promise = self.fresh_promise(None);
        self.keep(Ref::Promise(promise));
        self.take_part(from, part, promise, None);
        promise
    }

    /// A promise that the test settles.
    pub fn promise(&mut self) -> PromiseId {
        self.fresh_promise(None)
    }

    /// Runs everything that was delivered, frees what nobody holds, and gives what is to be sent.
    /// A turn calls it until it gives nothing.
    pub fn settle_turn(&mut self) -> Vec<Outgoing> {
        let mut kept = VecDeque::new();
        while let Some(delivery) = self.deliveries.pop_front() {
            if self.paused
                && matches!(self.resolve(delivery.target), Resolution::Ref(Ref::Facet(_)))
            {
                kept.push_back(delivery);
            } else {
                self.run(delivery);
            }
        }
        self.deliveries = kept;
        if self.outgoing.is_empty() {
            self.collect();
        }
        std::mem::take(&mut self.outgoing)
    }

    /// Stops running messages, as the owner of a vat may.
    pub fn pause(&mut self) {
        self.paused = true;
    }

    /// Runs messages again.
    pub fn resume(&mut self) {
        self.paused = false;
    }

    fn push(
        &mut self,
        target: Ref,
        message: Message,
        answer: Option<PromiseId>,
        session: Option<SessionId>,
    ) {
        self.deliveries.push_back(Delivery { target, message, answer, session });
    }

    /// What of a session waits; the bytes are those of its messages' values.
    fn unsettled_of(&self, session: SessionId) -> Unsettled {
        let mut unsettled = Unsettled::default();
        let mut count = |of: Option<SessionId>, message: Option<&Message>| {
            if of != Some(session) {
                return;
            }
            unsettled.count = unsettled.count.saturating_add(1);
            let bytes = message.and_then(|message| encode_state(&message.values).ok());
            let bytes = bytes.map_or(0, |state| u64::try_from(state.bytes.len()).unwrap_or(0));
            unsettled.bytes = unsettled.bytes.saturating_add(bytes);
        };
        for delivery in &self.deliveries {
            count(delivery.session, Some(&delivery.message));
        }
        for promise in self.promises.values() {
            let Promise::Pending(pending) = promise else { continue };
            pending.messages.iter().for_each(|d| count(d.session, Some(&d.message)));
            pending.resolvers.iter().for_each(|waiter| count(waiter.session, None));
            pending.parts.iter().for_each(|(.., of)| count(*of, None));
        }
        unsettled
    }

    fn fresh(&mut self) -> u64 {
        self.last_id = self.last_id.saturating_add(1);
        self.last_id
    }

    fn fresh_promise(&mut self, far: Option<Far>) -> PromiseId {
        let id = PromiseId(self.fresh());
        self.promises.insert(id, Promise::Pending(Pending { far, ..Pending::default() }));
        id
    }

    /// Follows promises that were fulfilled with references.
    fn resolve(&self, reference: Ref) -> Resolution {
        let mut at = reference;
        loop {
            let Ref::Promise(promise) = at else { return Resolution::Ref(at) };
            match self.promises.get(&promise) {
                None | Some(Promise::Pending(_)) => return Resolution::Ref(at),
                Some(Promise::Settled(Ok(Value::Ref(next)))) => at = *next,
                Some(Promise::Settled(Ok(value))) => return Resolution::Data(value.clone()),
                Some(Promise::Settled(Err(error))) => return Resolution::Broken(error.clone()),
            }
        }
    }

    fn run(&mut self, delivery: Delivery) {
        let Delivery { target, message, answer, session } = delivery;
        match self.resolve(target) {
            // As a vat does: no object sees one.
            Resolution::Ref(Ref::Facet(_) | Ref::Resolver(_)) if message.is_flush() => {
                self.settle_answer(answer, Ok(Value::Undefined));
            }
            Resolution::Ref(Ref::Facet(facet)) => {
                let outcome = match self.objects.get(&facet).cloned() {
                    Some(method) => (method.borrow_mut())(self, message),
                    None => Err(Error::new(Class::NotFound, "no such object")),
                };
                self.settle_answer(answer, outcome);
            }
            Resolution::Ref(Ref::Resolver(promise)) => {
                let outcome = match (message.symbol(), message.values.get(1..)) {
                    (Some("fulfill"), Some([value])) => Ok(value.clone()),
                    (Some("break"), Some([reason])) => Err(Error::from_reason(reason.clone())),
                    _ => {
                        let error = Error::bad_call("a resolver takes fulfill or break");
                        return self.settle_answer(answer, Err(error));
                    }
                };
                self.settle_promise(promise, outcome);
                self.settle_answer(answer, Ok(Value::Undefined));
            }
            Resolution::Ref(target) => {
                self.forward(Delivery { target, message, answer, session });
            }
            Resolution::Data(_) => {
                let error = Error::bad_call("only references take messages");
                self.settle_answer(answer, Err(error));
            }
            Resolution::Broken(error) => self.settle_answer(answer, Err(error)),
        }
    }

    /// To an import or a pending promise.
    fn forward(&mut self, delivery: Delivery) {
        let Delivery { target, answer, .. } = delivery;
        let far = match target {
            Ref::Import(import) => match self.imports.get(&import) {
                Some(Import::Open(far)) => Some(*far),
                Some(Import::Severed(error)) => {
                    let error = error.clone();
                    return self.settle_answer(answer, Err(error));
                }
                None => {
                    let error = Error::new(Class::Failed, "an import was used after it was freed");
                    return self.settle_answer(answer, Err(error));
                }
            },
            Ref::Promise(promise) => match self.promises.get_mut(&promise) {
                Some(Promise::Pending(pending)) => match pending.far {
                    Some(far) => Some(far),
                    None => {
                        pending.messages.push(delivery);
                        return;
                    }
                },
                _ => None,
            },
            Ref::Facet(_) | Ref::Resolver(_) => None,
        };
        let Some(far) = far else {
            let error = Error::new(Class::Failed, "a promise was used after it was freed");
            return self.settle_answer(answer, Err(error));
        };
        self.outgoing.push(Outgoing::Deliver { far, message: delivery.message, answer });
        self.await_from(answer, far);
    }

    /// From now on what is sent to the answer can be sent to where the answer is made.
    fn await_from(&mut self, answer: Option<PromiseId>, far: Far) {
        let Some(answer) = answer else { return };
        if let Some(Promise::Pending(pending)) = self.promises.get_mut(&answer) {
            let far = Far { session: far.session, place: Place::Answer(answer.0) };
            pending.far = Some(far);
            let messages = std::mem::take(&mut pending.messages);
            let parts = std::mem::take(&mut pending.parts);
            let target = Ref::Promise(answer);
            for delivery in messages {
                self.deliveries.push_back(Delivery { target, ..delivery });
            }
            for (part, promise, session) in parts {
                self.take_part(target, part, promise, session);
            }
        }
    }

    fn settle_answer(&mut self, answer: Option<PromiseId>, outcome: Result<Value>) {
        if let Some(answer) = answer {
            self.settle_promise(answer, outcome);
        }
    }

    fn settle_promise(&mut self, promise: PromiseId, outcome: Result<Value>) {
        let Some(Promise::Pending(pending)) = self.promises.get_mut(&promise) else { return };
        let pending = std::mem::take(pending);
        let this = Ref::Promise(promise);
        let outcome = match outcome {
            Ok(Value::Ref(next)) if self.leads_to(next, this) => {
                Err(Error::refused("the promise was fulfilled with itself"))
            }
            other => other,
        };
        self.promises.insert(promise, Promise::Settled(outcome));
        if let Some(far) = pending.far {
            self.outgoing.push(Outgoing::Drop { far });
        }
        for waiter in pending.resolvers {
            self.tell_outcome(this, waiter);
        }
        for delivery in pending.messages {
            self.deliveries.push_back(Delivery { target: this, ..delivery });
        }
        for (part, answer, session) in pending.parts {
            self.take_part(this, part, answer, session);
        }
    }

    fn leads_to(&self, reference: Ref, end: Ref) -> bool {
        matches!(self.resolve(reference), Resolution::Ref(found) if found == end)
    }

    /// Now, or when the promise settles to something that is not a promise.
    fn tell_outcome(&mut self, promise: Ref, waiter: Waiter) {
        let message = match self.resolve(promise) {
            Resolution::Ref(Ref::Promise(end)) => {
                if let Some(Promise::Pending(pending)) = self.promises.get_mut(&end) {
                    pending.resolvers.push(waiter);
                }
                return;
            }
            Resolution::Ref(end) => Message::new("fulfill", [Value::Ref(end)]),
            Resolution::Data(value) => Message::new("fulfill", [value]),
            Resolution::Broken(error) => Message::new("break", [error.into_reason()]),
        };
        self.push(waiter.resolver, message, None, waiter.session);
    }

    fn take_part(&mut self, from: Ref, part: Part, answer: PromiseId, session: Option<SessionId>) {
        let outcome = match self.resolve(from) {
            Resolution::Data(value) => part.take(value),
            Resolution::Broken(error) => Err(error),
            Resolution::Ref(Ref::Promise(end)) => match self.promises.get_mut(&end) {
                Some(Promise::Pending(pending)) => match pending.far {
                    None => {
                        pending.parts.push((part, answer, session));
                        return;
                    }
                    Some(far) => {
                        self.outgoing.push(Outgoing::Derive { far, part, answer });
                        return self.await_from(Some(answer), far);
                    }
                },
                _ => Err(Error::new(Class::Failed, "a promise was used after it was freed")),
            },
            Resolution::Ref(_) => Err(Error::bad_call("an object has no parts")),
        };
        self.settle_promise(answer, outcome);
    }
}

fn add_one(counts: &mut BTreeMap<Ref, u64>, reference: Ref) {
    let count = counts.entry(reference).or_default();
    *count = count.saturating_add(1);
}

fn take_one(counts: &mut BTreeMap<Ref, u64>, reference: Ref) {
    match counts.get_mut(&reference) {
        Some(count) if *count > 1 => *count = count.saturating_sub(1),
        Some(_) => {
            counts.remove(&reference);
        }
        // A count below zero is the very bug that these fakes are to find.
        None => unreachable!("{reference:?} is released more often than it is held"),
    }
}
