//! Expressions.

use num_bigint::BigInt;
use oxc_ast::ast::*;
use oxc_span::GetSpan;
use oxc_syntax::operator::{BinaryOperator, UnaryOperator};

use super::Compiler;
use super::constant::units;
use super::emit::Label;
use crate::code::Op;
use crate::front::check::globals::{self, Global};

/// Elements of a literal that are put on the stack before they become an array.
const ELEMENTS_ON_STACK_MAX: usize = 32;
/// Parts of a template that are put on the stack before they are put together.
const PARTS_ON_STACK_MAX: usize = 64;

impl<'a> Compiler<'_> {
    /// → value
    pub fn expression(&mut self, expression: &Expression<'a>) {
        self.named(expression, None);
    }

    /// → value; a function without a name gets this one (ECMA-262, NamedEvaluation).
    pub fn named(&mut self, expression: &Expression<'a>, name: Option<&str>) {
        match expression {
            Expression::ParenthesizedExpression(inner) => self.named(&inner.expression, name),
            Expression::ArrowFunctionExpression(f) => {
                self.at(f.span.start);
                self.arrow(f, name.unwrap_or_default());
            }
            Expression::FunctionExpression(f) => {
                self.at(f.span.start);
                self.function_expression(f, name.unwrap_or_default());
            }
            expression => self.value(expression),
        }
    }

    fn value(&mut self, expression: &Expression<'a>) {
        match expression {
            Expression::BooleanLiteral(literal) => {
                self.emit(if literal.value { Op::True } else { Op::False });
            }
            Expression::NullLiteral(_) => self.emit(Op::Null),
            Expression::NumericLiteral(literal) => self.number(literal.value),
            Expression::BigIntLiteral(literal) => self.bigint(&literal.value),
            Expression::RegExpLiteral(literal) => {
                let flags = literal.regex.flags.to_string();
                let index = self.constants.regexp(&literal.regex.pattern.text, &flags);
                self.emit(Op::RegExp(index));
            }
            Expression::StringLiteral(literal) => {
                self.string(&literal.value, literal.lone_surrogates);
            }
            Expression::TemplateLiteral(template) => self.template(template),
            Expression::Identifier(id) => self.identifier(id),
            Expression::ArrayExpression(array) => self.array(array),
            Expression::ObjectExpression(object) => self.object(object),
            Expression::AssignmentExpression(a) => self.assignment(a, true),
            Expression::UpdateExpression(update) => self.update(update, true),
            Expression::AwaitExpression(a) => {
                self.expression(&a.argument);
                self.at(a.span.start);
                self.emit_await();
            }
            Expression::BinaryExpression(b) => self.binary(b),
            Expression::LogicalExpression(logical) => {
                let end = self.label();
                self.expression(&logical.left);
                self.jump_over(logical.operator, end);
                self.expression(&logical.right);
                self.bind(end);
            }
            Expression::ConditionalExpression(conditional) => self.conditional(conditional),
            Expression::UnaryExpression(unary) => self.unary(unary),
            Expression::CallExpression(call) => self.call(call),
            Expression::NewExpression(new) => self.new_expression(new),
            Expression::ChainExpression(chain) => self.chain(chain),
            match_member_expression!(Expression) => self.member(expression.to_member_expression()),
            // Nothing else is let through.
            _ => self.emit(Op::Undefined),
        }
    }

    /// Evaluates what nobody wants the value of.
    pub fn discard(&mut self, expression: &Expression<'a>) {
        match expression.without_parentheses() {
            Expression::AssignmentExpression(a) => self.assignment(a, false),
            Expression::UpdateExpression(update) => self.update(update, false),
            expression => {
                self.expression(expression);
                self.emit(Op::Pop);
            }
        }
    }

