//! The preface as a pure machine: each lie that a side can tell, told.

use hogshead_netlayer::preface::{Agreed, AwaitingAnswer, Dialling, Failure, Listening};
use hogshead_netlayer::{HostKey, Mode, PrefaceError};
use hogshead_objects::ids::{Epoch, Timestamp};
use hogshead_objects::keys::{CertificateError, HostingCertificate};
use hogshead_objects::preface::{
    Binding, DiallerProof, ListenerProof, Malformed, Message, PREFACE_BYTES_MAX, Refusal, Want,
};

use crate::support::{NOW, Party, Random, certificate, root, seed, vat};

fn binding(alice: &Party, bob: &Party) -> Binding {
    Binding { exporter: [9; 32], stream: 4, dialler: alice.key.id(), listener: bob.key.id() }
}

/// What goes between the two, so that a test may change it on its way.
#[derive(Default)]
struct Changes {
    most: Option<Mode>,
    bob_binding: Option<Binding>,
    bob_key: Option<HostKey>,
    alice_key: Option<HostKey>,
    alice_shows: Option<HostingCertificate>,
    edit_listener_proof: Option<fn(&mut ListenerProof)>,
    edit_dialler_proof: Option<fn(&mut DiallerProof)>,
}

/// Runs a whole preface: Alice wants Bob. Gives what each side came to.
fn run(
    alice: &Party,
    bob: &Party,
    changes: Changes,
) -> (Result<Agreed, Failure>, Option<Result<Agreed, Failure>>) {
    let binding = binding(alice, bob);
    let bob_binding = changes.bob_binding.unwrap_or_else(|| binding.clone());
    let bob_key = changes.bob_key.as_ref().unwrap_or(&bob.key);
    let alice_key = changes.alice_key.as_ref().unwrap_or(&alice.key);
    let shows = changes.alice_shows.unwrap_or_else(|| certificate(1, alice.key.id(), 5));
    let (dialling, want) = Dialling::new(binding, shows, bob.vat, Mode::Durable);
    let listening = Listening::new(bob_binding, changes.most.unwrap_or(Mode::Durable));
    let (awaiting_proof, proof) = match listening.handle_message(&want, bob_key, &*bob.vats) {
        Ok(next) => next,
        Err(failure) => {
            let answer = failure.answer.clone().unwrap();
            let alice = dialling.handle_message(&answer, alice_key, &*alice.vats);
            return (alice.map(|_| unreachable!("a refusal")), Some(Err(failure)));
        }
    };
    let proof = edit(&proof, |message| match (message, changes.edit_listener_proof) {
        (Message::ListenerProof(proof), Some(edit)) => edit(proof),
        (Message::ListenerProof(_), None) => {}
        (other, _) => panic!("{other:?}"),
    });
    let (awaiting, proof) = match dialling.handle_message(&proof, alice_key, &*alice.vats) {
        Ok(next) => next,
        Err(failure) => return (Err(failure), None),
    };
    let proof = edit(&proof, |message| match (message, changes.edit_dialler_proof) {
        (Message::DiallerProof(proof), Some(edit)) => edit(proof),
        (Message::DiallerProof(_), None) => {}
        (other, _) => panic!("{other:?}"),
    });
    finish(awaiting, awaiting_proof.handle_message(&proof, bob_key, &*bob.vats))
}

fn finish(
    awaiting: AwaitingAnswer,
    bob: Result<(Agreed, Vec<u8>), Failure>,
) -> (Result<Agreed, Failure>, Option<Result<Agreed, Failure>>) {
    match bob {
        Ok((agreed, answer)) => (awaiting.handle_message(&answer), Some(Ok(agreed))),
        Err(failure) => {
            let answer = failure.answer.clone().unwrap();
            (awaiting.handle_message(&answer), Some(Err(failure)))
        }
    }
}

