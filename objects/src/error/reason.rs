//! What a promise is broken with, as data: the one place that turns an [`Error`] into what is said
//! on the wire and back.
//!
//! ```text
//!   ['break 'oh-no]                          ─▶ Error (remote), reason 'oh-no  ─▶ ['break 'oh-no]
//!   ['break <desc:error "refused: closed">]  ─▶ Error (refused), "closed"      ─▶ the same
//! ```

use std::convert::Infallible;
use std::fmt::{self, Write as _};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{CauseId, Class, Error};
use crate::codec::{Mode, Reference, mode};
use crate::limits::{BREAK_REASON_BYTES_MAX, BREAK_REASON_SHOWN_BYTES_MAX};
use crate::reference::Ref;
use crate::value::{ErrorValue, Tagged, Value};

/// Data without references, by its type.
pub(super) type Reason = Value<Infallible>;

/// What stands in a reason where a reference or a sturdyref stood: errors are kept in rows, copied
/// to everyone who waits and shown in logs, and must hold neither objects nor secrets.
pub const NOT_IN_A_REASON: &str = "a reference, which an error does not carry";

impl Error {
    /// The error that a promise is broken with when `reason` is given for it.
    ///
    /// A model's Error is read back as what it was made from. Any other data is kept as it is and
    /// given again by [`into_reason`](Self::into_reason); the error's class is then
    /// [`Class::Remote`] and its message shows the data. A reference or a sturdyref anywhere in
    /// it is replaced by an Error that says [`NOT_IN_A_REASON`]; data over
    /// [`BREAK_REASON_BYTES_MAX`] is replaced whole, and a longer message is cut.
    ///
    /// ```
    /// use hogshead_objects::{Class, Error, Value};
    ///
    /// let error = Error::from_reason::<hogshead_objects::Ref>(Value::symbol("oh-no"));
    /// assert_eq!((error.class(), error.to_string()), (Class::Remote, "'oh-no".to_owned()));
    /// assert_eq!(error.into_reason(), Value::<hogshead_objects::Ref>::symbol("oh-no"));
    ///
    /// let error = Error::from_reason::<hogshead_objects::Ref>(Value::error("refused: closed"));
    /// assert_eq!((error.class(), error.message()), (Class::Refused, "closed"));
    /// assert_eq!(error.into_reason(), Value::<hogshead_objects::Ref>::error("refused: closed"));
    /// ```
    pub fn from_reason<R>(reason: Value<R>) -> Self {
        if let Value::Error(said) = reason {
            return said.into();
        }
        let bytes = reason.size_bytes();
        if bytes > BREAK_REASON_BYTES_MAX {
            let what = reason.type_name();
            let max = BREAK_REASON_BYTES_MAX;
            let why = format!("broken with a {what} of {bytes} bytes; at most {max} are kept");
            return Self::new(Class::Remote, why);
        }
        let reason = match without_references(reason) {
            Value::Error(stand_in) => return Self::new(Class::Remote, stand_in.message),
            reason => reason,
        };
        let message = match &reason {
            Value::String(text) => text.clone(),
            other => shown(other),
        };
        let message = cut(message, BREAK_REASON_SHOWN_BYTES_MAX);
        Self { reason: Some(Box::new(reason)), ..Self::new(Class::Remote, message) }
    }

    /// The data to break a promise with, for whoever it is passed on to: what
    /// [`from_reason`](Self::from_reason) got, or the model's Error with class and message.
    pub fn into_reason<R>(self) -> Value<R> {
        match self.reason {
            Some(reason) => {
                let Ok(reason) = reason.try_map::<R, Infallible>(&mut |never| match never {});
                reason
            }
            None => Value::Error(self.into()),
        }
    }
}

/// The same data with a stand-in for whatever is no plain data. Values are of bounded depth.
fn without_references<R>(value: Value<R>) -> Reason {
    match value {
        Value::Undefined => Value::Undefined,
        Value::Null => Value::Null,
        Value::Bool(v) => Value::Bool(v),
        Value::Int(v) => Value::Int(v),
        Value::Float(v) => Value::Float(v),
        Value::String(v) => Value::String(v),
        Value::Bytes(v) => Value::Bytes(v),
        Value::Symbol(v) => Value::Symbol(v),
        Value::Error(v) => Value::Error(v),
        Value::List(items) => Value::List(items.into_iter().map(without_references).collect()),
        Value::Struct(fields) => Value::Struct(
            fields.into_iter().map(|(name, field)| (name, without_references(field))).collect(),
        ),
        Value::Tagged(tagged) => {
            let Tagged { tag, value } = *tagged;
            Value::Tagged(Box::new(Tagged { tag, value: without_references(value) }))
        }
        Value::Ref(_) | Value::SturdyRef(_) => {
            Value::Error(ErrorValue { message: NOT_IN_A_REASON.to_owned() })
        }
    }
}

/// The notation of a value, as much of it as is shown.
fn shown(reason: &Reason) -> String {
    struct Bounded(String);
    impl fmt::Write for Bounded {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.push_str(text);
            if self.0.len() > BREAK_REASON_SHOWN_BYTES_MAX { Err(fmt::Error) } else { Ok(()) }
        }
    }
    let mut bounded = Bounded(String::new());
    // It ends early when enough was written.
    let _ = write!(bounded, "{reason}");
    bounded.0
}

