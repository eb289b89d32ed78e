//! A process as its owner sees it: where it stands, what it knows, what it waits for.

use std::collections::BTreeMap;

use hogshead_objects::Value;
use serde::{Deserialize, Serialize};

use super::{CodeList, calls, func, held, inspect, live};
use crate::code::{Code, Func};
use crate::machine::border::summary;
use crate::machine::event::Target;
use crate::machine::{Machine, Val};

/// A process as its owner sees it.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct Shown {
    /// The hash of its code.
    pub code: String,
    /// The name of its code.
    pub name: String,
    /// The source of its code.
    pub source: String,
    /// Where it stands: one place for each call, interrupted ones first.
    pub places: Vec<ShownPlace>,
    /// What it waits for.
    pub asked: Vec<Asked>,
    /// What it holds of the outside.
    pub holds: Vec<HeldPort>,
    /// What `main` came to, if it has ended.
    pub outcome: Option<String>,
}

/// Where a call stands.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct ShownPlace {
    /// The function, by its path.
    pub function: String,
    /// The name of its code.
    pub code: String,
    /// The line, from 1; 0 if it is not known.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
    /// The line itself.
    pub text: String,
    /// Whether it waits, rather than having been interrupted.
    pub waits: bool,
    /// The label of the await.
    pub label: Option<String>,
    /// The variables in scope.
    pub variables: Vec<ShownVariable>,
}

/// A variable.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct ShownVariable {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub value: String,
}

/// Something that was asked.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct Asked {
    /// Its number.
    pub question: u32,
    /// Who may answer.
    pub whom: String,
    /// The method; none: the target itself was called, or a promise is awaited.
    pub method: Option<String>,
    /// The arguments.
    pub arguments: String,
    /// When it was asked, in milliseconds since 1970.
    pub since_ms: u64,
    /// When it counts as failed, in milliseconds since 1970.
    pub deadline_ms: Option<u64>,
    /// What the script says that it asks for.
    pub note: Option<String>,
}

/// Something of the outside that a process holds.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct HeldPort {
    /// Its number.
    pub port: u32,
    /// The name under which it was granted, if it was.
    pub name: Option<String>,
}

/// Shows a process. `names` has what its ports were called when they were granted.
pub fn show(codes: &CodeList<'_>, machine: &Machine, names: &BTreeMap<u32, String>) -> Shown {
    let main = usize::try_from(machine.main).unwrap_or(usize::MAX);
    let code = codes.get(main).copied();
    let places = calls(machine)
        .iter()
        .filter_map(|call| {
            let (code, function) = func(codes, call.frame)?;
            let written = live(function, call.pc).filter(|variable| !variable.is_hidden());
            let variables = written.filter_map(|variable| {
                let value = held(machine, call, variable.at)?;
                let is_function = is_function(machine, value);
                let shown = ShownVariable {
                    name: variable.name.clone(),
                    value: inspect(machine, value, names),
                };
                (!is_function).then_some(shown)
            });
            Some(place(code, function, call.pc, call.waits, variables.collect()))
        })
        .collect();
    let whom = |port: u32| names.get(&port).cloned().unwrap_or_else(|| format!("reference {port}"));
    let asked = machine.questions.iter().map(|(number, question)| Asked {
        question: *number,
        whom: match question.target {
            Target::Port(port) => whom(port.0),
            Target::Answer(other) => format!("the answer to question {other}"),
        },
        method: question.method.clone(),
        arguments: question.arguments.clone(),
        since_ms: question.since_ms,
        deadline_ms: question.within_ms.map(|within| question.since_ms.saturating_add(within)),
        note: question.note.clone(),
    });
    let holds = machine
        .remotes
        .keys()
        .map(|port| HeldPort { port: port.0, name: names.get(&port.0).cloned() });
    Shown {
        code: machine.codes.get(main).map(ToString::to_string).unwrap_or_default(),
        name: code.map(|code| code.name.clone()).unwrap_or_default(),
        source: code.map(|code| code.source.clone()).unwrap_or_default(),
        places,
        asked: asked.collect(),
        holds: holds.collect(),
        outcome: machine.outcome.as_ref().map(|outcome| match outcome {
            Ok(datum) => summary(std::slice::from_ref(datum)),
            Err(Value::Error(error)) => format!("threw {}", error.message),
            Err(datum) => format!("threw {}", summary(std::slice::from_ref(datum))),
        }),
    }
}

/// Functions are in the source; among the variables they would hide the rest.
fn is_function(machine: &Machine, value: Val) -> bool {
    let value = match value {
        Val::Var(index) => match machine.heap.get(index) {
            crate::machine::heap::Cell::Var(value) => *value,
            _ => value,
        },
        value => value,
    };
    machine.is_callable(value)
}

fn place(
    code: &Code,
    function: &Func,
    pc: u32,
    waits: bool,
    variables: Vec<ShownVariable>,
) -> ShownPlace {
    let before = function.lines.partition_point(|place| place.pc <= pc);
    let at = before.checked_sub(1).and_then(|index| function.lines.get(index));
    let (line, column) = at.map_or((0, 0), |place| (place.line, place.column));
    let index = usize::try_from(line).unwrap_or(usize::MAX).wrapping_sub(1);
    let label = function.awaits.iter().find(|point| point.pc == pc);
    ShownPlace {
        function: function.path.clone(),
        code: code.name.clone(),
        line,
        column,
        text: code.source.lines().nth(index).unwrap_or_default().trim().to_owned(),
        waits,
        label: label.and_then(|point| point.label.clone()),
        variables,
    }
}
