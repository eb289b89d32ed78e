//! Two hosts over WebSocket, proxies between them, and what strangers of the network try.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use hogshead_netlayer::error::{Cause, Step};
use hogshead_netlayer::noise::{Initiator, Opened, Responder, Secured};
use hogshead_netlayer::preface::Dialling;
use hogshead_netlayer::websocket::{WebSocket, WebSocketConfig, WebSocketError};
use hogshead_netlayer::{
    Channel, ChannelError, CloseReason, DialError, Limits, Mode, Netlayer, PrefaceError,
};
use hogshead_objects::ids::HostId;
use hogshead_objects::keys::CertificateError;
use hogshead_objects::preface::Refusal;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::tungstenite::{ClientRequestBuilder, Message};
use tokio_tungstenite::{WebSocketStream, accept_hdr_async, client_async};

use crate::support::{
    Party, assert_met, carry_small_and_big, certificate, eventually, frame, greet, meet, proven,
};

const SOON: Duration = Duration::from_secs(10);

fn anywhere() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 0))
}

fn bind_with(party: &Party, config: WebSocketConfig) -> WebSocket {
    WebSocket::bind(config, party.key.clone(), party.vats.clone()).unwrap()
}

fn bind(party: &Party, limits: Limits) -> WebSocket {
    bind_with(party, WebSocketConfig { limits, ..WebSocketConfig::new(anywhere(), 7) })
}

struct Scene {
    alice: Party,
    bob: Party,
    a: WebSocket,
    b: WebSocket,
}

impl Scene {
    fn new(limits: Limits) -> Self {
        let (alice, bob) = (Party::new(1), Party::new(2));
        let (a, b) = (bind(&alice, Limits::default()), bind(&bob, limits));
        Self { alice, bob, a, b }
    }

    async fn meet(&self) -> (Channel, Channel) {
        timeout(SOON, meet(&self.alice, &self.a, &self.bob, &self.b)).await.unwrap()
    }

    /// Alice dials Bob's vat at `address`.
    async fn dial(&self, address: &str) -> Result<Channel, DialError> {
        let locator = self.bob.by("ws", &[address.to_owned()]);
        timeout(2 * SOON, self.a.dial(self.alice.vat, &locator, Mode::Plain)).await.unwrap()
    }

    async fn refusal(&self, address: &str) -> (Step, Cause) {
        let error = self.dial(address).await.unwrap_err();
        let DialError::Unreachable { attempts, .. } = &error else { panic!("{error}") };
        let [attempt] = attempts.as_slice() else { panic!("{error}") };
        (attempt.step, attempt.cause.clone())
    }

    async fn honest_go_on(&self) {
        let (mut to_bob, mut to_alice) = self.meet().await;
        greet(&mut to_bob, &mut to_alice).await;
    }
}

type Socket = WebSocketStream<TcpStream>;

/// The upgrade as it should be.
async fn upgrade(to: SocketAddr) -> Socket {
    let request = ClientRequestBuilder::new(format!("ws://{to}/").parse().unwrap());
    let request = request.with_sub_protocol("hog.1");
    client_async(request, TcpStream::connect(to).await.unwrap()).await.unwrap().0
}

#[expect(clippy::result_large_err, reason = "the trait's")]
async fn serve(listener: &TcpListener) -> Socket {
    let (stream, _) = listener.accept().await.unwrap();
    let name = |_: &Request, mut response: Response| {
        response.headers_mut().insert("Sec-WebSocket-Protocol", "hog.1".parse().unwrap());
        Ok(response)
    };
    accept_hdr_async(stream, name).await.unwrap()
}

