//! "Handoffs from the Exporter's perspective", with `deposit-gift` and `withdraw-gift`.

use hogshead_captp::Limits;
use hogshead_objects::Value;
use hogshead_objects::ids::SessionId;

use crate::raw::certificates::{Give, Receive, deposit, withdraw};
use crate::raw::{NEW, Raw, Side, broken, cat, fulfilled, given_back};

/// We are the exporter; the first peer, Alice, is the gifter, Carol the receiver.
struct Handoff {
    raw: Raw,
    alice: Side,
    carol: Side,
    /// Carol's side of her session with Alice.
    receiver: Side,
    to_carol: SessionId,
    /// Where our object is exported to Alice.
    gift: u64,
}

impl Handoff {
    fn new() -> Self {
        let mut raw = Raw::plain();
        let (alice, carol) = (Side::new(1, "alice"), Side::new(3, "carol"));
        let to_carol = raw.join(2, &carol, NEW, Limits::default());
        let gift = raw.echo();
        Self { raw, alice, carol, receiver: Side::new(77, "carol"), to_carol, gift }
    }

    fn give(&self, gift: &[u8]) -> Give {
        Give {
            receiver: self.receiver.clone(),
            exporter: Side::ours(self.raw.id).location(),
            session: self.alice.session(&Side::ours(self.raw.id)),
            gifter: self.alice.public_id(),
            gift: gift.to_vec(),
        }
    }

    fn receive(&self, gift: &[u8], count: u64) -> Receive {
        Receive {
            session: self.carol.session(&Side::ours(self.to_carol)),
            side: self.carol.public_id(),
            count: format!("{count}+"),
            give: self.give(gift).signed(&self.alice),
        }
    }

    fn deposits(&mut self, gift: &[u8]) {
        let reference = format!("<11'desc:export{}+>", self.gift);
        self.raw.check(deposit(gift, &reference), &[]);
    }

    /// Carol withdraws with this certificate; what she hears.
    #[track_caller]
    fn withdraws(&mut self, certificate: &[u8], answer: u64) -> Vec<String> {
        let says = withdraw(certificate, answer, answer + 50);
        self.raw.say_on(self.to_carol, says).expect("it is no violation");
        self.raw.heard_on(self.to_carol)
    }

    /// Carol's withdrawal is aborted for this reason; the sessions go on, and the gift is there
    /// for the right certificate.
    #[track_caller]
    fn refuses(mut self, certificate: &[u8], why: &str) {
        self.deposits(b"my-gift");
        let heard = self.withdraws(certificate, 1);
        assert_eq!(heard, [broken(51, why), given_back(51)]);
        let good = self.receive(b"my-gift", 0).signed(&self.receiver);
        assert_eq!(self.withdraws(&good, 2), handed_over(52));
    }
}

fn handed_over(resolver: u64) -> Vec<String> {
    vec![fulfilled(resolver, "<18'desc:import-object1+>"), given_back(resolver)]
}

/// Handoffs, Exporter: if the gift has already been deposited, the withdrawal is fulfilled with it.
#[test]
fn a_gift_that_was_deposited_is_withdrawn() {
    let mut handoff = Handoff::new();
    handoff.deposits(&[7; 32]);
    let certificate = handoff.receive(&[7; 32], 0).signed(&handoff.receiver);
    assert_eq!(handoff.withdraws(&certificate, 1), handed_over(51));
    let says = "<10'op:deliver<11'desc:export1+>[2'hi]f<18'desc:import-object60+>>";
    handoff.raw.say_on(handoff.to_carol, says).unwrap();
    assert_eq!(handoff.raw.heard_on(handoff.to_carol)[0], fulfilled(60, "[2'hi]"));
}

