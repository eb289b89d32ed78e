//! Looks for byte strings in every file of a folder.

use std::io;
use std::path::{Path, PathBuf};

/// What is looked for, and its name.
#[derive(Clone, Debug)]
pub struct Needle {
    /// What to call it.
    pub name: String,
    /// The bytes, two at the least.
    pub bytes: Vec<u8>,
}

/// Finds any of many needles in one pass.
pub struct Scanner {
    /// Needles by their first two bytes.
    starts: Vec<Vec<Needle>>,
}

impl Scanner {
    /// A scanner for these needles.
    pub fn new(needles: impl IntoIterator<Item = Needle>) -> Self {
        let mut starts = vec![Vec::new(); 1 << 16];
        for needle in needles {
            assert!(needle.bytes.len() >= 2, "{} is too short to be found", needle.name);
            starts[start(&needle.bytes)].push(needle);
        }
        Self { starts }
    }

    /// The names of the needles that are in `hay`, in order, each once.
    pub fn scan(&self, hay: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        for at in 0..hay.len().saturating_sub(1) {
            for needle in &self.starts[start(&hay[at..])] {
                if hay[at..].starts_with(&needle.bytes) {
                    found.push(needle.name.clone());
                }
            }
        }
        found.sort();
        found.dedup();
        found
    }
}

fn start(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 8 | usize::from(bytes[1])
}

/// Every file and folder below `folder`, itself included; folders without bytes.
pub fn files(folder: &Path) -> io::Result<Vec<(PathBuf, Option<Vec<u8>>)>> {
    let mut all = vec![(folder.to_owned(), None)];
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            all.extend(files(&entry.path())?);
        } else {
            // A socket has no bytes of its own.
            let plain = entry.file_type()?.is_file();
            let bytes = if plain { std::fs::read(entry.path())? } else { Vec::new() };
            all.push((entry.path(), Some(bytes)));
        }
    }
    Ok(all)
}
