//! Every limit of this crate: number, unit, reason.

/// Depth of near calls, in frames. Each costs native stack, of which a turn's thread has 2 MiB;
/// going deeper fails the turn.
pub const NEAR_DEPTH_MAX: usize = 64;

/// Sends of one turn, `then` and `tell` included. A turn is held in memory until it commits;
/// more of them fail the turn.
pub const TURN_SENDS_MAX: usize = 10_000;

/// Objects that one turn spawns, in entries, for the same reason.
pub const TURN_SPAWNS_MAX: usize = 10_000;

/// Entries of collections that the methods of one turn read and write, in entries. What is written is
/// held in memory until it commits, and a turn keeps its vat from everything else. More is refused;
/// an object that catches the error goes on in a next turn.
pub const TURN_ENTRIES_MAX: usize = 10_000;

/// Bytes of those entries, for the same reason.
pub const TURN_ENTRY_BYTES_MAX: usize = 32 << 20;

/// Bytes after which a page of a range ends, whatever its limit: it is decoded as a whole.
pub const PAGE_ENTRY_BYTES_MAX: usize = 4 << 20;

/// Entries that are read from the store at once, in entries: each may have 1 MiB.
pub const ENTRIES_A_READ: usize = 16;

/// Entries that one turn lets go of objects and collections that are gone, in entries; the rest is
/// left to turns of its own.
pub const TURN_SWEPT_MAX: usize = 1_000;

/// Bytes of those entries: they are read for the references in them.
pub const TURN_SWEPT_BYTES_MAX: usize = 16 << 20;

/// Bytes of one object's encoded state. A bigger one fails the turn; large data belongs in
/// collections that keep a record an entry.
pub const STATE_BYTES_MAX: usize = 4 << 20;

/// Bytes of one message or one settled value, as [`rows`](crate) count them: a byte string of 16
/// MiB and what surrounds it. One frame of a session carries as much, and one value of the store.
pub const MESSAGE_BYTES_MAX: usize = (16 << 20) + (32 << 10);

/// Bytes of a facet's label: a line for people.
pub const LABEL_BYTES_MAX: usize = 256;

/// Methods of one facet, in names.
pub const FACET_METHODS_MAX: usize = 256;

/// Bytes of one method's name in a facet.
pub const METHOD_BYTES_MAX: usize = 256;

/// Promises that may be resolved one to the next before what is at the end, in links. Following
/// them costs a read each.
pub const PROMISE_CHAIN_MAX: usize = 256;

/// Objects, facets, promises and imports that one run of the cycle collector looks at, in
/// entries. It holds the graph in memory, about 100 bytes an entry.
pub const COLLECT_ENTRIES_MAX: usize = 2_000_000;

/// Grants that the steward lists in one answer, in entries: an answer is one message. Those that
/// follow are listed after the last one's number.
pub const GRANTS_LISTED_MAX: usize = 1_000;

/// Answers that may be awaited over one granted facet, in answers. Revoking it breaks them all in
/// one turn; a use beyond them is refused as busy.
pub const GRANT_AWAITED_MAX: u64 = 1_024;

/// Uses of one invitation, in messages: the first that redeems it, that vat again after a crash, and
/// those that come too late and are told so.
pub const INVITATION_USES_MAX: u64 = 1_000;

/// How much of a tree of grants that is revoked one turn goes through, in facets, broken answers
/// and told watchers; the rest is told in the turns after it. Uses are refused from the first on.
pub const UPROOT_ENTRIES_MAX: usize = 1_000;

/// Rows read by one range read, in rows: what is walked is walked in pages.
pub const PAGE_ROWS: usize = 256;

/// Changes of deliveries in the running turn that are looked at to find that all which wait came
/// with it, in rows: a look for others in the store costs more than these.
pub const CHANGED_DELIVERIES_SEEN_MAX: usize = 16;

/// Bytes of the heap's rows that a new vat may use.
pub const VAT_BYTES_DEFAULT: u64 = 1 << 30;

/// Rows that a new vat may use.
pub const VAT_RECORDS_DEFAULT: u64 = 4_000_000;

/// Deliveries that a new vat may have outstanding; parked ones and a ready backlog are among
/// them, so that neither needs a limit of its own and nothing accepted is ever thrown away.
pub const VAT_DELIVERIES_DEFAULT: u64 = 100_000;

/// Deliveries of a new vat that may wait for a time.
pub const VAT_TIMERS_DEFAULT: u64 = 10_000;

/// How soon a timer is looked at again whose tick nobody could take, in milliseconds. One that
/// ticks keeps to its own period if that is longer.
pub const TIMER_RETRY_MS: u64 = 1_000;

/// Turns a second of a new vat, at which the scheduler lets others go first.
pub const VAT_TURNS_PER_SECOND_DEFAULT: u32 = 100_000;

/// References in one message. Each costs rows on both sides and is let go one by one, so that a
/// message with many would keep a vat from everything else.
pub const MESSAGE_REFS_MAX: usize = 1_024;

/// Characters of each text that is put out for the log about a method that failed: a panic may say
/// anything at any length, and a name comes from whoever called.
pub const FAILURE_TEXT_CHARS_MAX: usize = 4 << 10;

/// Deliveries of a vat that are kept as they were put down, beside their rows: most are taken up again
/// soon. With more the vat begins anew.
pub const LATELY_MAX: usize = 256;

/// Bytes of the row of one that is kept so. A larger one is read again.
pub const LATELY_BYTES_MAX: usize = 1 << 10;
