//! Queues between hosts, and mailboxes.

use hogshead::stock::mailbox::{MailSlot, Mailbox};
use hogshead::stock::queue::Queue;
use hogshead::{Client, Handle, Value};

use super::super::cast::{Actor, builder, cast, look_up, over_to, sessions, soon, spawn, until};
use super::super::home::{Home, LONG};
use super::witness::Witness;
use super::{lend, restart};

async fn witness(client: &Client, name: &str) -> Handle<dyn Witness> {
    client.admin().ask().vat_new(name.into()).await.unwrap();
    spawn(client, name, "hogshead/witness", name).await
}

async fn says(witness: &Handle<dyn Witness>, expected: &[&str]) {
    until("it is written down", || async {
        witness.ask().lines().await.unwrap().len() >= expected.len()
    })
    .await;
    assert_eq!(witness.ask().lines().await.unwrap(), expected);
}

/// A queue for one value in Bob's vat, under the name `queue`.
async fn queue(client: &Client) -> Handle<dyn Queue> {
    let one = Value::structure([("values", Value::from(1_u64))]);
    let name = Some("queue".to_owned());
    let admin = client.admin();
    let made = admin.ask().spawn("bob".into(), "hogshead/queue".into(), one, name).await.unwrap();
    client.handle(&made).unwrap().cast()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_at_a_queue_of_another_host_outlasts_crashes_on_both_sides() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let alice = witness(&at_hers, "alice").await;
    at_his.admin().ask().vat_new("bob".into()).await.unwrap();
    let at_alice = over_to(&queue(&at_his).await, &at_hers).await;
    soon(alice.ask().take(at_alice.cap())).await.unwrap();
    for word in ["a", "b", "c"] {
        soon(alice.ask().put(at_alice.cap(), word.into())).await.unwrap();
    }
    until("it is written down", || async {
        let lines = alice.ask().lines().await.unwrap();
        ["put a", "took: a", "put b"].iter().all(|line| lines.iter().any(|other| other == line))
    })
    .await;
    for (client, vat) in [(&at_his, "bob"), (&at_hers, "alice")] {
        until("it is cold", || async {
            client.admin().ask().vat_evict(vat.into()).await.unwrap().state == "cold"
        })
        .await;
    }
    drop((at_hers, at_his, at_alice, alice));
    restart(&mut his).await;
    restart(&mut hers).await;

    // The third still waits for room, and is let in.
    let queue: Handle<dyn Queue> = look_up(&his.client().await, "queue").await;
    let count = soon(queue.ask().count()).await.unwrap();
    assert_eq!((count.values, count.putters), (1, 1));
    assert_eq!(soon(queue.ask().take()).await.unwrap(), Value::from("b"));
    let at_hers = hers.client().await;
    let alice: Handle<dyn Witness> = look_up(&at_hers, "alice").await;
    until("c is in", || async { alice.ask().lines().await.unwrap().len() == 4 }).await;
    assert_eq!(alice.ask().lines().await.unwrap().last().unwrap(), "put c");
    assert_eq!(soon(queue.ask().take()).await.unwrap(), Value::from("c"));
    // Whoever waits has its place after any crash.
    let at_alice = over_to(&queue, &at_hers).await;
    soon(alice.ask().take(at_alice.cap())).await.unwrap();
    until("she waits", || async { queue.ask().count().await.unwrap().takers == 1 }).await;
    drop((at_alice, alice, at_hers));
    restart(&mut hers).await;
    soon(queue.ask().put("d".into())).await.unwrap();
    let alice: Handle<dyn Witness> = look_up(&hers.client().await, "alice").await;
    until("she has it", || async {
        alice.ask().lines().await.unwrap().last().unwrap() == "took: d"
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_not_given_to_a_taker_whose_session_has_ended() {
    let folder = tempfile::tempdir().unwrap();
    let his = builder(&folder.path().join("his")).plain_sessions().start().await.unwrap();
    let at_his = his.client().await.unwrap();
    at_his.admin().ask().vat_new("bob".into()).await.unwrap();
    let queue = queue(&at_his).await;
    let before = sessions(&at_his, "bob").await.len();
    let hers = builder(&folder.path().join("hers")).plain_sessions().start().await.unwrap();
    let at_hers = hers.client().await.unwrap();
    let alice = witness(&at_hers, "alice").await;
    let at_alice = over_to(&queue, &at_hers).await;
    soon(alice.ask().take(at_alice.cap())).await.unwrap();
    until("she waits", || async { queue.ask().count().await.unwrap().takers == 1 }).await;
    drop((at_alice, alice, at_hers));
    hers.shutdown().await.unwrap();
    until("she has gone", || async { sessions(&at_his, "bob").await.len() == before }).await;

    soon(queue.ask().put("kept".into())).await.unwrap();
    let count = soon(queue.ask().count()).await.unwrap();
    assert_eq!((count.values, count.takers), (1, 0));
    assert_eq!(soon(queue.ask().take()).await.unwrap(), Value::from("kept"));
    his.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_stops_waiting_is_passed_over_also_from_afar() {
    let (hers, his) = (Home::new(LONG).await, Home::new(LONG).await);
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let (alice, carol) = (witness(&at_hers, "alice").await, witness(&at_hers, "carol").await);
    at_his.admin().ask().vat_new("bob".into()).await.unwrap();
    let queue = queue(&at_his).await;
    let far = over_to(&queue, &at_hers).await;
    for (nth, taker) in [&alice, &carol].into_iter().enumerate() {
        soon(taker.ask().take(far.cap())).await.unwrap();
        let waiting = nth as u64 + 1;
        until("it waits", || async { queue.ask().count().await.unwrap().takers == waiting }).await;
    }
    let waits = async || at_his.admin().ask().vat_show("bob".into()).await.unwrap().waits_for.len();
    let of_both = waits().await;
    soon(alice.ask().forget()).await.unwrap();
    // That she has gone is known when nothing of hers waits at Bob's any more.
    until("it is known", || async { waits().await == of_both / 2 }).await;
    soon(queue.ask().put("for Carol".into())).await.unwrap();
    says(&carol, &["took: for Carol"]).await;
    says(&alice, &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_and_receipts_go_between_hosts_and_whoever_floods_keeps_nobody_out() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let alice = witness(&at_hers, "alice").await;
    let mallory = cast(&at_hers, "mallory").await;
    witness(&at_his, "bob").await;
    let mailbox: Handle<dyn Mailbox> = spawn(&at_his, "bob", "hogshead/mailbox", "mailbox").await;
    let slot = |label: &str, most| mailbox.ask().slot(label.into(), most);
    let hers_in: Handle<dyn MailSlot> = at_his.handle_on(&slot("Alice", None).await.unwrap());
    let floods: Handle<dyn MailSlot> = at_his.handle_on(&slot("Mallory", Some(5)).await.unwrap());
    lend(&floods, &mallory, "slot").await;
    let flood = mallory.ask().tell("slot".into(), "drop".into(), vec!["!".into()], 40);
    soon(flood).await.unwrap();
    let full = mallory.ask().ask("slot".into(), "drop".into(), vec!["?".into()]);
    assert_eq!(soon(full).await.unwrap_err().class(), hogshead::Class::Busy);
    let count = soon(mailbox.ask().count()).await.unwrap();
    assert_eq!((count.letters, count.dropped), (5, 5));

    let at_alice = over_to(&hers_in, &at_hers).await;
    soon(alice.ask().post(at_alice.cap(), "dear Bob".into())).await.unwrap();
    until("it is in", || async { mailbox.ask().count().await.unwrap().letters == 6 }).await;
    drop((at_alice, floods, hers_in, mailbox, mallory, alice, at_hers, at_his));
    restart(&mut his).await;
    restart(&mut hers).await;

    let at_his = his.client().await;
    let mailbox: Handle<dyn Mailbox> = look_up(&at_his, "mailbox").await;
    let letter = soon(mailbox.ask().peek()).await.unwrap().unwrap();
    assert_eq!(letter.from, "Mallory");
    for number in 1..=5 {
        assert!(soon(mailbox.ask().remove(number)).await.unwrap());
    }
    let bob: Handle<dyn Witness> = look_up(&at_his, "bob").await;
    soon(bob.ask().read_next(mailbox.cap())).await.unwrap();
    says(&bob, &["read: dear Bob"]).await;
    let alice: Handle<dyn Witness> = look_up(&hers.client().await, "alice").await;
    says(&alice, &["receipt: 6"]).await;
    // Whoever was told that there was no room is told so no more.
    let mallory: Handle<dyn Actor> = look_up(&hers.client().await, "mallory").await;
    soon(mallory.ask().ask("slot".into(), "drop".into(), vec!["!".into()])).await.unwrap();
}
