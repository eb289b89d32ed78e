//! A host's end of a way that carries one session a connection: who is let in, how a connection
//! becomes a channel, and how all of them end.
//!
//! ```text
//!   stranger ──▶ ticket ──▶ carrier ──▶ Noise ──▶ preface ──▶ accept
//!                  │  └──────────── unproven_time ─────────┘
//!                  └ so many in all, so many from one place
//! ```

use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hogshead_objects::ids::{HostId, VatId};
use hogshead_objects::keys::HostingCertificate;
use hogshead_objects::locator::Locator;
use hogshead_objects::preface::Refusal;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::time::{Instant, sleep, timeout};

use super::carrier::{Inlet, Outlet, lost};
use super::pauses::Pauses;
use super::stream::{NoiseSink, Setting, halves};
use super::{Binding, Initiator, NoiseError, Responder, Secured};
use crate::admission::{Admission, Ticket};
use crate::channel::{Channel, CloseReason, Mode};
use crate::error::{Attempt, Cause, ChannelError, DialError, Step};
use crate::handshake::{Ours, Stream, StreamError, Where, Wish, own_certificate};
use crate::hosts::{HostKey, Vats};
use crate::limits::{ADDRESSES_MAX, Limits};
use crate::way::Way;

/// The step at which an attempt failed, and why.
pub(crate) type Failed = (Step, Cause);

/// What all connections of a netlayer share. `K` tells strangers apart.
pub(crate) struct Gate<K> {
    name: &'static str,
    us: HostId,
    key: HostKey,
    vats: Arc<dyn Vats>,
    most: Mode,
    pub limits: Limits,
    keep_alive: Option<Duration>,
    pauses: Option<Pauses>,
    pub admission: Arc<Admission<K>>,
    sessions: Arc<Sessions>,
    dials: Semaphore,
    accepted_in: mpsc::Sender<Channel>,
    accepted: tokio::sync::Mutex<mpsc::Receiver<Channel>>,
    down: watch::Sender<bool>,
}

/// How a netlayer is kept.
pub(crate) struct GateConfig {
    pub name: &'static str,
    pub most: Mode,
    pub limits: Limits,
    /// How often connections show that they live, if they must.
    pub keep_alive: Option<Duration>,
    /// The seed for pauses after failures at an address, if there are to be any.
    pub pauses: Option<u64>,
}

/// Who wants whom, and how; not yet on which connection.
struct Goal {
    us: HostingCertificate,
    to: VatId,
    mode: Mode,
}

/// Sessions that each host has opened here.
struct Sessions {
    counts: Mutex<BTreeMap<HostId, u32>>,
    max: u32,
}

/// Keeps a connection counted, and once it is proven its session too.
struct Slot<K: Ord + Copy> {
    ticket: Mutex<Ticket<K>>,
    session: Mutex<Option<Entered>>,
}

struct Entered {
    sessions: Arc<Sessions>,
    host: HostId,
}

