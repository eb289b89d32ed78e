//! Every limit of this crate: number, unit, reason.

/// Depth of nesting in a value, in levels, at construction from data. Deeper ones are refused
/// before they are built, so that walking a value can never exhaust a stack.
pub const VALUE_DEPTH_MAX: usize = 128;

/// Depth of nesting in a kept state, in levels of CBOR. Twice that of a value, so that a type may
/// hold values of full depth; deeper states are refused when they are written, because reading
/// them recurses.
pub const STATE_DEPTH_MAX: usize = 256;

/// Digits of an integer in decimal. The conversion is quadratic, so it must be bounded; the
/// conformance tests use 10,000.
pub const INTEGER_DIGITS_MAX: usize = 100_000;

/// Bytes of a value written in the notation or as JSON, when read. Far more than anyone types; what
/// is larger travels by other ways.
pub const TEXT_BYTES_MAX: usize = 1 << 20;

/// Bytes of a sturdyref or locator written as text. Eight addresses fit ten times over.
pub const LOCATOR_TEXT_BYTES_MAX: usize = 4096;

/// Hints of a locator, in entries.
pub const LOCATOR_HINTS_MAX: usize = 32;

/// Addresses of one hint of a locator.
pub const LOCATOR_ADDRESSES_MAX: usize = 8;

/// Bytes of a location record. It travels in one message of the preface, whose limit is twice that,
/// and each vat keeps one of each peer.
pub const LOCATION_BYTES_MAX: usize = 2048;

/// Addresses of a location record, over all of its ways. A dial may try each of them.
pub const LOCATION_ADDRESSES_MAX: usize = 16;

/// Bytes of a swiss number that is not ours. Ours have 32.
pub const SWISS_BYTES_MAX: usize = 1024;

/// Bytes of what a promise is broken with, as [`Value::size_bytes`](crate::Value::size_bytes)
/// counts them: whoever waits keeps a copy. A longer message is cut, larger data replaced by an
/// error that says so. Enough for an error with its stack.
pub const BREAK_REASON_BYTES_MAX: usize = 16 << 10;

/// Bytes of such data that the error's message shows to people.
pub const BREAK_REASON_SHOWN_BYTES_MAX: usize = 256;

/// Promises that are joined at once, in entries. One message carries as many references, and so
/// does the answer with what they were kept with.
pub const JOIN_MEMBERS_MAX: usize = 1_024;

/// Bytes of what joined promises were kept with together, as
/// [`Value::size_bytes`](crate::Value::size_bytes) counts them. They become one answer, which is
/// held in memory.
pub const JOIN_BYTES_MAX: usize = 4 << 20;

/// Characters of each error that are told when none of the joined promises was kept.
pub const JOIN_ERROR_CHARS_MAX: usize = 64;

/// Bytes of a value that is kept in the own record of a join, queue, mailbox or publisher, which is
/// written again with every change; larger ones have a record of their own.
pub const KEPT_INLINE_BYTES_MAX: usize = 64;

/// Values that a queue, mailbox or publisher may be made to hold, in entries. Their list is one
/// record, which is written with every change.
pub const HELD_VALUES_MAX: u64 = 1_024;

/// Values that a queue or mailbox holds if nothing else is said, in entries. Full, it refuses more
/// with `busy`.
pub const HELD_VALUES_DEFAULT: u64 = 256;

/// Bytes of all values that a queue, mailbox or publisher may be made to hold, as
/// [`Value::size_bytes`](crate::Value::size_bytes) counts them. They are the vat's, and the vat has
/// a quota.
pub const HELD_BYTES_MAX: u64 = 64 << 20;

/// Bytes of all values that one holds if nothing else is said. Full, it refuses more with `busy`.
pub const HELD_BYTES_DEFAULT: u64 = 4 << 20;

/// Takers of a queue, or readers of a mailbox, that may wait at once, in promises; so many that
/// wait to put something in as well. One more is refused with `busy`, unless others have gone.
pub const WAITERS_MAX: usize = 256;

/// Members of a ticker, or subscribers of a publisher, in entries. One message to each goes into
/// one turn, of which the sends are bounded.
pub const MEMBERS_MAX: usize = 1_024;

/// Notes that may be on their way to a subscriber at once, in notes. Each is a delivery and a promise
/// here, and perhaps a row of an outbox.
pub const CREDIT_MAX: u64 = 64;

/// Notes on their way to a subscriber that did not say how many.
pub const CREDIT_DEFAULT: u64 = 8;

/// Notes that one turn sends to one subscriber at the most, in notes: a turn's sends are bounded,
/// and there may be a thousand subscribers. Who was behind gets the others by its answers.
pub const NOTES_AT_ONCE_MAX: u64 = 2;

