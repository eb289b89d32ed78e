//! The border: what a value is outside, and the other way round.
//!
//! ```text
//!   number ↔ float      bigint ↔ integer     string ↔ string (whole characters only)
//!   array  ↔ list       object ↔ struct      error  ↔ error ("Name: message")
//!   Far object, promise, reference ↔ reference; what the language has no kind for is passed on
//! ```
//!
//! Anything else stays at home: functions, maps and sets, patterns, and whatever contains itself.

use std::collections::BTreeMap;
use std::fmt::Write;

use hogshead_objects::int::Int;
use hogshead_objects::{ErrorValue, Value};

use super::event::{Border, Datum, Effect, Target};
use super::heap::{Cell, Class};
use super::promise::{PromiseState, Reaction};
use super::{Atom, ErrorKind, Index, Machine, Port, Question, Val, atoms, bigint};
use crate::limits::{
    BIGINT_BITS_MAX, BORDER_BYTES_MAX, BORDER_VALUES_MAX, EXPORTS_MAX, MESSAGE_FUEL,
    QUESTION_TEXT_CHARS_MAX,
};
use crate::state::NO_STURDYREF;

/// Depth of what is passed, in levels: that of the model's values.
const DEPTH_MAX: usize = hogshead_objects::limits::VALUE_DEPTH_MAX;

/// What is being passed out.
struct Passing {
    /// Where it is in what is passed, such as `args[0].list[2]`.
    path: String,
    /// What contains it.
    open: Vec<Index>,
    /// How many values are left.
    left: usize,
    /// How many bytes of texts and big integers are left.
    bytes_left: usize,
}

/// Fuel that a value takes, whatever it is: so the fuel of a step bounds the memory of its effects.
const VALUE_FUEL: usize = 8;

impl Passing {
    fn new(name: &str) -> Self {
        Self {
            path: name.to_owned(),
            open: Vec::new(),
            left: BORDER_VALUES_MAX,
            bytes_left: BORDER_BYTES_MAX,
        }
    }

    /// Counts bytes, before they are there.
    fn take_bytes(&mut self, bytes: usize) -> Result<(), String> {
        let left = self.bytes_left.checked_sub(bytes);
        self.bytes_left = left.ok_or_else(|| {
            format!(
                "{} is more than the {BORDER_BYTES_MAX} bytes of one message: send it in parts",
                self.path
            )
        })?;
        Ok(())
    }
}

/// Out.
impl Machine {
    /// A value as data. References of its own are numbered.
    ///
    /// # Errors
    ///
    /// Why it cannot be passed, and where in it; `name` is what the value is called there.
    pub fn data_of(&mut self, value: Val, name: &str) -> Result<Datum, String> {
        let mut passing = Passing::new(name);
        self.pass(value, &mut passing)
    }

    /// Arguments as data.
    ///
    /// # Errors
    ///
    /// As [`data_of`](Self::data_of).
    pub fn data_of_all(&mut self, values: &[Val], name: &str) -> Result<Vec<Datum>, String> {
        let mut passing = Passing::new(name);
        self.pass_all(values.to_vec(), &mut passing)
    }

    /// What a promise was settled with, as data. What cannot be passed becomes an error that says
    /// so.
    pub fn data_of_outcome(&mut self, outcome: Result<Val, Val>) -> Result<Datum, Datum> {
        let passed = match outcome {
            Ok(value) => self.data_of(value, "result").map(Ok),
            Err(reason) => self.data_of(reason, "reason").map(Err),
        };
        passed.unwrap_or_else(|message| Err(error_datum(format!("TypeError: {message}"))))
    }

    fn pass(&mut self, value: Val, passing: &mut Passing) -> Result<Datum, String> {
        passing.left = passing.left.checked_sub(1).ok_or_else(|| {
            format!("{} is more than the {BORDER_VALUES_MAX} values of one message", passing.path)
        })?;
        self.charge(VALUE_FUEL);
        Ok(match value {
            Val::Undefined | Val::Uninit | Val::Var(_) => Value::Undefined,
            Val::Null => Value::Null,
            Val::Bool(value) => Value::Bool(value),
            Val::Number(number) => Value::Float(number),
            Val::BigInt(index) => Value::Int(self.pass_bigint(index, passing)?),
            Val::Text(index) => Value::String(self.pass_text(index, passing)?),
            Val::Builtin(builtin) => {
                let path = builtin.entry().path;
                return Err(format!("{} is built in ({path}) and stays here", passing.path));
            }
            Val::Object(index) => {
                if passing.open.contains(&index) {
                    return Err(format!("{} contains itself", passing.path));
                }
                if passing.open.len() >= DEPTH_MAX - 1 {
                    return Err(format!("{} is nested deeper than {DEPTH_MAX}", passing.path));
                }
                passing.open.push(index);
                let datum = self.pass_cell(index, passing)?;
                passing.open.pop();
                datum
            }
        })
    }

