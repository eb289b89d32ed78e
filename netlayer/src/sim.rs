//! A simulated network: latency, broken connections and partitions, all from one seed.
//!
//! ```text
//!   connect, send, finish, cut, partition ─▶ SimNet: queue of events by virtual time ─▶ step
//!                                                       ▲
//!   SimNetwork: the same as a netlayer, its virtual time tokio's (paused in tests)
//! ```
//!
//! [`SimNet`] is pure: virtual time moves only by [`SimNet::step`], and the same seed with the
//! same calls gives the same arrivals. [`SimNetwork`] puts it under the [`crate::Netlayer`] that
//! hosts use.

mod carrier;
mod net;

pub(crate) use carrier::SimSink;
pub use carrier::{NAME, SimNetwork};
pub use net::{Arrival, ConnectionId, Event, Node, Side, SimNet, Weather};

pub use crate::inprocess::InProcess;
