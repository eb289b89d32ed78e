//! Functions: the module's body, parameters, closures.

use oxc_ast::ast::*;

use super::Compiler;
use super::emit::Frame;
use crate::code::{Capture, Func, Op, Variable};
use crate::front::check::pattern::names;
use crate::front::scope::Id;

/// Characters of a function's name in its path at the most.
const PATH_NAME_CHARS_MAX: usize = 64;

/// What of a function's tree is compiled.
struct Parts<'p, 'a> {
    id: Id,
    /// Its number in the code, if that is known already.
    number: Option<u32>,
    name: &'p str,
    is_async: bool,
    is_arrow: bool,
    /// An arrow function without braces.
    is_expression: bool,
    parameters: &'p FormalParameters<'a>,
    body: &'p FunctionBody<'a>,
}

impl<'a> Compiler<'_> {
    /// The body of the module.
    pub fn module(&mut self, program: &Program<'a>) -> Func {
        self.frame.func.is_async = true;
        for binding in 0..self.tables.bindings.len() {
            if self.tables.is_made_anew(binding) {
                let number = self.take_number();
                self.numbers.insert(binding, number);
            }
        }
        self.within_scope(0, |c| c.statements(&program.body));
        self.emit(Op::Undefined);
        self.emit(Op::Return);
        let frame = std::mem::take(&mut self.frame);
        self.finish(frame)
    }

    /// → closure
    pub fn function_expression(&mut self, f: &Function<'a>, name: &str) {
        let own = f.id.as_ref();
        let name = own.map_or(name, |id| id.name.as_str());
        let binding = own.and_then(|id| id.symbol_id.get()).map(|id| id.index());
        match binding {
            Some(binding) if self.tables.bindings[binding].captured => {
                // It knows itself by its name: through a variable that is filled once it is made.
                let free = self.frame.free;
                self.take_home(binding);
                self.function(f, name);
                self.emit(Op::Dup);
                self.initialize(binding);
                self.frame.free = free;
            }
            _ => self.function(f, name),
        }
    }

    /// → closure
    pub fn function(&mut self, f: &Function<'a>, name: &str) {
        let (Some(id), Some(body)) = (f.scope_id.get(), &f.body) else { return };
        let binding = f.id.as_ref().and_then(|id| id.symbol_id.get()).map(|id| id.index());
        let number = binding.and_then(|binding| self.numbers.get(&binding).copied());
        self.closure(&Parts {
            id: id.index(),
            number,
            name,
            is_async: f.r#async,
            is_arrow: false,
            is_expression: false,
            parameters: &f.params,
            body,
        });
    }

    /// → closure
    pub fn arrow(&mut self, f: &ArrowFunctionExpression<'a>, name: &str) {
        let Some(id) = f.scope_id.get() else { return };
        self.closure(&Parts {
            id: id.index(),
            number: None,
            name,
            is_async: f.r#async,
            is_arrow: true,
            is_expression: f.expression,
            parameters: &f.params,
            body: &f.body,
        });
    }

    fn take_number(&mut self) -> u32 {
        self.functions.push(Func::default());
        u32::try_from(self.functions.len() - 1).unwrap_or(u32::MAX)
    }

    fn closure(&mut self, parts: &Parts<'_, 'a>) {
        let captures = self.captures(parts.id);
        let path = self.path(parts.name);
        let offset = self.frame.offset;
        let number = parts.number.unwrap_or_else(|| self.take_number());
        let outer = std::mem::replace(&mut self.frame, Frame::new(parts.id));
        self.frame.offset = offset;
        let func = &mut self.frame.func;
        func.name = parts.name.to_owned();
        func.path = path;
        func.is_async = parts.is_async;
        func.is_arrow = parts.is_arrow;
        func.captures = captures;
        self.function_body(parts);
        let frame = std::mem::replace(&mut self.frame, outer);
        let func = self.finish(frame);
        if let Some(place) = self.functions.get_mut(number as usize) {
            *place = func;
        }
        self.emit(Op::Closure(number));
    }

    /// Where the closure's captured variables are in the function that makes it.
    fn captures(&self, function: Id) -> Vec<Capture> {
        let tables = self.tables;
        let captured = &tables.functions[function].captures;
        let from = |binding: &Id| match self.frame.slots.get(binding) {
            Some(slot) => Capture::Slot(*slot),
            None => {
                let index = tables.functions[self.frame.id].capture_of(*binding);
                Capture::Capture(index.unwrap_or(u16::MAX))
            }
        };
        captured.iter().map(from).collect()
    }

    /// A path that no other function has.
    fn path(&mut self, name: &str) -> String {
        let plain = !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$');
        let frame = &mut self.frame;
        let mut own: String = name.chars().take(PATH_NAME_CHARS_MAX).collect();
        if !plain {
            frame.unnamed += 1;
            own = frame.unnamed.to_string();
        }
        let again = frame.children.entry(own.clone()).or_insert(0);
        *again += 1;
        if *again > 1 {
            own = format!("{own}#{again}");
        }
        let path = match frame.func.path.as_str() {
            "" => own,
            around => format!("{around}/{own}"),
        };
        if self.note(path.len()) { path } else { String::new() }
    }

