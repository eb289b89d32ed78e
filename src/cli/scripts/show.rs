//! A process as people see it, of a host or of a file.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write as _};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use hogshead::script::machine::Machine;
use hogshead::script::machine::codes::Codes;
use hogshead::script::process::{self, Shown};
use hogshead::script::state::ProcFile;
use hogshead::script::{LogLine, ProcessInfo};
use serde_json::json;

use super::super::Context;
use super::super::arguments::shown;
use super::super::failure::Failure;
use super::super::limits::PROC_FILE_BYTES;
use super::super::output::{bytes as readable, lines, printable};
use super::place::Place;

/// Shows a process of the host, or of a file.
pub async fn show(context: &Context, what: &str, brief: bool) -> Result<(), Failure> {
    let file = Path::new(what);
    if what.ends_with(".proc") || file.is_file() {
        return offline(context, file, brief);
    }
    let place = Place::find(context, what).await?;
    one(context, &place, brief).await
}

/// Shows a process of the host.
pub async fn one(context: &Context, place: &Place, brief: bool) -> Result<(), Failure> {
    let info: ProcessInfo = place.control("info", ()).await?;
    let view: Shown = place.control("show", ()).await?;
    context.output.show(&json!({"process": info, "shows": view}), || {
        let mut text = lines(&[
            ("process", &format!("{} at state {}", info.id, info.number)),
            ("name", &info.name),
            ("status", &format!("{} since {}", info.status, shown(info.since.0))),
            ("code", &view.code),
            (
                "state",
                &format!(
                    "{}, code {}, {} states for undo {}",
                    readable(info.state_bytes),
                    readable(info.code_bytes),
                    info.undo,
                    readable(info.undo_bytes)
                ),
            ),
        ]);
        describe(&mut text, &view, brief);
        text
    })
}

fn offline(context: &Context, path: &Path, brief: bool) -> Result<(), Failure> {
    let (file, machine, codes) = verified(path, &read(path)?)?;
    let names: BTreeMap<u32, String> =
        file.labels.iter().map(|(port, label)| (port.0, label.clone())).collect();
    let list: Vec<_> = machine.codes.iter().filter_map(|hash| codes.get(*hash)).collect();
    let view = process::show(&list, &machine, &names);
    let head = json!({"id": file.id, "number": file.number, "shows": view});
    context.output.show(&head, || {
        let mut text = lines(&[
            ("process", &format!("{} at state {}", file.id, file.number)),
            ("code", &view.code),
            ("state", &readable(file.state.len() as u64)),
        ]);
        describe(&mut text, &view, brief);
        text
    })
}

/// Where it stands, what it knows, what it waits for and holds; its source with marks.
fn describe(text: &mut String, view: &Shown, brief: bool) {
    for place in &view.places {
        let how = if place.waits { "waits" } else { "stands" };
        let label = place.label.as_ref().map(|label| format!(" ({label})")).unwrap_or_default();
        let function = if place.function.is_empty() { "the module" } else { &place.function };
        let _ = writeln!(
            text,
            "\n{} {how} in line {}{label}: {}",
            printable(function),
            place.line,
            printable(&place.text)
        );
        for variable in &place.variables {
            let _ = writeln!(text, "  {} = {}", variable.name, printable(&variable.value));
        }
    }
    text.push_str("\nwaits for\n");
    for asked in &view.asked {
        let method = asked.method.as_ref().map(|it| format!(".{it}")).unwrap_or_default();
        let until = asked.deadline_ms.map(|at| format!(", until {}", shown(at)));
        let note = asked.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
        let _ = writeln!(
            text,
            "  {}{}({}){}, since {}{}",
            printable(&asked.whom),
            printable(&method),
            printable(&asked.arguments),
            printable(&note),
            shown(asked.since_ms),
            until.unwrap_or_default()
        );
    }
    text.push_str("holds\n");
    for held in &view.holds {
        let name = held.name.clone().unwrap_or_else(|| format!("reference {}", held.port));
        let _ = writeln!(text, "  {}", printable(&name));
    }
    if let Some(outcome) = &view.outcome {
        let _ = writeln!(text, "came to {}", printable(outcome));
    }
    if !brief {
        source(text, view);
    }
}

