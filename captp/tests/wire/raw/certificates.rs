//! The certificates of handoffs, as octets ("`desc:handoff-give`", "`desc:handoff-receive`").

use super::{Side, cat};

/// `desc:handoff-give`.
#[derive(Clone)]
pub struct Give {
    /// The receiver's side of its session with the gifter.
    pub receiver: Side,
    /// The record `ocapn-peer` of the exporter.
    pub exporter: String,
    /// The session of gifter and exporter.
    pub session: [u8; 32],
    /// The gifter's public identifier in it.
    pub gifter: [u8; 32],
    /// The gift's id.
    pub gift: Vec<u8>,
}

/// `desc:handoff-receive`.
#[derive(Clone)]
pub struct Receive {
    /// The session of receiver and exporter.
    pub session: [u8; 32],
    /// The receiver's public identifier in it.
    pub side: [u8; 32],
    /// The handoff count, as Syrup.
    pub count: String,
    /// The signed give.
    pub give: Vec<u8>,
}

impl Give {
    /// The record.
    pub fn octets(&self) -> Vec<u8> {
        cat(&[
            b"<17'desc:handoff-give",
            &self.receiver.public_key(),
            self.exporter.as_bytes(),
            b"32:",
            &self.session,
            b"32:",
            &self.gifter,
            format!("{}:", self.gift.len()).as_bytes(),
            &self.gift,
            b">",
        ])
    }

    /// The record in an envelope signed by this side.
    pub fn signed(&self, by: &Side) -> Vec<u8> {
        envelope(&self.octets(), by)
    }
}

impl Receive {
    /// The record.
    pub fn octets(&self) -> Vec<u8> {
        cat(&[
            b"<20'desc:handoff-receive32:",
            &self.session,
            b"32:",
            &self.side,
            self.count.as_bytes(),
            &self.give,
            b">",
        ])
    }

    /// The record in an envelope signed by this side.
    pub fn signed(&self, by: &Side) -> Vec<u8> {
        envelope(&self.octets(), by)
    }
}

/// `desc:sig-envelope` around a record, with this side's signature over its Syrup.
pub fn envelope(record: &[u8], by: &Side) -> Vec<u8> {
    cat(&[b"<17'desc:sig-envelope", record, &by.sign(record), b">"])
}

/// A call of `withdraw-gift` with these arguments, an answer and a resolver at this position.
pub fn withdraw(args: &[u8], answer: u64, resolver: u64) -> Vec<u8> {
    cat(&[
        b"<10'op:deliver<11'desc:export0+>[13'withdraw-gift",
        args,
        format!("]{answer}+<18'desc:import-object{resolver}+>>").as_bytes(),
    ])
}

/// A call of `deposit-gift` as the text has it, without an answer.
pub fn deposit(gift: &[u8], reference: &str) -> Vec<u8> {
    cat(&[
        b"<10'op:deliver<11'desc:export0+>[12'deposit-gift",
        format!("{}:", gift.len()).as_bytes(),
        gift,
        reference.as_bytes(),
        b"]ff>",
    ])
}