/// Handoffs, Exporter: in any order: if it has not been deposited yet, the withdrawal waits until
/// it is; what is pipelined to it waits too.
#[test]
fn a_withdrawal_waits_for_its_gift() {
    let mut handoff = Handoff::new();
    let certificate = handoff.receive(&[7; 32], 0).signed(&handoff.receiver);
    assert_eq!(handoff.withdraws(&certificate, 1), [""; 0]);
    let says = "<10'op:deliver<11'desc:answer1+>[2'hi]f<18'desc:import-object60+>>";
    handoff.raw.say_on(handoff.to_carol, says).unwrap();
    handoff.deposits(&[7; 32]);
    let heard = handoff.raw.heard_on(handoff.to_carol);
    assert!(heard.contains(&fulfilled(51, "<18'desc:import-object1+>")), "{heard:?}");
    assert!(heard.contains(&fulfilled(60, "[2'hi]")), "{heard:?}");
}

/// The bootstrap Object, deposit-gift Method: a gift id and a reference; it is sent without an
/// answer, and none is given. Who asks for an answer is told nothing but that it was kept.
#[test]
fn a_deposit_is_answered_only_where_it_asks() {
    let mut handoff = Handoff::new();
    let gift = handoff.gift;
    handoff.deposits(b"one");
    handoff.raw.check(
        format!(
            "<10'op:deliver<11'desc:export0+>[12'deposit-gift3:two<11'desc:export{gift}+>]3+\
             <18'desc:import-object60+>>"
        ),
        &[&fulfilled(60, "<4'void>"), &given_back(60)],
    );
}

/// The bootstrap Object, deposit-gift Method: the gift is a reference exported within the session,
/// by us or by the gifter: what is the gifter's own comes to the receiver by a handoff.
#[test]
fn a_gift_may_be_the_gifters_own() {
    let mut handoff = Handoff::new();
    handoff.raw.check(deposit(b"own", "<18'desc:import-object90+>"), &[]);
    let certificate = handoff.receive(b"own", 0).signed(&handoff.receiver);
    let heard = handoff.withdraws(&certificate, 1).concat();
    let location = handoff.alice.location();
    assert!(heard.contains("[7'fulfill<17'desc:sig-envelope<17'desc:handoff-give"), "{heard}");
    assert!(heard.contains(&location), "{heard}");
}

/// The bootstrap Object, deposit-gift Method: the id is a ByteArray; peers send others than 32
/// octets, so any length will do.
#[test]
fn gift_ids_have_any_length() {
    for id in [&b""[..], b"x", &[0; 32], &[255; 1000]] {
        let mut handoff = Handoff::new();
        handoff.deposits(id);
        let certificate = handoff.receive(id, 0).signed(&handoff.receiver);
        assert_eq!(handoff.withdraws(&certificate, 1), handed_over(51));
    }
}

/// desc:handoff-receive, Receiving: a local promise is created and exported at the answer position,
/// so that messages can be pipelined to the gift.
#[test]
fn messages_are_pipelined_to_a_gift() {
    let mut handoff = Handoff::new();
    handoff.deposits(b"my-gift");
    let certificate = handoff.receive(b"my-gift", 0).signed(&handoff.receiver);
    let says = cat(&[b"<10'op:deliver<11'desc:export0+>[13'withdraw-gift", &certificate, b"]1+f>"]);
    handoff.raw.say_on(handoff.to_carol, says).unwrap();
    let says = "<10'op:deliver<11'desc:answer1+>[2'hi]f<18'desc:import-object60+>>";
    handoff.raw.say_on(handoff.to_carol, says).unwrap();
    assert_eq!(handoff.raw.heard_on(handoff.to_carol)[0], fulfilled(60, "[2'hi]"));
}

/// desc:handoff-receive, Checking the signature on the `desc:handoff-give`: it MUST be verified as
/// correct, by the gifter's key of the gifter-exporter session.
#[test]
fn the_gifters_signature_is_verified() {
    for by in [Side::new(9, "mallory"), Side::new(3, "carol"), Side::new(77, "carol")] {
        let handoff = Handoff::new();
        let give = handoff.give(b"my-gift").signed(&by);
        let receive = Receive { give, ..handoff.receive(b"my-gift", 0) };
        let certificate = receive.signed(&handoff.receiver);
        handoff.refuses(&certificate, "refused: the gifter's signature is not valid");
    }
}

