//! What a peer that lies gets: its own promise breaks, and nothing else ends. One lie a test.

use bytes::Bytes;
use hogshead_captp::crypto::{SessionHash, Signature};
use hogshead_captp::descriptor::{Certificate, HandoffGive};
use hogshead_captp::operation::Deliver;
use hogshead_captp::syrup::write;
use hogshead_captp::testing::{Sent, key, locator};
use hogshead_captp::{Descriptor, Operation, Target};

use super::forger::{Forger, ask_deposit, deposit, id, public, ready, seed, send_withdrawal, told};
use super::*;

fn withdraw(trio: &mut Trio, certificate: Descriptor, nth: u64) -> std::result::Result<(), String> {
    let resolver = send_withdrawal(trio, vec![Value::Ref(certificate)], nth);
    told(trio, resolver).expect("it is told at once")
}

/// A lie to Carol: the withdrawal breaks for the reason, her sessions go on, and the gift is
/// there for the honest receiver. Bob is a stranger first, and then a peer with rows.
fn check_lie(why: &str, lie: impl Fn(&mut Forger)) {
    for stranger in [true, false] {
        let (mut trio, echo) = ready(Limits::default());
        if !stranger {
            fetch_echo(&mut trio, CAROL, BOB);
        }
        deposit(&mut trio, b"my-gift", echo).unwrap();
        let rows = trio.vats[CAROL].heap.rows().len();
        let mut forger = Forger::new();
        lie(&mut forger);
        let broken = withdraw(&mut trio, forger.receive(), 0).unwrap_err();
        assert!(broken.contains(why), "{broken:?} does not say {why:?}");
        assert_eq!(trio.vats[CAROL].heap.rows().len(), rows, "nothing was written");
        assert_eq!(withdraw(&mut trio, Forger::new().receive(), 1), Ok(()));
        assert_eq!(say(&mut trio, ALICE, echo, "hello"), echoed("hello"));
    }
}

#[test]
fn the_truth_is_taken() {
    let (mut trio, echo) = ready(Limits::default());
    deposit(&mut trio, b"my-gift", echo).unwrap();
    assert_eq!(withdraw(&mut trio, Forger::new().receive(), 0), Ok(()));
}

#[test]
fn a_give_that_the_gifter_did_not_sign() {
    check_lie("the gifter's signature is not valid", |forger| forger.gifter = seed(BOB, ALICE));
}

#[test]
fn a_give_that_was_changed_after_it_was_signed() {
    let (mut trio, echo) = ready(Limits::default());
    deposit(&mut trio, b"my-gift", echo).unwrap();
    let honest =
        Forger { give: HandoffGive { gift: Bytes::new(), ..Forger::new().give }, ..Forger::new() };
    let (_, signature) = honest.signed_give();
    let Descriptor::Signed(mut envelope) = Forger::new().receive() else { panic!() };
    let Certificate::Receive(receive) = &mut envelope.signed else { panic!() };
    receive.give_signature = signature;
    let mut octets = Vec::new();
    write::handoff_receive(&mut octets, receive);
    envelope.signature = Signature::sign(&key(seed(BOB, ALICE)), &octets);
    let broken = withdraw(&mut trio, Descriptor::Signed(envelope), 0).unwrap_err();
    assert!(broken.contains("the gifter's signature is not valid"), "{broken}");
}

#[test]
fn a_receive_that_the_receiver_did_not_sign() {
    check_lie("the receiver's signature is not valid", |forger| forger.receiver = seed(BOB, CAROL));
}

#[test]
fn a_gift_that_is_for_somebody_else() {
    check_lie("the receiver's signature is not valid", |forger| {
        forger.give.receiver = public(CAROL, ALICE);
    });
}

#[test]
fn a_receive_of_another_session() {
    check_lie("another session or side", |forger| {
        forger.session = SessionHash::new(id(ALICE, CAROL), id(CAROL, ALICE));
    });
}

#[test]
fn a_receive_of_the_other_side() {
    check_lie("another session or side", |forger| forger.side = id(CAROL, BOB));
}

#[test]
fn a_give_of_the_other_side() {
    check_lie("the other side", |forger| forger.give.gifter = id(CAROL, ALICE));
}

#[test]
fn a_give_of_a_session_that_nobody_knows() {
    check_lie("no session with this gifter", |forger| forger.give.session = SessionHash([9; 32]));
}

#[test]
fn a_give_of_the_receivers_own_making() {
    // Bob signs as the gifter of his own session with Carol, but has deposited nothing: it is no
    // lie, and waits for his own deposit.
    let (mut trio, _) = ready(Limits::default());
    fetch_echo(&mut trio, CAROL, BOB);
    let mut forger = Forger::new();
    forger.give.session = forger.session;
    forger.give.gifter = forger.side;
    forger.gifter = seed(BOB, CAROL);
    let resolver = send_withdrawal(&mut trio, vec![Value::Ref(forger.receive())], 0);
    assert_eq!(told(&mut trio, resolver), None);
    trio.vats[CAROL].sever(Trio::session(CAROL, BOB), &Error::new(Class::Severed, "gone"));
    assert_eq!(trio.vats[CAROL].heap.held().len(), 1, "what Alice has, and no more");
}

