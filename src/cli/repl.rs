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
use hogshead::{Message, Value};

use self::complete::Known;
use self::prompt::{Asked, Prompt};
use super::Context;
use super::arguments::Repl;
use super::failure::{Exit, Failure};
use super::json;
use super::names;
use super::output::{printable, write_err, write_out};
use super::owner::Owner;
use super::scripts::{scripts_of, shown_numbers, still_runs};

/// Runs the prompt until its input ends.
pub async fn run(context: &Context, repl: Repl) -> Result<(), Failure> {
    let owner = &context.owner().await?;
    let library = scripts_of(owner, &repl.vat).await?;
    let known = directory(owner).await?;
    let mut shell = Shell {
        owner,
        library,
        vat: repl.vat,
        session: Session::new(known.keys().cloned()),
        values: known,
        methods: BTreeMap::new(),
    };
    let mut prompt = Prompt::open(&context.data, context.output.is_json())?;
    loop {
        if prompt.completes() {
            shell.learn_methods().await;
            prompt.knows(shell.known());
        }
        match prompt.ask(&shell.vat)? {
            Asked::Line(line) if line.trim().is_empty() => {}
            Asked::Line(line) if line.trim() == ".help" => write_out(HELP)?,
            Asked::Line(line) if line.trim() == ".names" => write_out(&shell.listed())?,
            Asked::Line(line) if line.trim() == ".exit" => return Ok(()),
            Asked::Line(line) if line.trim().starts_with('.') => shell.command(line.trim()).await?,
            Asked::Line(line) => shell.line(&line).await?,
            Asked::Again => {}
            Asked::End => return Ok(()),
        }
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
    library: Value,
    vat: String,
    session: Session,
    values: BTreeMap<String, Value>,
    /// Of the references among them, the methods, as far as they were asked for.
    methods: BTreeMap<String, (Value, MethodsOf)>,
}

impl Shell<'_> {
    /// Runs one line. What is wrong with it is said, and the prompt goes on; a host that is gone
    /// ends it.
    async fn line(&mut self, text: &str) -> Result<(), Failure> {
        let (line, code) = match self.compile(text) {
            Ok(compiled) => compiled,
            Err(wrong) => {
                for diagnostic in wrong {
                    write_err(&printable(&diagnostic.to_string()));
                }
                return Ok(());
            }
        };
        let answer = match self.start(code).await {
            Ok(answer) => answer,
            Err(failure) if failure.exit() == Exit::Unreachable => return Err(failure),
            Err(failure) => {
                write_err(&failure.to_string());
                return Ok(());
            }
        };
        if let Some(Value::Struct(values)) = answer.field("values") {
            self.values = values.clone();
            self.session = line.session;
        }
        match answer.field("shown") {
            None | Some(Value::Undefined) => Ok(()),
            Some(shown) => write_out(&format!("{}\n", written(shown))),
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
        answer
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

    /// A line that begins with a dot and is none of the others.
    async fn command(&mut self, line: &str) -> Result<(), Failure> {
        let Some(name) = line.strip_prefix(".methods ").map(str::trim) else {
            write_err(&format!("there is no `{line}`; see .help"));
            return Ok(());
        };
        self.learn_methods().await;
        match self.known().listed(name) {
            None => write_err(&format!("`{name}` is no reference; .names lists what is known")),
            Some(listed) if listed.is_empty() => {
                write_err(&format!("the methods of `{name}` are not known here"));
            }
            Some(listed) => write_out(&listed)?,
        }
        Ok(())
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

/// The names of the owner's directory as variables.
async fn directory(owner: &Owner) -> Result<BTreeMap<String, Value>, Failure> {
    let mut known = BTreeMap::new();
    for name in names::all(owner, None).await? {
        let variable = name.name.replace(|c: char| !c.is_ascii_alphanumeric() && c != '_', "_");
        let is_name = variable.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        // What cannot be reached now is no reason not to begin.
        if let (true, Ok(value)) = (is_name, owner.lookup(&name.name).await) {
            known.insert(variable, value);
        }
    }
    Ok(known)
}
