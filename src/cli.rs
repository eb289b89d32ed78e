//! The command line: reads what is asked, runs it, and ends with one line and an exit code.
//!
//! ```text
//!   words ──arguments──▶ Command ──┬─▶ start     a Host in this process
//!                                  ├─▶ demo      child processes of this binary
//!                                  ├─▶ store     files, while no host runs
//!                                  └─▶ the rest ──owner──▶ Admin of the running host
//! ```

mod accept;
mod arguments;
mod clock;
mod demo;
mod failure;
mod forward;
mod grants;
mod handout;
mod help;
mod json;
mod limits;
mod names;
mod objects;
mod output;
mod owner;
mod qr;
mod reference;
mod repl;
mod replay;
mod scripts;
mod sessions;
mod start;
mod store;
mod vats;
mod waiting;

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command, Common, Store};
use failure::{Exit, Failure};
use output::{Output, write_err, write_out};
use owner::Owner;

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let json = words.iter().any(|word| word == "--json");
    report_panics_in_one_line();
    // Whatever this process makes is the owner's alone from its first byte on; sled makes its
    // files with the process's mask.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.is_told() {
                Output::new(json).complain(&failure);
            }
            failure.exit().into()
        }
    }
}

fn run(words: &[OsString]) -> Result<(), Failure> {
    refuse_sturdyrefs(words)?;
    let arguments = match Arguments::try_parse_from(words) {
        Ok(arguments) => arguments,
        Err(error) => return explain(words, &error),
    };
    let context = Context::new(arguments.common)?;
    match arguments.command {
        Command::Completions { shell } => completions(shell),
        Command::Store(Store::Check) => store::check(&context),
        Command::Store(Store::Rebuild(asked)) => store::rebuild(&context, asked),
        Command::Store(Store::Replay(asked)) => replay::replay(&context, asked),
        Command::Store(Store::Restore(asked)) => store::restore(&context, asked),
        Command::Demo(demo) => block_on(demo::run(&context, demo)),
        Command::Start(start) => block_on(start::run(&context, *start)),
        command => block_on(ask(&context, command)),
    }
}

/// The commands that ask the running host.
async fn ask(context: &Context, command: Command) -> Result<(), Failure> {
    match command {
        Command::Vat(vat) => vats::run(context, vat).await,
        Command::Spawn(spawn) => objects::spawn(context, spawn).await,
        Command::Call(call) => objects::call(context, call).await,
        Command::Grant(grant) => grants::grant(context, *grant).await,
        Command::Grants(asked) => grants::grants(context, asked).await,
        Command::Invite(invite) => grants::invite(context, *invite).await,
        Command::Redeem(redeem) => accept::redeem(context, redeem).await,
        Command::Accept(accept) => accept::accept(context, accept).await,
        Command::Revoke(revoke) => grants::revoke(context, revoke).await,
        Command::Name(name) => names::run(context, name).await,
        Command::Forward(forward) => forward::run(context, forward).await,
        Command::Session(session) => sessions::run(context, session).await,
        Command::Parked(parked) => vats::parked(context, parked).await,
        Command::Clock(clock) => clock::run(context, clock).await,
        Command::Script(script) => scripts::run(context, script).await,
        Command::Repl(repl) => repl::run(context, repl).await,
        Command::Key => vats::key(context).await,
        Command::Store(Store::Snapshot { folder }) => {
            ensure_folder(&folder)?;
            store::snapshot(context, &folder).await
        }
        Command::Store(_) | Command::Demo(_) | Command::Start(_) | Command::Completions { .. } => {
            unreachable!("run without a host")
        }
    }
}

/// Refuses what is there and is no folder: the host would say so less well.
fn ensure_folder(path: &Path) -> Result<(), Failure> {
    match path.metadata() {
        Ok(there) if !there.is_dir() => {
            let wrong = format!("cannot write a snapshot to {}: it is no folder", path.display());
            Err(Failure::new(Exit::Machine, wrong, "choose another path"))
        }
        _ => Ok(()),
    }
}

/// What every command knows.
#[derive(Clone, Debug)]
struct Context {
    data: PathBuf,
    output: Output,
    timeout: Duration,
}

impl Context {
    fn new(common: Common) -> Result<Self, Failure> {
        let timeout = Duration::from_secs(common.timeout);
        let data = match common.data {
            Some(data) => data,
            None => default_data()?,
        };
        Ok(Self { data, output: Output::new(common.json), timeout })
    }

    /// Connects to the running host.
    async fn owner(&self) -> Result<Owner, Failure> {
        Owner::connect(&self.data, self.timeout).await
    }
}

/// The data folder if `--data` is absent. A variable that is set but empty counts as unset.
fn default_data() -> Result<PathBuf, Failure> {
    let variable = |name| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    variable("HOGSHEAD_DATA")
        .or_else(|| {
            let shared = variable("XDG_DATA_HOME").filter(|path| path.is_absolute());
            shared.map(|path| path.join("hogshead"))
        })
        .or_else(|| variable("HOME").map(|home| home.join(".local/share/hogshead")))
        .ok_or_else(|| {
            let remedy = "give it with --data DIR or HOGSHEAD_DATA";
            Failure::usage("no data folder: HOME is not set", remedy)
        })
}

