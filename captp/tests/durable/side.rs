//! One side of a link over rows in memory, with what its tests need.

use bytes::Bytes;
use hogshead_captp::descriptor::Import;
use hogshead_captp::durable::{
    Cause, Frame, Hello, Incarnation, Link, LinkError, Order, Parties, needs_credit,
};
use hogshead_captp::operation::Deliver;
use hogshead_captp::testing::{MemoryRecords, key};
use hogshead_captp::{Operation, Target};
use hogshead_objects::ids::{SessionId, VatId};
use hogshead_objects::{Message, Value};

pub const ID: SessionId = SessionId(5);

/// A link and its rows. A clone is a copy of the store.
#[derive(Clone)]
pub struct Side {
    pub parties: Parties,
    pub rows: MemoryRecords,
    /// What was applied, as the numbers that [`tell`] put in.
    pub applied: Vec<u64>,
}

pub fn vat(seed: u8) -> VatId {
    VatId::from(key(seed).verifying_key())
}

/// A message that needs credit.
pub fn tell(number: u64) -> Operation {
    deliver(Message::new("tell", [Value::Int(number.into())]))
}

/// An answer, which needs none.
pub fn fulfill(number: u64) -> Operation {
    deliver(Message::new("fulfill", [Value::Int(number.into())]))
}

pub fn deliver(message: Message<hogshead_captp::Descriptor>) -> Operation {
    let to = Target::Export(1);
    Operation::Deliver(Deliver { to, message, answer: None, resolver: None::<Import> })
}

/// The number that [`tell`] or [`fulfill`] put in.
pub fn number_of(operation: &Operation) -> u64 {
    match operation {
        Operation::Deliver(deliver) => match deliver.message.values.last() {
            Some(Value::Int(number)) => number.to_u64().unwrap(),
            other => panic!("{other:?} is no number"),
        },
        other => panic!("{other:?} is no message"),
    }
}

impl Side {
    /// Two sides, each with its link opened, which do not know each other yet.
    pub fn pair() -> ([Self; 2], [Link; 2]) {
        let [one, two] = [1, 2].map(vat);
        let mut links = Vec::new();
        let sides = [(one, two, 1), (two, one, 2)].map(|(us, peer, seed)| {
            let mut rows = MemoryRecords::default();
            let parties = Parties { us, peer };
            links.push(Link::open(ID, parties, Incarnation([seed; 16]), &mut rows));
            Self { parties, rows, applied: Vec::new() }
        });
        (sides, links.try_into().unwrap())
    }

    /// Two sides that have exchanged hellos and given each other so much credit.
    pub fn joined(credit: u64) -> ([Self; 2], [Link; 2]) {
        let (mut sides, mut links) = Self::pair();
        for link in &mut links {
            link.grant(credit);
        }
        meet(&mut sides, &mut links).unwrap();
        (sides, links)
    }

    /// The link as the rows have it.
    pub fn link(&self) -> Link {
        Link::load(ID, self.parties, &self.rows).unwrap().expect("there is one")
    }

    /// A turn that sends.
    pub fn send(&mut self, link: &mut Link, operation: Operation) -> Vec<Bytes> {
        link.queue(operation, Cause([7; 16]), &mut self.rows).unwrap();
        self.end_turn(link)
    }

    /// A turn that settles what was acknowledged.
    pub fn settle(&mut self, link: &mut Link) -> Vec<Bytes> {
        link.settle_acks(&mut self.rows).unwrap();
        self.end_turn(link)
    }

    fn end_turn(&mut self, link: &mut Link) -> Vec<Bytes> {
        link.flush(&mut self.rows);
        link.take_frames()
    }

    /// What arrives is applied in a turn, or noted; tells whether a turn is wanted.
    pub fn take(&mut self, link: &mut Link, frame: &Bytes) -> Result<bool, LinkError> {
        match Frame::decode(frame)? {
            Frame::Operation { number, chain, cause, payload } => {
                if link.receive(number, &chain)? == Order::Next {
                    let operation = Link::operation(&payload)?;
                    link.advance(number, &cause, &payload, needs_credit(&operation))?;
                    link.flush(&mut self.rows);
                    self.applied.push(number_of(&operation));
                }
                Ok(false)
            }
            Frame::Ack { received, credit } => link.note_ack(received, credit, &self.rows),
            Frame::Hello(hello) => {
                link.resume(&hello, &mut self.rows)?;
                link.flush(&mut self.rows);
                Ok(false)
            }
            other => panic!("{other:?}"),
        }
    }
}

pub fn hello(link: &Link) -> Hello {
    link.hello(Bytes::from_static(b"start"), None, None)
}

/// Both sides say hello on a new carrier. Gives what the first one that sees a fork says.
pub fn meet(sides: &mut [Side; 2], links: &mut [Link; 2]) -> Result<(), LinkError> {
    let hellos = links.each_ref().map(hello);
    let [one, two] = links;
    let [here, there] = sides;
    let [from_one, from_two] = hellos;
    // The second side answers, so it hears the first hello before it says its own.
    two.resume(&from_one, &mut there.rows)?;
    two.flush(&mut there.rows);
    let answer = if from_two.theirs.is_none() { hello(two) } else { from_two };
    one.resume(&answer, &mut here.rows)?;
    one.flush(&mut here.rows);
    Ok(())
}
