//! The front end: from source text to [`Code`](crate::code::Code).
//!
//! ```text
//!   text ──bound──▶ text that is not too deep ──parse──▶ tree ──check──▶ names resolved ──compile──▶ Code
//!              │                                  │              │
//!              └──────────────────────────────────┴──────────────┴──▶ diagnostics
//! ```

mod check;
mod line;
mod nesting;
mod parse;
mod scope;
mod source;

pub use line::{Line, Session};

use oxc_allocator::Allocator;

use crate::error::Diagnostic;

/// What is wrong with a source text: sorted by place, the first twenty; empty if it is accepted.
///
/// ```
/// let wrong = hogshead_script::front::check("const now = () => Date.now();");
/// assert_eq!(wrong[0].to_string().split(" (").next(), Some("1:19: `Date` is not declared, and not built in"));
/// assert!(wrong[0].hint.as_deref().unwrap().contains("capability"));
/// ```
pub fn check(text: &str) -> Vec<Diagnostic> {
    let source = match parse::bound(text) {
        Ok(source) => source,
        Err(diagnostic) => return vec![diagnostic],
    };
    let allocator = Allocator::default();
    parse::parse(&allocator, &source)
        .and_then(|program| check::check(&program, &source, false))
        .err()
        .unwrap_or_default()
}
