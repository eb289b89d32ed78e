//! A netlayer between hosts of one process, for tests: the same channels and the same preface.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hogshead_objects::ids::{HostId, VatId};
use hogshead_objects::preface::Binding;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

use crate::channel::{Channel, Mode};
use crate::error::{Attempt, Cause, DialError, Step};
use crate::handshake::{Ours, Stream, StreamError, Where, own_certificate};
use crate::hosts::{HostKey, Vats};
use crate::limits::{ADDRESSES_MAX, Limits};
use crate::pipe::{PipeSink, PipeSource, pipe};
use crate::{BoxFuture, Netlayer};

/// The name of the netlayer, and of its hint in locators.
pub const NAME: &str = "memory";

/// A network within one process.
#[derive(Clone, Default)]
pub struct MemoryNetwork {
    hosts: Arc<Mutex<BTreeMap<String, Door>>>,
    connections: Arc<AtomicU64>,
}

#[derive(Clone)]
struct Door {
    host: HostId,
    knock: mpsc::Sender<Knock>,
}

/// A stream on its way to a listener.
struct Knock {
    binding: Binding,
    from: String,
    sink: PipeSink,
    source: PipeSource,
}

/// One host's end of a [`MemoryNetwork`].
pub struct Memory {
    inner: Arc<Inner>,
    accepted: tokio::sync::Mutex<mpsc::Receiver<Channel>>,
}

struct Inner {
    network: MemoryNetwork,
    address: String,
    key: HostKey,
    vats: Arc<dyn Vats>,
    limits: Limits,
    most: Mode,
    down: watch::Sender<bool>,
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
    ) -> Memory {
        let (knock, knocks) = mpsc::channel(limits.accepted_max.max(1));
        let (accepted_tx, accepted) = mpsc::channel(limits.accepted_max.max(1));
        self.doors().insert(address.to_owned(), Door { host: key.id(), knock });
        let inner = Arc::new(Inner {
            network: self.clone(),
            address: address.to_owned(),
            key,
            vats,
            limits,
            most,
            down: watch::Sender::new(false),
        });
        tokio::spawn(listen(Arc::clone(&inner), knocks, accepted_tx));
        Memory { inner, accepted: tokio::sync::Mutex::new(accepted) }
    }

    fn doors(&self) -> MutexGuard<'_, BTreeMap<String, Door>> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A binding that no other stream of this network has. There is no handshake to take a secret
    /// from, and within one process nobody to keep it from.
    fn binding(&self, dialler: HostId, listener: HostId) -> Binding {
        let stream = self.connections.fetch_add(1, Ordering::Relaxed);
        Binding { exporter: *b"hogshead in-memory netlayer 1\0\0\0", stream, dialler, listener }
    }
}

async fn listen(
    inner: Arc<Inner>,
    mut knocks: mpsc::Receiver<Knock>,
    accepted: mpsc::Sender<Channel>,
) {
    let mut down = inner.down.subscribe();
    loop {
        let knock = tokio::select! {
            knock = knocks.recv() => knock,
            _ = down.wait_for(|down| *down) => None,
        };
        let Some(knock) = knock else { return };
        let (inner, accepted) = (Arc::clone(&inner), accepted.clone());
        tokio::spawn(async move {
            let ours = inner.ours();
            let stream = Stream::new(knock.sink, Box::new(knock.source), &inner.limits);
            let place = Where { address: knock.from, netlayer: NAME };
            match stream.listen(knock.binding, inner.most, &ours, place, ()).await {
                // The host has gone down when nobody takes it.
                Ok(channel) => drop(accepted.send(channel).await),
                Err(error) => tracing::debug!(?error, "a preface failed"),
            }
        });
    }
}

impl Inner {
    fn ours(&self) -> Ours<'_> {
        Ours { key: &self.key, vats: self.vats.as_ref(), limits: &self.limits }
    }

    async fn try_address(
        &self,
        from: VatId,
        to: VatId,
        address: &str,
        mode: Mode,
    ) -> Result<Result<Channel, (Step, Cause)>, DialError> {
        let us = own_certificate(from, &self.key, self.vats.as_ref())?;
        let door = self.network.doors().get(address).cloned();
        let Some(door) = door else {
            return Ok(Err((Step::Connect, Cause::Connection("nobody is there".into()))));
        };
        let binding = self.network.binding(self.key.id(), door.host);
        let ((sink, their_source), (their_sink, source)) = (pipe(), pipe());
        let knock = Knock {
            binding: binding.clone(),
            from: self.address.clone(),
            sink: their_sink,
            source: their_source,
        };
        if door.knock.send(knock).await.is_err() {
            return Ok(Err((Step::Connect, Cause::Connection("the host went down".into()))));
        }
        let stream = Stream::new(sink, Box::new(source), &self.limits);
        let place = Where { address: address.to_owned(), netlayer: NAME };
        let dialled = stream.dial(binding, us, to, mode, &self.ours(), place, ()).await;
        Ok(dialled.map_err(|error| (Step::Preface, cause(door.host, error))))
    }
}

/// What a failed preface means to whoever dials.
pub(crate) fn cause(host: HostId, error: StreamError) -> Cause {
    match error {
        StreamError::Preface(error) => Cause::Preface { host, error },
        StreamError::Channel(error) => Cause::Connection(error.to_string().into()),
        StreamError::Timeout => Cause::Timeout,
    }
}

impl Memory {
    async fn dial_all(
        &self,
        from: VatId,
        to: VatId,
        addresses: &[String],
        mode: Mode,
    ) -> Result<Channel, DialError> {
        if addresses.is_empty() {
            return Err(DialError::NoAddress(to));
        }
        let mut attempts = Vec::new();
        for address in addresses.iter().take(ADDRESSES_MAX) {
            if *self.inner.down.borrow() {
                return Err(DialError::ShutDown);
            }
            match self.inner.try_address(from, to, address, mode).await? {
                Ok(channel) => return Ok(channel),
                Err((step, cause)) => {
                    attempts.push(Attempt { address: address.clone(), step, cause });
                }
            }
        }
        Err(DialError::Unreachable { vat: to, attempts })
    }
}

impl Netlayer for Memory {
    fn name(&self) -> &'static str {
        NAME
    }

    fn dial<'a>(
        &'a self,
        from: VatId,
        to: VatId,
        addresses: &'a [String],
        mode: Mode,
    ) -> BoxFuture<'a, Result<Channel, DialError>> {
        Box::pin(async move {
            let dial = self.dial_all(from, to, addresses, mode);
            timeout(self.inner.limits.dial_time, dial).await.unwrap_or_else(|_| {
                let attempt = Attempt {
                    address: addresses.first().cloned().unwrap_or_default(),
                    step: Step::Preface,
                    cause: Cause::Timeout,
                };
                Err(DialError::Unreachable { vat: to, attempts: vec![attempt] })
            })
        })
    }

    fn accept(&self) -> BoxFuture<'_, Option<Channel>> {
        Box::pin(async {
            let mut down = self.inner.down.subscribe();
            let mut accepted = self.accepted.lock().await;
            tokio::select! {
                biased;
                _ = down.wait_for(|down| *down) => None,
                channel = accepted.recv() => channel,
            }
        })
    }

    fn local_addresses(&self) -> Vec<String> {
        vec![self.inner.address.clone()]
    }

    fn shutdown(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            self.inner.down.send_replace(true);
            let mut doors = self.inner.network.doors();
            let ours =
                doors.get(&self.inner.address).is_some_and(|d| d.host == self.inner.key.id());
            if ours {
                doors.remove(&self.inner.address);
            }
        })
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        self.inner.down.send_replace(true);
    }
}
