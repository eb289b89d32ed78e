//! Text to numbers: `Number(text)`, `parseFloat`, `parseInt` (ECMA-262, 7.1.4.1 and 19.2).

use num_bigint::BigUint;
use num_traits::ToPrimitive;

use crate::machine::convert::is_space;

/// A text without white space at its start.
pub fn trim_start(text: &[u16]) -> &[u16] {
    let start = text.iter().position(|&unit| !is_space(unit)).unwrap_or(text.len());
    text.get(start..).unwrap_or_default()
}

/// A text without white space at its end.
pub fn trim_end(text: &[u16]) -> &[u16] {
    let end = text.iter().rposition(|&unit| !is_space(unit)).map_or(0, |last| last + 1);
    text.get(..end).unwrap_or_default()
}

/// `Number(text)`: NaN unless all of it is a number.
pub fn text_to_number(text: &[u16]) -> f64 {
    let text = trim_end(trim_start(text));
    if text.is_empty() {
        return 0.0;
    }
    if let Some((radix, digits)) = prefixed(text) {
        return match digits_in(digits, radix) {
            Some(digits) if !digits.is_empty() => big_digits(&digits, radix),
            _ => f64::NAN,
        };
    }
    match decimal_prefix(text) {
        Some((number, length)) if length == text.len() => number,
        _ => f64::NAN,
    }
}

/// `parseFloat(text)`: the longest number that the text begins with.
pub fn parse_float(text: &[u16]) -> f64 {
    decimal_prefix(trim_start(text)).map_or(f64::NAN, |(number, _)| number)
}

/// `parseInt(text, radix)`; `radix` as ToInt32 made it, 0 for none.
pub fn parse_int(text: &[u16], radix: i32) -> f64 {
    let text = trim_start(text);
    let (negative, text) = match text {
        [minus, rest @ ..] if *minus == u16::from(b'-') => (true, rest),
        [plus, rest @ ..] if *plus == u16::from(b'+') => (false, rest),
        _ => (false, text),
    };
    let hexadecimal = matches!(prefixed(text), Some((16, _)));
    let (radix, text) = match radix {
        0 | 16 if hexadecimal => (16, text.get(2..).unwrap_or_default()),
        0 => (10, text),
        2..=36 => (radix.unsigned_abs(), text),
        _ => return f64::NAN,
    };
    let digits: Vec<u8> = text.iter().map_while(|&unit| digit(unit, radix)).collect();
    if digits.is_empty() {
        return f64::NAN;
    }
    let number = match radix {
        10 => digits.iter().map(|&digit| char::from(b'0' + digit)).collect::<String>().parse(),
        _ if radix.is_power_of_two() => Ok(big_digits(&digits, radix)),
        _ => Ok(in_parts(&digits, radix)),
    };
    let number: f64 = number.unwrap_or(f64::NAN);
    if negative { -number } else { number }
}

/// What follows `0x`, `0o` or `0b`.
pub(in crate::builtin) fn prefixed(text: &[u16]) -> Option<(u32, &[u16])> {
    let [zero, letter, rest @ ..] = text else { return None };
    if *zero != u16::from(b'0') {
        return None;
    }
    let radix = match u8::try_from(*letter).ok()? {
        b'x' | b'X' => 16,
        b'o' | b'O' => 8,
        b'b' | b'B' => 2,
        _ => return None,
    };
    Some((radix, rest))
}

/// The digits of a text, if it is nothing else.
pub(in crate::builtin) fn digits_in(text: &[u16], radix: u32) -> Option<Vec<u8>> {
    text.iter().map(|&unit| digit(unit, radix)).collect()
}

fn digit(unit: u16, radix: u32) -> Option<u8> {
    let digit = char::from(u8::try_from(unit).ok()?).to_digit(radix)?;
    u8::try_from(digit).ok()
}

