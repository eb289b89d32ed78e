//! What the code written by the macros calls. Not for people: it may change with any version.
//!
//! Nothing here makes a reference out of a number; that is in [`vat_side`](crate::vat_side), which
//! applications do not see.

use std::any::Any;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::codec;
use crate::error::{Error, Result};
use crate::message::Message;
use crate::object::{Kind, MethodInfo, Object};
use crate::promise::{Continuation, Promise};
use crate::value::{Symbol, Value};

pub use crate::codec::encode_state;
pub use crate::context::Turn;
pub use crate::interface::Continues;
pub use crate::object::{State, Takes};
pub use crate::reference::Ref;

/// The arguments of a message, taken one after the other.
pub struct Arguments {
    method: &'static MethodInfo,
    values: std::vec::IntoIter<Value>,
    taken: usize,
}

impl Arguments {
    /// Checks the number of arguments. With `rest`, the last parameter takes any number.
    pub fn new(method: &'static MethodInfo, message: Message, rest: bool) -> Result<Self> {
        let mut values = message.values.into_iter();
        if method.takes == Takes::Named {
            values.next();
        }
        let wanted = method.params.len() - usize::from(rest);
        if values.len() < wanted {
            let (name, ty) = method.params[values.len()];
            return Err(Error::bad_call(format!(
                "{}: argument {} ({name}) is missing: expected {ty}",
                method.name,
                values.len() + 1,
            )));
        }
        if values.len() > wanted && !rest {
            return Err(Error::bad_call(format!(
                "{}: takes {}, got {}",
                method.name,
                signature(method),
                values.len(),
            )));
        }
        Ok(Self { method, values, taken: 0 })
    }

    /// The next argument.
    pub fn take<T: DeserializeOwned + 'static>(&mut self) -> Result<T> {
        let value = self.values.next().unwrap_or(Value::Undefined);
        self.taken += 1;
        let (method, taken) = (self.method, self.taken);
        let name = method.params.get(taken - 1).or(method.params.last()).map_or("", |p| p.0);
        typed(value).map_err(|error| {
            let message =
                format!("{}: argument {taken} ({name}): {}", method.name, error.message());
            Error::new(error.class(), message)
        })
    }

    /// All arguments that are left.
    pub fn rest<T: DeserializeOwned + 'static>(&mut self) -> Result<Vec<T>> {
        (0..self.values.len()).map(|_| self.take()).collect()
    }
}

fn signature(method: &MethodInfo) -> String {
    let params: Vec<_> = method.params.iter().map(|(name, ty)| format!("{name}: {ty}")).collect();
    match params.len() {
        0 => "no arguments".to_owned(),
        1 => format!("1 argument ({})", params.concat()),
        many => format!("{many} arguments ({})", params.join(", ")),
    }
}

/// Reads a value; an error says what it was about.
pub fn read<T: DeserializeOwned + 'static>(value: Value, what: &str) -> Result<T> {
    typed(value).map_err(|error| Error::new(error.class(), format!("{what}: {}", error.message())))
}

/// Reads a value. One that is wanted as a value is only moved.
fn typed<T: DeserializeOwned + 'static>(value: Value) -> Result<T> {
    let mut value = Some(value);
    match (&mut value as &mut dyn Any).downcast_mut::<Option<T>>().and_then(Option::take) {
        Some(same) => Ok(same),
        None => codec::from_value(value.unwrap_or(Value::Undefined)),
    }
}

/// Encodes an argument.
pub fn encode<T: Serialize>(argument: T) -> Result<Value> {
    codec::to_value(&argument)
}

/// Encodes an answer. That it cannot be is the object's mistake, not the caller's.
pub fn give<T: Serialize>(answer: T) -> Result<Value> {
    codec::to_value(&answer)
        .map_err(|error| Error::internal(format!("the answer {}", error.message())))
}

/// The values of a message to `method`, with room for its arguments.
pub fn naming(method: &'static str, arguments: usize) -> Vec<Value> {
    let mut values = Vec::with_capacity(arguments + 1);
    values.push(Value::Symbol(Symbol::from_static(method)));
    values
}

/// The values of a message that names no method.
pub fn applying() -> Vec<Value> {
    Vec::new()
}

/// Calls near with a whole message, and reads the answer.
pub fn near_any<T: DeserializeOwned + 'static>(
    turn: &mut dyn Turn,
    target: Ref,
    message: Message,
) -> Result<T> {
    read(turn.near_message(target, message)?, "the answer")
}

/// Sends and gives the typed promise.
pub fn send<T: ?Sized>(turn: &mut dyn Turn, target: Ref, message: Message) -> Result<Promise<T>> {
    Ok(Promise::from_ref(Ref::Promise(turn.send(target, message)?)))
}

/// The place of the method that the message names.
pub fn named(methods: &'static [MethodInfo], message: &Message) -> Option<usize> {
    let name = message.symbol()?;
    methods.iter().position(|method| method.takes == Takes::Named && method.name == name)
}