    fn function_body(&mut self, parts: &Parts<'_, 'a>) {
        self.parameter_slots(parts.parameters);
        for (index, parameter) in parts.parameters.items.iter().enumerate() {
            self.parameter(&parameter.pattern, index);
        }
        if let Some(rest) = &parts.parameters.rest {
            self.parameter(&rest.argument, parts.parameters.items.len());
        }
        match parts.body.statements.first() {
            Some(Statement::ExpressionStatement(s)) if parts.is_expression => {
                self.at(s.span.start);
                self.expression(&s.expression);
            }
            _ => {
                let scope = self.tables.functions[parts.id].body;
                self.within_scope(scope, |c| c.statements(&parts.body.statements));
                self.emit(Op::Undefined);
            }
        }
        self.emit(Op::Return);
        self.name_parameters(parts.parameters);
        self.name_captures(parts.id);
    }

    /// The slots of the arguments, and of the names that need others than theirs.
    fn parameter_slots(&mut self, parameters: &FormalParameters<'a>) {
        let count = parameters.items.len();
        let Ok(fixed) = u16::try_from(count) else {
            return self.too_much("a function has too many parameters");
        };
        let plain = |p: &&FormalParameter<'a>| {
            !matches!(p.pattern.kind, BindingPatternKind::AssignmentPattern(_))
        };
        let length = parameters.items.iter().take_while(plain).count();
        self.frame.func.length = u16::try_from(length).unwrap_or(fixed);
        self.frame.func.parameters = fixed;
        self.frame.func.rest = parameters.rest.is_some();
        for _ in 0..count + usize::from(parameters.rest.is_some()) {
            self.take_slot();
        }
        let patterns = parameters.items.iter().map(|parameter| &parameter.pattern);
        let patterns = patterns.chain(parameters.rest.iter().map(|rest| &rest.argument));
        for (index, pattern) in patterns.enumerate() {
            let direct = self.direct(pattern);
            for id in names(pattern) {
                let Some(binding) = id.symbol_id.get().map(|id| id.index()) else { continue };
                if direct {
                    self.frame.slots.insert(binding, u16::try_from(index).unwrap_or(u16::MAX));
                } else {
                    self.take_home(binding);
                }
            }
        }
    }

    /// Whether a parameter's name can be kept where its argument is.
    fn direct(&self, pattern: &BindingPattern<'a>) -> bool {
        let id = match &pattern.kind {
            BindingPatternKind::BindingIdentifier(id) => Some(&**id),
            BindingPatternKind::AssignmentPattern(default) => match &default.left.kind {
                BindingPatternKind::BindingIdentifier(id) => Some(&**id),
                _ => None,
            },
            _ => None,
        };
        let binding = id.and_then(|id| id.symbol_id.get());
        binding.is_some_and(|id| {
            let known = &self.tables.bindings[id.index()];
            !known.used_early && !known.captured_early
        })
    }

    fn parameter(&mut self, pattern: &BindingPattern<'a>, index: usize) {
        let slot = u16::try_from(index).unwrap_or(u16::MAX);
        if !self.direct(pattern) {
            self.emit(Op::GetSlot(slot));
            return self.bind_pattern(pattern);
        }
        if let BindingPatternKind::AssignmentPattern(default) = &pattern.kind {
            self.emit(Op::GetSlot(slot));
            self.default(&default.right, default.left.get_identifier_name().as_deref());
            self.emit(Op::SetSlot(slot));
        }
        let binding = names(pattern).first().and_then(|id| id.symbol_id.get());
        if binding.is_some_and(|id| self.tables.bindings[id.index()].is_shared()) {
            self.emit(Op::ShareSlot(slot));
        }
    }

    fn name_parameters(&mut self, parameters: &FormalParameters<'a>) {
        let patterns = parameters.items.iter().map(|parameter| &parameter.pattern);
        for pattern in patterns.chain(parameters.rest.iter().map(|rest| &rest.argument)) {
            for id in names(pattern) {
                if let Some(binding) = id.symbol_id.get() {
                    self.name_home(binding.index(), 0);
                }
            }
        }
    }

    fn name_captures(&mut self, function: Id) {
        let tables = self.tables;
        for (index, binding) in tables.functions[function].captures.iter().enumerate() {
            let known = &tables.bindings[*binding];
            let variable = Variable {
                name: known.name.clone(),
                at: Capture::Capture(u16::try_from(index).unwrap_or(u16::MAX)),
                shared: known.is_shared(),
                start: 0,
                end: self.frame.pc(),
            };
            self.name_variable(variable);
        }
    }
}
