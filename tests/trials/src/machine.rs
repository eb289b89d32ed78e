//! What a result file says of the machine it ran on.

use std::fs;
use std::path::Path;
use std::process::Command;

/// CPU, cores, kernel, file system of `folder`, compiler and commit, a line each.
pub fn describe(folder: &Path) -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let folder = folder.display().to_string();
    format!(
        "- CPU: {}\n- cores: {cores}\n- kernel: {}\n- file system: {}\n- compiler: {}\n- commit: {}\n",
        cpu.unwrap_or("unknown"),
        said("uname", &["-sr"]),
        said("stat", &["-f", "-c", "%T", &folder]),
        said("rustc", &["--version"]),
        said("git", &["rev-parse", "HEAD"]),
    )
}

fn said(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output();
    let said = output.ok().filter(|output| output.status.success());
    let said = said.and_then(|output| String::from_utf8(output.stdout).ok());
    said.map_or_else(|| "unknown".to_owned(), |text| text.trim().to_owned())
}
