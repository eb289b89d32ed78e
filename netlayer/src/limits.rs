//! Every limit of this crate: number, unit, reason. [`Limits`] holds those that a host may set.

use std::time::Duration;

use tokio::time::Instant;

/// Bytes of one frame: a value of 16 MiB and the operation around it. A longer announcement is
/// refused before anything is allocated.
pub const FRAME_BYTES_MAX: usize = 16 * 1024 * 1024 + 64 * 1024;

/// Bytes of the length before each frame.
pub(crate) const FRAME_HEAD_BYTES: usize = 4;

/// How long a channel without framing waits after its first frame before it writes the next.
/// Peers without framing read the first one by itself, and bytes that arrive while they are busy
/// come to them in one piece, whatever segments they came in.
pub(crate) const FIRST_FRAME_PAUSE: Duration = Duration::from_millis(10);

/// Bytes that are allocated on the word of an announcement alone. The rest grows as it arrives.
pub(crate) const FRAME_RESERVE_BYTES: usize = 64 * 1024;

/// How many times as much as has arrived of a frame is allocated for it at the most.
pub(crate) const FRAME_GROWTH: usize = 24;

/// Bytes that one channel holds for sending before `send` waits. Several times what a fast
/// network keeps in flight, and a bound on what a peer that does not read costs us.
pub const QUEUE_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Frames up to this size, in bytes, are copied together into one write; longer ones are written
/// from where they lie. Copying that much costs less than a write of its own.
pub(crate) const FRAME_COPY_BYTES_MAX: usize = 8 * 1024;

/// Bytes that are gathered into one piece of a write: large enough for full datagrams in bulk.
pub(crate) const WRITE_BYTES: usize = 64 * 1024;

/// Frames taken from the queue into one write.
pub(crate) const WRITE_FRAMES_MAX: usize = 1024;

/// Bytes in flight between two ends of a channel within one process, in each direction: what a
/// Unix socket would hold.
pub(crate) const PAIR_BYTES: usize = 256 * 1024;

/// Bytes read from a Unix socket at once.
pub(crate) const READ_BYTES: usize = 64 * 1024;

/// How long a frame that has begun may take beyond what its length explains at
/// [`RATE_BYTES_PER_SECOND_MIN`]. Ends those who send a byte a minute.
pub const FRAME_GRACE: Duration = Duration::from_secs(30);

/// How long a write may make no progress beyond what its length explains. Ends peers that do not
/// read; longer than any pause of an honest one.
pub const STALL_GRACE: Duration = Duration::from_secs(120);

/// The slowest network that we serve, in bytes a second: a poor mobile connection.
pub const RATE_BYTES_PER_SECOND_MIN: u64 = 16 * 1024;

/// How long a closed channel waits until the peer has taken its last bytes.
pub const LINGER: Duration = Duration::from_secs(5);

/// How long a whole preface may take, both sides together: two round trips around the world and
/// four signatures take less than two seconds.
pub const PREFACE_TIME: Duration = Duration::from_secs(10);

/// How long a TLS handshake may take.
pub const HANDSHAKE_TIME: Duration = Duration::from_secs(10);

/// How long `dial` may take, over all addresses and including the pause after a failure.
pub const DIAL_TIME: Duration = Duration::from_secs(30);

/// How long a connection may be silent before it counts as broken. Three keep-alives.
pub const SILENCE: Duration = Duration::from_secs(60);

/// How often an idle connection says that it is alive. Mappings of address translators live 30 s
/// at the least; more often would cost sleeping devices their batteries.
pub const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// How long a connection may exist before its first session: silent strangers go away.
pub const UNPROVEN_TIME: Duration = Duration::from_secs(15);

/// How long a connection without sessions is kept, in case there is a next one.
pub const UNUSED_TIME: Duration = Duration::from_secs(60);

/// Connections of one host. Each costs about 30 kB.
pub const CONNECTIONS_MAX: usize = 4096;

