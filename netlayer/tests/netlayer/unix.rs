//! Two hosts over Unix sockets, and what strangers of the same machine try.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use hogshead_netlayer::error::{Cause, Step};
use hogshead_netlayer::local::LocalError;
use hogshead_netlayer::noise::{Initiator, Opened, Responder, Secured};
use hogshead_netlayer::preface::Dialling;
use hogshead_netlayer::unix::{Unix, UnixConfig, UnixError};
use hogshead_netlayer::{
    Channel, ChannelError, CloseReason, DialError, Limits, Mode, Netlayer, PrefaceError,
};
use hogshead_objects::ids::HostId;
use hogshead_objects::keys::CertificateError;
use hogshead_objects::preface::{Message, Refusal};
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};
use tokio::time::timeout;

use crate::support::{
    Party, Random, assert_met, carry_small_and_big, certificate, eventually, frame, greet, meet,
    seed,
};

const SOON: Duration = Duration::from_secs(10);

struct Scene {
    folder: TempDir,
    alice: Party,
    bob: Party,
    a: Unix,
    b: Unix,
}

fn bind(party: &Party, path: &Path, limits: Limits) -> Unix {
    let config = UnixConfig { limits, ..UnixConfig::new(path) };
    Unix::bind(config, party.key.clone(), party.vats.clone()).unwrap()
}

impl Scene {
    fn new(limits: Limits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (alice, bob) = (Party::new(1), Party::new(2));
        let a = bind(&alice, &folder.path().join("a"), Limits::default());
        let b = bind(&bob, &folder.path().join("b"), limits);
        Self { folder, alice, bob, a, b }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn meet(&self) -> (Channel, Channel) {
        meet(&self.alice, &self.a, &self.bob, &self.b).await
    }

    /// Alice dials Bob's vat at `path`.
    async fn dial(&self, path: &Path) -> Result<Channel, DialError> {
        let locator = self.bob.by("unix", &[path.to_str().unwrap().to_owned()]);
        timeout(SOON, self.a.dial(self.alice.vat, &locator, Mode::Plain)).await.unwrap()
    }

    async fn refusal(&self, path: &Path) -> (Step, Cause) {
        let error = self.dial(path).await.unwrap_err();
        let DialError::Unreachable { attempts, .. } = &error else { panic!("{error}") };
        let [attempt] = attempts.as_slice() else { panic!("{error}") };
        (attempt.step, attempt.cause.clone())
    }
}

/// Somebody with a socket, who speaks Noise or does not.
struct Raw {
    stream: UnixStream,
    secured: Secured,
}

async fn write(stream: &mut (impl AsyncWrite + Unpin), message: &[u8]) -> std::io::Result<()> {
    let length = u16::try_from(message.len()).unwrap().to_be_bytes();
    stream.write_all(&[&length, message].concat()).await
}

async fn read(stream: &mut (impl AsyncRead + Unpin)) -> std::io::Result<Vec<u8>> {
    let length = stream.read_u16().await?;
    let mut message = vec![0; usize::from(length)];
    stream.read_exact(&mut message).await?;
    Ok(message)
}

async fn connect(path: &Path) -> UnixStream {
    let mut stream = UnixStream::connect(path).await.unwrap();
    let mut greeting = [0; 6];
    stream.read_exact(&mut greeting).await.unwrap();
    assert_eq!(&greeting, b"hog/1\n");
    stream
}

impl Raw {
    async fn dial(path: &Path, us: HostId) -> Self {
        let mut stream = connect(path).await;
        let (initiator, first) = Initiator::new(us).unwrap();
        write(&mut stream, &first).await.unwrap();
        let answer = read(&mut stream).await.unwrap();
        let (secured, third) = initiator.handle_message(&answer).unwrap();
        write(&mut stream, &third).await.unwrap();
        Self { stream, secured }
    }

    async fn listen(listener: &UnixListener, us: HostId) -> Self {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"hog/1\n").await.unwrap();
        let first = read(&mut stream).await.unwrap();
        let (state, second) = Responder::new(us).unwrap().handle_message(&first).unwrap();
        write(&mut stream, &second).await.unwrap();
        let secured = state.handle_message(&read(&mut stream).await.unwrap()).unwrap();
        Self { stream, secured }
    }

    async fn send(&mut self, bytes: &[u8]) {
        let mut pieces = [Bytes::copy_from_slice(bytes)];
        while let Some(message) = self.secured.sealer.seal_data(&mut pieces).unwrap() {
            write(&mut self.stream, &message).await.unwrap();
        }
    }