fn source(text: &mut String, view: &Shown) {
    text.push('\n');
    for (number, line) in (1_u32..).zip(view.source.lines()) {
        let here = view.places.iter().any(|place| place.line == number && place.code == view.name);
        let mark = if here { '>' } else { ' ' };
        let _ = writeln!(text, "{mark} {number:>4}  {}", printable(line));
    }
}

/// Writes a process into a new file, and holds it up here, so that it does not go on twice. The file
/// is made first: a process that cannot be written down is not held up.
pub async fn export(
    context: &Context,
    place: &Place,
    at: Option<u64>,
    file: Option<PathBuf>,
) -> Result<(), Failure> {
    let info: ProcessInfo = place.control("info", ()).await?;
    let file = file.unwrap_or_else(|| format!("{}.proc", place.id()).into());
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file);
    let made = made.map_err(|error| Failure::file("make", &file, &error))?;
    let exported = match hold_and_write(place, &info, at, (&file, made)).await {
        Ok(exported) => exported,
        Err(failure) => {
            let _ = fs::remove_file(&file);
            return Err(failure);
        }
    };
    let document = json!({
        "id": place.id(),
        "file": file,
        "bytes": exported.len(),
        "left": {"undo": info.undo, "queued": info.queued},
    });
    context.output.show(&document, || {
        let left = match info.undo {
            0 => "its capabilities and its log".to_owned(),
            1 => "its capabilities, its log and the state kept for undo".to_owned(),
            states => format!("its capabilities, its log and the {states} states kept for undo"),
        };
        let here = match info.status.is_over() {
            true => "It is over.",
            false => "It is held up here: `script resume` goes on here, `script import` elsewhere.",
        };
        let size = readable(exported.len() as u64);
        format!("{}: {size}, without {left}. {here}\n", file.display())
    })
}

/// Holds a process up, unless it is over, and writes it into its file.
async fn hold_and_write(
    place: &Place,
    info: &ProcessInfo,
    at: Option<u64>,
    (path, mut file): (&Path, File),
) -> Result<Bytes, Failure> {
    if !info.status.is_over() {
        place.control::<()>("pause", (at,)).await?;
    }
    let exported: Bytes = place.control("export", ()).await?;
    let written = file.write_all(&exported).and_then(|()| file.sync_all());
    written.map_err(|error| {
        let failure = Failure::file("write a process to", path, &error);
        match info.status.is_over() {
            true => failure,
            false => failure.context("it is held up, and `script resume` lets it go on"),
        }
    })?;
    Ok(exported)
}

/// Prints a log, all of its pages.
pub async fn logs(context: &Context, place: &Place, from: Option<u64>) -> Result<(), Failure> {
    let mut from = from;
    let mut all: Vec<(u64, LogLine)> = Vec::new();
    loop {
        let page: Vec<(u64, LogLine)> = place.control("logs", (from,)).await?;
        let Some((last, _)) = page.last() else { break };
        from = Some(last + 1);
        all.extend(page);
    }
    let line = |(number, line): &(u64, LogLine)| {
        format!("{number:>5}  {}  {}\n", shown(line.at.0), printable(&line.text))
    };
    context.output.show(&json!({"log": all}), || all.iter().map(line).collect())
}

/// The bytes of a file of a process, if it is sound.
pub fn sound(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = read(path)?;
    verified(path, &bytes)?;
    Ok(bytes)
}

fn verified(path: &Path, bytes: &[u8]) -> Result<(ProcFile, Machine, Codes), Failure> {
    let file = ProcFile::decode(bytes).map_err(|error| {
        let wrong = format!("{} is no file of a process: {error}", path.display());
        Failure::usage(wrong, "`hogshead script export` writes them")
    })?;
    let (machine, codes) = file.verify().map_err(|error| {
        let wrong = format!("{} is not sound: {error}", path.display());
        Failure::usage(wrong, "export it again")
    })?;
    Ok((file, machine, codes))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let opened = File::open(path);
    let read = opened.and_then(|file| file.take(PROC_FILE_BYTES).read_to_end(&mut bytes));
    read.map_err(|error| Failure::file("read a process from", path, &error))?;
    Ok(bytes)
}
