//! Source text to syntax tree.

use oxc_allocator::Allocator;
use oxc_ast::ast::Program;
use oxc_parser::{ParseOptions, Parser};
use oxc_span::SourceType;

use super::nesting;
use super::source::Source;
use crate::error::Diagnostic;
use crate::limits::SOURCE_BYTES_MAX;

/// Parses a text as an ECMAScript module.
///
/// The tree is as the parser leaves it: what ECMA-262 calls early errors beyond the grammar is
/// left to [`check`](super::check).
///
/// # Errors
///
/// A text that is too long, nested too deeply, or no module.
pub fn parse<'a>(
    allocator: &'a Allocator,
    source: &Source<'a>,
) -> Result<Program<'a>, Vec<Diagnostic>> {
    let result = Parser::new(allocator, source.text, SourceType::mjs())
        .with_options(ParseOptions { parse_regular_expression: true, ..ParseOptions::default() })
        .parse();
    if result.errors.is_empty() && !result.panicked {
        return Ok(result.program);
    }
    let mut diagnostics: Vec<_> = result
        .errors
        .iter()
        .map(|error| {
            let label = error.labels.as_ref().and_then(|labels| labels.first());
            let offset = label.map_or(0, |label| u32::try_from(label.offset()).unwrap_or(0));
            source.diagnostic(
                offset,
                lower(&error.message),
                error.help.as_deref().unwrap_or_default(),
            )
        })
        .collect();
    if diagnostics.is_empty() {
        diagnostics.push(source.diagnostic(0, "this is no ECMAScript module", ""));
    }
    Err(diagnostics)
}

/// Refuses what the parser must not be given: it recurses on the host's stack.
///
/// # Errors
///
/// A text that is too long, nested too deeply, or whose brackets do not match.
pub fn bound(text: &str) -> Result<Source<'_>, Diagnostic> {
    if text.len() > SOURCE_BYTES_MAX {
        return Err(Diagnostic {
            line: 1,
            column: 1,
            why: format!("the source has {} bytes, more than {SOURCE_BYTES_MAX}", text.len()),
            hint: Some("put parts of it in scripts of their own and import them".into()),
        });
    }
    let source = Source::new(text);
    nesting::check(&source)?;
    Ok(source)
}

/// The parser's messages as the others are: one sentence, in lower case, without its full stop.
fn lower(message: &str) -> String {
    let message = message.trim_end_matches('.');
    let mut chars = message.chars();
    chars
        .next()
        .map_or_else(String::new, |first| format!("{}{}", first.to_lowercase(), chars.as_str()))
}
