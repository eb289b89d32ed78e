//! The exporter of a handoff: keeps gifts, judges certificates, and hands over what was withdrawn.

use bytes::Bytes;
use hogshead_objects::heap::Heap;
use hogshead_objects::records::{RecordsError, Row};
use hogshead_objects::{Class, Error, Message, Value};

use super::gifter::{ELSEWHERE, signed_give};
use super::receiver::signed_receive;
use super::{Carrier, Session, SessionError, gifts, rows};
use crate::crypto::{SessionHash, Signature};
use crate::descriptor::{Certificate, Descriptor, HandoffGive};
use crate::handoff::Gifter;
use crate::limits::{GIFT_AGE_MS_MAX, GIFTS_ELSEWHERE_MAX, Limits};
use crate::operation::Deliver;

/// What is found of a session by its name.
pub(super) type Find<'a> = &'a dyn Fn(SessionHash) -> Result<Option<Gifter>, RecordsError>;

/// A withdrawal that is the receiver's right.
pub(super) struct Withdrawal<'a> {
    give: &'a HandoffGive,
    gifter: Gifter,
    /// The handoff count; vats of one host need none.
    count: Option<u64>,
}

impl Session {
    /// Section "`deposit-gift` Method". Some peers want an answer; they get nothing, or why not.
    pub(super) fn deposit_gift(
        &mut self,
        deliver: Deliver,
        heap: &mut dyn Heap,
    ) -> Result<(), SessionError> {
        let Some(limits) = self.gift_limits(&deliver.message) else {
            let why = "deposit-gift takes a gift's id, a byte string, and a reference";
            return self.decline(&deliver, &Error::bad_call(why), Some(heap));
        };
        if let Some(error) = self.not_offered(&deliver.message, deliver.resolver, heap)? {
            return self.decline(&deliver, &error, Some(heap));
        }
        self.open(heap)?;
        // Rows of an earlier version have no name yet.
        self.put_name(heap)?;
        let message = self.import_message(deliver.message, heap)?;
        let answer = self.open_answer(deliver.answer, deliver.resolver, heap)?;
        let outcome = match message.values.as_slice() {
            [_, Value::Bytes(gift), Value::Ref(reference), ..] => {
                gifts::deposit(self.id, gift, *reference, &limits, heap)?
            }
            _ => Ok(()),
        };
        if let Some(answer) = answer {
            heap.settle(answer, outcome.map(|()| Value::Undefined))?;
        }
        Ok(())
    }

    /// The limits of what is deposited; none if it is no deposit. A neighbour says of a gift that
    /// its receiver is [`ELSEWHERE`]: that one may never come, so the gift does not wait for ever.
    fn gift_limits(&self, message: &Message<Descriptor>) -> Option<Limits> {
        match message.values.as_slice() {
            [_, Value::Bytes(_), Value::Ref(_)] => Some(*self.limits),
            [_, Value::Bytes(_), Value::Ref(_), Value::Symbol(whose)]
                if self.carrier == Carrier::Local && whose.as_str() == ELSEWHERE =>
            {
                Some(Limits {
                    gifts_max: self.limits.gifts_max.min(GIFTS_ELSEWHERE_MAX),
                    gift_age_ms_max: self.limits.gift_age_ms_max.min(GIFT_AGE_MS_MAX),
                    ..*self.limits
                })
            }
            _ => None,
        }
    }

    /// Section "`withdraw-gift` Method": what is wrong breaks the answer and nothing else.
    pub(super) fn withdraw_gift(
        &mut self,
        deliver: &Deliver,
        heap: &mut dyn Heap,
    ) -> Result<(), SessionError> {
        let judged = {
            let records = &*heap.records();
            self.judge_withdrawal(&deliver.message, &|name| gifts::gifter(name, records))?
        };
        let withdrawal = match judged {
            Ok(withdrawal) => withdrawal,
            Err(error) => return self.decline(deliver, &error, Some(heap)),
        };
        if let Some(error) = self.not_offered(&Message::apply(vec![]), deliver.resolver, heap)? {
            return self.decline(deliver, &error, Some(heap));
        }
        self.open(heap)?;
        // The count comes before the gift, so that a replay does not wait for another gift.
        if let Some(count) = withdrawal.count
            && let Err(error) = self.use_count(count, heap)?
        {
            return self.decline(deliver, &error, Some(heap));
        }
        // Without anybody to be told the gift stays where it is.
        if deliver.answer.is_none() && deliver.resolver.is_none() {
            return Ok(());
        }
        // The receiver was given an object, so when it sends that back to us it is our own.
        let answer = heap.create_stand_in()?;
        self.owe(answer, deliver.answer, deliver.resolver, heap)?;
        let Withdrawal { give, gifter, .. } = withdrawal;
        let taken = gifts::withdraw(gifter, give, answer, &self.limits, heap)?;
        if let Err(error) = taken {
            heap.settle(answer, Err(error))?;
        }
        Ok(())
    }

