//! Vats that have moved: what the old host says, and how far a dialler follows.

use std::collections::BTreeMap;

use hogshead_netlayer::error::{Attempt, Cause};
use hogshead_netlayer::memory::{InProcess, MemoryNetwork};
use hogshead_netlayer::preface::{Dialling, Failure, Listening, read_moved};
use hogshead_netlayer::sim::{SimNetwork, Weather};
use hogshead_netlayer::trail::{Trail, TrailError};
use hogshead_netlayer::unix::{Unix, UnixConfig};
use hogshead_netlayer::{Channel, DialError, Limits, Mode, Netlayer, PrefaceError};
use hogshead_objects::location::{LocationError, LocationRecord};
use hogshead_objects::locator::Locator;
use hogshead_objects::preface::{Binding, Message, PREFACE_VERSION, Refusal, Want};

use crate::support::{Party, certificate, greet, proven, root, vat};

/// Where Bob's vat, whose key is made of 2, says that it is.
fn bobs_word(number: u64, netlayer: &dyn Netlayer) -> LocationRecord {
    let ways = [(netlayer.name().to_owned(), netlayer.local_addresses().join(","))].into();
    LocationRecord::sign(&root(2), number, ways).unwrap()
}

fn forged(number: u64) -> LocationRecord {
    let ways = BTreeMap::from([("memory".to_owned(), "trap".to_owned())]);
    let mut record = LocationRecord::sign(&root(2), number, BTreeMap::new()).unwrap();
    record.ways = ways;
    record
}

/// Carol asks as a host does: from host to host, as long as the trail leads on.
async fn follow(
    carol: &Party,
    by: &dyn Netlayer,
    to: Locator,
    mut trail: Trail,
) -> Result<(Channel, usize), (DialError, TrailError)> {
    let mut to = to;
    for steps in 0.. {
        match by.dial(carol.vat, &to, Mode::Plain).await {
            Ok(channel) => return Ok((channel, steps)),
            Err(error) => {
                let DialError::Moved { record, .. } = &error else { panic!("{error}") };
                match trail.follow(record) {
                    Ok(next) => to = next,
                    Err(why) => return Err((error, why)),
                }
            }
        }
    }
    unreachable!("a trail has an end")
}

/// Bob moves from one host to another; Carol knows the old address only.
async fn carol_finds_bob(old: &Party, netlayers: [&dyn Netlayer; 3]) {
    let [by, at_old, at_new] = netlayers;
    let (carol, bob) = (Party::new(3), Party::new(2));
    old.vats.forward_to(bobs_word(4, at_new));
    let known = bob.at(at_old);
    let followed = follow(&carol, by, known, Trail::new(Some(3)));
    let (followed, accepted) = tokio::join!(followed, at_new.accept());
    let ((mut to_bob, steps), mut to_carol) = (followed.unwrap(), accepted.unwrap());
    assert_eq!((proven(&to_bob).vat, proven(&to_carol).vat), (bob.vat, carol.vat));
    assert_eq!(steps, 1);
    greet(&mut to_bob, &mut to_carol).await;
}

fn in_memory(network: &MemoryNetwork, address: &str, party: &Party) -> InProcess {
    let limits = Limits::default();
    network.join(address, party.key.clone(), party.vats.clone(), limits, Mode::Plain)
}

#[tokio::test]
async fn a_vat_that_moved_is_found_in_memory() {
    let network = MemoryNetwork::new();
    let (old, bob, carol) = (Party::new(1), Party::new(2), Party::new(3));
    let by = in_memory(&network, "carol", &carol);
    let at = (in_memory(&network, "old", &old), in_memory(&network, "new", &bob));
    carol_finds_bob(&old, [&by, &at.0, &at.1]).await;
}

#[tokio::test(start_paused = true)]
async fn a_vat_that_moved_is_found_over_the_simulated_network() {
    let network = SimNetwork::new(5, Weather::default());
    let join = |address: &str, party: &Party| {
        let limits = Limits::default();
        network.join(address, party.key.clone(), party.vats.clone(), limits, Mode::Plain)
    };
    let (old, bob, carol) = (Party::new(1), Party::new(2), Party::new(3));
    let by = join("carol", &carol);
    let at = (join("old", &old), join("new", &bob));
    carol_finds_bob(&old, [&by, &at.0, &at.1]).await;
}

