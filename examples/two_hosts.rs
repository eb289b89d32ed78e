//! How do two hosts get to know each other? By a sturdyref, handed over.
//!
//! `cargo run --example two_hosts`

use std::net::Ipv4Addr;

use hogshead::SturdyRef;
use hogshead::admin::Revocation;
use hogshead::stock::counter::Counter;
use hogshead::{Class, Host, Value};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let free_port = (Ipv4Addr::LOCALHOST, 0).into();
    let alice = Host::builder(&folder.path().join("alice")).listen(free_port).start().await?;
    let bob = Host::builder(&folder.path().join("bob")).listen(free_port).start().await?;

    // At Alice's: a counter, and a sturdyref to a facet of it that can only increment.
    let alices = alice.client().await?;
    let admin = alices.admin();
    admin.ask().vat_new("shop".into()).await?;
    let kind = "hogshead/counter".to_owned();
    let made = admin.ask().spawn("shop".into(), kind, Value::Undefined, None).await?;
    let counter = alices.handle(&made).ok_or("no reference")?.cast::<dyn Counter>();
    let only = Some(vec!["increment".to_owned()]);
    let sturdyref = admin.ask().share(counter.value(), only, "for Bob".into()).await?;

    // The text is a secret: who has it may increment. It names the vat's key and where it is.
    let text = sturdyref.expose_text();
    assert!(text.starts_with("ocapn://") && text.contains(".hog/s/"));

    // At Bob's: the text is all that is needed. The hosts authenticate each other by their keys.
    let sturdyref: SturdyRef = text.parse()?;
    let bobs = bob.client().await?;
    let found = bobs.admin().ask().enliven(sturdyref).await?;
    let visits = bobs.handle(&found).ok_or("no reference")?.cast::<dyn Counter>();
    assert_eq!(visits.ask().increment(2).await?, 2);
    assert_eq!(counter.ask().read().await?, 2);

    // What was not granted, Bob cannot do.
    let error = visits.ask().read().await.expect_err("not granted");
    assert_eq!(error.class(), Class::Denied);
    println!("Bob reads: {error}");

    // And what was granted can be taken back.
    let label = Some("for Bob".to_owned());
    admin.ask().revoke(Revocation { reference: counter.value(), label, deep: false }).await?;
    let error = visits.ask().increment(1).await.expect_err("revoked");
    assert_eq!(error.class(), Class::Revoked);
    println!("Bob increments: {error}");

    bob.shutdown().await?;
    alice.shutdown().await?;
    Ok(())
}
