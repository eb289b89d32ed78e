//! The hub: what a program under construction knows, and the frame of every program.

use std::collections::BTreeSet;

use crate::rng::Rng;

/// What an expression gives, as far as the generator promises it. Elements, values and keys inside
/// containers are primitive, so that nothing is cyclic: how a cycle prints is each engine's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Number,
    Text,
    Bool,
    Big,
    /// Any primitive.
    Primitive,
    Array,
    Object,
    Map,
    Set,
    /// A function of primitives that returns a primitive.
    Function,
}

/// Types that variables, parameters and array elements may have.
pub const VALUES: &[Type] = &[
    Type::Number,
    Type::Text,
    Type::Bool,
    Type::Big,
    Type::Primitive,
    Type::Array,
    Type::Object,
    Type::Map,
    Type::Set,
];

/// A name in scope.
#[derive(Clone, Debug)]
pub struct Variable {
    pub name: String,
    pub of: Type,
    pub mutable: bool,
}

/// A finished program.
pub struct Program {
    pub text: String,
    pub features: BTreeSet<&'static str>,
}

/// A program under construction.
pub struct Builder {
    pub rng: Rng,
    pub features: BTreeSet<&'static str>,
    /// Names in scope, innermost block last.
    scopes: Vec<Vec<Variable>>,
    names: usize,
    lines: Vec<String>,
    indent: usize,
    /// Whether `await` may be written here.
    pub waits: bool,
    /// Whether `return` may be written here.
    pub returns: bool,
    /// Labels of the loops around, and whether they have one.
    pub loops: Vec<Option<String>>,
    /// How many statements may still be made.
    pub budget: usize,
}

impl Builder {
    fn new(seed: u64, number: u64) -> Self {
        Self {
            rng: Rng::new(seed, number),
            features: BTreeSet::new(),
            scopes: vec![Vec::new()],
            names: 0,
            lines: Vec::new(),
            indent: 0,
            waits: true,
            returns: false,
            loops: Vec::new(),
            budget: 60,
        }
    }

    /// Notes that a feature occurs.
    pub fn hit(&mut self, feature: &'static str) {
        debug_assert!(FEATURES.contains(&feature), "{feature} is not in the list of features");
        self.features.insert(feature);
    }

    pub fn line(&mut self, text: impl AsRef<str>) {
        let indent = "  ".repeat(self.indent);
        self.lines.push(format!("{indent}{}", text.as_ref()));
    }

    /// A name that is used nowhere else.
    pub fn fresh(&mut self, stem: &str) -> String {
        self.names += 1;
        format!("{stem}{}", self.names)
    }

    /// Brings a name into the innermost scope.
    pub fn declare(&mut self, name: &str, of: Type, mutable: bool) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.push(Variable { name: name.to_owned(), of, mutable });
        }
    }

    /// A name in scope of this type, if there is one.
    pub fn variable(&mut self, of: Type) -> Option<Variable> {
        self.some(|v| v.of == of)
    }

    /// A name in scope that may be assigned to.
    pub fn assignable(&mut self) -> Option<Variable> {
        self.some(|v| v.mutable)
    }

    fn some(&mut self, wanted: impl Fn(&Variable) -> bool) -> Option<Variable> {
        let found: Vec<&Variable> = self.scopes.iter().flatten().filter(|v| wanted(v)).collect();
        if found.is_empty() {
            return None;
        }
        let at = self.rng.below(found.len());
        Some(found[at].clone())
    }

    /// `head {`, what `inside` writes in a scope of its own, and `tail`.
    pub fn block(&mut self, head: &str, tail: &str, inside: impl FnOnce(&mut Self)) {
        self.line(format!("{head}{{"));
        self.indent += 1;
        self.scopes.push(Vec::new());
        inside(self);
        self.scopes.pop();
        self.indent -= 1;
        self.line(format!("}}{tail}"));
    }

    /// What `inside` makes while a parameter of this name is in scope.
    pub fn parameter_scope(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.scopes.push(vec![Variable {
            name: name.to_owned(),
            of: Type::Primitive,
            mutable: false,
        }]);
        inside(self);
        self.scopes.pop();
    }

    /// Prints some of the names in scope, so that what became of them is compared.
    pub fn print_names(&mut self) {
        let names: Vec<String> = self.scopes.iter().flatten().map(|v| v.name.clone()).collect();
        for name in names.iter().rev().take(6) {
            self.line(format!("print(`{name} ${{show({name})}}`);"));
        }
    }

    /// What `inside` writes as the body of a function: loops outside cannot be left from it.
    pub fn body(&mut self, head: &str, tail: &str, waits: bool, inside: impl FnOnce(&mut Self)) {
        let outer = (self.waits, self.returns, std::mem::take(&mut self.loops));
        (self.waits, self.returns) = (waits, true);
        self.block(head, tail, inside);
        (self.waits, self.returns, self.loops) = outer;
    }
}

