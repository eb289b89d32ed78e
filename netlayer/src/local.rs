//! The owner's private Unix socket: frames without a preface, since the file is the authority.
//!
//! The socket lies in a folder that only its owner may enter (0700), is itself 0600, and both
//! ends check that the process at the other one runs as the same user. Whoever passes may do what
//! the owner may.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustix::fs::{FlockOperation, flock};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::Semaphore;

use crate::channel::{FrameReceiver, FrameSender};
use crate::frames::{IoSink, IoSource};
use crate::limits::{LOCAL_CONNECTIONS_MAX, Limits, PAIR_BYTES};

/// The longest path that a Unix socket's address holds, in bytes, on every system that we know.
const PATH_BYTES_MAX: usize = 103;

/// Frames between the owner's processes. There are no vats here: floor 3 knows who it lets in.
#[derive(Debug)]
pub struct LocalChannel {
    /// Sends frames.
    pub tx: FrameSender,
    /// Receives frames. The end of the other process looks like the end of the session.
    pub rx: FrameReceiver,
}

/// Listens at a socket until dropped, then removes its file.
#[derive(Debug)]
pub struct LocalListener {
    file: SocketFile,
    listener: UnixListener,
    limits: Limits,
    room: Arc<Semaphore>,
    /// Locked as long as we listen, so that two starts cannot take the socket from each other.
    _lock: File,
}

