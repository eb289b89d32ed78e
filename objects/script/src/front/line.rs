//! One line at a prompt, as a script of its own.
//!
//! ```text
//!   known: a, b     const c = a + 1; c * b
//!      │               │
//!      ▼               ▼
//!   export const main = async (powers, { a, b }) => {
//!     const c = a + 1; const $$ = (c * b);
//!     return { values: { a, b, c }, shown: $$ };
//!   };
//! ```
//!
//! What a line declares is a result of its script and an argument of the next one's. Functions are
//! no data: their source is kept and stands at the head of every later line.

use std::collections::BTreeSet;

use oxc_allocator::Allocator;
use oxc_ast::ast::{BindingPattern, BindingPatternKind, Expression, Program, Statement};
use oxc_span::GetSpan;

use super::parse;
use crate::error::Diagnostic;

/// What earlier lines have left behind.
#[derive(Clone, Debug, Default)]
pub struct Session {
    /// The names of values.
    names: BTreeSet<String>,
    /// Names and sources of functions, in order.
    functions: Vec<(String, String)>,
}

/// A line as a script.
#[derive(Clone, Debug)]
pub struct Line {
    /// The source of the script. Its `main` is given `{}` and an object with the values of
    /// [`Session::names`], and gives `{ values, shown }`.
    pub source: String,
    /// How many lines stand before the line's own text.
    pub lines_before: u32,
    /// What is left behind if it succeeds.
    pub session: Session,
    /// What stands before the last expression, in the line's last statement.
    shown_at: Option<(u32, u32)>,
}

/// What is put before the last expression of a line.
const SHOWN: &str = "const $$ = (";

impl Line {
    /// The column of the line's own text for a place in the script's.
    pub fn column(&self, line: u32, column: u32) -> u32 {
        match self.shown_at {
            Some((at, from)) if at == line && column > from => {
                column.saturating_sub(SHOWN.len() as u32)
            }
            _ => column,
        }
    }
}

