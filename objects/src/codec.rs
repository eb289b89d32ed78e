//! Any `serde` type to and from the OCapN model, and to and from kept bytes, references included.
//!
//! ```text
//!                 to_value ─▶ Value ─▶ from_value           what is said between objects
//!   a Rust type ─┤
//!                 encode_state ─▶ State ─▶ decode_state     what a vat keeps (edges aside)
//!                 encode_row ─▶ Row ─▶ decode_row           what a session keeps (no references)
//! ```
//!
//! # References
//!
//! A reference has no form of its own: it is written only while one of these functions runs, in a
//! scope of the running thread. Anywhere else (`serde_json`, a log) writing or reading one fails,
//! so that a reference can neither be forged from data nor hidden from the collector. In a
//! [`State`](crate::State) it is an index into its edges, marked so that no octets, text or number that a
//! peer sent can be taken for one; this also holds inside enums, `#[serde(flatten)]` and
//! `#[serde(untagged)]`. A scope must not be held across an `await`, and is not: these functions
//! return before anything else runs.
//!
//! # Conventions of the Value form
//!
//! | Rust | model |
//! | --- | --- |
//! | `bool`, `f32`, `f64` | Boolean, Float64; a float is also read from an Integer it holds exactly |
//! | `i8`…`i128`, `u8`…`u128`, [`Int`](crate::int::Int) | Integer; the first are also read from a Float64 that is a whole number up to 2^53 |
//! | `String`, `&str`, `char` | String |
//! | [`bytes::Bytes`], `serde_bytes` | ByteArray |
//! | [`Symbol`](crate::Symbol) | Symbol |
//! | `()` and unit structs | Undefined; Null is read too |
//! | `Option` | Null or what is inside; Undefined is read as `None` too |
//! | `Vec`, tuples, tuple structs | List |
//! | structs, maps with keys that are strings, characters, integers or booleans | Struct |
//! | newtype structs | what is inside |
//! | enum, unit variant | String of its name; a Symbol is read too |
//! | enum, other variants | Struct with one field, named as the variant |
//! | `Cap`, `Promise` | Reference |
//! | [`Value`], [`SturdyRef`](crate::locator::SturdyRef), [`ErrorValue`](crate::ErrorValue), [`Tagged`](crate::Tagged) | itself |
//!
//! An `Option` inside an `Option`, and `Option<()>`, cannot be told from a plain `None`, as in
//! JSON. Where `serde` buffers (`flatten`, `untagged`, internal tags) it knows no integers beyond
//! 64 bits, except as [`Int`](crate::int::Int), and no integer keys.
//!
//! # Kept state
//!
//! The same state must give the same bytes, so it must use ordered collections (`BTreeMap`,
//! `BTreeSet`, `Vec`) and never `HashMap` or `HashSet`. In an untagged enum, a variant with a
//! reference must stand before one with octets, because `serde` takes the first that fits.
//! [`check_round_trip`] finds both mistakes.

mod cbor;
mod fault;
mod from_value;
mod kinds;
mod read;
mod row;
mod scan;
mod scope;
mod to_value;
mod tree;

use serde::de::DeserializeOwned;
use serde::{Deserializer, Serialize, Serializer};

use crate::error::{Error, Result};
use crate::reference::Ref;
use crate::value::Value;

pub use cbor::{cbor_behind, write_cbor, write_cbor_array};
pub use read::read_cbor;
pub use row::{check_round_trip, decode_row, decode_state, encode_row, encode_state};
pub use tree::Reference;

pub(crate) use scope::{
    INT, Mode, STURDY, deserialize_slot, mode, note_collection, note_secret, receive,
    serialize_slot,
};

/// Turns any `serde` type into a value of the OCapN model.
///
/// Fails with [`Class::BadCall`](crate::Class::BadCall), naming the path, for what the model cannot
/// hold: maps with other keys than the conventions allow, and nesting beyond
/// [`VALUE_DEPTH_MAX`](crate::limits::VALUE_DEPTH_MAX).
///
/// ```
/// use hogshead_objects::{Value, codec};
///
/// #[derive(serde::Serialize)]
/// struct Order {
///     item: String,
///     amount: u64,
/// }
///
/// let value = codec::to_value(&Order { item: "tea".into(), amount: 3 })?;
/// let Value::Struct(fields) = value else { panic!("a struct becomes a Struct") };
/// assert!(matches!(&fields["item"], Value::String(item) if item == "tea"));
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
pub fn to_value<T: Serialize + ?Sized>(t: &T) -> Result<Value> {
    to_value::to_value(t).map_err(|fault| Error::bad_call(fault.to_string()))
}

/// Reads any `serde` type from a value of the OCapN model.
///
/// Fails with [`Class::BadCall`](crate::Class::BadCall), naming the path, the type expected and the
/// type found.
///
/// ```
/// use hogshead_objects::{Value, codec};
///
/// let value = codec::to_value(&("tea", "three"))?;
/// let error = codec::from_value::<(String, u64)>(value).unwrap_err();
/// assert_eq!(error.message(), "at [1]: expected integer (u64), found string");
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
pub fn from_value<T: DeserializeOwned>(v: Value) -> Result<T> {
    from_value::from_value(v).map_err(|fault| Error::bad_call(fault.to_string()))
}

/// Writes a reference: what `Cap` and `Promise` do when they are serialized.
///
/// Fails unless [`to_value`] or [`encode_state`] is running on this thread.
pub fn serialize_ref<S: Serializer>(r: Ref, serializer: S) -> Result<S::Ok, S::Error> {
    let token = scope::push_ref(r).map_err(serde::ser::Error::custom)?;
    serializer.serialize_newtype_struct(scope::SLOT, &token)
}

/// Reads a reference: what `Cap` and `Promise` do when they are deserialized.
///
/// Fails unless [`from_value`] or [`decode_state`] is running on this thread, and unless a
/// reference was written there.
pub fn deserialize_ref<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Ref, D::Error> {
    deserializer.deserialize_newtype_struct(scope::REF, scope::RefVisitor)
}
