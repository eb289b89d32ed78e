//! Building a host: where its data lies, where it listens, which kinds it knows.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use hogshead_captp::Dialect;
use hogshead_netlayer::{HostKey, Netlayer, Vats};
use hogshead_objects::{Registry, Typed};
use hogshead_store::Keep;
pub use hogshead_store::{Engine, Retention};
use zeroize::Zeroizing;

use super::clock::{Clock, SystemClock};
use super::entropy::{Entropy, SystemEntropy};
use super::history::{Replay, Replayed};
use super::restore::Restore;
use super::{Host, HostError};

/// Collects what a host needs, then starts it.
pub struct HostBuilder {
    pub(super) settings: Settings,
    pub(super) registry: Registry,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) entropy: Arc<dyn Entropy>,
    pub(super) mistake: Option<HostError>,
    pub(super) store: Store,
    pub(super) ways: Vec<OpenWay>,
    pub(super) pace: Option<Pace>,
}

/// Where a host's store is.
pub(super) enum Store {
    /// In the data folder; or, if there is none yet, this one over another disk.
    Folder(Option<Keep>),
    /// It is brought along, with the key that seals secrets in it.
    Brought(Keep, Zeroizing<[u8; 32]>),
}

/// How long a round of turns is to take.
pub(super) type Pace = Box<dyn FnMut() -> Duration + Send>;

/// Opens a netlayer for a host of this key that has these vats.
pub(super) type OpenWay = Box<dyn FnOnce(HostKey, Arc<dyn Vats>) -> Arc<dyn Netlayer> + Send>;

/// The settings of a host. [`HostBuilder`]'s methods explain them.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub data: PathBuf,
    pub key_file: PathBuf,
    pub listen: Option<SocketAddr>,
    pub advertise: Vec<String>,
    pub websocket: Option<SocketAddr>,
    pub websocket_urls: Vec<String>,
    pub unix: Option<PathBuf>,
    pub engine: Option<Engine>,
    pub cache_bytes: usize,
    pub retention: Retention,
    pub idle: Duration,
    pub session_idle: Duration,
    pub memory_bytes: usize,
    pub turn_threads: usize,
    pub certificate_life_ms: u64,
    pub control_socket: bool,
    pub inbox_rows: usize,
    pub dialects: BTreeMap<String, Dialect>,
    pub durable: bool,
    pub outbox_rows: u64,
    pub durable_sessions: u64,
}

impl HostBuilder {
    pub(super) fn over(keep: Keep, key: &[u8; 32]) -> Self {
        let mut builder = Self::new(Path::new("")).without_control_socket();
        builder.store = Store::Brought(keep, Zeroizing::new(*key));
        builder
    }

    pub(super) fn new(data: &Path) -> Self {
        let mut registry = Registry::new();
        let mistake = crate::register_stock(&mut registry).err();
        Self {
            settings: Settings {
                key_file: data.join("key"),
                data: data.to_owned(),
                listen: None,
                advertise: Vec::new(),
                websocket: None,
                websocket_urls: Vec::new(),
                unix: None,
                engine: None,
                cache_bytes: 64 << 20,
                retention: Retention::default(),
                idle: Duration::from_secs(60),
                session_idle: Duration::from_secs(15 * 60),
                memory_bytes: 256 << 20,
                turn_threads: std::thread::available_parallelism().map_or(2, usize::from),
                certificate_life_ms: 30 * 24 * 3600 * 1000,
                control_socket: true,
                inbox_rows: crate::limits::INBOX_ROWS_MAX,
                dialects: BTreeMap::new(),
                durable: true,
                outbox_rows: crate::limits::OUTBOX_ROWS_MAX,
                durable_sessions: crate::limits::DURABLE_SESSIONS_MAX,
            },
            registry,
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
            mistake: mistake.map(HostError::Registry),
            store: Store::Folder(None),
            ways: Vec::new(),
            pace: None,
        }
    }