/// Program `number` of `seed`: sections that print what they find and catch what they throw, then
/// tasks whose steps interleave, then as many jobs as all of them need.
pub fn program(seed: u64, number: u64) -> Program {
    let mut b = Builder::new(seed, number);
    for line in FRAME.trim().lines() {
        b.line(line);
    }
    b.globals();
    let sections = 2 + b.rng.below(3);
    for section in 0..sections {
        b.budget = 4 + b.rng.below(6);
        b.block("try ", "", |b| {
            b.statements(3);
            b.print();
            b.print_names();
        });
        b.block("catch (e) ", "", |b| b.line(format!("print(`section {section}: ${{show(e)}}`);")));
    }
    let tasks = b.rng.below(4);
    for task in 0..tasks {
        b.budget = 3 + b.rng.below(5);
        b.task(task);
    }
    b.line("for (let i = 0; i < 60; i += 1) await null;");
    b.line("print('end');");
    let text = b.lines.join("\n") + "\n";
    Program { text, features: b.features }
}

/// What every program begins with: a printer of any value, a limit of steps (a call or a round of
/// a loop is one) and of lines, and a clipper that keeps values small.
const FRAME: &str = r"
let steps = 0;
let printed = 0;
const print = text => {
  printed += 1;
  if (printed <= 300) console.log(text.slice(0, 300));
};
const tick = () => {
  steps += 1;
  if (steps > 3000) throw new RangeError('too many steps');
};
const show = (v, depth = 0) => {
  const all = xs => [...xs].map(x => show(x, depth + 1)).join(', ');
  if (typeof v === 'string') return JSON.stringify(v);
  if (typeof v === 'bigint') return `${v}n`;
  if (Object.is(v, -0)) return '-0';
  if (typeof v === 'function') return 'function';
  if (typeof v !== 'object' || v === null) return String(v);
  if (depth > 3) return '...';
  if (Array.isArray(v)) return `[${all(v)}]`;
  if (v instanceof Error) return v.name;
  if (v instanceof Map) return `Map(${[...v].map(([k, x]) => `${show(k)} => ${show(x, depth + 1)}`).join(', ')})`;
  if (v instanceof Set) return `Set(${all(v)})`;
  if (v instanceof Promise) return 'promise';
  return `{${Object.entries(v).map(([k, x]) => `${k}: ${show(x, depth + 1)}`).join(', ')}}`;
};
const clip = v => {
  if (typeof v === 'string') return v.slice(0, 40);
  if (typeof v === 'bigint') return BigInt.asIntN(96, v);
  if (Array.isArray(v)) return v.slice(0, 8);
  return v;
};
";

/// Every feature that a program can be found to have.
pub const FEATURES: &[&str] = &[
    "all",
    "allSettled",
    "any",
    "arithmetic",
    "array literal",
    "array methods",
    "array mutation",
    "array spread",
    "arrow function",
    "async function",
    "await",
    "await in expression",
    "bigint",
    "bitwise",
    "break",
    "call",
    "catch",
    "chain of then",
    "closure over mutable",
    "coercion",
    "comparison",
    "compound assignment",
    "conditional",
    "const",
    "continue",
    "default parameter",
    "delete",
    "destructuring array",
    "destructuring assignment",
    "destructuring object",
    "do",
    "E",
    "error",
    "finally",
    "for",
    "for-of array",
    "for-of map",
    "for-of set",
    "for-of string",
    "freeze",
    "function declaration",
    "function expression",
    "if",
    "in",
    "increment",
    "instanceof",
    "iterator",
    "json",
    "label",
    "let",
    "logical assignment",
    "map",
    "math",
    "nullish",
    "number methods",
    "object literal",
    "object methods",
    "object mutation",
    "object spread",
    "optional chaining",
    "parse number",
    "promise constructor",
    "race",
    "regexp",
    "rejection",
    "rest parameter",
    "return",
    "set",
    "short circuit",
    "sort",
    "spread call",
    "string methods",
    "switch",
    "template",
    "thenable",
    "throw",
    "typeof",
    "while",
];
