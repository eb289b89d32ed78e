//! The side of the heap that faces sessions.

use hogshead_objects::heap::{Heap, Outgoing, Part, Resolution, Unsettled};
use hogshead_objects::ids::{ImportId, PromiseId, SessionId, Timestamp};
use hogshead_objects::records::{Records, RecordsError};
use hogshead_objects::reference::{Far, Place};
use hogshead_objects::{Error, Message, Ref, Result, Value};

use sha2::{Digest, Sha256};

use super::{Import, MemoryHeap, Pending, Promise, Waiter, add_one, take_one};

impl Heap for MemoryHeap {
    fn records(&mut self) -> &mut dyn Records {
        &mut self.records
    }

    fn hold(&mut self, reference: Ref) -> Result<(), RecordsError> {
        add_one(&mut self.held, reference);
        Ok(())
    }

    fn release(&mut self, reference: Ref) -> Result<(), RecordsError> {
        take_one(&mut self.held, reference);
        Ok(())
    }

    fn create_import(&mut self, far: Far) -> Result<ImportId, RecordsError> {
        let id = ImportId(self.fresh());
        self.imports.insert(id, Import::Open(far));
        Ok(id)
    }

    fn create_promise(&mut self, far: Option<Far>) -> Result<PromiseId, RecordsError> {
        Ok(self.fresh_promise(far))
    }

    fn resolution(&self, reference: Ref) -> Result<Resolution, RecordsError> {
        Ok(self.resolve(reference))
    }

    fn deliver(
        &mut self,
        target: Ref,
        message: Message,
        answer: Option<PromiseId>,
    ) -> Result<(), RecordsError> {
        self.push(target, message, answer, self.comes_from);
        Ok(())
    }

    fn settle_to(&mut self, promise: Ref, resolver: Ref) -> Result<(), RecordsError> {
        self.tell_outcome(promise, Waiter { resolver, of: promise, session: self.comes_from });
        Ok(())
    }

    fn waits_of(&mut self, promise: Ref, session: SessionId) -> Result<Vec<Far>, RecordsError> {
        let Resolution::Ref(Ref::Promise(end)) = self.resolve(promise) else {
            return Ok(Vec::new());
        };
        let Some(Promise::Pending(pending)) = self.promises.get(&end) else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for waiter in pending.resolvers.iter().filter(|waiter| waiter.of == promise) {
            found.extend(self.far(waiter.resolver)?.filter(|far| far.session == session));
        }
        Ok(found)
    }

    fn give_up(&mut self, promise: Ref, resolvers: &[Far]) -> Result<(), RecordsError> {
        let Resolution::Ref(Ref::Promise(end)) = self.resolve(promise) else { return Ok(()) };
        let Self { imports, promises, .. } = self;
        let Some(Promise::Pending(pending)) = promises.get_mut(&end) else { return Ok(()) };
        pending.resolvers.retain(|waiter| match waiter.resolver {
            Ref::Import(id) if waiter.of == promise => {
                !matches!(imports.get(&id), Some(Import::Open(far)) if resolvers.contains(far))
            }
            _ => true,
        });
        Ok(())
    }

    fn settle(&mut self, promise: PromiseId, outcome: Result<Value>) -> Result<(), RecordsError> {
        self.settle_promise(promise, outcome);
        Ok(())
    }

    fn sever_import(&mut self, import: ImportId, why: &Error) -> Result<(), RecordsError> {
        if let Some(import) = self.imports.get_mut(&import) {
            *import = Import::Severed(why.clone());
        }
        Ok(())
    }

    fn sever_session(&mut self, session: SessionId, why: &Error) -> Result<(), RecordsError> {
        self.severed.push((session, why.clone()));
        Ok(())
    }

    fn fetch(&self, swiss: &[u8]) -> Result<Option<Ref>, RecordsError> {
        Ok(self.shared.get(swiss).copied())
    }

    fn far(&self, reference: Ref) -> Result<Option<Far>, RecordsError> {
        Ok(match reference {
            Ref::Import(import) => match self.imports.get(&import) {
                Some(Import::Open(far)) => Some(*far),
                _ => None,
            },
            Ref::Promise(promise) => match self.promises.get(&promise) {
                Some(Promise::Pending(pending)) => pending.far,
                _ => None,
            },
            Ref::Facet(_) | Ref::Resolver(_) => None,
        })
    }

    fn derive(&mut self, from: Ref, part: Part, answer: PromiseId) -> Result<(), RecordsError> {
        self.take_part(from, part, answer, self.comes_from);
        Ok(())
    }

    fn create_answer(&mut self, session: SessionId) -> Result<PromiseId, RecordsError> {
        let answer = self.fresh_promise(None);
        let far = Far { session, place: Place::Answer(answer.0) };
        self.promises
            .insert(answer, Promise::Pending(Pending { far: Some(far), ..Pending::default() }));
        Ok(answer)
    }

    fn create_stand_in(&mut self) -> Result<PromiseId, RecordsError> {
        let promise = self.fresh_promise(None);
        self.stand_ins.insert(promise);
        Ok(promise)
    }

    fn passed_as(&self, reference: Ref) -> Result<Ref, RecordsError> {
        let stands_in =
            matches!(reference, Ref::Promise(promise) if self.stand_ins.contains(&promise));
        Ok(match self.resolve(reference) {
            Resolution::Ref(end) if stands_in => end,
            _ => reference,
        })
    }

    fn tell(&mut self, far: Far, message: Message) -> Result<(), RecordsError> {
        self.outgoing.push(Outgoing::Deliver { far, message, answer: None });
        Ok(())
    }

    fn comes_from(&mut self, session: Option<SessionId>) {
        self.comes_from = session;
    }

    fn unsettled(&self, session: SessionId) -> Result<Unsettled, RecordsError> {
        Ok(self.unsettled_of(session))
    }

    fn would_wait(&mut self, target: Ref) -> Result<bool, RecordsError> {
        Ok(match self.resolve(target) {
            Resolution::Ref(Ref::Promise(promise)) => match self.promises.get(&promise) {
                Some(Promise::Pending(pending)) => pending.far.is_none(),
                _ => false,
            },
            Resolution::Ref(Ref::Facet(_)) => self.paused,
            _ => false,
        })
    }

    fn now(&self) -> Timestamp {
        self.now
    }

    fn random(&mut self) -> [u8; 32] {
        let drawn = Sha256::digest(self.fresh().to_be_bytes());
        Sha256::new().chain_update(self.entropy).chain_update(drawn).finalize().into()
    }
}
