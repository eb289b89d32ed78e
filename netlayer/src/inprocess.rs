//! Hosts of one process as a netlayer: what the in-memory and the simulated network share.
//!
//! Channels and prefaces are the same as over QUIC; only the bytes go another way, which a
//! [`Fabric`] provides.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;

use hogshead_objects::ids::{HostId, VatId};
use hogshead_objects::locator::Locator;
use hogshead_objects::preface::Binding;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

use crate::channel::{Channel, CloseReason, Mode};
use crate::error::{Attempt, Cause, ChannelError, DialError, Step};
use crate::frames::{Sink, Source};
use crate::handshake::{Ours, Stream, StreamError, Where, Wish, own_certificate};
use crate::hosts::{HostKey, Vats};
use crate::limits::{ADDRESSES_MAX, Limits};
use crate::pipe::PipeSink;
use crate::sim::SimSink;
use crate::way::Way;
use crate::{BoxFuture, Netlayer};

/// Carries bytes between two addresses of one process.
pub(crate) trait Fabric: Send + Sync {
    /// The netlayer's name.
    fn name(&self) -> &'static str;

    /// A fresh connection: the dialler's end, the listener's, and what tells it from all others.
    fn wire(&self, from: &str, to: &str) -> Wire;

    /// Who listens where.
    fn doors(&self) -> &Doors;
}

/// A connection.
pub(crate) struct Wire {
    pub dialler: End,
    pub listener: End,
    /// Different for each connection of a fabric. There is no handshake to take a secret from,
    /// and within one process nobody to keep it from.
    pub number: u64,
}

/// One end of a connection.
pub(crate) struct End {
    pub sink: AnySink,
    pub source: Box<dyn Source>,
}

/// Who listens where.
#[derive(Default)]
pub(crate) struct Doors(Mutex<BTreeMap<String, Door>>);

impl Doors {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Door>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
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
    end: End,
}

/// One host's end of a network within the process.
pub struct InProcess {
    inner: Arc<Inner>,
    accepted: tokio::sync::Mutex<mpsc::Receiver<Channel>>,
}

struct Inner {
    fabric: Arc<dyn Fabric>,
    address: String,
    key: HostKey,
    vats: Arc<dyn Vats>,
    limits: Limits,
    most: Mode,
    down: watch::Sender<bool>,
}

impl InProcess {
    /// Lets a host in at `address`, replacing whoever was there.
    pub(crate) fn join(
        fabric: Arc<dyn Fabric>,
        address: &str,
        key: HostKey,
        vats: Arc<dyn Vats>,
        limits: Limits,
        most: Mode,
    ) -> Self {
        let (knock, knocks) = mpsc::channel(limits.accepted_max.max(1));
        let (accepted_tx, accepted) = mpsc::channel(limits.accepted_max.max(1));
        fabric.doors().lock().insert(address.to_owned(), Door { host: key.id(), knock });
        let inner = Arc::new(Inner {
            fabric,
            address: address.to_owned(),
            key,
            vats,
            limits,
            most,
            down: watch::Sender::new(false),
        });
        tokio::spawn(listen(Arc::clone(&inner), knocks, accepted_tx));
        Self { inner, accepted: tokio::sync::Mutex::new(accepted) }
    }

