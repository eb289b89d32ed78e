//! One TCP connection as a channel's two halves.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::{OwnedSemaphorePermit, watch};

use super::{Inner, NAME};
use crate::channel::{Channel, CloseReason, Mode, PeerInfo, Role};
use crate::error::ChannelError;
use crate::frames::{FrameReceiver, FrameSender, IoSink, IoSource, Sink, Source};
use crate::limits::READ_BYTES;

/// Makes the channel. `permit` lives as long as either half.
pub(super) fn channel(
    inner: &Inner,
    stream: TcpStream,
    address: SocketAddr,
    role: Role,
    permit: OwnedSemaphorePermit,
) -> io::Result<Channel> {
    // A message is written at once and in a segment of its own, as far as it fits.
    stream.set_nodelay(true)?;
    let (read, write) = stream.into_split();
    let permit = Arc::new(permit);
    let (end, ended) = watch::channel(None);
    let source = TcpSource {
        stream: IoSource::new(read),
        end,
        down: Box::pin(went_down(inner.down.subscribe())),
        _permit: Arc::clone(&permit),
    };
    let sink = TcpSink { stream: IoSink(write), ended, down: inner.down.subscribe() };
    Ok(Channel {
        peer: PeerInfo { proof: None, address: address.to_string(), netlayer: NAME },
        us: inner.vat,
        mode: Mode::Plain,
        role,
        tx: FrameSender::start_framed(sink, permit, &inner.framing, &inner.limits),
        rx: FrameReceiver::framed(Box::new(source), &inner.framing, &inner.limits),
    })
}

/// What went wrong with a socket, in words.
pub(super) fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => {
            "nobody listens there: check the port and that the peer runs".to_owned()
        }
        kind => kind.to_string(),
    }
}

async fn went_down(mut down: watch::Receiver<bool>) {
    // An error says that the netlayer is gone altogether.
    let _ = down.wait_for(|down| *down).await;
}

fn shut_down() -> ChannelError {
    ChannelError::Connection("the netlayer was shut down".into())
}

/// How the receiving half ended.
#[derive(Clone, PartialEq, Eq, Debug)]
enum End {
    /// The peer sends no more; it may still read.
    Peer,
    Lost(ChannelError),
}

struct TcpSource {
    stream: IoSource<OwnedReadHalf>,
    end: watch::Sender<Option<End>>,
    down: Pin<Box<dyn Future<Output = ()> + Send + Sync>>,
    _permit: Arc<OwnedSemaphorePermit>,
}

struct TcpSink {
    stream: IoSink<OwnedWriteHalf>,
    ended: watch::Receiver<Option<End>>,
    down: watch::Receiver<bool>,
}

impl Source for TcpSource {
    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, ChannelError>> {
        if self.down.as_mut().poll(cx).is_ready() {
            // It is not polled again: the receiver keeps the error.
            return Poll::Ready(Err(shut_down()));
        }
        let read = self.stream.poll_read(cx);
        match &read {
            Poll::Ready(Ok(None)) => drop(self.end.send_replace(Some(End::Peer))),
            Poll::Ready(Err(error)) => {
                drop(self.end.send_replace(Some(End::Lost(error.clone()))));
            }
            _ => {}
        }
        read
    }

    fn stop(&mut self, _reason: CloseReason) {}
}

impl Sink for TcpSink {
    async fn write(&mut self, pieces: &mut [Bytes]) -> Result<(), ChannelError> {
        tokio::select! {
            written = self.stream.write(pieces) => written,
            _ = self.down.wait_for(|down| *down) => Err(shut_down()),
        }
    }

    fn stopped(&self) -> impl Future<Output = ChannelError> + Send + 'static {
        let (mut ended, down) = (self.ended.clone(), self.down.clone());
        let lost = async move {
            let is_lost = |end: &Option<End>| matches!(end, Some(End::Lost(_)));
            let end = ended.wait_for(is_lost).await.ok().and_then(|end| end.clone());
            match end {
                Some(End::Lost(error)) => error,
                // The receiving half was dropped. What we send may still be read.
                _ => std::future::pending().await,
            }
        };
        async move {
            tokio::select! {
                error = lost => error,
                () = went_down(down) => shut_down(),
            }
        }
    }

    /// Sends the end, and waits until the peer's has come. A socket that is closed with bytes
    /// unread tells the peer of a broken connection, and what the peer has not read yet is lost
    /// to it: an abort, for instance. So while nobody else reads, this does.
    async fn finish(&mut self) {
        self.stream.finish().await;
        if self.ended.wait_for(Option::is_some).await.is_ok() {
            return;
        }
        let mut waste = vec![0; READ_BYTES];
        let socket: &TcpStream = self.stream.0.as_ref();
        while socket.readable().await.is_ok() {
            match socket.try_read(&mut waste) {
                Ok(0) => return,
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(_) => return,
            }
        }
    }

    fn reset(&mut self, _reason: CloseReason) {
        // TCP carries no reason. The peer sees the end when this half is dropped.
    }
}
