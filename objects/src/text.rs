//! Values as text: the abstract notation of the OCapN draft specifications ("Notation"), for
//! people, logs and tests.
//!
//! | value | text |
//! | --- | --- |
//! | Undefined, Null | `<void>`, `<null>` |
//! | Boolean | `t`, `f` |
//! | Integer | `42`, `-1` |
//! | Float64 | `1.0`, `-0.0`, `inf`, `-inf`, `nan` |
//! | String | `"twine"` |
//! | ByteArray | `:b0b5` |
//! | Symbol | `'fleur-de-lis` |
//! | List | `[1 2 3]` |
//! | Struct | `{a: 10, "b c": 2}` |
//! | Tagged | `<desc:tagged 'decimal "3.14">` |
//! | Error | `<desc:error "no">` |
//! | Reference | `<desc:reference …>` |
//! | SturdyRef | `<ocapn-sturdyref …>`, which shows the peer and nothing of the swiss number |
//!
//! The notation has no text for strings beyond plain ASCII, nor for symbols beyond names. Where it
//! is silent, this is added: in strings `\"`, `\\`, `\n`, `\r`, `\t` and `\u{…}`, and letters and
//! digits of any script as they are; in names of symbols and fields also `_`; and symbols and tags
//! that are no names as `'"…"`.
//!
//! `Display` writes it, [`parse`] (and `FromStr`) reads it back. References and sturdyrefs are
//! shown only: authority does not come from text.

mod parse;

use std::fmt::{self, Display, Formatter, Write};

use crate::limits::VALUE_DEPTH_MAX;
use crate::value::Value;

pub use parse::parse;

/// The abstract notation.
impl<R: fmt::Debug> Display for Value<R> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_value(f, self, 0)
    }
}

fn write_value<R: fmt::Debug>(
    f: &mut Formatter<'_>,
    value: &Value<R>,
    depth: usize,
) -> fmt::Result {
    if depth > VALUE_DEPTH_MAX {
        // Only code of our own can have built it.
        return f.write_str("<…>");
    }
    match value {
        Value::Undefined => f.write_str("<void>"),
        Value::Null => f.write_str("<null>"),
        Value::Bool(v) => f.write_str(if *v { "t" } else { "f" }),
        Value::Int(v) => Display::fmt(v, f),
        Value::Float(v) => write_float(f, *v),
        Value::String(v) => write_string(f, v),
        Value::Bytes(v) => {
            f.write_char(':')?;
            v.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
        }
        Value::Symbol(v) => write_symbol(f, v.as_str()),
        Value::List(values) => {
            f.write_char('[')?;
            for (i, value) in values.iter().enumerate() {
                f.write_str(if i > 0 { " " } else { "" })?;
                write_value(f, value, depth + 1)?;
            }
            f.write_char(']')
        }
        Value::Struct(fields) => {
            f.write_char('{')?;
            for (i, (key, value)) in fields.iter().enumerate() {
                f.write_str(if i > 0 { ", " } else { "" })?;
                // A colon would end the name.
                if is_name(key) && !key.contains(':') {
                    f.write_str(key)?;
                } else {
                    write_string(f, key)?;
                }
                f.write_str(": ")?;
                write_value(f, value, depth + 1)?;
            }
            f.write_char('}')
        }
        Value::Tagged(tagged) => {
            f.write_str("<desc:tagged ")?;
            write_symbol(f, &tagged.tag)?;
            f.write_char(' ')?;
            write_value(f, &tagged.value, depth + 1)?;
            f.write_char('>')
        }
        Value::Error(v) => {
            f.write_str("<desc:error ")?;
            write_string(f, &v.message)?;
            f.write_char('>')
        }
        Value::Ref(r) => write!(f, "<desc:reference {r:?}>"),
        Value::SturdyRef(v) => write!(f, "<ocapn-sturdyref {v}>"),
    }
}

fn write_float(f: &mut Formatter<'_>, v: f64) -> fmt::Result {
    if v.is_nan() {
        f.write_str("nan")
    } else if v.is_infinite() {
        f.write_str(if v > 0.0 { "inf" } else { "-inf" })
    } else {
        // The shortest decimal that is this float; the notation has no exponents.
        let text = v.to_string();
        f.write_str(&text)?;
        f.write_str(if text.contains('.') { "" } else { ".0" })
    }
}

fn write_symbol(f: &mut Formatter<'_>, name: &str) -> fmt::Result {
    f.write_char('\'')?;
    if is_name(name) { f.write_str(name) } else { write_string(f, name) }
}

fn write_string(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            c if is_plain(c) => f.write_char(c)?,
            // Also what would reorder or hide text on a terminal.
            c => write!(f, "\\u{{{:x}}}", u32::from(c))?,
        }
    }
    f.write_char('"')
}

/// Characters that stand for themselves in a string.
fn is_plain(c: char) -> bool {
    let ascii = matches!(c, ' '..='~') && c != '"' && c != '\\';
    ascii || (!c.is_ascii() && c.is_alphanumeric())
}

/// The notation's _name_, and our `_`.
fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(is_name_char)
}

fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_')
}
