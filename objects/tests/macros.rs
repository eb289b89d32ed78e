//! The typed face: interfaces, objects, continuations and caps, as an application meets them.

#[path = "macros/asking.rs"]
mod asking;
#[path = "macros/authority.rs"]
mod authority;
#[path = "macros/bench.rs"]
mod bench;
#[path = "macros/calls.rs"]
mod calls;
#[path = "macros/catching.rs"]
mod catching;
#[path = "macros/facade.rs"]
mod facade;
#[path = "macros/kinds.rs"]
mod kinds;
#[path = "macros/places.rs"]
mod places;
#[path = "macros/waiting.rs"]
mod waiting;
