//! Processes that leave, arrive, multiply and change: files, forks and revisions.

use std::collections::BTreeMap;

use bytes::Bytes;
use hogshead_objects::{Cap, Class, Context, Error, Ref, Result};

use super::border::{Heard, Held, Table, promise_of};
use super::code::Coded;
use super::control::Revised;
use super::effects::shown;
use super::report::{ProcessInfo, ProcessStatus, Wait};
use super::{Allowance, Process, Queued, Seed, cache};
use crate::code::CodeHash;
use crate::limits::{FUEL_MIN, HEAP_BYTES_MAX, HEAP_BYTES_MIN, UNDO_MAX};
use crate::machine::Machine;
use crate::machine::codes::Codes;
use crate::machine::step::Status;
use crate::process;
use crate::state::{self, ProcFile};

impl Process {
    /// The codes and the machine, as a look at it needs them.
    pub(super) fn loaded(&self, cx: &mut Context<'_>) -> Result<(Codes, Machine)> {
        let codes = cache::codes(cx, &self.codes)?;
        let machine = match &self.machine {
            Some(machine) => machine.clone(),
            None => self.load(&codes)?,
        };
        Ok((codes, machine))
    }

    pub(super) fn load(&self, codes: &Codes) -> Result<Machine> {
        state::load(&self.state, codes).map_err(|error| {
            let what = format!("the state of process {} cannot be loaded: {error}", self.id);
            Error::new(Class::Failed, what)
        })
    }

    pub(super) fn report(&self, cx: &mut Context<'_>) -> Result<ProcessInfo> {
        let (codes, machine) = self.loaded(cx)?;
        let names = self.port_names();
        let list = list(&codes, &machine);
        let shown = process::show(&list, &machine, &names);
        let waits = shown.asked.into_iter().map(|asked| Wait {
            question: asked.question,
            whom: asked.whom,
            method: asked.method,
            arguments: asked.arguments,
            since: hogshead_objects::ids::Timestamp(asked.since_ms),
            deadline: asked.deadline_ms.map(hogshead_objects::ids::Timestamp),
            note: asked.note,
        });
        let own = list.iter().filter(|code| code.name != "prelude");
        let code_bytes = own.map(|code| code.encode().len() as u64).sum();
        Ok(ProcessInfo {
            id: self.id.clone(),
            number: self.number,
            name: self.name.clone(),
            code: shown.code,
            status: self.status.clone(),
            since: self.since,
            waits: if self.status.is_over() { Vec::new() } else { waits.collect() },
            queued: self.queue.len() as u64,
            state_bytes: self.state.len() as u64,
            code_bytes,
            undo_bytes: self.history.bytes(),
            undo: self.history.len() as u64,
        })
    }

    pub(super) fn port_names(&self) -> BTreeMap<u32, String> {
        let named = self.table.ports.iter();
        named.filter_map(|(port, held)| Some((*port, held.name.clone()?))).collect()
    }

    /// Everything but the capabilities.
    pub(super) fn to_file(&self, cx: &mut Context<'_>) -> Result<Bytes> {
        let mut codes = Vec::with_capacity(self.codes.len());
        for (_, cap) in &self.codes {
            codes.push(cap.near(cx).encoded()?.to_vec());
        }
        let file = ProcFile {
            id: self.id.clone(),
            number: self.number,
            name: self.name.clone(),
            state: self.state.to_vec(),
            codes,
            labels: self.table.labels(),
            history: Vec::new(),
        };
        Ok(file.encode().into())
    }

    /// A process of a file: its state with the capabilities that are granted now.
    pub(super) fn from_file(
        cx: &mut Context<'_>,
        file: &ProcFile,
        seed: Seed,
        grants: &BTreeMap<String, Cap>,
    ) -> Result<Self> {
        let machine = seed.machine.clone();
        let mut process = Self::new(cx, seed)?;
        process.number = file.number;
        process.status = status_of(&machine);
        for port in state::ports(&machine) {
            let name = file.labels.get(&port);
            let it = match name.and_then(|name| grants.get(name)) {
                Some(cap) => *cap,
                None => {
                    broken(cx, "this capability was not granted when the process was imported")?
                }
            };
            let promise = matches!(it.untyped(), Ref::Promise(_));
            let held = Held { it, promise, name: name.cloned() };
            process.table.ports.insert(port.0, held);
            process.table.next = process.table.next.max(port.0.saturating_add(1));
        }
        for question in machine.questions.keys() {
            let gone = "the process was moved, and what it had asked is not known here";
            let promise = promise_of(broken(cx, gone)?.untyped())?;
            process.table.questions.insert(*question, Heard::of(promise));
        }
        process.is_new_here = true;
        Ok(process)
    }

