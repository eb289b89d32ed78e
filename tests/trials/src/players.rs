//! Players: objects in vats of several hosts that keep each other busy, and books of all they do.
//!
//! ```text
//!   Player A ──take(1), take(2), … (questions and tells)─────▶ Player B
//!      │ ──open() ─▶ a promise of a page; notes at once, more later, then close ─▶ Page (of B)
//!      │ ──open_at(C) ─▶ B answers with C's promise: notes go by B, then straight ─▶ Page (of C)
//!      └──write(page of B) ─▶ Player C ──notes──────────────────────────────────▶ Page (of B)
//! ```
//!
//! Each play ends with an answer, and with it the player begins the next one: nobody outside is
//! needed, and what a kill leaves in the vats goes on by itself. Every message has its number
//! within its reference, so that a message lost, doubled or overtaken shows where it arrives.
//! [`ledger::faults`] compares what everybody says once nothing is under way any more.

pub mod ledger;
mod page;
mod player;
mod table;

use hogshead::HostBuilder;

pub use self::ledger::Ledger;
pub use self::table::{Seat, Table};

/// Adds the kinds of players and pages to a host.
pub fn register(builder: HostBuilder) -> HostBuilder {
    builder.register::<player::Restless>().register::<page::Leaf>()
}
