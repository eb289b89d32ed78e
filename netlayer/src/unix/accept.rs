//! Strangers of this machine.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::{UnixListener, UnixStream};
use tokio::time::sleep;

use super::{GREETING, split};
use crate::local::LocalError;
use crate::noise::carrier::lost;
use crate::noise::gate::Gate;

/// How long to wait when the system gives no connection: it has run out of files.
const PAUSE: Duration = Duration::from_millis(100);

pub(super) fn bind(path: &Path, mode: u32) -> Result<UnixListener, LocalError> {
    let io = |error| LocalError::Io { path: path.to_owned(), error };
    let listener = UnixListener::bind(path).map_err(io)?;
    fs::set_permissions(path, Permissions::from_mode(mode & 0o777)).map_err(io)?;
    Ok(listener)
}

/// Accepts connections until the netlayer goes down.
pub(super) async fn run(listener: UnixListener, gate: Arc<Gate<u32>>) {
    let down = gate.went_down();
    let accept = async {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => handle_stranger(stream, &gate),
                Err(error) => {
                    tracing::warn!(%error, "a connection to the Unix socket was lost");
                    sleep(PAUSE).await;
                }
            }
        }
    };
    tokio::select! {
        () = accept => {}
        () = down => {}
    }
}

fn handle_stranger(stream: UnixStream, gate: &Arc<Gate<u32>>) {
    let Ok(user) = stream.peer_cred() else { return };
    let address = match user.pid() {
        Some(pid) => format!("user {}, process {pid}", user.uid()),
        None => format!("user {}", user.uid()),
    };
    let Some(ticket) = gate.admission.admit(user.uid()) else {
        return tracing::debug!(address, "a connection was refused: too many");
    };
    let gate = Arc::clone(gate);
    tokio::spawn(async move {
        let greet = async {
            let mut stream = stream;
            stream.write_all(GREETING).await.map_err(|error| lost(&error))?;
            Ok(split(stream))
        };
        gate.serve(greet, ticket, address).await;
    });
}
