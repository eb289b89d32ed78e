//! The macros of Hogshead: `interface`, `object` and `continuations`.
//!
//! ```text
//!   #[interface] trait Counter ──▶ the trait, as written
//!                                  impl Interface for dyn Counter: methods, calls, dispatch,
//!                                  clients behind cap.near, cap.send, cap.tell, handle.ask
//!
//!   #[object] impl Counter for T ──▶ the impl, as written
//!                                  impl Object, Typed, Primary, Implements for T
//!
//!   #[continuations] impl T ────▶ the impl; each continuation also as a typed constant
//! ```
//!
//! Each macro exists twice, because generated code must name the crate it builds on: the plain
//! ones say `::hogshead` and are what the facade exports; those named `objects_…` say
//! `::hogshead_objects`, and that crate exports them under the plain names. So the path that a
//! program writes decides, and no manifest is read. A crate that renames its dependency says
//! `crate = "its_name"`.

mod continuations;
mod interface;
mod keys;
mod object;
mod types;

use proc_macro::TokenStream;

/// The crate that generated code refers to unless the attribute says otherwise.
#[derive(Clone, Copy)]
enum Home {
    Facade,
    Objects,
}

/// Makes a trait an interface: typed calls to whatever implements it, near and far.
///
/// See `hogshead::Interface` for what it gives and what a method may look like.
#[proc_macro_attribute]
pub fn interface(arguments: TokenStream, item: TokenStream) -> TokenStream {
    interface::expand(Home::Facade, arguments.into(), item.into()).into()
}

/// `interface` for crates that know `hogshead_objects` and not the facade.
#[proc_macro_attribute]
pub fn objects_interface(arguments: TokenStream, item: TokenStream) -> TokenStream {
    interface::expand(Home::Objects, arguments.into(), item.into()).into()
}

/// Makes a type an object: a kind that a vat can keep, run and revive.
///
/// See `hogshead::Typed` for the options.
#[proc_macro_attribute]
pub fn object(arguments: TokenStream, item: TokenStream) -> TokenStream {
    object::expand(Home::Facade, arguments.into(), item.into()).into()
}

/// `object` for crates that know `hogshead_objects` and not the facade.
#[proc_macro_attribute]
pub fn objects_object(arguments: TokenStream, item: TokenStream) -> TokenStream {
    object::expand(Home::Objects, arguments.into(), item.into()).into()
}

/// Turns the methods marked `#[continuation]` into what a promise can be given with `then`.
///
/// See `hogshead::Continuation`.
#[proc_macro_attribute]
pub fn continuations(arguments: TokenStream, item: TokenStream) -> TokenStream {
    continuations::expand(Home::Facade, arguments.into(), item.into()).into()
}

/// `continuations` for crates that know `hogshead_objects` and not the facade.
#[proc_macro_attribute]
pub fn objects_continuations(arguments: TokenStream, item: TokenStream) -> TokenStream {
    continuations::expand(Home::Objects, arguments.into(), item.into()).into()
}
