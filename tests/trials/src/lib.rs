//! Trials: what Hogshead must stand, each as a command for the full count and a sample in the
//! tests.
//!
//! ```text
//!   trials kill ─────▶ hosts as child processes, SIGKILLed under load ──▶ ledgers compared
//!   trials revive ───▶ a vat of many objects, one touched ─────────────▶ point reads counted
//!   trials entries ──▶ a map larger than memory, one entry touched ────▶ point reads counted
//!   trials cold-vats ▶ many vats asleep in one store ──────────────────▶ start, memory, wake
//!   trials three-hosts ▶ three hosts, SIGKILLed while they are busy ─────▶ ledgers compared
//!   trials rough-way ─▶ two hosts, a relay that loses packets between ───▶ ledgers compared
//!   trials hellos ───▶ a stranger greets cold vats ───────────────────▶ nothing woken or written
//! ```
//!
//! A command writes its result to `docs/results/`, with the machine and the commit it ran on.

pub mod cold_vats;
pub mod crash;
pub mod entries;
pub mod hellos;
pub mod host_process;
pub mod hostile;
pub mod kill;
pub mod machine;
pub mod players;
pub mod random;
pub mod relay;
pub mod revive;
pub mod rough_way;
pub mod secrets;
pub mod three_hosts;
