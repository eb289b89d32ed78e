//! How fast does the store commit, beside a plain append and fdatasync of the same bytes?
//!
//! `cargo run --release -p hogshead-store --example journal_rate [FOLDER]`. Each line is measured
//! in turns with its plain counterpart, so that both meet the same disk.

use std::error::Error;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use hogshead_store::{Batch, Engine, Keep, Options};

/// Rows of a batch, and bytes of each: about what a turn changes.
const ROWS: u64 = 5;
const VALUE_BYTES: usize = 200;
/// Bytes of such a batch in the journal: its record's header, its own, and five rows.
const RECORD_BYTES: usize = 40 + 9 + 5 * (7 + 12 + VALUE_BYTES);
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let base = std::env::args().nth(1).map_or_else(std::env::temp_dir, PathBuf::from);
    let base = base.join(format!("journal-rate-{}", std::process::id()));
    std::fs::create_dir_all(&base)?;
    println!("{ROWS} rows of {VALUE_BYTES} bytes a commit, median of {ROUNDS} rounds");
    for engine in [Engine::Sled, Engine::Redb] {
        for (commits, together) in [(1000, 1), (6400, 64), (51200, 1024)] {
            let mut store = Vec::new();
            let mut plain = Vec::new();
            for round in 0..ROUNDS {
                let dir = base.join(format!("{engine}-{together}-{round}"));
                plain.push(append(&base.join("plain"), commits, together)?);
                store.push(commit(&dir, engine, commits, together)?);
            }
            let (store, plain) = (median(store), median(plain));
            println!(
                "{engine}, {together:4} a sync: {:7.0} commits/s, plain {:7.0}/s, ratio {:.2}",
                commits as f64 / store.as_secs_f64(),
                commits as f64 / plain.as_secs_f64(),
                plain.as_secs_f64() / store.as_secs_f64(),
            );
        }
    }
    std::fs::remove_dir_all(&base)?;
    Ok(())
}

fn commit(
    dir: &Path,
    engine: Engine,
    commits: u64,
    together: u64,
) -> Result<Duration, Box<dyn Error>> {
    let keep = Keep::create(dir, Options { engine, ..Options::default() })?;
    let begin = Instant::now();
    let mut random = 1_u64;
    for n in 1..=commits {
        let mut batch = Batch::new();
        for _ in 0..ROWS {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let key = (random >> 33) % 100_000;
            batch.put(format!("{key:012}"), vec![random as u8; VALUE_BYTES]);
        }
        let number = keep.commit(batch)?;
        if n % together == 0 {
            keep.wait_durable(number)?;
        }
    }
    let took = begin.elapsed();
    keep.close()?;
    Ok(took)
}

fn append(path: &Path, commits: u64, together: u64) -> Result<Duration, Box<dyn Error>> {
    let file = File::create(path)?;
    let group = vec![7; RECORD_BYTES * together as usize];
    let begin = Instant::now();
    for n in 0..commits / together {
        file.write_all_at(&group, n * group.len() as u64)?;
        file.sync_data()?;
    }
    Ok(begin.elapsed())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