    async fn send_frame(&mut self, bytes: &[u8]) {
        let head = u32::try_from(bytes.len()).unwrap().to_be_bytes();
        self.send(&[&head, bytes].concat()).await;
    }

    /// What comes next; nothing at the end of the connection.
    async fn receive(&mut self) -> Option<Opened> {
        let message = timeout(SOON, read(&mut self.stream)).await.unwrap().ok()?;
        Some(self.secured.opener.open(&message).unwrap())
    }

    async fn receive_frame(&mut self) -> Vec<u8> {
        let Some(Opened::Data(bytes)) = self.receive().await else { panic!("no frame") };
        bytes[4..].to_vec()
    }

    /// The preface as it should be.
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

#[tokio::test]
async fn vats_talk_both_ways_and_know_who_is_there() {
    let scene = Scene::new(Limits::default());
    let (mut to_bob, mut to_alice) = scene.meet().await;
    assert_met(&to_bob, &scene.alice, &to_alice, &scene.bob, "unix");
    assert!(to_alice.peer.address.contains("user"), "{}", to_alice.peer);
    greet(&mut to_bob, &mut to_alice).await;

    let (mut back, mut forth) = meet(&scene.bob, &scene.b, &scene.alice, &scene.a).await;
    greet(&mut back, &mut forth).await;
    greet(&mut to_alice, &mut to_bob).await;
}

#[tokio::test]
async fn a_frame_of_16_mib_and_ten_thousand_small_ones_go_each_way_in_order() {
    let scene = Scene::new(Limits::default());
    let (to_bob, to_alice) = scene.meet().await;
    carry_small_and_big(to_bob, to_alice, 2 * SOON).await;
}

#[tokio::test]
async fn ends_say_why() {
    let scene = Scene::new(Limits::default());
    for reason in [CloseReason::Severed, CloseReason::Violation, CloseReason::Unknown(77)] {
        let (to_bob, mut to_alice) = scene.meet().await;
        to_bob.tx.close(reason);
        assert_eq!(to_alice.rx.recv().await.unwrap_err(), ChannelError::Closed(reason));
    }
    let (to_bob, mut to_alice) = scene.meet().await;
    drop(to_bob.rx);
    // Who listens hears that nobody does; what is sent the other way arrives all the same.
    let hear = timeout(SOON, async {
        tokio::select! {
            end = to_alice.tx.closed() => end,
            frame = to_alice.rx.recv() => panic!("{frame:?}"),
        }
    });
    assert_eq!(hear.await.unwrap(), ChannelError::Closed(CloseReason::Done));
    to_bob.tx.send(frame("still here")).await.unwrap();
    to_bob.tx.close(CloseReason::GoingDown);
    assert_eq!(to_alice.rx.recv().await.unwrap().unwrap(), "still here");
    assert_eq!(to_alice.rx.recv().await.unwrap(), None);
}

#[tokio::test]
async fn a_host_that_goes_down_tells_its_peers() {
    let scene = Scene::new(Limits::default());
    let (mut to_bob, mut to_alice) = scene.meet().await;
    greet(&mut to_bob, &mut to_alice).await;
    let (end, ()) = tokio::join!(to_alice.rx.recv(), scene.a.shutdown());
    assert_eq!(end.unwrap_err(), ChannelError::Closed(CloseReason::GoingDown));
    assert_eq!(to_bob.rx.recv().await.unwrap_err(), ChannelError::ClosedHere);
    assert!(scene.a.accept().await.is_none());
    let locator = scene.bob.at(&scene.b);
    let error = scene.a.dial(scene.alice.vat, &locator, Mode::Plain).await.unwrap_err();
    assert_eq!(error, DialError::ShutDown);
    assert!(!scene.path("a").exists());
}

#[tokio::test]
async fn whoever_does_not_host_the_vat_is_refused() {
    let scene = Scene::new(Limits::default());
    let error = |(step, cause)| match (step, cause) {
        (Step::Preface, Cause::Preface { host, error }) => {
            assert_eq!(host, scene.bob.key.id());
            error
        }
        other => panic!("{other:?}"),
    };
    let path = scene.path("b");
    scene.bob.vats.forget(&scene.bob.vat);
    let refused = error(scene.refusal(&path).await);
    assert_eq!(refused, PrefaceError::Refused(Refusal::NoSuchVat));
    scene.bob.vats.host(certificate(2, Party::new(3).key.id(), 5));
    assert_eq!(error(scene.refusal(&path).await), CertificateError::OtherHost.into());
    scene.bob.vats.host(certificate(2, scene.bob.key.id(), 5));
    scene.bob.vats.see(scene.alice.vat, 6);
    let refused = error(scene.refusal(&path).await);
    assert_eq!(refused, PrefaceError::Refused(Refusal::OldEpoch));
    let (step, cause) = scene.refusal(&scene.path("a")).await;
    assert_eq!((step, cause), (Step::Connect, Cause::Ourselves));
}

/// Mallory has a socket in Bob's place, and a channel to each side. It reads and passes on what
/// both say, and names the hosts that are really there.
#[tokio::test]
async fn a_man_in_the_middle_is_noticed() {
    let scene = Scene::new(Limits::default());
    let (alice, bob) = (scene.alice.key.id(), scene.bob.key.id());
    let listener = UnixListener::bind(scene.path("m")).unwrap();
    let to_bob = scene.path("b");
    let mallory = tokio::spawn(async move {
        let mut at_alice = Raw::listen(&listener, bob).await;
        let mut at_bob = Raw::dial(&to_bob, alice).await;
        let want = at_alice.receive_frame().await;
        at_bob.send_frame(&want).await;
        let proof = at_bob.receive_frame().await;
        at_alice.send_frame(&proof).await;
        at_alice.receive().await
    });
    let (step, cause) = scene.refusal(&scene.path("m")).await;
    let error = PrefaceError::Signature;
    assert_eq!((step, cause), (Step::Preface, Cause::Preface { host: bob, error }));
    let seen = mallory.await.unwrap();
    assert!(!matches!(seen, Some(Opened::Data(_))), "Alice showed her vat: {seen:?}");
}

#[tokio::test]
async fn a_host_that_goes_down_does_not_wait_for_peers_that_do_not_read() {
    let scene = Scene::new(Limits::default());
    let mallory = Party::new(9);
    let mut raw = Raw::dial(&scene.path("b"), mallory.key.id()).await;
    let (accepted, ()) = tokio::join!(scene.b.accept(), raw.session(&mallory, &scene.bob));
    let accepted = accepted.unwrap();
    let piece = Bytes::from(vec![1; 1 << 20]);
    while accepted.tx.try_send(piece.clone()).is_ok() {}
    scene.b.shutdown().await;
    let end = timeout(SOON, accepted.tx.closed()).await.unwrap();
    assert_eq!(end, ChannelError::ClosedHere);
}

/// What a relay does with the messages from Bob to Alice.
#[derive(Clone, Copy)]
enum Mischief {
    Nothing,
    CutAfter(usize),
    ChangeIn(usize),
    Repeat(usize),
    LeaveOut(usize),
}

/// Passes octets on without being able to read them.
async fn relay(listener: UnixListener, to: PathBuf, mischief: Mischief) {
    let (mut at_alice, _) = listener.accept().await.unwrap();
    let mut at_bob = connect(&to).await;
    at_alice.write_all(b"hog/1\n").await.unwrap();
    let (mut of_alice, mut to_alice) = at_alice.split();
    let (mut of_bob, mut to_bob) = at_bob.split();
    let there = tokio::io::copy(&mut of_alice, &mut to_bob);
    let back = async {
        let mut count = 0;
        while let Ok(mut message) = read(&mut of_bob).await {
            match mischief {
                Mischief::CutAfter(n) if n == count => return,
                Mischief::ChangeIn(n) if n == count => message[0] ^= 1,
                Mischief::Repeat(n) if n == count => {
                    write(&mut to_alice, &message).await.unwrap();
                }
                _ => {}
            }
            let is_kept = !matches!(mischief, Mischief::LeaveOut(n) if n == count);
            if is_kept && write(&mut to_alice, &message).await.is_err() {
                return;
            }
            count += 1;
        }
    };
    tokio::select! {
        _ = there => {}
        () = back => {}
    }
}

/// Messages of Bob's before the first frame: of the handshake, and two of the preface.
const BEFORE: usize = 3;

async fn relayed(scene: &Scene, mischief: Mischief) -> (Channel, Channel) {
    let path = scene.path("relay");
    let _ = fs::remove_file(&path);
    let listener = UnixListener::bind(&path).unwrap();
    tokio::spawn(relay(listener, scene.path("b"), mischief));
    let (dialled, accepted) = tokio::join!(scene.dial(&path), timeout(SOON, scene.b.accept()));
    (dialled.unwrap(), accepted.unwrap().unwrap())
}

#[tokio::test]
async fn truncation_is_told_apart_from_a_good_end() {
    let scene = Scene::new(Limits::default());
    let (mut to_bob, to_alice) = relayed(&scene, Mischief::Nothing).await;
    to_alice.tx.send(frame("all")).await.unwrap();
    to_alice.tx.close(CloseReason::Done);
    assert_eq!(to_bob.rx.recv().await.unwrap().unwrap(), "all");
    assert_eq!(to_bob.rx.recv().await.unwrap(), None);

    // Cut exactly between two frames, and before the end.
    let (mut to_bob, to_alice) = relayed(&scene, Mischief::CutAfter(BEFORE + 1)).await;
    to_alice.tx.send(frame("all")).await.unwrap();
    assert_eq!(to_bob.rx.recv().await.unwrap().unwrap(), "all");
    to_alice.tx.close(CloseReason::Done);
    let end = to_bob.rx.recv().await.unwrap_err();
    assert!(end.to_string().contains("cut off"), "{end}");
    assert!(to_bob.tx.closed().await.to_string().contains("cut off"));
}

#[tokio::test]
async fn changed_repeated_and_missing_messages_end_the_session() {
    let scene = Scene::new(Limits::default());
    for mischief in
        [Mischief::ChangeIn(BEFORE + 1), Mischief::Repeat(BEFORE), Mischief::LeaveOut(BEFORE + 1)]
    {
        let (mut to_bob, mut to_alice) = relayed(&scene, mischief).await;
        to_alice.tx.send(frame("one")).await.unwrap();
        assert_eq!(to_bob.rx.recv().await.unwrap().unwrap(), "one");
        for text in ["two", "three"] {
            to_alice.tx.send(frame(text)).await.unwrap();
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let end = timeout(SOON, to_bob.rx.recv()).await.unwrap().unwrap_err();
        assert!(end.to_string().contains("was changed on its way"), "{end}");
        assert_eq!(to_bob.tx.closed().await, end);
        // The other side is told that the session has ended.
        let end = timeout(SOON, to_alice.rx.recv()).await.unwrap().unwrap_err();
        assert_eq!(end, ChannelError::Closed(CloseReason::Violation));
    }
}

#[tokio::test]
async fn a_changed_handshake_leads_to_no_session() {
    let scene = Scene::new(Limits::default());
    let path = scene.path("relay");
    for message in 0..BEFORE {
        let _ = fs::remove_file(&path);
        let listener = UnixListener::bind(&path).unwrap();
        tokio::spawn(relay(listener, scene.path("b"), Mischief::ChangeIn(message)));
        let (_, cause) = scene.refusal(&path).await;
        assert!(cause.to_string().contains("changed"), "{cause}");
    }
}

#[tokio::test]
async fn hostile_lengths_are_refused_before_anything_is_kept() {
    let scene = Scene::new(Limits::default());
    let mallory = Party::new(9);
    // In the handshake: none is as long as this.
    for length in [0_u16, 1, 31, 33, u16::MAX] {
        let mut stream = connect(&scene.path("b")).await;
        // It may have hung up before all is written.
        let _ = write(&mut stream, &vec![1; usize::from(length)]).await;
        let end = timeout(SOON, stream.read(&mut [0; 1])).await.unwrap();
        assert!(matches!(end, Ok(0) | Err(_)), "{end:?}");
    }
    // In the channel: shorter than a seal.
    for length in [0_usize, 16] {
        let mut raw = Raw::dial(&scene.path("b"), mallory.key.id()).await;
        write(&mut raw.stream, &vec![1; length]).await.unwrap();
        let reset = raw.receive().await;
        assert!(matches!(reset, Some(Opened::Reset(_) | Opened::Stop(_)) | None), "{reset:?}");
    }
    // A preface of more than 4 KiB, and a frame of 4 GiB.
    let mut raw = Raw::dial(&scene.path("b"), mallory.key.id()).await;
    raw.send(&4097_u32.to_be_bytes()).await;
    assert_eq!(raw.receive().await, Some(Opened::Stop(CloseReason::Limit)));
    let mut raw = Raw::dial(&scene.path("b"), mallory.key.id()).await;
    let (accepted, ()) = tokio::join!(scene.b.accept(), raw.session(&mallory, &scene.bob));
    let mut accepted = accepted.unwrap();
    raw.send_frame(b"good").await;
    raw.send(&[0xff; 4]).await;
    assert_eq!(accepted.rx.recv().await.unwrap().unwrap(), "good");
    let error = accepted.rx.recv().await.unwrap_err();
    assert!(matches!(error, ChannelError::FrameTooLarge { announced: 0xffff_ffff, .. }));
    assert_eq!(raw.receive().await, Some(Opened::Stop(CloseReason::Limit)));
    accepted.tx.close(CloseReason::Limit);
    assert_eq!(raw.receive().await, Some(Opened::Reset(CloseReason::Limit)));

    let (mut to_bob, mut to_alice) = scene.meet().await;
    greet(&mut to_bob, &mut to_alice).await;
}

#[tokio::test]
async fn silent_strangers_are_bounded_in_number_and_time() {
    let limits = Limits {
        unproven_per_address_max: 4,
        unproven_time: Duration::from_secs(2),
        ..Limits::default()
    };
    let scene = Scene::new(limits);
    let path = scene.path("b");
    let mut silent = vec![connect(&path).await, connect(&path).await, connect(&path).await];
    // One of them goes as far as the preface.
    let mut half = Raw::dial(&path, Party::new(9).key.id()).await;
    // A fifth is put out without a word.
    let mut fifth = UnixStream::connect(&path).await.unwrap();
    assert_eq!(fifth.read(&mut [0; 1]).await.unwrap(), 0);
    for stream in &mut silent {
        let end = timeout(SOON, stream.read(&mut [0; 1])).await.unwrap();
        assert!(matches!(end, Ok(0) | Err(_)), "{end:?}");
    }
    while half.receive().await.is_some() {}
    drop(half);
    let (mut to_bob, mut to_alice) = scene.meet().await;
    greet(&mut to_bob, &mut to_alice).await;
    // Those with a session are no strangers.
    let mut held = Vec::new();
    for _ in 0..6 {
        held.push(scene.meet().await);
    }
    greet(&mut to_bob, &mut to_alice).await;
}

#[tokio::test]
async fn a_host_may_have_so_many_sessions_and_then_the_next() {
    let scene = Scene::new(Limits { sessions_per_connection_max: 2, ..Limits::default() });
    let path = scene.path("b");
    let mut held = vec![scene.meet().await, scene.meet().await];
    let (_, cause) = scene.refusal(&path).await;
    let error = PrefaceError::Refused(Refusal::Busy);
    assert_eq!(cause, Cause::Preface { host: scene.bob.key.id(), error });
    let (to_bob, to_alice) = held.pop().unwrap();
    drop((to_bob, to_alice));
    for _ in 0..500 {
        if let (Ok(mut to_bob), Some(mut to_alice)) = tokio::join!(scene.dial(&path), async {
            timeout(Duration::from_millis(500), scene.b.accept()).await.ok().flatten()
        }) {
            return greet(&mut to_bob, &mut to_alice).await;
        }
    }
    panic!("the place was not given back");
}

#[tokio::test]
async fn so_many_connections_and_no_more_on_either_side() {
    let scene = Scene::new(Limits { connections_max: 2, ..Limits::default() });
    let held = [scene.meet().await, scene.meet().await];
    let (step, cause) = scene.refusal(&scene.path("b")).await;
    assert!(matches!((step, &cause), (Step::Connect, Cause::Connection(_))), "{cause}");
    let locator = scene.alice.at(&scene.a);
    let dial = scene.b.dial(scene.bob.vat, &locator, Mode::Plain).await;
    let error = dial.unwrap_err().to_string();
    assert!(error.contains("this host has too many connections"), "{error}");
    drop(held);
}

#[tokio::test]
async fn garbage_harms_nobody() {
    let scene = Scene::new(Limits::default());
    let (mut to_bob, mut to_alice) = scene.meet().await;
    let mut random = Random::new(seed());
    for round in 0..40 {
        let length = 1 + random.below(300) as usize;
        let garbage: Vec<u8> = (0..length).map(|_| random.next() as u8).collect();
        if round % 2 == 0 {
            let mut stream = connect(&scene.path("b")).await;
            // He may have hung up before all is written.
            let _ = stream.write_all(&garbage).await;
        } else {
            let mut raw = Raw::dial(&scene.path("b"), Party::new(9).key.id()).await;
            raw.send_frame(&garbage).await;
            let answer = Message::decode(&raw.receive_frame().await).unwrap();
            assert_eq!(answer, Message::Refused(Refusal::Malformed));
        }
    }
    greet(&mut to_bob, &mut to_alice).await;
}

#[tokio::test]
async fn a_socket_in_use_is_not_taken_and_a_stale_one_is() {
    let scene = Scene::new(Limits::default());
    let path = scene.path("b");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let again = |mode| {
        let config = UnixConfig { mode, ..UnixConfig::new(&path) };
        Unix::bind(config, scene.bob.key.clone(), scene.bob.vats.clone())
    };
    let error = again(0o600).err().unwrap();
    assert!(matches!(error, UnixError::Socket(LocalError::InUse(_))), "{error}");
    let (mut to_bob, mut to_alice) = scene.meet().await;
    greet(&mut to_bob, &mut to_alice).await;

    let Scene { folder, alice, bob, a, b } = scene;
    drop(b);
    assert!(!path.exists());
    // Another was killed and has left its file.
    drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
    assert!(path.exists());
    let config = UnixConfig { mode: 0o660, ..UnixConfig::new(&path) };
    let b = Unix::bind(config, bob.key.clone(), bob.vats.clone()).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o660);
    let end = to_bob.rx.recv().await.unwrap_err();
    assert_eq!(end, ChannelError::Closed(CloseReason::GoingDown));
    let scene = Scene { folder, alice, bob, a, b };
    let (mut to_bob, mut to_alice) = scene.meet().await;
    greet(&mut to_bob, &mut to_alice).await;

    fs::write(scene.path("file"), "mine").unwrap();
    let config = UnixConfig::new(scene.path("file"));
    let error = Unix::bind(config, scene.bob.key.clone(), scene.bob.vats.clone()).err().unwrap();
    assert!(matches!(error, UnixError::Socket(LocalError::NotASocket(_))), "{error}");
}

#[tokio::test]
async fn a_path_must_be_one_that_a_reference_can_name() {
    let party = Party::new(1);
    let bind = |path: &str| {
        Unix::bind(UnixConfig::new(path), party.key.clone(), party.vats.clone()).err().unwrap()
    };
    assert!(matches!(bind("here"), UnixError::Relative(_)));
    assert!(matches!(bind("/tmp/a,b"), UnixError::Unspeakable(_)));
    let long = bind(&format!("/tmp/{}", "x".repeat(200)));
    assert!(matches!(long, UnixError::Socket(LocalError::TooLong(_))), "{long}");
}

#[tokio::test]
async fn other_programs_are_told_nothing() {
    let scene = Scene::new(Limits::default());
    let path = scene.path("other");
    for says in [&b"220 mail"[..], b""] {
        let _ = fs::remove_file(&path);
        let listener = UnixListener::bind(&path).unwrap();
        let other = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.write_all(says).await.unwrap();
            stream.shutdown().await.unwrap();
            let mut heard = Vec::new();
            let _ = stream.read_to_end(&mut heard).await;
            heard
        });
        let (step, _) = scene.refusal(&path).await;
        assert_eq!(step, Step::Connect);
        assert_eq!(other.await.unwrap(), b"");
    }
    for bad in ["here", "../b", &"/x".repeat(200), "/a\0b"] {
        let (step, cause) = scene.refusal(Path::new(bad)).await;
        assert!(matches!((step, cause), (Step::Resolve, Cause::Address(_))), "{bad}");
    }
    let (_, cause) = scene.refusal(&scene.path("nobody")).await;
    assert!(cause.to_string().contains("nobody listens"), "{cause}");
}

#[tokio::test]
async fn a_peer_that_does_not_read_is_given_up() {
    let limits = Limits {
        queue_bytes_max: 20_000,
        stall_grace: Duration::from_millis(300),
        ..Limits::default()
    };
    let scene = Scene::new(limits);
    let mallory = Party::new(9);
    let mut raw = Raw::dial(&scene.path("b"), mallory.key.id()).await;
    let (accepted, ()) = tokio::join!(scene.b.accept(), raw.session(&mallory, &scene.bob));
    let accepted = accepted.unwrap();
    let piece = Bytes::from(vec![1; 10_000]);
    let sending = async {
        loop {
            assert!(accepted.tx.queued_bytes() <= 20_000);
            if let Err(error) = accepted.tx.send(piece.clone()).await {
                return error;
            }
        }
    };
    let error = timeout(2 * SOON, sending).await.unwrap();
    assert_eq!(error, ChannelError::Stalled);
    eventually("the channel is closed", || accepted.tx.is_closed()).await;
}
