//! Hostile sequences of operations that reach the handoffs: seeded, and rerun from the seed.

use hogshead_captp::fuzzing::fuzz_session;

/// Small and good enough: a generator of test input, the same for the same seed.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next()).unwrap() % end
    }

    fn octet(&mut self) -> u8 {
        self.next().to_be_bytes()[7]
    }
}

/// A frame: a handoff, or an operation around one.
fn frame(random: &mut Random, turn: u64) -> Vec<u8> {
    let mine = random.next() % 12;
    let text = match random.next() % 32 {
        0..=3 => {
            let answer = turn + 10;
            format!("<10'op:deliver<11'desc:export1+>[<18'desc:import-object{mine}+>]{answer}+f>")
        }
        4..=7 => format!("<9'op:listen<11'desc:answer1+><18'desc:import-object{mine}+>f>"),
        // Most of what was answered is where the handoffs' answers are.
        8 => {
            let answer = 1_000_000 + random.next() % (turn + 2);
            format!("<10'op:deliver<11'desc:answer{answer}+>[1'x]f<18'desc:import-object{mine}+>>")
        }
        _ => return vec![b'H', random.octet(), random.octet(), random.octet(), random.octet()],
    };
    text.into_bytes()
}

#[test]
fn sessions_with_gifts_take_anything() {
    let seeds = match std::env::var("FUZZ_SEED") {
        Ok(seed) => seed.parse().expect("FUZZ_SEED is a number")..=u64::MAX,
        Err(_) => 0..=149,
    };
    let single = *seeds.end() == u64::MAX;
    let mut taken = 0;
    for seed in seeds {
        let mut random = Random(seed);
        let mut data = Vec::new();
        for turn in 0..random.next() % 40 {
            let octets = frame(&mut random, turn);
            data.extend_from_slice(&u16::try_from(octets.len()).unwrap().to_be_bytes());
            data.extend_from_slice(&octets);
        }
        let tried = std::panic::catch_unwind(|| fuzz_session(&data));
        taken += tried.unwrap_or_else(|_| panic!("failed with FUZZ_SEED={seed}"));
        if single {
            return;
        }
    }
    assert!(taken > 1000, "the generator reaches deep: {taken} frames were taken");
}
