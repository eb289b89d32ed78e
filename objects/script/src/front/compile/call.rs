//! Calls, `new`, messages, members and optional chains.

use oxc_ast::ast::*;
use oxc_span::GetSpan;

use super::Compiler;
use super::emit::Chain;
use crate::code::Op;
use crate::front::check::globals::{self, Global};

/// Arguments that are passed on the stack; more go through an array.
const ARGUMENTS_ON_STACK_MAX: usize = 100;

impl<'a> Compiler<'_> {
    /// The name of the global that an expression is.
    pub fn global_of<'e>(&self, expression: &'e Expression<'a>) -> Option<&'e str> {
        match expression.without_parentheses() {
            Expression::Identifier(id) if self.binding_of(id).is_none() => Some(id.name.as_str()),
            _ => None,
        }
    }

    /// The path of the built-in that an expression is, such as `Math.max`.
    fn built_in_path(&self, expression: &Expression<'a>) -> Option<String> {
        match expression.without_parentheses() {
            Expression::StaticMemberExpression(member) => {
                let global = self.global_of(&member.object)?;
                globals::members(global)
                    .contains(&member.property.name.as_str())
                    .then(|| format!("{global}.{}", member.property.name))
            }
            expression => {
                let global = self.global_of(expression)?;
                (globals::global(global) != Some(Global::Constant)).then(|| global.to_owned())
            }
        }
    }

    /// → value of a member
    pub fn member(&mut self, member: &MemberExpression<'a>) {
        if let MemberExpression::StaticMemberExpression(m) = member
            && let Some(global) = self.global_of(&m.object)
            && globals::members(global).contains(&m.property.name.as_str())
        {
            return self.built_in(&format!("{global}.{}", m.property.name));
        }
        self.expression(member.object());
        if member.optional() {
            self.leave_chain();
        }
        match member {
            MemberExpression::StaticMemberExpression(m) => {
                let name = self.constants.text(&m.property.name);
                self.at(m.property.span.start);
                self.emit(Op::GetProp(name));
            }
            MemberExpression::ComputedMemberExpression(m) => {
                self.expression(&m.expression);
                self.at(m.span.start);
                self.emit(Op::GetElem);
            }
            MemberExpression::PrivateFieldExpression(_) => {}
        }
    }

    /// → a built-in constant, function or namespace
    pub fn built_in(&mut self, path: &str) {
        if let Some(number) = globals::constant(path) {
            return self.number(number);
        }
        match self.builtin(path) {
            Some(builtin) => self.emit(Op::Builtin(builtin)),
            None => self.emit(Op::Undefined),
        }
    }

    /// value → value, or the chain ends if it is undefined or null.
    fn leave_chain(&mut self) {
        if let Some(chain) = self.frame.chains.last().copied() {
            let above = self.frame.depth.saturating_sub(chain.base);
            self.jump(Op::JumpIfNullish, if above > 1 { chain.two } else { chain.one });
        }
    }

    /// → value of a chain
    pub fn chain(&mut self, chain: &ChainExpression<'a>) {
        self.within_chain(Op::Undefined, |c| match &chain.expression {
            ChainElement::CallExpression(call) => c.call(call),
            element => {
                if let Some(member) = element.member_expression() {
                    c.member(member);
                }
            }
        });
    }

    /// What `body` pushes, or `otherwise` if a part of the chain is undefined or null.
    pub fn within_chain(&mut self, otherwise: Op, body: impl FnOnce(&mut Self)) {
        let base = self.frame.depth;
        let (one, two, end) = (self.label(), self.label(), self.label());
        self.frame.chains.push(Chain { base, one, two });
        body(self);
        self.frame.chains.pop();
        self.jump(Op::Jump, end);
        self.frame.depth = base + 2;
        self.bind(two);
        self.emit(Op::Pop);
        if self.frame.reachable {
            self.reach(one, base + 1);
        }
        self.bind(one);
        self.emit(Op::Pop);
        self.emit(otherwise);
        self.bind(end);
    }

    /// → result
    pub fn call(&mut self, call: &CallExpression<'a>) {
        let callee = call.callee.without_parentheses();
        if self.send(call, callee) || self.call_built_in(call, callee) {
            return;
        }
        let place = match callee {
            Expression::StaticMemberExpression(m) => m.property.span.start,
            _ => call.span.start,
        };
        let is_method = self.callee(callee);
        if call.optional {
            self.leave_chain();
        }
        let spread = self.arguments(&call.arguments);
        self.at(place);
        self.emit(match (is_method, spread) {
            (true, Passed::Stack(count)) => Op::CallMethod(count),
            (true, Passed::Array) => Op::CallMethodSpread,
            (false, Passed::Stack(count)) => Op::Call(count),
            (false, Passed::Array) => Op::CallSpread,
        });
    }

    /// → function, or → object function of a method (true).
    fn callee(&mut self, callee: &Expression<'a>) -> bool {
        let Some(member) = callee.as_member_expression() else {
            self.expression(callee);
            return false;
        };
        if self.built_in_path(callee).is_some() {
            self.member(member);
            return false;
        }
        self.expression(member.object());
        if member.optional() {
            self.leave_chain();
        }
        match member {
            MemberExpression::StaticMemberExpression(m) => {
                let name = self.constants.text(&m.property.name);
                self.at(m.property.span.start);
                self.emit(Op::GetMethod(name));
            }
            MemberExpression::ComputedMemberExpression(m) => {
                self.expression(&m.expression);
                self.at(m.span.start);
                self.emit(Op::GetMethodElem);
            }
            MemberExpression::PrivateFieldExpression(_) => {}
        }
        true
    }

