//! Lies about who one is.

use hogshead_captp::testing::hello;
use hogshead_captp::{Limits, Session};
use hogshead_objects::ids::SessionId;

use super::Liar;
use crate::raw::{NEW, Raw, Side, abort, cat, config};

/// A hello that we answer with an abort: the session never began, so nothing is held or kept.
#[track_caller]
fn is_sent_away(hello_text: Vec<u8>, dialled: Option<&str>, reason: &str) {
    let mut raw = Raw::plain();
    let (held, rows) = (raw.vat.heap.held().clone(), raw.vat.heap.rows().len());
    let (id, config) = (SessionId(7), config(SessionId(7), NEW, Limits::default()));
    let ours = hello(2, "bob", dialled);
    raw.vat.join(match dialled {
        Some(_) => Session::dial(config, ours),
        None => Session::accept(config, ours),
    });
    let said = raw.heard_on(id).len();
    assert_eq!(said, usize::from(dialled.is_some()), "who dialled speaks first");
    let violation = raw.say_on(id, hello_text).expect_err("it is refused");
    assert_eq!(violation.to_string(), reason);
    assert_eq!(raw.heard_on(id), [abort(reason)]);
    assert_eq!(*raw.vat.heap.held(), held);
    assert_eq!(raw.vat.heap.rows().len(), rows);
    let echo = raw.echo();
    raw.say(format!("<10'op:deliver<11'desc:export{echo}+>[]ff>")).expect("another goes on");
}

/// A second hello, in the midst of a session, good in itself. Sees: an abort, "op:start-session
/// came twice". Stays: nothing.
#[test]
fn a_second_hello() {
    Liar::new().ends(Side::new(1, "alice").hello(), "op:start-session came twice");
}

/// A second hello with another key, to take the session over. Sees: an abort. Stays: nothing.
#[test]
fn a_second_hello_of_somebody_else() {
    Liar::new().ends(Side::new(9, "alice").hello(), "op:start-session came twice");
}

/// Our own hello sent back to us, or a hello with our key. Sees: an abort, "both sides have the
/// same key". Stays: nothing was there.
#[test]
fn our_own_key() {
    for dialled in [None, Some("bob"), Some("alice")] {
        is_sent_away(Side::new(2, "bob").hello(), dialled, "both sides have the same key");
        is_sent_away(Side::new(2, "alice").hello(), dialled, "both sides have the same key");
    }
}

/// It answers a dial as another peer than the one that was dialled. Sees: an abort, "this is
/// another peer than the one dialled". Stays: nothing was there.
#[test]
fn another_location_than_the_one_dialled() {
    let reason = "this is another peer than the one dialled";
    is_sent_away(Side::new(1, "mallory").hello(), Some("alice"), reason);
    let onion = "<10'ocapn-peer5'onion5\"alicef>";
    let signed = format!("<11'my-location{onion}>");
    let text = Side::new(1, "alice").hello_with("1.0", onion, signed.as_bytes());
    is_sent_away(text, Some("alice"), reason);
}

/// A location that another key signed. Sees: an abort, "the location's signature is not valid".
/// Stays: nothing was there.
#[test]
fn a_location_signed_by_another_key() {
    let (alice, mallory) = (Side::new(1, "alice"), Side::new(9, "mallory"));
    let location = alice.location();
    let signed = format!("<11'my-location{location}>");
    let text = cat(&[
        b"<16'op:start-session3\"1.0",
        &mallory.public_key(),
        location.as_bytes(),
        &alice.sign(signed.as_bytes()),
        b">",
    ]);
    is_sent_away(text, None, "the location's signature is not valid");
}

/// Another's good signature over another location. Sees: an abort. Stays: nothing was there.
#[test]
fn a_signature_over_another_location() {
    let alice = Side::new(1, "alice");
    let signed = format!("<11'my-location{}>", alice.location());
    let text = alice.hello_with("1.0", &Side::new(1, "carol").location(), signed.as_bytes());
    is_sent_away(text, None, "the location's signature is not valid");
}

/// A version that is not ours. Sees: an abort that names it, at most 1,024 octets of it. Stays:
/// nothing was there.
#[test]
fn another_version() {
    let alice = Side::new(1, "alice");
    let location = alice.location();
    let signed = format!("<11'my-location{location}>");
    for version in ["2.0", "1.0\u{0}", ""] {
        let text = alice.hello_with(version, &location, signed.as_bytes());
        is_sent_away(text, None, &format!("version {version:?} is not spoken here; 1.0 is"));
    }
    let long = "9".repeat(10_000);
    let mut session =
        Session::accept(config(SessionId(7), NEW, Limits::default()), hello(2, "bob", None));
    let text = alice.hello_with(&long, &location, signed.as_bytes());
    session.handle_frame(&text.into()).expect_err("it is refused");
    let frame = session.take_frames().remove(0);
    assert!(frame.len() < 1100, "{} octets are said to whoever says much", frame.len());
}

/// Operations before the hello, as if there were a session. Sees: an abort, "op:start-session must
/// come first". Stays: nothing was there.
#[test]
fn no_hello_at_all() {
    for op in [
        "<10'op:deliver<11'desc:export0+>[5'fetch3:vow]ff>",
        "<13'op:gc-exports[1+][1+]>",
        "<10'op:deliver<11'desc:export1+>[7'fulfill1+]ff>",
    ] {
        is_sent_away(op.as_bytes().to_vec(), None, "op:start-session must come first");
    }
}

/// A key of small order, under which anybody can sign. Sees: an abort, "not a sound ed25519 key".
/// Stays: nothing was there.
#[test]
fn a_weak_key() {
    let mut text = Side::new(1, "alice").hello();
    let at = text.windows(4).position(|octets| octets == b"q32:").expect("a key") + 4;
    for (first, last) in [(0, 0), (1, 0)] {
        text[at..at + 32].fill(0);
        (text[at], text[at + 31]) = (first, last);
        let id = SessionId(7);
        let mut session =
            Session::accept(config(id, NEW, Limits::default()), hello(2, "bob", None));
        let violation = session.handle_frame(&text.clone().into()).expect_err("a weak key");
        assert!(violation.to_string().contains("not a sound ed25519 key"), "{violation}");
        assert!(session.has_ended());
    }
}
