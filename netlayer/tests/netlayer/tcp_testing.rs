//! `tcp-testing-only`: between two of ours, and against raw sockets that show what is on the wire.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hogshead_netlayer::error::{Cause, Step};
use hogshead_netlayer::frames::Framing;
use hogshead_netlayer::tcp_testing::{NAME, TcpBindError, TcpTesting, TcpTestingConfig};
use hogshead_netlayer::{
    Channel, ChannelError, CloseReason, DialError, FrameSender, Limits, Mode, Netlayer, Role,
};
use hogshead_objects::locator::Locator;
use tokio::io::{AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

use crate::support::{eventually, frame, greet, vat};

/// Longer than anything here takes on the busiest machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// Messages that are lines, in place of a syntax that netlayers do not know.
fn lines() -> Framing {
    Framing::bare(|| {
        |bytes: &[u8], _limit: usize| match bytes.iter().position(|byte| *byte == b'\n') {
            Some(at) => Ok(Some(at + 1)),
            None if bytes.contains(&b'!') => Err("no line has an exclamation mark".to_owned()),
            None => Ok(None),
        }
    })
}

fn framings() -> [Framing; 2] {
    [lines(), Framing::Prefixed]
}

/// What stands on the wire for a message.
fn on_wire(framing: &Framing, message: &str) -> Vec<u8> {
    match framing {
        Framing::Prefixed => format!("{}:{message}", message.len()).into_bytes(),
        _ => message.as_bytes().to_vec(),
    }
}

fn bind(seed: u8, framing: Framing, limits: Limits) -> TcpTesting {
    let listen = "127.0.0.1:0".parse().unwrap();
    let config = TcpTestingConfig { limits, ..TcpTestingConfig::new(vat(seed), listen, framing) };
    TcpTesting::bind(config).unwrap()
}

fn at(seed: u8, netlayer: &TcpTesting) -> Locator {
    netlayer.locator(vat(seed)).unwrap()
}

fn address(netlayer: &TcpTesting) -> SocketAddr {
    netlayer.local_addresses()[0].parse().unwrap()
}

/// The dialler speaks first, so the first message is part of meeting.
async fn meet(a: &TcpTesting, b: &TcpTesting) -> (Channel, Channel) {
    let to = at(2, b);
    let dialling = async {
        let channel = a.dial(vat(1), &to, Mode::Durable).await.unwrap();
        channel.tx.send(frame("hello\n")).await.unwrap();
        channel
    };
    let (to_bob, to_alice) =
        timeout(PATIENCE, async { tokio::join!(dialling, b.accept()) }).await.unwrap();
    let mut to_alice = to_alice.unwrap();
    assert_eq!(receive(&mut to_alice).await.unwrap().unwrap(), "hello\n");
    (to_bob, to_alice)
}

async fn receive(channel: &mut Channel) -> Result<Option<Bytes>, ChannelError> {
    timeout(PATIENCE, channel.rx.recv()).await.unwrap()
}

/// A raw socket that has dialled, and the channel that the netlayer made of it.
async fn raw(netlayer: &TcpTesting, first: &[u8]) -> (TcpStream, Channel) {
    let mut socket = TcpStream::connect(address(netlayer)).await.unwrap();
    socket.write_all(first).await.unwrap();
    let channel = timeout(PATIENCE, netlayer.accept()).await.unwrap().unwrap();
    (socket, channel)
}

/// Everything that comes until the end.
async fn read_all(socket: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    timeout(PATIENCE, socket.read_to_end(&mut bytes)).await.unwrap().unwrap();
    bytes
}

#[tokio::test]
async fn messages_go_both_ways_and_nothing_is_proven() {
    for framing in framings() {
        let a = bind(1, framing.clone(), Limits::default());
        let b = bind(2, framing.clone(), Limits::default());
        let (mut to_bob, mut to_alice) = meet(&a, &b).await;
        assert_eq!((to_bob.role, to_alice.role), (Role::Dialled, Role::Accepted));
        assert_eq!((to_bob.us, to_alice.us), (vat(1), vat(2)));
        assert_eq!((to_bob.peer.proof, to_alice.peer.proof), (None, None));
        assert_eq!(to_bob.peer.to_string(), format!("somebody at {} ({NAME})", address(&b)));
        assert_eq!(to_bob.mode, Mode::Plain, "whatever was asked for");
        for (count, text) in [(1, "x\n"), (500, "and so on\n")] {
            for _ in 0..count {
                to_alice.tx.send(frame(text)).await.unwrap();
            }
            for _ in 0..count {
                assert_eq!(receive(&mut to_bob).await.unwrap().unwrap(), text, "{framing:?}");
            }
        }
        // A megabyte spans many reads.
        let large = "m".repeat(1 << 20) + "\n";
        to_bob.tx.send(frame(&large)).await.unwrap();
        assert_eq!(receive(&mut to_alice).await.unwrap().unwrap(), large);
        assert_eq!((a.connections(), b.connections(), b.silent()), (1, 1, 0));
    }
}

#[tokio::test]
async fn messages_come_out_whole_however_they_were_cut() {
    for framing in framings() {
        let b = bind(2, framing.clone(), Limits::default());
        let messages = ["one\n", "two\n", "a longer one\n", "\n"];
        let stream: Vec<u8> = messages.iter().flat_map(|text| on_wire(&framing, text)).collect();
        for size in [1, 2, 3, 5, stream.len()] {
            let mut socket = TcpStream::connect(address(&b)).await.unwrap();
            socket.set_nodelay(true).unwrap();
            let writing = async {
                for part in stream.chunks(size) {
                    socket.write_all(part).await.unwrap();
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            };
            let reading = async {
                let mut channel = b.accept().await.unwrap();
                for message in messages {
                    assert_eq!(receive(&mut channel).await.unwrap().unwrap(), message);
                }
                channel
            };
            let ((), _channel) = tokio::join!(writing, reading);
        }
    }
}

/// Keeps what was written, each write by itself, and when.
#[derive(Clone, Default)]
struct Writes(Arc<Mutex<Vec<(Instant, String)>>>);

impl AsyncWrite for Writes {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        self.0.lock().unwrap().push((Instant::now(), text));
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[tokio::test(start_paused = true)]
async fn the_first_message_goes_alone_and_without_lengths_each_is_one_write() {
    for (framing, expected) in [
        (lines(), vec!["start\n", "next\n", "last\n"]),
        (Framing::Prefixed, vec!["6:start\n", "5:next\n5:last\n"]),
    ] {
        let writes = Writes::default();
        let tx = FrameSender::over(writes.clone(), &framing, &Limits::default());
        tx.send_many([frame("start\n"), frame("next\n"), frame("last\n")]).await.unwrap();
        tx.close(CloseReason::Done);
        assert_eq!(tx.closed().await, ChannelError::ClosedHere);
        let written = writes.0.lock().unwrap().clone();
        let texts: Vec<_> = written.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, expected);
        // By the paused clock: a peer without lengths has time to read the first one by itself.
        let waited = written[0].0 < written[1].0;
        assert_eq!(waited, matches!(framing, Framing::Bare(_)));
    }
}

#[tokio::test]
async fn hostile_lengths_are_refused_before_anything_is_allocated() {
    let limits = Limits { frame_bytes_max: 1000, ..Limits::default() };
    let b = bind(2, Framing::Prefixed, limits);
    let too_large = |announced| ChannelError::FrameTooLarge { announced, limit: 1000 };
    for (bytes, announced) in [
        ("1001:", 1001),
        ("99999", 9999),
        ("18446744073709551616:", 1844),
        (&"9".repeat(5000), 9999),
    ] {
        let (_socket, mut channel) = raw(&b, bytes.as_bytes()).await;
        assert_eq!(receive(&mut channel).await, Err(too_large(announced)), "{bytes}");
        assert_eq!(receive(&mut channel).await, Err(too_large(announced)), "and again");
    }
    for bytes in [":", "-1:", "+1:", "01:x", "00:", "1 :x", "0x1:", "1;", "\u{661}:", "1.0:"] {
        let (_socket, mut channel) = raw(&b, bytes.as_bytes()).await;
        let error = receive(&mut channel).await.unwrap_err();
        assert!(matches!(error, ChannelError::Unframed(_)), "{bytes}: {error}");
    }
    let (_socket, mut channel) = raw(&b, b"0:1000:").await;
    assert_eq!(receive(&mut channel).await.unwrap().unwrap(), "", "an empty one is one");
    let oversized = Bytes::from(vec![0; 1001]);
    let error = channel.tx.send(oversized).await.unwrap_err();
    assert_eq!(error, ChannelError::OversizedSend { bytes: 1001, limit: 1000 });
}

#[tokio::test]
async fn without_lengths_a_message_is_bounded_too() {
    let limits = Limits { frame_bytes_max: 1000, ..Limits::default() };
    let b = bind(2, lines(), limits);
    let (mut socket, mut channel) = raw(&b, &[b'a'; 600]).await;
    socket.write_all(&[b'a'; 600]).await.unwrap();
    let error = receive(&mut channel).await.unwrap_err();
    assert!(matches!(error, ChannelError::FrameTooLarge { limit: 1000, .. }), "{error}");

    let (_socket, mut channel) = raw(&b, b"good\nbad!").await;
    assert_eq!(receive(&mut channel).await.unwrap().unwrap(), "good\n");
    let error = receive(&mut channel).await.unwrap_err();
    assert!(error.to_string().contains("exclamation mark"), "{error}");
    assert_eq!(receive(&mut channel).await, Err(error));
}

#[tokio::test]
async fn who_finds_ends_where_there_are_none_is_found_out() {
    for wrong in [0, 1000] {
        let framing = Framing::bare(move || move |_: &[u8], _: usize| Ok(Some(wrong)));
        let b = bind(2, framing, Limits::default());
        let (_socket, mut channel) = raw(&b, b"x").await;
        let error = receive(&mut channel).await.unwrap_err();
        assert!(matches!(error, ChannelError::Unframed(_)), "{error}");
    }
}

#[tokio::test]
async fn a_message_that_has_begun_must_end() {
    for framing in framings() {
        let moment = Duration::from_millis(50);
        let limits = Limits { frame_grace: moment, linger: moment, ..Limits::default() };
        let b = bind(2, framing, limits);
        let (mut socket, mut channel) = raw(&b, b"1").await;
        assert_eq!(receive(&mut channel).await, Err(ChannelError::FrameTooSlow));
        drop(channel);
        assert_eq!(read_all(&mut socket).await, b"", "it is hung up on");
        eventually("the connection is gone", || b.connections() == 0).await;
    }
}

#[tokio::test]
async fn the_longest_silent_make_room_and_speakers_stay() {
    let limits = Limits { unproven_max: 3, unproven_time: 10 * PATIENCE, ..Limits::default() };
    let b = bind(2, lines(), limits);
    let (mut speaker, mut channel) = raw(&b, b"I speak\n").await;
    let mut silent = Vec::new();
    for count in 1..=3 {
        silent.push(TcpStream::connect(address(&b)).await.unwrap());
        eventually("it is let in", || b.silent() == count).await;
    }
    for _ in 0..2 {
        // Whoever comes now is let in, and who was silent for longest is hung up on.
        let newcomer = TcpStream::connect(address(&b)).await.unwrap();
        assert_eq!(read_all(&mut silent.remove(0)).await, b"");
        assert!(b.silent() <= 3);
        silent.push(newcomer);
    }
    // The last one there finds its voice.
    silent[2].write_all(b"late\n").await.unwrap();
    let mut late = timeout(PATIENCE, b.accept()).await.unwrap().unwrap();
    assert_eq!(receive(&mut late).await.unwrap().unwrap(), "late\n");
    assert_eq!(receive(&mut channel).await.unwrap().unwrap(), "I speak\n");
    channel.tx.send(frame("still here\n")).await.unwrap();
    let mut buffer = [0; 11];
    timeout(PATIENCE, speaker.read_exact(&mut buffer)).await.unwrap().unwrap();
    assert_eq!(&buffer, b"still here\n");
}

#[tokio::test]
async fn the_silent_are_hung_up_on_after_their_time() {
    let limits = Limits { unproven_time: Duration::from_millis(50), ..Limits::default() };
    let b = bind(2, lines(), limits);
    let mut socket = TcpStream::connect(address(&b)).await.unwrap();
    assert_eq!(read_all(&mut socket).await, b"");
    eventually("nobody is left", || b.connections() == 0 && b.silent() == 0).await;
}

#[tokio::test]
async fn connections_over_the_limit_are_turned_away_and_room_returns() {
    let limits = Limits { connections_max: 1, ..Limits::default() };
    let b = bind(2, lines(), limits);
    let (socket, channel) = raw(&b, b"first\n").await;
    let mut second = TcpStream::connect(address(&b)).await.unwrap();
    assert_eq!(read_all(&mut second).await, b"");
    let error = b.dial(vat(2), &at(1, &bind(1, lines(), Limits::default())), Mode::Plain).await;
    assert!(error.unwrap_err().to_string().contains("too many connections"));
    drop((socket, channel));
    eventually("there is room", || b.connections() == 0).await;
    raw(&b, b"third\n").await;
}

#[tokio::test]
async fn a_close_sends_what_is_queued_and_then_the_end() {
    for framing in framings() {
        let b = bind(2, framing.clone(), Limits::default());
        let (mut socket, channel) = raw(&b, b"1").await;
        for number in 0..100 {
            channel.tx.send(frame(&format!("{number}\n"))).await.unwrap();
        }
        channel.tx.close(CloseReason::Done);
        channel.tx.send(frame("too late\n")).await.ok();
        // Unread bytes of the peer's do not turn the end into a broken connection.
        socket.write_all(&[b'1'; 10_000]).await.unwrap();
        drop(channel);
        let expected: Vec<u8> =
            (0..100).flat_map(|number| on_wire(&framing, &format!("{number}\n"))).collect();
        assert_eq!(read_all(&mut socket).await, expected);
        drop(socket);
        eventually("the connection is gone", || b.connections() == 0).await;
    }
}

#[tokio::test]
async fn after_the_peers_end_we_may_still_send() {
    for framing in framings() {
        let b = bind(2, framing.clone(), Limits::default());
        let (mut socket, mut channel) = raw(&b, &on_wire(&framing, "that is all\n")).await;
        socket.shutdown().await.unwrap();
        assert_eq!(receive(&mut channel).await.unwrap().unwrap(), "that is all\n");
        assert_eq!(receive(&mut channel).await, Ok(None));
        channel.tx.send(frame("an answer\n")).await.unwrap();
        channel.tx.close(CloseReason::Done);
        assert_eq!(timeout(PATIENCE, channel.tx.closed()).await, Ok(ChannelError::ClosedHere));
        assert_eq!(read_all(&mut socket).await, on_wire(&framing, "an answer\n"));
    }
}

#[tokio::test]
async fn an_end_within_a_message_is_no_good_end() {
    for framing in framings() {
        let b = bind(2, framing, Limits::default());
        let (mut socket, mut channel) = raw(&b, b"12").await;
        socket.shutdown().await.unwrap();
        assert_eq!(receive(&mut channel).await, Err(ChannelError::Truncated));
    }
}

#[tokio::test]
async fn a_broken_connection_ends_both_halves() {
    let b = bind(2, lines(), Limits::default());
    let (socket, mut channel) = raw(&b, b"hello\n").await;
    assert_eq!(receive(&mut channel).await.unwrap().unwrap(), "hello\n");
    // What the peer closes with unread bytes is broken off.
    channel.tx.send(frame("unread\n")).await.unwrap();
    socket.readable().await.unwrap();
    drop(socket);
    let error = receive(&mut channel).await.unwrap_err();
    assert!(matches!(&error, ChannelError::Connection(_)), "{error}");
    let told = timeout(PATIENCE, channel.tx.closed()).await.unwrap();
    assert_eq!(told, error);
}

#[tokio::test]
async fn a_peer_that_does_not_read_is_given_up_and_costs_little() {
    let limits = Limits {
        queue_bytes_max: 8 << 10,
        stall_grace: Duration::from_millis(200),
        ..Limits::default()
    };
    let b = bind(2, lines(), limits);
    let (_socket, channel) = raw(&b, b"hello\n").await;
    let piece = Bytes::from(vec![b'x'; 2 << 10]);
    let sending = async {
        loop {
            assert!(channel.tx.queued_bytes() <= 8 << 10);
            if let Err(error) = channel.tx.send(piece.clone()).await {
                return error;
            }
        }
    };
    assert_eq!(timeout(PATIENCE, sending).await, Ok(ChannelError::Stalled));
}

#[tokio::test]
async fn a_peer_that_comes_back_at_once_is_met_again() {
    let a = bind(1, Framing::Prefixed, Limits::default());
    let b = bind(2, Framing::Prefixed, Limits::default());
    for _ in 0..20 {
        let (to_bob, mut to_alice) = meet(&a, &b).await;
        to_bob.tx.send(frame("bye\n")).await.unwrap();
        drop(to_bob);
        assert_eq!(receive(&mut to_alice).await.unwrap().unwrap(), "bye\n");
        assert_eq!(receive(&mut to_alice).await, Ok(None));
    }
    eventually("all are gone", || a.connections() + b.connections() == 0).await;
}

#[tokio::test]
async fn a_netlayer_that_restarts_at_its_port_is_the_same_peer() {
    let a = bind(1, lines(), Limits::default());
    let b = bind(2, lines(), Limits::default());
    let (to, listen) = (at(2, &b), address(&b));
    let (mut to_bob, _to_alice) = meet(&a, &b).await;
    b.shutdown().await;
    assert_eq!(receive(&mut to_bob).await, Ok(None), "the connections end with it");
    assert!(b.accept().await.is_none());
    drop((b, to_bob));
    let error = a.dial(vat(1), &to, Mode::Plain).await.unwrap_err();
    assert!(error.to_string().contains("nobody listens there"), "{error}");
    assert!(error.is_transient());

    let b = TcpTesting::bind(TcpTestingConfig::new(vat(2), listen, lines())).unwrap();
    assert_eq!(at(2, &b), to);
    let (mut to_bob, to_alice) = meet(&a, &b).await;
    to_alice.tx.send(frame("back\n")).await.unwrap();
    assert_eq!(receive(&mut to_bob).await.unwrap().unwrap(), "back\n");
}

#[tokio::test]
async fn locators_are_configured_once() {
    let listen: SocketAddr = "127.0.0.1:0".parse().unwrap();
    let made = bind(1, lines(), Limits::default());
    let locator = at(1, &made);
    assert_eq!((made.transport(), made.name()), (NAME, NAME));
    assert_eq!(locator.transport.as_str(), NAME);
    assert_eq!(locator.hint("host"), Some("127.0.0.1"));
    assert_eq!(locator.hint("port"), Some(address(&made).port().to_string().as_str()));
    assert_eq!(made.locator(vat(2)), None, "it carries one vat");
    assert_eq!(at(1, &bind(1, lines(), Limits::default())).designator, locator.designator);
    assert_ne!(at(2, &bind(2, lines(), Limits::default())).designator, locator.designator);
    assert!(!locator.designator.contains(&vat(1).to_string()), "nothing is proven by it");

    let config = TcpTestingConfig {
        designator: Some("0000".to_owned()),
        host: Some("peer.example".to_owned()),
        ..TcpTestingConfig::new(vat(1), listen, lines())
    };
    let given = TcpTesting::bind(config).unwrap().locator(vat(1)).unwrap();
    let port = given.hint("port").unwrap();
    let text = format!("ocapn://0000.tcp-testing-only?host=peer.example&port={port}");
    assert_eq!(given.to_string(), text);

    let nameless = TcpTestingConfig {
        designator: Some(String::new()),
        ..TcpTestingConfig::new(vat(1), listen, lines())
    };
    assert!(matches!(TcpTesting::bind(nameless), Err(TcpBindError::Locator(_))));
    let taken = TcpTestingConfig::new(vat(1), address(&made), lines());
    let Err(TcpBindError::Socket { error, .. }) = TcpTesting::bind(taken) else { panic!("bound") };
    assert_eq!(error.kind(), ErrorKind::AddrInUse);
}

#[tokio::test]
async fn a_dial_that_cannot_work_says_why() {
    let a = bind(1, lines(), Limits::default());
    let good = at(2, &bind(2, lines(), Limits::default()));
    let with = |changes: &[(&str, Option<&str>)]| {
        let mut locator = good.clone();
        let hints = locator.hints.as_mut().unwrap();
        for (name, value) in changes {
            match value {
                Some(value) => hints.insert((*name).to_owned(), (*value).to_owned()),
                None => hints.remove(name),
            };
        }
        locator
    };
    let long = "h".repeat(300);
    for (locator, word) in [
        (with(&[("host", None)]), "`host`"),
        (with(&[("port", None)]), "`port`"),
        (with(&[("host", Some(""))]), "empty"),
        (with(&[("host", Some("a b"))]), "spaces"),
        (with(&[("host", Some(&long))]), "too long"),
        (with(&[("port", Some("0"))]), "65535"),
        (with(&[("port", Some("65536"))]), "65535"),
        (with(&[("port", Some("+80"))]), "65535"),
    ] {
        let error = a.dial(vat(1), &locator, Mode::Plain).await.unwrap_err();
        let DialError::Unreachable { attempts, .. } = &error else { panic!("{error}") };
        let first = &attempts[0];
        assert!(matches!((first.step, &first.cause), (Step::Resolve, Cause::Address(_))));
        assert!(error.to_string().contains(word), "{error}");
        assert!(!error.is_transient(), "{error}");
    }
    let nowhere = with(&[("host", None), ("port", None)]);
    let error = a.dial(vat(1), &nowhere, Mode::Plain).await.unwrap_err();
    assert_eq!(error, DialError::NoAddress { peer: good.peer(), netlayer: NAME });
    let error = a.dial(vat(1), &Locator::hog(vat(2), ["x:1"]), Mode::Plain).await.unwrap_err();
    assert!(matches!(error, DialError::Transport { netlayer: NAME, .. }), "{error}");
    let error = a.dial(vat(3), &good, Mode::Plain).await.unwrap_err();
    assert_eq!(error, DialError::OtherVat { vat: vat(3), netlayer: NAME });
    let error = a.dial(vat(1), &at(1, &a), Mode::Plain).await.unwrap_err();
    assert!(error.to_string().contains("leads back to this host"), "{error}");
    a.shutdown().await;
    let error = a.dial(vat(1), &good, Mode::Plain).await.unwrap_err();
    assert_eq!(error, DialError::ShutDown);
}

#[tokio::test]
async fn a_dial_ends_in_its_time() {
    // A full backlog answers no further connection.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut held = Vec::new();
    while let Ok(Ok(stream)) =
        timeout(Duration::from_secs(1), TcpStream::connect(("127.0.0.1", port))).await
    {
        held.push(stream);
        assert!(held.len() < 1000, "the backlog never fills");
    }
    let limits = Limits { handshake_time: Duration::from_millis(100), ..Limits::default() };
    let a = bind(1, lines(), limits);
    let mut to = at(2, &bind(2, lines(), Limits::default()));
    to.hints.as_mut().unwrap().insert("port".to_owned(), port.to_string());
    let error = timeout(PATIENCE, a.dial(vat(1), &to, Mode::Plain)).await.unwrap().unwrap_err();
    let DialError::Unreachable { attempts, .. } = &error else { panic!("{error}") };
    assert_eq!((attempts[0].step, &attempts[0].cause), (Step::Connect, &Cause::Timeout));
    assert!(error.is_transient());
    eventually("its place is free again", || a.connections() == 0).await;
}

#[tokio::test]
async fn sessions_that_nobody_takes_are_turned_away() {
    let limits = Limits {
        accepted_max: 1,
        unproven_time: Duration::from_millis(100),
        linger: Duration::from_millis(100),
        ..Limits::default()
    };
    let b = bind(2, lines(), limits);
    let mut sockets = Vec::new();
    for _ in 0..3 {
        let mut socket = TcpStream::connect(address(&b)).await.unwrap();
        socket.write_all(b"hello\n").await.unwrap();
        sockets.push(socket);
    }
    eventually("one waits, the others are gone", || b.connections() == 1).await;
    let mut channel = timeout(PATIENCE, b.accept()).await.unwrap().unwrap();
    assert_eq!(receive(&mut channel).await.unwrap().unwrap(), "hello\n");
}

#[tokio::test]
async fn both_sides_greet_as_over_any_other_netlayer() {
    let a = bind(1, Framing::Prefixed, Limits::default());
    let b = bind(2, Framing::Prefixed, Limits::default());
    let (mut to_bob, mut to_alice) = meet(&a, &b).await;
    greet(&mut to_bob, &mut to_alice).await;
    greet(&mut to_alice, &mut to_bob).await;
}