/// A sturdyref among the arguments is already in the shell's history and in `ps`; refusing it,
/// without repeating it, teaches the safe way.
fn refuse_sturdyrefs(words: &[OsString]) -> Result<(), Failure> {
    let is_sturdyref = |word: &OsStr| {
        let text = word.to_string_lossy().to_ascii_lowercase();
        text.split("ocapn://").skip(1).any(|rest| rest.contains("/s/"))
    };
    if words.iter().skip(1).any(|word| is_sturdyref(word)) {
        return Err(Failure::usage(
            "a sturdyref is on the command line, where the shell's history and `ps` show it",
            "put it into a file and give the file's name, or `-` and write it to standard input",
        ));
    }
    Ok(())
}

/// Prints help that was asked for; makes any other answer of the parser one line.
fn explain(words: &[OsString], error: &clap::Error) -> Result<(), Failure> {
    use clap::error::ErrorKind;

    let text = error.render().to_string();
    let help = format!("see `{} --help`", command_of(words));
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => return write_out(&text),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let help = format!("{help}, or try `hogshead demo`");
            return Err(Failure::usage("this needs to be told what to do", help));
        }
        _ => {}
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let lines = lines.take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For "));
    let (tips, wrong): (Vec<_>, Vec<_>) = lines.partition(|line| line.starts_with("tip: "));
    let wrong = wrong.join(" ");
    let tips: Vec<_> = tips.iter().map(|tip| tip.trim_start_matches("tip: ")).collect();
    let remedy = match tips.is_empty() {
        true => help,
        false => format!("{}; {help}", tips.join("; ")),
    };
    Err(Failure::usage(wrong.trim_start_matches("error: "), remedy))
}

/// The command that the words name, as far as they do: whose help to read.
fn command_of(words: &[OsString]) -> String {
    let mut command = Arguments::command();
    let mut path = command.get_name().to_owned();
    for word in words.iter().skip(1) {
        let Some(next) = word.to_str().and_then(|word| command.find_subcommand(word)) else {
            continue;
        };
        path = format!("{path} {}", next.get_name());
        command = next.clone();
    }
    path
}

fn completions(shell: clap_complete::Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "hogshead", &mut script);
    write_out(&String::from_utf8_lossy(&script))
}

fn block_on<T>(future: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| {
        let remedy = "raise the limits of threads and open files";
        Failure::new(Exit::Machine, format!("cannot start: {error}"), remedy)
    })?;
    let result = runtime.block_on(future);
    // A read of standard input may still block a thread; the process does not wait for it.
    runtime.shutdown_background();
    result
}

/// A panic is a mistake of this program; its user still gets one line and no backtrace.
fn report_panics_in_one_line() {
    std::panic::set_hook(Box::new(|panic| {
        let what = panic_message(panic);
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let wrong = format!("internal error: {what} ({place})");
        let failure = Failure::new(Exit::Bug, wrong, "please report it");
        write_err(&format!("hogshead: {failure}"));
    }));
}

/// What a panic said.
fn panic_message<'a>(panic: &'a std::panic::PanicHookInfo<'_>) -> &'a str {
    let payload = panic.payload();
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split_whitespace().map(OsString::from).collect()
    }

    #[test]
    fn a_sturdyref_among_the_arguments_is_refused_and_not_repeated() {
        for line in [
            "hogshead call ocapn://abc.hog/s/SECRET increment 1",
            "hogshead call visits set {\"$sturdyref\":\"OCAPN://abc.hog/s/SECRET\"}",
            "hogshead accept visits ocapn://abc.hog/s/SECRET?quic=1",
        ] {
            let failure = refuse_sturdyrefs(&words(line)).expect_err(line);
            assert_eq!(failure.exit(), Exit::Usage);
            assert!(!failure.to_string().contains("SECRET"));
        }
        refuse_sturdyrefs(&words("hogshead call greeter greet \"ocapn://\"")).expect("a text");
    }

    #[test]
    fn what_the_parser_refuses_is_one_line_that_names_the_help() {
        for (line, part) in [
            ("hogshead vat new", "required arguments were not provided: <NAME>"),
            ("hogshead vat new a b", "unexpected argument 'b'"),
            ("hogshead vat", "told what to do; see `hogshead vat --help`"),
            ("hogshead --dat x key", "--data"),
            ("hogshead start --engine none", "sled, redb"),
            ("hogshead parked drop a b", "invalid value 'b'"),
            ("hogshead", "told what to do; see `hogshead --help`"),
            ("hogshead fly", "unrecognized subcommand 'fly'"),
        ] {
            let words = words(line);
            let error = Arguments::try_parse_from(&words).expect_err(line);
            let failure = explain(&words, &error).expect_err(line).to_string();
            assert!(failure.contains(part), "{line}: {failure}");
            assert!(failure.contains(" --help`") && !failure.contains('\n'), "{failure}");
        }
    }
}
