//! What is left of an object when its host dies? Everything that anybody was told.
//!
//! `cargo run --example counter_survives`

use std::path::Path;
use std::process::Stdio;

use hogshead::{Client, Context, Handle, Host, HostError, Result, Typed, Value};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

/// What callers see.
#[hogshead::interface]
pub trait Visits {
    /// Notes a visitor; gives the number of visits.
    fn note(&mut self, cx: &mut Context<'_>, visitor: String) -> Result<u64>;

    /// Who came last.
    fn last(&self, cx: &mut Context<'_>) -> Result<Option<String>>;
}

/// What is kept. There is no code that saves it.
#[derive(Serialize, Deserialize, Default)]
struct Book {
    visitors: Vec<String>,
}

#[hogshead::object(name = "book", version = 1, construct = |_| Ok(Book::default()))]
impl Visits for Book {
    fn note(&mut self, _cx: &mut Context<'_>, visitor: String) -> Result<u64> {
        self.visitors.push(visitor);
        Ok(self.visitors.len() as u64)
    }

    fn last(&self, _cx: &mut Context<'_>) -> Result<Option<String>> {
        Ok(self.visitors.last().cloned())
    }
}

async fn start(data: &Path) -> Result<Host, HostError> {
    Host::builder(data).register::<Book>().start().await
}

async fn book(client: &Client) -> Result<Handle<dyn Visits>> {
    let book = client.admin().ask().lookup("book".into()).await?;
    Ok(client.handle(&book).expect("a name leads to a reference").cast())
}

/// The first life: makes the book, notes two visitors, says so, and waits for the worst.
async fn first_life(data: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let host = start(data).await?;
    let client = host.client().await?;
    let admin = client.admin();
    admin.ask().vat_new("shop".into()).await?;
    let (kind, name) = (Book::KIND.name.to_owned(), Some("book".to_owned()));
    admin.ask().spawn("shop".into(), kind, Value::Undefined, name).await?;
    let visits = book(&client).await?;
    visits.ask().note("Alice".into()).await?;
    println!("{}", visits.ask().note("Bob".into()).await?);
    std::future::pending().await
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The first life is a process of its own: this very program, told where its data lies.
    if let Some(data) = std::env::args_os().nth(1) {
        return first_life(Path::new(&data)).await;
    }
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let mut child = Command::new(std::env::current_exe()?)
        .arg(&data)
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let mut told = String::new();
    BufReader::new(child.stdout.take().ok_or("no pipe")?).read_line(&mut told).await?;
    assert_eq!(told.trim(), "2");
    // SIGKILL: it can save nothing, and need not. An answer comes when its turn is on the disk.
    child.kill().await?;

    let host = start(&data).await?;
    let client = host.client().await?;
    let visits = book(&client).await?;
    assert_eq!(visits.ask().last().await?.as_deref(), Some("Bob"));
    assert_eq!(visits.ask().note("Carol".into()).await?, 3);
    println!("three visits, one crash, nothing lost");

    host.shutdown().await?;
    Ok(())
}
