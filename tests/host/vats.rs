//! The owner and one vat: a counter, its eviction and its restart; pausing and removing.

use std::collections::BTreeSet;

use hogshead::stock::counter::Counter;
use hogshead::{Class, Handle, Value};
use hogshead_store::{Keep, Options};

use super::cast::{Actor, cast, look_up, objects, soon, spawn, start};

#[tokio::test(flavor = "multi_thread")]
async fn a_counter_counts_in_a_vat_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    client.admin().ask().vat_new("alice".into()).await.unwrap();
    let counter: Handle<dyn Counter> = spawn(&client, "alice", "hogshead/counter", "c").await;
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
    let handle: Handle<dyn Counter> = spawn(&client, "alice", "hogshead/counter", "c").await;
    assert_eq!(handle.ask().increment(2).await.unwrap(), 2);
    let info = admin.ask().vat_evict("alice".into()).await.unwrap();
    assert_eq!(info.state, "cold");
    assert_eq!(handle.ask().increment(2).await.unwrap(), 4);
    drop((handle, admin, client));
    host.shutdown().await.unwrap();

    let host = start(&data).await;
    let client = host.client().await.unwrap();
    let handle: Handle<dyn Counter> = look_up(&client, "c").await;
    assert_eq!(handle.ask().increment(1).await.unwrap(), 5);
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_vat_keeps_what_arrives_and_answers_when_it_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let admin = client.admin();
    let alice = cast(&client, "alice").await;
    let info = admin.ask().vat_pause("alice".into()).await.unwrap();
    assert!(info.paused, "the owner is told how the vat stands now");
    let (first, second) = (alice.ask().note("1".into()), alice.ask().note("2".into()));
    assert!(admin.ask().vat_show("alice".into()).await.unwrap().info.paused);
    // A paused vat may go cold; resuming it finds what waits.
    admin.ask().vat_evict("alice".into()).await.unwrap();
    let info = admin.ask().vat_resume("alice".into()).await.unwrap();
    assert!(!info.paused);
    assert_eq!(soon(first).await.unwrap(), 1);
    assert_eq!(soon(second).await.unwrap(), 2);
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vat_that_is_resumed_and_evicted_at_once_still_runs_what_waited() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let admin = client.admin();
    let alice = cast(&client, "alice").await;
    for round in 1..=20 {
        admin.ask().vat_pause("alice".into()).await.unwrap();
        let waiting = alice.ask().note("waits".into());
        admin.ask().vat_evict("alice".into()).await.unwrap();
        let (resume, evict) =
            (admin.ask().vat_resume("alice".into()), admin.ask().vat_evict("alice".into()));
        let (resumed, _) = tokio::join!(soon(resume), soon(evict));
        resumed.unwrap();
        assert_eq!(soon(waiting).await.unwrap(), round);
    }
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_held_of_a_removed_vat_is_severed() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let admin = client.admin();
    let (alice, bob) = (cast(&client, "alice").await, cast(&client, "bob").await);
    alice.ask().keep("bob".into(), bob.value()).await.unwrap();
    bob.ask().note("here".into()).await.unwrap();
    let pending = bob.ask().later();
    let asked = alice.ask().ask_and_note("bob".into(), "later".into(), vec![]);
    // Both questions have arrived once this one is answered.
    bob.ask().notes().await.unwrap();
    let watch = |handle: &Handle<dyn Actor>| {
        let handle = handle.clone();
        tokio::spawn(async move { handle.on_sever().await })
    };
    let (of_alice, of_bob) = (watch(&alice), watch(&bob));
    soon(admin.ask().vat_rm("bob".into())).await.unwrap();

    let gone = soon(of_bob).await.unwrap();
    assert_eq!(gone.class(), Class::Severed, "{gone}");
    // And who asks later is told the same.
    assert_eq!(soon(bob.on_sever()).await, gone);
    let broken = soon(pending).await.unwrap_err();
    assert_eq!(broken.class(), Class::Severed, "{broken}");
    let noted = soon(asked).await.unwrap();
    assert!(noted.starts_with("later: severed"), "{noted}");
    let gone = soon(bob.ask().notes()).await.unwrap_err();
    assert_eq!(gone.class(), Class::Severed, "{gone}");
    let through = soon(alice.ask().ask("bob".into(), "notes".into(), vec![])).await.unwrap_err();
    assert_eq!(through.class(), Class::Severed, "{through}");
    let unknown = admin.ask().vat_show("bob".into()).await.unwrap_err();
    assert_eq!(unknown.class(), Class::NotFound, "{unknown}");
    // The name is free again.
    let bob = {
        admin.ask().vat_new("bob".into()).await.unwrap();
        spawn::<dyn Actor>(&client, "bob", "hogshead/actor", "bob").await
    };
    assert!(bob.ask().notes().await.unwrap().is_empty());
    assert!(!of_alice.is_finished(), "Alice's vat is there");
    host.shutdown().await.unwrap();
    // Now the session is over that the caller itself had.
    let closed = soon(of_alice).await.unwrap();
    assert_eq!(closed.class(), Class::Severed, "{closed}");
    assert_eq!(soon(alice.on_sever()).await, closed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vat_can_be_removed_while_its_inbox_fills() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let admin = client.admin();
    for round in 0..5 {
        let bob = cast(&client, "bob").await;
        // It floods itself, too, so that it is running when it goes.
        bob.ask().spin().await.unwrap();
        let notes: Vec<_> = (0..50).map(|n| bob.ask().note(format!("{round}/{n}"))).collect();
        let (removed, _) = tokio::join!(soon(admin.ask().vat_rm("bob".into())), async {
            for note in notes {
                if let Err(error) = soon(note).await {
                    assert_eq!(error.class(), Class::Severed, "{error}");
                }
            }
        });
        removed.unwrap();
    }
    let alice = cast(&client, "alice").await;
    assert_eq!(soon(alice.ask().note("the host goes on".into())).await.unwrap(), 1);
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vat_that_floods_itself_stops_neither_others_nor_its_owner() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let admin = client.admin();
    let floods = ["f1", "f2", "f3"];
    for name in floods {
        cast(&client, name).await.ask().spin().await.unwrap();
    }
    let alice = cast(&client, "alice").await;
    for n in 1..=8 {
        assert_eq!(soon(alice.ask().note("a".into())).await.unwrap(), n);
    }
    for name in floods {
        assert!(soon(admin.ask().vat_pause(name.into())).await.unwrap().paused);
    }
    let turns = admin.ask().vat_show("f1".into()).await.unwrap().info.turns;
    alice.ask().note("a".into()).await.unwrap();
    assert_eq!(admin.ask().vat_show("f1".into()).await.unwrap().info.turns, turns);
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_holds_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let alice = cast(&client, "alice").await;
    let before = objects(&client, "alice").await;
    let made = alice.call(hogshead::Message::new("counter", [])).await.unwrap();
    let counter: Handle<dyn Counter> = client.handle(&made).unwrap().cast();
    let twin: Handle<dyn Counter> = client.handle(&made).unwrap().cast();
    assert_eq!(counter.ask().increment(1).await.unwrap(), 1);
    assert_eq!(objects(&client, "alice").await, before + 1);
    // Two handles were made of the one answer; the second keeps the object.
    drop(counter);
    assert_eq!(twin.ask().increment(1).await.unwrap(), 2);
    drop(twin);
    super::cast::until("the counter is gone", || async {
        objects(&client, "alice").await == before
    })
    .await;
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_nobody_waited_for_holds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let alice = cast(&client, "alice").await;
    let before = objects(&client, "alice").await;
    drop(alice.ask().counter());
    alice.ask().note("by now the counter was made".into()).await.unwrap();
    super::cast::until("the counter is gone", || async {
        objects(&client, "alice").await == before
    })
    .await;
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_fails_its_turn_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let alice = cast(&client, "alice").await;
    let error = alice.ask().panic().await.unwrap_err();
    assert_eq!(error.class(), Class::Failed, "{error}");
    assert_eq!(alice.ask().note("still here".into()).await.unwrap(), 1);
    let wrong = alice.call(hogshead::Message::new("note", [Value::Null])).await.unwrap_err();
    assert_eq!(wrong.class(), Class::BadCall, "{wrong}");
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_vat_leaves_no_rows_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a");
    let host = start(&data).await;
    let client = host.client().await.unwrap();
    let alice = cast(&client, "alice").await;
    for name in ["bob", "carol"] {
        let guest = cast(&client, name).await;
        alice.ask().keep(name.into(), guest.value()).await.unwrap();
        let asked = alice.ask().ask_and_note(name.into(), "notes".into(), vec![]);
        soon(asked).await.unwrap();
        soon(client.admin().ask().vat_rm(name.into())).await.unwrap();
        // Both who knew it have parted with it: what they hold of it is severed.
        for told in [guest.on_sever(), guest.on_sever()] {
            assert_eq!(soon(told).await.class(), Class::Severed);
        }
        soon(alice.ask().ask(name.into(), "notes".into(), vec![])).await.unwrap_err();
    }
    drop((alice, client));
    soon(host.shutdown()).await.unwrap();

    let keep = Keep::open(&data.join("store"), Options::default()).unwrap();
    let rows = keep.range(&[], &[0xff; 8], usize::MAX).unwrap();
    let vats: BTreeSet<_> = rows.iter().map(|(key, _)| &key[..4]).collect();
    // Vat zero, alice's, and the host's own.
    assert_eq!(vats.len(), 3, "{vats:?}");
}
