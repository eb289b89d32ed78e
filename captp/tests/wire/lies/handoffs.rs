//! Lies of receivers: whoever wants a gift that is not theirs.

use std::collections::BTreeMap;

use bytes::Bytes;
use hogshead_captp::Limits;
use hogshead_objects::ids::SessionId;
use hogshead_objects::{Class, Error, Ref};

use super::rows;
use crate::raw::certificates::{Give, Receive, deposit, withdraw};
use crate::raw::{NEW, Raw, Side, broken, cat, fulfilled, given_back};

/// We export. The first peer, Mallory, lies; Alice has deposited `my-gift` for Carol, who is
/// honest.
struct Thief {
    raw: Raw,
    mallory: Side,
    alice: Side,
    carol: Side,
    to_alice: SessionId,
    to_carol: SessionId,
    /// The key that Carol has in her session with Alice.
    receiver: Side,
    rows: Vec<(Bytes, Bytes)>,
    held: BTreeMap<Ref, u64>,
}

impl Thief {
    /// Mallory is a stranger, or a peer that has something of ours already.
    fn new(is_stranger: bool) -> Self {
        let mut raw = Raw::unjoined();
        let sides = [Side::new(9, "mallory"), Side::new(1, "alice"), Side::new(3, "carol")];
        for (n, side) in (1..).zip(&sides) {
            raw.join(n, side, NEW, Limits::default());
        }
        let [mallory, alice, carol] = sides;
        let (to_alice, to_carol) = (SessionId(2), SessionId(3));
        let gift = raw.add(|_, _| Ok(hogshead_objects::Value::from("the gift")));
        let gift = raw.offer_on(to_alice, gift);
        let says = deposit(b"my-gift", &format!("<11'desc:export{gift}+>"));
        raw.say_on(to_alice, says).expect("a deposit");
        let receiver = Side::new(77, "carol");
        let (rows, held) = (rows(&raw), raw.vat.heap.held().clone());
        if !is_stranger {
            raw.echo();
        }
        Self { raw, mallory, alice, carol, to_alice, to_carol, receiver, rows, held }
    }

    fn give(&self) -> Give {
        Give {
            receiver: self.receiver.clone(),
            exporter: Side::ours(self.to_alice).location(),
            session: self.alice.session(&Side::ours(self.to_alice)),
            gifter: self.alice.public_id(),
            gift: b"my-gift".to_vec(),
        }
    }

    /// What Mallory can say of her own session.
    fn receive(&self, give: Vec<u8>) -> Receive {
        Receive {
            session: self.mallory.session(&Side::ours(self.raw.id)),
            side: self.mallory.public_id(),
            count: "0+".to_owned(),
            give,
        }
    }

    /// Mallory withdraws; what she hears at resolver 51.
    #[track_caller]
    fn withdraws(&mut self, certificate: &[u8], answer: u64) -> Vec<String> {
        self.raw.say(withdraw(certificate, answer, 51)).expect("it is no violation");
        self.raw.heard()
    }

    /// Nobody has noticed, and Carol gets her gift.
    #[track_caller]
    fn after(mut self) {
        let id = self.raw.id;
        self.raw.vat.sever(id, &Error::new(Class::Severed, "the story is over"));
        for other in [self.to_alice, self.to_carol] {
            assert_eq!(self.raw.heard_on(other), [""; 0], "somebody else heard of it");
        }
        assert_eq!(*self.raw.vat.heap.held(), self.held, "what the sessions hold");
        assert_eq!(rows(&self.raw), self.rows, "the rows of the sessions, and the gift");
        let honest = Receive {
            session: self.carol.session(&Side::ours(self.to_carol)),
            side: self.carol.public_id(),
            ..self.receive(self.give().signed(&self.alice))
        };
        let says = withdraw(&honest.signed(&self.receiver), 1, 60);
        self.raw.say_on(self.to_carol, says).expect("it is Carol's");
        let heard = self.raw.heard_on(self.to_carol);
        assert_eq!(heard[0], fulfilled(60, "<18'desc:import-object1+>"));
    }
}

/// The lie is told as a stranger and as a peer; Mallory's promise breaks for this reason.
#[track_caller]
fn breaks(why: &str, lie: fn(&Thief) -> Vec<u8>) {
    for is_stranger in [true, false] {
        let mut thief = Thief::new(is_stranger);
        let certificate = lie(&thief);
        assert_eq!(thief.withdraws(&certificate, 7), [broken(51, why), given_back(51)]);
        if is_stranger {
            assert_eq!(rows(&thief.raw), thief.rows, "a stranger leaves no row");
        }
        thief.after();
    }
}

