//! Hosts stop, in good order or not, and go on where they were.

use std::path::Path;

use hogshead::{Class, Handle, Host};

use super::cast::{Actor, cast, look_up, objects, over_to, soon, start, until};

async fn stop(host: Host, politely: bool) {
    if politely {
        host.shutdown().await.unwrap();
    } else {
        tokio::task::spawn_blocking(move || drop(host)).await.unwrap();
    }
}

/// Starts a host without the actor's kind.
async fn start_without_kinds(data: &Path) -> Host {
    Host::builder(data).start().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn promises_between_two_vats_outlive_their_host() {
    for politely in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("a");
        let host = start(&data).await;
        let client = host.client().await.unwrap();
        let (alice, bob) = (cast(&client, "alice").await, cast(&client, "bob").await);
        bob.ask().keep("alice".into(), alice.value()).await.unwrap();
        let cut_off = bob.ask().ask_and_note("alice".into(), "later".into(), vec![]);
        until("Alice owes an answer", || async {
            let admin = client.admin();
            !admin.ask().vat_show("alice".into()).await.unwrap().waits_for.is_empty()
        })
        .await;
        stop(host, politely).await;
        let error = soon(cut_off).await.unwrap_err();
        assert_eq!(error.class(), Class::OutcomeUnknown, "{error}");
        let ended = soon(bob.ask().notes()).await.unwrap_err();
        assert!(matches!(ended.class(), Class::Severed | Class::OutcomeUnknown), "{ended}");
        drop((alice, bob, client));

        let host = start(&data).await;
        let client = host.client().await.unwrap();
        let alice: Handle<dyn Actor> = look_up(&client, "alice").await;
        let bob: Handle<dyn Actor> = look_up(&client, "bob").await;
        assert_eq!(soon(alice.ask().decide(Some("late".into()))).await.unwrap(), 1);
        until("Bob has noted it", || async {
            bob.ask().notes().await.unwrap() == [r#"later: "late""#]
        })
        .await;
        host.shutdown().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_wakes_nobody_who_has_nothing_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a");
    let host = start(&data).await;
    let client = host.client().await.unwrap();
    for name in ["alice", "bob", "carol"] {
        assert_eq!(cast(&client, name).await.ask().note("here".into()).await.unwrap(), 1);
    }
    drop(client);
    stop(host, false).await;
    let host = start(&data).await;
    assert_eq!(host.vats_in_memory(), 4, "after a crash all who were awake are looked at");
    stop(host, true).await;
    // What the caller held is let go of meanwhile, perhaps not by all in the first start.
    until("only the host's own is awake", || async {
        let host = start(&data).await;
        let awake = host.vats_in_memory();
        stop(host, true).await;
        awake == 1
    })
    .await;
    let host = start(&data).await;
    let client = host.client().await.unwrap();
    let alice: Handle<dyn Actor> = look_up(&client, "alice").await;
    assert_eq!(alice.ask().notes().await.unwrap(), ["here"]);
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_told_arrives_in_order_over_any_stop() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a");
    let mut told = 0_u64;
    for _ in 0..4 {
        let host = start(&data).await;
        let client = host.client().await.unwrap();
        if told == 0 {
            let (alice, bob) = (cast(&client, "alice").await, cast(&client, "bob").await);
            bob.ask().keep("alice".into(), alice.value()).await.unwrap();
        }
        let bob: Handle<dyn Actor> = look_up(&client, "bob").await;
        for _ in 0..40 {
            let text = vec![told.to_string().into()];
            soon(bob.ask().tell("alice".into(), "note".into(), text, 1)).await.unwrap();
            told += 1;
        }
        // Much of it is on its way when the host stops.
        stop(host, false).await;
    }
    let host = start(&data).await;
    let client = host.client().await.unwrap();
    let alice: Handle<dyn Actor> = look_up(&client, "alice").await;
    until("all was noted", || async { alice.ask().notes().await.unwrap().len() as u64 == told })
        .await;
    let expected: Vec<_> = (0..told).map(|n| n.to_string()).collect();
    assert_eq!(alice.ask().notes().await.unwrap(), expected);
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_callers_and_peers_held_is_let_go_after_a_stop() {
    for politely in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("a");
        let a = start(&data).await;
        let b = start(&folder.path().join("b")).await;
        let (hers, his) = (a.client().await.unwrap(), b.client().await.unwrap());
        let alice = cast(&hers, "alice").await;
        let before = objects(&hers, "alice").await;
        let far = over_to(&alice, &his).await;
        let held = alice.ask().counter().await.unwrap();
        let theirs = far.ask().counter().await.unwrap();
        assert_eq!(objects(&hers, "alice").await, before + 2);
        stop(a, politely).await;
        drop((held, theirs, alice, far));
        drop((hers, his));

        let a = start(&data).await;
        let hers = a.client().await.unwrap();
        until("what they held is gone", || async { objects(&hers, "alice").await == before }).await;
        a.shutdown().await.unwrap();
        b.shutdown().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_for_a_kind_that_is_not_known_are_parked_until_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a");
    let host = start(&data).await;
    let client = host.client().await.unwrap();
    cast(&client, "alice").await;
    drop(client);
    host.shutdown().await.unwrap();

    let host = start_without_kinds(&data).await;
    let client = host.client().await.unwrap();
    let alice: Handle<dyn Actor> = look_up(&client, "alice").await;
    let note = alice.ask().note("kept".into());
    let drop_me = alice.ask().note("dropped".into());
    let admin = client.admin();
    until("both are parked", || async {
        admin.ask().parked("alice".into()).await.unwrap().len() == 2
    })
    .await;
    let parked = admin.ask().parked("alice".into()).await.unwrap();
    let cause = parked[0].cause.clone().unwrap();
    assert!(cause.contains("hogshead/actor"), "{cause}");
    // Retried too early, it is parked again; dropped, its caller is told.
    admin.ask().parked_retry("alice".into(), parked[0].delivery).await.unwrap();
    admin.ask().parked_drop("alice".into(), parked[1].delivery).await.unwrap();
    let error = soon(drop_me).await.unwrap_err();
    assert_eq!(error.class(), Class::Stopped, "{error}");
    let missing = admin.ask().parked_drop("alice".into(), parked[1].delivery).await.unwrap_err();
    assert_eq!(missing.class(), Class::NotFound, "{missing}");
    until("the other is parked again", || async {
        admin.ask().parked("alice".into()).await.unwrap().len() == 1
    })
    .await;
    drop((admin, alice, client));
    host.shutdown().await.unwrap();
    let error = soon(note).await.unwrap_err();
    assert_eq!(error.class(), Class::OutcomeUnknown, "{error}");

    let host = start(&data).await;
    let client = host.client().await.unwrap();
    let admin = client.admin();
    let parked = admin.ask().parked("alice".into()).await.unwrap();
    assert_eq!(parked.len(), 1);
    admin.ask().parked_retry("alice".into(), parked[0].delivery).await.unwrap();
    let alice: Handle<dyn Actor> = look_up(&client, "alice").await;
    until("it ran", || async { alice.ask().notes().await.unwrap() == ["kept"] }).await;
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_restores_what_was() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a");
    let host = start(&data).await;
    let client = host.client().await.unwrap();
    let alice = cast(&client, "alice").await;
    alice.ask().note("before".into()).await.unwrap();
    let admin = client.admin();
    let target = folder.path().join("snapshot");
    let text = target.to_str().unwrap().to_owned();
    let number = soon(admin.ask().snapshot(text)).await.unwrap();
    // What cannot be a folder is refused, and the host goes on.
    for nowhere in ["", "here", "/proc/no/such/folder", "/dev/null", "/tmp/a\0b"] {
        assert!(soon(admin.ask().snapshot(nowhere.into())).await.is_err(), "{nowhere:?}");
    }
    alice.ask().note("after".into()).await.unwrap();
    drop((admin, alice, client));
    host.shutdown().await.unwrap();

    // The checkpoint is lost; the snapshot and the journal after it are not.
    let store = data.join("store");
    let base = hogshead_store::check::Base::Snapshot(target.join(format!("{number:020}.snapshot")));
    let rebuild = hogshead_store::check::Rebuild { base, engine: None, accept_loss: false };
    hogshead_store::check::rebuild(&store, &rebuild).unwrap();
    let host = start(&data).await;
    let client = host.client().await.unwrap();
    let alice: Handle<dyn Actor> = look_up(&client, "alice").await;
    assert_eq!(alice.ask().notes().await.unwrap(), ["before", "after"]);
    host.shutdown().await.unwrap();
}
