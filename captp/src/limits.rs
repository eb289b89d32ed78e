//! Every limit of this crate: number, unit, reason, and what happens when it is reached.

/// Bytes of one frame: 16 MiB of payload and room for what surrounds it. A longer one is a
/// violation, refused before it is read; a longer one of our own is answered with `limit`.
pub const FRAME_BYTES_MAX: usize = (16 << 20) + (64 << 10);

/// Bytes of `op:start-session` or of an abort before it. A stranger gets no more memory than this.
pub const HELLO_BYTES_MAX: usize = 16 << 10;

/// Containers inside each other in a frame's values. As deep as values may be anywhere, so that
/// nothing walks deeper than a stack is.
pub const DEPTH_MAX: usize = hogshead_objects::limits::VALUE_DEPTH_MAX;

/// Values in one frame, counted through all collections. A value of one byte on the wire takes
/// some forty in memory; with this bound a frame costs at most about 40 MiB besides its text.
pub const VALUES_MAX: usize = 1 << 20;

/// Decimal digits of all the integers of one frame that do not fit 64 bits, taken together:
/// conversion is quadratic in them.
pub const INTEGER_DIGITS_MAX: usize = hogshead_objects::limits::INTEGER_DIGITS_MAX;

/// Bytes of a symbol, a struct's key or a tag. They are names, compared and kept often.
pub const NAME_BYTES_MAX: usize = 64 << 10;

/// Bytes of an abort's reason, as sent and as passed on.
pub const REASON_BYTES_MAX: usize = 1024;

/// Objects and promises that one session exports at a time. About 200 bytes of rows each.
pub const EXPORTS_MAX: u64 = 1 << 16;

/// Objects and promises that one session imports at a time.
pub const IMPORTS_MAX: u64 = 1 << 16;

/// Answers that a peer keeps open at a time by not sending `op:gc-answers` for them.
pub const ANSWERS_MAX: u64 = 1 << 16;

/// Answers that we wait for at a time.
pub const QUESTIONS_MAX: u64 = 1 << 16;

/// Resolvers of a peer that wait for an outcome at a time (`resolve-me-desc` and `op:listen`).
/// Beyond it, messages are answered with `busy` at once.
pub const PENDING_MAX: u64 = 1 << 15;

/// Deliveries that a session has brought and that are unsettled at a time: messages to a promise
/// that is pending, to an object of a vat that is paused, behind, a device's or parked, parts
/// (`op:get`, `op:index`, `op:untag`) of a pending value, and resolvers that wait for an outcome.
/// Each is a row that stays as long as somebody else likes, and all peers of a vat share its quota
/// of 100,000. At the limit what wants an answer and would wait, and whatever has a resolver, is
/// answered with `busy`; a message that would wait and wants none ends a plain session, since its
/// sender cannot be told otherwise. What runs at once or goes on to a peer is taken still, so that
/// a peer at its limit can settle what the others wait for.
///
/// The peer of a durable session is throttled instead: at the limit it gets no more credit. What it
/// has credit for already is taken, and the above happens at [`DURABLE_TABLES_FACTOR`] times the
/// limit.
///
/// Resolvers are counted here and by [`PENDING_MAX`], which is the larger one: it is what limits a
/// session for which this one is raised.
pub const UNSETTLED_MAX: u64 = 4096;

/// Bytes of the rows of those deliveries: 64 MiB, a sixteenth of a vat's quota. The same happens
/// when it is reached. The delivery that reaches it is taken, so that there may be one message
/// more than this.
pub const UNSETTLED_BYTES_MAX: u64 = 64 << 20;

/// Gifts of one gifter's session that are deposited at a time, and as many that are waited for. A
/// deposit beyond it is answered with `busy` and lost; a withdrawal beyond it breaks. Some 200
/// bytes of rows each.
pub const GIFTS_MAX: u64 = 1024;

/// Milliseconds that a gift waits to be withdrawn: 10 minutes, in which a receiver reaches the
/// exporter or never will. Then it is let go, and a withdrawal that comes later waits in vain.
pub const GIFT_AGE_MS_MAX: u64 = 10 * 60 * 1000;

/// Gifts of one gifter on this host for receivers elsewhere, deposited at a time. Beyond it they are
/// refused with `busy`. Vats of one host are bounded by quotas, but here it is peers elsewhere who
/// do not withdraw: 13 MB of rows at the most.
pub const GIFTS_ELSEWHERE_MAX: u64 = 1 << 16;

/// Milliseconds that a withdrawal waits for its gift: 2 minutes. A deposit leaves the gifter
/// before the give does, so it is late by no more than a connection can be. Then it breaks.
pub const WITHDRAWAL_WAIT_MS_MAX: u64 = 2 * 60 * 1000;

/// Gifts that one session waits for from its peer, the exporter. Beyond it a withdrawal breaks
/// with `busy`, so that gifters cannot fill the tables of somebody else's session.
pub const WITHDRAWALS_MAX: u64 = 1024;

/// Handoff counts that a peer has used out of order, kept at a time. Beyond it the lowest that
/// were skipped count as used. A peer that counts does not reach it.
pub const HANDOFF_COUNTS_MAX: u64 = 1024;

/// Handoffs in one message. A signature takes 15 µs, a withdrawal two verifications of 40 µs at
/// the exporter. A message of ours with more breaks its answer with `limit`; in a peer's, those
/// beyond it arrive as broken promises.
pub const HANDOFFS_MAX: usize = 256;

/// Gifts that one call of [`expire_gifts`](crate::handoff::expire_gifts) lets go.
pub const EXPIRE_ROWS_MAX: usize = 1024;

