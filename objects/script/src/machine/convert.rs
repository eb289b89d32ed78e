//! Numbers and text (ECMA-262, 6.1.6 and 7.1).

use num_bigint::BigInt;
use num_traits::{FromPrimitive, Num, Zero};

use super::bigint;
use super::heap::Text;
use crate::builtin::number::parse;

/// A number as `String(number)` writes it.
pub fn number_to_text(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    ryu_js::Buffer::new().format(number).to_owned()
}

/// A number as `String(number)` writes it, in code units.
pub fn number_to_units(number: f64) -> Text {
    let whole = number as i32;
    if f64::from(whole) != number {
        return ryu_js::Buffer::new().format(number).bytes().map(u16::from).collect();
    }
    // Most are small and whole, and these are easy: at most ten digits and a sign, the last first.
    let mut units = [0; 11];
    let (mut left, mut begin) = (whole.unsigned_abs(), units.len());
    while left > 0 || begin == units.len() {
        begin -= 1;
        units[begin] = u16::from(b'0') + (left % 10) as u16;
        left /= 10;
    }
    if whole < 0 {
        begin -= 1;
        units[begin] = u16::from(b'-');
    }
    units[begin..].into()
}

/// Text as `Number(text)` reads it; NaN if it is none.
pub fn text_to_number(text: &[u16]) -> f64 {
    parse::text_to_number(text)
}

/// Text as `BigInt(text)` reads it (StringToBigInt).
pub fn text_to_bigint(text: &[u16]) -> Option<BigInt> {
    let text = ascii(trim(text))?;
    if text.is_empty() {
        return Some(BigInt::zero());
    }
    if let Some((radix, digits)) = radix_literal(&text) {
        let plain = digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !digits.is_empty();
        return if plain { BigInt::from_str_radix(digits, radix).ok() } else { None };
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(&text);
    let plain = !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// What it costs to read a text as a big integer.
pub fn bigint_work(text: &[u16]) -> usize {
    let digits = trim(text);
    match digits {
        [0x30, radix, ..] if !(0x30..=0x39).contains(radix) => {
            bigint::by_bits(4 * digits.len() as u64)
        }
        _ => bigint::from_text(digits.len(), 10),
    }
}

/// The number without its fraction; NaN is 0 (ToIntegerOrInfinity).
pub fn to_integer(number: f64) -> f64 {
    // Adding 0 makes -0 a 0.
    if number.is_nan() { 0.0 } else { number.trunc() + 0.0 }
}

/// The number modulo 2^32, signed (ToInt32).
#[inline]
pub fn to_int32(number: f64) -> i32 {
    let small = number as i32;
    if f64::from(small) == number {
        return small;
    }
    to_uint32_slow(number) as i32
}

/// The number modulo 2^32 (ToUint32).
#[inline]
pub fn to_uint32(number: f64) -> u32 {
    to_int32(number) as u32
}

fn to_uint32_slow(number: f64) -> u32 {
    if !number.is_finite() {
        return 0;
    }
    let modulo = number.trunc() % 4_294_967_296.0;
    let positive = if modulo < 0.0 { modulo + 4_294_967_296.0 } else { modulo };
    positive as u32
}

/// The integer nearest to a big one, as IEEE 754 rounds it.
pub fn bigint_to_number(value: &BigInt) -> f64 {
    use num_traits::ToPrimitive;
    value.to_f64().unwrap_or(f64::NAN)
}

/// A number that is an integer, as a big one.
pub fn number_to_bigint(number: f64) -> Option<BigInt> {
    if number.trunc() == number { BigInt::from_f64(number) } else { None }
}

/// Whether a code unit is white space or ends a line (ECMA-262, 22.1.3.32.1).
pub fn is_space(unit: u16) -> bool {
    matches!(
        unit,
        0x09..=0x0D | 0x20 | 0xA0 | 0x1680 | 0x2000..=0x200A | 0x2028 | 0x2029 | 0x202F | 0x205F
            | 0x3000 | 0xFEFF
    )
}

/// The text without the white space around it.
pub fn trim(text: &[u16]) -> &[u16] {
    let Some(start) = text.iter().position(|&unit| !is_space(unit)) else {
        return &[];
    };
    let end = text.iter().rposition(|&unit| !is_space(unit)).map_or(start, |last| last + 1);
    &text[start..end]
}

fn ascii(text: &[u16]) -> Option<String> {
    text.iter().map(|&unit| u8::try_from(unit).ok().filter(u8::is_ascii).map(char::from)).collect()
}

fn radix_literal(text: &str) -> Option<(u32, &str)> {
    let digits = text.strip_prefix('0')?;
    let radix = match digits.bytes().next()? {
        b'x' | b'X' => 16,
        b'o' | b'O' => 8,
        b'b' | b'B' => 2,
        _ => return None,
    };
    Some((radix, &digits[1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_in_javascript() {
        let table: &[(&str, f64)] = &[
            ("", 0.0),
            (" \n12 ", 12.0),
            ("0x1F", 31.0),
            ("0b101", 5.0),
            ("-0x1", f64::NAN),
            ("1e3", 1000.0),
            (".5", 0.5),
            ("5.", 5.0),
            (".", f64::NAN),
            ("1_000", f64::NAN),
            ("inf", f64::NAN),
            ("-Infinity", f64::NEG_INFINITY),
            ("+3", 3.0),
            ("++3", f64::NAN),
            ("nan", f64::NAN),
            ("12px", f64::NAN),
            ("0x", f64::NAN),
            ("1e1000", f64::INFINITY),
        ];
        for &(text, expected) in table {
            let units: Vec<u16> = text.encode_utf16().collect();
            let number = text_to_number(&units);
            assert!(number == expected || number.is_nan() && expected.is_nan(), "{text}: {number}");
        }
    }

    #[test]
    fn numbers_are_written_as_in_javascript() {
        let table: &[(f64, &str)] = &[
            (0.0, "0"),
            (-0.0, "0"),
            (1e21, "1e+21"),
            (123_456_789_012_345_680_000.0, "123456789012345680000"),
            (1e-7, "1e-7"),
            (0.1, "0.1"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
            (-7.0, "-7"),
            (1_000.0, "1000"),
            (2_147_483_647.0, "2147483647"),
            (-2_147_483_648.0, "-2147483648"),
            (2_147_483_648.0, "2147483648"),
        ];
        for &(number, text) in table {
            assert_eq!(number_to_text(number), text);
            assert_eq!(*number_to_units(number), *text.encode_utf16().collect::<Vec<_>>());
        }
    }

    #[test]
    fn integers_wrap_at_32_bits() {
        assert_eq!(to_int32(4_294_967_296.0 + 5.0), 5);
        assert_eq!(to_int32(2_147_483_648.0), i32::MIN);
        assert_eq!(to_int32(-1.9), -1);
        assert_eq!(to_int32(f64::INFINITY), 0);
        assert_eq!(to_uint32(-1.0), u32::MAX);
        assert_eq!(to_int32(1e300), 0);
    }
}
