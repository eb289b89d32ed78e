//! What can be said about times: `clock …`, and the clock that `start` takes.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::Subcommand;

use super::number::{ANY, whole};

/// `clock`.
#[derive(Subcommand, Debug)]
pub enum Clock {
    /// Shows the time that vats see, and whose timers are due next
    Show,
    /// Lets time pass on a host that was started with --virtual-clock
    Advance {
        /// How much, such as 3d or '2h 30m'
        #[arg(value_name = "DURATION", value_parser = duration)]
        by: Duration,
    },
    /// Sets the clock of a host that was started with --virtual-clock, and not back
    Set {
        /// A time in UTC such as 2027-03-01 or 2027-03-01T06:30:00Z
        #[arg(value_parser = time)]
        time: Time,
    },
    /// Says that a jump of the clock was right, so that timers fire again
    Accept,
    /// Makes a clock for a vat's objects: whoever is given it may know the time and set timers
    New {
        /// The vat
        vat: String,
        /// The name to keep it under [default: clock and a number, such as clock-1]
        #[arg(long, value_name = "N")]
        name: Option<String>,
    },
    /// Cancels a timer; `vat show` has its number
    Cancel {
        /// The vat
        vat: String,
        /// The timer's number
        #[arg(value_parser = whole::<u64>(ANY))]
        timer: u64,
    },
}

/// A time, in milliseconds since 1970.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Time(pub u64);

/// Reads a time as people write it: a date stands for its first moment.
pub fn time(text: &str) -> Result<Time, String> {
    let text = text.trim();
    let whole =
        if text.len() == "2027-03-01".len() { format!("{text} 00:00:00") } else { text.to_owned() };
    let wrong = || "write it as in 2027-03-01 or 2027-03-01T06:30:00Z".to_owned();
    let time = humantime::parse_rfc3339_weak(&whole).map_err(|_| wrong())?;
    let since = time.duration_since(UNIX_EPOCH).map_err(|_| wrong())?;
    u64::try_from(since.as_millis()).map(Time).map_err(|_| wrong())
}

/// A time as people say it: itself, or how long it is until then.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    /// Then.
    At(Time),
    /// After so many milliseconds of the host's clock.
    After(u64),
}

/// Reads a time, or how long it is until then.
pub fn when(text: &str) -> Result<When, String> {
    if let Ok(time) = time(text) {
        return Ok(When::At(time));
    }
    let after = humantime::parse_duration(text.trim()).map_err(|_| {
        "write it as in 2027-03-01, 2027-03-01T06:30:00Z, or 3d for in three days".to_owned()
    })?;
    u64::try_from(after.as_millis()).map(When::After).map_err(|_| "that is too long".to_owned())
}

fn duration(text: &str) -> Result<Duration, String> {
    humantime::parse_duration(text).map_err(|error| format!("{error}; write it as in 3d or 2h 30m"))
}

/// A time as people read it, in UTC to the second.
pub fn shown(ms: u64) -> String {
    // What comes later has no four digits for its year.
    const YEAR_10000: u64 = 253_402_300_800_000;
    if ms >= YEAR_10000 {
        return format!("{ms} ms after 1970");
    }
    let time: SystemTime = UNIX_EPOCH + Duration::from_millis(ms);
    humantime::format_rfc3339_seconds(time).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, ms) in [
            ("2027-03-01", 1_803_859_200_000),
            ("2027-03-01T06:30:00Z", 1_803_882_600_000),
            ("2027-03-01 06:30:00.250", 1_803_882_600_250),
        ] {
            assert_eq!(time(text), Ok(Time(ms)), "{text}");
        }
        for text in ["", "tomorrow", "2027-13-01", "1969-12-31", "2027-03-01T06:30"] {
            assert!(time(text).is_err_and(|error| error.contains("2027")), "{text}");
        }
        assert_eq!(shown(1_803_882_600_250), "2027-03-01T06:30:00Z");
        assert_eq!(shown(u64::MAX), "18446744073709551615 ms after 1970");
    }

    #[test]
    fn a_time_may_be_said_by_how_long_it_is_until_then() {
        assert_eq!(when("2027-03-01"), Ok(When::At(Time(1_803_859_200_000))));
        assert_eq!(when("2h 30m"), Ok(When::After(9_000_000)));
        for text in ["", "soon", "-3d", "3", "2027-13-01"] {
            assert!(when(text).is_err_and(|error| error.contains("3d for")), "{text}");
        }
        assert!(when("18446744073709551615s").is_err_and(|error| error.contains("too long")));
    }

    #[test]
    fn durations_are_read_as_people_write_them() {
        assert_eq!(duration("3d"), Ok(Duration::from_secs(3 * 86_400)));
        assert_eq!(duration("2h 30m"), Ok(Duration::from_secs(9_000)));
        assert!(duration("soon").is_err_and(|error| error.contains("3d")));
    }
}
