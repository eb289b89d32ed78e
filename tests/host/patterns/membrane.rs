//! A membrane between the vats of two hosts, cut while both sides would like to go on.

use hogshead::stock::membrane::Membrane;
use hogshead::{Cap, Class, Client, Handle, Result, Value};

use super::super::cast::{Actor, cast, look_up, soon, until};
use super::super::home::{Home, LONG};
use super::{evict, lend, made, restart};

/// Carol and the membrane are on one host, each in a vat of her own; Bob on another host is lent
/// Carol through the membrane.
struct Lent {
    hers: Home,
    his: Home,
}

impl Lent {
    async fn new() -> Self {
        let (hers, his) = (Home::new(LONG).await, Home::new(LONG).await);
        let (at_hers, at_his) = (hers.client().await, his.client().await);
        let carol = cast(&at_hers, "carol").await;
        at_hers.admin().ask().vat_new("wall".into()).await.unwrap();
        let bob = cast(&at_his, "bob").await;
        bob.ask().keep("me".into(), bob.value()).await.unwrap();
        let kind = "hogshead/membrane";
        let membrane = made::<dyn Membrane>(&at_hers, "wall", kind, Value::Undefined).await;
        at_hers.admin().ask().name("membrane".into(), membrane.value()).await.unwrap();
        let proxy = outward(&at_hers, &membrane, carol.value()).await;
        // What is shared is a facet of the proxy; by that Bob gets the proxy itself.
        lend(&proxy, &bob, "shared").await;
        carol.ask().keep("me".into(), carol.value()).await.unwrap();
        let get = bob.ask().get("shared".into(), "kept".into(), vec!["me".into()], "carol".into());
        soon(get).await.unwrap();
        Self { hers, his }
    }

    async fn carol(&self) -> Handle<dyn Actor> {
        look_up(&self.hers.client().await, "carol").await
    }

    async fn bob(&self) -> Handle<dyn Actor> {
        look_up(&self.his.client().await, "bob").await
    }

    async fn membrane(&self) -> Handle<dyn Membrane> {
        look_up(&self.hers.client().await, "membrane").await
    }

    /// Everything goes out of memory, and both processes die and come back.
    async fn shake(&mut self) {
        for vat in ["carol", "wall"] {
            evict(&self.hers.client().await, vat).await;
        }
        evict(&self.his.client().await, "bob").await;
        restart(&mut self.hers).await;
        restart(&mut self.his).await;
    }

    async fn end(self) {
        self.hers.host.unwrap().shutdown().await.unwrap();
        self.his.host.unwrap().shutdown().await.unwrap();
    }
}

async fn outward(at: &Client, membrane: &Handle<dyn Membrane>, what: Value) -> Handle<dyn Actor> {
    let what: Cap = hogshead::codec::from_value(what).unwrap();
    at.handle_on(&membrane.ask().outward(what).await.unwrap()).cast()
}

/// Bob asks what he has under a word.
async fn asks(who: &Handle<dyn Actor>, word: &str, method: &str) -> Result<Value> {
    soon(who.ask().ask(word.into(), method.into(), vec![])).await
}

