//! Regular expressions: the part of ECMA-262's that runs in linear time, with the same meaning.
//!
//! ```text
//!   pattern, flags ──lower──▶ tree ──program──▶ instructions ──pike──▶ captures
//!                    (oxc_regular_expression parses; what is out is refused here)
//! ```
//!
//! # The subset
//!
//! - Flags `d g i m s u y`.
//! - Characters, `.`, classes `[…]` and `[^…]` with ranges, `\d \D \s \S \w \W`, and with `u`
//!   Unicode properties: `\p{…}`, `\P{…}`: general categories, scripts, and the binary properties
//!   of ECMA-262 but `Extended_Pictographic`, `Diacritic` and `Changes_When_NFKC_Casefolded`.
//! - Escapes `\t \n \v \f \r \0 \cA \xHH \uHHHH`, `\u{H…}` with `u`, `[\b]`, and a backslash before
//!   anything that is no letter or digit.
//! - `^ $ \b \B`, alternatives, groups `(…)`, `(?<name>…)`, `(?:…)`, and the quantifiers
//!   `* + ? {n} {n,} {n,m}`, greedy and lazy.
//!
//! All of it means what ECMA-262 says: which of several matches is found, what a group has captured
//! after many iterations, which iterations may be empty, what is the same regardless of case, and
//! that a text is code units or, with `u`, code points.
//!
//! Out, refused with a hint:
//!
//! - back-references and lookaround, which no linear-time matcher has in full;
//! - the flag `v`, flags inside of groups, two groups of one name: younger than the rest;
//! - octal escapes, and escapes of letters without meaning, which only old pages of the web need;
//! - `\p{Script_Extensions=…}` and the three properties above: versions of Unicode change them for
//!   characters that they have had before;
//! - `\B` with `u` where the whole pattern may match nothing: Node then finds a match inside of a
//!   surrogate pair;
//! - what is over the limits of size in [`limits`](crate::limits).
//!
//! # Differences
//!
//! - A `lastIndex` that a script has set to the inside of a surrogate pair is, with `u`, a start
//!   before the pair, as ECMA-262 says; Node then sometimes finds nothing.
//! - The tables of Unicode are those of `regex-syntax` (16.0) and, for the upper case that `i`
//!   without `u` goes by, those of Rust's library: a character that Unicode has got since may be
//!   told differently by an engine with other tables.
//!
//! # Why a matcher of our own
//!
//! The crates at hand match bytes of UTF-8. A script's text is UTF-16, with lone surrogates,
//! matched by the code unit without `u`; `\b`, `^` and `$` mean something else; and captures are
//! forgotten at each iteration, which no option of theirs brings about. Nor can they stop when fuel
//! is out and say the same amount on every machine. The parser and the tables of Unicode are
//! theirs.

mod fold;
mod lower;
mod pike;
mod program;
mod set;
mod template;
mod walk;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

pub use template::Template;
pub use walk::{Matches, Piece, advance};

use program::Program;

/// A compiled regular expression. Cloning it is cheap.
#[derive(Clone)]
pub struct Regexp {
    compiled: Arc<Compiled>,
}

struct Compiled {
    source: String,
    flags: Flags,
    names: Vec<(String, u32)>,
    groups: usize,
    weight: usize,
    program: Program,
}

impl Regexp {
    /// Compiles a pattern, as it is written between the slashes, with its flags, in any order.
    ///
    /// The time is bounded by the limits of this crate, whatever the pattern.
    ///
    /// # Errors
    ///
    /// Fails with what is out of the subset, or over a limit, and where.
    ///
    /// ```
    /// use hogshead_script::regexp::Regexp;
    ///
    /// let price = Regexp::new(r"(\d+)(?:\.(?<cents>\d\d))?", "g").unwrap();
    /// let text: Vec<u16> = "at 12.50".encode_utf16().collect();
    /// let mut fuel = 1_000;
    /// let found = price.exec_at(&text, 0, false, &mut fuel).unwrap().unwrap();
    /// assert_eq!(found.whole(), 3..8);
    /// assert_eq!(found.group(1), Some(3..5));
    /// assert_eq!(found.group(price.group_named("cents").unwrap()), Some(6..8));
    ///
    /// let refused = Regexp::new(r"(a)\1", "").unwrap_err();
    /// assert_eq!(refused.offset, 3);
    /// assert_eq!(refused.why, "a back-reference is not in the subset");
    /// ```
    pub fn new(pattern: &str, flags: &str) -> Result<Regexp, RegexpError> {
        let flags = Flags::parse(flags, pattern.len() + 1)?;
        let lower::Lowered { root, sets, groups, names, ranges } = lower::lower(pattern, flags)?;
        let program = Program::new(&root, sets, groups, flags.unicode).map_err(|_| {
            RegexpError::new(0, "a regular expression that is too large".to_owned())
                .hint("counted repetitions such as {1000} are written out: repeat less")
        })?;
        let source = if pattern.is_empty() { "(?:)" } else { pattern }.to_owned();
        let groups = groups as usize;
        let weight = source.len() + program.ops.len() + ranges;
        Ok(Regexp {
            compiled: Arc::new(Compiled { source, flags, names, groups, weight, program }),
        })
    }

