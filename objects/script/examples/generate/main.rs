//! Makes programs of the language at random, to be run here and in Node.
//!
//! ```text
//! cargo run -p hogshead-script --example generate -- --into DIR [--count 300] [--seed 1]
//! ```
//!
//! Program number n of seed s is made from s and n alone, so one that shows a difference can be made
//! again by itself: `--seed s --only n`. Printed: the seed, how many programs the front end accepts
//! (each must be: what it refuses is named), and in how many of them each feature occurs.

mod expression;
mod grammar;
mod jobs;
mod rng;
mod statement;

use std::{collections::BTreeMap, env, fs, path::PathBuf, process::ExitCode};

use grammar::Program;

struct Options {
    into: PathBuf,
    count: u64,
    seed: u64,
    only: Option<u64>,
}

fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(why) => {
            eprintln!("generate: {why}; usage: --into DIR [--count N] [--seed N] [--only N]");
            return ExitCode::from(2);
        }
    };
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("generate: {why}");
            ExitCode::FAILURE
        }
    }
}

fn options() -> Result<Options, String> {
    let mut options = Options { into: PathBuf::new(), count: 300, seed: 1, only: None };
    let mut arguments = env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("{name} {value}: no number"));
        match name.as_str() {
            "--into" => options.into = PathBuf::from(&value),
            "--count" => options.count = number()?,
            "--seed" => options.seed = number()?,
            "--only" => options.only = Some(number()?),
            _ => return Err(format!("there is no option {name}")),
        }
    }
    if options.into.as_os_str().is_empty() {
        return Err("--into names no folder".to_owned());
    }
    Ok(options)
}

#[expect(clippy::disallowed_methods, reason = "a command writes files; the crate does not")]
fn run(options: &Options) -> Result<(), String> {
    let seed = options.seed;
    fs::create_dir_all(&options.into).map_err(|error| error.to_string())?;
    let numbers = match options.only {
        Some(only) => only..only + 1,
        None => 0..options.count,
    };
    let count = numbers.end - numbers.start;
    let mut features: BTreeMap<&'static str, u64> = BTreeMap::new();
    let mut refused = Vec::new();
    for number in numbers {
        let Program { text, features: found } = grammar::program(seed, number);
        let diagnostics = hogshead_script::front::check(&text);
        if let Some(why) = diagnostics.first() {
            refused.push(format!("{number}: {why}"));
        }
        for feature in found {
            *features.entry(feature).or_default() += 1;
        }
        let path = options.into.join(format!("{seed}-{number:04}.js"));
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    println!("generate: {count} programs of seed {seed} in {}", options.into.display());
    let accepted = count - refused.len() as u64;
    println!("generate: {accepted} of {count} accepted by the front end");
    for (feature, programs) in &features {
        println!("  {programs:>5}  {feature}");
    }
    let missing: Vec<_> = grammar::FEATURES.iter().filter(|f| !features.contains_key(*f)).collect();
    if !missing.is_empty() {
        println!("generate: in no program: {missing:?}");
    }
    if refused.is_empty() {
        return Ok(());
    }
    Err(format!("{} programs were refused:\n{}", refused.len(), refused.join("\n")))
}
