//! Locators and sturdyrefs as text.
//!
//! - The scheme is `ocapn`, in lower case. No user, port, path but `/s/…`, or fragment.
//! - The last dot of the authority separates designator and transport.
//! - Each part is percent-decoded once it stands alone, and must be UTF-8 then (a swiss number need
//!   not). Characters outside of RFC 3986's for that place are refused.
//! - Hints: `name=value`, separated by `&`; a name twice is refused. No `?` means that there are
//!   none, a `?` with nothing after it that there is an empty set of them.
//! - A swiss number is percent-encoded octets. On our own network (`hog`) one of 32 octets, as our
//!   vats mint them, is written in base32 instead: 52 characters of `a-z2-7`. What would read as
//!   such but is not has its first octet escaped, so that every swiss number has one text and
//!   every text one swiss number.
//! - Written are: hints in ascending order of names, unreserved characters as they are (in hint
//!   values `:` and `,` too, for addresses), everything else as `%XX` in upper case.

use std::fmt::{self, Write};
use std::str::FromStr;

use data_encoding::BASE32_NOPAD;
use zeroize::Zeroizing;

use super::{HOG, Hints, Locator, SturdyRef, SwissNumber};
use crate::error::Error;
use crate::ids::KeyError;
use crate::limits::{
    LOCATOR_ADDRESSES_MAX, LOCATOR_HINTS_MAX, LOCATOR_TEXT_BYTES_MAX, SWISS_BYTES_MAX,
};
use crate::value::Symbol;

/// Why something is not a locator or a sturdyref. Shows nothing of a swiss number.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LocatorError {
    /// The text is longer than is read.
    #[error("a locator has at most {LOCATOR_TEXT_BYTES_MAX} bytes")]
    TooLong,
    /// The text does not begin with the scheme.
    #[error("a locator begins with `ocapn://`")]
    Scheme,
    /// A character that cannot stand there.
    #[error("a locator cannot contain the character {0:?} there")]
    Character(char),
    /// A `%` without two hexadecimal digits, or escapes that are not UTF-8.
    #[error("a locator's escapes are `%` and two hexadecimal digits, and give UTF-8")]
    Escape,
    /// Nothing before the last dot.
    #[error("a locator names the peer before the last dot")]
    NoDesignator,
    /// No transport after the last dot, or one with a dot inside.
    #[error("a locator names the transport after the last dot")]
    Transport,
    /// The path is not that of a sturdyref.
    #[error("after the transport comes nothing but `/s/` and a swiss number, or hints")]
    Path,
    /// A locator was wanted, and this is a sturdyref.
    #[error("this is a sturdyref, which names an object; a peer's locator has no `/s/`")]
    HasSwissNumber,
    /// A sturdyref was wanted, and this is only a locator.
    #[error("a sturdyref has `/s/` and a swiss number after the transport")]
    NoSwissNumber,
    /// The swiss number is too long.
    #[error("a swiss number has at most {SWISS_BYTES_MAX} bytes")]
    SwissTooLong,
    /// 52 characters that look like base32 but do not decode.
    #[error("this swiss number is damaged: it is not base32")]
    SwissDamaged,
    /// A hint without `=` or without a name.
    #[error("a hint is a name, `=` and a value")]
    NamelessHint,
    /// A hint occurs twice.
    #[error("the hint `{0}` occurs twice")]
    HintTwice(String),
    /// Too many hints.
    #[error("a locator has at most {LOCATOR_HINTS_MAX} hints")]
    TooManyHints,
    /// Too many addresses in one hint.
    #[error("a hint has at most {LOCATOR_ADDRESSES_MAX} addresses")]
    TooManyAddresses,
    /// A vat was wanted, and this is a peer of another network.
    #[error("the transport is not `{HOG}`")]
    NotHog,
    /// The designator on our own network is no key.
    #[error("the designator is not a vat's key: {0}")]
    Key(#[source] KeyError),
}

impl From<LocatorError> for Error {
    fn from(error: LocatorError) -> Self {
        Self::bad_call(error.to_string())
    }
}

