//! Beginning a session: "Establishing a connection", "Cryptography" and "`op:start-session`".

use bytes::Bytes;
use hogshead_captp::crypto::{PublicId, PublicKey, SessionHash};
use hogshead_captp::session::outbound_survives;
use hogshead_captp::syrup::Problem;
use hogshead_captp::testing::{hello, key};
use hogshead_captp::{Event, Limits, Session, Violation};
use hogshead_objects::ids::SessionId;

use crate::raw::{NEW, Raw, Side, abort, broken, cat, config, given_back, octets, twice};

const ALICE: &str =
    "<10'ocapn-peer16'tcp-testing-only5\"alice{4\"host9\"127.0.0.14\"port5\"22046}>";

fn alice() -> Side {
    Side::new(1, "alice")
}

/// A session that somebody dialled; our key is the one of seed 2.
fn accepting() -> Session {
    Session::accept(config(SessionId(1), NEW, Limits::default()), hello(2, "bob", None))
}

/// A session that we dialled, as Alice.
fn dialling(to: &str) -> Session {
    Session::dial(config(SessionId(1), NEW, Limits::default()), hello(1, "alice", Some(to)))
}

/// What comes of a first frame: the violation, and the abort that tells of it.
#[track_caller]
fn refused(frame: impl Into<Bytes>) -> Violation {
    let mut session = accepting();
    let violation = session.handle_frame(&frame.into()).expect_err("it is refused");
    assert_eq!(session.take_frames(), [Bytes::from(abort(&violation.to_string()))]);
    assert!(session.has_ended());
    let late = session.handle_frame(&alice().hello().into());
    assert_eq!(late.unwrap_err(), Violation::Ended);
    violation
}

/// Establishing a connection: each side MUST use a per-session key pair: the key in the hello is
/// the one that was made for this session, and no other session's.
#[test]
fn a_session_speaks_with_the_key_made_for_it() {
    for seed in [1, 7] {
        let side = hello(seed, "alice", Some("bob"));
        let session = Session::dial(config(SessionId(1), NEW, Limits::default()), side);
        let frame = { session }.take_frames().remove(0);
        let theirs = key(seed).verifying_key();
        assert!(frame.windows(32).any(|octets| octets == theirs.as_bytes()));
        assert!(
            !frame.windows(32).any(|octets| octets == key(seed + 1).verifying_key().as_bytes())
        );
    }
}

/// Establishing a connection: both sides MUST send `op:start-session`; the one that dialled
/// speaks first, the other answers with its own.
#[test]
fn both_sides_say_hello_the_one_that_dialled_first() {
    assert_eq!(dialling("bob").take_frames().len(), 1);
    let mut session = accepting();
    assert!(session.take_frames().is_empty());
    session.handle_frame(&alice().hello().into()).unwrap();
    let answer = session.take_frames();
    assert_eq!(answer, [Bytes::from(Side::new(2, "bob").hello())]);
}

/// Establishing a connection: the remote's `op:start-session` MUST be received and verified
/// before anything else is taken; nothing else is sent before it either.
#[test]
fn nothing_is_taken_before_the_hello() {
    for early in [
        "<10'op:deliver<11'desc:export0+>[5'fetch1:x]ff>",
        "<9'op:listen<11'desc:export0+><18'desc:import-object1+>>",
        "<13'op:gc-exports[0+][1+]>",
        "<13'op:gc-answers[0+]>",
        "<6'op:get<11'desc:answer0+>1\"a1+>",
    ] {
        assert_eq!(refused(early), Violation::BeforeHello, "{early}");
    }
}

/// Establishing a connection: the bootstrap object MUST be exported at position `0` once both
/// hellos are through, to whoever dialled.
#[test]
fn the_bootstrap_object_is_at_position_zero_at_once() {
    let mut raw = Raw::plain();
    raw.check(
        "<10'op:deliver<11'desc:export0+>[5'fetch1:x]f<18'desc:import-object1+>>",
        &[&broken(1, "not-found: no object has this swiss number"), &given_back(1)],
    );
    let mut dialled = dialling("bob");
    dialled.handle_frame(&Side::new(2, "bob").hello().into()).unwrap();
    let fetch = Bytes::from_static(b"<10'op:deliver<11'desc:export0+>[5'fetch1:x]1+f>");
    assert!(matches!(dialled.handle_frame(&fetch), Ok(Event::Operation(_))));
}