/// The next binary message; nothing at the end.
async fn read(socket: &mut Socket) -> Option<Bytes> {
    loop {
        match timeout(SOON, socket.next()).await.unwrap()? {
            Ok(Message::Binary(message)) => return Some(message),
            Ok(Message::Close(_)) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

async fn write(socket: &mut Socket, message: impl Into<Bytes>) {
    socket.send(Message::Binary(message.into())).await.unwrap();
}

/// Somebody who speaks Noise over WebSocket, and above it whatever a test wants.
struct Raw {
    socket: Socket,
    secured: Secured,
}

impl Raw {
    async fn dial(to: SocketAddr, us: HostId) -> Self {
        let mut socket = upgrade(to).await;
        let (initiator, first) = Initiator::new(us).unwrap();
        write(&mut socket, first).await;
        let answer = read(&mut socket).await.unwrap();
        let (secured, third) = initiator.handle_message(&answer).unwrap();
        write(&mut socket, third).await;
        Self { socket, secured }
    }

    async fn listen(listener: &TcpListener, us: HostId) -> Self {
        let mut socket = serve(listener).await;
        let first = read(&mut socket).await.unwrap();
        let (state, second) = Responder::new(us).unwrap().handle_message(&first).unwrap();
        write(&mut socket, second).await;
        let secured = state.handle_message(&read(&mut socket).await.unwrap()).unwrap();
        Self { socket, secured }
    }

    async fn send_frame(&mut self, bytes: &[u8]) {
        let head = u32::try_from(bytes.len()).unwrap().to_be_bytes();
        let mut pieces = [Bytes::from([&head, bytes].concat())];
        while let Some(message) = self.secured.sealer.seal_data(&mut pieces).unwrap() {
            write(&mut self.socket, message).await;
        }
    }

    async fn receive(&mut self) -> Option<Opened> {
        let message = read(&mut self.socket).await?;
        Some(self.secured.opener.open(&message).unwrap())
    }

    async fn receive_frame(&mut self) -> Vec<u8> {
        let Some(Opened::Data(bytes)) = self.receive().await else { panic!("no frame") };
        bytes[4..].to_vec()
    }

    async fn session(&mut self, party: &Party, bob: &Party) {
        let us = certificate(9, party.key.id(), 1);
        let binding = self.secured.binding.clone();
        let (state, want) = Dialling::new(binding, us, bob.vat, Mode::Plain);
        self.send_frame(&want).await;
        let proof = self.receive_frame().await;
        let (state, ours) = state.handle_message(&proof, &party.key, &*party.vats).unwrap();
        self.send_frame(&ours).await;
        state.handle_message(&self.receive_frame().await).unwrap();
    }
}

/// Mallory in a session of its own with Bob.
async fn session(scene: &Scene) -> (Raw, Channel) {
    let mallory = Party::new(9);
    let mut raw = Raw::dial(scene.b.local_address(), mallory.key.id()).await;
    let (accepted, ()) = tokio::join!(scene.b.accept(), raw.session(&mallory, &scene.bob));
    (raw, accepted.unwrap())
}

#[tokio::test]
async fn vats_talk_both_ways_and_know_who_is_there() {
    let scene = Scene::new(Limits::default());
    let (mut to_bob, mut to_alice) = scene.meet().await;
    assert_met(&to_bob, &scene.alice, &to_alice, &scene.bob, "ws");
    greet(&mut to_bob, &mut to_alice).await;
    let (mut back, mut forth) = meet(&scene.bob, &scene.b, &scene.alice, &scene.a).await;
    greet(&mut back, &mut forth).await;
    greet(&mut to_alice, &mut to_bob).await;
}

#[tokio::test]
async fn a_frame_of_16_mib_and_ten_thousand_small_ones_go_each_way_in_order() {
    let scene = Scene::new(Limits::default());
    let (to_bob, to_alice) = scene.meet().await;
    carry_small_and_big(to_bob, to_alice, 3 * SOON).await;
}

#[tokio::test]
async fn ends_say_why() {
    let scene = Scene::new(Limits::default());
    let (to_bob, mut to_alice) = scene.meet().await;
    to_bob.tx.close(CloseReason::Severed);
    let end = to_alice.rx.recv().await.unwrap_err();
    assert_eq!(end, ChannelError::Closed(CloseReason::Severed));
    let (to_bob, mut to_alice) = scene.meet().await;
    to_bob.tx.send(frame("last")).await.unwrap();
    to_bob.tx.close(CloseReason::Done);
    assert_eq!(to_alice.rx.recv().await.unwrap().unwrap(), "last");
    assert_eq!(to_alice.rx.recv().await.unwrap(), None);

    let (mut to_bob, mut to_alice) = scene.meet().await;
    greet(&mut to_bob, &mut to_alice).await;
    let (end, ()) = tokio::join!(to_alice.rx.recv(), scene.a.shutdown());
    assert_eq!(end.unwrap_err(), ChannelError::Closed(CloseReason::GoingDown));
    assert_eq!(to_bob.rx.recv().await.unwrap_err(), ChannelError::ClosedHere);
    assert!(scene.a.accept().await.is_none());
}

#[tokio::test]
async fn whoever_does_not_host_the_vat_is_refused() {
    let scene = Scene::new(Limits::default());
    let at_bob = scene.b.local_addresses().remove(0);
    let error = |(step, cause)| match (step, cause) {
        (Step::Preface, Cause::Preface { host, error }) => {
            assert_eq!(host, scene.bob.key.id());
            error
        }
        other => panic!("{other:?}"),
    };
    scene.bob.vats.forget(&scene.bob.vat);
    let refused = error(scene.refusal(&at_bob).await);
    assert_eq!(refused, PrefaceError::Refused(Refusal::NoSuchVat));
    scene.bob.vats.host(certificate(2, Party::new(3).key.id(), 5));
    assert_eq!(error(scene.refusal(&at_bob).await), CertificateError::OtherHost.into());
    let ourselves = scene.refusal(&scene.a.local_addresses()[0]).await;
    assert_eq!(ourselves, (Step::Connect, Cause::Ourselves));
}

#[tokio::test]
async fn a_man_in_the_middle_is_noticed() {
    let scene = Scene::new(Limits::default());
    let (alice, bob) = (scene.alice.key.id(), scene.bob.key.id());
    let listener = TcpListener::bind(anywhere()).await.unwrap();
    let (at_mallory, to_bob) = (listener.local_addr().unwrap(), scene.b.local_address());
    let mallory = tokio::spawn(async move {
        let mut at_alice = Raw::listen(&listener, bob).await;
        let mut at_bob = Raw::dial(to_bob, alice).await;
        let want = at_alice.receive_frame().await;
        at_bob.send_frame(&want).await;
        let proof = at_bob.receive_frame().await;
        at_alice.send_frame(&proof).await;
        at_alice.receive().await
    });
    let (step, cause) = scene.refusal(&at_mallory.to_string()).await;
    let error = PrefaceError::Signature;
    assert_eq!((step, cause), (Step::Preface, Cause::Preface { host: bob, error }));
    let seen = mallory.await.unwrap();
    assert!(!matches!(seen, Some(Opened::Data(_))), "Alice showed her vat: {seen:?}");
}

/// What a proxy does with the messages from Bob to Alice.
#[derive(Clone, Copy)]
enum Mischief {
    HangUpBefore(usize),
    ChangeIn(usize),
    LeaveOut(usize),
}

/// Passes messages on without being able to read them, as a proxy of another make would.
async fn relay(listener: TcpListener, to: SocketAddr, mischief: Mischief) {
    let (mut at_alice, mut at_bob) = (serve(&listener).await, upgrade(to).await);
    let mut count = 0;
    loop {
        tokio::select! {
            message = at_alice.next() => match message {
                Some(Ok(message)) => at_bob.send(message).await.unwrap(),
                _ => return,
            },
            message = at_bob.next() => {
                let Some(Ok(message)) = message else { return };
                let mut bytes = message.into_data().to_vec();
                match mischief {
                    Mischief::HangUpBefore(n) if n == count => {
                        return at_alice.close(None).await.unwrap();
                    }
                    Mischief::ChangeIn(n) if n == count => bytes[0] ^= 1,
                    _ => {}
                }
                let is_kept = !matches!(mischief, Mischief::LeaveOut(n) if n == count);
                if is_kept && at_alice.send(Message::Binary(bytes.into())).await.is_err() {
                    return;
                }
                count += 1;
            }
        }
    }
}

/// Messages of Bob's before the first frame: of the handshake, and two of the preface.
const BEFORE: usize = 3;

#[tokio::test]
async fn a_proxy_can_end_a_session_and_nothing_else() {
    let scene = Scene::new(Limits::default());
    for (mischief, told) in [
        (Mischief::HangUpBefore(BEFORE + 1), "cut off"),
        (Mischief::ChangeIn(BEFORE + 1), "changed on its way"),
        (Mischief::LeaveOut(BEFORE + 1), "changed on its way"),
    ] {
        let listener = TcpListener::bind(anywhere()).await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        tokio::spawn(relay(listener, scene.b.local_address(), mischief));
        let accept = timeout(SOON, scene.b.accept());
        let (dialled, accepted) = tokio::join!(scene.dial(&address), accept);
        let (mut to_bob, to_alice) = (dialled.unwrap(), accepted.unwrap().unwrap());
        to_alice.tx.send(frame("one")).await.unwrap();
        assert_eq!(to_bob.rx.recv().await.unwrap().unwrap(), "one");
        to_alice.tx.send(frame("two")).await.unwrap();
        sleep(Duration::from_millis(20)).await;
        to_alice.tx.close(CloseReason::Done);
        let end = timeout(SOON, to_bob.rx.recv()).await.unwrap().unwrap_err();
        assert!(end.to_string().contains(told), "{end}");
        assert_eq!(to_bob.tx.closed().await, end);
    }
}

/// A proxy that terminates TLS with a certificate that no authority knows.
async fn tls_proxy(to: SocketAddr) -> SocketAddr {
    let key = [&b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20"[..], &[5; 32]];
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.concat()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = provider.key_provider.load_private_key(key).unwrap();
    let shown = vec![CertificateDer::from(vec![1, 2, 3])];
    let shown = rustls::sign::CertifiedKey::new(shown, key);
    let resolver = Arc::new(rustls::sign::SingleCertAndKey::from(shown));
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])
        .unwrap()
        .with_no_client_auth()
        .with_cert_resolver(resolver);
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind(anywhere()).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let mut outside = acceptor.accept(stream).await.unwrap();
            let mut inside = TcpStream::connect(to).await.unwrap();
            tokio::spawn(async move {
                let _ = tokio::io::copy_bidirectional(&mut outside, &mut inside).await;
            });
        }
    });
    address
}

