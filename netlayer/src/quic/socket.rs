//! The UDP socket of an endpoint, which can be let go of while the endpoint still winds down.
//!
//! QUIC keeps the state of a closed connection for three probe timeouts (RFC 9000, section 10.2),
//! and quinn the socket for as long as there is a connection or somebody who holds one. After a
//! slow handshake on a busy machine that is many seconds, in which nobody else can have the port.
//! Nothing is lost if the socket goes before: who sends to it then hears what a dead host says.

use std::io::{self, IoSliceMut};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};
use std::task::{Context, Poll, ready};

use quinn::udp::{RecvMeta, Transmit};
use quinn::{AsyncUdpSocket, UdpPoller};

/// A socket that is open until [`Socket::let_go`].
#[derive(Debug)]
pub(crate) struct Socket {
    open: RwLock<Option<Arc<dyn AsyncUdpSocket>>>,
    address: SocketAddr,
    may_fragment: bool,
}

impl Socket {
    pub(crate) fn new(open: Arc<dyn AsyncUdpSocket>) -> io::Result<Arc<Self>> {
        let (address, may_fragment) = (open.local_addr()?, open.may_fragment());
        Ok(Arc::new(Self { open: RwLock::new(Some(open)), address, may_fragment }))
    }

    /// Gives the port back. What is sent from now on is lost, and nothing arrives any more.
    pub(crate) fn let_go(&self) {
        let open = self.open.write().unwrap_or_else(PoisonError::into_inner).take();
        drop(open);
    }

    /// Has the port given back when what this gives is dropped.
    pub(crate) fn held(self: &Arc<Self>) -> Held {
        Held(Arc::clone(self))
    }

    /// Uses the socket, if it is open still. It stays open meanwhile, so this must not wait.
    fn with<T>(&self, use_it: impl FnOnce(&Arc<dyn AsyncUdpSocket>) -> T) -> Option<T> {
        self.open.read().unwrap_or_else(PoisonError::into_inner).as_ref().map(use_it)
    }
}

/// Lets go of a socket at its own end, however that comes about.
pub(crate) struct Held(Arc<Socket>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.let_go();
    }
}

impl AsyncUdpSocket for Socket {
    fn create_io_poller(self: Arc<Self>) -> Pin<Box<dyn UdpPoller>> {
        Box::pin(Poller { socket: self, waiting: None })
    }

    fn try_send(&self, transmit: &Transmit<'_>) -> io::Result<()> {
        self.with(|open| open.try_send(transmit)).unwrap_or(Ok(()))
    }

    fn poll_recv(
        &self,
        cx: &mut Context<'_>,
        bufs: &mut [IoSliceMut<'_>],
        meta: &mut [RecvMeta],
    ) -> Poll<io::Result<usize>> {
        self.with(|open| open.poll_recv(cx, bufs, meta)).unwrap_or(Poll::Pending)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }

    fn max_transmit_segments(&self) -> usize {
        self.with(|open| open.max_transmit_segments()).unwrap_or(1)
    }

    fn max_receive_segments(&self) -> usize {
        self.with(|open| open.max_receive_segments()).unwrap_or(1)
    }

    fn may_fragment(&self) -> bool {
        self.may_fragment
    }
}

/// Waits until a socket takes more. It holds the socket itself only while it waits, which is
/// never for long.
#[derive(Debug)]
struct Poller {
    socket: Arc<Socket>,
    waiting: Option<Pin<Box<dyn UdpPoller>>>,
}

impl UdpPoller for Poller {
    fn poll_writable(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.waiting.is_none() {
            this.waiting = this.socket.with(|open| Arc::clone(open).create_io_poller());
        }
        let Some(waiting) = &mut this.waiting else { return Poll::Ready(Ok(())) };
        let writable = ready!(waiting.as_mut().poll_writable(cx));
        this.waiting = None;
        Poll::Ready(writable)
    }
}