    /// As [`new`](Regexp::new), of a pattern in UTF-16.
    ///
    /// # Errors
    ///
    /// As [`new`](Regexp::new), and of a pattern that has half of a surrogate pair: none that was
    /// part of a source text has.
    pub fn from_units(pattern: &[u16], flags: &str) -> Result<Regexp, RegexpError> {
        match String::from_utf16(pattern) {
            Ok(pattern) => Regexp::new(&pattern, flags),
            Err(_) => Err(RegexpError::new(0, "half of a surrogate pair in a pattern".to_owned())
                .hint("write `\\uHHHH`")),
        }
    }

    /// The pattern: what `source` of a RegExp gives.
    pub fn source(&self) -> &str {
        &self.compiled.source
    }

    /// The flags.
    pub fn flags(&self) -> Flags {
        self.compiled.flags
    }

    /// Capturing groups, the whole match not counted.
    pub fn groups(&self) -> usize {
        self.compiled.groups
    }

    /// Names of groups with their numbers, in the order of the pattern.
    pub fn names(&self) -> impl Iterator<Item = (&str, usize)> {
        self.compiled.names.iter().map(|(name, number)| (name.as_str(), *number as usize))
    }

    /// The number of the group that has this name.
    pub fn group_named(&self, name: &str) -> Option<usize> {
        self.names().find(|(known, _)| *known == name).map(|(_, number)| number)
    }

    /// What compiling it cost and keeping it costs: bytes of its pattern, instructions, and ranges
    /// of its sets, at most some 60,000. To be charged to whoever has it compiled.
    pub fn weight(&self) -> usize {
        self.compiled.weight
    }

    /// Finds the first match that begins at `start`, in code units, or, unless `sticky`, after it.
    ///
    /// With the flag `u`, a start inside of a surrogate pair is one before the pair. A start after
    /// the text's end finds nothing. Which flags are set makes no other difference: `lastIndex` is
    /// [`exec`](Regexp::exec)'s.
    ///
    /// # Errors
    ///
    /// Takes from `fuel` what the match costs, and fails, leaving none, when that is more than
    /// there is. It costs at most about the text's length times the program's and its groups',
    /// always the same, and 1 at least.
    pub fn exec_at(
        &self,
        text: &[u16],
        start: usize,
        sticky: bool,
        fuel: &mut u64,
    ) -> Result<Option<Captures>, OutOfFuel> {
        if start > text.len() {
            return Ok(None);
        }
        let slots = pike::run(&self.compiled.program, text, start, sticky, fuel)?;
        Ok(slots.map(|slots| Captures { slots }))
    }

    /// RegExpBuiltinExec (ECMA-262, 22.2.7.2): a match, and `lastIndex` after it.
    ///
    /// `last_index` is the property's value after ToLength; without the flags `g` and `y` it is
    /// neither read nor changed.
    ///
    /// # Errors
    ///
    /// As [`exec_at`](Regexp::exec_at); then `last_index` is as before.
    pub fn exec(
        &self,
        text: &[u16],
        last_index: &mut u64,
        fuel: &mut u64,
    ) -> Result<Option<Captures>, OutOfFuel> {
        let Flags { global, sticky, .. } = self.flags();
        let start = if global || sticky { *last_index } else { 0 };
        let found = match usize::try_from(start) {
            Ok(start) => self.exec_at(text, start, sticky, fuel)?,
            Err(_) => None,
        };
        if global || sticky {
            *last_index = found.as_ref().map_or(0, |found| found.whole().end as u64);
        }
        Ok(found)
    }
}

