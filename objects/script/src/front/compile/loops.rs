//! Loops.

use oxc_ast::ast::*;
use oxc_span::GetSpan;

use super::Compiler;
use super::emit::Label;
use super::jump::Control;
use crate::code::Op;
use crate::front::scope::{Id, Kind};

impl<'a> Compiler<'_> {
    /// A loop, with the labels in front of it.
    pub fn iteration(&mut self, statement: &Statement<'a>, labels: Vec<String>) {
        match statement {
            Statement::WhileStatement(s) => self.while_loop(s, labels),
            Statement::DoWhileStatement(s) => self.do_loop(s, labels),
            Statement::ForStatement(s) => self.for_loop(s, labels),
            Statement::ForOfStatement(s) => self.for_of(s, labels),
            _ => {}
        }
    }

    /// The body of a loop, with what `break` and `continue` go to.
    fn body(&mut self, body: &Statement<'a>, labels: Vec<String>, end: Label, next: Label) {
        let depth = self.frame.depth;
        self.frame.controls.push(Control::Loop { labels, end, next, depth });
        self.statement(body);
        self.frame.controls.pop();
    }

    fn while_loop(&mut self, s: &WhileStatement<'a>, labels: Vec<String>) {
        let end = self.label();
        let next = self.bind_loop();
        self.condition(&s.test, end);
        self.body(&s.body, labels, end, next);
        self.jump(Op::Jump, next);
        self.bind(end);
    }

    fn do_loop(&mut self, s: &DoWhileStatement<'a>, labels: Vec<String>) {
        let (end, next) = (self.label(), self.label());
        let begin = self.bind_loop();
        self.body(&s.body, labels, end, next);
        self.bind(next);
        self.at(s.test.span().start);
        self.expression(&s.test);
        self.jump(Op::JumpIfTrue, begin);
        self.bind(end);
    }

    fn for_loop(&mut self, s: &ForStatement<'a>, labels: Vec<String>) {
        let scope = s.scope_id.get().map_or(0, |id| id.index());
        self.within_scope(scope, |c| {
            match &s.init {
                Some(ForStatementInit::VariableDeclaration(d)) => c.variables(d),
                Some(init) => c.discard_all(init.to_expression()),
                None => {}
            }
            c.renew(scope);
            let (end, next) = (c.label(), c.label());
            let begin = c.bind_loop();
            if let Some(test) = &s.test {
                c.at(test.span().start);
                c.condition(test, end);
            }
            c.body(&s.body, labels, end, next);
            c.bind(next);
            c.renew(scope);
            if let Some(update) = &s.update {
                c.at(update.span().start);
                c.discard_all(update);
            }
            c.jump(Op::Jump, begin);
            c.bind(end);
        });
    }

    /// Each iteration has its own variables (ECMA-262, CreatePerIterationEnvironment).
    fn renew(&mut self, scope: Id) {
        let tables = self.tables;
        for binding in &tables.scopes[scope].bindings {
            let known = &tables.bindings[*binding];
            let slot = self.frame.slots.get(binding).copied();
            if let (true, Kind::Let, Some(slot)) = (known.is_shared(), &known.kind, slot) {
                self.emit(Op::RenewVar(slot));
            }
        }
    }

    fn for_of(&mut self, s: &ForOfStatement<'a>, labels: Vec<String>) {
        let scope = s.scope_id.get().map_or(0, |id| id.index());
        self.within_scope(scope, |c| {
            c.expression(&s.right);
            c.at(s.right.span().start);
            c.emit(Op::Iterate);
            let end = c.label();
            let next = c.bind_loop();
            c.at(s.span.start);
            c.jump(Op::NextOrJump, end);
            match &s.left {
                ForStatementLeft::VariableDeclaration(d) => {
                    let tables = c.tables;
                    for binding in &tables.scopes[scope].bindings {
                        c.clear_home(*binding);
                    }
                    if let Some(declarator) = d.declarations.first() {
                        c.bind_pattern(&declarator.id);
                    }
                }
                left => c.assign_value(left.to_assignment_target()),
            }
            c.body(&s.body, labels, end, next);
            c.jump(Op::Jump, next);
            c.bind(end);
            c.emit(Op::Pop);
        });
    }

    /// Expressions whose values nobody wants, separated by commas.
    fn discard_all(&mut self, expression: &Expression<'a>) {
        match expression {
            Expression::SequenceExpression(sequence) => {
                sequence.expressions.iter().for_each(|e| self.discard(e));
            }
            expression => self.discard(expression),
        }
    }
}
