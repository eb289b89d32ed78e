//! `tcp-testing-only`: TCP for tests with other implementations of OCapN. **It has no security.**
//!
//! ```text
//!   dial ──▶ look up host ──▶ connect ────────────────────────────▶ Channel (proof: none)
//!   listener ──▶ silent: the first byte, in time ──▶ accept queue ──▶ Channel (proof: none)
//! ```
//!
//! Nothing is encrypted and nobody is authenticated: whoever reaches the port may say to be
//! anybody, and whoever sits on the way may read and change everything. Bind it to loopback, in
//! tests.
//!
//! A netlayer carries one vat, under a designator of its own and one `host:port`; it is a
//! transport of its own, so its peers are never those of `hog`. Frames are told apart by one of
//! two [`Framing`]s, which both sides must agree on beforehand: [`Framing::Bare`] as in the
//! official test suite, one Syrup value after another, or [`Framing::Prefixed`], the newer
//! consensus.

mod accept;
mod dial;
mod stream;

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use hogshead_objects::ids::VatId;
use hogshead_objects::locator::{Hints, Locator, LocatorError};
use hogshead_objects::value::Symbol;
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use tokio::sync::{Mutex, Semaphore, mpsc, watch};
use tokio::task::JoinHandle;

use crate::channel::{Channel, Mode};
use crate::error::DialError;
use crate::frames::Framing;
use crate::limits::Limits;
use crate::{BoxFuture, Netlayer};
use accept::Silent;

/// The name of the netlayer, and of its transport in locators.
pub const NAME: &str = "tcp-testing-only";

/// How the netlayer of one vat is set up.
#[derive(Clone, Debug)]
pub struct TcpTestingConfig {
    /// The vat that is reached here, and the only one that dials from here.
    pub vat: VatId,
    /// Where to listen. Port 0 lets the system choose.
    pub listen: SocketAddr,
    /// How locators name the vat; when absent, digits made from its key, the same at each start.
    pub designator: Option<String>,
    /// The host that locators show; when absent, the socket's own, with loopback in place of a
    /// wildcard.
    pub host: Option<String>,
    /// How frames are told apart.
    pub framing: Framing,
    /// The limits. Of those on strangers, [`Limits::unproven_max`] and [`Limits::unproven_time`]
    /// are for connections on which the peer has not said anything.
    pub limits: Limits,
}

impl TcpTestingConfig {
    /// The defaults for `vat`, listening at `listen`.
    pub fn new(vat: VatId, listen: SocketAddr, framing: Framing) -> Self {
        let limits = Limits::default();
        Self { vat, listen, designator: None, host: None, framing, limits }
    }
}

/// Why the netlayer cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum TcpBindError {
    /// The socket.
    #[error("cannot listen at {address} (TCP): {error}; choose another address or port")]
    Socket {
        /// Where.
        address: SocketAddr,
        /// Why not.
        error: io::Error,
    },
    /// The designator or the host cannot stand in a locator.
    #[error("the settings give no locator: {0}")]
    Locator(#[from] LocatorError),
}

/// The `tcp-testing-only` netlayer of one vat.
pub struct TcpTesting {
    inner: Arc<Inner>,
    accepted: Mutex<mpsc::Receiver<Channel>>,
    /// The task that has the socket, until it is waited for.
    listener: Mutex<Option<JoinHandle<()>>>,
}

struct Inner {
    vat: VatId,
    locator: Locator,
    framing: Framing,
    limits: Limits,
    /// One permit a connection.
    room: Arc<Semaphore>,
    silent: Silent,
    accepted: mpsc::Sender<Channel>,
    down: watch::Sender<bool>,
}

