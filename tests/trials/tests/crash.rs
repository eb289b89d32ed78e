//! Objects that crash: what fails a turn and no more, and what kills a host and is parked.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper that fails fails its test")]

#[path = "crash/disks.rs"]
mod disks;

use std::path::Path;
use std::time::{Duration, Instant};

use hogshead::admin::Wait;
use hogshead::stock::counter::{Counter, Tally};
use hogshead::{Class, Client, Error, Handle, Host, Result, Typed, Value};
use hogshead_trials::crash::{Crasher, Orderly, Orders, REPAIRED, Trouble, register};
use hogshead_trials::host_process::{HostProcess, NotReady, Start};

/// A host with a crasher in one vat, one who orders in a second, and a counter in a third.
struct Scene {
    folder: tempfile::TempDir,
    start: Start,
    host: HostProcess,
    client: Client,
    crasher: Handle<dyn Trouble>,
    orders: Handle<dyn Orders>,
    bystander: Handle<dyn Counter>,
}

impl Scene {
    async fn new() -> Self {
        Self::with_memory(None).await
    }

    async fn with_memory(memory: Option<u64>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut start = Start::new(&folder.path().join("host"));
        start.memory = memory;
        let host = HostProcess::start(program(), &start).await.unwrap();
        start = start.listening(host.listening().unwrap());
        let client = host.client().await.unwrap();
        let crasher = spawn::<Crasher>(&client, "trouble").await.cast();
        let orders = spawn::<Orderly>(&client, "orders").await.cast();
        let bystander: Handle<dyn Counter> = spawn::<Tally>(&client, "bystander").await.cast();
        assert_eq!(bystander.ask().increment(7).await.unwrap(), 7);
        Self { folder, start, host, client, crasher, orders, bystander }
    }

    /// Waits until the host has died, and starts it again as often as it takes. Gives how many
    /// starts died.
    async fn revive(mut self, repaired: bool) -> (Self, u32) {
        let status = self.host.wait().await.unwrap();
        assert!(!status.success() && status.code().is_none(), "it ended with {status}");
        let variables: &[(&str, &str)] = if repaired { &[(REPAIRED, "1")] } else { &[] };
        for deaths in 0..5 {
            match HostProcess::start_with(program(), &self.start, variables).await {
                Ok(mut host) => match Found::by(&host).await {
                    Ok(found) => return (Self::of(self.folder, self.start, host, found), deaths),
                    // It was ready for a moment and died before everything was found.
                    Err(error) if error.class() == Class::OutcomeUnknown => {
                        let status = host.wait().await.unwrap();
                        assert!(status.code().is_none(), "it ended with {status}");
                    }
                    Err(error) => panic!("{error}"),
                },
                Err(NotReady::Died(_)) => {}
                Err(error) => panic!("{error}"),
            }
        }
        panic!("the host dies again and again");
    }

    fn of(folder: tempfile::TempDir, start: Start, host: HostProcess, found: Found) -> Self {
        let Found { client, crasher, orders, bystander } = found;
        Self { folder, start, host, client, crasher, orders, bystander }
    }

    /// Stops the host in good order and starts it with repaired code.
    async fn repair(self) -> Self {
        let Self { folder, start, host, .. } = self;
        host.stop().await.unwrap();
        let host = HostProcess::start_with(program(), &start, &[(REPAIRED, "1")]).await.unwrap();
        let found = Found::by(&host).await.unwrap();
        Self::of(folder, start, host, found)
    }

    async fn parked(&self) -> Vec<Wait> {
        let mut all = Vec::new();
        for vat in ["host", "trouble", "orders", "bystander"] {
            all.extend(self.client.admin().ask().parked(vat.into()).await.unwrap());
        }
        assert_eq!(all, self.client.admin().ask().parked("trouble".into()).await.unwrap());
        all
    }

