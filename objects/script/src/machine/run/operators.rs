//! Arithmetic on whatever is not two floats (ECMA-262, 13.15.3).

use num_bigint::{BigInt, Sign};
use num_traits::{One, ToPrimitive, Zero};

use super::super::native::Numeric;
use super::super::{ErrorKind, Hint, Machine, Trap, Val, bigint, convert};
use crate::code::Op;
use crate::limits::BIGINT_BITS_MAX;

use Numeric::{BigInt as Big, Number};

impl Machine {
    /// A binary operator on the top two values of the stack, `+` and comparisons excepted.
    pub(super) fn binary(&mut self, op: Op) -> Result<(), Trap> {
        let [.., a, b] = *self.stack.as_slice() else { return Ok(()) };
        let at = self.stack.len() - 2;
        if let (Val::Number(a), Val::Number(b)) = (a, b) {
            let value = Val::Number(binary_number(op, a, b));
            return self.replace(2, value);
        }
        let a = self.value_to_numeric(a, at)?;
        let b = self.value_to_numeric(b, at + 1)?;
        let value = match (a, b) {
            (Number(a), Number(b)) => Val::Number(binary_number(op, a, b)),
            (Big(a), Big(b)) => self.binary_bigint(op, a, b)?,
            _ => return Err(self.mixed()),
        };
        self.replace(2, value)
    }

    /// A unary operator on the top value of the stack.
    pub(super) fn unary(&mut self, op: Op) -> Result<(), Trap> {
        let Some(&value) = self.stack.last() else { return Ok(()) };
        let at = self.stack.len() - 1;
        if op == Op::ToNumber {
            let number = self.value_to_number(value, at)?;
            return self.replace(1, Val::Number(number));
        }
        let value = match (op, self.value_to_numeric(value, at)?) {
            (Op::Neg, Number(number)) => Val::Number(-number),
            (Op::Inc, Number(number)) => Val::Number(number + 1.0),
            (Op::Dec, Number(number)) => Val::Number(number - 1.0),
            (Op::BitNot, Number(number)) => Val::Number((!convert::to_int32(number)).into()),
            (_, Number(number)) => Val::Number(number),
            (_, Big(integer)) => {
                self.charge(bigint::linear(integer.bits()));
                let integer = match op {
                    Op::Neg => -integer,
                    Op::Inc => integer + 1,
                    Op::Dec => integer - 1,
                    Op::BitNot => -integer - 1,
                    _ => return self.replace(1, value),
                };
                self.check_bits(integer.bits())?;
                self.new_bigint(integer)
            }
        };
        self.replace(1, value)
    }

    /// `a + b`.
    pub(super) fn add(&mut self) -> Result<(), Trap> {
        let [.., a, b] = *self.stack.as_slice() else { return Ok(()) };
        let at = self.stack.len() - 2;
        for (value, at) in [(a, at), (b, at + 1)] {
            if matches!(value, Val::Object(_) | Val::Builtin(_)) {
                return Err(Trap::Coerce { at, hint: Hint::Default });
            }
        }
        if matches!(a, Val::Text(_)) || matches!(b, Val::Text(_)) {
            let value = self.concat(a, b)?;
            return self.replace(2, value);
        }
        self.binary(Op::Add)
    }

    /// Takes so many values from the stack and pushes another.
    #[inline]
    pub(super) fn replace(&mut self, taken: usize, value: Val) -> Result<(), Trap> {
        self.stack.truncate(self.stack.len() - taken);
        self.stack.push(value);
        Ok(())
    }

    fn binary_bigint(&mut self, op: Op, a: BigInt, b: BigInt) -> Result<Val, Trap> {
        let (a_bits, b_bits) = (a.bits(), b.bits());
        self.afford(match op {
            Op::Mul => bigint::product(a_bits, b_bits),
            Op::Div | Op::Rem => bigint::quotient(a_bits, b_bits),
            _ => bigint::linear(a_bits.max(b_bits)),
        })?;
        let value = match op {
            Op::Add => a + b,
            Op::Sub => a - b,
            Op::Mul => {
                self.check_bits(a_bits + b_bits)?;
                a * b
            }
            Op::Div | Op::Rem if b.is_zero() => {
                return Err(self.throw(ErrorKind::RangeError, "Division by zero"));
            }
            Op::Div => a / b,
            Op::Rem => a % b,
            Op::Pow => self.power(a, b)?,
            Op::BitAnd => a & b,
            Op::BitOr => a | b,
            Op::BitXor => a ^ b,
            Op::Shl => self.shift(a, b)?,
            Op::Shr => self.shift(a, -b)?,
            _ => {
                let message = "BigInts have no unsigned right shift, use >> instead";
                return Err(self.throw(ErrorKind::TypeError, message));
            }
        };
        self.check_bits(value.bits())?;
        Ok(self.new_bigint(value))
    }

