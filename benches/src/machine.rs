//! What a figure was measured on: without that it says nothing.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The machine, the compiler and the commit of a run.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Machine {
    /// The processor's model name.
    pub cpu: String,
    /// Cores that this process may use.
    pub cores: usize,
    /// Memory in MiB.
    pub memory_mib: u64,
    /// The kernel's name and release.
    pub kernel: String,
    /// The file system of the folder in which durable rows write.
    pub file_system: String,
    /// The compiler, and the profile.
    pub compiler: String,
    /// The commit that the working tree stands on, and whether it differs from it.
    pub commit: String,
    /// The day of the run, UTC, as `YYYY-MM-DD`.
    pub day: String,
    /// How busy the machine was when the run began: processes that ran or waited, one minute's mean.
    pub load: String,
    /// What the run was told.
    pub options: String,
}

impl Machine {
    /// Describes this machine; `data` is the folder in which durable rows write.
    pub fn describe(data: &Path) -> Self {
        Self {
            cpu: field("/proc/cpuinfo", "model name").unwrap_or_else(unknown),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            memory_mib: kilobytes("/proc/meminfo", "MemTotal").unwrap_or(0) / 1024,
            kernel: kernel(),
            file_system: file_system(data),
            compiler: format!("{} ({})", env!("BENCH_COMPILER"), env!("BENCH_PROFILE")),
            commit: commit().unwrap_or_else(unknown),
            day: said("date", &["-u", "+%Y-%m-%d"]).unwrap_or_else(unknown),
            load: first_word("/proc/loadavg"),
            options: std::env::args().skip(1).collect::<Vec<_>>().join(" "),
        }
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cpu, cores, memory_mib, kernel, file_system, .. } = self;
        write!(f, "{cpu}, {cores} cores, {memory_mib} MiB; {kernel}; {file_system}; ")?;
        let Self { compiler, commit, day, load, options, .. } = self;
        write!(f, "{compiler}; commit {commit}; {day}; load {load} when it began; ")?;
        write!(f, "told `{options}`")
    }
}

/// The root of the checkout that these benchmarks belong to.
pub fn checkout() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Bytes of this process that are in memory now (`VmRSS`).
pub fn resident_bytes() -> u64 {
    kilobytes("/proc/self/status", "VmRSS").unwrap_or(0) * 1024
}

/// Threads of this process.
pub fn threads() -> u64 {
    field("/proc/self/status", "Threads").and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// File handles that this process has open.
pub fn file_handles() -> u64 {
    // The one that reads the folder is among them.
    std::fs::read_dir("/proc/self/fd").map_or(0, |all| all.count().saturating_sub(1) as u64)
}

/// Bytes of all files below a folder. One that goes while it is looked at counts as none.
pub fn folder_bytes(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let each = entries.flatten().map(|entry| match entry.metadata() {
        Ok(meta) if meta.is_dir() => folder_bytes(&entry.path()),
        Ok(meta) => meta.len(),
        Err(_) => 0,
    });
    each.sum()
}

fn unknown() -> String {
    "unknown".to_owned()
}

fn kernel() -> String {
    let name = first_word("/proc/sys/kernel/ostype");
    format!("{name} {}", first_word("/proc/sys/kernel/osrelease"))
}

fn first_word(path: &str) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.split_whitespace().next().unwrap_or("unknown").to_owned()
}

fn field(path: &str, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn kilobytes(path: &str, name: &str) -> Option<u64> {
    field(path, name)?.split_whitespace().next()?.parse().ok()
}

/// The name of the file system that a folder lies in.
pub fn file_system(folder: &Path) -> String {
    mount_type(folder).unwrap_or_else(unknown)
}

/// The type of the mount with the longest path that `folder` lies in.
fn mount_type(folder: &Path) -> Option<String> {
    let folder = folder.canonicalize().ok()?;
    let mounts = std::fs::read_to_string("/proc/mounts").ok()?;
    let within = mounts.lines().filter_map(|line| {
        let mut words = line.split_whitespace().skip(1);
        let (at, kind) = (words.next()?, words.next()?);
        folder.starts_with(at).then(|| (at.len(), kind.to_owned()))
    });
    within.max_by_key(|(length, _)| *length).map(|(_, kind)| kind)
}

/// The report itself may differ: it is what a run writes.
fn commit() -> Option<String> {
    let root = checkout().display().to_string();
    let hash = said("git", &["-C", &root, "rev-parse", "--short=12", "HEAD"])?;
    let unless = [":/", ":(exclude,top)docs/performance.md", ":(exclude,top)docs/performance"];
    let mut asked =
        vec!["-C", root.as_str(), "status", "--porcelain", "--untracked-files=no", "--"];
    asked.extend(unless);
    let changed = said("git", &asked)?;
    Some(if changed.is_empty() { hash } else { format!("{hash} with changes") })
}

fn said(program: &str, arguments: &[&str]) -> Option<String> {
    let said = Command::new(program).args(arguments).output().ok()?;
    let text = String::from_utf8(said.stdout).ok()?;
    said.status.success().then(|| text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_is_described_in_one_line_without_its_name() {
        let machine = Machine::describe(&std::env::temp_dir());
        assert!(machine.cores > 0 && machine.memory_mib > 0, "{machine:?}");
        assert!(!machine.to_string().contains('\n'));
        assert!(machine.compiler.starts_with("rustc"), "{machine:?}");
        assert!(resident_bytes() > 100_000);
        assert!(threads() > 0 && file_handles() > 2);
    }
}
