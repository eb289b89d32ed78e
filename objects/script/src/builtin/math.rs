//! `Math`.

pub mod functions;
