//! What the command line takes in at most.

/// Bytes of a sturdyref in a file or on standard input: a key, a swiss number and a hundred
/// addresses fit; a mistaken file (an image, a device) is refused before it fills memory.
pub const STURDYREF_BYTES: usize = 16 * 1024;

/// Vats asked for at a time by `vat ls`: a page of them is far below the largest frame.
pub const VAT_PAGE: u64 = 500;

/// Forwarding records asked for at a time by `forward ls`.
pub const FORWARD_PAGE: u64 = 500;

/// Names `spawn` tries before it gives up finding a free one.
pub const NAME_TRIES: u32 = 1000;

/// Sessions asked for at a time by `session ls`.
pub const SESSION_PAGE: u64 = 250;

/// Pages of a directory's names, of at most 100 names each, that are asked for: whose directory it
/// is may let it have no end.
pub const NAME_PAGES: usize = 1_000;

/// Bytes of a file of a process, when read: a state, its codes and some room.
pub const PROC_FILE_BYTES: u64 = 32 << 20;

/// Lines of the prompt's history.
pub const REPL_HISTORY_LINES: usize = 1_000;

/// Bytes of a line of a pipe.
pub const REPL_LINE_BYTES: u64 = 1 << 20;