/// Cryptography, Public Key: the key is written as gcrypt's s-expression with `q` a ByteArray of
/// 32 octets; what has another form is no key.
#[test]
fn keys_are_s_expressions() {
    let good = alice().hello();
    let good = String::from_utf8_lossy(&good).into_owned();
    assert!(good.contains("[10'public-key[3'ecc[5'curve7'Ed25519][5'flags5'eddsa][1'q32:"));
    for (form, other) in [
        ("10'public-key", "10\"public-key"),
        ("7'Ed25519", "7'ed25519"),
        ("[5'flags5'eddsa]", ""),
        ("1'q32:", "1'q31:"),
    ] {
        let text = alice().hello();
        let at = text.windows(form.len()).position(|octets| octets == form.as_bytes()).unwrap();
        let text = cat(&[&text[..at], other.as_bytes(), &text[at + form.len()..]]);
        let Violation::Malformed(error) = refused(text) else { panic!("{other}: no key") };
        assert!(matches!(error.problem, Problem::NotAKey | Problem::Truncated), "{other}: {error}");
    }
}

/// Cryptography, Public Key: a key under which anybody can sign is no key.
#[test]
fn weak_keys_are_refused() {
    let mut text = alice().hello();
    let at = text.windows(4).position(|octets| octets == b"q32:").unwrap() + 4;
    text[at..at + 32].copy_from_slice(&[0; 32]);
    let Violation::Malformed(error) = refused(text) else { panic!("a weak key") };
    assert_eq!(error.problem, Problem::WeakKey);
}

/// Cryptography, Public Identifier: SHA-256, twice, of the key's Syrup.
#[test]
fn a_public_identifier_is_the_keys_syrup_hashed_twice() {
    let mut session = accepting();
    session.handle_frame(&alice().hello().into()).unwrap();
    let peer = session.peer().unwrap();
    assert_eq!(peer.id, PublicId(twice(&alice().public_key())));
    assert_eq!(peer.our_id, PublicId(twice(&Side::new(2, "bob").public_key())));
    assert_eq!(PublicKey::from(key(1).verifying_key()).id(), peer.id);
}

/// Cryptography, Session ID: SHA-256, twice, of `prot0` and both public identifiers sorted; both
/// sides come to the same.
#[test]
fn both_sides_name_the_session_alike() {
    let (alice, bob) = (alice(), Side::new(2, "bob"));
    let mut dialled = dialling("bob");
    let mut accepted = accepting();
    accepted.handle_frame(&dialled.take_frames()[0]).unwrap();
    dialled.handle_frame(&accepted.take_frames()[0]).unwrap();
    let mut ids = [alice.public_id(), bob.public_id()];
    ids.sort_unstable();
    let name = SessionHash(twice(&cat(&[b"prot0", &ids[0], &ids[1]])));
    for session in [&dialled, &accepted] {
        assert_eq!(session.peer().unwrap().session, name);
    }
}

/// Cryptography, Signature: `r` and `s` are ByteArrays of 32 octets each in gcrypt's form.
#[test]
fn signatures_are_s_expressions() {
    let text = dialling("bob").take_frames().remove(0);
    let at = text.windows(10).position(|octets| octets == b"[7'sig-val").unwrap();
    let signature = alice().sign(format!("<11'my-location{ALICE}>").as_bytes());
    assert_eq!(text[at..text.len() - 1], signature);
    let good = alice().hello();
    for (form, other) in
        [("7'sig-val", "7\"sig-val"), ("1'r32:", "1'R32:"), ("5'eddsa[1'r", "5'EdDSA[1'r")]
    {
        let at = good.windows(form.len()).rposition(|octets| octets == form.as_bytes()).unwrap();
        let text = cat(&[&good[..at], other.as_bytes(), &good[at + form.len()..]]);
        let Violation::Malformed(error) = refused(text) else { panic!("{other}: no signature") };
        assert_eq!(error.problem, Problem::NotAKey, "{other}");
    }
}

/// op:start-session, Constructing and sending: `captp-version` MUST be `1.0`, then the session's
/// key, our location, and the key's signature over it, octet for octet.
#[test]
fn our_hello_is_octet_for_octet_what_the_text_says() {
    let mut session = dialling("bob");
    let signed = format!("<11'my-location{ALICE}>");
    assert_eq!(
        session.take_frames(),
        [Bytes::from(alice().hello_with("1.0", ALICE, signed.as_bytes()))]
    );
    assert!(!session.is_established(), "before the other's hello");
}

/// op:start-session, Receiving: a good hello establishes the session, and tells where the peer is.
#[test]
fn a_good_hello_establishes_the_session() {
    let mut session = accepting();
    let Ok(Event::Established(peer)) = session.handle_frame(&alice().hello().into()) else {
        panic!("a good hello establishes the session")
    };
    assert_eq!(peer.location, hogshead_captp::testing::locator("alice"));
    assert!(session.is_established());
}

