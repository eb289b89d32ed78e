//! The netlayers seen from outside: stories between hosts, and what hostile ones try.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper that fails fails its test")]

#[path = "netlayer/support.rs"]
mod support;

#[path = "netlayer/adding.rs"]
mod adding;
#[path = "netlayer/hostile.rs"]
mod hostile;
#[path = "netlayer/identity.rs"]
mod identity;
#[path = "netlayer/limits.rs"]
mod limits;
#[path = "netlayer/local.rs"]
mod local;
#[path = "netlayer/memory.rs"]
mod memory;
#[path = "netlayer/moved.rs"]
mod moved;
#[path = "netlayer/noise.rs"]
mod noise;
#[path = "netlayer/preface.rs"]
mod preface;
#[path = "netlayer/quic.rs"]
mod quic;
#[path = "netlayer/raw.rs"]
mod raw;
#[path = "netlayer/reconnect.rs"]
mod reconnect;
#[path = "netlayer/tcp_testing.rs"]
mod tcp_testing;
#[path = "netlayer/unix.rs"]
mod unix;
#[path = "netlayer/websocket.rs"]
mod websocket;
