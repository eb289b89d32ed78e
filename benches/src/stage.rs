//! Hosts, vats and the two objects that all rows of calls are made of.
//!
//! ```text
//!   Caller (alice's vat) ──echo(64 bytes)──▶ Echo (bob's vat)      on one host, or on two
//!        ◀──────────── the same ────────────────┘
//! ```
//!
//! An **ephemeral** host keeps rows in memory and nothing else: no turn is journalled, and its
//! sessions with other hosts are plain. A **journalled** one does all that a durable host does,
//! over a disk that is memory.

use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use bytes::Bytes;
use hogshead::{
    Cap, Client, Context, Handle, Host, HostBuilder, Promise, Resolver, Result, SturdyRef, Value,
};
use hogshead_store::disk::simulated::SimulatedDisk;
use hogshead_store::engine::memory::MemoryStore;
use hogshead_store::{Keep, Options, Retention, Stepper, StoreId};
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

/// Bytes of the one argument of every call.
pub const PAYLOAD_BYTES: usize = 64;

/// The largest argument that a caller can send.
pub const LOAD_BYTES_MAX: usize = 1 << 20;

static OCTETS: [u8; LOAD_BYTES_MAX] = [0x5a; LOAD_BYTES_MAX];

/// The one argument of every call, as octets.
pub fn payload() -> Bytes {
    octets(PAYLOAD_BYTES)
}

/// So many octets, or [`LOAD_BYTES_MAX`].
pub fn octets(count: usize) -> Bytes {
    Bytes::from_static(OCTETS.get(..count).unwrap_or(&OCTETS))
}

