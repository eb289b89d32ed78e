//! How does one tell many of whom some are slow, and some away? By a publisher.
//!
//! `cargo run --example pubsub`

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use hogshead::stock::pubsub::{Note, Publisher, SubscribeOptions, Subscriber, WhenBehind};
use hogshead::{
    Cap, Client, Context, Error, Handle, Host, HostError, Promise, Resolver, Result, Typed, Value,
};
use serde::{Deserialize, Serialize};

/// What the owner of a reader sees.
#[hogshead::interface]
pub trait Reader {
    /// Hears something; one that is slow keeps its answer until `read_on`.
    #[method(name = "notify")]
    fn hear(&mut self, cx: &mut Context<'_>, note: Note) -> Result<Promise<()>>;

    /// There will be no more.
    fn ended(&mut self, cx: &mut Context<'_>, why: Error) -> Result<()>;

    /// Answers what it has heard.
    fn read_on(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// What it has heard so far: each value, and how many it missed before it.
    fn heard(&self, cx: &mut Context<'_>) -> Result<Vec<(Value, u64)>>;
}

/// A reader that keeps what it hears. Made from whether it is slow.
#[derive(Serialize, Deserialize)]
struct Diary {
    slow: bool,
    heard: Vec<(Value, u64)>,
    owed: Vec<Resolver<()>>,
}

#[hogshead::object(
    name = "diary",
    version = 1,
    construct = |slow| Ok(Diary { slow: slow == Value::Bool(true), heard: vec![], owed: vec![] })
)]
impl Reader for Diary {
    fn hear(&mut self, cx: &mut Context<'_>, note: Note) -> Result<Promise<()>> {
        self.heard.push((note.value, note.missed));
        let (promise, resolver) = cx.promise()?;
        match self.slow {
            true => self.owed.push(resolver),
            false => resolver.fulfill(cx, ())?,
        }
        Ok(promise)
    }

    fn ended(&mut self, _cx: &mut Context<'_>, _why: Error) -> Result<()> {
        Ok(())
    }

    fn read_on(&mut self, cx: &mut Context<'_>) -> Result<()> {
        std::mem::take(&mut self.owed).into_iter().try_for_each(|owed| owed.fulfill(cx, ()))
    }

    fn heard(&self, _cx: &mut Context<'_>) -> Result<Vec<(Value, u64)>> {
        Ok(self.heard.clone())
    }
}

async fn start(data: &Path, listen: SocketAddr) -> Result<Host, HostError> {
    Host::builder(data).listen(listen).register::<Diary>().start().await
}

/// A reader in a vat of the same name.
async fn reader(client: &Client, name: &str, slow: bool) -> Result<Handle<dyn Reader>> {
    let admin = client.admin();
    admin.ask().vat_new(name.into()).await?;
    let (kind, named) = (Diary::KIND.name.to_owned(), Some(name.to_owned()));
    let made = admin.ask().spawn(name.into(), kind, Value::Bool(slow), named).await?;
    Ok(client.handle(&made).ok_or_else(|| Error::refused("no reference"))?.cast())
}

/// What a reader has heard, once it is so much.
async fn heard(reader: &Handle<dyn Reader>, count: usize) -> Result<Vec<(Value, u64)>> {
    loop {
        let heard = reader.ask().heard().await?;
        if heard.len() >= count {
            return Ok(heard);
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

fn numbers(numbers: std::ops::Range<u64>) -> Vec<(Value, u64)> {
    numbers.map(|number| (Value::from(number), 0)).collect()
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let free_port: SocketAddr = ([127, 0, 0, 1], 0).into();
    let host = start(&folder.path().join("alice"), free_port).await?;
    let client = host.client().await?;
    let admin = client.admin();
    admin.ask().vat_new("alice".into()).await?;
    let kind = "hogshead/publisher".to_owned();
    let made = admin.ask().spawn("alice".into(), kind, Value::Undefined, None).await?;
    let news = client.handle(&made).ok_or("no reference")?.cast::<dyn Publisher>();

    // Carol is slow: one note at a time, and she would rather miss some than be dropped.
    let carol = reader(&client, "carol", true).await?;
    let carols: Cap<dyn Subscriber> = carol.cap().cast();
    let behind = WhenBehind::Skip;
    let slowly =
        SubscribeOptions { credit: Some(1), lag: Some(2), behind, ..SubscribeOptions::default() };
    news.ask().subscribe(carols, Some(slowly)).await?;

    // Bob is elsewhere. He gets the right to subscribe, and nothing else, as a sturdyref.
    let readers = client.handle_on(&news.ask().subscribe_only().await?);
    let sturdyref = admin.ask().share(readers.value(), None, "for Bob".into()).await?;
    let his_data = folder.path().join("bob");
    let his_host = start(&his_data, free_port).await?;
    let his = his_host.client().await?;
    let bob = reader(&his, "bob", false).await?;
    let found = his.admin().ask().enliven(sturdyref).await?;
    let readers = his.handle(&found).ok_or("no reference")?.cast::<dyn Publisher>();
    readers.ask().subscribe(bob.cap().cast(), None).await?;

    for number in 0..5_u64 {
        news.ask().publish(number.into()).await?;
    }
    assert_eq!(heard(&bob, 5).await?, numbers(0..5));
    assert_eq!(carol.ask().heard().await?, numbers(0..1));

    // Bob's host is away; nobody waits for it.
    let address = his_host.listening().ok_or("it listens")?;
    drop((readers, bob, his));
    his_host.shutdown().await?;
    for number in 5..20_u64 {
        news.ask().publish(number.into()).await?;
    }
    let his_host = start(&his_data, address).await?;
    let his = his_host.client().await?;
    let found = his.admin().ask().lookup("bob".into()).await?;
    let bob = his.handle(&found).ok_or("no reference")?.cast::<dyn Reader>();
    assert_eq!(heard(&bob, 20).await?, numbers(0..20));
    println!("Bob has heard all, once and in order.");

    // Carol goes on with the last that she may be behind, and is told what she missed.
    carol.ask().read_on().await?;
    assert_eq!(heard(&carol, 2).await?, [(0_u64.into(), 0), (18_u64.into(), 17)]);
    println!("Carol has missed 17, and knows it.");
    his_host.shutdown().await?;
    host.shutdown().await?;
    Ok(())
}
