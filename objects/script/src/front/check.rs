//! Checks that a tree is of the language, and resolves its names.
//!
//! The rule: an accepted program means what it means as an ECMAScript module. What cannot mean the
//! same here is rejected with a hint. The parser leaves a part of ECMA-262's early errors to its
//! callers, so those are found here as well.

mod expression;
mod function;
pub mod globals;
mod module;
pub mod pattern;
mod statement;

use std::collections::BTreeSet;

use oxc_ast::ast::{IdentifierReference, Program};
use oxc_syntax::reference::ReferenceId;

use super::scope::{Id, Kind, Moment, Tables};
use super::source::Source;
use crate::error::Diagnostic;
use crate::limits::CAPTURES_MAX;

/// Diagnostics reported at once: more would hide the first ones.
const DIAGNOSTICS_MAX: usize = 20;

/// Checks a module.
///
/// In the tree each reference to a binding, each binding and each function is left with its number
/// in the tables; a reference to a global has none.
///
/// # Errors
///
/// What is not in the language, sorted by place.
pub fn check(
    program: &Program<'_>,
    source: &Source<'_>,
    prelude: bool,
) -> Result<Tables, Vec<Diagnostic>> {
    let mut tables = Tables { is_prelude: prelude, ..Tables::default() };
    let function = tables.add_function(None, (0, 0));
    let scope = tables.add_scope(None, function, 0);
    let mut checker = Checker {
        source,
        prelude,
        tables,
        scope,
        function,
        place: Place { is_async: true, ..Place::default() },
        crowded: BTreeSet::new(),
        exported: BTreeSet::new(),
        unknown: BTreeSet::new(),
        found: Vec::new(),
    };
    checker.program(program);
    let Checker { tables, mut found, .. } = checker;
    if found.is_empty() {
        return Ok(tables);
    }
    found.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.column));
    found.dedup();
    found.truncate(DIAGNOSTICS_MAX);
    Err(found)
}

struct Checker<'s> {
    source: &'s Source<'s>,
    /// The prelude may use the built-in functions whose names begin with `$`.
    prelude: bool,
    tables: Tables,
    scope: Id,
    function: Id,
    place: Place,
    /// Functions that use too many variables from around them: each is reported once.
    crowded: BTreeSet<Id>,
    /// Unknown names: each is reported once.
    unknown: BTreeSet<String>,
    /// The exported names.
    exported: BTreeSet<String>,
    found: Vec<Diagnostic>,
}

/// Where in its function a statement stands.
#[derive(Default)]
struct Place {
    labels: Vec<(String, bool)>,
    loops: usize,
    switches: usize,
    is_async: bool,
    in_parameters: bool,
}

