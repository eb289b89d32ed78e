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

pub mod codec;
pub mod context;
pub mod error;
pub mod heap;
pub mod ids;
pub mod int;
pub mod keys;
pub mod limits;
pub mod locator;
pub mod message;
pub mod object;
pub mod preface;
pub mod records;
pub mod reference;
pub mod value;

pub use context::{Context, Turn};
pub use error::{Class, Error, Result};
pub use message::Message;
pub use object::{Kind, MethodInfo, Object, Registry, State, Typed};
pub use reference::{Far, Place, Ref};
pub use value::{ErrorValue, Symbol, Tagged, Value};
