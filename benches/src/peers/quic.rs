//! Raw quinn: frames with their length on one stream, echoed.
//!
//! It is the floor of the remote rows: encryption, congestion control and system calls, and
//! nothing else. All that waits is written at once, on both sides. Windows, timers and the sockets'
//! buffers are those of our netlayer, so that it differs by what we do alone.

use std::collections::VecDeque;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::str::FromStr;
use std::sync::{Arc, Mutex};

use bytes::{Buf, BufMut, Bytes, BytesMut};
use hogshead_netlayer::limits::{
    CONNECTION_WINDOW_BYTES, KEEP_ALIVE, PREFACES_PER_CONNECTION_MAX, SILENCE, SOCKET_BUFFER_BYTES,
    STREAM_WINDOW_BYTES,
};
use quinn::{
    ClientConfig, Endpoint, EndpointConfig, IdleTimeout, RecvStream, SendStream, ServerConfig,
    TransportConfig, VarInt,
};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use tokio::sync::{mpsc, oneshot};

/// A connection to an echo.
#[derive(Clone)]
pub struct Quic {
    queue: mpsc::UnboundedSender<(Bytes, oneshot::Sender<Bytes>)>,
    ends: Vec<Endpoint>,
}

impl Quic {
    /// Both ends on this runtime.
    pub async fn start() -> Self {
        let (theirs, place) = Self::serve();
        let mut quic = Self::connect(&place).await;
        quic.ends.push(theirs);
        quic
    }

    /// An echo on this runtime, for as long as its endpoint is kept.
    pub fn serve() -> (Endpoint, Place) {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".into()]).expect("a key");
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        let certificate = made.cert.der().clone();
        let server = ServerConfig::with_single_cert(vec![certificate.clone()], key.into());
        let mut server = server.expect("TLS");
        server.transport_config(transport());
        let endpoint = endpoint(Some(server));
        let address = endpoint.local_addr().expect("bound");
        let accepting = endpoint.clone();
        tokio::spawn(async move {
            while let Some(incoming) = accepting.accept().await {
                tokio::spawn(async move {
                    let connection = incoming.await.expect("a connection");
                    let (tx, rx) = connection.accept_bi().await.expect("a stream");
                    echo(tx, rx, connection).await;
                });
            }
        });
        (endpoint, Place { address, certificate })
    }

    /// To such an echo.
    pub async fn connect(place: &Place) -> Self {
        Self::over(place.client(), place).await
    }

    /// Another connection of the same endpoint.
    pub async fn another(&self, place: &Place) -> Self {
        Self::over(self.ends[0].clone(), place).await
    }

    async fn over(endpoint: Endpoint, place: &Place) -> Self {
        let connection = endpoint.connect(place.address, "localhost").expect("dialled");
        let connection = connection.await.expect("connected");
        let (tx, rx) = connection.open_bi().await.expect("a stream");
        let (queue, asked) = mpsc::unbounded_channel();
        let waiting = Waiting::default();
        tokio::spawn(write(tx, asked, Arc::clone(&waiting)));
        tokio::spawn(read(rx, waiting, connection));
        Self { queue, ends: vec![endpoint] }
    }
}

/// An endpoint on a free port, with the buffers of ours.
fn endpoint(server: Option<ServerConfig>) -> Endpoint {
    use rustix::net::sockopt;
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    // The system grants what its settings allow, to both of us.
    let _ = sockopt::set_socket_recv_buffer_size(&socket, SOCKET_BUFFER_BYTES);
    let _ = sockopt::set_socket_send_buffer_size(&socket, SOCKET_BUFFER_BYTES);
    let runtime = Arc::new(quinn::TokioRuntime);
    Endpoint::new(EndpointConfig::default(), server, socket, runtime).expect("an endpoint")
}

