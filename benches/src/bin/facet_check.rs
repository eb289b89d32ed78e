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

use std::time::Instant;

use hogshead_benches::one_vat::{OneVat, base_point};
use hogshead_objects::grant::{Caveats, Rate};
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::Timestamp;
use hogshead_objects::{Message, Ref, Registry, Value, codec, stock};

/// Messages of one round: so few that a round is over before the machine turns to something else.
const MESSAGES: u32 = 100;

/// Rounds of each kind that are measured.
const ROUNDS: usize = 2_000;

/// The largest difference that is thought well of, in nanoseconds.
const WANTED_NS: u128 = 1_000;

fn main() {
    let vat = &mut vat();
    let whole = vat.spawn(Box::new(stock::counter::Tally::default()));
    let plain = grant(vat, whole, Caveats::new());
    let once = grant(vat, whole, all_caveats());
    let mut chain = once;
    for _ in 0..7 {
        chain = grant(vat, chain, all_caveats());
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
                times[place].push(deliver(vat, *facet, a_turn));
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
        .only_from(base_point())
        .label("everything")
}

fn quarter(times: &mut [u128]) -> u128 {
    times.sort_unstable();
    times[times.len() / 4]
}

/// A vat that has counters.
fn vat() -> OneVat {
    let mut registry = Registry::new();
    stock::register(&mut registry).expect("the stock kinds");
    OneVat::new(registry)
}

fn grant(vat: &mut OneVat, of: Ref, caveats: Caveats) -> Ref {
    vat.turn(|turn| {
        let facet = Ref::Facet(turn.grant_of(of, caveats).expect("a grant"));
        turn.hold(facet).expect("held");
        facet
    })
}

/// Delivers messages, so many a turn; gives nanoseconds for each.
fn deliver(vat: &mut OneVat, to: Ref, a_turn: u32) -> u128 {
    let by = codec::to_value(&1_u64).expect("a number");
    let mut messages = (0..MESSAGES)
        .map(|_| Message::new("increment", [Value::clone(&by)]))
        .collect::<Vec<_>>()
        .into_iter();
    let begun = Instant::now();
    for _ in 0..MESSAGES / a_turn {
        vat.deliver_all(to, messages.by_ref().take(a_turn as usize));
    }
    begun.elapsed().as_nanos() / u128::from(MESSAGES)
}
