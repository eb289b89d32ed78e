//! Rules for arguments.

mod parse;

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Class, Error, Result};
use crate::limits;
use crate::value::Value;

/// A condition for an argument, or for something inside of it.
///
/// What the rule looks for must be there: an argument, field or item that is missing fails every
/// test, `!=` as well, and so does a reference, of which nobody knows what it leads to. Values are
/// compared as the model does: of one type and one content, so `1` is not `1.0`. An order is that
/// of integers, of floats, of texts by their characters, or of octets, and between two types there
/// is none: then the rule fails.
///
/// As text it is a place, an operator and a value. The place is the argument's number, counted from
/// 0, and then names of fields or numbers of items, each after a dot. The value is a number,
/// `true`, `false`, `null`, a word, which stands for a string, or anything in the
/// [notation](crate::text).
///
/// | text | what it says |
/// | --- | --- |
/// | `0<=100` | the first argument is at most 100; likewise `=`, `!=`, `<`, `>`, `>=` |
/// | `1.kind=in(tea, coffee)` | the field `kind` of the second is one of these |
/// | `0.2="a b"` | the third item of the first is this string |
/// | `0='tea` | the first is this symbol |
/// | `2^=/home/bob/` | the third is a string that begins so |
///
/// ```
/// use hogshead_objects::grant::{ArgRule, Step, Test};
///
/// let rule: ArgRule = "1.kind=in(tea, coffee)".parse()?;
/// assert_eq!(
///     rule,
///     ArgRule::new(1, Test::OneOf(vec!["tea".into(), "coffee".into()])).inside([Step::from("kind")]),
/// );
/// assert_eq!(rule.to_string(), r#"argument 1.kind one of "tea", "coffee""#);
/// let error = "kind=tea".parse::<ArgRule>().unwrap_err();
/// assert!(error.message().contains("begins with the argument's number"), "{error}");
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArgRule {
    argument: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    path: Vec<Step>,
    test: Test,
}

/// A step into a value.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// A field of a struct.
    Field(String),
    /// An item of a list, counted from 0.
    Item(u64),
}

/// What must be true of what is found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// It is this value.
    Equal(Value),
    /// It is data, and not this value.
    NotEqual(Value),
    /// It is less.
    Less(Value),
    /// It is less, or the same.
    AtMost(Value),
    /// It is more.
    Greater(Value),
    /// It is more, or the same.
    AtLeast(Value),
    /// It is one of these values.
    OneOf(Vec<Value>),
    /// It is a text, or octets, that begin with this.
    StartsWith(Value),
}

impl From<&str> for Step {
    fn from(field: &str) -> Self {
        Self::Field(field.to_owned())
    }
}

impl ArgRule {
    /// A rule for an argument, counted from 0.
    pub fn new(argument: u64, test: Test) -> Self {
        Self { argument, path: Vec::new(), test }
    }

    /// The same rule for something inside of the argument.
    pub fn inside(mut self, path: impl IntoIterator<Item = Step>) -> Self {
        self.path.extend(path);
        self
    }

    /// Refuses a rule beyond the limits, or one that nothing passes.
    pub(super) fn check(&self) -> Result<()> {
        let over = |why: String| Err(Error::new(Class::Limit, why));
        if self.path.len() > limits::GRANT_RULE_STEPS_MAX {
            let max = limits::GRANT_RULE_STEPS_MAX;
            return over(format!("a rule goes at most {max} steps into an argument"));
        }
        let operands = self.test.operands();
        if operands.len() > limits::GRANT_RULE_CHOICES_MAX {
            let max = limits::GRANT_RULE_CHOICES_MAX;
            return over(format!("a rule has at most {max} values to choose from"));
        }
        for value in operands {
            if value.walk().any(|v| matches!(v, Value::Ref(_) | Value::SturdyRef(_))) {
                let why = "a rule compares with plain data, not with references";
                return Err(Error::bad_call(why));
            }
        }
        let fits = match &self.test {
            Test::Equal(_) | Test::NotEqual(_) | Test::OneOf(_) => true,
            Test::Less(v) | Test::AtMost(v) | Test::Greater(v) | Test::AtLeast(v) => {
                order(v, v).is_some()
            }
            Test::StartsWith(v) => matches!(v, Value::String(_) | Value::Bytes(_)),
        };
        if fits {
            return Ok(());
        }
        let why = "an order is of numbers, texts or octets, and what begins is a text or octets";
        Err(Error::bad_call(format!("`{self}` can never hold: {why}")))
    }

