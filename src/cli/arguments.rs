//! The command line: what can be asked, and the help that says so.

mod clock;
mod grants;
mod number;
mod scripts;
mod session;
mod ways;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

pub use self::clock::{Clock, Time, When, shown};
pub use self::grants::{Accept, Grant, Grants, HandOut, Invite, Narrowing, Redeem, Revoke, Tend};
use self::number::{ANY, whole};
pub use self::scripts::{Allowed, Importing, OneProcess, Repl, Running, Script};
pub use self::session::Session;
use self::ways::host_and_port;
pub use self::ways::{Framing, TestingPeer, Ways};
use super::help;

/// Objects that keep: hosts of vats that sleep, survive crashes, and call each other by reference.
#[derive(Parser, Debug)]
#[command(name = "hogshead", version, max_term_width = 100, after_help = help::ROOT)]
#[command(arg_required_else_help = true)]
pub struct Arguments {
    /// What holds for every command.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Args, Debug)]
pub struct Common {
    /// The host's data folder [default: $HOGSHEAD_DATA, else $XDG_DATA_HOME/hogshead, else
    /// ~/.local/share/hogshead]
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    #[arg(help_heading = "Common options")]
    pub data: Option<PathBuf>,
    /// Prints one JSON document a line, errors included
    #[arg(long, global = true, help_heading = "Common options")]
    pub json: bool,
    /// How long to wait for an answer of the host
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 30)]
    #[arg(value_parser = whole::<u64>(1..=86_400))]
    #[arg(help_heading = "Common options", hide_short_help = true)]
    pub timeout: u64,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Tells the whole story in a few seconds: two hosts, a share, a crash, a revocation
    #[command(after_help = help::DEMO)]
    Demo(Demo),
    /// Runs a host in the foreground
    #[command(after_help = help::START)]
    Start(Box<Start>),
    /// Makes, lists and tends vats
    #[command(subcommand, after_help = help::VAT)]
    Vat(Vat),
    /// Makes an object in a vat
    #[command(after_help = help::SPAWN)]
    Spawn(Spawn),
    /// Calls a method of an object and prints the answer
    #[command(after_help = help::CALL)]
    Call(Call),
    /// Writes down a reference for somebody else, narrowed as is wanted
    #[command(visible_alias = "share", after_help = help::GRANT)]
    Grant(Box<Grant>),
    /// Shows who holds what from whom, how often it was used, and what was refused
    #[command(after_help = help::GRANTS, args_conflicts_with_subcommands = true)]
    Grants(Grants),
    /// Writes down an invitation: a sturdyref that whoever redeems it first may use, and nobody else
    #[command(after_help = help::INVITE)]
    Invite(Box<Invite>),
    /// Redeems an invitation and keeps what it becomes under a name
    #[command(after_help = help::REDEEM)]
    Redeem(Redeem),
    /// Reads a sturdyref from standard input and keeps it under a name
    #[command(after_help = help::ACCEPT)]
    Accept(Accept),
    /// Takes back what was granted of an object
    #[command(after_help = help::REVOKE)]
    Revoke(Revoke),
    /// Lists, gives and forgets names in the owner's directory and those it leads to
    #[command(subcommand, after_help = help::NAME)]
    Name(Name),
    /// Keeps where vats are that are hosted elsewhere, and sends on whoever asks for them here
    #[command(subcommand, after_help = help::FORWARD)]
    Forward(Forward),
    /// Shows who holds and waits for what over which session, and ends what should not go on
    #[command(subcommand, after_help = help::SESSION)]
    Session(Session),
    /// Shows deliveries that cannot run, and lets them run again or gives them up
    #[command(subcommand, after_help = help::PARKED)]
    Parked(Parked),
    /// Checks and runs scripts; shows, holds up, takes back and revises their processes
    #[command(subcommand, after_help = help::SCRIPT)]
    Script(Script),
    /// Runs lines of the scripts' language against a vat's capabilities
    #[command(after_help = help::REPL)]
    Repl(Repl),
    /// Shows the host's clock; sets a virtual one, accepts a jump of the system's, cancels timers
    #[command(subcommand, after_help = help::CLOCK)]
    Clock(Clock),
    /// Shows the host's key, addresses and newest commit
    #[command(after_help = help::KEY)]
    Key,
    /// Takes snapshots of the store; checks and rebuilds it while no host runs on it
    #[command(subcommand, after_help = help::STORE)]
    Store(Store),
    /// Prints a completion script for a shell
    #[command(after_help = help::COMPLETIONS)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// `demo`.
