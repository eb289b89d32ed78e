//! Frames of durable sessions and one side of one, for a fuzzer, which cannot hash: it says what
//! arrives, and how wrong its marks are.
//!
//! ```text
//!   step = kind u8, how wrong u8, length u8, octets
//!   'F' a frame as it is      'O' an operation after all before    'A' an ack    'H' a hello
//!   'Q' we send               'S' we settle                        'G' we grant
//!   'L' the process ends, rows are left        'X' the last step was of a turn that failed
//! ```

use std::sync::LazyLock;

use bytes::Bytes;
use hogshead_objects::ids::{SessionId, VatId};
use hogshead_objects::{Message, Value};

use crate::descriptor::{Descriptor, Target};
use crate::durable::{
    Cause, Chain, Frame, Hello, Incarnation, Link, LinkError, Mark, Order, Parties, needs_credit,
};
use crate::operation::{Deliver, GcExport, Operation};
use crate::testing::{MemoryRecords, key};

const ID: SessionId = SessionId(3);
const OURS: Incarnation = Incarnation([1; 16]);
const THEIRS: Incarnation = Incarnation([2; 16]);

/// Any octets decode to a frame or an error, and what was read is read again as it is written.
pub fn fuzz_frame(data: &[u8]) {
    let Ok(frame) = Frame::decode(&Bytes::copy_from_slice(data)) else { return };
    let octets = frame.encode();
    assert_eq!(Frame::decode(&octets).as_ref(), Ok(&frame));
    assert!(octets.len() <= data.len(), "only what nobody knows is left out");
}

/// A peer that says anything at all cannot make a link lose count of what it has.
///
/// Gives the number of steps that were taken, which tells how deep a generator reaches.
pub fn fuzz_link(data: &[u8]) -> usize {
    fuzz_frame(data);
    let mut tried = Tried::new();
    let (mut taken, mut rest): (usize, _) = (0, data);
    while let Some(([kind, wrong, length], after)) = rest.split_first_chunk::<3>() {
        let (octets, after) = after.split_at(usize::from(*length).min(after.len()));
        rest = after;
        match tried.step(*kind, *wrong, octets) {
            Ok(()) => taken = taken.saturating_add(1),
            Err(LinkError::Records(error)) => unreachable!("our own rows are read: {error}"),
            // The session is over.
            Err(_) => break,
        }
        tried.check();
    }
    taken
}

/// A link, its rows, and every chain that it has had.
struct Tried {
    link: Link,
    rows: MemoryRecords,
    before: MemoryRecords,
    chains: Vec<Chain>,
}

impl Tried {
    /// Keys take longer than a short run, so they are made once.
    fn parties() -> Parties {
        static PARTIES: LazyLock<Parties> = LazyLock::new(|| {
            let vat = |seed| VatId::from(key(seed).verifying_key());
            Parties { us: vat(1), peer: vat(2) }
        });
        *PARTIES
    }

    fn new() -> Self {
        let mut rows = MemoryRecords::default();
        let mut link = Link::open(ID, Self::parties(), OURS, &mut rows);
        link.establish(THEIRS, &mut rows);
        link.grant(4);
        let chains = vec![link.sent().chain];
        Self { link, before: rows.clone(), rows, chains }
    }

    fn step(&mut self, kind: u8, wrong: u8, octets: &[u8]) -> Result<(), LinkError> {
        let octets = Bytes::copy_from_slice(octets);
        let before = self.rows.clone();
        match kind {
            b'F' => self.hear(Frame::decode(&octets)?)?,
            b'O' => self.hear(self.operation(wrong, octets))?,
            b'A' => {
                let (received, credit) = (self.mark(wrong, &octets), number(&octets));
                self.hear(Frame::Ack { received, credit })?;
            }
            b'H' => self.hear(Frame::Hello(Box::new(self.hello(wrong, &octets))))?,
            b'Q' => {
                let cause = Cause([wrong; 16]);
                self.link.queue(ours(wrong, &octets), cause, &mut self.rows)?;
            }
            b'S' => self.link.settle_acks(&mut self.rows)?,
            b'G' => {
                self.link.grant(number(&octets));
            }
            b'L' => self.reload(),
            b'X' => {
                self.rows = self.before.clone();
                self.link.forget(&self.rows)?;
            }
            _ => {}
        }
        self.link.flush(&mut self.rows);
        self.note_sent();
        self.before = before;
        Ok(())
    }

    fn hear(&mut self, frame: Frame) -> Result<(), LinkError> {
        match frame {
            Frame::Hello(hello) => self.link.resume(&hello, &mut self.rows),
            Frame::Operation { number, chain, cause, payload } => {
                if self.link.receive(number, &chain)? == Order::Again {
                    return Ok(());
                }
                let operation = Link::operation(&payload)?;
                self.link.advance(number, &cause, &payload, needs_credit(&operation))
            }
            Frame::Ack { received, credit } => {
                if self.link.note_ack(received, credit, &self.rows)? {
                    self.link.settle_acks(&mut self.rows)?;
                }
                Ok(())
            }
            Frame::End(_) | Frame::Declined { .. } => Ok(()),
        }
    }