fn edit(bytes: &[u8], change: impl FnOnce(&mut Message)) -> Vec<u8> {
    let mut message = Message::decode(bytes).unwrap();
    change(&mut message);
    message.encode()
}

fn alice_and_bob() -> (Party, Party) {
    (Party::new(1), Party::new(2))
}

fn listener_sees(changes: Changes) -> (PrefaceError, PrefaceError) {
    let (alice, bob) = alice_and_bob();
    let (a, b) = run(&alice, &bob, changes);
    (b.unwrap().unwrap_err().error, a.unwrap_err().error)
}

fn dialler_sees(changes: Changes) -> PrefaceError {
    let (alice, bob) = alice_and_bob();
    let (a, b) = run(&alice, &bob, changes);
    assert!(b.is_none(), "Bob must not have heard who dials");
    a.unwrap_err().error
}

#[test]
fn both_sides_agree_on_who_and_how() {
    let (alice, bob) = alice_and_bob();
    let (a, b) = run(&alice, &bob, Changes::default());
    let (a, b) = (a.unwrap(), b.unwrap().unwrap());
    assert_eq!((a.us.vat, a.peer.vat), (alice.vat, bob.vat));
    assert_eq!((b.us.vat, b.peer.vat), (bob.vat, alice.vat));
    assert_eq!((a.mode, b.mode), (Mode::Durable, Mode::Durable));
}

#[test]
fn a_session_is_durable_only_if_both_want_it() {
    let (alice, bob) = alice_and_bob();
    let (a, b) = run(&alice, &bob, Changes { most: Some(Mode::Plain), ..Changes::default() });
    assert_eq!((a.unwrap().mode, b.unwrap().unwrap().mode), (Mode::Plain, Mode::Plain));
}

#[test]
fn an_unknown_vat_is_refused_and_the_dialler_stays_unnamed() {
    let (alice, bob) = alice_and_bob();
    bob.vats.forget(&bob.vat);
    let (a, b) = run(&alice, &bob, Changes::default());
    assert_eq!(a.unwrap_err().error, PrefaceError::Refused(Refusal::NoSuchVat));
    assert_eq!(b.unwrap().unwrap_err().error, PrefaceError::NoSuchVat(bob.vat));
}

#[test]
fn an_impostor_with_a_copied_certificate_is_found_out_before_the_dialler_is_named() {
    let (alice, bob) = alice_and_bob();
    let elsewhere = HostKey::from_secret(&[77; 32]).id();
    bob.vats.host(certificate(2, elsewhere, 5));
    let (a, b) = run(&alice, &bob, Changes::default());
    assert_eq!(a.unwrap_err().error, CertificateError::OtherHost.into());
    assert!(b.is_none());
}

#[test]
fn a_certificate_for_another_vat_is_refused() {
    let (alice, bob) = alice_and_bob();
    bob.vats.show_as(bob.vat, certificate(3, bob.key.id(), 5));
    let (a, _) = run(&alice, &bob, Changes::default());
    assert_eq!(a.unwrap_err().error, CertificateError::OtherVat.into());
}

#[test]
fn an_expired_certificate_is_refused_by_either_side() {
    let (alice, bob) = alice_and_bob();
    let expired =
        |seed, host| HostingCertificate::sign(&root(seed), host, Epoch(5), Timestamp(NOW));
    bob.vats.host(expired(2, bob.key.id()));
    let (a, _) = run(&alice, &bob, Changes::default());
    assert_eq!(a.unwrap_err().error, CertificateError::Expired.into());

    let shows = Some(expired(1, alice.key.id()));
    let (by_bob, told) = listener_sees(Changes { alice_shows: shows, ..Changes::default() });
    assert_eq!(by_bob, CertificateError::Expired.into());
    assert_eq!(told, PrefaceError::Refused(Refusal::Expired));
}

