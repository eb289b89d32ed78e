//! `repl`: lines of the scripts' language against a vat's capabilities.
//!
//! ```text
//!   line ──Session──▶ script ──Scripts::start──▶ process in the vat ──▶ what it shows
//!                        ▲                                                 │
//!                        └──────────── names and their values ◀────────────┘
//! ```
//!
//! Each line is a process of its own in the vat: it may wait, be shown and outlive this command as
//! any other. Names of the owner's directory are there as variables.

mod complete;
mod prompt;

use std::collections::BTreeMap;

use hogshead::admin::MethodsOf;
use hogshead::script::error::Diagnostic;
use hogshead::script::front::{self, Line, Options, Session};
use hogshead::{Class, Message, Value};
use serde_json::json as object;

use self::complete::Known;
use self::prompt::{Asked, Prompt};
use super::Context;
use super::arguments::Repl;
use super::failure::{Exit, Failure};
use super::json;
use super::names;
use super::output::{Output, printable, write_err};
use super::owner::Owner;
use super::scripts::{scripts_of, shown_numbers, still_runs};

/// Runs the prompt until its input ends.
pub async fn run(context: &Context, repl: Repl) -> Result<(), Failure> {
    let owner = &context.owner().await?;
    let library = scripts_of(owner, &repl.vat).await?;
    let known = directory(owner, context.output).await?;
    let mut shell = Shell {
        owner,
        out: context.output,
        library,
        vat: repl.vat,
        session: Session::new(known.keys().cloned()),
        values: known,
        methods: BTreeMap::new(),
    };
    let mut prompt = Prompt::open(&context.data, context.output.is_json())?;
    let mut failed = None;
    loop {
        if prompt.completes() {
            shell.learn_methods().await;
            prompt.knows(shell.known());
        }
        let line = match prompt.ask(&shell.vat)? {
            Asked::Line(line) => line,
            Asked::Again => continue,
            Asked::End => break,
        };
        let done = match line.trim() {
            "" => Ok(()),
            ".exit" => break,
            command if command.starts_with('.') => shell.command(command).await,
            _ => shell.line(&line).await,
        };
        if let Err(failure) = done {
            // A host that is gone ends it.
            if failure.exit() == Exit::Unreachable {
                return Err(failure);
            }
            shell.tell(&failure);
            failed.get_or_insert(failure);
        }
    }
    // Whoever types has seen it; whoever pipes looks at the exit code.
    match failed {
        Some(failure) if !prompt.completes() => Err(failure.told()),
        _ => Ok(()),
    }
}

const HELP: &str = "\
Lines of the language that docs/scripts.md describes. A name of the directory is a variable
(`counter-1` is `counter_1`): await E(counter_1).increment(2)
  .names          what is known
  .methods NAME   the methods of a reference
  .exit           ends, as the end of input does
Tab completes names, and methods after `E(counter_1).`. An object that a line makes by `Far` lives as
long as somebody holds it; each line is a process of its own.
";

struct Shell<'a> {
    owner: &'a Owner,
    out: Output,
    library: Value,
    vat: String,
    session: Session,
    values: BTreeMap<String, Value>,
    /// Of the references among them, the methods, as far as they were asked for.
    methods: BTreeMap<String, (Value, MethodsOf)>,
}

