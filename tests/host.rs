//! The host as its owner meets it: vats, names, shares, evictions and restarts, in one process.

use std::time::Duration;

use hogshead::stock::counter::Counter;
use hogshead::{Class, Client, Handle, Host, Value};

async fn start(data: &std::path::Path) -> Host {
    let _ = tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("HOGSHEAD_LOG"))
        .with_test_writer()
        .try_init();
    Host::builder(data)
        .listen("127.0.0.1:0".parse().unwrap())
        .idle(Duration::from_secs(3600))
        .start()
        .await
        .unwrap()
}

async fn counter(client: &Client, vat: &str, name: &str) -> Handle<dyn Counter> {
    let spawned = client
        .admin()
        .ask()
        .spawn(vat.into(), "hogshead/counter".into(), Value::Undefined, Some(name.into()))
        .await
        .unwrap();
    client.handle(&spawned).unwrap().cast()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_counter_counts_in_a_vat_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    client.admin().ask().vat_new("alice".into()).await.unwrap();
    let counter = counter(&client, "alice", "counter").await;
    assert_eq!(counter.ask().increment(2).await.unwrap(), 2);
    assert_eq!(counter.ask().increment(3).await.unwrap(), 5);
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_counted_is_there_after_eviction_and_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a");
    let host = start(&data).await;
    let client = host.client().await.unwrap();
    let admin = client.admin();
    admin.ask().vat_new("alice".into()).await.unwrap();
    let handle = counter(&client, "alice", "counter").await;
    assert_eq!(handle.ask().increment(2).await.unwrap(), 2);
    let info = admin.ask().vat_evict("alice".into()).await.unwrap();
    assert_eq!(info.state, "cold");
    assert_eq!(handle.ask().increment(2).await.unwrap(), 4);
    drop((handle, admin, client));
    host.shutdown().await.unwrap();

    let host = start(&data).await;
    let client = host.client().await.unwrap();
    let found = client.admin().ask().lookup("counter".into()).await.unwrap();
    let handle: Handle<dyn Counter> = client.handle(&found).unwrap().cast();
    assert_eq!(handle.ask().increment(1).await.unwrap(), 5);
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn bob_uses_what_alice_shared_until_she_revokes_it() {
    let folder = tempfile::tempdir().unwrap();
    let alice = start(&folder.path().join("a")).await;
    let bob = start(&folder.path().join("b")).await;
    let hers = alice.client().await.unwrap();
    hers.admin().ask().vat_new("alice".into()).await.unwrap();
    let counter = counter(&hers, "alice", "counter").await;
    let only = Some(vec!["increment".to_owned()]);
    let shared =
        hers.admin().ask().share(counter.value(), only, "for bob".into()).await.unwrap();

    let his = bob.client().await.unwrap();
    let live = his.admin().ask().enliven(shared).await.unwrap();
    let remote: Handle<dyn Counter> = his.handle(&live).unwrap().cast();
    assert_eq!(remote.ask().increment(5).await.unwrap(), 5);
    let refused = remote.ask().read().await.unwrap_err();
    assert_eq!(refused.class(), Class::Denied, "{refused}");

    let what = hogshead::admin::Revocation {
        reference: counter.value(),
        label: Some("for bob".into()),
    };
    assert_eq!(hers.admin().ask().revoke(what).await.unwrap(), 1);
    let revoked = remote.ask().increment(5).await.unwrap_err();
    assert_eq!(revoked.class(), Class::Revoked, "{revoked}");
    assert_eq!(counter.ask().read().await.unwrap(), 5);
    alice.shutdown().await.unwrap();
    bob.shutdown().await.unwrap();
}
