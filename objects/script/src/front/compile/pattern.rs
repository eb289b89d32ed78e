//! Destructuring, in the order of evaluation of ECMA-262.

use oxc_ast::ast::*;

use super::Compiler;
use crate::code::Op;

impl<'a> Compiler<'_> {
    /// value → ; initializes the names of a pattern.
    pub fn bind_pattern(&mut self, pattern: &BindingPattern<'a>) {
        match &pattern.kind {
            BindingPatternKind::BindingIdentifier(id) => self.initialize_identifier(id),
            BindingPatternKind::AssignmentPattern(default) => {
                self.default(&default.right, default.left.get_identifier_name().as_deref());
                self.bind_pattern(&default.left);
            }
            BindingPatternKind::ObjectPattern(object) => self.bind_object(object),
            BindingPatternKind::ArrayPattern(array) => {
                self.emit(Op::Iterate);
                for element in &array.elements {
                    self.emit(Op::Next);
                    match element {
                        Some(element) => self.bind_pattern(element),
                        None => self.emit(Op::Pop),
                    }
                }
                if let Some(rest) = &array.rest {
                    self.emit(Op::NextAll);
                    self.bind_pattern(&rest.argument);
                }
                self.emit(Op::Pop);
            }
        }
    }

    fn bind_object(&mut self, object: &ObjectPattern<'a>) {
        let free = self.frame.free;
        let mut taken = Vec::new();
        self.emit(Op::RequireObject);
        for property in &object.properties {
            self.emit(Op::Dup);
            if let Some(name) = self.static_key(&property.key, property.computed) {
                self.emit(Op::GetProp(name));
                taken.push(Taken::Name(name));
            } else {
                self.expression(property.key.to_expression());
                self.emit(Op::ToKey);
                if object.rest.is_some() {
                    taken.push(self.keep_key());
                }
                self.emit(Op::GetElem);
            }
            self.bind_pattern(&property.value);
        }
        match &object.rest {
            Some(rest) => {
                self.rest(&taken);
                self.bind_pattern(&rest.argument);
            }
            None => self.emit(Op::Pop),
        }
        self.frame.free = free;
    }

    /// key → key, kept in a slot.
    fn keep_key(&mut self) -> Taken {
        let slot = self.take_slot();
        self.emit(Op::Dup);
        self.emit(Op::SetSlot(slot));
        Taken::Slot(slot, self.frame.pc())
    }

    /// source → an object with what was not taken.
    fn rest(&mut self, taken: &[Taken]) {
        for key in taken {
            match key {
                Taken::Name(name) => self.emit(Op::Const(*name)),
                Taken::Slot(slot, kept) => {
                    self.emit(Op::GetSlot(*slot));
                    self.name_hidden("key", *slot, *kept);
                }
            }
            self.frame.hidden += 1;
        }
        self.frame.hidden -= u32::try_from(taken.len()).unwrap_or(0);
        self.emit(Op::Rest(u16::try_from(taken.len()).unwrap_or(u16::MAX)));
    }

    /// value → ; assigns it to a target.
    pub fn assign_value(&mut self, target: &AssignmentTarget<'a>) {
        match target {
            AssignmentTarget::ArrayAssignmentTarget(array) => self.assign_array(array),
            AssignmentTarget::ObjectAssignmentTarget(object) => self.assign_object(object),
            AssignmentTarget::AssignmentTargetIdentifier(_) => self.store(target),
            target => {
                // value → object key value
                let operands = self.prepare(target);
                self.emit(Op::Pick(operands));
                self.store(target);
                self.emit(Op::Pop);
            }
        }
    }

    fn assign_array(&mut self, array: &ArrayAssignmentTarget<'a>) {
        self.emit(Op::Iterate);
        for element in &array.elements {
            let Some(element) = element else {
                self.emit(Op::Next);
                self.emit(Op::Pop);
                continue;
            };
            let (target, default) = parts(element);
            let operands = self.prepare(target);
            self.take_next(operands, Op::Next);
            self.target_default(target, default);
            self.store(target);
        }
        if let Some(rest) = &array.rest {
            let operands = self.prepare(&rest.target);
            self.take_next(operands, Op::NextAll);
            self.store(&rest.target);
        }
        self.emit(Op::Pop);
    }

    /// iterator operands → iterator operands value
    fn take_next(&mut self, operands: u16, op: Op) {
        if operands == 0 {
            return self.emit(op);
        }
        self.emit(Op::Pick(operands));
        self.emit(op);
        self.emit(Op::Swap);
        self.emit(Op::Pop);
    }

