//! WebSocket as a way of `hog`: for hosts behind HTTP, and for peers that have nothing else, such
//! as browsers.
//!
//! ```text
//!   dial ──▶ TCP [──▶ TLS] ──▶ GET path, Upgrade, hog.1 ──▶ Noise ──▶ preface ──▶ channel
//!   port ──▶ ticket by address ──▶ 101 or 4xx ──▶ Noise ──▶ preface ──▶ accept
//! ```
//!
//! The hint is `ws=` and addresses of one of the forms
//!
//! | address | dialled as |
//! | --- | --- |
//! | `host:port` or `host:port/path` | `ws://host:port/path` |
//! | `ws://host[:port][/path]` | the same; port 80 if none is said |
//! | `wss://host[:port][/path]` | the same over TLS; port 443 if none is said |
//!
//! A path has the characters of RFC 3986 without the comma, which separates addresses; there is no
//! query, fragment or user. Vats and their names are those of every other way. Each session has a
//! connection of its own: proxies balance connections, and browsers have no streams below them.
//!
//! After the upgrade, in which both sides name the subprotocol `hog.1`, each binary message is one
//! message of Noise ([`noise`](crate::noise)). Text ends the connection. Either side pings, so that
//! proxies keep the connection and a silent peer is noticed; browsers, which cannot ping, answer.
//!
//! # Behind a reverse proxy
//!
//! The host listens with plain HTTP at an address of its own; the proxy terminates TLS and passes
//! the upgrade on, and [`WebSocketConfig::advertise`] says the proxy's URL. Secrecy and proof are
//! Noise's and the preface's, from host to host, so the proxy reads nothing and can pretend
//! nothing. It sees how much is said when. All strangers then come from the proxy's address, so
//! [`Limits::unproven_per_address_max`] bounds them together; the proxy should bound each.
//!
//! # Strangers, and references of strangers
//!
//! Any web page can make its visitor's browser connect to a host that the browser reaches. It is a
//! stranger there as others are: nothing here has authority for where it comes from. And a
//! reference may name any address, so whoever enlivens one sends a `GET` with the path that the
//! reference says. A host that stands near services which trust whoever reaches them should do
//! without this way, or behind a firewall.
//!
//! # TLS proves nothing here
//!
//! `wss://` is a passage through proxies that want TLS. Whatever certificate the server shows is
//! taken: whoever stands in between sees messages of Noise, as with `ws://`. So nobody has to keep
//! root certificates, and no authority can say who is a vat's host.

mod accept;
mod address;
mod carrier;
mod dial;
mod tls;

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use hogshead_objects::ids::VatId;
use hogshead_objects::locator::Locator;

use crate::channel::{Channel, Mode};
use crate::error::DialError;
use crate::hosts::{HostKey, Vats};
use crate::limits::Limits;
use crate::noise::gate::{Gate, GateConfig};
use crate::{BoxFuture, Netlayer};
use address::Address;
use dial::Dialler;

/// The name of the netlayer, and of its hint in locators.
pub const NAME: &str = "ws";

/// The subprotocol that both sides name in the upgrade.
const SUBPROTOCOL: &str = "hog.1";

/// How a WebSocket server is set up.
#[derive(Clone, Debug)]
pub struct WebSocketConfig {
    /// The TCP address to listen at. Port 0 lets the system choose.
    pub listen: SocketAddr,
    /// The path of requests that are taken; others are answered 404. Begins with `/`.
    pub path: String,
    /// What [`Netlayer::local_addresses`] says, for hosts behind names or proxies: addresses as
    /// in a locator. When empty, the socket's own address, with loopback in place of a wildcard.
    pub advertise: Vec<String>,
    /// The most that sessions speak, whoever opens them.
    pub most: Mode,
    /// The limits.
    pub limits: Limits,
    /// For the jitter of pauses after failures. Take it from the host's entropy.
    pub seed: u64,
}

