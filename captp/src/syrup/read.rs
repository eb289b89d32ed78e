//! Reading Syrup from a peer: bounded, in one pass, straight into the model's values.

use std::collections::BTreeMap;
use std::ops::{Neg, Range};

use bytes::Bytes;
use hogshead_objects::int::Int;
use hogshead_objects::{Symbol, Value};
use num_bigint::BigInt;

use super::{DecodeError, Problem};
use crate::descriptor::{Descriptor, Import, Target};
use crate::limits;

mod records;

/// A result of reading.
pub type Read<T> = Result<T, DecodeError>;

/// A place in a frame, and what it may still cost.
pub struct Reader<'a> {
    frame: &'a Bytes,
    at: usize,
    values_left: usize,
    digits_left: usize,
}

/// What begins with a digit.
enum Atom {
    Int(Int),
    Bytes(Range<usize>),
    String(Range<usize>),
    Symbol(Range<usize>),
}

/// Digits that surely fit an `i64`.
const SMALL_DIGITS: usize = 18;

/// What begins with few digits.
struct Digits {
    count: usize,
    number: u64,
    /// The octet behind them; none, if the frame ends with them.
    after: Option<u8>,
}

impl Digits {
    /// Reads them; none, if they are more than [`SMALL_DIGITS`].
    #[inline(always)]
    fn at_start(rest: &[u8]) -> Option<Self> {
        let mut number = 0_u64;
        for (count, octet) in rest.iter().take(SMALL_DIGITS + 1).enumerate() {
            let digit = octet.wrapping_sub(b'0');
            if digit > 9 {
                return Some(Self { count, number, after: Some(*octet) });
            }
            number = number.wrapping_mul(10).wrapping_add(u64::from(digit));
        }
        (rest.len() <= SMALL_DIGITS).then_some(Self { count: rest.len(), number, after: None })
    }
}

impl<'a> Reader<'a> {
    /// A reader at the start of a frame.
    pub fn new(frame: &'a Bytes) -> Self {
        Self {
            frame,
            at: 0,
            values_left: limits::VALUES_MAX,
            digits_left: limits::INTEGER_DIGITS_MAX,
        }
    }

    /// Refuses what follows the last value.
    pub fn finish(self) -> Read<()> {
        if self.at == self.frame.len() { Ok(()) } else { Err(self.error(Problem::Trailing)) }
    }

    /// An error at this place.
    pub fn error(&self, problem: Problem) -> DecodeError {
        DecodeError { at: self.at, problem }
    }

    /// Reads any value; `depth` is the number of containers around it.
    pub fn value(&mut self, depth: usize) -> Read<Value<Descriptor>> {
        self.values_left =
            self.values_left.checked_sub(1).ok_or_else(|| self.error(Problem::TooManyValues))?;
        match self.peek()? {
            b'0'..=b'9' => Ok(match self.atom()? {
                Atom::Int(n) => Value::Int(n),
                Atom::Bytes(range) => Value::Bytes(self.slice(range)?),
                Atom::String(range) => Value::String(self.text(range)?.to_owned()),
                Atom::Symbol(range) => Value::Symbol(symbol_of(self.name(range)?)),
            }),
            b't' => self.step(Value::Bool(true)),
            b'f' => self.step(Value::Bool(false)),
            b'D' => self.float().map(Value::Float),
            b'[' => self.container(depth).and_then(|inner| self.list(inner)).map(Value::List),
            b'{' => self.container(depth).and_then(|inner| self.fields(inner)).map(Value::Struct),
            b'<' => self.record_value(depth),
            _ => Err(self.error(Problem::Unexpected)),
        }
    }

    /// Reads a list of values, each with `inner` containers around it.
    pub fn list(&mut self, inner: usize) -> Read<Vec<Value<Descriptor>>> {
        self.expect(b'[')?;
        let mut items = Vec::new();
        while !self.skip_if(b']')? {
            items.push(self.value(inner)?);
        }
        Ok(items)
    }