    async fn heard(&self) -> Vec<String> {
        let began = Instant::now();
        loop {
            let heard = self.orders.ask().heard().await.unwrap();
            if !heard.is_empty() || began.elapsed() > Duration::from_secs(10) {
                return heard;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn end(self) {
        drop((self.crasher, self.orders, self.bystander, self.client));
        self.host.stop().await.unwrap();
    }
}

/// What is in a host that was started again.
struct Found {
    client: Client,
    crasher: Handle<dyn Trouble>,
    orders: Handle<dyn Orders>,
    bystander: Handle<dyn Counter>,
}

impl Found {
    async fn by(host: &HostProcess) -> Result<Self> {
        assert_eq!(host.found_at_start(), [""; 0], "the audit after recovery");
        let gone = |_| Error::new(Class::OutcomeUnknown, "the host is gone already");
        let client = host.client().await.map_err(gone)?;
        let crasher = find(&client, "trouble").await?.cast();
        let orders = find(&client, "orders").await?.cast();
        let bystander: Handle<dyn Counter> = find(&client, "bystander").await?.cast();
        // Whatever was acknowledged is there.
        assert_eq!(bystander.ask().read().await?, 7);
        assert_eq!(bystander.ask().increment(0).await?, 7);
        Ok(Self { client, crasher, orders, bystander })
    }
}

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_trials"))
}

async fn spawn<T: Typed>(client: &Client, vat: &str) -> Handle {
    client.admin().ask().vat_new(vat.into()).await.unwrap();
    let (kind, name) = (T::KIND.name.to_owned(), Some(vat.to_owned()));
    let spawned = client.admin().ask().spawn(vat.into(), kind, Value::Undefined, name).await;
    client.handle(&spawned.unwrap()).unwrap()
}

async fn find(client: &Client, name: &str) -> Result<Handle> {
    Ok(client.handle(&client.admin().ask().lookup(name.into()).await?).unwrap())
}

/// One delivery is parked, says why, and the rest of its vat works on.
async fn assert_one_is_parked(scene: &Scene) -> u64 {
    let parked = scene.parked().await;
    let [wait] = parked.as_slice() else { panic!("parked: {parked:?}") };
    let cause = wait.cause.as_deref().unwrap_or_default();
    assert!(cause.starts_with("parked: "), "{cause}");
    let count = scene.crasher.ask().work().await.unwrap();
    assert_eq!(scene.crasher.ask().work().await.unwrap(), count + 1);
    wait.delivery
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_and_endless_near_calls_fail_their_turn_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let builder = register(Host::builder(&folder.path().join("host")));
    let host = builder.start().await.unwrap();
    let client = host.client().await.unwrap();
    let crasher: Handle<dyn Trouble> = spawn::<Crasher>(&client, "trouble").await.cast();
    let bystander: Handle<dyn Counter> = spawn::<Tally>(&client, "bystander").await.cast();
    let panicked = crasher.ask().panic().await.unwrap_err();
    assert_eq!(panicked.class(), Class::Failed, "{panicked}");
    let dived = crasher.ask().dive().await.unwrap_err();
    assert!(matches!(dived.class(), Class::Failed | Class::Limit), "{dived}");
    for text in [panicked.to_string(), dived.to_string()] {
        let internals = ["secret", "crash.rs", "src/", "0x", "unwrap"];
        assert!(!internals.iter().any(|inside| text.contains(inside)), "{text}");
    }
    // A failed turn never happened: neither its count nor the children that it had spawned.
    assert_eq!(crasher.ask().work().await.unwrap(), 1);
    assert_eq!(client.admin().ask().vat_show("trouble".into()).await.unwrap().objects.len(), 2);
    assert_eq!(bystander.ask().increment(1).await.unwrap(), 1);
    assert_eq!(host.audit().await.unwrap(), [""; 0]);
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_of_the_vats_own_that_overflows_the_stack_is_parked_by_the_second_start() {
    let scene = Scene::new().await;
    scene.crasher.ask().later(vec!["overflow".into()]).await.unwrap();
    let (scene, deaths) = scene.revive(false).await;
    assert_eq!(deaths, 1, "the first start runs the suspect, marked; the second finds the mark");
    let delivery = assert_one_is_parked(&scene).await;
    // A clean restart with repaired code leaves it where it is; its owner has it run again.
    let scene = scene.repair().await;
    let before = scene.crasher.ask().work().await.unwrap();
    assert_eq!(assert_one_is_parked(&scene).await, delivery);
    scene.client.admin().ask().parked_retry("trouble".into(), delivery).await.unwrap();
    assert_eq!(scene.parked().await, []);
    assert_eq!(scene.crasher.ask().work().await.unwrap(), before + 4, "it has counted as well");
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn starts_that_die_one_after_the_other_come_to_the_guilty_delivery() {
    let mut scene = Scene::new().await;
    // The guilty one comes behind many that are innocent and may not have become durable.
    let mut methods = vec!["work".to_owned(); 40];
    methods.push("overflow_at_once".to_owned());
    methods.extend(vec!["work".to_owned(); 5]);
    let _ = scene.crasher.ask().later(methods).await;
    let mut deaths = 0;
    loop {
        // A start may die in its recovery or soon after it.
        let (revived, died) = scene.revive(false).await;
        deaths += died;
        if revived.crasher.ask().work().await.is_ok() && !revived.parked().await.is_empty() {
            scene = revived;
            break;
        }
        deaths += 1;
        assert!(deaths < 45, "the host dies again and again");
        scene = revived;
    }
    println!("parked after {deaths} deaths");
    assert_one_is_parked(&scene).await;
    // One call found it parked, and two made sure that the vat works.
    assert_eq!(scene.crasher.ask().work().await.unwrap(), 45 + 3 + 1);
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_from_another_vat_that_overflows_the_stack_is_parked_and_can_be_dropped() {
    let scene = Scene::new().await;
    scene.orders.ask().order(scene.crasher.cap(), "overflow".into()).await.unwrap();
    let (scene, deaths) = scene.revive(false).await;
    assert_eq!(deaths, 1);
    let delivery = assert_one_is_parked(&scene).await;
    assert_eq!(scene.orders.ask().heard().await.unwrap(), [""; 0]);
    scene.client.admin().ask().parked_drop("trouble".into(), delivery).await.unwrap();
    let heard = scene.heard().await;
    assert!(matches!(heard.as_slice(), [text] if text.starts_with("stopped: ")), "{heard:?}");
    assert_eq!(scene.parked().await, []);
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_exhausts_memory_is_parked_and_runs_once_the_code_is_repaired() {
    let scene = Scene::with_memory(Some(2 << 30)).await;
    scene.orders.ask().order(scene.crasher.cap(), "exhaust".into()).await.unwrap();
    let (scene, deaths) = scene.revive(false).await;
    assert_eq!(deaths, 1);
    let delivery = assert_one_is_parked(&scene).await;
    let scene = scene.repair().await;
    scene.client.admin().ask().parked_retry("trouble".into(), delivery).await.unwrap();
    assert_eq!(scene.heard().await, ["3"], "after the two calls that found the vat at work");
    assert_eq!(scene.parked().await, []);
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_at_the_socket_does_not_know_the_outcome_and_may_call_again() {
    let scene = Scene::new().await;
    let cut_off = scene.crasher.ask().overflow().await.unwrap_err();
    assert_eq!(cut_off.class(), Class::OutcomeUnknown, "{cut_off}");
    let (scene, _) = scene.revive(true).await;
    assert_eq!(scene.parked().await, [], "repaired code ran what had killed the host");
    let count = scene.crasher.ask().overflow().await.unwrap();
    assert!(count >= 1);
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_another_host_brings_again_until_it_has_killed_this_one_twice_is_parked() {
    let scene = Scene::new().await;
    let (admin, crasher) = (scene.client.admin(), scene.crasher.value());
    let shared = admin.ask().share(crasher, None, "for B".into()).await.unwrap();
    let start = Start::new(&scene.folder.path().join("caller"));
    let caller = HostProcess::start(program(), &start).await.unwrap();
    let client = caller.client().await.unwrap();
    let live = client.admin().ask().enliven(shared.clone()).await.unwrap();
    let remote: Handle<dyn Trouble> = client.handle(&live).unwrap().cast();
    assert_eq!(remote.ask().work().await.unwrap(), 1);
    let deadly = remote.ask().overflow();
    drop(admin);
    let (mut scene, _) = scene.revive(false).await;
    // The caller's host has kept it, and has nothing from us that says we had it.
    let parked = async {
        loop {
            match scene.client.admin().ask().parked("trouble".into()).await {
                Ok(parked) if !parked.is_empty() => return scene,
                Ok(_) => tokio::time::sleep(Duration::from_millis(10)).await,
                Err(_) => scene = scene.revive(false).await.0,
            }
        }
    };
    let scene = tokio::time::timeout(Duration::from_secs(120), parked).await.unwrap();
    assert_one_is_parked(&scene).await;
    assert!(remote.ask().work().await.is_ok(), "the session goes on");
    drop((deadly, remote, client));
    caller.stop().await.unwrap();
    scene.end().await;
}
