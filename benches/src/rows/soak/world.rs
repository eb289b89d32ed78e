//! Who does what during a soak, and the mix of it.
//!
//! ```text
//!   A: errand ── make() ──▶ C: maker          A: 32 ledgers, evicted at random
//!        │   ◀── an echo ──┘   ▲              A → B: caller and echo
//!        └── greet(echo) ──▶ B: guest ── echo()     A: visitors, whose vat comes and goes
//! ```

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hogshead::stock::clock::Clock;
use hogshead::{Cap, Client, Context, Handle, Host, Promise, Result, Retention, Timestamp, Value};
use serde::{Deserialize, Serialize};

use crate::rows::durable::{Book, Ledger};
use crate::stage::{Echo, Pair, Wall, durable, listening, payload, spawn, spawn_in};

/// Makes echoes, and listens to those that others made.
#[hogshead::interface]
pub trait Guild {
    /// A new echo.
    fn make(&mut self, cx: &mut Context<'_>) -> Result<Cap<dyn Echo>>;

    /// Calls an echo that the caller brings.
    fn greet(&mut self, cx: &mut Context<'_>, echo: Cap<dyn Echo>) -> Result<Promise<Value>>;
}

/// The object behind [`Guild`].
#[derive(Serialize, Deserialize, Default)]
pub struct Hall {}

#[hogshead::object(name = "bench-hall", version = 1, construct = Hall::built)]
impl Guild for Hall {
    fn make(&mut self, cx: &mut Context<'_>) -> Result<Cap<dyn Echo>> {
        cx.spawn(Wall::default())
    }

    fn greet(&mut self, cx: &mut Context<'_>, echo: Cap<dyn Echo>) -> Result<Promise<Value>> {
        echo.send(cx).echo(Value::Bytes(payload()))
    }
}

impl Hall {
    fn built(_: Value) -> Result<Self> {
        Ok(Self::default())
    }
}

/// One half of a knot, which is garbage that only the collector of cycles finds.
#[hogshead::interface]
pub trait Knot {
    /// Ties it to another.
    fn tie(&mut self, cx: &mut Context<'_>, to: Cap<dyn Knot>) -> Result<()>;
}

/// The object behind [`Knot`].
#[derive(Serialize, Deserialize, Default)]
pub struct Loop {
    to: Option<Cap<dyn Knot>>,
}

#[hogshead::object(name = "bench-loop", version = 1)]
impl Knot for Loop {
    fn tie(&mut self, _: &mut Context<'_>, to: Cap<dyn Knot>) -> Result<()> {
        self.to = Some(to);
        Ok(())
    }
}

/// Runs between others.
#[hogshead::interface]
pub trait Errands {
    /// Has `maker` make an echo, and `guest`, who is elsewhere, call it. Nobody keeps it.
    fn introduce(
        &mut self,
        cx: &mut Context<'_>,
        maker: Cap<dyn Guild>,
        guest: Cap<dyn Guild>,
    ) -> Result<Promise<()>>;

    /// Waits so long, and sets a timer beside that nobody waits for.
    fn wait(
        &mut self,
        cx: &mut Context<'_>,
        clock: Cap<dyn Clock>,
        milliseconds: u64,
    ) -> Result<Promise<()>>;

    /// Makes garbage: some objects that nobody holds, and some that hold each other.
    fn litter(&mut self, cx: &mut Context<'_>, objects: u64) -> Result<()>;
}

/// The object behind [`Errands`].
#[derive(Serialize, Deserialize, Default)]
pub struct Runner {
    done: u64,
}

#[hogshead::object(name = "bench-runner", version = 1, construct = Runner::born, continuations)]
impl Errands for Runner {
    fn introduce(
        &mut self,
        cx: &mut Context<'_>,
        maker: Cap<dyn Guild>,
        guest: Cap<dyn Guild>,
    ) -> Result<Promise<()>> {
        maker.send(cx).make()?.then(cx, Self::on_made, guest)
    }

    fn wait(
        &mut self,
        cx: &mut Context<'_>,
        clock: Cap<dyn Clock>,
        milliseconds: u64,
    ) -> Result<Promise<()>> {
        let _ = clock.send(cx).after(DAY_MS)?;
        clock.send(cx).after(milliseconds)?.then(cx, Self::on_time, ())
    }

    fn litter(&mut self, cx: &mut Context<'_>, objects: u64) -> Result<()> {
        for _ in 0..objects {
            let _ = cx.spawn(Wall::default())?;
            let one: Cap<dyn Knot> = cx.spawn(Loop::default())?;
            let other: Cap<dyn Knot> = cx.spawn(Loop::default())?;
            one.near(cx).tie(other)?;
            other.near(cx).tie(one)?;
        }
        Ok(())
    }
}

#[hogshead::continuations]
impl Runner {
    #[continuation]
    fn on_made(
        &mut self,
        cx: &mut Context<'_>,
        made: Result<Cap<dyn Echo>>,
        guest: Cap<dyn Guild>,
    ) -> Result<Promise<()>> {
        guest.send(cx).greet(made?)?.then(cx, Self::on_greeted, ())
    }

    #[continuation]
    fn on_greeted(&mut self, _: &mut Context<'_>, answer: Result<Value>) -> Result<()> {
        answer?;
        self.done += 1;
        Ok(())
    }

    #[continuation]
    fn on_time(&mut self, _: &mut Context<'_>, due: Result<Timestamp>) -> Result<()> {
        due?;
        self.done += 1;
        Ok(())
    }
}

impl Runner {
    fn born(_: Value) -> Result<Self> {
        Ok(Self::default())
    }
}

const DAY_MS: u64 = 24 * 3_600_000;

/// Ledgers, each in a vat of its own.
const LEDGERS: u64 = 32;

/// After which a vat goes cold.
const IDLE: Duration = Duration::from_secs(2);

/// Bytes of journal that each host keeps, and of the cache of its checkpoint.
const RETAINED: u64 = 64 << 20;
const CACHE: usize = 1 << 20;

/// The names of the hosts' folders.
pub const HOSTS: [&str; 3] = ["a", "b", "c"];

/// What is done, as counted in [`World::done`], and of how many things it is one, of a hundred.
pub const MIX: [(&str, u64); 7] = [
    ("calls of a ledger", 36),
    ("calls between hosts", 24),
    ("handoffs", 16),
    ("waits", 8),
    ("litter", 6),
    ("evictions", 8),
    ("visitors", 2),
];

/// Three hosts and all who are on them.
pub struct World {
    pair: Pair,
    ledgers: Vec<Handle<dyn Ledger>>,
    runner: Handle<dyn Errands>,
    clock: Handle<dyn Clock>,
    maker: Handle<dyn Guild>,
    guest: Handle<dyn Guild>,
    third: (Host, Client),
    /// How often each thing of [`MIX`] was done.
    pub done: [AtomicU64; MIX.len()],
    visitors: AtomicU64,
}

impl World {
    /// Makes it in this folder.
    pub async fn build(folder: &Path) -> Self {
        let [a, b, c] = HOSTS.map(|name| folder.join(name));
        let pair = Pair::apart(open(&a).await, open(&b).await).await;
        let third = open(&c).await;
        let client = third.client().await.expect("a client");
        let hers = pair.client();
        let mut ledgers = Vec::new();
        for nth in 0..LEDGERS {
            ledgers.push(spawn(hers, &ledger(nth), "bench-book").await);
        }
        let runner = spawn(hers, "runner", "bench-runner").await;
        let clock = hers.admin().ask().clock("runner".into()).await.expect("a clock");
        let clock = hers.handle(&clock).expect("a reference").cast();
        let maker = spawn::<dyn Guild>(&client, "maker", "bench-hall").await;
        let guest = spawn_in::<dyn Guild>(pair.client_of(1), "bob", "bench-hall").await;
        let maker = over_to(&client, &maker, hers).await;
        let guest = over_to(pair.client_of(1), &guest, hers).await;
        let (done, visitors) = (Default::default(), AtomicU64::new(0));
        let third = (third, client);
        Self { pair, ledgers, runner, clock, maker, guest, third, done, visitors }
    }

    /// Does one thing, chosen by a random number.
    pub async fn act(&self, random: u64) {
        let (mut left, mut what) = (random % 100, 0);
        while left >= MIX[what].1 {
            left -= MIX[what].1;
            what += 1;
        }
        let which = random / 100;
        match what {
            0 => self.ledger(which).ask().write(1, false).await.expect("written"),
            1 => self.pair.echo.ask().echo(Value::Bytes(payload())).await.map(drop).expect("heard"),
            2 => {
                let introduced = self.runner.ask().introduce(self.maker.cap(), self.guest.cap());
                introduced.await.expect("introduced");
            }
            3 => {
                let waited = self.runner.ask().wait(self.clock.cap(), which % 1_000);
                waited.await.expect("waited");
            }
            4 => self.runner.ask().litter(1).await.expect("littered"),
            5 => {
                let admin = self.pair.client().admin();
                let name = match which % 8 {
                    0 => "runner".to_owned(),
                    1 => "alice".to_owned(),
                    _ => ledger(which / 8 % LEDGERS),
                };
                // A vat that is in a turn, or has gone cold by itself, is not evicted.
                drop(admin.ask().vat_evict(name).await);
            }
            _ => self.visit().await,
        }
        self.done[what].fetch_add(1, Ordering::Relaxed);
    }

    fn ledger(&self, which: u64) -> &Handle<dyn Ledger> {
        let many = self.ledgers.len() as u64;
        &self.ledgers[usize::try_from(which % many).unwrap_or(0)]
    }

    /// A vat comes, is called and goes.
    async fn visit(&self) {
        let client = self.pair.client();
        let name = format!("visitor{}", self.visitors.fetch_add(1, Ordering::Relaxed));
        let echo = spawn::<dyn Echo>(client, &name, "bench-wall").await;
        echo.ask().echo(Value::Bytes(payload())).await.expect("heard");
        client.admin().ask().vat_rm(name).await.expect("removed");
    }

    /// Has each host write a snapshot, without which its journal may drop nothing, into this
    /// folder; what was in it before goes.
    pub async fn snapshot(&self, folder: &Path) {
        let clients = [self.pair.client(), self.pair.client_of(1), &self.third.1];
        for (name, client) in HOSTS.iter().zip(clients) {
            let at = folder.join(name);
            // There is none the first time.
            let _ = std::fs::remove_dir_all(&at);
            let said = client.admin().ask().snapshot(at.display().to_string()).await;
            said.expect("a snapshot");
        }
    }

    /// Frees the cycles of the litter.
    pub async fn collect(&self) {
        let admin = self.pair.client().admin();
        admin.ask().collect("runner".into()).await.expect("collected");
    }

    /// Turns that the ledgers have run since they were made.
    pub async fn written(&self) -> u64 {
        let mut all = 0;
        for ledger in &self.ledgers {
            all += ledger.ask().turns().await.expect("a number");
        }
        all
    }

    /// Stops the hosts.
    pub async fn end(self) {
        let Self { pair, third: (host, client), .. } = self;
        drop((self.ledgers, self.runner, self.clock, self.maker, self.guest, client));
        pair.end().await;
        host.shutdown().await.expect("stopped");
    }
}

async fn open(data: &Path) -> Host {
    let change = |builder| {
        let builder = listening(builder).idle(IDLE).cache(CACHE);
        let builder = builder.retention(Retention::Bytes(RETAINED));
        builder.register::<Book>().register::<Hall>().register::<Loop>().register::<Runner>()
    };
    durable(data, change).await
}

fn ledger(nth: u64) -> String {
    format!("ledger{nth}")
}

/// Takes a reference from one host to another's client.
async fn over_to<I: ?Sized>(from: &Client, what: &Handle<I>, to: &Client) -> Handle<I> {
    let shared = from.admin().ask().share(what.value(), None, "bench".into()).await;
    let found = to.admin().ask().enliven(shared.expect("a sturdyref")).await;
    to.handle(&found.expect("found")).expect("a reference").cast()
}
