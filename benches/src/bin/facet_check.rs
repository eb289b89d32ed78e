//! What the check of a grant adds to a delivery.
//!
//! A message from a session is delivered to a counter of a vat whose rows are in memory, as a host
//! does it without its disk and its network: over the facet with all methods, over a grant with every
//! caveat there is, and over a chain of such grants. Once each message has a turn of its own, so that
//! the row of counts is written for each, and once a turn delivers [`MESSAGES`] of them, which shows
//! the check alone.
//!
//! `cargo run --release --bin facet_check` prints nanoseconds a delivery: the first quarter of many
//! rounds, since a busy machine only ever adds to what a round takes.

use std::collections::BTreeMap;
use std::time::Instant;

use bytes::Bytes;
use hogshead_objects::grant::{Caveats, Rate};
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{Timestamp, VatId};
use hogshead_objects::records::{Overlay, ReadRecords, RecordsError, Row};
use hogshead_objects::{Message, Ref, Registry, Value, codec, stock};
use hogshead_vat::{Caller, Ran, Turn, TurnMeta, Vat, VatOptions};

/// Messages of one round: so few that a round is over before the machine turns to something else.
const MESSAGES: u32 = 100;

/// Rounds of each kind that are measured.
const ROUNDS: usize = 2_000;

/// The largest difference that is thought well of, in nanoseconds.
const WANTED_NS: u128 = 1_000;

fn main() {
    let mut bench = Bench::new();
    let whole = bench.spawn();
    let plain = bench.grant(whole, Caveats::new());
    let once = bench.grant(whole, all_caveats());
    let mut chain = once;
    for _ in 0..7 {
        chain = bench.grant(chain, all_caveats());
    }
    let kinds = [
        ("all methods", whole),
        ("a facet of it without conditions", plain),
        ("a grant with all caveats", once),
        ("eight of them, each of the one before", chain),
    ];
    for (what, a_turn) in [("a turn each", 1), ("in one turn", MESSAGES)] {
        // One kind after the other, so that what the machine does besides is in all of them.
        let mut times: Vec<Vec<u128>> = vec![Vec::new(); kinds.len()];
        for _ in 0..ROUNDS {
            for (place, (_, facet)) in kinds.iter().enumerate() {
                times[place].push(bench.deliver(*facet, a_turn));
            }
        }
        let typical: Vec<u128> = times.iter_mut().map(|times| quarter(times)).collect();
        println!("{MESSAGES} messages, {what}:");
        for ((name, _), ns) in kinds.iter().zip(&typical) {
            let more = ns.saturating_sub(typical[0]);
            println!("{ns:>8} ns a delivery, {more:>6} more: {name}");
        }
        let more = typical[2].saturating_sub(typical[0]);
        let verdict = if more < WANTED_NS { "less" } else { "NOT LESS" };
        println!("    all caveats add {more} ns, {verdict} than {WANTED_NS}");
    }
}

/// Every caveat that there is, none of which ever refuses.
fn all_caveats() -> Caveats {
    Caveats::new()
        .methods(["increment", "read"])
        .rule("0<=10".parse().expect("a rule"))
        .not_before(Timestamp(1))
        .until(Timestamp(u64::MAX))
        .uses(u64::MAX)
        .rate(Rate::new(100_000_000, 1).expect("a rate"))
        .only_from(key())
        .label("everything")
}

/// The base point of the curve, which is as good a public key as any.
fn key() -> VatId {
    let mut bytes = [0x66; 32];
    bytes[0] = 0x58;
    VatId::from_bytes(&bytes).expect("a point")
}

fn quarter(times: &mut [u128]) -> u128 {
    times.sort_unstable();
    times[times.len() / 4]
}

struct Bench {
    store: Store,
    vat: Vat,
    registry: Registry,
    own: VatId,
    now: u64,
}

impl Bench {
    fn new() -> Self {
        let mut store = Store::default();
        let mut overlay = Overlay::new(&store);
        let vat = Vat::create(&mut overlay, VatOptions::default()).expect("a vat");
        let changes = overlay.into_changes();
        store.apply(changes);
        let mut registry = Registry::new();
        stock::register(&mut registry).expect("the stock kinds");
        Self { store, vat, registry, own: key(), now: 1 }
    }

    fn turn<R>(&mut self, run: impl FnOnce(&mut Turn<'_, '_>) -> R) -> R {
        self.now += 1;
        let meta = TurnMeta { now: Timestamp(self.now), entropy: [0; 32] };
        let mut overlay = Overlay::new(&self.store);
        let mut turn = self.vat.open(&mut overlay, &self.registry, meta);
        turn.set_own_key(self.own);
        let result = run(&mut turn);
        turn.close().expect("a turn");
        let changes = overlay.into_changes();
        self.store.apply(changes);
        result
    }

    fn spawn(&mut self) -> Ref {
        self.turn(|turn| {
            let counter = Box::new(stock::counter::Tally::default());
            let facet = turn.spawn_from_host(counter).expect("a counter");
            turn.hold(facet).expect("held");
            facet
        })
    }

    fn grant(&mut self, of: Ref, caveats: Caveats) -> Ref {
        self.turn(|turn| {
            let facet = Ref::Facet(turn.grant_of(of, caveats).expect("a grant"));
            turn.hold(facet).expect("held");
            facet
        })
    }

    /// Delivers messages, so many a turn; gives nanoseconds for each.
    fn deliver(&mut self, to: Ref, a_turn: u32) -> u128 {
        let by = codec::to_value(&1_u64).expect("a number");
        let mut messages = (0..MESSAGES)
            .map(|_| Message::new("increment", [Value::clone(&by)]))
            .collect::<Vec<_>>();
        let caller = Caller::Vat(key());
        let begun = Instant::now();
        for _ in 0..MESSAGES / a_turn {
            self.turn(|turn| {
                for _ in 0..a_turn {
                    let message = messages.pop().expect("a message is left");
                    turn.set_caller(caller);
                    turn.deliver(to, message, None).expect("taken");
                    turn.set_caller(Caller::Own);
                    let ran = turn.run_delivered().expect("run");
                    assert_eq!(ran, Ran::Done);
                }
            });
        }
        begun.elapsed().as_nanos() / u128::from(MESSAGES)
    }
}

#[derive(Default)]
struct Store {
    rows: BTreeMap<Bytes, Bytes>,
}

impl Store {
    fn apply(&mut self, changes: BTreeMap<Bytes, Option<Row>>) {
        for (key, change) in changes {
            match change {
                Some(row) => self.rows.insert(key, row.bytes),
                None => self.rows.remove(&key),
            };
        }
    }
}

impl ReadRecords for Store {
    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, RecordsError> {
        Ok(self.rows.get(key).cloned())
    }

    fn range(
        &self,
        from: &[u8],
        to: &[u8],
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, RecordsError> {
        if from >= to {
            return Ok(Vec::new());
        }
        let bounds = (std::ops::Bound::Included(from), std::ops::Bound::Excluded(to));
        let rows = self.rows.range::<[u8], _>(bounds).take(limit);
        Ok(rows.map(|(key, bytes)| (key.clone(), bytes.clone())).collect())
    }
}