/// Bytes of values after which a publisher leaves the other subscribers to another turn: all that a
/// turn sends is held in memory until it commits.
pub const NOTES_BYTES_A_TURN: usize = 4 << 20;

/// Positions that a publisher may let a subscriber be behind, or keep for later ones, in entries of
/// its log. Each is a record.
pub const LAG_MAX: u64 = 100_000;

/// Positions that a subscriber may be behind if nothing else is said.
pub const LAG_DEFAULT: u64 = 1_000;

/// How often in a row a member or subscriber may fail before it is taken for gone. Each failure
/// costs a turn.
pub const FAILURES_MAX: u32 = 8;

/// Bytes of one key of a collection, encoded: of the 1,024 that a store allows, some say whose the
/// key is. A longer one is refused; long texts are values.
pub const ENTRY_KEY_BYTES_MAX: usize = 960;

/// Bytes of one entry's encoded value. A bigger one is refused; larger data is split over entries,
/// such as those of a log.
pub const ENTRY_BYTES_MAX: usize = 1 << 20;

/// Entries of one page of a range, in entries. Whoever asks for more gets this many and a cursor.
pub const PAGE_ENTRIES_MAX: usize = 1_000;

/// Bytes of a name in a directory: it is typed, shown in a line, and part of paths.
pub const DIRECTORY_NAME_BYTES_MAX: usize = 128;

/// Names of a path. Each is a message that is sent before the one before is answered.
pub const PATH_NAMES_MAX: usize = 32;

/// Petnames of one book, in names: each new one is compared with all of them, within one turn.
pub const PETNAMES_MAX: u64 = 4_096;

/// Directories of contacts that are asked when one looks for edge names, in directories: each is a
/// message, and its answer waits in memory for the others.
pub const EDGE_DIRECTORIES_ASKED_MAX: usize = 32;

/// Missed ticks that a timer which catches up with all sends one by one, in ticks. A period of a
/// second makes a hundred thousand of them a day; the oldest of more are told as one, with their
/// count.
pub const TICKS_CAUGHT_UP_MAX: u64 = 10_000;

/// How late a tick may be without being missed, in milliseconds, if its period is longer: a vat may
/// be busy, and a start takes its time.
pub const TICK_LATE_MS_MAX: u64 = 60_000;

/// The shortest period of a timer, in milliseconds; a shorter one is refused. Each tick is a commit,
/// and one timer must not take the disk for itself.
pub const TIMER_PERIOD_MS_MIN: u64 = 10;

/// Bytes of the name of a brand or a currency. Names are for people, and travel with each question.
pub const NAME_BYTES_MAX: usize = 256;

/// Facets that a facet may be derived from one after the other, itself included, in facets. Each of
/// them is looked at for every message.
pub const GRANT_DEPTH_MAX: usize = 16;

/// Rules for arguments of one grant, in rules. Each of them is looked at for every message.
pub const GRANT_RULES_MAX: usize = 32;

/// Fields and items that a rule goes into, in steps.
pub const GRANT_RULE_STEPS_MAX: usize = 8;

/// Values that one rule allows, in values. They are compared one by one.
pub const GRANT_RULE_CHOICES_MAX: usize = 256;

/// Bytes of all rules of one grant, as [`Value::size_bytes`](crate::Value::size_bytes) counts them:
/// they are part of its record, which is read with every revival.
pub const GRANT_RULE_BYTES_MAX: usize = 8 << 10;

/// Uses of a rate, in uses: together with the longest period their product fits 64 bits, and a
/// bucket is counted exactly.
pub const GRANT_RATE_USES_MAX: u64 = 100_000_000;

/// The longest period of a rate, in milliseconds: a leap year.
pub const GRANT_RATE_PERIOD_MS_MAX: u64 = 366 * 86_400_000;

/// Denied uses of a grant that are kept, in entries: the last ones, for its grantor to look at.
pub const DENIALS_KEPT_MAX: usize = 8;

/// Bytes of each text in a denied use: a line for people. What is longer is cut.
pub const DENIAL_TEXT_BYTES_MAX: usize = 128;

/// Units of a currency: of an amount, of a balance, and of all that a mint issues. What everybody
/// has together is a number that every machine can add up, so no sum overflows.
pub const AMOUNT_MAX: u64 = i64::MAX as u64;

/// Pledges that wait in one grant matcher, in pledges; more are refused. A pledge is compared with
/// all that wait, and they are one record.
pub const PLEDGES_MAX: usize = 128;

/// Objects that pass a membrane, in entries: each is kept, with its proxy, until the membrane is cut.
/// One more is refused.
pub const MEMBRANE_PROXIES_MAX: u64 = 100_000;

/// Promises that wait at a membrane, in entries, answers to messages among them. A cut breaks them
/// all in one turn. One more is refused, and with it the message that it came with.
pub const MEMBRANE_PENDING_MAX: usize = 1_024;
