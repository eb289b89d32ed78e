//! Reading and writing fixed fields: big-endian numbers and octets, nothing that can panic.

use bytes::Bytes;

use super::{Cause, Chain, Incarnation, Mark};

/// Reads fields from the front of octets; none once they run out.
pub(super) struct Cursor<'a> {
    all: &'a Bytes,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(all: &'a Bytes) -> Self {
        Self { all, at: 0 }
    }

    /// The next octets, sharing their memory.
    pub fn bytes(&mut self, length: usize) -> Option<Bytes> {
        let end = self.at.checked_add(length).filter(|end| *end <= self.all.len())?;
        let bytes = self.all.slice(self.at..end);
        self.at = end;
        Some(bytes)
    }

    /// Everything that is left.
    pub fn rest(&mut self) -> Bytes {
        let rest = self.all.slice(self.at..);
        self.at = self.all.len();
        rest
    }

    pub fn is_empty(&self) -> bool {
        self.at >= self.all.len()
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let array = *self.all.get(self.at..)?.first_chunk::<N>()?;
        self.at = self.at.saturating_add(N);
        Some(array)
    }

    pub fn octet(&mut self) -> Option<u8> {
        self.array().map(|[octet]| octet)
    }

    pub fn short(&mut self) -> Option<u16> {
        self.array().map(u16::from_be_bytes)
    }

    pub fn long(&mut self) -> Option<u64> {
        self.array().map(u64::from_be_bytes)
    }

    pub fn chain(&mut self) -> Option<Chain> {
        self.array().map(Chain)
    }

    pub fn cause(&mut self) -> Option<Cause> {
        self.array().map(Cause)
    }

    pub fn incarnation(&mut self) -> Option<Incarnation> {
        self.array().map(Incarnation)
    }

    pub fn mark(&mut self) -> Option<Mark> {
        Some(Mark { number: self.long()?, chain: self.chain()? })
    }
}

pub(super) fn put_long(out: &mut Vec<u8>, number: u64) {
    out.extend_from_slice(&number.to_be_bytes());
}

pub(super) fn put_mark(out: &mut Vec<u8>, mark: &Mark) {
    put_long(out, mark.number);
    out.extend_from_slice(&mark.chain.0);
}