/// desc:handoff-receive, Checking the signature on the `desc:handoff-receive`: if it is not by the
/// key in the give, the procedure MUST be aborted.
#[test]
fn the_receivers_signature_is_verified() {
    for by in [Side::new(9, "mallory"), Side::new(3, "carol"), Side::new(1, "alice")] {
        let handoff = Handoff::new();
        let certificate = handoff.receive(b"my-gift", 0).signed(&by);
        handoff.refuses(&certificate, "refused: the receiver's signature is not valid");
    }
}

/// desc:handoff-receive: it is for this session and this side of it, and no other.
#[test]
fn a_receive_is_for_this_session_and_side() {
    let why = "refused: the certificate is for another session or side";
    let handoff = Handoff::new();
    let session = handoff.alice.session(&Side::ours(handoff.raw.id));
    let receive = Receive { session, ..handoff.receive(b"my-gift", 0) };
    let certificate = receive.signed(&handoff.receiver);
    handoff.refuses(&certificate, why);
    let handoff = Handoff::new();
    let side = Side::ours(handoff.to_carol).public_id();
    let receive = Receive { side, ..handoff.receive(b"my-gift", 0) };
    let certificate = receive.signed(&handoff.receiver);
    handoff.refuses(&certificate, why);
}

/// desc:handoff-receive: the gifter-exporter session is found by the give's `session`, the gifter
/// by its side of it.
#[test]
fn a_give_names_a_session_of_ours_and_the_gifters_side() {
    let handoff = Handoff::new();
    let give = Give { session: [9; 32], ..handoff.give(b"my-gift") }.signed(&handoff.alice);
    let receive = Receive { give, ..handoff.receive(b"my-gift", 0) };
    let certificate = receive.signed(&handoff.receiver);
    handoff.refuses(&certificate, "not-found: there is no session with this gifter");
    let handoff = Handoff::new();
    let gifter = Side::ours(handoff.raw.id).public_id();
    let give = Give { gifter, ..handoff.give(b"my-gift") }.signed(&handoff.alice);
    let receive = Receive { give, ..handoff.receive(b"my-gift", 0) };
    let certificate = receive.signed(&handoff.receiver);
    handoff.refuses(&certificate, "refused: the gifter is on the other side of its session");
}

/// desc:handoff-receive, Checking the `handoff-count`: it MUST NOT have been used before in this
/// session: a replay is aborted, before it is looked whether there is a gift.
#[test]
fn a_handoff_count_is_used_once() {
    let mut handoff = Handoff::new();
    handoff.deposits(b"my-gift");
    let certificate = handoff.receive(b"my-gift", 0).signed(&handoff.receiver);
    assert_eq!(handoff.withdraws(&certificate, 1), handed_over(51));
    handoff.deposits(b"my-gift");
    let replayed = |resolver| {
        [broken(resolver, "refused: the handoff count has been used before"), given_back(resolver)]
    };
    assert_eq!(handoff.withdraws(&certificate, 2), replayed(52));
    let other = handoff.receive(b"not-yet", 0).signed(&handoff.receiver);
    assert_eq!(handoff.withdraws(&other, 3), replayed(53));
    let next = handoff.receive(b"my-gift", 1).signed(&handoff.receiver);
    assert_eq!(handoff.withdraws(&next, 4)[1], given_back(54), "the gift is there still");
}

/// desc:handoff-receive, Checking the `handoff-count`: any non-negative integers, in any order.
#[test]
fn handoff_counts_come_in_any_order() {
    let mut handoff = Handoff::new();
    for (at, count) in [5, 0, 4, 1 << 40, 1].into_iter().enumerate() {
        let (id, answer) = ([u8::try_from(at).unwrap()], u64::try_from(at).unwrap() + 1);
        handoff.deposits(&id);
        let certificate = handoff.receive(&id, count).signed(&handoff.receiver);
        let heard = handoff.withdraws(&certificate, answer);
        assert!(heard[0].contains("[7'fulfill"), "{count}: {heard:?}");
    }
    for count in ["1-", "t", "18446744073709551616+"] {
        let mut handoff = Handoff::new();
        let receive = Receive { count: count.to_owned(), ..handoff.receive(b"my-gift", 0) };
        let says = withdraw(&receive.signed(&handoff.receiver), 1, 51);
        let violation = handoff.raw.say_on(handoff.to_carol, says).expect_err("no count");
        assert!(violation.to_string().starts_with("malformed operation"), "{violation}");
    }
}

