//! Fakes that ship beside the real thing: a heap in memory, and vats without a network.
//!
//! [`MemoryHeap`] keeps promises, imports and counts as a vat does, so that a test can ask what is
//! still held. [`FakeVat`] runs sessions over one in turns, and [`Wire`] carries what two of
//! them say to each other, one operation at a time, in the test's order. [`Trio`] is three vats,
//! each joined with both others, for handoffs.

mod heap;
mod trio;
mod vat;

pub use heap::{MemoryHeap, Method};
pub use hogshead_objects::records::MemoryRecords;
pub use trio::Trio;
pub use vat::{FakeVat, Sent, Wire, hello, key, local_pair, locator, plain_pair};
