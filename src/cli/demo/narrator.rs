//! Tells the demo's steps as they happen, each with the time since the beginning.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::cli::failure::{Exit, Failure};
use crate::cli::output::{Output, printable, write_out};

/// Whoever tells the story.
#[derive(Debug)]
pub struct Narrator {
    output: Output,
    began: Instant,
    step: u32,
}

impl Narrator {
    /// Begins to tell.
    pub fn new(output: Output) -> Self {
        Self { output, began: Instant::now(), step: 0 }
    }

    /// Time since the beginning.
    pub fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// Begins a step of the story.
    pub fn step(&mut self, title: &str) -> Result<(), Failure> {
        self.step += 1;
        if self.output.is_json() {
            return Ok(());
        }
        write_out(&format!("\n{}. {title}\n", self.step))
    }

    /// Tells something that has just been seen to be true.
    pub fn say(&self, said: &str) -> Result<(), Failure> {
        let elapsed = self.elapsed();
        if self.output.is_json() {
            let ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
            let line = json!({"step": self.step, "ms": ms, "said": said});
            return write_out(&format!("{line}\n"));
        }
        write_out(&format!("{:7.2} s  {}\n", elapsed.as_secs_f64(), printable(said)))
    }
}

/// Checks what the story claims: if it is not so, the demo fails and says what it expected.
pub fn ensure(so: bool, expected: impl FnOnce() -> String) -> Result<(), Failure> {
    match so {
        true => Ok(()),
        false => {
            let remedy = "this is a bug, or the machine is too slow; please report it";
            Err(Failure::new(Exit::Refused, format!("expected {}", expected()), remedy))
        }
    }
}
