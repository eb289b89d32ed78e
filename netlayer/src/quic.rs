//! QUIC: one UDP endpoint a host, one connection a pair of hosts, one stream a session.
//!
//! ```text
//!   dial ──▶ pool: is there a connection to that address? ──no──▶ connect, TLS ──▶ link ─┐
//!              └──────────────────yes──────────────────────────────────────────────────▶ stream
//!   endpoint ──▶ admission ──▶ TLS ──▶ link ──▶ streams ──▶ prefaces ──▶ accept
//! ```
//!
//! When two hosts dial each other at once there are two connections for a moment. Both sides
//! prefer the one that was dialled by the host with the lower key; the other carries what was
//! begun on it, and is closed when it carries nothing. Otherwise the newest is preferred, since
//! the older one may belong to a process that is gone.

mod accept;
mod dial;
mod endpoint;
mod link;
mod pool;
mod socket;
mod stream;
mod tls;

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hogshead_objects::ids::{HostId, VatId};
use hogshead_objects::locator::Locator;
use quinn::VarInt;
use tokio::runtime::Handle;
use tokio::sync::{Mutex, Semaphore, mpsc, watch};
use tokio::time::timeout;

use crate::admission::Admission;
use crate::channel::{Channel, Mode};
use crate::error::DialError;
use crate::handshake::Ours;
use crate::hosts::{HostKey, Vats};
use crate::limits::Limits;
use crate::{BoxFuture, Netlayer};
use pool::Pool;
use socket::{Held, Socket};

/// The name of the netlayer, and of its hint in locators.
pub const NAME: &str = "quic";

/// The host goes down.
const CLOSE_GOING_DOWN: VarInt = VarInt::from_u32(1);
/// Nothing used the connection for a while.
const CLOSE_UNUSED: VarInt = VarInt::from_u32(2);
/// There are too many connections to this host.
const CLOSE_SURPLUS: VarInt = VarInt::from_u32(3);
/// The peer is this very host.
const CLOSE_OURSELVES: VarInt = VarInt::from_u32(4);
/// No TLS identity or no keying material: should not happen after a handshake.
const CLOSE_INTERNAL: VarInt = VarInt::from_u32(5);

fn close_text(code: u64) -> String {
    match code {
        1 => "the host there goes down".to_owned(),
        2 => "the host there closed an unused connection".to_owned(),
        3 => "the host there has too many connections to us".to_owned(),
        4 => "the host there says that it is us".to_owned(),
        other => format!("the host there closed the connection ({other})"),
    }
}

/// How a QUIC endpoint is set up.
#[derive(Clone, Debug)]
pub struct QuicConfig {
    /// Where to listen; also where dials come from. Port 0 lets the system choose.
    pub listen: SocketAddr,
    /// What [`Netlayer::local_addresses`] says, for hosts behind names or address translators.
    /// When empty, the socket's own address, with loopback in place of a wildcard.
    pub advertise: Vec<String>,
    /// The most that sessions speak, whoever opens them.
    pub most: Mode,
    /// The limits.
    pub limits: Limits,
    /// For the jitter of pauses after failures. Take it from the host's entropy.
    pub seed: u64,
}

impl QuicConfig {
    /// The defaults, listening at `listen`.
    pub fn new(listen: SocketAddr, seed: u64) -> Self {
        let limits = Limits::default();
        Self { listen, advertise: Vec::new(), most: Mode::Plain, limits, seed }
    }
}

/// Why an endpoint cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// The socket.
    #[error("cannot listen at {address} (UDP): {error}; choose another address or port")]
    Socket {
        /// Where.
        address: SocketAddr,
        /// Why not.
        error: io::Error,
    },
    /// The settings of TLS.
    #[error("cannot set up TLS: {0}")]
    Tls(#[from] rustls::Error),
    /// [`Limits::silence`] is longer than QUIC can say.
    #[error("the limit on silence is too long")]
    Silence,
}

/// The QUIC netlayer of a host.
pub struct Quic {
    inner: Arc<Inner>,
    accepted: Mutex<mpsc::Receiver<Channel>>,
}

