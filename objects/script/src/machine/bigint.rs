//! What work on big integers costs, in fuel: a unit is about as long as an instruction takes.
//!
//! The prices follow the algorithms of `num-bigint`: school multiplication, then Karatsuba's and
//! Toom and Cook's; school division; text by division and conquest. Each was measured from one word
//! of 64 bits to 16,384 of them, and is at least a unit for 30 nanoseconds. A price is asked before
//! the work is done, so that an instruction never takes much longer than its step has fuel for.

use num_bigint::BigInt;

use super::heap::Cell;
use super::{Index, Machine, Trap};
use crate::limits::BIGINT_SHOWN_BITS_MAX;

/// What any operation on big integers costs: it takes a place of its own.
const OPERATION: usize = 4;

/// Words of 64 bits that so many bits take.
fn words(bits: u64) -> usize {
    usize::try_from(bits / 64).unwrap_or(usize::MAX).saturating_add(1)
}

/// Work that grows as the words: addition, comparison, shifts, copies.
pub fn linear(bits: u64) -> usize {
    OPERATION + words(bits) / 4
}

/// A product.
pub fn product(a_bits: u64, b_bits: u64) -> usize {
    let (a, b) = (words(a_bits), words(b_bits));
    let each = subquadratic(a.min(b));
    linear(a_bits.max(b_bits)).saturating_add(a.max(b).saturating_mul(each) / 4)
}

/// A quotient or a remainder.
pub fn quotient(a_bits: u64, b_bits: u64) -> usize {
    let (a, b) = (words(a_bits), words(b_bits));
    let rows = a.saturating_sub(b).saturating_add(1);
    linear(a_bits).saturating_add(rows.saturating_mul(2)).saturating_add(rows.saturating_mul(b) / 4)
}

/// Writing in a radix that is no power of two.
pub fn to_text(bits: u64) -> usize {
    let words = words(bits);
    words.saturating_mul(subquadratic(words).saturating_add(16))
}

/// Reading so many digits in a radix that is no power of two.
pub fn from_text(digits: usize, radix: u32) -> usize {
    let words = words((digits as u64).saturating_mul(u64::from(radix.ilog2()) + 1));
    words.saturating_mul((words / 8).saturating_add(16))
}

/// Reading or writing in a radix that is a power of two.
pub fn by_bits(bits: u64) -> usize {
    words(bits).saturating_mul(16)
}

/// For each word of the longer factor, what the words of the shorter one cost: with twice as many,
/// half as much again.
fn subquadratic(words: usize) -> usize {
    let (mut left, mut halved) = (words, 0);
    while left > 32 {
        left = left.div_ceil(2);
        halved += 1;
    }
    (0..halved).fold(left, |each, _| each.saturating_mul(3) / 2 + 1)
}

/// An integer as it is shown to people: nobody reads a large one, and writing it takes long.
pub fn shown(value: &BigInt) -> String {
    if value.bits() > BIGINT_SHOWN_BITS_MAX {
        format!("[bigint of {} bits]", value.bits())
    } else {
        value.to_string()
    }
}

/// An integer as a script writes it, for people.
pub fn literal(value: &BigInt) -> String {
    let shown = shown(value);
    if shown.starts_with('[') { shown } else { format!("{shown}n") }
}

impl Machine {
    /// Bits of the integer in a cell.
    pub fn bigint_bits(&self, index: Index) -> u64 {
        match self.cell(index) {
            Cell::BigInt(value) => value.bits(),
            _ => 0,
        }
    }

    /// The integer in a cell as text, which costs fuel and needs room.
    pub(super) fn bigint_text(&mut self, index: Index) -> Result<String, Trap> {
        let bits = self.bigint_bits(index);
        self.afford(to_text(bits))?;
        // Three bits a digit at the least, of two bytes each.
        self.reserve(words(bits).saturating_mul(43))?;
        Ok(self.bigint_of(index).to_string())
    }

    /// The integer in a cell as it is shown in a message.
    pub fn bigint_shown(&self, index: Index) -> String {
        match self.cell(index) {
            Cell::BigInt(value) => shown(value),
            _ => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_grow_as_the_work_does() {
        assert_eq!(linear(1), OPERATION);
        assert!(product(1, 1) < 10, "small integers are cheap: {}", product(1, 1));
        // Three products of the half, as Karatsuba has them; four quotients.
        let doubled = product(1 << 20, 1 << 20) * 10 / product(1 << 19, 1 << 19);
        assert!((27..33).contains(&doubled), "{doubled}");
        let doubled = quotient(1 << 20, 1 << 19) * 10 / quotient(1 << 19, 1 << 18);
        assert!((37..43).contains(&doubled), "{doubled}");
        assert!(to_text(1 << 20) > 10_000_000, "{}", to_text(1 << 20));
        assert!(from_text(315_000, 10) > 10_000_000, "{}", from_text(315_000, 10));
        assert!(by_bits(1 << 20) < 1_000_000);
        // No size overflows.
        assert!(to_text(u64::MAX) > 1 << 60);
        assert!(product(u64::MAX, u64::MAX) > 1 << 60);
        assert!(quotient(u64::MAX, u64::MAX) > 1 << 50);
        assert!(from_text(usize::MAX, 36) > 1 << 50);
    }

    #[test]
    fn a_large_integer_is_shown_by_its_size() {
        assert_eq!(shown(&BigInt::from(-12)), "-12");
        let large = BigInt::from(1) << 100_000_u32;
        assert_eq!(shown(&large), "[bigint of 100001 bits]");
    }
}