#[tokio::test]
async fn a_proxy_with_tls_stands_before_a_host_and_is_what_it_advertises() {
    let (alice, bob) = (Party::new(1), Party::new(2));
    // Where the proxy will be is known before the host starts, and the other way round here.
    let inner = bind_with(
        &bob,
        WebSocketConfig { path: "/hog/2".to_owned(), ..WebSocketConfig::new(anywhere(), 7) },
    );
    let proxy = tls_proxy(inner.local_address()).await;
    let a = bind(&alice, Limits::default());
    let locator = bob.by("ws", &[format!("wss://{proxy}/hog/2")]);
    let dial = timeout(SOON, a.dial(alice.vat, &locator, Mode::Plain));
    let (dialled, accepted) = tokio::join!(dial, inner.accept());
    let (mut to_bob, mut to_alice) = (dialled.unwrap().unwrap(), accepted.unwrap());
    greet(&mut to_bob, &mut to_alice).await;
    assert_eq!(proven(&to_bob).host, bob.key.id());

    // And a host that speaks TLS itself is none.
    let locator = bob.by("ws", &[format!("wss://{}", inner.local_address())]);
    let error = a.dial(alice.vat, &locator, Mode::Plain).await.unwrap_err();
    assert!(error.to_string().contains("no TLS"), "{error}");
}

