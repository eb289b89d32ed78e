//! Ledgers that write by themselves: what durable rows have many vats do.

use std::time::Instant;

use hogshead::{Client, Context, Handle, Host, Promise, Resolver, Result, StoredMap, Value};
use serde::{Deserialize, Serialize};

use crate::stage::spawn;

/// Vats of the row of throughput.
pub const VATS: u64 = 256;

/// Records that a delivery to a ledger changes, and bytes of each.
const RECORDS: u64 = 5;
const RECORD_BYTES: usize = 200;

/// A ledger that writes by itself.
#[hogshead::interface]
pub trait Ledger {
    /// Changes some records, `times` times, each for a message to itself. The records are the same
    /// each time, or others.
    fn write(&mut self, cx: &mut Context<'_>, times: u64, others: bool) -> Result<Promise<()>>;

    /// How many of these messages it has taken.
    fn turns(&self, cx: &mut Context<'_>) -> Result<u64>;

    /// One of these messages.
    fn go_on(&mut self, cx: &mut Context<'_>, left: u64, others: bool) -> Result<()>;
}

/// The object behind [`Ledger`].
#[derive(Serialize, Deserialize, Default)]
pub struct Book {
    lines: StoredMap<u64, Text>,
    next: u64,
    done: Option<Resolver<()>>,
}

/// What is in a record.
#[derive(Serialize, Deserialize)]
struct Text(String);

#[hogshead::object(name = "bench-book", version = 1, construct = Book::bound)]
impl Ledger for Book {
    fn write(&mut self, cx: &mut Context<'_>, times: u64, others: bool) -> Result<Promise<()>> {
        let (promise, resolver) = cx.promise()?;
        self.done = Some(resolver);
        cx.this::<dyn Ledger>()?.tell(cx).go_on(times, others)?;
        Ok(promise)
    }

    fn turns(&self, _: &mut Context<'_>) -> Result<u64> {
        Ok(self.next / RECORDS)
    }

    fn go_on(&mut self, cx: &mut Context<'_>, left: u64, others: bool) -> Result<()> {
        for nth in 0..RECORDS {
            let key = if others { self.next + nth } else { nth };
            self.lines.insert(cx, key, Text(text(self.next + nth)))?;
        }
        self.next += RECORDS;
        if left > 1 {
            return cx.this::<dyn Ledger>()?.tell(cx).go_on(left - 1, others);
        }
        match self.done.take() {
            Some(done) => done.fulfill(cx, ()),
            None => Ok(()),
        }
    }
}

/// A text of [`RECORD_BYTES`] that differs from any other, made with little work.
fn text(number: u64) -> String {
    let mut text = ".".repeat(RECORD_BYTES - 20);
    text.push_str(&format!("{number:020}"));
    text
}

impl Book {
    fn bound(_: Value) -> Result<Self> {
        Ok(Self::default())
    }
}

/// A ledger in each of [`VATS`] vats.
pub struct Ledgers {
    books: Vec<Handle<dyn Ledger>>,
    client: Client,
}

impl Ledgers {
    /// Makes them.
    pub async fn open(host: &Host) -> Self {
        let client = host.client().await.expect("a client");
        let mut books = Vec::new();
        for nth in 0..VATS {
            books.push(spawn::<dyn Ledger>(&client, &format!("v{nth}"), "bench-book").await);
        }
        Self { books, client }
    }

    /// Has each take so many messages of its own: deliveries a second, once all have answered.
    pub async fn write(&self, each: u64, others: bool) -> f64 {
        let begun = Instant::now();
        let all: Vec<_> = self.books.iter().map(|book| book.ask().write(each, others)).collect();
        for written in all {
            written.await.expect("written");
        }
        (self.books.len() as u64 * each) as f64 / begun.elapsed().as_secs_f64()
    }

    /// The number of the host's newest commit. Asking is a handful of commits itself.
    pub async fn commits(&self) -> u64 {
        self.client.admin().ask().key().await.expect("the host").commit
    }
}
