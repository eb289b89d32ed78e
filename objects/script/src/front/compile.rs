//! From a checked tree to code.
//!
//! Each function of the source is compiled by one walk over its tree. What a walk needs to know of
//! its function so far is in [`Frame`]; closures nest, so do frames.

mod assign;
mod call;
mod constant;
mod emit;
mod expression;
mod function;
mod jump;
mod loops;
mod pattern;
mod statement;
mod variable;

use std::collections::BTreeMap;

use oxc_ast::ast::Program;

use super::scope::{Id, Tables};
use super::source::Source;
use crate::builtin::Builtin;
use crate::code::{Code, CodeHash, Func};
use crate::error::Diagnostic;

use constant::Constants;
use emit::Frame;

/// Compiles a module that has been checked.
///
/// # Errors
///
/// Too many variables, arguments or functions for the machine, and built-ins that this version lacks.
pub fn compile(
    program: &Program<'_>,
    source: &Source<'_>,
    tables: &Tables,
    name: &str,
) -> Result<Code, Vec<Diagnostic>> {
    let mut compiler = Compiler {
        source,
        tables,
        constants: Constants::default(),
        functions: vec![Func::default()],
        numbers: BTreeMap::new(),
        ops: 0,
        notes_bytes: 0,
        frame: Frame::new(0),
        found: Vec::new(),
    };
    let body = compiler.module(program);
    compiler.functions[0] = body;
    let Compiler { constants, functions, found, .. } = compiler;
    if !found.is_empty() {
        return Err(found);
    }
    Ok(Code {
        name: name.to_owned(),
        source: source.text.to_owned(),
        imports: tables.modules.iter().map(|hash| CodeHash(*hash)).collect(),
        exports: tables.exports.clone(),
        constants: constants.into_list(),
        functions,
    })
}

struct Compiler<'s> {
    source: &'s Source<'s>,
    tables: &'s Tables,
    constants: Constants,
    functions: Vec<Func>,
    /// The numbers of the prelude's own functions, by their bindings: known before they are compiled.
    numbers: BTreeMap<Id, u32>,
    /// Instructions so far.
    ops: usize,
    /// Bytes of names for people so far.
    notes_bytes: usize,
    frame: Frame,
    found: Vec<Diagnostic>,
}

impl Compiler<'_> {
    /// What the machine has no room for.
    fn too_much(&mut self, why: &str) {
        if self.found.is_empty() {
            let offset = self.frame.offset;
            self.found.push(self.source.diagnostic(offset, why, "make functions of its parts"));
        }
    }

    /// The built-in with a path that the check has let through.
    fn builtin(&mut self, path: &str) -> Option<Builtin> {
        // The same functions by two names (ECMA-262, 21.1.2.12 and 21.1.2.13).
        let path = match path {
            "Number.parseFloat" => "parseFloat",
            "Number.parseInt" => "parseInt",
            path => path,
        };
        let builtin = Builtin::named(path);
        if builtin.is_none() {
            let why = format!("`{path}` is not in this version");
            self.found.push(self.source.diagnostic(self.frame.offset, why, ""));
        }
        builtin
    }
}