    /// Arguments on the stack, or in an array there.
    fn arguments(&mut self, arguments: &[Argument<'a>]) -> Passed {
        let spread = arguments.iter().any(Argument::is_spread);
        match u8::try_from(arguments.len()) {
            Ok(count) if !spread && arguments.len() <= ARGUMENTS_ON_STACK_MAX => {
                arguments.iter().for_each(|argument| self.expression(argument.to_expression()));
                Passed::Stack(count)
            }
            _ => {
                self.argument_array(arguments);
                Passed::Array
            }
        }
    }

    /// → array
    fn argument_array(&mut self, arguments: &[Argument<'a>]) {
        let short = arguments.len() <= ARGUMENTS_ON_STACK_MAX;
        if short && !arguments.iter().any(Argument::is_spread) {
            arguments.iter().for_each(|argument| self.expression(argument.to_expression()));
            return self.emit(Op::NewArray(u16::try_from(arguments.len()).unwrap_or(0)));
        }
        self.emit(Op::NewArray(0));
        for argument in arguments {
            match argument {
                Argument::SpreadElement(spread) => {
                    self.expression(&spread.argument);
                    self.at(spread.span.start);
                    self.emit(Op::AppendAll);
                }
                argument => {
                    self.expression(argument.to_expression());
                    self.emit(Op::Append);
                }
            }
        }
    }

    /// A built-in function is called without looking it up; false if it is none.
    fn call_built_in(&mut self, call: &CallExpression<'a>, callee: &Expression<'a>) -> bool {
        let Some(path) = self.built_in_path(callee) else { return false };
        let needs_new = globals::global(&path) == Some(Global::Constructor);
        let spread = call.arguments.iter().any(Argument::is_spread);
        if needs_new || spread || globals::constant(&path).is_some() {
            return false;
        }
        if call.arguments.len() > ARGUMENTS_ON_STACK_MAX {
            return false;
        }
        self.arguments(&call.arguments);
        self.at(call.span.start);
        let arguments = u8::try_from(call.arguments.len()).unwrap_or(u8::MAX);
        match self.builtin(&path) {
            Some(builtin) => self.emit(Op::CallBuiltin { builtin, arguments }),
            None => self.emit(Op::Concat(arguments.into())),
        }
        true
    }

    /// `E(target, options).method(…)`, `E(target)[key](…)`, `E(target)(…)`; false if it is none.
    fn send(&mut self, call: &CallExpression<'a>, callee: &Expression<'a>) -> bool {
        let member = callee.as_member_expression();
        let target = member.map_or(callee, |member| member.object().without_parentheses());
        let Expression::CallExpression(eventual) = target else { return false };
        if self.global_of(&eventual.callee) != Some("E") {
            return false;
        }
        for argument in eventual.arguments.iter().take(2) {
            self.expression(argument.to_expression());
        }
        if eventual.arguments.len() < 2 {
            self.emit(Op::Undefined);
        }
        let op = match member {
            Some(MemberExpression::StaticMemberExpression(m)) => {
                Op::Send(self.constants.text(&m.property.name))
            }
            Some(MemberExpression::ComputedMemberExpression(m)) => {
                self.expression(&m.expression);
                Op::SendElem
            }
            _ => Op::SendApply,
        };
        self.argument_array(&call.arguments);
        self.at(call.span.start);
        self.emit(op);
        true
    }

    /// → object
    pub fn new_expression(&mut self, new: &NewExpression<'a>) {
        let Some(name) = self.global_of(&new.callee) else { return };
        self.built_in(name);
        let passed = self.arguments(&new.arguments);
        self.at(new.span.start);
        self.emit(match passed {
            Passed::Stack(count) => Op::New(count),
            Passed::Array => Op::NewSpread,
        });
    }

    /// `delete object.name`, `delete object[key]` → boolean
    pub fn delete(&mut self, target: &Expression<'a>) {
        match target {
            Expression::ChainExpression(chain) => {
                self.within_chain(Op::True, |c| {
                    if let Some(member) = chain.expression.member_expression() {
                        c.delete_member(member);
                    }
                });
            }
            target => {
                if let Some(member) = target.as_member_expression() {
                    self.delete_member(member);
                }
            }
        }
    }

    fn delete_member(&mut self, member: &MemberExpression<'a>) {
        self.expression(member.object());
        if member.optional() {
            self.leave_chain();
        }
        self.at(member.span().start);
        match member {
            MemberExpression::StaticMemberExpression(m) => {
                let name = self.constants.text(&m.property.name);
                self.emit(Op::DeleteProp(name));
            }
            MemberExpression::ComputedMemberExpression(m) => {
                self.expression(&m.expression);
                self.emit(Op::DeleteElem);
            }
            MemberExpression::PrivateFieldExpression(_) => {}
        }
    }
}

/// How arguments were passed.
enum Passed {
    Stack(u8),
    Array,
}
