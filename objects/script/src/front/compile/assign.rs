//! Assignments, `++` and `--`.

use oxc_ast::ast::*;
use oxc_syntax::operator::{LogicalOperator, UpdateOperator};

use super::Compiler;
use super::emit::Label;
use super::expression::binary;
use super::variable::Home;
use crate::code::Op;
use crate::front::scope::Id;

impl<'a> Compiler<'_> {
    /// → the assigned value if it is wanted.
    pub fn assignment(&mut self, a: &AssignmentExpression<'a>, wanted: bool) {
        if let Some(operator) = a.operator.to_logical_operator() {
            return self.assign_logically(a, operator, wanted);
        }
        let operator = a.operator.to_binary_operator().map(binary);
        match &a.left {
            AssignmentTarget::AssignmentTargetIdentifier(id) => {
                let Some(binding) = self.binding_of(id) else { return };
                match operator {
                    None => self.named(&a.right, Some(&id.name)),
                    Some(operator) => {
                        self.read(binding, id.span.start);
                        self.expression(&a.right);
                        self.at(a.span.start);
                        self.emit(operator);
                    }
                }
                if wanted {
                    self.emit(Op::Dup);
                }
                self.at(a.span.start);
                self.write(binding, id.span.start);
            }
            AssignmentTarget::StaticMemberExpression(member) => {
                self.expression(&member.object);
                let name = self.constants.text(&member.property.name);
                if let Some(operator) = operator {
                    self.emit(Op::Dup);
                    self.at(member.property.span.start);
                    self.emit(Op::GetProp(name));
                    self.operand(a, operator);
                } else {
                    self.expression(&a.right);
                }
                self.at(member.property.span.start);
                self.emit(Op::SetProp(name));
                self.unless(wanted);
            }
            AssignmentTarget::ComputedMemberExpression(member) => {
                self.expression(&member.object);
                self.expression(&member.expression);
                if let Some(operator) = operator {
                    self.emit(Op::Dup2);
                    self.at(member.span.start);
                    self.emit(Op::GetElem);
                    self.operand(a, operator);
                } else {
                    self.expression(&a.right);
                }
                self.at(member.span.start);
                self.emit(Op::SetElem);
                self.unless(wanted);
            }
            target => {
                self.expression(&a.right);
                if wanted {
                    self.emit(Op::Dup);
                }
                self.at(a.span.start);
                self.assign_value(target);
            }
        }
    }

    fn operand(&mut self, a: &AssignmentExpression<'a>, operator: Op) {
        self.expression(&a.right);
        self.at(a.span.start);
        self.emit(operator);
    }

    fn unless(&mut self, wanted: bool) {
        if !wanted {
            self.emit(Op::Pop);
        }
    }

    /// `&&=`, `||=`, `??=`: assigns only if the operator comes to its right side.
    fn assign_logically(
        &mut self,
        a: &AssignmentExpression<'a>,
        operator: LogicalOperator,
        wanted: bool,
    ) {
        let end = self.label();
        match &a.left {
            AssignmentTarget::AssignmentTargetIdentifier(id) => {
                let Some(binding) = self.binding_of(id) else { return };
                self.read(binding, id.span.start);
                self.jump_over(operator, end);
                self.named(&a.right, Some(&id.name));
                self.emit(Op::Dup);
                self.write(binding, id.span.start);
            }
            AssignmentTarget::StaticMemberExpression(member) => {
                let kept = self.label();
                self.expression(&member.object);
                let name = self.constants.text(&member.property.name);
                self.emit(Op::Dup);
                self.emit(Op::GetProp(name));
                self.jump_over(operator, kept);
                self.expression(&a.right);
                self.emit(Op::SetProp(name));
                self.jump(Op::Jump, end);
                // object value → value
                self.frame.depth += 1;
                self.bind(kept);
                self.emit(Op::Swap);
                self.emit(Op::Pop);
            }
            AssignmentTarget::ComputedMemberExpression(member) => {
                let kept = self.label();
                self.expression(&member.object);
                self.expression(&member.expression);
                self.emit(Op::Dup2);
                self.emit(Op::GetElem);
                self.jump_over(operator, kept);
                self.expression(&a.right);
                self.emit(Op::SetElem);
                self.jump(Op::Jump, end);
                // object key value → value
                self.frame.depth += 2;
                self.bind(kept);
                self.emit(Op::Bury(2));
                self.emit(Op::Pop);
                self.emit(Op::Pop);
            }
            _ => {}
        }
        self.bind(end);
        self.unless(wanted);
    }

    /// value → value and jumps if the operator needs no right side, else →
    pub fn jump_over(&mut self, operator: LogicalOperator, label: Label) {
        let op: fn(u32) -> Op = match operator {
            LogicalOperator::And => Op::JumpIfFalseOrPop,
            LogicalOperator::Or => Op::JumpIfTrueOrPop,
            LogicalOperator::Coalesce => Op::JumpUnlessNullishOrPop,
        };
        self.jump(op, label);
    }

    /// → the value before or after, if it is wanted.
    pub fn update(&mut self, update: &UpdateExpression<'a>, wanted: bool) {
        let op = match update.operator {
            UpdateOperator::Increment => Op::Inc,
            UpdateOperator::Decrement => Op::Dec,
        };
        let old_wanted = wanted && !update.prefix;
        self.at(update.span.start);
        match &update.argument {
            SimpleAssignmentTarget::AssignmentTargetIdentifier(id) => {
                let Some(binding) = self.binding_of(id) else { return };
                self.update_variable(binding, id.span.start, op, wanted, old_wanted);
            }
            SimpleAssignmentTarget::StaticMemberExpression(member) => {
                self.expression(&member.object);
                let name = self.constants.text(&member.property.name);
                self.emit(Op::Dup);
                self.at(update.span.start);
                self.emit(Op::GetProp(name));
                if old_wanted {
                    self.keep_old(1);
                }
                self.emit(op);
                self.emit(Op::SetProp(name));
                self.unless(wanted && !old_wanted);
            }
            SimpleAssignmentTarget::ComputedMemberExpression(member) => {
                self.expression(&member.object);
                self.expression(&member.expression);
                self.emit(Op::Dup2);
                self.at(update.span.start);
                self.emit(Op::GetElem);
                if old_wanted {
                    self.keep_old(2);
                }
                self.emit(op);
                self.emit(Op::SetElem);
                self.unless(wanted && !old_wanted);
            }
            _ => {}
        }
    }

    /// operands value → number operands number
    fn keep_old(&mut self, operands: u16) {
        self.emit(Op::ToNumeric);
        self.emit(Op::Dup);
        self.emit(Op::Bury(operands + 1));
    }

    fn update_variable(
        &mut self,
        binding: Id,
        offset: u32,
        op: Op,
        wanted: bool,
        old_wanted: bool,
    ) {
        let known = &self.tables.bindings[binding];
        let plain = known.exports.is_empty() && !known.is_early(offset);
        if let (Home::Slot(slot), true, false, Op::Inc) = (self.home(binding), plain, wanted, op) {
            self.emit(Op::IncSlot { slot, skip: 3 });
        }
        self.read(binding, offset);
        if old_wanted {
            self.emit(Op::ToNumeric);
            self.emit(Op::Dup);
        }
        self.emit(op);
        if wanted && !old_wanted {
            self.emit(Op::Dup);
        }
        self.write(binding, offset);
    }
}
