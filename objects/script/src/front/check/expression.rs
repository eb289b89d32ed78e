//! Expressions.

use oxc_ast::ast::*;
use oxc_span::GetSpan;
use oxc_syntax::operator::{BinaryOperator, UnaryOperator};

use super::Checker;
use super::globals::{self, Global};
use crate::regexp::Regexp;

impl<'a> Checker<'_> {
    pub fn expression(&mut self, expression: &Expression<'a>) {
        match expression {
            Expression::BooleanLiteral(_)
            | Expression::NullLiteral(_)
            | Expression::BigIntLiteral(_) => {}
            Expression::StringLiteral(literal) => self.string(literal),
            Expression::NumericLiteral(literal) => self.number(literal),
            Expression::RegExpLiteral(literal) => self.regexp(literal),
            Expression::TemplateLiteral(template) => {
                for expression in &template.expressions {
                    self.expression(expression);
                }
            }
            Expression::Identifier(identifier) => self.read(identifier),
            Expression::ArrayExpression(array) => self.array(array),
            Expression::ObjectExpression(object) => self.object(object),
            Expression::ArrowFunctionExpression(f) => self.arrow(f),
            Expression::FunctionExpression(f) => self.function_expression(f),
            Expression::AssignmentExpression(assignment) => {
                self.assignment_target(&assignment.left);
                self.expression(&assignment.right);
            }
            Expression::AwaitExpression(a) => self.await_expression(a),
            Expression::BinaryExpression(binary) => self.binary(binary),
            Expression::LogicalExpression(logical) => {
                self.expression(&logical.left);
                self.expression(&logical.right);
            }
            Expression::ConditionalExpression(conditional) => {
                self.expression(&conditional.test);
                self.expression(&conditional.consequent);
                self.expression(&conditional.alternate);
            }
            Expression::UnaryExpression(unary) => self.unary(unary),
            Expression::UpdateExpression(update) => self.simple_target(&update.argument),
            Expression::CallExpression(call) => self.call(call),
            Expression::NewExpression(new) => self.new_expression(new),
            Expression::ChainExpression(chain) => match &chain.expression {
                ChainElement::CallExpression(call) => self.call(call),
                element => match element.member_expression() {
                    Some(member) => self.member(member),
                    None => self.rejected(expression),
                },
            },
            Expression::ParenthesizedExpression(inner) => self.expression(&inner.expression),
            match_member_expression!(Expression) => self.member(expression.to_member_expression()),
            _ => self.rejected(expression),
        }
    }

    fn rejected(&mut self, expression: &Expression<'a>) {
        let start = expression.span().start;
        let (why, hint) = match expression {
            Expression::ThisExpression(_) => (
                "`this` is not in the language",
                "keep state in variables of a closure, and name the object: `const self = { … }`",
            ),
            Expression::Super(_) => {
                ("`super` is not in the language", "call the other function by its name")
            }
            Expression::ClassExpression(_) => return self.reject_class(start),
            Expression::MetaProperty(meta) if meta.meta.name == "new" => {
                ("`new.target` is not in the language", "make functions that return objects")
            }
            Expression::MetaProperty(_) => (
                "`import.meta` is not in the language",
                "take what is needed as an argument of `main`",
            ),
            Expression::ImportExpression(_) => (
                "`import(…)` is not in the language",
                "import by hash at the top: `import { name } from 'blake3:…'`",
            ),
            Expression::YieldExpression(_) => (
                "generators are not in the language",
                "build an array, or call a function for each element",
            ),
            Expression::TaggedTemplateExpression(_) => {
                ("tagged templates are not in the language", "call a function with the values")
            }
            Expression::SequenceExpression(_) => {
                ("the comma operator is only for the head of `for`", "write two statements")
            }
            Expression::PrivateInExpression(_) | Expression::PrivateFieldExpression(_) => {
                ("private names are not in the language", "keep it in a variable of a closure")
            }
            _ => ("this is not ECMAScript", "leave TypeScript and JSX away"),
        };
        self.reject(start, why, hint);
    }

