//! A Noise channel as a stream of frames: the sending and the receiving half, and what both share.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::carrier::{Inlet, Outlet, lost};
use super::{NoiseError, Opened, Opener, Sealer};
use crate::channel::CloseReason;
use crate::error::ChannelError;
use crate::frames::{Sink, Source};

/// Kept as long as anything of the connection is there.
pub(crate) type Guard = Arc<dyn Any + Send + Sync>;

/// The sending half.
pub(crate) struct NoiseSink<O: Outlet> {
    shared: Arc<Shared<O>>,
    is_done: bool,
}

/// The receiving half.
pub(crate) struct NoiseSource<O: Outlet, I: Inlet> {
    /// Nothing once it was dropped.
    inlet: Option<I>,
    opener: Opener,
    shared: Arc<Shared<O>>,
    /// Whether the peer has said that nothing more comes, or we that we read no more.
    is_done: bool,
    guard: Guard,
}

/// What both halves share.
struct Shared<O> {
    out: tokio::sync::Mutex<Out<O>>,
    ended: watch::Sender<Option<End>>,
    /// The receiver, while it waits.
    reader: Mutex<Option<Waker>>,
    linger: Duration,
}

struct Out<O> {
    outlet: O,
    sealer: Sealer,
    /// Whether our own stream goes on.
    is_sending: bool,
    /// Whether we still read the peer's.
    is_receiving: bool,
}

/// What ended the connection, or one half of it, from outside.
#[derive(Clone, Debug)]
enum End {
    /// The peer reads no more.
    Stopped(CloseReason),
    /// Nothing goes either way any more; what the peer is told, if it is there.
    Broken(ChannelError, CloseReason),
}

/// Makes the two halves. The connection ends when `down` says so, and shows that it lives every
/// `keep_alive`, if that is wanted. Must be called within a tokio runtime.
pub(crate) fn halves<O: Outlet, I: Inlet>(
    (outlet, inlet): (O, I),
    (sealer, opener): (Sealer, Opener),
    guard: Guard,
    setting: Setting,
) -> (NoiseSink<O>, NoiseSource<O, I>) {
    let out = Out { outlet, sealer, is_sending: true, is_receiving: true };
    let shared = Arc::new(Shared {
        out: tokio::sync::Mutex::new(out),
        ended: watch::Sender::new(None),
        reader: Mutex::new(None),
        linger: setting.linger,
    });
    tokio::spawn(attend(Arc::downgrade(&shared), shared.ended.subscribe(), setting));
    let sink = NoiseSink { shared: Arc::clone(&shared), is_done: false };
    (sink, NoiseSource { inlet: Some(inlet), opener, shared, is_done: false, guard })
}

/// How a connection is kept.
pub(crate) struct Setting {
    /// Says when the netlayer goes down.
    pub down: watch::Receiver<bool>,
    /// How often the connection shows that it lives.
    pub keep_alive: Option<Duration>,
    /// How long its end may take.
    pub linger: Duration,
}

/// Ends the connection with its netlayer and shows the peer that it lives, until it is gone.
async fn attend<O: Outlet>(
    shared: Weak<Shared<O>>,
    mut ended: watch::Receiver<Option<End>>,
    mut setting: Setting,
) {
    loop {
        let pause = async {
            match setting.keep_alive {
                Some(every) => sleep(every).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            // An error says that both halves are gone.
            _ = ended.wait_for(|end| matches!(end, Some(End::Broken(..)))) => return,
            _ = setting.down.wait_for(|down| *down) => {
                let Some(shared) = shared.upgrade() else { return };
                return shared.end(ChannelError::ClosedHere, CloseReason::GoingDown);
            }
            () = pause => {}
        }
        let Some(shared) = shared.upgrade() else { return };
        let alive = async { shared.out.lock().await.outlet.keep_alive().await };
        // A peer that takes nothing for now is the concern of whoever sends to it.
        if let Ok(Err(error)) = timeout(shared.linger, alive).await {
            return shared.end(lost(&error), CloseReason::Done);
        }
    }
}

impl<O: Outlet> Shared<O> {
    /// Ends both halves.
    fn end(&self, error: ChannelError, tell: CloseReason) {
        self.ended.send_if_modified(|end| {
            let is_new = !matches!(end, Some(End::Broken(..)));
            if is_new {
                *end = Some(End::Broken(error, tell));
            }
            is_new
        });
        let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner).take();
        reader.into_iter().for_each(Waker::wake);
    }

    fn broken(&self) -> Option<ChannelError> {
        match &*self.ended.borrow() {
            Some(End::Broken(error, _)) => Some(error.clone()),
            _ => None,
        }
    }

    /// Ends what we send with a reset, unless it has ended.
    async fn reset(&self, reason: CloseReason) {
        let mut out = self.out.lock().await;
        if !out.is_sending {
            return;
        }
        out.is_sending = false;
        if let Ok(message) = out.sealer.seal_reset(reason) {
            // A peer that is gone has nothing to learn.
            let _ = out.outlet.send(message).await;
        }
        out.close_if_done().await;
    }

    /// Says that nothing more is read, for `reason` if the peer does not know.
    async fn stop(&self, reason: Option<CloseReason>) {
        let mut out = self.out.lock().await;
        if !out.is_receiving {
            return;
        }
        out.is_receiving = false;
        if let Some(reason) = reason
            && let Ok(message) = out.sealer.seal_stop(reason)
        {
            // As above.
            let _ = out.outlet.send(message).await;
        }
        out.close_if_done().await;
    }
}

impl<O: Outlet> Out<O> {
    async fn close_if_done(&mut self) {
        if !self.is_sending && !self.is_receiving {
            // As above.
            let _ = self.outlet.close().await;
        }
    }