impl Shell<'_> {
    /// Runs one line.
    async fn line(&mut self, text: &str) -> Result<(), Failure> {
        let (line, code) = self.compile(text).map_err(|wrong| {
            let wrong: Vec<_> = wrong.iter().map(ToString::to_string).collect();
            Failure::usage(wrong.join("\n"), "")
        })?;
        let answer = self.start(code).await?;
        if let Some(Value::Struct(values)) = answer.field("values") {
            self.values = values.clone();
            self.session = line.session;
        }
        let shown = answer.field("shown").unwrap_or(&Value::Undefined);
        let document = shown_numbers(json::from_value(shown));
        self.out.show(&object!({"answer": document}), || match shown {
            Value::Undefined => String::new(),
            shown => format!("{}\n", written(shown)),
        })
    }

    /// Says what is wrong with a line, each of several places on a line of its own.
    fn tell(&self, failure: &Failure) {
        match self.out.is_json() {
            true => self.out.complain(failure),
            false => failure.to_lines().iter().for_each(|line| write_err(line)),
        }
    }

    fn compile(&self, text: &str) -> Result<(Line, Vec<u8>), Vec<Diagnostic>> {
        let line = self.session.line(text)?;
        let options = Options { name: "line".into(), ..Options::default() };
        match front::compile(&line.source, &options) {
            Ok(code) => Ok((line, code.encode())),
            Err(mut wrong) => {
                for diagnostic in &mut wrong {
                    diagnostic.line = diagnostic.line.saturating_sub(line.lines_before).max(1);
                    diagnostic.column = line.column(diagnostic.line, diagnostic.column);
                }
                Err(wrong)
            }
        }
    }

    async fn start(&self, code: Vec<u8>) -> Result<Value, Failure> {
        let start = Value::structure([
            ("code", Value::bytes(code)),
            ("name", "repl".into()),
            ("args", Value::list([Value::Struct(self.values.clone())])),
        ]);
        let started = self.owner.call(&self.library, Message::new("start", [start])).await?;
        let (id, control) = super::scripts::parts(&started)?;
        still_runs(self.owner, &id, &control).await?;
        let answer = tokio::select! {
            answer = self.owner.call(&control, Message::new("result", [])) => answer,
            _ = tokio::signal::ctrl_c() => {
                let id: String = id.chars().take(8).collect();
                let wrong = format!("the line goes on without this prompt, as process {id}");
                let remedy = format!("`hogshead script show {id}`, `… cancel {id}`");
                return Err(Failure::new(Exit::Unknown, wrong, remedy));
            }
        };
        if answer.is_ok() || answer.as_ref().is_err_and(|failure| !failure.is_late()) {
            let forget = Message::new("remove", [id.into(), true.into()]);
            self.owner.call(&self.library, forget).await?;
        }
        // What a line throws is in its own words, and there is nothing else to be known of it.
        answer.map_err(|failure| match failure.is_class(Class::Remote) {
            true => failure.remedy(""),
            false => failure,
        })
    }

    /// Asks for the methods of references that are new. What cannot be asked has none.
    async fn learn_methods(&mut self) {
        let is_new = |name: &String, value: &Value| {
            matches!(value, Value::Ref(_))
                && self.methods.get(name).is_none_or(|(asked, _)| asked != value)
        };
        let new = self.values.iter().filter(|(name, value)| is_new(name, value));
        let new: Vec<_> = new.map(|(name, value)| (name.clone(), value.clone())).collect();
        let admin = self.owner.client().admin();
        for (name, value) in new {
            let found = self.owner.wait(admin.ask().methods_of(value.clone())).await;
            self.methods.insert(name, (value, found.unwrap_or_default()));
        }
    }

    fn known(&self) -> Known {
        let methods =
            self.methods.iter().filter(|(name, (of, _))| self.values.get(*name) == Some(of));
        Known {
            values: self.values.clone(),
            functions: self.session.functions().map(str::to_owned).collect(),
            methods: methods.map(|(name, (_, of))| (name.clone(), of.clone())).collect(),
        }
    }

    /// A line that begins with a dot.
    async fn command(&mut self, line: &str) -> Result<(), Failure> {
        match line {
            ".help" => return self.out.show(&object!({"help": HELP}), || HELP.to_owned()),
            ".names" => {
                let shown = |value| shown_numbers(json::from_value(value));
                let values = self.values.iter().map(|(name, value)| (name, shown(value)));
                let values: BTreeMap<_, _> = values.collect();
                let functions: Vec<_> = self.session.functions().collect();
                let document = object!({"values": values, "functions": functions});
                return self.out.show(&document, || self.listed());
            }
            _ => {}
        }
        let Some(name) = line.strip_prefix(".methods ").map(str::trim) else {
            return Err(Failure::usage(format!("there is no `{line}`"), "see .help"));
        };
        self.learn_methods().await;
        match self.known().listed(name) {
            None => {
                let wrong = format!("`{name}` is no reference");
                Err(Failure::usage(wrong, ".names lists what is known"))
            }
            Some(listed) if listed.is_empty() => {
                let wrong = format!("the methods of `{name}` are not known here");
                Err(Failure::usage(wrong, "ask whoever shared it"))
            }
            Some(listed) => {
                let methods: Vec<_> = listed.lines().map(str::trim).collect();
                self.out.show(&object!({"methods": methods}), || listed.clone())
            }
        }
    }

    fn listed(&self) -> String {
        let mut text = String::new();
        for (name, value) in &self.values {
            text += &format!("{name} = {}\n", written(value));
        }
        for name in self.session.functions() {
            text += &format!("{name} is a function\n");
        }
        text
    }
}

/// A value as it is shown.
fn written(value: &Value) -> String {
    match value {
        Value::Ref(_) => "(a reference, or a promise of something: `await` it)".into(),
        data => shown_numbers(json::from_value(data)).to_string(),
    }
}

/// The names of the owner's directory as variables. A name that is a variable's own goes before one
/// that is only written like it, and what is left out is said.
async fn directory(owner: &Owner, out: Output) -> Result<BTreeMap<String, Value>, Failure> {
    let mut known = BTreeMap::new();
    let mut names = names::all(owner, None).await?;
    names.sort_by_key(|name| variable(&name.name) != name.name);
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    for name in names {
        let (variable, name) = (variable(&name.name), name.name);
        if !is_usable(&variable) {
            leave_out(out, &name, &format!("`{variable}` cannot be a variable"));
        } else if let Some(other) = taken.get(&variable) {
            leave_out(out, &name, &format!("`{variable}` is the name `{other}`"));
        } else {
            // What cannot be reached now is no reason not to begin.
            if let Ok(value) = owner.lookup(&name).await {
                known.insert(variable.clone(), value);
            }
            taken.insert(variable, name);
        }
    }
    Ok(known)
}

/// A name as a variable is written.
fn variable(name: &str) -> String {
    name.replace(|c: char| !c.is_ascii_alphanumeric() && c != '_', "_")
}

/// Whether a line can be given a variable of this name: a word of the language is none.
fn is_usable(variable: &str) -> bool {
    let line = Session::new([variable.to_owned()]).line("undefined");
    line.is_ok_and(|line| front::compile(&line.source, &Options::default()).is_ok())
}

fn leave_out(out: Output, name: &str, why: &str) {
    match out.is_json() {
        true => write_err(&object!({"left_out": {"name": name, "why": why}}).to_string()),
        false => write_err(&printable(&format!("`{name}` is left out: {why}"))),
    }
}
