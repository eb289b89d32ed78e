//! Raw quinn: frames with their length on one stream, echoed.
//!
//! It is the floor of the remote rows: encryption, congestion control and system calls, and
//! nothing else. All that waits is written at once, on both sides.

use std::collections::VecDeque;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use bytes::{Buf, BufMut, Bytes, BytesMut};
use quinn::{ClientConfig, Endpoint, RecvStream, SendStream, ServerConfig};
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::sync::{mpsc, oneshot};

/// A connection to an echo.
#[derive(Clone)]
pub struct Quic {
    queue: mpsc::UnboundedSender<(Bytes, oneshot::Sender<Bytes>)>,
    _ends: Arc<(Endpoint, Endpoint)>,
}

impl Quic {
    /// Both ends on this runtime.
    pub async fn start() -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".into()]).expect("a key");
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        let chain = vec![made.cert.der().clone()];
        let mut roots = rustls::RootCertStore::empty();
        roots.add(chain[0].clone()).expect("a root");
        let server = ServerConfig::with_single_cert(chain, key.into()).expect("TLS");
        let free = (Ipv4Addr::LOCALHOST, 0).into();
        let theirs = Endpoint::server(server, free).expect("a port");
        let mut ours = Endpoint::client(free).expect("a port");
        let client = ClientConfig::with_root_certificates(Arc::new(roots)).expect("TLS");
        ours.set_default_client_config(client);
        let address = theirs.local_addr().expect("bound");
        let accepting = theirs.clone();
        tokio::spawn(async move {
            while let Some(incoming) = accepting.accept().await {
                let connection = incoming.await.expect("a connection");
                let (tx, rx) = connection.accept_bi().await.expect("a stream");
                tokio::spawn(echo(tx, rx, connection));
            }
        });
        let connection = ours.connect(address, "localhost").expect("dialled");
        let connection = connection.await.expect("connected");
        let (tx, rx) = connection.open_bi().await.expect("a stream");
        let (queue, asked) = mpsc::unbounded_channel();
        let waiting = Waiting::default();
        tokio::spawn(write(tx, asked, Arc::clone(&waiting)));
        tokio::spawn(read(rx, waiting, connection));
        Self { queue, _ends: Arc::new((ours, theirs)) }
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
