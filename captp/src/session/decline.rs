//! Answering with an error what breaks no rule but is not taken, without running anything.

use hogshead_objects::heap::Heap;
use hogshead_objects::{Class, Error, Message, Value};

use super::rows::Answer;
use super::{Bootstrap, Carrier, Session, SessionError, Violation};
use crate::descriptor::{Descriptor, Import, Target};
use crate::limits;
use crate::operation::{Deliver, GcExport, Operation};

impl Session {
    /// Why a message cannot be taken although nothing in it breaks the protocol.
    pub(super) fn not_offered(
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
                Descriptor::Signed(_) | Descriptor::Given(_) if !self.hands_off() => {
                    refused = Some(no_handoffs());
                }
                Descriptor::Export(0) if self.bootstrap == Bootstrap::Fetch => {
                    refused = Some(bootstrap_is_no_value());
                }
                _ => {}
            }
        }
        Ok(refused)
    }

    /// Answers a message with an error without running anything.
    ///
    /// The message's imports are given back at once, and the gifts of a neighbour are withdrawn,
    /// since they wait without end. A plain session writes no row for it.
    pub(super) fn decline(
        &mut self,
        deliver: &Deliver,
        error: &Error,
        mut heap: Option<&mut dyn Heap>,
    ) -> Result<(), SessionError> {
        if let Some(heap) = heap.as_deref_mut() {
            self.gives = 0;
            for descriptor in deliver.message.values.iter().flat_map(Value::refs) {
                if let Descriptor::Given(give) = descriptor {
                    self.accept_give((**give).clone(), None, heap)?;
                }
            }
        }
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

    pub(super) fn decline_answer(
        &mut self,
        position: u64,
        error: &Error,
        heap: Option<&mut dyn Heap>,
    ) -> Result<(), SessionError> {
        match (self.carrier, heap) {
            (Carrier::Local | Carrier::Durable, Some(heap)) => {
                self.open(heap)?;
                self.count_answer(heap)?;
                let answer = Answer::Broken(error.clone());
                self.tables.put_answer(position, answer);
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
    pub(super) fn tell_broken(&mut self, resolver: Import, error: &Error) {
        let position = resolver.position();
        let message = Message::new("break", [error.clone().into_reason()]);
        let to = Target::Export(position);
        let deliver = Deliver { to, message, answer: None, resolver: None };
        self.operations.push(Operation::Deliver(deliver));
        self.dropped_exports.push(GcExport { position, delta: 1 });
    }
}

pub(super) fn no_handoffs() -> Error {
    Error::refused("this vat takes no part in third-party handoffs")
}

pub(super) fn bootstrap_is_no_value() -> Error {
    Error::bad_call("the bootstrap object is for fetch alone, not to be passed or listened to")
}

pub(super) fn busy() -> Error {
    Error::new(Class::Busy, "too many outcomes are waited for in this session; try again later")
}

pub(super) fn unsettled() -> Error {
    let why = "too many deliveries of this session are unsettled; try again later";
    Error::new(Class::Busy, why)
}
