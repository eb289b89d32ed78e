//! Vats go cold and come back, with conversations open.

use std::time::Duration;

use super::cast::{builder, cast, soon, start, until};
use hogshead::limits::WARM_VAT_BYTES;
use hogshead::{Client, Value};

async fn state(client: &Client, vat: &str) -> String {
    client.admin().ask().vat_show(vat.into()).await.unwrap().info.state
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_finds_both_sides_cold() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let admin = client.admin();
    let (alice, bob) = (cast(&client, "alice").await, cast(&client, "bob").await);
    bob.ask().keep("alice".into(), alice.value()).await.unwrap();
    for round in 0..3 {
        let waiting = bob.ask().ask_and_note("alice".into(), "later".into(), vec![]);
        until("Alice owes an answer", || async {
            !admin.ask().vat_show("alice".into()).await.unwrap().waits_for.is_empty()
        })
        .await;
        for name in ["alice", "bob"] {
            let info = admin.ask().vat_evict(name.into()).await.unwrap();
            assert_eq!(info.state, "cold", "{name}");
        }
        assert_eq!(host.vats_in_memory(), 1, "only the host's own");
        alice.ask().decide(Some(Value::from(round))).await.unwrap();
        assert_eq!(soon(waiting).await.unwrap(), format!("later: {round}"));
    }
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_vat_goes_cold_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let host = builder(&folder.path().join("a")).idle(Duration::from_millis(100));
    let host = host.start().await.unwrap();
    let client = host.client().await.unwrap();
    let alice = cast(&client, "alice").await;
    until("the vat is cold", || async { state(&client, "alice").await == "cold" }).await;
    assert_eq!(alice.ask().note("woken".into()).await.unwrap(), 1);
    until("the vat is cold again", || async { state(&client, "alice").await == "cold" }).await;
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn vats_larger_than_memory_work() {
    let folder = tempfile::tempdir().unwrap();
    let host = builder(&folder.path().join("a")).memory(64 << 10).idle(Duration::from_secs(2));
    let host = host.start().await.unwrap();
    let client = host.client().await.unwrap();
    let alice = cast(&client, "alice").await;
    let bob = cast(&client, "bob").await;
    let text = "x".repeat(30 << 10);
    for n in 0..10 {
        alice.ask().keep(format!("k{n}"), text.clone().into()).await.unwrap();
        bob.ask().keep(format!("k{n}"), text.clone().into()).await.unwrap();
    }
    assert_eq!(alice.ask().kept("k0".into()).await.unwrap(), text.clone().into());
    assert_eq!(bob.ask().kept("k9".into()).await.unwrap(), text.into());
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn vats_that_hold_next_to_nothing_count_against_memory_too() {
    let folder = tempfile::tempdir().unwrap();
    let most = 8;
    let host = builder(&folder.path().join("a")).memory(most * WARM_VAT_BYTES);
    let host = host.start().await.unwrap();
    let client = host.client().await.unwrap();
    let mut actors = Vec::new();
    for n in 0..5 * most {
        actors.push(cast(&client, &format!("actor{n}")).await);
    }
    until("most of them are cold", || async { host.vats_in_memory() < most }).await;
    for actor in actors {
        assert_eq!(actor.ask().note("woken".into()).await.unwrap(), 1);
    }
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn evicting_over_and_over_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let (alice, bob) = (cast(&client, "alice").await, cast(&client, "bob").await);
    bob.ask().keep("alice".into(), alice.value()).await.unwrap();
    let other = host.client().await.unwrap();
    let stop = std::sync::atomic::AtomicBool::new(false);
    let evictions = async {
        let admin = other.admin();
        while !stop.load(std::sync::atomic::Ordering::Acquire) {
            for name in ["alice", "bob"] {
                soon(admin.ask().vat_evict(name.into())).await.unwrap();
            }
        }
    };
    let talk = async {
        for n in 1..=60_u64 {
            let noted = bob.ask().ask("alice".into(), "note".into(), vec![n.to_string().into()]);
            assert_eq!(soon(noted).await.unwrap(), Value::from(n));
        }
        stop.store(true, std::sync::atomic::Ordering::Release);
    };
    tokio::join!(evictions, talk);
    let expected: Vec<_> = (1..=60).map(|n| n.to_string()).collect();
    assert_eq!(alice.ask().notes().await.unwrap(), expected);
    host.shutdown().await.unwrap();
}
