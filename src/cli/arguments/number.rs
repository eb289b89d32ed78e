//! Whole numbers, as the command line takes them.

use std::ops::RangeInclusive;

/// Whatever a number of 64 bits can be.
pub const ANY: RangeInclusive<u64> = 0..=u64::MAX;

/// Reads a whole number of a range.
pub fn whole<T: TryFrom<u64>>(
    range: RangeInclusive<u64>,
) -> impl Fn(&str) -> Result<T, String> + Clone + Send + Sync + 'static {
    move |text| {
        let number: Option<u64> = text.parse().ok().filter(|number| range.contains(number));
        let number = number.and_then(|number| T::try_from(number).ok());
        number
            .ok_or_else(|| format!("give a whole number from {} to {}", range.start(), range.end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_of_the_range_is_told_the_range() {
        let read = whole::<u16>(1..=256);
        assert_eq!((read("1"), read("256")), (Ok(1), Ok(256)));
        let told = "give a whole number from 1 to 256".to_owned();
        for text in ["0", "257", "-1", "x", "1.5", "", "99999999999999999999999"] {
            assert_eq!(read(text), Err(told.clone()), "{text}");
        }
        assert_eq!(whole::<u64>(ANY)("18446744073709551615"), Ok(u64::MAX));
    }
}