    fn pass_bigint(&mut self, index: Index, passing: &mut Passing) -> Result<Int, String> {
        let value = self.bigint_of(index);
        let bytes = usize::try_from(value.bits() / 8).unwrap_or(usize::MAX);
        passing.take_bytes(bytes)?;
        self.charge(bytes);
        Ok(Int::from(value))
    }

    fn pass_text(&mut self, index: Index, passing: &mut Passing) -> Result<String, String> {
        passing.take_bytes(self.text_len(index))?;
        let text = self.text_of(index);
        self.charge(text.len());
        let passed = String::from_utf16(&text).map_err(|_| {
            let path = &passing.path;
            format!("{path} has half a character (a lone surrogate): toWellFormed() mends it")
        })?;
        // What is no ASCII takes more bytes than units.
        passing.take_bytes(passed.len() - text.len())?;
        Ok(passed)
    }

    fn pass_cell(&mut self, index: Index, passing: &mut Passing) -> Result<Datum, String> {
        let path = &passing.path;
        let why = match self.heap.get(index) {
            Cell::Array(array) => {
                let items = array.items.clone();
                return self.pass_all(items, passing).map(Value::List);
            }
            Cell::Object(object) => match &object.class {
                Class::Plain => {
                    let properties: Vec<_> = object.properties.iter().collect();
                    return self.pass_struct(properties, passing);
                }
                Class::Error(kind) => {
                    let kind = *kind;
                    return self.pass_error(index, kind, passing);
                }
                Class::Far { export, .. } => {
                    let export = *export;
                    if export.is_none() {
                        self.check_exports(path)?;
                    }
                    return Ok(Value::Ref(Border::Export(self.export(index, export))));
                }
            },
            Cell::Promise(promise) => {
                if promise.export.is_none() {
                    self.check_exports(path)?;
                }
                return Ok(Value::Ref(self.pass_promise(index)));
            }
            Cell::Remote(port) => return Ok(Value::Ref(Border::Port(*port))),
            Cell::Opaque(value) => {
                let value = (**value).clone();
                let mut port = |port| Ok::<_, String>(Border::Port(port));
                return value.try_map(&mut port);
            }
            Cell::Function(_) | Cell::Bound { .. } => {
                format!("{path} is a function: pass an object made by Far('name', {{ … }})")
            }
            Cell::Map(_) => format!("{path} is a Map: pass [...map] or Object.fromEntries(map)"),
            Cell::Set(_) => format!("{path} is a Set: pass [...set]"),
            Cell::RegExp(_) => format!("{path} is a regular expression: pass its source"),
            Cell::Iterator(_) => format!("{path} is an iterator: pass [...iterator]"),
            _ => format!("{path} cannot be passed"),
        };
        Err(why)
    }

    fn pass_all(&mut self, items: Vec<Val>, passing: &mut Passing) -> Result<Vec<Datum>, String> {
        let here = passing.path.len();
        let mut list = Vec::with_capacity(items.len().min(passing.left));
        for (at, item) in items.into_iter().enumerate() {
            let _ = write!(passing.path, "[{at}]");
            list.push(self.pass(item, passing)?);
            passing.path.truncate(here);
        }
        Ok(list)
    }

    fn pass_struct(
        &mut self,
        properties: Vec<(Atom, Val)>,
        passing: &mut Passing,
    ) -> Result<Datum, String> {
        let here = passing.path.len();
        let mut fields = BTreeMap::new();
        for (name, value) in properties {
            let name = String::from_utf16(&self.atom_text(name)).map_err(|_| {
                format!("{} has a key with half a character (a lone surrogate)", passing.path)
            })?;
            self.charge(name.len());
            passing.take_bytes(name.len())?;
            let _ = write!(passing.path, ".{name}");
            let value = self.pass(value, passing)?;
            passing.path.truncate(here);
            fields.insert(name, value);
        }
        Ok(Value::Struct(fields))
    }