#[tokio::test]
async fn a_vat_that_moved_is_found_over_quic() {
    let (old, bob, carol) = (Party::new(1), Party::new(2), Party::new(3));
    let by = carol.quic(Limits::default());
    let at = (old.quic(Limits::default()), bob.quic(Limits::default()));
    carol_finds_bob(&old, [&by, &at.0, &at.1]).await;
}

#[tokio::test]
async fn a_vat_that_moved_is_found_over_noise() {
    let folder = tempfile::tempdir().unwrap();
    let bind = |name: &str, party: &Party| {
        let config = UnixConfig::new(folder.path().join(name));
        Unix::bind(config, party.key.clone(), party.vats.clone()).unwrap()
    };
    let (old, bob, carol) = (Party::new(1), Party::new(2), Party::new(3));
    let by = bind("carol", &carol);
    let at = (bind("old", &old), bind("new", &bob));
    carol_finds_bob(&old, [&by, &at.0, &at.1]).await;
}

#[tokio::test]
async fn hosts_that_forward_in_a_circle_lead_nowhere() {
    let network = MemoryNetwork::new();
    let (one, other, carol) = (Party::new(1), Party::new(4), Party::new(3));
    let by = in_memory(&network, "carol", &carol);
    let at = (in_memory(&network, "one", &one), in_memory(&network, "other", &other));
    one.vats.forward_to(bobs_word(2, &at.1));
    other.vats.forward_to(bobs_word(1, &at.0));
    let to = Party::new(2).at(&at.0);
    let (_, why) = follow(&carol, &by, to.clone(), Trail::new(None)).await.unwrap_err();
    assert_eq!(why, TrailError::Old { known: 2, shown: 1 });

    // A record that leads to the host which shows it is followed once.
    one.vats.forward_to(bobs_word(2, &at.0));
    let (_, why) = follow(&carol, &by, to, Trail::new(None)).await.unwrap_err();
    assert_eq!(why, TrailError::Old { known: 2, shown: 2 });
}

#[tokio::test]
async fn an_older_record_than_the_known_one_is_not_followed() {
    let network = MemoryNetwork::new();
    let (old, carol) = (Party::new(1), Party::new(3));
    let by = in_memory(&network, "carol", &carol);
    let at = in_memory(&network, "old", &old);
    old.vats.forward_to(bobs_word(7, &at));
    let to = Party::new(2).at(&at);
    for known in [7, 8, u64::MAX] {
        let followed = follow(&carol, &by, to.clone(), Trail::new(Some(known))).await;
        assert_eq!(followed.unwrap_err().1, TrailError::Old { known, shown: 7 });
    }
}

#[tokio::test]
async fn a_forged_record_is_refused_and_the_vat_stays_unknown() {
    let network = MemoryNetwork::new();
    let (old, carol) = (Party::new(1), Party::new(3));
    let by = in_memory(&network, "carol", &carol);
    let at = in_memory(&network, "old", &old);
    let bob = Party::new(2);
    old.vats.forward_to(forged(9));
    let error = by.dial(carol.vat, &bob.at(&at), Mode::Plain).await.unwrap_err();
    let DialError::Unreachable { attempts, .. } = &error else { panic!("{error}") };
    let [Attempt { cause: Cause::Preface { error: why, .. }, .. }] = &attempts[..] else {
        panic!("{error}")
    };
    assert_eq!(*why, PrefaceError::Location(LocationError::Forged));
    assert!(!error.is_transient(), "trying again shows the same record");
}

#[tokio::test]
async fn an_address_where_the_vat_is_goes_before_one_that_forwards() {
    let network = MemoryNetwork::new();
    let (old, bob, carol) = (Party::new(1), Party::new(2), Party::new(3));
    let by = in_memory(&network, "carol", &carol);
    let (_at_old, at_new) = (in_memory(&network, "old", &old), in_memory(&network, "new", &bob));
    old.vats.forward_to(bobs_word(1, &by));
    let to = bob.by("memory", &["old".to_owned(), "new".to_owned()]);
    let dial = by.dial(carol.vat, &to, Mode::Plain);
    let (dialled, accepted) = tokio::join!(dial, at_new.accept());
    greet(&mut dialled.unwrap(), &mut accepted.unwrap()).await;
}

