//! Handoffs for a fuzzer, which cannot sign: it says what is to be certified, and how falsely.
//!
//! ```text
//!   'H' kind gift count spoil
//!        │    │    │     └ bits: whose signature, session, side or form is wrong
//!        │    │    └ the handoff count, the minutes that pass, or the exporter
//!        │    └ the gift's id
//!        └ who does what: see `Notary::act`
//! ```

use std::sync::LazyLock;

use bytes::Bytes;
use hogshead_objects::ids::{SessionId, Timestamp};
use hogshead_objects::{Class, Error, Message, Value};

use crate::crypto::{PublicId, PublicKey, SessionHash, Signature};
use crate::descriptor::{
    Certificate, Descriptor, Envelope, HandoffGive, HandoffReceive, Import, Target,
};
use crate::handoff::{Identity, expire_gifts};
use crate::operation::{Deliver, Operation};
use crate::session::Violation;
use crate::syrup::write;
use crate::testing::{FakeVat, key, locator};

/// Certifies what Alice and Bob say to Carol, the vat that is tried.
#[derive(Default)]
pub(super) struct Notary {
    acts: u64,
    minutes: u64,
}

/// What a fuzzer's octets ask for.
#[derive(Clone, Copy)]
struct Wish {
    kind: u8,
    gift: u8,
    count: u8,
    spoil: u8,
}

pub(super) const BOB: SessionId = SessionId(2);
pub(super) const ALICE: SessionId = SessionId(3);

/// Seeds of keys: each side of each of the three sessions has one.
const CAROL_WITH_BOB: u8 = 12;
const BOB_WITH_CAROL: u8 = 21;
const CAROL_WITH_ALICE: u8 = 13;
const ALICE_WITH_CAROL: u8 = 31;
const BOB_WITH_ALICE: u8 = 23;

/// Who is on the two sides of a session of Carol's. Keys take longer than a short run, so they
/// are made once.
pub(super) fn identity(id: SessionId) -> Identity {
    static IDENTITIES: LazyLock<[Identity; 2]> = LazyLock::new(|| {
        [(CAROL_WITH_BOB, BOB_WITH_CAROL, "bob"), (CAROL_WITH_ALICE, ALICE_WITH_CAROL, "alice")]
            .map(|(ours, theirs, name)| Identity {
                key: key(ours),
                location: locator("carol"),
                peer: locator(name),
                peer_key: public(theirs),
            })
    });
    let [bob, alice] = &*IDENTITIES;
    if id == ALICE { alice.clone() } else { bob.clone() }
}

impl Notary {
    /// Does what octets ask for, if they do: `None` if they are an operation's.
    pub fn act(&mut self, octets: &[u8], vat: &mut FakeVat) -> Option<Result<(), Violation>> {
        let [b'H', kind, gift, count, spoil] = *octets else { return None };
        self.acts = self.acts.saturating_add(1);
        let wish = Wish { kind, gift, count, spoil };
        match wish.kind % 8 {
            0 => drop(vat.apply(ALICE, self.deposit(wish, Descriptor::Export(1)))),
            1 => return Some(vat.apply(BOB, self.withdraw(wish))),
            2 => return Some(vat.apply(BOB, self.give(wish))),
            3 => {
                let own = Descriptor::ImportObject(self.acts.saturating_add(1000));
                let gift = if wish.count.is_multiple_of(2) { own } else { Descriptor::Export(1) };
                return Some(vat.apply(BOB, self.deposit(wish, gift)));
            }
            // What Alice leaves in the cell Bob takes out of it: a handoff of our own.
            4 => {
                let own = Value::Ref(Descriptor::ImportObject(wish.gift.into()));
                drop(vat.apply(ALICE, self.tell(Target::Export(2), vec![own])));
            }
            5 => {
                let cell = Value::Bytes(Bytes::from_static(b"cell"));
                let fetch = Message::new("fetch", [cell]);
                let fetched = vat.apply(BOB, self.ask(Target::Export(0), fetch));
                let taken = self.ask(Target::Answer(self.position()), Message::apply(vec![]));
                return Some(fetched.and_then(|()| vat.apply(BOB, taken)));
            }
            6 => {
                self.minutes = self.minutes.saturating_add(wish.count.into());
                let now = Timestamp(self.minutes.saturating_mul(60_000));
                let expired = vat.turn(|heap| {
                    heap.set_now(now);
                    expire_gifts(heap)
                });
                assert_eq!(expired, Ok(()), "memory does not fail");
            }
            _ => vat.sever(ALICE, &Error::new(Class::Severed, "the gifter went")),
        }
        Some(Ok(()))
    }