impl fmt::Debug for Regexp {
    /// The literal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}/{}", self.source(), self.flags())
    }
}

/// The flags of a regular expression.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// `d`: a match tells the places of its groups.
    pub has_indices: bool,
    /// `g`: a match begins where the last ended; replaces and matches all.
    pub global: bool,
    /// `i`: case makes no difference.
    pub ignore_case: bool,
    /// `m`: `^` and `$` match at each line.
    pub multiline: bool,
    /// `s`: `.` matches ends of lines.
    pub dot_all: bool,
    /// `u`: a text is code points.
    pub unicode: bool,
    /// `y`: a match begins exactly where the last ended.
    pub sticky: bool,
}

impl Flags {
    /// Reads flags, in any order, each once. They begin at `start` of the literal.
    fn parse(text: &str, start: usize) -> Result<Flags, RegexpError> {
        let mut flags = Flags::default();
        for (index, c) in text.char_indices() {
            let offset = start + index;
            let flag = match c {
                'd' => &mut flags.has_indices,
                'g' => &mut flags.global,
                'i' => &mut flags.ignore_case,
                'm' => &mut flags.multiline,
                's' => &mut flags.dot_all,
                'u' => &mut flags.unicode,
                'y' => &mut flags.sticky,
                'v' => {
                    let why = "the flag v is not in the subset".to_owned();
                    return Err(RegexpError::new(offset, why).hint("use the flag u"));
                }
                _ => {
                    let why = format!("no flag is called {c:?}");
                    return Err(RegexpError::new(offset, why).hint("flags are d g i m s u y"));
                }
            };
            if std::mem::replace(flag, true) {
                let why = format!("the flag {c} is given twice");
                return Err(RegexpError::new(offset, why).hint("give each flag once"));
            }
        }
        Ok(flags)
    }
}

impl fmt::Display for Flags {
    /// As `flags` of a RegExp gives them: in the order of the alphabet.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = [
            (self.has_indices, "d"),
            (self.global, "g"),
            (self.ignore_case, "i"),
            (self.multiline, "m"),
            (self.dot_all, "s"),
            (self.unicode, "u"),
            (self.sticky, "y"),
        ];
        all.iter().filter(|(set, _)| *set).try_for_each(|(_, flag)| f.write_str(flag))
    }
}

/// A match: where it is and where its groups are, in code units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captures {
    slots: Box<[u32]>,
}

impl Captures {
    /// A match without groups, such as a string that was searched finds.
    ///
    /// A place of 2^32 and more, which no string has, is cut to what fits.
    pub fn of(whole: Range<usize>) -> Captures {
        let slot = |place: usize| u32::try_from(place).unwrap_or(pike::NOWHERE - 1);
        Captures { slots: Box::new([slot(whole.start), slot(whole.end)]) }
    }

    /// The whole match.
    pub fn whole(&self) -> Range<usize> {
        self.group(0).unwrap_or_default()
    }

    /// What a group has captured, if it has: 0 is the whole match, groups are from 1.
    pub fn group(&self, number: usize) -> Option<Range<usize>> {
        match self.slots.get(number * 2..number * 2 + 2) {
            Some(&[start, end]) if end != pike::NOWHERE => Some(start as usize..end as usize),
            _ => None,
        }
    }

    /// The whole match and every group.
    pub fn iter(&self) -> impl Iterator<Item = Option<Range<usize>>> {
        (0..self.slots.len() / 2).map(|number| self.group(number))
    }
}

/// There was not enough fuel for a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("out of fuel in a regular expression")]
pub struct OutOfFuel;

/// Why a pattern is refused, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}{}", .hint.iter().map(|hint| format!(" (hint: {hint})")).collect::<String>())]
pub struct RegexpError {
    /// Where in the literal after its first slash, in bytes of UTF-8: in the pattern, or, a byte
    /// further, in the flags.
    pub offset: usize,
    /// What is wrong, as one sentence without its full stop.
    pub why: String,
    /// What to write instead, if there is something.
    pub hint: Option<String>,
}

impl RegexpError {
    fn new(offset: usize, why: String) -> RegexpError {
        RegexpError { offset, why, hint: None }
    }

    fn hint(mut self, hint: &str) -> RegexpError {
        self.hint = Some(hint.to_owned());
        self
    }
}