    /// About how many bytes the rule takes.
    pub(super) fn size_bytes(&self) -> usize {
        let steps = self.path.iter().map(|step| match step {
            Step::Field(name) => 8 + name.len(),
            Step::Item(_) => 8,
        });
        let operands = self.test.operands().iter().map(Value::size_bytes);
        16 + steps.chain(operands).sum::<usize>()
    }

    /// Whether the arguments are as the rule says.
    pub(super) fn admit(&self, args: &[Value]) -> Result<()> {
        match self.find(args) {
            Some(found) if self.test.holds(found) => Ok(()),
            _ => Err(super::denied(format!("the grant asks for: {self}"))),
        }
    }

    fn find<'a>(&self, args: &'a [Value]) -> Option<&'a Value> {
        let mut found = item(args, self.argument)?;
        for step in &self.path {
            found = match (step, found) {
                (Step::Field(name), Value::Struct(fields)) => fields.get(name)?,
                (Step::Item(index), Value::List(items)) => item(items, *index)?,
                _ => return None,
            };
        }
        Some(found)
    }
}

impl Test {
    fn operands(&self) -> &[Value] {
        match self {
            Self::OneOf(values) => values,
            Self::Equal(v)
            | Self::NotEqual(v)
            | Self::Less(v)
            | Self::AtMost(v)
            | Self::Greater(v)
            | Self::AtLeast(v)
            | Self::StartsWith(v) => std::slice::from_ref(v),
        }
    }

    fn holds(&self, found: &Value) -> bool {
        match self {
            Self::Equal(v) => found == v,
            Self::NotEqual(v) => found != v && found.refs().next().is_none(),
            Self::Less(v) => order(found, v).is_some_and(Ordering::is_lt),
            Self::AtMost(v) => order(found, v).is_some_and(Ordering::is_le),
            Self::Greater(v) => order(found, v).is_some_and(Ordering::is_gt),
            Self::AtLeast(v) => order(found, v).is_some_and(Ordering::is_ge),
            Self::OneOf(values) => values.contains(found),
            Self::StartsWith(v) => match (found, v) {
                (Value::String(text), Value::String(start)) => text.starts_with(start.as_str()),
                (Value::Bytes(octets), Value::Bytes(start)) => octets.starts_with(start),
                _ => false,
            },
        }
    }
}