impl FromStr for Locator {
    type Err = LocatorError;

    fn from_str(text: &str) -> Result<Self, LocatorError> {
        let (locator, swiss) = parse(text)?;
        match swiss {
            None => Ok(locator),
            Some(_) => Err(LocatorError::HasSwissNumber),
        }
    }
}

impl FromStr for SturdyRef {
    type Err = LocatorError;

    fn from_str(text: &str) -> Result<Self, LocatorError> {
        let (peer, swiss) = parse(text)?;
        let swiss = swiss.ok_or(LocatorError::NoSwissNumber)?;
        Ok(Self { peer, swiss })
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_peer(f, &self.designator, self.transport.as_str())?;
        write_hints(f, self)
    }
}

/// Shows the peer, and nothing of the swiss number.
impl fmt::Display for SturdyRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_peer(f, &self.peer.designator, self.peer.transport.as_str())?;
        f.write_str("/s/…")?;
        write_hints(f, &self.peer)
    }
}

impl fmt::Debug for SturdyRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SturdyRef({self})")
    }
}

fn parse(text: &str) -> Result<(Locator, Option<SwissNumber>), LocatorError> {
    if text.len() > LOCATOR_TEXT_BYTES_MAX {
        return Err(LocatorError::TooLong);
    }
    let rest = text.strip_prefix(SCHEME).ok_or(LocatorError::Scheme)?;
    let (before, query) = match rest.split_once('?') {
        Some((before, query)) => (before, Some(query)),
        None => (rest, None),
    };
    let (authority, path) = match before.find('/') {
        Some(slash) => before.split_at(slash),
        None => (before, ""),
    };
    let (designator, transport) = authority.rsplit_once('.').ok_or(LocatorError::Transport)?;
    let locator = Locator {
        designator: decode_text(designator, SUB_DELIMITERS)?,
        transport: Symbol::from(decode_text(transport, SUB_DELIMITERS)?),
        hints: query.map(parse_hints).transpose()?,
    };
    locator.check()?;
    let swiss = match path {
        "" => None,
        path => Some(parse_swiss(path, locator.is_hog())?),
    };
    Ok((locator, swiss))
}

fn parse_hints(query: &str) -> Result<Hints, LocatorError> {
    let mut hints = Hints::new();
    if query.is_empty() {
        return Ok(hints);
    }
    for hint in query.split('&') {
        if hints.len() >= LOCATOR_HINTS_MAX {
            return Err(LocatorError::TooManyHints);
        }
        let (name, value) = hint.split_once('=').ok_or(LocatorError::NamelessHint)?;
        let (name, value) = (decode_text(name, QUERY)?, decode_text(value, QUERY)?);
        if name.is_empty() {
            return Err(LocatorError::NamelessHint);
        }
        if hints.contains_key(&name) {
            return Err(LocatorError::HintTwice(name));
        }
        hints.insert(name, value);
    }
    Ok(hints)
}

fn parse_swiss(path: &str, hog: bool) -> Result<SwissNumber, LocatorError> {
    let segment = path.strip_prefix("/s/").ok_or(LocatorError::Path)?;
    let bytes = if hog && looks_like_base32(segment.as_bytes()) {
        let upper = Zeroizing::new(segment.to_ascii_uppercase());
        BASE32_NOPAD.decode(upper.as_bytes()).map_err(|_| LocatorError::SwissDamaged)?
    } else {
        decode(segment, SEGMENT)?
    };
    let swiss = SwissNumber::new(bytes);
    swiss.check()?;
    Ok(swiss)
}

const SCHEME: &str = "ocapn://";

/// RFC 3986, section 2.2; what may stand in an authority besides unreserved characters.
const SUB_DELIMITERS: &[u8] = b"!$&'()*+,;=";
/// Section 3.3: a segment of a path.
const SEGMENT: &[u8] = b"!$&'()*+,;=:@";
/// Section 3.4: a query; `&` has been cut away by then.
const QUERY: &[u8] = b"!$'()*+,;=:@/?";

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