/// op:start-session, Receiving: if the session has already received one, it MUST be aborted.
#[test]
fn a_second_hello_aborts() {
    for second in [alice(), Side::new(3, "alice")] {
        let mut session = accepting();
        session.handle_frame(&alice().hello().into()).unwrap();
        session.take_frames();
        let violation = session.handle_frame(&second.hello().into()).unwrap_err();
        assert_eq!(violation, Violation::SecondHello);
        assert_eq!(session.take_frames(), [Bytes::from(abort("op:start-session came twice"))]);
        assert!(session.has_ended());
    }
}

/// op:start-session, Receiving: `captp-version` MUST equal `1.0`, or the connection MUST be
/// aborted.
#[test]
fn another_version_aborts() {
    let signed = format!("<11'my-location{ALICE}>");
    for version in ["0.9", "1", "1.0.0", "2.0", ""] {
        let text = alice().hello_with(version, ALICE, signed.as_bytes());
        assert_eq!(refused(text), Violation::Version(version.to_owned()));
    }
    let text = octets(&crate::raw::shown(&alice().hello()).replacen("3\"1.0", "3:1.0", 1));
    assert!(matches!(refused(text), Violation::Malformed(_)), "a version is a string");
}

/// op:start-session, Receiving: `acceptable-location-sig` MUST be valid: by the key of the hello,
/// over the location of the hello.
#[test]
fn a_signature_that_is_not_of_this_key_over_this_location_aborts() {
    let signed = format!("<11'my-location{ALICE}>");
    let elsewhere = Side::new(1, "carol").location();
    for (location, octets) in
        [(ALICE, ALICE), (ALICE, "nonsense"), (elsewhere.as_str(), signed.as_str())]
    {
        let text = alice().hello_with("1.0", location, octets.as_bytes());
        assert_eq!(refused(text), Violation::LocationSignature);
    }
    // Another's signature in a hello with Alice's key.
    let location = alice().location();
    let text = cat(&[
        b"<16'op:start-session3\"1.0",
        &alice().public_key(),
        location.as_bytes(),
        &Side::new(9, "mallory").sign(signed.as_bytes()),
        b">",
    ]);
    assert_eq!(refused(text), Violation::LocationSignature);
}

/// op:start-session, Receiving: the peer that answers a dial is the one that was dialled; hints
/// are not compared.
#[test]
fn the_answering_peer_must_be_the_one_dialled() {
    let mut hints = hello(1, "alice", Some("bob"));
    hints.expected_peer.as_mut().unwrap().hints = None;
    let mut session = Session::dial(config(SessionId(1), NEW, Limits::default()), hints);
    assert!(session.handle_frame(&Side::new(2, "bob").hello().into()).is_ok());
    let violation =
        dialling("carol").handle_frame(&Side::new(2, "bob").hello().into()).unwrap_err();
    assert_eq!(violation, Violation::WrongPeer);
}

/// op:start-session, Crossed Hellos Resolution: of two public identifiers, compared bytewise, the
/// lower's connection is aborted, and both sides judge alike.
#[test]
fn of_crossed_hellos_the_higher_survives_on_both_sides() {
    // Alice dialled with one key, Bob with another; each compares its outbound with its inbound.
    for (ours, theirs) in [(1, 2), (2, 1), (40, 41), (77, 3)] {
        let (ours, theirs) = (Side::new(ours, "alice"), Side::new(theirs, "bob"));
        let (alice, bob) = (PublicId(ours.public_id()), PublicId(theirs.public_id()));
        let alice_dial_survives = ours.public_id() > theirs.public_id();
        assert_eq!(outbound_survives(alice, bob), alice_dial_survives, "as Alice sees it");
        assert_eq!(outbound_survives(bob, alice), !alice_dial_survives, "as Bob sees it");
    }
    // Octet by octet, the first that differs decides.
    let (mut low, mut high) = ([0; 32], [0; 32]);
    (low[31], high[0]) = (255, 1);
    assert!(outbound_survives(PublicId(high), PublicId(low)));
    assert!(!outbound_survives(PublicId(low), PublicId(high)));
}

/// op:abort: an abort may come in place of a hello; the session has ended and nothing is said.
#[test]
fn an_abort_before_the_hello_ends_the_session() {
    let mut session = accepting();
    let event = session.handle_frame(&Bytes::from_static(b"<8'op:abort4\"test>"));
    assert!(matches!(event, Ok(Event::Aborted(reason)) if reason == "test"));
    assert!(session.has_ended());
    assert!(session.take_frames().is_empty());
    assert_eq!(session.handle_frame(&alice().hello().into()).unwrap_err(), Violation::Ended);
}
