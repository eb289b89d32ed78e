//! Acknowledgements: rows that are not needed any more, and credit for those that wait.

use hogshead_objects::mutation::{self, Mutation};
use hogshead_objects::records::{ReadRecords, Records, RecordsError};

use super::row::{self, OUTBOX, WAITING};
use super::{Chain, Comparison, Link, LinkError, Mark, needs_credit};
use crate::limits;
use crate::session::{Violation, rows};

impl Link {
    /// Notes an acknowledgement, without a turn. True if a turn should
    /// [settle](Link::settle_acks) it now: something waits that there is credit for, or many rows
    /// can go.
    ///
    /// One of less than was acknowledged before says nothing; whether the peer was put back is seen
    /// by its hello.
    pub fn note_ack(
        &mut self,
        received: Mark,
        credit: u64,
        records: &dyn ReadRecords,
    ) -> Result<bool, LinkError> {
        if !self.is_established() {
            return Err(Violation::BeforeHello.into());
        }
        let sent = self.row.sent;
        if received.number > sent.number {
            return Err(self.fork(Comparison::AckAhead, sent, received));
        }
        if received.number >= self.acknowledged() {
            self.note(received, Comparison::AckDiffers, records)?;
        }
        self.row.credit = self.row.credit.max(credit);
        Ok(self.is_settling_due())
    }

    /// Whether there is something that the peer is not known to have.
    pub fn has_unsent(&self) -> bool {
        self.row.sent.number > self.acknowledged() || self.row.waiting() > 0
    }

    /// Whether acknowledgements were noted that no turn has [settled](Link::settle_acks).
    pub fn has_noted_acks(&self) -> bool {
        self.noted.is_some_and(|(mark, _)| mark.number > self.row.acked.number)
    }

    /// The highest number that the peer has acknowledged.
    pub fn acknowledged(&self) -> u64 {
        self.noted.map_or(self.row.acked.number, |(mark, _)| mark.number)
    }

    /// Compares what the peer has received with what we have sent, and remembers it.
    pub(super) fn note(
        &mut self,
        received: Mark,
        what: Comparison,
        records: &dyn ReadRecords,
    ) -> Result<(), LinkError> {
        let number = received.number;
        let (chain, bytes) = self.sent_until(number, records)?;
        if chain != received.chain && !mutation::has(Mutation::IgnoreChain) {
            return Err(self.fork(what, Mark { number, chain }, received));
        }
        if number > self.row.acked.number {
            self.noted = Some((received, bytes));
        }
        Ok(())
    }

    fn is_settling_due(&self) -> bool {
        let acked = &self.row.acked;
        let many = self.noted.is_some_and(|(mark, bytes)| {
            mark.number.saturating_sub(acked.number) >= limits::SETTLE_ROWS
                || bytes.saturating_sub(self.row.acked_bytes) >= limits::SETTLE_BYTES
        });
        many || (self.row.waiting() > 0 && (self.more || self.has_credit()))
    }

    /// Deletes the rows of what was acknowledged and numbers what there is credit for now, within a
    /// turn. If there is very much of either, some of it.
    pub fn settle_acks(&mut self, records: &mut dyn Records) -> Result<(), LinkError> {
        self.delete_acknowledged(records)?;
        self.number_waiting(records)
    }

    fn delete_acknowledged(&mut self, records: &mut dyn Records) -> Result<(), LinkError> {
        let Some((noted, _)) = self.noted else { return Ok(()) };
        let acked = self.row.acked.number;
        let until = noted.number.min(acked.saturating_add(limits::SETTLE_ROWS_MAX));
        let (chain, bytes) = self.sent_until(until, records)?;
        for number in acked.saturating_add(1)..=until {
            records.delete(rows::key(self.id, OUTBOX, number));
        }
        self.row.acked = Mark { number: until, chain };
        self.row.acked_bytes = bytes;
        self.noted = self.noted.filter(|(mark, _)| mark.number > until);
        let left = usize::try_from(self.row.sent.number.saturating_sub(until));
        let known = self.marks.len();
        self.marks.drain(..known.saturating_sub(left.unwrap_or(known)));
        self.changed = true;
        Ok(())
    }

    /// Gives numbers to what waits, as far as there is credit.
    pub(super) fn number_waiting(&mut self, records: &mut dyn Records) -> Result<(), LinkError> {
        self.more = false;
        if !self.is_established() {
            return Ok(());
        }
        let (mut numbered, mut bytes) = (0_u64, 0_u64);
        while self.row.waiting() > 0 {
            if numbered >= limits::SETTLE_ROWS_MAX || bytes >= limits::NUMBER_BYTES_MAX {
                self.more = true;
                return Ok(());
            }
            let key = rows::key(self.id, WAITING, self.row.waiting_from);
            let row = records.get(&key)?;
            let row = row.ok_or_else(|| row::damaged(&key, "a waiting operation is missing"))?;
            let (cause, operation) = row::read_waiting_row(&key, &row)?;
            if needs_credit(&operation) && !self.has_credit() {
                return Ok(());
            }
            let length = row::length(&row);
            records.delete(key);
            self.row.waiting_from = self.row.waiting_from.saturating_add(1);
            self.row.waiting_bytes = self.row.waiting_bytes.saturating_sub(length);
            numbered = numbered.saturating_add(1);
            bytes = bytes.saturating_add(length);
            self.number(&operation, cause, records)?;
        }
        Ok(())
    }

    /// The chain after so many of our operations, and the bytes of their rows. There must not be
    /// fewer than are acknowledged nor more than were sent.
    pub(super) fn sent_until(
        &self,
        number: u64,
        records: &dyn ReadRecords,
    ) -> Result<(Chain, u64), RecordsError> {
        if number == self.row.sent.number {
            return Ok((self.row.sent.chain, self.row.sent_bytes));
        }
        if number == self.row.acked.number {
            return Ok((self.row.acked.chain, self.row.acked_bytes));
        }
        // The last mark is the one before the last operation.
        let from_end = self.row.sent.number.saturating_sub(number);
        let at = usize::try_from(from_end).ok().and_then(|end| self.marks.len().checked_sub(end));
        if let Some(mark) = at.and_then(|at| self.marks.get(at)) {
            return Ok(*mark);
        }
        let key = rows::key(self.id, OUTBOX, number.saturating_add(1));
        let bytes = records.get(&key)?;
        let bytes = bytes.ok_or_else(|| row::damaged(&key, "an operation is missing"))?;
        let (numbered, _) = row::read_outbox_row(&key, &bytes)?;
        Ok((numbered.chain, numbered.bytes_before))
    }
}
