//! From one match to the next: all matches of a text, and splitting it.

use std::ops::Range;

use super::{Captures, OutOfFuel, Regexp};

/// AdvanceStringIndex (ECMA-262, 22.2.7.3): the next place, with `unicode` after a whole code
/// point.
pub fn advance(text: &[u16], index: u64, unicode: bool) -> u64 {
    let at = usize::try_from(index).unwrap_or(usize::MAX);
    let high = text.get(at).is_some_and(|unit| (0xD800..0xDC00).contains(unit));
    let low = at.checked_add(1).and_then(|next| text.get(next));
    let pair = unicode && high && low.is_some_and(|unit| (0xDC00..0xE000).contains(unit));
    index.saturating_add(if pair { 2 } else { 1 })
}

/// The matches of a text one after the other, as `match`, `matchAll` and `replace` go through them.
///
/// With the flag `g` that is every match from `lastIndex` on, an empty one followed by a step of
/// one character; without it the one that [`Regexp::exec`] finds. It is plain data: whoever goes on
/// later keeps it.
///
/// ```
/// use hogshead_script::regexp::{Matches, Regexp};
///
/// let vowels = Regexp::new("[aeiou]", "g").unwrap();
/// let text: Vec<u16> = "hogshead".encode_utf16().collect();
/// let (mut matches, mut fuel, mut found) = (Matches::from(0), 10_000, Vec::new());
/// while let Some(captures) = matches.next(&vowels, &text, &mut fuel).unwrap() {
///     found.push(captures.whole().start);
/// }
/// assert_eq!(found, [1, 5, 6]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matches {
    /// The regular expression's `lastIndex`.
    pub last_index: u64,
    /// Whether the last match has been given.
    pub done: bool,
}

impl Matches {
    /// Begins with this `lastIndex`. `match` and `replace` begin at 0 if the flag `g` is set.
    pub fn from(last_index: u64) -> Matches {
        Matches { last_index, done: false }
    }

    /// Finds the next match; nothing after the last.
    ///
    /// # Errors
    ///
    /// As [`Regexp::exec_at`]; then nothing has changed.
    pub fn next(
        &mut self,
        regexp: &Regexp,
        text: &[u16],
        fuel: &mut u64,
    ) -> Result<Option<Captures>, OutOfFuel> {
        if self.done {
            return Ok(None);
        }
        let found = regexp.exec(text, &mut self.last_index, fuel)?;
        let flags = regexp.flags();
        self.done = found.is_none() || !flags.global;
        if let (Some(found), true) = (&found, flags.global)
            && found.whole().is_empty()
        {
            self.last_index = advance(text, self.last_index, flags.unicode);
        }
        Ok(found)
    }
}

/// A piece of a split text: a stretch of it, or a group that captured nothing.
pub type Piece = Option<Range<usize>>;

impl Regexp {
    /// Splits a text: RegExp.prototype [ %Symbol.split% ] (ECMA-262, 22.2.6.14), with what the
    /// groups have captured between the stretches, `limit` pieces at most. Which flags are set
    /// makes no difference but for what matches.
    ///
    /// # Errors
    ///
    /// As [`exec_at`](Regexp::exec_at); each piece costs 1 more.
    ///
    /// ```
    /// use hogshead_script::regexp::Regexp;
    ///
    /// let comma = Regexp::new(r"\s*,\s*", "").unwrap();
    /// let text: Vec<u16> = "a , b,c".encode_utf16().collect();
    /// let mut fuel = 10_000;
    /// let pieces = comma.split(&text, u32::MAX, &mut fuel).unwrap();
    /// assert_eq!(pieces, [Some(0..1), Some(4..5), Some(6..7)]);
    /// ```
    pub fn split(&self, text: &[u16], limit: u32, fuel: &mut u64) -> Result<Vec<Piece>, OutOfFuel> {
        let limit = limit as usize;
        let mut pieces = Vec::new();
        if limit == 0 {
            return Ok(pieces);
        }
        if text.is_empty() {
            let found = self.exec_at(text, 0, true, fuel)?;
            return Ok(if found.is_some() { pieces } else { vec![Some(0..0)] });
        }
        // The stretch begins at `from`; the next separator is looked for from `at` on.
        let (mut from, mut at) = (0, 0);
        while let Some(found) = self.exec_at(text, at, false, fuel)? {
            let whole = found.whole();
            if whole.start >= text.len() {
                break;
            }
            if whole.end == from {
                at = advance(text, whole.start as u64, self.flags().unicode) as usize;
                continue;
            }
            *fuel = fuel.checked_sub(1 + self.groups() as u64).ok_or(OutOfFuel)?;
            pieces.push(Some(from..whole.start));
            for group in found.iter().skip(1) {
                if pieces.len() < limit {
                    pieces.push(group);
                }
            }
            if pieces.len() >= limit {
                return Ok(pieces);
            }
            (from, at) = (whole.end, whole.end);
        }
        pieces.push(Some(from..text.len()));
        Ok(pieces)
    }
}