    fn pass_error(
        &mut self,
        index: Index,
        kind: ErrorKind,
        passing: &mut Passing,
    ) -> Result<Datum, String> {
        let mut text = |machine: &mut Self, name| match machine.get(Val::Object(index), name) {
            Some(Val::Text(text)) => Ok(Some(machine.pass_text(text, passing)?)),
            _ => Ok::<_, String>(None),
        };
        let name = text(self, atoms::NAME)?.unwrap_or_else(|| kind.name().to_owned());
        let message = match text(self, atoms::MESSAGE)? {
            Some(message) if !message.is_empty() => format!("{name}: {message}"),
            _ => name,
        };
        Ok(Value::Error(ErrorValue { message }))
    }

    /// Whether one more object or promise may be passed out.
    fn check_exports(&mut self, path: &str) -> Result<(), String> {
        self.charge(MESSAGE_FUEL);
        if self.exports.len() < EXPORTS_MAX {
            return Ok(());
        }
        Err(format!("{path} is one too many: others hold {EXPORTS_MAX} objects of this process"))
    }

    /// The number of an object made by `Far`.
    fn export(&mut self, index: Index, known: Option<u32>) -> u32 {
        let number = known.unwrap_or_else(|| {
            let number = self.next_export;
            self.next_export += 1;
            number
        });
        self.exports.insert(number, Val::Object(index));
        if let Cell::Object(object) = self.heap.get_mut(index)
            && let Class::Far { export, .. } = &mut object.class
        {
            *export = Some(number);
        }
        number
    }

    fn pass_promise(&mut self, index: Index) -> Border {
        let next = self.next_export;
        let Cell::Promise(promise) = self.heap.get_mut(index) else { return Border::Promise(next) };
        if let (PromiseState::Pending(_), Some(question)) = (&promise.state, promise.question) {
            return Border::Answer(question);
        }
        if let Some(number) = promise.export {
            return Border::Promise(number);
        }
        promise.export = Some(next);
        self.next_export += 1;
        self.exports.insert(next, Val::Object(index));
        self.react(index, Reaction::Export(next));
        Border::Promise(next)
    }
}

/// In.
impl Machine {
    /// Data as a value.
    ///
    /// # Errors
    ///
    /// What is wrong with it, if it names what this process does not have.
    pub fn value_of(&mut self, datum: &Datum) -> Result<Val, String> {
        Ok(match datum {
            Value::Undefined => Val::Undefined,
            Value::Null => Val::Null,
            Value::Bool(value) => Val::Bool(*value),
            Value::Int(value) => {
                let value = value.to_big();
                if value.bits() > BIGINT_BITS_MAX as u64 {
                    return Err(format!("an integer has more than {BIGINT_BITS_MAX} bits"));
                }
                self.new_bigint(value)
            }
            Value::Float(number) => Val::Number(*number),
            Value::String(text) => self.new_str(text),
            Value::List(items) => {
                let items: Result<Vec<_>, _> =
                    items.iter().map(|item| self.value_of(item)).collect();
                self.new_array(items?)
            }
            Value::Struct(fields) => {
                let object = self.new_object();
                for (name, field) in fields {
                    let (name, value) = (self.atom_str(name), self.value_of(field)?);
                    self.define(object, name, value);
                }
                object
            }
            Value::Error(error) => self.error_of(&error.message),
            Value::Ref(border) => self.reference_of(*border)?,
            // Whoever reads one may use it, and a state carries no authority.
            Value::SturdyRef(_) => self.error_of(NO_STURDYREF),
            Value::Tagged(_) if datum.contains_secret() => self.error_of(NO_STURDYREF),
            Value::Bytes(_) | Value::Symbol(_) | Value::Tagged(_) => {
                let mut port = |border| match border {
                    Border::Port(port) => Ok(port),
                    _ => Err("a tagged value holds a reference to this process itself".to_owned()),
                };
                let value = datum.clone().try_map(&mut port)?;
                Val::Object(self.alloc(Cell::Opaque(Box::new(value))))
            }
        })
    }

    /// All of them as values; the first that is wrong is told.
    ///
    /// # Errors
    ///
    /// As [`value_of`](Self::value_of).
    pub fn values_of(&mut self, data: &[Datum]) -> Result<Vec<Val>, String> {
        data.iter().map(|datum| self.value_of(datum)).collect()
    }

