//! A walk over the CBOR that ciborium writes, without building anything.

use super::scope::Mark;

/// What a walk has found.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Survey {
    /// The levels of nesting.
    pub(super) depth: usize,
    /// Octet strings that begin with the mark.
    pub(super) tokens: usize,
}

/// Surveys one encoded item; `None` if it is not CBOR of definite lengths.
pub(super) fn survey(bytes: &[u8], mark: Mark) -> Option<Survey> {
    let mut tokens = 0;
    let depth = walk(bytes, |octets| tokens += usize::from(octets.starts_with(&mark)))?;
    Some(Survey { depth, tokens })
}

/// Shows every octet string of one encoded item.
pub(super) fn for_each_octets(bytes: &[u8], see: impl FnMut(&[u8])) -> Option<()> {
    walk(bytes, see).map(drop)
}

/// The salt at the beginning of a state.
pub(super) fn salt(bytes: &[u8]) -> Option<u32> {
    let [ARRAY_OF_TWO, rest @ ..] = bytes else { return None };
    let mut reader = Reader { rest };
    let (POSITIVE, salt) = reader.header()? else { return None };
    u32::try_from(salt).ok()
}

const ARRAY_OF_TWO: u8 = 0x82;
const POSITIVE: u8 = 0;
const NEGATIVE: u8 = 1;
const OCTETS: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const TAG: u8 = 6;
const SIMPLE: u8 = 7;
/// A length of its own end mark; ciborium writes it for sequences of unknown length.
const INDEFINITE: u8 = 31;
const BREAK: u8 = 0xFF;

/// Walks one item that spans all bytes, and gives its depth. It does not recurse.
fn walk(bytes: &[u8], mut see: impl FnMut(&[u8])) -> Option<usize> {
    // The items still to come on each level; `None` where a break ends them.
    let mut open: Vec<Option<u64>> = Vec::with_capacity(16);
    open.push(Some(1));
    let mut deepest = 0;
    let mut reader = Reader { rest: bytes };
    while let Some(level) = open.last_mut() {
        match level {
            Some(0) => {
                open.pop();
                continue;
            }
            Some(more) => *more -= 1,
            None if reader.rest.first() == Some(&BREAK) => {
                reader.take(1)?;
                open.pop();
                continue;
            }
            None => {}
        }
        let indefinite = reader.rest.first()? & 0x1F == INDEFINITE;
        let (major, argument) = reader.header()?;
        match major {
            POSITIVE | NEGATIVE | SIMPLE => {}
            OCTETS if !indefinite => see(reader.take(argument)?),
            TEXT if !indefinite => drop(reader.take(argument)?),
            ARRAY if indefinite => open.push(None),
            MAP if indefinite => open.push(None),
            ARRAY => open.push(Some(argument)),
            MAP => open.push(Some(argument.checked_mul(2)?)),
            TAG => open.push(Some(1)),
            _ => return None,
        }
        deepest = deepest.max(open.len() - 1);
    }
    reader.rest.is_empty().then_some(deepest)
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(usize::try_from(length).ok()?)?;
        self.rest = rest;
        Some(taken)
    }

    /// The major type and the argument.
    fn header(&mut self) -> Option<(u8, u64)> {
        let first = *self.take(1)?.first()?;
        let argument = match first & 0x1F {
            small @ 0..=23 => u64::from(small),
            size @ 24..=27 => {
                let octets = self.take(1 << (size - 24))?;
                octets.iter().fold(0, |n, octet| n << 8 | u64::from(*octet))
            }
            INDEFINITE => 0,
            _ => return None,
        };
        Some((first >> 5, argument))
    }
}
