//! How do I grant a part of what an object can do, and take it back? With a facet.
//!
//! `cargo run --example facets`

use hogshead::admin::Revocation;
use hogshead::stock::cell::Cell;
use hogshead::{Class, Host, Value};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let host = Host::builder(&folder.path().join("data")).start().await?;
    let client = host.client().await?;
    let admin = client.admin();
    admin.ask().vat_new("alice".into()).await?;
    let kind = "hogshead/cell".to_owned();
    let cell = admin.ask().spawn("alice".into(), kind, "draft".into(), None).await?;
    let owner = client.handle(&cell).ok_or("no reference")?.cast::<dyn Cell>();

    // The object itself hands out a facet that can only be read…
    let reader = client.handle_on(&owner.ask().read_only().await?);
    assert_eq!(reader.ask().get().await?.as_str(), Some("draft"));

    // …and whatever its holder believes to have, the facet decides at each delivery.
    let error = reader.ask().set("mine".into()).await.expect_err("not granted");
    assert_eq!(error.class(), Class::Denied);
    println!("set: {error}");

    // It is the same object: what the owner writes, the reader reads.
    owner.ask().set("final".into()).await?;
    assert_eq!(reader.ask().get().await?.as_str(), Some("final"));

    // Whoever has the object can revoke by label what was made of it.
    let label = Some("read-only".to_owned());
    let count =
        admin.ask().revoke(Revocation { reference: owner.value(), label, deep: false }).await?;
    assert_eq!(count, 1);
    let error = reader.ask().get().await.expect_err("revoked");
    assert_eq!(error.class(), Class::Revoked);
    println!("get: {error}");

    // The owner's own reference is another facet, and works on.
    assert!(matches!(owner.ask().get().await?, Value::String(text) if text == "final"));
    host.shutdown().await?;
    Ok(())
}
