//! One connection to a host, and the count of its streams.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hogshead_objects::ids::HostId;
use hogshead_objects::preface::Binding;
use quinn::VarInt;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::admission::Ticket;
use crate::limits::{CONNECTION_WINDOW_BYTES, Limits, after};

/// How long a connection that another has superseded stays for streams that are on their way.
const SUPERSEDED_TIME: Duration = Duration::from_secs(5);

/// An authenticated connection.
pub(crate) struct Link {
    pub connection: quinn::Connection,
    pub host: HostId,
    /// Whether we dialled it.
    pub dialled: bool,
    pub address: SocketAddr,
    pub since: Instant,
    exporter: [u8; 32],
    prefaces_max: u32,
    sessions_max: u32,
    state: Mutex<State>,
    pub changed: Notify,
}

struct State {
    /// Streams of both sides, prefaces included.
    streams: usize,
    /// Sessions that the peer opened: each raises the number of streams that it may open.
    accepted: u32,
    proven: bool,
    superseded: bool,
    closed: bool,
    unused_since: Instant,
    ticket: Ticket,
}

impl Link {
    pub(crate) fn new(
        connection: quinn::Connection,
        host: HostId,
        dialled: bool,
        ticket: Ticket,
        limits: &Limits,
    ) -> Option<Arc<Self>> {
        let mut exporter = [0; 32];
        connection
            .export_keying_material(&mut exporter, b"EXPORTER-hogshead-preface-1", b"")
            .ok()?;
        let remote = connection.remote_address();
        let now = Instant::now();
        Some(Arc::new(Self {
            connection,
            host,
            dialled,
            address: SocketAddr::new(remote.ip().to_canonical(), remote.port()),
            since: now,
            exporter,
            prefaces_max: limits.prefaces_per_connection_max,
            sessions_max: limits.sessions_per_connection_max,
            state: Mutex::new(State {
                streams: 0,
                accepted: 0,
                proven: false,
                superseded: false,
                closed: false,
                unused_since: now,
                ticket,
            }),
            changed: Notify::new(),
        }))
    }

    /// What a preface on one of its streams is tied to.
    pub(crate) fn binding(&self, stream: quinn::StreamId, us: HostId, dialled: bool) -> Binding {
        let (dialler, listener) = if dialled { (us, self.host) } else { (self.host, us) };
        Binding {
            exporter: self.exporter,
            stream: VarInt::from(stream).into_inner(),
            dialler,
            listener,
        }
    }

    /// Counts a stream, unless the connection is closed or about to be.
    pub(crate) fn slot(self: &Arc<Self>, dialled: bool) -> Option<Arc<Slot>> {
        let mut state = self.state();
        if state.closed || self.connection.close_reason().is_some() {
            return None;
        }
        state.streams += 1;
        Some(Arc::new(Slot { link: Arc::clone(self), dialled, proven: AtomicBool::new(false) }))
    }

    pub(crate) fn is_alive(&self) -> bool {
        !self.state().closed && self.connection.close_reason().is_none()
    }

    /// Another connection to the same host is preferred from now on.
    pub(crate) fn supersede(&self) {
        self.state().superseded = true;
        self.changed.notify_one();
    }

    pub(crate) fn prefer(&self) {
        self.state().superseded = false;
        self.changed.notify_one();
    }

    /// When the connection is to be closed if nothing changes until then.
    pub(crate) fn deadline(&self, limits: &Limits) -> Option<Instant> {
        let state = self.state();
        if !state.proven && !self.dialled {
            // Prefaces that lead nowhere do not keep a stranger's connection open.
            return Some(after(self.since, limits.unproven_time));
        }
        let time = if state.superseded {
            SUPERSEDED_TIME.min(limits.unused_time)
        } else if state.proven {
            limits.unused_time
        } else {
            limits.unproven_time
        };
        (state.streams == 0).then(|| after(state.unused_since, time))
    }

    /// Closes the connection if its deadline is over, deciding and closing at once so that no
    /// stream is opened in between.
    pub(crate) fn close_if_due(&self, limits: &Limits, now: Instant) -> bool {
        if self.deadline(limits).is_none_or(|deadline| deadline > now) {
            return false;
        }
        let mut state = self.state();
        if (state.proven || self.dialled) && state.streams > 0 {
            return false;
        }
        state.closed = true;
        drop(state);
        self.connection.close(super::CLOSE_UNUSED, b"");
        true
    }

    /// Whether the peer has as many sessions on this connection as it may.
    pub(crate) fn is_full(&self) -> bool {
        self.state().accepted >= self.sessions_max
    }

    /// Lets the peer open streams beyond those that carry its sessions.
    ///
    /// QUIC announces a higher limit only once an eighth of it is new, so what the peer knows lags
    /// behind by so much. The additional quarter of the sessions outweighs that: without it, a
    /// connection with some hundred sessions would take no further one.
    fn set_stream_limit(&self, accepted: u32) {
        let limit = self.prefaces_max.saturating_add(accepted).saturating_add(accepted / 4);
        self.connection.set_max_concurrent_bi_streams(VarInt::from_u32(limit));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One counted stream; it ends with its last holder.
pub(crate) struct Slot {
    link: Arc<Link>,
    dialled: bool,
    proven: AtomicBool,
}

impl Slot {
    /// The stream's preface has ended well.
    pub(crate) fn prove(&self) {
        self.proven.store(true, Ordering::Release);
        let mut state = self.link.state();
        if !std::mem::replace(&mut state.proven, true) {
            state.ticket.prove();
            self.link.connection.set_receive_window(VarInt::from_u32(CONNECTION_WINDOW_BYTES));
        }
        if !self.dialled {
            state.accepted = state.accepted.saturating_add(1);
            let accepted = state.accepted;
            drop(state);
            self.link.set_stream_limit(accepted);
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut state = self.link.state();
        state.streams = state.streams.saturating_sub(1);
        state.unused_since = Instant::now();
        if *self.proven.get_mut() && !self.dialled {
            state.accepted = state.accepted.saturating_sub(1);
            let accepted = state.accepted;
            drop(state);
            self.link.set_stream_limit(accepted);
        } else {
            drop(state);
        }
        self.link.changed.notify_one();
    }
}
