//! Unix sockets as a way of `hog`: between hosts of one machine, also of different users.
//!
//! ```text
//!   dial ──▶ connect ──"hog/1\n"?──▶ Noise ──▶ preface ──▶ channel
//!   path ──▶ ticket by user ──"hog/1\n"──▶ Noise ──▶ preface ──▶ accept
//! ```
//!
//! The hint is `unix=<absolute path>`; vats and their names are those of every other way. Each
//! session has a connection of its own, which costs little on one machine and saves a multiplexer;
//! so [`Limits::connections_max`] bounds the sessions too.
//!
//! On the stream go, after the listener's greeting of six octets, messages of Noise
//! ([`noise`](crate::noise)), each after its length (u16, big-endian). The listener speaks first
//! because a reference may come from anybody and name any socket of this machine: to one that does
//! not greet, nothing is sent at all.
//!
//! The file's mode says who may connect (0600 unless set otherwise), and the preface proves who
//! does: unlike at the [`local`] socket, nobody has any authority for having come in.
//! Between the making of the file and the setting of its mode others may slip in if the process's
//! umask allows it; they are strangers as others are.

mod accept;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use hogshead_objects::ids::VatId;
use hogshead_objects::locator::Locator;
use tokio::io::AsyncReadExt;
use tokio::net::UnixStream;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};

use crate::channel::{Channel, Mode};
use crate::error::{Cause, DialError, Step};
use crate::hosts::{HostKey, Vats};
use crate::limits::Limits;
use crate::local::{self, LocalError, SocketFile};
use crate::noise::carrier::{ByteInlet, ByteOutlet, lost};
use crate::noise::gate::{Failed, Gate, GateConfig};
use crate::{BoxFuture, Netlayer};

/// The name of the netlayer, and of its hint in locators.
pub const NAME: &str = "unix";

/// What the listener says first: that it is one.
const GREETING: &[u8; 6] = b"hog/1\n";

/// How a Unix socket is set up.
#[derive(Clone, Debug)]
pub struct UnixConfig {
    /// Where to listen: an absolute path, in a folder that exists.
    pub path: PathBuf,
    /// The mode of the socket's file. Whoever may write to it may connect.
    pub mode: u32,
    /// The most that sessions speak, whoever opens them.
    pub most: Mode,
    /// The limits. What they say of addresses, they say here of users.
    pub limits: Limits,
}

impl UnixConfig {
    /// The defaults, listening at `path` for processes of the same user.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), mode: 0o600, most: Mode::Plain, limits: Limits::default() }
    }
}

/// Why a Unix socket cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum UnixError {
    /// The file.
    #[error(transparent)]
    Socket(#[from] LocalError),
    /// Not absolute: another process would look elsewhere.
    #[error("the path {0} is not absolute: give the whole path")]
    Relative(PathBuf),
    /// Not UTF-8, or with a comma: no locator could say it.
    #[error(
        "the path {0} has a comma or is not UTF-8, so no reference can name it: choose another"
    )]
    Unspeakable(PathBuf),
}

/// The Unix sockets of a host.
pub struct Unix {
    gate: Arc<Gate<u32>>,
    path: String,
    place: Mutex<Option<Place>>,
}

/// A path that is ours.
struct Place {
    _file: SocketFile,
    _lock: File,
}

impl Unix {
    /// Begins to listen. A socket file that a killed process left is replaced; one that is in use
    /// is not. Must be called within a tokio runtime.
    pub fn bind(config: UnixConfig, key: HostKey, vats: Arc<dyn Vats>) -> Result<Self, UnixError> {
        let UnixConfig { path, mode, most, limits } = config;
        let text = match path.to_str() {
            Some(text) if !text.contains(',') => text.to_owned(),
            _ => return Err(UnixError::Unspeakable(path)),
        };
        if !path.is_absolute() {
            return Err(UnixError::Relative(path));
        }
        let lock = local::claim(&path)?;
        let listener = accept::bind(&path, mode)?;
        let file = SocketFile::bound(&path)?;
        let place = Mutex::new(Some(Place { _file: file, _lock: lock }));
        let gate = GateConfig { name: NAME, most, limits, keep_alive: None, pauses: None };
        let gate = Gate::new(gate, key, vats);
        tokio::spawn(accept::run(listener, Arc::clone(&gate)));
        Ok(Self { gate, path: text, place })
    }

    fn go_down(&self) {
        self.gate.go_down();
        self.place.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

impl Netlayer for Unix {
    fn name(&self) -> &'static str {
        NAME
    }

    fn dial<'a>(
        &'a self,
        from: VatId,
        to: &'a Locator,
        mode: Mode,
    ) -> BoxFuture<'a, Result<Channel, DialError>> {
        Box::pin(self.gate.dial(from, to, mode, connect))
    }

    fn accept(&self) -> BoxFuture<'_, Option<Channel>> {
        Box::pin(self.gate.accept())
    }

    fn local_addresses(&self) -> Vec<String> {
        vec![self.path.clone()]
    }

    fn shutdown(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            self.go_down();
            self.gate.shutdown().await;
        })
    }
}

impl Drop for Unix {
    fn drop(&mut self) {
        self.go_down();
    }
}

type Halves = (ByteOutlet<OwnedWriteHalf>, ByteInlet<OwnedReadHalf>);

fn split(stream: UnixStream) -> Halves {
    let (read, write) = stream.into_split();
    (ByteOutlet::new(write), ByteInlet::new(read))
}

async fn connect(address: String) -> Result<Halves, Failed> {
    use std::io::ErrorKind::{ConnectionRefused, NotFound};
    let path = Path::new(&address);
    let bad = |why: &str| (Step::Resolve, Cause::Address(why.into()));
    if !path.is_absolute() {
        return Err(bad("it is not an absolute path"));
    }
    if address.contains('\0') || local::check_length(path).is_err() {
        return Err(bad("it is no path that a socket can have"));
    }
    let fail = |why: &str| (Step::Connect, Cause::Connection(why.into()));
    let mut stream = UnixStream::connect(path).await.map_err(|error| match error.kind() {
        ConnectionRefused | NotFound => fail("nobody listens there: check that the host runs"),
        kind => fail(&kind.to_string()),
    })?;
    let mut greeting = [0; GREETING.len()];
    let read = stream.read_exact(&mut greeting).await;
    read.map_err(|error| fail(&lost(&error).to_string()))?;
    if greeting != *GREETING {
        return Err(fail("another program listens there"));
    }
    Ok(split(stream))
}