#[derive(Args, Debug)]
pub struct Demo {
    /// Waits until standard input closes, then removes this folder of a demo that has ended.
    #[arg(long, hide = true, value_name = "DIR")]
    pub sweep: Option<PathBuf>,
}

/// `start`.
#[derive(Args, Debug)]
pub struct Start {
    /// Where to listen for other hosts (UDP); port 0 takes a free one [default: where the host on
    /// this folder listened last; a free port of 127.0.0.1 for a new one]
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// An address to write into sturdyrefs, such as the one that a router forwards; may be given
    /// several times [default: the address listened on]
    #[arg(long, value_name = "HOST:PORT", value_parser = host_and_port)]
    pub advertise: Vec<String>,
    /// The engine of the checkpoint; chosen when the folder is made, and kept [default: sled]
    #[arg(long, value_enum)]
    pub engine: Option<Engine>,
    /// Keeps everything in memory: faster, and with the host all is gone. The folder must hold no
    /// store; sessions with other hosts end with their connections
    #[arg(long, conflicts_with_all = ["engine", "key_file", "journal"])]
    pub ephemeral: bool,
    /// The file with the keys that seal secrets; keep it on another disk than the data
    /// [default: key in the data folder]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub key_file: Option<PathBuf>,
    /// Seconds without a message after which a vat's objects leave memory [default: 60]
    #[arg(long, value_name = "SECONDS")]
    #[arg(value_parser = whole::<u64>(1..=31_536_000))]
    pub idle: Option<u64>,
    /// Seconds without a frame after which a session with another host is ended [default: 900]
    #[arg(long, value_name = "SECONDS", value_parser = whole::<u64>(1..=u64::MAX))]
    pub session_idle: Option<u64>,
    /// Days that a hosting certificate lasts; it is renewed with a third of that left
    /// [default: 30]
    #[arg(long, value_name = "DAYS", value_parser = whole::<u32>(1..=3650))]
    pub certificate_days: Option<u32>,
    /// Megabytes that all vats' objects together may take in memory [default: 256]
    #[arg(long, value_name = "MB", value_parser = whole::<u64>(1..=1 << 20))]
    pub memory: Option<u64>,
    /// Megabytes of journal that stay once a snapshot and the checkpoint hold them, or `all`;
    /// without a snapshot all of it stays [default: 1024]
    #[arg(long, value_name = "MB|all")]
    pub journal: Option<Journal>,
    /// Goes by a clock that stands still until `hogshead clock` sets it, for tests and rehearsals
    /// [default: the system's clock; of a virtual one, the time it is now, or where it stood last]
    #[arg(long, value_name = "TIME", num_args = 0..=1, value_parser = clock::time)]
    pub virtual_clock: Option<Option<Time>>,
    /// What to log to standard error, such as `debug` or `hogshead=trace`
    /// [default: $HOGSHEAD_LOG, else warn]
    #[arg(long, value_name = "FILTER")]
    pub log: Option<String>,
    /// Stops when standard input closes, for programs that run a host as their child
    #[arg(long)]
    pub stop_with_stdin: bool,
    /// Further ways. They come last because their heading holds for what follows.
    #[command(flatten)]
    pub ways: Ways,
}

/// How much of the journal stays.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Journal {
    /// All of it, for history.
    All,
    /// The newest part.
    Megabytes(u64),
}

