//! What goes over the wire, octet by octet: the rules of the specification, the lies that a peer
//! may tell, and the limits.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

mod lies;
mod limits;
mod raw;
mod rows;
mod rules;
mod table;