    async fn dial_all(&self, from: VatId, to: &Locator, mode: Mode) -> Result<Channel, DialError> {
        let Way { vat, addresses } = Way::read(to, self.name())?;
        let mut attempts = Vec::new();
        for address in addresses.iter().take(ADDRESSES_MAX) {
            if *self.inner.down.borrow() {
                return Err(DialError::ShutDown);
            }
            match self.inner.try_address(from, vat, address, mode).await? {
                Ok(channel) => return Ok(channel),
                Err((step, cause)) => {
                    attempts.push(Attempt { address: address.clone(), step, cause });
                }
            }
        }
        Err(DialError::tried(to, attempts))
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
            biased;
            _ = down.wait_for(|down| *down) => None,
            knock = knocks.recv() => knock,
        };
        let Some(knock) = knock else { return };
        let (inner, accepted) = (Arc::clone(&inner), accepted.clone());
        tokio::spawn(async move {
            let ours = inner.ours();
            let stream = Stream::new(knock.end.sink, knock.end.source, &inner.limits);
            let place = Where { address: knock.from, netlayer: inner.fabric.name() };
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
        let door = self.fabric.doors().lock().get(address).cloned();
        let Some(door) = door else {
            return Ok(Err((Step::Connect, Cause::Connection("nobody is there".into()))));
        };
        let wire = self.fabric.wire(&self.address, address);
        let binding = Binding {
            exporter: *b"hogshead in-process netlayer 1\0\0",
            stream: wire.number,
            dialler: self.key.id(),
            listener: door.host,
        };
        let knock =
            Knock { binding: binding.clone(), from: self.address.clone(), end: wire.listener };
        if door.knock.send(knock).await.is_err() {
            return Ok(Err((Step::Connect, Cause::Connection("the host went down".into()))));
        }
        let stream = Stream::new(wire.dialler.sink, wire.dialler.source, &self.limits);
        let place = Where { address: address.to_owned(), netlayer: self.fabric.name() };
        let wish = Wish { binding, us, wanted: to, mode };
        let dialled = stream.dial(wish, &self.ours(), place, ()).await;
        Ok(dialled.map_err(|error| (Step::Preface, cause(door.host, error))))
    }
}

/// What a failed preface means to whoever dials.
fn cause(host: HostId, error: StreamError) -> Cause {
    match error {
        StreamError::Preface(error) => Cause::Preface { host, error },
        StreamError::Channel(error) => Cause::Connection(error.to_string().into()),
        StreamError::Timeout => Cause::Timeout,
    }
}

impl Netlayer for InProcess {
    fn name(&self) -> &'static str {
        self.inner.fabric.name()
    }

    fn dial<'a>(
        &'a self,
        from: VatId,
        to: &'a Locator,
        mode: Mode,
    ) -> BoxFuture<'a, Result<Channel, DialError>> {
        Box::pin(async move {
            let dial = self.dial_all(from, to, mode);
            timeout(self.inner.limits.dial_time, dial).await.unwrap_or_else(|_| {
                let attempt = Attempt {
                    address: to.addresses(self.name()).next().unwrap_or_default().to_owned(),
                    step: Step::Preface,
                    cause: Cause::Timeout,
                };
                Err(DialError::Unreachable { peer: to.peer(), attempts: vec![attempt] })
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
            let mut doors = self.inner.fabric.doors().lock();
            let ours =
                doors.get(&self.inner.address).is_some_and(|d| d.host == self.inner.key.id());
            if ours {
                doors.remove(&self.inner.address);
            }
        })
    }
}

impl Drop for InProcess {
    fn drop(&mut self) {
        self.inner.down.send_replace(true);
    }
}

impl fmt::Debug for InProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.inner.fabric.name(), self.inner.address)
    }
}

/// The sending half of either fabric.
pub(crate) enum AnySink {
    Pipe(PipeSink),
    Sim(SimSink),
}

impl Sink for AnySink {
    async fn write(&mut self, pieces: &mut [Bytes]) -> Result<(), ChannelError> {
        match self {
            Self::Pipe(sink) => sink.write(pieces).await,
            Self::Sim(sink) => sink.write(pieces).await,
        }
    }

    fn stopped(&self) -> impl Future<Output = ChannelError> + Send + 'static {
        let stopped: BoxFuture<'static, ChannelError> = match self {
            Self::Pipe(sink) => Box::pin(sink.stopped()),
            Self::Sim(sink) => Box::pin(sink.stopped()),
        };
        stopped
    }

    async fn finish(&mut self) {
        match self {
            Self::Pipe(sink) => sink.finish().await,
            Self::Sim(sink) => sink.finish().await,
        }
    }

    fn reset(&mut self, reason: CloseReason) {
        match self {
            Self::Pipe(sink) => sink.reset(reason),
            Self::Sim(sink) => sink.reset(reason),
        }
    }
}
