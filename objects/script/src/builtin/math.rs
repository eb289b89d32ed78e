//! `Math` (ECMA-262, 21.3), without `random`.

pub mod functions;

use std::f64::consts;

use super::{Action, Entry};
use crate::machine::{Args, Machine, Trap, Val};

use Action::{Native, Number};

/// A function of one argument.
macro_rules! one {
    ($path:literal, $function:expr) => {
        Entry {
            path: $path,
            length: 1,
            action: Native(|machine, _, args| {
                let x = machine.to_number(args, 0)?;
                Ok(Val::Number($function(x)))
            }),
        }
    };
}

/// A function of two arguments.
macro_rules! two {
    ($path:literal, $function:expr) => {
        Entry {
            path: $path,
            length: 2,
            action: Native(|machine, _, args| {
                let x = machine.to_number(args, 0)?;
                let y = machine.to_number(args, 1)?;
                Ok(Val::Number($function(x, y)))
            }),
        }
    };
}

pub(super) const TABLE: &[Entry] = &[
    Entry { path: "Math", length: 0, action: Action::None },
    Entry { path: "Math.E", length: 0, action: Number(consts::E) },
    Entry { path: "Math.LN10", length: 0, action: Number(consts::LN_10) },
    Entry { path: "Math.LN2", length: 0, action: Number(consts::LN_2) },
    Entry { path: "Math.LOG10E", length: 0, action: Number(consts::LOG10_E) },
    Entry { path: "Math.LOG2E", length: 0, action: Number(consts::LOG2_E) },
    Entry { path: "Math.PI", length: 0, action: Number(consts::PI) },
    Entry { path: "Math.SQRT1_2", length: 0, action: Number(consts::FRAC_1_SQRT_2) },
    Entry { path: "Math.SQRT2", length: 0, action: Number(consts::SQRT_2) },
    one!("Math.abs", f64::abs),
    one!("Math.acos", libm::acos),
    one!("Math.acosh", functions::acosh),
    one!("Math.asin", libm::asin),
    one!("Math.asinh", libm::asinh),
    one!("Math.atan", libm::atan),
    one!("Math.atanh", libm::atanh),
    one!("Math.cbrt", libm::cbrt),
    one!("Math.ceil", f64::ceil),
    one!("Math.clz32", functions::clz32),
    one!("Math.cos", libm::cos),
    one!("Math.cosh", functions::cosh),
    one!("Math.exp", functions::exp),
    one!("Math.expm1", libm::expm1),
    one!("Math.floor", f64::floor),
    one!("Math.fround", functions::fround),
    one!("Math.log", libm::log),
    one!("Math.log10", libm::log10),
    one!("Math.log1p", libm::log1p),
    one!("Math.log2", libm::log2),
    one!("Math.round", functions::round),
    one!("Math.sign", functions::sign),
    one!("Math.sin", libm::sin),
    one!("Math.sinh", libm::sinh),
    one!("Math.sqrt", f64::sqrt),
    one!("Math.tan", libm::tan),
    one!("Math.tanh", functions::tanh),
    one!("Math.trunc", f64::trunc),
    two!("Math.atan2", libm::atan2),
    two!("Math.imul", functions::imul),
    two!("Math.pow", functions::pow),
    Entry { path: "Math.hypot", length: 2, action: Native(hypot) },
    Entry { path: "Math.max", length: 2, action: Native(max) },
    Entry { path: "Math.min", length: 2, action: Native(min) },
];

/// All arguments as numbers.
fn numbers(machine: &mut Machine, args: Args) -> Result<Vec<f64>, Trap> {
    machine.charge(args.len / 4);
    (0..args.len).map(|i| machine.to_number(args, i)).collect()
}

/// `Math.hypot(…numbers)`.
fn hypot(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    Ok(Val::Number(functions::hypot(&numbers(machine, args)?)))
}

/// `Math.max(…numbers)`.
fn max(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let numbers = numbers(machine, args)?;
    Ok(Val::Number(numbers.into_iter().fold(f64::NEG_INFINITY, functions::max)))
}

/// `Math.min(…numbers)`.
fn min(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let numbers = numbers(machine, args)?;
    Ok(Val::Number(numbers.into_iter().fold(f64::INFINITY, functions::min)))
}
