//! Runs every program below a folder and compares with what Node printed.
//!
//! ```text
//! node objects/script/tests/node/record.mjs --into OUT DIR
//! cargo run -p hogshead-script --example compare -- DIR OUT
//! ```
//!
//! Without OUT, what was recorded beside each program is compared with. Fails if one differs.

#[path = "../tests/support/mod.rs"]
mod support;

use std::{env, fs, path::PathBuf, process::ExitCode};

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let (folder, out) = match arguments.as_slice() {
        [folder] => (folder, folder),
        [folder, out] => (folder, out),
        _ => {
            eprintln!("compare: which folders? compare DIR [OUT]");
            return ExitCode::from(2);
        }
    };
    let programs = support::programs(folder);
    let mut different = Vec::new();
    for path in &programs {
        let inner = path.strip_prefix(folder).unwrap_or(path);
        let recorded = out.join(inner).with_extension("out");
        let found = fs::read_to_string(path)
            .map_err(|error| error.to_string())
            .and_then(|text| support::run(&text))
            .and_then(|lines| {
                let node = fs::read_to_string(&recorded)
                    .map_err(|error| format!("{}: {error}", recorded.display()))?;
                support::difference(&lines, &node).map_or(Ok(()), Err)
            });
        if let Err(why) = found {
            different.push(format!("{}: {why}", inner.display()));
        }
    }
    println!("compare: {} programs, {} differ", programs.len(), different.len());
    for line in &different {
        println!("  {line}");
    }
    if different.is_empty() && !programs.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
