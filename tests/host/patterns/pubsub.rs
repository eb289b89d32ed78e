//! Publishers and subscribers on two hosts: nobody who is slow, silent, away or hostile slows another.

use hogshead::stock::pubsub::{
    Publisher, SubscribeOptions, Subscription, SubscriptionStatus, WhenBehind,
};
use hogshead::{Class, Client, Handle, Value, codec};

use super::super::cast::{builder, look_up, over_to, sessions, soon, spawn, until};
use super::super::home::{Home, LONG};
use super::witness::{Manner, Witness, subscriber};
use super::{evict, restart};

async fn witness(client: &Client, name: &str) -> Handle<dyn Witness> {
    client.admin().ask().vat_new(name.into()).await.unwrap();
    spawn(client, name, "hogshead/witness", name).await
}

async fn publish(news: &Handle<dyn Publisher>, values: std::ops::Range<u64>) {
    for value in values {
        assert_eq!(soon(news.ask().publish(Value::from(value))).await.unwrap(), value);
    }
}

/// What a witness that got all of it has written down.
fn all(values: std::ops::Range<u64>) -> Vec<String> {
    values.map(|value| format!("{value}: {value}")).collect()
}

async fn says(witness: &Handle<dyn Witness>, expected: &[String]) {
    until("it was told", || async { witness.ask().lines().await.unwrap().len() >= expected.len() })
        .await;
    assert_eq!(witness.ask().lines().await.unwrap(), expected);
}

async fn status(subscription: &Handle<dyn Subscription>) -> SubscriptionStatus {
    soon(subscription.ask().status()).await.unwrap()
}