impl TcpTesting {
    /// Binds the socket and begins to listen, with a warning in the log. Must be called within a
    /// tokio runtime.
    pub fn bind(config: TcpTestingConfig) -> Result<Self, TcpBindError> {
        let TcpTestingConfig { vat, listen, designator, host, framing, limits } = config;
        let socket = |error| TcpBindError::Socket { address: listen, error };
        let listener = std::net::TcpListener::bind(listen).map_err(socket)?;
        listener.set_nonblocking(true).map_err(socket)?;
        let address = listener.local_addr().map_err(socket)?;
        let listener = TcpListener::from_std(listener).map_err(socket)?;
        let locator = Locator {
            designator: designator.unwrap_or_else(|| designator_of(&vat)),
            transport: Symbol::from_static(NAME),
            hints: Some(Hints::from([
                ("host".to_owned(), host.unwrap_or_else(|| reachable(address.ip()).to_string())),
                ("port".to_owned(), address.port().to_string()),
            ])),
        };
        locator.check()?;
        tracing::warn!(
            %address,
            %vat,
            "tcp-testing-only is on: nothing is encrypted, nobody is authenticated, and whoever \
             reaches this port may say to be anybody; use it for tests alone"
        );
        let (accepted_tx, accepted) = mpsc::channel(limits.accepted_max.max(1));
        let inner = Arc::new(Inner {
            vat,
            locator,
            framing,
            room: Arc::new(Semaphore::new(limits.connections_max)),
            silent: Silent::new(limits.unproven_max),
            limits,
            accepted: accepted_tx,
            down: watch::Sender::new(false),
        });
        let listener = Mutex::new(Some(tokio::spawn(accept::run(Arc::clone(&inner), listener))));
        Ok(Self { inner, accepted: Mutex::new(accepted), listener })
    }

    /// How many connections there are, silent ones included.
    pub fn connections(&self) -> usize {
        let free = self.inner.room.available_permits();
        self.inner.limits.connections_max.saturating_sub(free)
    }

    /// How many of them were accepted and are silent yet.
    pub fn silent(&self) -> usize {
        self.inner.silent.count()
    }
}

impl Netlayer for TcpTesting {
    fn transport(&self) -> &'static str {
        NAME
    }

    fn name(&self) -> &'static str {
        NAME
    }

    /// `mode` is of no matter: sessions are plain.
    fn dial<'a>(
        &'a self,
        from: VatId,
        to: &'a Locator,
        _mode: Mode,
    ) -> BoxFuture<'a, Result<Channel, DialError>> {
        Box::pin(self.inner.dial(from, to))
    }

    fn accept(&self) -> BoxFuture<'_, Option<Channel>> {
        Box::pin(async {
            let mut down = self.inner.down.subscribe();
            let mut accepted = self.accepted.lock().await;
            tokio::select! {
                biased;
                _ = down.wait_for(|down| *down) => None,
                channel = accepted.recv() => channel,
            }
        })
    }

    fn local_addresses(&self) -> Vec<String> {
        vec![address_of(&self.inner.locator)]
    }

    fn locator(&self, vat: VatId) -> Option<Locator> {
        (vat == self.inner.vat).then(|| self.inner.locator.clone())
    }

    fn shutdown(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            self.inner.down.send_replace(true);
            if let Some(listener) = self.listener.lock().await.take() {
                // However it ended, the port is free now.
                drop(listener.await);
            }
            // Each connection ends by itself; what waits in the queue has nobody to take it.
            if let Ok(mut accepted) = self.accepted.try_lock() {
                accepted.close();
                while accepted.try_recv().is_ok() {}
            }
        })
    }
}

impl Drop for TcpTesting {
    fn drop(&mut self) {
        self.inner.down.send_replace(true);
    }
}

/// A designator that is the same at each start and is not taken for a key that was proven.
fn designator_of(vat: &VatId) -> String {
    let hash = Sha256::new()
        .chain_update(b"hogshead tcp-testing-only designator 1\0")
        .chain_update(vat.to_string())
        .finalize();
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

fn reachable(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        other => other,
    }
}

/// Host and port of a locator, for humans.
fn address_of(locator: &Locator) -> String {
    let host = locator.hint("host").unwrap_or_default();
    let port = locator.hint("port").unwrap_or_default();
    if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}
