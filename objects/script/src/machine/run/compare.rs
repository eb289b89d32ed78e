//! Comparisons of whatever is not two floats (ECMA-262, 7.2.13).

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{FromPrimitive, ToPrimitive};

use super::super::native::Numeric;
use super::super::{Hint, Index, Machine, Trap, Val, bigint, convert};
use crate::code::Op;

impl Machine {
    /// `<`, `<=`, `>` or `>=` on the top two values of the stack.
    pub(super) fn compare(&mut self, op: Op) -> Result<(), Trap> {
        let [.., a, b] = *self.stack.as_slice() else { return Ok(()) };
        let at = self.stack.len() - 2;
        for (value, at) in [(a, at), (b, at + 1)] {
            if matches!(value, Val::Object(_) | Val::Builtin(_)) {
                return Err(Trap::Coerce { at, hint: Hint::Number });
            }
        }
        let order = match (a, b) {
            (Val::Text(a), Val::Text(b)) => {
                let (a, b) = (self.text_of(a), self.text_of(b));
                self.charge(a.len().min(b.len()) / 32);
                Some(a.cmp(&b))
            }
            (Val::Text(a), Val::BigInt(b)) => {
                let a = self.integer_in(a)?;
                a.map(|a| a.cmp(&self.bigint_of(b)))
            }
            (Val::BigInt(a), Val::Text(b)) => {
                let b = self.integer_in(b)?;
                b.map(|b| self.bigint_of(a).cmp(&b))
            }
            _ => {
                let a = self.value_to_numeric(a, at)?;
                let b = self.value_to_numeric(b, at + 1)?;
                for value in [&a, &b] {
                    if let Numeric::BigInt(value) = value {
                        self.charge(bigint::linear(value.bits()));
                    }
                }
                order(&a, &b)
            }
        };
        let holds = order.is_some_and(|order| match op {
            Op::Lt => order.is_lt(),
            Op::Le => order.is_le(),
            Op::Gt => order.is_gt(),
            _ => order.is_ge(),
        });
        self.replace(2, Val::Bool(holds))
    }

    /// The integer that a text is, if it is one.
    fn integer_in(&mut self, text: Index) -> Result<Option<BigInt>, Trap> {
        let text = self.text_of(text);
        self.afford(convert::bigint_work(&text))?;
        Ok(convert::text_to_bigint(&text))
    }
}

fn order(a: &Numeric, b: &Numeric) -> Option<Ordering> {
    match (a, b) {
        (Numeric::Number(a), Numeric::Number(b)) => a.partial_cmp(b),
        (Numeric::BigInt(a), Numeric::BigInt(b)) => Some(a.cmp(b)),
        (Numeric::BigInt(a), Numeric::Number(b)) => order_mixed(a, *b),
        (Numeric::Number(a), Numeric::BigInt(b)) => order_mixed(b, *a).map(Ordering::reverse),
    }
}

/// Compares exactly, without making a float of the integer.
fn order_mixed(a: &BigInt, b: f64) -> Option<Ordering> {
    if b.is_nan() {
        return None;
    }
    if b.is_infinite() {
        return Some(if b > 0.0 { Ordering::Less } else { Ordering::Greater });
    }
    let whole = BigInt::from_f64(b.trunc())?;
    let fraction = b.fract().to_f64()?;
    Some(a.cmp(&whole).then(0.0_f64.partial_cmp(&fraction)?))
}