/// A give that another than the gifter signed. Sees: its promise is broken, "the gifter's signature
/// is not valid". Stays: the gift; a stranger leaves no row.
#[test]
fn a_give_signed_by_another_key() {
    breaks("refused: the gifter's signature is not valid", |thief| {
        let give = Give { receiver: thief.mallory.clone(), ..thief.give() };
        thief.receive(give.signed(&thief.mallory)).signed(&thief.mallory)
    });
}

/// A give changed after it was signed: Mallory in Carol's place. Sees: its promise is broken, "the
/// gifter's signature is not valid". Stays: the gift.
#[test]
fn a_give_that_was_changed() {
    breaks("refused: the gifter's signature is not valid", |thief| {
        let honest = thief.give();
        let changed = Give { receiver: thief.mallory.clone(), ..honest.clone() };
        let signature = thief.alice.sign(&honest.octets());
        let envelope = cat(&[b"<17'desc:sig-envelope", &changed.octets(), &signature, b">"]);
        thief.receive(envelope).signed(&thief.mallory)
    });
}

/// A withdrawal on behalf of the receiver: her give, Mallory's session and signature. Sees: its
/// promise is broken, "the receiver's signature is not valid". Stays: the gift.
#[test]
fn a_withdrawal_on_behalf_of_another() {
    breaks("refused: the receiver's signature is not valid", |thief| {
        thief.receive(thief.give().signed(&thief.alice)).signed(&thief.mallory)
    });
}

/// The receiver's own certificate, overheard and said in Mallory's session. Sees: its promise is
/// broken, "the certificate is for another session or side". Stays: the gift.
#[test]
fn a_certificate_that_was_overheard() {
    breaks("refused: the certificate is for another session or side", |thief| {
        let honest = Receive {
            session: thief.carol.session(&Side::ours(thief.to_carol)),
            side: thief.carol.public_id(),
            ..thief.receive(thief.give().signed(&thief.alice))
        };
        honest.signed(&thief.receiver)
    });
}

/// A receive that names our side of the session as its own. Sees: its promise is broken. Stays: the
/// gift.
#[test]
fn a_receive_of_our_side() {
    breaks("refused: the certificate is for another session or side", |thief| {
        let side = Side::ours(thief.raw.id).public_id();
        let give = thief.give().signed(&thief.alice);
        Receive { side, ..thief.receive(give) }.signed(&thief.receiver)
    });
}

/// A give that names our side of the gifter's session. Sees: its promise is broken, "the gifter is
/// on the other side of its session". Stays: the gift.
#[test]
fn a_give_of_our_side() {
    breaks("refused: the gifter is on the other side of its session", |thief| {
        let gifter = Side::ours(thief.to_alice).public_id();
        let give = Give { gifter, ..thief.give() }.signed(&thief.alice);
        thief.receive(give).signed(&thief.receiver)
    });
}

/// A give of a session that we do not have. Sees: its promise is broken, "there is no session with
/// this gifter". Stays: the gift.
#[test]
fn a_give_of_no_session_of_ours() {
    breaks("not-found: there is no session with this gifter", |thief| {
        let give = Give { session: [5; 32], ..thief.give() }.signed(&thief.alice);
        thief.receive(give).signed(&thief.receiver)
    });
}

/// A give of another session of ours: Alice's side, said to be of Carol's session. Sees: its
/// promise is broken. Stays: the gift.
#[test]
fn a_give_of_another_session_of_ours() {
    for is_stranger in [true, false] {
        let mut thief = Thief::new(is_stranger);
        let session = thief.carol.session(&Side::ours(thief.to_carol));
        let give = Give { session, ..thief.give() }.signed(&thief.alice);
        let certificate = thief.receive(give).signed(&thief.receiver);
        let heard = thief.withdraws(&certificate, 7);
        assert!(heard[0].contains("[5'break<10'desc:error"), "{heard:?}");
        thief.after();
    }
}

/// The give alone, or no certificate at all. Sees: its promise is broken, "withdraw-gift takes one
/// signed desc:handoff-receive". Stays: the gift.
#[test]
fn no_receive_at_all() {
    let why = "bad-call: withdraw-gift takes one signed desc:handoff-receive";
    breaks(why, |thief| thief.give().signed(&thief.alice));
    breaks(why, |_| b"7:my-gift".to_vec());
    breaks(why, |_| Vec::new());
}

