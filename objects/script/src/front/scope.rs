//! Scopes: which name means which binding, and how the compiler has to keep it.
//!
//! The tables are filled while the tree is checked, in one walk: the names of a block are declared
//! when it is entered, so every reference is resolved where it stands. What the walk can only know
//! at its end, such as whether a variable is ever assigned to, is read from the tables afterwards.

use std::collections::BTreeMap;

use crate::limits::CAPTURES_MAX;

/// The number of a binding, function or scope in its table.
pub type Id = usize;

/// A moment in the run of one activation: an offset in the source, and an order among what happens
/// there. Within one scope control flow only goes forward, so moments compare as places do.
pub type Moment = (u32, u32);

/// What the walk has found.
#[derive(Debug, Default)]
pub struct Tables {
    pub bindings: Vec<Binding>,
    pub functions: Vec<Function>,
    pub scopes: Vec<Scope>,
    /// The hashes that are imported from, in the order of mention.
    pub modules: Vec<[u8; 32]>,
    /// What is exported, in the order of mention.
    pub exports: Vec<String>,
    /// Functions of the module itself are not captured but made where they are named: the prelude's
    /// are called without the module having run.
    pub is_prelude: bool,
}

/// A binding: a name in a scope.
#[derive(Debug)]
pub struct Binding {
    pub name: String,
    pub kind: Kind,
    /// Where it is declared.
    pub offset: u32,
    /// The function in whose frame it is.
    pub function: Id,
    /// From when on it is initialized.
    pub ready: Moment,
    /// It is assigned to after its initialization.
    pub assigned: bool,
    /// A closure uses it.
    pub captured: bool,
    /// A closure that uses it may be made before it is initialized.
    pub captured_early: bool,
    /// Its own function may use it before it is initialized.
    pub used_early: bool,
    /// The names under which it is exported.
    pub exports: Vec<String>,
}

/// What a binding was declared by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Const,
    Let,
    Parameter,
    Catch,
    Function,
    /// The name of a function expression, within it.
    FunctionName,
    /// A name of a module, by the module's index and the name there.
    Import(u16, String),
}

/// A function of the source; the first is the module's body.
#[derive(Debug)]
pub struct Function {
    pub parent: Option<Id>,
    /// When a closure of it is made, in the activation of its parent.
    pub created: Moment,
    /// The bindings of functions around it that it uses, itself or for functions in it.
    pub captures: Vec<Id>,
    places: BTreeMap<Id, u16>,
    /// The scope of its body.
    pub body: Id,
}

/// A scope.
#[derive(Debug)]
pub struct Scope {
    pub parent: Option<Id>,
    pub function: Id,
    /// Where it begins: when its functions are made.
    pub start: u32,
    /// Its bindings in the order of declaration.
    pub bindings: Vec<Id>,
    names: BTreeMap<String, Id>,
}

impl Binding {
    /// Whether it is kept in a variable of the heap that closures share. Otherwise closures take its
    /// value along.
    pub fn is_shared(&self) -> bool {
        self.captured && (self.assigned || self.captured_early)
    }

    /// Whether its slot must be told from an initialized one.
    pub fn needs_clearing(&self) -> bool {
        self.used_early && !self.is_shared()
    }

    /// Whether a use of it at this place, in its own function, may come too early.
    pub fn is_early(&self, offset: u32) -> bool {
        offset < self.ready.0
    }
}

impl Function {
    /// The number of a binding among the captures.
    pub fn capture_of(&self, binding: Id) -> Option<u16> {
        self.places.get(&binding).copied()
    }

    /// Adds a binding to the captures. False: it is there.
    fn capture(&mut self, binding: Id) -> bool {
        if self.places.contains_key(&binding) {
            return false;
        }
        let next = u16::try_from(self.captures.len()).unwrap_or(u16::MAX);
        self.places.insert(binding, next);
        self.captures.push(binding);
        true
    }
}

impl Tables {
    pub fn add_function(&mut self, parent: Option<Id>, created: Moment) -> Id {
        self.functions.push(Function {
            parent,
            created,
            captures: Vec::new(),
            places: BTreeMap::new(),
            body: 0,
        });
        self.functions.len() - 1
    }

    pub fn add_scope(&mut self, parent: Option<Id>, function: Id, start: u32) -> Id {
        let names = BTreeMap::new();
        self.scopes.push(Scope { parent, function, start, bindings: Vec::new(), names });
        self.scopes.len() - 1
    }

    /// Declares a name; none if the scope has it already.
    pub fn declare(
        &mut self,
        scope: Id,
        name: &str,
        offset: u32,
        kind: Kind,
        ready: Moment,
    ) -> Option<Id> {
        let id = self.bindings.len();
        let scope = &mut self.scopes[scope];
        if scope.names.contains_key(name) {
            return None;
        }
        scope.names.insert(name.to_owned(), id);
        scope.bindings.push(id);
        self.bindings.push(Binding {
            name: name.to_owned(),
            kind,
            offset,
            function: scope.function,
            ready,
            assigned: false,
            captured: false,
            captured_early: false,
            used_early: false,
            exports: Vec::new(),
        });
        Some(id)
    }

    /// What this scope itself declares under a name.
    pub fn own(&self, scope: Id, name: &str) -> Option<Id> {
        self.scopes[scope].names.get(name).copied()
    }

    /// What a name means in a scope.
    pub fn lookup(&self, scope: Id, name: &str) -> Option<Id> {
        let mut next = Some(scope);
        while let Some(id) = next {
            if let Some(binding) = self.own(id, name) {
                return Some(binding);
            }
            next = self.scopes[id].parent;
        }
        None
    }

    /// Whether a binding is a function of the prelude itself.
    pub fn is_made_anew(&self, binding: Id) -> bool {
        let binding = &self.bindings[binding];
        self.is_prelude && binding.function == 0 && binding.kind == Kind::Function
    }

    /// Notes that a function uses a binding at a place. False: it uses too many.
    pub fn refer(&mut self, function: Id, binding: Id, offset: u32) -> bool {
        let home = self.bindings[binding].function;
        if matches!(self.bindings[binding].kind, Kind::Import(..)) || self.is_made_anew(binding) {
            return true;
        }
        if function == home {
            let binding = &mut self.bindings[binding];
            binding.used_early |= offset < binding.ready.0;
            return true;
        }
        self.bindings[binding].captured = true;
        let mut inner = function;
        loop {
            if !self.functions[inner].capture(binding) {
                return true;
            }
            if self.functions[inner].captures.len() > CAPTURES_MAX {
                return false;
            }
            match self.functions[inner].parent {
                Some(parent) if parent != home => inner = parent,
                _ => break,
            }
        }
        if self.functions[inner].created < self.bindings[binding].ready {
            self.bindings[binding].captured_early = true;
        }
        true
    }
}