/// The order of two values of one type that has one.
fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
        (Value::Float(a), Value::Float(b)) => a.partial_cmp(b),
        (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
        (Value::Bytes(a), Value::Bytes(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

fn item(values: &[Value], index: u64) -> Option<&Value> {
    values.get(usize::try_from(index).ok()?)
}

/// The rule in words.
impl fmt::Display for ArgRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "argument {}", self.argument)?;
        for step in &self.path {
            match step {
                Step::Field(name) if parse::is_name(name) => write!(f, ".{name}")?,
                Step::Field(name) => write!(f, ".{}", Value::from(name.as_str()))?,
                Step::Item(index) => write!(f, ".{index}")?,
            }
        }
        let (words, values) = match &self.test {
            Test::Equal(v) => ("is", std::slice::from_ref(v)),
            Test::NotEqual(v) => ("is not", std::slice::from_ref(v)),
            Test::Less(v) => ("less than", std::slice::from_ref(v)),
            Test::AtMost(v) => ("at most", std::slice::from_ref(v)),
            Test::Greater(v) => ("more than", std::slice::from_ref(v)),
            Test::AtLeast(v) => ("at least", std::slice::from_ref(v)),
            Test::OneOf(values) => ("one of", values.as_slice()),
            Test::StartsWith(v) => ("begins with", std::slice::from_ref(v)),
        };
        write!(f, " {words}")?;
        for (index, value) in values.iter().enumerate() {
            write!(f, "{} {value}", if index > 0 { "," } else { "" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn admits(rule: &str, args: &str) -> bool {
        let rule: ArgRule = rule.parse().unwrap();
        rule.check().unwrap();
        let args: Value = args.parse().unwrap();
        rule.admit(args.as_list().unwrap()).is_ok()
    }

    #[test]
    fn a_rule_holds_for_what_it_says_and_for_nothing_else() {
        for (rule, yes, no) in [
            ("0=5", "[5]", vec!["[6]", "[5.0]", "[\"5\"]", "[]", "[[5]]"]),
            ("0!=5", "[6]", vec!["[5]", "[]"]),
            ("0<5", "[4]", vec!["[5]", "[4.0]", "[\"4\"]", "[<null>]", "[]"]),
            ("0<=5", "[5]", vec!["[6]", "[nan]"]),
            ("0>5", "[99999999999999999999999]", vec!["[5]", "[-99999999999999999999999]"]),
            ("0>=-5", "[-5]", vec!["[-6]"]),
            ("0<1.5", "[1.0]", vec!["[1]", "[nan]", "[1.5]"]),
            ("1=tea", "[0 \"tea\"]", vec!["[0 'tea]", "[\"tea\"]"]),
            ("0='tea", "['tea]", vec!["[\"tea\"]"]),
            ("0=true", "[t]", vec!["[f]", "[\"true\"]", "[1]"]),
            ("0=null", "[<null>]", vec!["[<void>]", "[]"]),
            (
                "0.kind=in(tea, \"a,b\")",
                "[{kind: \"a,b\"}]",
                vec!["[{kind: \"a\"}]", "[{}]", "[5]"],
            ),
            ("0.1.x<=3", "[[0 {x: 3}]]", vec!["[[{x: 3}]]", "[{x: 3}]", "[[0 {x: 4}]]"]),
            ("0.\"a b\"=1", "[{\"a b\": 1}]", vec!["[{a: 1}]"]),
            (
                "0^=/home/bob/",
                "[\"/home/bob/x\"]",
                vec!["[\"/home/bobby\"]", "['/home/bob/]", "[]"],
            ),
            ("0^=:b0", "[:b0b5]", vec!["[:b5]", "[\"b0\"]"]),
            ("0=[1 2]", "[[1 2]]", vec!["[[1 2 3]]"]),
        ] {
            let yes = yes.replace("'/home/bob/", "'\"/home/bob/\"");
            assert!(admits(rule, &yes), "{rule} admits {yes}");
            for no in no {
                let no = no.replace("'/home/bob/", "'\"/home/bob/\"");
                assert!(!admits(rule, &no), "{rule} does not admit {no}");
            }
        }
    }

    #[test]
    fn a_reference_passes_no_rule_since_a_promise_may_become_anything() {
        let promise = Value::Ref(crate::Ref::Promise(crate::ids::PromiseId(7)));
        for rule in ["0!=5", "0=5", "0<5", "0^=a", "0=in(1,2)"] {
            let rule: ArgRule = rule.parse().unwrap();
            assert!(rule.admit(std::slice::from_ref(&promise)).is_err(), "{rule}");
            assert!(rule.admit(&[Value::list([promise.clone()])]).is_err(), "{rule}");
        }
    }

    #[test]
    fn rules_have_limits_and_compare_with_plain_data() {
        let steps = vec![Step::Item(0); limits::GRANT_RULE_STEPS_MAX + 1];
        let deep = ArgRule::new(0, Test::Equal(Value::Null)).inside(steps);
        let many = vec![Value::Null; limits::GRANT_RULE_CHOICES_MAX + 1];
        for rule in [deep, ArgRule::new(0, Test::OneOf(many))] {
            assert_eq!(rule.check().unwrap_err().class(), Class::Limit);
        }
        let reference = Value::Ref(crate::Ref::Promise(crate::ids::PromiseId(7)));
        for test in [
            Test::Equal(reference.clone()),
            Test::OneOf(vec![Value::list([reference])]),
            Test::Less(Value::Null),
            Test::AtLeast(Value::from(f64::NAN)),
            Test::StartsWith(Value::symbol("a")),
        ] {
            let error = ArgRule::new(0, test).check().unwrap_err();
            assert_eq!(error.class(), Class::BadCall, "{error}");
        }
    }

    #[test]
    fn rules_are_kept_and_sent() {
        let text = ["0=5", "1.kind=in(tea, 'x)", "0.1.a<=1.5", "0^=:b0", "0!={a: [1 <null>]}"];
        for rule in text.map(|text| text.parse::<ArgRule>().unwrap()) {
            crate::codec::check_round_trip(&rule).unwrap();
            let value = crate::codec::to_value(&rule).unwrap();
            assert_eq!(crate::codec::from_value::<ArgRule>(value).unwrap(), rule);
        }
    }
}