/// A certificate without an envelope, or with a key that is none. Sees: an abort, "malformed
/// operation". Stays: nothing of the session; the gift.
#[test]
fn a_certificate_without_a_signature() {
    let forgeries: [fn(&Thief) -> Vec<u8>; 4] = [
        |thief| thief.give().octets(),
        |thief| thief.receive(thief.give().signed(&thief.alice)).octets(),
        |thief| thief.receive(thief.give().octets()).signed(&thief.mallory),
        |thief| {
            let weak = thief.give().octets();
            let at = weak.windows(4).position(|octets| octets == b"q32:").expect("a key") + 4;
            let weak = cat(&[&weak[..at], &[0; 32], &weak[at + 32..]]);
            let envelope = crate::raw::certificates::envelope(&weak, &thief.alice);
            thief.receive(envelope).signed(&thief.mallory)
        },
    ];
    for forge in forgeries {
        let mut thief = Thief::new(false);
        let says = withdraw(&forge(&thief), 7, 51);
        let violation = thief.raw.say(says).expect_err("no certificate").to_string();
        assert!(violation.starts_with("malformed operation"), "{violation}");
        thief.raw.heard();
        thief.after();
    }
}

/// A gift of its own making: Mallory gifter and receiver in one, nothing deposited. Sees: nothing,
/// it waits for its own deposit. Stays: a row and a hold until the session ends or two minutes have
/// passed.
#[test]
fn a_gift_of_its_own_making() {
    let mut thief = Thief::new(false);
    let own = Give {
        receiver: thief.mallory.clone(),
        session: thief.mallory.session(&Side::ours(thief.raw.id)),
        gifter: thief.mallory.public_id(),
        ..thief.give()
    };
    let certificate = thief.receive(own.signed(&thief.mallory)).signed(&thief.mallory);
    assert_eq!(thief.withdraws(&certificate, 7), [""; 0]);
    thief.after();
}

/// A handoff count used before, with a good certificate for a gift deposited anew. Sees: its
/// promise is broken, "the handoff count has been used before". Stays: the second gift.
#[test]
fn a_replayed_count() {
    let mut thief = Thief::new(false);
    let own = Give { receiver: thief.mallory.clone(), gift: b"hers".to_vec(), ..thief.give() };
    let certificate = thief.receive(own.signed(&thief.alice)).signed(&thief.mallory);
    for (heard, answer) in [(fulfilled(51, "<18'desc:import-object2+>"), 7), {
        (broken(51, "refused: the handoff count has been used before"), 8)
    }] {
        thief.raw.say_on(thief.to_alice, deposit(b"hers", "<11'desc:export1+>")).unwrap();
        assert_eq!(thief.withdraws(&certificate, answer)[0], heard);
    }
    // Let go of what the story itself has deposited.
    let next = Receive { count: "1+".to_owned(), ..thief.receive(own.signed(&thief.alice)) };
    thief.withdraws(&next.signed(&thief.mallory), 9);
    thief.after();
}

/// A withdrawal of what another receiver waits for: the gifter gives one id to two. Sees: the
/// second is broken, "another receiver waits for this gift". Stays: the first one's wait.
#[test]
fn a_gift_that_another_waits_for() {
    let mut thief = Thief::new(false);
    let given_to = |receiver: &Side, thief: &Thief| {
        let give = Give { receiver: receiver.clone(), gift: b"later".to_vec(), ..thief.give() };
        give.signed(&thief.alice)
    };
    let carols = Receive {
        session: thief.carol.session(&Side::ours(thief.to_carol)),
        side: thief.carol.public_id(),
        count: "9+".to_owned(),
        give: given_to(&thief.receiver, &thief),
    };
    let says = withdraw(&carols.signed(&thief.receiver), 1, 52);
    thief.raw.say_on(thief.to_carol, says).unwrap();
    let certificate = thief.receive(given_to(&thief.mallory, &thief)).signed(&thief.mallory);
    let why = "refused: another receiver waits for this gift";
    assert_eq!(thief.withdraws(&certificate, 7), [broken(51, why), given_back(51)]);
    thief.raw.say_on(thief.to_alice, deposit(b"later", "<11'desc:export1+>")).unwrap();
    let heard = thief.raw.heard_on(thief.to_carol);
    assert_eq!(heard[0], fulfilled(52, "<18'desc:import-object1+>"), "{heard:?}");
}

/// A withdrawal that asks for neither answer nor resolver, to make the gift vanish. Sees: nothing.
/// Stays: the gift.
#[test]
fn a_withdrawal_that_wants_nothing() {
    let mut thief = Thief::new(false);
    let own = Give { receiver: thief.mallory.clone(), ..thief.give() };
    let certificate = thief.receive(own.signed(&thief.alice)).signed(&thief.mallory);
    let says = cat(&[b"<10'op:deliver<11'desc:export0+>[13'withdraw-gift", &certificate, b"]ff>"]);
    thief.raw.say(says).expect("it is no violation");
    assert_eq!(thief.raw.heard(), [""; 0]);
    thief.after();
}
