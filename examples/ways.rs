//! How do hosts reach each other without UDP? By any way that both have, under the same names.
//!
//! `cargo run --example ways`

use std::net::{Ipv4Addr, SocketAddr};

use hogshead::stock::counter::Counter;
use hogshead::{Host, SturdyRef, Value};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let at = |name: &str| folder.path().join(name);
    let free_port: SocketAddr = (Ipv4Addr::LOCALHOST, 0).into();

    // Alice opens every way. Bob's host only reaches what is on this machine, Carol's only HTTP.
    let alice = Host::builder(&at("alice"))
        .listen(free_port)
        .listen_websocket(free_port)
        .listen_unix(at("alice.sock"))
        .start()
        .await?;
    let bob = Host::builder(&at("bob")).listen_unix(at("bob.sock")).start().await?;
    let carol = Host::builder(&at("carol")).listen_websocket(free_port).start().await?;

    // One sturdyref names the ways that there are: QUIC, a path, and a WebSocket address.
    let alices = alice.client().await?;
    let admin = alices.admin();
    admin.ask().vat_new("shop".into()).await?;
    let kind = "hogshead/counter".to_owned();
    let made = admin.ask().spawn("shop".into(), kind, Value::Undefined, None).await?;
    let visits: SturdyRef = admin.ask().share(made, None, "for all".into()).await?;
    println!("her vat is {}", visits.peer);

    // Bob and Carol take the way that they have. Which it was, her vat does not see.
    for (host, count) in [(&bob, 1), (&carol, 2)] {
        let client = host.client().await?;
        let found = client.admin().ask().enliven(visits.clone()).await?;
        let visits = client.handle(&found).ok_or("no reference")?.cast::<dyn Counter>();
        assert_eq!(visits.ask().increment(1).await?, count);
    }
    let shop = admin.ask().vat_show("shop".into()).await?;
    assert_eq!(shop.sessions.iter().filter(|session| session.kind == "durable").count(), 2);

    // Bob and Carol share none, and say so.
    let bobs = bob.client().await?;
    bobs.admin().ask().vat_new("attic".into()).await?;
    let kind = "hogshead/counter".to_owned();
    let made = bobs.admin().ask().spawn("attic".into(), kind, Value::Undefined, None).await?;
    let boxes = bobs.admin().ask().share(made, None, "for Carol".into()).await?;
    let error = carol.client().await?.admin().ask().enliven(boxes).await.expect_err("no way");
    println!("Carol at Bob's: {error}");

    for host in [carol, bob, alice] {
        host.shutdown().await?;
    }
    Ok(())
}
