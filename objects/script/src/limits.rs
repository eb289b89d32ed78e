//! Every limit of this crate: number, unit, reason.

/// Bytes of a source text. Far more than a person reads; a script is a page.
pub const SOURCE_BYTES_MAX: usize = 1 << 20;

/// Depth of nesting in a source text, in levels of its syntax. The parser and the compiler recurse
/// over it on the host's stack.
pub const SOURCE_DEPTH_MAX: usize = 256;