/// desc:handoff-give: it MUST always be encapsulated in a `desc:sig-envelope`, and so MUST
/// `desc:handoff-receive`.
#[test]
fn certificates_come_in_envelopes() {
    let handoff = Handoff::new();
    let bare_give =
        Receive { give: handoff.give(b"my-gift").octets(), ..handoff.receive(b"my-gift", 0) };
    for args in [
        handoff.receive(b"my-gift", 0).octets(),
        handoff.give(b"my-gift").octets(),
        bare_give.signed(&handoff.receiver),
    ] {
        let mut handoff = Handoff::new();
        let violation = handoff.raw.say_on(handoff.to_carol, withdraw(&args, 1, 51));
        let violation = violation.expect_err("a certificate without a signature").to_string();
        assert!(violation.starts_with("malformed operation"), "{violation}");
    }
}

/// The bootstrap Object, withdraw-gift Method: it has one argument, the signed receive.
#[test]
fn withdraw_gift_takes_one_certificate() {
    let handoff = Handoff::new();
    let good = handoff.receive(b"my-gift", 0).signed(&handoff.receiver);
    let twice = cat(&[&good, &good]);
    for args in
        [b"".to_vec(), b"4\"text".to_vec(), handoff.give(b"my-gift").signed(&handoff.alice), twice]
    {
        let handoff = Handoff::new();
        handoff.refuses(&args, "bad-call: withdraw-gift takes one signed desc:handoff-receive");
    }
}

/// Handoffs, Exporter: implementers MUST ensure that the receiver is the only party able to
/// withdraw: another peer, with the receiver's very certificate, is not.
#[test]
fn nobody_but_the_receiver_can_withdraw() {
    let mut handoff = Handoff::new();
    handoff.deposits(b"my-gift");
    let mallory = Side::new(9, "mallory");
    let to_mallory = handoff.raw.join(3, &mallory, NEW, Limits::default());
    let stolen = handoff.receive(b"my-gift", 0).signed(&handoff.receiver);
    let own = Receive {
        session: mallory.session(&Side::ours(to_mallory)),
        side: mallory.public_id(),
        ..handoff.receive(b"my-gift", 0)
    };
    for (answer, certificate, why) in [
        (1, stolen.clone(), "refused: the certificate is for another session or side"),
        (2, own.signed(&mallory), "refused: the receiver's signature is not valid"),
    ] {
        handoff.raw.say_on(to_mallory, withdraw(&certificate, answer, 51)).unwrap();
        assert_eq!(handoff.raw.heard_on(to_mallory), [broken(51, why), given_back(51)]);
    }
    assert_eq!(handoff.withdraws(&stolen, 1), handed_over(51), "it is the receiver's");
}

/// Handoffs, Exporter: a gift is the gifter's: under the same id another gifter's is another.
#[test]
fn gifts_of_two_gifters_are_apart() {
    let mut handoff = Handoff::new();
    let dave = Side::new(4, "dave");
    let to_dave = handoff.raw.join(3, &dave, NEW, Limits::default());
    let other = handoff.raw.add(|_, _| Ok(Value::from("of Dave's")));
    let other = handoff.raw.offer_on(to_dave, other);
    let says = deposit(b"my-gift", &format!("<11'desc:export{other}+>"));
    handoff.raw.say_on(to_dave, says).unwrap();
    handoff.deposits(b"my-gift");
    let give = Give {
        session: dave.session(&Side::ours(to_dave)),
        gifter: dave.public_id(),
        ..handoff.give(b"my-gift")
    };
    let receive = Receive { give: give.signed(&dave), ..handoff.receive(b"my-gift", 0) };
    let certificate = receive.signed(&handoff.receiver);
    handoff.withdraws(&certificate, 1);
    let says = "<10'op:deliver<11'desc:answer1+>[]f<18'desc:import-object60+>>";
    handoff.raw.say_on(handoff.to_carol, says).unwrap();
    assert_eq!(handoff.raw.heard_on(handoff.to_carol)[0], fulfilled(60, "9\"of Dave's"));
}
