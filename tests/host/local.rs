//! Vats of one host talk: by way of the owner who introduced them.

use hogshead::stock::counter::Counter;
use hogshead::{Class, Handle, Message, Value};

use super::cast::{builder, cast, objects, soon, start, until};

#[tokio::test(flavor = "multi_thread")]
async fn bob_asks_alice_through_a_promise_and_goes_on_when_she_answers() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let (alice, bob) = (cast(&client, "alice").await, cast(&client, "bob").await);
    bob.ask().keep("alice".into(), alice.value()).await.unwrap();

    // An answer is awaited in Bob's vat, by a continuation.
    let noted = bob.ask().ask_and_note("alice".into(), "note".into(), vec!["hello".into()]);
    assert_eq!(soon(noted).await.unwrap(), "note: 1");
    assert_eq!(alice.ask().notes().await.unwrap(), ["hello"]);

    // A promise of Alice's settles later; two wait for it, in two vats.
    let waiting = bob.ask().ask_and_note("alice".into(), "later".into(), vec![]);
    let mine = alice.ask().later();
    until("both wait", || async { waits(&client, "alice").await >= 2 }).await;
    assert_eq!(alice.ask().decide(Some("now".into())).await.unwrap(), 2);
    assert_eq!(soon(waiting).await.unwrap(), r#"later: "now""#);
    assert_eq!(soon(mine).await.unwrap(), "now".into());

    // Bob pipelines to what Alice has not made yet.
    let ask = bob.ask();
    ask.ask_and_keep("alice".into(), "counter".into(), vec![], "counter".into()).await.unwrap();
    let counted = bob.ask().ask("counter".into(), "increment".into(), vec![7_u64.into()]);
    assert_eq!(soon(counted).await.unwrap(), Value::from(7_u64));
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reference_goes_round_and_comes_home_as_itself() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let (alice, bob) = (cast(&client, "alice").await, cast(&client, "bob").await);
    let carol = cast(&client, "carol").await;
    let own = alice.call(Message::new("counter", [])).await.unwrap();
    alice.ask().keep("own".into(), own.clone()).await.unwrap();
    bob.ask().keep("alice".into(), alice.value()).await.unwrap();
    carol.ask().keep("bob".into(), bob.value()).await.unwrap();

    // Alice's counter goes to Bob, from Bob to Carol; Carol uses it, by way of Bob gives it back.
    bob.ask().keep("counter".into(), own.clone()).await.unwrap();
    let through_bob = vec!["counter".into()];
    carol
        .ask()
        .ask_and_keep("bob".into(), "kept".into(), through_bob, "counter".into())
        .await
        .unwrap();
    let counted = carol.ask().ask("counter".into(), "increment".into(), vec![3_u64.into()]);
    assert_eq!(soon(counted).await.unwrap(), Value::from(3_u64));
    let kept = carol.ask().kept("counter".into()).await.unwrap();
    let home = soon(alice.ask().is_kept("own".into(), kept)).await.unwrap();
    assert!(home, "Alice sees her own facet");
    // Bob passes on at once what he was given: it is his own by name only.
    let home = bob.ask().ask("alice".into(), "is_kept".into(), vec!["own".into(), own]);
    assert_eq!(soon(home).await.unwrap(), Value::Bool(true));
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_keep_their_class_on_the_way_and_broken_promises_break_what_waits() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let (alice, bob) = (cast(&client, "alice").await, cast(&client, "bob").await);
    bob.ask().keep("alice".into(), alice.value()).await.unwrap();
    for (method, args, class) in [
        ("kept", vec![Value::from("nothing")], Class::Refused),
        ("panic", vec![], Class::Failed),
        ("unknown", vec![], Class::BadCall),
    ] {
        let error = soon(bob.ask().ask("alice".into(), method.into(), args)).await.unwrap_err();
        assert_eq!(error.class(), class, "{method}: {error}");
    }
    // Pipelined to a promise that breaks: the same error arrives.
    bob.ask()
        .ask_and_keep("alice".into(), "later".into(), vec![], "promised".into())
        .await
        .unwrap();
    let pipelined = bob.ask().ask("promised".into(), "increment".into(), vec![1_u64.into()]);
    until("Alice owes it", || async { waits(&client, "alice").await >= 1 }).await;
    alice.ask().decide(None).await.unwrap();
    let error = soon(pipelined).await.unwrap_err();
    assert_eq!((error.class(), error.message()), (Class::Refused, "decided against it"));
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_keep_their_order_over_a_promise_that_resolves_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let (alice, bob) = (cast(&client, "alice").await, cast(&client, "bob").await);
    let carol = cast(&client, "carol").await;
    bob.ask().keep("alice".into(), alice.value()).await.unwrap();
    bob.ask().ask_and_keep("alice".into(), "later".into(), vec![], "someone".into()).await.unwrap();
    // Alice promised somebody; while Bob goes on writing to her promise, it turns out that this
    // is Carol.
    for n in 0..30_u64 {
        let text = vec![Value::from(n.to_string())];
        bob.ask().tell("someone".into(), "note".into(), text, 1).await.unwrap();
        if n == 10 {
            alice.ask().decide(Some(carol.value())).await.unwrap();
        }
    }
    until("all notes are there", || async { carol.ask().notes().await.unwrap().len() == 30 }).await;
    let expected: Vec<_> = (0..30).map(|n| n.to_string()).collect();
    assert_eq!(carol.ask().notes().await.unwrap(), expected);
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_reference_in_another_vat_keeps_an_object() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let (alice, bob) = (cast(&client, "alice").await, cast(&client, "bob").await);
    let before = objects(&client, "alice").await;
    let records = records(&client, "alice").await;
    let made = alice.call(Message::new("counter", [])).await.unwrap();
    let counter: Handle<dyn Counter> = client.handle(&made).unwrap().cast();
    bob.ask().keep("counter".into(), counter.value()).await.unwrap();
    drop(counter);
    let counted = bob.ask().ask("counter".into(), "increment".into(), vec![1_u64.into()]);
    assert_eq!(soon(counted).await.unwrap(), Value::from(1_u64));
    assert_eq!(objects(&client, "alice").await, before + 1);
    bob.ask().forget("counter".into()).await.unwrap();
    until("the counter is gone", || async { objects(&client, "alice").await == before }).await;
    until("so are its facets", || async {
        super::local::records(&client, "alice").await == records
    })
    .await;
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_told_to_a_vat_that_cannot_keep_up_arrives_and_who_asks_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let host = builder(&folder.path().join("a")).inbox(8).start().await.unwrap();
    let client = host.client().await.unwrap();
    let (alice, bob) = (cast(&client, "alice").await, cast(&client, "bob").await);
    bob.ask().keep("alice".into(), alice.value()).await.unwrap();
    let mut accepted = 0;
    for _ in 0..6 {
        let text = vec!["n".into()];
        let told = bob.ask().tell("alice".into(), "note".into(), text.clone(), 200);
        let asked = alice.ask().note("asked".into());
        match soon(told).await {
            Ok(()) => accepted += 200,
            Err(error) => assert_eq!(error.class(), Class::Busy, "{error}"),
        }
        match soon(asked).await {
            Ok(_) => accepted += 1,
            Err(error) => assert_eq!(error.class(), Class::Busy, "{error}"),
        }
    }
    until("what was accepted has arrived", || async {
        alice.ask().notes().await.is_ok_and(|notes| notes.len() == accepted)
    })
    .await;
    host.shutdown().await.unwrap();
}

/// How many deliveries of a vat wait.
async fn waits(client: &hogshead::Client, vat: &str) -> usize {
    client.admin().ask().vat_show(vat.into()).await.unwrap().waits_for.len()
}

pub(super) async fn records(client: &hogshead::Client, vat: &str) -> u64 {
    client.admin().ask().vat_show(vat.into()).await.unwrap().info.records
}
