//! Turning what a turn wants sent into operations.

use hogshead_objects::heap::{Heap, Outgoing, Part, Resolution};
use hogshead_objects::ids::PromiseId;
use hogshead_objects::mutation::{self, Mutation};
use hogshead_objects::records::RecordsError;
use hogshead_objects::reference::{Far, Place};
use hogshead_objects::{Class, Error, Message, Ref, Value};

use super::rows::{Export, Question};
use super::{Carrier, Session, SessionError, Violation, sever};
use crate::descriptor::{Descriptor, Import, Target};
use crate::handoff::Introducers;
use crate::limits::DURABLE_HEADER_BYTES;
use crate::operation::{Deliver, Derive, GcExport, Listen, Operation, fits};

impl Session {
    /// Sends what a turn wants sent, within that turn. [`Session::take_operations`] has it then.
    ///
    /// A message that no peer would take (too long, too deep) breaks its answer and is not sent;
    /// if it was itself an answer, an error goes in its place. After the session's end every
    /// answer breaks at once.
    ///
    /// A flush is not sent to a peer that knows none, and answered at once; a watch is refused.
    ///
    /// A violation here is a full table, and its answer is broken. The turn is innocent: abort
    /// and sever the session within it. A durable session has none: what finds no room is answered
    /// with `busy`, and what cannot be refused has more room.
    ///
    /// `introducers` has the other sessions whose references the message holds: those are handed
    /// off. A reference of a session that is not among them is exported as our own, and what is
    /// sent to it is forwarded.
    pub fn send(
        &mut self,
        outgoing: Outgoing,
        introducers: &Introducers,
        heap: &mut dyn Heap,
    ) -> Result<(), SessionError> {
        if self.has_ended() {
            let why = Error::new(Class::Severed, "the session has ended");
            return Ok(sever::refuse(&outgoing, &why, heap)?);
        }
        if let Outgoing::Deliver { message, answer, .. } = &outgoing
            && message.is_flush()
            && !self.carrier.keeps_order()
        {
            if let Some(answer) = answer {
                heap.settle(*answer, Ok(Value::Undefined))?;
            }
            return Ok(());
        }
        if let Outgoing::Deliver { message, answer: Some(answer), .. } = &outgoing
            && message.is_watch()
            && !self.carrier.keeps_order()
        {
            let why = Error::bad_call("the peer does not tell when a reference is revoked");
            return Ok(heap.settle(*answer, Err(why))?);
        }
        let (answer, sent) = match outgoing {
            Outgoing::Deliver { far, message, answer } => {
                let to = target(far.place);
                (answer, self.send_message(to, message, answer, introducers, heap))
            }
            Outgoing::Derive { far, part, answer } => {
                (Some(answer), self.send_derive(target(far.place), part, answer, heap))
            }
            Outgoing::Drop { far } => (None, self.send_drop(far, heap)),
        };
        if let (Err(SessionError::Violation(violation)), Some(answer)) = (&sent, answer) {
            heap.settle(answer, Err(violation.into()))?;
        }
        sent
    }

    /// How long an operation may be.
    fn operation_bytes_max(&self) -> usize {
        match self.carrier {
            Carrier::Durable => self.limits.frame_bytes_max.saturating_sub(DURABLE_HEADER_BYTES),
            Carrier::Plain | Carrier::Local => self.limits.frame_bytes_max,
        }
    }

    /// The peer's bootstrap object, as this vat's reference.
    pub fn bootstrap(&mut self, heap: &mut dyn Heap) -> Result<Ref, SessionError> {
        if let Some(row) = self.tables.import(0, heap.records())? {
            return Ok(row.reference.reference()?);
        }
        self.open(heap)?;
        // It was not sent to us, so nothing is given back when it is dropped.
        let reference = self.create_import(Import::Object(0), 0, heap)?;
        self.tables.write(heap.records());
        Ok(reference)
    }