    /// Section "Checking the validity of the `desc:handoff-receive`", all but the count. It
    /// writes nothing, so that a stranger can be judged.
    pub(super) fn judge_withdrawal<'m>(
        &self,
        message: &'m Message<Descriptor>,
        find: Find<'_>,
    ) -> Result<Result<Withdrawal<'m>, Error>, RecordsError> {
        let [_, Value::Ref(certificate)] = message.values.as_slice() else {
            return Ok(Err(no_certificate()));
        };
        if let Descriptor::Given(give) = certificate {
            if self.carrier != Carrier::Local {
                return Ok(Err(no_certificate()));
            }
            let gifter = check_give(give, None, find(give.session)?);
            return Ok(gifter.map(|gifter| Withdrawal { give, gifter, count: None }));
        }
        let Descriptor::Signed(envelope) = certificate else { return Ok(Err(no_certificate())) };
        let (Certificate::Receive(receive), Some(known)) = (&envelope.signed, self.known()) else {
            return Ok(Err(no_certificate()));
        };
        // What costs nothing comes first: a signature takes as long as a message.
        if receive.session != known.peer.session || receive.receiver != known.peer.id {
            return Ok(Err(Error::refused("the certificate is for another session or side")));
        }
        let give = &receive.give;
        let gifter = check_give(give, Some(&receive.give_signature), find(give.session)?);
        let judged = gifter.and_then(|gifter| {
            if !give.receiver.verifies(&signed_receive(receive), &envelope.signature) {
                return Err(Error::refused("the receiver's signature is not valid"));
            }
            Ok(Withdrawal { give, gifter, count: Some(receive.count) })
        });
        Ok(judged)
    }

    /// Section "Checking the `handoff-count`": none is used twice in a session.
    fn use_count(
        &mut self,
        count: u64,
        heap: &mut dyn Heap,
    ) -> Result<Result<(), Error>, RecordsError> {
        let records = heap.records();
        let mut about = gifts::handoffs(self.id, records)?;
        let key = |count| rows::key(self.id, rows::COUNT, count);
        if count < about.counts_below || records.get(&key(count))?.is_some() {
            return Ok(Err(Error::refused("the handoff count has been used before")));
        }
        if count == u64::MAX {
            // There is none above it that could end its row.
            return Ok(Err(Error::refused("the handoff count is out of bounds")));
        }
        if count > about.counts_below {
            records.put(key(count), Row { bytes: Bytes::new(), secret: false });
            about.counts_above = about.counts_above.saturating_add(1);
            if about.counts_above > self.limits.handoff_counts_max {
                let (from, to) = rows::part_range(self.id, rows::COUNT);
                let lowest = records.range(&from, &to, 1)?;
                let lowest = lowest.first().and_then(|(key, _)| rows::key_position(key));
                about.counts_below = lowest.unwrap_or(count);
            }
        } else {
            about.counts_below = count.saturating_add(1);
        }
        while records.get(&key(about.counts_below))?.is_some() {
            records.delete(key(about.counts_below));
            about.counts_above = about.counts_above.saturating_sub(1);
            about.counts_below = about.counts_below.saturating_add(1);
        }
        gifts::put_handoffs(self.id, &about, records);
        Ok(Ok(()))
    }

    /// Lets this session be found by its name from its first row on: a withdrawal may come before
    /// the gift does, also among vats of one host, which run side by side.
    pub(super) fn put_name(&mut self, heap: &mut dyn Heap) -> Result<(), RecordsError> {
        let Some((name, key)) = self.name() else { return Ok(()) };
        let local = self.carrier == Carrier::Local;
        gifts::put_name(self.id, name, key, local, heap.records())
    }
}

/// Section "Checking the signature on the `desc:handoff-give`": whether the gifter's side of its
/// session with us said so. Without a signature only a vat of this host is believed.
pub(crate) fn check_give(
    give: &HandoffGive,
    signature: Option<&Signature>,
    gifter: Option<Gifter>,
) -> Result<Gifter, Error> {
    let unknown = || Error::new(Class::NotFound, "there is no session with this gifter");
    let gifter = gifter.ok_or_else(unknown)?;
    if gifter.key.id() != give.gifter {
        return Err(Error::refused("the gifter is on the other side of its session"));
    }
    let genuine = match signature {
        Some(signature) => gifter.key.verifies(&signed_give(give), signature),
        None => gifter.local,
    };
    if genuine { Ok(gifter) } else { Err(Error::refused("the gifter's signature is not valid")) }
}

fn no_certificate() -> Error {
    Error::bad_call("withdraw-gift takes one signed desc:handoff-receive")
}
