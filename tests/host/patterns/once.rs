//! A reference that takes one message, held by several on another host.

use hogshead::Class;
use hogshead::stock::once::Once;

use super::super::cast::{Actor, cast, look_up, soon};
use super::super::home::{Home, LONG};
use super::{evict, lend, made, restart};

#[tokio::test(flavor = "multi_thread")]
async fn of_all_who_use_it_over_crashes_one_is_heard() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    hand_out(&hers, &his).await;
    restart(&mut hers).await;
    restart(&mut his).await;

    let at_his = his.client().await;
    let mut heard = Vec::new();
    let mut asked = Vec::new();
    for name in NAMES {
        let actor = look_up::<dyn Actor>(&at_his, name).await;
        let ask = actor.ask().ask("once".into(), "note".into(), vec![name.into()]);
        asked.push((name, ask));
    }
    for (name, ask) in asked {
        match soon(ask).await {
            Ok(_) => heard.push(name.to_owned()),
            Err(error) => assert_eq!(error.class(), Class::Refused, "{name}"),
        }
    }
    assert_eq!(heard.len(), 1);
    evict(&hers.client().await, "door").await;
    let bob = look_up::<dyn Actor>(&at_his, "bob").await;
    let late = soon(bob.ask().ask("once".into(), "note".into(), vec!["late".into()])).await;
    assert_eq!(late.unwrap_err().class(), Class::Refused, "also after an eviction");
    let alice = look_up::<dyn Actor>(&hers.client().await, "alice").await;
    assert_eq!(alice.ask().notes().await.unwrap(), heard);
    hers.host.unwrap().shutdown().await.unwrap();
    his.host.unwrap().shutdown().await.unwrap();
}

const NAMES: [&str; 3] = ["bob", "carol", "dave"];

/// Each of them gets the same reference to Alice, for one message.
async fn hand_out(hers: &Home, his: &Home) {
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let alice = cast(&at_hers, "alice").await;
    at_hers.admin().ask().vat_new("door".into()).await.unwrap();
    let once = made::<dyn Once>(&at_hers, "door", "hogshead/once", alice.value()).await;
    for name in NAMES {
        lend(&once, &cast(&at_his, name).await, "once").await;
    }
    for vat in ["alice", "door"] {
        evict(&at_hers, vat).await;
    }
}