    /// Section "`op:deliver`", "Sending".
    fn send_message(
        &mut self,
        to: Target,
        message: Message,
        answer: Option<PromiseId>,
        introducers: &Introducers,
        heap: &mut dyn Heap,
    ) -> Result<(), SessionError> {
        let gives = self.gives_octets(&message, introducers, heap)?;
        let max = self.operation_bytes_max();
        let fit = gives.and_then(|octets| fits(&message, max.saturating_sub(octets)));
        // A flush follows what was accepted, so it is not refused either: there are at most as many
        // as there are promises of the peer's.
        let refusable = answer.is_some() && !message.is_flush();
        let room = self.room(&message, refusable, heap)?;
        let fit = fit.and(room);
        let message = match (fit, answer) {
            (Ok(()), _) => message,
            (Err(error), Some(answer)) => return Ok(heap.settle(answer, Err(error))?),
            (Err(error), None) if message.symbol() == Some("fulfill") => {
                Message::new("break", [error.into_reason()])
            }
            // Nobody waits for an answer, so nobody can be told.
            (Err(_), None) => return Ok(()),
        };
        self.open(heap)?;
        if let (Target::Export(position), None) = (to, answer) {
            self.note_told(position, &message, heap)?;
        }
        let message = self.export_message(message, introducers, heap)?;
        let resolver = match answer {
            Some(promise) => Some(self.ask(promise, false, heap)?),
            None => None,
        };
        let answer = answer.map(|promise| promise.0);
        self.operations.push(Operation::Deliver(Deliver { to, message, answer, resolver }));
        Ok(())
    }

    /// `op:get`, `op:index` and `op:untag` name no resolver; a listen follows.
    fn send_derive(
        &mut self,
        from: Target,
        part: Part,
        promise: PromiseId,
        heap: &mut dyn Heap,
    ) -> Result<(), SessionError> {
        if let Err(full) = self.room(&Message::apply(vec![]), true, heap)? {
            return Ok(heap.settle(promise, Err(full))?);
        }
        self.open(heap)?;
        let resolver = self.ask(promise, false, heap)?;
        let answer = promise.0;
        self.operations.push(Operation::Derive(Derive { from, part, answer }));
        let to = Target::Answer(answer);
        self.operations.push(Operation::Listen(Listen { to, resolver, wants_partial: false }));
        Ok(())
    }

    /// Sections "`op:gc-exports`" and "`op:gc-answers`", "Sending".
    pub(super) fn send_drop(&mut self, far: Far, heap: &mut dyn Heap) -> Result<(), SessionError> {
        match far.place {
            Place::Export(position) => {
                let Some(row) = self.tables.import(position, heap.records())? else {
                    return Ok(());
                };
                self.tables.remove_import(position);
                let head = self.tables.head_mut(heap.records())?;
                head.imports = head.imports.saturating_sub(1);
                head.pending = head.pending.saturating_sub(row.waits);
                if row.received > 0 && !mutation::has(Mutation::ForgetRelease) {
                    self.dropped_exports.push(GcExport { position, delta: row.received });
                }
            }
            Place::Answer(position) => {
                let promise = PromiseId(position);
                let Some(question) = self.tables.question(promise, heap.records())? else {
                    return Ok(());
                };
                if question.withdrawal {
                    self.note_withdrawn(heap)?;
                }
                self.tables.remove_question(promise);
                let head = self.tables.head_mut(heap.records())?;
                head.questions = head.questions.saturating_sub(1);
                self.dropped_answers.push(position);
            }
        }
        Ok(())
    }

    /// Listens to a promise of the peer.
    pub(super) fn listen_to(
        &mut self,
        to: Target,
        promise: PromiseId,
        heap: &mut dyn Heap,
    ) -> Result<(), SessionError> {
        let resolver = Import::Object(self.export_resolver(promise, heap)?);
        self.operations.push(Operation::Listen(Listen { to, resolver, wants_partial: false }));
        Ok(())
    }

    /// An answer is waited for: its row, and the resolver that the peer is to tell.
    pub(super) fn ask(
        &mut self,
        promise: PromiseId,
        withdrawal: bool,
        heap: &mut dyn Heap,
    ) -> Result<Import, SessionError> {
        let max = self.beyond(self.limits.questions_max);
        let head = self.tables.head_mut(heap.records())?;
        head.questions = head.questions.saturating_add(1);
        if head.questions > max {
            return Err(Violation::TooMany { what: "answers waited for", max }.into());
        }
        let resolver = self.export_resolver(promise, heap)?;
        self.tables.put_question(promise, Question { resolver, withdrawal });
        Ok(Import::Object(resolver))
    }

    /// Exports the resolver of a promise at a position of its own. It is sent this once, so
    /// there is no row to find it by.
    fn export_resolver(
        &mut self,
        promise: PromiseId,
        heap: &mut dyn Heap,
    ) -> Result<u64, SessionError> {
        let resolver = Ref::Resolver(promise);
        let position = self.next_position(heap)?;
        heap.hold(resolver)?;
        let since = Some(heap.now().0);
        let export = Export { reference: resolver.into(), sent: 1, indexed: false, since };
        self.tables.put_export(position, export);
        Ok(position)
    }

