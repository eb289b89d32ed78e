//! The vocabulary of Hogshead: what objects, vats, sessions and netlayers all speak of.
//!
//! ```text
//!   application types ──macros──▶ Object, Kind, Registry
//!            │                          ▲
//!            ▼                          │ (vat runs them)
//!   Cap<dyn Trait>, Promise<T> ──▶ Ref ─┤
//!            │                          │ (captp carries them)
//!            ▼                          ▼
//!   Value, Message ──────────────▶ Records, Heap
//! ```
//!
//! This crate knows no I/O, no clock, no randomness and no async runtime; nor does it know of
//! vats, sessions or netlayers beyond the traits that they meet in.

#![deny(clippy::disallowed_methods)]

extern crate self as hogshead_objects;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod cap;
pub mod codec;
pub mod context;
pub mod error;
pub mod face;
pub mod few;
pub mod grant;
pub mod heap;
pub mod ids;
pub mod int;
pub mod interface;
pub mod json;
pub mod keys;
pub mod limits;
pub mod location;
pub mod locator;
pub mod message;
#[doc(hidden)]
pub mod mutation;
pub mod object;
pub mod preface;
pub mod promise;
pub mod records;
pub mod reference;
pub mod stock;
pub mod stored;
pub mod testing;
pub mod text;
pub mod value;
#[doc(hidden)]
pub mod vat_side;

pub use cap::{Cap, Untyped};
pub use context::{Context, Turn};
pub use error::{CauseId, Class, Error, Result};
pub use hogshead_macros::{
    objects_continuations as continuations, objects_interface as interface,
    objects_object as object,
};
pub use interface::{Answer, Ask, Asked, Continues, Implements, Interface, Primary};
pub use message::Message;
pub use object::{Kind, MethodInfo, Object, Registry, State, Takes, Typed, Upgrade};
pub use promise::{Continuation, Promise, Resolver};
pub use reference::{Far, Place, Ref};
pub use stored::{Cursor, Page, StoredKey, StoredLog, StoredMap, StoredSet};
pub use value::{ErrorValue, Symbol, Tagged, Value};
