//! References that are found again by what was written where only data can go.

use hogshead::stock::nonce::NonceRegistry;
use hogshead::{Class, Replay, Value};

use super::super::cast::{Actor, builder, cast, look_up, soon};
use super::super::home::{Home, LONG};
use super::{evict, lend, made, restart};

#[tokio::test(flavor = "multi_thread")]
async fn a_nonce_that_went_as_data_leads_back_to_its_object_for_who_has_the_locator() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let (alice, bob) = (cast(&at_hers, "alice").await, cast(&at_his, "bob").await);
    let eve = cast(&at_hers, "eve").await;
    let entropy = soon(at_his.admin().ask().entropy("bob".into())).await.unwrap();
    let registry = made::<dyn NonceRegistry>(&at_his, "bob", "hogshead/nonces", entropy).await;
    let nonce = soon(registry.ask().register(bob.value())).await.unwrap();
    let locator = at_his.handle_on(&soon(registry.ask().locator()).await.unwrap());
    lend(&locator, &alice, "locator").await;
    lend(&bob, &eve, "locator").await;
    bob.ask().keep("registry".into(), registry.value()).await.unwrap();
    for (client, vat) in [(&at_hers, "alice"), (&at_his, "bob")] {
        evict(client, vat).await;
    }
    restart(&mut hers).await;
    restart(&mut his).await;

    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let alice = look_up::<dyn Actor>(&at_hers, "alice").await;
    let eve = look_up::<dyn Actor>(&at_hers, "eve").await;
    let written = |octets: &[u8]| vec![Value::bytes(octets.to_vec())];
    let find = |who: &hogshead::Handle<dyn Actor>, octets: &[u8]| {
        who.ask().get("locator".into(), "find".into(), written(octets), "found".into())
    };
    soon(find(&alice, &nonce)).await.unwrap();
    let note = alice.ask().ask("found".into(), "note".into(), vec!["hello".into()]);
    soon(note).await.unwrap();
    let bob = look_up::<dyn Actor>(&at_his, "bob").await;
    assert_eq!(soon(bob.ask().notes()).await.unwrap(), ["hello"]);

    // Neither another nonce nor another's locator is enough, and the locator does no more.
    let mut other = nonce.to_vec();
    other[31] ^= 1;
    assert_eq!(soon(find(&alice, &other)).await.unwrap_err().class(), Class::NotFound);
    assert!(soon(find(&eve, &nonce)).await.is_err());
    for method in ["forget", "register", "locator"] {
        let more = alice.ask().ask("locator".into(), method.into(), written(&nonce));
        assert_eq!(soon(more).await.unwrap_err().class(), Class::Denied, "{method}");
    }
    let forget = bob.ask().ask("registry".into(), "forget".into(), written(&nonce));
    assert_eq!(soon(forget).await.unwrap(), Value::Bool(true));
    assert_eq!(soon(find(&alice, &nonce)).await.unwrap_err().class(), Class::NotFound);

    // What was drawn is in the history, so that it can be run again.
    his.host.take().unwrap().shutdown().await.unwrap();
    hers.host.unwrap().shutdown().await.unwrap();
    let replayed = builder(&his.at()).replay(&Replay::default()).unwrap();
    let told: Vec<_> = replayed.divergences.iter().map(ToString::to_string).collect();
    assert!(replayed.agrees(), "{}", told.join("\n"));
}
