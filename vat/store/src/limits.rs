//! Every limit of this crate: number, unit, reason.

/// Bytes of a key. Keys of the vats are ids and hashes of well under 100 bytes; the checkpoint's
/// engines keep several keys in one page.
pub const KEY_BYTES_MAX: usize = 1024;

/// Bytes of a value. One record: the largest message, 16 MiB and what surrounds it, fits in a
/// sealed one. Larger things belong into collections, which keep a record an entry. A value is
/// read and written whole, so this is also memory for each read.
pub const VALUE_BYTES_MAX: usize = 17 << 20;

/// Bytes of a batch as it is journalled. A turn is one batch, and one batch is one write: four of
/// the largest values, as when a vat keeps what it is told and passes it on, and the description
/// of the turn says what it was told.
pub const BATCH_BYTES_MAX: usize = 72 << 20;

/// Rows of a batch. Each costs an entry in the overlay beside its bytes.
pub const BATCH_ROWS_MAX: usize = 1 << 20;

/// Bytes of the overlay (commits that are not yet in the checkpoint) unless the owner says
/// otherwise. Reaching it slows commits: the memory is bounded, not the load.
pub const OVERLAY_BYTES: usize = 64 << 20;

/// Bytes that a row costs in the overlay beside its key and value, so that a million empty rows
/// count as what they are.
pub const OVERLAY_ROW_BYTES: usize = 128;

/// Bytes of free space below which the checkpoint is left alone and, once the overlay is full, no
/// commit is taken in: the engines do not take a full disk well.
pub const RESERVE_BYTES: u64 = 64 << 20;

/// Commits that wait to be written, in batches. Reaching it slows commits.
pub const QUEUE_COMMITS_MAX: usize = 64 << 10;

/// Bytes written with one sync. A group is one write, held in memory twice.
pub const GROUP_BYTES_MAX: usize = 8 << 20;

/// Bytes after which a journal segment is closed and the next one begun. Segments are what
/// retention drops, and recovery reads one at a time into memory.
pub const SEGMENT_BYTES: u64 = 64 << 20;

/// Bytes of the last segment above which a journal that is closed in order begins another: the
/// next start reads the last one, and a mebibyte takes it less than a millisecond.
pub const CLOSED_SEGMENT_BYTES: u64 = 1 << 20;

/// Bytes of zeros that are written behind a group which finds no room in its segment: the next
/// some hundred groups then change no length. A crash leaves them, a close does not.
pub const ROOM_BYTES: u64 = 256 << 10;

/// Bytes of a group above which no room is made: the disk would write all of it twice.
pub const ROOM_GROUP_BYTES_MAX: usize = 16 << 10;

/// Bytes after which the journal is called large while no snapshot allows to drop anything.
pub const JOURNAL_WARN_BYTES: u64 = 4 << 30;

/// Bytes applied to the checkpoint's engine at once, of what is not overwritten among them.
pub const APPLY_BYTES: usize = 8 << 20;

/// Rows put into the checkpoint's engine at once. While it takes them nobody reads it, for some
/// 10 µs each.
pub const APPLY_ROWS: usize = 4 << 10;

/// Commits applied to the checkpoint's engine at once.
pub const APPLY_COMMITS: usize = 16 << 10;

/// Bytes of the overlay from which on the checkpoint is made without waiting for more, or half of
/// the overlay if that is less. What is overwritten or deleted before is never written there.
pub const GATHER_BYTES: usize = 16 << 20;

/// Bytes applied to the checkpoint's engine between two flushes of it. Recovery has to apply at
/// most these and the overlay again.
pub const FLUSH_BYTES: usize = 64 << 20;

/// Rows asked of an engine at once while a whole store is read.
pub const SCAN_ROWS: usize = 1024;

/// Bytes of rows in a block of a snapshot; one row more than that is in it. Each has a checksum.
pub const SNAPSHOT_BLOCK_BYTES: usize = 256 << 10;

/// Damages that a check reports; the rest is counted.
pub const CHECK_PROBLEMS_MAX: usize = 20;
