//! Patterns: of declarations and parameters, and of assignments.

use oxc_ast::ast::*;
use oxc_span::GetSpan;

use super::Checker;

impl<'a> Checker<'_> {
    /// The keys and defaults of a pattern whose names have been declared.
    pub fn pattern(&mut self, pattern: &BindingPattern<'a>) {
        if pattern.type_annotation.is_some() {
            self.reject(
                pattern.span().start,
                "TypeScript is not in the language",
                "leave the types away",
            );
        }
        match &pattern.kind {
            BindingPatternKind::BindingIdentifier(_) => {}
            BindingPatternKind::ObjectPattern(object) => {
                for property in &object.properties {
                    self.key(&property.key, property.computed);
                    self.pattern(&property.value);
                }
                if let Some(rest) = &object.rest {
                    self.pattern(&rest.argument);
                }
            }
            BindingPatternKind::ArrayPattern(array) => {
                for element in array.elements.iter().flatten() {
                    self.pattern(element);
                }
                if let Some(rest) = &array.rest {
                    self.pattern(&rest.argument);
                }
            }
            BindingPatternKind::AssignmentPattern(default) => {
                self.pattern(&default.left);
                self.expression(&default.right);
            }
        }
    }

    /// A property's key.
    pub fn key(&mut self, key: &PropertyKey<'a>, computed: bool) {
        match key {
            PropertyKey::StaticIdentifier(name) => self.key_name(&name.name, name.span.start),
            PropertyKey::PrivateIdentifier(name) => {
                self.reject(
                    name.span.start,
                    "private names are not in the language",
                    "keep it in a variable of a closure",
                );
            }
            PropertyKey::StringLiteral(name) => {
                self.string(name);
                self.key_name(&name.value, name.span.start);
            }
            PropertyKey::BigIntLiteral(literal) if !computed => {
                self.reject(
                    literal.span.start,
                    "a big integer is no key here",
                    "write it as a string",
                );
            }
            key => self.expression(key.to_expression()),
        }
    }

    /// Names that only are forbidden where they would be inherited are well as keys of one's own.
    fn key_name(&mut self, name: &str, offset: u32) {
        if matches!(
            name,
            "__proto__"
                | "prototype"
                | "constructor"
                | "__defineGetter__"
                | "__defineSetter__"
                | "__lookupGetter__"
                | "__lookupSetter__"
                | "caller"
                | "callee"
                | "arguments"
        ) {
            self.member_name(name, offset);
        }
    }

    pub fn assignment_target(&mut self, target: &AssignmentTarget<'a>) {
        match target {
            AssignmentTarget::ArrayAssignmentTarget(array) => {
                for element in array.elements.iter().flatten() {
                    self.target_maybe_default(element);
                }
                if let Some(rest) = &array.rest {
                    self.assignment_target(&rest.target);
                }
            }
            AssignmentTarget::ObjectAssignmentTarget(object) => self.object_target(object),
            target => self.simple_target(target.to_simple_assignment_target()),
        }
    }

    fn object_target(&mut self, object: &ObjectAssignmentTarget<'a>) {
        for property in &object.properties {
            match property {
                AssignmentTargetProperty::AssignmentTargetPropertyIdentifier(property) => {
                    self.key_name(&property.binding.name, property.span.start);
                    self.assign(&property.binding);
                    if let Some(init) = &property.init {
                        self.expression(init);
                    }
                }
                AssignmentTargetProperty::AssignmentTargetPropertyProperty(property) => {
                    self.key(&property.name, property.computed);
                    self.target_maybe_default(&property.binding);
                }
            }
        }
        if let Some(rest) = &object.rest {
            self.assignment_target(&rest.target);
        }
    }

    fn target_maybe_default(&mut self, target: &AssignmentTargetMaybeDefault<'a>) {
        match target {
            AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(default) => {
                self.assignment_target(&default.binding);
                self.expression(&default.init);
            }
            target => self.assignment_target(target.to_assignment_target()),
        }
    }

    /// A variable or property that is assigned to.
    pub fn simple_target(&mut self, target: &SimpleAssignmentTarget<'a>) {
        match target {
            SimpleAssignmentTarget::AssignmentTargetIdentifier(identifier) => {
                self.assign(identifier);
            }
            match_member_expression!(SimpleAssignmentTarget) => {
                let member = target.to_member_expression();
                if self.global_of(member.object()).is_some() {
                    let start = member.span().start;
                    self.reject(
                        start,
                        "what is built in cannot be changed",
                        "use an object of your own",
                    );
                } else {
                    self.member(member);
                }
            }
            target => {
                let start = target.span().start;
                self.reject(start, "TypeScript is not in the language", "leave the types away");
            }
        }
    }
}

/// The names that a pattern binds, in order.
pub fn names<'p, 'a>(pattern: &'p BindingPattern<'a>) -> Vec<&'p BindingIdentifier<'a>> {
    let mut found = Vec::new();
    collect(pattern, &mut found);
    found
}

fn collect<'p, 'a>(pattern: &'p BindingPattern<'a>, found: &mut Vec<&'p BindingIdentifier<'a>>) {
    match &pattern.kind {
        BindingPatternKind::BindingIdentifier(id) => found.push(id),
        BindingPatternKind::ObjectPattern(object) => {
            object.properties.iter().for_each(|property| collect(&property.value, found));
            object.rest.iter().for_each(|rest| collect(&rest.argument, found));
        }
        BindingPatternKind::ArrayPattern(array) => {
            array.elements.iter().flatten().for_each(|element| collect(element, found));
            array.rest.iter().for_each(|rest| collect(&rest.argument, found));
        }
        BindingPatternKind::AssignmentPattern(default) => collect(&default.left, found),
    }
}