/// Connections of one host that had no session yet, so that strangers cannot take all of them.
pub const UNPROVEN_MAX: usize = 512;

/// Of these, how many from one network address.
pub const UNPROVEN_PER_ADDRESS_MAX: usize = 64;

/// TLS handshakes at once: each costs some 300 µs of a core.
pub const HANDSHAKES_MAX: usize = 64;

/// Handshakes at once from which on strangers must show that their address is theirs.
pub const HANDSHAKES_UNVALIDATED_MAX: usize = 16;

/// Connections to one host. One is the rule; two exist for a moment when both sides dial at once
/// or when one side has restarted.
pub const CONNECTIONS_PER_HOST_MAX: usize = 4;

/// Streams that a peer may open beyond those that carry its sessions: prefaces at once on one
/// connection. A quarter of its sessions comes on top, since limits are announced late.
pub const PREFACES_PER_CONNECTION_MAX: u32 = 16;

/// Sessions that a peer may have opened on one connection.
pub const SESSIONS_PER_CONNECTION_MAX: u32 = 1024;

/// Channels that were accepted and not yet taken by the host. When full, prefaces wait and end by
/// their time.
pub const ACCEPTED_MAX: usize = 256;

/// Bytes that a peer may send on one stream beyond what was read.
pub const STREAM_WINDOW_BYTES: u32 = 2 * 1024 * 1024;

/// Bytes that a peer may send on one connection beyond what was read, and that we keep in flight
/// towards it: 64 ms at a gigabit.
pub const CONNECTION_WINDOW_BYTES: u32 = 8 * 1024 * 1024;

/// The same before the connection's first session: room for prefaces, so that strangers cannot
/// fill our memory with what nobody reads.
pub const UNPROVEN_WINDOW_BYTES: u32 = 128 * 1024;

/// Bytes of the socket's buffers. Smaller ones lose packets in bursts; the system may grant less.
pub const SOCKET_BUFFER_BYTES: usize = 4 * 1024 * 1024;

/// Addresses that one dial tries.
pub const ADDRESSES_MAX: usize = 8;

/// Location records that one dial follows, one after another: hosts that forward to each other
/// must not keep a dial going. A vat that moves leaves one behind at each host, and peers that hear
/// from it at all know the newest.
pub const FORWARDS_MAX: usize = 4;

/// Addresses that one name is resolved to: one or two of each family.
pub(crate) const RESOLVED_MAX: usize = 4;

/// Bytes of one address as text: the longest host name and a port.
pub const ADDRESS_TEXT_BYTES_MAX: usize = 262;

/// Addresses that we remember, for the pause after failures. The oldest is forgotten.
pub const REMEMBERED_ADDRESSES_MAX: usize = 1024;

/// The pause after the first failure at an address. It doubles with each further one.
pub const BACKOFF_FIRST: Duration = Duration::from_millis(100);

/// The longest pause after failures.
pub const BACKOFF_MAX: Duration = Duration::from_secs(30);

/// Bytes of one message of Noise (section 3). A longer one is refused before it is read.
pub const NOISE_MESSAGE_BYTES_MAX: usize = 65_535;

/// Bytes that sealing adds to a message.
pub(crate) const NOISE_TAG_BYTES: usize = 16;

/// Bytes of a stream that one message carries, besides the octet that says what it is.
pub(crate) const NOISE_DATA_BYTES_MAX: usize = NOISE_MESSAGE_BYTES_MAX - NOISE_TAG_BYTES - 1;

/// Bytes of one WebSocket address as text: a URL with the longest host name and a path.
pub const WEBSOCKET_ADDRESS_BYTES_MAX: usize = 512;

/// Bytes of the buffer into which a WebSocket is read. Each connection has one from its first
/// request on, so strangers cost no more.
pub(crate) const WEBSOCKET_BUFFER_BYTES: usize = 16 * 1024;