impl<K: Ord + Copy + Send + Sync + 'static> Gate<K> {
    pub(crate) fn new(config: GateConfig, key: HostKey, vats: Arc<dyn Vats>) -> Arc<Self> {
        let GateConfig { name, most, limits, keep_alive, pauses } = config;
        let (accepted_in, accepted) = mpsc::channel(limits.accepted_max.max(1));
        let max = limits.sessions_per_connection_max;
        Arc::new(Self {
            name,
            us: key.id(),
            key,
            vats,
            most,
            keep_alive,
            pauses: pauses.map(Pauses::new),
            admission: Admission::new(&limits),
            sessions: Arc::new(Sessions { counts: Mutex::default(), max }),
            dials: Semaphore::new(limits.handshakes_max.max(1)),
            accepted_in,
            accepted: tokio::sync::Mutex::new(accepted),
            down: watch::Sender::new(false),
            limits,
        })
    }

    /// Serves a stranger: waits for its carrier, proves who is who, and hands the channel to the
    /// host.
    pub(crate) async fn serve<O: Outlet, I: Inlet>(
        &self,
        carrier: impl Future<Output = Result<(O, I), ChannelError>> + Send,
        ticket: Ticket<K>,
        address: String,
    ) {
        let slot = Arc::new(Slot { ticket: Mutex::new(ticket), session: Mutex::new(None) });
        let mut down = self.down.subscribe();
        let served = tokio::select! {
            served = timeout(self.limits.unproven_time, self.admit(carrier, &slot, &address)) => served,
            _ = down.wait_for(|down| *down) => return,
        };
        match served {
            Ok(Ok(channel)) => {
                // When the host takes no sessions any more, dropping the channel ends it.
                let sent = self.accepted_in.send(channel);
                drop(timeout(self.limits.preface_time, sent).await);
            }
            Ok(Err(error)) => tracing::debug!(way = self.name, address, ?error, "no session"),
            Err(_) => tracing::debug!(way = self.name, address, "a stranger took too long"),
        }
    }

    async fn admit<O: Outlet, I: Inlet>(
        &self,
        carrier: impl Future<Output = Result<(O, I), ChannelError>> + Send,
        slot: &Arc<Slot<K>>,
        address: &str,
    ) -> Result<Channel, StreamError> {
        let secure = async {
            let (mut outlet, mut inlet) = carrier.await?;
            let secured = listen(self.us, &mut outlet, &mut inlet).await?;
            Ok::<_, ChannelError>((outlet, inlet, secured))
        };
        let secure = timeout(self.limits.handshake_time, secure);
        let (outlet, inlet, secured) = secure.await.map_err(|_| StreamError::Timeout)??;
        let host = secured.binding.dialler;
        let (stream, binding) = self.stream((outlet, inlet), secured, slot);
        if self.sessions.is_full(host) {
            stream.refuse(Refusal::Busy, &self.limits).await;
            return Err(StreamError::Preface(crate::PrefaceError::Refused(Refusal::Busy)));
        }
        let place = Where { address: address.to_owned(), netlayer: self.name };
        let guard = Arc::clone(slot);
        let channel = stream.listen(binding, self.most, &self.ours(), place, guard).await?;
        // Only now it is sure who it is; several at once may have found the last place.
        let Some(entered) = self.sessions.enter(host) else {
            channel.tx.close(CloseReason::Limit);
            return Err(StreamError::Preface(crate::PrefaceError::Refused(Refusal::Busy)));
        };
        slot.prove(Some(entered));
        Ok(channel)
    }

    /// Dials the addresses that the locator shows for this way, each by `connect`.
    pub(crate) async fn dial<'a, O, I, F>(
        &self,
        from: VatId,
        to: &Locator,
        mode: Mode,
        connect: impl Fn(String) -> F + Send + Sync,
    ) -> Result<Channel, DialError>
    where
        O: Outlet,
        I: Inlet,
        F: Future<Output = Result<(O, I), Failed>> + Send + 'a,
    {
        if self.is_down() {
            return Err(DialError::ShutDown);
        }
        let Way { vat, addresses } = Way::read(to, self.name)?;
        let us = own_certificate(from, &self.key, self.vats.as_ref())?;
        let goal = Goal { us, to: vat, mode: mode.min(self.most) };
        let mut attempts = Vec::new();
        let mut current = addresses.first().cloned().unwrap_or_default();
        let all = async {
            for address in addresses.iter().take(ADDRESSES_MAX) {
                current.clone_from(address);
                match self.dial_one(address, &goal, connect(address.clone())).await {
                    Ok(channel) => return Some(channel),
                    Err((step, cause)) => {
                        attempts.push(Attempt { address: address.clone(), step, cause });
                    }
                }
            }
            None
        };
        let mut down = self.down.subscribe();
        let done = tokio::select! {
            done = timeout(self.limits.dial_time, all) => done,
            _ = down.wait_for(|down| *down) => return Err(DialError::ShutDown),
        };
        match done {
            Ok(Some(channel)) => return Ok(channel),
            Ok(None) => {}
            Err(_) => {
                let (step, cause) = (Step::Connect, Cause::Timeout);
                attempts.push(Attempt { address: current, step, cause });
            }
        }
        Err(DialError::tried(to, attempts))
    }

    async fn dial_one<O: Outlet, I: Inlet>(
        &self,
        address: &str,
        goal: &Goal,
        connect: impl Future<Output = Result<(O, I), Failed>> + Send,
    ) -> Result<Channel, Failed> {
        let fail = |cause: Cause| (Step::Connect, cause);
        let busy = || fail(Cause::Connection("this host has too many connections".into()));
        self.wait(address).await?;
        let permit = self.dials.acquire().await.map_err(|_| busy())?;
        let ticket = self.admission.dial().ok_or_else(busy)?;
        let secure = async {
            let (mut outlet, mut inlet) = connect.await?;
            let secured = dial(self.us, &mut outlet, &mut inlet).await;
            let secured = secured.map_err(|e| fail(Cause::Connection(reason(&e).into())))?;
            Ok::<_, Failed>((outlet, inlet, secured))
        };
        let secured = timeout(self.limits.handshake_time, secure).await;
        let secured = secured.unwrap_or_else(|_| Err(fail(Cause::Timeout)));
        self.remember(address, &secured);
        let (outlet, inlet, secured) = secured?;
        drop(permit);
        let host = secured.binding.listener;
        if host == self.us {
            return Err(fail(Cause::Ourselves));
        }
        let slot = Arc::new(Slot { ticket: Mutex::new(ticket), session: Mutex::new(None) });
        let (stream, binding) = self.stream((outlet, inlet), secured, &slot);
        let place = Where { address: address.to_owned(), netlayer: self.name };
        let wish = Wish { binding, us: goal.us.clone(), wanted: goal.to, mode: goal.mode };
        stream.dial(wish, &self.ours(), place, slot).await.map_err(|error| {
            let cause = match error {
                StreamError::Preface(error) => Cause::Preface { host, error },
                StreamError::Timeout => Cause::Timeout,
                StreamError::Channel(error) => Cause::Connection(reason(&error).into()),
            };
            (Step::Preface, cause)
        })
    }

    /// Waits until an address that has failed may be tried again.
    async fn wait(&self, address: &str) -> Result<(), Failed> {
        let Some(pauses) = &self.pauses else { return Ok(()) };
        let pause = pauses.pause(address, Instant::now());
        if pause.saturating_mul(2) > self.limits.dial_time {
            let ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
            return Err((Step::Connect, Cause::Backoff(ms)));
        }
        sleep(pause).await;
        Ok(())
    }

    fn remember<T>(&self, address: &str, tried: &Result<T, Failed>) {
        let Some(pauses) = &self.pauses else { return };
        match tried {
            Ok(_) => pauses.record_success(address),
            // What is no address costs nobody anything.
            Err((Step::Resolve, _)) => {}
            Err(_) => pauses.record_failure(address, Instant::now()),
        }
    }

    fn stream<O: Outlet, I: Inlet>(
        &self,
        carrier: (O, I),
        secured: Secured,
        slot: &Arc<Slot<K>>,
    ) -> (Stream<NoiseSink<O>>, Binding) {
        let Secured { sealer, opener, binding } = secured;
        let setting = Setting {
            down: self.down.subscribe(),
            keep_alive: self.keep_alive,
            linger: self.limits.linger,
        };
        let guard: Arc<Slot<K>> = Arc::clone(slot);
        let (sink, source) = halves(carrier, (sealer, opener), guard, setting);
        (Stream::new(sink, Box::new(source), &self.limits), binding)
    }

    /// The next channel; nothing once the netlayer is down.
    pub(crate) async fn accept(&self) -> Option<Channel> {
        let mut down = self.down.subscribe();
        let mut accepted = self.accepted.lock().await;
        tokio::select! {
            biased;
            _ = down.wait_for(|down| *down) => None,
            channel = accepted.recv() => channel,
        }
    }

    /// Ends everything, and waits a second at the most until the peers have been told.
    pub(crate) async fn shutdown(&self) {
        self.go_down();
        let gone = async {
            while self.admission.connections() > 0 {
                sleep(Duration::from_millis(10)).await;
            }
        };
        // Peers that do not close their end learn it from the end of ours.
        let _ = timeout(Duration::from_secs(1), gone).await;
    }

    pub(crate) fn go_down(&self) {
        self.down.send_replace(true);
    }

    pub(crate) fn is_down(&self) -> bool {
        *self.down.borrow()
    }

    /// Ready once the netlayer goes down.
    pub(crate) fn went_down(&self) -> impl Future<Output = ()> + Send + use<K> {
        let mut down = self.down.subscribe();
        async move {
            // An error says that the gate is gone altogether.
            let _ = down.wait_for(|down| *down).await;
        }
    }

    fn ours(&self) -> Ours<'_> {
        Ours { key: &self.key, vats: self.vats.as_ref(), limits: &self.limits }
    }
}

