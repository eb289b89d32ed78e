//! Applying a peer's operations to the heap.

use std::collections::BTreeMap;

use hogshead_objects::heap::Heap;
use hogshead_objects::ids::PromiseId;
use hogshead_objects::records::RecordsError;
use hogshead_objects::reference::{Far, Place};
use hogshead_objects::{Class, Error, Message, Ref, Tagged, Value};

use super::rows::{Answer, Import as ImportRow};
use super::{Bootstrap, Carrier, Session, SessionError, Violation};
use crate::descriptor::{Descriptor, Import, Target};
use crate::limits;
use crate::operation::{Deliver, Derive, GcExport, Listen, Operation};

/// What a target leads to: a reference, or the error that it was from the start.
type Found = Result<Ref, Error>;

impl Session {
    /// Applies an operation within a turn. It gives the heap at most one delivery.
    ///
    /// After an error the turn is rolled back and the session told to
    /// [`forget`](Session::forget) it.
    pub fn handle_operation(
        &mut self,
        operation: Operation,
        heap: &mut dyn Heap,
    ) -> Result<(), SessionError> {
        if !self.is_established() {
            let early = matches!(self.state, super::State::Greeting { .. });
            return Err(if early { Violation::BeforeHello } else { Violation::Ended }.into());
        }
        match operation {
            Operation::Deliver(deliver) => self.deliver(deliver, heap)?,
            Operation::Listen(listen) => self.listen(&listen, heap)?,
            Operation::Derive(derive) => self.derive(derive, heap)?,
            Operation::GcExports(exports) => self.gc_exports(&exports, heap)?,
            Operation::GcAnswers(answers) => self.gc_answers(&answers, heap)?,
            Operation::StartSession(_) => return Err(Violation::SecondHello.into()),
            Operation::Abort(reason) => {
                let why = Error::new(Class::Severed, format!("the peer ended it: {reason}"));
                self.state = super::State::Ended;
                return Ok(self.sever(&why, heap)?);
            }
        }
        self.tables.flush(heap.records());
        Ok(())
    }

    /// Handles an operation of a stranger, a plain session that has no row yet, if it needs no
    /// heap and leaves no row: a wrong guess, a wrong call of the bootstrap object, and what is
    /// pipelined to the answers of such.
    ///
    /// Gives the operation back if it is for [`Session::handle_operation`]. `known` says whether
    /// a swiss number is shared: one point read. So a stranger writes nothing and revives
    /// nothing; the answers are among the operations to be sent, and need not wait for a commit.
    pub fn handle_stranger(
        &mut self,
        operation: Operation,
        known: &mut dyn FnMut(&[u8]) -> Result<bool, RecordsError>,
    ) -> Result<Option<Operation>, SessionError> {
        if self.carrier != Carrier::Plain || !self.is_established() || self.opened {
            return Ok(Some(operation));
        }
        match &operation {
            Operation::Deliver(deliver) => {
                let error = match deliver.to {
                    Target::Answer(position) => self.declined.get(&position).cloned(),
                    Target::Export(0) if self.bootstrap == Bootstrap::Fetch => {
                        match swiss_number(&deliver.message) {
                            Ok(swiss) if known(swiss)? => None,
                            Ok(_) => Some(self.wrong_guess()?),
                            Err(error) => Some(error),
                        }
                    }
                    Target::Export(_) => None,
                };
                let Some(error) = error else { return Ok(Some(operation)) };
                self.decline(deliver, &error, None)?;
            }
            Operation::Derive(derive) => {
                let Target::Answer(position) = derive.from else { return Ok(Some(operation)) };
                let Some(error) = self.declined.get(&position).cloned() else {
                    return Ok(Some(operation));
                };
                self.decline_answer(derive.answer, &error, None)?;
            }
            Operation::Listen(listen) => {
                let Target::Answer(position) = listen.to else { return Ok(Some(operation)) };
                let Some(error) = self.declined.get(&position).cloned() else {
                    return Ok(Some(operation));
                };
                self.tell_broken(listen.resolver, &error);
            }
            Operation::GcAnswers(answers)
                if answers.iter().all(|answer| self.declined.contains_key(answer)) =>
            {
                for answer in answers {
                    self.declined.remove(answer);
                }
            }
            _ => return Ok(Some(operation)),
        }
        Ok(None)
    }

