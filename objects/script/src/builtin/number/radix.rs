//! A number in another radix than ten.
//!
//! ECMA-262 leaves the digits of a fraction to the implementation (21.1.3.6). Node writes as many as
//! tell the number from its neighbours, and so do we: after Steele and White, How to print
//! floating-point numbers accurately, 1990 (the fixed-up variant that stops at half a unit in the
//! last place), in doubles.

use super::digits::to_text;

/// `number.toString(radix)`, radix 2 to 36.
pub fn to_radix(number: f64, radix: u32) -> String {
    if radix == 10 || !number.is_finite() {
        return to_text(number);
    }
    let radix = radix.clamp(2, 36);
    let magnitude = number.abs();
    let whole = magnitude.floor();
    let (fraction, carry) = fraction_digits(magnitude, whole, radix);
    let mut text = String::new();
    if number < 0.0 {
        text.push('-');
    }
    text.push_str(&whole_digits(if carry { whole + 1.0 } else { whole }, radix));
    if !fraction.is_empty() {
        text.push('.');
        text.extend(fraction.iter().map(|&digit| character(digit)));
    }
    text
}

/// The digits after the point, and whether rounding carried over to the whole number.
fn fraction_digits(magnitude: f64, whole: f64, radix: u32) -> (Vec<u32>, bool) {
    let base = f64::from(radix);
    let mut fraction = magnitude - whole;
    // Half the distance to the next double: what is smaller tells nothing.
    let mut delta = (0.5 * (magnitude.next_up() - magnitude)).max(f64::from_bits(1));
    let mut digits = Vec::new();
    while fraction >= delta {
        fraction *= base;
        delta *= base;
        let digit = fraction.trunc();
        fraction -= digit;
        // `digit` is less than the radix.
        let digit = digit as u32;
        digits.push(digit);
        let up = fraction > 0.5 || (fraction == 0.5 && digit % 2 == 1);
        if up && fraction + delta > 1.0 {
            let carry = round_up(&mut digits, radix);
            return (digits, carry);
        }
    }
    (digits, false)
}

/// Adds one to the last digit; true if it carries over all of them.
fn round_up(digits: &mut Vec<u32>, radix: u32) -> bool {
    while let Some(digit) = digits.pop() {
        if digit + 1 < radix {
            digits.push(digit + 1);
            return false;
        }
    }
    true
}

/// The digits of a whole number; beyond what a double can tell apart they are zero.
fn whole_digits(mut whole: f64, radix: u32) -> String {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let base = f64::from(radix);
    let mut digits = Vec::new();
    while whole / base >= EXACT {
        whole /= base;
        digits.push(0);
    }
    loop {
        let digit = whole % base;
        digits.push(digit as u32);
        whole = (whole - digit) / base;
        if whole <= 0.0 {
            break;
        }
    }
    digits.iter().rev().map(|&digit| character(digit)).collect()
}

fn character(digit: u32) -> char {
    char::from_digit(digit, 36).unwrap_or('0')
}
