//! A message: the arguments of a delivery, the method's name leading.

use crate::value::{Symbol, Value};

/// What is delivered to an object: on the wire a list of values whose first is, by convention, a
/// symbol that names the method. A message without it goes to the object's `apply` method.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message<R = crate::Ref> {
    /// All values, the method's symbol included.
    pub values: Vec<Value<R>>,
}

impl<R> Message<R> {
    /// A message that calls `method` with `args`.
    pub fn new(method: impl Into<Symbol>, args: impl IntoIterator<Item = Value<R>>) -> Self {
        let args = args.into_iter();
        let mut values = Vec::with_capacity(args.size_hint().0 + 1);
        values.push(Value::Symbol(method.into()));
        values.extend(args);
        Self { values }
    }

    /// A message that names no method.
    pub fn apply(values: Vec<Value<R>>) -> Self {
        Self { values }
    }

    /// The leading symbol, if there is one.
    pub fn symbol(&self) -> Option<&str> {
        match self.values.first() {
            Some(Value::Symbol(symbol)) => Some(symbol.as_str()),
            _ => None,
        }
    }
}
