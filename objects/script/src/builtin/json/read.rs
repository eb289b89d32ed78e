//! `JSON.parse` without a reviver (ECMA-262, 25.5.1), without recursion, with Node's messages.

use crate::machine::heap::{PROPERTY_BYTES, Text, VAL_BYTES};
use crate::machine::{Args, Atom, ErrorKind, Machine, Trap, Val, atoms};

/// `$jsonParse(text)`.
pub(super) fn parse(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let text = machine.to_text(args, 0)?;
    machine.charge(text.len() / 4);
    let mut reader = Reader { text: &text, at: 0, open: Vec::new(), room: 0 };
    match reader.read(machine) {
        Ok(value) => Ok(value),
        Err(Stop::Trap(trap)) => Err(trap),
        Err(Stop::Wrong(wrong)) => Err(thrown(machine, &text, wrong)),
    }
}

struct Reader<'t> {
    text: &'t [u16],
    at: usize,
    open: Vec<Open>,
    /// Bytes that what is open will count for.
    room: usize,
}

/// An array or object that is being read.
enum Open {
    Array(Vec<Val>),
    /// The object, and the name whose value comes next.
    Object(Val, Atom),
}

/// What is wrong, and where.
struct Wrong {
    at: usize,
    what: What,
}

enum What {
    /// What stands there, if anything, is not what may.
    Unexpected,
    /// As this message says.
    Said(&'static str),
}

enum Stop {
    Wrong(Wrong),
    Trap(Trap),
}

impl From<Trap> for Stop {
    fn from(trap: Trap) -> Self {
        Self::Trap(trap)
    }
}

impl Reader<'_> {
    fn read(&mut self, machine: &mut Machine) -> Result<Val, Stop> {
        loop {
            let mut value = match self.value(machine)? {
                Some(value) => value,
                None => continue,
            };
            // What a value ends may end in turn.
            loop {
                machine.reserve(self.room)?;
                match self.open.pop() {
                    None => return self.end(value),
                    Some(open) => match self.after(machine, open, value)? {
                        Some(whole) => value = whole,
                        None => break,
                    },
                }
            }
        }
    }

    /// Reads a value; none if it has begun an array or object that has content.
    fn value(&mut self, machine: &mut Machine) -> Result<Option<Val>, Stop> {
        self.skip();
        let Some(first) = self.ascii() else { return self.unexpected() };
        Ok(Some(match first {
            b'"' => {
                let text = self.string()?;
                machine.new_text(text)
            }
            b'{' => {
                self.at += 1;
                let object = machine.new_object();
                self.skip();
                if self.ascii() == Some(b'}') {
                    self.at += 1;
                    return Ok(Some(object));
                }
                let expected = "Expected property name or '}' in JSON";
                let colon = Some("Expected ':' after property name in JSON");
                let name = self.name(machine, expected, colon)?;
                self.open.push(Open::Object(object, name));
                return Ok(None);
            }
            b'[' => {
                self.at += 1;
                self.skip();
                if self.ascii() == Some(b']') {
                    self.at += 1;
                    return Ok(Some(machine.new_array(Vec::new())));
                }
                self.open.push(Open::Array(Vec::new()));
                return Ok(None);
            }
            b't' => self.word("true", Val::Bool(true))?,
            b'f' => self.word("false", Val::Bool(false))?,
            b'n' => self.word("null", Val::Null)?,
            b'-' | b'0'..=b'9' => Val::Number(self.number()?),
            _ => return self.unexpected(),
        }))
    }