/// Digits of a radix that is a power of two, rounded as a number of any size is.
fn big_digits(digits: &[u8], radix: u32) -> f64 {
    let digits: Vec<u8> = digits.iter().copied().skip_while(|&digit| digit == 0).collect();
    // More than 1,024 bits are infinite, however many there are.
    if digits.len() > 1_100 {
        return f64::INFINITY;
    }
    BigUint::from_radix_be(&digits, radix).and_then(|number| number.to_f64()).unwrap_or(0.0)
}

/// Digits of another radix, in parts of up to 32 bits. The specification allows an approximation
/// beyond 20 digits; this is Node's. Zeros at the start are in no part.
fn in_parts(digits: &[u8], radix: u32) -> f64 {
    const MULTIPLIER_MAX: u32 = u32::MAX / 36;
    let mut number = 0.0;
    let (mut part, mut multiplier) = (0u32, 1u32);
    for &digit in digits.iter().skip_while(|&&digit| digit == 0) {
        if multiplier * radix > MULTIPLIER_MAX {
            number = number * f64::from(multiplier) + f64::from(part);
            (part, multiplier) = (0, 1);
        }
        part = part * radix + u32::from(digit);
        multiplier *= radix;
    }
    number * f64::from(multiplier) + f64::from(part)
}

/// The longest decimal literal with sign, or `Infinity`, that a text begins with, and its length.
fn decimal_prefix(text: &[u16]) -> Option<(f64, usize)> {
    const INFINITY: &str = "Infinity";
    let at = |i: usize| text.get(i).and_then(|&unit| u8::try_from(unit).ok()).unwrap_or(0);
    let digits = |from: usize| (from..).take_while(|&i| at(i).is_ascii_digit()).count();
    let sign = usize::from(matches!(at(0), b'+' | b'-'));
    let negative = at(0) == b'-';
    if INFINITY.bytes().enumerate().all(|(i, byte)| at(sign + i) == byte) {
        let number = if negative { f64::NEG_INFINITY } else { f64::INFINITY };
        return Some((number, sign + INFINITY.len()));
    }
    let whole = digits(sign);
    let mut end = sign + whole;
    if at(end) == b'.' {
        let fraction = digits(end + 1);
        if whole == 0 && fraction == 0 {
            return None;
        }
        end += 1 + fraction;
    } else if whole == 0 {
        return None;
    }
    if matches!(at(end), b'e' | b'E') {
        let sign = usize::from(matches!(at(end + 1), b'+' | b'-'));
        let exponent = digits(end + 1 + sign);
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    // What is left is ASCII of a form that Rust reads as we do, correctly rounded.
    let literal: String = (0..end).map(|i| char::from(at(i))).collect();
    literal.parse().ok().map(|number| (number, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    #[test]
    fn only_a_number_and_nothing_else_is_a_number() {
        for (text, number) in [
            ("", 0.0),
            (" \u{feff}\n12 ", 12.0),
            ("0x1F", 31.0),
            ("0b101", 5.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("-1e-3", -1e-3),
            ("+Infinity", f64::INFINITY),
            ("0x10000000000000081", 18_446_744_073_709_551_744.0),
        ] {
            assert_eq!(text_to_number(&units(text)), number, "{text:?}");
        }
        for text in ["1_000", "inf", "nan", "1e", ".", "-0x10", "0x", "0b2", "1 2", "1n", "\u{661}"]
        {
            assert!(text_to_number(&units(text)).is_nan(), "{text:?}");
        }
    }

    #[test]
    fn the_longest_beginning_is_taken() {
        assert_eq!(parse_float(&units(" 3.5.6")), 3.5);
        assert_eq!(parse_float(&units("1e+x")), 1.0);
        assert_eq!(parse_float(&units("-.5e1x")), -5.0);
        assert_eq!(parse_int(&units("-0x1fg"), 0), -31.0);
        assert_eq!(parse_int(&units("12px"), 10), 12.0);
        assert!(parse_int(&units("0x"), 0).is_nan());
        assert!(parse_int(&units("9"), 8).is_nan());
        assert_eq!(parse_int(&units(&"f".repeat(5_000)), 16), f64::INFINITY);
    }
}
