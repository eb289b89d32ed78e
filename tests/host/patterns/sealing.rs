//! Data that strangers carry between vats that have never met.

use bytes::Bytes;
use hogshead::stock::sealing::Opened;
use hogshead::{Class, Client, Handle, Replay, Value, codec};

use super::super::cast::{Actor, builder, cast, look_up, soon, until};
use super::super::home::{Home, LONG};
use super::{evict, restart};

/// An actor with the device of its vat, and the vat's key.
async fn correspondent(client: &Client, name: &str) -> (Handle<dyn Actor>, String) {
    let actor = cast(client, name).await;
    let device = client.admin().ask().sealing(name.into()).await.unwrap();
    actor.ask().keep("sealing".into(), device).await.unwrap();
    let key = soon(actor.ask().ask("sealing".into(), "own_key".into(), vec![])).await.unwrap();
    (actor, codec::from_value(key).unwrap())
}

async fn seal(by: &Handle<dyn Actor>, method: &str, to: &str, data: Value) -> Bytes {
    let args = vec![to.into(), "letter".into(), data];
    match soon(by.ask().ask("sealing".into(), method.into(), args)).await.unwrap() {
        Value::Bytes(sealed) => sealed,
        other => panic!("no bytes: {other:?}"),
    }
}

async fn open(by: &Handle<dyn Actor>, context: &str, sealed: &[u8]) -> hogshead::Result<Opened> {
    let args = vec![context.into(), Value::Bytes(Bytes::copy_from_slice(sealed))];
    soon(by.ask().ask("sealing".into(), "open".into(), args)).await.and_then(codec::from_value)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sealed_opens_in_the_one_vat_after_restarts_and_tells_who_sealed_it() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let (alice, her_key) = correspondent(&at_hers, "alice").await;
    let (_, his_key) = correspondent(&at_his, "bob").await;
    let (eve, _) = correspondent(&at_his, "eve").await;
    let paper = at_hers.admin().ask().share(alice.value(), None, "paper".into()).await.unwrap();
    let data = Value::List(vec!["call me".into(), Value::SturdyRef(Box::new(paper))]);
    let signed = seal(&alice, "seal_as_me", &his_key, data.clone()).await;
    let anonymous = seal(&alice, "seal", &his_key, data.clone()).await;

    evict(&at_hers, "alice").await;
    evict(&at_his, "bob").await;
    drop((alice, at_hers));
    restart(&mut hers).await;
    // Another vat of his own host opens nothing of his.
    assert_eq!(open(&eve, "letter", &signed).await.unwrap_err().class(), Class::Refused);
    drop((eve, at_his));
    restart(&mut his).await;

    let at_his = his.client().await;
    let bob = look_up::<dyn Actor>(&at_his, "bob").await;
    let opened = open(&bob, "letter", &signed).await.unwrap();
    assert_eq!((opened.data, opened.from), (data.clone(), Some(her_key)));
    let again = open(&bob, "letter", &signed).await.unwrap();
    assert_eq!(again.id, opened.id, "replays are known by it");
    let opened = open(&bob, "letter", &anonymous).await.unwrap();
    assert_eq!((opened.data, opened.from), (data.clone(), None));
    assert_eq!(open(&bob, "invoice", &signed).await.unwrap_err().class(), Class::Refused);
    let mut changed = signed.to_vec();
    changed[40] ^= 1;
    assert_eq!(open(&bob, "letter", &changed).await.unwrap_err().class(), Class::Refused);
    // What is in it leads to her.
    let Value::List(items) = data else { panic!("a list") };
    let paper = codec::from_value(items[1].clone()).unwrap();
    let live = at_his.admin().ask().enliven(paper).await.unwrap();
    let her = at_his.handle(&live).unwrap().cast::<dyn Actor>();
    assert_eq!(soon(her.ask().note("hello".into())).await.unwrap(), 1);
    // A live reference does not go into bytes.
    let args = vec![his_key.into(), "letter".into(), bob.value()];
    let why = soon(bob.ask().ask("sealing".into(), "seal".into(), args)).await.unwrap_err();
    assert_eq!(why.class(), Class::BadCall);

    drop((bob, at_his, her));
    his.host.take().unwrap().shutdown().await.unwrap();
    hers.host.take().unwrap().shutdown().await.unwrap();
    // What the device answered is told in the history, so that all follows from it.
    let replay = Replay { threads: 2, ..Replay::default() };
    let replayed = builder(&his.at()).replay(&replay).unwrap();
    let told: Vec<_> = replayed.divergences.iter().map(ToString::to_string).collect();
    assert!(replayed.agrees(), "{}", told.join("\n"));
    assert_eq!(replayed.opaque, 0, "{replayed:?}");
}

/// Sealing again does no harm, so nobody is told that it is not known what came of it.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_host_was_asked_for_when_it_died_it_does_when_it_is_back() {
    let mut hers = Home::new(LONG).await;
    let client = hers.client().await;
    let (alice, key) = correspondent(&client, "alice").await;
    let asked: Vec<_> = (0..40_u64)
        .map(|n| {
            let args = vec![key.clone().into(), "letter".into(), n.into()];
            alice.ask().ask_and_note("sealing".into(), "seal".into(), args)
        })
        .collect();
    let asking = tokio::spawn(async move {
        for answer in asked {
            let _ = answer.await;
        }
    });
    until("some of it is done", || async { !alice.ask().notes().await.unwrap().is_empty() }).await;
    hers.crash();
    asking.await.unwrap();
    drop((alice, client));
    hers.start().await;
    let client = hers.client().await;
    let alice = look_up::<dyn Actor>(&client, "alice").await;
    let admin = client.admin();
    until("nothing is asked for any more", || async {
        admin.ask().vat_show("alice".into()).await.unwrap().waits_for.is_empty()
    })
    .await;
    for note in alice.ask().notes().await.unwrap() {
        assert!(note.starts_with("seal: "), "{note}");
        assert!(!note.contains("outcome-unknown") && !note.contains("severed"), "{note}");
    }
}