impl WebSocketConfig {
    /// The defaults, listening at `listen` for requests of `/`.
    pub fn new(listen: SocketAddr, seed: u64) -> Self {
        let (path, advertise, limits) = ("/".to_owned(), Vec::new(), Limits::default());
        Self { listen, path, advertise, most: Mode::Plain, limits, seed }
    }
}

/// Why a WebSocket server cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum WebSocketError {
    /// The socket.
    #[error("cannot listen at {address} (TCP): {error}; choose another address or port")]
    Socket {
        /// Where.
        address: SocketAddr,
        /// Why not.
        error: io::Error,
    },
    /// The path, or an address to advertise.
    #[error("`{text}` cannot be a WebSocket address: {reason}")]
    Address {
        /// What was given.
        text: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The settings of TLS.
    #[error("cannot set up TLS: {0}")]
    Tls(#[from] rustls::Error),
}

/// The WebSocket netlayer of a host.
pub struct WebSocket {
    gate: Arc<Gate<IpAddr>>,
    dialler: Arc<Dialler>,
    bound: SocketAddr,
    addresses: Vec<String>,
}

impl WebSocket {
    /// Begins to listen. Must be called within a tokio runtime.
    pub fn bind(
        config: WebSocketConfig,
        key: HostKey,
        vats: Arc<dyn Vats>,
    ) -> Result<Self, WebSocketError> {
        let WebSocketConfig { listen, path, advertise, most, limits, seed } = config;
        for text in &advertise {
            check(text, text)?;
        }
        if !path.starts_with('/') {
            let reason = "a path begins with a slash";
            return Err(WebSocketError::Address { text: path, reason });
        }
        check(&format!("host:1{path}"), &path)?;
        let (listener, bound) = accept::bind(listen)
            .map_err(|error| WebSocketError::Socket { address: listen, error })?;
        let addresses =
            if advertise.is_empty() { vec![own_address(bound, &path)] } else { advertise };
        let dialler = Arc::new(Dialler::new(&limits)?);
        let keep_alive = Some(limits.keep_alive);
        let config = GateConfig { name: NAME, most, limits, keep_alive, pauses: Some(seed) };
        let gate = Gate::new(config, key, vats);
        tokio::spawn(accept::run(listener, path.into(), Arc::clone(&gate)));
        Ok(Self { gate, dialler, bound, addresses })
    }

    /// Where the socket is bound.
    pub fn local_address(&self) -> SocketAddr {
        self.bound
    }
}

/// Checks whether a text is an address as the hint `ws=` has them; the module has the forms.
pub fn check_address(text: &str) -> Result<(), WebSocketError> {
    check(text, text)
}

fn check(address: &str, text: &str) -> Result<(), WebSocketError> {
    let read = Address::read(address);
    read.map(drop).map_err(|reason| WebSocketError::Address { text: text.to_owned(), reason })
}

fn own_address(mut bound: SocketAddr, path: &str) -> String {
    match bound.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => bound.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => bound.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    match path {
        "/" => bound.to_string(),
        path => format!("{bound}{path}"),
    }
}

impl Netlayer for WebSocket {
    fn name(&self) -> &'static str {
        NAME
    }

    fn dial<'a>(
        &'a self,
        from: VatId,
        to: &'a Locator,
        mode: Mode,
    ) -> BoxFuture<'a, Result<Channel, DialError>> {
        let connect = move |address| dial::connect(Arc::clone(&self.dialler), address);
        Box::pin(self.gate.dial(from, to, mode, connect))
    }

    fn accept(&self) -> BoxFuture<'_, Option<Channel>> {
        Box::pin(self.gate.accept())
    }

    fn local_addresses(&self) -> Vec<String> {
        self.addresses.clone()
    }

    fn shutdown(&self) -> BoxFuture<'_, ()> {
        Box::pin(self.gate.shutdown())
    }
}

impl Drop for WebSocket {
    fn drop(&mut self) {
        self.gate.go_down();
    }
}