    /// Section "`op:deliver`", "Receiving".
    fn deliver(&mut self, deliver: Deliver, heap: &mut dyn Heap) -> Result<(), SessionError> {
        self.check_answer_unused(deliver.answer, heap)?;
        if deliver.to == Target::Export(0) && self.bootstrap == Bootstrap::Fetch {
            return self.call_bootstrap(&deliver, heap);
        }
        let target = match self.target(deliver.to, heap)? {
            Ok(target) => target,
            Err(error) => return self.decline(&deliver, &error, Some(heap)),
        };
        if let Some(error) = self.not_offered(&deliver.message, deliver.resolver, heap)? {
            return self.decline(&deliver, &error, Some(heap));
        }
        self.open(heap)?;
        let message = self.import_message(deliver.message, heap)?;
        let answer = self.open_answer(deliver.answer, deliver.resolver, heap)?;
        heap.deliver(target, message, answer)?;
        Ok(())
    }

    /// Section "The bootstrap Object".
    fn call_bootstrap(
        &mut self,
        deliver: &Deliver,
        heap: &mut dyn Heap,
    ) -> Result<(), SessionError> {
        let found = match swiss_number(&deliver.message) {
            Ok(swiss) => heap.fetch(swiss)?.ok_or(None),
            Err(error) => Err(Some(error)),
        };
        let found = match found {
            Ok(reference) => match self.not_offered(&deliver.message, deliver.resolver, heap)? {
                None => reference,
                Some(error) => return self.decline(deliver, &error, Some(heap)),
            },
            Err(error) => {
                let error = match error {
                    Some(error) => error,
                    None => self.wrong_guess()?,
                };
                return self.decline(deliver, &error, Some(heap));
            }
        };
        self.open(heap)?;
        if let Some(answer) = self.open_answer(deliver.answer, deliver.resolver, heap)? {
            heap.settle(answer, Ok(Value::Ref(found)))?;
        }
        Ok(())
    }

    /// Section "`op:listen`", "Receiving".
    fn listen(&mut self, listen: &Listen, heap: &mut dyn Heap) -> Result<(), SessionError> {
        let promise = match self.target(listen.to, heap)? {
            Ok(promise) => promise,
            Err(error) => {
                self.tell_broken(listen.resolver, &error);
                return Ok(());
            }
        };
        if self.is_busy(heap)? {
            self.tell_broken(listen.resolver, &busy());
            return Ok(());
        }
        self.open(heap)?;
        let promise = match promise {
            Ref::Promise(_) => promise,
            // Only promises should be listened to; an object is an outcome already.
            object => {
                let settled = heap.create_promise(None)?;
                heap.settle(settled, Ok(Value::Ref(object)))?;
                Ref::Promise(settled)
            }
        };
        self.tell_when_settled(promise, listen.resolver, heap)
    }

    /// Sections "`op:get`", "`op:index`" and "`op:untag`", "Receiving".
    fn derive(&mut self, derive: Derive, heap: &mut dyn Heap) -> Result<(), SessionError> {
        self.check_answer_unused(Some(derive.answer), heap)?;
        let from = match self.target(derive.from, heap)? {
            Ok(from) => from,
            Err(error) => return self.decline_answer(derive.answer, &error, Some(heap)),
        };
        self.open(heap)?;
        if let Some(answer) = self.open_answer(Some(derive.answer), None, heap)? {
            heap.derive(from, derive.part, answer)?;
        }
        Ok(())
    }

    /// Section "`op:gc-exports`".
    fn gc_exports(
        &mut self,
        exports: &[GcExport],
        heap: &mut dyn Heap,
    ) -> Result<(), SessionError> {
        for &GcExport { position, delta } in exports {
            if position == 0 {
                // The bootstrap object was never sent; a peer that lets go of it harms nobody.
                continue;
            }
            let export = self.tables.export(position, heap.records())?;
            let mut export = export.ok_or(Violation::UnknownExport(position))?;
            let sent = export.sent;
            let left = sent.checked_sub(delta).filter(|_| delta > 0);
            export.sent = left.ok_or(Violation::WireDelta { position, delta, sent })?;
            if export.sent > 0 {
                self.tables.put_export(position, export, heap.records());
                continue;
            }
            let reference = export.reference.reference()?;
            self.tables.remove_export(position, export, reference, heap.records());
            let head = self.tables.head_mut(heap.records())?;
            head.exports = head.exports.saturating_sub(1);
            heap.release(reference)?;
        }
        Ok(())
    }

