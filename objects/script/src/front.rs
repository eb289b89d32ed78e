//! The front end: from source text to [`Code`].
//!
//! ```text
//!   text ──bound──▶ text that is not too deep ──parse──▶ tree ──check──▶ names resolved ──compile──▶ Code
//!              │                                  │              │
//!              └──────────────────────────────────┴──────────────┴──▶ diagnostics
//! ```

mod check;
mod compile;
mod line;
mod nesting;
mod parse;
mod scope;
mod source;

pub use line::{Line, Session};

use oxc_allocator::Allocator;

use crate::code::Code;
use crate::error::Diagnostic;

/// How a source text is compiled.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// A name for people, such as the file's.
    pub name: String,
    /// It is a part of the prelude, and may use the built-in functions whose names begin with `$`.
    pub prelude: bool,
}

/// Compiles a source text: an ECMAScript module of the subset.
///
/// # Errors
///
/// What is wrong with it: sorted by place, the first twenty.
pub fn compile(text: &str, options: &Options) -> Result<Code, Vec<Diagnostic>> {
    let source = parse::bound(text).map_err(|diagnostic| vec![diagnostic])?;
    let allocator = Allocator::default();
    let program = parse::parse(&allocator, &source)?;
    let tables = check::check(&program, &source, options.prelude)?;
    compile::compile(&program, &source, &tables, &options.name)
}

/// What is wrong with a source text: sorted by place, the first twenty; empty if it is accepted.
///
/// ```
/// let wrong = hogshead_script::front::check("const now = () => Date.now();");
/// assert_eq!((wrong[0].line, wrong[0].column), (1, 19));
/// assert_eq!(wrong[0].why, "`Date` is not declared, and not built in");
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