impl Session {
    /// A session in which these names have values.
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        Self { names: names.into_iter().collect(), functions: Vec::new() }
    }

    /// The names of values.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The names of functions.
    pub fn functions(&self) -> impl Iterator<Item = &str> {
        self.functions.iter().map(|(name, _)| name.as_str())
    }

    /// Makes a line a script.
    ///
    /// # Errors
    ///
    /// What is wrong with the line's syntax, with places in the line. What is not of the language is
    /// found when the script is compiled.
    pub fn line(&self, text: &str) -> Result<Line, Vec<Diagnostic>> {
        let source = parse::bound(text).map_err(|diagnostic| vec![diagnostic])?;
        let allocator = Allocator::default();
        let program = parse::parse(&allocator, &source)?;
        let mut next = self.clone();
        let mut declared = BTreeSet::new();
        for statement in &program.body {
            next.declare(statement, text, &mut declared);
        }
        let body = with_shown(&program, text);
        let mut head = String::from("export const main = async (powers, given) => {\n");
        let names: Vec<_> = self.names().filter(|name| !declared.contains(*name)).collect();
        if !names.is_empty() {
            let names = names.join(", ");
            head.push_str(&format!("let {{ {names} }} = given;\n"));
        }
        for (_, function) in self.functions.iter().filter(|(name, _)| !declared.contains(name)) {
            head.push_str(function);
            head.push('\n');
        }
        let lines_before = u32::try_from(head.lines().count()).unwrap_or(u32::MAX);
        let values = next.names().collect::<Vec<_>>().join(", ");
        let shown = if last_expression(&program).is_some() { "$$" } else { "undefined" };
        let source =
            format!("{head}{body}\nreturn {{ values: {{ {values} }}, shown: {shown} }};\n}};\n");
        Ok(Line { source, lines_before, session: next, shown_at: shown_at(&program, text) })
    }

    fn declare(&mut self, statement: &Statement<'_>, text: &str, declared: &mut BTreeSet<String>) {
        let whole = statement.span();
        let source = || text.get(whole.start as usize..whole.end as usize).unwrap_or_default();
        match statement {
            Statement::FunctionDeclaration(function) => {
                if let Some(name) = &function.id {
                    declared.insert(name.name.to_string());
                    self.keep_function(name.name.as_str(), source());
                }
            }
            Statement::VariableDeclaration(declaration) => {
                let only = declaration
                    .declarations
                    .first()
                    .filter(|_| declaration.declarations.len() == 1);
                let function = only.filter(|one| one.init.as_ref().is_some_and(is_function));
                let mut names = Vec::new();
                for each in &declaration.declarations {
                    bound_names(&each.id, &mut names);
                }
                declared.extend(names.iter().cloned());
                match (function, names.as_slice()) {
                    (Some(_), [name]) => self.keep_function(name, source()),
                    _ => {
                        for name in names {
                            self.functions.retain(|(other, _)| *other != name);
                            self.names.insert(name);
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn keep_function(&mut self, name: &str, source: &str) {
        self.functions.retain(|(other, _)| other != name);
        self.names.remove(name);
        self.functions.push((name.to_owned(), source.to_owned()));
    }
}

/// The line with its last expression kept under the name `$$`.
fn with_shown(program: &Program<'_>, text: &str) -> String {
    let Some((start, end)) = last_expression(program) else { return text.to_owned() };
    let before = text.get(..start).unwrap_or_default();
    let shown = text.get(start..end).unwrap_or_default();
    format!("{before}{SHOWN}{shown}\n);")
}

/// The line and column of the last expression, if there is one.
fn shown_at(program: &Program<'_>, text: &str) -> Option<(u32, u32)> {
    let before = text.get(..last_expression(program)?.0)?;
    let line = before.matches('\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().encode_utf16().count() as u32 + 1;
    Some((line, column))
}

/// Where the expression that ends a line begins and ends. A text that stands alone at the head of a
/// module is a directive to the parser; at a prompt it is an expression as others are.
fn last_expression(program: &Program<'_>) -> Option<(usize, usize)> {
    let (whole, expression) = match program.body.last() {
        Some(Statement::ExpressionStatement(last)) => (last.span, last.expression.span()),
        Some(_) => return None,
        None => program.directives.last().map(|last| (last.span, last.expression.span))?,
    };
    Some((whole.start as usize, expression.end as usize))
}

fn is_function(expression: &Expression<'_>) -> bool {
    matches!(expression, Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_))
}

fn bound_names(pattern: &BindingPattern<'_>, names: &mut Vec<String>) {
    match &pattern.kind {
        BindingPatternKind::BindingIdentifier(name) => names.push(name.name.to_string()),
        BindingPatternKind::ObjectPattern(object) => {
            for property in &object.properties {
                bound_names(&property.value, names);
            }
            if let Some(rest) = &object.rest {
                bound_names(&rest.argument, names);
            }
        }
        BindingPatternKind::ArrayPattern(array) => {
            for element in array.elements.iter().flatten() {
                bound_names(element, names);
            }
            if let Some(rest) = &array.rest {
                bound_names(&rest.argument, names);
            }
        }
        BindingPatternKind::AssignmentPattern(assignment) => bound_names(&assignment.left, names),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(session: &Session, text: &str) -> Line {
        session.line(text).expect("a line of the language")
    }

    #[test]
    fn what_a_line_declares_is_given_to_the_next() {
        let first =
            after(&Session::default(), "const a = 2, [b, ...c] = [3, 4]; let { d: { e } } = x");
        assert_eq!(first.session.names().collect::<Vec<_>>(), ["a", "b", "c", "e"]);
        let second = after(&first.session, "a * b");
        assert!(second.source.contains("let { a, b, c, e } = given;"), "{}", second.source);
        assert!(second.source.contains("const $$ = (a * b\n);"), "{}", second.source);
        assert_eq!(second.lines_before, 2);
    }

    #[test]
    fn a_text_alone_is_an_expression_and_no_directive() {
        for (text, shown) in [
            ("\"abc\"", "const $$ = (\"abc\"\n);"),
            ("'a'; 'b';", "'a'; const $$ = ('b'\n);"),
            ("'a'; 7", "'a'; const $$ = (7\n);"),
        ] {
            let line = after(&Session::default(), text);
            assert!(line.source.contains(shown), "{}", line.source);
            assert!(line.source.contains("shown: $$ }"), "{}", line.source);
        }
    }

    #[test]
    fn functions_are_kept_as_source_and_stand_before_later_lines() {
        let line = after(&Session::default(), "const twice = (x) => 2 * x;");
        let line = after(&line.session, "function half(x) { return x / 2; }");
        assert_eq!(line.session.functions().collect::<Vec<_>>(), ["twice", "half"]);
        let line = after(&line.session, "half(twice(3))");
        assert!(
            line.source.contains("const twice = (x) => 2 * x;\nfunction half"),
            "{}",
            line.source
        );
    }

    #[test]
    fn a_name_may_be_declared_again() {
        let line = after(&Session::new(["a".to_owned()]), "const a = 1");
        assert!(!line.source.contains("given;"), "{}", line.source);
        let line = after(&line.session, "const a = () => 1");
        assert_eq!(line.session.names().count(), 0);
        let line = after(&line.session, "const a = 3");
        assert_eq!(line.session.functions().count(), 0);
        assert_eq!(line.session.names().collect::<Vec<_>>(), ["a"]);
    }

    #[test]
    fn a_line_that_is_no_line_is_an_error_with_its_place() {
        let wrong = Session::default().line("const = 3").expect_err("no name");
        assert_eq!(wrong[0].line, 1);
    }
}
