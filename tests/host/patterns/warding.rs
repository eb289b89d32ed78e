//! Wards of one host, and incanters on another.

use hogshead::stock::warding::Warding;
use hogshead::{Cap, Class, Handle, Result, Value};

use super::super::cast::{Actor, cast, look_up, soon};
use super::super::home::{Home, LONG};
use super::{evict, lend, made, restart};

/// Bob incants a note at something.
async fn incants(bob: &Handle<dyn Actor>, by: &str, at: &str, text: &str) -> Result<Value> {
    let at = soon(bob.ask().kept(at.into())).await.unwrap();
    let args = vec![at, Value::symbol("note"), text.into()];
    soon(bob.ask().ask(by.into(), "incant".into(), args)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_right_incanter_reaches_behind_wards_from_another_host_over_restarts() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    plant(&hers, &his).await;
    restart(&mut hers).await;
    restart(&mut his).await;

    let bob = look_up::<dyn Actor>(&his.client().await, "bob").await;
    let visit = bob.ask().ask("garden".into(), "note".into(), vec!["visitor".into()]);
    soon(visit).await.unwrap();
    assert_eq!(incants(&bob, "incanter", "garden", "gardener").await.unwrap(), 1.into());
    let garden = soon(bob.ask().kept("garden".into())).await.unwrap();
    let enchant = bob.ask().get("incanter".into(), "enchant".into(), vec![garden], "key".into());
    soon(enchant).await.unwrap();
    evict(&hers.client().await, "guild").await;
    let key = bob.ask().ask("key".into(), "note".into(), vec!["with a key".into()]);
    assert_eq!(soon(key).await.unwrap(), 2.into());
    for (by, at) in [("other", "garden"), ("incanter", "carol")] {
        let refused = incants(&bob, by, at, "thief").await.unwrap_err();
        assert_eq!(refused.class(), Class::Refused, "{by} at {at}: {refused}");
    }
    let at_hers = hers.client().await;
    for (name, notes) in [("open", vec!["visitor"]), ("hidden", vec!["gardener", "with a key"])] {
        let actor = look_up::<dyn Actor>(&at_hers, name).await;
        assert_eq!(actor.ask().notes().await.unwrap(), notes, "{name}");
    }
    hers.host.unwrap().shutdown().await.unwrap();
    his.host.unwrap().shutdown().await.unwrap();
}

/// Bob has a warded object, its incanter and another one of the same name.
async fn plant(hers: &Home, his: &Home) {
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let (open, hidden) = (cast(&at_hers, "open").await, cast(&at_hers, "hidden").await);
    let (carol, bob) = (cast(&at_hers, "carol").await, cast(&at_his, "bob").await);
    at_hers.admin().ask().vat_new("guild".into()).await.unwrap();
    let cap = |of: &Handle<dyn Actor>| -> Cap { of.cap().cast() };
    for (word, name) in [("incanter", "garden"), ("other", "garden")] {
        let kind = "hogshead/warding";
        let pair = made::<dyn Warding>(&at_hers, "guild", kind, name.into()).await;
        let wards = pair.ask().parts().await.unwrap();
        lend(&at_hers.handle_on(&wards.incanter), &bob, word).await;
        if word == "incanter" {
            let warden = at_hers.handle_on(&wards.warden);
            let warded = warden.ask().ward(cap(&open), cap(&hidden)).await.unwrap();
            let warded: Handle<dyn Actor> = at_hers.handle_on(&warded).cast();
            carol.ask().keep("garden".into(), warded.value()).await.unwrap();
        }
    }
    // Bob gets the warded object in a message, from somebody else.
    lend(&carol, &bob, "carol").await;
    let get = bob.ask().get("carol".into(), "kept".into(), vec!["garden".into()], "garden".into());
    soon(get).await.unwrap();
    for vat in ["guild", "open", "hidden", "carol"] {
        evict(&at_hers, vat).await;
    }
}
