//! The newcomer's minute: it tells its story, and leaves nothing behind however it ends.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value as Json;

/// A demo that plays in a temporary folder of the test.
struct Demo {
    temporary: tempfile::TempDir,
    child: Child,
    output: BufReader<ChildStdout>,
}

impl Demo {
    fn begin(options: &[&str]) -> Self {
        let temporary = tempfile::tempdir().expect("a folder");
        let mut command = Command::new(env!("CARGO_BIN_EXE_hogshead"));
        command.arg("demo").args(options).env("TMPDIR", temporary.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary runs");
        let output = BufReader::new(child.stdout.take().expect("piped"));
        Self { temporary, child, output }
    }

    /// Reads until a line contains `part`.
    fn read_until(&mut self, part: &str) {
        let mut line = String::new();
        while !line.contains(part) {
            line.clear();
            assert_ne!(self.output.read_line(&mut line).expect("UTF-8"), 0, "no line has {part}");
        }
    }

    fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &pid]).status().expect("kill runs");
        assert!(sent.success());
    }

    /// Waits for the end; gives exit code, the rest of the output, and the errors.
    fn end(mut self) -> (Option<i32>, String, String) {
        let (mut said, mut complained) = (String::new(), String::new());
        self.output.read_to_string(&mut said).expect("UTF-8");
        let mut errors = self.child.stderr.take().expect("piped");
        errors.read_to_string(&mut complained).expect("UTF-8");
        let status = self.child.wait().expect("a child");
        self.leaves_nothing();
        (status.code(), said, complained)
    }

    /// Checks that no process and no file of the demo is left, as soon as the sweeper is done.
    fn leaves_nothing(&self) {
        let began = Instant::now();
        loop {
            let processes = processes_of(self.temporary.path());
            let files = files_below(self.temporary.path());
            if processes.is_empty() && files.is_empty() {
                return;
            }
            let patience = began.elapsed() < Duration::from_secs(90);
            assert!(patience, "{files:?} and the processes {processes:?} are left");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Everything in a folder, as deep as it goes.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let all = entries.flat_map(|entry| {
        let below = files_below(&entry.path());
        std::iter::once(entry.path()).chain(below)
    });
    all.collect()
}

/// The processes whose command line names the folder.
fn processes_of(folder: &Path) -> Vec<String> {
    let folder = folder.to_str().expect("UTF-8");
    let processes = std::fs::read_dir("/proc").expect("a system with /proc");
    let line = |entry: std::io::Result<std::fs::DirEntry>| {
        let line = std::fs::read(entry.ok()?.path().join("cmdline")).ok()?;
        let line = String::from_utf8_lossy(&line).replace('\0', " ");
        line.contains(folder).then_some(line)
    };
    processes.filter_map(line).collect()
}

#[test]
fn the_demo_tells_its_story_and_leaves_nothing_behind() {
    let (code, said, complained) = Demo::begin(&[]).end();
    assert_eq!((code, complained.as_str()), (Some(0), ""), "{said}");
    for part in [
        "1. Two hosts start",
        "Alice reads 3 at her end",
        "no answer had left her host yet",
        "denied: ",
        "none of its objects is in memory",
        "SIGKILL",
        "nothing was lost, and nothing done twice",
        "revoked: ",
        "the folder is gone",
    ] {
        assert!(said.contains(part), "{part:?} is not in\n{said}");
    }
}

#[test]
fn the_demo_in_json_is_a_line_for_each_step() {
    let (code, said, complained) = Demo::begin(&["--json"]).end();
    assert_eq!((code, complained.as_str()), (Some(0), ""), "{said}");
    let lines = said.lines().map(|line| serde_json::from_str::<Json>(line).expect("JSON"));
    let lines: Vec<_> = lines.collect();
    let steps: Vec<_> = lines.iter().map(|line| line["step"].as_u64().expect("a number")).collect();
    let times: Vec<_> = lines.iter().map(|line| line["ms"].as_u64().expect("a number")).collect();
    assert!(steps.is_sorted() && times.is_sorted(), "{said}");
    assert_eq!((steps.first(), steps.last()), (Some(&1), Some(&10)), "{said}");
    assert!(lines.iter().all(|line| line["said"].is_string()), "{said}");
}

#[test]
fn a_demo_that_is_interrupted_cleans_up_and_says_so() {
    let mut demo = Demo::begin(&[]);
    demo.read_until("Bob calls it");
    demo.signal("INT");
    let (code, _, complained) = demo.end();
    assert_eq!(code, Some(1));
    assert!(complained.starts_with("hogshead: the demo was stopped; "), "{complained}");
    assert_eq!(complained.lines().count(), 1, "{complained}");
}

#[test]
fn a_demo_that_is_killed_is_cleaned_up_after() {
    for part in ["1. Two hosts", "Bob calls it", "is dead"] {
        let mut demo = Demo::begin(&[]);
        demo.read_until(part);
        demo.signal("KILL");
        let (code, _, _) = demo.end();
        assert_eq!(code, None);
    }
}
