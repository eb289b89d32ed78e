//! The ways to other hosts: which netlayers a host has, opened.

use std::io::ErrorKind::NotFound;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use hogshead_captp::syrup::split::Splitter;
use hogshead_netlayer::Netlayer;
use hogshead_netlayer::frames::Framing;
use hogshead_netlayer::local::LocalError;
use hogshead_netlayer::quic::{BindError, Quic, QuicConfig};
use hogshead_netlayer::tcp_testing::{TcpBindError, TcpTesting, TcpTestingConfig};
use hogshead_netlayer::unix::{Unix, UnixConfig, UnixError};
use hogshead_netlayer::websocket::{self, WebSocket, WebSocketConfig, WebSocketError};
use hogshead_objects::locator::Locator;

use super::vats::Directory;
use super::{Host, HostError};

/// How messages are told apart on `tcp-testing-only`. Both sides must agree beforehand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TcpFraming {
    /// One Syrup value after another, as the official test suite does.
    #[default]
    Bare,
    /// A decimal length and a colon before each, the consensus of April 2026.
    Prefixed,
}

impl TcpFraming {
    fn framing(self) -> Framing {
        match self {
            Self::Prefixed => Framing::Prefixed,
            Self::Bare => Framing::bare(|| {
                let mut splitter = Splitter::new();
                move |octets: &[u8], max| splitter.feed(octets, max).map_err(|e| e.to_string())
            }),
        }
    }
}

impl Host {
    pub(super) fn listen(&mut self, address: SocketAddr) -> Result<(), HostError> {
        let mut seed = [0; 8];
        self.core.entropy.fill(&mut seed);
        let mut config = QuicConfig::new(address, u64::from_le_bytes(seed));
        config.advertise.clone_from(&self.core.settings.advertise);
        config.most = self.core.mode();
        let vats = Arc::new(Directory(Arc::downgrade(&self.core)));
        let quic =
            Quic::bind(config, self.core.host_key.clone(), vats).map_err(|error| match error {
                BindError::Socket { error, .. } => HostError::listen(address, error),
                error => HostError::listen(address, error),
            })?;
        self.listening = quic.local_address().ok();
        self.add_netlayer(Arc::new(quic));
        Ok(())
    }

    pub(super) fn listen_unix(&mut self, path: &Path) -> Result<(), HostError> {
        let vats = Arc::new(Directory(Arc::downgrade(&self.core)));
        let config = UnixConfig { most: self.core.mode(), ..UnixConfig::new(path) };
        let unix = Unix::bind(config, self.core.host_key.clone(), vats)
            .map_err(|error| HostError::listen(path.display(), why_no_socket(error)))?;
        self.add_netlayer(Arc::new(unix));
        Ok(())
    }

    pub(super) fn listen_websocket(&mut self, address: SocketAddr) -> Result<(), HostError> {
        let mut seed = [0; 8];
        self.core.entropy.fill(&mut seed);
        let mut config = WebSocketConfig::new(address, u64::from_le_bytes(seed));
        config.advertise.clone_from(&self.core.settings.websocket_urls);
        config.most = self.core.mode();
        let vats = Arc::new(Directory(Arc::downgrade(&self.core)));
        let websocket = WebSocket::bind(config, self.core.host_key.clone(), vats).map_err(
            |error| match error {
                WebSocketError::Socket { error, .. } => HostError::listen(address, error),
                error => HostError::listen(address, error),
            },
        )?;
        self.add_netlayer(Arc::new(websocket));
        Ok(())
    }

    /// Lets one vat be reached by `tcp-testing-only`, for tests with other implementations of
    /// OCapN, and gives the locator under which it is a peer there. **There is no security**:
    /// whoever reaches the port may say to be anybody. Keep it to loopback addresses.
    pub fn listen_tcp_testing(
        &mut self,
        vat: &str,
        address: SocketAddr,
        framing: TcpFraming,
    ) -> Result<Locator, HostError> {
        let number = self.core.named(vat)?;
        let id = self.core.identity(number)?.ok_or(HostError::NoSuchVat)?.id;
        let config = TcpTestingConfig::new(id, address, framing.framing());
        let tcp = TcpTesting::bind(config).map_err(|error| match error {
            TcpBindError::Socket { error, .. } => HostError::listen(address, error),
            error => HostError::listen(address, error),
        })?;
        let locator = tcp.locator(id).ok_or(HostError::NoSuchVat)?;
        self.add_netlayer(Arc::new(tcp));
        Ok(locator)
    }

    /// Adds a way to other hosts and takes in what comes by it.
    pub fn add_netlayer(&mut self, netlayer: Arc<dyn Netlayer>) {
        let mut netlayers =
            self.core.netlayers.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        netlayers.push(Arc::clone(&netlayer));
        drop(netlayers);
        self.core.announcing.look();
        self.core.spawn(Arc::clone(&self.core).accept_peers(netlayer));
    }
}

/// Checks whether a text can be advertised as a WebSocket address, such as
/// `wss://home.example/hog`, and says what is wrong with it if not.
pub fn check_websocket_url(text: &str) -> Result<(), String> {
    match websocket::check_address(text) {
        Err(WebSocketError::Address { reason, .. }) => Err(reason.to_owned()),
        checked => checked.map_err(|error| error.to_string()),
    }
}

/// Why there is no socket at a path, without naming the path again.
fn why_no_socket(error: UnixError) -> String {
    match error {
        UnixError::Socket(LocalError::InUse(_)) => "it is in use by another host".to_owned(),
        UnixError::Socket(LocalError::NotASocket(_)) => "what lies there is no socket".to_owned(),
        UnixError::Socket(LocalError::TooLong(_)) => {
            "it is longer than the address of a socket may be".to_owned()
        }
        UnixError::Socket(LocalError::Io { error, .. }) if error.kind() == NotFound => {
            "its folder does not exist".to_owned()
        }
        UnixError::Socket(LocalError::Io { error, .. }) => error.to_string(),
        error => error.to_string(),
    }
}
