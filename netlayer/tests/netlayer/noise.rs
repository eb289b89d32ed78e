//! The Noise channel as a pure machine: what both sides come to, and what somebody between them
//! can do.

use bytes::Bytes;
use hogshead_netlayer::noise::{Initiator, NoiseError, Opened, Opener, Responder, Sealer, Secured};
use hogshead_netlayer::preface::{Dialling, Listening};
use hogshead_netlayer::{CloseReason, Mode, PrefaceError};
use hogshead_objects::ids::HostId;

use crate::support::{Party, Random, certificate, seed};

/// The most that a message carries of a stream.
const DATA_BYTES_MAX: usize = 65_535 - 16 - 1;

/// A handshake: the dialler's end and the listener's.
fn secured(dialler: HostId, listener: HostId) -> (Secured, Secured) {
    let (initiator, first) = Initiator::new(dialler).unwrap();
    let (responder, second) = Responder::new(listener).unwrap().handle_message(&first).unwrap();
    let (one, third) = initiator.handle_message(&second).unwrap();
    let other = responder.handle_message(&third).unwrap();
    assert_eq!([first.len(), second.len(), third.len()], [32, 80, 48]);
    (one, other)
}

/// A channel in one direction.
fn channel() -> (Sealer, Opener) {
    let (one, other) = secured(Party::new(1).key.id(), Party::new(2).key.id());
    (one.sealer, other.opener)
}

fn seal(sealer: &mut Sealer, bytes: &'static [u8]) -> Vec<u8> {
    sealer.seal_data(&mut [Bytes::from_static(bytes)]).unwrap().unwrap()
}

#[test]
fn both_sides_come_to_one_binding_and_each_handshake_to_another() {
    let (alice, bob) = (Party::new(1).key.id(), Party::new(2).key.id());
    let (one, other) = secured(alice, bob);
    assert_eq!((one.binding.dialler, one.binding.listener), (alice, bob));
    assert!(one.binding == other.binding);
    assert_eq!(one.binding.stream, 0);
    let (again, _) = secured(alice, bob);
    assert!(again.binding.exporter != one.binding.exporter);
}

#[test]
fn both_directions_are_sealed_apart() {
    let (mut one, mut other) = secured(Party::new(1).key.id(), Party::new(2).key.id());
    let there = seal(&mut one.sealer, b"hello");
    let back = seal(&mut other.sealer, b"hello");
    assert_ne!(there, back);
    assert_eq!(one.opener.open(&there), Err(NoiseError::Sealed), "nothing can be reflected");
    assert_eq!(other.opener.open(&there), Ok(Opened::Data("hello".into())));
    assert_eq!(one.opener.open(&back), Ok(Opened::Data("hello".into())));
}

/// Mallory stands in between with a handshake to each side, and passes the names and the preface
/// on. Alice sees that Bob's host did not sign for her channel.
#[test]
fn a_man_in_the_middle_shows_in_the_preface() {
    let (alice, bob) = (Party::new(1), Party::new(2));
    // Mallory names the hosts that are really there, as nothing keeps anybody from it.
    let (at_alice, of_mallory) = secured(alice.key.id(), bob.key.id());
    let (_, at_bob) = secured(alice.key.id(), bob.key.id());
    assert!(at_alice.binding == of_mallory.binding && at_alice.binding != at_bob.binding);

    let us = certificate(1, alice.key.id(), 5);
    let (state, want) = Dialling::new(at_alice.binding, us, bob.vat, Mode::Plain);
    let listening = Listening::new(at_bob.binding, Mode::Plain);
    let (_, proof) = listening.handle_message(&want, &bob.key, &*bob.vats).unwrap();
    let failure = state.handle_message(&proof, &alice.key, &*alice.vats).unwrap_err();
    assert_eq!(failure.error, PrefaceError::Signature);
    assert_eq!(failure.answer, None, "Mallory learns nothing of who dials");
}

#[test]
fn whoever_changes_the_handshake_ends_it() {
    let (alice, bob) = (Party::new(1).key.id(), Party::new(2).key.id());
    for octet in 0..80 {
        let (initiator, first) = Initiator::new(alice).unwrap();
        let (_, mut second) = Responder::new(bob).unwrap().handle_message(&first).unwrap();
        second[octet] ^= 1;
        // The highest bit of a public key is of no matter to the shared secret; the hash has it.
        let error = initiator.handle_message(&second).unwrap_err();
        assert_eq!(error, NoiseError::Handshake, "octet {octet}");
    }
    for octet in 0..48 {
        let (initiator, first) = Initiator::new(alice).unwrap();
        let (responder, second) = Responder::new(bob).unwrap().handle_message(&first).unwrap();
        let (_, mut third) = initiator.handle_message(&second).unwrap();
        third[octet] ^= 1;
        assert_eq!(responder.handle_message(&third).unwrap_err(), NoiseError::Sealed);
    }
    for octet in 0..32 {
        let (initiator, mut first) = Initiator::new(alice).unwrap();
        first[octet] ^= 1;
        let (_, second) = Responder::new(bob).unwrap().handle_message(&first).unwrap();
        initiator.handle_message(&second).unwrap_err();
    }
}

