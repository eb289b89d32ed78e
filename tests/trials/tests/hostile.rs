//! Whole hosts and hostile peers: refused with a clear error, nothing revived or written, and
//! everybody else is served.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper that fails fails its test")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hogshead::admin::Revocation;
use hogshead::limits::STRANGERS_MAX;
use hogshead::stock::counter::Counter;
use hogshead::{Class, Client, Handle, Host, Locator, Message, SturdyRef, SwissNumber, Value};
use hogshead_captp::{Descriptor, Target};
use hogshead_netlayer::Netlayer as _;
use hogshead_trials::cold_vats::rss_kb;
use hogshead_trials::hellos;
use hogshead_trials::hostile::{Stranger, Talk};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// A host with a bystander who must not notice anything, and a cold vat that is shared.
struct Scene {
    _folder: tempfile::TempDir,
    host: Host,
    client: Client,
    bystander: Handle<dyn Counter>,
    calls: u64,
    target: Handle<dyn Counter>,
    shared: SturdyRef,
}

/// What strangers may not change.
#[derive(PartialEq, Eq, Debug)]
struct Quiet {
    commit: u64,
    slots: usize,
    sessions: usize,
}

/// Held by tests that weigh the process's memory, and by those that fill it.
static MEMORY: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

impl Scene {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = Host::builder(&folder.path().join("data"))
            .listen("127.0.0.1:0".parse().unwrap())
            .idle(Duration::from_secs(3600))
            .start()
            .await
            .unwrap();
        let client = host.client().await.unwrap();
        let bystander = counter(&client, "bystander").await;
        let target = counter(&client, "target").await;
        let admin = client.admin();
        let shared = admin.ask().share(target.value(), None, "shared".into()).await.unwrap();
        let info = admin.ask().vat_evict("target".into()).await.unwrap();
        assert_eq!(info.state, "cold");
        Self { _folder: folder, host, client, bystander, calls: 0, target, shared }
    }

    /// The bystander's call is answered, and soon.
    async fn others_are_served(&mut self) {
        self.calls += 1;
        let answer = tokio::time::timeout(Duration::from_secs(10), async {
            self.bystander.ask().increment(1).await
        });
        assert_eq!(answer.await.expect("in time").unwrap(), self.calls);
    }

    /// The newest commit without the one that asking for it makes, and what is in memory.
    async fn quiet(&self) -> Quiet {
        // What follows earlier answers is done once the number stands still but for our asking.
        let mut last = 0;
        loop {
            let before = self.client.admin().ask().key().await.unwrap().commit;
            tokio::time::sleep(Duration::from_millis(50)).await;
            let info = self.client.admin().ask().key().await.unwrap();
            let step = info.commit - before;
            if step == last {
                let (slots, sessions) =
                    (self.host.vats_in_memory(), self.host.sessions_in_memory());
                return Quiet { commit: info.commit, slots, sessions };
            }
            last = step;
        }
    }

    /// Runs `attack`; nothing is written or revived by it, and the bystander is served.
    async fn changes_nothing(&mut self, attack: impl AsyncFnOnce(&Locator)) {
        let step = self.asking_costs().await;
        let before = self.quiet().await;
        attack(&self.shared.peer).await;
        let after = self.client.admin().ask().key().await.unwrap().commit;
        assert_eq!(after - before.commit, step, "something was written");
        let slots = self.host.vats_in_memory();
        let sessions = self.host.sessions_in_memory();
        assert_eq!((slots, sessions), (before.slots, before.sessions), "something was revived");
        self.others_are_served().await;
    }

    /// Commits from one question for the number of commits to the next.
    async fn asking_costs(&self) -> u64 {
        let first = self.quiet().await.commit;
        tokio::time::sleep(Duration::from_millis(50)).await;
        self.client.admin().ask().key().await.unwrap().commit - first
    }
}

async fn counter(client: &Client, vat: &str) -> Handle<dyn Counter> {
    let admin = client.admin();
    admin.ask().vat_new(vat.into()).await.unwrap();
    let kind = "hogshead/counter".to_owned();
    let made = admin.ask().spawn(vat.into(), kind, Value::Undefined, Some(vat.into())).await;
    client.handle(&made.unwrap()).unwrap().cast()
}