    fn assign_object(&mut self, object: &ObjectAssignmentTarget<'a>) {
        let free = self.frame.free;
        let mut taken = Vec::new();
        self.emit(Op::RequireObject);
        for property in &object.properties {
            match property {
                AssignmentTargetProperty::AssignmentTargetPropertyIdentifier(property) => {
                    let name = self.constants.text(&property.binding.name);
                    taken.push(Taken::Name(name));
                    self.emit(Op::Dup);
                    self.emit(Op::GetProp(name));
                    if let Some(init) = &property.init {
                        self.default(init, Some(&property.binding.name));
                    }
                    self.write_identifier(&property.binding);
                }
                AssignmentTargetProperty::AssignmentTargetPropertyProperty(property) => {
                    self.assign_property(property, object.rest.is_some(), &mut taken);
                }
            }
        }
        if let Some(rest) = &object.rest {
            // source → source operands rest, but the source is needed on top.
            let operands = self.prepare(&rest.target);
            self.emit(Op::Pick(operands));
            self.rest(&taken);
            self.store(&rest.target);
        }
        self.emit(Op::Pop);
        self.frame.free = free;
    }

    fn assign_property(
        &mut self,
        property: &AssignmentTargetPropertyProperty<'a>,
        keep: bool,
        taken: &mut Vec<Taken>,
    ) {
        let (target, default) = parts(&property.binding);
        if let Some(name) = self.static_key(&property.name, property.computed) {
            taken.push(Taken::Name(name));
            let operands = self.prepare(target);
            self.emit(Op::Pick(operands));
            self.emit(Op::GetProp(name));
            self.target_default(target, default);
            return self.store(target);
        }
        self.expression(property.name.to_expression());
        self.emit(Op::ToKey);
        if keep {
            taken.push(self.keep_key());
        }
        // source key operands → source key operands source key
        let operands = self.prepare(target);
        self.emit(Op::Pick(operands + 1));
        self.emit(Op::Pick(operands + 1));
        self.emit(Op::GetElem);
        self.target_default(target, default);
        self.store(target);
        self.emit(Op::Pop);
    }

    fn target_default(&mut self, target: &AssignmentTarget<'a>, default: Option<&Expression<'a>>) {
        if let Some(default) = default {
            self.default(default, target.get_identifier_name());
        }
    }

    /// → what of a target is evaluated before its value is; says how many operands that are.
    fn prepare(&mut self, target: &AssignmentTarget<'a>) -> u16 {
        match target {
            AssignmentTarget::StaticMemberExpression(member) => {
                self.expression(&member.object);
                1
            }
            AssignmentTarget::ComputedMemberExpression(member) => {
                self.expression(&member.object);
                self.expression(&member.expression);
                2
            }
            _ => 0,
        }
    }

    /// operands value →
    fn store(&mut self, target: &AssignmentTarget<'a>) {
        match target {
            AssignmentTarget::AssignmentTargetIdentifier(id) => self.write_identifier(id),
            AssignmentTarget::StaticMemberExpression(member) => {
                let name = self.constants.text(&member.property.name);
                self.emit(Op::SetProp(name));
                self.emit(Op::Pop);
            }
            AssignmentTarget::ComputedMemberExpression(_) => {
                self.emit(Op::SetElem);
                self.emit(Op::Pop);
            }
            target => self.assign_value(target),
        }
    }

    fn write_identifier(&mut self, id: &IdentifierReference<'a>) {
        match self.binding_of(id) {
            Some(binding) => self.write(binding, id.span.start),
            None => self.emit(Op::Pop),
        }
    }

    /// value → value, or the default's if it is undefined.
    pub fn default(&mut self, default: &Expression<'a>, name: Option<&str>) {
        let end = self.label();
        self.jump(Op::JumpUnlessUndefinedOrPop, end);
        self.named(default, name);
        self.bind(end);
    }
}

/// A key that a pattern has taken, and that its rest does not have.
enum Taken {
    Name(u32),
    /// And from which instruction on it is there.
    Slot(u16, u32),
}

fn parts<'e, 'a>(
    element: &'e AssignmentTargetMaybeDefault<'a>,
) -> (&'e AssignmentTarget<'a>, Option<&'e Expression<'a>>) {
    match element {
        AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(default) => {
            (&default.binding, Some(&default.init))
        }
        target => (target.to_assignment_target(), None),
    }
}
