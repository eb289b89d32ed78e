//! Every limit of this crate: number, unit, reason.

/// Bytes of a source text. Far more than a person reads; a script is a page.
pub const SOURCE_BYTES_MAX: usize = 1 << 20;

/// Depth of nesting in a source text, in levels of its syntax. The parser and the compiler recurse
/// over it on the host's stack.
pub const SOURCE_DEPTH_MAX: usize = 256;

/// Variables of functions around it that a function uses, itself or for functions in it; more are
/// refused. Each closure of it keeps as many values.
pub const CAPTURES_MAX: usize = 1 << 12;

/// Instructions of one code; more are refused. A source of [`SOURCE_BYTES_MAX`] compiles to less,
/// unless it leaves a `finally` in thousands of ways.
pub const CODE_OPS_MAX: usize = 1 << 22;

/// Bytes of the names that one code keeps for people: of its variables, where they are in scope, and
/// the paths of its functions. More are refused. Deep nesting repeats them.
pub const CODE_NOTES_BYTES_MAX: usize = 4 << 20;

/// Bytes of a regular expression's pattern. Those that people write stay under 1 KB.
pub const REGEXP_PATTERN_BYTES_MAX: usize = 8 << 10;

/// Depth of groups in a regular expression. Parser and compiler recurse over it on the host's
/// stack.
pub const REGEXP_DEPTH_MAX: usize = 64;

/// Capturing groups of a regular expression. Every position that a match is at keeps two numbers a
/// group.
pub const REGEXP_GROUPS_MAX: usize = 100;

/// Instructions of a compiled regular expression. Each may be visited at each character of a text,
/// and counted repetitions are written out: `(a{100}){100}` has ten thousand.
pub const REGEXP_OPS_MAX: usize = 16_384;

/// Instructions times numbers kept a position (two a group): the memory of a match, twice in four
/// bytes each, so 4 MB.
pub const REGEXP_CELLS_MAX: usize = 1 << 19;

/// Ranges in all character sets of a regular expression, each use counted. A Unicode property has
/// up to some 750.
pub const REGEXP_RANGES_MAX: usize = 1 << 15;

/// Calls in progress at once. Node's own limit lies near; beyond it a RangeError is thrown, which
/// the script may catch.
pub const FRAMES_MAX: usize = 10_000;

/// Values on the stack: slots and operands of all calls in progress, 16 bytes each. Beyond it a
/// RangeError is thrown as by too many calls.
pub const STACK_VALUES_MAX: usize = 1 << 18;

/// Characters of a question's arguments as they are shown to people. The arguments themselves have
/// gone to whom they were for.
pub const QUESTION_TEXT_CHARS_MAX: usize = 200;

/// Values in one message or answer, each part of an array or object counted. What shares parts is
/// copied when it is passed, so this must be bounded; more is refused with an error that says where.
pub const BORDER_VALUES_MAX: usize = 1 << 17;

/// Bytes of the texts, names and big integers in one message or answer, all together, for the same
/// reason: a long text may be in it many times. What is outside becomes part of a record there, or of
/// this state; more is refused with an error that says where.
pub const BORDER_BYTES_MAX: usize = 1 << 20;

/// Questions that wait for an answer at once. Each is a message, a promise and an entry in a table of
/// the vat's; one more is a `RangeError` that the script may catch.
pub const QUESTIONS_MAX: usize = 1_024;

/// Objects and promises of a process that others hold at once. Each is an object of the vat's; one
/// more is refused with an error that says where it is.
pub const EXPORTS_MAX: usize = 4_096;

/// Messages that wait for a suspended process. One more is refused: its sender is told, or if nobody
/// waits for the answer a line of the log says so. Its owner has to act first.
pub const INBOX_EVENTS_MAX: usize = 1_024;

/// Fuel that a message to the outside takes, besides what it says: it is a turn of somebody's and
/// an event of this process's. Also what an object or promise takes that is passed out for the first
/// time.
pub const MESSAGE_FUEL: usize = 1_000;

/// UTF-16 code units of a string, as in Node: a longer one is a `RangeError`. The heap's limit comes
/// first in most processes.
pub const STRING_UNITS_MAX: usize = (1 << 29) - 24;

/// Work, in units of fuel, that a built-in function may go into debt for where its work is not
/// bounded by the size of what it is given, such as a text of values that share parts. Beyond, it
/// stops and is done again with more fuel.
pub const DEBT_MAX: usize = 1 << 20;

/// Bits of a big integer: 300,000 decimal digits. A larger one is a `RangeError`, or refused where
/// it comes from outside. Reading and writing one in decimal takes half a second, and fuel in
/// proportion.
pub const BIGINT_BITS_MAX: usize = 1 << 20;

/// Bits of a big integer that is written out for people; of a larger one they are told the size.
pub const BIGINT_SHOWN_BITS_MAX: u64 = 4_096;

