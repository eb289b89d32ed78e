//! How many instructions the hot ways take: the same on a busy machine, and nearly so on another.
//!
//! Each is counted by callgrind in a process of its own, once with so many of them and once with
//! twice as many: the difference is what they take without the start of the process.

use std::process::Command;

use bytes::Bytes;
use hogshead_captp::{Dialect, Operation};

use super::{Plan, near, one_thread, syrup};
use crate::measure::{Spread, opaque};
use crate::report::{Line, Section, Unit};
use crate::stage::{Pair, Threads, ephemeral, listening};

/// What is counted: its name for `--count`, what it is, and how often it is done.
const COUNTED: &[(&str, &str, u64)] = &[
    ("near", "near call at the first touch", 256 * 64),
    ("ask", "ask across two vats of an ephemeral host, and the continuation", 256),
    ("remote", "remote call over a plain session, both sides", 256),
    ("remote-durable", "remote call over a durable session, both sides", 256),
    ("encode", "Syrup: encode a typical delivery", 8_192),
    ("decode", "Syrup: decode it", 8_192),
];

/// Counts.
pub fn instructions(_: &Plan) -> Section {
    let mut section = Section::new("instructions", "Instructions");
    for (kind, what, times) in COUNTED {
        let counted = count(kind, *times).and_then(|once| Ok((once, count(kind, times * 2)?)));
        match counted {
            Ok((once, twice)) => {
                let each = twice.saturating_sub(once) as f64 / *times as f64;
                section.line(Line::new(*what, Spread::exact(each), Unit::Count));
            }
            Err(why) => {
                section.note(format!("Missing: {what}: {why}."));
            }
        }
    }
    section.note(
        "Instructions of user space each, by callgrind. `-- instructions --out docs/performance.md` counts again: what \
         becomes worse is seen in the difference, on any machine. Random addresses and times make some tenths of a \
         percent.",
    );
    section
}

fn count(kind: &str, times: u64) -> Result<u64, String> {
    let own = std::env::current_exe().map_err(|e| e.to_string())?;
    let said = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(own)
        .args(["--count", kind, &times.to_string()])
        .output()
        .map_err(|error| format!("valgrind cannot be started ({error})"))?;
    let text = String::from_utf8_lossy(&said.stderr);
    let line = text.lines().find_map(|line| line.split_once("Collected :"));
    let number = line.and_then(|(_, number)| number.trim().parse().ok());
    number.filter(|_| said.status.success()).ok_or_else(|| format!("valgrind failed: {text}"))
}

/// What `--count KIND TIMES` does.
pub fn run(kind: &str, times: u64) -> Option<()> {
    match kind {
        "near" => near::touch(times / near::MEMBERS),
        "ask" => one_thread().block_on(async {
            let pair = Pair::near_by(ephemeral(1, Threads::None, |b| b).await).await;
            pair.call(1, times, false).await;
            pair.end().await;
        }),
        "remote" => remote(times, true),
        "remote-durable" => remote(times, false),
        "encode" => {
            let delivery = syrup::delivery();
            let mut buffer = Vec::with_capacity(512);
            for _ in 0..times {
                buffer.clear();
                opaque(&delivery).encode_to(Dialect::default(), &mut buffer);
                opaque(&buffer);
            }
        }
        "decode" => {
            let encoded: Bytes = syrup::delivery().encode(Dialect::default());
            for _ in 0..times {
                drop(opaque(Operation::decode(opaque(&encoded))));
            }
        }
        _ => return None,
    }
    Some(())
}

fn remote(times: u64, plain: bool) {
    one_thread().block_on(async {
        let change = |builder| {
            let builder = listening(builder);
            if plain { builder.plain_sessions() } else { builder }
        };
        let hers = ephemeral(1, Threads::None, change).await;
        let his = ephemeral(2, Threads::None, change).await;
        let pair = Pair::apart(hers, his).await;
        pair.call(1, times, false).await;
        pair.end().await;
    });
}
