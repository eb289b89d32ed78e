//! Why a conversion failed, and where.

use std::fmt;

/// The error of the Value serializer and deserializer: what went wrong, and the path to it, which
/// grows from the inside out.
#[derive(Debug)]
pub(super) struct Fault(Box<Inner>);

#[derive(Debug)]
struct Inner {
    /// The innermost step first.
    path: Vec<Step>,
    what: What,
}

#[derive(Debug)]
enum Step {
    Field(String),
    Index(usize),
}

#[derive(Debug)]
enum What {
    Mismatch { expected: String, found: String },
    Other(String),
}

impl Fault {
    /// The type is another one than expected.
    pub(super) fn mismatch(expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self::new(What::Mismatch { expected: expected.into(), found: found.into() })
    }

    /// Something else.
    pub(super) fn other(what: impl Into<String>) -> Self {
        Self::new(What::Other(what.into()))
    }

    /// The same fault, seen from the list of which `index` is an element.
    pub(super) fn at_index(mut self, index: usize) -> Self {
        self.0.path.push(Step::Index(index));
        self
    }

    /// The same fault, seen from the struct that has `field`.
    pub(super) fn at_field(mut self, field: &str) -> Self {
        self.0.path.push(Step::Field(shorten(field)));
        self
    }

    /// Names what was found where the visitor only saw our marker.
    pub(super) fn found_special(mut self, name: &str) -> Self {
        if let What::Mismatch { found, .. } = &mut self.0.what
            && found == SPECIAL
        {
            *found = name.to_owned();
        }
        self
    }

    fn new(what: What) -> Self {
        Self(Box::new(Inner { path: Vec::new(), what }))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.0.path;
        if !path.is_empty() {
            f.write_str("at ")?;
            for (i, step) in path.iter().rev().enumerate() {
                match step {
                    Step::Index(index) => write!(f, "[{index}]")?,
                    Step::Field(field) if i == 0 => f.write_str(field)?,
                    Step::Field(field) => write!(f, ".{field}")?,
                }
            }
            f.write_str(": ")?;
        }
        match &self.0.what {
            What::Mismatch { expected, found } => write!(f, "expected {expected}, found {found}"),
            What::Other(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Fault {}

impl serde::ser::Error for Fault {
    fn custom<T: fmt::Display>(what: T) -> Self {
        Self::other(what.to_string())
    }
}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(what: T) -> Self {
        Self::other(what.to_string())
    }

    // Types only, never contents: the message goes to the caller, and to logs.
    fn invalid_type(
        unexpected: serde::de::Unexpected<'_>,
        expected: &dyn serde::de::Expected,
    ) -> Self {
        Self::mismatch(expected.to_string(), name_of(&unexpected))
    }

    fn invalid_value(
        unexpected: serde::de::Unexpected<'_>,
        expected: &dyn serde::de::Expected,
    ) -> Self {
        Self::mismatch(expected.to_string(), format!("another {}", name_of(&unexpected)))
    }

    fn invalid_length(length: usize, expected: &dyn serde::de::Expected) -> Self {
        Self::mismatch(expected.to_string(), format!("a list or struct of {length}"))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let expected: Vec<_> = expected.iter().map(|name| format!("`{name}`")).collect();
        let expected = format!("one of {}", expected.join(", "));
        Self::mismatch(expected, format!("`{}`", shorten(variant)))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let expected: Vec<_> = expected.iter().map(|name| format!("`{name}`")).collect();
        let expected = format!("a field of {}", expected.join(", "));
        Self::mismatch(expected, format!("`{}`", shorten(field)))
    }
}

fn name_of(unexpected: &serde::de::Unexpected<'_>) -> &'static str {
    use serde::de::Unexpected;
    match unexpected {
        Unexpected::Bool(_) => "boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "integer",
        Unexpected::Float(_) => "float",
        Unexpected::Char(_) | Unexpected::Str(_) => "string",
        Unexpected::Bytes(_) => "byte array",
        Unexpected::Unit => "undefined",
        Unexpected::Option => "null",
        Unexpected::NewtypeStruct => SPECIAL,
        Unexpected::Seq => "list",
        Unexpected::Map => "struct",
        Unexpected::Enum
        | Unexpected::UnitVariant
        | Unexpected::NewtypeVariant
        | Unexpected::TupleVariant
        | Unexpected::StructVariant => "variant of an enum",
        Unexpected::Other(_) => "something else",
    }
}

/// Names from a peer are shown in errors only as far as this.
fn shorten(name: &str) -> String {
    const SHOWN_CHARS_MAX: usize = 64;
    match name.char_indices().nth(SHOWN_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

const SPECIAL: &str = "special value";
