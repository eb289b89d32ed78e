//! Boxes that go through strangers' hands and vats, and come back over restarts.

use hogshead::stock::brand::Pair;
use hogshead::{Class, Client, Handle, Value};

use super::super::cast::{Actor, cast, look_up, soon};
use super::super::home::{Home, LONG};
use super::{evict, lend, made, restart};

const REFUSED: &str = "this is no box of the brand `letters`";

/// A brand in Bob's vat: he keeps the unsealer, and Alice elsewhere gets the sealer.
async fn brand(client: &Client, bob: &Handle<dyn Actor>, alice: &Handle<dyn Actor>) {
    let pair = made::<dyn Pair>(client, "bob", "hogshead/brand", "letters".into()).await;
    let parts = pair.ask().parts().await.unwrap();
    let unsealer = client.handle_on(&parts.unsealer);
    bob.ask().keep("unsealer".into(), unsealer.value()).await.unwrap();
    lend(&client.handle_on(&parts.sealer), alice, "sealer").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_box_that_went_through_other_vats_and_restarts_opens_for_its_unsealer_only() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let (alice, bob) = (cast(&at_hers, "alice").await, cast(&at_his, "bob").await);
    let carol = cast(&at_hers, "carol").await;
    alice.ask().keep("carol".into(), carol.value()).await.unwrap();
    brand(&at_his, &bob, &alice).await;
    lend(&bob, &carol, "bob").await;

    // Alice seals a reference to Carol, and Carol carries the box.
    let content = vec![Value::List(vec!["for Bob".into(), carol.value()])];
    soon(alice.ask().get("sealer".into(), "seal".into(), content, "box".into())).await.unwrap();
    let to_carol =
        alice.ask().give("box".into(), "carol".into(), "keep".into(), vec!["box".into()]);
    soon(to_carol).await.unwrap();
    for (client, vat) in [(&at_hers, "alice"), (&at_hers, "carol"), (&at_his, "bob")] {
        evict(client, vat).await;
    }
    restart(&mut hers).await;
    restart(&mut his).await;

    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let carol = look_up::<dyn Actor>(&at_hers, "carol").await;
    let bob = look_up::<dyn Actor>(&at_his, "bob").await;
    let arrives = |word: &str| {
        let keep = vec![Value::from(word)];
        carol.ask().give(word.into(), "bob".into(), "keep".into(), keep)
    };
    let open = |word: &str| bob.ask().give(word.into(), "unsealer".into(), "unseal".into(), vec![]);
    soon(arrives("box")).await.unwrap();
    let Value::List(content) = soon(open("box")).await.unwrap() else { panic!("a list") };
    assert_eq!(content[0], "for Bob".into());
    let inside = at_his.handle(&content[1]).unwrap().cast::<dyn Actor>();
    assert_eq!(soon(inside.ask().note("found".into())).await.unwrap(), 1);

    // Carol cannot look into it, nor make one, nor put something around it.
    for (method, args) in [("offer", vec![]), ("unseal", vec![]), ("take", vec![])] {
        assert!(soon(carol.ask().ask("box".into(), method.into(), args)).await.is_err());
    }
    let live = soon(carol.ask().kept("box".into())).await.unwrap();
    let around = made::<dyn Actor>(&at_hers, "carol", "hogshead/forwarder", live).await;
    carol.ask().keep("around".into(), around.value()).await.unwrap();
    let pair = made::<dyn Pair>(&at_hers, "carol", "hogshead/brand", "letters".into()).await;
    let forged = at_hers.handle_on(&pair.ask().parts().await.unwrap().sealer);
    carol.ask().keep("sealer".into(), forged.value()).await.unwrap();
    let seal = carol.ask().get("sealer".into(), "seal".into(), vec![1.into()], "fake".into());
    soon(seal).await.unwrap();
    for word in ["around", "fake"] {
        soon(arrives(word)).await.unwrap();
        let why = soon(open(word)).await.unwrap_err();
        assert_eq!((why.class(), why.message()), (Class::Refused, REFUSED), "{word}");
    }
    soon(open("box")).await.unwrap();
    hers.host.unwrap().shutdown().await.unwrap();
    his.host.unwrap().shutdown().await.unwrap();
}