/// The place of the method for messages that name no other.
pub fn applied(methods: &'static [MethodInfo]) -> Option<usize> {
    methods.iter().position(|method| method.takes != Takes::Named)
}

/// A continuation of that name.
pub const fn continuation<O: ?Sized, T, C, R>(name: &'static str) -> Continuation<O, T, C, R> {
    Continuation::new(name)
}

/// What a continuation awaited, typed. Something that does not fit is as good as a broken promise.
pub fn settled<T: DeserializeOwned + 'static>(name: &str, settled: Result<Value>) -> Result<T> {
    read(settled?, &format!("{name}: what was awaited"))
}

/// What a continuation captured, typed.
pub fn captured<T: DeserializeOwned + 'static>(name: &str, captured: Value) -> Result<T> {
    read(captured, &format!("{name}: what was captured"))
}

/// Reads a state.
pub fn decode<T: DeserializeOwned + Object>(state: &State) -> Result<Box<dyn Object>> {
    Ok(boxed(codec::decode_state::<T>(state)?))
}

/// The object, erased.
pub fn boxed<T: Object>(object: T) -> Box<dyn Object> {
    Box::new(object)
}

/// What `construct` alone means: the default if nothing is given, or else the state itself.
pub fn construct_derived<T>(init: Value) -> Result<Box<dyn Object>>
where
    T: Object + Default + DeserializeOwned,
{
    match init {
        Value::Undefined => Ok(boxed(T::default())),
        init => Ok(boxed(read::<T>(init, "the initial value")?)),
    }
}

/// What `construct = function` means.
pub fn construct_by<T: Object>(
    function: fn(Value) -> Result<T>,
    init: Value,
) -> Result<Box<dyn Object>> {
    function(init).map(boxed)
}

/// The error for a message that names no method the kind has.
pub fn unknown_method(kind: &'static Kind, message: &Message) -> Error {
    kind.method(message).err().unwrap_or_else(|| no_method(kind.name))
}

/// The error for a method that is not there. The macros' code cannot reach it.
pub fn no_method(name: &str) -> Error {
    Error::bad_call(format!("{name} has no such method"))
}

/// The error for a near call of an interface that the object does not have.
pub fn not_implemented(kind: &'static Kind) -> Error {
    let mut interfaces: Vec<_> = kind.methods().map(|method| method.interface).collect();
    interfaces.dedup();
    Error::bad_call(format!("{} has only the interfaces {}", kind.name, interfaces.join(", ")))
}

/// The error for a continuation that the kind does not have.
pub fn no_continuation(kind: &'static Kind, name: &str) -> Error {
    Error::bad_call(format!("{} has no continuation `{name}`", kind.name))
}

/// The error for a near call whose arguments were taken twice.
pub fn call_used_up(method: &'static MethodInfo) -> Error {
    Error::internal(format!("{}: this near call has run already", method.name))
}

/// The error for a near call that nobody answered.
pub fn no_answer(method: &'static MethodInfo) -> Error {
    Error::internal(format!("{}: the near call gave no answer", method.name))
}

/// Whether the kind has continuations.
pub const fn has_continuations(kind: &Kind) -> bool {
    !kind.continuations.is_empty()
}

/// Whether no two interfaces of the kind have methods that a message could not tell apart. Within
/// an interface the macro has seen to it.
pub const fn methods_are_distinct(kind: &Kind) -> bool {
    let mut interface = 0;
    while interface < kind.methods.len() {
        let mut other = interface + 1;
        while other < kind.methods.len() {
            if !distinct(kind.methods[interface], kind.methods[other]) {
                return false;
            }
            other += 1;
        }
        interface += 1;
    }
    true
}

const fn distinct(ours: &[MethodInfo], theirs: &[MethodInfo]) -> bool {
    let mut our = 0;
    while our < ours.len() {
        let mut their = 0;
        while their < theirs.len() {
            let (this, that) = (&ours[our], &theirs[their]);
            if same(this.name, that.name) || (takes_others(this) && takes_others(that)) {
                return false;
            }
            their += 1;
        }
        our += 1;
    }
    true
}

const fn takes_others(method: &MethodInfo) -> bool {
    !matches!(method.takes, Takes::Named)
}

/// Whether none of the kind's methods changes its object.
pub const fn never_changes(kind: &Kind) -> bool {
    let mut interface = 0;
    while interface < kind.methods.len() {
        let methods = kind.methods[interface];
        let mut method = 0;
        while method < methods.len() {
            if methods[method].mutates {
                return false;
            }
            method += 1;
        }
        interface += 1;
    }
    true
}

/// Whether the kind's upgrades are without gaps and end at its version.
pub const fn upgrades_lead_up(kind: &Kind) -> bool {
    let mut step = 0;
    while step < kind.upgrades.len() {
        let left = (kind.upgrades.len() - step) as u32;
        if kind.upgrades[step].from + left != kind.version {
            return false;
        }
        step += 1;
    }
    true
}

const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut place = 0;
    while place < one.len() {
        if one[place] != other[place] {
            return false;
        }
        place += 1;
    }
    true
}
