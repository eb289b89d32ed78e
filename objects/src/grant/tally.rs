//! What was done with a grant.

use serde::{Deserialize, Serialize};

use super::{Caveats, Rate};
use crate::error::Error;
use crate::ids::{Timestamp, VatId};
use crate::limits::{DENIAL_TEXT_BYTES_MAX, DENIALS_KEPT_MAX};

/// What was done with a grant: what its caveats count, and what its grantor is shown.
///
/// Nothing in it moves back, whatever the time does.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Tally {
    /// How often it was used.
    #[serde(rename = "n", default, skip_serializing_if = "is_zero")]
    pub used: u64,
    /// When it was used last.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Timestamp>,
    /// What is left of the rate, in its parts of a token, and since when.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    bucket: Option<(u64, Timestamp)>,
    /// How often it was used in vain.
    #[serde(rename = "d", default, skip_serializing_if = "is_zero")]
    pub denied: u64,
    /// The last of these, the latest last.
    #[serde(rename = "w", default, skip_serializing_if = "Vec::is_empty")]
    pub denials: Vec<Denial>,
}

/// A use that was refused.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Denial {
    /// When.
    #[serde(rename = "at")]
    pub at: Timestamp,
    /// The method, cut to a line.
    pub method: String,
    /// Why, as the caller was told, cut to a line.
    pub why: String,
    /// The vat that sent it, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller: Option<VatId>,
}

impl Tally {
    /// Counts a use that every grant on the way has admitted.
    pub fn charge(&mut self, caveats: &Caveats, now: Timestamp) {
        self.used = self.used.saturating_add(1);
        self.last = self.last.max(Some(now));
        if let Some(rate) = caveats.use_rate() {
            let (level, at) = self.filled(rate, now);
            self.bucket = Some((level.saturating_sub(rate.period_ms()), at));
        }
    }

    /// Notes a use that was refused; only the last ones are kept.
    pub fn deny(&mut self, at: Timestamp, method: &str, why: &Error, caller: Option<VatId>) {
        self.denied = self.denied.saturating_add(1);
        let denial = Denial { at, method: cut(method), why: cut(&why.to_string()), caller };
        if self.denials.len() >= DENIALS_KEPT_MAX {
            self.denials.remove(0);
        }
        self.denials.push(denial);
    }

    /// How long until there is a token, in milliseconds; nothing if there is one.
    pub(super) fn wait_ms(&self, rate: Rate, now: Timestamp) -> Option<u64> {
        let (level, at) = self.filled(rate, now);
        let missing = rate.period_ms().checked_sub(level).filter(|missing| *missing > 0)?;
        // A clock that went back has to come to where it was first.
        let behind = at.0.saturating_sub(now.0);
        Some(missing.div_ceil(rate.uses()).saturating_add(behind))
    }

    /// The bucket as it is now. One that nobody has used yet is full.
    fn filled(&self, rate: Rate, now: Timestamp) -> (u64, Timestamp) {
        let Some((level, at)) = self.bucket else { return (rate.full(), now) };
        let fresh = now.0.saturating_sub(at.0).saturating_mul(rate.uses());
        (level.saturating_add(fresh).min(rate.full()), at.max(now))
    }
}

fn cut(text: &str) -> String {
    if text.len() <= DENIAL_TEXT_BYTES_MAX {
        return text.to_owned();
    }
    let end = (0..=DENIAL_TEXT_BYTES_MAX).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    format!("{}…", &text[..end])
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Class;
    use crate::grant::Call;

    fn call(now: u64) -> Call<'static> {
        Call { method: "m", args: &[], now: Timestamp(now), caller: None }
    }

    #[test]
    fn a_bucket_gives_what_it_holds_and_fills_up_without_rounding() {
        let caveats = Caveats::new().rate(Rate::new(3, 1_000).unwrap());
        let mut tally = Tally::default();
        let mut take = |now: u64| {
            let admitted = caveats.admit(&call(now), &tally);
            if admitted.is_ok() {
                tally.charge(&caveats, Timestamp(now));
            }
            admitted
        };
        for _ in 0..3 {
            take(50).unwrap();
        }
        let error = take(50).unwrap_err();
        assert_eq!(error.class(), Class::Busy);
        assert!(error.message().ends_with("try again in 334 ms"), "{error}");
        take(383).unwrap_err();
        take(384).unwrap();
        // A third of a second and no more: three in a second, however often one asks.
        let mut taken = 0;
        for now in 385..=100_384 {
            taken += u32::from(take(now).is_ok());
        }
        assert_eq!(taken, 300);
    }

    #[test]
    fn a_bucket_is_not_filled_by_a_clock_that_goes_back_and_forth() {
        let caveats = Caveats::new().rate(Rate::new(1, 1_000).unwrap());
        let mut tally = Tally::default();
        tally.charge(&caveats, Timestamp(10_000));
        for now in [0, 9_999, 10_000, 5, 10_999, 0, 10_999] {
            caveats.admit(&call(now), &tally).unwrap_err();
        }
        caveats.admit(&call(11_000), &tally).unwrap();
        tally.charge(&caveats, Timestamp(11_000));
        assert_eq!(tally.last, Some(Timestamp(11_000)));
        tally.charge(&caveats, Timestamp(3));
        assert_eq!(tally.last, Some(Timestamp(11_000)));
    }

    #[test]
    fn the_last_denials_are_kept_each_in_a_line() {
        let mut tally = Tally::default();
        let why = crate::grant::not_granted(&"ü".repeat(1_000));
        for at in 0..20 {
            tally.deny(Timestamp(at), &"ü".repeat(1_000), &why, None);
        }
        assert_eq!(tally.denied, 20);
        assert_eq!(tally.denials.len(), DENIALS_KEPT_MAX);
        assert_eq!(tally.denials.last().unwrap().at, Timestamp(19));
        for denial in &tally.denials {
            assert!(denial.method.len() <= DENIAL_TEXT_BYTES_MAX + 4);
            assert!(denial.why.len() <= DENIAL_TEXT_BYTES_MAX + 4);
        }
        crate::codec::check_round_trip(&tally).unwrap();
    }
}
