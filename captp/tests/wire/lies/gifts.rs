//! Lies of gifters and exporters: gifts that are none.

use hogshead_captp::Limits;
use hogshead_objects::{Class, Message, Ref};

use super::Liar;
use crate::raw::certificates::{Give, deposit};
use crate::raw::{Raw, Side, broken, cat, given_back};

/// What the liar, as gifter, may give us: a gift at Carol's, who stands by.
fn give(liar: &Liar) -> Give {
    let gifter = Side::new(66, "alice");
    Give {
        receiver: Side::ours(liar.raw.id),
        exporter: Side::new(3, "carol").location(),
        session: gifter.session(&Side::new(67, "carol")),
        gifter: gifter.public_id(),
        gift: vec![7; 32],
    }
}

/// The liar sends our keeper this certificate; what is kept of it.
#[track_caller]
fn given(liar: &mut Liar, certificate: &[u8]) -> Ref {
    let before: Vec<_> = liar.raw.vat.heap.kept().collect();
    let keeper = liar.raw.keeper();
    let to = format!("<10'op:deliver<11'desc:export{keeper}+>[");
    liar.raw.say(cat(&[to.as_bytes(), certificate, b"]ff>"])).expect("it is no violation");
    let mut kept = liar.raw.vat.heap.kept();
    kept.find(|entry| !before.contains(entry)).expect("something is kept").0
}

/// The certificate arrives as a promise that is broken, and nobody is asked for anything.
#[track_caller]
fn arrives_broken(certificate: fn(&Liar) -> Vec<u8>, class: Class) {
    let mut liar = Liar::new();
    let certificate = certificate(&liar);
    let Ref::Promise(promise) = given(&mut liar, &certificate) else { panic!("a promise") };
    let Some(Err(error)) = liar.raw.vat.heap.outcome(promise) else { panic!("it is broken") };
    assert_eq!(error.class(), class, "{error}");
    liar.goes_on();
    liar.after();
}

/// A gift deposited under an id that is taken. Sees: the second deposit is broken if it asks, "a
/// gift was deposited under this id already". Stays: the first gift, until the session ends.
#[test]
fn a_gift_under_an_id_that_is_taken() {
    let mut liar = Liar::new();
    let echo = liar.echo;
    assert_eq!(liar.is_taken(deposit(b"id", &format!("<11'desc:export{echo}+>"))), [""; 0]);
    let heard = liar.is_taken(
        "<10'op:deliver<11'desc:export0+>[12'deposit-gift2:id<18'desc:import-object70+>]f\
         <18'desc:import-object51+>>",
    );
    let why = broken(51, "refused: a gift was deposited under this id already");
    assert_eq!(heard, [why, "<13'op:gc-exports[70+51+][1+1+]>".to_owned()]);
    liar.goes_on();
    liar.after();
}

/// A deposit of what was never exported. Sees: an abort, "no export at position 99". Stays:
/// nothing.
#[test]
fn a_deposit_of_what_was_never_exported() {
    Liar::new().ends(deposit(b"id", "<11'desc:export99+>"), "no export at position 99");
}

/// A deposit by a stranger, who has nothing of ours to give: of its own object, or of what was
/// never exported. Sees: its promise is broken, "there is nothing yet that could be given", and its
/// own is given back. Stays: nothing; not a row was written.
#[test]
fn a_deposit_by_a_stranger() {
    for (reference, given) in [
        ("<18'desc:import-object70+>", "<13'op:gc-exports[70+51+][1+1+]>"),
        ("<11'desc:export1+>", "<13'op:gc-exports[51+][1+]>"),
    ] {
        let mut raw = Raw::plain();
        raw.check(
            format!(
                "<10'op:deliver<11'desc:export0+>[12'deposit-gift2:id{reference}]f\
                 <18'desc:import-object51+>>"
            ),
            &[&broken(51, "refused: there is nothing yet that could be given"), given],
        );
        assert!(raw.vat.heap.rows().is_empty() && raw.vat.heap.held().is_empty());
    }
}

