//! Grants over the network: what is counted survives restarts, what is for one vat is for no other,
//! and what is revoked ends for everybody at once, promises included.

use hogshead::grant::{Caveats, GrantInfo};
use hogshead::{Cap, Class, Client, Context, Handle, Result, SturdyRef, Value};
use serde::{Deserialize, Serialize};

use super::super::cast::{Actor, builder, cast, look_up, soon, spawn, until};
use super::super::home::{Home, LONG};
use super::{evict, lend, restart};

/// Grants what it is given to others, and takes it back.
#[hogshead::interface]
pub trait Gatekeeper {
    /// Grants a reference in part.
    fn grant(&mut self, cx: &mut Context<'_>, what: Value, caveats: Caveats) -> Result<Cap>;

    /// What became of it.
    fn tree(&mut self, cx: &mut Context<'_>, what: Value) -> Result<Vec<GrantInfo>>;

    /// Ends it, with what was derived from it.
    fn revoke(&mut self, cx: &mut Context<'_>, what: Value) -> Result<()>;
}

#[derive(Serialize, Deserialize, Default)]
pub struct Gate {}

#[hogshead::object(name = "gate", version = 1, construct)]
impl Gatekeeper for Gate {
    fn grant(&mut self, cx: &mut Context<'_>, what: Value, caveats: Caveats) -> Result<Cap> {
        let what: Cap = hogshead::codec::from_value(what)?;
        cx.grant(&what, caveats)
    }

    fn tree(&mut self, cx: &mut Context<'_>, what: Value) -> Result<Vec<GrantInfo>> {
        cx.grants(hogshead::codec::from_value::<Cap>(what)?)
    }

    fn revoke(&mut self, cx: &mut Context<'_>, what: Value) -> Result<()> {
        cx.revoke_deep(hogshead::codec::from_value::<Cap>(what)?)
    }
}

async fn gate(client: &Client) -> Handle<dyn Gatekeeper> {
    spawn(client, "alice", "hogshead/gate", "gate").await
}

async fn granted(
    gate: &Handle<dyn Gatekeeper>,
    what: &Handle<dyn Actor>,
    caveats: Caveats,
) -> Handle<dyn Actor> {
    let cap = gate.ask().grant(what.value(), caveats).await.unwrap();
    gate.client().handle_on(&cap.cast::<dyn Actor>())
}

async fn key_of(client: &Client, vat: &str) -> hogshead::VatId {
    client.admin().ask().vat_show(vat.into()).await.unwrap().info.id.parse().unwrap()
}

/// Has an actor note something over what it keeps under a word.
async fn note(who: &Handle<dyn Actor>, word: &str, text: &str) -> Result<Value> {
    soon(who.ask().ask(word.into(), "note".into(), vec![text.into()])).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_granted_is_counted_over_the_network_evictions_and_restarts() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let (alice, bob) = (cast(&at_hers, "alice").await, cast(&at_his, "bob").await);
    let keeper = gate(&at_hers).await;
    let caveats = Caveats::new()
        .methods(["note", "notes"])
        .rule("0^=ok".parse().unwrap())
        .uses(4)
        .label("Bob");
    let grant = granted(&keeper, &alice, caveats).await;
    at_hers.admin().ask().name("grant".into(), grant.value()).await.unwrap();
    lend(&grant, &bob, "alice").await;

    note(&bob, "alice", "ok 1").await.unwrap();
    evict(&at_hers, "alice").await;
    evict(&at_his, "bob").await;
    note(&bob, "alice", "ok 2").await.unwrap();
    restart(&mut hers).await;
    restart(&mut his).await;
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let bob = look_up::<dyn Actor>(&at_his, "bob").await;

    // However he looks at it, it is no more than it is.
    let error = note(&bob, "alice", "bad").await.unwrap_err();
    assert!(error.message().starts_with("the grant asks for: argument 0 begins with \"ok\""));
    for (method, args) in [
        ("keep", vec!["word".into(), Value::from("mine")]),
        ("kept", vec!["word".into()]),
        ("no-such-method", vec![]),
    ] {
        let asked = soon(bob.ask().ask("alice".into(), method.into(), args)).await;
        let error = asked.unwrap_err();
        assert!(error.message().starts_with(&format!("this reference does not grant `{method}`")));
    }
    // Nor is what he passes on: he has it granted by a gate of his own vat.
    let his_gate = spawn::<dyn Gatekeeper>(&at_his, "bob", "hogshead/gate", "gate").await;
    let live = soon(bob.ask().kept("alice".into())).await.unwrap();
    let wider = his_gate.ask().grant(live, Caveats::new().uses(100)).await.unwrap();
    let wider = at_his.handle_on(&wider.cast::<dyn Actor>());
    assert_eq!(soon(wider.ask().note("bad".into())).await.unwrap_err().class(), Class::Denied);
    assert_eq!(soon(wider.ask().note("ok 3".into())).await.unwrap(), 3);

    note(&bob, "alice", "ok 4").await.unwrap();
    let error = note(&bob, "alice", "ok 5").await.unwrap_err();
    assert!(error.message().starts_with("all uses of the grant are used up"), "{error}");
    let alice = look_up::<dyn Actor>(&at_hers, "alice").await;
    assert_eq!(alice.ask().notes().await.unwrap(), ["ok 1", "ok 2", "ok 3", "ok 4"]);

    let keeper = look_up::<dyn Gatekeeper>(&at_hers, "gate").await;
    let grant = look_up::<dyn Actor>(&at_hers, "grant").await;
    let tree = keeper.ask().tree(grant.value()).await.unwrap();
    let [grant, shared] = &tree[..] else { panic!("{tree:?}") };
    assert_eq!((grant.label.as_str(), grant.used, grant.left), ("Bob", 4, Some(0)));
    assert_eq!((shared.label.as_str(), shared.used), ("alice", 4));
    assert_eq!(shared.parent, Some(grant.facet));
    assert_eq!(shared.denied, 6);
    let bobs = key_of(&at_his, "bob").await;
    assert!(shared.denials.iter().all(|denial| denial.caller == Some(bobs)), "{shared:?}");
    hers.host.unwrap().shutdown().await.unwrap();
    his.host.unwrap().shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_to_one_vat_is_of_no_use_to_whom_it_is_handed_on() {
    let (mut hers, his) = (Home::new(LONG).await, Home::new(LONG).await);
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let (alice, bob) = (cast(&at_hers, "alice").await, cast(&at_his, "bob").await);
    let carol = cast(&at_his, "carol").await;
    bob.ask().keep("carol".into(), carol.value()).await.unwrap();
    let keeper = gate(&at_hers).await;
    let caveats = Caveats::new().only_from(key_of(&at_his, "bob").await).label("Bob");
    let grant = granted(&keeper, &alice, caveats).await;
    lend(&grant, &bob, "alice").await;
    note(&bob, "alice", "from Bob").await.unwrap();
    // Handed off, it is Carol who sends over her own session with Alice.
    let hand_on =
        bob.ask().give("alice".into(), "carol".into(), "keep".into(), vec!["alice".into()]);
    soon(hand_on).await.unwrap();
    for _ in 0..2 {
        let error = note(&carol, "alice", "from Carol").await.unwrap_err();
        assert!(error.message().starts_with("the grant is for another vat"), "{error}");
        let error = soon(grant.ask().note("from the owner".into())).await.unwrap_err();
        assert_eq!(error.class(), Class::Denied, "not even for her owner");
        note(&bob, "alice", "from Bob").await.unwrap();
        evict(&hers.client().await, "alice").await;
    }
    restart(&mut hers).await;
    let error = note(&carol, "alice", "from Carol").await.unwrap_err();
    assert_eq!(error.class(), Class::Denied);
    note(&bob, "alice", "from Bob").await.unwrap();
    hers.host.unwrap().shutdown().await.unwrap();
    his.host.unwrap().shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_revoked_breaks_awaited_answers_at_another_host_and_its_watchers_are_told() {
    let (mut hers, his) = (Home::new(LONG).await, Home::new(LONG).await);
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let (alice, bob) = (cast(&at_hers, "alice").await, cast(&at_his, "bob").await);
    let keeper = gate(&at_hers).await;
    let grant = granted(&keeper, &alice, Caveats::new().label("Bob")).await;
    lend(&grant, &bob, "alice").await;

    // A promise that nobody keeps, and a message that waits for it.
    let asked = bob.ask().ask_and_note("alice".into(), "later".into(), vec![]);
    let awaited = tokio::spawn(asked);
    let keep = bob.ask().ask_and_keep("alice".into(), "later".into(), vec![], "promise".into());
    soon(keep).await.unwrap();
    let piped = tokio::spawn(bob.ask().ask_and_note("promise".into(), "notes".into(), vec![]));
    let live = soon(bob.ask().kept("alice".into())).await.unwrap();
    let live = at_his.handle(&live).unwrap();
    let watch = tokio::spawn({
        let live = live.clone();
        async move { live.on_sever().await }
    });
    until("she has promised it twice", || async {
        let waits = at_hers.admin().ask().vat_show("alice".into()).await.unwrap().waits_for;
        let of = |what: &str| waits.iter().filter(|wait| wait.action.starts_with(what)).count();
        of("an answer over") == 2 && of("the end of") == 1
    })
    .await;
    assert!(!watch.is_finished());

    soon(keeper.ask().revoke(grant.value())).await.unwrap();
    for text in [soon(awaited).await.unwrap(), soon(piped).await.unwrap()] {
        let text = text.unwrap();
        assert!(text.contains("revoked: this reference was revoked"), "{text}");
    }
    assert_eq!(soon(watch).await.unwrap().class(), Class::Revoked);
    assert_eq!(note(&bob, "alice", "late").await.unwrap_err().class(), Class::Revoked);
    restart(&mut hers).await;
    assert_eq!(note(&bob, "alice", "later still").await.unwrap_err().class(), Class::Revoked);
    assert_eq!(soon(live.on_sever()).await.class(), Class::Revoked, "who comes late is told");
    hers.host.unwrap().shutdown().await.unwrap();
    his.host.unwrap().shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_host_suspends_what_may_have_been_used_since() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let host = builder(&data).start().await.unwrap();
    let client = host.client().await.unwrap();
    let (alice, bob) = (cast(&client, "alice").await, cast(&client, "bob").await);
    let keeper = gate(&client).await;
    let once = granted(&keeper, &alice, Caveats::new().uses(1)).await;
    let timed = Caveats::new().until(hogshead::Timestamp(u64::MAX)).label("until then");
    let timed = granted(&keeper, &alice, timed).await;
    for (word, grant) in [("once", &once), ("timed", &timed)] {
        bob.ask().keep(word.into(), grant.value()).await.unwrap();
    }
    let monday = folder.path().join("monday");
    client.admin().ask().snapshot(monday.display().to_string()).await.unwrap();
    // Used after the snapshot was taken, so that the restored store does not know.
    note(&bob, "once", "the one time").await.unwrap();
    assert_eq!(note(&bob, "once", "again").await.unwrap_err().class(), Class::Denied);
    host.shutdown().await.unwrap();

    let snapshot = std::fs::read_dir(&monday).unwrap().next().unwrap().unwrap().path();
    builder(&data).restore(&snapshot).unwrap();
    let host = builder(&data).start().await.unwrap();
    let client = host.client().await.unwrap();
    let bob = look_up::<dyn Actor>(&client, "bob").await;
    let error = note(&bob, "once", "the second first time").await.unwrap_err();
    assert!(error.message().contains("until the vat's owner confirms it"), "{error}");
    note(&bob, "timed", "a time does not come back").await.unwrap();
    let confirm = async || client.admin().ask().grants_confirm("alice".into(), None).await;
    assert_eq!(confirm().await.unwrap(), 1);
    assert_eq!(confirm().await.unwrap(), 0);
    note(&bob, "once", "the owner has thought of it").await.unwrap();
    let (keeper, alice) = (look_up(&client, "gate").await, look_up(&client, "alice").await);
    let fresh = granted(&keeper, &alice, Caveats::new().uses(1)).await;
    assert_eq!(soon(fresh.ask().note("fresh".into())).await.unwrap(), 3);
    host.shutdown().await.unwrap();
}

/// Redeems what an actor keeps under `invitation`, and has it keep what that became.
async fn redeem(who: &Handle<dyn Actor>) -> Result<(Value, SturdyRef)> {
    let redeemed = soon(who.ask().ask("invitation".into(), "redeem".into(), vec![])).await?;
    let object = redeemed.field("object").unwrap().clone();
    who.ask().keep("alice".into(), object.clone()).await.unwrap();
    Ok((object, redeemed.field("at").unwrap().as_sturdyref().unwrap().clone()))
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_vats_that_race_for_an_invitation_one_has_it_for_good() {
    let (mut hers, his) = (Home::new(LONG).await, Home::new(LONG).await);
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let alice = cast(&at_hers, "alice").await;
    let caveats = Caveats::new().methods(["note"]).label("friends");
    let invite = at_hers.admin().ask().invite(alice.value(), caveats, true).await.unwrap();
    let mut guests = Vec::new();
    for name in ["bob", "carol"] {
        let guest = cast(&at_his, name).await;
        let live = at_his.admin().ask().enliven(invite.clone()).await.unwrap();
        soon(guest.ask().keep("invitation".into(), live)).await.unwrap();
        guests.push((key_of(&at_his, name).await, guest));
    }
    let (bobs, carols) = tokio::join!(redeem(&guests[0].1), redeem(&guests[1].1));
    let (won, lost) = match (bobs, carols) {
        (Ok(won), Err(why)) => ((0, won), (1, why)),
        (Err(why), Ok(won)) => ((1, won), (0, why)),
        other => panic!("one has it, and one: {other:?}"),
    };
    let ((winner, (object, _)), (loser, why)) = (won, lost);
    assert!(why.message().starts_with("the invitation was redeemed by another vat"), "{why}");
    let (key, winner) = &guests[winner];
    // What he sends goes by his host's own vat, which is another one, until it has handed over to him
    // what it brought.
    let his_own = async |text: &'static str| {
        until("the grant to be in his own hands", async || {
            note(winner, "alice", text).await.is_ok()
        })
        .await;
    };
    his_own("it is I").await;
    // The owner sees who came, and what is for that vat is for no other.
    let grants = at_hers.admin().ask().grants("alice".into(), None).await.unwrap();
    let grant = grants.iter().find(|grant| grant.label == key.to_string()).unwrap();
    assert_eq!((grant.used, grant.caveats.only_caller()), (1, Some(*key)));
    let stolen = at_his.handle(&object).unwrap().cast::<dyn Actor>();
    assert_eq!(soon(stolen.ask().note("not I".into())).await.unwrap_err().class(), Class::Denied);

    // Again, after a crash: the same grant, with another number.
    restart(&mut hers).await;
    assert!(redeem(&guests[loser].1).await.is_err());
    let (_, at) = redeem(winner).await.unwrap();
    his_own("it is I again").await;
    assert!(at_his.admin().ask().enliven(at).await.is_ok());
    let grants = hers.client().await.admin().ask().grants("alice".into(), None).await.unwrap();
    assert_eq!(grants.iter().filter(|grant| grant.label == key.to_string()).count(), 1);
    hers.host.unwrap().shutdown().await.unwrap();
    his.host.unwrap().shutdown().await.unwrap();
}
