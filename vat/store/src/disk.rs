//! The journal's access to files, small enough that a test can cut the power behind it.
//!
//! ```text
//!   journal ──▶ Disk ──▶ real: a folder of the file system
//!                   └──▶ simulated: memory, which records every call and knows what was synced
//! ```
//!
//! The contract is the operating system's: bytes written are seen by every later read, and are on
//! the disk once `sync` of their file has returned; a name is there once `sync_dir` has returned.

use std::io;

pub mod power_cut;
pub mod real;
pub mod simulated;

/// A folder of files.
pub trait Disk: Send + Sync {
    /// Makes a new file, open for writing. Fails if there is one of that name.
    fn create(&self, name: &str) -> io::Result<Box<dyn DiskFile>>;

    /// Opens a file for writing.
    fn open(&self, name: &str) -> io::Result<Box<dyn DiskFile>>;

    /// Reads up to `count` bytes from `offset`; fewer at the end of the file.
    fn read(&self, name: &str, offset: u64, count: usize) -> io::Result<Vec<u8>>;

    /// Removes a file.
    fn remove(&self, name: &str) -> io::Result<()>;

    /// Renames a file, replacing what had the new name.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;

    /// The files' names and sizes, in the order of their names.
    fn list(&self) -> io::Result<Vec<(String, u64)>>;

    /// Returns once every file made, renamed or removed is so on the disk.
    fn sync_dir(&self) -> io::Result<()>;

    /// The bytes that may still be written.
    fn free_bytes(&self) -> io::Result<u64>;
}

/// A file open for writing.
pub trait DiskFile: Send {
    /// Writes all of `bytes` at `offset`. After an error any part of them may have been written.
    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()>;

    /// Cuts the file at `len` bytes.
    fn truncate(&mut self, len: u64) -> io::Result<()>;

    /// Returns once every byte written is on the disk, and the file's length with them.
    fn sync(&mut self) -> io::Result<()>;
}
