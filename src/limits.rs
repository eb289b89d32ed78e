//! Every limit of the host: number, unit, reason.

use std::time::Duration;

/// Inputs of one vat run before another vat gets its turn thread, in inputs. Large enough to
/// amortise the hand-over, small enough that a flooded vat delays the others by a few hundred
/// microseconds at the most.
pub const INPUTS_PER_ROUND: usize = 64;

/// Inputs that share a turn, and deliveries that run within it, of each so many: a round.
pub(crate) const GATHERED_MAX: usize = INPUTS_PER_ROUND;

/// Octets of the inputs that share a turn, and of what it may have written before another delivery
/// runs in it. What is larger has its turn to itself, so that a batch stays within its limit.
pub(crate) const GATHERED_BYTES_MAX: usize = 2 << 20;

/// How long methods that share a turn may take together, as far as the last turn tells: the answer
/// of the first waits for the last.
pub(crate) const GATHERED_TIME: Duration = Duration::from_millis(1);

/// Turns of a vat of which each delivery was quicker than that before methods share a turn.
pub(crate) const QUICK_TURNS: usize = 64;

/// Messages that a turn may want sent before another delivery runs in it.
pub(crate) const GATHERED_OUT_MAX: usize = 1_024;

/// Deliveries and rows of its quota that a vat must have left for inputs to share a turn: what is
/// refused for want of room is refused as it would be in turns of their own.
pub(crate) const GATHERED_ROOM_ROWS: u64 = 16 * 1_024;

/// Octets of its quota that it must have left.
pub(crate) const GATHERED_ROOM_BYTES: u64 = 64 << 20;

/// Inputs of a vat that are taken alone after an unclean stop, in inputs: what kills the process
/// again dies in a turn of its own, and is found.
pub(crate) const INPUTS_ALONE_AFTER_CRASH: usize = 1_024;

/// Operations waiting in one vat's inbox from vats of this host, in rows. Beyond it, senders are
/// refused with `busy`: a vat that is fed faster than it works must not fill the disk.
pub const INBOX_ROWS_MAX: usize = 65_536;

/// Entries of each table of a session between two vats of this host. A full table ends a session,
/// and between vats of one host that must not come before their quotas.
pub const LOCAL_TABLE_MAX: u64 = 16 << 20;

/// Bytes that a vat in memory takes beside its objects, as the budget of memory counts them: its
/// place in the host, its end of a session or two, and what the allocator adds.
pub const WARM_VAT_BYTES: usize = 8 << 10;

/// Bytes received from one plain session and not yet applied. The reader waits beyond it, so the
/// peer feels the back-pressure of the stream.
pub const SESSION_IN_FLIGHT_BYTES: usize = 4 << 20;

/// Bytes queued for one plain session whose peer does not read. Beyond it the session is ended:
/// nothing can be throttled in plain OCapN.
pub const SESSION_OUTBOX_BYTES_MAX: usize = 64 << 20;

/// Plain sessions open at once, in sessions.
pub const PLAIN_SESSIONS_MAX: usize = 10_000;

/// Sessions of one vat with vats of this host that stay in memory, in sessions. Each costs some
/// kilobytes, and all of it is in records: who speaks with a hundred thousand vats, as vat zero
/// may, must not hold them all.
pub const LOCAL_SESSIONS_IN_MEMORY_MAX: usize = 1_024;

/// Sessions that have not yet fetched anything, at once, in sessions. They cost memory and are
/// known to nobody.
pub const STRANGERS_MAX: usize = 256;

/// Bytes of one frame of a stranger. All that it may say fits into few kilobytes, but what it sends
/// along to an answer that turns out to be an error does not end its session. Beyond it the session
/// ends, before anything is allocated.
pub const STRANGER_FRAME_BYTES_MAX: usize = 1 << 20;

/// How long a stranger may take from the preface to a successful fetch.
pub const STRANGER_TIME: Duration = Duration::from_secs(30);

/// Wrong swiss numbers in one session before it is ended. Guessing 256 bits is hopeless; this
/// keeps it cheap for us as well.
pub const WRONG_GUESSES_MAX: u64 = 16;

/// Names of the owner's directory that one answer lists, in names: it is one message. A directory may
/// have more, and the others are listed page by page.
pub const NAMES_LISTED_MAX: usize = 4_096;

/// Vats listed in one answer.
pub const VATS_PAGE_MAX: u64 = 1_000;

/// Waiting deliveries and objects shown in one answer.
pub const DETAILS_PAGE_MAX: usize = 1_000;

