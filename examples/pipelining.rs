//! How do I use an answer that is not there yet? By sending to its promise.
//!
//! `cargo run --example pipelining`

use hogshead::stock::counter::Counter;
use hogshead::{Host, Message, Value};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let host = Host::builder(&folder.path().join("data")).start().await?;
    let client = host.client().await?;
    let admin = client.admin();
    admin.ask().vat_new("alice".into()).await?;
    let kind = "hogshead/maker".to_owned();
    let maker = admin.ask().spawn("alice".into(), kind, Value::Undefined, None).await?;
    let maker = client.handle(&maker).ok_or("no reference")?;

    // The question for a counter is sent, and at once two messages to the counter that will be
    // its answer. Nothing has been waited for: together they take one round trip.
    let make = Message::new("make", ["hogshead/counter".into(), Value::from(40_u64)]);
    let (counter, made) = client.pipeline(&maker, make);
    let counter = counter?.cast::<dyn Counter>();
    let (made, first, second) =
        tokio::join!(made, counter.ask().increment(1), counter.ask().increment(1));
    assert!(matches!(made?, Value::Ref(_)));
    assert_eq!((first?, second?), (41, 42));
    println!("made, and counted to 42, before anybody knew that it was made");

    // If the answer is an error, so are those that were waiting for it.
    let make = Message::new("make", ["hogshead/unicorn".into(), Value::Undefined]);
    let (unicorn, made) = client.pipeline(&maker, make);
    let unicorn = unicorn?.cast::<dyn Counter>();
    let (made, counted) = tokio::join!(made, unicorn.ask().increment(1));
    let (made, counted) = (made.expect_err("no such kind"), counted.expect_err("nor a counter"));
    assert_eq!(made.to_string(), counted.to_string());
    println!("{made}");

    host.shutdown().await?;
    Ok(())
}