impl std::str::FromStr for Journal {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse() {
            Ok(megabytes) if megabytes <= 1 << 30 => Ok(Self::Megabytes(megabytes)),
            _ if text == "all" => Ok(Self::All),
            _ => Err("give a number of megabytes up to 1073741824, or `all`".to_owned()),
        }
    }
}

/// The engines of the checkpoint.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Engine {
    /// sled 0.34
    Sled,
    /// redb 4
    Redb,
}

impl Engine {
    /// The engine, as the store knows it.
    pub fn of_store(self) -> hogshead_store::Engine {
        match self {
            Self::Sled => hogshead_store::Engine::Sled,
            Self::Redb => hogshead_store::Engine::Redb,
        }
    }
}

/// `vat`.
#[derive(Subcommand, Debug)]
pub enum Vat {
    /// Makes a vat
    New {
        /// The owner's name for it
        name: String,
    },
    /// Lists the vats
    Ls,
    /// Shows what a vat holds, what it waits for, and what was shared of it
    Show {
        /// The vat
        name: String,
    },
    /// Prints where a vat says that it is: its location record, which is no secret
    Location {
        /// The vat
        name: String,
    },
    /// Drops a vat's objects from memory; the next message brings them back
    Evict {
        /// The vat
        name: String,
    },
    /// Lets a vat take no more turns; what arrives is kept
    Pause {
        /// The vat
        name: String,
    },
    /// Lets a paused vat go on
    Resume {
        /// The vat
        name: String,
    },
    /// Shows what a vat uses and what it may use, and changes that
    Quota(Quota),
    /// Runs a vat's collector, which frees cycles that nobody holds
    Collect {
        /// The vat
        name: String,
    },
    /// Removes a vat with everything in it, for good
    Rm {
        /// The vat
        name: String,
    },
}

/// `vat quota`.
#[derive(Args, Debug)]
pub struct Quota {
    /// The vat
    pub name: String,
    /// Bytes of the records that it may keep
    #[arg(long, value_name = "N")]
    #[arg(value_parser = whole::<u64>(ANY))]
    pub bytes: Option<u64>,
    /// Records that it may keep
    #[arg(long, value_name = "N")]
    #[arg(value_parser = whole::<u64>(ANY))]
    pub records: Option<u64>,
    /// Deliveries that may wait to run, whatever they wait for
    #[arg(long, value_name = "N")]
    #[arg(value_parser = whole::<u64>(ANY))]
    pub deliveries: Option<u64>,
    /// Timers that may wait
    #[arg(long, value_name = "N")]
    #[arg(value_parser = whole::<u64>(ANY))]
    pub timers: Option<u64>,
}

/// `spawn`.
#[derive(Args, Debug)]
pub struct Spawn {
    /// The vat
    pub vat: String,
    /// The kind of object; `counter` is short for `hogshead/counter`
    #[arg(value_name = "TYPE")]
    pub kind: String,
    /// What it begins with
    #[arg(value_name = "JSON")]
    pub init: Option<String>,
    /// The name to keep it under [default: the kind and a number, such as counter-1]
    #[arg(long, value_name = "N")]
    pub name: Option<String>,
}

/// `call`.
#[derive(Args, Debug)]
pub struct Call {
    /// A name, a file with a sturdyref, or `-` for a sturdyref on standard input
    #[arg(value_name = "REF")]
    pub target: String,
    /// The method
    pub method: String,
    /// The arguments
    #[arg(value_name = "JSON", allow_negative_numbers = true)]
    pub arguments: Vec<String>,
    /// Keeps the answer, which must be a reference, under this name
    #[arg(long, value_name = "N")]
    pub name: Option<String>,
}

/// `name`.
#[derive(Subcommand, Debug)]
pub enum Name {
    /// Lists the names
    Ls {
        /// Those of the directory that this path leads to [default: the owner's own]
        path: Option<String>,
    },
    /// Gives a name to what a REF leads to
    Set {
        /// The name, or a path through directories that ends with it
        #[arg(value_name = "PATH")]
        name: String,
        /// A name, a file with a sturdyref, or `-` for a sturdyref on standard input
        #[arg(value_name = "REF")]
        target: String,
        /// Takes the name from what has it
        #[arg(long)]
        replace: bool,
    },
    /// Forgets a name; an object that nobody else holds goes with it
    Rm {
        /// The name, or a path through directories that ends with it
        #[arg(value_name = "PATH")]
        name: String,
    },
}

