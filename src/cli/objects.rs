//! Making and calling objects: `spawn` and `call`.

use std::sync::atomic::{AtomicBool, Ordering};

use hogshead::{Message, Value};
use hogshead_objects::Registry;
use serde_json::json;

use super::Context;
use super::arguments::{Call, Spawn};
use super::failure::Failure;
use super::json::{self, Argument};
use super::limits::NAME_TRIES;
use super::output::Output;
use super::owner::Owner;
use super::reference::Reference;
use super::waiting;

/// Makes an object and keeps it under a name.
pub async fn spawn(context: &Context, spawn: Spawn) -> Result<(), Failure> {
    let kind = match spawn.kind.contains('/') {
        true => spawn.kind,
        false => format!("hogshead/{}", spawn.kind),
    };
    let init = spawn.init.map(|text| Argument::parse("the initial value", &text)).transpose()?;
    let (owner, out) = (&context.owner().await?, context.output);
    let init = match init {
        Some(argument) => argument.value(owner).await?,
        None => Value::Undefined,
    };
    let name = match spawn.name {
        Some(name) => {
            owner.ensure_free(&name).await?;
            name
        }
        None => free_name(owner, &kind).await?,
    };
    let (vat, made) = (spawn.vat.clone(), Some(name.clone()));
    let spawned = owner.client().admin().ask().spawn(vat, kind.clone(), init, made);
    owner.wait(spawned).await.map_err(|failure| {
        match failure.wrong().contains("knows no kind") {
            true => failure.remedy(format!("every host knows {}", kinds())),
            false => failure,
        }
    })?;
    let document = json!({"name": name, "kind": kind, "vat": spawn.vat});
    out.show(&document, || format!("{name}\n"))
}

/// The kinds that every host makes objects of, as `spawn` takes them.
fn kinds() -> String {
    let mut known = Registry::new();
    // That two of them have one name would be seen by every host at its start.
    let _ = hogshead_objects::stock::register(&mut known);
    let made = known.kinds().filter(|kind| kind.construct.is_some());
    let mut names: Vec<_> = made.map(|kind| kind.name.trim_start_matches("hogshead/")).collect();
    names.sort_unstable();
    names.join(", ")
}

/// An object without a name would go as soon as this command ends, so each gets one.
pub async fn free_name(owner: &Owner, kind: &str) -> Result<String, Failure> {
    let names = owner.wait(owner.client().admin().ask().names()).await?;
    let base = kind.rsplit('/').next().unwrap_or(kind);
    let free = (1..=NAME_TRIES)
        .map(|number| format!("{base}-{number}"))
        .find(|candidate| names.iter().all(|name| name.name != *candidate));
    free.ok_or_else(|| {
        let wrong = format!("all names from {base}-1 to {base}-{NAME_TRIES} are taken");
        Failure::usage(wrong, "give one with --name")
    })
}

/// Calls a method and prints the answer.
pub async fn call(context: &Context, call: Call) -> Result<(), Failure> {
    let target = Reference::parse(&call.target)?;
    let mut arguments = Vec::with_capacity(call.arguments.len());
    for (position, text) in call.arguments.iter().enumerate() {
        arguments.push(Argument::parse(&format!("argument {}", position + 1), text)?);
    }
    let (owner, out) = (&context.owner().await?, context.output);
    if let Some(name) = &call.name {
        owner.ensure_free(name).await?;
    }
    // What is in a file is read first; what a name leads to may be a peer's to say.
    let found = match &target {
        Reference::Name(name) => Value::String(name.clone()),
        Reference::File(_) | Reference::Input => target.find(owner).await?,
    };
    let sent = AtomicBool::new(false);
    let work = async {
        let target = match &found {
            Value::SturdyRef(sturdyref) => owner.enliven((**sturdyref).clone()).await?,
            _ => target.resolve(owner).await?,
        };
        let mut values = Vec::with_capacity(arguments.len());
        for argument in arguments {
            values.push(argument.value(owner).await?);
        }
        sent.store(true, Ordering::Release);
        owner.call(&target, Message::new(call.method, values)).await
    };
    let waiting = waiting::Call { owner, out, target: found.clone(), sent: &sent };
    let answer = waiting.wait(work).await?;
    if let Some(name) = call.name {
        return keep(owner, out, name, answer).await;
    }
    let document = json::from_value(&answer);
    out.show(&json!({"answer": document}), || match answer {
        Value::Undefined => String::new(),
        _ => format!("{document}\n"),
    })
}

/// Keeps the reference that a method answered with.
async fn keep(owner: &Owner, out: Output, name: String, answer: Value) -> Result<(), Failure> {
    if !matches!(answer, Value::Ref(_) | Value::SturdyRef(_)) {
        let document = json::from_value(&answer);
        let wrong = format!("the call was made, but its answer is no reference: {document}");
        return Err(Failure::usage(wrong, "leave --name out to see such answers"));
    }
    owner.wait(owner.client().admin().ask().name(name.clone(), answer)).await?;
    out.show(&json!({"name": name}), || format!("{name}\n"))
}
