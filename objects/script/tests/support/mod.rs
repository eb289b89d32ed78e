//! Runs a program as `tests/node/harness.mjs` does in Node: the same lines come out.

#![allow(dead_code, reason = "each of the tests and commands that include this uses a part of it")]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use hogshead_objects::Value;
use hogshead_script::{
    builtin::prelude,
    code::Verified,
    front::{self, Options},
    machine::{
        Machine,
        codes::Codes,
        event::{Datum, Effect, Event},
        step::{Budget, Status, step},
    },
    state,
};

/// More than any program of the corpus needs; an endless one ends with this many instructions.
pub const BUDGET: Budget =
    Budget { fuel: 200_000_000, heap_bytes: 256 << 20, now_ms: 0, stop_after_line: false };

/// Lines of the log that the machine writes and Node does not.
const OWN: &str = "unhandled rejection: ";

/// Programs (`.js`) below a folder, in order.
pub fn programs(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(programs(&path));
        } else if path.extension().is_some_and(|end| end == "js") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The prelude, compiled once.
pub fn codes() -> Codes {
    static PRELUDE: OnceLock<Codes> = OnceLock::new();
    PRELUDE
        .get_or_init(|| {
            let options = Options { name: "prelude".to_owned(), prelude: true };
            let code = front::compile(prelude::SOURCE, &options).expect("the prelude compiles");
            Codes::new(Verified::new(code).expect("the prelude verifies"))
        })
        .clone()
}

/// A program before its start: its codes, its process, its arguments. Or why it is refused.
pub fn loaded(text: &str) -> Result<(Codes, Machine, Vec<Datum>), String> {
    let options = Options { name: "program".to_owned(), prelude: false };
    let code = front::compile(text, &options).map_err(|diagnostics| {
        diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    })?;
    let mut codes = codes();
    let verified = Verified::new(code).map_err(|error| format!("does not verify: {error}"))?;
    let main = codes.insert(verified);
    let machine = Machine::new(&codes, main).map_err(|error| error.to_string())?;
    Ok((codes, machine, arguments(text)))
}

/// What a program prints, and what comes of it.
pub fn run(text: &str) -> Result<Vec<String>, String> {
    let (codes, machine, arguments) = loaded(text)?;
    let (_, effects, status) = step(&codes, machine, Event::Start(arguments), &BUDGET)
        .map_err(|error| error.to_string())?;
    let mut lines = Vec::new();
    log(&effects, &mut lines);
    lines.extend(last_line(text, &status));
    Ok(lines)
}

/// What a program prints and comes to, and the bytes of its last state.
pub struct Trace {
    /// What it printed, in order.
    pub lines: Vec<String>,
    /// Where it is at the end.
    pub status: Status,
    /// Its last state.
    pub state: Vec<u8>,
    /// How many times it was stopped.
    pub stops: usize,
}

/// A program's trace without a stop.
pub fn straight(text: &str) -> Result<Trace, String> {
    let (codes, machine, arguments) = loaded(text)?;
    let (machine, effects, status) = step(&codes, machine, Event::Start(arguments), &BUDGET)
        .map_err(|error| error.to_string())?;
    let mut lines = Vec::new();
    log(&effects, &mut lines);
    Ok(Trace { lines, status, state: state::dump(&machine), stops: 0 })
}

/// A program's trace if it is stopped at each of the first `lines_max` lines of its source that it
/// reaches, and then whenever a slice of fuel is used up; at each stop its state is written, and it
/// goes on as what is loaded from these bytes.
pub fn reloaded(text: &str, lines_max: usize) -> Result<Trace, String> {
    let (codes, mut machine, arguments) = loaded(text)?;
    let mut event = Event::Start(arguments);
    let mut lines = Vec::new();
    for stops in 0.. {
        let mut budget = BUDGET;
        if stops < lines_max {
            budget.stop_after_line = true;
        } else {
            // A built-in function that needs more than a slice gets there, as slices grow.
            budget.fuel = 500 << (stops - lines_max).min(16);
        }
        let (next, effects, status) =
            step(&codes, machine, event, &budget).map_err(|error| error.to_string())?;
        log(&effects, &mut lines);
        let state = state::dump(&next);
        machine = state::load(&state, &codes).map_err(|why| format!("stop {stops}: {why}"))?;
        if state::dump(&machine) != state {
            return Err(format!("stop {stops}: what is loaded is written otherwise"));
        }
        if !matches!(status, Status::Suspended(_)) {
            return Ok(Trace { lines, status, state, stops });
        }
        event = Event::Resume;
    }
    Err("it never ends".to_owned())
}

