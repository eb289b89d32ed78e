//! A netlayer between hosts of one process, for tests: the same channels and the same preface.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::channel::Mode;
use crate::hosts::{HostKey, Vats};
pub use crate::inprocess::InProcess;
use crate::inprocess::{AnySink, Doors, End, Fabric, Wire};
use crate::limits::Limits;
use crate::pipe::pipe;

/// The name of the netlayer, and of its hint in locators.
pub const NAME: &str = "memory";

/// A network within one process, where bytes arrive at once. Clones are the same network.
#[derive(Clone, Default)]
pub struct MemoryNetwork(Arc<Pipes>);

#[derive(Default)]
struct Pipes {
    doors: Doors,
    connections: AtomicU64,
}

impl MemoryNetwork {
    /// A network without hosts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets a host in at `address`, replacing whoever was there. Must be called within a tokio
    /// runtime. Sessions speak `most` at the most.
    pub fn join(
        &self,
        address: &str,
        key: HostKey,
        vats: Arc<dyn Vats>,
        limits: Limits,
        most: Mode,
    ) -> InProcess {
        let fabric: Arc<dyn Fabric> = Arc::<Pipes>::clone(&self.0);
        InProcess::join(fabric, address, key, vats, limits, most)
    }
}

impl Fabric for Pipes {
    fn name(&self) -> &'static str {
        NAME
    }

    fn wire(&self, _from: &str, _to: &str) -> Wire {
        let ((to_listener, at_listener), (to_dialler, at_dialler)) = (pipe(), pipe());
        Wire {
            dialler: End { sink: AnySink::Pipe(to_listener), source: Box::new(at_dialler) },
            listener: End { sink: AnySink::Pipe(to_dialler), source: Box::new(at_listener) },
            number: self.connections.fetch_add(1, Ordering::Relaxed),
        }
    }

    fn doors(&self) -> &Doors {
        &self.doors
    }
}
