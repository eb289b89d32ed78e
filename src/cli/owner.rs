//! The running host, as its owner's commands reach it: CapTP over the private Unix socket.

use std::collections::BTreeMap;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use hogshead::SturdyRef;
use hogshead::{Client, Handle, Message, Value};
use hogshead_objects::Ref;
use hogshead_store::disk::Disk as _;
use hogshead_store::disk::real::RealDisk;
use hogshead_store::limits::RESERVE_BYTES;

use super::failure::Failure;
use super::names;

/// A connection to the host that runs on a data folder.
pub struct Owner {
    client: Client,
    timeout: Duration,
    /// The folder of the host's store; an ephemeral host has none.
    store: PathBuf,
    /// One handle for each reference that was used, so that it stays good until the end.
    held: Mutex<BTreeMap<Ref, Handle>>,
}

impl Owner {
    /// Connects to the host that runs on `data`; waits at most `timeout` for each answer.
    pub async fn connect(data: &Path, timeout: Duration) -> Result<Self, Failure> {
        let socket = data.join(SOCKET);
        check(data, &socket)?;
        let connecting = tokio::time::timeout(timeout, Client::connect(&socket)).await;
        let client = connecting
            .map_err(|_| silent(data, timeout))?
            .map_err(|error| no_host(data, &why_not(&socket, &error)))?;
        Ok(Self { client, timeout, store: data.join("store"), held: Mutex::default() })
    }

    /// The connection.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Waits for an answer of the host.
    pub async fn wait<T>(
        &self,
        answer: impl Future<Output = hogshead::Result<T>>,
    ) -> Result<T, Failure> {
        match tokio::time::timeout(self.timeout, answer).await {
            Ok(answer) => answer.map_err(|error| Failure::from_answer(&error)),
            Err(_) => Err(self.late()),
        }
    }

    /// Why no answer has come: a host without room on its disk takes nothing in.
    fn late(&self) -> Failure {
        let seconds = self.timeout.as_secs();
        match RealDisk::new(&self.store).free_bytes() {
            Ok(free) if free < RESERVE_BYTES => Failure::full_disk(seconds, free),
            _ => Failure::timeout(seconds),
        }
    }

    /// What a name in the directory leads to.
    pub async fn lookup(&self, name: &str) -> Result<Value, Failure> {
        let found = self.wait(self.client.admin().ask().lookup(name.to_owned())).await;
        found.map_err(|failure| names::within(names::parts(name).0, failure))
    }

    /// What a sturdyref leads to.
    pub async fn enliven(&self, sturdyref: SturdyRef) -> Result<Value, Failure> {
        self.wait(self.client.admin().ask().enliven(sturdyref)).await
    }

    /// Sends a message to what a reference leads to, and waits for the answer.
    pub async fn call(&self, target: &Value, message: Message) -> Result<Value, Failure> {
        self.wait(self.handle(target)?.call(message)).await
    }

    /// Sends two messages at once, the second to the promise of the first's answer.
    pub async fn call_promised(
        &self,
        target: &Value,
        first: Message,
        second: Message,
    ) -> Result<(Value, Value), Failure> {
        let (promised, first) = self.client.pipeline(&self.handle(target)?, first);
        let promised = promised.map_err(|error| Failure::from_answer(&error))?;
        let second = promised.call(second);
        self.wait(async { tokio::try_join!(first, second) }).await
    }

    /// Refuses a name that is taken: giving it again would let go of what it led to.
    pub async fn ensure_free(&self, name: &str) -> Result<(), Failure> {
        let (within, last) = names::parts(name);
        let names = names::all(self, within).await?;
        match names.iter().any(|taken| taken.name == last) {
            true => {
                let remedy = format!("choose another, or forget it: `hogshead name rm {name}`");
                Err(Failure::usage(format!("the name `{name}` is taken"), remedy))
            }
            false => Ok(()),
        }
    }

    fn handle(&self, target: &Value) -> Result<Handle, Failure> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Value::Ref(reference) = target
            && let Some(handle) = held.get(reference)
        {
            return Ok(handle.clone());
        }
        let (Value::Ref(reference), Some(handle)) = (target, self.client.handle(target)) else {
            let what = "this leads to plain data, which has no methods";
            return Err(Failure::usage(what, "call an object; see `hogshead name ls`"));
        };
        held.insert(*reference, handle.clone());
        Ok(handle)
    }
}

/// Says early what a failed connection would say less well.
fn check(data: &Path, socket: &Path) -> Result<(), Failure> {
    use std::io::ErrorKind;
    use std::os::unix::fs::FileTypeExt;

    match data.metadata() {
        Ok(folder) if !folder.is_dir() => {
            let wrong = format!("{} is not a folder", data.display());
            return Err(Failure::unreachable(wrong, "give the host's data folder with --data DIR"));
        }
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::PermissionDenied => return Err(denied(data)),
        Err(_) => {
            let wrong = format!("there is no data folder {}", data.display());
            return Err(Failure::unreachable(wrong, start_hint(data)));
        }
    }
    match socket.metadata() {
        Ok(file) if file.file_type().is_socket() => Ok(()),
        Ok(_) => Err(no_host(data, &format!("{SOCKET} is not a socket"))),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Err(denied(data)),
        Err(_) => Err(no_host(data, "it has no control socket")),
    }
}

/// Why nobody answers at the socket. What a connection says of it names the folder and what to do,
/// which is said already.
fn why_not(socket: &Path, error: &hogshead::Error) -> String {
    use std::io::ErrorKind::{ConnectionRefused, NotFound};

    match std::os::unix::net::UnixStream::connect(socket).map_err(|error| error.kind()) {
        Err(ConnectionRefused | NotFound) => "nobody listens at its control socket".to_owned(),
        _ => error.message().to_owned(),
    }
}

fn denied(data: &Path) -> Failure {
    let wrong = format!("the data folder {} belongs to another user", data.display());
    Failure::unreachable(wrong, "run as the user who started the host")
}

fn silent(data: &Path, timeout: Duration) -> Failure {
    let seconds = timeout.as_secs();
    let wrong = format!("the host on {} does not answer within {seconds} s", data.display());
    Failure::unreachable(wrong, "see its log, and wait longer with --timeout SECONDS")
}

fn no_host(data: &Path, why: &str) -> Failure {
    let wrong = format!("no host runs on {} ({why})", data.display());
    Failure::unreachable(wrong, start_hint(data))
}

fn start_hint(data: &Path) -> String {
    format!("start one with `hogshead start --data {}`", data.display())
}

/// The control socket's file in the data folder.
const SOCKET: &str = "control.sock";