/// Grants that are listed in one answer, in entries: as many as a vat's steward lists.
pub const GRANTS_PAGE_MAX: usize = hogshead_vat::limits::GRANTS_LISTED_MAX;

/// Enlivenings and withdrawals of gifts that wait in one vat for one peer to be reached. Beyond
/// it they are answered with `busy`.
pub const WISHES_WAITING_MAX: usize = 1_024;

/// Connections of owners (CLI, `Host::client`) at once.
pub const OWNERS_MAX: usize = 64;

/// Of the withdrawals that wait in one vat for a peer to be reached, those of one gifter's session:
/// as many as one message may hand off. Beyond it they are answered with `busy`: a gifter must
/// neither take the vat's own places nor fill the memory.
pub const GIFTER_WISHES_MAX: usize = 256;

/// Of the peers that one vat dials, those for the gifts of one gifter's session, in dials. Beyond it
/// they are answered with `busy`.
pub const GIFTER_DIALS_MAX: usize = 64;

/// Timers that one turn fires, in timers: a turn is held in memory until it commits. The rest fires
/// in the next ones, once what these set off has run.
pub const TIMERS_A_TURN_MAX: usize = 64;

/// Vats that are told to fire their timers and have not begun, in vats. After a long stop all may
/// have something due; each that fires is in memory, so the others wait, in the order of time.
pub const VATS_FIRING_MAX: usize = 64;

/// How often the system's clock is looked at while a timer is waited for: it may be set meanwhile,
/// and then a timer is late by as much at the most.
pub const CLOCK_LOOK: Duration = Duration::from_secs(5);

/// How far the clock may be ahead of what has passed while the host runs. A clock that jumps further
/// was set wrong, or right after having been wrong: timers do not fire until the owner accepts it.
/// Corrections are shorter, and time that a machine sleeps is not counted where the system tells.
pub const CLOCK_JUMP_MAX: Duration = Duration::from_secs(3600);

/// How far the clock may be ahead of the last start's. A host may well be down for a year and is to
/// fire then what is due; beyond three years a wrong clock is likelier.
pub const CLOCK_START_JUMP_MAX: Duration = Duration::from_secs(3 * 365 * 24 * 3600);

/// How old the time may be that is written down for the next start. As much may be seen again after
/// a crash, if the clock is set back as well.
pub const CLOCK_MARK_PACE: Duration = Duration::from_secs(60);

/// How long the owner who moves a virtual clock waits for what is due to have fired.
pub const FIRING_TIME: Duration = Duration::from_secs(20);

/// Vats with timers shown in one answer.
pub const DUES_SHOWN_MAX: usize = 20;

/// Stack of a turn thread in bytes: near calls are limited in depth, and this is enough for the
/// deepest chain with ordinary frames.
pub const TURN_STACK_BYTES: usize = 8 << 20;

/// Peers being dialled at once, in dials. Each costs a task and perhaps a handshake.
pub const DIALS_MAX: usize = 1_024;

/// Peers that one vat dials at once, in dials. Where a gift is to be had is said by whoever gives
/// it, so one vat's peers must not take the places of all.
pub const VAT_DIALS_MAX: usize = 128;

/// Forwarding records that a host keeps, in records. Each costs at most two kilobytes; beyond it
/// the owner removes some first.
pub const FORWARDS_KEPT_MAX: usize = 1_024;

/// Forwarding records listed in one answer.
pub const FORWARDS_PAGE_MAX: u64 = 1_000;

/// Peers that are dialled at once to be told that this host has other addresses, in dials. Far
/// below the limit on all dials, so that whoever has something to say finds a place.
pub const ANNOUNCED_AT_ONCE_MAX: usize = 64;

/// Passes in which this host dials those whom it could not tell of its new addresses, in passes:
/// with the pauses between them about a day. After that they hear of it when something is sent to
/// them, or when the host starts at another address again.
pub const ANNOUNCE_PASSES_MAX: u32 = 32;

/// How long after our hello a proven peer's own may have crossed it. A later one means that the
/// peer has lost the session.
pub const CROSSING_TIME: Duration = Duration::from_secs(5);

/// How long a dial whose session the peer has ended waits for that peer's own hello before it
/// counts as failed: of crossed hellos the one that goes on may arrive after the other's abort. And
/// how long a hello that has crossed such a dial's, and loses, waits for what the peer says to that.
pub const OVERTAKEN_TIME: Duration = Duration::from_secs(1);

/// How long a hello waits for the end of an earlier session that claims to be of the same peer:
/// peers abort and come again at once.
pub const TAKEN_TIME: Duration = Duration::from_secs(2);

