//! How often a grant may be used: a token bucket.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::words;
use crate::error::{Class, Error, Result};
use crate::limits::{GRANT_RATE_PERIOD_MS_MAX, GRANT_RATE_USES_MAX};

/// So many uses in a period: a bucket of so many tokens that is full at first and fills up in a
/// period. Each use takes a token.
///
/// ```
/// use hogshead_objects::grant::Rate;
///
/// let rate: Rate = "10/min".parse()?;
/// assert_eq!(rate, Rate::new(10, 60_000)?);
/// assert_eq!(rate.to_string(), "10 uses in 1 minute");
/// assert_eq!("1/2h".parse::<Rate>()?.to_string(), "1 use in 2 hours");
/// assert!("0/min".parse::<Rate>().is_err());
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    uses: u64,
    period_ms: u64,
}

impl Rate {
    /// So many uses in so many milliseconds.
    pub fn new(uses: u64, period_ms: u64) -> Result<Self> {
        let rate = Self { uses, period_ms };
        rate.check().map(|()| rate)
    }

    /// How many uses there are in a period.
    pub fn uses(self) -> u64 {
        self.uses
    }

    /// The period, in milliseconds.
    pub fn period_ms(self) -> u64 {
        self.period_ms
    }

    pub(super) fn check(self) -> Result<()> {
        if self.uses == 0 || self.period_ms == 0 {
            return Err(Error::bad_call("a rate is at least one use in at least a millisecond"));
        }
        if self.uses > GRANT_RATE_USES_MAX || self.period_ms > GRANT_RATE_PERIOD_MS_MAX {
            let period = words::duration(GRANT_RATE_PERIOD_MS_MAX);
            let why = format!("a rate is at most {GRANT_RATE_USES_MAX} uses in {period}");
            return Err(Error::new(Class::Limit, why));
        }
        Ok(())
    }

    /// The bucket's size, in parts of a token: a millisecond brings `uses` of them, and a token has
    /// `period_ms`. So nothing is ever rounded.
    pub(super) fn full(self) -> u64 {
        self.uses.saturating_mul(self.period_ms)
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {}", words::uses(self.uses), words::duration(self.period_ms))
    }
}

/// Reads `N/PERIOD`: the period is a unit (`s`, `min`, `h`, `day`, `week`) with or without a
/// number before it, as in `10/min` or `100/12h`.
impl FromStr for Rate {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let wrong = || {
            let how =
                "write a rate as N/PERIOD, as in 10/min or 100/12h; units are s, min, h, day, week";
            Error::bad_call(format!("{text:?} is not a rate: {how}"))
        };
        let (uses, period) = text.split_once('/').ok_or_else(wrong)?;
        let uses = uses.trim().parse().map_err(|_| wrong())?;
        let period = period.trim();
        let digits = period.find(|c: char| !c.is_ascii_digit()).unwrap_or(period.len());
        let (count, unit) = period.split_at(digits);
        let count: u64 = match count {
            "" => 1,
            count => count.parse().map_err(|_| wrong())?,
        };
        let unit: u64 = match unit.trim() {
            "s" | "sec" | "second" | "seconds" => 1_000,
            "m" | "min" | "minute" | "minutes" => 60_000,
            "h" | "hour" | "hours" => 3_600_000,
            "d" | "day" | "days" => 86_400_000,
            "w" | "week" | "weeks" => 604_800_000,
            _ => return Err(wrong()),
        };
        Self::new(uses, count.saturating_mul(unit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_have_limits_and_say_how_they_are_written() {
        for text in ["", "10", "/min", "x/min", "10/moon", "-1/min", "10/"] {
            let error = text.parse::<Rate>().unwrap_err();
            assert_eq!(error.class(), Class::BadCall);
            assert!(error.message().contains("N/PERIOD"), "{error}");
        }
        let most = Rate::new(GRANT_RATE_USES_MAX, GRANT_RATE_PERIOD_MS_MAX).unwrap();
        assert_eq!(most.full() / GRANT_RATE_USES_MAX, GRANT_RATE_PERIOD_MS_MAX, "no overflow");
        for (uses, period) in
            [(GRANT_RATE_USES_MAX + 1, 1), (1, GRANT_RATE_PERIOD_MS_MAX + 1), (u64::MAX, u64::MAX)]
        {
            assert_eq!(Rate::new(uses, period).unwrap_err().class(), Class::Limit);
        }
        for (uses, period) in [(0, 1), (1, 0)] {
            assert_eq!(Rate::new(uses, period).unwrap_err().class(), Class::BadCall);
        }
    }
}
