//! A message: the arguments of a delivery, the method's name leading.

use crate::value::{Symbol, Value};

/// The symbol of a message that is for no object: see [`Message::flush`].
pub const FLUSH: &str = "hog:flush";

/// The symbol of another: see [`Message::watch`].
pub const WATCH: &str = "hog:watch";

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

    /// A flush: it follows what was sent to a reference wherever that went, and is answered by the
    /// vat at which it arrives. Its sender learns that what was sent before has arrived as well.
    pub fn flush() -> Self {
        Self::new(Symbol::from_static(FLUSH), [])
    }

    /// Whether it is a flush. With arguments it is a message as any other.
    pub fn is_flush(&self) -> bool {
        matches!(self.values.as_slice(), [Value::Symbol(symbol)] if symbol.as_str() == FLUSH)
    }

    /// A watch: the vat of the object that it arrives at answers it with the reason once the reference
    /// that it was sent to is revoked there, and not before. The object does not see it, and for a
    /// grant it is no use.
    pub fn watch() -> Self {
        Self::new(Symbol::from_static(WATCH), [])
    }

    /// Whether it is a watch. With arguments it is a message as any other.
    pub fn is_watch(&self) -> bool {
        matches!(self.values.as_slice(), [Value::Symbol(symbol)] if symbol.as_str() == WATCH)
    }

    /// The leading symbol, if there is one.
    pub fn symbol(&self) -> Option<&str> {
        match self.values.first() {
            Some(Value::Symbol(symbol)) => Some(symbol.as_str()),
            _ => None,
        }
    }
}
