//! What the facade shows to applications: this crate without the numbers behind references.
//!
//! A reference is authority, so applications get references and cannot make them: neither
//! [`Ref`](crate::Ref) nor the ids in it are here by name, nor is [`vat_side`](crate::vat_side).
//! The facade exports all of this module, and the macros of `hogshead-macros` under their plain
//! names, so that what they write says `::hogshead`.
//!
//! ```compile_fail,E0433
//! use hogshead_objects::face as hogshead;
//!
//! let forged: hogshead::Cap = hogshead::Ref::Facet(todo!()).into();
//! ```

pub use crate::cap::{Cap, Untyped};
pub use crate::context::Context;
pub use crate::error::{CauseId, Class, Error, Result};
pub use crate::ids::{Timestamp, VatId};
pub use crate::int::Int;
pub use crate::interface::{Answer, Ask, Asked, Continues, Implements, Interface, Primary};
pub use crate::locator::{Hints, Locator, SturdyRef, SwissNumber};
pub use crate::message::Message;
pub use crate::object::{Kind, MethodInfo, Object, Registry, State, Takes, Typed, Upgrade};
pub use crate::promise::{Continuation, Promise, Resolver, Settled};
pub use crate::stored::{Cursor, Page, StoredKey, StoredLog, StoredMap, StoredSet};
pub use crate::value::{ErrorValue, Symbol, Tagged, Value};
pub use crate::{__private, grant, stock, stored, testing};

/// Any `serde` type to and from [`Value`].
pub mod codec {
    pub use crate::codec::{check_round_trip, from_value, to_value};
}
