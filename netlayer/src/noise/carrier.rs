//! What carries Noise's messages: streams of bytes here, WebSocket in `websocket`.

use std::future::Future;
use std::io;
use std::pin::pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, BufMut, Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::error::ChannelError;
use crate::limits::{NOISE_MESSAGE_BYTES_MAX, READ_BYTES};

/// The sending half of what carries messages: whole ones, in order.
pub(crate) trait Outlet: Send + 'static {
    /// Sends a message. Once polled it counts as sent: if the future is dropped then, the next
    /// call, whichever it is, sends the rest first.
    fn send(&mut self, message: Vec<u8>) -> impl Future<Output = io::Result<()>> + Send;

    /// Shows the peer and everybody between that we are there.
    fn keep_alive(&mut self) -> impl Future<Output = io::Result<()>> + Send;

    /// Ends what we send, after what was sent before.
    fn close(&mut self) -> impl Future<Output = io::Result<()>> + Send;
}

/// The receiving half.
pub(crate) trait Inlet: Send + Sync + 'static {
    /// The next message, of at most [`NOISE_MESSAGE_BYTES_MAX`]; nothing at the end.
    fn poll_message(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, ChannelError>>;
}

/// Messages on a stream of bytes: each after its length, a u16, big-endian.
pub(crate) struct ByteOutlet<W> {
    stream: W,
    /// What was not written yet.
    rest: BytesMut,
}

/// The receiving half of the same.
pub(crate) struct ByteInlet<R> {
    stream: R,
    buffer: BytesMut,
}

/// Bytes of the length before each message.
const HEAD_BYTES: usize = 2;

impl<W> ByteOutlet<W> {
    pub(crate) fn new(stream: W) -> Self {
        Self { stream, rest: BytesMut::new() }
    }
}

impl<W: AsyncWrite + Unpin + Send + 'static> ByteOutlet<W> {
    async fn write_rest(&mut self) -> io::Result<()> {
        while self.rest.has_remaining() {
            if self.stream.write_buf(&mut self.rest).await? == 0 {
                return Err(io::ErrorKind::WriteZero.into());
            }
        }
        Ok(())
    }
}

impl<W: AsyncWrite + Unpin + Send + 'static> Outlet for ByteOutlet<W> {
    async fn send(&mut self, message: Vec<u8>) -> io::Result<()> {
        let length = u16::try_from(message.len())
            .map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
        self.rest.reserve(message.len().saturating_add(HEAD_BYTES));
        self.rest.put_u16(length);
        self.rest.put_slice(&message);
        self.write_rest().await
    }

    /// The system tells when the other process ends.
    async fn keep_alive(&mut self) -> io::Result<()> {
        Ok(())
    }

    async fn close(&mut self) -> io::Result<()> {
        self.write_rest().await?;
        self.stream.shutdown().await
    }
}

impl<R> ByteInlet<R> {
    pub(crate) fn new(stream: R) -> Self {
        Self { stream, buffer: BytesMut::new() }
    }

    /// The first message of the buffer, if it is whole.
    fn take_message(&mut self) -> Option<Bytes> {
        let head = self.buffer.first_chunk::<HEAD_BYTES>()?;
        let end = usize::from(u16::from_be_bytes(*head)).saturating_add(HEAD_BYTES);
        if self.buffer.len() < end {
            return None;
        }
        let mut message = self.buffer.split_to(end);
        message.advance(HEAD_BYTES);
        Some(message.freeze())
    }
}

impl<R: AsyncRead + Unpin + Send + Sync + 'static> Inlet for ByteInlet<R> {
    fn poll_message(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, ChannelError>> {
        loop {
            if let Some(message) = self.take_message() {
                return Poll::Ready(Ok(Some(message)));
            }
            // A length says at most 64 KiB, so the buffer is bounded by that and one read.
            if self.buffer.capacity().saturating_sub(self.buffer.len()) < READ_BYTES / 16 {
                self.buffer.reserve(READ_BYTES);
            }
            match ready!(poll_read(&mut self.stream, &mut self.buffer, cx)) {
                Ok(0) => return Poll::Ready(Ok(None)),
                Ok(_) => {}
                Err(error) => return Poll::Ready(Err(lost(&error))),
            }
        }
    }
}

fn poll_read<R: AsyncRead + Unpin>(
    stream: &mut R,
    buffer: &mut BytesMut,
    cx: &mut Context<'_>,
) -> Poll<io::Result<usize>> {
    let mut read = pin!(stream.read_buf(buffer));
    // The future keeps nothing between polls, so a fresh one may be polled each time.
    read.as_mut().poll(cx)
}

/// A connection that is gone, without what the peer may have put into it.
pub(crate) fn lost(error: &io::Error) -> ChannelError {
    ChannelError::Connection(error.kind().to_string().into())
}

// A length says as much as a message may have, and no more.
const _: () = assert!(NOISE_MESSAGE_BYTES_MAX == 65_535);

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    async fn next<R: AsyncRead + Unpin + Send + Sync + 'static>(
        inlet: &mut ByteInlet<R>,
    ) -> Option<Bytes> {
        poll_fn(|cx| inlet.poll_message(cx)).await.unwrap()
    }

    #[tokio::test]
    async fn messages_come_whole_however_the_bytes_were_cut() {
        let messages = [&b"one"[..], b"", &[7; 65_535], b"four"];
        let stream: Vec<u8> =
            messages.iter().flat_map(|m| [&(m.len() as u16).to_be_bytes(), *m].concat()).collect();
        for size in [1, 2, 3, 1000, 70_000] {
            let (near, mut far) = tokio::io::duplex(size);
            let stream = stream.clone();
            let writing = tokio::spawn(async move { far.write_all(&stream).await.unwrap() });
            let mut inlet = ByteInlet::new(near);
            for message in messages {
                assert!(next(&mut inlet).await.unwrap() == message, "cut into {size}");
            }
            assert_eq!(next(&mut inlet).await, None);
            writing.await.unwrap();
        }
    }

    #[tokio::test]
    async fn a_message_that_was_given_up_in_the_middle_is_ended_before_the_next() {
        let (near, far) = tokio::io::duplex(10);
        let mut outlet = ByteOutlet::new(near);
        let sending = outlet.send(vec![1; 1000]);
        timeout(Duration::from_millis(10), sending).await.expect_err("nobody reads yet");
        let mut inlet = ByteInlet::new(far);
        let reading = async { (next(&mut inlet).await, next(&mut inlet).await) };
        let (sent, (first, second)) = tokio::join!(outlet.send(vec![2; 3]), reading);
        sent.unwrap();
        assert_eq!(
            (first.unwrap().as_ref(), second.unwrap().as_ref()),
            (&[1; 1000][..], &[2; 3][..])
        );
    }

    #[tokio::test]
    async fn what_no_length_can_say_is_not_sent() {
        let (near, _far) = tokio::io::duplex(10);
        let error = ByteOutlet::new(near).send(vec![0; 65_536]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
    }
}
