//! Bounds the nesting of a text before the recursive parser sees it.
//!
//! The parser, and whatever walks over its tree, recurses on the host's stack. So the depth of the
//! tree is bounded from above by looking at the tokens alone: each open bracket counts, and within
//! each bracket every token that can nest without one (`!`, `a =>`, `else if`, `+` in a chain),
//! until a token shows that the statement or the element is over.
//!
//! This only holds if brackets are told from what merely looks like them in strings, comments,
//! templates and regular expressions. The parser reads `/` by context. Where the tokens alone do
//! not tell, the text is refused here; such places are rare, and a semicolon settles them.

mod scan;

use crate::error::Diagnostic;
use crate::limits::SOURCE_DEPTH_MAX;

use super::source::Source;
use scan::{Token, Tokens};

/// Refuses a text that is nested too deeply, or whose brackets do not match.
pub fn check(source: &Source<'_>) -> Result<(), Diagnostic> {
    let mut depth = Depth::default();
    let mut tokens = Tokens::new(source);
    while let Some(token) = tokens.next()? {
        depth.take(token);
        if depth.sum() > SOURCE_DEPTH_MAX {
            return Err(source.diagnostic(
                tokens.start(),
                format!("this is nested more than {SOURCE_DEPTH_MAX} levels deep"),
                "name parts of it with `const`, or make functions of them",
            ));
        }
    }
    Ok(())
}

/// How deep a syntax tree over the tokens so far can be.
#[derive(Default)]
struct Depth {
    /// Of the levels outside of the innermost bracket, together.
    outer: usize,
    levels: Vec<Level>,
    level: Level,
    last: Option<Last>,
}

/// Within one bracket.
#[derive(Default)]
struct Level {
    /// Statements that hold each other without brackets: `if (…) for (…) while (…)`.
    statements: usize,
    /// Expressions that hold each other without brackets: `!!a`, `a => b => c`, `a + b + c`.
    expressions: usize,
}

/// What the token before was, as far as it tells whether a statement is over.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    Operand,
    Semicolon,
    Brace,
}

impl Depth {
    fn sum(&self) -> usize {
        self.outer + self.level.statements + self.level.expressions
    }

    fn take(&mut self, token: Token) {
        let last = self.last.take();
        match token {
            Token::Operand { newline } => {
                self.begin(last, newline, true);
                self.last = Some(Last::Operand);
            }
            Token::Word { newline } => self.begin(last, newline, true),
            Token::Prefix { newline } => {
                self.begin(last, newline, true);
                self.level.expressions += 1;
            }
            Token::Head { newline } => {
                self.begin(last, newline, true);
                self.level.statements += 1;
            }
            Token::Continuation { newline } => {
                self.begin(last, newline, false);
                self.level.statements += 1;
            }
            Token::Case => self.level = Level::default(),
            Token::Operator => self.level.expressions += 1,
            Token::Postfix => {
                self.level.expressions += 1;
                self.last = Some(Last::Operand);
            }
            Token::Comma => self.level.expressions = 0,
            Token::Semicolon => {
                self.level.expressions = 0;
                self.last = Some(Last::Semicolon);
            }
            Token::Open { chained } => {
                self.level.expressions += usize::from(chained);
                self.outer += 1 + self.level.statements + self.level.expressions;
                self.levels.push(std::mem::take(&mut self.level));
            }
            Token::Close { operand, brace } => {
                self.level = self.levels.pop().unwrap_or_default();
                self.outer =
                    self.outer.saturating_sub(1 + self.level.statements + self.level.expressions);
                self.last = match (operand, brace) {
                    (_, true) => Some(Last::Brace),
                    (true, false) => Some(Last::Operand),
                    (false, false) => None,
                };
            }
        }
    }

    /// A token begins that no operand can precede within an expression. `fresh`: it does not go on
    /// with a statement (as `else` and the `while` of `do` may).
    fn begin(&mut self, last: Option<Last>, newline: bool, fresh: bool) {
        let over = match last {
            Some(Last::Operand) => newline,
            Some(Last::Semicolon | Last::Brace) => true,
            None => false,
        };
        if over {
            self.level.expressions = 0;
            if fresh {
                self.level.statements = 0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Option<String> {
        check(&Source::new(text)).err().map(|d| d.why)
    }

    #[test]
    fn what_is_long_but_not_deep_is_let_through() {
        let mut text = String::new();
        for i in 0..2000 {
            text += &format!("const a{i} = [{i}, {{ b: `${{{i}}}` }}].map((x) => x / 2)\n");
            text += &format!("if (a{i}) {{ f(a{i}) }} else if (b) c()\nelse {{ d() }}\n");
            text +=
                &format!("for (const x of a{i}) x.y = 1;\nswitch (x) {{ case 1: case 2: f() }}\n");
        }
        assert_eq!(refused(&text), None);
    }

    #[test]
    fn strings_comments_templates_and_regular_expressions_hide_brackets() {
        let hidden = "'(((' \"[[[\" /* {{{ */ // (((\n`((( \\` ${ `[[[ ${ 1 }` } {{{`; x = /[/(]\\//g; y = a / b / c; i++ / 2";
        assert_eq!(refused(hidden), None);
    }

    #[test]
    fn a_slash_that_only_the_grammar_can_tell_is_refused() {
        for text in
            ["if (a) /x/.test(b)", "function f() {}\n/x/.test(b)", "for (a of /x/) b", "++/x/.y"]
        {
            assert!(refused(text).unwrap().contains("two ways"), "{text}");
        }
    }

    #[test]
    fn brackets_that_do_not_match_are_refused() {
        assert!(refused("f(a]").unwrap().contains("closes"));
        assert!(refused("}").unwrap().contains("closes"));
    }
}