    /// Jumps to a label if an expression is falsy.
    pub fn condition(&mut self, test: &Expression<'a>, otherwise: Label) {
        match test.without_parentheses() {
            Expression::SequenceExpression(sequence) => {
                if let Some((last, others)) = sequence.expressions.split_last() {
                    others.iter().for_each(|e| self.discard(e));
                    self.condition(last, otherwise);
                }
            }
            Expression::BinaryExpression(b) => {
                self.binary_operands(b);
                let shortcut: Option<fn(u32) -> Op> = match b.operator {
                    BinaryOperator::LessThan => Some(Op::UnlessLt),
                    BinaryOperator::LessEqualThan => Some(Op::UnlessLe),
                    BinaryOperator::GreaterThan => Some(Op::UnlessGt),
                    BinaryOperator::GreaterEqualThan => Some(Op::UnlessGe),
                    _ => None,
                };
                if let Some(shortcut) = shortcut {
                    self.shortcut(shortcut, otherwise);
                }
                self.emit(binary(b.operator));
                self.jump(Op::JumpIfFalse, otherwise);
            }
            Expression::UnaryExpression(unary) if unary.operator == UnaryOperator::LogicalNot => {
                self.expression(&unary.argument);
                self.jump(Op::JumpIfTrue, otherwise);
            }
            Expression::LogicalExpression(logical) if logical.operator.is_and() => {
                self.condition(&logical.left, otherwise);
                self.condition(&logical.right, otherwise);
            }
            test => {
                self.expression(test);
                self.jump(Op::JumpIfFalse, otherwise);
            }
        }
    }

    fn identifier(&mut self, id: &IdentifierReference<'a>) {
        self.at(id.span.start);
        if let Some(binding) = self.binding_of(id) {
            return self.read(binding, id.span.start);
        }
        match id.name.as_str() {
            "undefined" => self.emit(Op::Undefined),
            name => self.built_in(name),
        }
    }

    pub fn number(&mut self, number: f64) {
        let small = number as i32;
        let op = if f64::from(small).to_bits() == number.to_bits() {
            Op::Int(small)
        } else {
            Op::Const(self.constants.number(number))
        };
        self.emit(op);
    }

    fn bigint(&mut self, decimal: &str) {
        let value = BigInt::parse_bytes(decimal.as_bytes(), 10).unwrap_or_default();
        let index = self.constants.bigint(value);
        self.emit(Op::Const(index));
    }

    fn string(&mut self, text: &str, lone_surrogates: bool) {
        let index = self.constants.units(units(text, lone_surrogates));
        self.emit(Op::Const(index));
    }

    fn template(&mut self, template: &TemplateLiteral<'a>) {
        let mut parts = 0;
        for (index, quasi) in template.quasis.iter().enumerate() {
            let text = quasi.value.cooked.as_deref().unwrap_or_default();
            if !text.is_empty() {
                self.string(text, quasi.lone_surrogates);
                parts += 1;
            }
            if let Some(expression) = template.expressions.get(index) {
                self.expression(expression);
                self.at(expression.span().start);
                self.emit(Op::ToString);
                parts += 1;
            }
            if parts >= PARTS_ON_STACK_MAX {
                self.emit(Op::Concat(u16::try_from(parts).unwrap_or(u16::MAX)));
                parts = 1;
            }
        }
        match parts {
            0 => self.string("", false),
            1 => {}
            parts => self.emit(Op::Concat(u16::try_from(parts).unwrap_or(u16::MAX))),
        }
    }

    fn array(&mut self, array: &ArrayExpression<'a>) {
        let mut on_stack = 0;
        let mut begun = false;
        for element in &array.elements {
            let expression = element.as_expression();
            if let (Some(expression), false) = (expression, begun) {
                self.expression(expression);
                on_stack += 1;
                if on_stack < ELEMENTS_ON_STACK_MAX {
                    continue;
                }
            }
            if !begun {
                begun = true;
                self.emit(Op::NewArray(u16::try_from(on_stack).unwrap_or(0)));
                if expression.is_some() {
                    continue;
                }
            }
            match element {
                ArrayExpressionElement::SpreadElement(spread) => {
                    self.expression(&spread.argument);
                    self.at(spread.span.start);
                    self.emit(Op::AppendAll);
                }
                _ => {
                    if let Some(expression) = expression {
                        self.expression(expression);
                        self.emit(Op::Append);
                    }
                }
            }
        }
        if !begun {
            self.emit(Op::NewArray(u16::try_from(on_stack).unwrap_or(0)));
        }
    }

    fn object(&mut self, object: &ObjectExpression<'a>) {
        self.emit(Op::NewObject);
        for property in &object.properties {
            match property {
                ObjectPropertyKind::SpreadProperty(spread) => {
                    self.expression(&spread.argument);
                    self.emit(Op::DefineAll);
                }
                ObjectPropertyKind::ObjectProperty(property) => {
                    if let Some(key) = self.static_key(&property.key, property.computed) {
                        let name = property.key.static_name();
                        self.named(&property.value, name.as_deref());
                        self.emit(Op::Define(key));
                    } else {
                        self.expression(property.key.to_expression());
                        self.emit(Op::ToKey);
                        self.expression(&property.value);
                        self.emit(Op::DefineElem);
                    }
                }
            }
        }
    }

