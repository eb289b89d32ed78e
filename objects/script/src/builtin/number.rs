//! `Number`, its methods, and the global functions on numbers (ECMA-262, 21.1 and 19.2).

pub mod digits;
pub mod parse;
pub mod radix;

use super::math::functions::to_int32;
use super::{Action, Entry};
use crate::machine::convert::bigint_to_number;
use crate::machine::{Args, ErrorKind, Machine, Numeric, Trap, Val};

use Action::Native;

/// 2^53 - 1.
const SAFE_MAX: f64 = 9_007_199_254_740_991.0;

pub(super) const TABLE: &[Entry] = &[
    Entry { path: "Number", length: 1, action: Native(number) },
    Entry { path: "Number.EPSILON", length: 0, action: Action::Number(f64::EPSILON) },
    Entry { path: "Number.MAX_SAFE_INTEGER", length: 0, action: Action::Number(SAFE_MAX) },
    Entry { path: "Number.MIN_SAFE_INTEGER", length: 0, action: Action::Number(-SAFE_MAX) },
    Entry { path: "Number.MAX_VALUE", length: 0, action: Action::Number(f64::MAX) },
    Entry { path: "Number.MIN_VALUE", length: 0, action: Action::Number(f64::from_bits(1)) },
    Entry { path: "Number.NaN", length: 0, action: Action::Number(f64::NAN) },
    Entry {
        path: "Number.NEGATIVE_INFINITY",
        length: 0,
        action: Action::Number(f64::NEG_INFINITY),
    },
    Entry { path: "Number.POSITIVE_INFINITY", length: 0, action: Action::Number(f64::INFINITY) },
    Entry { path: "Number.isFinite", length: 1, action: Native(is_finite_number) },
    Entry { path: "Number.isInteger", length: 1, action: Native(is_integer) },
    Entry { path: "Number.isNaN", length: 1, action: Native(is_nan_number) },
    Entry { path: "Number.isSafeInteger", length: 1, action: Native(is_safe_integer) },
    Entry { path: "Number.parseFloat", length: 1, action: Native(parse_float) },
    Entry { path: "Number.parseInt", length: 2, action: Native(parse_int) },
    Entry { path: "Number.prototype.toExponential", length: 1, action: Native(to_exponential) },
    Entry { path: "Number.prototype.toFixed", length: 1, action: Native(to_fixed) },
    Entry { path: "Number.prototype.toPrecision", length: 1, action: Native(to_precision) },
    Entry { path: "Number.prototype.toString", length: 1, action: Native(to_string) },
    Entry { path: "Number.prototype.valueOf", length: 0, action: Native(value_of) },
    Entry { path: "isFinite", length: 1, action: Native(is_finite) },
    Entry { path: "isNaN", length: 1, action: Native(is_nan) },
    Entry { path: "parseFloat", length: 1, action: Native(parse_float) },
    Entry { path: "parseInt", length: 2, action: Native(parse_int) },
];

/// `Number(value)`.
fn number(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    if args.len == 0 {
        return Ok(Val::Number(0.0));
    }
    Ok(Val::Number(match machine.to_numeric(args, 0)? {
        Numeric::Number(number) => number,
        Numeric::BigInt(integer) => bigint_to_number(&integer),
    }))
}

/// `isFinite(value)`.
fn is_finite(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    Ok(Val::Bool(machine.to_number(args, 0)?.is_finite()))
}

/// `isNaN(value)`.
fn is_nan(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    Ok(Val::Bool(machine.to_number(args, 0)?.is_nan()))
}

/// Whether the first argument is a number, and one of these.
fn is_such(machine: &Machine, args: Args, such: impl Fn(f64) -> bool) -> Result<Val, Trap> {
    Ok(Val::Bool(matches!(machine.arg(args, 0), Val::Number(number) if such(number))))
}

/// `Number.isFinite(value)`.
fn is_finite_number(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    is_such(machine, args, f64::is_finite)
}

