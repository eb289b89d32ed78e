//! What can go wrong in a host, each with what to do.

use std::fmt;
use std::path::{Path, PathBuf};

use hogshead_captp::durable::Evidence;
use hogshead_captp::{SessionError, Violation};
use hogshead_netlayer::local::LocalError;
use hogshead_objects::records::RecordsError;
use hogshead_objects::{Class, Error};
use hogshead_store::{Engine, StoreError};
use hogshead_vat::VatError;

/// Why a host did not start, go on, or do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key file.
    #[error("key file {}: {what}", path.display())]
    KeyFile {
        /// Where it is.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The key file is not the one that the store was made with.
    #[error(
        "key file {}: it is another than the store was made with; put back the one that belongs \
         to it", path.display()
    )]
    OtherKey {
        /// Where it is.
        path: PathBuf,
    },
    /// The data folder.
    #[error("data folder {}: {what}", path.display())]
    Data {
        /// Where it is.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The data folder is none.
    #[error("data folder {}: {what}", path.display())]
    NoFolder {
        /// Where it is to be.
        path: PathBuf,
        /// What is in the way.
        what: &'static str,
    },
    /// The store is there, in another engine than the one that was asked for.
    #[error("data folder {}: its checkpoint is kept by {kept}, not {wanted}", path.display())]
    OtherEngine {
        /// The data folder.
        path: PathBuf,
        /// The engine that the checkpoint is in.
        kept: Engine,
        /// The engine that was asked for.
        wanted: Engine,
    },
    /// An ephemeral host was asked for where there is a store.
    #[error(
        "data folder {}: it holds a store that lasts: an ephemeral host needs a folder of its own",
        .0.display()
    )]
    Lasting(PathBuf),
    /// An address cannot be listened on.
    #[error("cannot listen on {address}: {what}")]
    Listen {
        /// The address.
        address: String,
        /// What the operating system says.
        what: String,
    },
    /// The owner's private socket cannot be made.
    #[error("the owner's socket: {0}")]
    Socket(LocalError),
    /// Two kinds have one name, or a kind is wrong in itself.
    #[error("a kind of object cannot be registered: {0}")]
    Registry(Error),
    /// Rows of the host are not what they should be.
    #[error("the store is damaged: {0}; run `hogshead store check`")]
    Damaged(String),
    /// Rows could not be read.
    #[error(transparent)]
    Records(RecordsError),
    /// A vat's turn could not be.
    #[error(transparent)]
    Vat(VatError),
    /// There is no such vat.
    #[error("there is no such vat")]
    NoSuchVat,
    /// A peer broke the protocol: its session is ended.
    #[error("the peer broke the protocol: {0}")]
    Violation(Violation),
    /// A durable session has two histories: it is ended.
    #[error("the session has forked: {0}")]
    Fork(Box<Evidence>),
    /// Frames are missing on a channel: it is closed, and the session resumed on another.
    #[error("frames are missing on a channel")]
    Gap,
    /// The caller of the host's own objects is told so.
    #[error(transparent)]
    Caller(#[from] Error),
    /// The name is taken.
    #[error("there is a vat named {0} already")]
    NameTaken(String),
    /// The host is stopping or has stopped.
    #[error("the host has stopped")]
    Stopped,
    /// A fault of this program.
    #[error("internal: {0}")]
    Internal(String),
}

impl HostError {
    pub(crate) fn key_file(path: &Path, what: impl Into<String>) -> Self {
        Self::KeyFile { path: path.to_owned(), what: what.into() }
    }

    pub(crate) fn listen(address: impl fmt::Display, what: impl fmt::Display) -> Self {
        Self::Listen { address: address.to_string(), what: what.to_string() }
    }

    pub(crate) fn data(path: &Path, what: impl Into<String>) -> Self {
        Self::Data { path: path.to_owned(), what: what.into() }
    }

    /// Whether the disk is full: nothing is lost, and it goes on when there is room.
    pub(crate) fn is_full_disk(&self) -> bool {
        matches!(self, Self::Store(StoreError::ReadOnly { .. }))
    }

    /// What a caller is told of it; `Err` if the host itself must stop.
    pub(crate) fn for_caller(self) -> Result<Error, Self> {
        match self {
            Self::Caller(error) | Self::Vat(VatError::Command(error)) => Ok(error),
            Self::NoSuchVat => Ok(Error::new(Class::NotFound, self.to_string())),
            Self::NameTaken(_) => Ok(Error::bad_call(self.to_string())),
            Self::Store(StoreError::ReadOnly { .. }) => {
                Ok(Error::new(Class::Busy, self.to_string()))
            }
            Self::Store(
                StoreError::Occupied { .. } | StoreError::Io { .. } | StoreError::Ephemeral,
            ) => Ok(Error::new(Class::Failed, self.to_string())),
            fatal => Err(fatal),
        }
    }
}

impl From<RecordsError> for HostError {
    fn from(error: RecordsError) -> Self {
        Self::Records(error)
    }
}

impl From<VatError> for HostError {
    fn from(error: VatError) -> Self {
        match error {
            VatError::Records(error) => Self::Records(error),
            other => Self::Vat(other),
        }
    }
}

impl From<SessionError> for HostError {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Violation(violation) => Self::Violation(violation),
            SessionError::Records(error) => Self::Records(error),
        }
    }
}

impl From<Violation> for HostError {
    fn from(violation: Violation) -> Self {
        Self::Violation(violation)
    }
}
