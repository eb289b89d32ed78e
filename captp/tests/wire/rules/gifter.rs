//! "Handoffs from the Gifter's perspective".

use ed25519_dalek::{Signature, Verifier};
use hogshead_captp::{Dialect, Limits};
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::SessionId;
use hogshead_objects::{Message, Ref, Value};

use crate::raw::certificates::Give;
use crate::raw::{NEW, OLD, Raw, Side, cat, octets, shown};

/// We are the gifter; the first peer, Alice, is the exporter, Carol the receiver.
struct Handoff {
    raw: Raw,
    alice: Side,
    carol: Side,
    to_carol: SessionId,
    /// An object of Alice's, at 90.
    gift: Ref,
    /// An object of Carol's, at 91.
    target: Ref,
}

impl Handoff {
    fn new(dialect: Dialect) -> Self {
        let mut raw = Raw::new(dialect, Limits::default());
        let (alice, carol) = (Side::new(1, "alice"), Side::new(3, "carol"));
        let to_carol = raw.join(2, &carol, dialect, Limits::default());
        let gift = raw.lend("<18'desc:import-object90+>");
        let target = raw.lend_on(to_carol, "<18'desc:import-object91+>");
        Self { raw, alice, carol, to_carol, gift, target }
    }

    /// Our vat sends Carol's object these values; what Alice and what Carol hear.
    fn sends(&mut self, values: Vec<Value>) -> (Vec<String>, Vec<String>) {
        let target = self.target;
        self.raw.vat.turn(|heap| heap.tell(target, Message::apply(values)));
        (self.raw.heard(), self.raw.heard_on(self.to_carol))
    }

    /// The give that the text asks for.
    fn give(&self, gift: &[u8]) -> Give {
        let ours = Side::ours(self.raw.id);
        Give {
            receiver: self.carol.clone(),
            exporter: self.alice.location(),
            session: ours.session(&self.alice),
            gifter: ours.public_id(),
            gift: gift.to_vec(),
        }
    }

    /// Passes a signed give at the start of `heard` and gives the rest; the signature is ours of
    /// the session with the exporter.
    #[track_caller]
    fn passes<'h>(&self, heard: &'h [u8], gift: &[u8]) -> &'h [u8] {
        let record = self.give(gift).octets();
        let before = cat(&[b"<17'desc:sig-envelope", &record, b"[7'sig-val[5'eddsa[1'r32:"]);
        let (start, rest) = heard.split_at(before.len().min(heard.len()));
        assert_eq!(shown(start), shown(&before));
        assert_eq!(&rest[32..40], b"][1's32:");
        let signature = Signature::from_slice(&cat(&[&rest[..32], &rest[40..72]])).expect("64");
        let key = Side::ours(self.raw.id).key.verifying_key();
        key.verify(&record, &signature).expect("it is signed by our key with the exporter");
        rest[72..].strip_prefix(b"]]]>").expect("the end of the envelope")
    }
}

/// The gift id in a deposit that we sent, in either form of a message.
#[track_caller]
fn deposited(heard: &str, dialect: Dialect) -> Vec<u8> {
    let heard = octets(heard);
    let (before, after): (&[u8], &[u8]) = match dialect == OLD {
        true => (b"<15'op:deliver-only", b"<11'desc:export90+>]>"),
        false => (b"<10'op:deliver", b"<11'desc:export90+>]ff>"),
    };
    let before = cat(&[before, b"<11'desc:export0+>[12'deposit-gift32:"]);
    let rest = heard.strip_prefix(before.as_slice()).expect("a deposit");
    rest.strip_suffix(after).expect("the gift, and no answer wanted").to_vec()
}

/// Handoffs, Gifter: when a message includes a reference imported from a different session a
/// handoff MUST occur: the gift is deposited with the exporter, and the signed give is sent in its
/// place, octet for octet.
#[test]
fn a_third_peers_reference_is_handed_off() {
    for dialect in [NEW, OLD] {
        let mut handoff = Handoff::new(dialect);
        let gift = handoff.gift;
        let (alice, carol) = handoff.sends(vec![Value::symbol("take"), Value::Ref(gift)]);
        let [deposit] = alice.as_slice() else { panic!("one deposit: {alice:?}") };
        let id = deposited(deposit, dialect);
        let [message] = carol.as_slice() else { panic!("one message: {carol:?}") };
        let message = octets(message);
        let (start, end): (&[u8], &[u8]) = match dialect == OLD {
            true => (b"<15'op:deliver-only<11'desc:export91+>[4'take", b"]>"),
            false => (b"<10'op:deliver<11'desc:export91+>[4'take", b"]ff>"),
        };
        let rest = message.strip_prefix(start).expect("the message");
        assert_eq!(handoff.passes(rest, &id), end);
    }
}

/// Handoffs, Depositing the gift: the `gift-id` is 32 random octets: another for each gift.
#[test]
fn each_gift_has_an_id_of_its_own() {
    let mut handoff = Handoff::new(NEW);
    let gift = handoff.gift;
    let mut ids = std::collections::BTreeSet::new();
    for _ in 0..4 {
        let (alice, _) = handoff.sends(vec![Value::Ref(gift), Value::Ref(gift)]);
        for deposit in alice {
            let id = deposited(&deposit, NEW);
            assert_eq!(id.len(), 32);
            assert!(ids.insert(id), "an id was used twice");
        }
    }
    assert_eq!(ids.len(), 8, "each mention is a gift");
}

