//! "Handoffs from the Receiver's perspective".

use ed25519_dalek::{Signature, Verifier};
use hogshead_captp::Limits;
use hogshead_objects::ids::SessionId;
use hogshead_objects::{Class, Message, Ref};

use crate::raw::certificates::{Give, Receive};
use crate::raw::{NEW, Raw, Side, cat, octets, shown};

/// We are the receiver; the first peer, Alice, is the gifter, Carol the exporter.
struct Handoff {
    raw: Raw,
    alice: Side,
    carol: Side,
    to_carol: SessionId,
    keeper: u64,
}

impl Handoff {
    fn new() -> Self {
        let mut raw = Raw::plain();
        let (alice, carol) = (Side::new(1, "alice"), Side::new(3, "carol"));
        let to_carol = raw.join(2, &carol, NEW, Limits::default());
        let keeper = raw.keeper();
        Self { raw, alice, carol, to_carol, keeper }
    }

    /// A give by Alice's side of a session with Carol that is not ours to see.
    fn give(&self) -> Give {
        let gifter = Side::new(66, "alice");
        Give {
            receiver: Side::ours(self.raw.id),
            exporter: self.carol.location(),
            session: gifter.session(&Side::new(67, "carol")),
            gifter: gifter.public_id(),
            gift: vec![7; 32],
        }
    }

    fn signed(give: &Give) -> Vec<u8> {
        give.signed(&Side::new(66, "alice"))
    }

    /// Alice sends our keeper these values; gives what it keeps.
    fn sends(&mut self, values: &[u8]) -> Vec<Ref> {
        let to = format!("<10'op:deliver<11'desc:export{}+>[", self.keeper);
        self.raw.say(cat(&[to.as_bytes(), values, b"]ff>"])).expect("a give is no violation");
        self.raw.vat.heap.kept().map(|(reference, _)| reference).collect()
    }
}

/// The certificate in a message that we sent to `withdraw-gift`, its signature checked against this
/// side, with the message's answer and resolver positions.
#[track_caller]
fn withdrawal(heard: &str, give: &[u8], receive: &Receive, by: &Side) -> (u64, u64) {
    let record = Receive { give: give.to_vec(), ..receive.clone() }.octets();
    let before = cat(&[
        b"<10'op:deliver<11'desc:export0+>[13'withdraw-gift<17'desc:sig-envelope",
        &record,
        b"[7'sig-val[5'eddsa[1'r32:",
    ]);
    let heard = octets(heard);
    assert_eq!(shown(&heard[..before.len()]), shown(&before));
    let rest = &heard[before.len()..];
    let signature = cat(&[&rest[..32], &rest[32 + 8..72]]);
    assert_eq!(&rest[32..40], b"][1's32:");
    let signature = Signature::from_slice(&signature).expect("64 octets");
    by.key.verifying_key().verify(&record, &signature).expect("it is ours");
    let tail = shown(&rest[72..]);
    let tail = tail.strip_prefix("]]]>]").expect("the end of the envelope");
    let (answer, rest) = tail.split_once("+<18'desc:import-object").expect("an answer");
    let resolver = rest.strip_suffix("+>>").expect("a resolver");
    (answer.parse().expect("a number"), resolver.parse().expect("a number"))
}

/// Handoffs, Receiver: a `desc:handoff-receive` MUST be sent to the exporter's `withdraw-gift`: for
/// this session and side, with a fresh count and the very give, signed by our key of the
/// gifter-receiver session.
#[test]
fn a_give_is_redeemed_at_the_exporter() {
    let mut handoff = Handoff::new();
    let give = Handoff::signed(&handoff.give());
    handoff.sends(&give);
    let heard = handoff.raw.heard_on(handoff.to_carol);
    let ours = Side::ours(handoff.to_carol);
    let receive = Receive {
        session: ours.session(&handoff.carol),
        side: ours.public_id(),
        count: "0+".to_owned(),
        give: Vec::new(),
    };
    withdrawal(&heard[0], &give, &receive, &Side::ours(handoff.raw.id));
    assert_eq!(handoff.raw.heard(), [""; 0], "nothing is said to the gifter");
}

/// desc:handoff-receive: the `handoff-count` MUST not have been used in the session: each of ours
/// is another.
#[test]
fn our_handoff_counts_are_never_used_twice() {
    let mut handoff = Handoff::new();
    let ours = Side::ours(handoff.to_carol);
    for count in 0..5 {
        let mut give = handoff.give();
        give.gift = vec![count; 8];
        let give = Handoff::signed(&give);
        handoff.sends(&give);
        let heard = handoff.raw.heard_on(handoff.to_carol);
        let receive = Receive {
            session: ours.session(&handoff.carol),
            side: ours.public_id(),
            count: format!("{count}+"),
            give: Vec::new(),
        };
        withdrawal(&heard[0], &give, &receive, &Side::ours(handoff.raw.id));
    }
}

/// Handoffs, Receiver: a local promise stands for the gift, the message is delivered with it at
/// once, and it should resolve to the remote reference.
#[test]
fn a_promise_stands_for_the_gift() {
    let mut handoff = Handoff::new();
    let give = Handoff::signed(&handoff.give());
    let kept = handoff.sends(&give);
    let [Ref::Promise(promise)] = kept.as_slice() else { panic!("{kept:?}: a promise") };
    let heard = handoff.raw.heard_on(handoff.to_carol).concat();
    let resolver = heard.rsplit_once("import-object").unwrap().1.strip_suffix("+>>").unwrap();
    let says = format!(
        "<10'op:deliver<11'desc:export{resolver}+>[7'fulfill<18'desc:import-object88+>]ff>"
    );
    handoff.raw.say_on(handoff.to_carol, says).unwrap();
    handoff.raw.heard_on(handoff.to_carol);
    handoff.raw.vat.turn(|heap| heap.tell(Ref::Promise(*promise), Message::new("hi", [])));
    assert_eq!(
        handoff.raw.heard_on(handoff.to_carol),
        ["<10'op:deliver<11'desc:export88+>[2'hi]ff>"]
    );
}

