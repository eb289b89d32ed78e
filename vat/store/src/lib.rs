//! The host's journal and checkpoint: the only input and output in the room of the vats.
//!
//! ```text
//!                        Keep
//!   commit ──▶ number, overlay ──queue──▶ committer ──write, fdatasync──▶ journal
//!                 ▲                           │ on_durable, in commit order
//!   get, range ───┤                           ▼
//!                 └──────────▶ checkpoint ◀── checkpointer ──flush, fsync──▶ engine's files
//!                              (sled, redb or memory)
//! ```
//!
//! A commit is numbered and can be read at once; it is *durable* when the journal has been synced
//! past it. Only then may anything that it caused leave the host. The checkpoint follows behind,
//! in large batches; what it does not have yet is read from the overlay. After a crash exactly a
//! prefix of the commit order is there, with everything in it that was reported durable.
//!
//! ```
//! use hogshead_store::{Batch, Engine, Keep, Options};
//!
//! let dir = tempfile::tempdir()?;
//! let options = Options { engine: Engine::Redb, ..Options::default() };
//! let keep = Keep::create(&dir.path().join("store"), options.clone())?;
//!
//! let mut batch = Batch::new();
//! batch.put("greeting", "hello");
//! let number = keep.commit(batch)?;
//! assert_eq!(keep.get(b"greeting")?.as_deref(), Some(&b"hello"[..]));
//!
//! keep.wait_durable(number)?;
//! keep.close()?;
//!
//! let keep = Keep::open(&dir.path().join("store"), options)?;
//! assert_eq!(keep.get(b"greeting")?.as_deref(), Some(&b"hello"[..]));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod batch;
mod changes;
pub mod check;
pub mod disk;
pub mod engine;
mod error;
mod folder;
pub mod history;
mod journal;
mod keep;
pub mod limits;
mod restore;
mod snapshot;

pub use batch::Batch;
pub use changes::Changes;
pub use engine::{Engine, Store};
pub use error::{StoreError, way_out};
pub use journal::format::StoreId;
pub use keep::{Keep, OnDurable, Options, Retention, Status, Stepper};
pub use restore::{Restored, restore};
pub use snapshot::Snapshot;