    /// What the peer says next, unless it is wrong about that.
    fn operation(&self, wrong: u8, octets: Bytes) -> Frame {
        let Mark { number, chain } = self.link.received();
        let number = match wrong & 3 {
            3 => number,
            2 if wrong > 128 => number.saturating_add(2),
            _ => number.saturating_add(1),
        };
        let chain = if wrong == u8::MAX { Chain::NONE } else { chain };
        let payload = match octets.is_empty() {
            true => ours(wrong, &octets).encode(Default::default()),
            false => octets,
        };
        Frame::Operation { number, chain, cause: Cause([wrong; 16]), payload }
    }

    /// What the peer has received: something that was sent, or nothing that ever was.
    fn mark(&self, wrong: u8, octets: &[u8]) -> Mark {
        let count = u64::try_from(self.chains.len()).unwrap_or(u64::MAX);
        let number = match wrong {
            255 => number(octets),
            _ => u64::from(wrong).checked_rem(count).unwrap_or(0),
        };
        let known = usize::try_from(number).ok().and_then(|number| self.chains.get(number));
        let chain = known.copied().filter(|_| wrong != 254).unwrap_or(Chain::NONE);
        Mark { number, chain }
    }

    fn hello(&self, wrong: u8, octets: &[u8]) -> Hello {
        let last = u8::try_from(self.chains.len().saturating_sub(1)).unwrap_or(253);
        Hello {
            ours: if wrong == 253 { OURS } else { THEIRS },
            theirs: (wrong != 252).then_some(OURS),
            sent: if wrong == 251 { Mark::NONE } else { self.link.received() },
            received: self.mark(last.saturating_sub(wrong & 3), octets),
            credit: number(octets),
            start: Bytes::new(),
            location: None,
            knock: None,
            again: false,
        }
    }

    /// What is sent now has chains that follow those that were.
    fn note_sent(&mut self) {
        // After a turn that failed there are numbers that will be given again.
        let sent = self.link.sent();
        let length = usize::try_from(sent.number).unwrap_or(usize::MAX);
        self.chains.truncate(length);
        let _ = self.link.take_frames();
        let known = u64::try_from(self.chains.len()).unwrap_or(u64::MAX).saturating_sub(1);
        let resent = self.link.resend(known, usize::MAX, &self.rows);
        let (frames, more) = resent.expect("our own rows are read");
        assert_eq!(more, None);
        for frame in frames {
            let Ok(Frame::Operation { number, chain, cause, payload }) = Frame::decode(&frame)
            else {
                unreachable!("we send what can be read")
            };
            let at = usize::try_from(number).unwrap_or(usize::MAX);
            if let Some(before) = at.checked_sub(1).and_then(|at| self.chains.get(at)) {
                assert_eq!(*before, chain);
            }
            assert!(Link::operation(&payload).is_ok());
            if at == self.chains.len() {
                self.chains.push(chain.after(number, &cause, &payload));
            }
        }
        if self.chains.len() == length {
            self.chains.push(sent.chain);
        }
    }

    fn reload(&mut self) {
        let link = Link::load(ID, Self::parties(), &self.rows).expect("our own rows are read");
        self.link = link.expect("it is there");
    }

    /// Memory and rows say the same, and there are as many rows as the link says.
    fn check(&self) {
        let loaded = Link::load(ID, Self::parties(), &self.rows).expect("our own rows are read");
        let loaded = loaded.expect("it is there");
        assert_eq!((loaded.sent(), loaded.received()), (self.link.sent(), self.link.received()));
        let (here, there) = (self.link.backlog(), loaded.backlog());
        assert!(here.numbered <= there.numbered && here.waiting == there.waiting);
        let rows = u64::try_from(self.rows.len()).unwrap_or(u64::MAX);
        assert_eq!(rows, there.rows().saturating_add(1), "{:?}", self.rows);
    }
}

fn ours(which: u8, octets: &[u8]) -> Operation {
    let to = Target::Export(u64::from(which).saturating_add(1));
    let value = Value::Bytes(Bytes::copy_from_slice(octets));
    let message = match which % 4 {
        0 => Message::new("fulfill", [value]),
        1 => Message::new("fulfill", [Value::Ref(Descriptor::Answer(7))]),
        2 => {
            let position = u64::from(which);
            return Operation::GcExports(vec![GcExport { position, delta: 1 }]);
        }
        _ => Message::new("tell", [value]),
    };
    Operation::Deliver(Deliver { to, message, answer: None, resolver: None })
}

/// A number that octets spell: small ones as a rule.
fn number(octets: &[u8]) -> u64 {
    octets.iter().take(8).fold(0, |all, octet| (all << 8) | u64::from(*octet))
}
