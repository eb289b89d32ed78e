//! A collection larger than its vat's memory: one entry of many must cost what one of few costs, all
//! of them are gone through turn by turn, and go in the same way with their object.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use hogshead::{Class, Client, Context, Cursor, Engine, Handle, Host, Result, StoredMap, Value};
use serde::{Deserialize, Serialize};

use crate::host_process::Failure;
use crate::machine;

/// Has many entries.
#[hogshead::interface]
pub trait Archive {
    /// Files so many pages under the next numbers.
    fn file(&mut self, cx: &mut Context<'_>, pages: u64) -> Result<()>;

    /// The page under a number.
    fn page(&self, cx: &mut Context<'_>, number: u64) -> Result<Option<String>>;

    /// Goes on counting pages from where it stopped, as many as a turn may; gives how many there were
    /// until now, and whether that was all.
    fn count_on(&mut self, cx: &mut Context<'_>) -> Result<(u64, bool)>;
}

/// The archive.
#[derive(Serialize, Deserialize, Default)]
pub struct Shelves {
    pages: StoredMap<u64, String>,
    counted: u64,
    at: Option<Cursor>,
}

#[hogshead::object(name = "archive", version = 1, construct)]
impl Archive for Shelves {
    fn file(&mut self, cx: &mut Context<'_>, pages: u64) -> Result<()> {
        for _ in 0..pages {
            let number = self.pages.len();
            self.pages.insert(cx, number, format!("page {number:064}"))?;
        }
        Ok(())
    }

    fn page(&self, cx: &mut Context<'_>, number: u64) -> Result<Option<String>> {
        self.pages.get(cx, &number)
    }

    fn count_on(&mut self, cx: &mut Context<'_>) -> Result<(u64, bool)> {
        loop {
            let page = match &self.at {
                None => self.pages.range(cx, .., 1_000),
                Some(cursor) => self.pages.resume(cx, .., cursor, 1_000),
            };
            match page {
                Ok(page) => {
                    self.counted += page.entries.len() as u64;
                    let Some(next) = page.next else { return Ok((self.counted, true)) };
                    self.at = Some(next);
                }
                // The next turn goes on.
                Err(error) if error.class() == Class::Limit => return Ok((self.counted, false)),
                Err(error) => return Err(error),
            }
        }
    }
}

/// Entries that one turn files.
const FILED: u64 = 5_000;

/// Bytes that the host's vats may have in memory.
const MEMORY_BYTES: usize = 1 << 20;

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    /// Records of the vat, and their bytes, with all entries in it.
    pub filled: (u64, u64),
    /// How long it took to file them.
    pub built: Duration,
    /// Reads of looking one up after the vat was evicted: points and ranges.
    pub look_up: (u64, u64),
    /// How long looking one up took after each eviction, sorted.
    pub times: Vec<Duration>,
    /// How many were counted, and in how many turns.
    pub counted: (u64, u64),
    /// Records of the vat when the object and then its entries were gone.
    pub emptied: u64,
    /// How long that took.
    pub emptying: Duration,
}

/// Fills an archive, uses it, and lets it go.
pub async fn play(entries: u64, engine: Engine) -> std::result::Result<Outcome, Failure> {
    let folder = tempfile::tempdir()?;
    let host = start(&folder.path().join("data"), engine).await?;
    let client = host.client().await?;
    client.admin().ask().vat_new("archive".into()).await?;
    let archive = archive(&client).await?;
    let began = Instant::now();
    let mut left = entries;
    while left > 0 {
        let now = left.min(FILED);
        archive.ask().file(now).await?;
        left -= now;
    }
    let built = began.elapsed();
    let info = client.admin().ask().vat_show("archive".into()).await?.info;
    let filled = (info.records, info.bytes);

    evict(&client).await?;
    let look_up = crate::revive::reads_of(&host, find(&archive, entries / 2)).await?;
    let mut times = Vec::new();
    for nth in 0..20 {
        evict(&client).await?;
        let began = Instant::now();
        find(&archive, entries * nth / 20).await?;
        times.push(began.elapsed());
    }
    times.sort_unstable();
    let mut counted = (0, 0);
    loop {
        let (now, all) = archive.ask().count_on().await?;
        counted = (now, counted.1 + 1);
        if all {
            break;
        }
    }
    let began = Instant::now();
    client.admin().ask().unname("archive".into()).await?;
    drop(archive);
    let emptied = emptied(&client, entries).await?;
    let emptying = began.elapsed();
    drop(client);
    host.shutdown().await?;
    Ok(Outcome { filled, built, look_up, times, counted, emptied, emptying })
}

async fn start(data: &Path, engine: Engine) -> std::result::Result<Host, Failure> {
    let host = Host::builder(data)
        .engine(engine)
        .idle(Duration::from_secs(3600))
        .memory(MEMORY_BYTES)
        .without_control_socket()
        .register::<Shelves>()
        .start()
        .await?;
    Ok(host)
}

async fn archive(client: &Client) -> std::result::Result<Handle<dyn Archive>, Failure> {
    let (vat, kind) = ("archive".into(), "hogshead-trials/archive".into());
    let name = Some("archive".into());
    let made = client.admin().ask().spawn(vat, kind, Value::Undefined, name).await?;
    Ok(client.handle(&made).ok_or("no archive")?.cast())
}

async fn find(archive: &Handle<dyn Archive>, number: u64) -> std::result::Result<(), Failure> {
    match archive.ask().page(number).await? {
        Some(page) if page == format!("page {number:064}") => Ok(()),
        other => Err(format!("page {number} says {other:?}").into()),
    }
}

async fn evict(client: &Client) -> std::result::Result<(), Failure> {
    let info = client.admin().ask().vat_evict("archive".into()).await?;
    if info.state == "cold" { Ok(()) } else { Err(format!("the vat is {}", info.state).into()) }
}

/// Waits until the vat has few records again; gives how many.
async fn emptied(client: &Client, entries: u64) -> std::result::Result<u64, Failure> {
    let began = Instant::now();
    loop {
        let records = client.admin().ask().vat_show("archive".into()).await?.info.records;
        if records < entries.min(10) {
            return Ok(records);
        }
        if began.elapsed() > PATIENCE {
            return Err(format!("{records} records are still there").into());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Longer than anything takes on a machine that does other things as well.
const PATIENCE: Duration = Duration::from_secs(600);

/// What the command is given.
#[derive(clap::Args)]
pub struct Arguments {
    /// Entries of the large archive; the small one has ten. A vat has four million records.
    #[arg(long, default_value_t = 3_000_000)]
    entries: u64,
    /// The result file.
    #[arg(long, default_value = "docs/results/entries.md")]
    out: PathBuf,
}

/// The command: both engines, ten entries and many.
pub async fn run(arguments: Arguments) -> std::result::Result<(), Failure> {
    let mut text = format!("{HEAD}{}\n{TABLE}", machine::describe(&std::env::temp_dir()));
    for engine in [Engine::Sled, Engine::Redb] {
        let mut reads = Vec::new();
        for entries in [10, arguments.entries] {
            let outcome = play(entries, engine).await?;
            let row = row(engine, entries, &outcome);
            print!("{row}");
            text += &row;
            reads.push(outcome.look_up);
        }
        if reads[0] != reads[1] {
            return Err(format!("with {engine}, more entries cost other reads: {reads:?}").into());
        }
    }
    Ok(std::fs::write(&arguments.out, text)?)
}

fn row(engine: Engine, entries: u64, outcome: &Outcome) -> String {
    let mut row = String::new();
    let Outcome { filled, built, look_up, times, counted, emptying, .. } = outcome;
    let _ = writeln!(
        row,
        "| {engine} | {entries} | {} | {} | {:.1} s | {} + {} | {:.2} ms | {} | {:.1} s |",
        filled.0,
        filled.1,
        built.as_secs_f64(),
        look_up.0,
        look_up.1,
        crate::revive::percentile(times, 50).as_secs_f64() * 1e3,
        counted.1,
        emptying.as_secs_f64(),
    );
    row
}

const HEAD: &str = "# Entries of a collection

`trials entries` fills a map of ten entries and one of many, in a host whose vats may have 1 MiB in
memory. It looks one up after an eviction (point reads + range reads of all vats, vat zero included),
counts all of them with a cursor, as many a turn as one may read, and forgets the object: the vat
has few records again when all of its entries are gone.

";

const TABLE: &str = "\
| engine | entries | records | bytes | filed in | look-up | p50 | turns to count | gone in |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
";
