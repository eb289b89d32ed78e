//! JSON on the command line: arguments in, answers out. The convention is
//! [`hogshead::json`]'s; here its references get their names.

use std::collections::BTreeMap;

use hogshead::{Error, Value};
use hogshead_objects::Ref;
use hogshead_objects::ids::ImportId;
use serde::de::IgnoredAny;

use super::failure::Failure;
use super::owner::Owner;
use super::reference::Reference;

/// A JSON argument that was read, with references that are yet to be fetched.
#[derive(Debug)]
pub struct Argument {
    text: String,
    references: BTreeMap<String, Reference>,
}

impl Argument {
    /// Reads a text; `what` names it in errors.
    pub fn parse(what: &str, text: &str) -> Result<Self, Failure> {
        let mut names = Vec::new();
        // Any reference will do here: the value is made again once they are fetched.
        let read = hogshead::json::parse(text, &mut |name| {
            names.push(name.to_owned());
            Ok(Ref::Import(ImportId(0)))
        });
        if let Err(error) = read {
            return Err(explain(what, text, &error));
        }
        let mut references = BTreeMap::new();
        for name in names {
            let reference = Reference::parse(&name)?;
            references.insert(name, reference);
        }
        Ok(Self { text: text.to_owned(), references })
    }

    /// Fetches the references, and gives the value.
    pub async fn value(self, owner: &Owner) -> Result<Value, Failure> {
        let mut fetched = BTreeMap::new();
        for (name, reference) in self.references {
            let Value::Ref(found) = reference.resolve(owner).await? else {
                let wrong = format!("`{name}` leads to plain data");
                return Err(Failure::usage(wrong, "pass the data itself"));
            };
            fetched.insert(name, found);
        }
        let value = hogshead::json::parse(&self.text, &mut |name| {
            fetched.get(name).copied().ok_or_else(|| Error::bad_call("an unknown reference"))
        });
        value.map_err(|error| explain("the argument", &self.text, &error))
    }
}

/// The JSON of an answer. A reference in it has no name yet; `call --name` gives it one.
pub fn from_value(value: &Value) -> serde_json::Value {
    hogshead::json::to_json_with(value, &mut |_: &Ref| "(unnamed)".to_owned())
}

fn explain(what: &str, text: &str, error: &Error) -> Failure {
    let why = error.message();
    if serde_json::from_str::<IgnoredAny>(text).is_ok() {
        let remedy = "`hogshead call --help` shows what can be written";
        return Failure::usage(format!("{what} cannot be used: {why}"), remedy);
    }
    let why = why.split(" at line").next().unwrap_or(why).trim_start_matches("this is not JSON: ");
    let remedy = match text.is_empty() {
        true => "for an empty text write '\"\"'".to_owned(),
        false => format!("for a text write {}", quoted(text)),
    };
    Failure::usage(format!("{what} is not JSON: {why}"), remedy)
}

/// How a shell takes `text` as a JSON string; of a long one the beginning, which is enough to see
/// how.
fn quoted(text: &str) -> String {
    let shown = match text.char_indices().nth(QUOTED_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    };
    let json = serde_json::Value::from(shown).to_string();
    format!("'{}'", json.replace('\'', "'\\''"))
}

/// Characters of an argument that are repeated.
const QUOTED_CHARS: usize = 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_quotes_is_shown_how_to_be_quoted() {
        for (text, shown) in [
            ("hello", "for a text write '\"hello\"'"),
            ("it's", "for a text write '\"it'\\''s\"'"),
            ("", "for an empty text write '\"\"'"),
        ] {
            let line = Argument::parse("argument 1", text).expect_err(text).to_string();
            assert!(line.starts_with("argument 1 is not JSON: "), "{line}");
            assert!(line.ends_with(shown), "{line}");
        }
    }

    #[test]
    fn a_long_text_is_not_repeated_whole() {
        for (text, shown) in [("[".repeat(20_000), "["), ("ü".repeat(61), "ü")] {
            let line = Argument::parse("argument 1", &text).expect_err("no JSON").to_string();
            assert!(line.ends_with(&format!("'\"{}…\"'", shown.repeat(60))), "{line}");
            assert!(line.chars().count() < 200, "{line}");
        }
    }

    #[test]
    fn references_are_found_wherever_they_are() {
        let text = r#"[{"$ref": "visits"}, {"a": {"$ref": "./x"}}, {"$ref": "visits"}]"#;
        let argument = Argument::parse("argument 1", text).expect("JSON");
        let names: Vec<_> = argument.references.keys().map(String::as_str).collect();
        assert_eq!(names, ["./x", "visits"]);
    }

    #[test]
    fn json_that_is_no_value_is_refused_with_its_reason() {
        for text in ["{\"$what\": 1}", "123456789012345678901234567890", "{\"$ref\": \"\"}"] {
            Argument::parse("argument 1", text).expect_err(text);
        }
    }
}