/// Handoffs, Receiver: what is sent to the promise meanwhile is pipelined to the withdrawal.
#[test]
fn messages_to_a_gift_are_pipelined() {
    let mut handoff = Handoff::new();
    let give = Handoff::signed(&handoff.give());
    let kept = handoff.sends(&give);
    let heard = handoff.raw.heard_on(handoff.to_carol).concat();
    let (before, _) = heard.rsplit_once("+<18'desc:import-object").unwrap();
    let answer = before.rsplit_once(']').unwrap().1;
    handoff.raw.vat.turn(|heap| heap.tell(kept[0], Message::new("hi", [])));
    assert_eq!(
        handoff.raw.heard_on(handoff.to_carol),
        [format!("<10'op:deliver<11'desc:answer{answer}+>[2'hi]ff>")]
    );
}

/// desc:handoff-give, Validating the record: `receiver-key` should match our key of the
/// gifter-receiver session; otherwise the promise breaks and nobody is asked.
#[test]
fn a_give_for_another_receiver_breaks() {
    for receiver in [Side::ours(SessionId(2)), Side::new(9, "bob")] {
        let mut handoff = Handoff::new();
        let give = Give { receiver, ..handoff.give() };
        let kept = handoff.sends(&Handoff::signed(&give));
        let [Ref::Promise(promise)] = kept.as_slice() else { panic!("{kept:?}: a promise") };
        assert!(matches!(handoff.raw.vat.heap.outcome(*promise), Some(Err(_))));
        assert_eq!(handoff.raw.heard_on(handoff.to_carol), [""; 0]);
    }
}

/// Handoffs, Sending the `desc:handoff-give`: it is used in any place that takes a value, also
/// several times and in an answer.
#[test]
fn a_give_may_stand_wherever_a_value_may() {
    let mut handoff = Handoff::new();
    let give = Handoff::signed(&handoff.give());
    let other = Handoff::signed(&Give { gift: b"other".to_vec(), ..handoff.give() });
    let values = cat(&[b"[{1\"a", &give, b"}]<11'desc:tagged1't", &other, b">"]);
    assert_eq!(handoff.sends(&values).len(), 2);
    assert_eq!(handoff.raw.heard_on(handoff.to_carol).len(), 2, "both are withdrawn");

    let (promise, _, resolver) = handoff.raw.ask(90);
    let fulfil = format!("<10'op:deliver<11'desc:export{resolver}+>[7'fulfill");
    handoff.raw.say(cat(&[fulfil.as_bytes(), &give, b"]ff>"])).unwrap();
    assert!(handoff.raw.vat.heap.outcome(promise).is_some());
    let heard = handoff.raw.heard_on(handoff.to_carol);
    assert!(heard[0].contains("13'withdraw-gift"), "{heard:?}");
}

/// Handoffs, Receiver: a connection to the exporter is one that there is already, also one that the
/// exporter opened; the hints of its location are not compared.
#[test]
fn the_session_with_the_exporter_is_found_whatever_the_hints() {
    for hints in ["f", "{}", "{4\"port1\"1}"] {
        let mut handoff = Handoff::new();
        let exporter = format!("<10'ocapn-peer16'tcp-testing-only5\"carol{hints}>");
        let give = Give { exporter, ..handoff.give() };
        handoff.sends(&Handoff::signed(&give));
        let heard = handoff.raw.heard_on(handoff.to_carol);
        assert!(heard[0].contains("13'withdraw-gift"), "{hints}: {heard:?}");
    }
}

/// Handoffs, Receiver: an error during the process breaks the promise, and nothing else.
#[test]
fn a_handoff_that_fails_breaks_its_promise() {
    let mut handoff = Handoff::new();
    let give = Handoff::signed(&handoff.give());
    let kept = handoff.sends(&give);
    let [Ref::Promise(promise)] = kept.as_slice() else { panic!("{kept:?}: a promise") };
    let heard = handoff.raw.heard_on(handoff.to_carol).concat();
    let resolver = heard.rsplit_once("import-object").unwrap().1.strip_suffix("+>>").unwrap();
    let says =
        format!("<10'op:deliver<11'desc:export{resolver}+>[5'break<10'desc:error4\"gone>]ff>");
    handoff.raw.say_on(handoff.to_carol, says).unwrap();
    handoff.raw.heard_on(handoff.to_carol);
    let late =
        handoff.raw.vat.turn(|heap| heap.ask(Ref::Promise(*promise), Message::new("hi", [])));
    let Some(Err(error)) = handoff.raw.vat.heap.outcome(late) else { panic!("it is broken") };
    assert_eq!(error.to_string(), "gone");

    // Nobody can be reached under this name here: hosts dial, a bare session does not.
    let exporter = Side::new(9, "nobody").location();
    let give = Handoff::signed(&Give { exporter, ..handoff.give() });
    let before = handoff.raw.vat.heap.kept().count();
    let kept = handoff.sends(&give);
    assert_eq!(kept.len(), before + 1);
    let broken = kept.iter().filter_map(|reference| match reference {
        Ref::Promise(promise) => handoff.raw.vat.heap.outcome(*promise)?.as_ref().err(),
        _ => None,
    });
    assert!(broken.into_iter().any(|error| error.class() == Class::Severed));
    let _ = &handoff.alice;
}