/// A publisher in Bob's vat, with an option that is not the usual one.
async fn publisher(client: &Client, option: [(&str, u64); 1]) -> Handle<dyn Publisher> {
    client.admin().ask().vat_new("bob".into()).await.unwrap();
    let init = Value::structure(option.map(|(name, value)| (name, Value::from(value))));
    let (kind, name) = ("hogshead/publisher".to_owned(), Some("news".to_owned()));
    let made = client.admin().ask().spawn("bob".into(), kind, init, name).await.unwrap();
    client.handle(&made).unwrap().cast()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_note_comes_once_and_in_order_whichever_host_dies() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let news = publisher(&at_his, [("lag", 100)]).await;
    let alice = witness(&at_hers, "alice").await;
    let far = over_to(&news, &at_hers).await;
    soon(far.ask().subscribe(subscriber(alice.cap()), None)).await.unwrap();
    publish(&news, 0..5).await;
    evict(&at_hers, "alice").await;
    evict(&at_his, "bob").await;
    publish(&news, 5..10).await;
    drop((far, alice, at_hers));
    hers.crash();
    // She is away, and what she has no credit for waits in the log.
    publish(&news, 10..40).await;
    drop((news, at_his));
    restart(&mut his).await;
    let news: Handle<dyn Publisher> = look_up(&his.client().await, "news").await;
    publish(&news, 40..45).await;
    hers.start().await;
    let alice: Handle<dyn Witness> = look_up(&hers.client().await, "alice").await;
    says(&alice, &all(0..45)).await;
    publish(&news, 45..46).await;
    says(&alice, &all(0..46)).await;
    until("the log keeps what was not answered", || async {
        let status = soon(news.ask().status()).await.unwrap();
        (status.next - status.first) <= 1
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_never_answers_throws_or_floods_holds_nobody_up() {
    let (hers, his) = (Home::new(LONG).await, Home::new(LONG).await);
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let news = publisher(&at_his, [("subscribers", 6)]).await;
    let far = over_to(&news, &at_hers).await;
    let (alice, silent) = (witness(&at_hers, "alice").await, witness(&at_hers, "silent").await);
    let (throws, floods) = (witness(&at_hers, "throws").await, witness(&at_hers, "floods").await);
    soon(silent.ask().become_(Manner::Owes)).await.unwrap();
    soon(throws.ask().become_(Manner::Throws)).await.unwrap();
    let (lag, credit) = (Some(6), Some(3));
    let few = SubscribeOptions { lag, credit, ..SubscribeOptions::default() };
    let skip = SubscribeOptions { behind: WhenBehind::Skip, ..few };
    let subscribe =
        |who: &Handle<dyn Witness>, options| far.ask().subscribe(subscriber(who.cap()), options);
    soon(subscribe(&alice, None)).await.unwrap();
    let thrown = at_hers.handle_on(&soon(subscribe(&throws, None)).await.unwrap());
    let some = at_hers.handle_on(&soon(subscribe(&silent, Some(few))).await.unwrap());
    let skipping = at_hers.handle_on(&soon(subscribe(&silent, Some(skip))).await.unwrap());
    // As many more as there may be, of which each costs one message a note.
    let full = loop {
        if let Err(error) = soon(subscribe(&floods, None)).await {
            break error;
        }
    };
    assert_eq!(full.class(), Class::Busy, "{full}");
    publish(&news, 0..12).await;
    says(&alice, &all(0..12)).await;

    assert_eq!(status(&some).await.ended.unwrap().class(), Class::Limit);
    until("he has thrown too often", || async { status(&thrown).await.ended.is_some() }).await;
    assert_eq!(status(&thrown).await.ended.unwrap().class(), Class::Refused);
    until("she was told that it ended", || async {
        silent.ask().lines().await.unwrap().contains(&"ended: limit".to_owned())
    })
    .await;
    let now = status(&skipping).await;
    assert_eq!((now.in_flight, now.missed, now.position), (3, 3, 6));
    soon(silent.ask().answer()).await.unwrap();
    until("she goes on", || async {
        silent.ask().lines().await.unwrap().contains(&"6: 6 (missed 3)".to_owned())
    })
    .await;
    assert_eq!(soon(news.ask().status()).await.unwrap().subscribers, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_reference_was_revoked_is_removed_and_whose_plain_session_ended_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let his = builder(&folder.path().join("his")).plain_sessions().start().await.unwrap();
    let at_his = his.client().await.unwrap();
    let news = publisher(&at_his, [("history", 10)]).await;
    let before = sessions(&at_his, "bob").await.len();
    let data = folder.path().join("hers");
    let hers = builder(&data).plain_sessions().start().await.unwrap();
    let at_hers = hers.client().await.unwrap();
    let alice = witness(&at_hers, "alice").await;
    let far = over_to(&news, &at_hers).await;
    soon(far.ask().subscribe(subscriber(alice.cap()), None)).await.unwrap();
    publish(&news, 0..3).await;
    says(&alice, &all(0..3)).await;
    drop((far, alice, at_hers));
    hers.shutdown().await.unwrap();
    until("she has gone", || async { sessions(&at_his, "bob").await.len() == before }).await;
    publish(&news, 3..6).await;
    until("she is removed", || async { soon(news.ask().status()).await.unwrap().subscribers == 0 })
        .await;

    let hers = builder(&data).plain_sessions().start().await.unwrap();
    let at_hers = hers.client().await.unwrap();
    let alice: Handle<dyn Witness> = look_up(&at_hers, "alice").await;
    let far = over_to(&news, &at_hers).await;
    let from = SubscribeOptions { from: Some(3), ..SubscribeOptions::default() };
    soon(far.ask().subscribe(subscriber(alice.cap()), Some(from))).await.unwrap();
    says(&alice, &all(0..6)).await;

    // A facet for the publisher, which is taken back.
    let admin = at_hers.admin();
    let shared = admin.ask().share(alice.value(), None, "for news".into()).await.unwrap();
    let bobs = at_his.admin().ask().enliven(shared).await.unwrap();
    let bobs = codec::from_value(bobs).unwrap();
    let subscription = soon(news.ask().subscribe(bobs, None)).await.unwrap();
    let subscription = at_his.handle_on(&subscription);
    let label = Some("for news".to_owned());
    let revocation = hogshead::admin::Revocation { reference: alice.value(), label, deep: false };
    admin.ask().revoke(revocation).await.unwrap();
    publish(&news, 6..7).await;
    until("it has ended", || async { status(&subscription).await.ended.is_some() }).await;
    assert_eq!(status(&subscription).await.ended.unwrap().class(), Class::Revoked);
    says(&alice, &all(0..7)).await;
    hers.shutdown().await.unwrap();
    his.shutdown().await.unwrap();
}
