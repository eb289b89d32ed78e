//! `BigInt` and its methods (ECMA-262, 21.2), and `Boolean`.

use num_bigint::{BigInt, Sign};
use num_traits::{One, ToPrimitive};

use super::number::radix_argument;
use super::{Action, Entry};
use crate::limits::BIGINT_BITS_MAX;
use crate::machine::convert::{
    bigint_work, number_to_bigint, number_to_text, text_to_bigint, trim,
};
use crate::machine::heap::Text;
use crate::machine::{Args, ErrorKind, Machine, Trap, Val, bigint};

use Action::Native;

pub(super) const TABLE: &[Entry] = &[
    Entry { path: "BigInt", length: 1, action: Native(bigint) },
    Entry { path: "BigInt.asIntN", length: 2, action: Native(as_int_n) },
    Entry { path: "BigInt.asUintN", length: 2, action: Native(as_uint_n) },
    Entry { path: "BigInt.prototype.toString", length: 0, action: Native(to_string) },
    Entry { path: "BigInt.prototype.valueOf", length: 0, action: Native(value_of) },
    Entry { path: "Boolean", length: 1, action: Native(boolean) },
    Entry { path: "Boolean.prototype.toString", length: 0, action: Native(boolean_to_string) },
    Entry { path: "Boolean.prototype.valueOf", length: 0, action: Native(boolean_value_of) },
];

/// 2^53 - 1: the most bits that may be asked for.
const INDEX_MAX: f64 = 9_007_199_254_740_991.0;

/// `BigInt(value)`.
fn bigint(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    if let Val::Number(number) = machine.arg(args, 0) {
        let Some(integer) = number_to_bigint(number) else {
            let shown = number_to_text(number);
            return Err(machine.throw(
                ErrorKind::RangeError,
                format!(
                    "The number {shown} cannot be converted to a BigInt because it is not an \
                     integer"
                ),
            ));
        };
        return Ok(machine.new_bigint(integer));
    }
    match machine.arg(args, 0) {
        value @ Val::BigInt(_) => Ok(value),
        _ => {
            let integer = to_bigint(machine, args, 0)?;
            Ok(machine.new_bigint(integer))
        }
    }
}

/// An argument as a big integer (ToBigInt, 7.1.13).
fn to_bigint(machine: &mut Machine, args: Args, i: usize) -> Result<BigInt, Trap> {
    let value = machine.arg(args, i);
    match value {
        Val::BigInt(index) => Ok(machine.bigint_of(index)),
        Val::Bool(value) => Ok(BigInt::from(u8::from(value))),
        Val::Text(index) => {
            let text = machine.text_of(index);
            parsed(machine, &text)
        }
        Val::Object(_) | Val::Builtin(_) => {
            // As for a number, but undefined stays what it is.
            Err(Trap::Coerce { at: args.start + i, hint: crate::machine::Hint::Default })
        }
        Val::Null | Val::Undefined | Val::Number(_) | Val::Uninit | Val::Var(_) => {
            let shown = machine.to_text(args, i)?;
            let shown = String::from_utf16_lossy(&shown);
            Err(machine.throw(ErrorKind::TypeError, format!("Cannot convert {shown} to a BigInt")))
        }
    }
}

fn parsed(machine: &mut Machine, text: &Text) -> Result<BigInt, Trap> {
    let digits = trim(text);
    // A decimal digit is more than three bits.
    if digits.len() > BIGINT_BITS_MAX / 3 {
        return Err(machine.throw(ErrorKind::SyntaxError, "Cannot convert the text to a BigInt"));
    }
    machine.afford(bigint_work(text))?;
    match text_to_bigint(text) {
        Some(integer) if integer.bits() as usize <= BIGINT_BITS_MAX => Ok(integer),
        Some(_) => Err(too_large(machine)),
        None => {
            let shown = String::from_utf16_lossy(text);
            Err(machine
                .throw(ErrorKind::SyntaxError, format!("Cannot convert {shown} to a BigInt")))
        }
    }
}

fn too_large(machine: &mut Machine) -> Trap {
    machine.throw(ErrorKind::RangeError, "Maximum BigInt size exceeded")
}

/// The bits asked for by the first argument (ToIndex), and the integer.
fn bits_and_integer(machine: &mut Machine, args: Args) -> Result<(u64, BigInt), Trap> {
    let bits = machine.to_integer(args, 0)?;
    if !(0.0..=INDEX_MAX).contains(&bits) {
        let why = "Invalid value: not (convertible to) a safe integer";
        return Err(machine.throw(ErrorKind::RangeError, why));
    }
    let integer = to_bigint(machine, args, 1)?;
    machine.charge(bigint::linear(integer.bits()).saturating_mul(4));
    Ok((bits as u64, integer))
}

/// `BigInt.asIntN(bits, integer)`.
fn as_int_n(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let (bits, integer) = bits_and_integer(machine, args)?;
    let wrapped = match bits {
        0 => BigInt::ZERO,
        bits if bits > integer.bits() => integer,
        bits => {
            let modulo = low_bits(&integer, bits);
            if modulo.bit(bits - 1) { modulo - (BigInt::one() << bits) } else { modulo }
        }
    };
    Ok(machine.new_bigint(wrapped))
}

/// `BigInt.asUintN(bits, integer)`.
fn as_uint_n(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let (bits, integer) = bits_and_integer(machine, args)?;
    let negative = integer.sign() == Sign::Minus;
    if !negative && bits >= integer.bits() {
        return Ok(machine.new_bigint(integer));
    }
    if bits > BIGINT_BITS_MAX as u64 {
        return Err(too_large(machine));
    }
    Ok(machine.new_bigint(low_bits(&integer, bits)))
}

/// The integer modulo a power of two, at least 0.
fn low_bits(integer: &BigInt, bits: u64) -> BigInt {
    integer & ((BigInt::one() << bits) - 1)
}

/// `integer.toString(radix)`.
fn to_string(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let integer = receiver(machine, this, "toString")?;
    let radix = radix_argument(machine, args)?;
    let bits = integer.bits();
    machine.afford(if radix.is_power_of_two() {
        bigint::by_bits(bits)
    } else {
        bigint::to_text(bits)
    })?;
    // Every digit is that many bits at the least, and takes two bytes.
    let digits = bits / u64::from(radix.ilog2()) + 2;
    machine.reserve(digits.to_usize().unwrap_or(usize::MAX).saturating_mul(2))?;
    Ok(machine.new_str(&integer.to_str_radix(radix)))
}

/// `integer.valueOf()`.
fn value_of(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    receiver(machine, this, "valueOf")?;
    Ok(this)
}

fn receiver(machine: &mut Machine, this: Val, name: &str) -> Result<BigInt, Trap> {
    match this {
        Val::BigInt(index) => Ok(machine.bigint_of(index)),
        _ => Err(machine.throw(
            ErrorKind::TypeError,
            format!("BigInt.prototype.{name} requires that 'this' be a BigInt"),
        )),
    }
}

/// `Boolean(value)`.
fn boolean(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    Ok(Val::Bool(machine.to_boolean(machine.arg(args, 0))))
}

/// `boolean.toString()`.
fn boolean_to_string(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    match boolean_value_of(machine, this, args)? {
        Val::Bool(true) => Ok(machine.new_str("true")),
        _ => Ok(machine.new_str("false")),
    }
}

/// `boolean.valueOf()`.
fn boolean_value_of(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    match this {
        Val::Bool(_) => Ok(this),
        _ => Err(machine.throw(
            ErrorKind::TypeError,
            "Boolean.prototype.valueOf requires that 'this' be a Boolean",
        )),
    }
}