    /// The name that a key is known to be.
    pub fn static_key(&mut self, key: &PropertyKey<'a>, computed: bool) -> Option<u32> {
        match key {
            PropertyKey::StaticIdentifier(name) => Some(self.constants.text(&name.name)),
            PropertyKey::StringLiteral(name) if !computed => {
                Some(self.constants.units(units(&name.value, name.lone_surrogates)))
            }
            PropertyKey::NumericLiteral(number) if !computed => {
                let text = ryu_js::Buffer::new().format(number.value).to_owned();
                Some(self.constants.text(&text))
            }
            _ => None,
        }
    }

    fn conditional(&mut self, c: &ConditionalExpression<'a>) {
        let (otherwise, end) = (self.label(), self.label());
        self.condition(&c.test, otherwise);
        self.expression(&c.consequent);
        self.jump(Op::Jump, end);
        self.frame.depth -= 1;
        self.bind(otherwise);
        self.expression(&c.alternate);
        self.bind(end);
    }

    fn binary(&mut self, b: &BinaryExpression<'a>) {
        self.binary_operands(b);
        self.emit(binary(b.operator));
    }

    fn binary_operands(&mut self, b: &BinaryExpression<'a>) {
        self.expression(&b.left);
        match (b.operator, self.global_of(&b.right)) {
            (BinaryOperator::Instanceof, Some(name)) => self.built_in(name),
            _ => self.expression(&b.right),
        }
        self.at(b.span.start);
    }

    fn unary(&mut self, unary: &UnaryExpression<'a>) {
        let argument = unary.argument.without_parentheses();
        match (unary.operator, argument) {
            (UnaryOperator::UnaryNegation, Expression::NumericLiteral(literal)) => {
                return self.number(-literal.value);
            }
            (UnaryOperator::Delete, argument) => return self.delete(argument),
            (UnaryOperator::Typeof, argument) => {
                if let Some(kind) = self.global_of(argument).and_then(kind_of_global) {
                    return self.string(kind, false);
                }
            }
            (UnaryOperator::Void, argument) => {
                self.discard(argument);
                return self.emit(Op::Undefined);
            }
            _ => {}
        }
        self.expression(argument);
        self.at(unary.span.start);
        self.emit(match unary.operator {
            UnaryOperator::UnaryPlus => Op::ToNumber,
            UnaryOperator::UnaryNegation => Op::Neg,
            UnaryOperator::LogicalNot => Op::Not,
            UnaryOperator::BitwiseNot => Op::BitNot,
            _ => Op::TypeOf,
        });
    }
}

/// What `typeof` says of a global that is no constant.
fn kind_of_global(name: &str) -> Option<&'static str> {
    match (globals::global(name)?, name) {
        (Global::Constant, _) => None,
        (_, "Math" | "JSON" | "console") => Some("object"),
        _ => Some("function"),
    }
}

/// The instruction of an operator.
pub fn binary(operator: BinaryOperator) -> Op {
    match operator {
        BinaryOperator::StrictEquality | BinaryOperator::Equality => Op::StrictEq,
        BinaryOperator::StrictInequality | BinaryOperator::Inequality => Op::StrictNe,
        BinaryOperator::LessThan => Op::Lt,
        BinaryOperator::LessEqualThan => Op::Le,
        BinaryOperator::GreaterThan => Op::Gt,
        BinaryOperator::GreaterEqualThan => Op::Ge,
        BinaryOperator::Addition => Op::Add,
        BinaryOperator::Subtraction => Op::Sub,
        BinaryOperator::Multiplication => Op::Mul,
        BinaryOperator::Division => Op::Div,
        BinaryOperator::Remainder => Op::Rem,
        BinaryOperator::Exponential => Op::Pow,
        BinaryOperator::ShiftLeft => Op::Shl,
        BinaryOperator::ShiftRight => Op::Shr,
        BinaryOperator::ShiftRightZeroFill => Op::UShr,
        BinaryOperator::BitwiseOR => Op::BitOr,
        BinaryOperator::BitwiseXOR => Op::BitXor,
        BinaryOperator::BitwiseAnd => Op::BitAnd,
        BinaryOperator::In => Op::In,
        BinaryOperator::Instanceof => Op::InstanceOf,
    }
}