/// The dialler's side of the handshake.
async fn dial<O: Outlet, I: Inlet>(
    us: HostId,
    outlet: &mut O,
    inlet: &mut I,
) -> Result<Secured, ChannelError> {
    let (state, message) = Initiator::new(us).map_err(told)?;
    outlet.send(message).await.map_err(|error| lost(&error))?;
    let answer = receive(inlet).await?;
    let (secured, message) = state.handle_message(&answer).map_err(told)?;
    outlet.send(message).await.map_err(|error| lost(&error))?;
    Ok(secured)
}

/// The listener's side.
async fn listen<O: Outlet, I: Inlet>(
    us: HostId,
    outlet: &mut O,
    inlet: &mut I,
) -> Result<Secured, ChannelError> {
    let first = receive(inlet).await?;
    let (state, message) =
        Responder::new(us).map_err(told)?.handle_message(&first).map_err(told)?;
    outlet.send(message).await.map_err(|error| lost(&error))?;
    state.handle_message(&receive(inlet).await?).map_err(told)
}

async fn receive<I: Inlet>(inlet: &mut I) -> Result<bytes::Bytes, ChannelError> {
    let message = poll_fn(|cx| inlet.poll_message(cx)).await?;
    message.ok_or_else(|| ChannelError::Connection("the other end hung up".into()))
}

fn told(error: NoiseError) -> ChannelError {
    ChannelError::Connection(error.to_string().into())
}

/// The reason alone, where a connection's end is said already.
pub(crate) fn reason(error: &ChannelError) -> String {
    match error {
        ChannelError::Connection(reason) => reason.to_string(),
        other => other.to_string(),
    }
}

impl Sessions {
    fn is_full(&self, host: HostId) -> bool {
        self.lock().get(&host).is_some_and(|count| *count >= self.max)
    }

    fn enter(self: &Arc<Self>, host: HostId) -> Option<Entered> {
        let mut counts = self.lock();
        let count = counts.entry(host).or_default();
        if *count >= self.max {
            return None;
        }
        *count = count.saturating_add(1);
        Some(Entered { sessions: Arc::clone(self), host })
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<HostId, u32>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        let mut counts = self.sessions.lock();
        if let Some(count) = counts.get_mut(&self.host) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                counts.remove(&self.host);
            }
        }
    }
}

impl<K: Ord + Copy> Slot<K> {
    fn prove(&self, entered: Option<Entered>) {
        self.ticket.lock().unwrap_or_else(PoisonError::into_inner).prove();
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = entered;
    }
}