/// Bytes that a WebSocket keeps for a peer that does not read: a few messages, and answers to its
/// pings. Of answers that find no room only the last is given; a message that finds none ends the
/// connection.
pub(crate) const WEBSOCKET_UNSENT_BYTES_MAX: usize = 4 * (NOISE_MESSAGE_BYTES_MAX + 16);

/// Connections to the owner's socket at once.
pub const LOCAL_CONNECTIONS_MAX: usize = 64;

/// The limits that a host may set. `Default` takes this module's numbers; tests take shorter ones.
#[derive(Clone, Debug)]
pub struct Limits {
    /// See [`FRAME_BYTES_MAX`].
    pub frame_bytes_max: usize,
    /// See [`QUEUE_BYTES_MAX`].
    pub queue_bytes_max: usize,
    /// See [`FRAME_GRACE`].
    pub frame_grace: Duration,
    /// See [`STALL_GRACE`].
    pub stall_grace: Duration,
    /// See [`LINGER`].
    pub linger: Duration,
    /// See [`PREFACE_TIME`].
    pub preface_time: Duration,
    /// See [`HANDSHAKE_TIME`].
    pub handshake_time: Duration,
    /// See [`DIAL_TIME`].
    pub dial_time: Duration,
    /// See [`SILENCE`].
    pub silence: Duration,
    /// See [`KEEP_ALIVE`].
    pub keep_alive: Duration,
    /// See [`UNPROVEN_TIME`].
    pub unproven_time: Duration,
    /// See [`UNUSED_TIME`].
    pub unused_time: Duration,
    /// See [`CONNECTIONS_MAX`].
    pub connections_max: usize,
    /// See [`UNPROVEN_MAX`].
    pub unproven_max: usize,
    /// See [`UNPROVEN_PER_ADDRESS_MAX`].
    pub unproven_per_address_max: usize,
    /// See [`HANDSHAKES_MAX`].
    pub handshakes_max: usize,
    /// See [`PREFACES_PER_CONNECTION_MAX`].
    pub prefaces_per_connection_max: u32,
    /// See [`SESSIONS_PER_CONNECTION_MAX`].
    pub sessions_per_connection_max: u32,
    /// See [`ACCEPTED_MAX`].
    pub accepted_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            frame_bytes_max: FRAME_BYTES_MAX,
            queue_bytes_max: QUEUE_BYTES_MAX,
            frame_grace: FRAME_GRACE,
            stall_grace: STALL_GRACE,
            linger: LINGER,
            preface_time: PREFACE_TIME,
            handshake_time: HANDSHAKE_TIME,
            dial_time: DIAL_TIME,
            silence: SILENCE,
            keep_alive: KEEP_ALIVE,
            unproven_time: UNPROVEN_TIME,
            unused_time: UNUSED_TIME,
            connections_max: CONNECTIONS_MAX,
            unproven_max: UNPROVEN_MAX,
            unproven_per_address_max: UNPROVEN_PER_ADDRESS_MAX,
            handshakes_max: HANDSHAKES_MAX,
            prefaces_per_connection_max: PREFACES_PER_CONNECTION_MAX,
            sessions_per_connection_max: SESSIONS_PER_CONNECTION_MAX,
            accepted_max: ACCEPTED_MAX,
        }
    }
}

impl Limits {
    /// How long `bytes` may take at the slowest network that we serve, beyond `grace`.
    pub(crate) fn time_for(grace: Duration, bytes: usize) -> Duration {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        grace.saturating_add(Duration::from_secs(bytes / RATE_BYTES_PER_SECOND_MIN))
    }
}

/// The moment `time` after `start`; for times beyond what the clock can say, one that never comes.
pub(crate) fn after(start: Instant, time: Duration) -> Instant {
    const THIRTY_YEARS: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);
    start.checked_add(time).or_else(|| start.checked_add(THIRTY_YEARS)).unwrap_or(start)
}
