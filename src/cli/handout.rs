//! Where a sturdyref goes: standard output, a new file, somebody's camera.

use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use hogshead::SturdyRef;
use rustix::fs::{FileType, Mode};
use serde_json::{Value as Json, json};
use zeroize::Zeroizing;

use super::arguments::HandOut;
use super::failure::{Exit, Failure};
use super::output::{Output, write_out_all};
use super::qr;

/// The place that a sturdyref will be written to: never a terminal's text, and never a file that
/// others may read. It is opened before the sturdyref is made: one that cannot be kept is not made.
pub struct Handout {
    place: Place,
    /// Whether it is drawn on standard output.
    drawn: bool,
    output: Output,
}

enum Place {
    Output,
    File(PathBuf, File),
}

impl Handout {
    /// Opens the place that was asked for.
    pub fn open(asked: HandOut, output: Output) -> Result<Self, Failure> {
        if asked.qr && output.is_json() {
            let wrong = "--qr draws for a camera, and --json prints for programs";
            return Err(Failure::usage(wrong, "leave one of them out"));
        }
        let place = match asked.out {
            None => {
                protect_output(asked.qr)?;
                Place::Output
            }
            Some(path) => {
                let mut options = OpenOptions::new();
                let made = options.write(true).create_new(true).mode(0o600).open(&path);
                Place::File(path.clone(), made.map_err(|e| Failure::file("make", &path, &e))?)
            }
        };
        Ok(Self { place, drawn: asked.qr, output })
    }

    /// Writes the sturdyref; `document` is what `--json` says of it. What cannot be written whole
    /// is not left behind.
    pub fn write(self, sturdyref: &SturdyRef, document: Json) -> Result<(), Failure> {
        let text = sturdyref.expose_text();
        let drawing = match self.drawn.then(|| qr::draw(&text, columns())).transpose() {
            Ok(drawing) => Zeroizing::new(drawing.unwrap_or_default()),
            Err(failure) => {
                self.abandon();
                return Err(failure);
            }
        };
        let with = |name: &str, value: &str| {
            let mut document = document.clone();
            document[name] = json!(value);
            document
        };
        let written = match self.place {
            Place::Output if self.drawn => return write_whole(&drawing),
            Place::Output if self.output.is_json() => {
                let line = Zeroizing::new(format!("{}\n", with("sturdyref", &text)));
                return write_whole(&line);
            }
            Place::Output => return write_whole(&Zeroizing::new(format!("{}\n", *text))),
            Place::File(path, file) => write_file(path, file, &text)?,
        };
        let name = written.display().to_string();
        self.output.show(&with("file", &name), || format!("wrote {name}\n{}", *drawing))
    }

    /// Removes the file that was made for nothing.
    pub fn abandon(self) {
        if let Place::File(path, _) = self.place {
            let _ = std::fs::remove_file(path);
        }
    }
}

fn write_whole(text: &str) -> Result<(), Failure> {
    write_out_all(text).map_err(|error| Failure::stream("write to standard output", &error))
}

fn write_file(path: PathBuf, mut file: File, text: &str) -> Result<PathBuf, Failure> {
    let line = Zeroizing::new(format!("{text}\n"));
    match file.write_all(line.as_bytes()).and_then(|()| file.sync_all()) {
        Ok(()) => Ok(path),
        Err(error) => {
            let failure = Failure::file("write", &path, &error);
            let _ = std::fs::remove_file(path);
            Err(failure)
        }
    }
}

/// The width of standard output, if it is a terminal.
fn columns() -> Option<u16> {
    let output = io::stdout();
    let size = output.is_terminal().then(|| rustix::termios::tcgetwinsize(&output));
    // A terminal that says nothing of its width gets the colours, and is taken to be wide enough.
    size.map(|size| size.ok().map(|size| size.ws_col).filter(|width| *width > 0))
        .map(|width| width.unwrap_or(u16::MAX))
}

/// Refuses a terminal as standard output, and takes a file's readers away: a shell opens what
/// comes after `>` with the mode of ordinary files. A drawing is for a terminal: whoever asks for
/// one wants it looked at.
fn protect_output(drawn: bool) -> Result<(), Failure> {
    let output = io::stdout();
    if output.is_terminal() && !drawn {
        let remedy = "write it to a file with `> FILE` or --out FILE, pipe it to its reader, or \
                      show it to a camera with --qr";
        let wrong = "a terminal would show the sturdyref and keep it in its scrollback";
        return Err(Failure::usage(wrong, remedy));
    }
    let Ok(stat) = rustix::fs::fstat(&output) else { return Ok(()) };
    if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
        return Ok(());
    }
    rustix::fs::fchmod(&output, Mode::RUSR | Mode::WUSR).map_err(|error| {
        let failure = Failure::file("set mode 0600 on", Path::new("the file"), &error.into());
        Failure::new(Exit::Machine, failure.wrong(), "write to a file of your own with --out FILE")
    })
}
