//! How a command ends when it does not end well: one line, and an exit code that scripts can trust.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use hogshead::{Class, Error};
use hogshead_store::limits::RESERVE_BYTES;
use serde_json::json;

use super::output::{bytes, printable};

/// Why a command did not do what it was asked.
///
/// It prints as one line: what is wrong, and what to do about it.
#[derive(Clone, Debug)]
pub struct Failure {
    exit: Exit,
    class: Cow<'static, str>,
    wrong: String,
    remedy: String,
    /// Whether nothing is wrong but the time that it takes.
    late: bool,
    /// Whether it has been said, so that the exit code alone is left.
    told: bool,
}

/// The exit codes, documented in `hogshead --help`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// The host or the object answered with an error.
    Refused = 1,
    /// The command line or its JSON is wrong.
    Usage = 2,
    /// No host answers on the data folder.
    Unreachable = 3,
    /// The store is damaged.
    Damaged = 4,
    /// A file, folder or stream of this machine cannot be used.
    Machine = 5,
    /// It may have happened or not.
    Unknown = 6,
    /// The answer must come from a peer that is away.
    Away = 7,
    /// A mistake of this program.
    Bug = 70,
}

impl Failure {
    /// A failure of any kind: `wrong` says what, `remedy` what to do (both without a full stop).
    pub fn new(exit: Exit, wrong: impl Into<String>, remedy: impl Into<String>) -> Self {
        let class = match exit {
            Exit::Refused => "refused",
            Exit::Usage => "usage",
            Exit::Unreachable => "unreachable",
            Exit::Damaged => "damaged",
            Exit::Machine => "machine",
            Exit::Unknown => "outcome-unknown",
            Exit::Away => "away",
            Exit::Bug => "bug",
        };
        let (wrong, remedy) = (without_number(&wrong.into()), remedy.into());
        Self { exit, class: class.into(), wrong, remedy, late: false, told: false }
    }

    /// The command line is wrong.
    pub fn usage(wrong: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::new(Exit::Usage, wrong, remedy)
    }

    /// No host answers.
    pub fn unreachable(wrong: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::new(Exit::Unreachable, wrong, remedy)
    }

    /// A file or folder cannot be used; `doing` says what was tried, such as `read`.
    pub fn file(doing: &str, path: &Path, error: &io::Error) -> Self {
        let remedy = match error.kind() {
            io::ErrorKind::NotFound => "check the path",
            io::ErrorKind::PermissionDenied => "check its owner and mode, or run as its owner",
            io::ErrorKind::AlreadyExists => "choose another path, or remove what is there",
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room on the disk",
            _ => "check the path and the disk",
        };
        let wrong = format!("cannot {doing} {}: {}", path.display(), reason(error));
        Self::new(Exit::Machine, wrong, remedy)
    }

    /// Standard input or output cannot be used.
    pub fn stream(doing: &str, error: &io::Error) -> Self {
        let remedy = match error.kind() {
            io::ErrorKind::BrokenPipe => "keep the reader open until the command has ended",
            _ => "check where it is redirected to",
        };
        Self::new(Exit::Machine, format!("cannot {doing}: {}", reason(error)), remedy)
    }

    /// The answer did not come in time.
    pub fn timeout(seconds: u64) -> Self {
        let failure = Self::new(
            Exit::Unknown,
            format!("no answer within {seconds} s; it may have happened or may happen yet"),
            "look before you repeat it, or wait longer with --timeout SECONDS",
        );
        Self { late: true, ..failure }
    }

    /// The answer did not come in time, and the disk that the host keeps its store on is full.
    pub fn full_disk(seconds: u64, free_bytes: u64) -> Self {
        let (free, reserve) = (bytes(free_bytes), bytes(RESERVE_BYTES));
        let failure = Self::new(
            Exit::Unknown,
            format!(
                "no answer within {seconds} s, for the host's disk is full: {free} are free, and it \
                 writes nothing below {reserve}"
            ),
            "make room, and the host goes on by itself; what was asked may happen then",
        );
        Self { late: true, ..failure }
    }

    /// Whether an answer has not come in time.
    pub fn is_late(&self) -> bool {
        self.late
    }

    /// The answer has not come since a peer is away; `sent` if the message was handed over.
    pub fn away(self, who: &str, sent: bool) -> Self {
        let remedy = match sent {
            true => {
                "the message is kept, and its answer is dropped; look before you repeat it, or \
                 wait longer with --timeout SECONDS"
            }
            false => "nothing was sent; try again when it is back, or wait with --timeout SECONDS",
        };
        Self::new(Exit::Away, format!("waited in vain for {who}"), remedy)
    }

