//! What can be said about scripts: `script …` and `repl`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::number::{ANY, whole};

/// `script`.
#[derive(Subcommand, Debug)]
pub enum Script {
    /// Checks scripts without running them, and prints the hash of each one's code
    Check {
        /// The files
        #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
        /// A script that these import; may be given several times
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        with: Vec<PathBuf>,
    },
    /// Starts a script in a vat and waits for what its `main` gives
    Run(Running),
    /// Lists processes and what each waits for
    Ps {
        /// Only those of this vat; may be given several times [default: every vat]
        #[arg(long, value_name = "VAT")]
        vat: Vec<String>,
    },
    /// Shows a process: its source with the lines where it stands, variables, what it waits for,
    /// what it holds; of a file also without a host
    Show {
        /// The beginning of a process's id, or a file that `script export` wrote
        #[arg(value_name = "PROC|FILE.proc")]
        what: String,
        /// Leaves the source out
        #[arg(long)]
        brief: bool,
    },
    /// Holds a process up: what arrives waits
    Pause(OneProcess),
    /// Lets a process go on: after a pause, or when it is out of fuel or room
    Resume {
        /// Which
        #[command(flatten)]
        process: OneProcess,
        /// Instructions for each event from now on
        #[arg(long, value_name = "N")]
        #[arg(value_parser = whole::<u64>(ANY))]
        fuel: Option<u64>,
        /// Kilobytes of its heap from now on
        #[arg(long, value_name = "KB")]
        #[arg(value_parser = whole::<u64>(ANY))]
        heap: Option<u64>,
    },
    /// Runs one line of a process that is held up
    Step(OneProcess),
    /// Ends a process: every call that waits is thrown an error, so that `finally` runs
    Cancel {
        /// Which
        #[command(flatten)]
        process: OneProcess,
        /// What the error says [default: its owner ended it]
        #[arg(long, value_name = "TEXT")]
        why: Option<String>,
    },
    /// Copies a process, with an id of its own
    Fork(OneProcess),
    /// Goes back by some awaits; what was said to others since then stays said
    Undo {
        /// Which
        #[command(flatten)]
        process: OneProcess,
        /// By how many
        #[arg(default_value_t = 1, value_parser = whole::<u64>(1..=u64::MAX))]
        awaits: u64,
    },
    /// Has a process go on with another code, if every place where it stands fits
    Revise {
        /// Which
        #[command(flatten)]
        process: OneProcess,
        /// The new source
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Writes a process into a new file, without its capabilities, log and states for undo, and holds
    /// it up here
    Export {
        /// Which
        #[command(flatten)]
        process: OneProcess,
        /// The file, which must not be there yet [default: the id and .proc]
        #[arg(value_name = "FILE.proc", value_hint = ValueHint::FilePath)]
        file: Option<PathBuf>,
    },
    /// Makes a process of a file
    Import(Importing),
    /// Prints the log of a process
    Logs {
        /// Which
        #[command(flatten)]
        process: OneProcess,
        /// From this line on
        #[arg(long, value_name = "N")]
        #[arg(value_parser = whole::<u64>(ANY))]
        from: Option<u64>,
    },
    /// Forgets a process that is over
    Rm {
        /// Which
        #[command(flatten)]
        process: OneProcess,
        /// Also one that is not over
        #[arg(long)]
        force: bool,
    },
}

/// Which process.
#[derive(Args, Debug)]
pub struct OneProcess {
    /// The beginning of its id
    #[arg(value_name = "PROC")]
    pub process: String,
    /// Only if this is its state, as `script show` numbered it
    #[arg(long, value_name = "N")]
    #[arg(value_parser = whole::<u64>(ANY))]
    pub at: Option<u64>,
}

/// `script run`.
#[derive(Args, Debug)]
pub struct Running {
    /// The script
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Arguments of `main` after the capabilities
    #[arg(value_name = "JSON", allow_negative_numbers = true)]
    pub arguments: Vec<String>,
    /// The vat [default: the only one]
    #[arg(long, value_name = "VAT")]
    pub vat: Option<String>,
    /// A capability of the first argument of `main`; may be given several times
    #[arg(long, value_name = "NAME=REF", value_parser = named)]
    pub grant: Vec<(String, String)>,
    /// A script that this one imports; may be given several times
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub with: Vec<PathBuf>,
    /// A name for people [default: the file's]
    #[arg(long, value_name = "N")]
    pub name: Option<String>,
    /// Prints the id and does not wait
    #[arg(long)]
    pub detach: bool,
    /// What it may use
    #[command(flatten)]
    pub allowance: Allowed,
}

/// What a process may use.
#[derive(Args, Debug, Clone, Copy)]
pub struct Allowed {
    /// Instructions for each event; beyond that it is suspended [default: 10000000]
    #[arg(long, value_name = "N", value_parser = whole::<u64>(1_000..=u64::MAX))]
    pub fuel: Option<u64>,
    /// Kilobytes of its heap [default: 1024]
    #[arg(long, value_name = "KB", value_parser = whole::<u64>(16..=3_072))]
    pub heap: Option<u64>,
    /// States kept to go back to [default: 4]
    #[arg(long, value_name = "N", value_parser = whole::<u32>(0..=64))]
    pub undo: Option<u32>,
}

/// `script import`.
#[derive(Args, Debug)]
pub struct Importing {
    /// The file
    #[arg(value_name = "FILE.proc", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// The vat [default: the only one]
    #[arg(long, value_name = "VAT")]
    pub vat: Option<String>,
    /// A capability that it held under this name; what is not given is broken
    #[arg(long, value_name = "NAME=REF", value_parser = named)]
    pub grant: Vec<(String, String)>,
}

/// `repl`.
#[derive(Args, Debug)]
pub struct Repl {
    /// The vat
    pub vat: String,
}

fn named(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, reference)) if !name.is_empty() && !reference.is_empty() => {
            Ok((name.to_owned(), reference.to_owned()))
        }
        _ => Err("write it as in clock=clock-1: a name, `=`, and a REF".to_owned()),
    }
}
