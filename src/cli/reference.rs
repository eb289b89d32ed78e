//! A REF on the command line: a name, a file or standard input, but never a sturdyref itself.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use hogshead::SturdyRef;
use hogshead::{Class, Value};
use zeroize::Zeroizing;

use super::failure::Failure;
use super::limits::STURDYREF_BYTES;
use super::owner::Owner;

/// Where a reference is to be found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reference {
    /// A name in the owner's directory, or a path of names through directories; or else a file.
    Name(String),
    /// A file with a sturdyref.
    File(PathBuf),
    /// A sturdyref on standard input.
    Input,
}

impl Reference {
    /// Reads a REF.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        match text {
            "" => Err(Failure::usage("a REF is empty", "give a name, a file or `-`")),
            "-" => Ok(Self::Input),
            _ if is_file(text) => Ok(Self::File(text.into())),
            _ => Ok(Self::Name(text.to_owned())),
        }
    }

    /// What it leads to, fetched by the running host.
    pub async fn resolve(&self, owner: &Owner) -> Result<Value, Failure> {
        match self.find(owner).await? {
            Value::SturdyRef(sturdyref) => owner.enliven(*sturdyref).await,
            found => Ok(found),
        }
    }

    /// What a name leads to, or the very sturdyref that was written down.
    pub async fn find(&self, owner: &Owner) -> Result<Value, Failure> {
        let sturdyref = match self {
            Self::Name(name) => match owner.lookup(name).await {
                Err(failure) if missing(&failure) || is_path_of_file(name) => {
                    named_file(name, failure)?
                }
                found => return found,
            },
            Self::File(path) => read_file(path)?,
            Self::Input => read_input()?,
        };
        Ok(Value::SturdyRef(Box::new(sturdyref)))
    }
}

/// Whether a text can only be a file: it says from where, as no path of names does.
fn is_file(text: &str) -> bool {
    ["/", "./", "../", "~/"].iter().any(|start| text.starts_with(start))
}

/// Whether a path that leads nowhere through directories leads to a file.
fn is_path_of_file(name: &str) -> bool {
    name.contains('/') && Path::new(name).is_file()
}

/// Reads the one sturdyref on standard input.
pub fn read_input() -> Result<SturdyRef, Failure> {
    let text = read(io::stdin().lock())
        .map_err(|error| Failure::stream("read a sturdyref from standard input", &error))?;
    parse(&text, "standard input")
}

fn read_file(path: &Path) -> Result<SturdyRef, Failure> {
    let text = File::open(path)
        .and_then(read)
        .map_err(|error| Failure::file("read a sturdyref from", path, &error))?;
    parse(&text, &path.display().to_string())
}

/// Reads one byte more than a sturdyref may have, so that a longer text is noticed.
fn read(from: impl Read) -> io::Result<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::with_capacity(STURDYREF_BYTES + 1));
    from.take(STURDYREF_BYTES as u64 + 1).read_to_string(&mut text)?;
    Ok(text)
}

/// `place` is named in errors; the text never is, since a part of it may be the secret.
fn parse(text: &str, place: &str) -> Result<SturdyRef, Failure> {
    let wrong = |why: &str| {
        let remedy = "it is one line, ocapn://…/s/…, as `hogshead grant` writes it";
        Failure::usage(format!("{place} holds no sturdyref: {why}"), remedy)
    };
    if text.len() > STURDYREF_BYTES {
        return Err(wrong(&format!("it is longer than {STURDYREF_BYTES} bytes")));
    }
    match text.trim() {
        "" => Err(wrong("it is empty")),
        line => SturdyRef::from_str(line).map_err(|error| wrong(&error.to_string())),
    }
}

/// Also said of a name whose sturdyref leads nowhere any more.
fn missing(failure: &Failure) -> bool {
    failure.class() == Class::NotFound.as_str()
}

/// What the directory does not know may be a file of the current folder.
fn named_file(name: &str, unknown: Failure) -> Result<SturdyRef, Failure> {
    match read_file(Path::new(name)) {
        Err(_) if !Path::new(name).is_file() => {
            let remedy = match unknown.wrong().contains("no name ") {
                true => "nor is there a file of that name here",
                false => "ask whoever shared it for a new one",
            };
            Err(unknown.remedy(remedy))
        }
        read => read,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ref_is_told_apart_by_its_text_alone() {
        let parse = |text| Reference::parse(text).expect("a REF");
        assert_eq!(parse("visits"), Reference::Name("visits".into()));
        assert_eq!(parse("visits.ref"), Reference::Name("visits.ref".into()));
        assert_eq!(parse("friends/bob"), Reference::Name("friends/bob".into()));
        for file in ["./visits", "../visits", "/tmp/visits", "~/visits"] {
            assert_eq!(parse(file), Reference::File(file.into()));
        }
        assert_eq!(parse("-"), Reference::Input);
        assert!(Reference::parse("").is_err());
    }

    #[test]
    fn a_text_that_is_no_sturdyref_is_never_repeated() {
        for text in ["", " \n", "ocapn://secret-but-wrong", &"x".repeat(STURDYREF_BYTES + 1)] {
            let line = parse(text, "standard input").expect_err("not one").to_string();
            assert!(!line.contains("secret-but-wrong"), "{line}");
            assert!(line.starts_with("standard input holds no sturdyref"), "{line}");
        }
    }
}