async fn notes(who: &Handle<dyn Actor>, word: &str, text: &str) -> Result<Value> {
    soon(who.ask().ask(word.into(), "note".into(), vec![text.into()])).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_passed_is_itself_on_its_way_back_after_evictions_and_restarts() {
    let mut lent = Lent::new().await;
    let bob = lent.bob().await;
    for (what, word) in [("me", "friend"), ("carol", "herself")] {
        let give = bob.ask().give(what.into(), "carol".into(), "keep".into(), vec![word.into()]);
        soon(give).await.unwrap();
    }
    lent.shake().await;
    let (carol, bob) = (lent.carol().await, lent.bob().await);
    assert!(soon(carol.ask().is_kept("herself".into(), carol.value())).await.unwrap());
    // Carol calls Bob back, by what she was given.
    assert_eq!(notes(&carol, "friend", "hello").await.unwrap(), 1.into());
    assert_eq!(bob.ask().notes().await.unwrap(), ["hello"]);
    let back = bob.ask().get("carol".into(), "kept".into(), vec!["friend".into()], "back".into());
    soon(back).await.unwrap();
    assert!(soon(bob.ask().is_kept("back".into(), bob.value())).await.unwrap());
    let state = lent.membrane().await.ask().state().await.unwrap();
    assert_eq!((state.proxies, state.pending), (2, 0));
    lent.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_of_before_a_restart_leads_to_a_proxy_and_breaks_with_the_cut() {
    let mut lent = Lent::new().await;
    let bob = lent.bob().await;
    let keep = bob.ask().ask_and_keep("carol".into(), "later".into(), vec![], "dave".into());
    soon(keep).await.unwrap();
    // The message waits at the membrane, over everything that happens.
    let early = bob.ask().tell("dave".into(), "note".into(), vec!["early".into()], 1);
    soon(early).await.unwrap();
    until("the promise waits", || async {
        lent.membrane().await.ask().state().await.unwrap().pending == 1
    })
    .await;
    lent.shake().await;
    let (carol, bob) = (lent.carol().await, lent.bob().await);
    let dave = cast(carol.client(), "dave").await;
    assert_eq!(soon(carol.ask().decide(Some(dave.value()))).await.unwrap(), 1);
    until("Dave has the note", || async { dave.ask().notes().await.unwrap() == ["early"] }).await;
    assert_eq!(notes(&bob, "dave", "through").await.unwrap(), 2.into());

    // What is pending when the membrane is cut breaks, also what was asked of it meanwhile.
    let noted = bob.ask().ask_and_note("carol".into(), "later".into(), vec![]);
    let keep = bob.ask().ask_and_keep("carol".into(), "later".into(), vec![], "erin".into());
    soon(keep).await.unwrap();
    let piped = bob.ask().ask("erin".into(), "note".into(), vec!["never".into()]);
    until("both promises wait", || async {
        lent.membrane().await.ask().state().await.unwrap().pending == 2
    })
    .await;
    assert_eq!(soon(lent.membrane().await.ask().cut()).await.unwrap(), 2);
    let why = "revoked: the membrane was cut";
    assert_eq!(soon(noted).await.unwrap(), format!("later: {why}"));
    assert_eq!(soon(piped).await.unwrap_err().to_string(), why);
    lent.shake().await;
    let (carol, bob) = (lent.carol().await, lent.bob().await);
    soon(carol.ask().decide(Some(carol.value()))).await.unwrap();
    for word in ["carol", "dave", "erin"] {
        let error = notes(&bob, word, "late").await.unwrap_err();
        assert_eq!((error.class(), error.message()), (Class::Revoked, "the membrane was cut"));
    }
    assert_eq!(carol.ask().notes().await.unwrap(), [""; 0]);
    lent.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_leaks_and_a_callback_ends_with_the_cut() {
    let mut lent = Lent::new().await;
    let (carol, bob) = (lent.carol().await, lent.bob().await);
    let give = bob.ask().give("me".into(), "carol".into(), "keep".into(), vec!["friend".into()]);
    soon(give).await.unwrap();
    // Neither side gets a sturdyref through, wherever it is put.
    let admin = carol.client().admin();
    let sturdy = admin.ask().share(carol.value(), None, "leak".into()).await.unwrap();
    let hidden = Value::list([Value::structure([("home", sturdy.into())])]);
    let args = vec!["home".into(), hidden.clone()];
    let given = soon(bob.ask().ask("carol".into(), "keep".into(), args.clone())).await;
    assert_eq!(given.unwrap_err().class(), Class::Denied);
    carol.ask().keep("home".into(), hidden).await.unwrap();
    let got = soon(bob.ask().ask("carol".into(), "kept".into(), vec!["home".into()])).await;
    assert_eq!(got.unwrap_err().class(), Class::Denied);
    let told = soon(carol.ask().ask("friend".into(), "keep".into(), args)).await;
    assert_eq!(told.unwrap_err().class(), Class::Denied);
    // Nor by what Bob was lent does he reach the membrane.
    for method in ["cut", "state", "switch", "pass_message"] {
        let class = asks(&bob, "carol", method).await.unwrap_err().class();
        assert_eq!(class, Class::BadCall, "{method} reaches Carol, who does not know it");
    }
    let membrane = lent.membrane().await;
    let switch = membrane.client().handle_on(&membrane.ask().switch().await.unwrap());
    let named = membrane.client().admin().ask().name("switch".into(), switch.value());
    named.await.unwrap();
    lent.shake().await;
    let (carol, bob) = (lent.carol().await, lent.bob().await);
    let switch = look_up::<dyn Membrane>(&lent.hers.client().await, "switch").await;
    assert_eq!(soon(switch.ask().cut()).await.unwrap(), 0);
    assert_eq!(notes(&carol, "friend", "late").await.unwrap_err().class(), Class::Revoked);
    assert_eq!(asks(&bob, "carol", "notes").await.unwrap_err().class(), Class::Revoked);
    assert_eq!(bob.ask().notes().await.unwrap(), [""; 0]);
    lent.end().await;
}