#[tokio::test]
async fn of_several_forwarding_records_the_newest_counts() {
    let network = MemoryNetwork::new();
    let (one, other, carol) = (Party::new(1), Party::new(4), Party::new(3));
    let by = in_memory(&network, "carol", &carol);
    let at = (in_memory(&network, "one", &one), in_memory(&network, "other", &other));
    one.vats.forward_to(bobs_word(5, &at.0));
    other.vats.forward_to(bobs_word(4, &at.1));
    let to = Party::new(2).by("memory", &["one".to_owned(), "other".to_owned()]);
    let error = by.dial(carol.vat, &to, Mode::Plain).await.unwrap_err();
    assert!(!error.is_transient(), "only whoever follows gets there");
    // Whoever reads it sees each address and what was said there.
    let text = error.to_string();
    for part in ["one: ", "other: ", "the vat has moved to ocapn://"] {
        assert!(text.contains(part), "`{part}` is missing: {text}");
    }
    let DialError::Moved { record, .. } = error else { panic!("{error}") };
    assert_eq!(*record, bobs_word(5, &at.0));
}

fn binding(dialler: &Party, listener: &Party) -> Binding {
    let (dialler, listener) = (dialler.key.id(), listener.key.id());
    Binding { exporter: [9; 32], stream: 4, dialler, listener }
}

/// What a listener answers who is asked for Bob's vat.
fn asked_for_bob(listener: &Party) -> Failure {
    let want = Want { version: PREFACE_VERSION, mode: Mode::Plain, vat: vat(2) };
    let listening = Listening::new(binding(&Party::new(3), listener), Mode::Plain);
    let want = Message::Want(want).encode();
    listening.handle_message(&want, &listener.key, &*listener.vats).unwrap_err()
}

#[test]
fn the_refusal_is_the_same_whether_or_not_a_record_follows() {
    let (stranger, old) = (Party::new(1), Party::new(4));
    old.vats.forward_to(forged(1));
    let (unknown, moved) = (asked_for_bob(&stranger), asked_for_bob(&old));
    assert_eq!((&unknown.error, &unknown.answer), (&moved.error, &moved.answer));
    assert_eq!(unknown.moved, None);

    // Whoever does not know of records reads the refusal, and no further.
    let carol = Party::new(3);
    let us = certificate(3, carol.key.id(), 5);
    let (dialling, _) = Dialling::new(binding(&carol, &old), us, vat(2), Mode::Plain);
    let failure = dialling.handle_message(&moved.answer.unwrap(), &carol.key, &*carol.vats);
    assert_eq!(failure.unwrap_err().error, PrefaceError::Refused(Refusal::NoSuchVat));
    let followed = read_moved(&moved.moved.unwrap(), vat(2));
    assert_eq!(followed, Err(LocationError::Forged.into()));
}

#[test]
fn a_host_that_hosts_the_vat_forwards_nobody() {
    let bob = Party::new(2);
    bob.vats.forward_to(forged(1));
    let want = Want { version: PREFACE_VERSION, mode: Mode::Plain, vat: bob.vat };
    let listening = Listening::new(binding(&Party::new(3), &bob), Mode::Plain);
    let answered = listening.handle_message(&Message::Want(want).encode(), &bob.key, &*bob.vats);
    let (_, proof) = answered.unwrap();
    assert!(matches!(Message::decode(&proof), Ok(Message::ListenerProof(_))));
}

#[test]
fn a_record_counts_for_the_vat_that_was_asked_for_and_after_a_refusal_only() {
    let word = LocationRecord::sign(&root(2), 1, BTreeMap::new()).unwrap();
    let moved = Message::Moved(Box::new(word.clone())).encode();
    assert_eq!(read_moved(&moved, vat(2)), Ok(word));
    assert_eq!(read_moved(&moved, vat(1)), Err(LocationError::OtherVat.into()));
    let other = Message::Refused(Refusal::Busy).encode();
    assert_eq!(read_moved(&other, vat(2)), Err(PrefaceError::Unexpected));

    let carol = Party::new(3);
    let us = certificate(3, carol.key.id(), 5);
    let (dialling, _) = Dialling::new(binding(&carol, &Party::new(2)), us, vat(2), Mode::Plain);
    let failure = dialling.handle_message(&moved, &carol.key, &*carol.vats).unwrap_err();
    assert_eq!(failure.error, PrefaceError::Unexpected);
}