/// Whether a program that is stopped, written and loaded prints the same, comes to the same and ends
/// in the same state as without a stop: how often it was stopped, or what differs.
pub fn reload(text: &str, lines_max: usize) -> Result<usize, String> {
    let (straight, reloaded) = (straight(text)?, reloaded(text, lines_max)?);
    let all: String = straight.lines.iter().map(|line| format!("{line}\n")).collect();
    if let Some(why) = difference(&reloaded.lines, &all) {
        return Err(why);
    }
    if reloaded.status != straight.status {
        return Err(format!("{:?} instead of {:?}", reloaded.status, straight.status));
    }
    let (ours, theirs) = (blake3::hash(&reloaded.state), blake3::hash(&straight.state));
    if ours != theirs {
        return Err(format!("the last state is {ours} instead of {theirs}"));
    }
    Ok(reloaded.stops)
}

/// Adds what was printed.
pub fn log(effects: &[Effect], lines: &mut Vec<String>) {
    for effect in effects {
        if let Effect::Log(line) = effect
            && !line.starts_with(OWN)
        {
            lines.push(line.clone());
        }
    }
}

/// The line that tells the result: none if there is no `main` and nothing went wrong.
pub fn last_line(text: &str, status: &Status) -> Option<String> {
    match status {
        Status::Done(datum) if has_main(text) => Some(format!("=> {}", shown(datum))),
        Status::Done(_) => None,
        Status::Failed(Value::Error(error)) => Some(format!("!! {}", error.message)),
        Status::Failed(datum) => Some(format!("!! {}", shown(datum))),
        Status::Waiting => Some(".. waiting".to_owned()),
        Status::Suspended(reason) => Some(format!("?? suspended: {reason:?}")),
    }
}

fn has_main(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("export") && line.contains("main"))
}

/// The arguments in the first line, if it has some.
fn arguments(text: &str) -> Vec<Datum> {
    let Some(given) = text.lines().next().and_then(|line| line.strip_prefix("// args: ")) else {
        return Vec::new();
    };
    match serde_json::from_str(given) {
        Ok(serde_json::Value::Array(list)) => list.iter().map(datum).collect(),
        _ => Vec::new(),
    }
}

fn datum(json: &serde_json::Value) -> Datum {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(bool) => Value::Bool(*bool),
        serde_json::Value::Number(number) => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        serde_json::Value::String(text) => Value::String(text.clone()),
        serde_json::Value::Array(list) => Value::List(list.iter().map(datum).collect()),
        serde_json::Value::Object(fields) => {
            Value::Struct(fields.iter().map(|(key, value)| (key.clone(), datum(value))).collect())
        }
    }
}

/// A value as the harness shows it.
fn shown(datum: &Datum) -> String {
    let all = |list: Vec<String>| list.join(",");
    match datum {
        Value::Undefined => "undefined".to_owned(),
        Value::Null => "null".to_owned(),
        Value::Bool(bool) => bool.to_string(),
        Value::Int(int) => format!("{int}n"),
        Value::Float(float) if *float == 0.0 && float.is_sign_negative() => "-0".to_owned(),
        Value::Float(float) if float.is_nan() => "NaN".to_owned(),
        Value::Float(float) if float.is_infinite() => {
            (if *float > 0.0 { "Infinity" } else { "-Infinity" }).to_owned()
        }
        Value::Float(float) => float.to_string(),
        Value::String(text) => serde_json::to_string(text).unwrap_or_default(),
        Value::List(list) => format!("[{}]", all(list.iter().map(shown).collect())),
        Value::Struct(fields) => {
            let field = |(key, value)| {
                format!("{}:{}", serde_json::to_string(key).unwrap_or_default(), shown(value))
            };
            format!("{{{}}}", all(fields.iter().map(field).collect()))
        }
        Value::Error(error) => format!("[{}]", error.message),
        other => format!("{other:?}"),
    }
}

/// Where two outputs part: the first line that differs. None if they are the same.
pub fn difference(ours: &[String], node: &str) -> Option<String> {
    let text: String = ours.iter().map(|line| format!("{line}\n")).collect();
    if text == node {
        return None;
    }
    let (mut a, mut b) = (text.lines(), node.lines());
    for number in 1.. {
        match (a.next(), b.next()) {
            (Some(x), Some(y)) if x == y => {}
            (None, None) => break,
            (x, y) => {
                let (x, y) = (x.unwrap_or("(nothing)"), y.unwrap_or("(nothing)"));
                return Some(format!("line {number}: here `{x}`, in Node `{y}`"));
            }
        }
    }
    Some("line ends differ".to_owned())
}
