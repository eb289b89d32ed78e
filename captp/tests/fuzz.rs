//! The fuzz harnesses, run for a short while on octets from a seeded generator.
//!
//! A failure prints the seed; `FUZZ_SEED=<seed> cargo test -p hogshead-captp --test fuzz` runs
//! that one again, and `FUZZ_RUNS=<n>` runs that many seeds a harness. The targets in `fuzz/` run
//! the same harnesses for as long as one likes.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::sync::atomic::{AtomicUsize, Ordering};

use hogshead_captp::durable::{Cause, Chain, Frame, Hello, Incarnation, Knock, Mark};
use hogshead_captp::fuzzing::{fuzz_frame, fuzz_link, fuzz_operation, fuzz_session, fuzz_syrup};

/// SplitMix64: small, good enough, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

const VALUES: [&str; 16] = [
    "<4'void>",
    "<4'null>",
    "t",
    "f",
    "0+",
    "7+",
    "12-",
    "18446744073709551616+",
    "5\"Hello",
    "2:hi",
    "7'fulfill",
    "[1+2+]",
    "{2\"aa1+1\"b2+}",
    "<11'desc:tagged7'decimal4\"3.14>",
    "<10'desc:error4\"boom>",
    "<15'ocapn-sturdyref<10'ocapn-peer16'tcp-testing-only4\"0000{4\"host9\"127.0.0.1}>9:my-object>",
];

/// An operation that a peer might send: right as a rule, wrong now and then. `turn` is a fresh
/// position.
fn operation(random: &mut Random, turn: usize) -> String {
    let import_kind = |position: usize| match position % 2 {
        0 => format!("<18'desc:import-object{position}+>"),
        _ => format!("<19'desc:import-promise{position}+>"),
    };
    let wrong = random.below(60) == 0;
    let mine = if wrong { random.below(9) } else { random.below(turn + 1) };
    let to = match (wrong, random.below(3)) {
        (true, 0) => format!("<11'desc:answer{}+>", random.below(turn + 3)),
        (_, 1) => "<11'desc:answer1+>".to_owned(),
        _ => "<11'desc:export1+>".to_owned(),
    };
    let value = *random.pick(&VALUES);
    let reference = match random.below(3) {
        0 => to.clone(),
        _ => import_kind(mine),
    };
    let method = *random.pick(&["7'fulfill", "5'break", "2'hi", "5'fetch"]);
    let resolver = import_kind(random.below(turn + 1));
    let answer = if wrong { 1 } else { turn + 2 };
    let swiss = *random.pick(&["4:echo", "4:nope"]);
    match random.below(12) {
        0 => format!("<10'op:deliver<11'desc:export0+>[5'fetch{swiss}]{answer}+{resolver}>"),
        1 => format!("<10'op:deliver{to}[{method}{value}{reference}]f{resolver}>"),
        2 => format!("<10'op:deliver{to}[{reference}{reference}]{answer}+f>"),
        3 => format!("<10'op:deliver{to}[[{value}{reference}]]{answer}+{resolver}>"),
        4 => format!("<15'op:deliver-only{to}[{method}{reference}]>"),
        5 => format!("<9'op:listen{to}{resolver}f>"),
        6 => format!("<6'op:get{to}1\"a{answer}+>"),
        7 => format!("<8'op:index{to}1+{answer}+>"),
        8 => format!("<8'op:untag{to}1\"m{answer}+>"),
        9 if wrong => format!("<13'op:gc-exports[{mine}+][1+]>"),
        10 if wrong => format!("<12'op:gc-answer[{answer}+]>"),
        _ => format!("<15'op:deliver-only{to}[{value}]>"),
    }
}

/// Changes a few octets, or none.
fn mutate(octets: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..random.below(4) {
        let at = random.below(octets.len() + 1);
        match random.below(5) {
            0 if at < octets.len() => octets[at] = b"0123456789+-:\"'[]{}<>tfD"[random.below(24)],
            1 if at < octets.len() => octets[at] ^= 1 << random.below(8),
            2 if at < octets.len() => {
                octets.remove(at);
            }
            3 => octets.insert(at, b"019+-:\"'[]{}<>tfD"[random.below(17)]),
            _ => octets.truncate(at),
        }
    }
}

/// The number of seeds to try: the usual one, or the environment's.
fn runs(usual: u64) -> u64 {
    let wanted = std::env::var("FUZZ_RUNS").ok();
    wanted.map_or(usual, |runs| runs.parse().expect("FUZZ_RUNS is a number"))
}