#[tokio::test]
async fn a_host_says_how_it_is_reached() {
    let party = Party::new(1);
    let config = WebSocketConfig::new(anywhere(), 7);
    let plain = bind_with(&party, config.clone());
    assert_eq!(plain.local_addresses(), [plain.local_address().to_string()]);
    let path = bind_with(&party, WebSocketConfig { path: "/hog".to_owned(), ..config.clone() });
    assert_eq!(path.local_addresses(), [format!("{}/hog", path.local_address())]);
    let advertise = vec!["wss://example.org/hog".to_owned(), "[::1]:4".to_owned()];
    let named = WebSocketConfig { advertise: advertise.clone(), ..config.clone() };
    let named = bind_with(&party, named);
    assert_eq!(named.local_addresses(), advertise);
    let locator = party.at(&named);
    assert_eq!(locator.to_string().parse::<hogshead_objects::locator::Locator>(), Ok(locator));

    let refused = |config| {
        let error = WebSocket::bind(config, party.key.clone(), party.vats.clone()).err().unwrap();
        assert!(matches!(error, WebSocketError::Address { .. }), "{error}");
    };
    for path in ["", "hog", "/a,b", "/a?b"] {
        refused(WebSocketConfig { path: path.to_owned(), ..config.clone() });
    }
    for address in ["", "https://example.org/", "example.org"] {
        refused(WebSocketConfig { advertise: vec![address.to_owned()], ..config.clone() });
    }
    let listen = plain.local_address();
    let taken = WebSocketConfig { listen, ..config };
    let error = WebSocket::bind(taken, party.key.clone(), party.vats.clone()).err().unwrap();
    assert!(matches!(error, WebSocketError::Socket { .. }), "{error}");
}