    async fn send(&mut self, message: Result<Vec<u8>, NoiseError>) -> Result<(), ChannelError> {
        let message = message.map_err(|error| broken(&error))?;
        self.outlet.send(message).await.map_err(|error| lost(&error))
    }
}

/// Runs `work` for as long as a connection may linger, if there is still somebody to run it.
fn linger(time: Duration, work: impl Future<Output = ()> + Send + 'static) {
    if let Ok(runtime) = tokio::runtime::Handle::try_current() {
        runtime.spawn(async move { drop(timeout(time, work).await) });
    }
}

fn broken(error: &NoiseError) -> ChannelError {
    ChannelError::Connection(error.to_string().into())
}

impl<O: Outlet> Sink for NoiseSink<O> {
    async fn write(&mut self, pieces: &mut [Bytes]) -> Result<(), ChannelError> {
        let ended = self.stopped();
        let write = async {
            let mut out = self.shared.out.lock().await;
            while let Some(message) = out.sealer.seal_data(pieces).map_err(|e| broken(&e))? {
                out.send(Ok(message)).await?;
            }
            Ok(())
        };
        tokio::select! {
            biased;
            written = write => written,
            // A peer that takes nothing would hold us longer than the netlayer lives.
            error = ended => Err(error),
        }
    }

    fn stopped(&self) -> impl Future<Output = ChannelError> + Send + 'static {
        let mut ended = self.shared.ended.subscribe();
        async move {
            match ended.wait_for(Option::is_some).await.as_deref() {
                Ok(Some(End::Stopped(reason))) => ChannelError::Closed(*reason),
                Ok(Some(End::Broken(error, _))) => error.clone(),
                Ok(None) | Err(_) => ChannelError::ClosedHere,
            }
        }
    }

    /// Waits until the system has taken everything; the receiving half stays until the peer ends.
    async fn finish(&mut self) {
        let mut out = self.shared.out.lock().await;
        let end = out.sealer.seal_end();
        out.is_sending = false;
        self.is_done = true;
        // As for a reset.
        let _ = out.send(end).await;
        out.close_if_done().await;
    }

    fn reset(&mut self, reason: CloseReason) {
        if !std::mem::replace(&mut self.is_done, true) {
            let shared = Arc::clone(&self.shared);
            linger(self.shared.linger, async move { shared.reset(reason).await });
        }
    }
}

impl<O: Outlet> Drop for NoiseSink<O> {
    /// As QUIC does, a peer that reads no more has its own code repeated.
    fn drop(&mut self) {
        let reason = match &*self.shared.ended.borrow() {
            Some(End::Stopped(reason) | End::Broken(_, reason)) => *reason,
            None => CloseReason::Severed,
        };
        self.reset(reason);
    }
}

impl<O: Outlet, I: Inlet> Source for NoiseSource<O, I> {
    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, ChannelError>> {
        {
            let mut reader = self.shared.reader.lock().unwrap_or_else(PoisonError::into_inner);
            *reader = Some(cx.waker().clone());
        }
        loop {
            if let Some(error) = self.shared.broken() {
                return Poll::Ready(Err(error));
            }
            let Some(inlet) = &mut self.inlet else { return Poll::Ready(Ok(None)) };
            let opened = match ready!(inlet.poll_message(cx)) {
                Ok(Some(message)) => self.opener.open(&message),
                Ok(None) => return Poll::Ready(Err(self.fail(cut_off(), CloseReason::Done))),
                Err(error) => return Poll::Ready(Err(self.fail(error, CloseReason::Done))),
            };
            match opened {
                Ok(Opened::Data(bytes)) => return Poll::Ready(Ok(Some(bytes))),
                Ok(Opened::End) => {
                    self.is_done = true;
                    return Poll::Ready(Ok(None));
                }
                Ok(Opened::Reset(reason)) => {
                    self.is_done = true;
                    return Poll::Ready(Err(ChannelError::Closed(reason)));
                }
                Ok(Opened::Stop(reason)) => {
                    self.shared.ended.send_if_modified(|end| {
                        let is_new = end.is_none();
                        if is_new {
                            *end = Some(End::Stopped(reason));
                        }
                        is_new
                    });
                }
                Err(error) => {
                    let error = self.fail(broken(&error), CloseReason::Violation);
                    return Poll::Ready(Err(error));
                }
            }
        }
    }

    fn stop(&mut self, reason: CloseReason) {
        if !std::mem::replace(&mut self.is_done, true) {
            let shared = Arc::clone(&self.shared);
            linger(self.shared.linger, async move { shared.stop(Some(reason)).await });
        }
    }
}

impl<O: Outlet, I: Inlet> NoiseSource<O, I> {
    /// Ends both halves. After a message that does not open nothing of the peer's can be read, and
    /// after the end of the connection nothing comes.
    fn fail(&mut self, error: ChannelError, tell: CloseReason) -> ChannelError {
        self.shared.end(error.clone(), tell);
        error
    }
}

impl<O: Outlet, I: Inlet> Drop for NoiseSource<O, I> {
    /// What the peer still sends is taken in and thrown away for a moment: a connection that is
    /// closed with bytes unread takes our last words from the peer.
    fn drop(&mut self) {
        let Some(mut inlet) = self.inlet.take() else { return };
        let reason = (!self.is_done).then_some(CloseReason::Done);
        let (shared, guard) = (Arc::clone(&self.shared), Arc::clone(&self.guard));
        linger(self.shared.linger, async move {
            shared.stop(reason).await;
            while let Ok(Some(_)) = poll_fn(|cx| inlet.poll_message(cx)).await {}
            drop(guard);
        });
    }
}

fn cut_off() -> ChannelError {
    ChannelError::Connection("it was cut off without a word of its end".into())
}