/// The octets of a part in which unreserved characters and those of `allowed` stand for
/// themselves.
fn decode(part: &str, allowed: &[u8]) -> Result<Vec<u8>, LocatorError> {
    // Room for all, so that a secret is not left behind by a growing buffer.
    let mut decoded = Vec::with_capacity(part.len());
    let mut chars = part.char_indices();
    while let Some((at, c)) = chars.next() {
        match u8::try_from(c) {
            Ok(b'%') => {
                let digits = part.get(at + 1..at + 3).ok_or(LocatorError::Escape)?;
                if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                    return Err(LocatorError::Escape);
                }
                decoded.push(u8::from_str_radix(digits, 16).map_err(|_| LocatorError::Escape)?);
                chars.nth(1);
            }
            Ok(byte) if is_unreserved(byte) || allowed.contains(&byte) => decoded.push(byte),
            _ => return Err(LocatorError::Character(c)),
        }
    }
    Ok(decoded)
}

fn decode_text(part: &str, allowed: &[u8]) -> Result<String, LocatorError> {
    String::from_utf8(decode(part, allowed)?).map_err(|_| LocatorError::Escape)
}

fn encode(f: &mut impl Write, octets: &[u8], kept: &[u8]) -> fmt::Result {
    for octet in octets {
        if is_unreserved(*octet) || kept.contains(octet) {
            f.write_char(char::from(*octet))?;
        } else {
            write!(f, "%{octet:02X}")?;
        }
    }
    Ok(())
}

pub(super) fn write_peer(f: &mut impl Write, designator: &str, transport: &str) -> fmt::Result {
    f.write_str(SCHEME)?;
    encode(f, designator.as_bytes(), b"")?;
    f.write_char('.')?;
    encode(f, transport.as_bytes(), b"")
}

fn write_hints(f: &mut impl Write, locator: &Locator) -> fmt::Result {
    let Some(hints) = &locator.hints else { return Ok(()) };
    f.write_char('?')?;
    for (i, (name, value)) in hints.iter().enumerate() {
        if i > 0 {
            f.write_char('&')?;
        }
        encode(f, name.as_bytes(), b"")?;
        f.write_char('=')?;
        encode(f, value.as_bytes(), b":,")?;
    }
    Ok(())
}

fn write_swiss(f: &mut impl Write, swiss: &[u8], hog: bool) -> fmt::Result {
    match (hog, swiss) {
        (true, swiss) if swiss.len() == 32 => {
            let mut text = Zeroizing::new(BASE32_NOPAD.encode(swiss));
            text.make_ascii_lowercase();
            f.write_str(&text)
        }
        (true, [first, rest @ ..]) if looks_like_base32(swiss) => {
            write!(f, "%{first:02X}")?;
            encode(f, rest, b"")
        }
        _ => encode(f, swiss, b""),
    }
}

/// Whether a segment reads as 32 octets in base32.
fn looks_like_base32(segment: &[u8]) -> bool {
    segment.len() == 52 && segment.iter().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7'))
}

pub(super) fn expose_text(sturdy: &SturdyRef) -> Zeroizing<String> {
    // Room for all, each octet escaped, so that no copy is left behind by a growing buffer.
    let room = SCHEME.len() + 64 + 4 * sturdy.size_bytes();
    let mut text = Zeroizing::new(String::with_capacity(room));
    let written = write_peer(&mut *text, &sturdy.peer.designator, sturdy.peer.transport.as_str())
        .and_then(|()| text.write_str("/s/"))
        .and_then(|()| write_swiss(&mut *text, sturdy.swiss.expose(), sturdy.peer.is_hog()))
        .and_then(|()| write_hints(&mut *text, &sturdy.peer));
    written.expect("writing to a string cannot fail");
    text
}

/// The text must be readable again.
pub(super) fn check_length(locator: &Locator) -> Result<(), LocatorError> {
    struct Count(usize);
    impl Write for Count {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0 += text.len();
            if self.0 > LOCATOR_TEXT_BYTES_MAX { Err(fmt::Error) } else { Ok(()) }
        }
    }
    write!(Count(0), "{locator}").map_err(|_| LocatorError::TooLong)
}