impl Checker<'_> {
    fn reject(&mut self, offset: u32, why: impl Into<String>, hint: &str) {
        // Sorted and cut at the end; this bounds what a long text can make of it meanwhile.
        if self.found.len() < 50 * DIAGNOSTICS_MAX {
            self.found.push(self.source.diagnostic(offset, why, hint));
        }
    }

    fn within_scope(&mut self, start: u32, body: impl FnOnce(&mut Self)) -> Id {
        let outer = self.scope;
        let scope = self.tables.add_scope(Some(outer), self.function, start);
        self.scope = scope;
        body(self);
        self.scope = outer;
        scope
    }

    /// Declares a name in the current scope.
    fn declare(&mut self, name: &str, offset: u32, kind: Kind, ready: Moment) -> Option<Id> {
        if let Some((why, hint)) = reserved(name) {
            self.reject(offset, format!("`{name}` {why}"), hint);
            return None;
        }
        let declared = self.tables.declare(self.scope, name, offset, kind, ready);
        if declared.is_none() {
            self.reject(
                offset,
                format!("`{name}` is declared twice in this block"),
                "use two names",
            );
        }
        declared
    }

    /// What a name means here: none if it is that of a global.
    fn lookup(&self, name: &str) -> Option<Id> {
        self.tables.lookup(self.scope, name)
    }

    /// A name is read, other than in the ways in which only globals are.
    fn read(&mut self, identifier: &IdentifierReference<'_>) {
        let name = identifier.name.as_str();
        if let Some(binding) = self.refer(identifier) {
            debug_assert_eq!(self.tables.bindings[binding].name, name);
            return;
        }
        use globals::Global;
        let offset = identifier.span.start;
        match globals::global(name) {
            Some(Global::Constant | Global::Function | Global::Converter) => {}
            Some(Global::Constructor) => {
                self.reject(
                    offset,
                    format!("`{name}` is not a value here"),
                    "write `new`, `instanceof`, or an arrow function that makes one",
                );
            }
            Some(Global::Namespace) => {
                let hint = format!("write `{name}.` and a name");
                self.reject(offset, format!("`{name}` is not a value here"), &hint);
            }
            Some(Global::Called) => {
                self.reject(
                    offset,
                    format!("`{name}` can only be called"),
                    "write `Far('name', { … })`",
                );
            }
            Some(Global::Eventual) => {
                self.reject(offset, "`E` can only be part of a call", "write `E(ref).method(…)`");
            }
            None => self.unknown(name, offset),
        }
    }

    /// Resolves a reference and notes it in the tree; none for a global.
    fn refer(&mut self, identifier: &IdentifierReference<'_>) -> Option<Id> {
        let binding = self.lookup(&identifier.name)?;
        let fits = self.tables.refer(self.function, binding, identifier.span.start);
        if !fits && self.crowded.insert(self.function) {
            self.reject(
                identifier.span.start,
                format!("a function uses more than {CAPTURES_MAX} variables from around it"),
                "put them in objects",
            );
        }
        identifier.reference_id.set(Some(ReferenceId::from_usize(binding)));
        Some(binding)
    }

    /// A name is assigned to, after its initialization.
    fn assign(&mut self, identifier: &IdentifierReference<'_>) {
        let (name, offset) = (identifier.name.as_str(), identifier.span.start);
        let Some(binding) = self.refer(identifier) else {
            if globals::global(name).is_some() {
                self.reject(
                    offset,
                    format!("`{name}` is built in and cannot be assigned to"),
                    "use a name of your own",
                );
            } else {
                self.unknown(name, offset);
            }
            return;
        };
        let what = match self.tables.bindings[binding].kind {
            Kind::Let | Kind::Parameter | Kind::Catch => {
                self.tables.bindings[binding].assigned = true;
                return;
            }
            Kind::Const => "a constant",
            Kind::Function | Kind::FunctionName => "a function's name",
            Kind::Import(..) => "imported",
        };
        self.reject(
            offset,
            format!("`{name}` is {what} and cannot be assigned to"),
            "declare it with `let`, or use another name",
        );
    }

    fn unknown(&mut self, name: &str, offset: u32) {
        if self.prelude && name.starts_with('$') {
            return;
        }
        if let Some((why, hint)) = reserved(name) {
            self.reject(offset, format!("`{name}` {why}"), hint);
        } else if self.unknown.insert(name.to_owned()) {
            self.reject(
                offset,
                format!("`{name}` is not declared, and not built in"),
                globals::hint_for_name(name),
            );
        }
    }

    /// A member's name as it is written.
    fn member_name(&mut self, name: &str, offset: u32) {
        if let Some((why, hint)) = globals::forbidden_member(name) {
            self.reject(offset, format!("`{name}`: {why}"), hint);
        }
    }
}

/// Why a name cannot be declared: reserved in strict mode, or of a meaning of its own.
fn reserved(name: &str) -> Option<(&'static str, &'static str)> {
    match name {
        "eval" => Some(("cannot be used", "code cannot be made at run time; write a function")),
        "arguments" => Some(("cannot be used", "use a rest parameter, such as `(...args) => …`")),
        "implements" | "interface" | "let" | "package" | "private" | "protected" | "public"
        | "static" | "yield" | "await" | "enum" => Some(("is a reserved word", "use another name")),
        "undefined" | "NaN" | "Infinity" => Some(("is a constant", "use another name")),
        _ => None,
    }
}
