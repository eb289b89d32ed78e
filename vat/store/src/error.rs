//! What can go wrong with a store, and what its owner can do about it.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use hogshead_objects::ids::CommitNumber;
use hogshead_objects::records::RecordsError;

/// Why the store did not do what it was asked.
///
/// It can be cloned, because one failed sync answers every caller that waited for it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process (or another `Keep` of this one) has the store open.
    #[error("{} is in use by another process; stop that host first", .dir.display())]
    InUse {
        /// The store's folder.
        dir: PathBuf,
    },
    /// The folder holds no store.
    #[error("{} holds no store", .dir.display())]
    Missing {
        /// The folder that was looked at.
        dir: PathBuf,
    },
    /// The making of the store was interrupted: nothing is in it yet.
    #[error(
        "{} holds a store that was only half made, with nothing in it: {}", .dir.display(),
        if *.restoring { "repeat `hogshead store restore`" } else { "start its host, which makes it" }
    )]
    HalfMade {
        /// The folder that was looked at.
        dir: PathBuf,
        /// Whether it was to be made of a snapshot.
        restoring: bool,
    },
    /// The folder already holds a store, or files that are not ours.
    #[error("{} is not empty: {what}", .dir.display())]
    Occupied {
        /// The folder that was looked at.
        dir: PathBuf,
        /// What is there.
        what: String,
    },
    /// The file was written by a newer version of this program.
    #[error("{file} has format {found}, this program reads up to {known}; use a newer hogshead")]
    Newer {
        /// The file.
        file: String,
        /// The format version that it states.
        found: u32,
        /// The newest format version that this program reads.
        known: u32,
    },
    /// Bytes are not what was written. Nothing is guessed around.
    #[error("{file} is damaged: {what}. {way_out}")]
    Damaged {
        /// The file.
        file: String,
        /// What is wrong with it.
        what: String,
        /// What the owner can do.
        way_out: &'static str,
    },
    /// A batch or an option is beyond a limit; nothing was committed.
    #[error("{what} is {found}, the limit is {max}")]
    Limit {
        /// What is too large, with its unit.
        what: &'static str,
        /// How large it is.
        found: u64,
        /// How large it may be.
        max: u64,
    },
    /// The disk is full: what was committed waits, nothing new is taken in.
    #[error("the store takes no writes until there is space: {why}")]
    ReadOnly {
        /// Which write found no space.
        why: String,
    },
    /// A write or a sync failed: what is on the disk is not known until the store is opened again.
    #[error("the store failed and stopped: {why}; restart to recover")]
    Failed {
        /// The first failure.
        why: String,
    },
    /// The store is in memory and keeps nothing that lasts.
    #[error("the store is ephemeral: there is no history and no snapshot of it, only its rows now")]
    Ephemeral,
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
    /// A call of the operating system failed outside of the commit path.
    #[error("{what}: {source}")]
    Io {
        /// What was being done.
        what: String,
        /// What the operating system said.
        source: Arc<io::Error>,
    },
    /// The checkpoint's engine failed.
    #[error("the {engine} checkpoint failed: {why}. {}", way_out::CHECKPOINT)]
    Engine {
        /// Which engine.
        engine: &'static str,
        /// What it said.
        why: String,
    },
    /// Making the store again would give up commits, and that was not asked for.
    #[error("only commits up to {newest} can be kept, {}: {why}", lost(*newest, *known))]
    Loss {
        /// The last commit that would be there.
        newest: CommitNumber,
        /// The newest commit of which the store knows that it was durable.
        known: CommitNumber,
        /// The last commit that would be there if it were made from the checkpoint, if that is more.
        from_checkpoint: Option<CommitNumber>,
        /// Why no more.
        why: String,
    },
    /// The file belongs to another store.
    #[error("{} is of another store", .file.display())]
    OtherStore {
        /// The file.
        file: PathBuf,
    },
    /// Retention has dropped the journal's beginning.
    #[error("the journal begins with commit {first}: what was before it is in snapshots only")]
    Gone {
        /// The first commit that the journal has.
        first: CommitNumber,
    },
    /// The commit asked for does not exist.
    #[error("there is no commit {number}, the newest is {newest}")]
    NoSuchCommit {
        /// The number asked for.
        number: CommitNumber,
        /// The newest number.
        newest: CommitNumber,
    },
}

/// What an owner can do about damage, as the errors say it.
pub mod way_out {
    /// The checkpoint can be made again from what is in front of it.
    pub const CHECKPOINT: &str = "`hogshead store check` says what is readable, `hogshead store \
        rebuild` makes the checkpoint again from a snapshot and the journal";
    /// The journal is the truth: it can only come from a backup.
    pub const JOURNAL: &str = "Nothing was changed. `hogshead store check` says what is readable; \
        `hogshead store rebuild` recovers from a snapshot, the checkpoint and the readable journal, \
        and says what that loses before it does it";
    /// What a store is made again from must reach up to where its journal begins.
    pub const BASE: &str = "Nothing was changed. Begin with the checkpoint (`hogshead store rebuild \
        --from-checkpoint`), or with a snapshot that reaches up to there (`--from DIR`)";
    /// Without what it says of itself nothing of a store can be read.
    pub const STORE_FILE: &str = "Nothing was changed. Put this file back from a backup, or move the \
        store's folder away and make it anew from a snapshot: `hogshead store restore SNAPSHOT`";
    /// A snapshot that cannot be read is of no use.
    pub const SNAPSHOT: &str = "Use another snapshot";
}

impl StoreError {
    /// Wraps what the operating system said while `what` was being done.
    pub(crate) fn io(what: impl Into<String>, source: io::Error) -> Self {
        Self::Io { what: what.into(), source: Arc::new(source) }
    }

    /// Damage of the journal.
    pub(crate) fn journal(file: impl Into<String>, what: impl Into<String>) -> Self {
        Self::Damaged { file: file.into(), what: what.into(), way_out: way_out::JOURNAL }
    }

    /// What is wrong, without what can be done about it.
    pub(crate) fn what(&self) -> String {
        match self {
            Self::Damaged { file, what, .. } => format!("{file} is damaged: {what}"),
            other => other.to_string(),
        }
    }

    /// Whether the disk had no space for it.
    pub(crate) fn is_full(&self) -> bool {
        match self {
            Self::Io { source, .. } => is_full(source),
            Self::ReadOnly { .. } => true,
            _ => false,
        }
    }
}

/// What is given up if only commits up to `newest` are kept.
fn lost(newest: CommitNumber, known: CommitNumber) -> String {
    match known.0.saturating_sub(newest.0) {
        0 => "and later ones would be lost, if there were any".to_owned(),
        1 => format!("and {known} would be lost"),
        count => format!("and {count} up to {known} would be lost"),
    }
}

impl From<StoreError> for RecordsError {
    fn from(error: StoreError) -> Self {
        Self::Store(error.to_string())
    }
}

/// Whether an error says that the disk, or the owner's share of it, is full.
pub(crate) fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}