/// Sends octets to Bob as they are; gives what he answers.
async fn http(scene: &Scene, octets: &[u8]) -> String {
    let mut stream = TcpStream::connect(scene.b.local_address()).await.unwrap();
    // He may hang up before all is written.
    let _ = stream.write_all(octets).await;
    let mut answer = Vec::new();
    let _ = timeout(SOON, stream.read_to_end(&mut answer)).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn requests_that_are_none_of_ours_are_answered_or_dropped() {
    let scene = Scene::new(Limits::default());
    let request = |path: &str, protocol: &str| {
        format!(
            "GET {path} HTTP/1.1\r\nHost: b\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\
             {protocol}\r\n"
        )
    };
    let named = "Sec-WebSocket-Protocol: chat, hog.1\r\n";
    let answer = http(&scene, request("/elsewhere", named).as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    for other in ["", "Sec-WebSocket-Protocol: hog.2\r\n"] {
        let answer = http(&scene, request("/", other).as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    }
    let padding = format!("X-Padding: {}\r\n", "x".repeat(80_000));
    let many: String = (0..200).map(|n| format!("X-{n}: y\r\n")).collect();
    let junk = format!("{}junk after the request", request("/", named));
    for nonsense in [
        b"\0\x01\x02\x03 nonsense \xff\xfe\r\n\r\n".to_vec(),
        b"GET / HTTP/1.1\r\n\r\n".to_vec(),
        b"POST / HTTP/1.1\r\nHost: b\r\nContent-Length: 5\r\n\r\nhello".to_vec(),
        request("/", &format!("{named}{padding}")).into_bytes(),
        request("/", &format!("{named}{many}")).into_bytes(),
        junk.into_bytes(),
        vec![b'x'; 100_000],
    ] {
        let answer = http(&scene, &nonsense).await;
        assert!(!answer.starts_with("HTTP/1.1 101"), "{answer}");
    }
    scene.honest_go_on().await;
}

#[tokio::test]
async fn servers_that_are_none_of_ours_are_left() {
    let scene = Scene::new(Limits::default());
    for (answer, told) in [
        (&b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"[..], "it answers 200"),
        (b"HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n", "it answers 301"),
        (b"HTTP/1.1 101 Switching Protocols\r\n\r\n", "not speak WebSocket"),
        (b"220 mail\r\n", "not speak WebSocket"),
        (b"", "not speak WebSocket"),
    ] {
        let listener = TcpListener::bind(anywhere()).await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 1024];
            let _ = stream.read(&mut request).await.unwrap();
            stream.write_all(answer).await.unwrap();
        });
        let (step, cause) = scene.refusal(&address).await;
        assert_eq!(step, Step::Connect);
        assert!(cause.to_string().contains(told), "{cause}");
    }
    // A port that was free a moment ago.
    let nobody = TcpListener::bind(anywhere()).await.unwrap().local_addr().unwrap().to_string();
    let (step, cause) = scene.refusal(&nobody).await;
    assert!(matches!((step, &cause), (Step::Connect, Cause::Connection(_))), "{cause}");
    let bad = scene.refusal("127.0.0.1").await;
    assert!(matches!(bad, (Step::Resolve, Cause::Address(_))), "{bad:?}");
}

#[tokio::test]
async fn text_and_large_messages_end_the_session() {
    let scene = Scene::new(Limits::default());
    let (mut raw, mut accepted) = session(&scene).await;
    raw.socket.send(Message::text("hello")).await.unwrap();
    let end = accepted.rx.recv().await.unwrap_err();
    assert!(end.to_string().contains("text"), "{end}");

    let (mut raw, mut accepted) = session(&scene).await;
    // What is too much is announced, and only the announcement arrives.
    let stream = raw.socket.get_mut();
    stream.write_all(&[0x82, 0xff, 0, 0, 0x7f, 0xff, 0, 0, 0, 0, 1, 2, 3, 4]).await.unwrap();
    let end = timeout(SOON, accepted.rx.recv()).await.unwrap().unwrap_err();
    assert!(end.to_string().contains("over the limit"), "{end}");

    let (mut raw, mut accepted) = session(&scene).await;
    write(&mut raw.socket, vec![0; 65_536]).await;
    let end = accepted.rx.recv().await.unwrap_err();
    assert!(end.to_string().contains("over the limit"), "{end}");

    let (mut raw, mut accepted) = session(&scene).await;
    // Two fragments, each of which is within the limit.
    let stream = raw.socket.get_mut();
    for first in [0x02, 0x80] {
        stream.write_all(&[first, 0xfe, 0x9c, 0x40, 0, 0, 0, 0]).await.unwrap();
        stream.write_all(&[7; 40_000]).await.unwrap();
    }
    let end = accepted.rx.recv().await.unwrap_err();
    assert!(end.to_string().contains("over the limit"), "{end}");

    let (mut raw, mut accepted) = session(&scene).await;
    write(&mut raw.socket, vec![0; 65_535]).await;
    let end = accepted.rx.recv().await.unwrap_err();
    assert!(end.to_string().contains("changed on its way"), "{end}");

    let (mut raw, mut accepted) = session(&scene).await;
    // Without the mask that a client's frames must have.
    raw.socket.get_mut().write_all(&[0x82, 1, 7]).await.unwrap();
    let end = accepted.rx.recv().await.unwrap_err();
    assert!(end.to_string().contains("not speak WebSocket"), "{end}");
    scene.honest_go_on().await;
}

#[tokio::test]
async fn pings_go_out_and_are_answered_and_silence_is_noticed() {
    let limits = Limits {
        keep_alive: Duration::from_millis(50),
        silence: Duration::from_secs(2),
        ..Limits::default()
    };
    let scene = Scene::new(limits);
    let (mut raw, mut accepted) = session(&scene).await;
    let reading = tokio::spawn(async move { accepted.rx.recv().await });
    // A browser cannot ping; that it answers is enough. The library answers as it does.
    let mut pings = 0;
    while pings < 10 {
        let message = timeout(SOON, raw.socket.next()).await.unwrap().unwrap().unwrap();
        pings += usize::from(message.is_ping());
    }
    assert!(!reading.is_finished());
    raw.socket.send(Message::Ping("are you there".into())).await.unwrap();
    loop {
        let message = timeout(SOON, raw.socket.next()).await.unwrap().unwrap().unwrap();
        match message {
            Message::Pong(echo) => break assert_eq!(echo, "are you there"),
            other => assert!(other.is_ping(), "{other:?}"),
        }
    }
    // Now it neither reads nor writes.
    let end = timeout(SOON, reading).await.unwrap().unwrap().unwrap_err();
    assert!(end.to_string().contains("no sign of life"), "{end}");
}

#[tokio::test]
async fn a_flood_of_pings_is_taken_in_and_answered_as_far_as_there_is_room() {
    let scene = Scene::new(Limits::default());
    let (mut raw, mut accepted) = session(&scene).await;
    // Nobody reads the answers, which are more than the system and the connection keep.
    let ping = [&[0x89, 0x80 | 125, 0, 0, 0, 0][..], &[7; 125]].concat();
    let flood = ping.repeat(600);
    let receiving = tokio::spawn(async move { accepted.rx.recv().await });
    for _ in 0..100 {
        let sent = raw.socket.get_mut().write_all(&flood);
        timeout(SOON, sent).await.unwrap().unwrap();
    }
    raw.send_frame(b"after").await;
    let frame = timeout(SOON, receiving).await.unwrap().unwrap();
    assert_eq!(frame.unwrap().unwrap(), "after");
    scene.honest_go_on().await;
}

#[tokio::test]
async fn silent_and_slow_strangers_are_bounded_in_number_and_time() {
    let limits = Limits {
        unproven_per_address_max: 4,
        unproven_time: Duration::from_secs(2),
        ..Limits::default()
    };
    let scene = Scene::new(limits);
    let to = scene.b.local_address();
    let mut silent = TcpStream::connect(to).await.unwrap();
    let mut slow = TcpStream::connect(to).await.unwrap();
    let mut upgraded = upgrade(to).await;
    let mut half = Raw::dial(to, Party::new(9).key.id()).await;
    // A fifth is put out without a word.
    let mut fifth = TcpStream::connect(to).await.unwrap();
    let end = timeout(SOON, fifth.read(&mut [0; 1])).await.unwrap();
    assert!(matches!(end, Ok(0) | Err(_)), "{end:?}");
    let dripping = tokio::spawn(async move {
        while slow.write_all(b"G").await.is_ok() {
            sleep(Duration::from_millis(50)).await;
        }
    });
    let end = timeout(SOON, silent.read(&mut [0; 1])).await.unwrap();
    assert!(matches!(end, Ok(0) | Err(_)), "{end:?}");
    assert_eq!(read(&mut upgraded).await, None);
    while half.receive().await.is_some() {}
    drop(half);
    timeout(SOON, dripping).await.unwrap().unwrap();
    scene.honest_go_on().await;
}

#[tokio::test]
async fn a_peer_that_does_not_read_is_given_up() {
    let limits = Limits {
        queue_bytes_max: 20_000,
        stall_grace: Duration::from_millis(300),
        ..Limits::default()
    };
    let scene = Scene::new(limits);
    let (_raw, accepted) = session(&scene).await;
    let piece = Bytes::from(vec![1; 10_000]);
    let sending = async {
        loop {
            assert!(accepted.tx.queued_bytes() <= 20_000);
            if let Err(error) = accepted.tx.send(piece.clone()).await {
                return error;
            }
        }
    };
    assert_eq!(timeout(2 * SOON, sending).await.unwrap(), ChannelError::Stalled);
    scene.honest_go_on().await;
}

#[tokio::test]
async fn a_host_starts_again_on_the_same_port() {
    let Scene { alice, bob, a, b } = Scene::new(Limits::default());
    let (mut to_bob, mut to_alice) = meet(&alice, &a, &bob, &b).await;
    greet(&mut to_bob, &mut to_alice).await;
    let config = WebSocketConfig::new(b.local_address(), 7);
    b.shutdown().await;
    drop(b);
    let end = to_bob.rx.recv().await.unwrap_err();
    assert_eq!(end, ChannelError::Closed(CloseReason::GoingDown));
    let again = std::sync::Mutex::new(None);
    eventually("the port is free", || {
        let bound = WebSocket::bind(config.clone(), bob.key.clone(), bob.vats.clone());
        *again.lock().unwrap() = bound.ok();
        again.lock().unwrap().is_some()
    })
    .await;
    let b = again.into_inner().unwrap().unwrap();
    let (mut to_bob, mut to_alice) = meet(&alice, &a, &bob, &b).await;
    greet(&mut to_bob, &mut to_alice).await;
}