    fn number(&mut self, literal: &NumericLiteral<'a>) {
        let raw = literal.raw.as_deref().unwrap_or_default();
        let mut digits = raw.bytes();
        if digits.next() == Some(b'0')
            && digits.next().is_some_and(|b| b.is_ascii_digit() || b == b'_')
        {
            self.reject(
                literal.span.start,
                "a number begins with a superfluous zero",
                "write octal numbers as `0o17`",
            );
        }
    }

    /// Strict mode has no octal escapes.
    pub fn string(&mut self, literal: &StringLiteral<'a>) {
        let raw = literal.raw.as_deref().unwrap_or_default();
        let mut chars = raw.chars().peekable();
        while let Some(c) = chars.next() {
            if c != '\\' {
                continue;
            }
            let escaped = chars.next().unwrap_or_default();
            let octal = match escaped {
                '0' => chars.peek().is_some_and(char::is_ascii_digit),
                '1'..='9' => true,
                _ => false,
            };
            if octal {
                self.reject(
                    literal.span.start,
                    "octal escapes are not in the language",
                    "write `\\u001f` or `\\x1f`",
                );
                return;
            }
        }
    }

    fn regexp(&mut self, literal: &RegExpLiteral<'a>) {
        let pattern = literal.regex.pattern.text.as_str();
        let flags = literal.regex.flags.to_string();
        if let Err(error) = Regexp::new(pattern, &flags) {
            // After the first slash, in a literal that is shorter than the source.
            let place = literal.span.start + 1 + error.offset as u32;
            self.reject(place, error.why, &error.hint.unwrap_or_default());
        }
    }

    fn array(&mut self, array: &ArrayExpression<'a>) {
        for element in &array.elements {
            match element {
                ArrayExpressionElement::Elision(hole) => {
                    self.reject(hole.span.start, "arrays have no holes", "write `undefined`");
                }
                ArrayExpressionElement::SpreadElement(spread) => self.expression(&spread.argument),
                element => self.expression(element.to_expression()),
            }
        }
    }

    fn object(&mut self, object: &ObjectExpression<'a>) {
        for property in &object.properties {
            match property {
                ObjectPropertyKind::SpreadProperty(spread) => self.expression(&spread.argument),
                ObjectPropertyKind::ObjectProperty(property) => {
                    if property.kind.is_accessor() {
                        self.reject(
                            property.span.start,
                            "getters and setters are not in the language",
                            "write a method",
                        );
                    }
                    self.key(&property.key, property.computed);
                    self.expression(&property.value);
                }
            }
        }
    }

    fn await_expression(&mut self, a: &AwaitExpression<'a>) {
        let start = a.span.start;
        if !self.place.is_async {
            self.reject(
                start,
                "`await` stands in a function that is not `async`",
                "write `async` in front of the function",
            );
        } else if self.place.in_parameters {
            self.reject(start, "`await` cannot stand among parameters", "await in the body");
        }
        self.expression(&a.argument);
    }

    fn binary(&mut self, binary: &BinaryExpression<'a>) {
        self.expression(&binary.left);
        let start = binary.span.start;
        match binary.operator {
            BinaryOperator::Equality => {
                let hint = match binary.right.without_parentheses() {
                    Expression::NullLiteral(_) => {
                        "write `x === null || x === undefined`, or use `??`"
                    }
                    _ => "use `===`",
                };
                self.reject(start, "`==` is not in the language", hint);
            }
            BinaryOperator::Inequality => {
                let hint = match binary.right.without_parentheses() {
                    Expression::NullLiteral(_) => {
                        "write `x !== null && x !== undefined`, or use `??`"
                    }
                    _ => "use `!==`",
                };
                self.reject(start, "`!=` is not in the language", hint);
            }
            BinaryOperator::Instanceof => return self.instance_of(&binary.right),
            _ => {}
        }
        self.expression(&binary.right);
    }

    fn instance_of(&mut self, right: &Expression<'a>) {
        let start = right.span().start;
        match self.global_of(right) {
            Some(name) if globals::global(name) == Some(Global::Constructor) => {}
            Some("Array") => self.reject(
                start,
                "`instanceof Array` is not in the language",
                "use `Array.isArray(x)`",
            ),
            Some("Object" | "Function") => {
                self.reject(start, "objects have no prototypes here", "use `typeof x`");
            }
            _ => self.reject(
                start,
                "`instanceof` is for the built-in errors, Map, Set and Promise",
                "tell objects by a property, such as `kind`",
            ),
        }
    }