/// Threads of a replay. Vats are shared out among them, and one has at most one thread.
pub const REPLAY_THREADS_MAX: usize = 256;

/// Jobs that wait for a thread of a replay, in batches. Beyond it the reader waits: a journal is
/// larger than memory.
pub const REPLAY_QUEUE_MAX: usize = 256;

/// Differences that a replay lists; the rest is counted.
pub const DIVERGENCES_MAX: usize = 20;

/// Characters of a value that a difference shows.
pub const DIVERGENCE_CHARS_MAX: usize = 120;

/// Bytes of a turn's description in the journal: the largest frame or device's answer, and what
/// surrounds it. A turn with a longer one is committed all the same, and its description says only
/// whose turn it was: whoever runs the history again takes its rows as they are.
pub const DESCRIPTION_BYTES_MAX: usize = 17 << 20;

/// How long a way to a peer may take before the next one is tried beside it. Longer than a
/// handshake over the longest wires, shorter than anybody's patience.
pub const WAY_HEAD_START: Duration = Duration::from_secs(2);

/// Durable sessions of one vat, in sessions. Each is about a kilobyte of rows for as long as its
/// owner likes. Beyond it peers are declined, and the vat's own wishes answered with `busy`.
pub const DURABLE_SESSIONS_MAX: u64 = 65_536;

/// Rows of a durable session's outbox that the peer has not committed, in rows. Beyond it questions
/// are refused with `busy`, and so is every other send of an object's.
pub const OUTBOX_ROWS_MAX: u64 = 65_536;

/// Bytes of those rows: a sixteenth of what a vat may keep. The same happens beyond it.
pub const OUTBOX_BYTES_MAX: u64 = 64 << 20;

/// Bytes of an outbox that are read and sent at once when a session is resumed. The rest follows
/// as the peer acknowledges.
pub const RESEND_BYTES: usize = 4 << 20;

/// Bytes queued for one channel of a durable session. Beyond it frames stay in the outbox until the
/// peer has read.
pub const CARRIER_QUEUE_BYTES_MAX: usize = 8 << 20;

/// Hellos of one stranger that know nothing here, before its channel is closed. Each costs us a
/// point read, or two verifications.
pub const KNOCKS_MAX: usize = 16;

/// Refusals of one peer that a vat takes on one channel before it dials anew. Below what peers
/// allow.
pub const DECLINED_MAX: u64 = 12;

/// How long after a channel came up another one, dialled by the other side, counts as having
/// crossed it.
pub const CARRIERS_CROSS_TIME: Duration = Duration::from_secs(2);

/// The pause before an absent peer is dialled again for the first time. It doubles each time.
pub const REDIAL_FIRST: Duration = Duration::from_millis(100);

/// The longest pause between two dials of an absent peer.
pub const REDIAL_MAX: Duration = Duration::from_secs(60);

/// Dials of an absent peer in a row: about an hour. After that it is dialled when there is
/// something new for it, when it comes by itself, and when the host starts.
pub const REDIAL_TRIES_MAX: u32 = 70;

/// Sessions listed in one answer: each takes half a kilobyte.
pub const SESSIONS_PAGE_MAX: u64 = 500;

/// Of a session, the waiting operations, exports and imports shown in one answer, each.
pub const SESSION_DETAILS_MAX: usize = 256;

/// Sessions whose peers are looked for when their vat is removed, so that they can be told, in
/// sessions: as many as one vat dials at once. The others find out when they come.
pub const GOODBYES_MAX: usize = 128;

/// How long a peer of a session that the owner ends may take to be reached, so that it is told.
pub const GOODBYE_TIME: Duration = Duration::from_secs(2);

/// How long a peer that has a channel may leave a question unacknowledged before its owner is told
/// that it is silent. Between hosts that are there an acknowledgement takes milliseconds; that a
/// host has died is known only when QUIC has heard nothing for a minute.
pub const SILENT_AFTER: Duration = Duration::from_secs(2);

/// Forks of which a vat keeps the evidence, in sessions; that of the oldest goes first. Whoever
/// copies its store again and again must not fill the disk.
pub const FORKS_KEPT_MAX: usize = 256;

/// Bytes of data that is sealed to a vat's key, as Syrup. A letter, an invoice or a bundle of
/// sturdyrefs; what is larger is sealed under a key of its own, and that key to the vat.
pub const SEALED_DATA_BYTES_MAX: usize = 1 << 20;

/// Bytes of the context that data is sealed for: it says in a few words what the data is.
pub const SEALING_CONTEXT_BYTES_MAX: usize = 1_024;
