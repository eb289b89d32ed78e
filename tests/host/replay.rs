//! History is run again: a vat's turns follow from its records and what their descriptions say, and
//! whatever does not is named.

mod lies;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hogshead::Timestamp;
use hogshead::admin::Revocation;
use hogshead::{
    Clock, Context, Handle, Host, HostBuilder, HostError, Replay, Replayed, Result, Value,
    VirtualClock,
};
use serde::{Deserialize, Serialize};

use super::cast::{self, Actor, cast, look_up, over_to, soon, spawn, until};

/// Something that does not follow from its records.
#[hogshead::interface]
pub trait Whim {
    /// Draws a number from nowhere.
    fn draw(&mut self, cx: &mut Context<'_>) -> Result<()>;
}

#[derive(Serialize, Deserialize, Default)]
pub struct Fickle {
    drawn: u64,
    draws: u64,
}

static NOWHERE: AtomicU64 = AtomicU64::new(1);

#[hogshead::object(name = "fickle", version = 1, construct = Fickle::born)]
impl Whim for Fickle {
    fn draw(&mut self, _: &mut Context<'_>) -> Result<()> {
        self.drawn = NOWHERE.fetch_add(1, Ordering::Relaxed);
        self.draws += 1;
        Ok(())
    }
}

impl Fickle {
    fn born(_: Value) -> Result<Self> {
        Ok(Self::default())
    }
}

fn builder(data: &Path) -> HostBuilder {
    cast::builder(data).register::<Fickle>()
}

fn asked(threads: usize, from: Option<PathBuf>) -> Replay {
    Replay { threads, from, ..Replay::default() }
}

/// Replays with 1, 2 and 4 threads; what comes of it must be the same.
fn replay(data: &Path, from: Option<&Path>) -> Replayed {
    let run = |threads| {
        let asked = asked(threads, from.map(Path::to_owned));
        builder(data).replay(&asked).unwrap()
    };
    let one = run(1);
    for threads in [2, 4] {
        assert_eq!(run(threads), one, "with {threads} threads");
    }
    one
}

/// Replays what must agree with what was recorded.
fn agreed(data: &Path, from: Option<&Path>) -> Replayed {
    let replayed = replay(data, from);
    let told: Vec<_> = replayed.divergences.iter().map(ToString::to_string).collect();
    assert!(replayed.agrees(), "{}", told.join("\n"));
    assert_eq!(replayed.opaque, 0, "{replayed:?}");
    replayed
}

async fn stop(host: Host, politely: bool) {
    if politely {
        host.shutdown().await.unwrap();
    } else {
        tokio::task::spawn_blocking(move || drop(host)).await.unwrap();
    }
}

/// Notes, questions, failures and a handoff between three vats of a host.
async fn three_friends(host: &Host) {
    let client = host.client().await.unwrap();
    let (alice, bob) = (cast(&client, "alice").await, cast(&client, "bob").await);
    let carol = cast(&client, "carol").await;
    for (word, whom) in [("bob", &bob), ("carol", &carol)] {
        soon(alice.ask().keep(word.into(), whom.value())).await.unwrap();
    }
    for n in 0..10 {
        let said = vec![Value::from(n.to_string())];
        soon(alice.ask().ask("bob".into(), "note".into(), said)).await.unwrap();
    }
    // A method that panics, and one that refuses.
    assert!(soon(alice.ask().ask("bob".into(), "panic".into(), vec![])).await.is_err());
    let missing = vec![Value::from("nothing")];
    assert!(soon(alice.ask().ask("bob".into(), "kept".into(), missing)).await.is_err());
    // Alice gives Carol to Bob, who speaks to her.
    let given = vec![Value::from("carol")];
    let keep = alice.ask().give("carol".into(), "bob".into(), "keep".into(), given);
    soon(keep).await.unwrap();
    let said = vec![Value::from("from bob")];
    soon(bob.ask().ask("carol".into(), "note".into(), said)).await.unwrap();
    // A promise that somebody waits for.
    let later = bob.ask().ask_and_note("carol".into(), "later".into(), vec![]);
    until("she has promised", || async { soon(carol.ask().notes()).await.is_ok() }).await;
    soon(bob.ask().note("meanwhile".into())).await.unwrap();
    until("she owes an answer", || async {
        soon(carol.ask().decide(Some("yes".into()))).await.unwrap() > 0
    })
    .await;
    soon(later).await.unwrap();
}

/// What an owner does, and what comes of it in the vats.
async fn an_owners_day(host: &Host) {
    let client = host.client().await.unwrap();
    let admin = client.admin();
    let alice: Handle<dyn Actor> = look_up(&client, "alice").await;
    admin.ask().vat_evict("alice".into()).await.unwrap();
    soon(alice.ask().note("awake again".into())).await.unwrap();
    admin.ask().vat_pause("bob".into()).await.unwrap();
    let said = vec![Value::from("while paused")];
    soon(alice.ask().tell("bob".into(), "note".into(), said, 3)).await.unwrap();
    admin.ask().vat_resume("bob".into()).await.unwrap();
    admin.ask().collect("alice".into()).await.unwrap();
    let shared = admin.ask().share(alice.value(), None, "for replay".into()).await.unwrap();
    let again = admin.ask().enliven(shared.clone()).await.unwrap();
    admin.ask().name("again".into(), again).await.unwrap();
    let what =
        Revocation { reference: Value::SturdyRef(Box::new(shared)), label: None, deep: false };
    admin.ask().revoke(what).await.unwrap();
    admin.ask().vat_new("dave".into()).await.unwrap();
    let dave: Handle<dyn Actor> = spawn(&client, "dave", "hogshead/actor", "d").await;
    soon(alice.ask().keep("dave".into(), dave.value())).await.unwrap();
    let said = vec![Value::from("hello")];
    soon(alice.ask().ask("dave".into(), "note".into(), said)).await.unwrap();
    admin.ask().vat_rm("dave".into()).await.unwrap();
    assert!(admin.ask().vat_show("nobody".into()).await.is_err());
    admin.ask().vat_ls(String::new(), 10).await.unwrap();
    admin.ask().key().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_failures_handoffs_and_an_owners_commands_are_the_same_when_run_again() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a");
    let host = builder(&data).start().await.unwrap();
    three_friends(&host).await;
    an_owners_day(&host).await;
    stop(host, true).await;
    let replayed = agreed(&data, None);
    assert!(replayed.turns > 100, "{replayed:?}");
    assert_eq!((replayed.from, replayed.unfounded), (0, 0), "{replayed:?}");
    // One vat alone is the same, and takes no other into account.
    let vats = vec!["bob".to_owned()];
    let bob = builder(&data).replay(&Replay { vats, ..asked(2, None) }).unwrap();
    assert!(bob.agrees() && bob.turns > 10 && bob.turns < replayed.turns, "{bob:?}");
    let nobody = Replay { vats: vec!["nobody".to_owned()], ..Replay::default() };
    let error = builder(&data).replay(&nobody).unwrap_err();
    assert!(error.to_string().contains("no vat named nobody"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn crashes_and_restarts_are_the_same_from_the_beginning_and_from_a_snapshot() {
    let folder = tempfile::tempdir().unwrap();
    let (data, kept) = (folder.path().join("a"), folder.path().join("kept"));
    let host = builder(&data).start().await.unwrap();
    three_friends(&host).await;
    stop(host, false).await;
    for politely in [false, true] {
        let host = builder(&data).start().await.unwrap();
        let client = host.client().await.unwrap();
        let bob: Handle<dyn Actor> = look_up(&client, "bob").await;
        // He is asked for something that he has not answered when the host stops.
        drop(bob.ask().ask_and_note("carol".into(), "later".into(), vec![]));
        soon(bob.ask().note("before".into())).await.unwrap();
        let folder = kept.to_str().unwrap().to_owned();
        soon(client.admin().ask().snapshot(folder)).await.unwrap();
        soon(bob.ask().note("after".into())).await.unwrap();
        stop(host, politely).await;
    }
    let host = builder(&data).start().await.unwrap();
    three_notes(&host).await;
    stop(host, true).await;
    let all = agreed(&data, None);
    assert_eq!(all.unfounded, 0, "{all:?}");
    let mut snapshots: Vec<_> =
        std::fs::read_dir(&kept).unwrap().map(|entry| entry.unwrap().path()).collect();
    snapshots.sort();
    assert_eq!(snapshots.len(), 2);
    for snapshot in snapshots {
        let rest = agreed(&data, Some(&snapshot));
        assert!(rest.from > 0 && rest.newest == all.newest, "{rest:?}");
        assert!(rest.turns > 10 && rest.turns < all.turns, "{rest:?}");
    }
}

async fn three_notes(host: &Host) {
    let client = host.client().await.unwrap();
    for name in ["alice", "bob", "carol"] {
        let actor: Handle<dyn Actor> = look_up(&client, name).await;
        soon(actor.ask().note("at last".into())).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn timers_are_the_same_also_those_that_came_due_while_the_host_was_down() {
    const START: u64 = 1_800_000_000_000;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a");
    let mut now = START;
    for _ in 0..2 {
        let clock = Arc::new(VirtualClock::new(Timestamp(now)));
        let own = Arc::clone(&clock) as Arc<dyn Clock>;
        let host = builder(&data).clock(own).start().await.unwrap();
        let client = host.client().await.unwrap();
        if now == START {
            let alice = cast(&client, "alice").await;
            let hers = client.admin().ask().clock("alice".into()).await.unwrap();
            soon(alice.ask().keep("clock".into(), hers)).await.unwrap();
        }
        let alice: Handle<dyn Actor> = look_up(&client, "alice").await;
        for after in [1_000_u64, 2_000, 90_000_000] {
            let after = vec![after.into()];
            drop(alice.ask().ask_and_note("clock".into(), "after".into(), after));
        }
        soon(alice.ask().note("set".into())).await.unwrap();
        clock.advance(Duration::from_secs(60));
        until("two have fired", || async { soon(alice.ask().notes()).await.unwrap().len() >= 3 })
            .await;
        stop(host, true).await;
        now += 100_000_000;
    }
    agreed(&data, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_with_other_hosts_are_the_same_on_both_sides() {
    for durable in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let (hers, his) = (folder.path().join("hers"), folder.path().join("his"));
        let start = |data: &Path| match durable {
            true => builder(data).start(),
            false => builder(data).plain_sessions().start(),
        };
        let (a, b) = (start(&hers).await.unwrap(), start(&his).await.unwrap());
        let (one, other) = (a.client().await.unwrap(), b.client().await.unwrap());
        let (alice, bob) = (cast(&one, "alice").await, cast(&other, "bob").await);
        let carol = cast(&one, "carol").await;
        let far = over_to(&bob, &one).await;
        for (word, whom) in [("bob", &far), ("carol", &carol)] {
            soon(alice.ask().keep(word.into(), whom.value())).await.unwrap();
        }
        for n in 0..20 {
            let said = vec![Value::from(n.to_string())];
            soon(alice.ask().ask("bob".into(), "note".into(), said)).await.unwrap();
        }
        assert!(soon(alice.ask().ask("bob".into(), "panic".into(), vec![])).await.is_err());
        let given = vec![Value::from("carol")];
        let keep = alice.ask().give("carol".into(), "bob".into(), "keep".into(), given);
        soon(keep).await.unwrap();
        let said = vec![Value::from("from bob")];
        soon(bob.ask().ask("carol".into(), "note".into(), said)).await.unwrap();
        let kept = folder.path().join("kept");
        let target = kept.to_str().unwrap().to_owned();
        soon(one.admin().ask().snapshot(target)).await.unwrap();
        for n in 0..20 {
            let said = vec![Value::from(n.to_string())];
            soon(alice.ask().ask("bob".into(), "note".into(), said)).await.unwrap();
        }
        drop((far, alice, bob, carol, one, other));
        stop(a, false).await;
        stop(b, true).await;
        for data in [&hers, &his] {
            let replayed = agreed(data, None);
            assert!(replayed.turns > 40, "{replayed:?}");
        }
        // What lasts is in the records; of sessions that end with their connections it is not.
        let snapshot = std::fs::read_dir(&kept).unwrap().next().unwrap().unwrap().path();
        let vats = vec!["alice".to_owned()];
        let rest = builder(&hers).replay(&Replay { vats, ..asked(2, Some(snapshot)) }).unwrap();
        assert!(rest.agrees(), "{:?}", rest.divergences);
        match durable {
            true => assert!(rest.unfounded == 0 && rest.turns > 20, "{rest:?}"),
            false => assert!(rest.unfounded > 0, "{rest:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_peer_acknowledged_before_a_snapshot_is_in_its_rows() {
    let folder = tempfile::tempdir().unwrap();
    let (hers, his) = (folder.path().join("hers"), folder.path().join("his"));
    let (a, b) = (builder(&hers).start().await.unwrap(), builder(&his).start().await.unwrap());
    let (one, other) = (a.client().await.unwrap(), b.client().await.unwrap());
    let (alice, bob) = (cast(&one, "alice").await, cast(&other, "bob").await);
    let far = over_to(&bob, &one).await;
    soon(alice.ask().keep("bob".into(), far.value())).await.unwrap();
    let tell_bob = |said: &str| {
        let said = vec![Value::from(said)];
        alice.ask().ask("bob".into(), "note".into(), said)
    };
    soon(tell_bob("before")).await.unwrap();
    until("bob has acknowledged all", || async {
        let sessions = one.admin().ask().session_ls("alice".into(), 0, 100).await.unwrap();
        sessions.iter().all(|session| session.outbox.numbered == 0)
    })
    .await;
    // The turn that is told of it is about something else.
    soon(alice.ask().note("by the way".into())).await.unwrap();
    let kept = folder.path().join("kept");
    soon(one.admin().ask().snapshot(kept.to_str().unwrap().to_owned())).await.unwrap();
    soon(tell_bob("after")).await.unwrap();
    drop((far, alice, bob, one, other));
    stop(a, true).await;
    stop(b, true).await;
    let snapshot = std::fs::read_dir(&kept).unwrap().next().unwrap().unwrap().path();
    agreed(&hers, None);
    agreed(&hers, Some(&snapshot));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_follow_from_its_records_is_named_by_turn_object_and_field() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a");
    let host = builder(&data).start().await.unwrap();
    let client = host.client().await.unwrap();
    cast(&client, "alice").await;
    let whim: Handle<dyn Whim> = spawn(&client, "alice", "hogshead/fickle", "whim").await;
    for _ in 0..3 {
        soon(whim.ask().draw()).await.unwrap();
    }
    drop((whim, client));
    stop(host, true).await;
    // Each replay draws other numbers, so they are not compared with each other.
    for threads in [1, 2, 4] {
        let replayed = builder(&data).replay(&asked(threads, None)).unwrap();
        let [first, second, third] = replayed.divergences.as_slice() else {
            panic!("{replayed:?}");
        };
        for divergence in [first, second, third] {
            assert_eq!(divergence.vat, "alice");
            assert!(divergence.about.ends_with("(hogshead/fickle)"), "{divergence}");
            assert!(divergence.about.starts_with("object "), "{divergence}");
            assert_eq!(divergence.field, "state.drawn", "{divergence}");
            assert_ne!(divergence.recorded, divergence.replayed);
        }
        assert!(first.turn < second.turn && second.turn < third.turn);
        assert!(first.commit < second.commit);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_in_the_way_of_a_replay_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a");
    let none = builder(&data).replay(&asked(1, None)).unwrap_err();
    assert!(none.to_string().contains("holds no store"), "{none}");
    let host = builder(&data).start().await.unwrap();
    let client = host.client().await.unwrap();
    let alice = cast(&client, "alice").await;
    soon(alice.ask().note("hello".into())).await.unwrap();
    let busy = builder(&data).replay(&asked(1, None)).unwrap_err();
    assert!(busy.to_string().contains("in use"), "{busy}");
    drop((alice, client));
    stop(host, true).await;
    // A program that does not know the actors' kind says which one it is.
    let replayed = Host::builder(&data).replay(&asked(1, None)).unwrap();
    assert!(replayed.unknown_kinds.contains("hogshead/actor"), "{replayed:?}");
    assert!(!replayed.agrees());
    let gone = builder(&data).replay(&asked(1, Some(folder.path().join("no.snapshot"))));
    assert!(matches!(gone, Err(HostError::Store(_))));
}
