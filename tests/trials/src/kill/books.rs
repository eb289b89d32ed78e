//! What must agree: a pure function from what everybody says to what is wrong with it.

use super::objects::{Books, MARKS, RunnerTally, Taken};

/// What callers, objects and receivers say when nothing is under way any more.
#[derive(Clone, Debug, Default)]
pub struct Statements {
    /// The ledger's.
    pub books: Books,
    /// Callers from outside, by their number.
    pub callers: Vec<(u32, Account)>,
    /// Runners on another host than the ledger's, by their number.
    pub remote_runners: Vec<(u32, RunnerTally)>,
    /// Runners on the ledger's host.
    pub local_runners: Vec<(u32, RunnerTally)>,
    /// A sender and its receiver in two vats of one host.
    pub pair: (RunnerTally, Taken),
    /// How much of the pair's order was given up when its owner had messages run again that a
    /// start had parked: they come behind the others.
    pub reordered: u64,
}

/// What a caller from outside knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Account {
    /// Calls that were answered.
    pub told: u64,
    /// The highest count that an answer carried.
    pub highest: u64,
    /// Calls whose outcome a kill cut off.
    pub cut_off: u64,
}

impl Account {
    /// Sums up what several tasks of one caller know.
    pub fn add(&mut self, other: Self) {
        self.told += other.told;
        self.highest = self.highest.max(other.highest);
        self.cut_off += other.cut_off;
    }
}

impl Statements {
    /// Whether nobody waits for anything any more.
    pub fn is_quiet(&self) -> bool {
        let runners = self.remote_runners.iter().chain(&self.local_runners);
        let mut tallies = runners.map(|(_, tally)| tally).chain([&self.pair.0]);
        tallies.all(|tally| tally.asked == tally.told + tally.broken)
    }

    /// What does not agree, a line each.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        self.half_applied(&mut faults);
        for (caller, account) in &self.callers {
            let count = self.count(*caller);
            let least = account.told.max(account.highest);
            let most = account.told + account.cut_off;
            if !(least..=most).contains(&count) {
                faults.push(format!("caller {caller}: {count} counted, not {least} to {most}"));
            }
        }
        for (caller, tally) in &self.remote_runners {
            let count = self.count(*caller);
            if !(tally.told..=tally.asked).contains(&count) {
                faults.push(format!("runner {caller}: {count} counted, but it says {tally:?}"));
            }
        }
        for (caller, tally) in &self.local_runners {
            let count = self.count(*caller);
            if tally.asked != count || tally.told != count || tally.broken != 0 {
                faults.push(format!("runner {caller}: {count} counted, but it says {tally:?}"));
            }
        }
        let (sent, taken) = self.pair;
        let exact = sent.asked == taken.count && sent.told == sent.asked && sent.broken == 0;
        if !exact || sent.disorder + taken.disorder != self.reordered {
            faults.push(format!("the sender says {sent:?}, the receiver {taken:?}"));
        }
        if !self.is_quiet() {
            faults.push("somebody waits for an answer for ever".to_owned());
        }
        faults
    }

    fn half_applied(&self, faults: &mut Vec<String>) {
        let Books { total, left, right, by_caller, marks } = &self.books;
        let sum: u64 = by_caller.iter().sum();
        let born = (1..=*total).rev().take(MARKS).collect::<Vec<_>>();
        let whole = left == total && right == total && sum == *total;
        if !whole || !marks.iter().rev().eq(&born) {
            faults.push(format!("a turn is half applied: {:?}", self.books));
        }
    }

    fn count(&self, caller: u32) -> u64 {
        self.books.by_caller.get(caller as usize).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound() -> Statements {
        let tally = |asked, told, broken| RunnerTally { asked, told, broken, disorder: 0 };
        Statements {
            books: Books {
                total: 20,
                left: 20,
                right: 20,
                by_caller: vec![5, 6, 7, 2],
                marks: (13..=20).collect(),
            },
            callers: vec![
                (0, Account { told: 5, highest: 5, cut_off: 0 }),
                (1, Account { told: 4, highest: 5, cut_off: 3 }),
            ],
            remote_runners: vec![(2, tally(9, 6, 3))],
            local_runners: vec![(3, tally(2, 2, 0))],
            pair: (tally(40, 40, 0), Taken { count: 40, disorder: 0 }),
            reordered: 0,
        }
    }

    #[test]
    fn sound_books_pass() {
        assert_eq!(sound().faults(), Vec::<String>::new());
        assert_eq!(Statements::default().faults(), Vec::<String>::new());
    }

    #[test]
    fn every_doctored_entry_is_found() {
        type Doctor = (&'static str, fn(&mut Statements));
        let doctors: &[Doctor] = &[
            ("half applied", |s| s.books.left += 1),
            ("half applied", |s| s.books.right -= 1),
            ("half applied", |s| s.books.total -= 1),
            ("half applied", |s| s.books.marks.truncate(7)),
            ("half applied", |s| s.books.marks[3] += 1),
            ("half applied", |s| s.books.marks[0] = 0),
            // An acknowledged call that is missing.
            ("caller 0", |s| s.callers[0].1.told += 1),
            ("caller 0", |s| s.callers[0].1.highest += 1),
            // A call that was counted twice.
            ("caller 0", |s| s.callers[0].1.told -= 1),
            ("caller 1", |s| s.callers[1].1.cut_off = 1),
            ("runner 2", |s| s.remote_runners[0].1.told = 8),
            ("runner 2", |s| s.remote_runners[0].1.asked = 6),
            ("for ever", |s| s.remote_runners[0].1.broken = 2),
            ("runner 3", |s| s.local_runners[0].1.asked += 1),
            ("runner 3", |s| s.local_runners[0].1.broken += 1),
            // A gap, a duplicate, a message that overtook another.
            ("the sender", |s| s.pair.1.count -= 1),
            ("the sender", |s| s.pair.1.count += 1),
            ("the sender", |s| s.pair.1.disorder += 1),
            ("the sender", |s| s.pair.0.disorder += 1),
            ("the sender", |s| s.pair.0.told -= 1),
        ];
        for (index, (expected, doctor)) in doctors.iter().enumerate() {
            let mut doctored = sound();
            doctor(&mut doctored);
            let faults = doctored.faults().join("; ");
            assert!(faults.contains(expected), "doctor {index}: {faults:?}");
        }
    }
}