/// Wrong swiss numbers that a plain session may ask for before it is ended, and wrong certificates
/// of one that has shown nothing else yet. A mistaken or revoked sturdyref costs one; nobody finds
/// a number of 32 random bytes by guessing.
pub const WRONG_GUESSES_MAX: u64 = 64;

/// Answers of a plain session that were errors from the start and are kept in memory only, until
/// the peer gives them back.
pub const DECLINED_MAX: usize = 1024;

/// Positions in one gc operation that we send; longer lists are sent as several.
pub const GC_POSITIONS_MAX: usize = 4096;

/// Rows read at once while a severed session is taken down.
pub const SEVER_ROWS_MAX: usize = 1024;

/// Entries of each of a session's caches. A full one is emptied; the rows are still there.
pub const CACHE_ENTRIES_MAX: usize = 4096;

/// Bytes around an operation in a frame of a durable session: a header of 60 and room for optional
/// fields. An operation of ours is so much shorter than a frame may be.
pub const DURABLE_HEADER_BYTES: usize = 256;

/// Bytes of a durable hello: `op:start-session`, a location and a knock at their longest, and what
/// is around them. A longer one is a violation. Strangers send hellos.
pub const DURABLE_HELLO_BYTES_MAX: usize = 33 << 10;

/// Bytes of a location record in a durable hello: a locator of many addresses takes 1 KiB. A longer
/// one of ours is left out, a peer's is a violation.
pub const LOCATION_BYTES_MAX: usize = 8 << 10;

/// Bytes of what a stranger shows: a signed give, with a locator of any length that a hello has
/// room for. With a longer one of ours no session is opened, a peer's is a violation.
pub const KNOCK_BYTES_MAX: usize = 8 << 10;

/// Deliveries that a durable session's peer may send before it hears from us again: as many as may
/// be unsettled. More credit is never given at once; a delivery beyond what was given is a
/// violation.
pub const CREDIT_MAX: u64 = UNSETTLED_MAX;

/// Rows of a durable session's outbox whose chains are kept in memory, 56 bytes each, so that an
/// acknowledgement needs no read. Older ones are read from their rows.
pub const OUTBOX_MARKS_MAX: usize = 1024;

/// Acknowledged rows, and their bytes, for which a turn is opened that deletes them. Fewer wait for
/// a turn that is opened anyway: a commit for each acknowledgement would double the commits.
pub const SETTLE_ROWS: u64 = 64;

/// See [`SETTLE_ROWS`].
pub const SETTLE_BYTES: u64 = 1 << 20;

/// Rows of an outbox that one turn deletes, and waiting ones that it numbers: some 10 ms of work.
/// The rest follows with the next acknowledgement.
pub const SETTLE_ROWS_MAX: u64 = 4096;

/// Bytes of waiting operations that one turn numbers, as they stand in their rows: their frames are
/// in memory at once. The one that reaches it is numbered still.
pub const NUMBER_BYTES_MAX: u64 = 8 << 20;

/// By how much a durable session exceeds the limits of its tables with what cannot be refused, such
/// as an answer full of references. Questions are refused with `busy` from the limit itself on;
/// beyond this factor an answer breaks with `limit`, a message that wants none is lost, and a
/// peer that goes so far has broken the protocol.
pub const DURABLE_TABLES_FACTOR: u64 = 16;

/// The limits of one session's tables: the constants above, or lower ones for a test or a guest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// See [`EXPORTS_MAX`].
    pub exports_max: u64,
    /// See [`IMPORTS_MAX`].
    pub imports_max: u64,
    /// See [`ANSWERS_MAX`].
    pub answers_max: u64,
    /// See [`QUESTIONS_MAX`].
    pub questions_max: u64,
    /// See [`PENDING_MAX`].
    pub pending_max: u64,
    /// See [`UNSETTLED_MAX`]. With `u64::MAX` here and for the bytes nothing is counted.
    pub unsettled_max: u64,
    /// See [`UNSETTLED_BYTES_MAX`].
    pub unsettled_bytes_max: u64,
    /// See [`GIFTS_MAX`].
    pub gifts_max: u64,
    /// See [`GIFT_AGE_MS_MAX`].
    pub gift_age_ms_max: u64,
    /// See [`WITHDRAWAL_WAIT_MS_MAX`].
    pub withdrawal_wait_ms_max: u64,
    /// See [`WITHDRAWALS_MAX`].
    pub withdrawals_max: u64,
    /// See [`HANDOFF_COUNTS_MAX`].
    pub handoff_counts_max: u64,
    /// See [`HANDOFFS_MAX`].
    pub handoffs_max: usize,
    /// See [`WRONG_GUESSES_MAX`].
    pub wrong_guesses_max: u64,
    /// See [`FRAME_BYTES_MAX`].
    pub frame_bytes_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            exports_max: EXPORTS_MAX,
            imports_max: IMPORTS_MAX,
            answers_max: ANSWERS_MAX,
            questions_max: QUESTIONS_MAX,
            pending_max: PENDING_MAX,
            unsettled_max: UNSETTLED_MAX,
            unsettled_bytes_max: UNSETTLED_BYTES_MAX,
            gifts_max: GIFTS_MAX,
            gift_age_ms_max: GIFT_AGE_MS_MAX,
            withdrawal_wait_ms_max: WITHDRAWAL_WAIT_MS_MAX,
            withdrawals_max: WITHDRAWALS_MAX,
            handoff_counts_max: HANDOFF_COUNTS_MAX,
            handoffs_max: HANDOFFS_MAX,
            wrong_guesses_max: WRONG_GUESSES_MAX,
            frame_bytes_max: FRAME_BYTES_MAX,
        }
    }
}