#[test]
fn a_lower_epoch_than_seen_is_refused_by_either_side_and_the_same_is_not() {
    let (alice, bob) = alice_and_bob();
    alice.vats.see(bob.vat, 5);
    bob.vats.see(alice.vat, 5);
    assert!(run(&alice, &bob, Changes::default()).0.is_ok());

    alice.vats.see(bob.vat, 6);
    let (a, _) = run(&alice, &bob, Changes::default());
    assert_eq!(a.unwrap_err().error, CertificateError::OldEpoch.into());

    alice.vats.see(bob.vat, 4);
    bob.vats.see(alice.vat, 6);
    let (a, b) = run(&alice, &bob, Changes::default());
    assert_eq!(b.unwrap().unwrap_err().error, CertificateError::OldEpoch.into());
    assert_eq!(a.unwrap_err().error, PrefaceError::Refused(Refusal::OldEpoch));
}

#[test]
fn a_certificate_that_the_vat_did_not_sign_is_refused() {
    let forge = |proof: &mut ListenerProof| {
        proof.certificate.epoch = Epoch(100);
    };
    let changes = Changes { edit_listener_proof: Some(forge), ..Changes::default() };
    assert_eq!(dialler_sees(changes), CertificateError::Forged.into());

    let forge = |proof: &mut DiallerProof| {
        proof.certificate.expires = Timestamp(u64::MAX);
    };
    let (by_bob, told) =
        listener_sees(Changes { edit_dialler_proof: Some(forge), ..Changes::default() });
    assert_eq!(by_bob, CertificateError::Forged.into());
    assert_eq!(told, PrefaceError::Refused(Refusal::NotProven));
}

#[test]
fn a_signature_by_another_key_is_refused() {
    let other = || Some(HostKey::from_secret(&[66; 32]));
    let changes = Changes { bob_key: other(), ..Changes::default() };
    assert_eq!(dialler_sees(changes), PrefaceError::Signature);

    let changes = Changes { alice_key: other(), ..Changes::default() };
    let (by_bob, told) = listener_sees(changes);
    assert_eq!(by_bob, PrefaceError::Signature);
    assert_eq!(told, PrefaceError::Refused(Refusal::NotProven));
}

#[test]
fn a_proof_from_another_connection_or_stream_is_refused() {
    let (alice, bob) = alice_and_bob();
    let same = binding(&alice, &bob);
    for other in [
        Binding { exporter: [8; 32], ..same.clone() },
        Binding { stream: 8, ..same.clone() },
        Binding { dialler: bob.key.id(), ..same },
    ] {
        let changes = Changes { bob_binding: Some(other), ..Changes::default() };
        assert_eq!(dialler_sees(changes), PrefaceError::Signature);
    }
}

#[test]
fn a_listener_cannot_raise_the_mode() {
    let (alice, bob) = alice_and_bob();
    let us = certificate(1, alice.key.id(), 5);
    let (dialling, want) = Dialling::new(binding(&alice, &bob), us, bob.vat, Mode::Plain);
    let listening = Listening::new(binding(&alice, &bob), Mode::Plain);
    let (_, proof) = listening.handle_message(&want, &bob.key, &*bob.vats).unwrap();
    let raised = edit(&proof, |message| match message {
        Message::ListenerProof(proof) => proof.mode = Mode::Durable,
        other => panic!("{other:?}"),
    });
    let failure = dialling.handle_message(&raised, &alice.key, &*alice.vats).unwrap_err();
    assert_eq!(failure.error, PrefaceError::Mode);
}

#[test]
fn a_lowered_mode_breaks_the_signature() {
    let lower = |proof: &mut ListenerProof| proof.mode = Mode::Plain;
    let changes = Changes { edit_listener_proof: Some(lower), ..Changes::default() };
    assert_eq!(dialler_sees(changes), PrefaceError::Signature);
}