/// The settings of ours, once a connection has its first session.
fn transport() -> Arc<TransportConfig> {
    let mut transport = TransportConfig::default();
    transport
        .max_concurrent_bidi_streams(VarInt::from_u32(PREFACES_PER_CONNECTION_MAX))
        .max_concurrent_uni_streams(VarInt::from_u32(0))
        .datagram_receive_buffer_size(None)
        .max_idle_timeout(Some(IdleTimeout::try_from(SILENCE).expect("a time")))
        .keep_alive_interval(Some(KEEP_ALIVE))
        .stream_receive_window(VarInt::from_u32(STREAM_WINDOW_BYTES))
        .receive_window(VarInt::from_u32(CONNECTION_WINDOW_BYTES))
        .send_window(CONNECTION_WINDOW_BYTES.into());
    Arc::new(transport)
}

/// Where an echo listens, and what proves that it is the one.
pub struct Place {
    address: SocketAddr,
    certificate: CertificateDer<'static>,
}

impl Place {
    /// An endpoint that trusts it.
    pub fn client(&self) -> Endpoint {
        let mut roots = rustls::RootCertStore::empty();
        roots.add(self.certificate.clone()).expect("a root");
        let mut client = ClientConfig::with_root_certificates(Arc::new(roots)).expect("TLS");
        client.transport_config(transport());
        let mut endpoint = endpoint(None);
        endpoint.set_default_client_config(client);
        endpoint
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.address)?;
        self.certificate.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Place {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (address, hex) = text.split_once(' ').ok_or("an address and a certificate")?;
        let address = address.parse().map_err(|_| "that is no address")?;
        let byte = |at| u8::from_str_radix(hex.get(at..at + 2).unwrap_or("?"), 16);
        let bytes: Result<Vec<u8>, _> = (0..hex.len()).step_by(2).map(byte).collect();
        let certificate = CertificateDer::from(bytes.map_err(|_| "that is no certificate")?);
        Ok(Self { address, certificate })
    }
}

impl super::actors::Asked for Quic {
    async fn ask(&self, what: Bytes) -> Bytes {
        let (answer, answered) = oneshot::channel();
        self.queue.send((what, answer)).expect("the writer runs");
        answered.await.expect("an answer")
    }
}

type Waiting = Arc<Mutex<VecDeque<oneshot::Sender<Bytes>>>>;

async fn write(
    mut tx: SendStream,
    mut asked: mpsc::UnboundedReceiver<(Bytes, oneshot::Sender<Bytes>)>,
    waiting: Waiting,
) {
    let mut all = Vec::new();
    while asked.recv_many(&mut all, 4096).await > 0 {
        let mut bytes = BytesMut::new();
        {
            let mut waiting = waiting.lock().expect("no panic");
            for (what, answer) in all.drain(..) {
                put(&mut bytes, &what);
                waiting.push_back(answer);
            }
        }
        if tx.write_chunk(bytes.freeze()).await.is_err() {
            return;
        }
    }
}

async fn read(mut rx: RecvStream, waiting: Waiting, _alive: quinn::Connection) {
    let mut buffer = BytesMut::new();
    while let Ok(Some(chunk)) = rx.read_chunk(1 << 20, true).await {
        buffer.extend_from_slice(&chunk.bytes);
        let mut waiting = waiting.lock().expect("no panic");
        while let Some(frame) = take(&mut buffer) {
            let answer = waiting.pop_front().expect("somebody waits");
            // Who asked may have gone.
            let _ = answer.send(frame);
        }
    }
}

async fn echo(mut tx: SendStream, mut rx: RecvStream, _alive: quinn::Connection) {
    let mut buffer = BytesMut::new();
    while let Ok(Some(chunk)) = rx.read_chunk(1 << 20, true).await {
        buffer.extend_from_slice(&chunk.bytes);
        let mut bytes = BytesMut::new();
        while let Some(frame) = take(&mut buffer) {
            put(&mut bytes, &frame);
        }
        if tx.write_chunk(bytes.freeze()).await.is_err() {
            return;
        }
    }
}

fn put(into: &mut BytesMut, frame: &[u8]) {
    into.put_u32(u32::try_from(frame.len()).expect("short frames"));
    into.extend_from_slice(frame);
}

fn take(buffer: &mut BytesMut) -> Option<Bytes> {
    let length = u32::from_be_bytes(buffer.get(..4)?.try_into().ok()?) as usize;
    if buffer.len() < 4 + length {
        return None;
    }
    buffer.advance(4);
    Some(buffer.split_to(length).freeze())
}