/// A deposit of an answer that was never asked for. Sees: an abort, "no answer at position 99".
/// Stays: nothing.
#[test]
fn a_deposit_of_an_answer_of_nothing() {
    Liar::new().ends(deposit(b"id", "<11'desc:answer99+>"), "no answer at position 99");
}

/// A deposit of an object as a promise, at one position. Sees: an abort. Stays: nothing.
#[test]
fn a_deposit_of_one_position_both_ways() {
    Liar::new().ends(
        deposit(b"id", "<19'desc:import-promise40+>"),
        "position 40 is described both as an object and as a promise",
    );
}

/// A deposit of what is no reference, or under what is no id. Sees: its promise is broken,
/// "deposit-gift takes a gift's id, a byte string, and a reference". Stays: nothing new.
#[test]
fn a_deposit_of_what_is_no_reference() {
    for args in ["2:id7+", "2:id", "", "2\"id<11'desc:export1+>", "2:id<11'desc:export1+>t", "1+"] {
        let mut liar = Liar::new();
        let heard = liar.is_taken(format!(
            "<10'op:deliver<11'desc:export0+>[12'deposit-gift{args}]f<18'desc:import-object51+>>"
        ));
        let why = "bad-call: deposit-gift takes a gift's id, a byte string, and a reference";
        assert_eq!(heard, [broken(51, why), given_back(51)], "{args}");
        liar.goes_on();
        liar.after();
    }
}

/// A deposit of our bootstrap object. Sees: its promise is broken. Stays: nothing new.
#[test]
fn a_deposit_of_the_bootstrap_object() {
    let mut liar = Liar::new();
    let heard = liar.is_taken(
        "<10'op:deliver<11'desc:export0+>[12'deposit-gift2:id<11'desc:export0+>]f\
         <18'desc:import-object51+>>",
    );
    assert!(heard[0].contains("[5'break<10'desc:error"), "{heard:?}");
    liar.goes_on();
    liar.after();
}

/// A thousand gifts and more that nobody withdraws. Sees: those beyond the limit are broken with
/// `busy`. Stays: the first, until the session ends or ten minutes have passed.
#[test]
fn gifts_without_end() {
    let mut liar = Liar::with(Limits { gifts_max: 20, ..Limits::default() });
    let echo = liar.echo;
    for n in 0..30_u64 {
        let heard = liar.is_taken(format!(
            "<10'op:deliver<11'desc:export0+>[12'deposit-gift8:{n:08}<11'desc:export{echo}+>]f\
             <18'desc:import-object51+>>"
        ));
        assert_eq!(heard[0].contains("busy: "), n >= 20, "{n}: {heard:?}");
    }
    liar.goes_on();
    liar.after();
}

/// A gift id of a mebibyte. Sees: it is an id as any. Stays: a row of the usual size.
#[test]
fn a_gift_id_without_end() {
    let mut liar = Liar::new();
    let echo = liar.echo;
    let reference = format!("<11'desc:export{echo}+>");
    assert_eq!(liar.is_taken(deposit(&vec![7; 1 << 20], &reference)), [""; 0]);
    let longest = super::rows(&liar.raw).iter().map(|(key, row)| key.len() + row.len()).max();
    assert!(longest.is_some_and(|octets| octets < 1024), "{longest:?}");
    liar.goes_on();
    liar.after();
}

/// A give that is for another receiver than we are. Sees: nothing; nobody is asked. Stays: the
/// message arrives with a promise that is broken.
#[test]
fn a_give_for_another_receiver() {
    arrives_broken(
        |liar| {
            let receiver = Side::ours(liar.bystander);
            Give { receiver, ..give(liar) }.signed(&Side::new(66, "alice"))
        },
        Class::Refused,
    );
}

