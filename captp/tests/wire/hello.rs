//! The hello: "Establishing a connection" and "`op:start-session`".

use bytes::Bytes;
use ed25519_dalek::{Signer, SigningKey};
use hogshead_captp::crypto::{PublicId, PublicKey, SessionHash};
use hogshead_captp::session::outbound_survives;
use hogshead_captp::syrup::Problem;
use hogshead_captp::testing::{hello, key, locator};
use hogshead_captp::{Bootstrap, Config, Dialect, Event, Limits, Session, Violation};
use hogshead_objects::ids::SessionId;
use sha2::{Digest, Sha256};

const ALICE: &str =
    "<10'ocapn-peer16'tcp-testing-only5\"alice{4\"host9\"127.0.0.14\"port5\"22046}>";

fn config() -> Config {
    Config {
        id: SessionId(1),
        dialect: Dialect::default(),
        bootstrap: Bootstrap::Fetch,
        limits: Limits::default(),
        identity: None,
        handoffs: true,
    }
}

fn accept() -> Session {
    Session::accept(config(), hello(2, "bob", None))
}

fn key_text(key: &SigningKey) -> Vec<u8> {
    let mut text = b"[10'public-key[3'ecc[5'curve7'Ed25519][5'flags5'eddsa][1'q32:".to_vec();
    text.extend_from_slice(key.verifying_key().as_bytes());
    text.extend_from_slice(b"]]]");
    text
}

/// A hello made without the code that is tested.
fn hello_text(version: &str, key: &SigningKey, location: &str, signed: &str) -> Bytes {
    let signature = key.sign(signed.as_bytes()).to_bytes();
    let mut text = format!("<16'op:start-session{}\"{version}", version.len()).into_bytes();
    text.extend_from_slice(&key_text(key));
    text.extend_from_slice(location.as_bytes());
    text.extend_from_slice(b"[7'sig-val[5'eddsa[1'r32:");
    text.extend_from_slice(&signature[..32]);
    text.extend_from_slice(b"][1's32:");
    text.extend_from_slice(&signature[32..]);
    text.extend_from_slice(b"]]]>");
    text.into()
}

fn good_hello(seed: u8) -> Bytes {
    hello_text("1.0", &key(seed), ALICE, &format!("<11'my-location{ALICE}>"))
}

/// "Constructing and sending".
#[test]
fn our_hello_is_octet_for_octet_what_the_text_says() {
    let mut dialled = Session::dial(config(), hello(1, "alice", Some("bob")));
    assert_eq!(dialled.take_frames(), [good_hello(1)]);
    assert!(!dialled.is_established());
}

/// The side that dialled speaks first.
#[test]
fn an_accepted_session_is_silent_until_it_is_greeted() {
    let mut session = accept();
    assert!(session.take_frames().is_empty());
    let Ok(Event::Established(peer)) = session.handle_frame(&good_hello(1)) else {
        panic!("a good hello establishes the session")
    };
    assert_eq!(peer.location, locator("alice"));
    assert_eq!(session.take_frames().len(), 1);
    assert!(session.is_established());
}

/// "Public Identifier" and "Session ID", computed here from the text.
#[test]
fn both_sides_name_the_session_alike() {
    let twice = |octets: &[u8]| -> [u8; 32] { Sha256::digest(Sha256::digest(octets)).into() };
    let (alice, bob) = (twice(&key_text(&key(1))), twice(&key_text(&key(2))));
    let mut octets = b"prot0".to_vec();
    octets.extend_from_slice(&alice.min(bob));
    octets.extend_from_slice(&alice.max(bob));

    let mut dialled = Session::dial(config(), hello(1, "alice", Some("bob")));
    let mut accepted = accept();
    accepted.handle_frame(&dialled.take_frames()[0]).unwrap();
    dialled.handle_frame(&accepted.take_frames()[0]).unwrap();
    for (session, id) in [(&dialled, bob), (&accepted, alice)] {
        let peer = session.peer().unwrap();
        assert_eq!(peer.id, PublicId(id));
        assert_eq!(peer.session, SessionHash(twice(&octets)));
    }
    assert_eq!(PublicKey::from(key(1).verifying_key()).id(), PublicId(alice));
}

