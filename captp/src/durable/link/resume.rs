//! Going on over a new carrier: two histories are compared, and what one side lacks is sent again.

use bytes::Bytes;
use hogshead_objects::mutation::{self, Mutation};
use hogshead_objects::records::{ReadRecords, Records, RecordsError};

use super::row::{self, OUTBOX};
use super::{Comparison, Hello, Link, LinkError, Mark, operation_frame};
use crate::session::{Violation, rows};

impl Link {
    /// Compares the peer's hello with our rows: agreement settles what it has received and numbers
    /// what it gives credit for, within a turn; then [`Link::resend`] has what it lacks. A link
    /// that does not know its peer yet is established by it.
    pub fn resume(&mut self, hello: &Hello, records: &mut dyn Records) -> Result<(), LinkError> {
        self.check_incarnations(hello)?;
        self.establish(hello.ours, records);
        self.compare(hello, records)?;
        self.row.credit = self.row.credit.max(hello.credit);
        self.settle_acks(records)
    }

    /// Whether the peer of an established session says that it has sent or received less than it
    /// said before: it was put back, or it has said so before it said the other, on a carrier that
    /// was slower.
    pub fn is_behind(&self, hello: &Hello) -> bool {
        self.row.theirs == Some(hello.ours)
            && (hello.received.number < self.acknowledged()
                || hello.sent.number < self.row.received.number)
    }

    /// Whether the hello is of this session. An incarnation is told to one other side only, so two
    /// of them of which just one is known prove that somebody opened the session twice.
    fn check_incarnations(&self, hello: &Hello) -> Result<(), LinkError> {
        let Some(theirs) = self.row.theirs else {
            let is_ours = hello.theirs.is_none_or(|theirs| theirs == self.row.ours);
            return if is_ours { Ok(()) } else { Err(LinkError::Unknown) };
        };
        match (theirs == hello.ours, hello.theirs) {
            (true, None) => Ok(()),
            (true, Some(ours)) if ours == self.row.ours => Ok(()),
            (false, Some(ours)) if ours != self.row.ours => Err(LinkError::Unknown),
            (false, None) => Err(LinkError::Unknown),
            _ => Err(self.fork(Comparison::Incarnation, self.row.sent, hello.sent)),
        }
    }

    fn compare(&mut self, hello: &Hello, records: &dyn ReadRecords) -> Result<(), LinkError> {
        if mutation::has(Mutation::IgnoreChain) {
            return Ok(());
        }
        let Hello { sent: their_sent, received: their_received, .. } = *hello;
        if hello.theirs.is_none() && (their_sent.number, their_received.number) != (0, 0) {
            return Err(Violation::HelloMarks.into());
        }
        let (sent, received) = (self.row.sent, self.row.received);
        if their_received.number < self.acknowledged() {
            let acknowledged = self.acknowledged();
            let (chain, _) = self.sent_until(acknowledged, records)?;
            let ours = Mark { number: acknowledged, chain };
            return Err(self.fork(Comparison::ReceivedBehind, ours, their_received));
        }
        if their_sent.number < received.number {
            return Err(self.fork(Comparison::SentBehind, received, their_sent));
        }
        if hello.theirs.is_none() {
            // It has no chains yet, since it does not know our incarnation.
            return Ok(());
        }
        if their_received.number > sent.number {
            return Err(self.fork(Comparison::ReceivedAhead, sent, their_received));
        }
        if their_sent.number == received.number && their_sent.chain != received.chain {
            return Err(self.fork(Comparison::SentDiffers, received, their_sent));
        }
        if mutation::has(Mutation::ForgetDuplicates) {
            return Ok(());
        }
        self.note(their_received, Comparison::ReceivedDiffers, records)
    }

    /// The frames of what was sent after number `after`, as far as about `bytes_max` reach, and
    /// where to go on if there are more. They are of turns that are durable, or leave when they
    /// are; what is numbered from now on comes after them.
    pub fn resend(
        &self,
        after: u64,
        bytes_max: usize,
        records: &dyn ReadRecords,
    ) -> Result<(Vec<Bytes>, Option<u64>), LinkError> {
        let (mut frames, mut bytes) = (Vec::new(), 0_usize);
        let all = mutation::has(Mutation::ForgetDuplicates);
        let mut done = if all { self.row.acked.number } else { after.max(self.row.acked.number) };
        while done < self.row.sent.number {
            let number = done.saturating_add(1);
            let frame = self.frame(number, records)?;
            bytes = bytes.saturating_add(frame.len());
            if bytes > bytes_max && !frames.is_empty() {
                return Ok((frames, Some(done)));
            }
            frames.push(frame);
            done = number;
        }
        Ok((frames, None))
    }

    /// The frame of an operation that is not acknowledged, made from its row.
    fn frame(&self, number: u64, records: &dyn ReadRecords) -> Result<Bytes, RecordsError> {
        let key = rows::key(self.id, OUTBOX, number);
        let bytes = records.get(&key)?;
        let bytes = bytes.ok_or_else(|| row::damaged(&key, "an operation is missing"))?;
        let (numbered, operation) = row::read_outbox_row(&key, &bytes)?;
        let operation = row::read_operation(&key, &operation)?;
        let (frame, after) = operation_frame(number, &numbered, &operation);
        // Other octets than the first time would look like a fork to the peer.
        if after != self.sent_until(number, records)?.0 {
            return Err(row::damaged(&key, "the operation is not the one that was numbered"));
        }
        Ok(frame)
    }
}
