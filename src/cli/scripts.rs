//! Scripts and their processes: `script …`.
//!
//! ```text
//!   FILE ──compile──▶ code ──▶ Scripts (of a vat) ──▶ process ──▶ Control
//!   FILE.proc ────────────────────────▶ shown without a host
//! ```

mod place;
mod show;
mod sources;

use hogshead::script::{ProcessInfo, ProcessStatus, Revised};
use hogshead::{Class, Message, Value, codec};
use serde_json::json as document;

pub use self::place::scripts_of;
use self::place::{Place, libraries, the_vat};
use self::sources::Sources;
use super::Context;
use super::arguments::{Allowed, Importing, OneProcess, Running, Script, shown};
use super::failure::{Exit, Failure};
use super::json::{self, Argument};
use super::output::{Table, bytes, printable};
use super::owner::Owner;
use super::reference::Reference;

/// Runs a `script` command.
pub async fn run(context: &Context, script: Script) -> Result<(), Failure> {
    match script {
        Script::Check { files, with } => sources::check(context.output, &files, &with),
        Script::Run(running) => start(context, running).await,
        Script::Ps { vat } => list(context, vat).await,
        Script::Show { what, brief } => show::show(context, &what, brief).await,
        Script::Import(importing) => import(context, importing).await,
        Script::Pause(one) => simply(context, one, "pause", "held up").await,
        Script::Resume { process, fuel, heap } => {
            let allowed = Allowed { fuel, heap, undo: None };
            allow(context, &process, allowed).await?;
            simply(context, process, "resume", "goes on").await
        }
        Script::Step(one) => {
            let place = Place::find(context, &one.process).await?;
            let _: ProcessInfo = place.control("step", (one.at,)).await?;
            show::one(context, &place, true).await
        }
        Script::Cancel { process, why } => {
            let place = Place::find(context, &process.process).await?;
            place.control::<()>("cancel", (why,)).await?;
            cancelled(context, &place).await
        }
        Script::Fork(one) => {
            let place = Place::find(context, &one.process).await?;
            let copy: Value = place.library("fork", (place.id(),)).await?;
            let id = copy.field("id").and_then(Value::as_str).unwrap_or_default().to_owned();
            context.output.show(&document!({"id": id, "of": place.id()}), || format!("{id}\n"))
        }
        Script::Undo { process, awaits } => {
            let place = Place::find(context, &process.process).await?;
            let to: Result<u64, _> = place.control("undo", (awaits, process.at)).await;
            let to = to.map_err(|failure| match failure.is_class(Class::NotFound) {
                true => failure.remedy("`hogshead script show` tells the states kept for undo"),
                false => failure,
            })?;
            let what = document!({"id": place.id(), "undone": awaits, "to": to});
            context.output.show(&what, || format!("{} is back at state {to}\n", place.id()))
        }
        Script::Revise { process, file } => revise(context, process, &file).await,
        Script::Export { process, file } => {
            let place = Place::find(context, &process.process).await?;
            show::export(context, &place, process.at, file).await
        }
        Script::Logs { process, from } => {
            let place = Place::find(context, &process.process).await?;
            show::logs(context, &place, from).await
        }
        Script::Rm { process, force } => {
            let place = Place::find(context, &process.process).await?;
            place.library::<()>("remove", (place.id(), force)).await?;
            context.output.show(&document!({"removed": place.id()}), String::new)
        }
    }
}

async fn start(context: &Context, running: Running) -> Result<(), Failure> {
    let sources = Sources::compile(&running.file, &running.with)?;
    sources.ensure_main()?;
    let mut arguments = Vec::with_capacity(running.arguments.len());
    for (position, text) in running.arguments.iter().enumerate() {
        arguments.push(Argument::parse(&format!("argument {}", position + 1), text)?);
    }
    let (owner, out) = (&context.owner().await?, context.output);
    let vat = the_vat(owner, running.vat).await?;
    let library = scripts_of(owner, &vat).await?;
    for code in sources.imports() {
        owner.call(&library, Message::new("add", [Value::bytes(code)])).await?;
    }
    let grants = grants(owner, &running.grant).await?;
    let mut args = Vec::with_capacity(arguments.len());
    for argument in arguments {
        args.push(as_numbers(argument.value(owner).await?));
    }
    let name = running.name.unwrap_or_else(|| sources.name().to_owned());
    let start = Value::structure([
        ("code", Value::bytes(sources.main())),
        ("name", name.into()),
        ("grants", grants),
        ("args", Value::list(args)),
        ("allowance", allowance(running.allowance)),
    ]);
    let started = owner.call(&library, Message::new("start", [start])).await?;
    let (id, control) = parts(&started)?;
    if running.detach {
        return out.show(&document!({"id": id, "vat": vat}), || format!("{id}\n"));
    }
    still_runs(owner, &id, &control).await?;
    let answer = match owner.call(&control, Message::new("result", [])).await {
        Ok(answer) => answer,
        Err(failure) if failure.is_late() => {
            let info = owner.call(&control, Message::new("info", [])).await?;
            let info: ProcessInfo =
                codec::from_value(info).map_err(|error| Failure::from_answer(&error))?;
            let wrong = format!("process {id} has not ended yet; it is {}", info.status);
            let remedy = "see `hogshead script show`, or wait longer with --timeout SECONDS";
            return Err(Failure::new(Exit::Unknown, wrong, remedy));
        }
        Err(failure) => {
            // What a script throws is in its own words.
            let failure = match failure.is_class(Class::Remote) {
                true => {
                    let more = "`hogshead script show` and `script logs` tell more of it";
                    failure.remedy(more)
                }
                false => failure,
            };
            return Err(failure.context(format!("process {id}")));
        }
    };
    let answer_json = shown_numbers(json::from_value(&answer));
    out.show(&document!({"id": id, "answer": answer_json}), || match answer {
        Value::Undefined => String::new(),
        _ => format!("{answer_json}\n"),
    })
}

