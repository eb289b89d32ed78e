//! The reader of rules as people write them.

use std::str::FromStr;

use super::{ArgRule, Step, Test};
use crate::error::{Error, Result};
use crate::limits::GRANT_RULE_BYTES_MAX;
use crate::text;
use crate::value::Value;

/// Reads a rule as [`ArgRule`] describes it.
impl FromStr for ArgRule {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let wrong = |why: String| Error::bad_call(format!("the rule {text:?}: {why}"));
        if text.len() > GRANT_RULE_BYTES_MAX {
            let why = format!("a rule has at most {GRANT_RULE_BYTES_MAX} bytes");
            return Err(Error::bad_call(why));
        }
        let (argument, path, rest) = place(text).map_err(wrong)?;
        let rest = rest.trim_start();
        let (operator, operand) = OPERATORS
            .iter()
            .find_map(|operator| rest.strip_prefix(operator).map(|rest| (*operator, rest.trim())))
            .ok_or_else(|| {
                wrong("after the place comes one of = != < <= > >= ^=, as in 0<=100".to_owned())
            })?;
        if operand.is_empty() {
            return Err(wrong(format!("a value is missing after {operator}")));
        }
        if let Some(choices) = operand.strip_prefix("in(")
            && operator == "="
        {
            let inside = choices
                .strip_suffix(')')
                .ok_or_else(|| wrong("`in(` is not closed by a `)` at the end".to_owned()))?;
            let choices = split(inside).map(value).collect::<Result<Vec<_>, _>>().map_err(wrong)?;
            return Ok(Self { argument, path, test: Test::OneOf(choices) });
        }
        let value = value(operand).map_err(wrong)?;
        let test = match operator {
            "=" => Test::Equal(value),
            "!=" => Test::NotEqual(value),
            "<" => Test::Less(value),
            "<=" => Test::AtMost(value),
            ">" => Test::Greater(value),
            ">=" => Test::AtLeast(value),
            _ => Test::StartsWith(value),
        };
        Ok(Self { argument, path, test })
    }
}

/// The longer ones first.
const OPERATORS: [&str; 7] = ["<=", ">=", "!=", "^=", "=", "<", ">"];

/// The argument's number, the steps into it, and what follows.
fn place(text: &str) -> Result<(u64, Vec<Step>, &str), String> {
    let text = text.trim();
    let (digits, mut rest) = split_at(text, |c| !c.is_ascii_digit());
    let argument = digits.parse().map_err(|_| {
        "it begins with the argument's number, counted from 0, as in 0<=100 or 1.kind=tea"
            .to_owned()
    })?;
    let mut path = Vec::new();
    while let Some(after) = rest.strip_prefix('.') {
        if after.starts_with('"') {
            let end = quoted_end(after).ok_or("a field's name is not closed by a quote")?;
            let (name, after) = after.split_at(end);
            let name = text::parse(name).map_err(|error| error.message().to_owned())?;
            path.extend(name.as_str().map(Step::from));
            rest = after;
            continue;
        }
        let (name, after) = split_at(after, |c| !is_name_char(c));
        match name.parse() {
            Ok(index) => path.push(Step::Item(index)),
            Err(_) if is_name(name) => path.push(Step::from(name)),
            Err(_) => {
                return Err(
                    "after a dot comes a field's name, in quotes if it is not plain, or an \
                            item's number"
                        .to_owned(),
                );
            }
        }
        rest = after;
    }
    Ok((argument, path, rest))
}

/// A value: a word, or in the notation.
fn value(text: &str) -> Result<Value, String> {
    let text = text.trim();
    match text {
        "" => return Err("a value is missing".to_owned()),
        "true" => return Ok(Value::Bool(true)),
        "false" => return Ok(Value::Bool(false)),
        "null" => return Ok(Value::Null),
        _ => {}
    }
    let marked = |c: char| c.is_ascii_digit() || "\"'-+.:[{<".contains(c);
    if text.starts_with(marked) {
        return text::parse(text).map_err(|error| {
            format!("{text:?} is no value ({}); put a string in quotes", error.message())
        });
    }
    if text.contains(['"', '\'', '(', ')', '<', '>', '=']) {
        return Err(format!("put {text:?} in quotes, if it is a string"));
    }
    Ok(Value::from(text))
}

/// The parts between the commas that are in no quotes and no brackets.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
        let end = text.char_indices().find_map(|(at, c)| {
            match c {
                _ if escaped => escaped = false,
                '\\' if quoted => escaped = true,
                '"' => quoted = !quoted,
                _ if quoted => {}
                '[' | '{' | '<' => depth += 1,
                ']' | '}' | '>' => depth = depth.saturating_sub(1),
                ',' if depth == 0 => return Some(at),
                _ => {}
            }
            None
        });
        rest = end.and_then(|end| text.get(end + 1..));
        end.map_or(Some(text), |end| text.get(..end))
    })
}

/// Where a string ends that the text begins with.
fn quoted_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().skip(1).find_map(|(at, c)| match c {
        _ if escaped => {
            escaped = false;
            None
        }
        '\\' => {
            escaped = true;
            None
        }
        '"' => Some(at + 1),
        _ => None,
    })
}

fn split_at(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

/// Whether a field's name stands for itself.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(is_name_char)
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_rule_is_refused_with_what_to_write() {
        for (text, part) in [
            ("", "argument's number"),
            ("kind=tea", "argument's number"),
            ("99999999999999999999=1", "argument's number"),
            ("0", "comes one of"),
            ("0 100", "comes one of"),
            ("0.=5", "after a dot"),
            ("0.a b=5", "comes one of"),
            ("0.\"a=5", "not closed"),
            ("0<=", "a value is missing"),
            ("0=in(a,)", "a value is missing"),
            ("0=in(a", "not closed"),
            ("0=1x", "in quotes"),
            ("0=a=b", "in quotes"),
            ("0=[1 2", "in quotes"),
            ("0=\"a", "in quotes"),
        ] {
            let error = text.parse::<ArgRule>().unwrap_err();
            assert_eq!(error.class(), crate::error::Class::BadCall);
            assert!(error.message().contains(part), "{text}: {error}");
        }
        let long = format!("0={}", "a".repeat(GRANT_RULE_BYTES_MAX));
        assert!(long.parse::<ArgRule>().is_err());
    }

    #[test]
    fn choices_are_split_at_commas_that_are_in_nothing() {
        let parts: Vec<_> = split(r#"a, "b,\",c", {x: 1, y: 2}, [1 2],d"#).map(str::trim).collect();
        assert_eq!(parts, ["a", r#""b,\",c""#, "{x: 1, y: 2}", "[1 2]", "d"]);
    }
}
