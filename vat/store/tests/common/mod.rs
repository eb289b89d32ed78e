//! What the tests of this crate share.

#![allow(dead_code, reason = "each test file uses its own part of this")]

use std::path::PathBuf;

use hogshead_store::{Batch, Engine, Keep, Options};

/// The engines that keep files. Every test of the storage runs on both.
pub const ENGINES: [Engine; 2] = [Engine::Sled, Engine::Redb];

/// Runs a story on each engine, in a folder of its own.
pub fn on_each_engine(story: impl Fn(Options, PathBuf)) {
    for engine in ENGINES {
        println!("on {engine}");
        let dir = tempfile::tempdir().unwrap();
        story(options(engine), dir.path().join("store"));
    }
}

/// Small sizes, so that every boundary is met within a short test.
pub fn options(engine: Engine) -> Options {
    Options { engine, cache_bytes: 8 << 20, reserve_bytes: 0, ..Options::default() }
}

/// A batch of puts.
pub fn puts<const N: usize>(rows: [(&str, &str); N]) -> Batch {
    let mut batch = Batch::new();
    for (key, value) in rows {
        batch.put(key.to_owned(), value.to_owned());
    }
    batch
}

/// A row as text.
pub fn text(keep: &Keep, key: &str) -> Option<String> {
    keep.get(key.as_bytes()).unwrap().map(|value| String::from_utf8(value.to_vec()).unwrap())
}

/// Rows as text.
pub fn texts(keep: &Keep, from: &str, to: &str, limit: usize) -> Vec<(String, String)> {
    let text = |bytes: bytes::Bytes| String::from_utf8(bytes.to_vec()).unwrap();
    let rows = keep.range(from.as_bytes(), to.as_bytes(), limit).unwrap();
    rows.into_iter().map(|(key, value)| (text(key), text(value))).collect()
}

/// A small generator of repeatable numbers (SplitMix64).
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

/// The seed of a randomised test: `HOGSHEAD_SEED`, or one of now. It is printed.
pub fn seed() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let seed = match std::env::var("HOGSHEAD_SEED") {
        Ok(text) => text.parse().expect("HOGSHEAD_SEED is a number"),
        Err(_) => now.as_nanos() as u64,
    };
    println!("HOGSHEAD_SEED={seed}");
    seed
}