    fn next_position(&mut self, heap: &mut dyn Heap) -> Result<u64, SessionError> {
        let max = self.beyond(self.limits.exports_max);
        let head = self.tables.head_mut(heap.records())?;
        let position = head.next_export;
        head.exports = head.exports.saturating_add(1);
        if head.exports > max {
            return Err(Violation::TooMany { what: "exports", max }.into());
        }
        head.next_export = head.next_export.saturating_add(1);
        Ok(position)
    }

    /// A resolver of the peer is told an outcome: one wait less.
    fn note_told(
        &mut self,
        position: u64,
        message: &Message,
        heap: &mut dyn Heap,
    ) -> Result<(), SessionError> {
        if !matches!(message.symbol(), Some("fulfill" | "break")) {
            return Ok(());
        }
        let Some(mut row) = self.tables.import(position, heap.records())? else { return Ok(()) };
        if row.waits > 0 {
            row.waits = row.waits.saturating_sub(1);
            self.tables.put_import(position, row);
            let head = self.tables.head_mut(heap.records())?;
            head.pending = head.pending.saturating_sub(1);
        }
        Ok(())
    }

    fn export_message(
        &mut self,
        message: Message,
        introducers: &Introducers,
        heap: &mut dyn Heap,
    ) -> Result<Message<Descriptor>, SessionError> {
        let mut values = Vec::with_capacity(message.values.len());
        for value in message.values {
            values.push(value.try_map(&mut |ours| self.export_reference(ours, introducers, heap))?);
        }
        Ok(Message::apply(values))
    }

    /// The peer's own comes back to it as its own, a third peer's is handed off; everything else
    /// is exported, once a reference and counted each time (section "`op:gc-exports`").
    fn export_reference(
        &mut self,
        reference: Ref,
        introducers: &Introducers,
        heap: &mut dyn Heap,
    ) -> Result<Descriptor, SessionError> {
        let reference = heap.passed_as(reference)?;
        if let Some(far) = self.far_here(reference, heap)? {
            if self.is_known_there(far.place, heap)? {
                return Ok(target(far.place).into());
            }
        } else if let Some(give) = self.hand_off(reference, introducers, heap)? {
            return Ok(give);
        }
        let position = match self.tables.position(reference, heap.records())? {
            Some(position) => {
                let export = self.tables.export(position, heap.records())?;
                let mut export = export.ok_or(Violation::UnknownExport(position))?;
                export.sent = export.sent.saturating_add(1);
                self.tables.put_export(position, export);
                position
            }
            None => {
                let position = self.next_position(heap)?;
                heap.hold(reference)?;
                let since = Some(heap.now().0);
                let export = Export { reference: reference.into(), sent: 1, indexed: true, since };
                self.tables.put_export(position, export);
                self.tables.put_position(reference, position);
                position
            }
        };
        Ok(match reference {
            Ref::Promise(_) => Descriptor::ImportPromise(position),
            Ref::Facet(_) | Ref::Resolver(_) | Ref::Import(_) => Descriptor::ImportObject(position),
        })
    }

    /// Whether the peer knows of a place. A question that a turn asks on its way out, behind the
    /// message that mentions its answer, it has not heard of: until it is asked the answer is a
    /// promise of ours.
    fn is_known_there(&mut self, place: Place, heap: &mut dyn Heap) -> Result<bool, RecordsError> {
        match place {
            Place::Export(_) => Ok(true),
            Place::Answer(position) => {
                Ok(self.tables.question(PromiseId(position), heap.records())?.is_some())
            }
        }
    }

    /// Where a reference is in this very session, if it is the peer's own: an import, or a promise
    /// that is still its promise. One that has been settled meanwhile is a promise of ours, also
    /// if it leads to something of the peer's: what was a promise arrives as one.
    fn far_here(
        &mut self,
        reference: Ref,
        heap: &mut dyn Heap,
    ) -> Result<Option<Far>, RecordsError> {
        let is_far = match reference {
            Ref::Import(_) => true,
            Ref::Promise(_) => {
                matches!(heap.resolution(reference)?, Resolution::Ref(end) if end == reference)
            }
            Ref::Facet(_) | Ref::Resolver(_) => false,
        };
        if !is_far {
            return Ok(None);
        }
        Ok(heap.far(reference)?.filter(|far| far.session == self.id))
    }
}

fn target(place: Place) -> Target {
    match place {
        Place::Export(position) => Target::Export(position),
        Place::Answer(position) => Target::Answer(position),
    }
}