    /// Listens for other hosts on this UDP address (QUIC); port 0 takes a free one. A host with
    /// neither this way nor another can neither be called from outside nor call out.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.settings.listen = Some(address);
        self
    }

    /// The addresses that sturdyrefs carry, each `host:port`. By default the listening address;
    /// for an unspecified one (`0.0.0.0`) the loopback address, so name the public one here.
    pub fn advertise(mut self, addresses: impl IntoIterator<Item = String>) -> Self {
        self.settings.advertise = addresses.into_iter().collect();
        self
    }

    /// Listens for other hosts by WebSocket on this TCP address as well, for peers behind HTTP.
    /// All ways lead to the same vats under the same names, by the same proofs.
    pub fn listen_websocket(mut self, address: SocketAddr) -> Self {
        self.settings.websocket = Some(address);
        self
    }

    /// The WebSocket addresses that sturdyrefs carry, such as the `wss://` URL of the reverse
    /// proxy that passes requests on. By default the listening address.
    pub fn advertise_websocket(mut self, urls: impl IntoIterator<Item = String>) -> Self {
        self.settings.websocket_urls = urls.into_iter().collect();
        self
    }

    /// Listens for other hosts of this machine at a Unix socket as well, an absolute path in a
    /// folder that exists. Unlike the owner's socket it gives no authority to who comes in.
    pub fn listen_unix(mut self, path: impl Into<PathBuf>) -> Self {
        self.settings.unix = Some(path.into());
        self
    }

    /// The engine of the checkpoint, chosen when the store is made: sled by default. An existing
    /// store keeps its own; naming another is an error. [`Engine::Memory`] is
    /// [`ephemeral`](Self::ephemeral).
    pub fn engine(mut self, engine: Engine) -> Self {
        self.settings.engine = Some(engine);
        self
    }

    /// Keeps everything in memory: no turn is encoded for a journal or waits for a disk, there is
    /// no history, and with the process all is gone. Whoever starts again has other vats with
    /// other keys, so sessions with other hosts are plain. The data folder must hold no store that
    /// lasts; only the owner's socket is made in it.
    ///
    /// ```
    /// use hogshead::Host;
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
    /// let host = Host::ephemeral().start().await?;
    /// let admin = host.client().await?.admin();
    /// assert_eq!(admin.ask().vat_new("alice".into()).await?.name, "alice");
    /// assert_eq!(admin.ask().key().await?.engine, "memory");
    /// host.shutdown().await?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # }).unwrap();
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ephemeral(self) -> Self {
        self.engine(Engine::Memory)
    }

    /// The file with the key that seals secrets in the store; by default `key` in the data
    /// folder. Keep it and the store apart in backups: together they are the vats.
    pub fn key_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.settings.key_file = path.into();
        self
    }

    /// How long a vat stays in memory without a turn: 60 seconds by default.
    pub fn idle(mut self, idle: Duration) -> Self {
        self.settings.idle = idle;
        self
    }

    /// How much one vat may have said to one peer elsewhere that the peer has not taken, in
    /// operations: 65,536 by default. Beyond it callers are refused with `busy`.
    pub fn outbox(mut self, rows: u64) -> Self {
        self.settings.outbox_rows = rows;
        self
    }

    /// With how many peers elsewhere one vat may have a session that lasts: 65,536 by default.
    /// Beyond it no new ones are let in, and none is sought.
    pub fn durable_sessions(mut self, sessions: u64) -> Self {
        self.settings.durable_sessions = sessions;
        self
    }

    /// Speaks plain OCapN with other hosts as well: a lost connection then ends its sessions. By
    /// default sessions with hosts that know how are durable.
    pub fn plain_sessions(mut self) -> Self {
        self.settings.durable = false;
        self
    }

    /// How long a plain session may stay without a frame before it is ended: 15 minutes by
    /// default.
    pub fn session_idle(mut self, idle: Duration) -> Self {
        self.settings.session_idle = idle;
        self
    }

    /// Bytes that vats with their objects may together take in memory: 256 MiB by default. Beyond
    /// it the vats that were used longest ago are evicted.
    pub fn memory(mut self, bytes: usize) -> Self {
        self.settings.memory_bytes = bytes;
        self
    }

    /// Bytes of the checkpoint's own cache: 64 MiB by default.
    pub fn cache(mut self, bytes: usize) -> Self {
        self.settings.cache_bytes = bytes;
        self
    }

    /// What of the journal stays once a verified snapshot and the checkpoint hold it: the newest
    /// gigabyte by default. Until there is such a snapshot everything stays.
    pub fn retention(mut self, retention: Retention) -> Self {
        self.settings.retention = retention;
        self
    }

    /// Turn threads: by default one for each core. With none, turns are a task of the runtime, and
    /// so is what waits for the disk: for a process of one thread, on a runtime of one thread. Its
    /// stack bounds near calls ([`TURN_STACK_BYTES`](crate::limits::TURN_STACK_BYTES)).
    pub fn turn_threads(mut self, threads: usize) -> Self {
        self.settings.turn_threads = threads;
        self
    }

    /// How long a hosting certificate lasts: 30 days by default. It is renewed when it is shown
    /// with a third of its life left.
    pub fn certificate_life(mut self, life: Duration) -> Self {
        self.settings.certificate_life_ms = u64::try_from(life.as_millis()).unwrap_or(u64::MAX);
        self
    }

    /// How much may wait in a vat's inbox before those who ask it something are refused as
    /// `busy`: [`INBOX_ROWS_MAX`](crate::limits::INBOX_ROWS_MAX) by default.
    pub fn inbox(mut self, rows: usize) -> Self {
        self.settings.inbox_rows = rows.max(1);
        self
    }

    /// How peers of a transport are spoken to: as the current text of CapTP has it by default.
    /// Whatever they send is understood.
    pub fn dialect(mut self, transport: &str, dialect: Dialect) -> Self {
        self.settings.dialects.insert(transport.to_owned(), dialect);
        self
    }

    /// Leaves out the owner's private socket: only `Host::client` reaches the admin object.
    pub fn without_control_socket(mut self) -> Self {
        self.settings.control_socket = false;
        self
    }

    /// Brings another clock than the system's.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Brings another source of randomness than the operating system's, for simulations: the keys
    /// of vats are made of it.
    pub fn entropy(mut self, entropy: Arc<dyn Entropy>) -> Self {
        self.entropy = entropy;
        self
    }

    /// Brings a store, over whatever disk: for tests of what disks do.
    #[doc(hidden)]
    pub fn keep(mut self, keep: Keep) -> Self {
        self.store = Store::Folder(Some(keep));
        self
    }

    /// Adds a way to other hosts that is made elsewhere. It is opened once the host has recovered
    /// and before its vats run.
    pub fn netlayer(
        mut self,
        open: impl FnOnce(HostKey, Arc<dyn Vats>) -> Arc<dyn Netlayer> + Send + 'static,
    ) -> Self {
        self.ways.push(Box::new(open));
        self
    }

    /// Has each round of turns be followed by such a pause, on a host without turn threads: in a
    /// simulation turns take no time, and with this they do.
    #[doc(hidden)]
    pub fn pace(mut self, pace: impl FnMut() -> Duration + Send + 'static) -> Self {
        self.pace = Some(Box::new(pace));
        self
    }

    /// Adds a kind of object. The stock kinds are known already.
    pub fn register<T: Typed>(mut self) -> Self {
        if let Err(error) = self.registry.register::<T>() {
            self.mistake.get_or_insert(HostError::Registry(error));
        }
        self
    }

    /// Runs the history of the data folder's store again and compares every row, instead of
    /// starting a host: none may run on it meanwhile, and nothing is changed. The kinds that were
    /// registered here are those that the objects are of.
    ///
    /// ```
    /// use hogshead::{Host, Replay};
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
    /// let folder = tempfile::tempdir()?;
    /// let data = folder.path().join("data");
    /// let host = Host::builder(&data).start().await?;
    /// host.client().await?.admin().ask().vat_new("alice".into()).await?;
    /// host.shutdown().await?;
    ///
    /// let replayed = Host::builder(&data).replay(&Replay { threads: 2, ..Replay::default() })?;
    /// assert!(replayed.agrees() && replayed.turns > 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # }).unwrap();
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn replay(self, asked: &Replay) -> Result<Replayed, HostError> {
        if let Some(mistake) = self.mistake {
            return Err(mistake);
        }
        let Settings { data, key_file, .. } = &self.settings;
        super::history::replay(data, key_file, &self.registry, asked)
    }

    /// Puts the data folder's store back to a snapshot, or makes one of it where there is none,
    /// and declares it: the epoch of its vats is raised, and what was counted since is in doubt
    /// until its owner confirms it. None may run on the folder; the snapshot's key file must be
    /// there. What was there before is set aside.
    ///
    /// ```
    /// use hogshead::Host;
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
    /// let folder = tempfile::tempdir()?;
    /// let data = folder.path().join("data");
    /// let host = Host::builder(&data).start().await?;
    /// let admin = host.client().await?.admin();
    /// admin.ask().vat_new("alice".into()).await?;
    /// admin.ask().snapshot(folder.path().join("monday").display().to_string()).await?;
    /// admin.ask().vat_new("bob".into()).await?;
    /// let before = admin.ask().vat_show("alice".into()).await?.epoch;
    /// host.shutdown().await?;
    ///
    /// let snapshot = std::fs::read_dir(folder.path().join("monday"))?.next().expect("one")?;
    /// let restored = Host::builder(&data).restore(&snapshot.path())?;
    /// let host = Host::builder(&data).start().await?;
    /// let admin = host.client().await?.admin();
    /// let after = admin.ask().vat_show("alice".into()).await?.epoch;
    /// assert!(after == restored.epoch && after > before);
    /// assert!(admin.ask().vat_show("bob".into()).await.is_err(), "she came later");
    /// host.shutdown().await?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # }).unwrap();
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn restore(self, snapshot: &Path) -> Result<Restore, HostError> {
        match self.mistake {
            Some(mistake) => Err(mistake),
            None => super::restore::restore(&self.settings, snapshot),
        }
    }

    /// Starts the host. Must be called within a tokio runtime.
    pub async fn start(self) -> Result<Host, HostError> {
        Host::start(self).await
    }
}