    fn power(&mut self, base: BigInt, exponent: BigInt) -> Result<BigInt, Trap> {
        if exponent.sign() == Sign::Minus {
            return Err(self.throw(ErrorKind::RangeError, "Exponent must be non-negative"));
        }
        if exponent.is_zero() || base.is_one() {
            return Ok(BigInt::one());
        }
        if base.is_zero() {
            return Ok(base);
        }
        let small = exponent.to_u32();
        if base.magnitude().is_one() {
            return Ok(if exponent.bit(0) { base } else { BigInt::one() });
        }
        let bits = small.map_or(u64::MAX, |n| base.bits().saturating_mul(n.into()));
        self.check_bits(bits)?;
        self.afford(bigint::product(bits, bits))?;
        Ok(base.pow(small.unwrap_or(0)))
    }

    /// To the left by `by` bits, to the right if it is negative.
    fn shift(&mut self, value: BigInt, by: BigInt) -> Result<BigInt, Trap> {
        if by.sign() != Sign::Minus {
            if value.is_zero() {
                return Ok(value);
            }
            let by = by.to_u64().unwrap_or(u64::MAX);
            let bits = value.bits().saturating_add(by);
            self.check_bits(bits)?;
            self.charge(bigint::linear(bits));
            return Ok(value << by);
        }
        let lost = if value.sign() == Sign::Minus { BigInt::from(-1) } else { BigInt::zero() };
        match (-by).to_usize() {
            Some(by) if by as u64 <= value.bits() => Ok(value >> by),
            _ => Ok(lost),
        }
    }

    fn check_bits(&mut self, bits: u64) -> Result<(), Trap> {
        if bits > BIGINT_BITS_MAX as u64 {
            return Err(self.throw(ErrorKind::RangeError, "Maximum BigInt size exceeded"));
        }
        if bits > 1 << 12 {
            self.reserve((bits / 8) as usize)?;
        }
        Ok(())
    }

    fn mixed(&mut self) -> Trap {
        let message = "Cannot mix BigInt and other types, use explicit conversions";
        self.throw(ErrorKind::TypeError, message)
    }
}

fn binary_number(op: Op, a: f64, b: f64) -> f64 {
    let shift = convert::to_uint32(b) & 31;
    match op {
        Op::Add => a + b,
        Op::Sub => a - b,
        Op::Mul => a * b,
        Op::Div => a / b,
        Op::Rem => remainder(a, b),
        Op::Pow => power(a, b),
        Op::BitAnd => (convert::to_int32(a) & convert::to_int32(b)).into(),
        Op::BitOr => (convert::to_int32(a) | convert::to_int32(b)).into(),
        Op::BitXor => (convert::to_int32(a) ^ convert::to_int32(b)).into(),
        Op::Shl => convert::to_int32(a).wrapping_shl(shift).into(),
        Op::Shr => convert::to_int32(a).wrapping_shr(shift).into(),
        Op::UShr => convert::to_uint32(a).wrapping_shr(shift).into(),
        _ => f64::NAN,
    }
}

/// `a % b`, by whole numbers where both are: that is much quicker.
#[inline]
pub(super) fn remainder(a: f64, b: f64) -> f64 {
    let (small_a, small_b) = (a as i32, b as i32);
    let whole = f64::from(small_a) == a && f64::from(small_b) == b;
    if whole && small_a > 0 && small_b > 0 { (small_a % small_b).into() } else { a % b }
}

/// `a ** b`, as `Math.pow`: the same on every machine.
pub(crate) fn power(a: f64, b: f64) -> f64 {
    crate::builtin::math::functions::pow(a, b)
}