/// At most `max` bytes of a text, in whole characters, with a sign that something is missing.
pub(super) fn cut(mut text: String, max: usize) -> String {
    if text.len() > max {
        let end = (0..=max).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text.truncate(end);
        text.push('…');
    }
    text
}

/// An error as rows have it.
#[derive(Serialize, Deserialize)]
struct Row {
    class: Class,
    message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<Box<Reason>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cause: Option<CauseId>,
}

/// In a value of the model an error is what a promise would be broken with; anywhere else it is
/// its class, message, reason and cause. Its detail is nowhere.
impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let error = self.clone();
        if mode() == Mode::ToValue {
            return error.into_reason::<Ref>().serialize(serializer);
        }
        let Self { class, message, reason, cause, .. } = error;
        Row { class, message, reason, cause }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Error {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if mode() == Mode::FromValue {
            return Value::<Ref>::deserialize(deserializer).map(Self::from_reason);
        }
        let Row { class, message, reason, cause } = Row::deserialize(deserializer)?;
        Ok(Self { reason, cause, ..Self::new(class, message) })
    }
}

/// There is no reference to write or read.
impl Reference for Infallible {
    fn write<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        match *self {}
    }

    fn read<'de, D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(serde::de::Error::custom("a value without references has one"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec;
    use crate::ids::FacetId;
    use crate::value::Symbol;

    fn cbor<T: Serialize>(value: &T) -> Vec<u8> {
        let mut bytes = Vec::new();
        ciborium::into_writer(value, &mut bytes).unwrap();
        bytes
    }

    fn reasons() -> Vec<Value> {
        let fields = [("items", Value::list([Value::from(1_u64), Value::Null]))];
        vec![
            Value::Undefined,
            Value::from("torn"),
            Value::symbol("oh-no"),
            Value::from(-0.0),
            Value::bytes(vec![0xFF, 0xA7, 0x0E, 0x5D, 0]),
            Value::tagged("tag", Value::structure(fields)),
            Value::list([Value::error("refused: inside")]),
            Value::error("boom"),
            Value::error("limit: too many"),
            Value::error("failed: the object failed [cause 00c0ffee00c0ffee]"),
        ]
    }

    #[test]
    fn any_data_breaks_a_promise_and_comes_back_the_same() {
        for reason in reasons() {
            let error = Error::from_reason(reason.clone());
            assert_eq!(error.clone().into_reason(), reason);
            let kept: Error = ciborium::from_reader(&cbor(&error)[..]).unwrap();
            assert_eq!(kept, error, "as a row");
            let row = codec::encode_row(&error).unwrap();
            assert_eq!(codec::decode_row::<Error>(&row.bytes).unwrap(), error);
            codec::check_round_trip(&error).unwrap();
            let value = codec::to_value(&error).unwrap();
            assert_eq!(value, reason, "as a value");
            assert_eq!(codec::from_value::<Error>(value).unwrap(), error);
        }
    }

    #[test]
    fn rows_of_before_are_read() {
        #[derive(Serialize)]
        struct Old {
            class: &'static str,
            message: &'static str,
        }
        let old = cbor(&Old { class: "not-found", message: "gone" });
        let error: Error = ciborium::from_reader(&old[..]).unwrap();
        assert_eq!(error, Error::new(Class::NotFound, "gone"));
        assert_eq!(cbor(&error), old, "and what has no reason is written as before");
    }

    #[test]
    fn neither_objects_nor_secrets_are_in_an_error() {
        let reference = Value::Ref(Ref::Facet(FacetId(7)));
        let error = Error::from_reason(reference.clone());
        assert_eq!(error.message(), NOT_IN_A_REASON);
        let listed = Error::from_reason(Value::list([Value::symbol("no"), reference]));
        let stand_in = Value::error(NOT_IN_A_REASON);
        assert_eq!(listed.into_reason(), Value::list([Value::symbol("no"), stand_in]));
    }

    #[test]
    fn a_reason_is_kept_up_to_its_limit() {
        let kept = "x".repeat(BREAK_REASON_BYTES_MAX - 8);
        let error = Error::from_reason::<Ref>(Value::from(kept.clone()));
        assert!(error.message().len() <= BREAK_REASON_SHOWN_BYTES_MAX + '…'.len_utf8());
        assert_eq!(error.into_reason::<Ref>(), Value::from(kept.clone()));
        let error = Error::from_reason::<Ref>(Value::from(format!("{kept}x")));
        assert!(error.message().contains("at most"), "{error}");
        assert_eq!(error.into_reason::<Ref>().type_name(), "error");
        let long = Value::<Ref>::error("ü".repeat(BREAK_REASON_BYTES_MAX));
        assert!(Error::from_reason(long).message().len() <= BREAK_REASON_BYTES_MAX + 3);
    }

    #[test]
    fn what_is_shown_of_a_reason_is_bounded() {
        let many = (0..1_000_u64).map(Value::from);
        let error = Error::from_reason(Value::list(many));
        assert!(error.message().starts_with("[0 1 2 "));
        assert!(error.message().ends_with('…'));
        assert!(error.message().len() <= BREAK_REASON_SHOWN_BYTES_MAX + '…'.len_utf8());
        let name = Symbol::from("x".repeat(BREAK_REASON_SHOWN_BYTES_MAX));
        assert!(Error::from_reason::<Ref>(Value::Symbol(name)).message().ends_with('…'));
    }
}
