//! Templates of replacements: `$1`, `$&` and the like.

use std::ops::Range;

use super::{Captures, Regexp};

/// What a match is replaced by, read once for many matches: GetSubstitution (ECMA-262,
/// 22.1.3.19.1).
#[derive(Clone, Debug)]
pub struct Template<'t> {
    text: &'t [u16],
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// This stretch of the template.
    Literal(Range<usize>),
    /// What this group has captured; 0 is the whole match.
    Group(usize),
    /// The text before the match.
    Before,
    /// The text after it.
    After,
}

impl<'t> Template<'t> {
    /// Reads a template for the matches of `regexp`, or, without one, for a string that is
    /// searched: then there are no groups.
    pub fn new(text: &'t [u16], regexp: Option<&Regexp>) -> Template<'t> {
        let groups = regexp.map_or(0, Regexp::groups);
        let mut template = Template { text, parts: Vec::new() };
        let mut at = 0;
        while at < text.len() {
            let (part, length) =
                reference(text, at, groups, regexp).unwrap_or((Some(Part::Literal(at..at + 1)), 1));
            at += length;
            match (template.parts.last_mut(), part) {
                (Some(Part::Literal(last)), Some(Part::Literal(next)))
                    if last.end == next.start =>
                {
                    last.end = next.end;
                }
                (_, Some(part)) => template.parts.push(part),
                (_, None) => {}
            }
        }
        template
    }

    /// The length of what [`expand`](Template::expand) appends, in code units.
    pub fn expanded_len(&self, text: &[u16], captures: &Captures) -> usize {
        self.parts.iter().map(|part| self.stretch(part, text, captures).len()).sum()
    }

    /// Appends what a match in `text` is replaced by.
    pub fn expand(&self, text: &[u16], captures: &Captures, into: &mut Vec<u16>) {
        for part in &self.parts {
            into.extend_from_slice(self.stretch(part, text, captures));
        }
    }

    fn stretch<'s>(&self, part: &Part, text: &'s [u16], captures: &Captures) -> &'s [u16]
    where
        't: 's,
    {
        let whole = captures.whole();
        let stretch = match part {
            Part::Literal(range) => self.text.get(range.clone()),
            Part::Group(number) => captures.group(*number).and_then(|range| text.get(range)),
            Part::Before => text.get(..whole.start),
            Part::After => text.get(whole.end..),
        };
        stretch.unwrap_or_default()
    }
}

/// The reference that begins at `at`, if one does, and its length. A name that no group has stands
/// for nothing.
fn reference(
    text: &[u16],
    at: usize,
    groups: usize,
    regexp: Option<&Regexp>,
) -> Option<(Option<Part>, usize)> {
    let rest = &text[at..];
    let ascii = |index: usize| rest.get(index).and_then(|&unit| u8::try_from(unit).ok());
    if ascii(0)? != b'$' {
        return None;
    }
    match ascii(1)? {
        b'$' => Some((Some(Part::Literal(at + 1..at + 2)), 2)),
        b'&' => Some((Some(Part::Group(0)), 2)),
        b'`' => Some((Some(Part::Before), 2)),
        b'\'' => Some((Some(Part::After), 2)),
        first @ b'0'..=b'9' => {
            let one = usize::from(first - b'0');
            let two = ascii(2).filter(u8::is_ascii_digit).map(|d| one * 10 + usize::from(d - b'0'));
            match two {
                Some(two) if (1..=groups).contains(&two) => Some((Some(Part::Group(two)), 3)),
                _ if (1..=groups).contains(&one) => Some((Some(Part::Group(one)), 2)),
                _ => None,
            }
        }
        b'<' => {
            let regexp = regexp.filter(|regexp| regexp.names().next().is_some())?;
            let end = rest.iter().position(|&unit| unit == u16::from(b'>'))?;
            let name = String::from_utf16(&rest[2..end]).ok();
            let number = name.and_then(|name| regexp.group_named(&name));
            Some((number.map(Part::Group), end + 1))
        }
        _ => None,
    }
}
