//! The functions of `Math` on doubles (ECMA-262, 21.3).
//!
//! What IEEE 754 defines to the last digit is the standard library's. Sines, powers and so on are
//! those of the crate `libm`, which is Rust alone: the platform's differ from machine to machine, and
//! a step must not. Node's come from the same family (fdlibm); the last digit may differ.

use std::f64::consts;

/// `Math.round`: halves towards positive infinity, and what is not far below zero is -0.
pub fn round(x: f64) -> f64 {
    let floor = x.floor();
    let rounded = if x - floor >= 0.5 { floor + 1.0 } else { floor };
    if rounded == 0.0 { rounded.copysign(x) } else { rounded }
}

/// `Math.sign`.
pub fn sign(x: f64) -> f64 {
    if x > 0.0 {
        1.0
    } else if x < 0.0 {
        -1.0
    } else {
        x
    }
}

/// `Math.fround`: the nearest single.
pub fn fround(x: f64) -> f64 {
    f64::from(x as f32)
}

/// `Math.acosh`, by its definition with logarithms where they lose nothing.
pub fn acosh(x: f64) -> f64 {
    const LARGE: f64 = 268_435_456.0;
    if x >= LARGE {
        libm::log(x) + consts::LN_2
    } else if x > 2.0 {
        libm::log(2.0 * x - 1.0 / (x + (x * x - 1.0).sqrt()))
    } else if x >= 1.0 {
        let above = x - 1.0;
        libm::log1p(above + (2.0 * above + above * above).sqrt())
    } else {
        f64::NAN
    }
}

/// `Math.exp`; of 1 it is e to the last digit, as in Node.
pub fn exp(x: f64) -> f64 {
    if x == 1.0 { consts::E } else { libm::exp(x) }
}

/// `Math.cosh`, with [`exp`] of 1.
pub fn cosh(x: f64) -> f64 {
    if x.abs() == 1.0 { 0.5 * consts::E + 0.5 / consts::E } else { libm::cosh(x) }
}

/// `Math.tanh`, by `expm1` on the side where nothing is lost.
pub fn tanh(x: f64) -> f64 {
    let magnitude = x.abs();
    let positive = if magnitude >= 22.0 {
        1.0
    } else if magnitude >= 1.0 {
        1.0 - 2.0 / (libm::expm1(2.0 * magnitude) + 2.0)
    } else if magnitude > 1e-9 {
        let minus = libm::expm1(-2.0 * magnitude);
        -minus / (minus + 2.0)
    } else {
        return x;
    };
    positive.copysign(x)
}

/// `Math.clz32`.
pub fn clz32(x: f64) -> f64 {
    f64::from(to_uint32(x).leading_zeros())
}

/// `Math.imul`.
pub fn imul(x: f64, y: f64) -> f64 {
    f64::from(to_uint32(x).wrapping_mul(to_uint32(y)).cast_signed())
}

/// `Math.pow` and `**` of numbers (6.1.6.1.3).
pub fn pow(x: f64, y: f64) -> f64 {
    // IEEE 754 says 1 to both.
    if y.is_nan() || (x.abs() == 1.0 && y.is_infinite()) {
        return f64::NAN;
    }
    libm::pow(x, y)
}

/// `Math.max` of two: NaN wins, and 0 is more than -0.
pub fn max(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        f64::NAN
    } else if x == y {
        if x.is_sign_negative() { y } else { x }
    } else {
        x.max(y)
    }
}

/// `Math.min` of two: NaN wins, and -0 is less than 0.
pub fn min(x: f64, y: f64) -> f64 {
    -max(-x, -y)
}

/// `Math.hypot`: scaled by the largest, with the rounding errors of the sum carried along (Kahan).
pub fn hypot(numbers: &[f64]) -> f64 {
    if numbers.iter().any(|x| x.is_infinite()) {
        return f64::INFINITY;
    }
    let most = numbers.iter().fold(0.0, |most, x| max(most, x.abs()));
    if most == 0.0 || most.is_nan() {
        return most;
    }
    let (mut sum, mut error) = (0.0, 0.0);
    for x in numbers {
        let scaled = x.abs() / most;
        let summand = scaled * scaled - error;
        let next: f64 = sum + summand;
        error = (next - sum) - summand;
        sum = next;
    }
    sum.sqrt() * most
}

/// ToUint32 (7.1.7).
pub fn to_uint32(x: f64) -> u32 {
    if !x.is_finite() {
        return 0;
    }
    // Less than 2^32 in magnitude, so that nothing is cut off.
    let modulo = x.trunc() % 4_294_967_296.0;
    (modulo as i64 as u64 & 0xffff_ffff) as u32
}

/// ToInt32 (7.1.6).
pub fn to_int32(x: f64) -> i32 {
    to_uint32(x).cast_signed()
}

macro_rules! one {
    ($($name:literal $path:expr;)*) => {
        /// The functions of one argument, by name.
        pub const ONE: &[(&str, fn(f64) -> f64)] = &[$(($name, $path)),*];
    };
}

one! {
    "abs" f64::abs;
    "acos" libm::acos;
    "acosh" acosh;
    "asin" libm::asin;
    "asinh" libm::asinh;
    "atan" libm::atan;
    "atanh" libm::atanh;
    "cbrt" libm::cbrt;
    "ceil" f64::ceil;
    "clz32" clz32;
    "cos" libm::cos;
    "cosh" cosh;
    "exp" exp;
    "expm1" libm::expm1;
    "floor" f64::floor;
    "fround" fround;
    "log" libm::log;
    "log10" libm::log10;
    "log1p" libm::log1p;
    "log2" libm::log2;
    "round" round;
    "sign" sign;
    "sin" libm::sin;
    "sinh" libm::sinh;
    "sqrt" f64::sqrt;
    "tan" libm::tan;
    "tanh" tanh;
    "trunc" f64::trunc;
}
