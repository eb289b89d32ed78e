//! A WebSocket connection as a carrier of Noise's messages.

use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{Sink, Stream, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Instant, Sleep, sleep};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::error::ChannelError;
use crate::limits::{
    NOISE_MESSAGE_BYTES_MAX, WEBSOCKET_BUFFER_BYTES, WEBSOCKET_UNSENT_BYTES_MAX, after,
};
use crate::noise::carrier::{Inlet, Outlet, lost};

/// TCP, or TLS over it.
pub(super) trait ByteStream: AsyncRead + AsyncWrite + Unpin + Send + Sync {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send + Sync> ByteStream for S {}

pub(super) type Socket = WebSocketStream<Box<dyn ByteStream>>;

/// The sending half.
pub(super) struct SocketOutlet {
    socket: SplitSink<Socket, Message>,
    /// What the socket did not take yet: what was given while it was busy.
    waiting: VecDeque<Message>,
}

/// The receiving half. Must be read from for pings to be answered.
pub(super) struct SocketInlet {
    socket: SplitStream<Socket>,
    silence: Duration,
    /// Ends when the peer has been silent for too long.
    alarm: Pin<Box<Sleep>>,
}

/// The limits of a connection, of which messages are checked before anything is kept of them.
pub(super) fn config() -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(WEBSOCKET_BUFFER_BYTES)
        .write_buffer_size(0)
        .max_write_buffer_size(WEBSOCKET_UNSENT_BYTES_MAX)
        .max_message_size(Some(NOISE_MESSAGE_BYTES_MAX))
        .max_frame_size(Some(NOISE_MESSAGE_BYTES_MAX))
        .accept_unmasked_frames(false)
}

pub(super) fn split(socket: Socket, silence: Duration) -> (SocketOutlet, SocketInlet) {
    let (sink, stream) = socket.split();
    let outlet = SocketOutlet { socket: sink, waiting: VecDeque::new() };
    (outlet, SocketInlet { socket: stream, silence, alarm: Box::pin(sleep(silence)) })
}

impl SocketOutlet {
    fn poll_waiting(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        while !self.waiting.is_empty() {
            ready!(Pin::new(&mut self.socket).poll_ready(cx))?;
            if let Some(message) = self.waiting.pop_front() {
                Pin::new(&mut self.socket).start_send(message)?;
            }
        }
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    async fn send_message(&mut self, message: Message) -> io::Result<()> {
        self.waiting.push_back(message);
        poll_fn(|cx| self.poll_waiting(cx)).await.map_err(|error| io_error(&error))
    }
}

impl Outlet for SocketOutlet {
    async fn send(&mut self, message: Vec<u8>) -> io::Result<()> {
        self.send_message(Message::Binary(message.into())).await
    }

    async fn keep_alive(&mut self) -> io::Result<()> {
        if !self.waiting.is_empty() {
            // What waits says that we live once it gets through.
            return Ok(());
        }
        self.send_message(Message::Ping(Bytes::new())).await
    }

    async fn close(&mut self) -> io::Result<()> {
        let all = poll_fn(|cx| {
            ready!(self.poll_waiting(cx))?;
            Pin::new(&mut self.socket).poll_close(cx)
        });
        all.await.map_err(|error| io_error(&error))
    }
}

impl Inlet for SocketInlet {
    fn poll_message(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, ChannelError>> {
        loop {
            let Poll::Ready(message) = Pin::new(&mut self.socket).poll_next(cx) else {
                // Only after all that is there was looked at: we may have been away for long.
                return self.alarm.as_mut().poll(cx).map(|()| Err(silent()));
            };
            let until = after(Instant::now(), self.silence);
            self.alarm.as_mut().reset(until);
            return Poll::Ready(match message {
                Some(Ok(Message::Binary(message))) => Ok(Some(message)),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                Some(Ok(Message::Close(_))) | None => Ok(None),
                Some(Ok(Message::Text(_) | Message::Frame(_))) => Err(ChannelError::Connection(
                    "the peer sent text, where only bytes belong".into(),
                )),
                Some(Err(Error::ConnectionClosed | Error::AlreadyClosed)) => Ok(None),
                Some(Err(error)) => Err(ended(&error)),
            });
        }
    }
}

fn silent() -> ChannelError {
    ChannelError::Connection("no sign of life within the limit".into())
}

fn io_error(error: &Error) -> io::Error {
    match error {
        Error::Io(error) => error.kind().into(),
        Error::ConnectionClosed | Error::AlreadyClosed => io::ErrorKind::NotConnected.into(),
        _ => io::ErrorKind::InvalidData.into(),
    }
}

/// Why a connection ended, in words. Nothing that the peer wrote is shown.
pub(super) fn ended(error: &Error) -> ChannelError {
    let words = match error {
        Error::Io(error) => return lost(error),
        Error::ConnectionClosed | Error::AlreadyClosed => "the other end hung up",
        Error::Capacity(_) => "the peer announced a message over the limit",
        Error::Http(answer) => {
            let status = answer.status().as_u16();
            return ChannelError::Connection(format!("it answers {status}, not hog.1").into());
        }
        Error::AttackAttempt => "the peer's request is too long, or comes too slowly",
        _ => "the peer does not speak WebSocket as it should",
    };
    ChannelError::Connection(words.into())
}
