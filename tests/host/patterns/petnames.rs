//! A book of petnames, and what the contacts in it call others.

use hogshead::stock::directory::Directory;
use hogshead::stock::petnames::Petnames;
use hogshead::{Class, Value};

use super::super::cast::{Actor, cast, look_up, soon};
use super::super::home::{Home, LONG};
use super::{evict, lend, made, restart};

#[tokio::test(flavor = "multi_thread")]
async fn what_bob_calls_a_printer_is_found_under_his_petname() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let (alice, bob) = (cast(&at_hers, "alice").await, cast(&at_his, "bob").await);
    let nothing = Value::Undefined;
    let office = made::<dyn Directory>(&at_his, "bob", "hogshead/directory", nothing.clone()).await;
    let printer = made::<dyn Actor>(&at_his, "bob", "hogshead/actor", nothing.clone()).await;
    office.ask().set("printer".into(), printer.value()).await.unwrap();
    let book = made::<dyn Petnames>(&at_hers, "alice", "hogshead/petnames", nothing).await;
    alice.ask().keep("book".into(), book.value()).await.unwrap();
    lend(&bob, &alice, "bob").await;
    lend(&office, &alice, "office").await;
    let name = alice.ask().give("bob".into(), "book".into(), "name".into(), vec!["bob".into()]);
    soon(name).await.unwrap();
    let edges = vec!["bob".into()];
    soon(alice.ask().give("office".into(), "book".into(), "know_edges".into(), edges))
        .await
        .unwrap();
    for (client, vat) in [(&at_hers, "alice"), (&at_his, "bob")] {
        evict(client, vat).await;
    }
    restart(&mut hers).await;
    restart(&mut his).await;

    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let alice = look_up::<dyn Actor>(&at_hers, "alice").await;
    let path = vec!["bob/printer".into()];
    soon(alice.ask().get("book".into(), "look_up".into(), path, "printer".into())).await.unwrap();
    let note = alice.ask().ask("printer".into(), "note".into(), vec!["page 1".into()]);
    soon(note).await.unwrap();
    let called = |word: &str, method: &str| {
        soon(alice.ask().give(word.into(), "book".into(), method.into(), vec![]))
    };
    let edge_names = called("printer", "edge_names").await.unwrap();
    assert_eq!(edge_names, Value::List(vec!["bob/printer".into()]));
    assert_eq!(called("bob", "petname_of").await.unwrap(), "bob".into());
    assert_eq!(called("printer", "petname_of").await.unwrap(), Value::Null);
    // A second name for him would make two of one.
    let again = alice.ask().give("bob".into(), "book".into(), "name".into(), vec!["rob".into()]);
    assert_eq!(soon(again).await.unwrap_err().class(), Class::Refused);
    drop(at_his);
    hers.host.unwrap().shutdown().await.unwrap();
    his.host.unwrap().shutdown().await.unwrap();
}