#[test]
fn a_handoff_count_that_was_used() {
    let (mut trio, echo) = ready(Limits::default());
    deposit(&mut trio, b"my-gift", echo).unwrap();
    assert_eq!(withdraw(&mut trio, Forger::new().receive(), 0), Ok(()));
    deposit(&mut trio, b"my-gift", echo).unwrap();
    let replay = withdraw(&mut trio, Forger::new().receive(), 1).unwrap_err();
    assert!(replay.contains("count has been used"), "{replay}");
    let next = Forger { count: 1, ..Forger::new() };
    assert_eq!(withdraw(&mut trio, next.receive(), 2), Ok(()), "the gift was not taken");
}

#[test]
fn a_replay_does_not_wait_for_a_gift() {
    let (mut trio, echo) = ready(Limits::default());
    deposit(&mut trio, b"my-gift", echo).unwrap();
    assert_eq!(withdraw(&mut trio, Forger::new().receive(), 0), Ok(()));
    let mut other = Forger::new();
    other.give.gift = Bytes::from_static(b"not there yet");
    let replay = withdraw(&mut trio, other.receive(), 1).unwrap_err();
    assert!(replay.contains("count has been used"), "{replay}");
}

#[test]
fn something_else_than_a_receive() {
    let (mut trio, echo) = ready(Limits::default());
    deposit(&mut trio, b"my-gift", echo).unwrap();
    let forger = Forger::new();
    let unsigned = Descriptor::Given(Box::new(forger.give.clone()));
    for (nth, values) in [
        vec![],
        vec![Value::Null],
        vec![Value::Ref(Descriptor::Export(0))],
        vec![Value::Ref(forger.give())],
        vec![Value::Ref(unsigned)],
        vec![Value::Ref(forger.receive()), Value::Null],
    ]
    .into_iter()
    .enumerate()
    {
        let resolver = send_withdrawal(&mut trio, values, nth.try_into().unwrap());
        let broken = told(&mut trio, resolver).unwrap().unwrap_err();
        assert!(broken.contains("withdraw-gift takes one signed"), "{broken}");
    }
    assert_eq!(withdraw(&mut trio, forger.receive(), 99), Ok(()));
}

#[test]
fn a_gift_that_another_receiver_waits_for() {
    let (mut trio, echo) = ready(Limits::default());
    let resolver = send_withdrawal(&mut trio, vec![Value::Ref(Forger::new().receive())], 0);
    assert_eq!(told(&mut trio, resolver), None, "it waits");
    let mut second = Forger { count: 1, receiver: seed(CAROL, ALICE), ..Forger::new() };
    second.give.receiver = public(CAROL, ALICE);
    let broken = withdraw(&mut trio, second.receive(), 1).unwrap_err();
    assert!(broken.contains("another receiver waits"), "{broken}");
    ask_deposit(&mut trio, b"my-gift", echo);
    trio.drain(ALICE, CAROL).unwrap();
    assert_eq!(told(&mut trio, resolver), Some(Ok(())), "the first got it");
}

#[test]
fn the_same_receiver_may_ask_again_and_the_first_asking_breaks() {
    let (mut trio, _) = ready(Limits::default());
    let first = send_withdrawal(&mut trio, vec![Value::Ref(Forger::new().receive())], 0);
    let again = Forger { count: 1, ..Forger::new() };
    let second = send_withdrawal(&mut trio, vec![Value::Ref(again.receive())], 1);
    let broken = told(&mut trio, first).unwrap().unwrap_err();
    assert!(broken.contains("asked for once more"), "{broken}");
    assert_eq!(told(&mut trio, second), None);
}

#[test]
fn a_withdrawal_that_nobody_waits_for_leaves_the_gift_where_it_is() {
    let (mut trio, echo) = ready(Limits::default());
    deposit(&mut trio, b"my-gift", echo).unwrap();
    let message = Message::new("withdraw-gift", [Value::Ref(Forger::new().receive())]);
    let silent = Deliver { to: Target::Export(0), message, answer: None, resolver: None };
    trio.vats[CAROL].apply(Trio::session(CAROL, BOB), Operation::Deliver(silent)).unwrap();
    let next = Forger { count: 1, ..Forger::new() };
    assert_eq!(withdraw(&mut trio, next.receive(), 0), Ok(()));
}