    /// A copy with an id of its own. Whom the first owes answers it does not owe any.
    pub(super) fn forked(&self, cx: &mut Context<'_>, id: String) -> Result<Self> {
        let (codes, machine) = self.loaded(cx)?;
        drop(codes);
        let seed = Seed {
            id,
            name: self.name.clone(),
            codes: self.codes.clone(),
            machine,
            allowance: self.allowance,
            clock: self.clock,
        };
        let mut copy = Self::new(cx, seed)?;
        copy.table = Table {
            exports: BTreeMap::new(),
            promises: BTreeMap::new(),
            answers: BTreeMap::new(),
            ..self.table.clone()
        };
        (copy.number, copy.status) = (self.number, self.status.clone());
        // Messages that wait are for objects that stay with the first; answers are heard again.
        let begins = |queued: &&Queued| matches!(queued, Queued::Start { .. });
        copy.queue = self.queue.iter().filter(begins).cloned().collect();
        copy.is_new_here = true;
        Ok(copy)
    }

    /// Goes on with another code.
    pub(super) fn exchange_code(
        &mut self,
        cx: &mut Context<'_>,
        new: Cap<dyn Coded>,
    ) -> Result<Revised> {
        let encoded = new.near(cx).encoded()?;
        let hash = cache::add(&encoded)?;
        let mut named = self.codes.clone();
        named.push((hash, new));
        let codes = cache::codes(cx, &named)?;
        let mut machine = self.load(&codes)?;
        let from = machine.codes.get(machine.main as usize).map(ToString::to_string);
        let problem = |problems: Vec<String>| {
            Error::refused(format!("the process was left as it was: {}", problems.join("; ")))
        };
        let list = list(&codes, &machine);
        let new = codes.verified(hash).ok_or_else(|| Error::internal("it was just added"))?;
        let revision = process::revise(&mut machine, &list, new).map_err(problem)?;
        // What comes out must be what any state must be.
        let bytes = state::dump(&machine);
        state::load(&bytes, &codes).map_err(|error| problem(vec![error.to_string()]))?;
        self.codes = named;
        self.keep(machine);
        self.history.leave();
        self.number = self.number.saturating_add(1);
        let revised = Revised {
            from: from.unwrap_or_default(),
            to: hash.to_string(),
            calls: revision.calls as u64,
            functions: revision.functions as u64,
        };
        self.write_log(cx, format!("revised from {} to {}", revised.from, revised.to))?;
        Ok(revised)
    }

    /// The end of a process that was cancelled: whoever waits is told.
    pub(super) fn end_cancelled(&mut self, cx: &mut Context<'_>, why: String) -> Result<()> {
        let error = Error::new(Class::Stopped, format!("the process was cancelled: {why}"));
        if let Some(resolver) = self.resolver.take() {
            resolver.break_(cx, error.clone())?;
        }
        for (_, resolver) in std::mem::take(&mut self.table.answers) {
            resolver.break_(cx, error.clone())?;
        }
        for (_, (_, resolver)) in std::mem::take(&mut self.table.promises) {
            resolver.break_(cx, error.clone())?;
        }
        self.table.questions.clear();
        self.set_status(cx, ProcessStatus::Cancelled { why });
        self.go_on(cx)
    }
}

impl Allowance {
    /// The allowance if it is within the limits.
    pub(super) fn checked(self) -> Result<Self> {
        let wrong = |what: String| Err(Error::bad_call(what));
        if self.fuel < FUEL_MIN {
            return wrong(format!("fuel is at least {FUEL_MIN} instructions an event"));
        }
        if !(HEAP_BYTES_MIN..=HEAP_BYTES_MAX).contains(&self.heap_bytes) {
            return wrong(format!("a heap has {HEAP_BYTES_MIN} to {HEAP_BYTES_MAX} bytes"));
        }
        if self.undo > UNDO_MAX {
            return wrong(format!("{UNDO_MAX} states are kept to go back to at the most"));
        }
        Ok(self)
    }
}

/// What a machine that came with a file is doing.
fn status_of(machine: &Machine) -> ProcessStatus {
    match (machine.status(), machine.cancelled.clone()) {
        (Status::Suspended(reason), _) => ProcessStatus::Suspended { why: reason.to_string() },
        (_, Some(why)) if machine.has_calls() => ProcessStatus::Cancelling { why },
        (_, Some(why)) => ProcessStatus::Cancelled { why },
        (Status::Done(_), None) => ProcessStatus::Done,
        (Status::Failed(datum), None) => ProcessStatus::Failed { why: shown(&datum) },
        (Status::Waiting, None) => ProcessStatus::Waiting,
    }
}

/// The codes of a state in its order.
pub(super) fn list<'a>(codes: &'a Codes, machine: &Machine) -> Vec<&'a crate::code::Code> {
    machine.codes.iter().filter_map(|hash: &CodeHash| codes.get(*hash)).collect()
}

fn broken(cx: &mut Context<'_>, why: &str) -> Result<Cap> {
    let (promise, resolver) = cx.promise::<hogshead_objects::Value>()?;
    resolver.break_(cx, Error::new(Class::Severed, why))?;
    Ok(Cap::from(promise.untyped()))
}