/// `forward`.
#[derive(Subcommand, Debug)]
pub enum Forward {
    /// Keeps a location record: whoever asks this host for that vat is sent on
    Add {
        /// What `hogshead vat location` prints on the vat's host
        record: String,
    },
    /// Lists the forwarding records
    Ls,
    /// Forgets the forwarding record of a vat
    Rm {
        /// The vat's key
        vat: String,
    },
}

/// `parked`.
#[derive(Subcommand, Debug)]
pub enum Parked {
    /// Lists parked deliveries with their causes
    Ls {
        /// The vat [default: all vats]
        vat: Option<String>,
    },
    /// Lets a parked delivery run again
    Retry {
        /// The vat
        vat: String,
        /// The delivery's number
        #[arg(value_parser = whole::<u64>(ANY))]
        delivery: u64,
    },
    /// Gives a parked delivery up: whoever waits for its answer gets an error
    Drop {
        /// The vat
        vat: String,
        /// The delivery's number
        #[arg(value_parser = whole::<u64>(ANY))]
        delivery: u64,
    },
}

/// `store`.
#[derive(Subcommand, Debug)]
pub enum Store {
    /// Writes a verified snapshot of a running host's store into a folder
    Snapshot {
        /// The folder, made if need be
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
    /// Reads every record and every batch of a store that no host runs on
    Check,
    /// Makes the checkpoint anew from the journal, or from a snapshot and the journal
    Rebuild(Rebuilding),
    /// Runs every turn of the journal again and compares every record
    Replay(Replaying),
    /// Puts the store back to a snapshot, or makes one of it, and says so to peers and grants
    Restore(Restoring),
}

/// `store restore`.
#[derive(Args, Debug)]
pub struct Restoring {
    /// The snapshot, or a folder whose newest snapshot it is
    #[arg(value_name = "SNAPSHOT", value_hint = ValueHint::AnyPath)]
    pub from: PathBuf,
    /// The file with the keys that seal the snapshot's secrets [default: key in the data folder]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub key_file: Option<PathBuf>,
    /// Makes the checkpoint in this engine [default: that of the store that is there, else sled]
    #[arg(long, value_enum)]
    pub engine: Option<Engine>,
}

/// `store replay`.
#[derive(Args, Debug)]
pub struct Replaying {
    /// Only this vat; may be given several times [default: every vat]
    #[arg(long, value_name = "NAME")]
    pub vat: Vec<String>,
    /// Begins with the newest snapshot in a folder [default: the journal's beginning]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub from: Option<PathBuf>,
    /// On so many threads; the result is the same for any number [default: one for each core]
    #[arg(long, value_name = "N", value_parser = whole::<u16>(1..=256))]
    pub threads: Option<u16>,
    /// The file with the keys that seal secrets [default: key in the data folder]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub key_file: Option<PathBuf>,
}

/// `store rebuild`.
#[derive(Args, Debug)]
pub struct Rebuilding {
    /// Begins with the newest snapshot in a folder [default: the journal alone]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub from: Option<PathBuf>,
    /// Begins with the checkpoint as it is, when it is the journal that is damaged
    #[arg(long, conflicts_with = "from")]
    pub from_checkpoint: bool,
    /// Makes the checkpoint in another engine
    #[arg(long, value_enum)]
    pub engine: Option<Engine>,
    /// Gives up commits that cannot be read; without it the command says which, and does nothing.
    /// With the journal alone it is refused while the checkpoint holds more
    #[arg(long)]
    pub accept_loss: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_has_an_example_in_its_help() {
        for command in Arguments::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("Examples:\n  hogshead "), "{}", command.get_name());
        }
    }
}