    /// Puts a value into what it belongs to, which is given back if that ends with it.
    fn after(
        &mut self,
        machine: &mut Machine,
        open: Open,
        value: Val,
    ) -> Result<Option<Val>, Stop> {
        self.skip();
        let next = self.ascii();
        match open {
            Open::Array(mut items) => {
                items.push(value);
                self.room += VAL_BYTES;
                match next {
                    Some(b',') => {
                        self.at += 1;
                        self.open.push(Open::Array(items));
                        Ok(None)
                    }
                    Some(b']') => {
                        self.at += 1;
                        self.room -= VAL_BYTES * items.len();
                        Ok(Some(machine.new_array(items)))
                    }
                    _ => self.wrong("Expected ',' or ']' after array element in JSON"),
                }
            }
            Open::Object(object, name) => {
                machine.define(object, name, value);
                match next {
                    Some(b',') => {
                        self.at += 1;
                        self.skip();
                        let expected = "Expected double-quoted property name in JSON";
                        let name = self.name(machine, expected, None)?;
                        machine.reserve(self.room + PROPERTY_BYTES)?;
                        self.open.push(Open::Object(object, name));
                        Ok(None)
                    }
                    Some(b'}') => {
                        self.at += 1;
                        Ok(Some(object))
                    }
                    _ => self.wrong("Expected ',' or '}' after property value in JSON"),
                }
            }
        }
    }

    /// Reads a property's name and the colon after it, of which Node says more at the first.
    fn name(
        &mut self,
        machine: &mut Machine,
        expected: &'static str,
        colon: Option<&'static str>,
    ) -> Result<Atom, Stop> {
        if self.ascii() != Some(b'"') {
            return self.wrong(expected);
        }
        let name = self.string()?;
        self.skip();
        if self.ascii() != Some(b':') {
            return match colon {
                Some(expected) => self.wrong(expected),
                None => self.unexpected(),
            };
        }
        self.at += 1;
        Ok(machine.atom(&name))
    }

    fn end(&mut self, value: Val) -> Result<Val, Stop> {
        self.skip();
        if self.at < self.text.len() {
            return self.wrong("Unexpected non-whitespace character after JSON");
        }
        Ok(value)
    }

    fn word(&mut self, word: &str, value: Val) -> Result<Val, Stop> {
        for byte in word.bytes() {
            if self.ascii() != Some(byte) {
                return self.unexpected();
            }
            self.at += 1;
        }
        Ok(value)
    }

    fn number(&mut self) -> Result<f64, Stop> {
        let start = self.at;
        if self.ascii() == Some(b'-') {
            self.at += 1;
        }
        match self.ascii() {
            Some(b'0') => {
                self.at += 1;
                if self.digit() {
                    return self.unexpected();
                }
            }
            Some(b'1'..=b'9') => self.digits(),
            _ => return self.wrong("No number after minus sign in JSON"),
        }
        if self.ascii() == Some(b'.') {
            self.at += 1;
            if !self.digit() {
                return self.wrong("Unterminated fractional number in JSON");
            }
            self.digits();
        }
        if matches!(self.ascii(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.ascii(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if !self.digit() {
                return self.wrong("Exponent part is missing a number in JSON");
            }
            self.digits();
        }
        // ASCII of a form that Rust reads as we do, correctly rounded.
        let literal: String =
            self.text[start..self.at].iter().filter_map(|&u| char::from_u32(u.into())).collect();
        Ok(literal.parse().unwrap_or(f64::NAN))
    }

    fn digit(&self) -> bool {
        self.ascii().is_some_and(|byte| byte.is_ascii_digit())
    }

    fn digits(&mut self) {
        while self.digit() {
            self.at += 1;
        }
    }

    /// Reads a string, from its first quote to its last.
    fn string(&mut self) -> Result<Vec<u16>, Stop> {
        self.at += 1;
        let mut units = Vec::new();
        loop {
            let rest = &self.text[self.at..];
            let special = |unit: &u16| *unit < 0x20 || [0x22, 0x5c].contains(unit);
            let plain = rest.iter().position(special).unwrap_or(rest.len());
            units.extend_from_slice(&rest[..plain]);
            self.at += plain;
            match self.ascii() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(units);
                }
                Some(b'\\') => {
                    self.at += 1;
                    units.push(self.escape()?);
                }
                Some(_) => return self.wrong("Bad control character in string literal in JSON"),
                None => return self.wrong("Unterminated string in JSON"),
            }
        }
    }

