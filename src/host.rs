//! `Host`: the process where vats, sessions, network and store meet.
//!
//! ```text
//!   peers ──QUIC──▶ network ──▶ Input ─┐                         ┌─▶ frames to peers
//!   owner ──socket─▶ (strangers,       ├─▶ slot ─▶ turn thread   │   device calls
//!   vats of this     owners)           │     one turn: Work      │   (once durable)
//!   host ──▶ inbox rows ───────────────┘       │ commit ─▶ Keep ─┘
//!                                              └─▶ inbox rows of other vats (at once)
//! ```
//!
//! The host is the only place that knows vats and sessions and netlayers. What is in memory of a
//! vat is its `slot`; a vat without one is cold and costs nothing but its records.

mod audit;
mod builder;
pub(crate) mod carrier;
mod clock;
mod core;
mod devices;
mod durable;
mod entropy;
mod error;
mod failures;
mod guard;
mod history;
mod housekeeping;
mod inbox;
mod info;
mod layout;
mod local_keys;
mod locations;
mod network;
mod open;
mod peers;
mod quotas;
mod recovery;
mod restore;
mod run;
pub(crate) mod seal;
mod sealing;
mod sessions;
mod slot;
mod timers;
mod turn;
mod vats;
mod view;
mod waking;
mod ways;
mod wishes;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;

use hogshead_netlayer::Limits;
pub use hogshead_netlayer::local::LocalError as SocketError;
use hogshead_netlayer::local::LocalListener;
use hogshead_objects::ids::VatNumber;
use hogshead_store::{Batch, Keep};

use self::builder::Pace;
pub use self::builder::{Engine, HostBuilder, Retention};
pub use self::clock::{Clock, SystemClock, VirtualClock, Wait};
use self::core::Core;
pub use self::entropy::{Entropy, SystemEntropy};
pub use self::error::HostError;
pub use self::history::{Divergence, Replay, Replayed};
pub use self::open::check_socket;
pub use self::restore::Restore;
use self::turn::Effects;
use self::vats::Directory;
pub use self::ways::{TcpFraming, check_websocket_url};
use crate::client::{Client, Means};
use crate::limits::TURN_STACK_BYTES;

/// The host vat: admin, directory and devices.
pub(crate) const VAT_ZERO: VatNumber = VatNumber(0);

/// A running host. Dropping it stops it as a crash would, and nothing is lost by that;
/// [`shutdown`](Self::shutdown) is polite to its peers.
pub struct Host {
    core: Arc<Core>,
    threads: Vec<JoinHandle<()>>,
    socket: Option<PathBuf>,
    listening: Option<SocketAddr>,
    /// Whether `shutdown` closes the store, so that dropping need not.
    closing: bool,
}

impl Host {
    /// Begins to describe a host with its data in `data`, a folder that it makes if need be.
    ///
    /// ```
    /// use hogshead::Host;
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
    /// let folder = tempfile::tempdir()?;
    /// let host = Host::builder(&folder.path().join("data")).start().await?;
    /// let admin = host.client().await?.admin();
    /// let vat = admin.ask().vat_new("alice".into()).await?;
    /// assert_eq!(vat.name, "alice");
    /// host.shutdown().await?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # }).unwrap();
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn builder(data: &Path) -> HostBuilder {
        HostBuilder::new(data)
    }

    /// Begins to describe a host over a store that is brought along, with the key that seals the
    /// secrets in it: one without files, unless it is told to listen at one.
    pub fn over(store: Keep, key: &[u8; 32]) -> HostBuilder {
        HostBuilder::over(store, key)
    }

    /// Begins to describe an [ephemeral](HostBuilder::ephemeral) host without any file.
    pub fn ephemeral() -> HostBuilder {
        HostBuilder::new(Path::new("")).without_control_socket().ephemeral()
    }

    pub(crate) async fn start(builder: HostBuilder) -> Result<Self, HostError> {
        let mut builder = builder;
        let ways = std::mem::take(&mut builder.ways);
        let pace = builder.pace.take();
        let core = if builder.settings.turn_threads == 0 {
            open::open(builder)?
        } else {
            tokio::task::spawn_blocking(move || open::open(builder))
                .await
                .map_err(|e| HostError::Internal(e.to_string()))??
        };
        let mut host =
            Self { core, threads: Vec::new(), socket: None, listening: None, closing: false };
        host.recover().await?;
        if let Some(address) = host.core.settings.listen {
            host.listen(address)?;
        }
        if let Some(path) = host.core.settings.unix.clone() {
            host.listen_unix(&path)?;
        }
        if let Some(address) = host.core.settings.websocket {
            host.listen_websocket(address)?;
        }
        for open in ways {
            let vats = Arc::new(Directory(Arc::downgrade(&host.core)));
            host.add_netlayer(open(host.core.host_key.clone(), vats));
        }
        if host.core.settings.control_socket {
            host.open_socket()?;
        }
        // Before any hello can be exchanged.
        host.core.look_at_ways()?;
        host.start_threads(pace)?;
        host.core.spawn(Arc::clone(&host.core).housekeeping());
        host.core.spawn(Arc::clone(&host.core).announce_moves());
        host.core.spawn(Arc::clone(&host.core).redial_peers());
        host.core.spawn(Arc::clone(&host.core).drive_timers());
        Ok(host)
    }

