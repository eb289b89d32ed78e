//! The front end: from source text to [`Code`](crate::code::Code).
//!
//! ```text
//!   text ──bound──▶ text that is not too deep ──parse──▶ tree ──check──▶ names resolved ──compile──▶ Code
//!              │                                  │              │
//!              └──────────────────────────────────┴──────────────┴──▶ diagnostics
//! ```

mod nesting;
mod parse;
mod source;

use oxc_allocator::Allocator;

use crate::error::Diagnostic;

/// What is wrong with a source text: sorted by place, the first ones; empty if it is accepted.
pub fn check(text: &str) -> Vec<Diagnostic> {
    let source = match parse::bound(text) {
        Ok(source) => source,
        Err(diagnostic) => return vec![diagnostic],
    };
    let allocator = Allocator::default();
    match parse::parse(&allocator, &source) {
        Ok(_) => Vec::new(),
        Err(diagnostics) => diagnostics,
    }
}