    fn unary(&mut self, unary: &UnaryExpression<'a>) {
        if unary.operator == UnaryOperator::Delete {
            let target = unary.argument.without_parentheses();
            match target {
                Expression::StaticMemberExpression(_) | Expression::ComputedMemberExpression(_) => {
                    let member = target.to_member_expression();
                    if self.global_of(member.object()).is_some() {
                        self.reject(
                            unary.span.start,
                            "what is built in cannot be changed",
                            "use an object of your own",
                        );
                        return;
                    }
                }
                Expression::ChainExpression(chain)
                    if chain.expression.member_expression().is_some() => {}
                _ => {
                    self.reject(
                        unary.span.start,
                        "`delete` is for properties only",
                        "write `delete object.name` or `delete object[key]`",
                    );
                    return;
                }
            }
        }
        // What kind of thing a built-in is may be asked of all of them.
        let asked = unary.operator == UnaryOperator::Typeof
            && self.global_of(&unary.argument).is_some_and(|name| name != "E");
        if !asked {
            self.expression(&unary.argument);
        }
    }

    /// The name of the global that an expression is.
    pub fn global_of<'e>(&self, expression: &'e Expression<'a>) -> Option<&'e str> {
        match expression.without_parentheses() {
            Expression::Identifier(identifier) => {
                let name = identifier.name.as_str();
                (self.lookup(name).is_none() && globals::global(name).is_some()).then_some(name)
            }
            _ => None,
        }
    }

    /// A member as a value, not called.
    pub fn member(&mut self, member: &MemberExpression<'a>) {
        if let Some(name) = self.global_of(member.object()) {
            let name = name.to_owned();
            self.global_member(&name, member, false);
            return;
        }
        self.expression(member.object());
        self.member_key(member);
    }

    fn member_key(&mut self, member: &MemberExpression<'a>) {
        match member {
            MemberExpression::StaticMemberExpression(m) => {
                self.member_name(&m.property.name, m.property.span.start);
            }
            MemberExpression::ComputedMemberExpression(m) => {
                if let Expression::StringLiteral(name) = m.expression.without_parentheses() {
                    self.member_name(&name.value, name.span.start);
                }
                self.expression(&m.expression);
            }
            MemberExpression::PrivateFieldExpression(m) => {
                self.reject(
                    m.field.span.start,
                    "private names are not in the language",
                    "keep it in a variable of a closure",
                );
            }
        }
    }

    /// `Math.max` and the like.
    fn global_member(&mut self, name: &str, member: &MemberExpression<'a>, called: bool) {
        let kind = globals::global(name);
        if kind == Some(Global::Constant) || kind == Some(Global::Function) {
            return self.member_key(member);
        }
        let start = member.span().start;
        let MemberExpression::StaticMemberExpression(m) = member else {
            self.reject(
                start,
                format!("the members of `{name}` are used by name"),
                &format!("write `{name}.` and a name"),
            );
            return;
        };
        let property = m.property.name.as_str();
        if m.optional {
            self.reject(start, format!("`{name}` is always there"), "write `.` instead of `?.`");
        }
        if !globals::members(name).contains(&property) {
            let hint = globals::hint_for_member(name, property);
            self.reject(
                m.property.span.start,
                format!("`{name}.{property}` is not in the language"),
                &hint,
            );
        } else if name == "Promise" && !called {
            self.reject(
                start,
                format!("`Promise.{property}` is no function of its own"),
                &format!("write `x => Promise.{property}(x)`"),
            );
        }
    }