/// Why the socket cannot be used, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum LocalError {
    /// Somebody listens already.
    #[error("a host is already running with the socket {0}: use that one, or stop it first")]
    InUse(PathBuf),
    /// Nobody listens.
    #[error("no host is running with the socket {0}: start one with this data folder")]
    NobodyThere(PathBuf),
    /// Others may enter the folder.
    #[error("the folder {path} has mode {mode:04o}: others could reach it; run `chmod 700` on it")]
    OpenFolder {
        /// The folder.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// The folder is another user's.
    #[error("the folder {0} belongs to another user: choose one of your own")]
    OthersFolder(PathBuf),
    /// Another kind of file is in the way.
    #[error("{0} is not a socket: remove it or choose another path")]
    NotASocket(PathBuf),
    /// Too long for a socket's address.
    #[error("the path {0} is longer than the {PATH_BYTES_MAX} bytes of a socket's address")]
    TooLong(PathBuf),
    /// The process at the other end runs as another user.
    #[error("the process at the socket runs as another user ({0})")]
    OtherUser(u32),
    /// The system.
    #[error("cannot use the socket {path}: {error}")]
    Io {
        /// The path.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
}

impl LocalListener {
    /// Listens at `path`. Its folder is made if it is missing, with mode 0700. A socket file that
    /// a killed process left is replaced; one that is in use is not. Must be called within a
    /// tokio runtime.
    pub fn bind(path: &Path, limits: Limits) -> Result<Self, LocalError> {
        let io = |error| LocalError::Io { path: path.to_owned(), error };
        check_length(path)?;
        check_folder(path)?;
        let lock = claim(path)?;
        let listener = UnixListener::bind(path).map_err(io)?;
        let file = SocketFile::bound(path)?;
        // Until here the folder's mode keeps others out.
        fs::set_permissions(path, Permissions::from_mode(0o600)).map_err(io)?;
        let room = Arc::new(Semaphore::new(LOCAL_CONNECTIONS_MAX));
        Ok(Self { file, listener, limits, room, _lock: lock })
    }

    /// The next process of the owner's. One of another user is an error, after which the caller
    /// goes on.
    pub async fn accept(&self) -> Result<LocalChannel, LocalError> {
        let io = |error| LocalError::Io { path: self.path().to_owned(), error };
        let closed = |_| io(io::ErrorKind::BrokenPipe.into());
        let permit = Arc::clone(&self.room).acquire_owned().await.map_err(closed)?;
        let (stream, _) = self.listener.accept().await.map_err(io)?;
        check_user(&stream, self.path())?;
        Ok(channel(stream, permit, &self.limits))
    }

    /// Where it listens.
    pub fn path(&self) -> &Path {
        &self.file.path
    }
}

/// The file of a socket that we have bound, removed when dropped. Once its folder was moved away
/// there may be another at its path, which is not ours to remove.
#[derive(Debug)]
pub(crate) struct SocketFile {
    path: PathBuf,
    /// Its device and its number there.
    identity: (u64, u64),
}

impl SocketFile {
    /// The file that was bound just now.
    pub(crate) fn bound(path: &Path) -> Result<Self, LocalError> {
        let identity = Self::identity(path);
        let identity = identity.map_err(|error| LocalError::Io { path: path.into(), error })?;
        Ok(Self { path: path.to_owned(), identity })
    }

    fn identity(path: &Path) -> io::Result<(u64, u64)> {
        let meta = fs::symlink_metadata(path)?;
        Ok((meta.dev(), meta.ino()))
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        if Self::identity(&self.path).is_ok_and(|there| there == self.identity) {
            // If it cannot be removed, the next start replaces it.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Connects to the host that listens at `path`.
pub async fn connect(path: &Path, limits: &Limits) -> Result<LocalChannel, LocalError> {
    use io::ErrorKind::{ConnectionRefused, NotFound};
    check_length(path)?;
    let stream = UnixStream::connect(path).await.map_err(|error| match error.kind() {
        ConnectionRefused | NotFound => LocalError::NobodyThere(path.to_owned()),
        _ => LocalError::Io { path: path.to_owned(), error },
    })?;
    check_user(&stream, path)?;
    Ok(channel(stream, (), limits))
}

/// Two ends of a channel within this process, for the owner's own code. Must be called within a
/// tokio runtime.
pub fn pair(limits: &Limits) -> (LocalChannel, LocalChannel) {
    let (one, other) = tokio::io::duplex(PAIR_BYTES);
    let (one, other) = (tokio::io::split(one), tokio::io::split(other));
    (over(one, (), limits), over(other, (), limits))
}

fn channel<G: Send + 'static>(stream: UnixStream, guard: G, limits: &Limits) -> LocalChannel {
    over(stream.into_split(), guard, limits)
}

fn over<G: Send + 'static>(
    (read, write): (
        impl AsyncRead + Send + Sync + Unpin + 'static,
        impl AsyncWrite + Send + Unpin + 'static,
    ),
    guard: G,
    limits: &Limits,
) -> LocalChannel {
    // A process that ends leaves what it has not read: to us it has ended, and nothing broke.
    let source = Box::new(IoSource::ending_with_peer(read));
    LocalChannel {
        tx: FrameSender::start(IoSink(write), guard, limits),
        rx: FrameReceiver::new(source, limits.frame_bytes_max, limits),
    }
}

fn check_user(stream: &UnixStream, path: &Path) -> Result<(), LocalError> {
    let peer = stream.peer_cred();
    let peer = peer.map_err(|error| LocalError::Io { path: path.to_owned(), error })?.uid();
    if peer == rustix::process::geteuid().as_raw() {
        Ok(())
    } else {
        Err(LocalError::OtherUser(peer))
    }
}

/// Takes the path for a socket of ours: what a killed process left there is removed. Nobody else's
/// start can take it as long as the file that is given lives.
pub(crate) fn claim(path: &Path) -> Result<File, LocalError> {
    check_length(path)?;
    let lock = lock(path)?;
    remove_stale(path)?;
    Ok(lock)
}

/// Whether a path is short enough for a socket's address.
pub fn check_length(path: &Path) -> Result<(), LocalError> {
    if path.as_os_str().len() > PATH_BYTES_MAX {
        return Err(LocalError::TooLong(path.to_owned()));
    }
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn check_folder(path: &Path) -> Result<(), LocalError> {
    let folder = folder_of(path);
    let io = |error| LocalError::Io { path: folder.to_owned(), error };
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(io(error)),
        _ => {}
    }
    let meta = fs::metadata(folder).map_err(io)?;
    if meta.uid() != rustix::process::geteuid().as_raw() {
        return Err(LocalError::OthersFolder(folder.to_owned()));
    }
    match meta.mode() & 0o7777 {
        mode if mode & 0o077 != 0 => Err(LocalError::OpenFolder { path: folder.to_owned(), mode }),
        _ => Ok(()),
    }
}

fn lock(path: &Path) -> Result<File, LocalError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let io = |error| LocalError::Io { path: PathBuf::from(&name), error };
    let open = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&name);
    let file = open.map_err(io)?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(file),
        Err(rustix::io::Errno::WOULDBLOCK) => Err(LocalError::InUse(path.to_owned())),
        Err(error) => Err(io(error.into())),
    }
}

/// Removes a socket file that nobody listens at.
fn remove_stale(path: &Path) -> Result<(), LocalError> {
    let io = |error| LocalError::Io { path: path.to_owned(), error };
    let meta = match fs::symlink_metadata(path) {
        Ok(meta) => meta,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(io(error)),
    };
    if !meta.file_type().is_socket() {
        return Err(LocalError::NotASocket(path.to_owned()));
    }
    match std::os::unix::net::UnixStream::connect(path) {
        Ok(_) => Err(LocalError::InUse(path.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            fs::remove_file(path).map_err(io)
        }
        Err(error) => Err(io(error)),
    }
}
