//! What is made on another host, or found there again, when it is used and once.

use hogshead::stock::lazy::Lazy;
use hogshead::{Class, Handle, Value};

use super::super::cast::{Actor, cast, look_up, objects, over_to, soon, until};
use super::super::home::{Home, LONG};
use super::{evict, made, restart};

async fn tells(who: &Handle<dyn Actor>, word: &str, times: u64) {
    let tell = who.ask().tell(word.into(), "increment".into(), vec![1.into()], times);
    soon(tell).await.unwrap();
}

async fn counts(who: &Handle<dyn Actor>, word: &str) -> hogshead::Result<Value> {
    soon(who.ask().ask(word.into(), "increment".into(), vec![1.into()])).await
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_wait_for_what_a_dead_host_will_make_and_it_makes_one() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let before = {
        let (at_hers, at_his) = (hers.client().await, his.client().await);
        let (alice, bob) = (cast(&at_hers, "alice").await, cast(&at_his, "bob").await);
        let maker = over_to(&bob, &at_hers).await;
        let init = Value::structure([("maker", maker.value()), ("method", Value::from("counter"))]);
        let lazy = made::<dyn Lazy>(&at_hers, "alice", "hogshead/lazy", init).await;
        alice.ask().keep("lazy".into(), lazy.value()).await.unwrap();
        objects(&at_his, "bob").await
    };
    his.crash();
    tells(&hers.actor("alice").await, "lazy", 2).await;
    evict(&hers.client().await, "alice").await;
    restart(&mut hers).await;
    let at_hers = hers.client().await;
    let alice = look_up::<dyn Actor>(&at_hers, "alice").await;
    tells(&alice, "lazy", 1).await;
    his.start().await;
    assert_eq!(counts(&alice, "lazy").await.unwrap(), 4.into());
    evict(&at_hers, "alice").await;
    evict(&his.client().await, "bob").await;
    assert_eq!(counts(&alice, "lazy").await.unwrap(), 5.into());
    let at_his = his.client().await;
    assert_eq!(objects(&at_his, "bob").await, before + 1, "one counter was made");
    hers.host.unwrap().shutdown().await.unwrap();
    his.host.unwrap().shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sturdyref_is_enlivened_by_use_again_after_its_session_was_ended() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    enlivening(&hers, &his).await;
    restart(&mut hers).await;
    restart(&mut his).await;
    let at_hers = hers.client().await;
    let alice = look_up::<dyn Actor>(&at_hers, "alice").await;
    assert_eq!(counts(&alice, "lazy").await.unwrap(), 1.into());

    // Its session is ended: the next use finds it again.
    let bobs = his.client().await.admin().ask().vat_show("bob".into()).await.unwrap().info.id;
    let end = at_hers.admin().ask().session_end("alice".into(), bobs);
    soon(end).await.unwrap();
    until("it is found again", || async {
        match counts(&alice, "lazy").await {
            Ok(count) => count == 2.into(),
            Err(error) => {
                assert_eq!(error.class(), Class::Severed, "{error}");
                false
            }
        }
    })
    .await;
    hers.host.unwrap().shutdown().await.unwrap();
    his.host.unwrap().shutdown().await.unwrap();
}

/// Alice keeps a lazy, by a sturdyref of a counter of Bob's.
async fn enlivening(hers: &Home, his: &Home) {
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let (alice, bob) = (cast(&at_hers, "alice").await, cast(&at_his, "bob").await);
    let counter = at_his.handle_on(&bob.ask().counter().await.unwrap());
    let share = at_his.admin().ask().share(counter.value(), None, "counter".into());
    let sturdyref = share.await.unwrap();
    let enlivener = at_hers.admin().ask().enlivener("alice".into()).await.unwrap();
    let init = Value::structure([("enlivener", enlivener), ("sturdyref", sturdyref.into())]);
    let lazy = made::<dyn Lazy>(&at_hers, "alice", "hogshead/lazy", init).await;
    alice.ask().keep("lazy".into(), lazy.value()).await.unwrap();
    drop(alice);
    evict(&at_hers, "alice").await;
}