    /// Reads what follows a backslash.
    fn escape(&mut self) -> Result<u16, Stop> {
        let Some(&unit) = self.text.get(self.at) else { return self.unexpected() };
        let value = match u8::try_from(unit).unwrap_or(0) {
            b'"' | b'\\' | b'/' => unit,
            b'b' => 8,
            b'f' => 12,
            b'n' => 10,
            b'r' => 13,
            b't' => 9,
            b'u' => {
                let mut value = 0;
                for _ in 0..4 {
                    self.at += 1;
                    match self.ascii().and_then(|byte| char::from(byte).to_digit(16)) {
                        Some(digit) => value = value * 16 + digit as u16,
                        None => return self.wrong("Bad Unicode escape in JSON"),
                    }
                }
                value
            }
            // As Node says it, beyond Latin-1.
            _ if unit > 0xff => return self.unexpected(),
            _ => return self.wrong("Bad escaped character in JSON"),
        };
        self.at += 1;
        Ok(value)
    }

    fn skip(&mut self) {
        while matches!(self.ascii(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// The next code unit if it is ASCII; 0xff if it is another, none at the end.
    fn ascii(&self) -> Option<u8> {
        self.text.get(self.at).map(|&unit| u8::try_from(unit).unwrap_or(0xff))
    }

    fn wrong<T>(&self, message: &'static str) -> Result<T, Stop> {
        Err(Stop::Wrong(Wrong { at: self.at, what: What::Said(message) }))
    }

    fn unexpected<T>(&self) -> Result<T, Stop> {
        Err(Stop::Wrong(Wrong { at: self.at, what: What::Unexpected }))
    }
}

/// The error, in Node's words.
fn thrown(machine: &mut Machine, text: &Text, wrong: Wrong) -> Trap {
    let message = message(text, &wrong);
    let error = machine.new_error(ErrorKind::SyntaxError, "");
    let message = machine.new_text(message);
    machine.define(error, atoms::MESSAGE, message);
    Trap::Throw(error)
}

fn message(text: &[u16], wrong: &Wrong) -> Vec<u16> {
    /// Code units before and after the place that are shown of a long text.
    const CONTEXT: usize = 10;
    let at = wrong.at;
    let said = |message: &str| format!("{message} at position {at}").encode_utf16().collect();
    if let What::Said(message) = wrong.what {
        return said(message);
    }
    let Some(&unit) = text.get(at) else {
        return "Unexpected end of JSON input".encode_utf16().collect();
    };
    match u8::try_from(unit).unwrap_or(0) {
        b'"' => return said("Unexpected string in JSON"),
        b'-' | b'0'..=b'9' => return said("Unexpected number in JSON"),
        _ => {}
    }
    let special = ["[object Object]", "NaN", "Infinity", "undefined"];
    let is_special = special.iter().any(|word| word.encode_utf16().eq(text.iter().copied()));
    let is_long = text.len() > 2 * CONTEXT;
    let (from, to) = if is_long {
        (at.saturating_sub(CONTEXT), (at + CONTEXT).min(text.len()))
    } else {
        (0, text.len())
    };
    let mut message = Vec::new();
    if !is_special {
        message.extend("Unexpected token '".encode_utf16());
        message.push(unit);
        message.extend("', ".encode_utf16());
    }
    let dots = |cut: bool| if cut { "..." } else { "" };
    message.extend(dots(is_long && at >= CONTEXT).encode_utf16());
    message.push(u16::from(b'"'));
    message.extend_from_slice(&text[from..to]);
    message.push(u16::from(b'"'));
    message.extend(dots(to < text.len()).encode_utf16());
    message.extend(" is not valid JSON".encode_utf16());
    message
}