#[test]
fn a_give_for_another_receiver_arrives_as_a_broken_promise() {
    let (mut trio, _) = ready(Limits::default());
    let (_, heard) = fetch_keeper(&mut trio, BOB, ALICE);
    let mut forger = Forger::new();
    forger.give.receiver = public(CAROL, ALICE);
    for certificate in [forger.give(), Forger::new().receive()] {
        heard.borrow_mut().clear();
        let message = Message::apply(vec![Value::Ref(certificate)]);
        let deliver = Deliver { to: Target::Export(1), message, answer: None, resolver: None };
        trio.vats[BOB].apply(Trio::session(BOB, ALICE), Operation::Deliver(deliver)).unwrap();
        let given = heard_reference(&heard);
        let Ref::Promise(given) = given else { panic!("{given:?}") };
        outcome(&trio, BOB, given).unwrap_err();
    }
    assert_eq!(trio.vats[BOB].sent(Trio::session(BOB, CAROL)).len(), 0, "nobody was asked");
}

#[test]
fn a_give_without_a_signature_means_nothing_over_a_connection() {
    let (mut trio, echo) = ready(Limits::default());
    let (_, heard) = fetch_keeper(&mut trio, BOB, ALICE);
    deposit(&mut trio, b"my-gift", echo).unwrap();
    let unsigned = Descriptor::Given(Box::new(Forger::new().give));
    let message = Message::apply(vec![Value::Ref(unsigned)]);
    let deliver = Deliver { to: Target::Export(1), message, answer: None, resolver: None };
    trio.vats[BOB].apply(Trio::session(BOB, ALICE), Operation::Deliver(deliver)).unwrap();
    let Ref::Promise(given) = heard_reference(&heard) else { panic!("{heard:?}") };
    outcome(&trio, BOB, given).unwrap_err();
}

#[test]
fn an_exporter_that_cannot_be_reached_breaks_the_promise() {
    let (mut trio, _) = ready(Limits::default());
    let (_, heard) = fetch_keeper(&mut trio, BOB, ALICE);
    let mut forger = Forger::new();
    forger.give.exporter = locator("dave");
    let message = Message::apply(vec![Value::Ref(forger.give())]);
    let deliver = Deliver { to: Target::Export(1), message, answer: None, resolver: None };
    trio.vats[BOB].apply(Trio::session(BOB, ALICE), Operation::Deliver(deliver)).unwrap();
    let Ref::Promise(given) = heard_reference(&heard) else { panic!("{heard:?}") };
    assert_eq!(outcome(&trio, BOB, given).unwrap_err().class(), Class::Severed);
    assert!(!trio.vats[BOB].heap.held().keys().any(|held| matches!(held, Ref::Resolver(_))));
}

#[test]
fn an_introduction_is_for_the_session_with_its_exporter() {
    let (mut trio, echo) = ready(Limits::default());
    let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
    trio.vats[BOB].hold_back();
    trio.vats[ALICE].turn(|heap| heap.tell(bob, Message::apply(vec![Value::Ref(echo)])));
    trio.run().unwrap();
    let introduction = trio.vats[BOB].held_back().pop().unwrap();
    trio.vats[BOB]
        .session_turn(Trio::session(BOB, ALICE), |session, heap| {
            session.withdraw(introduction, heap).unwrap();
        })
        .unwrap();
    let Ref::Promise(given) = heard_reference(&heard) else { panic!("{heard:?}") };
    assert_eq!(outcome(&trio, BOB, given).unwrap_err().class(), Class::Refused);
}

#[test]
fn a_give_without_a_signature_has_no_octets_and_is_kept_sealed() {
    let unsigned = Descriptor::Given(Box::new(Forger::new().give));
    let message = Message::apply(vec![Value::Ref(unsigned)]);
    let deliver = Deliver { to: Target::Export(1), message, answer: None, resolver: None };
    let operation = Operation::Deliver(deliver);
    let row = operation.to_row().unwrap();
    assert!(row.secret);
    assert_eq!(Operation::from_row(&row.bytes), Ok(operation.clone()));
    let octets = operation.encode(hogshead_captp::Dialect::default());
    let Ok(Operation::Deliver(read)) = Operation::decode(&octets) else { panic!("{octets:?}") };
    assert_eq!(read.message.values, [Value::Undefined]);
}

#[test]
fn a_vat_of_this_host_cannot_speak_for_a_gifter_of_another() {
    let carriers = [Carrier::Plain, Carrier::Plain, Carrier::Local];
    let mut trio = Trio::joined(carriers, Limits::default());
    let echo = fetch_echo(&mut trio, CAROL, ALICE);
    deposit(&mut trio, b"my-gift", echo).unwrap();
    let unsigned = Descriptor::Given(Box::new(Forger::new().give));
    let resolver = send_withdrawal(&mut trio, vec![Value::Ref(unsigned)], 0);
    let sent: Vec<_> = trio.vats[CAROL].sent(Trio::session(CAROL, BOB)).drain(..).collect();
    let told = sent.iter().find_map(|sent| {
        let Sent::Row(row) = sent else { return None };
        match Operation::from_row(row) {
            Ok(Operation::Deliver(deliver)) if deliver.to == Target::Export(resolver) => {
                Some(deliver.message.symbol().map(str::to_owned))
            }
            _ => None,
        }
    });
    assert_eq!(told, Some(Some("break".to_owned())));
}