/// `Number.isNaN(value)`.
fn is_nan_number(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    is_such(machine, args, f64::is_nan)
}

/// `Number.isInteger(value)`.
fn is_integer(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    is_such(machine, args, |number| number.is_finite() && number.trunc() == number)
}

/// `Number.isSafeInteger(value)`.
fn is_safe_integer(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    is_such(machine, args, |number| number.trunc() == number && number.abs() <= SAFE_MAX)
}

/// `parseFloat(text)`.
fn parse_float(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let text = machine.to_text(args, 0)?;
    machine.charge(text.len() / 16);
    Ok(Val::Number(parse::parse_float(&text)))
}

/// `parseInt(text, radix)`.
fn parse_int(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let text = machine.to_text(args, 0)?;
    let radix = to_int32(machine.to_number(args, 1)?);
    machine.charge(text.len() / 16);
    Ok(Val::Number(parse::parse_int(&text, radix)))
}

/// The receiver of a number's method.
fn receiver(machine: &mut Machine, this: Val, name: &str) -> Result<f64, Trap> {
    match this {
        Val::Number(number) => Ok(number),
        _ => Err(machine.throw(
            ErrorKind::TypeError,
            format!("Number.prototype.{name} requires that 'this' be a Number"),
        )),
    }
}

/// A number of digits, once it is known that they are asked for.
fn digits(machine: &mut Machine, digits: f64, least: u32, what: &str) -> Result<u32, Trap> {
    if (f64::from(least)..=100.0).contains(&digits) {
        return Ok(digits as u32);
    }
    let why = format!("{what} must be between {least} and 100");
    Err(machine.throw(ErrorKind::RangeError, why))
}

/// `number.toFixed(digits)`.
fn to_fixed(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let number = receiver(machine, this, "toFixed")?;
    let asked = machine.to_integer(args, 0)?;
    let fraction = digits(machine, asked, 0, "toFixed() digits argument")?;
    Ok(machine.new_str(&digits::to_fixed(number, fraction)))
}

/// `number.toExponential(digits)`.
fn to_exponential(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let number = receiver(machine, this, "toExponential")?;
    let asked = machine.to_integer(args, 0)?;
    let fraction = match machine.arg(args, 0) {
        Val::Undefined => None,
        _ if !number.is_finite() => None,
        _ => Some(digits(machine, asked, 0, "toExponential() argument")?),
    };
    Ok(machine.new_str(&digits::to_exponential(number, fraction)))
}

/// `number.toPrecision(digits)`.
fn to_precision(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let number = receiver(machine, this, "toPrecision")?;
    if machine.arg(args, 0) == Val::Undefined {
        return Ok(machine.new_str(&digits::to_text(number)));
    }
    let asked = machine.to_integer(args, 0)?;
    if !number.is_finite() {
        return Ok(machine.new_str(&digits::to_text(number)));
    }
    let precision = digits(machine, asked, 1, "toPrecision() argument")?;
    Ok(machine.new_str(&digits::to_precision(number, precision)))
}

/// `number.toString(radix)`.
fn to_string(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let number = receiver(machine, this, "toString")?;
    let radix = radix_argument(machine, args)?;
    Ok(machine.new_str(&radix::to_radix(number, radix)))
}

/// The first argument as a radix; 10 if it is undefined.
pub(super) fn radix_argument(machine: &mut Machine, args: Args) -> Result<u32, Trap> {
    if machine.arg(args, 0) == Val::Undefined {
        return Ok(10);
    }
    let radix = machine.to_integer(args, 0)?;
    if (2.0..=36.0).contains(&radix) {
        return Ok(radix as u32);
    }
    let why = "toString() radix argument must be between 2 and 36";
    Err(machine.throw(ErrorKind::RangeError, why))
}

/// `number.valueOf()`.
fn value_of(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    receiver(machine, this, "valueOf").map(Val::Number)
}