/// Bytes of a code's encoding. A source of [`SOURCE_BYTES_MAX`] compiles to less; a longer one is
/// refused.
pub const CODE_BYTES_MAX: usize = 16 << 20;

/// Bytes of a code's name, which is for people.
pub const CODE_NAME_BYTES_MAX: usize = 1 << 10;

/// Functions of one code; more are refused. A source of [`SOURCE_BYTES_MAX`] has room for so many.
pub const CODE_FUNCTIONS_MAX: usize = 1 << 18;

/// Codes that one code imports; more are refused.
pub const CODE_IMPORTS_MAX: usize = 256;

/// Slots of one function: its variables and temporaries; more are refused. They are on the stack
/// while it runs, 16 bytes each.
pub const SLOTS_MAX: usize = 1 << 14;

/// Operands that one function has on the stack, beyond its slots; more are refused.
pub const OPERANDS_MAX: usize = 1 << 15;

/// Work that the verifier does on one code, in instructions looked at and slots compared; a code
/// that needs more is refused. What people write needs a hundred times less; without a limit a made
/// up code could keep it busy for hours.
pub const VERIFY_WORK_MAX: usize = 1 << 25;

/// Bytes of one line of the log: the rest is cut. Lines are for people.
pub const LOG_BYTES_MAX: usize = 64 << 10;

/// Bytes of a value as people read it; then it is cut.
pub const INSPECT_BYTES_MAX: usize = 8 << 10;

/// Levels of arrays and objects in a value as people read it. The inspector recurses over them.
pub const INSPECT_DEPTH_MAX: usize = 6;

/// Items of one array, object, map or set in a value as people read it.
pub const INSPECT_ITEMS_MAX: usize = 100;

/// Elements of an array, at the most. The heap's limit is far below for what is really filled; this
/// one is what `length` may say (a RangeError, "Invalid array length").
pub const ARRAY_ITEMS_MAX: usize = 1 << 26;

/// Arrays in arrays that `flat` goes into, at the most: an array that is in itself would never end
/// (a RangeError, as in Node).
pub const FLAT_DEPTH_MAX: usize = 10_000;

/// Code units of the name that `Far` gives, at the most: it is shown to people in one line.
pub const FAR_NAME_UNITS_MAX: usize = 256;

/// Code units of the note of a question, at the most: a few lines for the owner.
pub const NOTE_UNITS_MAX: usize = 2048;
/// Characters of a value that is written out for people. A screenful; the whole is in the state.
pub const INSPECTED_CHARS_MAX: usize = 400;

/// Codes that one state names: one more with every revision.
pub const STATE_CODES_MAX: usize = 256;

/// Events that wait for a process that is held up, in events; further messages are refused with
/// `busy`.
pub const QUEUE_MAX: usize = 1_024;

/// References that a process holds of the outside.
pub const PORTS_MAX: usize = 4_096;

/// Lines of a process's log; older ones go.
pub const LOG_LINES_MAX: u64 = 1_000;

/// Bytes of a line of a log; longer ones are cut.
pub const LOG_LINE_BYTES_MAX: usize = 4 << 10;

/// Lines of a log that are given at once.
pub const LOG_PAGE_MAX: u64 = 200;

/// Processes that are listed at once: each is looked at.
pub const LISTED_MAX: usize = 100;

/// Bytes of a process's name.
pub const NAME_BYTES_MAX: usize = 256;

/// Codes in memory, over all processes; then they are read anew.
pub const CODES_CACHED_MAX: usize = 1_024;

/// Codes of a vat that are looked at when a process is started, whether anything needs them: more than
/// a start adds, so that of codes that were only started few are kept for nothing.
pub const CODES_LOOKED_AT: usize = 8;

/// Instructions that a process may use for an event, at least: fewer would not bring it to `main`.
pub const FUEL_MIN: u64 = 1_000;

/// Bytes of a process's heap, at least.
pub const HEAP_BYTES_MIN: u64 = 16 << 10;

/// Bytes of a process's heap, at the most: its state is one record of its vat.
pub const HEAP_BYTES_MAX: u64 = 3 << 20;

/// States that are kept to go back to.
pub const UNDO_MAX: u32 = 64;

/// Bytes of a process's state. More are not even looked at.
pub const STATE_BYTES_MAX: usize = 128 << 20;

/// Bytes of memory that a state takes when it is loaded: a byte of it may become forty. One that
/// takes more is refused.
pub const LOADED_BYTES_MAX: usize = 512 << 20;

/// Bytes of a process file. More are not even looked at.
pub const FILE_BYTES_MAX: usize = 256 << 20;

/// Codes in a process file.
pub const FILE_CODES_MAX: usize = 1 << 10;

/// Earlier states in a process file: what an owner may keep for undo.
pub const FILE_STATES_MAX: usize = 1 << 10;

/// References that a process file has words for.
pub const FILE_PORTS_MAX: usize = 1 << 16;

/// Bytes of the words for one reference.
pub const FILE_LABEL_BYTES_MAX: usize = 1 << 10;