/// Handoffs, Sending the `desc:handoff-give`: it takes the reference's place wherever that stood.
#[test]
fn a_reference_deep_in_a_value_is_handed_off() {
    let mut handoff = Handoff::new(NEW);
    let gift = handoff.gift;
    let deep = Value::structure([("a", Value::list([Value::tagged("t", Value::Ref(gift))]))]);
    let (alice, carol) = handoff.sends(vec![deep]);
    let id = deposited(&alice[0], NEW);
    let message = octets(&carol[0]);
    let start = b"<10'op:deliver<11'desc:export91+>[{1\"a[<11'desc:tagged1't";
    let rest = message.strip_prefix(start.as_slice()).expect("the message");
    assert_eq!(handoff.passes(rest, &id), b">]}]ff>");
}

/// Handoffs, Gifter: an answer that is a third peer's object is handed off too.
#[test]
fn an_answer_may_be_a_gift() {
    let mut handoff = Handoff::new(NEW);
    let gift = handoff.gift;
    let giver = handoff.raw.add(move |_, _| Ok(Value::Ref(gift)));
    let giver = handoff.raw.offer_on(handoff.to_carol, giver);
    let ask = format!("<10'op:deliver<11'desc:export{giver}+>[]f<18'desc:import-object50+>>");
    handoff.raw.say_on(handoff.to_carol, ask).unwrap();
    let id = deposited(&handoff.raw.heard()[0], NEW);
    let message = octets(&handoff.raw.heard_on(handoff.to_carol)[0]);
    let start = b"<10'op:deliver<11'desc:export50+>[7'fulfill";
    let rest = message.strip_prefix(start.as_slice()).expect("the answer");
    assert_eq!(handoff.passes(rest, &id), b"]ff>");
}

/// desc:export: a reference sent to the peer that exported it is no handoff: it is its own.
#[test]
fn what_is_the_receivers_own_is_no_gift() {
    let mut handoff = Handoff::new(NEW);
    let target = handoff.target;
    let (alice, carol) = handoff.sends(vec![Value::Ref(target)]);
    assert_eq!(alice, [""; 0]);
    assert_eq!(carol, ["<10'op:deliver<11'desc:export91+>[<11'desc:export91+>]ff>"]);
}

/// desc:import-promise: a pending promise of a third peer arrives as a promise of ours, and becomes
/// what that one becomes: then by a handoff.
#[test]
fn a_third_peers_promise_becomes_a_gift() {
    let mut handoff = Handoff::new(NEW);
    let keeper = handoff.raw.keeper();
    let lend = "[<19'desc:import-promise95+>]ff>";
    handoff.raw.say(format!("<10'op:deliver<11'desc:export{keeper}+>{lend}")).unwrap();
    let heard = handoff.raw.heard().concat();
    let resolver = heard.rsplit_once("import-object").unwrap().1.split('+').next().unwrap();
    let vow = handoff.raw.vat.heap.kept().find_map(|(kept, _)| match kept {
        Ref::Promise(_) => Some(kept),
        _ => None,
    });
    let (alice, carol) = handoff.sends(vec![Value::Ref(vow.expect("it is kept"))]);
    assert_eq!(alice, [""; 0]);
    let ours = carol[0]
        .strip_prefix("<10'op:deliver<11'desc:export91+>[<19'desc:import-promise")
        .and_then(|rest| rest.strip_suffix("+>]ff>"))
        .expect("a promise of ours");
    let listen = format!("<9'op:listen<11'desc:export{ours}+><18'desc:import-object50+>>");
    handoff.raw.say_on(handoff.to_carol, listen).unwrap();
    let fulfil = "[7'fulfill<18'desc:import-object90+>]ff>";
    handoff.raw.say(format!("<10'op:deliver<11'desc:export{resolver}+>{fulfil}")).unwrap();
    let deposits: Vec<_> = handoff.raw.heard();
    let deposit = deposits.iter().find(|op| op.contains("deposit-gift")).expect("a deposit");
    let id = deposited(deposit, NEW);
    let message = octets(&handoff.raw.heard_on(handoff.to_carol)[0]);
    let start = b"<10'op:deliver<11'desc:export50+>[7'fulfill";
    let rest = message.strip_prefix(start.as_slice()).expect("the outcome");
    assert_eq!(handoff.passes(rest, &id), b"]ff>");
}

/// Handoffs, Gifter: the gift is the gifter's to let go of once it is deposited.
#[test]
fn a_gift_may_be_let_go_of_at_once() {
    let mut handoff = Handoff::new(NEW);
    let (gift, target) = (handoff.gift, handoff.target);
    handoff.raw.vat.turn(|heap| {
        heap.tell(target, Message::apply(vec![Value::Ref(gift)]));
        heap.let_go(gift);
    });
    let heard = handoff.raw.heard();
    deposited(&heard[0], NEW);
    assert_eq!(heard[1..], ["<13'op:gc-exports[90+][1+]>"], "after the deposit, not before");
    let random = handoff.raw.vat.heap.random();
    assert_ne!(random, handoff.raw.vat.heap.random(), "what ids are made of");
}
