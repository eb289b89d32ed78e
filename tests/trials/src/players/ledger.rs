//! What players say they did, and a pure function from that to what is wrong with it.

use serde::{Deserialize, Serialize};

/// Everything that one player says.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Ledger {
    /// Its own number.
    pub me: u32,
    /// Messages sent straight to each other player, and those that came from it.
    pub peers: Vec<Peer>,
    /// Questions, and what came of them.
    pub answers: Answers,
    /// Plays begun.
    pub begun: u64,
    /// Plays ended.
    pub ended: u64,
    /// Pages that it wrote on.
    pub written: Written,
    /// Pages of its own, which others wrote on.
    pub pages: Pages,
    /// How many plays of each kind it began.
    pub kinds: Kinds,
    /// Sessions that ended under it.
    pub severed: u64,
    /// What the first errors said.
    pub complaints: Vec<String>,
}

/// A player's dealings with another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Peer {
    /// The other's number.
    pub number: u32,
    /// Messages sent.
    pub sent: u64,
    /// Messages that came.
    pub came: Arrivals,
}

/// Numbered messages as they arrived at one place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Arrivals {
    /// Messages that arrived.
    pub count: u64,
    /// The number of the newest.
    pub last: u64,
    /// Numbers that were left out when a later one arrived.
    pub missing: u64,
    /// Messages whose number was not above the last one's: doubled, or overtaken.
    pub repeated: u64,
}

/// A player's questions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Answers {
    /// Questions asked.
    pub asked: u64,
    /// Questions with the right answer, each once.
    pub told: u64,
    /// Questions whose answer broke.
    pub broken: u64,
    /// Answers that nobody waited for, or that answer something else.
    pub strange: u64,
    /// Questions without an answer.
    pub waiting: u64,
}

/// What a player wrote on the pages of others.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Written {
    /// Pages begun.
    pub begun: u64,
    /// Pages closed, and told so.
    pub closed: u64,
    /// Notes sent.
    pub notes: u64,
}

/// What others wrote on a player's pages.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Pages {
    /// Pages made.
    pub opened: u64,
    /// Pages closed.
    pub closed: u64,
    /// Notes on closed pages.
    pub notes: u64,
    /// Notes missing or repeated on closed pages.
    pub disorder: u64,
    /// What came to a page after its end.
    pub late: u64,
}

/// Plays by kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Kinds {
    /// Messages straight to another.
    pub bursts: u64,
    /// Notes to the promise of a page.
    pub pipelined: u64,
    /// Notes to a promise that leads on to a third player's page.
    pub forwarded: u64,
    /// Pages handed to another player, who writes.
    pub handed: u64,
}

impl Arrivals {
    /// Notes that a message arrived.
    pub fn note(&mut self, number: u64) {
        self.count += 1;
        if number > self.last {
            self.missing += number - self.last - 1;
            self.last = number;
        } else {
            self.repeated += 1;
        }
    }

    /// What is wrong with the arrivals of so many messages.
    fn fault(&self, sent: u64) -> Option<String> {
        let sound = Self { count: sent, last: sent, missing: 0, repeated: 0 };
        (*self != sound).then(|| format!("{sent} sent, but what came is {self:?}"))
    }
}

impl Ledger {
    /// The dealings with this player.
    pub fn peer(&mut self, number: u32) -> &mut Peer {
        let at = self.peers.iter().position(|peer| peer.number == number);
        let at = at.unwrap_or_else(|| {
            self.peers.push(Peer { number, ..Peer::default() });
            self.peers.len() - 1
        });
        &mut self.peers[at]
    }

    /// Whether something went wrong that no waiting makes right.
    pub fn is_spoiled(&self) -> bool {
        let Self { answers, pages, peers, .. } = self;
        let disorder: u64 = peers.iter().map(|p| p.came.missing + p.came.repeated).sum();
        let broken = answers.broken + answers.strange + self.severed;
        disorder + broken + pages.disorder + pages.late > 0
    }

    fn own_faults(&self) -> Vec<String> {
        let Self { answers, written, pages, .. } = self;
        let one_answer_each = Answers { asked: answers.asked, told: answers.asked, ..default() };
        let checks = [
            (*answers != one_answer_each, format!("not one answer each: {answers:?}")),
            (self.begun != self.ended, format!("{} plays, {} ended", self.begun, self.ended)),
            (written.begun != written.closed, format!("left a page open: {written:?}")),
            (pages.opened != pages.closed, format!("has a page open: {pages:?}")),
            (pages.disorder + pages.late > 0, format!("disorder on a page: {pages:?}")),
            (self.severed > 0, format!("{} sessions ended", self.severed)),
        ];
        let mut faults: Vec<_> =
            checks.into_iter().filter_map(|(wrong, what)| wrong.then_some(what)).collect();
        faults.extend(self.complaints.iter().map(|said| format!("was told: {said}")));
        faults.iter().map(|fault| format!("player {}: {fault}", self.me)).collect()
    }
}