    /// Section "`op:gc-answers`".
    fn gc_answers(&mut self, answers: &[u64], heap: &mut dyn Heap) -> Result<(), SessionError> {
        for &position in answers {
            if self.declined.remove(&position).is_some() {
                continue;
            }
            let answer = self.tables.answer(position, heap.records())?;
            let answer = answer.ok_or(Violation::UnknownAnswer(position))?;
            self.tables.remove_answer(position, heap.records());
            let head = self.tables.head_mut(heap.records())?;
            head.answers = head.answers.saturating_sub(1);
            if let Answer::Promise(promise) = answer {
                heap.release(Ref::Promise(promise))?;
            }
        }
        Ok(())
    }

    /// What an operation is addressed to.
    fn target(&mut self, to: Target, heap: &mut dyn Heap) -> Result<Found, SessionError> {
        match to {
            Target::Export(0) => Ok(match self.bootstrap {
                Bootstrap::Object(reference) => Ok(reference),
                Bootstrap::Fetch => Err(bootstrap_is_no_value()),
            }),
            Target::Export(position) => {
                let export = self.tables.export(position, heap.records())?;
                let export = export.ok_or(Violation::UnknownExport(position))?;
                Ok(Ok(export.reference.reference()?))
            }
            Target::Answer(position) => {
                if let Some(error) = self.declined.get(&position) {
                    return Ok(Err(error.clone()));
                }
                match self.tables.answer(position, heap.records())? {
                    Some(Answer::Promise(promise)) => Ok(Ok(Ref::Promise(promise))),
                    Some(Answer::Broken(error)) => Ok(Err(error)),
                    None => Err(Violation::UnknownAnswer(position).into()),
                }
            }
        }
    }

    /// Why a message cannot be taken although nothing in it breaks the protocol.
    fn not_offered(
        &mut self,
        message: &Message<Descriptor>,
        resolver: Option<Import>,
        heap: &mut dyn Heap,
    ) -> Result<Option<Error>, SessionError> {
        if resolver.is_some() && self.is_busy(heap)? {
            return Ok(Some(busy()));
        }
        let mut refused = None;
        for descriptor in message.values.iter().flat_map(Value::refs) {
            match descriptor {
                Descriptor::Signed(_) => refused = Some(no_handoffs()),
                Descriptor::Export(0) if self.bootstrap == Bootstrap::Fetch => {
                    refused = Some(bootstrap_is_no_value());
                }
                _ => {}
            }
        }
        Ok(refused)
    }

    fn is_busy(&mut self, heap: &mut dyn Heap) -> Result<bool, RecordsError> {
        let pending = self.tables.head(heap.records())?.pending;
        Ok(pending >= self.limits.pending_max)
    }

    fn check_answer_unused(
        &mut self,
        answer: Option<u64>,
        heap: &mut dyn Heap,
    ) -> Result<(), SessionError> {
        let Some(position) = answer else { return Ok(()) };
        let used = self.declined.contains_key(&position)
            || self.tables.answer(position, heap.records())?.is_some();
        if used { Err(Violation::AnswerInUse(position).into()) } else { Ok(()) }
    }

    /// Makes the promise of an answer and tells those who wait for it; none if nobody does.
    fn open_answer(
        &mut self,
        answer: Option<u64>,
        resolver: Option<Import>,
        heap: &mut dyn Heap,
    ) -> Result<Option<PromiseId>, SessionError> {
        if answer.is_none() && resolver.is_none() {
            return Ok(None);
        }
        let promise = heap.create_promise(None)?;
        if let Some(position) = answer {
            self.count_answer(heap)?;
            heap.hold(Ref::Promise(promise))?;
            self.tables.put_answer(position, Answer::Promise(promise), heap.records());
        }
        if let Some(resolver) = resolver {
            self.tell_when_settled(Ref::Promise(promise), resolver, heap)?;
        }
        Ok(Some(promise))
    }

    fn count_answer(&mut self, heap: &mut dyn Heap) -> Result<(), SessionError> {
        let max = self.limits.answers_max;
        let head = self.tables.head_mut(heap.records())?;
        head.answers = head.answers.saturating_add(1);
        if head.answers > max {
            return Err(Violation::TooMany { what: "answers", max }.into());
        }
        Ok(())
    }

