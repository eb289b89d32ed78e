//! The gifter of a handoff: deposits the gift with its exporter and tells the receiver which.

use bytes::Bytes;
use hogshead_objects::heap::Heap;
use hogshead_objects::records::RecordsError;
use hogshead_objects::reference::{Far, Place};
use hogshead_objects::{Class, Error, Message, Ref, Value};

use super::{Carrier, Session};
use crate::crypto::Signature;
use crate::descriptor::{Certificate, Descriptor, Envelope, HandoffGive};
use crate::handoff::{Introducer, Introducers};
use crate::operation::give_octets;
use crate::syrup::write;

/// What a deposit between vats of one host says of a receiver that is none of them. It is no part
/// of the protocol, and not said to peers.
pub(super) const ELSEWHERE: &str = "elsewhere";

impl Session {
    /// Hands a reference of another session off, if that is to be done: gives what is written in
    /// its place (section "Handoffs from the Gifter's perspective").
    pub(super) fn hand_off(
        &mut self,
        reference: Ref,
        introducers: &Introducers,
        heap: &mut dyn Heap,
    ) -> Result<Option<Descriptor>, RecordsError> {
        let Some((exporter, introducer)) = self.third_party(reference, introducers, heap)? else {
            return Ok(None);
        };
        let Some(known) = self.known() else { return Ok(None) };
        let gift = Bytes::copy_from_slice(&heap.random());
        let give = HandoffGive {
            receiver: known.peer.key,
            exporter: introducer.exporter.clone(),
            session: introducer.session,
            gifter: introducer.gifter,
            gift: gift.clone(),
        };
        let neighbours = self.carrier == Carrier::Local && introducer.local;
        let mut deposit = Message::new("deposit-gift", [Value::Bytes(gift), Value::Ref(reference)]);
        if introducer.local && !neighbours {
            deposit.values.push(Value::Symbol(ELSEWHERE.into()));
        }
        let bootstrap = Far { session: exporter.session, place: Place::Export(0) };
        heap.tell(bootstrap, deposit)?;
        if neighbours {
            return Ok(Some(Descriptor::Given(Box::new(give))));
        }
        let signature = Signature::sign(&introducer.key, &signed_give(&give));
        let signed = Certificate::Give(give);
        Ok(Some(Descriptor::Signed(Box::new(Envelope { signed, signature }))))
    }

    /// How many octets the gives of a message may take, or why there are too many.
    pub(super) fn gives_octets(
        &self,
        message: &Message,
        introducers: &Introducers,
        heap: &mut dyn Heap,
    ) -> Result<Result<usize, Error>, RecordsError> {
        let (mut gives, mut octets) = (0_usize, 0_usize);
        if introducers.is_empty() {
            return Ok(Ok(0));
        }
        for reference in message.values.iter().flat_map(Value::refs) {
            let reference = heap.passed_as(*reference)?;
            if let Some((_, third)) = self.third_party(reference, introducers, heap)? {
                gives = gives.saturating_add(1);
                octets = octets.saturating_add(give_octets(&third.exporter));
            }
        }
        let max = self.limits.handoffs_max;
        if gives > max {
            let why = format!("a message may hand off at most {max} references of other peers");
            return Ok(Err(Error::new(Class::Limit, why)));
        }
        Ok(Ok(octets))
    }

    /// Whose a reference is, if that is a third peer to which this one can be introduced.
    fn third_party<'i>(
        &self,
        reference: Ref,
        introducers: &'i Introducers,
        heap: &mut dyn Heap,
    ) -> Result<Option<(Far, &'i Introducer)>, RecordsError> {
        if !matches!(reference, Ref::Import(_)) || !self.hands_off() {
            return Ok(None);
        }
        let Some(far) = heap.far(reference)?.filter(|far| far.session != self.id) else {
            return Ok(None);
        };
        let Some(introducer) = introducers.get(&far.session) else { return Ok(None) };
        // A bootstrap object is made for its session, so its exporter would not take it for a gift.
        // But some peers put the first object that they export at position 0.
        if far.place == Place::Export(0) && !introducer.gives_first {
            return Ok(None);
        }
        // A peer of another transport would most likely have no way to the exporter, and nobody can
        // ask it: the reference is passed on as ours and forwarded to, which always works.
        let transport = self.known().map(|known| &known.peer.location.transport);
        let same = transport == Some(&introducer.exporter.transport);
        Ok(same.then_some((far, introducer)))
    }
}

/// What the gifter signs.
pub(super) fn signed_give(give: &HandoffGive) -> Vec<u8> {
    let mut octets = Vec::with_capacity(512);
    write::handoff_give(&mut octets, give);
    octets
}
