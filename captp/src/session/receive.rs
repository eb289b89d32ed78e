//! Applying a peer's operations to the heap.

use hogshead_objects::heap::{Heap, Unsettled};
use hogshead_objects::ids::PromiseId;
use hogshead_objects::records::RecordsError;
use hogshead_objects::reference::Place;
use hogshead_objects::{Class, Error, Ref, Value};

use super::decline::{bootstrap_is_no_value, busy, unsettled};
use super::rows::{Answer, Export};
use super::{Bootstrap, Carrier, Session, SessionError, Violation};
use crate::descriptor::{Import, Target};
use crate::limits::Limits;
use crate::operation::{Deliver, Derive, GcExport, Listen, Operation};

/// What there are too many of.
const DELIVERIES: &str = "unsettled deliveries";

/// What a target leads to: a reference, or the error that it was from the start.
pub(super) type Found = Result<Ref, Error>;

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
        heap.comes_from(self.counts_unsettled().then_some(self.id));
        let applied = self.apply(operation, heap);
        heap.comes_from(None);
        applied
    }

    fn apply(&mut self, operation: Operation, heap: &mut dyn Heap) -> Result<(), SessionError> {
        match operation {
            Operation::Deliver(deliver) => self.deliver(deliver, heap)?,
            Operation::Listen(listen) => self.listen(&listen, heap)?,
            Operation::Derive(derive) => self.derive(derive, heap)?,
            Operation::GcExports(exports) => self.gc_exports(&exports, heap)?,
            Operation::GcAnswers(answers) => self.gc_answers(&answers, heap)?,
            Operation::StartSession(_) => return Err(Violation::SecondHello.into()),
            Operation::Abort(_) if self.carrier == Carrier::Durable => {
                return Err(Violation::NotDurable("op:abort").into());
            }
            Operation::Abort(reason) => {
                let why = Error::new(Class::Severed, format!("the peer ended it: {reason}"));
                self.state = super::State::Ended;
                return Ok(self.sever(&why, heap)?);
            }
        }
        Ok(())
    }

    /// Section "`op:deliver`", "Receiving".
    fn deliver(&mut self, deliver: Deliver, heap: &mut dyn Heap) -> Result<(), SessionError> {
        self.check_answer_unused(deliver.answer, heap)?;
        if let Some(call) = self.bootstrap_call(&deliver) {
            return self.call_bootstrap(call, deliver, heap);
        }
        let target = match self.target(deliver.to, heap)? {
            Ok(target) => target,
            Err(error) => return self.decline(&deliver, &error, Some(heap)),
        };
        if let Some(error) = self.not_offered(&deliver.message, deliver.resolver, heap)? {
            return self.decline(&deliver, &error, Some(heap));
        }
        // With a resolver there was no doubt: its outcome waits wherever the message goes.
        if deliver.resolver.is_none()
            && let Some(violation) = self.too_much(target, heap)?
        {
            if deliver.answer.is_some() {
                return self.decline(&deliver, &unsettled(), Some(heap));
            }
            if self.is_fault(&violation) {
                return Err(violation.into());
            }
        }
        self.open(heap)?;
        let message = self.import_message(deliver.message, heap)?;
        let answer = self.open_answer(deliver.answer, deliver.resolver, heap)?;
        heap.deliver(target, message, answer)?;
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
        let asked = matches!(listen.to, Target::Answer(_));
        let resolver = self.note_waiting(listen.resolver, asked, heap)?;
        Ok(heap.settle_to(promise, resolver)?)
    }

    /// Sections "`op:get`", "`op:index`" and "`op:untag`", "Receiving".
    fn derive(&mut self, derive: Derive, heap: &mut dyn Heap) -> Result<(), SessionError> {
        self.check_answer_unused(Some(derive.answer), heap)?;
        let from = match self.target(derive.from, heap)? {
            Ok(from) => from,
            Err(error) => return self.decline_answer(derive.answer, &error, Some(heap)),
        };
        if self.too_much(from, heap)?.is_some() {
            return self.decline_answer(derive.answer, &unsettled(), Some(heap));
        }
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
                self.tables.put_export(position, export);
                continue;
            }
            if let promise @ Ref::Promise(_) = export.reference.reference()? {
                self.note_unwanted(promise, false, heap)?;
            }
            self.drop_export(position, export, heap)?;
        }
        Ok(())
    }

    /// The peer has let go of a promise. A plain one may listen to it still, by a resolver; one of
    /// ours lets go when nobody there holds the promise.
    ///
    /// An answer that was sent back to the peer has two names there, the answer's and an export's,
    /// and each is let go of by itself: who waits by the other waits on.
    fn note_unwanted(
        &mut self,
        promise: Ref,
        as_answer: bool,
        heap: &mut dyn Heap,
    ) -> Result<(), RecordsError> {
        if self.carrier == Carrier::Plain {
            return Ok(());
        }
        let mut unwanted = Vec::new();
        for far in heap.waits_of(promise, self.id)? {
            let Place::Export(position) = far.place else { continue };
            let resolver = self.tables.import(position, heap.records())?;
            if resolver.is_some_and(|resolver| resolver.asked == as_answer) {
                unwanted.push(far);
            }
        }
        heap.give_up(promise, &unwanted)
    }

    /// Nothing of the peer's names an export any more.
    pub(super) fn drop_export(
        &mut self,
        position: u64,
        export: Export,
        heap: &mut dyn Heap,
    ) -> Result<(), RecordsError> {
        let reference = export.reference.reference()?;
        self.tables.remove_export(position, export, reference);
        let head = self.tables.head_mut(heap.records())?;
        head.exports = head.exports.saturating_sub(1);
        heap.release(reference)
    }

    /// Section "`op:gc-answers`".
    fn gc_answers(&mut self, answers: &[u64], heap: &mut dyn Heap) -> Result<(), SessionError> {
        for &position in answers {
            if self.declined.remove(&position).is_some() {
                continue;
            }
            let answer = self.tables.answer(position, heap.records())?;
            let answer = answer.ok_or(Violation::UnknownAnswer(position))?;
            self.tables.remove_answer(position);
            let head = self.tables.head_mut(heap.records())?;
            head.answers = head.answers.saturating_sub(1);
            if let Answer::Promise(promise) = answer {
                self.note_unwanted(Ref::Promise(promise), true, heap)?;
                heap.release(Ref::Promise(promise))?;
            }
        }
        Ok(())
    }

    /// What an operation is addressed to.
    pub(super) fn target(
        &mut self,
        to: Target,
        heap: &mut dyn Heap,
    ) -> Result<Found, SessionError> {
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

    pub(super) fn is_busy(&mut self, heap: &mut dyn Heap) -> Result<bool, RecordsError> {
        let pending = self.tables.head(heap.records())?.pending;
        Ok(pending >= self.limits.pending_max || self.full(heap)?.is_some())
    }

    fn counts_unsettled(&self) -> bool {
        let Limits { unsettled_max, unsettled_bytes_max, .. } = *self.limits;
        (unsettled_max, unsettled_bytes_max) != (u64::MAX, u64::MAX)
    }

    /// Which limit of unsettled deliveries the session has reached, if any.
    fn full(&self, heap: &mut dyn Heap) -> Result<Option<Violation>, RecordsError> {
        if !self.counts_unsettled() {
            return Ok(None);
        }
        let Unsettled { count, bytes } = heap.unsettled(self.id)?;
        let unsettled_max = self.beyond(self.limits.unsettled_max);
        let unsettled_bytes_max = self.beyond(self.limits.unsettled_bytes_max);
        Ok(if count >= unsettled_max {
            Some(Violation::TooMany { what: DELIVERIES, max: unsettled_max })
        } else if bytes >= unsettled_bytes_max {
            let what = "bytes of unsettled deliveries";
            Some(Violation::TooMany { what, max: unsettled_bytes_max })
        } else {
            None
        })
    }

    /// Whether it is the peer's fault that a limit of unsettled deliveries was reached. In a
    /// durable session it had credit for deliveries, but nobody told it of bytes.
    fn is_fault(&self, reached: &Violation) -> bool {
        match self.carrier {
            Carrier::Plain => true,
            Carrier::Local => false,
            Carrier::Durable => {
                matches!(reached, Violation::TooMany { what, .. } if *what == DELIVERIES)
            }
        }
    }

    /// The limit that something to `target` would go beyond.
    fn too_much(
        &self,
        target: Ref,
        heap: &mut dyn Heap,
    ) -> Result<Option<Violation>, RecordsError> {
        let Some(violation) = self.full(heap)? else { return Ok(None) };
        Ok(heap.would_wait(target)?.then_some(violation))
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
    pub(super) fn open_answer(
        &mut self,
        answer: Option<u64>,
        resolver: Option<Import>,
        heap: &mut dyn Heap,
    ) -> Result<Option<PromiseId>, SessionError> {
        if answer.is_none() && resolver.is_none() {
            return Ok(None);
        }
        let promise = heap.create_promise(None)?;
        self.owe(promise, answer, resolver, heap)?;
        Ok(Some(promise))
    }

    /// Owes the outcome of a promise under a position, and to a resolver.
    pub(super) fn owe(
        &mut self,
        promise: PromiseId,
        answer: Option<u64>,
        resolver: Option<Import>,
        heap: &mut dyn Heap,
    ) -> Result<(), SessionError> {
        if let Some(position) = answer {
            self.count_answer(heap)?;
            heap.hold(Ref::Promise(promise))?;
            self.tables.put_answer(position, Answer::Promise(promise));
        }
        if let Some(resolver) = resolver {
            let resolver = self.note_waiting(resolver, true, heap)?;
            heap.settle_answer_to(promise, resolver)?;
        }
        Ok(())
    }

    pub(super) fn count_answer(&mut self, heap: &mut dyn Heap) -> Result<(), SessionError> {
        let max = self.beyond(self.limits.answers_max);
        let head = self.tables.head_mut(heap.records())?;
        head.answers = head.answers.saturating_add(1);
        if head.answers > max {
            return Err(Violation::TooMany { what: "answers", max }.into());
        }
        Ok(())
    }

    /// Notes that a resolver is to be told something, and gives it.
    fn note_waiting(
        &mut self,
        resolver: Import,
        asked: bool,
        heap: &mut dyn Heap,
    ) -> Result<Ref, SessionError> {
        let reference = self.import(resolver, heap)?;
        let position = resolver.position();
        if let Some(mut row) = self.tables.import(position, heap.records())? {
            row.waits = row.waits.saturating_add(1);
            row.asked |= asked;
            self.tables.put_import(position, row);
        }
        let head = self.tables.head_mut(heap.records())?;
        head.pending = head.pending.saturating_add(1);
        Ok(reference)
    }
}
