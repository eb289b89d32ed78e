//! The rules of the text, a test each. The comment of a test begins with the section and a colon;
//! `docs/conformance.md` has a line for each, which `table` checks.

mod bootstrap;
mod deliver;
mod descriptors;
mod dialects;
mod exporter;
mod gc;
mod gifter;
mod hello;
mod listen;
mod model;
mod parts;
mod promises;
mod receiver;