    /// An answer position and a resolver that nothing else uses.
    fn position(&self) -> u64 {
        self.acts.saturating_add(1_000_000)
    }

    fn ask(&self, to: Target, message: Message<Descriptor>) -> Operation {
        let (answer, resolver) = match to {
            Target::Answer(_) => (None, Some(Import::Object(self.position()))),
            Target::Export(_) => (Some(self.position()), None),
        };
        Operation::Deliver(Deliver { to, message, answer, resolver })
    }

    fn tell(&self, to: Target, values: Vec<Value<Descriptor>>) -> Operation {
        let message = Message::apply(values);
        Operation::Deliver(Deliver { to, message, answer: None, resolver: None })
    }

    fn deposit(&self, wish: Wish, gift: Descriptor) -> Operation {
        let values = [Value::Bytes(gift_id(wish)), Value::Ref(gift)];
        self.ask(Target::Export(0), Message::new("deposit-gift", values))
    }

    fn withdraw(&self, wish: Wish) -> Operation {
        let gifter = if wish.is_spoilt(0) { BOB_WITH_ALICE } else { ALICE_WITH_CAROL };
        let give = HandoffGive {
            receiver: public(BOB_WITH_ALICE),
            exporter: locator("carol"),
            session: session(ALICE_WITH_CAROL, CAROL_WITH_ALICE),
            gifter: side(if wish.is_spoilt(4) { CAROL_WITH_ALICE } else { ALICE_WITH_CAROL }),
            gift: gift_id(wish),
        };
        let give_signature = sign(gifter, |octets| write::handoff_give(octets, &give));
        let other = if wish.is_spoilt(2) { ALICE_WITH_CAROL } else { BOB_WITH_CAROL };
        let receive = HandoffReceive {
            session: session(other, CAROL_WITH_BOB),
            receiver: side(if wish.is_spoilt(3) { CAROL_WITH_BOB } else { BOB_WITH_CAROL }),
            count: wish.count.into(),
            give,
            give_signature,
        };
        let receiver = if wish.is_spoilt(1) { ALICE_WITH_CAROL } else { BOB_WITH_ALICE };
        let signature = sign(receiver, |octets| write::handoff_receive(octets, &receive));
        let certificate = match wish.is_spoilt(5) {
            true => Descriptor::Given(Box::new(receive.give)),
            false => envelope(Certificate::Receive(receive), signature),
        };
        let message = Message::new("withdraw-gift", [Value::Ref(certificate)]);
        self.ask(Target::Export(0), message)
    }

    /// Bob gives Carol something: of her own, of Alice, or of somebody whom nobody reaches.
    fn give(&self, wish: Wish) -> Operation {
        let exporter = ["carol", "alice", "dave"].get(usize::from(wish.count % 3));
        let receiver = if wish.is_spoilt(1) { CAROL_WITH_ALICE } else { CAROL_WITH_BOB };
        let give = HandoffGive {
            receiver: public(receiver),
            exporter: locator(exporter.copied().unwrap_or_default()),
            session: session(BOB_WITH_CAROL, CAROL_WITH_BOB),
            gifter: side(BOB_WITH_CAROL),
            gift: gift_id(wish),
        };
        let gifter = if wish.is_spoilt(0) { BOB_WITH_ALICE } else { BOB_WITH_CAROL };
        let signature = sign(gifter, |octets| write::handoff_give(octets, &give));
        let certificate = match wish.is_spoilt(5) {
            true => Descriptor::Given(Box::new(give)),
            false => envelope(Certificate::Give(give), signature),
        };
        self.tell(Target::Export(1), vec![Value::Ref(certificate)])
    }
}

impl Wish {
    fn is_spoilt(self, bit: u8) -> bool {
        // One in four is spoilt at all, so that the honest paths are walked as well.
        self.spoil >= 192 && self.spoil & (1 << (bit % 6)) != 0
    }
}

fn gift_id(wish: Wish) -> Bytes {
    Bytes::copy_from_slice(&[wish.gift % 8])
}

fn public(seed: u8) -> PublicKey {
    PublicKey::from(key(seed).verifying_key())
}

fn side(seed: u8) -> PublicId {
    public(seed).id()
}

fn session(one: u8, other: u8) -> SessionHash {
    SessionHash::new(side(one), side(other))
}

fn sign(seed: u8, write: impl FnOnce(&mut Vec<u8>)) -> Signature {
    let mut octets = Vec::new();
    write(&mut octets);
    Signature::sign(&key(seed), &octets)
}

fn envelope(signed: Certificate, signature: Signature) -> Descriptor {
    Descriptor::Signed(Box::new(Envelope { signed, signature }))
}