    async fn recover(&self) -> Result<(), HostError> {
        let core = Arc::clone(&self.core);
        if core.is_inline() {
            return core.recover();
        }
        let (done, result) = tokio::sync::oneshot::channel();
        // Objects run during recovery, so it has the stack of a turn thread.
        spawn_turn_thread("hogshead-recovery", move || {
            let _ = done.send(core.recover());
        })?;
        result.await.map_err(|_| HostError::Internal("recovery panicked".to_owned()))?
    }

    fn open_socket(&mut self) -> Result<(), HostError> {
        let path = open::socket_in(&self.core.settings.data);
        let listener = LocalListener::bind(&path, Limits::default()).map_err(HostError::Socket)?;
        let core = Arc::clone(&self.core);
        self.socket = Some(path);
        self.core.spawn(async move {
            loop {
                match listener.accept().await {
                    Ok(channel) => {
                        core.spawn(Arc::clone(&core).serve_owner(channel.tx, channel.rx));
                    }
                    Err(error) => {
                        tracing::warn!(%error, "a caller at the private socket was refused");
                        tokio::time::sleep(ACCEPT_PAUSE).await;
                    }
                }
            }
        });
        Ok(())
    }

    fn start_threads(&mut self, pace: Option<Pace>) -> Result<(), HostError> {
        if self.core.is_inline() {
            self.core.spawn(Arc::clone(&self.core).run_turns_here(pace));
        }
        for index in 0..self.core.settings.turn_threads {
            let core = Arc::clone(&self.core);
            let thread =
                spawn_turn_thread(&format!("hogshead-turns-{index}"), move || core.run_turns())?;
            self.threads.push(thread);
        }
        Ok(())
    }

    /// A caller from outside any vat, within this process.
    pub async fn client(&self) -> Result<Client, HostError> {
        let (ours, theirs) = hogshead_netlayer::local::pair(&Limits::default());
        self.core.spawn(Arc::clone(&self.core).serve_owner(theirs.tx, theirs.rx));
        let means =
            Means { clock: self.core.clock.clone(), entropy: Arc::clone(&self.core.entropy) };
        Ok(Client::over(ours.tx, ours.rx, means).await?)
    }

    /// The addresses that sturdyrefs carry.
    pub fn addresses(&self) -> Vec<String> {
        self.core.advertised()
    }

    /// Where the host listens for others, with the port that it got.
    pub fn listening(&self) -> Option<SocketAddr> {
        self.listening
    }

    /// The owner's private socket.
    pub fn socket(&self) -> Option<&Path> {
        self.socket.as_deref()
    }

    /// How many point reads and range reads the vats have made.
    pub fn reads(&self) -> (u64, u64) {
        let reads = &self.core.reads;
        (reads.points.load(Ordering::Relaxed), reads.ranges.load(Ordering::Relaxed))
    }

    /// How many vats have a place in memory: what is not cold.
    pub fn vats_in_memory(&self) -> usize {
        self.core.all_slots().len()
    }

    /// How many sessions have a place in memory. Waits for turns that run.
    pub fn sessions_in_memory(&self) -> usize {
        let slots = self.core.all_slots();
        slots.iter().map(|slot| slot.resident().sessions.len()).sum()
    }

    /// Waits until the host has stopped by itself, because it could not go on.
    pub async fn stopped(&self) {
        loop {
            let stopped = self.core.stopped.notified();
            if self.core.stopping() {
                return;
            }
            stopped.await;
        }
    }

