//! Scripts in files: compiled here, before a host is asked.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use hogshead::script::code::{Code, CodeHash};
use hogshead::script::error::Diagnostic;
use hogshead::script::front::{self, Options};
use hogshead::script::limits::SOURCE_BYTES_MAX;
use serde_json::json;

use super::super::failure::Failure;
use super::super::output::Output;

/// A script and what it imports, compiled.
pub struct Sources {
    name: String,
    file: PathBuf,
    has_main: bool,
    main: Vec<u8>,
    imports: Vec<Vec<u8>>,
}

impl Sources {
    /// Compiles a file, and those that it imports from.
    pub fn compile(file: &Path, with: &[PathBuf]) -> Result<Self, Failure> {
        let mut imports = Vec::with_capacity(with.len());
        for file in with {
            imports.push(one(file)?.1.encode());
        }
        let (name, code) = one(file)?;
        let (main, has_main) = (code.encode(), code.has_main());
        Ok(Self { name, file: file.to_owned(), has_main, main, imports })
    }

    /// Refuses a script that has nothing to be run by.
    pub fn ensure_main(&self) -> Result<(), Failure> {
        match self.has_main {
            true => Ok(()),
            false => {
                let wrong = format!("{} exports no function `main`", self.file.display());
                Err(Failure::usage(wrong, "write `export const main = async (…) => …`"))
            }
        }
    }

    /// The name of the file without its ending.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The encoding of the code.
    pub fn main(&self) -> Vec<u8> {
        self.main.clone()
    }

    /// The encodings of the codes that it may import, in the order in which they were given.
    pub fn imports(&self) -> impl Iterator<Item = Vec<u8>> {
        self.imports.iter().cloned()
    }
}

/// Checks files, and prints the hash of each one's code.
pub fn check(out: Output, files: &[PathBuf], with: &[PathBuf]) -> Result<(), Failure> {
    let mut hashes = Vec::new();
    for file in with.iter().chain(files) {
        let encoded = one(file)?.1.encode();
        hashes.push((file.display().to_string(), CodeHash::of(&encoded), encoded.len()));
    }
    let documents: Vec<_> = hashes
        .iter()
        .map(|(file, hash, len)| json!({"file": file, "hash": hash.to_string(), "bytes": len}))
        .collect();
    out.show(&json!({"scripts": documents}), || {
        let line = |(file, hash, _): &(String, CodeHash, usize)| format!("blake3:{hash}  {file}\n");
        hashes.iter().map(line).collect()
    })
}

/// One file: its name without the ending, and its code.
fn one(file: &Path) -> Result<(String, Code), Failure> {
    let source = read(file)?;
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let name = stem.unwrap_or_default();
    let options = Options { name: name.clone(), ..Options::default() };
    let code = front::compile(&source, &options).map_err(|wrong| rejected(file, &wrong))?;
    Ok((name, code))
}

fn read(file: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let opened = File::open(file);
    let limit = SOURCE_BYTES_MAX as u64 + 1;
    let read = opened.and_then(|file| file.take(limit).read_to_string(&mut text));
    read.map_err(|error| Failure::file("read a script from", file, &error))?;
    Ok(text)
}

/// Every place where a file is not in the language.
fn rejected(file: &Path, wrong: &[Diagnostic]) -> Failure {
    let lines = wrong.iter().map(|one| format!("{}:{one}", file.display()));
    let remedy = "the language is described in docs/scripts.md";
    Failure::usage(lines.collect::<Vec<_>>().join("\n"), remedy)
}