    fn arguments(&mut self, arguments: &[Argument<'a>]) {
        for argument in arguments {
            match argument {
                Argument::SpreadElement(spread) => self.expression(&spread.argument),
                argument => self.expression(argument.to_expression()),
            }
        }
    }

    fn call(&mut self, call: &CallExpression<'a>) {
        if call.type_arguments.is_some() {
            self.reject(
                call.span.start,
                "TypeScript is not in the language",
                "leave the types away",
            );
        }
        self.callee(call);
        self.arguments(&call.arguments);
    }

    fn callee(&mut self, call: &CallExpression<'a>) {
        let callee = call.callee.without_parentheses();
        if let (Expression::ParenthesizedExpression(outer), Expression::ChainExpression(_)) =
            (&call.callee, callee)
        {
            // What is called has its object as receiver all the same, in ECMA-262.
            self.reject(
                outer.span.start,
                "an optional chain in parentheses is called",
                "leave the parentheses away",
            );
        }
        if let Some(name) = self.global_of(callee) {
            let name = name.to_owned();
            return self.called_global(&name, call);
        }
        if self.is_eventual(callee) {
            if call.optional {
                self.reject(call.span.start, "`E(…)` is always there", "write `.` instead of `?.`");
            }
            return self.eventual(callee);
        }
        let Some(member) = callee.as_member_expression() else {
            return self.expression(callee);
        };
        if let Some(name) = self.global_of(member.object()) {
            let name = name.to_owned();
            return self.global_member(&name, member, true);
        }
        if self.is_eventual(member.object().without_parentheses()) {
            if member.optional() || call.optional {
                self.reject(call.span.start, "`E(…)` is always there", "write `.` instead of `?.`");
            }
            self.eventual(member.object().without_parentheses());
            if let MemberExpression::StaticMemberExpression(m) = member {
                return self.key_of_message(m);
            }
            return self.member_key(member);
        }
        self.member(member);
    }

    /// A message may have any name but those which mean prototypes.
    fn key_of_message(&mut self, m: &StaticMemberExpression<'a>) {
        let name = m.property.name.as_str();
        if matches!(name, "__proto__" | "prototype" | "constructor") {
            self.member_name(name, m.property.span.start);
        }
    }

    fn called_global(&mut self, name: &str, call: &CallExpression<'a>) {
        let start = call.span.start;
        match globals::global(name) {
            Some(Global::Namespace) => {
                let hint = match name {
                    "Array" => "write `[…]`, or `Array.from({ length }, (_, i) => …)`",
                    "Object" => "write `{ … }`",
                    _ => "call one of its members",
                };
                self.reject(start, format!("`{name}` is not called here"), hint);
            }
            Some(Global::Eventual) => {
                self.reject(
                    start,
                    "`E(…)` must be followed by what is asked",
                    "write `E(ref).method(…)` or `E(ref)(…)`",
                );
            }
            _ => {}
        }
        if call.optional {
            self.reject(start, format!("`{name}` is always there"), "leave `?.` away");
        }
    }

    /// Whether it is `E(…)`.
    fn is_eventual(&self, expression: &Expression<'a>) -> bool {
        matches!(expression, Expression::CallExpression(call) if self.global_of(&call.callee) == Some("E"))
    }

    fn eventual(&mut self, expression: &Expression<'a>) {
        let Expression::CallExpression(call) = expression else { return };
        let spread = call.arguments.iter().any(Argument::is_spread);
        if spread || call.arguments.is_empty() || call.arguments.len() > 2 {
            self.reject(
                call.span.start,
                "`E` takes a reference and options",
                "write `E(ref)` or `E(ref, { within: ms, note: 'text' })`",
            );
        }
        if call.optional {
            self.reject(call.span.start, "`E` is always there", "leave `?.` away");
        }
        self.arguments(&call.arguments);
    }

    fn new_expression(&mut self, new: &NewExpression<'a>) {
        match self.global_of(&new.callee) {
            Some(name) if globals::global(name) == Some(Global::Constructor) => {}
            Some("Array") => self.reject(
                new.span.start,
                "`new Array` is not in the language",
                "write `[…]`, or `Array.from({ length }, (_, i) => …)`",
            ),
            Some(name) => {
                let why = format!("`new {name}` is not in the language");
                self.reject(new.span.start, why, "leave `new` away, or write a literal");
            }
            None => match new.callee.without_parentheses() {
                Expression::Identifier(identifier) if self.lookup(&identifier.name).is_none() => {
                    self.unknown(&identifier.name, identifier.span.start);
                }
                callee => {
                    self.reject(
                        new.span.start,
                        "`new` is for the built-in errors, Map, Set and Promise",
                        "call a function that returns an object",
                    );
                    self.expression(callee);
                }
            },
        }
        self.arguments(&new.arguments);
    }
}
