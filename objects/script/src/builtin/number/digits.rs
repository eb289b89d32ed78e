//! A number in decimal digits: `toFixed`, `toExponential`, `toPrecision` (ECMA-262, 21.1.3).
//!
//! A double is an integer times a power of two, so every digit of it can be had exactly with
//! integers of any size. Halves are rounded away from zero, as the specification's "pick the larger
//! n" says.

use num_bigint::BigUint;
use num_traits::{One, Zero};

/// From here on `toFixed` writes a number as `String(number)` does.
const FIXED_MAX: f64 = 1e21;

/// `String(number)`.
pub fn to_text(number: f64) -> String {
    ryu_js::Buffer::new().format(number).to_owned()
}

/// `number.toFixed(fraction)`: `fraction` digits after the point.
pub fn to_fixed(number: f64, fraction: u32) -> String {
    if !number.is_finite() || number.abs() >= FIXED_MAX {
        return to_text(number);
    }
    let digits = scaled(number.abs(), i64::from(fraction)).to_string();
    let point = usize::try_from(fraction).unwrap_or(usize::MAX);
    let digits = format!("{digits:0>width$}", width = point.saturating_add(1));
    let (whole, rest) = digits.split_at(digits.len() - point);
    let sign = if number < 0.0 { "-" } else { "" };
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

/// `number.toExponential(fraction)`: `fraction` digits after the point, or as many as needed.
pub fn to_exponential(number: f64, fraction: Option<u32>) -> String {
    if !number.is_finite() {
        return to_text(number);
    }
    let (digits, exponent) = match fraction {
        Some(fraction) => rounded(number.abs(), fraction.saturating_add(1)),
        None => shortest(number.abs()),
    };
    format!("{}{}", sign(number), exponential(&digits, exponent))
}

/// `number.toPrecision(precision)`: `precision` digits, at least one.
pub fn to_precision(number: f64, precision: u32) -> String {
    if !number.is_finite() {
        return to_text(number);
    }
    let precision = precision.max(1);
    let (digits, exponent) = rounded(number.abs(), precision);
    let text = if exponent < -6 || exponent >= i64::from(precision) {
        exponential(&digits, exponent)
    } else if exponent < 0 {
        let zeros = usize::try_from(-exponent - 1).unwrap_or(0);
        format!("0.{}{digits}", "0".repeat(zeros))
    } else {
        let whole = usize::try_from(exponent).unwrap_or(0).saturating_add(1).min(digits.len());
        let (whole, rest) = digits.split_at(whole);
        if rest.is_empty() { whole.to_owned() } else { format!("{whole}.{rest}") }
    };
    format!("{}{text}", sign(number))
}

fn sign(number: f64) -> &'static str {
    if number < 0.0 { "-" } else { "" }
}

/// `d.ddde±x`.
fn exponential(digits: &str, exponent: i64) -> String {
    let (first, rest) = digits.split_at(1.min(digits.len()));
    let point = if rest.is_empty() { "" } else { "." };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{first}{point}{rest}e{sign}{}", exponent.unsigned_abs())
}

/// The digits that are needed to tell a finite number ≥ 0 from all others, and the exponent of the
/// first.
fn shortest(number: f64) -> (String, i64) {
    let text = to_text(number);
    let (text, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i64 = exponent.trim_start_matches('+').parse().unwrap_or(0);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_start_matches('0');
    let zeros = digits.len() - significant.len();
    match significant.trim_end_matches('0') {
        "" => ("0".to_owned(), 0),
        significant => {
            let places = whole.len() as i64 - 1 - zeros as i64;
            (significant.to_owned(), exponent + places)
        }
    }
}

/// A finite number ≥ 0 rounded to that many digits, and the exponent of the first.
fn rounded(number: f64, precision: u32) -> (String, i64) {
    let count = usize::try_from(precision).unwrap_or(1);
    if number == 0.0 {
        return ("0".repeat(count), 0);
    }
    let after = i64::from(precision) - 1;
    let mut exponent = shortest(number).1;
    let mut digits = scaled(number, after - exponent).to_string();
    // The shortest digits may have been rounded up to a power of ten that is above the number.
    if digits.len() < count {
        exponent -= 1;
        digits = scaled(number, after - exponent).to_string();
    }
    if digits.len() > count {
        // Rounded up to the next power of ten.
        exponent += 1;
        digits.truncate(count);
    }
    (digits, exponent)
}

/// A finite number ≥ 0 times a power of ten, rounded to an integer, halves upwards.
fn scaled(number: f64, power: i64) -> BigUint {
    let (mantissa, exponent) = parts(number);
    let mut numerator = BigUint::from(mantissa);
    if numerator.is_zero() {
        return numerator;
    }
    let mut denominator = BigUint::one();
    let ten = BigUint::from(10u32).pow(u32::try_from(power.unsigned_abs()).unwrap_or(0));
    if power >= 0 {
        numerator *= ten;
    } else {
        denominator *= ten;
    }
    if exponent >= 0 {
        numerator <<= exponent;
    } else {
        denominator <<= -exponent;
    }
    ((numerator << 1u32) + &denominator) / (denominator << 1u32)
}

/// The integer and the power of two whose product a finite number ≥ 0 is.
pub(super) fn parts(number: f64) -> (u64, i64) {
    const FRACTION: u32 = f64::MANTISSA_DIGITS - 1;
    const BIAS: i64 = 1075;
    let bits = number.to_bits();
    let fraction = bits & ((1 << FRACTION) - 1);
    match i64::try_from((bits >> FRACTION) & 0x7ff).unwrap_or(0) {
        0 => (fraction, 1 - BIAS),
        exponent => (fraction | 1 << FRACTION, exponent - BIAS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_rounded_away_from_zero() {
        assert_eq!(to_fixed(0.5, 0), "1");
        assert_eq!(to_fixed(-2.5, 0), "-3");
        assert_eq!(to_fixed(1.005, 2), "1.00", "the double is below the half");
        assert_eq!(to_precision(25.0, 1), "3e+1");
        assert_eq!(to_exponential(0.5, Some(0)), "5e-1");
    }

    #[test]
    fn a_number_just_below_a_power_of_ten_has_all_its_digits() {
        // 1e23 as a double is 9.99…e22.
        assert_eq!(to_exponential(1e23, None), "1e+23");
        assert_eq!(to_exponential(1e23, Some(20)), "9.99999999999999916114e+22");
        assert_eq!(to_precision(0.99999, 3), "1.00");
    }
}