#[test]
fn a_handshake_of_another_length_is_refused() {
    let us = Party::new(1).key.id();
    for length in (0..100).filter(|length| *length != 32) {
        let answer = Responder::new(us).unwrap().handle_message(&vec![9; length]);
        assert_eq!(answer.unwrap_err(), NoiseError::Handshake, "{length}");
    }
    for length in (0..200).filter(|length| *length != 80) {
        let (initiator, _) = Initiator::new(us).unwrap();
        assert_eq!(initiator.handle_message(&vec![9; length]).unwrap_err(), NoiseError::Handshake);
    }
}

#[test]
fn streams_are_cut_into_messages_and_put_together_again() {
    let (mut sealer, mut opener) = channel();
    let mut random = Random::new(seed());
    for _ in 0..8 {
        let sizes: Vec<_> = (0..random.below(6)).map(|_| random.below(150_000)).collect();
        let mut pieces: Vec<Bytes> = sizes
            .iter()
            .map(|size| (0..*size).map(|_| random.next() as u8).collect::<Vec<_>>().into())
            .collect();
        let whole = pieces.concat();
        let mut seen = Vec::new();
        while let Some(message) = sealer.seal_data(&mut pieces).unwrap() {
            assert!(message.len() <= 65_535);
            let Opened::Data(bytes) = opener.open(&message).unwrap() else { panic!("data") };
            seen.extend_from_slice(&bytes);
            assert!(seen.len() == whole.len() || bytes.len() == DATA_BYTES_MAX, "cut early");
        }
        assert!(seen == whole);
    }
}

#[test]
fn what_is_changed_left_out_repeated_or_moved_does_not_open() {
    let (mut sealer, mut opener) = channel();
    let [first, second, third] = [b"first", b"again", b"third"].map(|b| seal(&mut sealer, b));
    opener.open(&first).unwrap();
    assert_eq!(opener.open(&first), Err(NoiseError::Sealed), "repeated");
    assert_eq!(opener.open(&third), Err(NoiseError::Sealed), "one left out");
    for octet in 0..second.len() {
        let mut changed = second.clone();
        changed[octet] ^= 0x40;
        assert_eq!(opener.open(&changed), Err(NoiseError::Sealed), "octet {octet}");
    }
    for length in 0..second.len() {
        assert_eq!(opener.open(&second[..length]), Err(NoiseError::Sealed), "cut to {length}");
    }
    let long = [second.clone(), vec![0]].concat();
    assert_eq!(opener.open(&long), Err(NoiseError::Sealed));
    // Only the right one at the right place.
    assert_eq!(opener.open(&second), Ok(Opened::Data("again".into())));
    assert_eq!(opener.open(&vec![7; 65_536]), Err(NoiseError::Sealed));
}

#[test]
fn ends_and_their_codes_come_through_and_nothing_comes_after() {
    let reasons = [CloseReason::Done, CloseReason::Limit, CloseReason::Unknown(u32::MAX)];
    for reason in reasons {
        let (mut sealer, mut opener) = channel();
        let stop = sealer.seal_stop(reason).unwrap();
        assert_eq!(opener.open(&stop), Ok(Opened::Stop(reason)));
        let reset = sealer.seal_reset(reason).unwrap();
        assert_eq!(opener.open(&reset), Ok(Opened::Reset(reason)));
        let data = seal(&mut sealer, b"more");
        assert_eq!(opener.open(&data), Err(NoiseError::Unexpected));
    }
    let (mut sealer, mut opener) = channel();
    let end = sealer.seal_end().unwrap();
    assert_eq!(opener.open(&end), Ok(Opened::End));
    let stop = sealer.seal_stop(CloseReason::Done).unwrap();
    assert_eq!(opener.open(&stop), Ok(Opened::Stop(CloseReason::Done)), "that may follow");
    let end = sealer.seal_end().unwrap();
    assert_eq!(opener.open(&end), Err(NoiseError::Unexpected));
}

#[test]
fn nothing_to_send_is_no_message() {
    let (mut sealer, _) = channel();
    assert_eq!(sealer.seal_data(&mut []).unwrap(), None);
    assert_eq!(sealer.seal_data(&mut [Bytes::new(), Bytes::new()]).unwrap(), None);
}