    fn tell_when_settled(
        &mut self,
        promise: Ref,
        resolver: Import,
        heap: &mut dyn Heap,
    ) -> Result<(), SessionError> {
        let reference = self.import(resolver, heap)?;
        let position = resolver.position();
        if let Some(mut row) = self.tables.import(position, heap.records())? {
            row.waits = row.waits.saturating_add(1);
            self.tables.put_import(position, row, heap.records());
        }
        let head = self.tables.head_mut(heap.records())?;
        head.pending = head.pending.saturating_add(1);
        Ok(heap.settle_to(promise, reference)?)
    }

    fn import_message(
        &mut self,
        message: Message<Descriptor>,
        heap: &mut dyn Heap,
    ) -> Result<Message, SessionError> {
        let mut values = Vec::with_capacity(message.values.len());
        for value in message.values {
            values.push(self.import_value(value, heap)?);
        }
        Ok(Message::apply(values))
    }

    /// A value in the vat's references. Decoding has bounded its depth.
    fn import_value(
        &mut self,
        value: Value<Descriptor>,
        heap: &mut dyn Heap,
    ) -> Result<Value, SessionError> {
        Ok(match value {
            Value::Undefined => Value::Undefined,
            Value::Null => Value::Null,
            Value::Bool(flag) => Value::Bool(flag),
            Value::Int(n) => Value::Int(n),
            Value::Float(n) => Value::Float(n),
            Value::String(text) => Value::String(text),
            Value::Bytes(octets) => Value::Bytes(octets),
            Value::Symbol(name) => Value::Symbol(name),
            Value::Error(error) => Value::Error(error),
            Value::SturdyRef(reference) => Value::SturdyRef(reference),
            Value::List(items) => {
                let mut list = Vec::with_capacity(items.len());
                for item in items {
                    list.push(self.import_value(item, heap)?);
                }
                Value::List(list)
            }
            Value::Struct(fields) => {
                let mut imported = BTreeMap::new();
                for (key, field) in fields {
                    imported.insert(key, self.import_value(field, heap)?);
                }
                Value::Struct(imported)
            }
            Value::Tagged(tagged) => {
                let Tagged { tag, value } = *tagged;
                Value::Tagged(Box::new(Tagged { tag, value: self.import_value(value, heap)? }))
            }
            Value::Ref(descriptor) => Value::Ref(self.import_reference(&descriptor, heap)?),
        })
    }

    fn import_reference(
        &mut self,
        descriptor: &Descriptor,
        heap: &mut dyn Heap,
    ) -> Result<Ref, SessionError> {
        let found = match descriptor {
            Descriptor::ImportObject(position) => {
                return self.import(Import::Object(*position), heap);
            }
            Descriptor::ImportPromise(position) => {
                return self.import(Import::Promise(*position), heap);
            }
            Descriptor::Export(position) => self.target(Target::Export(*position), heap)?,
            Descriptor::Answer(position) => self.target(Target::Answer(*position), heap)?,
            Descriptor::Signed(_) => Err(no_handoffs()),
        };
        match found {
            Ok(reference) => Ok(reference),
            Err(error) => {
                let broken = heap.create_promise(None)?;
                heap.settle(broken, Err(error))?;
                Ok(Ref::Promise(broken))
            }
        }
    }

    /// What the peer describes as its own, counted as received once more. A promise that is new
    /// is listened to at once.
    pub(super) fn import(
        &mut self,
        import: Import,
        heap: &mut dyn Heap,
    ) -> Result<Ref, SessionError> {
        let position = import.position();
        if let Some(mut row) = self.tables.import(position, heap.records())? {
            let reference = row.reference.reference()?;
            let is_promise = matches!(reference, Ref::Promise(_));
            if is_promise != matches!(import, Import::Promise(_)) {
                return Err(Violation::ImportKind(position).into());
            }
            row.received = row.received.saturating_add(1);
            self.tables.put_import(position, row, heap.records());
            return Ok(reference);
        }
        let reference = self.create_import(import, 1, heap)?;
        if let Ref::Promise(promise) = reference {
            self.listen_to(Target::Export(position), promise, heap)?;
        }
        Ok(reference)
    }

