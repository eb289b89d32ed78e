//! The receiver of a handoff: withdraws what a gifter gave, from whoever exports it.

use hogshead_objects::heap::Heap;
use hogshead_objects::records::RecordsError;
use hogshead_objects::{Class, Error, Message, Ref, Value};

use super::exporter::check_give;
use super::{Carrier, Session, SessionError, gifts};
use crate::crypto::Signature;
use crate::descriptor::{Certificate, Descriptor, Envelope, HandoffGive, HandoffReceive, Target};
use crate::handoff::{Introduction, fail};
use crate::limits::Limits;
use crate::operation::{Deliver, Operation};
use crate::syrup::write;

impl Session {
    /// A give in a message: a promise stands for the gift until it is withdrawn.
    pub(super) fn accept_give(
        &mut self,
        give: HandoffGive,
        signature: Option<Signature>,
        heap: &mut dyn Heap,
    ) -> Result<Ref, RecordsError> {
        let max = self.limits.handoffs_max;
        self.gives = self.gives.saturating_add(1);
        if self.gives > max {
            let why = format!("at most {max} references of other peers are taken in one message");
            return broken(Error::new(Class::Limit, why), heap);
        }
        let Some(known) = self.known() else { return broken(no_identity(), heap) };
        // The one field that a receiver can check (section "Validating the record").
        if give.receiver != known.our_key {
            return broken(Error::refused("the gift is for another receiver"), heap);
        }
        let promise = heap.create_stand_in()?;
        heap.hold(Ref::Resolver(promise))?;
        let introduction = Introduction {
            exporter: give.exporter.clone(),
            promise,
            give,
            signature,
            key: known.key(),
            gifter: self.id,
        };
        if introduction.exporter.peer() == known.location.peer() {
            withdraw_own(introduction, &self.limits, heap)?;
        } else {
            self.introductions.push(introduction);
        }
        Ok(Ref::Promise(promise))
    }

    /// Asks the peer, the exporter, for what a gifter has given (section "Handoffs from the
    /// Receiver's perspective"). From now on what is sent to the introduction's promise is sent
    /// to the answer.
    ///
    /// Whatever goes wrong breaks that promise and nothing else.
    pub fn withdraw(
        &mut self,
        introduction: Introduction,
        heap: &mut dyn Heap,
    ) -> Result<(), RecordsError> {
        let promise = introduction.promise;
        if let Some(why) = self.no_withdrawal(heap)? {
            return fail(promise, &why, heap);
        }
        let certificate = match self.receive_of(introduction, heap)? {
            Ok(certificate) => certificate,
            Err(why) => return fail(promise, &why, heap),
        };
        self.open(heap)?;
        let answer = heap.create_answer(self.id)?;
        let resolver = match self.ask(answer, true, heap) {
            Ok(resolver) => resolver,
            Err(SessionError::Records(error)) => return Err(error),
            Err(SessionError::Violation(violation)) => {
                return fail(promise, &violation.into(), heap);
            }
        };
        let mut about = gifts::handoffs(self.id, heap.records())?;
        about.withdrawals = about.withdrawals.saturating_add(1);
        gifts::put_handoffs(self.id, &about, heap.records());
        self.operations.push(Operation::Deliver(Deliver {
            to: Target::Export(0),
            message: Message::new("withdraw-gift", [Value::Ref(certificate)]),
            answer: Some(answer.0),
            resolver: Some(resolver),
        }));
        self.tables.write(heap.records());
        heap.settle(promise, Ok(Value::Ref(Ref::Promise(answer))))?;
        heap.release(Ref::Resolver(promise))
    }

    /// Why the peer cannot be asked for a gift now. A gifter must not be able to fill the tables
    /// of this session, which has nothing to do with it.
    fn no_withdrawal(&mut self, heap: &mut dyn Heap) -> Result<Option<Error>, RecordsError> {
        if !self.is_established() {
            return Ok(Some(Error::new(Class::Severed, "the session has ended")));
        }
        if !self.hands_off() {
            return Ok(Some(no_identity()));
        }
        let head = self.tables.head(heap.records())?;
        let withdrawals = gifts::handoffs(self.id, heap.records())?.withdrawals;
        let full = withdrawals >= self.limits.withdrawals_max
            || head.questions >= self.limits.questions_max
            || head.exports >= self.limits.exports_max;
        let why = "too many gifts are waited for from this exporter; try again later";
        Ok(full.then(|| Error::new(Class::Busy, why)))
    }

    /// What proves to the exporter that we are the receiver.
    fn receive_of(
        &mut self,
        introduction: Introduction,
        heap: &mut dyn Heap,
    ) -> Result<Result<Descriptor, Error>, RecordsError> {
        let Introduction { give, signature, key, exporter, .. } = introduction;
        let Some(known) = self.known() else { return Ok(Err(no_identity())) };
        if exporter.peer() != known.peer.location.peer() {
            return Ok(Err(Error::refused("this session is with another peer than the exporter")));
        }
        let Some(give_signature) = signature else {
            if self.carrier != Carrier::Local {
                return Ok(Err(Error::refused("the gift is unsigned, and not of this host")));
            }
            return Ok(Ok(Descriptor::Given(Box::new(give))));
        };
        let (session, receiver) = (known.peer.session, known.peer.our_id);
        let mut about = gifts::handoffs(self.id, heap.records())?;
        let count = about.next_count;
        about.next_count = count.saturating_add(1);
        gifts::put_handoffs(self.id, &about, heap.records());
        let receive = HandoffReceive { session, receiver, count, give, give_signature };
        let signature = Signature::sign(&key, &signed_receive(&receive));
        let signed = Certificate::Receive(receive);
        Ok(Ok(Descriptor::Signed(Box::new(Envelope { signed, signature }))))
    }

    /// One gift less is waited for.
    pub(super) fn note_withdrawn(&mut self, heap: &mut dyn Heap) -> Result<(), RecordsError> {
        let mut about = gifts::handoffs(self.id, heap.records())?;
        about.withdrawals = about.withdrawals.saturating_sub(1);
        gifts::put_handoffs(self.id, &about, heap.records());
        Ok(())
    }
}

/// Takes a gift that this very vat exports. No session with the exporter is needed, but the
/// gifter must have one.
pub(crate) fn withdraw_own(
    introduction: Introduction,
    limits: &Limits,
    heap: &mut dyn Heap,
) -> Result<(), RecordsError> {
    let Introduction { promise, give, signature, .. } = introduction;
    let gifter = gifts::gifter(give.session, heap.records())?;
    let taken = match check_give(&give, signature.as_ref(), gifter) {
        Ok(gifter) => gifts::withdraw(gifter, &give, promise, limits, heap)?,
        Err(why) => Err(why),
    };
    match taken {
        Ok(()) => heap.release(Ref::Resolver(promise)),
        Err(why) => fail(promise, &why, heap),
    }
}

/// What the receiver signs.
pub(super) fn signed_receive(receive: &HandoffReceive) -> Vec<u8> {
    let mut octets = Vec::with_capacity(1024);
    write::handoff_receive(&mut octets, receive);
    octets
}

/// A promise that was broken from the start.
pub(super) fn broken(why: Error, heap: &mut dyn Heap) -> Result<Ref, RecordsError> {
    let promise = heap.create_promise(None)?;
    heap.settle(promise, Err(why))?;
    Ok(Ref::Promise(promise))
}

fn no_identity() -> Error {
    Error::refused("the session takes no part in third-party handoffs")
}