async fn import(context: &Context, importing: Importing) -> Result<(), Failure> {
    let file = show::sound(&importing.file)?;
    let (owner, out) = (&context.owner().await?, context.output);
    let vat = the_vat(owner, importing.vat).await?;
    let library = scripts_of(owner, &vat).await?;
    let grants = grants(owner, &importing.grant).await?;
    let import = Value::structure([("file", Value::bytes(file)), ("grants", grants)]);
    let started = owner.call(&library, Message::new("import", [import])).await?;
    let (id, _) = parts(&started)?;
    out.show(&document!({"id": id, "vat": vat}), || format!("{id}\n"))
}

async fn list(context: &Context, vats: Vec<String>) -> Result<(), Failure> {
    let (owner, out) = (&context.owner().await?, context.output);
    let mut found = Vec::new();
    for (vat, library) in libraries(owner, vats).await? {
        let mut after: Option<String> = None;
        loop {
            let arguments =
                codec::to_value(&after).map_err(|error| Failure::from_answer(&error))?;
            let page = owner.call(&library, Message::new("list", [arguments])).await?;
            let page: Vec<ProcessInfo> =
                codec::from_value(page).map_err(|error| Failure::from_answer(&error))?;
            let Some(last) = page.last() else { break };
            after = Some(last.id.clone());
            found.extend(page.into_iter().map(|info| (vat.clone(), info)));
        }
    }
    let documents: Vec<_> =
        found.iter().map(|(vat, info)| document!({"vat": vat, "process": info})).collect();
    out.show(&document!({"processes": documents}), || {
        let heads = ["process", "name", "vat", "status", "since", "waits for", ">state"];
        let mut table = Table::new(&heads);
        for (vat, info) in &found {
            table.row([
                info.id.chars().take(8).collect(),
                info.name.clone(),
                vat.clone(),
                short(&info.status.to_string()),
                shown(info.since.0),
                waits(info),
                bytes(info.state_bytes),
            ]);
        }
        table.render("no processes: `hogshead script run` starts them")
    })
}