/// A receive where a give belongs. Sees: nothing; nobody is asked. Stays: a broken promise in its
/// place.
#[test]
fn a_receive_in_place_of_a_give() {
    arrives_broken(
        |liar| {
            let receive = crate::raw::certificates::Receive {
                session: [1; 32],
                side: [2; 32],
                count: "0+".to_owned(),
                give: give(liar).signed(&Side::new(66, "alice")),
            };
            receive.signed(&Side::new(66, "alice"))
        },
        Class::BadCall,
    );
}

/// A give of an exporter that nobody can reach. Sees: nothing. Stays: a broken promise in its
/// place.
#[test]
fn a_give_of_an_exporter_that_is_nowhere() {
    arrives_broken(
        |liar| {
            let exporter = Side::new(3, "nowhere").location();
            Give { exporter, ..give(liar) }.signed(&Side::new(66, "alice"))
        },
        Class::Severed,
    );
}

/// A give that says that we are the exporter, of a session that we do not have. Sees: nothing.
/// Stays: a broken promise in its place.
#[test]
fn a_give_of_ours_that_we_never_had() {
    arrives_broken(
        |liar| {
            let exporter = Side::ours(liar.raw.id).location();
            Give { exporter, ..give(liar) }.signed(&Side::new(66, "alice"))
        },
        Class::NotFound,
    );
}

/// A give that says that the liar itself exports the gift. Sees: it is asked for it, as any
/// exporter is. Stays: the wait for its answer, until the session ends.
#[test]
fn a_give_of_its_own() {
    let mut liar = Liar::new();
    let certificate = Give { exporter: Side::new(1, "alice").location(), ..give(&liar) }
        .signed(&Side::new(66, "alice"));
    let promise = given(&mut liar, &certificate);
    let heard = liar.raw.heard().concat();
    assert!(heard.contains("[13'withdraw-gift<17'desc:sig-envelope"), "{heard}");
    let late = liar.raw.vat.turn(|heap| heap.ask(promise, Message::new("hi", [])));
    liar.raw.heard();
    assert_eq!(liar.raw.vat.heap.outcome(late), None);
    liar.after();
}

/// More gives in one message than a message may have. Sees: nothing. Stays: those beyond the limit
/// are broken promises; the others are asked for.
#[test]
fn gives_without_end() {
    let mut liar = Liar::with(Limits { handoffs_max: 4, ..Limits::default() });
    let exporter = Side::new(1, "alice").location();
    let gives: Vec<u8> = (0..10_u8)
        .flat_map(|n| {
            let give = Give { exporter: exporter.clone(), gift: vec![n], ..give(&liar) };
            give.signed(&Side::new(66, "alice"))
        })
        .collect();
    let echo = liar.echo;
    let to = format!("<10'op:deliver<11'desc:export{echo}+>[");
    let heard = liar.is_taken(cat(&[to.as_bytes(), &gives, b"]ff>"])).concat();
    assert_eq!(heard.matches("13'withdraw-gift").count(), 4, "{heard}");
    liar.after();
}

/// The exporter answers a withdrawal with what is no reference. Sees: nothing. Stays: the promise
/// is that value; messages to it break.
#[test]
fn a_gift_that_is_data() {
    let mut liar = Liar::new();
    let certificate = Give { exporter: Side::new(1, "alice").location(), ..give(&liar) }
        .signed(&Side::new(66, "alice"));
    let promise = given(&mut liar, &certificate);
    let heard = liar.raw.heard().concat();
    let resolver = heard.rsplit_once("import-object").unwrap().1.split('+').next().unwrap();
    liar.is_taken(format!("<10'op:deliver<11'desc:export{resolver}+>[7'fulfill4\"junk]ff>"));
    let late = liar.raw.vat.turn(|heap| heap.ask(promise, Message::new("hi", [])));
    let Some(Err(error)) = liar.raw.vat.heap.outcome(late) else { panic!("it is broken") };
    assert_eq!(error.class(), Class::BadCall);
    liar.goes_on();
    liar.after();
}
