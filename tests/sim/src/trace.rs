//! What happened in a world, line by line: the same for the same seed.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::time::Instant;

/// The record of a world. Clones write into the same.
#[derive(Clone)]
pub struct Trace {
    begun: Instant,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Trace {
    /// An empty record that begins now.
    pub fn new() -> Self {
        Self { begun: Instant::now(), lines: Arc::default() }
    }

    /// Notes something with the virtual time.
    pub fn note(&self, what: impl fmt::Display) {
        let line = format!("{:>9} ms  {what}", self.begun.elapsed().as_millis());
        if LIVE.load(Ordering::Relaxed) {
            println!("{line}");
        }
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }

    /// All lines so far.
    pub fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Has every trace printed as it grows, for worlds that come to no end.
pub fn show_live() {
    LIVE.store(true, Ordering::Relaxed);
}

static LIVE: AtomicBool = AtomicBool::new(false);

impl Default for Trace {
    fn default() -> Self {
        Self::new()
    }
}
