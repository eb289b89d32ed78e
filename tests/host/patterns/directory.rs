//! Paths through the directories of two hosts.

use hogshead::stock::directory::Directory;
use hogshead::{Class, Client, Value};

use super::super::cast::{Actor, cast, look_up, soon};
use super::super::home::{Home, LONG};
use super::{evict, made, restart};

/// Shares something of the owner's directory, and keeps it in another's under a name.
async fn share(from: &Client, path: &str, to: &Client, name: &str) {
    let found = soon(from.admin().ask().lookup(path.into())).await.unwrap();
    let shared = from.admin().ask().share(found, None, name.into()).await.unwrap();
    let sturdy = Value::SturdyRef(Box::new(shared));
    soon(to.admin().ask().name(name.into(), sturdy)).await.unwrap();
}

async fn notes(client: &Client, name: &str) -> Vec<String> {
    soon(look_up::<dyn Actor>(client, name).await.ask().notes()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn paths_lead_through_directories_of_other_hosts_over_restarts() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    cast(&at_hers, "alice").await;
    let printer = cast(&at_his, "printer").await;

    // Bob has an office with a printer, and a drawer in it, on another of his vats.
    let directory = Value::Undefined;
    for (vat, name) in [("printer", "office"), ("drawers", "office/drawer")] {
        if vat == "drawers" {
            at_his.admin().ask().vat_new(vat.into()).await.unwrap();
        }
        let made =
            made::<dyn Directory>(&at_his, vat, "hogshead/directory", directory.clone()).await;
        soon(at_his.admin().ask().name(name.into(), made.value())).await.unwrap();
    }
    for path in ["office/printer", "office/drawer/printer"] {
        soon(at_his.admin().ask().name(path.into(), printer.value())).await.unwrap();
    }
    share(&at_his, "office", &at_hers, "bob").await;

    // Alice goes through it, and puts something into his drawer.
    let through = |client: Client, path: &'static str| async move {
        let found = soon(client.admin().ask().lookup(path.into())).await?;
        soon(client.handle(&found).unwrap().cast::<dyn Actor>().ask().note(path.into())).await
    };
    assert_eq!(through(at_hers.clone(), "bob/printer").await.unwrap(), 1);
    assert_eq!(through(at_hers.clone(), "bob/drawer/printer").await.unwrap(), 2);
    let alice = look_up::<dyn Actor>(&at_hers, "alice").await;
    soon(at_hers.admin().ask().name("bob/drawer/desk".into(), alice.value())).await.unwrap();
    let listed = at_hers.admin().ask().names_in(Some("bob/drawer".into()), None);
    let names: Vec<_> = soon(listed).await.unwrap().entries.into_iter().map(|n| n.name).collect();
    assert_eq!(names, ["desk", "printer"]);

    for (client, vat) in [(&at_hers, "alice"), (&at_his, "printer"), (&at_his, "drawers")] {
        evict(client, vat).await;
    }
    restart(&mut hers).await;
    restart(&mut his).await;
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    assert_eq!(through(at_his.clone(), "office/drawer/desk").await.unwrap(), 1);
    assert_eq!(notes(&at_hers, "alice").await, ["office/drawer/desk"]);
    assert_eq!(through(at_hers.clone(), "bob/drawer/printer").await.unwrap(), 3);
    assert_eq!(notes(&at_his, "printer").await.len(), 3);

    // What leads nowhere says so, wherever it is.
    for path in ["nobody/x", "bob/nobody", "bob/nobody/x", "bob/drawer/nobody/x"] {
        let why = soon(at_hers.admin().ask().lookup(path.into())).await.unwrap_err();
        assert_eq!(why.class(), Class::NotFound, "{path}: {why}");
    }
    soon(at_hers.admin().ask().unname("bob/drawer/desk".into())).await.unwrap();
    let why = soon(at_his.admin().ask().lookup("office/drawer/desk".into())).await.unwrap_err();
    assert_eq!(why.class(), Class::NotFound);
    hers.host.unwrap().shutdown().await.unwrap();
    his.host.unwrap().shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_read_a_directory_changes_nothing_in_it() {
    let (hers, his) = (Home::new(LONG).await, Home::new(LONG).await);
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    cast(&at_his, "printer").await;
    let office =
        made::<dyn Directory>(&at_his, "printer", "hogshead/directory", Value::Undefined).await;
    let printer = look_up::<dyn Actor>(&at_his, "printer").await;
    office.ask().set("printer".into(), printer.value()).await.unwrap();
    let reader = at_his.handle_on(&office.ask().read_only().await.unwrap());
    soon(at_his.admin().ask().name("reader".into(), reader.value())).await.unwrap();
    share(&at_his, "reader", &at_hers, "bob").await;

    let found = soon(at_hers.admin().ask().lookup("bob/printer".into())).await.unwrap();
    let printer = at_hers.handle(&found).unwrap().cast::<dyn Actor>();
    assert_eq!(soon(printer.ask().note("hello".into())).await.unwrap(), 1);
    for denied in [
        soon(at_hers.admin().ask().name("bob/printer".into(), found.clone())).await,
        soon(at_hers.admin().ask().unname("bob/printer".into())).await,
    ] {
        assert_eq!(denied.unwrap_err().class(), Class::Denied);
    }
    assert_eq!(office.ask().list(None).await.unwrap().entries, ["printer"]);
    hers.host.unwrap().shutdown().await.unwrap();
    his.host.unwrap().shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_followed_by_the_next_over_restarts_of_both_hosts() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let bob = cast(&at_his, "bob").await;
    let office =
        made::<dyn Directory>(&at_his, "bob", "hogshead/directory", Value::Undefined).await;
    soon(at_his.admin().ask().name("office".into(), office.value())).await.unwrap();
    for number in 0..150 {
        office.ask().set(format!("desk-{number:03}"), bob.value()).await.unwrap();
    }
    share(&at_his, "office", &at_hers, "bob").await;
    let list = |client: &Client, after| client.admin().ask().names_in(Some("bob".into()), after);
    let first = soon(list(&at_hers, None)).await.unwrap();
    assert_eq!((first.entries.len(), first.entries[99].name.as_str()), (100, "desk-099"));
    evict(&at_his, "bob").await;
    restart(&mut hers).await;
    restart(&mut his).await;

    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let rest = soon(list(&at_hers, first.next)).await.unwrap();
    assert_eq!((rest.entries.len(), rest.next), (50, None));
    assert_eq!(rest.entries[0].name, "desk-100");
    for host in [&hers, &his] {
        let differences = host.host.as_ref().unwrap().audit().await.unwrap();
        assert!(differences.is_empty(), "{differences:#?}");
    }
    drop(at_his);
    hers.host.unwrap().shutdown().await.unwrap();
    his.host.unwrap().shutdown().await.unwrap();
}
