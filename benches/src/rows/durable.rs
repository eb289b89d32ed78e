//! What the disk adds: turns that are on it before anybody hears of them.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use hogshead::{Client, Context, Handle, Host, Promise, Resolver, Result, StoredMap, Value};
use hogshead_objects::{Message, Ref, Registry};
use hogshead_store::{Keep, Options};
use serde::{Deserialize, Serialize};

use super::{Plan, two_threads};
use crate::machine::file_system;
use crate::measure::{Contender, Spread, interleave, ns, quantile};
use crate::one_vat::OneVat;
use crate::report::{Goal, Line, Section, Shown, Unit};
use crate::stage::{Pair, begin_stamps, durable, listening, spawn, take_stamps};

/// Vats of the row of throughput, records that a turn of it changes, and bytes of each.
const VATS: u64 = 256;
const RECORDS: u64 = 5;
const RECORD_BYTES: usize = 200;

/// A ledger that writes by itself.
#[hogshead::interface]
pub trait Ledger {
    /// Changes some records, `turns` times, each in a turn of its own. The records are the same in
    /// each turn, or others.
    fn write(&mut self, cx: &mut Context<'_>, turns: u64, others: bool) -> Result<Promise<()>>;

    /// How many of these turns it has run.
    fn turns(&self, cx: &mut Context<'_>) -> Result<u64>;

    /// One of these turns.
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
    fn write(&mut self, cx: &mut Context<'_>, turns: u64, others: bool) -> Result<Promise<()>> {
        let (promise, resolver) = cx.promise()?;
        self.done = Some(resolver);
        cx.this::<dyn Ledger>()?.tell(cx).go_on(turns, others)?;
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

fn journal_bytes(data: &Path) -> u64 {
    let files = std::fs::read_dir(data.join("store").join("journal")).expect("a journal");
    let bytes = files.flatten().map(|file| std::fs::read(file.path()).expect("it is read"));
    bytes.map(|bytes| bytes.len() - room(&bytes)).sum::<usize>() as u64
}

/// The zeros at the end of a segment, which wait for records.
fn room(bytes: &[u8]) -> usize {
    bytes.iter().rev().take_while(|byte| **byte == 0).count()
}

/// A file that is appended to and synced, which is the least that durability costs.
struct Appended {
    file: File,
    path: PathBuf,
}

impl Appended {
    fn new(folder: &Path) -> Self {
        let path = folder.join("appended");
        let file = OpenOptions::new().create(true).append(true).open(&path).expect("a file");
        Self { file, path }
    }

    fn append(&mut self, bytes: &[u8]) {
        self.file.write_all(bytes).expect("written");
        rustix::fs::fdatasync(&self.file).expect("synced");
    }
}

impl Drop for Appended {
    fn drop(&mut self) {
        // It is in a folder that goes away anyway.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// The folders that durable rows write in: where the plan says, and in memory if there is such.
fn places(plan: &Plan) -> Vec<(String, PathBuf)> {
    let mut places = vec![(file_system(&plan.data), plan.data.clone())];
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        places.push((file_system(memory), memory.to_owned()));
    }
    places
}

fn fresh(place: &Path) -> tempfile::TempDir {
    tempfile::tempdir_in(place).expect("a folder")
}

/// A ledger in a vat over a store, with no host around it.
struct Alone {
    vat: OneVat,
    book: Ref,
}

impl Alone {
    fn new(folder: &Path) -> Self {
        let mut registry = Registry::new();
        registry.register::<Book>().expect("a kind");
        let keep = Keep::create(folder, Options::default()).expect("a store");
        let mut vat = OneVat::durable(registry, keep);
        let book = vat.spawn(Box::new(Book::default()));
        Self { vat, book }
    }

    fn write(&mut self) {
        let message = Message::new("go_on", [Value::from(1_u64), Value::Bool(false)]);
        self.vat.deliver(self.book, message);
    }
}

/// A durable turn, one at a time.
pub fn turn(plan: &Plan) -> Section {
    let title = "Durable turn, one at a time";
    let goal = "at most 1.2 times append and fdatasync of as many bytes";
    let mut section = Section::new("durable-turn", title).goal(goal);
    let runtime = two_threads();
    for (name, place) in places(plan) {
        let folder = fresh(&place);
        let data = folder.path().join("data");
        let (host, book) = runtime.block_on(async {
            let host = durable(&data, |b| b.register::<Book>()).await;
            let client = host.client().await.expect("a client");
            (host, spawn::<dyn Ledger>(&client, "alice", "bench-book").await)
        });
        let times = plan.times(100);
        let write = |turns| runtime.block_on(book.ask().write(turns, false)).expect("written");
        write(1);
        let before = journal_bytes(&data);
        (0..times).for_each(|_| write(1));
        let bytes = vec![7; usize::try_from((journal_bytes(&data) - before) / times).unwrap_or(1)];
        let mut raw = Appended::new(folder.path());
        let mut alone = Alone::new(&folder.path().join("alone"));
        let contenders = [
            Contender::several("Hogshead: a turn of a vat over a store, without a host", || {
                let waited = alone.vat.waited();
                let all = each(times, || alone.write());
                vec![all, ns(alone.vat.waited() - waited) / times as f64]
            })
            .ours(),
            Contender::new("Hogshead: a call from the process, to its answer", || {
                each(times, || write(1))
            })
            .ours(),
            Contender::new("append and fdatasync, as many bytes", || {
                each(times, || raw.append(&bytes))
            }),
        ];
        let all = interleave(1, plan.rounds, contenders);
        let before = format!("{name}: ");
        let shown = Shown { around: (&before, ""), column: 0, unit: Unit::Ns };
        section.compare(&all, 2, shown, |raw| Some(Goal::AtMost(1.2 * raw)));
        let turn = &all[0].figures;
        let line =
            Line::new(format!("{name}: the part of such a turn that waits"), turn[1], Unit::Ns);
        section.line(line.against(&turn[0]));
        drop(book);
        runtime.block_on(host.shutdown()).expect("stopped");
    }
    section.note(
        "The call is more than a turn: it goes from a client in the process through the host's vat to the ledger's, \
         which changes 5 records of 200 bytes in a turn of its own, and the answer goes back: a handful of turns, two \
         of which are waited for on the disk. Without a host a message is delivered to the ledger and the turn's rows are \
         committed; what waits of it has its ratio to the whole: the rest is the turn itself, and the wait is the hand-over to the store's thread, the \
         write and the sync.",
    );
    section
}

fn each(times: u64, mut once: impl FnMut()) -> f64 {
    let begun = Instant::now();
    (0..times).for_each(|_| once());
    ns(begun.elapsed()) / times as f64
}

/// Durable turns a second, with many vats.
pub fn turns(plan: &Plan) -> Section {
    let title = "Durable turns a second, 256 vats, 5 changed records of 200 bytes each";
    let goal = "a burst of at least 100 k/s on memory-backed files, at least 0.8 times raw group append on disk";
    let mut section = Section::new("durable-turns", title).goal(goal);
    let runtime = two_threads();
    for (name, place) in places(plan) {
        let folder = fresh(&place);
        let data = folder.path().join("data");
        let (host, ledgers) = runtime.block_on(async {
            let host = durable(&data, |b| b.register::<Book>()).await;
            let ledgers = Ledgers::open(&host).await;
            (host, ledgers)
        });
        let each = plan.times(40);
        let run = |others| runtime.block_on(ledgers.write(each, others));
        run(false);
        let before = journal_bytes(&data);
        run(false);
        let bytes = vec![7; usize::try_from((journal_bytes(&data) - before) / each).unwrap_or(1)];
        let mut raw = Appended::new(folder.path());
        let contenders = [
            Contender::new("Hogshead, the same keys again", || run(false)).ours(),
            Contender::new("Hogshead, other keys each turn", || run(true)).ours(),
            Contender::new("append of as many bytes, a sync for every 256 turns", || {
                let begun = Instant::now();
                (0..each).for_each(|_| raw.append(&bytes));
                (VATS * each) as f64 / begun.elapsed().as_secs_f64()
            }),
        ];
        let all = interleave(1, plan.rounds, contenders);
        let in_memory = name == "tmpfs";
        let before = format!("{name}: ");
        let shown = Shown { around: (&before, ""), column: 0, unit: Unit::PerSecond };
        section.compare(&all, 2, shown, |raw| {
            Some(Goal::AtLeast(if in_memory { 100_000.0 } else { 0.8 * raw }))
        });
        let bytes = bytes.len() as f64 / VATS as f64;
        section.line(Line::new(
            format!("{name}: journal, a turn"),
            Spread::exact(bytes),
            Unit::Bytes,
        ));
        drop(ledgers);
        runtime.block_on(host.shutdown()).expect("stopped");
    }
    section.note(
        "Each vat's ledger sends itself a message, each of which is a turn that changes the records; a round is over \
         when all have said so. The checkpoint runs beside.",
    );
    section
}

/// A ledger in each of [`VATS`] vats.
pub struct Ledgers {
    books: Vec<Handle<dyn Ledger>>,
    _client: Client,
}

impl Ledgers {
    /// Makes them.
    pub async fn open(host: &Host) -> Self {
        let client = host.client().await.expect("a client");
        let mut books = Vec::new();
        for nth in 0..VATS {
            books.push(spawn::<dyn Ledger>(&client, &format!("v{nth}"), "bench-book").await);
        }
        Self { books, _client: client }
    }

    /// Has each run so many turns: turns a second, once all have answered.
    pub async fn write(&self, each: u64, others: bool) -> f64 {
        let begun = Instant::now();
        let all: Vec<_> = self.books.iter().map(|book| book.ask().write(each, others)).collect();
        for written in all {
            written.await.expect("written");
        }
        (self.books.len() as u64 * each) as f64 / begun.elapsed().as_secs_f64()
    }
}

/// A call between durable vats of two hosts.
pub fn remote(plan: &Plan) -> Section {
    let title = "Durable remote call";
    let goal = "p50 at most 1.3 times two syncs; at least 50 k/s in flight";
    let mut section = Section::new("durable-remote", title).goal(goal);
    let runtime = two_threads();
    for (name, place) in places(plan) {
        let folder = fresh(&place);
        let pair = runtime.block_on(async {
            let hers = durable(&folder.path().join("a"), listening).await;
            let his = durable(&folder.path().join("b"), listening).await;
            Pair::apart(hers, his).await
        });
        let mut raw = Appended::new(folder.path());
        let (times, strands, a_strand) = (plan.times(200), 1_024, plan.times(4));
        let bytes = [7; 1_000];
        let contenders = [
            Contender::new("Hogshead, one at a time (p50)", || {
                begin_stamps();
                runtime.block_on(pair.call(1, times, false));
                let mut stamps = take_stamps();
                stamps.sort_by(f64::total_cmp);
                quantile(&stamps, 0.5)
            })
            .ours(),
            Contender::new("two appends of 1,000 bytes, each with fdatasync", || {
                each(times, || (0..2).for_each(|_| raw.append(&bytes)))
            }),
        ];
        let all = interleave(1, plan.rounds, contenders);
        let before = format!("{name}: ");
        let shown = Shown { around: (&before, ""), column: 0, unit: Unit::Ns };
        section.compare(&all, 1, shown, |raw| Some(Goal::AtMost(1.3 * raw)));
        let in_flight = Contender::new("Hogshead, 1,024 in flight", || {
            let begun = Instant::now();
            runtime.block_on(pair.call(strands, a_strand, false));
            (strands * a_strand) as f64 / begun.elapsed().as_secs_f64()
        });
        let all = interleave(1, plan.rounds, [in_flight.ours()]);
        let shown = Shown { unit: Unit::PerSecond, ..shown };
        section.compare(&all, 0, shown, |_| Some(Goal::AtLeast(50_000.0)));
        runtime.block_on(pair.end());
    }
    section.note("Both hosts have their data on the same disk; from the turn that gets an answer to the next that does.");
    section
}