/// Runs all at once; gives what they give, in order.
async fn join_all<T>(tasks: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut tasks: Vec<_> = tasks.map(|task| (Box::pin(task), None)).collect();
    std::future::poll_fn(|cx| {
        for (task, done) in &mut tasks {
            if done.is_none()
                && let std::task::Poll::Ready(value) = task.as_mut().poll(cx)
            {
                *done = Some(value);
            }
        }
        match tasks.iter().all(|(_, done)| done.is_some()) {
            true => std::task::Poll::Ready(()),
            false => std::task::Poll::Pending,
        }
    })
    .await;
    tasks.into_iter().filter_map(|(_, done)| done).collect()
}

fn increment() -> Message<Descriptor> {
    Message::new("increment", [Value::Int(1.into())])
}

/// The export that a fetch gave.
fn export(found: Value<Descriptor>) -> Target {
    match found {
        Value::Ref(Descriptor::ImportObject(at) | Descriptor::ImportPromise(at)) => {
            Target::Export(at)
        }
        other => panic!("no reference: {other:?}"),
    }
}

async fn visitor(stranger: &Stranger, scene: &Scene) -> (Talk, Target) {
    let mut talk = stranger.greet(&scene.shared.peer).await.unwrap();
    let found = talk.enliven(&scene.shared).await.unwrap().unwrap();
    (talk, export(found))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stolen_sturdyref_of_a_revoked_facet_is_worth_nothing() {
    let mut scene = Scene::new().await;
    let stranger = Stranger::new(1).unwrap();
    let (mut talk, target) = visitor(&stranger, &scene).await;
    let position = talk.send(target, increment()).await.unwrap();
    assert_eq!(talk.outcome(position).await.unwrap().unwrap(), Value::Int(1.into()));

    let what =
        Revocation { reference: scene.target.value(), label: Some("shared".into()), deep: false };
    assert_eq!(scene.client.admin().ask().revoke(what).await.unwrap(), 1);
    let position = talk.send(target, increment()).await.unwrap();
    let refused = talk.outcome(position).await.unwrap().unwrap_err();
    assert_eq!(refused.class(), Class::Revoked, "{refused}");

    // A thief who comes only now.
    let thief = Stranger::new(2).unwrap();
    let mut talk = thief.greet(&scene.shared.peer).await.unwrap();
    let stolen = match talk.enliven(&scene.shared).await.unwrap() {
        Ok(found) => {
            let position = talk.send(export(found), increment()).await.unwrap();
            talk.outcome(position).await.unwrap()
        }
        refused => refused,
    };
    let refused = stolen.unwrap_err();
    assert!([Class::Revoked, Class::NotFound].contains(&refused.class()), "{refused}");
    assert_eq!(scene.target.ask().read().await.unwrap(), 1);
    scene.others_are_served().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_swiss_numbers_finds_nothing_and_ends() {
    let mut scene = Scene::new().await;
    let stranger = Stranger::new(1).unwrap();
    scene
        .changes_nothing(async |peer| {
            let mut talk = stranger.greet(peer).await.unwrap();
            for guess in 0..hogshead::limits::WRONG_GUESSES_MAX {
                let guess = SturdyRef {
                    peer: peer.clone(),
                    swiss: SwissNumber::new(vec![u8::try_from(guess).unwrap(); 32]),
                };
                let refused = talk.enliven(&guess).await.unwrap().unwrap_err();
                assert_eq!(refused.class(), Class::NotFound, "{refused}");
            }
            talk.fetch(&[99; 32]).await.unwrap();
            let reason = talk.end().await.unwrap();
            assert!(reason.contains("swiss"), "{reason}");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn deep_values_and_garbage_end_their_session_and_no_other() {
    let _alone = MEMORY.lock().await;
    let mut scene = Scene::new().await;
    let stranger = Stranger::new(1).unwrap();
    let deep = |text: &[u8]| {
        let mut frame = text.to_vec();
        frame.extend(vec![b'['; 1_000_000]);
        frame.extend(vec![b']'; 1_000_000]);
        frame.extend(b"]f>");
        bytes::Bytes::from(frame)
    };
    let frames = [
        deep(b"<15'op:deliver-only<11'desc:export0+>[5'fetch"),
        deep(b"<10'op:deliver<11'desc:export0+>[5'fetch"),
        bytes::Bytes::from_static(b""),
        bytes::Bytes::from_static(b"not syrup at all"),
        bytes::Bytes::from_static(b"99999999999999999999999999:"),
        bytes::Bytes::from(vec![0xff; 100_000]),
    ];
    scene
        .changes_nothing(async |peer| {
            for frame in &frames {
                let mut talk = stranger.greet(peer).await.unwrap();
                talk.channel.tx.send(frame.clone()).await.unwrap();
                let reason = talk.end().await.unwrap();
                assert!(!reason.is_empty());
                // The same in place of a hello.
                let channel = stranger.dial(peer).await.unwrap();
                channel.tx.send(frame.clone()).await.unwrap();
            }
        })
        .await;
    // The same once it is known: then the vat itself must end the session.
    for frame in frames {
        let (mut talk, _) = visitor(&stranger, &scene).await;
        talk.channel.tx.send(frame).await.unwrap();
        assert!(!talk.end().await.unwrap().is_empty());
        scene.others_are_served().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_that_announces_four_gigabytes_is_refused_at_its_head() {
    let _alone = MEMORY.lock().await;
    let mut scene = Scene::new().await;
    let path = scene.host.socket().unwrap().to_owned();
    let before = rss_kb().unwrap();
    for _ in 0..8 {
        let mut socket = tokio::net::UnixStream::connect(&path).await.unwrap();
        socket.write_all(&[0xff; 4]).await.unwrap();
        let mut rest = Vec::new();
        let closed = socket.read_to_end(&mut rest);
        // Closed or reset, but not waited for.
        let closed = tokio::time::timeout(Duration::from_secs(5), closed).await;
        assert!(closed.is_ok(), "the host waits for four gigabytes");
    }
    assert!(rss_kb().unwrap() < before + MEMORY_KB, "memory for what was announced");
    scene.others_are_served().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_are_slow_keep_nobody_waiting() {
    let mut scene = Scene::new().await;
    let path = scene.host.socket().unwrap().to_owned();
    let mut slow = Vec::new();
    for _ in 0..16 {
        let mut socket = tokio::net::UnixStream::connect(&path).await.unwrap();
        socket.write_all(&[0, 0]).await.unwrap();
        slow.push(socket);
    }
    scene.others_are_served().await;
    // Another owner gets in beside them.
    let other = Client::connect(&path).await.unwrap();
    other.admin().ask().key().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_sessions_that_say_nothing_cost_no_vat_anything() {
    let _alone = MEMORY.lock().await;
    let mut scene = Scene::new().await;
    let stranger = Stranger::new(1).unwrap();
    // A vat has one session with another, so a thousand sessions take a thousand vats.
    let vats: Vec<_> = (0..SESSIONS).map(|n| stranger.another_vat(n as u64)).collect();
    let before = rss_kb().unwrap();
    let mut open = Vec::new();
    scene
        .changes_nothing(async |peer| {
            let greetings = join_all(vats.iter().map(|vat| stranger.greet_as(*vat, peer))).await;
            assert_eq!(greetings.len(), SESSIONS);
            open = greetings.into_iter().filter_map(Result::ok).collect();
        })
        .await;
    // The others were turned away: there is no place for them while these are here.
    assert_eq!(open.len(), STRANGERS_MAX);
    assert!(rss_kb().unwrap() < before + MEMORY_KB, "memory for strangers");

    // While those stay, as many come again; the bystander is served all along.
    let (slots, sessions) = (scene.host.vats_in_memory(), scene.host.sessions_in_memory());
    let peer = scene.shared.peer.clone();
    let again = tokio::spawn(async move {
        join_all(vats.iter().map(|vat| stranger.greet_as(*vat, &peer)))
            .await
            .into_iter()
            .all(|it| it.is_err())
    });
    let mut served = 0;
    while !again.is_finished() {
        scene.others_are_served().await;
        served += 1;
    }
    assert!(again.await.unwrap(), "one came in where there was no place");
    println!("the bystander was served {served} times while {SESSIONS} were turned away");
    assert!(served > 1);
    let after = (scene.host.vats_in_memory(), scene.host.sessions_in_memory());
    assert_eq!(after, (slots, sessions), "something was revived");
    assert!(rss_kb().unwrap() < before + MEMORY_KB, "memory for those turned away");
    drop(open);

    // They have gone, so an honest one gets in; the host notices it a moment later.
    let honest = Stranger::new(2).unwrap();
    for _ in 0..100 {
        if let Ok(mut talk) = honest.greet(&scene.shared.peer).await {
            talk.enliven(&scene.shared).await.unwrap().unwrap();
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("nobody gets in after the strangers");
}

/// Sessions that one stranger opens: more than a host has places for, and as many as fit on one
/// connection.
const SESSIONS: usize = 1_000;

#[tokio::test(flavor = "multi_thread")]
async fn hellos_to_cold_vats_wake_nobody() {
    let outcome = hellos::play(COLD).await.unwrap();
    println!("{outcome:?}");
    assert_eq!(outcome.faults(COLD), [""; 0]);
}

/// Cold vats that are greeted: `trials hellos` greets ten thousand.
const COLD: usize = 300;

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_without_reading_is_bounded_and_others_are_served() {
    let _alone = MEMORY.lock().await;
    let mut scene = Scene::new().await;
    let stranger = Stranger::new(1).unwrap();
    let before = rss_kb().unwrap();
    let (mut talk, target) = visitor(&stranger, &scene).await;
    let served = Arc::new(AtomicU64::new(0));
    let seen = Arc::clone(&served);
    let flood = tokio::spawn(async move {
        let mut sent = 0_u64;
        // Until the host hangs up, or lets it wait for good; and no sooner than the bystander has
        // called into the flood.
        while sent < FLOOD || seen.load(Ordering::Relaxed) < SERVED {
            let sending = talk.send(target, increment());
            match tokio::time::timeout(Duration::from_secs(3), sending).await {
                Ok(Ok(_)) => sent += 1,
                _ => break,
            }
        }
        (sent, talk)
    });
    while !flood.is_finished() {
        scene.others_are_served().await;
        served.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let (sent, talk) = flood.await.unwrap();
    let served = served.load(Ordering::Relaxed);
    println!("{sent} messages were sent; the bystander was served {served} times meanwhile");
    assert!(sent > 1_000 && served > 0, "{sent} {served}");
    assert!(rss_kb().unwrap() < before + 4 * MEMORY_KB, "memory for a flood");
    let counted = scene.target.ask().read().await.unwrap();
    assert!(counted <= sent, "{counted} of {sent}");
    drop(talk);
    scene.others_are_served().await;
}

/// Messages of the flood, at least.
const FLOOD: u64 = 8_000;

/// How often the bystander is served before the flood may end by itself.
const SERVED: u64 = 3;

#[tokio::test(flavor = "multi_thread")]
async fn a_host_with_another_key_at_the_address_gets_nothing() {
    let mut scene = Scene::new().await;
    let stranger = Stranger::new(1).unwrap();
    let elsewhere = Stranger::new(2).unwrap();
    let addresses = stranger.netlayer.local_addresses();
    let wanted = SturdyRef {
        peer: Locator::hog(elsewhere.vat, addresses),
        swiss: SwissNumber::new(vec![7; 32]),
    };
    let refused = scene.client.admin().ask().enliven(wanted).await.unwrap_err();
    assert_eq!(refused.class(), Class::Severed, "{refused}");
    scene.others_are_served().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_certificate_is_refused() {
    let mut scene = Scene::new().await;
    let stranger = Stranger::new(1).unwrap();
    stranger.show_expired();
    scene
        .changes_nothing(async |peer| {
            let refused = stranger.dial(peer).await.unwrap_err().to_string();
            assert!(refused.contains("expired"), "{refused}");
        })
        .await;
    stranger.show_epoch(1);
    stranger.dial(&scene.shared.peer).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lower_epoch_is_refused_once_a_higher_was_seen() {
    let mut scene = Scene::new().await;
    let stranger = Stranger::new(1).unwrap();
    stranger.show_epoch(9);
    let (talk, _) = visitor(&stranger, &scene).await;
    drop(talk);
    stranger.show_epoch(8);
    let refused = stranger.dial(&scene.shared.peer).await.unwrap_err().to_string();
    assert!(refused.contains("newer hosting certificate"), "{refused}");
    stranger.show_epoch(9);
    stranger.dial(&scene.shared.peer).await.unwrap();
    scene.others_are_served().await;
}

/// Kilobytes that an attack may cost for a while.
const MEMORY_KB: u64 = 64 << 10;
