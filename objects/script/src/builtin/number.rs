//! `Number`, its methods, and the global functions on numbers.

pub mod digits;
pub mod parse;
pub mod radix;
