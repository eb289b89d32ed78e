//! Taking back what was to be sent in a durable session and never was.

use std::collections::BTreeSet;

use hogshead_objects::heap::Heap;
use hogshead_objects::ids::PromiseId;
use hogshead_objects::records::RecordsError;
use hogshead_objects::{Error, Message, Ref, Value};

use super::Session;
use super::rows::Question;
use crate::descriptor::{Descriptor, Import, Target};
use crate::durable::needs_credit;
use crate::operation::{Deliver, Listen, Operation};

impl Session {
    /// Takes back an operation that has not left, within a turn: what it asked breaks with `why`,
    /// what it exported is let go. Gives what is to be sent nevertheless: what settles or lets go,
    /// without naming any of the answers in `lost`, to which those are added that were asked for
    /// in vain. Operations are taken back in their order.
    pub(crate) fn unsend(
        &mut self,
        operation: Operation,
        lost: &mut BTreeSet<u64>,
        why: &Error,
        heap: &mut dyn Heap,
    ) -> Result<Option<Operation>, RecordsError> {
        let kept = match operation {
            Operation::GcAnswers(mut answers) => {
                answers.retain(|answer| !lost.contains(answer));
                (!answers.is_empty()).then_some(Operation::GcAnswers(answers))
            }
            Operation::Listen(listen) => {
                self.unlisten(&listen, why, heap)?;
                None
            }
            Operation::Derive(derive) => {
                self.unask(derive.answer, lost, why, heap)?;
                None
            }
            Operation::Deliver(deliver) => {
                if needs_credit(&Operation::Deliver(deliver.clone())) {
                    self.undeliver(&deliver, lost, why, heap)?;
                    None
                } else {
                    Some(self.answer_in_place(deliver, lost, why, heap)?)
                }
            }
            other => Some(other),
        };
        self.tables.write(heap.records());
        Ok(kept)
    }

    fn undeliver(
        &mut self,
        deliver: &Deliver,
        lost: &mut BTreeSet<u64>,
        why: &Error,
        heap: &mut dyn Heap,
    ) -> Result<(), RecordsError> {
        if let Some(answer) = deliver.answer {
            self.unask(answer, lost, why, heap)?;
        }
        self.unexport_message(&deliver.message, heap)?;
        match deliver.resolver {
            Some(resolver) => self.unexport(resolver.position(), heap),
            None => Ok(()),
        }
    }

    /// An answer is owed in any case: one that names what was never asked for breaks instead.
    fn answer_in_place(
        &mut self,
        deliver: Deliver,
        lost: &BTreeSet<u64>,
        why: &Error,
        heap: &mut dyn Heap,
    ) -> Result<Operation, RecordsError> {
        let names_lost =
            deliver.message.values.iter().flat_map(Value::refs).any(
                |named| matches!(named, Descriptor::Answer(position) if lost.contains(position)),
            );
        if !names_lost {
            return Ok(Operation::Deliver(deliver));
        }
        self.unexport_message(&deliver.message, heap)?;
        let message = Message::new("break", [why.clone().into_reason()]);
        Ok(Operation::Deliver(Deliver { message, ..deliver }))
    }

    /// The peer has never heard of the question, so nothing is given back for it.
    fn unask(
        &mut self,
        answer: u64,
        lost: &mut BTreeSet<u64>,
        why: &Error,
        heap: &mut dyn Heap,
    ) -> Result<(), RecordsError> {
        lost.insert(answer);
        let promise = PromiseId(answer);
        // It is gone already if nobody waited for the answer any more.
        if let Some(Question { withdrawal, .. }) = self.tables.question(promise, heap.records())? {
            if withdrawal {
                self.note_withdrawn(heap)?;
            }
            self.tables.remove_question(promise);
            let head = self.tables.head_mut(heap.records())?;
            head.questions = head.questions.saturating_sub(1);
        }
        heap.settle(promise, Err(why.clone()))
    }

    /// Whoever waits for the promise would wait for ever.
    fn unlisten(
        &mut self,
        listen: &Listen,
        why: &Error,
        heap: &mut dyn Heap,
    ) -> Result<(), RecordsError> {
        let position = listen.resolver.position();
        let promise = match (listen.to, self.tables.export(position, heap.records())?) {
            (Target::Answer(answer), _) => Some(PromiseId(answer)),
            (Target::Export(_), Some(export)) => match export.reference.reference()? {
                Ref::Resolver(promise) => Some(promise),
                _ => None,
            },
            (Target::Export(_), None) => None,
        };
        if let Some(promise) = promise {
            heap.settle(promise, Err(why.clone()))?;
        }
        self.unexport(position, heap)
    }

    fn unexport_message(
        &mut self,
        message: &Message<Descriptor>,
        heap: &mut dyn Heap,
    ) -> Result<(), RecordsError> {
        let imports = message.values.iter().flat_map(Value::refs).filter_map(Descriptor::import);
        for position in imports.map(Import::position).collect::<Vec<_>>() {
            self.unexport(position, heap)?;
        }
        Ok(())
    }

    /// One mention of an export less, as if it had never been made.
    fn unexport(&mut self, position: u64, heap: &mut dyn Heap) -> Result<(), RecordsError> {
        let Some(mut export) = self.tables.export(position, heap.records())? else {
            return Ok(());
        };
        export.sent = export.sent.saturating_sub(1);
        if export.sent > 0 {
            self.tables.put_export(position, export);
            return Ok(());
        }
        self.drop_export(position, export, heap)
    }
}