    /// Stops in good order: turns end, peers are told, the store is closed.
    pub async fn shutdown(mut self) -> Result<(), HostError> {
        self.core.stop_turns();
        let threads = std::mem::take(&mut self.threads);
        let core = Arc::clone(&self.core);
        let joined = core.blocking(move || threads.into_iter().all(|thread| thread.join().is_ok()));
        let clean = joined.await.unwrap_or(false) && !self.core.failed.load(Ordering::Acquire);
        let netlayers = std::mem::take(
            &mut *self.core.netlayers.write().unwrap_or_else(std::sync::PoisonError::into_inner),
        );
        for netlayer in netlayers {
            netlayer.shutdown().await;
        }
        self.core.end_tasks().shutdown().await;
        self.core.stopped.notify_waiters();
        self.closing = true;
        drop(self);
        if core.is_inline() {
            return close(core, clean);
        }
        let closed = tokio::task::spawn_blocking(move || close(core, clean));
        closed.await.map_err(|e| HostError::Internal(e.to_string()))?
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.core.stop_turns();
        self.core.stopped.notify_waiters();
        drop(self.core.end_tasks());
        for thread in self.threads.drain(..) {
            // A turn thread that panicked has already said so.
            let _ = thread.join();
        }
        if self.closing {
            return;
        }
        match self.core.keep.stepper() {
            // Whoever drives the store says what reaches the disk.
            Some(stepper) => stepper.crash(),
            None => self.core.drain(),
        }
        self.wait_for_tasks();
    }
}

impl Host {
    /// Waits until the tasks that were ended have let go of the core, so that the store is free
    /// when the host is gone. On a runtime of one thread they go later: nothing may block it.
    fn wait_for_tasks(&self) {
        use tokio::runtime::{Handle, RuntimeFlavor::CurrentThread};
        let single = |handle: &Handle| handle.runtime_flavor() == CurrentThread;
        if single(&self.core.runtime) || Handle::try_current().is_ok_and(|here| single(&here)) {
            return;
        }
        tokio::task::block_in_place(|| {
            let begun = std::time::Instant::now();
            while Arc::strong_count(&self.core) > 1 && begun.elapsed() < DROP_TIME {
                std::thread::sleep(DROP_PAUSE);
            }
        });
    }
}

/// Notes that nothing was running, and closes the store.
fn close(core: Arc<Core>, clean: bool) -> Result<(), HostError> {
    if core.failed.load(Ordering::Acquire) {
        return Err(HostError::Stopped);
    }
    if clean {
        // What follows the last commits may give vats more to do.
        core.drain();
        core.let_rest()?;
    }
    {
        let mut numbers = core.numbers();
        numbers.row.clean = clean;
        let mut rows = vec![(layout::host_row(), Some(numbers.row.row()?))];
        core.clock.now();
        rows.extend(Core::clock_mark_row(core.clock.take_mark_now())?);
        core.commit(Batch::new(), Effects { rows, ..Effects::default() })?;
    }
    core.drain();
    // A blocking task that was under way when the others were ended may have the core for a moment.
    let begun = std::time::Instant::now();
    while Arc::strong_count(&core) > 1 && begun.elapsed() < DROP_TIME {
        std::thread::sleep(DROP_PAUSE);
    }
    match Arc::into_inner(core) {
        Some(core) => Ok(core.keep.close()?),
        None => Err(HostError::Internal("the store is still in use at the end".to_owned())),
    }
}

impl Core {
    /// Waits until everything that was to follow a commit has run, so that nobody else holds the
    /// core any more. A store that failed has nothing to wait for.
    fn drain(&self) {
        if self.keep.stepper().is_some() {
            // Nobody else would do the work meanwhile. A failure has been told.
            let _ = self.keep.wait_durable(self.keep.newest());
            return;
        }
        let (done, drained) = std::sync::mpsc::channel();
        let tell = move |_: Result<(), hogshead_store::StoreError>| {
            let _ = done.send(());
        };
        self.keep.on_durable(self.keep.newest(), Box::new(tell));
        let _ = drained.recv_timeout(DRAIN_TIME);
    }
}

/// How long, and in which steps, a dropped host waits for its tasks to be gone.
const DROP_TIME: std::time::Duration = std::time::Duration::from_secs(5);
const DROP_PAUSE: std::time::Duration = std::time::Duration::from_millis(1);

/// How long the end of a host waits for its last commits.
const DRAIN_TIME: std::time::Duration = std::time::Duration::from_secs(10);

fn spawn_turn_thread(
    name: &str,
    work: impl FnOnce() + Send + 'static,
) -> Result<JoinHandle<()>, HostError> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .stack_size(TURN_STACK_BYTES)
        .spawn(work)
        .map_err(|e| HostError::Internal(format!("no thread could be started: {e}")))
}

/// How long the private socket pauses after a caller that was refused.
const ACCEPT_PAUSE: std::time::Duration = std::time::Duration::from_millis(50);
