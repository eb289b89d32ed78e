//! What is behind a reference is replaced by an object of another host, while its holder goes on.

use hogshead::stock::swappable::Swappable;
use hogshead::{Cap, Class, Handle, Value};

use super::super::cast::{Actor, cast, look_up, over_to, soon};
use super::super::home::{Home, LONG};
use super::{evict, lend, made, restart};

async fn tells(who: &Handle<dyn Actor>, text: &str) {
    let tell = who.ask().tell("front".into(), "note".into(), vec![text.into()], 1);
    soon(tell).await.unwrap();
}

async fn notes(who: &Handle<dyn Actor>, text: &str) -> Value {
    soon(who.ask().ask("front".into(), "note".into(), vec![text.into()])).await.unwrap()
}

fn cap(of: &Handle<dyn Actor>) -> Cap {
    of.cap().cast()
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_keep_their_order_over_a_swap_to_another_host_and_over_crashes() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    plugged(&hers, &his).await;

    // To an object of the other host, which is dead while the swap is asked for.
    let (socket, over) = {
        let at_hers = hers.client().await;
        let new = look_up::<dyn Actor>(&his.client().await, "new").await;
        let socket = look_up::<dyn Swappable>(&at_hers, "socket").await;
        (socket, over_to(&new, &at_hers).await)
    };
    his.crash();
    soon(socket.ask().swap_in_order(cap(&over))).await.unwrap();
    drop((socket, over));
    restart(&mut hers).await;
    his.start().await;
    let bob = look_up::<dyn Actor>(&his.client().await, "bob").await;
    tells(&bob, "3").await;
    evict(&hers.client().await, "switch").await;
    assert_eq!(notes(&bob, "4").await, 2.into());

    // And back.
    let at_hers = hers.client().await;
    let old = look_up::<dyn Actor>(&at_hers, "old").await;
    let socket = look_up::<dyn Swappable>(&at_hers, "socket").await;
    soon(socket.ask().swap(cap(&old))).await.unwrap();
    assert_eq!(notes(&bob, "5").await, 3.into());
    assert_eq!(old.ask().notes().await.unwrap(), ["1", "2", "5"]);
    let new = look_up::<dyn Actor>(&his.client().await, "new").await;
    assert_eq!(new.ask().notes().await.unwrap(), ["3", "4"]);
    hers.host.unwrap().shutdown().await.unwrap();
    his.host.unwrap().shutdown().await.unwrap();
}

/// Bob has the front, and has used it.
async fn plugged(hers: &Home, his: &Home) {
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let (old, bob) = (cast(&at_hers, "old").await, cast(&at_his, "bob").await);
    cast(&at_his, "new").await;
    at_hers.admin().ask().vat_new("switch".into()).await.unwrap();
    let kind = "hogshead/swappable";
    let socket = made::<dyn Swappable>(&at_hers, "switch", kind, old.value()).await;
    at_hers.admin().ask().name("socket".into(), socket.value()).await.unwrap();
    let front: Handle<dyn Actor> = at_hers.handle_on(&socket.ask().front().await.unwrap()).cast();
    lend(&front, &bob, "front").await;
    tells(&bob, "1").await;
    assert_eq!(notes(&bob, "2").await, 2.into());
    let stolen = soon(bob.ask().ask("front".into(), "swap".into(), vec![bob.value()])).await;
    assert_eq!(stolen.unwrap_err().class(), Class::BadCall, "it reaches the target");
    for vat in ["old", "switch"] {
        evict(&at_hers, vat).await;
    }
}