fn counted(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// As much of a status as has room in a table.
fn short(status: &str) -> String {
    match status.char_indices().nth(STATUS_CHARS) {
        Some((end, _)) => format!("{}…", &status[..end]),
        None => status.to_owned(),
    }
}

/// Characters of a status in a table.
const STATUS_CHARS: usize = 48;

/// What a process waits for, in a few words.
fn waits(info: &ProcessInfo) -> String {
    let Some(first) = info.waits.first() else { return String::new() };
    let mut text = first.whom.clone();
    if let Some(method) = &first.method {
        text += &format!(".{method}");
    }
    if let Some(note) = &first.note {
        text += &format!(" ({note})");
    }
    if let Some(deadline) = first.deadline {
        text += &format!(" until {}", shown(deadline.0));
    }
    match info.waits.len() {
        1 => text,
        several => format!("{text} and {} more", several - 1),
    }
}

/// A method of `Control` that takes the number of the state and gives nothing.
async fn simply(
    context: &Context,
    one: OneProcess,
    method: &'static str,
    what: &str,
) -> Result<(), Failure> {
    let place = Place::find(context, &one.process).await?;
    place.control::<()>(method, (one.at,)).await?;
    say(context, &place, what).await
}

/// Says how a process does, now that something was done to it.
async fn say(context: &Context, place: &Place, what: &str) -> Result<(), Failure> {
    let info: ProcessInfo = place.control("info", ()).await?;
    context.output.show(&document!({"process": info}), || {
        format!("{} {what}: {}\n", place.id(), printable(&info.status.to_string()))
    })
}

/// Says whether a process that was cancelled is over.
async fn cancelled(context: &Context, place: &Place) -> Result<(), Failure> {
    let info: ProcessInfo = place.control("info", ()).await?;
    context.output.show(&document!({"process": info}), || {
        let status = printable(&info.status.to_string());
        let more = match info.status {
            ProcessStatus::Cancelling { .. } => {
                "\na call still waits, in a `finally`, say; cancel it again to end it at once"
            }
            _ => "",
        };
        format!("{} {status}{more}\n", place.id())
    })
}

async fn revise(context: &Context, one: OneProcess, file: &std::path::Path) -> Result<(), Failure> {
    let sources = Sources::compile(file, &[])?;
    let place = Place::find(context, &one.process).await?;
    let code = place.library::<Value>("add", (Value::bytes(sources.main()),)).await?;
    let revised: Revised = place.revising("revise", (code, one.at)).await?;
    context.output.show(&document!({"id": place.id(), "revised": revised}), || {
        format!(
            "{} goes on with {}: {} and {} are of the new code\n",
            place.id(),
            revised.to.chars().take(12).collect::<String>(),
            counted(revised.calls, "call"),
            counted(revised.functions, "function")
        )
    })
}

async fn allow(context: &Context, one: &OneProcess, asked: Allowed) -> Result<(), Failure> {
    if asked.fuel.is_none() && asked.heap.is_none() {
        return Ok(());
    }
    let place = Place::find(context, &one.process).await?;
    place.control("allow", (allowance(asked),)).await
}

/// What was said of the allowance; what was not is left to the process.
fn allowance(asked: Allowed) -> Value {
    let said = [
        ("fuel", asked.fuel),
        ("heap_bytes", asked.heap.map(|kilobytes| kilobytes.saturating_mul(1024))),
        ("undo", asked.undo.map(u64::from)),
    ];
    Value::structure(said.into_iter().filter_map(|(name, value)| Some((name, value?.into()))))
}

/// Integers of JSON as the numbers that they are in JavaScript, as far as these hold them exactly;
/// larger ones are big integers there.
fn as_numbers(value: Value) -> Value {
    const SAFE_MAX: i64 = (1 << 53) - 1;
    match value {
        Value::Int(int) => match int.to_i64().filter(|int| int.abs() <= SAFE_MAX) {
            Some(small) => Value::Float(small as f64),
            None => Value::Int(int),
        },
        Value::List(values) => Value::List(values.into_iter().map(as_numbers).collect()),
        Value::Struct(fields) => {
            let number = |(name, value)| (name, as_numbers(value));
            Value::Struct(fields.into_iter().map(number).collect())
        }
        other => other,
    }
}

/// Numbers as JavaScript prints them: a whole one without its point.
pub fn shown_numbers(document: serde_json::Value) -> serde_json::Value {
    use serde_json::Value as Json;
    match document {
        Json::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15 => {
                Json::from(float as i64)
            }
            _ => Json::Number(number),
        },
        Json::Array(items) => items.into_iter().map(shown_numbers).collect(),
        Json::Object(fields) => {
            fields.into_iter().map(|(name, value)| (name, shown_numbers(value))).collect()
        }
        other => other,
    }
}

/// The capabilities that are granted, by name.
async fn grants(owner: &Owner, named: &[(String, String)]) -> Result<Value, Failure> {
    let mut grants = Vec::with_capacity(named.len());
    for (name, reference) in named {
        grants.push((name.clone(), Reference::parse(reference)?.resolve(owner).await?));
    }
    Ok(Value::structure(grants))
}

/// Refuses to wait for what stands still already.
pub async fn still_runs(owner: &Owner, id: &str, control: &Value) -> Result<(), Failure> {
    let info = owner.call(control, Message::new("info", [])).await?;
    let info: ProcessInfo =
        codec::from_value(info).map_err(|error| Failure::from_answer(&error))?;
    match info.status {
        ProcessStatus::Suspended { why } => {
            let wrong = format!("process {id} is suspended: {why}");
            let remedy = "`hogshead script show` says where it stands, `script resume` goes on, \
                          also with more --fuel or --heap, `script cancel` ends it";
            Err(Failure::new(Exit::Refused, wrong, remedy))
        }
        _ => Ok(()),
    }
}

/// The id of what was started, and control over it.
pub fn parts(started: &Value) -> Result<(String, Value), Failure> {
    let id = started.field("id").and_then(Value::as_str);
    match (id, started.field("control")) {
        (Some(id), Some(control)) => Ok((id.to_owned(), control.clone())),
        _ => Err(Failure::from_answer(&hogshead::Error::bad_call("this is no process"))),
    }
}
