//! Certificates made by hand, honest or spoilt, and what Carol answers to them.

use bytes::Bytes;
use hogshead_captp::crypto::{PublicId, PublicKey, SessionHash, Signature};
use hogshead_captp::descriptor::{Certificate, Envelope, HandoffGive, HandoffReceive};
use hogshead_captp::operation::Deliver;
use hogshead_captp::syrup::write;
use hogshead_captp::testing::{Sent, key, locator};
use hogshead_captp::{Descriptor, Import, Operation, Target};

use super::*;

/// Where Bob's resolvers are, none twice.
const RESOLVERS: u64 = 1000;

/// Certificates as an honest Alice and an honest Bob make them, to be spoilt.
pub struct Forger {
    pub give: HandoffGive,
    /// Signs the give.
    pub gifter: u8,
    pub session: SessionHash,
    pub side: PublicId,
    pub count: u64,
    /// Signs the receive.
    pub receiver: u8,
}

impl Forger {
    pub fn new() -> Self {
        let (alice, bob) = (id(ALICE, CAROL), id(BOB, CAROL));
        let give = HandoffGive {
            receiver: public(BOB, ALICE),
            exporter: locator("carol"),
            session: SessionHash::new(alice, id(CAROL, ALICE)),
            gifter: alice,
            gift: Bytes::from_static(b"my-gift"),
        };
        Self {
            give,
            gifter: seed(ALICE, CAROL),
            session: SessionHash::new(bob, id(CAROL, BOB)),
            side: bob,
            count: 0,
            receiver: seed(BOB, ALICE),
        }
    }

    pub fn signed_give(&self) -> (HandoffGive, Signature) {
        let mut octets = Vec::new();
        write::handoff_give(&mut octets, &self.give);
        (self.give.clone(), Signature::sign(&key(self.gifter), &octets))
    }

    pub fn give(&self) -> Descriptor {
        let (give, signature) = self.signed_give();
        Descriptor::Signed(Box::new(Envelope { signed: Certificate::Give(give), signature }))
    }

    pub fn receive(&self) -> Descriptor {
        let (give, give_signature) = self.signed_give();
        let receive = HandoffReceive {
            session: self.session,
            receiver: self.side,
            count: self.count,
            give,
            give_signature,
        };
        let mut octets = Vec::new();
        write::handoff_receive(&mut octets, &receive);
        let signature = Signature::sign(&key(self.receiver), &octets);
        Descriptor::Signed(Box::new(Envelope { signed: Certificate::Receive(receive), signature }))
    }
}

pub fn seed(us: usize, them: usize) -> u8 {
    u8::try_from(Trio::session(us, them).0).unwrap()
}

pub fn public(us: usize, them: usize) -> PublicKey {
    PublicKey::from(key(seed(us, them)).verifying_key())
}

pub fn id(us: usize, them: usize) -> PublicId {
    public(us, them).id()
}

/// Three vats with plain sessions; Alice has an object of Carol's that she may give.
pub fn ready(limits: Limits) -> (Trio, Ref) {
    let mut trio = Trio::plain(limits);
    let echo = fetch_echo(&mut trio, CAROL, ALICE);
    (trio, echo)
}

/// Alice deposits a gift by hand.
pub fn deposit(trio: &mut Trio, gift: &'static [u8], reference: Ref) -> Result<Value> {
    let answer = ask_deposit(trio, gift, reference);
    trio.run().unwrap();
    outcome(trio, ALICE, answer)
}

pub fn ask_deposit(trio: &mut Trio, gift: &'static [u8], reference: Ref) -> PromiseId {
    trio.vats[ALICE]
        .session_turn(Trio::session(ALICE, CAROL), |session, heap| {
            let bootstrap = session.bootstrap(heap).unwrap();
            let values = [Value::Bytes(gift.into()), Value::Ref(reference)];
            heap.ask(bootstrap, Message::new("deposit-gift", values))
        })
        .unwrap()
}

/// Bob sends Carol a withdrawal by hand; gives where its outcome is told.
pub fn send_withdrawal(trio: &mut Trio, values: Vec<Value<Descriptor>>, nth: u64) -> u64 {
    let mut message = Message::new("withdraw-gift", []);
    message.values.extend(values);
    let resolver = RESOLVERS + nth;
    let operation = Operation::Deliver(Deliver {
        to: Target::Export(0),
        message,
        answer: Some(7000 + nth),
        resolver: Some(Import::Object(resolver)),
    });
    trio.vats[CAROL].apply(Trio::session(CAROL, BOB), operation).unwrap();
    resolver
}

/// What Carol has told a resolver of Bob's, if she has: fulfilled or broken, and with what.
pub fn told(trio: &mut Trio, resolver: u64) -> Option<std::result::Result<(), String>> {
    // Bob himself must not hear it: he would not know the resolver.
    let sent: Vec<_> = trio.vats[CAROL].sent(Trio::session(CAROL, BOB)).drain(..).collect();
    let mut told = None;
    for sent in &sent {
        let Sent::Frame(frame) = sent else { continue };
        let Ok(Operation::Deliver(deliver)) = Operation::decode(frame) else { continue };
        if deliver.to != Target::Export(resolver) {
            continue;
        }
        assert!(told.is_none(), "told twice");
        told = Some(match (deliver.message.symbol(), deliver.message.values.get(1)) {
            (Some("fulfill"), Some(Value::Ref(_))) => Ok(()),
            (Some("break"), Some(Value::Error(error))) => Err(error.message.clone()),
            other => panic!("{other:?}"),
        });
    }
    told
}