#[test]
fn another_version_is_refused_by_name() {
    let (alice, bob) = alice_and_bob();
    let want = Message::Want(Want { version: 2, mode: Mode::Plain, vat: bob.vat }).encode();
    let listening = Listening::new(binding(&alice, &bob), Mode::Plain);
    let failure = listening.handle_message(&want, &bob.key, &*bob.vats).unwrap_err();
    assert_eq!(failure.error, PrefaceError::Version(2));
    let answer = Message::decode(&failure.answer.unwrap()).unwrap();
    assert_eq!(answer, Message::Refused(Refusal::Version));
}

#[test]
fn messages_out_of_place_are_refused() {
    let (alice, bob) = alice_and_bob();
    let refused = Message::Refused(Refusal::Busy).encode();
    let listening = Listening::new(binding(&alice, &bob), Mode::Plain);
    let failure = listening.handle_message(&refused, &bob.key, &*bob.vats).unwrap_err();
    assert_eq!(failure.error, PrefaceError::Unexpected);

    let us = certificate(1, alice.key.id(), 5);
    let (dialling, want) = Dialling::new(binding(&alice, &bob), us, bob.vat, Mode::Plain);
    let failure = dialling.handle_message(&want, &alice.key, &*alice.vats).unwrap_err();
    assert_eq!(failure, Failure { error: PrefaceError::Unexpected, answer: None, moved: None });
}

#[test]
fn ten_thousand_unknown_vats_cost_a_look_each_and_leave_nothing() {
    let (alice, bob) = alice_and_bob();
    let before = bob.vats.hosted();
    for n in 0..10_000_u32 {
        // The vat is the same: that it is unknown is all that the machine learns of it.
        let want = Want { version: 1, mode: Mode::Plain, vat: vat(200) };
        let stream = Binding { stream: n.into(), ..binding(&alice, &bob) };
        let listening = Listening::new(stream, Mode::Plain);
        let bytes = Message::Want(want).encode();
        listening.handle_message(&bytes, &bob.key, &*bob.vats).unwrap_err();
    }
    assert_eq!(bob.vats.asked.load(std::sync::atomic::Ordering::Relaxed), 10_000);
    assert_eq!(bob.vats.hosted(), before);
}

#[test]
fn garbage_and_damaged_messages_never_panic_and_never_pass() {
    let (alice, bob) = alice_and_bob();
    let mut random = Random::new(seed());
    let us = certificate(1, alice.key.id(), 5);
    for round in 0..3000 {
        let (dialling, want) =
            Dialling::new(binding(&alice, &bob), us.clone(), bob.vat, Mode::Durable);
        let mut bytes = if round % 2 == 0 {
            let length = random.below(600) as usize;
            (0..length).map(|_| random.next() as u8).collect()
        } else {
            want.clone()
        };
        for _ in 0..=random.below(3) {
            let at = random.below(bytes.len().max(1) as u64) as usize;
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        if bytes == want {
            continue;
        }
        let listening = Listening::new(binding(&alice, &bob), Mode::Durable);
        if let Ok((_, proof)) = listening.handle_message(&bytes, &bob.key, &*bob.vats) {
            // A flipped bit may ask for the same vat in another mode; the proof then does not
            // belong to what Alice asked.
            let wanted = Message::decode(&bytes).unwrap();
            assert!(matches!(wanted, Message::Want(w) if w.mode == Mode::Plain), "{wanted:?}");
            dialling.handle_message(&proof, &alice.key, &*alice.vats).unwrap_err();
        } else {
            dialling.handle_message(&bytes, &alice.key, &*alice.vats).unwrap_err();
        }
    }
}

#[test]
fn a_message_over_the_limit_is_refused_unread() {
    let (alice, bob) = alice_and_bob();
    let listening = Listening::new(binding(&alice, &bob), Mode::Plain);
    let long = vec![0x81; PREFACE_BYTES_MAX + 1];
    let failure = listening.handle_message(&long, &bob.key, &*bob.vats).unwrap_err();
    assert_eq!(failure.error, Malformed::TooLong(PREFACE_BYTES_MAX + 1).into());
}
