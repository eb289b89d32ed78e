//! What is passed on, back, both ways, and while somebody sleeps.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_passed_on_before_it_has_arrived_reaches_the_last_in_the_chain() {
    let mut stage = Stage::set([0, 1, 2]).await;
    let (alice, bob) = (stage.actor(ALICE).clone(), stage.actor(BOB).clone());
    let before = objects(stage.client(CAROL), "carol").await;
    let dave = cast(stage.client(CAROL), "dave").await;
    let to_dave = over_to(&dave, stage.client(BOB)).await;
    bob.ask().keep("dave".into(), to_dave.value()).await.unwrap();
    drop(to_dave);
    stage.acquaint(ALICE, BOB).await;
    stage.acquaint(ALICE, CAROL).await;
    stage.alice_gets_a_counter().await;
    // Bob has it under its word at once, and has hardly begun to call Carol.
    let keeps = vec!["counter".into()];
    soon(alice.ask().give("counter".into(), "bob".into(), "keep".into(), keeps)).await.unwrap();
    assert_eq!(give_to_use(&bob, "dave", 1).await, Value::from(2_u64));

    alice.ask().forget("counter".into()).await.unwrap();
    bob.ask().forget("counter".into()).await.unwrap();
    drop((alice, bob));
    stage.remove(ALICE).await;
    stage.remove(BOB).await;
    assert_eq!(increment(&dave, 1).await, 3, "Dave needs neither of them");
    dave.ask().forget("counter".into()).await.unwrap();
    until("the counter is gone", || async {
        objects(stage.client(CAROL), "carol").await == before
    })
    .await;
    stage.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_round_comes_home_as_itself() {
    for at in [[0, 1, 2], [0, 1, 0], [0, 0, 0]] {
        let stage = Stage::set(at).await;
        let (alice, bob, carol) = (stage.actor(ALICE), stage.actor(BOB), stage.actor(CAROL));
        for (who, with) in [(ALICE, BOB), (ALICE, CAROL), (BOB, CAROL)] {
            stage.acquaint(who, with).await;
        }
        carol.ask().keep("self".into(), carol.value()).await.unwrap();
        let get = carol.ask();
        soon(get.get("self".into(), "counter".into(), vec![], "own".into())).await.unwrap();
        let get = alice.ask();
        soon(get.get("carol".into(), "kept".into(), vec!["own".into()], "counter".into()))
            .await
            .unwrap();
        assert_eq!(give_to_use(alice, "bob", 1).await, Value::from(1_u64));
        let own = vec!["own".into()];
        let home = bob.ask().give("counter".into(), "carol".into(), "is_kept".into(), own);
        assert_eq!(soon(home).await.unwrap(), Value::Bool(true), "{at:?}");
        stage.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_are_introduced_to_each_other_have_one_session() {
    for at in [[0, 1, 2], [0, 1, 1]] {
        let stage = Stage::set(at).await;
        let alice = stage.actor(ALICE);
        stage.acquaint(ALICE, BOB).await;
        stage.acquaint(ALICE, CAROL).await;
        let introduce = |whom: &str, to: &str| {
            let uses = vec![whom.into(), "note".into(), Value::List(vec!["hello".into()])];
            alice.ask().give(whom.into(), to.into(), "keep_and_ask".into(), uses)
        };
        let both = (introduce("bob", "carol"), introduce("carol", "bob"));
        let (one, other) = tokio::join!(soon(both.0), soon(both.1));
        assert_eq!((one.unwrap(), other.unwrap()), (Value::from(1_u64), Value::from(1_u64)));
        for (one, other) in [(BOB, CAROL), (CAROL, BOB)] {
            let own = sessions_between(stage.vat(one), stage.vat(other)).await;
            assert_eq!(own.len(), 1, "{own:?}");
        }
        stage.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn gifts_between_vats_of_a_host_wait_for_who_sleeps_and_outlive_a_stop() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a");
    let host = start(&data).await;
    let client = host.client().await.unwrap();
    let mut actors = Vec::new();
    for name in NAMES {
        actors.push(cast(&client, name).await);
    }
    let alice = &actors[ALICE];
    alice.ask().keep("bob".into(), actors[BOB].value()).await.unwrap();
    alice.ask().keep("carol".into(), actors[CAROL].value()).await.unwrap();
    let get = alice.ask();
    soon(get.get("carol".into(), "counter".into(), vec![], "counter".into())).await.unwrap();
    let admin = client.admin();
    admin.ask().vat_pause("carol".into()).await.unwrap();
    let keeps = vec!["counter".into()];
    soon(alice.ask().give("counter".into(), "bob".into(), "keep".into(), keeps)).await.unwrap();
    let asks = actors[BOB].ask();
    drop(asks.ask_and_note("counter".into(), "increment".into(), vec![5_u64.into()]));
    until("Bob has asked", || async {
        let waits = admin.ask().vat_show("bob".into()).await.unwrap().waits_for;
        !waits.is_empty()
    })
    .await;
    for name in NAMES {
        soon(admin.ask().vat_evict(name.into())).await.unwrap();
    }
    drop((admin, get, asks));
    drop((actors, client));
    tokio::task::spawn_blocking(move || drop(host)).await.unwrap();

    let host = start(&data).await;
    let client = host.client().await.unwrap();
    client.admin().ask().vat_resume("carol".into()).await.unwrap();
    let bob: Handle<dyn Actor> = look_up(&client, "bob").await;
    until("Bob was answered", || async { bob.ask().notes().await.unwrap() == ["increment: 5"] })
        .await;
    assert_eq!(increment(&bob, 1).await, 6);
    host.shutdown().await.unwrap();
}
