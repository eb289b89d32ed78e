//! Limits that only many sessions reach, of hosts whose disk, network and time are simulated.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use hogshead::{Client, Handle, Host, SturdyRef};
use hogshead_captp::durable::{Chain, EndReason, Frame, Incarnation};
use hogshead_netlayer::sim::{SimNetwork, Weather};
use hogshead_netlayer::{Limits, Mode};
use tokio::task::JoinSet;

use super::super::cast::{Actor, cast};
use super::super::inline::simulated;
use super::hand::{Hand, fetch};

/// A host with Alice on a simulated network, and what leads to her.
struct Stage {
    network: SimNetwork,
    client: Client,
    known: SturdyRef,
    _alice: Handle<dyn Actor>,
    _host: Host,
}

impl Stage {
    async fn set() -> Self {
        let network = SimNetwork::new(1, Weather::default());
        let joined = network.clone();
        let host = simulated(1, move |builder| {
            builder.netlayer(move |key, vats| {
                Arc::new(joined.join("alice's", key, vats, Limits::default(), Mode::Durable))
            })
        });
        let host = host.await;
        let client = host.client().await.unwrap();
        let alice = cast(&client, "alice").await;
        let known = client.admin().ask().share(alice.value(), None, "hand".into()).await.unwrap();
        Self { network, client, known, _alice: alice, _host: host }
    }

    /// The numbers of Alice's sessions, by their states.
    async fn sessions(&self, state: &str) -> BTreeSet<u64> {
        let listed = self.client.admin().ask().session_ls("alice".into(), 0, 1_000).await.unwrap();
        listed.iter().filter(|session| session.state == state).map(|session| session.id).collect()
    }
}

fn incarnation(nth: usize) -> Incarnation {
    let mut octets = [0; 16];
    octets[..8].copy_from_slice(&(nth as u64 + 1).to_be_bytes());
    Incarnation(octets)
}

#[tokio::test(start_paused = true)]
async fn of_too_many_forks_the_oldest_is_forgotten_and_sessions_are_listed_page_by_page() {
    const KEPT: usize = 256;
    const PAGE: usize = 500;
    let stage = Stage::set().await;
    let hand = Hand::on(&stage.network, 7);
    let mut found = Vec::new();
    for nth in 0..=KEPT {
        let (mut talk, mut side) = hand.open(&stage.known, incarnation(nth)).await;
        side.sent.chain = Chain([9; 32]);
        talk.say(side.next(&fetch(&stage.known, 1))).await;
        assert_eq!(talk.end().await.why, EndReason::Fork);
        let before = found.len();
        if !(2..KEPT - 1).contains(&nth) {
            let forked = stage.sessions("forked").await;
            found.extend(forked.into_iter().filter(|id| !found[..before].contains(id)).max());
        }
    }
    let kept = stage.sessions("forked").await;
    assert_eq!(kept.len(), KEPT);
    let [first, second, .., last] = &found[..] else { panic!("{found:?}") };
    assert!(!kept.contains(first), "the oldest has gone");
    assert!(kept.contains(second) && kept.contains(last));

    // With some sessions that are open there are more than one answer lists.
    let mut open = Vec::new();
    for seed in 8..=252 {
        let hand = Hand::on(&stage.network, seed);
        open.push((hand.open(&stage.known, incarnation(0)).await, hand));
    }
    let list = |after| stage.client.admin().ask().session_ls("alice".into(), after, u64::MAX);
    let page = list(0).await.unwrap();
    assert_eq!(page.len(), PAGE);
    let rest = list(page.last().unwrap().id).await.unwrap();
    // One is that of her own host's owner.
    assert_eq!(page.len() + rest.len(), KEPT + open.len() + 1);
    assert!(list(rest.last().unwrap().id).await.unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn of_a_removed_vats_peers_as_many_are_told_as_it_may_dial_and_the_others_find_out() {
    const TOLD: usize = 128;
    let stage = Stage::set().await;
    let mut hands = Vec::new();
    for seed in 0..u8::try_from(TOLD).unwrap() + 2 {
        let hand = Hand::on(&stage.network, seed);
        let (talk, side) = hand.open(&stage.known, incarnation(seed.into())).await;
        drop(talk);
        hands.push((hand, side));
    }
    // Nobody has a channel now.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let evicted = stage.client.admin().ask().vat_evict("alice".into()).await.unwrap();
    assert_eq!(evicted.state, "cold");

    let removed = stage.client.admin().ask().vat_rm("alice".into());
    let mut listening = JoinSet::new();
    for (hand, side) in hands {
        listening.spawn(async move {
            let called = tokio::time::timeout(Duration::from_secs(10), hand.accept()).await;
            let Ok(mut talk) = called else { return (hand, false) };
            let Some(Frame::Hello(_)) = talk.next().await else { return (hand, false) };
            talk.say(Frame::Hello(Box::new(hand.hello(&side)))).await;
            let end = talk.end().await;
            assert_eq!((end.why, end.theirs), (EndReason::Owner, side.ours));
            (hand, true)
        });
    }
    removed.await.unwrap();
    let heard = listening.join_all().await;
    let (told, untold): (Vec<_>, Vec<_>) = heard.into_iter().partition(|(_, told)| *told);
    assert_eq!((told.len(), untold.len()), (TOLD, 2));
    for (hand, _) in untold {
        assert!(hand.finds_nobody(&stage.known.peer).await);
    }
}
