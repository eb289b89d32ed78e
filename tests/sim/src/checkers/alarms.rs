//! Timers fire once, not before their time, and not at all too late once hosts run.

use crate::evidence::Evidence;

pub(super) fn check(evidence: &Evidence) -> Vec<String> {
    let mut found = Vec::new();
    for book in &evidence.books {
        for alarm in &book.alarms {
            let what = format!("the alarm of {} by {}", book.id, alarm.op);
            match alarm.rang {
                Some(rang) if rang < alarm.due => {
                    found.push(format!("{what} rang {} ms early", alarm.due - rang));
                }
                Some(rang) if rang > alarm.due + LATEST_MS => {
                    found.push(format!("{what} rang {} ms late", rang - alarm.due));
                }
                // Who has not rung is restless.
                Some(_) | None => {}
            }
            if alarm.times > 1 {
                found.push(format!("{what} rang {} times", alarm.times));
            }
        }
    }
    found
}

/// The longest that a machine may be down, in milliseconds, and a little.
const LATEST_MS: u64 = 90_000;