/// Gives back what it gets.
#[hogshead::interface]
pub trait Echo {
    /// The same again.
    fn echo(&self, cx: &mut Context<'_>, what: Value) -> Result<Value>;

    /// Itself, for chains.
    fn next(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Echo>>;
}

/// The object behind [`Echo`].
#[derive(Serialize, Deserialize, Default)]
pub struct Wall {}

#[hogshead::object(name = "bench-wall", version = 1, construct = Wall::built)]
impl Echo for Wall {
    fn echo(&self, _: &mut Context<'_>, what: Value) -> Result<Value> {
        Ok(what)
    }

    fn next(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Echo>> {
        cx.this()
    }
}

impl Wall {
    fn built(_: Value) -> Result<Self> {
        Ok(Self::default())
    }
}

/// Calls an [`Echo`] again and again.
#[hogshead::interface]
pub trait Caller {
    /// Keeps whom to call, and with how many octets.
    fn aim(&mut self, cx: &mut Context<'_>, at: Cap<dyn Echo>, bytes: u64) -> Result<()>;

    /// Calls `times` times in each of so many strands, each of which waits for its answer before
    /// it calls again; `chained` calls go through two answers that are not there yet.
    fn call(
        &mut self,
        cx: &mut Context<'_>,
        strands: u64,
        times: u64,
        chained: bool,
    ) -> Result<Promise<()>>;
}

/// The object behind [`Caller`].
#[derive(Serialize, Deserialize, Default)]
pub struct Voice {
    at: Option<Cap<dyn Echo>>,
    /// The octets themselves are no part of its state, which is written in each turn.
    bytes: u64,
    open: u64,
    done: Option<Resolver<()>>,
}

#[hogshead::object(name = "bench-voice", version = 1, construct = Voice::born, continuations)]
impl Caller for Voice {
    fn aim(&mut self, _: &mut Context<'_>, at: Cap<dyn Echo>, bytes: u64) -> Result<()> {
        (self.at, self.bytes) = (Some(at), bytes);
        Ok(())
    }

    fn call(
        &mut self,
        cx: &mut Context<'_>,
        strands: u64,
        times: u64,
        chained: bool,
    ) -> Result<Promise<()>> {
        let (promise, resolver) = cx.promise()?;
        (self.open, self.done) = (strands, Some(resolver));
        for _ in 0..strands {
            self.once(cx, times, chained)?;
        }
        Ok(promise)
    }
}

#[hogshead::continuations]
impl Voice {
    #[continuation]
    fn on_answer(
        &mut self,
        cx: &mut Context<'_>,
        answer: Result<Value>,
        left: u64,
        chained: bool,
    ) -> Result<()> {
        stamp();
        answer?;
        if left > 1 {
            return self.once(cx, left - 1, chained);
        }
        self.open -= 1;
        if self.open == 0
            && let Some(done) = self.done.take()
        {
            done.fulfill(cx, ())?;
        }
        Ok(())
    }
}

impl Voice {
    fn born(_: Value) -> Result<Self> {
        Ok(Self::default())
    }

    fn once(&self, cx: &mut Context<'_>, left: u64, chained: bool) -> Result<()> {
        let at = self.at.ok_or_else(|| hogshead::Error::refused("nobody was aimed at"))?;
        let with = Value::Bytes(octets(usize::try_from(self.bytes).unwrap_or(usize::MAX)));
        let answer = if chained {
            let first = at.send(cx).next()?;
            let second = first.cap().send(cx).next()?;
            second.cap().send(cx).echo(with)?
        } else {
            at.send(cx).echo(with)?
        };
        let _ = answer.then(cx, Self::on_answer, (left, chained))?;
        Ok(())
    }
}

/// When the caller's answers began to be looked at, if that is wanted.
static STAMPS: Mutex<Option<Vec<Instant>>> = Mutex::new(None);

/// Notes the time of an answer, if that is wanted.
pub fn stamp() {
    let mut stamps = STAMPS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(stamps) = stamps.as_mut() {
        stamps.push(Instant::now());
    }
}

/// Notes the time of each answer from now on.
pub fn begin_stamps() {
    *STAMPS.lock().unwrap_or_else(PoisonError::into_inner) = Some(vec![Instant::now()]);
}

/// Nanoseconds from each answer to the next, since [`begin_stamps`].
pub fn take_stamps() -> Vec<f64> {
    let stamps = STAMPS.lock().unwrap_or_else(PoisonError::into_inner).take();
    let stamps = stamps.unwrap_or_default();
    stamps.windows(2).map(|pair| crate::measure::ns(pair[1] - pair[0])).collect()
}

/// How a host runs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Threads {
    /// None of its own: turns, network and store are tasks of a runtime of one thread.
    None,
    /// Turn threads, one a core, and the store's.
    Own,
}

/// An ephemeral host. Call it within the runtime that it is to live on.
pub async fn ephemeral(
    key: u8,
    threads: Threads,
    change: impl Fn(HostBuilder) -> HostBuilder,
) -> Host {
    over(Keep::memory(), key, threads, change).await
}

/// A host that keeps a journal and a checkpoint as a durable one does, but in memory.
pub async fn journalled(
    key: u8,
    threads: Threads,
    change: impl Fn(HostBuilder) -> HostBuilder,
) -> Host {
    let stepped = threads == Threads::None;
    let retention = Retention::Bytes(0);
    let options = Options { stepped, reserve_bytes: 0, retention, ..Options::default() };
    let (disk, engine) = (Arc::new(SimulatedDisk::new()), Box::<MemoryStore>::default());
    let keep = Keep::create_over(disk, engine, StoreId([key; 16]), options).expect("a store");
    if let Some(stepper) = keep.stepper() {
        tokio::spawn(drive(stepper));
    }
    over(keep, key, threads, change).await
}

/// A host with its data in a folder, as a durable one has it, and no threads: neither it nor its
/// store.
pub async fn threadless(
    folder: &Path,
    key: u8,
    change: impl Fn(HostBuilder) -> HostBuilder,
) -> Host {
    let options = Options { stepped: true, ..Options::default() };
    let keep = match folder.exists() {
        true => Keep::open(folder, options),
        false => Keep::create(folder, options),
    };
    let keep = keep.expect("a store");
    tokio::spawn(drive(keep.stepper().expect("a stepped store")));
    over(keep, key, Threads::None, change).await
}

async fn over(
    keep: Keep,
    key: u8,
    threads: Threads,
    change: impl Fn(HostBuilder) -> HostBuilder,
) -> Host {
    let mut builder = Host::over(keep, &[key; 32]);
    if threads == Threads::None {
        builder = builder.turn_threads(0);
    }
    started(change(builder)).await
}

/// A host with its data in a folder.
pub async fn durable(folder: &Path, change: impl Fn(HostBuilder) -> HostBuilder) -> Host {
    started(change(Host::builder(folder).without_control_socket())).await
}

async fn started(builder: HostBuilder) -> Host {
    let kinds = builder.register::<Wall>().register::<Voice>();
    kinds.start().await.expect("a host")
}

/// Does a stepped store's work as it comes, the checkpoint included.
async fn drive(stepper: Stepper) {
    let work = Arc::new(Notify::new());
    let notified = Arc::clone(&work);
    stepper.on_work(move || notified.notify_one());
    let mut groups = 0_u64;
    loop {
        while stepper.sync() {
            groups += 1;
            if groups.is_multiple_of(CHECKPOINT_GROUPS) && stepper.checkpoint(false).is_err() {
                return;
            }
        }
        if stepper.has_failed() {
            return;
        }
        work.notified().await;
    }
}

const CHECKPOINT_GROUPS: u64 = 4_096;

/// Has a host listen on a free port of this machine.
pub fn listening(builder: HostBuilder) -> HostBuilder {
    builder.listen((Ipv4Addr::LOCALHOST, 0).into())
}

/// A vat of this name, made if need be, with an object of this kind in it.
pub async fn spawn<I: ?Sized>(client: &Client, vat: &str, kind: &str) -> Handle<I> {
    let admin = client.admin();
    admin.ask().vat_new(vat.into()).await.expect("a vat");
    spawn_in(client, vat, kind).await
}

/// Another object of this kind in a vat that there is.
pub async fn spawn_in<I: ?Sized>(client: &Client, vat: &str, kind: &str) -> Handle<I> {
    let admin = client.admin();
    // Kinds are named with their package.
    let kind = format!("{}/{kind}", env!("CARGO_PKG_NAME"));
    let made = admin.ask().spawn(vat.into(), kind, Value::Undefined, None).await;
    client.handle(&made.expect("an object")).expect("a reference").cast()
}

/// An echo in a vat of its own, and what leads to it.
pub async fn share_echo(host: &Host) -> (Client, SturdyRef) {
    let client = host.client().await.expect("a client");
    let echo = spawn::<dyn Echo>(&client, "bob", "bench-wall").await;
    let shared = client.admin().ask().share(echo.value(), None, "bench".into()).await;
    (client, shared.expect("a sturdyref"))
}

/// A caller and the echo it is aimed at, and the hosts they are on.
pub struct Pair {
    /// The caller.
    pub caller: Handle<dyn Caller>,
    /// The echo, as the caller's host knows it.
    pub echo: Handle<dyn Echo>,
    /// The hosts, first the caller's; one if they share it.
    pub hosts: Vec<Host>,
    clients: Vec<Client>,
}

impl Pair {
    /// Two vats of one host.
    pub async fn near_by(host: Host) -> Self {
        let client = host.client().await.expect("a client");
        let echo = spawn::<dyn Echo>(&client, "bob", "bench-wall").await;
        let caller = spawn::<dyn Caller>(&client, "alice", "bench-voice").await;
        let pair = Self { caller, echo, hosts: vec![host], clients: vec![client] };
        pair.aim(&pair.echo, PAYLOAD_BYTES).await;
        pair
    }

    /// A vat of each of two hosts.
    pub async fn apart(callers: Host, echoes: Host) -> Self {
        let (his, shared) = share_echo(&echoes).await;
        let mut pair = Self::towards(callers, shared).await;
        pair.hosts.push(echoes);
        pair.clients.push(his);
        pair
    }

    /// A vat of this host, and an echo that is elsewhere.
    pub async fn towards(callers: Host, echo: SturdyRef) -> Self {
        let hers = callers.client().await.expect("a client");
        let found = hers.admin().ask().enliven(echo).await.expect("the echo");
        let echo = hers.handle(&found).expect("a reference").cast();
        let caller = spawn::<dyn Caller>(&hers, "alice", "bench-voice").await;
        let pair = Self { caller, echo, hosts: vec![callers], clients: vec![hers] };
        pair.aim(&pair.echo, PAYLOAD_BYTES).await;
        pair
    }

    /// Has the caller call this echo from now on, with so many octets.
    pub async fn aim(&self, echo: &Handle<dyn Echo>, bytes: usize) {
        self.caller.ask().aim(echo.cap(), bytes as u64).await.expect("aimed");
        // The first call makes the session, and where three are apart the introduction.
        self.call(1, 1, false).await;
    }

    /// Calls as [`Caller::call`] does and waits for the end.
    pub async fn call(&self, strands: u64, times: u64, chained: bool) {
        self.caller.ask().call(strands, times, chained).await.expect("called");
    }

    /// The client at the caller's host.
    pub fn client(&self) -> &Client {
        &self.clients[0]
    }

    /// The client at the host of this place among them.
    pub fn client_of(&self, host: usize) -> &Client {
        &self.clients[host]
    }

    /// Stops the hosts in good order.
    pub async fn end(self) {
        drop((self.caller, self.echo, self.clients));
        for host in self.hosts {
            host.shutdown().await.expect("stopped");
        }
    }
}
