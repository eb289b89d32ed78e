//! Values of the wire as values of the vat.

use hogshead_objects::heap::Heap;
use hogshead_objects::reference::{Far, Place};
use hogshead_objects::{Error, Message, Ref};

use super::receiver::broken;
use super::rows::Import as ImportRow;
use super::{Session, SessionError, Violation};
use crate::descriptor::{Certificate, Descriptor, Import, Target};

impl Session {
    pub(super) fn import_message(
        &mut self,
        message: Message<Descriptor>,
        heap: &mut dyn Heap,
    ) -> Result<Message, SessionError> {
        let mut values = Vec::with_capacity(message.values.len());
        self.gives = 0;
        for value in message.values {
            values.push(value.try_map(&mut |place| self.import_reference(&place, heap))?);
        }
        Ok(Message::apply(values))
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
            Descriptor::Given(give) => {
                return Ok(self.accept_give((**give).clone(), None, heap)?);
            }
            Descriptor::Signed(envelope) => match &envelope.signed {
                Certificate::Give(give) => {
                    let signature = Some(envelope.signature);
                    return Ok(self.accept_give(give.clone(), signature, heap)?);
                }
                Certificate::Receive(_) => {
                    Err(Error::bad_call("a desc:handoff-receive is for withdraw-gift alone"))
                }
            },
        };
        match found {
            Ok(reference) => Ok(heap.passed_as(reference)?),
            Err(error) => Ok(broken(error, heap)?),
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
            self.tables.put_import(position, row);
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
        let max = self.beyond(self.limits.imports_max);
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
        let since = Some(heap.now().0);
        let row =
            ImportRow { reference: reference.into(), received, waits: 0, asked: false, since };
        self.tables.put_import(position, row);
        Ok(reference)
    }
}
