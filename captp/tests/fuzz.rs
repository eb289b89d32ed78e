//! The fuzz harnesses, run for a short while on octets from a seeded generator.
//!
//! A failure prints the seed; `FUZZ_SEED=<seed> cargo test -p hogshead-captp --test fuzz` runs
//! that one again. The targets in `fuzz/` run the same harnesses for as long as one likes.

use hogshead_captp::fuzzing::{fuzz_operation, fuzz_session, fuzz_syrup};

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

/// An operation that a peer might send, right or wrong.
fn operation(random: &mut Random) -> String {
    let small = random.below(6);
    let other = random.below(6);
    let to = *random.pick(&["export", "answer"]);
    let import = *random.pick(&["object", "promise"]);
    let value = *random.pick(&VALUES);
    let reference = match random.below(4) {
        0 => format!("<11'desc:export{other}+>"),
        1 => format!("<11'desc:answer{other}+>"),
        2 => format!("<18'desc:import-object{other}+>"),
        _ => format!("<19'desc:import-promise{other}+>"),
    };
    let method = *random.pick(&["7'fulfill", "5'break", "2'hi", "5'fetch"]);
    let resolver = format!("<{}'desc:import-{import}{other}+>", 12 + import.len());
    let to = format!("<11'desc:{to}{small}+>");
    let swiss = *random.pick(&["4:echo", "4:nope"]);
    match random.below(12) {
        0 => format!("<10'op:deliver<11'desc:export0+>[5'fetch{swiss}]{other}+{resolver}>"),
        1 => format!("<10'op:deliver{to}[{method}{value}{reference}]f{resolver}>"),
        2 => format!("<10'op:deliver{to}[{reference}{reference}]{other}+f>"),
        3 => format!("<10'op:deliver{to}[[{value}{reference}]]{other}+{resolver}>"),
        4 => format!("<15'op:deliver-only{to}[{method}{reference}]>"),
        5 => format!("<9'op:listen{to}{resolver}f>"),
        6 => format!("<6'op:get{to}1\"a{other}+>"),
        7 => format!("<8'op:index{to}1+{other}+>"),
        8 => format!("<8'op:untag{to}1\"m{other}+>"),
        9 => format!("<13'op:gc-exports[{small}+][1+]>"),
        10 => format!("<12'op:gc-answer[{small}+]>"),
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

/// Runs `try_one` for many seeds, or for the one of the environment.
fn run(count: u64, try_one: impl Fn(&mut Random) + std::panic::RefUnwindSafe) {
    let seeds = match std::env::var("FUZZ_SEED") {
        Ok(seed) => vec![seed.parse().expect("FUZZ_SEED is a number")],
        Err(_) => (0..count).collect(),
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
        let mut octets = operation(random).into_bytes();
        mutate(&mut octets, random);
        fuzz_operation(&octets);
    });
}

#[test]
fn sessions_take_anything() {
    run(1500, |random| {
        let mut data = Vec::new();
        for _ in 0..random.below(24) {
            let mut octets = operation(random).into_bytes();
            if random.below(40) == 0 {
                mutate(&mut octets, random);
            }
            data.extend_from_slice(&u16::try_from(octets.len()).unwrap().to_be_bytes());
            data.extend_from_slice(&octets);
        }
        fuzz_session(&data);
    });
}
