//! One side's numbering of a durable session: what was sent and not acknowledged, what waits for
//! credit, what was received.
//!
//! # Turns
//!
//! [`Link::queue`], [`Link::advance`] and [`Link::settle_acks`] belong to a turn, which ends with
//! [`Link::flush`]; then [`Link::take_frames`] has what may leave once the turn is durable. After a
//! turn that failed [`Link::forget`] reads the rows again. An acknowledgement is noted without a
//! turn, and a hello that knows both sides changes rows only to settle what it acknowledges.
//!
//! # Order and credit
//!
//! Operations leave in the order in which they are queued, with one exception. What may stay at the
//! receiver until somebody settles it needs credit, and waits in rows of its own while there is
//! none; whatever follows waits behind it. An answer goes past what waits: the peer's turn that
//! would give us credit may be waiting for just that answer. It may do so since nothing behind
//! which it was queued can matter to it: whatever it names is either the peer's own, which is there
//! already, or an export, which its first mention makes known. Only a position of an answer that
//! was not asked for yet would not be there, so an answer that names one keeps its place. So does
//! what lets go of positions: what waits before it may still name them.

mod abandon;
mod listing;
mod memory;
mod resume;
mod settle;

use std::collections::VecDeque;

use bytes::Bytes;
use hogshead_objects::Value;
use hogshead_objects::ids::SessionId;
use hogshead_objects::mutation::{self, Mutation};
use hogshead_objects::records::{ReadRecords, Records, RecordsError, Row};

pub use self::abandon::Dropped;
pub use self::listing::{Queued, queued};
pub use self::memory::Memory;
use super::row::{self, LINK, LinkRow, Numbered, OUTBOX, WAITING};
use super::{
    Cause, Chain, Comparison, End, EndReason, Evidence, Frame, Hello, Incarnation, Knock, Mark,
    Parties, frame,
};
use crate::descriptor::{Descriptor, Target};
use crate::limits;
use crate::operation::{Deliver, Dialect, Operation};
use crate::session::{Violation, rows};

/// One side of a durable session's numbering, with its row in memory.
#[derive(Debug)]
pub struct Link {
    id: SessionId,
    parties: Parties,
    row: LinkRow,
    changed: bool,
    /// The chains and bytes before the last numbers, so that acknowledgements need no reads.
    marks: VecDeque<(Chain, u64)>,
    /// What was acknowledged and is not settled: a mark and the bytes of all rows up to it.
    noted: Option<(Mark, u64)>,
    /// Whether waiting rows were left although there may be credit.
    more: bool,
    frames: Vec<Bytes>,
    /// What we are ready to take, counted since the session began.
    granted: u64,
    /// What of that the peer was told when we last had a reason to.
    told: u64,
    /// What the peer may have been told, perhaps before we last read our rows.
    allowed: u64,
}

/// Whether an operation is the next one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// It is: apply it.
    Next,
    /// It was applied before: do nothing.
    Again,
}

/// How much an outbox holds.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Backlog {
    /// Operations that have a number and are not acknowledged.
    pub numbered: u64,
    /// Bytes of their rows.
    pub numbered_bytes: u64,
    /// Operations that wait for a number.
    pub waiting: u64,
    /// Bytes of their rows.
    pub waiting_bytes: u64,
}

impl Backlog {
    /// Rows of both kinds.
    pub fn rows(&self) -> u64 {
        self.numbered.saturating_add(self.waiting)
    }

    /// Bytes of both kinds.
    pub fn bytes(&self) -> u64 {
        self.numbered_bytes.saturating_add(self.waiting_bytes)
    }
}

