//! Random graphs of vats whose promises turn out to be each other's: every scribe numbers its notes
//! over each reference, and whoever gets them looks at the order.

use std::collections::{BTreeMap, BTreeSet};

use hogshead_objects::records::table;

use super::world::World;

/// The first number of what is kept beside the scribes.
const FIRST_SLOT: u64 = 100;

/// The rank of what is an object already.
const OBJECT: u64 = u64::MAX;

#[test]
fn notes_over_each_reference_arrive_in_order_whatever_it_turns_out_to_be() {
    let first = std::env::var("HOGSHEAD_SEED").ok().and_then(|seed| seed.parse().ok());
    let (from, to) = first.map_or((0, 40), |seed: u64| (seed, seed + 1));
    let (mut notes, mut flushes) = (0, 0);
    for seed in from..to {
        println!("HOGSHEAD_SEED={seed}");
        let mut play = Play::new(seed);
        play.act();
        notes += play.finish();
        flushes += play.world.flushes;
    }
    println!("{notes} notes, {flushes} flushes");
    // So that the programs cannot become harmless unnoticed.
    assert!(first.is_some() || (notes > 2_000 && flushes > 100));
}

struct Play {
    world: World,
    dice: Dice,
    /// What each scribe has been told to keep, and its rank: a promise is settled only with what
    /// has a higher one, so that none comes to lead to itself.
    kept: Vec<Vec<(u64, u64)>>,
    /// Promises, and who settles them.
    promises: Vec<usize>,
    next_slot: u64,
    /// Where nothing travels: from one vat to another, or nothing runs in one.
    blocked: BTreeSet<(usize, usize)>,
}

impl Play {
    fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let count = 3 + dice.roll(2) as usize;
        let world = World::new(count, dice.roll(8) == 0);
        let scribes: Vec<_> = (0..count as u64).map(|slot| (slot, OBJECT)).collect();
        let (kept, promises) = (vec![scribes; count], Vec::new());
        Self { world, dice, kept, promises, next_slot: FIRST_SLOT, blocked: BTreeSet::new() }
    }

    fn act(&mut self) {
        for _ in 0..100 {
            let count = self.kept.len() as u64;
            let at = self.dice.roll(count) as usize;
            let peer = self.dice.roll(count);
            match self.dice.roll(16) {
                0..2 => {
                    let (promise, slot) = (self.promises.len() as u64, self.slot());
                    self.world.tell(at, "ask", (peer, promise, slot));
                    self.kept[at].push((slot, promise));
                    self.promises.push(peer as usize);
                }
                2..4 => {
                    let (what, rank) = self.pick(at);
                    let there = self.slot();
                    self.world.tell(at, "pass", (peer, what, there));
                    self.kept[peer as usize].push((there, rank));
                }
                4..6 if !self.promises.is_empty() => {
                    let promise = self.dice.roll(self.promises.len() as u64);
                    let settler = self.promises[promise as usize];
                    let (what, rank) = self.pick(settler);
                    if rank > promise {
                        self.world.tell(settler, "decide", (promise, what));
                    }
                }
                7..9 => self.race(at),
                6 if self.kept[at].len() > self.kept.len() => {
                    let scribes = self.kept.len();
                    let (slot, _) = self.kept[at].remove(scribes);
                    self.world.tell(at, "forget", (slot,));
                }
                _ => {
                    let (what, _) = self.pick(at);
                    let many = 1 + self.dice.roll(2);
                    self.world.tell(at, "write", (what, many));
                }
            }
            if self.dice.roll(8) == 0 {
                self.block();
            }
            self.steps(30);
        }
    }

    /// What is written to a promise is slow on its way, and the promise is settled meanwhile.
    fn race(&mut self, at: usize) {
        let (what, promise) = self.pick(at);
        let Some(settler) = self.promises.get(promise as usize).copied() else { return };
        self.steps(40);
        self.world.tell(at, "write", (what, 1));
        let slow = (0..self.kept.len()).filter(|_| self.dice.roll(2) == 0);
        self.blocked = slow.map(|to| (at, to)).chain([(at, settler)]).collect();
        let (with, rank) = self.pick(settler);
        if rank > promise {
            self.world.tell(settler, "decide", (promise, with));
        }
        self.steps(40);
        self.blocked = [(at, settler)].into();
        self.world.tell(at, "write", (what, 1));
        self.steps(40);
    }

    fn steps(&mut self, at_most: u64) {
        for _ in 0..self.dice.roll(at_most) {
            self.step();
        }
    }

    /// For a while nothing travels on some of the ways.
    fn block(&mut self) {
        let count = self.kept.len();
        let ways = (0..count).flat_map(|from| (0..count).map(move |to| (from, to)));
        self.blocked = ways.filter(|_| self.dice.roll(4) == 0).collect();
    }

    /// Something happens somewhere.
    fn step(&mut self) {
        let mut moves = self.world.moves();
        moves.retain(|ends| !self.blocked.contains(ends));
        if moves.is_empty() {
            return;
        }
        let (from, to) = moves[self.dice.roll(moves.len() as u64) as usize];
        if from == to {
            self.world.run_ready(from);
        } else {
            self.world.carry(from, to);
        }
    }

    /// Settles all that is left and looks at what has arrived; gives how many notes there are.
    fn finish(&mut self) -> usize {
        self.blocked.clear();
        while !self.world.moves().is_empty() {
            self.step();
        }
        for at in 0..self.kept.len() {
            self.world.tell(at, "decide_all", ());
        }
        while !self.world.moves().is_empty() {
            self.step();
        }
        self.world.audit();
        let mut arrived: BTreeMap<(u64, u64), Vec<(usize, u64)>> = BTreeMap::new();
        for at in 0..self.kept.len() {
            let notes: Vec<(u64, u64, u64)> = self.world.ask(at, "notes");
            for (writer, slot, number) in notes {
                arrived.entry((writer, slot)).or_default().push((at, number));
            }
            assert_eq!(self.world.count(at, table::DELIVERY), 0, "vat {at} waits for ever");
        }
        let mut total = 0;
        for writer in 0..self.kept.len() {
            let written: Vec<(u64, u64)> = self.world.ask(writer, "written");
            for (slot, count) in written {
                let found = arrived.remove(&(writer as u64, slot)).unwrap_or_default();
                let receiver = found.first().map_or(0, |(at, _)| *at);
                let expected: Vec<_> = (0..count).map(|number| (receiver, number)).collect();
                assert_eq!(found, expected, "scribe {writer} over its reference {slot}");
                total += found.len();
            }
        }
        assert!(arrived.is_empty(), "notes that nobody wrote: {arrived:?}");
        for at in 0..self.kept.len() {
            self.world.tell(at, "forget_all", ());
        }
        while !self.world.moves().is_empty() {
            self.step();
        }
        for at in 0..self.kept.len() {
            let left = [table::PROMISE, table::IMPORT].map(|table| self.world.count(at, table));
            assert_eq!(left, [0, 0], "what vat {at} holds of promises and imports");
        }
        total
    }

    fn pick(&mut self, at: usize) -> (u64, u64) {
        let kept = &self.kept[at];
        // What is not an object already is more interesting.
        let scribes = self.kept.len();
        let from = if kept.len() > scribes && self.dice.roll(4) > 0 { scribes } else { 0 };
        kept[from + self.dice.roll((kept.len() - from) as u64) as usize]
    }

    fn slot(&mut self) -> u64 {
        self.next_slot += 1;
        self.next_slot
    }
}

/// A generator of numbers that gives the same for the same seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides.max(1)
    }
}
