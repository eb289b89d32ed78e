//! Times and numbers as people read them.

use crate::ids::Timestamp;

/// A time in UTC to the second, as RFC 3339 writes it.
pub(super) fn time(time: Timestamp) -> String {
    const DAY_MS: u64 = 86_400_000;
    // What comes later has no four digits for its year.
    const YEAR_10000: u64 = 253_402_300_800_000;
    if time.0 >= YEAR_10000 {
        return format!("{} ms after 1970", time.0);
    }
    let (year, month, day) = date(time.0 / DAY_MS);
    let seconds = time.0 % DAY_MS / 1000;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Year, month and day of a number of days since 1970 (Howard Hinnant, "chrono-Compatible
/// Low-Level Date Algorithms", 2013: years that begin in March, in eras of 400 of them).
fn date(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

/// A length of time, in its largest unit that divides it.
pub(super) fn duration(ms: u64) -> String {
    const UNITS: [(u64, &str); 5] = [
        (86_400_000, "day"),
        (3_600_000, "hour"),
        (60_000, "minute"),
        (1_000, "second"),
        (1, "ms"),
    ];
    let (unit, name) =
        UNITS.iter().find(|(unit, _)| ms > 0 && ms.is_multiple_of(*unit)).unwrap_or(&(1, "ms"));
    let count = ms / unit;
    let plural = if count == 1 || *name == "ms" { "" } else { "s" };
    format!("{count} {name}{plural}")
}

/// So many uses.
pub(super) fn uses(count: u64) -> String {
    format!("{count} {}", if count == 1 { "use" } else { "uses" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_durations_are_words() {
        for (ms, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400_000, "2000-02-29T00:00:00Z"),
            (1_803_859_199_999, "2027-02-28T23:59:59Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59Z"),
            (253_402_300_800_000, "253402300800000 ms after 1970"),
        ] {
            assert_eq!(time(Timestamp(ms)), text);
        }
        for (ms, text) in [
            (0, "0 ms"),
            (1_500, "1500 ms"),
            (60_000, "1 minute"),
            (7_200_000, "2 hours"),
            (172_800_000, "2 days"),
        ] {
            assert_eq!(duration(ms), text);
        }
    }
}
