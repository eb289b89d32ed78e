//! The prompt: lines with history and completion on a terminal, and plain lines of a pipe.

use std::io::{self, BufRead, IsTerminal, Read};
use std::path::{Path, PathBuf};

use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::DefaultHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Editor, Helper};

use super::super::failure::Failure;
use super::super::limits::{REPL_HISTORY_LINES, REPL_LINE_BYTES};
use super::complete::{Candidate, Known};

/// What was typed.
pub enum Asked {
    /// A line.
    Line(String),
    /// A line was given up.
    Again,
    /// There is no more.
    End,
}

/// Where lines come from.
pub enum Prompt {
    /// A terminal, and the file of its history.
    Terminal(Box<Editor<Names, DefaultHistory>>, PathBuf),
    /// A file or a pipe.
    Pipe,
}

impl Prompt {
    /// A prompt on standard input. What was typed is kept in the data folder, which is the owner's
    /// alone.
    pub fn open(data: &Path, plain: bool) -> Result<Self, Failure> {
        if plain || !io::stdin().is_terminal() {
            return Ok(Self::Pipe);
        }
        let config = Config::builder().auto_add_history(true).completion_type(CompletionType::List);
        let config = config.max_history_size(REPL_HISTORY_LINES).map_err(|e| broken(&e))?.build();
        let mut editor = Editor::with_config(config).map_err(|error| broken(&error))?;
        editor.set_helper(Some(Names::default()));
        let history = data.join("repl.history");
        // There is none the first time.
        let _ = editor.load_history(&history);
        Ok(Self::Terminal(Box::new(editor), history))
    }

    /// Completes from this from now on.
    pub fn knows(&mut self, known: Known) {
        if let Self::Terminal(editor, _) = self
            && let Some(helper) = editor.helper_mut()
        {
            helper.known = known;
        }
    }

    /// Whether anything is completed.
    pub fn completes(&self) -> bool {
        matches!(self, Self::Terminal(..))
    }

    /// Waits for a line.
    pub fn ask(&mut self, vat: &str) -> Result<Asked, Failure> {
        match self {
            Self::Terminal(editor, history) => match editor.readline(&format!("{vat}> ")) {
                Ok(line) => {
                    // A history that cannot be written is missed the next time, and no more.
                    let _ = editor.save_history(history);
                    Ok(Asked::Line(line))
                }
                Err(ReadlineError::Interrupted) => Ok(Asked::Again),
                Err(ReadlineError::Eof) => Ok(Asked::End),
                Err(error) => Err(broken(&error)),
            },
            Self::Pipe => {
                let mut line = String::new();
                let read = io::stdin().lock().take(REPL_LINE_BYTES).read_line(&mut line);
                match read.map_err(|error| Failure::stream("read a line", &error))? {
                    0 => Ok(Asked::End),
                    _ => Ok(Asked::Line(line.trim_end_matches(['\r', '\n']).to_owned())),
                }
            }
        }
    }
}

fn broken(error: &ReadlineError) -> Failure {
    let remedy = "pipe the lines in: hogshead repl VAT < lines.js";
    Failure::usage(format!("the terminal cannot be used: {error}"), remedy)
}

/// Completes from what is known.
#[derive(Default)]
pub struct Names {
    known: Known,
}

impl Completer for Names {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        position: usize,
        _context: &rustyline::Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        let (start, found) = self.known.complete(line.get(..position).unwrap_or_default());
        let pair = |one: Candidate| Pair { display: one.shown, replacement: one.text };
        Ok((start, found.into_iter().map(pair).collect()))
    }
}

impl Hinter for Names {
    type Hint = String;
}
impl Highlighter for Names {}
impl Validator for Names {}
impl Helper for Names {}
