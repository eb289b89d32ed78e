//! Two hosts: sturdyrefs, revoking, collecting across, and peers that go away.

use hogshead::admin::Revocation;
use hogshead::stock::counter::Counter;
use hogshead::{Class, Handle, Host, Message, Value};

use super::cast::{Actor, cast, objects, over_to, soon, spawn, start, until};

#[tokio::test(flavor = "multi_thread")]
async fn bob_uses_what_alice_shared_until_she_revokes_it() {
    let folder = tempfile::tempdir().unwrap();
    let alice = start(&folder.path().join("a")).await;
    let bob = start(&folder.path().join("b")).await;
    let hers = alice.client().await.unwrap();
    hers.admin().ask().vat_new("alice".into()).await.unwrap();
    let counter: Handle<dyn Counter> = spawn(&hers, "alice", "hogshead/counter", "c").await;
    let only = Some(vec!["increment".to_owned()]);
    let shared = hers.admin().ask().share(counter.value(), only, "for bob".into()).await.unwrap();

    let his = bob.client().await.unwrap();
    let live = his.admin().ask().enliven(shared.clone()).await.unwrap();
    let remote: Handle<dyn Counter> = his.handle(&live).unwrap().cast();
    assert_eq!(remote.ask().increment(5).await.unwrap(), 5);
    let refused = remote.ask().read().await.unwrap_err();
    assert_eq!(refused.class(), Class::Denied, "{refused}");

    // Calls in flight are counted before, or refused; none is lost.
    let in_flight: Vec<_> = (0..20).map(|_| remote.ask().increment(1)).collect();
    let what =
        Revocation { reference: counter.value(), label: Some("for bob".into()), deep: false };
    assert_eq!(hers.admin().ask().revoke(what).await.unwrap(), 1);
    let mut counted = 5;
    for call in in_flight {
        match soon(call).await {
            Ok(_) => counted += 1,
            Err(error) => assert_eq!(error.class(), Class::Revoked, "{error}"),
        }
    }
    let revoked = remote.ask().increment(5).await.unwrap_err();
    assert_eq!(revoked.class(), Class::Revoked, "{revoked}");
    assert_eq!(counter.ask().read().await.unwrap(), counted);
    alice.shutdown().await.unwrap();
    bob.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn references_and_errors_cross_hosts_and_come_home() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (start(&folder.path().join("a")).await, start(&folder.path().join("b")).await);
    let (hers, his) = (a.client().await.unwrap(), b.client().await.unwrap());
    let alice = cast(&hers, "alice").await;
    let bob = cast(&his, "bob").await;
    let far = over_to(&alice, &his).await;
    bob.ask().keep("alice".into(), far.value()).await.unwrap();

    // Bob gives Alice a reference to himself; she calls him back, and he knows himself again.
    bob.ask().keep("self".into(), bob.value()).await.unwrap();
    let gives = vec!["bob".into(), bob.value()];
    soon(bob.ask().ask("alice".into(), "keep".into(), gives)).await.unwrap();
    let noted = alice.ask().ask_and_note("bob".into(), "note".into(), vec!["hello".into()]);
    assert_eq!(soon(noted).await.unwrap(), "note: 1");
    let back = soon(bob.ask().ask("alice".into(), "kept".into(), vec!["bob".into()])).await;
    let home = bob.ask().is_kept("self".into(), back.unwrap()).await.unwrap();
    assert!(home, "Bob's own facet came home");
    for (method, class) in [("kept", Class::BadCall), ("panic", Class::Failed)] {
        let asked = bob.ask().ask("alice".into(), method.into(), vec![]);
        let error = soon(asked).await.unwrap_err();
        assert_eq!(error.class(), class, "{method}: {error}");
    }
    // A promise of Alice's settles at Bob's.
    let waiting = bob.ask().ask_and_note("alice".into(), "later".into(), vec![]);
    until("Alice owes it", || async { alice.ask().decide(Some("now".into())).await.unwrap() > 0 })
        .await;
    assert_eq!(soon(waiting).await.unwrap(), r#"later: "now""#);
    a.shutdown().await.unwrap();
    b.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_peer_held_is_gone_when_it_lets_go_or_goes_away() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (plain(&folder.path().join("a")).await, plain(&folder.path().join("b")).await);
    let (hers, his) = (a.client().await.unwrap(), b.client().await.unwrap());
    let alice = cast(&hers, "alice").await;
    let far = over_to(&alice, &his).await;
    let before = objects(&hers, "alice").await;

    let made = far.call(Message::new("counter", [])).await.unwrap();
    let counter: Handle<dyn Counter> = his.handle(&made).unwrap().cast();
    assert_eq!(counter.ask().increment(1).await.unwrap(), 1);
    assert_eq!(objects(&hers, "alice").await, before + 1);
    drop((made, counter));
    until("what Bob let go is gone", || async { objects(&hers, "alice").await == before }).await;

    let made = far.call(Message::new("counter", [])).await.unwrap();
    assert!(matches!(made, Value::Ref(_)));
    assert_eq!(objects(&hers, "alice").await, before + 1);
    b.shutdown().await.unwrap();
    until("what Bob's host held is gone", || async { objects(&hers, "alice").await == before })
        .await;
    let sessions = hers.admin().ask().vat_show("alice".into()).await.unwrap().sessions;
    assert!(sessions.iter().all(|session| session.kind == "local"), "{sessions:?}");
    a.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_swiss_number_beside_a_right_one_does_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (start(&folder.path().join("a")).await, start(&folder.path().join("b")).await);
    let (hers, his) = (a.client().await.unwrap(), b.client().await.unwrap());
    let alice = cast(&hers, "alice").await;
    let admin = hers.admin();
    let right = admin.ask().share(alice.value(), None, "r".into()).await.unwrap();
    let text = right.expose_text().to_string();
    let at = text.find("/s/").unwrap() + 3;
    let mut letters: Vec<char> = text.chars().collect();
    letters[at] = if letters[at] == 'a' { 'b' } else { 'a' };
    let wrong: hogshead::SturdyRef = letters.into_iter().collect::<String>().parse().unwrap();

    let guess = his.admin().ask().enliven(wrong.clone());
    let fetch = his.admin().ask().enliven(right.clone());
    let again = his.admin().ask().enliven(wrong.clone());
    let (guess, fetched, again) = tokio::join!(soon(guess), soon(fetch), soon(again));
    for error in [guess.unwrap_err(), again.unwrap_err()] {
        assert_eq!(error.class(), Class::NotFound, "{error}");
    }
    let far: Handle<dyn Actor> = his.handle(&fetched.unwrap()).unwrap().cast();
    for n in 1..=3 {
        let error = soon(his.admin().ask().enliven(wrong.clone())).await.unwrap_err();
        assert_eq!(error.class(), Class::NotFound, "{error}");
        assert_eq!(soon(far.ask().note("n".into())).await.unwrap(), n);
    }
    a.shutdown().await.unwrap();
    b.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn when_a_peer_goes_its_promises_break_and_enlivening_again_works() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a");
    let port = std::net::UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let begin = async |data: &std::path::Path| {
        super::cast::builder(data).plain_sessions().listen(port).start().await.unwrap()
    };
    let a = begin(&data).await;
    let b = plain(&folder.path().join("b")).await;
    let (hers, his) = (a.client().await.unwrap(), b.client().await.unwrap());
    let alice = cast(&hers, "alice").await;
    let admin = hers.admin();
    let shared = admin.ask().share(alice.value(), None, "for bob".into()).await.unwrap();
    his.admin().ask().name("alice".into(), Value::from(shared)).await.unwrap();
    let far: Handle<dyn Actor> = super::cast::look_up(&his, "alice").await;
    let bob = cast(&his, "bob").await;
    bob.ask().keep("alice".into(), far.value()).await.unwrap();
    let pending = far.ask().later();
    let noted = bob.ask().ask_and_note("alice".into(), "later".into(), vec![]);
    far.ask().note("before".into()).await.unwrap();
    until("Alice owes both", || async {
        admin.ask().vat_show("alice".into()).await.unwrap().waits_for.len() >= 2
    })
    .await;
    drop((alice, admin, hers));
    a.shutdown().await.unwrap();

    let error = soon(pending).await.unwrap_err();
    assert!(matches!(error.class(), Class::Severed | Class::OutcomeUnknown), "{error}");
    let noted = soon(noted).await.unwrap();
    assert!(noted.contains("severed") || noted.contains("outcome-unknown"), "{noted}");
    let error = soon(far.ask().note("nobody".into())).await.unwrap_err();
    assert_eq!(error.class(), Class::Severed, "{error}");

    let a = begin(&data).await;
    let again: Handle<dyn Actor> = super::cast::look_up(&his, "alice").await;
    assert_eq!(soon(again.ask().note("after".into())).await.unwrap(), 2);
    a.shutdown().await.unwrap();
    b.shutdown().await.unwrap();
}

/// A host whose sessions with others end with their connections.
async fn plain(data: &std::path::Path) -> Host {
    super::cast::builder(data).plain_sessions().start().await.unwrap()
}