/// "Crossed Hellos Resolution": the lower of the two has its connection aborted, and both sides
/// come to the same judgement.
#[test]
fn crossed_hellos_are_decided_alike_on_both_sides() {
    let (low, high) = (PublicId([1; 32]), PublicId([2; 32]));
    assert!(outbound_survives(high, low));
    assert!(!outbound_survives(low, high));
}

/// "Receiving": each reason to abort, with the reason that the peer is told.
#[test]
fn a_bad_hello_is_answered_with_an_abort() {
    let weak = {
        let mut text = good_hello(1).to_vec();
        let at = text.windows(4).position(|w| w == b"q32:").unwrap() + 4;
        text[at..at + 32].copy_from_slice(&[0; 32]);
        Bytes::from(text)
    };
    let signed = format!("<11'my-location{ALICE}>");
    let cases: Vec<(Bytes, Violation)> = vec![
        (hello_text("0.9", &key(1), ALICE, &signed), Violation::Version("0.9".into())),
        (hello_text("1.0", &key(1), ALICE, ALICE), Violation::LocationSignature),
        (hello_text("1.0", &key(1), ALICE, "i am invalid"), Violation::LocationSignature),
        (hello_text("1.0", &key(2), ALICE, &signed), Violation::OwnKey),
        (Bytes::from_static(b"<10'op:deliver<11'desc:export0+>[]ff>"), Violation::BeforeHello),
        (Bytes::from(vec![b'x'; 20_000]), Violation::FrameTooLong { bytes: 20_000, max: 16 << 10 }),
    ];
    for (frame, violation) in cases {
        let mut session = accept();
        assert_eq!(session.handle_frame(&frame).unwrap_err(), violation);
        let reason = violation.to_string();
        let abort = format!("<8'op:abort{}\"{reason}>", reason.len());
        assert_eq!(session.take_frames(), [Bytes::from(abort)]);
        assert!(session.has_ended());
        assert_eq!(session.handle_frame(&good_hello(1)).unwrap_err(), Violation::Ended);
    }
    let Err(Violation::Malformed(error)) = accept().handle_frame(&weak) else {
        panic!("a weak key is refused")
    };
    assert_eq!(error.problem, Problem::WeakKey);
}

#[test]
fn a_second_hello_is_a_violation() {
    let mut session = accept();
    session.handle_frame(&good_hello(1)).unwrap();
    assert_eq!(session.handle_frame(&good_hello(3)).unwrap_err(), Violation::SecondHello);
}

/// Hints are not compared ("Locators", "Peer Locator"); designator and transport are.
#[test]
fn the_answering_peer_must_be_the_one_dialled() {
    let mut elsewhere = hello(1, "bob", Some("alice"));
    elsewhere.expected_peer.as_mut().unwrap().hints = None;
    assert!(Session::dial(config(), elsewhere).handle_frame(&good_hello(7)).is_ok());
    let mut other = Session::dial(config(), hello(1, "bob", Some("carol")));
    assert_eq!(other.handle_frame(&good_hello(7)).unwrap_err(), Violation::WrongPeer);
}

/// Peers abort and connect again: an abort may come instead of a hello.
#[test]
fn an_abort_before_the_hello_ends_the_session() {
    let mut session = accept();
    let event = session.handle_frame(&Bytes::from_static(b"<8'op:abort4\"test>"));
    assert!(matches!(event, Ok(Event::Aborted(reason)) if reason == "test"));
    assert!(session.has_ended());
    assert!(session.take_frames().is_empty());
    assert_eq!(session.handle_frame(&good_hello(1)).unwrap_err(), Violation::Ended);
}