struct Inner {
    endpoint: quinn::Endpoint,
    socket: Arc<Socket>,
    runtime: Handle,
    us: HostId,
    key: HostKey,
    vats: Arc<dyn Vats>,
    config: QuicConfig,
    pool: Pool,
    admission: Arc<Admission>,
    handshakes: Arc<Semaphore>,
    dials: Semaphore,
    accepted: mpsc::Sender<Channel>,
    down: watch::Sender<bool>,
}

/// What an endpoint holds at the moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Load {
    /// Connections, those in their handshake included.
    pub connections: usize,
    /// Of these, accepted ones that had no session yet.
    pub unproven: usize,
    /// Hosts with a connection.
    pub hosts: usize,
}

impl Quic {
    /// Binds the endpoint and begins to listen. Must be called within a tokio runtime.
    pub fn bind(config: QuicConfig, key: HostKey, vats: Arc<dyn Vats>) -> Result<Self, BindError> {
        let (endpoint, socket) = endpoint::bind(&config, &key)?;
        let (accepted_tx, accepted) = mpsc::channel(config.limits.accepted_max.max(1));
        let us = key.id();
        let inner = Arc::new(Inner {
            endpoint,
            socket,
            runtime: Handle::current(),
            us,
            key,
            vats,
            pool: Pool::new(us, config.seed),
            admission: Admission::new(&config.limits),
            handshakes: Arc::new(Semaphore::new(config.limits.handshakes_max)),
            dials: Semaphore::new(config.limits.handshakes_max.max(1)),
            accepted: accepted_tx,
            down: watch::Sender::new(false),
            config,
        });
        tokio::spawn(accept::run(Arc::clone(&inner)));
        Ok(Self { inner, accepted: Mutex::new(accepted) })
    }

    /// What the endpoint holds at the moment.
    pub fn load(&self) -> Load {
        Load {
            connections: self.inner.admission.connections(),
            unproven: self.inner.admission.unproven(),
            hosts: self.inner.pool.hosts(),
        }
    }

    /// Where the socket is bound.
    pub fn local_address(&self) -> io::Result<SocketAddr> {
        self.inner.endpoint.local_addr()
    }
}

impl Inner {
    fn ours(&self) -> Ours<'_> {
        Ours { key: &self.key, vats: self.vats.as_ref(), limits: &self.config.limits }
    }

    fn is_down(&self) -> bool {
        *self.down.borrow()
    }

    fn go_down(&self) {
        self.down.send_replace(true);
        self.endpoint.close(CLOSE_GOING_DOWN, b"");
    }

    /// Gives peers a moment to hear of the end, and lets go of the port. Those that do not
    /// acknowledge the end learn it from the silence.
    async fn wind_down(&self, _held: Held, time: Duration) {
        let _ = timeout(time, self.endpoint.wait_idle()).await;
    }
}

impl Netlayer for Quic {
    fn name(&self) -> &'static str {
        NAME
    }

    fn dial<'a>(
        &'a self,
        from: VatId,
        to: &'a Locator,
        mode: Mode,
    ) -> BoxFuture<'a, Result<Channel, DialError>> {
        Box::pin(self.inner.dial(from, to, mode))
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
        if !self.inner.config.advertise.is_empty() {
            return self.inner.config.advertise.clone();
        }
        let Ok(mut address) = self.inner.endpoint.local_addr() else { return Vec::new() };
        match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        vec![address.to_string()]
    }

    fn shutdown(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            self.inner.go_down();
            self.inner.wind_down(self.inner.socket.held(), SHUTDOWN_TIME).await;
        })
    }
}

impl Drop for Quic {
    /// The port is free a moment later, whoever holds on to a session or a connection.
    fn drop(&mut self) {
        self.inner.go_down();
        // If the runtime is gone, so is the port, together with the task.
        let (inner, held) = (Arc::clone(&self.inner), self.inner.socket.held());
        self.inner.runtime.spawn(async move { inner.wind_down(held, DROP_TIME).await });
    }
}

/// How long an endpoint that is shut down keeps its port, so that peers hear of the end even if a
/// datagram is lost.
const SHUTDOWN_TIME: Duration = Duration::from_secs(1);

/// The same for one that is dropped: its connections say the end once.
const DROP_TIME: Duration = Duration::from_millis(100);