    /// Reads `<` and the record's label.
    pub fn label(&mut self) -> Read<&'a [u8]> {
        self.expect(b'<')?;
        match self.atom()? {
            Atom::Symbol(range) => self.octets(range),
            _ => Err(self.error(Problem::UnknownRecord)),
        }
    }

    /// Why what comes is none of the records that may.
    fn unknown_record(&mut self) -> DecodeError {
        let label = self.label();
        label.err().unwrap_or_else(|| self.error(Problem::UnknownRecord))
    }

    /// Passes `<` and a record's label, spelled out, if that is what comes: a label has one
    /// spelling, so that it need not be taken apart.
    pub fn skip_label(&mut self, spelled: &[u8]) -> bool {
        let there = self.frame.get(self.at..).is_some_and(|rest| rest.starts_with(spelled));
        if there {
            self.advance(spelled.len());
        }
        there
    }

    /// Passes the given octet or fails.
    pub fn expect(&mut self, octet: u8) -> Read<()> {
        if self.peek()? != octet {
            return Err(self.error(Problem::Unexpected));
        }
        self.advance(1);
        Ok(())
    }

    /// Passes the given octet if it is there.
    pub fn skip_if(&mut self, octet: u8) -> Read<bool> {
        let there = self.peek()? == octet;
        if there {
            self.advance(1);
        }
        Ok(there)
    }

    /// Reads `t` or `f`.
    pub fn boolean(&mut self) -> Read<bool> {
        match self.peek()? {
            b't' => self.step(true),
            b'f' => self.step(false),
            _ => Err(self.error(Problem::Unexpected)),
        }
    }

    /// Reads a string.
    pub fn string(&mut self) -> Read<&'a str> {
        match self.atom()? {
            Atom::String(range) => self.text(range),
            _ => Err(self.error(Problem::Unexpected)),
        }
    }

    /// Reads an integer.
    pub fn integer(&mut self) -> Read<Int> {
        match self.atom()? {
            Atom::Int(n) => Ok(n),
            _ => Err(self.error(Problem::Unexpected)),
        }
    }

    /// Reads a position or a count: an integer that is not negative and fits 64 bits.
    pub fn natural(&mut self) -> Read<u64> {
        if let Some(small) = self.small_natural() {
            return Ok(small);
        }
        let n = match self.atom()? {
            Atom::Int(n) => n,
            _ => return Err(self.error(Problem::NotAPosition)),
        };
        let small = n.to_i64().map(u64::try_from);
        match small {
            Some(Ok(small)) => Ok(small),
            Some(Err(_)) => Err(self.error(Problem::NotAPosition)),
            None => u64::try_from(n.to_big()).map_err(|_| self.error(Problem::NotAPosition)),
        }
    }

    /// Reads a position of few digits, which nearly all are. Whatever else comes is left where it
    /// is.
    fn small_natural(&mut self) -> Option<u64> {
        let rest = self.frame.get(self.at..)?;
        let Digits { count, number, after } = Digits::at_start(rest)?;
        if self.kind(rest, count, after).ok()? != b'+' {
            return None;
        }
        self.advance(count.wrapping_add(1));
        Some(number)
    }

    /// Reads a position, or `false` for none.
    pub fn optional_natural(&mut self) -> Read<Option<u64>> {
        if self.skip_if(b'f')? { Ok(None) } else { self.natural().map(Some) }
    }

    /// Reads a list of positions.
    pub fn naturals(&mut self) -> Read<Vec<u64>> {
        self.expect(b'[')?;
        let mut items = Vec::new();
        while !self.skip_if(b']')? {
            self.values_left = self
                .values_left
                .checked_sub(1)
                .ok_or_else(|| self.error(Problem::TooManyValues))?;
            items.push(self.natural()?);
        }
        Ok(items)
    }

    /// Reads `desc:export` or `desc:answer`.
    pub fn target(&mut self) -> Read<Target> {
        let target = if self.skip_label(b"<11'desc:export") {
            Target::Export(self.natural()?)
        } else if self.skip_label(b"<11'desc:answer") {
            Target::Answer(self.natural()?)
        } else {
            return Err(self.unknown_record());
        };
        self.expect(b'>')?;
        Ok(target)
    }

    /// Reads `desc:import-object` or `desc:import-promise`.
    pub fn import(&mut self) -> Read<Import> {
        let import = if self.skip_label(b"<18'desc:import-object") {
            Import::Object(self.natural()?)
        } else if self.skip_label(b"<19'desc:import-promise") {
            Import::Promise(self.natural()?)
        } else {
            return Err(self.unknown_record());
        };
        self.expect(b'>')?;
        Ok(import)
    }

    /// Reads `desc:import-object` or `desc:import-promise`, or `false` for none.
    pub fn optional_import(&mut self) -> Read<Option<Import>> {
        if self.skip_if(b'f')? { Ok(None) } else { self.import().map(Some) }
    }

    /// The depth inside a container at `depth`, if it may be that deep: this bounds the stack.
    fn container(&self, depth: usize) -> Read<usize> {
        if depth >= limits::DEPTH_MAX {
            return Err(self.error(Problem::TooDeep));
        }
        Ok(depth.saturating_add(1))
    }

    fn fields(&mut self, inner: usize) -> Read<BTreeMap<String, Value<Descriptor>>> {
        self.expect(b'{')?;
        let mut fields = BTreeMap::new();
        while !self.skip_if(b'}')? {
            let key = match self.atom()? {
                Atom::String(range) => self.name(range)?,
                _ => return Err(self.error(Problem::Unexpected)),
            };
            let key_at = self.at;
            let value = self.value(inner)?;
            if fields.insert(key.to_owned(), value).is_some() {
                return Err(DecodeError { at: key_at, problem: Problem::DuplicateKey });
            }
        }
        Ok(fields)
    }

    fn float(&mut self) -> Read<f64> {
        self.expect(b'D')?;
        let octets: [u8; 8] = self
            .frame
            .get(self.at..self.at.saturating_add(8))
            .and_then(|octets| octets.try_into().ok())
            .ok_or_else(|| self.error(Problem::Truncated))?;
        self.advance(8);
        let n = f64::from_be_bytes(octets);
        Ok(if n.is_nan() { f64::NAN } else { n })
    }

    /// Reads what begins with digits: they are a number, or the length of what follows.
    fn atom(&mut self) -> Read<Atom> {
        let rest = self.frame.get(self.at..).unwrap_or_default();
        let Some(Digits { count, number: small, after }) = Digits::at_start(rest) else {
            return self.long_atom(rest);
        };
        let kind = self.kind(rest, count, after)?;
        if matches!(kind, b'+' | b'-') {
            return self.small_integer(count, small, kind == b'-');
        }
        // Compared before anything is allocated: a length of 4 GiB costs nothing.
        let first = self.at.wrapping_add(count).wrapping_add(1);
        let end = usize::try_from(small).ok().and_then(|length| first.checked_add(length));
        let Some(end) = end.filter(|end| *end <= self.frame.len()) else {
            return Err(self.error(Problem::Truncated));
        };
        self.at = end;
        Ok(match kind {
            b':' => Atom::Bytes(first..end),
            b'"' => Atom::String(first..end),
            _ => Atom::Symbol(first..end),
        })
    }

    /// What follows so many digits, if they may stand before it.
    #[inline]
    fn kind(&self, rest: &[u8], count: usize, kind: Option<u8>) -> Read<u8> {
        let problem = match kind {
            _ if count > self.digits_left => Problem::TooManyDigits,
            None => Problem::Truncated,
            Some(_) if count == 0 => Problem::Unexpected,
            Some(_) if count > 1 && rest.first() == Some(&b'0') => Problem::NotCanonical,
            Some(kind @ (b'+' | b'-' | b':' | b'"' | b'\'')) => return Ok(kind),
            Some(_) => Problem::Unexpected,
        };
        Err(self.error(problem))
    }

    fn small_integer(&mut self, count: usize, magnitude: u64, negative: bool) -> Read<Atom> {
        let magnitude = i64::try_from(magnitude).unwrap_or(i64::MAX);
        if negative && magnitude == 0 {
            return Err(self.error(Problem::NotCanonical));
        }
        self.advance(count.saturating_add(1));
        Ok(Atom::Int(Int::from(if negative { magnitude.saturating_neg() } else { magnitude })))
    }

    /// Reads what begins with more digits than fit: a large number. Nothing is as long as that.
    #[cold]
    fn long_atom(&mut self, rest: &[u8]) -> Read<Atom> {
        let most = self.digits_left.saturating_add(1);
        let count = rest.iter().take(most).take_while(|octet| octet.is_ascii_digit()).count();
        let kind = self.kind(rest, count, rest.get(count).copied())?;
        if !matches!(kind, b'+' | b'-') {
            return Err(self.error(Problem::Truncated));
        }
        self.digits_left = self.digits_left.saturating_sub(count);
        let digits = rest.get(..count).unwrap_or_default();
        let big = BigInt::parse_bytes(digits, 10).ok_or_else(|| self.error(Problem::Unexpected))?;
        self.advance(count.saturating_add(1));
        Ok(Atom::Int(Int::from(if kind == b'-' { big.neg() } else { big })))
    }

    fn octets(&self, range: Range<usize>) -> Read<&'a [u8]> {
        self.frame.get(range).ok_or_else(|| self.error(Problem::Truncated))
    }

    fn slice(&self, range: Range<usize>) -> Read<Bytes> {
        self.octets(range).map(|octets| self.frame.slice_ref(octets))
    }

    fn text(&self, range: Range<usize>) -> Read<&'a str> {
        std::str::from_utf8(self.octets(range)?).map_err(|_| self.error(Problem::NotUtf8))
    }

    fn name(&self, range: Range<usize>) -> Read<&'a str> {
        if range.len() > limits::NAME_BYTES_MAX {
            return Err(self.error(Problem::NameTooLong));
        }
        self.text(range)
    }

    /// The next octet, left where it is.
    pub fn peek(&self) -> Read<u8> {
        self.frame.get(self.at).copied().ok_or_else(|| self.error(Problem::Truncated))
    }

    fn step<T>(&mut self, value: T) -> Read<T> {
        self.advance(1);
        Ok(value)
    }

    fn advance(&mut self, octets: usize) {
        self.at = self.at.saturating_add(octets);
    }
}

/// The methods that the protocol itself knows are not copied.
fn symbol_of(name: &str) -> Symbol {
    match name {
        "fulfill" => Symbol::from_static("fulfill"),
        "break" => Symbol::from_static("break"),
        "fetch" => Symbol::from_static("fetch"),
        _ => Symbol::from(name.to_owned()),
    }
}
