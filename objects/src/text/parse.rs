//! The reader of the abstract notation.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::{is_name_char, is_plain};
use crate::error::{Error, Result};
use crate::limits::{TEXT_BYTES_MAX, VALUE_DEPTH_MAX};
use crate::value::{ErrorValue, Tagged, Value};

/// Reads a value from the abstract notation, as this module describes it.
///
/// Fails with [`Class::BadCall`](crate::Class::BadCall) and the place in bytes. References and
/// sturdyrefs are refused, and so is more than
/// [`TEXT_BYTES_MAX`](crate::limits::TEXT_BYTES_MAX).
///
/// ```
/// use hogshead_objects::{Value, text};
///
/// let value = text::parse(r#"{ name: "Alice", ids: [1 2 3], more: <null> }"#)?;
/// assert_eq!(value.to_string(), r#"{ids: [1 2 3], more: <null>, name: "Alice"}"#);
/// assert!(text::parse("[1 2").is_err());
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
pub fn parse(text: &str) -> Result<Value> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(Error::bad_call(format!("a value has at most {TEXT_BYTES_MAX} bytes of text")));
    }
    let mut parser = Parser { text, at: 0 };
    parser.skip_space();
    let value = parser.value(0)?;
    parser.skip_space();
    match parser.peek() {
        None => Ok(value),
        Some(_) => parser.expected("the end"),
    }
}