/// Why a link does not go on.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LinkError {
    /// An operation came that leaves out others: carriers lose their end, never their middle.
    #[error("operation {number} came where {expected} was due")]
    Gap {
        /// The number that came.
        number: u64,
        /// The number that was due.
        expected: u64,
    },
    /// A store was copied or put back.
    #[error("{0}")]
    Fork(Box<Evidence>),
    /// The hello is of another session between the same vats: one of the sides knows this one no
    /// more, or began anew.
    #[error("the hello is of another session")]
    Unknown,
    /// The peer broke the protocol.
    #[error(transparent)]
    Violation(#[from] Violation),
    /// The rows could not be read.
    #[error(transparent)]
    Records(#[from] RecordsError),
}

/// Whether an operation gets its number only when the peer is ready to take one more: it may leave
/// something there that waits for somebody. What settles or lets go does not.
pub fn needs_credit(operation: &Operation) -> bool {
    match operation {
        Operation::Deliver(deliver) => !is_answer(deliver),
        Operation::Listen(_) | Operation::Derive(_) => true,
        Operation::GcExports(_) | Operation::GcAnswers(_) => false,
        Operation::StartSession(_) | Operation::Abort(_) => false,
    }
}

/// Whether a message has the form in which resolvers are told. Both sides must judge alike, so the
/// form alone decides, not what is at the position.
fn is_answer(deliver: &Deliver) -> bool {
    let Deliver { to, message, answer, resolver } = deliver;
    matches!(to, Target::Export(position) if *position != 0)
        && answer.is_none()
        && resolver.is_none()
        && matches!(message.symbol(), Some("fulfill" | "break"))
        && message.values.len() == 2
}

/// Whether an operation goes past what waits: see the top of this file.
fn overtakes(operation: &Operation) -> bool {
    let Operation::Deliver(deliver) = operation else { return false };
    let mut refs = deliver.message.values.iter().flat_map(Value::refs);
    is_answer(deliver) && !refs.any(|named| matches!(named, Descriptor::Answer(_)))
}

impl Link {
    /// A new link of our `ours`, with its row.
    pub fn open(
        id: SessionId,
        parties: Parties,
        ours: Incarnation,
        records: &mut dyn Records,
    ) -> Self {
        let mut link = Self::new(id, parties, LinkRow::new(ours));
        link.allowed = 0;
        link.write(records);
        link
    }

    /// The link that rows hold, if there is one.
    pub fn load(
        id: SessionId,
        parties: Parties,
        records: &dyn ReadRecords,
    ) -> Result<Option<Self>, RecordsError> {
        let row = read(id, records)?;
        Ok(row.map(|row| Self::new(id, parties, row)))
    }

    fn new(id: SessionId, parties: Parties, row: LinkRow) -> Self {
        Self {
            id,
            parties,
            row,
            changed: false,
            marks: VecDeque::new(),
            noted: None,
            more: row.waiting() > 0,
            frames: Vec::new(),
            granted: row.taken,
            told: row.taken,
            // No more is ever given at once, and none before what it counts from is durable.
            allowed: row.taken.saturating_add(limits::CREDIT_MAX),
        }
    }

    /// Reads the row again after a turn that failed. What was acknowledged or granted meanwhile
    /// stays so.
    pub fn forget(&mut self, records: &dyn ReadRecords) -> Result<(), RecordsError> {
        let key = row::single_key(self.id, LINK);
        let before = read(self.id, records)?;
        let before = before.ok_or_else(|| row::damaged(&key, "the link is gone"))?;
        let credit = before.credit.max(self.row.credit);
        self.row = LinkRow { credit, ..before };
        self.changed = false;
        self.marks.clear();
        self.noted = self.noted.filter(|(mark, _)| mark.number > before.acked.number);
        self.more = before.waiting() > 0;
        self.frames.clear();
        Ok(())
    }

    /// Our number for the session.
    pub fn id(&self) -> SessionId {
        self.id
    }

    /// Whose session it is.
    pub fn parties(&self) -> Parties {
        self.parties
    }

    /// Our incarnation.
    pub fn ours(&self) -> Incarnation {
        self.row.ours
    }

    /// The peer's incarnation, once it is known.
    pub fn theirs(&self) -> Option<Incarnation> {
        self.row.theirs
    }

    /// Whether the peer's incarnation is known, so that operations can have numbers.
    pub fn is_established(&self) -> bool {
        self.row.theirs.is_some()
    }

    /// What we have sent.
    pub fn sent(&self) -> Mark {
        self.row.sent
    }

    /// What we have received.
    pub fn received(&self) -> Mark {
        self.row.received
    }

    /// The peer's incarnation is known: the session has its name, and its chains begin. Of a link
    /// that knows it already nothing changes.
    pub fn establish(&mut self, theirs: Incarnation, records: &mut dyn Records) {
        if self.is_established() {
            return;
        }
        let Parties { us, peer } = self.parties;
        let (here, there) = ((us, self.row.ours), (peer, theirs));
        let start = |chain| Mark { number: 0, chain };
        self.row.theirs = Some(theirs);
        self.row.sent = start(Chain::seed(here, there));
        self.row.acked = self.row.sent;
        self.row.received = start(Chain::seed(there, here));
        self.write(records);
    }

    /// Takes an operation for the peer, within the turn that sends it: it gets its number, or waits
    /// for credit.
    pub fn queue(
        &mut self,
        operation: Operation,
        cause: Cause,
        records: &mut dyn Records,
    ) -> Result<(), LinkError> {
        let is_next = self.row.waiting() == 0 && (self.has_credit() || !needs_credit(&operation));
        if self.is_established() && (is_next || overtakes(&operation)) {
            self.number(&operation, cause, records)
        } else {
            self.wait(&operation, cause, records)
        }
    }

    /// The frames of what got its number in this turn, in order. They leave once it is durable.
    pub fn take_frames(&mut self) -> Vec<Bytes> {
        std::mem::take(&mut self.frames)
    }

    /// Writes the row, if this turn has changed it.
    pub fn flush(&mut self, records: &mut dyn Records) {
        if self.changed {
            self.write(records);
        }
    }

    /// Whether an operation that has arrived is the next one. One that is follows the history that
    /// we have received, or proves a fork.
    pub fn receive(&self, number: u64, chain: &Chain) -> Result<Order, LinkError> {
        if !self.is_established() {
            return Err(Violation::BeforeHello.into());
        }
        let received = self.row.received;
        let expected = received.number.saturating_add(1);
        if number < expected {
            if mutation::has(Mutation::ForgetDuplicates) {
                return Ok(Order::Next);
            }
            return Ok(Order::Again);
        }
        if number > expected {
            return Err(LinkError::Gap { number, expected });
        }
        if *chain != received.chain && !mutation::has(Mutation::IgnoreChain) {
            let theirs = Mark { number: received.number, chain: *chain };
            return Err(self.fork(Comparison::OperationDiffers, received, theirs));
        }
        Ok(Order::Next)
    }

    /// An operation that [`Link::receive`] found to be the next one is applied in this turn.
    /// `is_delivery` says whether it [`needs_credit`]; one beyond what we gave is a violation.
    pub fn advance(
        &mut self,
        number: u64,
        cause: &Cause,
        payload: &Bytes,
        is_delivery: bool,
    ) -> Result<(), LinkError> {
        let expected = self.row.received.number.saturating_add(1);
        if number < expected && mutation::has(Mutation::ForgetDuplicates) {
            return Ok(());
        }
        if number != expected {
            return Err(LinkError::Gap { number, expected });
        }
        if is_delivery {
            if self.row.taken >= self.allowed {
                return Err(Violation::Credit(self.allowed).into());
            }
            self.row.taken = self.row.taken.saturating_add(1);
        }
        let chain = self.row.received.chain.after(number, cause, payload);
        self.row.received = Mark { number, chain };
        self.changed = true;
        Ok(())
    }

    /// The operation in the payload of a frame.
    pub fn operation(payload: &Bytes) -> Result<Operation, Violation> {
        match Operation::decode(payload)? {
            Operation::StartSession(_) => Err(Violation::NotDurable("op:start-session")),
            Operation::Abort(_) => Err(Violation::NotDurable("op:abort")),
            operation => Ok(operation),
        }
    }

    /// We are ready to take so many more deliveries, at most [`CREDIT_MAX`](limits::CREDIT_MAX).
    /// What was granted before stays so. True if the peer should be told by an ack now: it may
    /// have nothing left, or half of what it may then send is new to it.
    pub fn grant(&mut self, room: u64) -> bool {
        let room = room.min(limits::CREDIT_MAX);
        self.granted = self.granted.max(self.row.taken.saturating_add(room));
        self.allowed = self.allowed.max(self.granted);
        let fresh = self.granted.saturating_sub(self.told);
        let left = self.told.saturating_sub(self.row.taken);
        let tell = fresh > 0 && (left == 0 || fresh >= room.div_ceil(2));
        if tell {
            self.told = self.granted;
        }
        tell
    }

    /// An ack of what we have received: it leaves once that is durable.
    pub fn ack(&self) -> Bytes {
        Frame::Ack { received: self.row.received, credit: self.granted }.encode()
    }

    /// Our hello for a new carrier. It leaves once what we have received is durable.
    pub fn hello(&self, start: Bytes, location: Option<Bytes>, knock: Option<Knock>) -> Hello {
        let LinkRow { ours, theirs, sent, received, .. } = self.row;
        let (credit, again) = (self.granted, false);
        Hello { ours, theirs, sent, received, credit, start, location, knock, again }
    }

    /// What tells the peer that the session is over.
    pub fn end(&self, why: EndReason, text: impl Into<String>) -> End {
        End {
            ours: self.row.ours,
            theirs: self.row.theirs.unwrap_or(Incarnation([0; 16])),
            why,
            text: text.into(),
            evidence: None,
        }
    }

    /// What tells the peer why the link does not go on, if it is not our own fault.
    pub fn end_for(&self, error: &LinkError) -> Option<End> {
        let why = match error {
            LinkError::Fork(_) => EndReason::Fork,
            LinkError::Unknown => EndReason::Unknown,
            LinkError::Gap { .. } | LinkError::Violation(_) => EndReason::Violation,
            LinkError::Records(_) => return None,
        };
        let evidence = match error {
            LinkError::Fork(evidence) => Some(**evidence),
            _ => None,
        };
        Some(End { evidence, ..self.end(why, error.to_string()) })
    }

    /// How much the outbox holds.
    pub fn backlog(&self) -> Backlog {
        let LinkRow { sent, acked, sent_bytes, acked_bytes, waiting_bytes, .. } = self.row;
        // Acknowledged rows that no turn has deleted yet are nobody's burden.
        let (acked, acked_bytes) = self.noted.unwrap_or((acked, acked_bytes));
        Backlog {
            numbered: sent.number.saturating_sub(acked.number),
            numbered_bytes: sent_bytes.saturating_sub(acked_bytes),
            waiting: self.row.waiting(),
            waiting_bytes,
        }
    }

    /// Deletes the rows of a session's link and keys, as it is severed. Evidence stays.
    pub fn delete_rows(id: SessionId, records: &mut dyn Records) -> Result<(), RecordsError> {
        for part in [row::LINK, row::OUTBOX, row::WAITING, row::IDENTITY, row::KEY] {
            let (from, to) = rows::part_range(id, part);
            loop {
                let batch = records.range(&from, &to, limits::SEVER_ROWS_MAX)?;
                if batch.is_empty() {
                    break;
                }
                for (key, _) in batch {
                    records.delete(key);
                }
            }
        }
        Ok(())
    }

    fn write(&mut self, records: &mut dyn Records) {
        self.changed = false;
        records.put(row::single_key(self.id, LINK), self.row.to_row());
    }

    fn has_credit(&self) -> bool {
        self.row.spent < self.row.credit
    }

    /// Gives an operation its number: a row until it is acknowledged, and a frame.
    fn number(
        &mut self,
        operation: &Operation,
        cause: Cause,
        records: &mut dyn Records,
    ) -> Result<(), LinkError> {
        let Mark { number, chain } = self.row.sent;
        let number = number.saturating_add(1);
        let key = rows::key(self.id, OUTBOX, number);
        let bytes_before = self.row.sent_bytes;
        let numbered = Numbered { chain, bytes_before, cause };
        let row = row::outbox_row(&numbered, &row::operation_row(&key, operation)?);
        let (frame, after) = operation_frame(number, &numbered, operation);
        self.row.sent = Mark { number, chain: after };
        self.row.sent_bytes = bytes_before.saturating_add(row::length(&row.bytes));
        if needs_credit(operation) {
            self.row.spent = self.row.spent.saturating_add(1);
        }
        if self.marks.len() >= limits::OUTBOX_MARKS_MAX {
            self.marks.pop_front();
        }
        self.marks.push_back((chain, bytes_before));
        self.frames.push(frame);
        self.changed = true;
        if !mutation::has(Mutation::ForgetOutbox) {
            records.put(key, row);
        }
        Ok(())
    }

    fn wait(
        &mut self,
        operation: &Operation,
        cause: Cause,
        records: &mut dyn Records,
    ) -> Result<(), LinkError> {
        let key = rows::key(self.id, WAITING, self.row.waiting_to);
        let row: Row = row::waiting_row(&cause, &row::operation_row(&key, operation)?);
        let length = row::length(&row.bytes);
        self.row.waiting_bytes = self.row.waiting_bytes.saturating_add(length);
        self.row.waiting_to = self.row.waiting_to.saturating_add(1);
        self.changed = true;
        records.put(key, row);
        Ok(())
    }

    fn fork(&self, what: Comparison, ours: Mark, theirs: Mark) -> LinkError {
        let nobody = Incarnation([0; 16]);
        LinkError::Fork(Box::new(Evidence {
            what,
            ours,
            theirs,
            our_incarnation: self.row.ours,
            their_incarnation: self.row.theirs.unwrap_or(nobody),
        }))
    }
}

fn read(id: SessionId, records: &dyn ReadRecords) -> Result<Option<LinkRow>, RecordsError> {
    let key = row::single_key(id, LINK);
    records.get(&key)?.map(|bytes| LinkRow::read(&key, &bytes)).transpose()
}

/// The frame of an operation, in one piece of memory, and the chain after it.
fn operation_frame(number: u64, numbered: &Numbered, operation: &Operation) -> (Bytes, Chain) {
    let Numbered { chain, cause, .. } = numbered;
    let mut out = frame::operation_header(number, chain, cause, 256);
    let header = out.len();
    operation.encode_to(Dialect::default(), &mut out);
    let after = chain.after(number, cause, out.get(header..).unwrap_or_default());
    (out.into(), after)
}
