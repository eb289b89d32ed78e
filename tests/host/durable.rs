//! Sessions between hosts outlive their connections and processes: questions are answered after
//! any crash, and every message arrives once.

mod hand;
mod lies;
mod limits;

use std::path::Path;
use std::time::Duration;

use hogshead::{Class, Handle, Value};

use super::cast::{Actor, builder, cast, look_up, sessions_between, soon, until};
use super::home::{Home, LONG, couple, introduce};

async fn notes(actor: &Handle<dyn Actor>) -> Vec<String> {
    soon(actor.ask().notes()).await.unwrap()
}

/// Has Alice ask Bob something that he answers only when he decides, and waits until he knows.
async fn ask_for_later(alice: &Handle<dyn Actor>, bob: &Handle<dyn Actor>) {
    // Nobody waits for this answer here: it is noted by Alice herself.
    let asking = alice.clone();
    tokio::spawn(async move {
        let _ = asking.ask().ask_and_note("bob".into(), "later".into(), vec![]).await;
    });
    let said = Value::from("asked");
    soon(alice.ask().ask("bob".into(), "note".into(), vec![said])).await.unwrap();
    until("he was asked", || async { notes(bob).await.contains(&"asked".to_owned()) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_after_the_crash_of_either_side() {
    for crashes in [[true, false], [false, true], [true, true]] {
        let (mut hers, mut his) = couple(LONG).await;
        ask_for_later(&hers.actor("alice").await, &his.actor("bob").await).await;
        for (crashed, home) in crashes.into_iter().zip([&mut hers, &mut his]) {
            if crashed {
                home.crash();
            }
        }
        for home in [&mut hers, &mut his] {
            if home.host.is_none() {
                home.start().await;
            }
        }
        let bob = his.actor("bob").await;
        assert_eq!(soon(bob.ask().decide(Some(Value::from(42_u64)))).await.unwrap(), 1);
        let alice = hers.actor("alice").await;
        until("she is answered", || async { notes(&alice).await == ["later: 42"] }).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_to_an_absent_peer_arrives_when_it_is_back_and_once() {
    let (hers, mut his) = couple(LONG).await;
    let alice = hers.actor("alice").await;
    his.crash();
    for n in 0..20_u64 {
        let said = Value::from(format!("{n}"));
        soon(alice.ask().tell("bob".into(), "note".into(), vec![said], 1)).await.unwrap();
    }
    his.start().await;
    let bob = his.actor("bob").await;
    until("all have arrived", || async { notes(&bob).await.len() >= 20 }).await;
    let expected: Vec<_> = (0..20).map(|n| n.to_string()).collect();
    assert_eq!(notes(&bob).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_outbox_refuses_and_what_was_accepted_arrives() {
    const ROWS: u64 = 8;
    let folder = tempfile::tempdir().unwrap();
    let near = builder(&folder.path().join("a")).outbox(ROWS).start().await.unwrap();
    let mut his = Home::new(LONG).await;
    let alice = cast(&near.client().await.unwrap(), "alice").await;
    let bob = cast(&his.client().await, "bob").await;
    introduce(&alice, &bob, "bob").await;
    drop(bob);
    his.crash();
    let mut accepted = Vec::new();
    let refused = loop {
        let text = format!("{}", accepted.len());
        let said = vec![Value::from(text.as_str())];
        match soon(alice.ask().tell("bob".into(), "note".into(), said, 1)).await {
            Ok(()) => accepted.push(text),
            Err(refused) => break refused,
        }
    };
    assert_eq!(refused.class(), Class::Busy, "{refused}");
    // What was not acknowledged before the crash takes some of the places.
    assert!(!accepted.is_empty() && accepted.len() as u64 <= ROWS, "{accepted:?}");
    let asked = soon(alice.ask().ask("bob".into(), "notes".into(), vec![])).await;
    assert_eq!(asked.unwrap_err().class(), Class::Busy);
    his.start().await;
    let bob = his.actor("bob").await;
    until("all have arrived", || async { notes(&bob).await == accepted }).await;
    let room = || soon(alice.ask().ask("bob".into(), "notes".into(), vec![]));
    until("there is room again", || async { room().await.is_ok() }).await;
    near.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn with_both_vats_cold_a_promise_stays_pending_and_is_settled() {
    // Longer than a hello takes on a busy machine: a vat that goes cold before has to begin again.
    const IDLE: Duration = Duration::from_millis(500);
    let (hers, his) = couple(IDLE).await;
    ask_for_later(&hers.actor("alice").await, &his.actor("bob").await).await;
    let cold = async |home: &Home| {
        let host = home.host.as_ref().unwrap();
        until("only vat zero is in memory", || async { host.vats_in_memory() == 1 }).await;
    };
    cold(&hers).await;
    cold(&his).await;
    let bob = his.actor("bob").await;
    soon(bob.ask().decide(Some(Value::from("at last")))).await.unwrap();
    let alice = hers.actor("alice").await;
    until("she is answered", || async { !notes(&alice).await.is_empty() }).await;
    assert_eq!(notes(&alice).await, ["later: \"at last\""]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handoff_completes_although_the_exporter_is_away() {
    let (hers, his) = couple(LONG).await;
    let mut theirs = Home::new(LONG).await;
    let carol = cast(&theirs.client().await, "carol").await;
    let alice = hers.actor("alice").await;
    introduce(&alice, &carol, "carol").await;
    theirs.crash();
    // Alice gives Bob her reference to Carol, whom nobody can reach now.
    let given = alice.ask().give(
        "carol".into(),
        "bob".into(),
        "keep_and_ask".into(),
        vec!["carol".into(), "note".into(), Value::from(vec![Value::from("from bob")])],
    );
    let given = tokio::spawn(given);
    tokio::time::sleep(Duration::from_millis(300)).await;
    drop(given);
    theirs.start().await;
    let carol = theirs.actor("carol").await;
    until("she hears of him", || async { notes(&carol).await == ["from bob"] }).await;
    drop(his);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_a_store_that_is_started_as_well_is_found_out() {
    let (mut hers, his) = couple(LONG).await;
    let alice = hers.actor("alice").await;
    drop(alice);
    hers.crash();
    let copy = tempfile::tempdir().unwrap();
    copy_folder(&hers.at(), &copy.path().join("data"));
    hers.start().await;
    let alice = hers.actor("alice").await;
    let said = Value::from("by the first");
    soon(alice.ask().ask("bob".into(), "note".into(), vec![said])).await.unwrap();
    drop(alice);
    hers.crash();

    let twin = builder(&copy.path().join("data")).start().await.unwrap();
    let client = twin.client().await.unwrap();
    let alice: Handle<dyn Actor> = look_up(&client, "alice").await;
    let said = Value::from("by the twin");
    let refused = soon(alice.ask().ask("bob".into(), "note".into(), vec![said])).await;
    assert_eq!(refused.unwrap_err().class(), Class::Severed);
    let bob = his.actor("bob").await;
    assert_eq!(notes(&bob).await, ["by the first"]);

    // His owner sees what proves it, until he has seen enough.
    let admin = his.client().await.admin();
    let forked = || async {
        let mut listed = soon(admin.ask().session_ls("bob".into(), 0, 100)).await.unwrap();
        listed.retain(|session| session.state == "forked");
        listed
    };
    let seen = forked().await;
    assert!(!seen.is_empty(), "a fork is listed");
    for session in seen {
        let number = session.id.to_string();
        let shown = soon(admin.ask().session_show("bob".into(), number.clone())).await.unwrap();
        let fork = shown.info.fork.expect("the evidence");
        assert!(fork.evidence.contains("chain") && fork.found_ms > 0, "{fork:?}");
        let of_it = admin.ask().session_drop_outbox("bob".into(), number.clone());
        assert_eq!(soon(of_it).await.unwrap_err().class(), Class::Severed);
        assert!(!soon(admin.ask().session_end("bob".into(), number)).await.unwrap().told);
    }
    assert!(forked().await.is_empty(), "he has forgotten it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_speaks_plain_ocapn_is_spoken_to_plainly() {
    let folder = tempfile::tempdir().unwrap();
    let far = builder(&folder.path().join("b")).plain_sessions().start().await.unwrap();
    let his = far.client().await.unwrap();
    let bob = cast(&his, "bob").await;
    let hers = Home::new(LONG).await;
    let client = hers.client().await;
    let alice = cast(&client, "alice").await;
    introduce(&alice, &bob, "bob").await;
    let between = sessions_between((&client, "alice"), (&his, "bob")).await;
    assert_eq!(between.len(), 1, "{between:?}");
    assert_eq!(between[0].kind, "plain");
    far.shutdown().await.unwrap();
    let gone = soon(alice.ask().ask("bob".into(), "notes".into(), vec![])).await.unwrap_err();
    assert_eq!(gone.class(), Class::Severed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_dies_again_and_again_lets_go_of_its_port_and_its_store() {
    let (mut hers, mut his) = couple(LONG).await;
    let mut told = 0_u64;
    for round in 0..6_u64 {
        let alice = hers.actor("alice").await;
        for _ in 0..20 {
            let said = Value::from(format!("{told}"));
            soon(alice.ask().tell("bob".into(), "note".into(), vec![said], 1)).await.unwrap();
            told += 1;
        }
        // Much of it is under way.
        let dies = if round % 2 == 0 { &mut his } else { &mut hers };
        dies.crash();
        dies.start().await;
    }
    let bob = his.actor("bob").await;
    until("all have arrived", || async { notes(&bob).await.len() as u64 >= told }).await;
    let expected: Vec<_> = (0..told).map(|n| n.to_string()).collect();
    assert_eq!(notes(&bob).await, expected);
}

fn copy_folder(from: &Path, to: &Path) {
    use std::os::unix::fs::{DirBuilderExt, FileTypeExt};
    std::fs::DirBuilder::new().mode(0o700).create(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            copy_folder(&entry.path(), &to.join(entry.file_name()));
        } else if !kind.is_socket() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}
