//! This program again, as a process of its own: what measures for another ([`said`]), and the other
//! side of a call, with `--serve KIND`.
//!
//! The latter prints where it listens, serves on one thread, and ends with its input.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Instant;

use tokio::task::LocalSet;

use crate::measure::{cpu_ns, ns};
use crate::peers::{capnp::Capnp, quic::Quic, tarpc::Tarpc, tonic::Tonic};
use crate::rows::one_thread;
use crate::rows::remote::host;
use crate::stage::{Threads, share_echo};

/// What this program prints as a process of its own, with these arguments, to its end.
pub fn said<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> String {
    let own = std::env::current_exe().expect("a program");
    let said = Command::new(own).args(arguments).output().expect("it runs");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8_lossy(&said.stdout).trim().to_owned()
}

/// A process that serves.
pub struct Served {
    child: Child,
    /// With this gone it ends.
    input: Option<ChildStdin>,
    /// What it has printed: where it listens.
    pub at: String,
}

impl Served {
    /// Starts one of this kind.
    pub fn start(kind: &str) -> Self {
        let own = std::env::current_exe().expect("a program");
        let mut command = Command::new(own);
        command.args(["--serve", kind]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let mut at = String::new();
        BufReader::new(output.expect("its output")).read_line(&mut at).expect("it says where");
        assert!(!at.is_empty(), "a process that was to serve {kind} ended at once");
        Self { child, input, at: at.trim().to_owned() }
    }

    /// The CPU time of all its threads, in nanoseconds.
    pub fn cpu_ns(&self) -> f64 {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.child.id()));
        let each = tasks.expect("it runs").flatten().filter_map(|task| {
            let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
            text.split_whitespace().next()?.parse::<f64>().ok()
        });
        each.sum()
    }

    /// Nanoseconds, and nanoseconds of CPU of both processes, that each of so many took.
    pub fn wall_and_cpu(&self, times: u64, work: impl FnOnce()) -> Vec<f64> {
        let (begun, cpu) = (Instant::now(), cpu_ns() + self.cpu_ns());
        work();
        let (wall, cpu) = (ns(begun.elapsed()), cpu_ns() + self.cpu_ns() - cpu);
        vec![wall / times as f64, cpu / times as f64]
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.input.take());
        // It has nothing to tell any more.
        let _ = self.child.wait();
    }
}

/// What `--serve KIND` does.
pub fn serve(kind: &str) -> Option<()> {
    let (runtime, local) = (one_thread(), LocalSet::new());
    local.block_on(&runtime, async {
        match kind {
            "plain" | "durable" => {
                let host = host(2, Threads::None, kind == "plain").await;
                let (client, shared) = share_echo(&host).await;
                println!("{}", *shared.expose_text());
                until_told().await;
                drop(client);
                host.shutdown().await.expect("stopped");
            }
            "quic" => {
                let (endpoint, place) = Quic::serve();
                println!("{place}");
                until_told().await;
                drop(endpoint);
            }
            "capnp" => say(Capnp::serve().await).await,
            "tarpc" => say(Tarpc::serve().await).await,
            "tonic" => say(Tonic::serve().await).await,
            _ => return None,
        }
        Some(())
    })
}

async fn say(address: std::net::SocketAddr) {
    println!("{address}");
    until_told().await;
}

/// Waits until the input ends.
async fn until_told() {
    let wait = || std::io::stdin().read_to_end(&mut Vec::new());
    // Whether it ended well or not, nobody is there any more.
    let _ = tokio::task::spawn_blocking(wait).await;
}
