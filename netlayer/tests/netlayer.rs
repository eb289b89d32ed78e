//! The netlayers seen from outside: stories between hosts, and what hostile ones try.

#[path = "netlayer/support.rs"]
mod support;

#[path = "netlayer/quic.rs"]
mod quic;
