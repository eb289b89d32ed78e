//! What somebody at a terminal does: runs the built binary and reads what it says.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value as Json;

/// A terminal whose commands go to the host on one data folder.
pub struct Terminal {
    /// The working folder.
    pub here: PathBuf,
    /// The data folder.
    pub data: PathBuf,
}

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Terminal {
    /// A terminal in `here`, for the host on the folder `name` in it.
    pub fn new(here: &Path, name: &str) -> Self {
        Self { here: here.to_owned(), data: here.join(name) }
    }

    /// A command, not yet run.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = program();
        command.args(words).env("HOGSHEAD_DATA", &self.data).current_dir(&self.here);
        command.stdin(Stdio::null());
        command
    }

    /// Runs a command.
    pub fn run(&self, words: &[&str]) -> Ended {
        ended(self.command(words))
    }

    /// Runs a command with `input` on its standard input.
    pub fn run_with(&self, words: &[&str], input: &[u8]) -> Ended {
        let mut command = self.command(words);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary runs");
        let mut stdin = child.stdin.take().expect("piped");
        let input = input.to_vec();
        // A command may end without having read its input.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().expect("it ends");
        writer.join().expect("the writer does not panic");
        from_output(&output)
    }

    /// Runs a command as the shell line `sh -c` would, `hogshead` being the built binary.
    pub fn shell(&self, line: &str) -> Ended {
        let mut command = Command::new("sh");
        let binary = Path::new(env!("CARGO_BIN_EXE_hogshead")).parent().expect("a folder");
        let path = std::env::var("PATH").expect("a PATH");
        command.args(["-c", line]).current_dir(&self.here).stdin(Stdio::null());
        command.env("PATH", format!("{}:{path}", binary.display()));
        command.env("HOGSHEAD_DATA", &self.data);
        ended(command)
    }

    /// Runs a command that must succeed; gives what it printed, without the last line end.
    pub fn ok(&self, words: &[&str]) -> String {
        self.run(words).ok(words)
    }

    /// Runs a command with `--json` that must succeed; gives the document it printed.
    pub fn json(&self, words: &[&str]) -> Json {
        let words = [words, &["--json"]].concat();
        let text = self.ok(&words);
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{words:?}: {e}: {text}"))
    }

    /// Starts the host of this terminal.
    pub fn start(&self, options: &[&str]) -> Running {
        Running::start(self, options)
    }
}

impl Ended {
    /// What was printed, if the command succeeded and complained of nothing.
    pub fn ok(self, words: &[&str]) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{words:?}");
        self.out.strip_suffix('\n').unwrap_or(&self.out).to_owned()
    }

    /// Checks that the command failed with `code` and one line that says what is wrong and what
    /// to do; gives the line.
    pub fn failed(self, code: i32) -> String {
        let line = self.err.strip_suffix('\n').unwrap_or_else(|| panic!("no line: {self:?}"));
        assert_eq!(self.code, code, "{self:?}");
        assert!(line.starts_with("hogshead: "), "{self:?}");
        assert!(line.contains("; ") || line.contains(". "), "what to do is missing: {self:?}");
        for sign in ["\n", "panicked", "backtrace", "RUST_BACKTRACE", "os error", "internal"] {
            assert!(!line.contains(sign), "{sign:?} in {self:?}");
        }
        line.to_owned()
    }
}

/// A host in the foreground of another terminal. Killed when dropped.
pub struct Running {
    child: Child,
    /// The line it printed when it was ready.
    pub ready: Json,
}

impl Running {
    fn start(terminal: &Terminal, options: &[&str]) -> Self {
        let mut command = terminal.command(&["start", "--json", "--stop-with-stdin"]);
        command.args(options).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the binary runs");
        let mut line = String::new();
        let output = child.stdout.take().expect("piped");
        BufReader::new(output).read_line(&mut line).expect("a line");
        let ready = serde_json::from_str(&line).unwrap_or_else(|e| {
            let status = child.wait();
            panic!("the host did not get ready ({status:?}): {e}: {line}")
        });
        Self { child, ready }
    }

    /// Sends a signal by its name, and waits for the end.
    pub fn signal(mut self, name: &str) -> ExitStatus {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &pid]).status().expect("kill runs");
        assert!(sent.success());
        wait(&mut self.child)
    }

    /// Closes its standard input, and waits for the end.
    pub fn close_stdin(mut self) -> ExitStatus {
        drop(self.child.stdin.take());
        wait(&mut self.child)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The built binary, with no variable of the outside that it reads.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hogshead"));
    for name in ["HOGSHEAD_DATA", "HOGSHEAD_LOG", "XDG_DATA_HOME"] {
        command.env_remove(name);
    }
    command.env("RUST_BACKTRACE", "1");
    command
}

/// Runs a command to its end.
pub fn ended(mut command: Command) -> Ended {
    from_output(&command.output().expect("the binary runs"))
}

fn from_output(output: &std::process::Output) -> Ended {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let code = output.status.code().unwrap_or(-1);
    Ended { code, out: text(&output.stdout), err: text(&output.stderr) }
}

/// Waits for a child for at most 20 seconds.
pub fn wait(child: &mut Child) -> ExitStatus {
    let began = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("a child") {
            return status;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "the process does not end");
        std::thread::sleep(Duration::from_millis(10));
    }
}