    /// What a question was answered with, as values.
    pub fn outcome_of(&mut self, outcome: &Result<Datum, Datum>) -> Result<Val, Val> {
        let (value, kept) = match outcome {
            Ok(datum) => (self.value_of(datum), true),
            Err(datum) => (self.value_of(datum), false),
        };
        match value {
            Ok(value) if kept => Ok(value),
            Ok(reason) => Err(reason),
            Err(message) => Err(self.new_error(ErrorKind::TypeError, message)),
        }
    }

    /// An error that was passed as `Name: message`.
    fn error_of(&mut self, text: &str) -> Val {
        let named = text
            .split_once(": ")
            .and_then(|(name, rest)| ErrorKind::named(name).map(|kind| (kind, rest)));
        match (named, ErrorKind::named(text)) {
            (Some((kind, message)), _) => self.new_error(kind, message),
            (None, Some(kind)) => self.new_error(kind, ""),
            (None, None) => self.new_error(ErrorKind::Error, text),
        }
    }

    fn reference_of(&mut self, border: Border) -> Result<Val, String> {
        let number = match border {
            Border::Port(port) => return Ok(self.remote(port)),
            Border::PortPromise(port) => return Ok(self.listen(port)),
            Border::Answer(question) => {
                let asked = self.questions.get(&question).map(|question| question.promise);
                return asked
                    .map(Val::Object)
                    .ok_or_else(|| "there is no such question".to_owned());
            }
            Border::Export(number) | Border::Promise(number) => number,
        };
        self.exports.get(&number).copied().ok_or_else(|| "there is no such object".to_owned())
    }

    /// The reference from outside that stands at a place of the owner's table.
    pub fn remote(&mut self, port: Port) -> Val {
        if let Some(&index) = self.remotes.get(&port) {
            return Val::Object(index);
        }
        let index = self.alloc(Cell::Remote(port));
        self.remotes.insert(port, index);
        Val::Object(index)
    }

    /// A promise for what a promise of the outside settles to.
    fn listen(&mut self, port: Port) -> Val {
        let promise = self.new_promise();
        let question = self.new_question(Question {
            promise,
            target: Target::Port(port),
            method: None,
            arguments: String::new(),
            since_ms: self.now_ms,
            within_ms: None,
            note: None,
        });
        self.effects.push(Effect::Listen { question, port });
        Val::Object(promise)
    }
}

/// An error as data.
pub(super) fn error_datum(message: String) -> Datum {
    Value::Error(ErrorValue { message })
}

/// Arguments in a line, for people.
pub(crate) fn summary(arguments: &[Datum]) -> String {
    let mut text = String::new();
    for (at, argument) in arguments.iter().enumerate() {
        if at > 0 {
            text.push_str(", ");
        }
        summarize(argument, &mut text);
    }
    match text.char_indices().nth(QUESTION_TEXT_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn summarize(datum: &Datum, text: &mut String) {
    // Every character has a byte at least: what is longer would be cut anyway.
    if text.len() > 4 * QUESTION_TEXT_CHARS_MAX {
        return;
    }
    let written = match datum {
        Value::Undefined => write!(text, "undefined"),
        Value::Null => write!(text, "null"),
        Value::Bool(value) => write!(text, "{value}"),
        Value::Int(value) => write!(text, "{}", bigint::literal(&value.to_big())),
        Value::Float(number) => write!(text, "{}", super::convert::number_to_text(*number)),
        Value::String(string) => {
            let cut: String = string.chars().take(QUESTION_TEXT_CHARS_MAX).collect();
            write!(text, "{cut:?}")
        }
        Value::List(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate().take(QUESTION_TEXT_CHARS_MAX) {
                text.push_str(if at > 0 { ", " } else { "" });
                summarize(item, text);
            }
            write!(text, "]")
        }
        Value::Struct(fields) => {
            text.push('{');
            for (at, (name, field)) in fields.iter().enumerate().take(QUESTION_TEXT_CHARS_MAX) {
                let _ = write!(text, "{}{name}: ", if at > 0 { ", " } else { "" });
                summarize(field, text);
            }
            write!(text, "}}")
        }
        Value::Error(error) => write!(text, "Error({:?})", error.message),
        other => write!(text, "<{}>", other.type_name()),
    };
    // Writing to a string cannot fail.
    let _ = written;
}