    /// What the call of an object, or of the admin object, broke with.
    pub fn from_answer(error: &Error) -> Self {
        let class = error.class();
        let exit = match class {
            Class::OutcomeUnknown => Exit::Unknown,
            _ => Exit::Refused,
        };
        let wrong = without_number(&error.to_string());
        let remedy = remedy_for(class).to_owned();
        Self { exit, class: class.as_str().into(), wrong, remedy, late: false, told: false }
    }

    /// What was named is not there.
    pub fn not_found(wrong: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::from_answer(&Error::new(Class::NotFound, wrong.into())).remedy(remedy)
    }

    /// Whether the answer was an error of this class.
    pub fn is_class(&self, class: Class) -> bool {
        self.class == class.as_str()
    }

    /// Says something before what is wrong, such as which of several steps it was.
    pub fn context(mut self, before: impl fmt::Display) -> Self {
        self.wrong = format!("{before}: {}", self.wrong);
        self
    }

    /// Replaces the remedy by one that knows more.
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = remedy.into();
        self
    }

    /// Says that it has been said: the process ends with its exit code and no further line.
    pub fn told(self) -> Self {
        Self { told: true, ..self }
    }

    /// Whether it has been said.
    pub fn is_told(&self) -> bool {
        self.told
    }

    /// The class in words, as `--json` prints it.
    pub fn class(&self) -> &str {
        &self.class
    }

    /// What is wrong, without the remedy.
    pub fn wrong(&self) -> &str {
        &self.wrong
    }

    /// How the process ends.
    pub fn exit(&self) -> Exit {
        self.exit
    }

    /// The lines for people, where what is wrong may have several places.
    pub fn to_lines(&self) -> Vec<String> {
        let mut lines: Vec<_> = self.wrong.lines().map(printable).collect();
        if let (Some(last), false) = (lines.last_mut(), self.remedy.is_empty()) {
            *last += &format!("; {}", printable(&self.remedy));
        }
        lines
    }

    /// The line for a program to read, as written by `--json`.
    pub fn to_json(&self) -> serde_json::Value {
        json!({"error": {
            "class": self.class,
            "message": self.wrong,
            "remedy": self.remedy,
            "exit": self.exit as u8,
        }})
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&printable(&self.wrong))?;
        if !self.remedy.is_empty() {
            write!(f, "; {}", printable(&self.remedy))?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// An operating system's error without its number.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::AlreadyExists => "it is there already".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "a part of the path is not a folder".to_owned(),
        io::ErrorKind::BrokenPipe => "its reader has gone".to_owned(),
        io::ErrorKind::InvalidData => "it is not text in UTF-8".to_owned(),
        _ => {
            let text = without_number(&error.to_string());
            text.to_lowercase()
        }
    }
}

/// A text without the numbers of the operating system's errors, which tell nobody anything.
fn without_number(text: &str) -> String {
    let mut parts = text.split(" (os error ");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once(')').map_or("", |(_, rest)| rest));
    }
    plain
}

fn remedy_for(class: Class) -> &'static str {
    match class {
        Class::Refused => "the object has its own rules",
        Class::Denied => "ask whoever shared it for a facet that grants this",
        Class::Revoked => "ask whoever shared it for a new one",
        Class::NotFound => "see `hogshead name ls` and `hogshead vat ls`",
        Class::BadCall => "check the method and its arguments",
        Class::Failed => "nothing was changed; the log of the object's host says more",
        Class::Limit => "ask for less at a time",
        Class::Busy => "try again later",
        Class::Severed => "see that the other host runs and can be reached, and try again",
        Class::OutcomeUnknown => "look before you repeat it",
        Class::Parked => "see `hogshead parked ls`, then retry or drop it",
        Class::Stopped => "see `hogshead vat ls`, and `hogshead vat resume` if it is paused",
        Class::Remote => "the other side says no more",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_one_line_whatever_a_peer_put_into_it() {
        let error = Error::refused("no\n\nbacktrace:\u{1b}[31m");
        let line = Failure::from_answer(&error).to_string();
        assert!(!line.contains('\n') && !line.contains('\u{1b}'), "{line}");
        assert!(line.starts_with("refused: no"), "{line}");
    }

    #[test]
    fn a_missing_file_says_so_without_an_errno() {
        let error = io::Error::from_raw_os_error(2);
        let line = Failure::file("read", Path::new("a/b"), &error).to_string();
        assert_eq!(line, "cannot read a/b: it does not exist; check the path");
    }

    #[test]
    fn a_full_disk_is_named_with_what_is_free_and_what_is_needed() {
        let failure = Failure::full_disk(30, 4096);
        let line = failure.to_string();
        assert!(line.contains("4.0 kB are free") && line.contains("67.1 MB"), "{line}");
        assert!(failure.is_late() && line.contains("make room"), "{line}");
    }
}