    /// A new row for what the peer has at a position.
    pub(super) fn create_import(
        &mut self,
        import: Import,
        received: u64,
        heap: &mut dyn Heap,
    ) -> Result<Ref, SessionError> {
        let position = import.position();
        let max = self.limits.imports_max;
        let head = self.tables.head_mut(heap.records())?;
        head.imports = head.imports.saturating_add(1);
        if head.imports > max {
            return Err(Violation::TooMany { what: "imports", max }.into());
        }
        let far = Far { session: self.id, place: Place::Export(position) };
        let reference = match import {
            Import::Object(_) => Ref::Import(heap.create_import(far)?),
            Import::Promise(_) => Ref::Promise(heap.create_promise(Some(far))?),
        };
        let row = ImportRow { reference: reference.into(), received, waits: 0 };
        self.tables.put_import(position, row, heap.records());
        Ok(reference)
    }

    /// Answers a message with an error without running anything.
    ///
    /// The message's imports are given back at once. A plain session writes no row for it.
    fn decline(
        &mut self,
        deliver: &Deliver,
        error: &Error,
        heap: Option<&mut dyn Heap>,
    ) -> Result<(), SessionError> {
        if let Some(position) = deliver.answer {
            self.decline_answer(position, error, heap)?;
        }
        for descriptor in deliver.message.values.iter().flat_map(Value::refs) {
            if let Some(import) = descriptor.import() {
                self.dropped_exports.push(GcExport { position: import.position(), delta: 1 });
            }
        }
        if let Some(resolver) = deliver.resolver {
            self.tell_broken(resolver, error);
        }
        Ok(())
    }

    fn decline_answer(
        &mut self,
        position: u64,
        error: &Error,
        heap: Option<&mut dyn Heap>,
    ) -> Result<(), SessionError> {
        match (self.carrier, heap) {
            (Carrier::Local, Some(heap)) => {
                self.open(heap)?;
                self.count_answer(heap)?;
                let answer = Answer::Broken(error.clone());
                self.tables.put_answer(position, answer, heap.records());
                Ok(())
            }
            _ if self.declined.contains_key(&position) => {
                Err(Violation::AnswerInUse(position).into())
            }
            _ if self.declined.len() >= limits::DECLINED_MAX => {
                let max = u64::try_from(limits::DECLINED_MAX).unwrap_or(u64::MAX);
                Err(Violation::TooMany { what: "answers that are errors", max }.into())
            }
            _ => {
                self.declined.insert(position, error.clone());
                Ok(())
            }
        }
    }

    /// Tells a resolver of the peer at once, without the heap, and lets go of it.
    fn tell_broken(&mut self, resolver: Import, error: &Error) {
        let position = resolver.position();
        let message = Message::new("break", [Value::Error(error.clone().into())]);
        let to = Target::Export(position);
        let deliver = Deliver { to, message, answer: None, resolver: None };
        self.operations.push(Operation::Deliver(deliver));
        self.dropped_exports.push(GcExport { position, delta: 1 });
    }

    /// Counts a wrong swiss number; gives the answer to it, the same for every cause.
    fn wrong_guess(&mut self) -> Result<Error, Violation> {
        self.wrong_guesses = self.wrong_guesses.saturating_add(1);
        // Vats of one host are trusted with revoked sturdyrefs for as long as both live.
        if self.carrier == Carrier::Plain && self.wrong_guesses > self.limits.wrong_guesses_max {
            return Err(Violation::WrongGuesses);
        }
        Ok(Error::new(Class::NotFound, "no object has this swiss number"))
    }
}

/// The swiss number in a message to the bootstrap object, or why there is none.
fn swiss_number(message: &Message<Descriptor>) -> Result<&[u8], Error> {
    match (message.symbol(), message.values.as_slice()) {
        (Some("fetch"), [_, Value::Bytes(swiss)]) => Ok(swiss),
        (Some("fetch"), _) => Err(Error::bad_call("fetch takes one swiss number, a byte string")),
        (Some("deposit-gift" | "withdraw-gift"), _) => Err(no_handoffs()),
        _ => Err(Error::bad_call("the bootstrap object answers to fetch")),
    }
}

fn no_handoffs() -> Error {
    Error::refused("this vat takes no part in third-party handoffs")
}

fn bootstrap_is_no_value() -> Error {
    Error::bad_call("the bootstrap object is for fetch alone, not to be passed or listened to")
}

fn busy() -> Error {
    Error::new(Class::Busy, "too many outcomes are waited for in this session; try again later")
}
