//! The codes that processes are made of, each once, by hash.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::{Machine, Module};
use crate::builtin::{self, Action, Builtin};
use crate::code::{Code, CodeHash, Verified};

/// Verified codes by their hash. Many processes share them.
#[derive(Clone, Debug, Default)]
pub struct Codes {
    codes: BTreeMap<CodeHash, Arc<Entry>>,
    prelude: Option<CodeHash>,
}

/// A code that a process is made of is not at hand: the one with this hash, or the prelude.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingCode(pub Option<CodeHash>);

impl std::fmt::Display for MissingCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(hash) => write!(f, "the code blake3:{hash} is not here: import it first"),
            None => f.write_str("the prelude is not here"),
        }
    }
}

impl std::error::Error for MissingCode {}

#[derive(Debug)]
struct Entry {
    code: Verified,
    functions: OnceLock<Prelude>,
}

/// Where the functions are that a prelude has for the machine.
#[derive(Debug, Default)]
pub(super) struct Prelude {
    pub(super) builtins: BTreeMap<Builtin, u32>,
    pub(super) to_primitive: Option<u32>,
    pub(super) call_with: Option<u32>,
    pub(super) call_method: Option<u32>,
}

impl Codes {
    /// No codes but the prelude of new processes.
    pub fn new(prelude: Verified) -> Self {
        let mut codes = Self { codes: BTreeMap::new(), prelude: Some(prelude.hash()) };
        codes.insert(prelude);
        codes
    }

    /// Adds a code. Gives its hash.
    pub fn insert(&mut self, code: Verified) -> CodeHash {
        let hash = code.hash();
        self.codes
            .entry(hash)
            .or_insert_with(|| Arc::new(Entry { code, functions: OnceLock::new() }));
        hash
    }

    /// The code with this hash.
    pub fn get(&self, hash: CodeHash) -> Option<&Code> {
        self.verified(hash).map(Verified::code)
    }

    /// The code with this hash, and what the verifier found out about it.
    pub fn verified(&self, hash: CodeHash) -> Option<&Verified> {
        self.codes.get(&hash).map(|entry| &entry.code)
    }

    /// How many there are, the prelude included.
    pub fn count(&self) -> usize {
        self.codes.len()
    }

    /// The prelude of new processes.
    pub fn prelude(&self) -> Option<CodeHash> {
        self.prelude
    }

    pub(super) fn functions(&self, hash: CodeHash) -> Option<&Prelude> {
        let entry = self.codes.get(&hash)?;
        Some(entry.functions.get_or_init(|| Prelude::of(entry.code.code())))
    }
}

impl Prelude {
    /// Functions without captures by their path: those can be called without a closure.
    fn of(code: &Code) -> Self {
        let mut by_path = BTreeMap::new();
        for (function, number) in code.functions.iter().zip(0_u32..) {
            if function.captures.is_empty() && number != 0 {
                by_path.insert(function.path.as_str(), number);
            }
        }
        let builtins = builtin::all().filter_map(|builtin| match builtin.entry().action {
            Action::Prelude(name) => Some((builtin, *by_path.get(name)?)),
            _ => None,
        });
        let named = |name: &str| by_path.get(name).copied();
        Self {
            builtins: builtins.collect(),
            to_primitive: named("toPrimitive"),
            call_with: named("callWith"),
            call_method: named("callMethod"),
        }
    }
}

impl Machine {
    /// A process of a code that has not begun yet: the first event is
    /// [`Event::Start`](super::event::Event::Start).
    ///
    /// # Errors
    ///
    /// [`MissingCode`] if the code, or one that it imports from, is not among the codes.
    pub fn new(codes: &Codes, main: CodeHash) -> Result<Self, MissingCode> {
        let prelude = codes.prelude.ok_or(MissingCode(None))?;
        let mut order = vec![prelude];
        // Post-order: what is imported stands before what imports it. Hashes cannot be in a circle.
        let mut open = vec![(main, false)];
        while let Some((hash, entered)) = open.pop() {
            if order.contains(&hash) {
                continue;
            }
            let code = codes.get(hash).ok_or(MissingCode(Some(hash)))?;
            if entered {
                order.push(hash);
            } else {
                open.push((hash, true));
                open.extend(code.imports.iter().rev().map(|&import| (import, false)));
            }
        }
        Ok(Self {
            modules: vec![Module::default(); order.len()],
            main: order.len() as u32 - 1,
            codes: order,
            ..Self::default()
        })
    }
}
