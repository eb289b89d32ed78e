//! Those beside whom we are measured, each doing the same: one argument of 64 octets, echoed.

pub mod actors;
pub mod capnp;
pub mod quic;
pub mod tarpc;
pub mod tonic;