/// Runs `try_one` for many seeds, or for the one of the environment.
fn run(count: u64, try_one: impl Fn(&mut Random) + std::panic::RefUnwindSafe) {
    let seeds = match std::env::var("FUZZ_SEED") {
        Ok(seed) => vec![seed.parse().expect("FUZZ_SEED is a number")],
        Err(_) => (0..runs(count)).collect(),
    };
    for seed in seeds {
        let tried = std::panic::catch_unwind(|| try_one(&mut Random(seed)));
        assert!(tried.is_ok(), "failed with FUZZ_SEED={seed}");
    }
}

#[test]
fn syrup_takes_anything() {
    run(4000, |random| {
        let mut octets = format!("[{}", random.pick(&VALUES)).into_bytes();
        for _ in 0..random.below(4) {
            octets.extend_from_slice(random.pick(&VALUES).as_bytes());
        }
        octets.push(b']');
        mutate(&mut octets, random);
        fuzz_syrup(&octets);
    });
}

#[test]
fn operations_take_anything() {
    run(6000, |random| {
        let mut octets = operation(random, 3).into_bytes();
        mutate(&mut octets, random);
        fuzz_operation(&octets);
    });
}

#[test]
fn sessions_take_anything() {
    let taken = AtomicUsize::new(0);
    run(1500, |random| {
        let mut data = Vec::new();
        for turn in 0..random.below(32) {
            let mut octets = operation(random, turn).into_bytes();
            if random.below(100) == 0 {
                mutate(&mut octets, random);
            }
            data.extend_from_slice(&u16::try_from(octets.len()).unwrap().to_be_bytes());
            data.extend_from_slice(&octets);
        }
        taken.fetch_add(fuzz_session(&data), Ordering::Relaxed);
    });
    let taken = u64::try_from(taken.into_inner()).unwrap();
    let single = std::env::var_os("FUZZ_SEED").is_some();
    assert!(
        single || taken > 8 * runs(1500),
        "the generator reaches deep: {taken} frames were taken"
    );
}

/// Frames of every kind, changed a little.
#[test]
fn durable_frames_take_anything() {
    let mark = Mark { number: 3, chain: Chain([7; 32]) };
    let hello = Hello {
        ours: Incarnation([1; 16]),
        theirs: Some(Incarnation([2; 16])),
        sent: mark,
        received: mark,
        credit: 9,
        start: "<start>".into(),
        location: Some("there".into()),
        knock: Some(Knock::Swiss("swiss".into())),
        again: true,
    };
    let payload = "<8'op:abort1\"x>".into();
    let (chain, cause) = (Chain([1; 32]), Cause([2; 16]));
    let frames = [
        Frame::Hello(Box::new(hello)),
        Frame::Operation { number: 4, chain, cause, payload },
        Frame::Ack { received: mark, credit: 1 },
        Frame::Declined { reason: "no".to_owned() },
    ];
    run(4000, |random| {
        let mut octets = random.pick(&frames).encode().to_vec();
        mutate(&mut octets, random);
        fuzz_frame(&octets);
    });
}

/// The steps of `fuzzing/durable.rs`: right as a rule, wrong now and then.
#[test]
fn links_take_anything() {
    let taken = AtomicUsize::new(0);
    run(1500, |random| {
        let mut data = Vec::new();
        for _ in 0..random.below(48) {
            let kind = *random.pick(b"OOOOQQQQQQAAAHSSGGLX");
            let wrong = match random.below(120) {
                0 => u8::try_from(248 + random.below(8)).unwrap(),
                _ => u8::try_from(random.below(64)).unwrap(),
            };
            let mut octets = match (kind, random.below(4)) {
                (b'O', 0) => operation(random, 3).into_bytes(),
                (b'A' | b'H' | b'G', _) => vec![u8::try_from(random.below(20)).unwrap()],
                _ => Vec::new(),
            };
            if random.below(100) == 0 {
                mutate(&mut octets, random);
            }
            octets.truncate(255);
            data.extend([kind, wrong, u8::try_from(octets.len()).unwrap()]);
            data.extend(octets);
        }
        taken.fetch_add(fuzz_link(&data), Ordering::Relaxed);
    });
    let taken = u64::try_from(taken.into_inner()).unwrap();
    let single = std::env::var_os("FUZZ_SEED").is_some();
    assert!(single || taken > 8 * runs(1500), "the generator reaches deep: {taken} steps");
}