/// What does not agree when nothing is under way any more, a line each.
pub fn faults(ledgers: &[Ledger]) -> Vec<String> {
    let mut faults: Vec<_> = ledgers.iter().flat_map(Ledger::own_faults).collect();
    for sender in ledgers {
        for peer in &sender.peers {
            let receiver = ledgers.iter().find(|ledger| ledger.me == peer.number);
            let came = receiver.and_then(|r| r.peers.iter().find(|p| p.number == sender.me));
            let fault = came.map(|peer| peer.came).unwrap_or_default().fault(peer.sent);
            faults.extend(fault.map(|f| format!("from {} to {}: {f}", sender.me, peer.number)));
        }
    }
    let sum = |what: fn(&Ledger) -> u64| ledgers.iter().map(what).sum::<u64>();
    let (written, noted) = (sum(|l| l.written.notes), sum(|l| l.pages.notes));
    if written != noted {
        faults.push(format!("{written} notes were written, {noted} are on the pages"));
    }
    let (begun, opened) = (sum(|l| l.written.begun), sum(|l| l.pages.opened));
    if begun != opened {
        faults.push(format!("{begun} pages were written on, {opened} were made"));
    }
    faults
}

/// Messages that all players together sent: straight, on pages, and to have pages.
pub fn messages(ledgers: &[Ledger]) -> u64 {
    let straight = ledgers.iter().flat_map(|ledger| &ledger.peers).map(|peer| peer.sent);
    straight.sum::<u64>() + ledgers.iter().map(|l| l.written.notes + l.written.begun).sum::<u64>()
}

fn default<T: Default>() -> T {
    T::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound() -> Vec<Ledger> {
        let peer = |number, sent, count| {
            let came = Arrivals { count, last: count, ..default() };
            Peer { number, sent, came }
        };
        let ledger = |me, peers, notes_written, notes| Ledger {
            me,
            peers,
            answers: Answers { asked: 9, told: 9, ..default() },
            begun: 4,
            ended: 4,
            written: Written { begun: 2, closed: 2, notes: notes_written },
            pages: Pages { opened: 2, closed: 2, notes, ..default() },
            ..default()
        };
        vec![
            ledger(0, vec![peer(1, 5, 7), peer(2, 6, 8)], 10, 12),
            ledger(1, vec![peer(0, 7, 5), peer(2, 3, 4)], 11, 10),
            ledger(2, vec![peer(0, 8, 6), peer(1, 4, 3)], 12, 11),
        ]
    }

    #[test]
    fn sound_ledgers_agree() {
        assert_eq!(faults(&sound()), Vec::<String>::new());
        assert_eq!(faults(&[]), Vec::<String>::new());
        assert_eq!(messages(&sound()), 33 + 33 + 6);
    }

    #[test]
    fn every_doctored_entry_is_found() {
        type Doctor = (&'static str, fn(&mut [Ledger]));
        let doctors: &[Doctor] = &[
            // A message lost, doubled, overtaken; the last one lost; one from nobody.
            ("from 0 to 1", |l| l[1].peers[0].came.missing = 1),
            ("from 0 to 1", |l| l[1].peers[0].came.repeated = 1),
            ("from 0 to 1", |l| l[1].peers[0].came.count += 1),
            ("from 2 to 0", |l| l[0].peers[1].came = Arrivals { count: 7, last: 7, ..default() }),
            ("from 2 to 0", |l| l[2].peers[0].sent += 1),
            ("from 2 to 1", |l| {
                l[1].peers.pop();
            }),
            // A question without its answer, with a broken one, with two, with another's.
            ("player 0: not one", |l| l[0].answers.told -= 1),
            ("player 1: not one", |l| l[1].answers.asked += 1),
            ("player 1: not one", |l| l[1].answers.broken += 1),
            ("player 2: not one", |l| l[2].answers.strange += 1),
            ("player 2: not one", |l| l[2].answers.waiting += 1),
            ("player 0: 4 plays", |l| l[0].ended -= 1),
            ("left a page open", |l| l[0].written.closed -= 1),
            ("has a page open", |l| l[2].pages.closed -= 1),
            ("player 1: disorder", |l| l[1].pages.disorder += 1),
            ("player 1: disorder", |l| l[1].pages.late += 1),
            ("notes were written", |l| l[1].written.notes += 1),
            ("notes were written", |l| l[0].pages.notes += 1),
            ("pages were written on", |l| {
                l[1].written.begun += 1;
                l[1].written.closed += 1;
            }),
            ("player 2: 1 sessions", |l| l[2].severed = 1),
            ("player 2: was told: gone", |l| l[2].complaints.push("gone".into())),
        ];
        for (index, (expected, doctor)) in doctors.iter().enumerate() {
            let mut doctored = sound();
            doctor(&mut doctored);
            let faults = faults(&doctored).join("; ");
            assert!(faults.contains(expected), "doctor {index}: {faults:?}");
        }
    }

    #[test]
    fn what_waiting_mends_is_told_from_what_it_does_not() {
        let waiting =
            Ledger { answers: Answers { asked: 1, waiting: 1, ..default() }, ..default() };
        assert!(!waiting.own_faults().is_empty() && !waiting.is_spoiled());
        let broken = Ledger { answers: Answers { asked: 1, broken: 1, ..default() }, ..default() };
        assert!(broken.is_spoiled());
        let mut doubled = Ledger::default();
        (0..2).for_each(|_| doubled.peer(7).came.note(1));
        assert!(doubled.is_spoiled());
    }

    #[test]
    fn arrivals_tell_what_is_missing_from_what_came_again() {
        let mut came = Arrivals::default();
        for number in [1, 2, 5, 5, 4, 6] {
            came.note(number);
        }
        assert_eq!(came, Arrivals { count: 6, last: 6, missing: 2, repeated: 2 });
    }
}