/// The abstract notation; see [`parse`](crate::text::parse).
impl FromStr for Value {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        parse(text)
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn take_while(&mut self, accept: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !accept(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        self.take_while(|c| matches!(c, ' ' | '\t' | '\r' | '\n'));
    }

    fn expected<T>(&self, what: &str) -> Result<T> {
        let found = match self.peek() {
            Some(c) => format!("{c:?}"),
            None => "the end".to_owned(),
        };
        self.fail(&format!("expected {what}, found {found}"))
    }

    fn fail<T>(&self, what: &str) -> Result<T> {
        Err(Error::bad_call(format!("at byte {}: {what}", self.at)))
    }

    fn too_deep<T>(&self) -> Result<T> {
        self.fail(&format!("nested deeper than {VALUE_DEPTH_MAX} levels"))
    }

    /// A value, where no space is left.
    fn value(&mut self, depth: usize) -> Result<Value> {
        match self.peek() {
            Some('[' | '{') if depth >= VALUE_DEPTH_MAX => self.too_deep(),
            Some('[') => self.list(depth + 1),
            Some('{') => self.structure(depth + 1),
            Some('<') => self.record(depth + 1),
            Some('"') => self.string().map(Value::String),
            Some('\'') => self.symbol().map(|name| Value::Symbol(name.into())),
            Some(':') => self.octets(),
            Some('+' | '-' | '.' | '0'..='9') => self.number(),
            Some('a'..='z') => self.word(),
            _ => self.expected("a value"),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value> {
        self.next();
        let mut values = Vec::new();
        loop {
            let spaced = self.space_or_bracket();
            if self.eat(']') {
                return Ok(Value::List(values));
            }
            if !spaced && !values.is_empty() {
                return self.expected("a space or `]`");
            }
            values.push(self.value(depth)?);
        }
    }

    /// Skips space, and says whether two values may stand here side by side: there was some, or
    /// the next one opens with a bracket.
    fn space_or_bracket(&mut self) -> bool {
        let before = self.at;
        self.skip_space();
        self.at > before || matches!(self.peek(), Some('[' | '{' | '<'))
    }

    fn structure(&mut self, depth: usize) -> Result<Value> {
        self.next();
        let mut fields = BTreeMap::new();
        self.skip_space();
        if self.eat('}') {
            return Ok(Value::Struct(fields));
        }
        loop {
            self.skip_space();
            let at = self.at;
            let key = match self.peek() {
                Some('"') => self.string()?,
                Some('a'..='z' | 'A'..='Z') => {
                    self.take_while(|c| is_name_char(c) && c != ':').to_owned()
                }
                _ => return self.expected("a field's name"),
            };
            self.skip_space();
            if !self.eat(':') {
                return self.expected("`:`");
            }
            self.skip_space();
            let value = self.value(depth)?;
            if fields.insert(key, value).is_some() {
                self.at = at;
                return self.fail("a field of this name was there before");
            }
            self.skip_space();
            if self.eat('}') {
                return Ok(Value::Struct(fields));
            }
            if !self.eat(',') {
                return self.expected("`,` or `}`");
            }
        }
    }

    fn record(&mut self, depth: usize) -> Result<Value> {
        let at = self.at;
        self.next();
        self.skip_space();
        self.eat('\'');
        let label = self.take_while(is_name_char);
        let value = match label {
            "void" => Value::Undefined,
            "null" => Value::Null,
            "desc:error" => {
                self.skip_space();
                let Some('"') = self.peek() else { return self.expected("the error's message") };
                Value::Error(ErrorValue { message: self.string()? })
            }
            "desc:tagged" => {
                if depth > VALUE_DEPTH_MAX {
                    return self.too_deep();
                }
                self.skip_space();
                let Some('\'') = self.peek() else { return self.expected("a tag") };
                let tag = self.symbol()?;
                if !self.space_or_bracket() {
                    return self.expected("a space");
                }
                Value::Tagged(Box::new(Tagged { tag, value: self.value(depth)? }))
            }
            "desc:reference" | "ocapn-sturdyref" => {
                self.at = at;
                return self.fail("a reference cannot be given as text");
            }
            _ => {
                self.at = at;
                return self.fail("this record is not a value");
            }
        };
        self.skip_space();
        if self.eat('>') { Ok(value) } else { self.expected("`>`") }
    }

    fn symbol(&mut self) -> Result<String> {
        self.next();
        match self.peek() {
            Some('"') => self.string(),
            Some('a'..='z' | 'A'..='Z') => Ok(self.take_while(is_name_char).to_owned()),
            _ => self.expected("a symbol's name"),
        }
    }

    fn string(&mut self) -> Result<String> {
        self.next();
        let mut text = String::new();
        loop {
            text.push_str(self.take_while(is_plain));
            match self.peek() {
                Some('"') => {
                    self.next();
                    return Ok(text);
                }
                Some('\\') => {
                    self.next();
                    text.push(self.escape()?);
                }
                _ => return self.expected("`\"`, or an escape for this character"),
            }
        }
    }

    fn escape(&mut self) -> Result<char> {
        let plain = match self.peek() {
            Some(c @ ('"' | '\\')) => c,
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                self.next();
                return self.code_point();
            }
            _ => return self.expected("one of `\"\\nrtu` after `\\`"),
        };
        self.next();
        Ok(plain)
    }

    fn code_point(&mut self) -> Result<char> {
        if !self.eat('{') {
            return self.expected("`{`");
        }
        let digits = self.take_while(|c| c.is_ascii_hexdigit());
        let code = (digits.len() <= 6).then(|| u32::from_str_radix(digits, 16).ok()).flatten();
        match code.and_then(char::from_u32) {
            Some(c) if self.eat('}') => Ok(c),
            Some(_) => self.expected("`}`"),
            None => self.fail("this is no Unicode character"),
        }
    }

    fn octets(&mut self) -> Result<Value> {
        self.next();
        let digits = self.take_while(|c| c.is_ascii_hexdigit());
        match data_encoding::HEXLOWER.decode(digits.as_bytes()) {
            Ok(octets) => Ok(Value::Bytes(octets.into())),
            Err(_) => self.fail("octets are pairs of the digits 0-9 and a-f"),
        }
    }

    fn number(&mut self) -> Result<Value> {
        let start = self.at;
        let negative = self.peek() == Some('-');
        if matches!(self.peek(), Some('+' | '-')) {
            self.next();
        }
        if self.rest().starts_with("inf") {
            self.take_while(is_name_char);
            let infinity = if negative { f64::NEG_INFINITY } else { f64::INFINITY };
            return self.word_from(start, &["inf", "+inf", "-inf"], Value::Float(infinity));
        }
        let whole = self.take_while(|c| c.is_ascii_digit());
        if !self.eat('.') {
            let digits = self.text.get(start..self.at).unwrap_or_default();
            return match digits.parse() {
                Ok(int) => Ok(Value::Int(int)),
                Err(error) => self.fail(&format!("{error}")),
            };
        }
        let fraction = self.take_while(|c| c.is_ascii_digit());
        let leading_zero = whole.len() > 1 && whole.starts_with('0');
        let digits = self.text.get(start..self.at).unwrap_or_default();
        match digits.parse::<f64>() {
            Ok(v) if !(leading_zero || whole.is_empty() && fraction.is_empty()) => {
                Ok(Value::Float(v))
            }
            _ => self.fail("a float is digits, `.` and digits, without leading zeros"),
        }
    }

    fn word(&mut self) -> Result<Value> {
        let start = self.at;
        let value = match self.take_while(is_name_char) {
            "t" => Value::Bool(true),
            "f" => Value::Bool(false),
            "inf" => Value::Float(f64::INFINITY),
            "nan" => Value::from(f64::NAN),
            _ => {
                self.at = start;
                return self.expected("a value (a symbol begins with `'`)");
            }
        };
        Ok(value)
    }

    fn word_from(&mut self, start: usize, words: &[&str], value: Value) -> Result<Value> {
        let word = self.text.get(start..self.at).unwrap_or_default();
        if words.contains(&word) {
            return Ok(value);
        }
        self.at = start;
        self.expected("a value")
    }
}
