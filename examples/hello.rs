//! What is the least there can be? A host, a vat, an object, and a call.
//!
//! `cargo run --example hello`

use hogshead::stock::greeter::Greeter;
use hogshead::{Host, Value};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // A host keeps its data in a folder. This one is reached from within this process only.
    let folder = tempfile::tempdir()?;
    let host = Host::builder(&folder.path().join("data")).start().await?;

    // The owner makes a vat, and in it an object of a kind that every host knows.
    let client = host.client().await?;
    let admin = client.admin();
    admin.ask().vat_new("alice".into()).await?;
    let kind = "hogshead/greeter".to_owned();
    let greeter = admin.ask().spawn("alice".into(), kind, Value::Undefined, None).await?;

    // A handle sees the reference as an interface, and calls it as Rust calls.
    let greeter = client.handle(&greeter).ok_or("no reference")?.cast::<dyn Greeter>();
    let greeting = greeter.ask().greet("world".into()).await?;
    println!("{greeting}");
    assert_eq!(greeting, "Hello, world!");

    host.shutdown().await?;
    Ok(())
}
