//! Timers of whole hosts: they wake cold vats, outlast stops of any length, and heed the clock guard.

mod limits;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hogshead::stock::clock::{CatchUp, Ticked, Timer};
use hogshead::{
    Class, Client, Clock, Context, Handle, Host, Result, Timestamp, Value, VirtualClock,
};
use serde::{Deserialize, Serialize};

use super::cast::{Actor, builder, cast, look_up, soon, spawn, until};

/// Somebody who notes the ticks that he gets.
#[hogshead::interface]
pub trait Ringer {
    /// The ticks: how many each stood for, and when it was due.
    fn heard(&self, cx: &mut Context<'_>) -> Result<Vec<(u64, Timestamp)>>;
}

#[derive(Serialize, Deserialize, Default)]
struct Bell(Vec<(u64, Timestamp)>);

#[hogshead::object(name = "bell", version = 1, interfaces(Ticked), construct = Bell::cast)]
impl Ringer for Bell {
    fn heard(&self, _: &mut Context<'_>) -> Result<Vec<(u64, Timestamp)>> {
        Ok(self.0.clone())
    }
}

impl Ticked for Bell {
    fn tick(&mut self, _: &mut Context<'_>, count: u64, due: Timestamp) -> Result<()> {
        self.0.push((count, due));
        Ok(())
    }
}

impl Bell {
    fn cast(_: Value) -> Result<Self> {
        Ok(Self::default())
    }
}

const START: u64 = 1_800_000_000_000;
const SECOND: u64 = 1_000;
const HOUR: u64 = 3_600 * SECOND;
const DAY: u64 = 24 * HOUR;
const YEAR: u64 = 365 * DAY;

async fn start(data: &Path, clock: &Arc<impl Clock + 'static>) -> Host {
    let clock = Arc::clone(clock) as Arc<dyn Clock>;
    builder(data).clock(clock).register::<Bell>().start().await.unwrap()
}

/// A clock of a vat, under the name `clock`.
async fn clock_of(client: &Client, vat: &str) -> Handle<dyn hogshead::stock::clock::Clock> {
    let clock = client.admin().ask().clock(vat.into()).await.unwrap();
    client.handle(&clock).unwrap().cast()
}

/// An actor in a vat of the same name, who has a clock of it.
async fn with_clock(client: &Client, name: &str) -> Handle<dyn Actor> {
    let actor = cast(client, name).await;
    let clock = clock_of(client, name).await;
    actor.ask().keep("clock".into(), clock.value()).await.unwrap();
    actor
}

/// Has an actor note when so much time has passed, without waiting for it.
fn set(actor: &Handle<dyn Actor>, by: u64) {
    drop(actor.ask().ask_and_note("clock".into(), "after".into(), vec![by.into()]));
}

/// What an actor notes at a time.
fn noted(due: u64) -> String {
    format!("after: {due}")
}

async fn waits(client: &Client, vat: &str) -> Vec<hogshead::admin::Wait> {
    client.admin().ask().vat_show(vat.into()).await.unwrap().waits_for
}

/// How many timers a vat has.
async fn timers(client: &Client, vat: &str) -> usize {
    waits(client, vat).await.iter().filter(|wait| wait.timer.is_some()).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cold_vat_is_woken_by_its_timer_and_one_from_outside_can_wait() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(VirtualClock::new(Timestamp(START)));
    let host = start(&folder.path().join("a"), &clock).await;
    let client = host.client().await.unwrap();
    client.admin().ask().vat_new("tower".into()).await.unwrap();
    let bell: Handle<dyn Ringer> = spawn(&client, "tower", "hogshead/bell", "bell").await;
    let hers = clock_of(&client, "tower").await;
    assert_eq!(hers.ask().now().await, Ok(Timestamp(START)));
    let timer = hers.ask().every(HOUR, CatchUp::Once, bell.cast::<dyn Ticked>().cap()).await;
    let timer: Handle<dyn Timer> = client.handle_on(&timer.unwrap());
    let waiting = hers.ask().after(90 * 60 * SECOND);
    until("both timers are set", || async { timers(&client, "tower").await == 2 }).await;
    assert_eq!(client.admin().ask().vat_evict("tower".into()).await.unwrap().state, "cold");

    let shown = client.admin().ask().clock_advance(HOUR).await.unwrap();
    assert_eq!((shown.now_ms, shown.r#virtual), (START + HOUR, true));
    assert_eq!(shown.due[0].vat, "tower");
    assert_eq!(shown.due[0].due_ms, START + 90 * 60 * SECOND);
    let tick = (1, Timestamp(START + HOUR));
    until("it rang", || async { bell.ask().heard().await.unwrap() == [tick] }).await;
    clock.advance(Duration::from_secs(31 * 60));
    assert_eq!(soon(waiting).await, Ok(Timestamp(START + 90 * 60 * SECOND)));
    assert_eq!(timer.ask().cancel().await, Ok(true));
    assert_eq!(timer.ask().cancel().await, Ok(false));
    assert_eq!(client.admin().ask().clock_show().await.unwrap().due, []);
    assert!(host.audit().await.unwrap().is_empty());
    drop((timer, hers, bell, client));
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_due_while_the_host_was_down_fires_at_its_start_in_the_order_of_time() {
    for politely in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(VirtualClock::new(Timestamp(START)));
        let host = start(&folder.path().join("a"), &clock).await;
        let client = host.client().await.unwrap();
        let alice = with_clock(&client, "alice").await;
        for by in [3 * DAY, DAY, 2 * DAY, 2 * YEAR] {
            set(&alice, by);
        }
        until("they are set", || async { timers(&client, "alice").await == 4 }).await;
        drop((alice, client));
        if politely {
            host.shutdown().await.unwrap();
        } else {
            tokio::task::spawn_blocking(move || drop(host)).await.unwrap();
        }

        // A year later.
        let clock = Arc::new(VirtualClock::new(Timestamp(START + YEAR)));
        let host = start(&folder.path().join("a"), &clock).await;
        let client = host.client().await.unwrap();
        let alice: Handle<dyn Actor> = look_up(&client, "alice").await;
        let due = [DAY, 2 * DAY, 3 * DAY].map(|by| noted(START + by));
        until("they fired", || async { alice.ask().notes().await.unwrap().len() == 3 }).await;
        assert_eq!(alice.ask().notes().await.unwrap(), due);
        assert_eq!(timers(&client, "alice").await, 1);
        assert!(host.audit().await.unwrap().is_empty());
        host.shutdown().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_more_vats_than_may_fire_at_once_all_fire() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(VirtualClock::new(Timestamp(START)));
    let host = start(&folder.path().join("a"), &clock).await;
    let client = host.client().await.unwrap();
    let count = hogshead::limits::VATS_FIRING_MAX + 9;
    let hang = |nth: usize| {
        let client = client.clone();
        async move {
            let name = format!("tower-{nth}");
            client.admin().ask().vat_new(name.clone()).await.unwrap();
            let bell: Handle<dyn Ringer> = spawn(&client, &name, "hogshead/bell", &name).await;
            let time = Timestamp(START + HOUR + nth as u64);
            let hers = clock_of(&client, &name).await;
            hers.ask().once(time, bell.cast::<dyn Ticked>().cap()).await.unwrap();
            client.admin().ask().vat_evict(name).await.unwrap();
            (bell, time)
        }
    };
    let bells = (0..count).map(hang).collect::<tokio::task::JoinSet<_>>().join_all().await;
    // As many as are due at once, and more than have a place.
    client.admin().ask().clock_advance(DAY).await.unwrap();
    for (bell, time) in bells {
        until("it rang", || async { bell.ask().heard().await.unwrap() == [(1, time)] }).await;
    }
    assert_eq!(client.admin().ask().clock_show().await.unwrap().due, []);
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_of_another_vat_is_kept_after_a_year_that_both_slept_through() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(VirtualClock::new(Timestamp(START)));
    let host = start(&folder.path().join("a"), &clock).await;
    let client = host.client().await.unwrap();
    let (alice, _bob) = (cast(&client, "alice").await, cast(&client, "bob").await);
    let bobs = clock_of(&client, "bob").await;
    alice.ask().keep("clock".into(), bobs.value()).await.unwrap();
    set(&alice, YEAR);
    until("it is set", || async { timers(&client, "bob").await == 1 }).await;
    for vat in ["alice", "bob"] {
        let cold = client.admin().ask().vat_evict(vat.into()).await.unwrap();
        assert_eq!(cold.state, "cold");
    }
    for _ in 0..12 {
        client.admin().ask().clock_advance(YEAR / 12 - 1).await.unwrap();
    }
    assert!(alice.ask().notes().await.unwrap().is_empty());
    client.admin().ask().clock_advance(12).await.unwrap();
    let text = noted(START + YEAR);
    until("Alice knows", || async { alice.ask().notes().await.unwrap() == [text.as_str()] }).await;
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn by_the_systems_clock_timers_fire_as_well_and_it_is_not_the_owners_to_set() {
    let folder = tempfile::tempdir().unwrap();
    let host = builder(&folder.path().join("a")).register::<Bell>().start().await.unwrap();
    let client = host.client().await.unwrap();
    client.admin().ask().vat_new("tower".into()).await.unwrap();
    let bell: Handle<dyn Ringer> = spawn(&client, "tower", "hogshead/bell", "bell").await;
    let hers = clock_of(&client, "tower").await;
    let before = hers.ask().now().await.unwrap();
    let due = soon(hers.ask().after(30)).await.unwrap();
    assert!(due.0 >= before.0 + 30 && hers.ask().now().await.unwrap() >= due);
    let timer = hers.ask().every(10, CatchUp::All, bell.cast::<dyn Ticked>().cap()).await;
    until("it rings", || async { bell.ask().heard().await.unwrap().len() > 3 }).await;
    client.handle_on(&timer.unwrap()).ask().cancel().await.unwrap();
    let heard = bell.ask().heard().await.unwrap();
    let steps = heard.windows(2).map(|pair| pair[1].1.0 - pair[0].1.0);
    assert!(steps.eq(heard[1..].iter().map(|_| 10)), "none is missing: {heard:?}");

    let admin = client.admin();
    assert!(!admin.ask().clock_show().await.unwrap().r#virtual);
    for refused in [
        admin.ask().clock_advance(1).await,
        admin.ask().clock_set(u64::MAX).await,
        admin.ask().clock_accept().await,
    ] {
        assert_eq!(refused.unwrap_err().class(), Class::BadCall);
    }
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_cancels_a_timer_and_removes_a_vat_that_has_one() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(VirtualClock::new(Timestamp(START)));
    let host = start(&folder.path().join("a"), &clock).await;
    let client = host.client().await.unwrap();
    let admin = client.admin();
    let alice = with_clock(&client, "alice").await;
    set(&alice, HOUR);
    until("it is set", || async { timers(&client, "alice").await == 1 }).await;
    let mut waiting = waits(&client, "alice").await.into_iter();
    let wait = waiting.find(|wait| wait.timer.is_some()).unwrap();
    assert_eq!(wait.trigger, "2027-01-15T09:00:00.000Z");
    let timer = wait.timer.unwrap();
    assert_eq!(admin.ask().timer_cancel("alice".into(), timer).await, Ok(true));
    assert_eq!(admin.ask().timer_cancel("alice".into(), timer).await, Ok(false));
    assert_eq!(admin.ask().timer_cancel("alice".into(), 1).await, Ok(false));
    until("she knows", || async { alice.ask().notes().await.unwrap().len() == 1 }).await;
    assert!(alice.ask().notes().await.unwrap()[0].starts_with("after: stopped: "));

    set(&alice, HOUR);
    until("it is set", || async { timers(&client, "alice").await == 1 }).await;
    assert_eq!(admin.ask().clock_show().await.unwrap().due.len(), 1);
    admin.ask().vat_rm("alice".into()).await.unwrap();
    assert_eq!(admin.ask().clock_show().await.unwrap().due, []);
    let back = admin.ask().clock_set(START - 1).await.unwrap_err();
    assert_eq!(back.class(), Class::BadCall, "{back}");
    admin.ask().clock_set(START + YEAR).await.unwrap();
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_vat_waits_for_its_owner_and_then_fires() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(VirtualClock::new(Timestamp(START)));
    let host = start(&folder.path().join("a"), &clock).await;
    let client = host.client().await.unwrap();
    let admin = client.admin();
    let alice = with_clock(&client, "alice").await;
    set(&alice, HOUR);
    until("it is set", || async { timers(&client, "alice").await == 1 }).await;
    admin.ask().vat_pause("alice".into()).await.unwrap();
    assert_eq!(admin.ask().clock_advance(DAY).await.unwrap().due, []);
    assert_eq!(timers(&client, "alice").await, 1);
    admin.ask().vat_resume("alice".into()).await.unwrap();
    let text = noted(START + HOUR);
    until("it fired", || async { alice.ask().notes().await.unwrap() == [text.as_str()] }).await;
    host.shutdown().await.unwrap();
}

/// A clock of which somebody else sets one hand, while time passes by the other.
struct Hands {
    shown: AtomicU64,
    passed: AtomicU64,
}

impl Hands {
    fn new(shown: u64) -> Arc<Self> {
        Arc::new(Self { shown: shown.into(), passed: 0.into() })
    }

    fn pass(&self, by: u64) {
        self.passed.fetch_add(by, Ordering::SeqCst);
        self.shown.fetch_add(by, Ordering::SeqCst);
    }

    fn show(&self, time: u64) {
        self.shown.store(time, Ordering::SeqCst);
    }
}

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp(self.shown.load(Ordering::SeqCst))
    }

    fn elapsed(&self) -> Duration {
        Duration::from_millis(self.passed.load(Ordering::SeqCst))
    }

    fn until(&self, _: Timestamp) -> hogshead::host::Wait<'_> {
        Box::pin(tokio::time::sleep(Duration::from_millis(10)))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumps_fires_nothing_until_its_owner_accepts_it() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Hands::new(START);
    let host = start(&folder.path().join("a"), &clock).await;
    let client = host.client().await.unwrap();
    let admin = client.admin();
    let alice = with_clock(&client, "alice").await;
    set(&alice, HOUR);
    until("it is set", || async { timers(&client, "alice").await == 1 }).await;
    clock.show(START + YEAR);
    until("the owner is told", || async {
        admin.ask().key().await.unwrap().clock_jumped_to_ms == Some(START + YEAR)
    })
    .await;
    let shown = admin.ask().clock_show().await.unwrap();
    assert_eq!((shown.now_ms, shown.jumped_to_ms), (START, Some(START + YEAR)));
    // By what has passed it would be due, but nobody knows what time it is.
    clock.pass(2 * HOUR);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(timers(&client, "alice").await, 1);
    let accepted = admin.ask().clock_accept().await.unwrap();
    assert_eq!((accepted.now_ms, accepted.jumped_to_ms), (START + YEAR + 2 * HOUR, None));
    let text = noted(START + HOUR);
    until("it fired", || async { alice.ask().notes().await.unwrap() == [text.as_str()] }).await;

    // One that is mended needs nobody's word.
    set(&alice, HOUR);
    until("it is set", || async { timers(&client, "alice").await == 1 }).await;
    let right = clock.now().0;
    clock.show(right + YEAR);
    until("it has jumped", || async {
        admin.ask().clock_show().await.unwrap().jumped_to_ms.is_some()
    })
    .await;
    clock.show(right);
    clock.pass(HOUR);
    until("it fired", || async { alice.ask().notes().await.unwrap().len() == 2 }).await;
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_set_back_moves_nothing_back_over_a_stop_either() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Hands::new(START);
    let host = start(&folder.path().join("a"), &clock).await;
    let client = host.client().await.unwrap();
    let alice = with_clock(&client, "alice").await;
    let hers = clock_of(&client, "alice").await;
    set(&alice, HOUR);
    until("it is set", || async { timers(&client, "alice").await == 1 }).await;
    clock.pass(HOUR / 2);
    let before = hers.ask().now().await.unwrap();
    clock.show(START - DAY);
    assert_eq!(hers.ask().now().await, Ok(before));
    drop((hers, alice, client));
    host.shutdown().await.unwrap();

    let host = start(&folder.path().join("a"), &clock).await;
    let client = host.client().await.unwrap();
    let hers = clock_of(&client, "alice").await;
    assert_eq!(hers.ask().now().await, Ok(before), "the stop wrote it down");
    // At half the speed until the clock has caught up.
    clock.pass(HOUR - 1);
    let alice: Handle<dyn Actor> = look_up(&client, "alice").await;
    assert_eq!(timers(&client, "alice").await, 1);
    clock.pass(1);
    let text = noted(START + HOUR);
    until("it fired", || async { alice.ask().notes().await.unwrap() == [text.as_str()] }).await;
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vat_with_much_to_catch_up_with_gets_all_of_it_in_order_beside_others() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(VirtualClock::new(Timestamp(START)));
    let host = start(&folder.path().join("a"), &clock).await;
    let client = host.client().await.unwrap();
    let mut bells = Vec::new();
    for name in ["much", "little"] {
        client.admin().ask().vat_new(name.into()).await.unwrap();
        let bell: Handle<dyn Ringer> = spawn(&client, name, "hogshead/bell", name).await;
        bells.push((clock_of(&client, name).await, bell));
    }
    let [(much, rings), (little, knell)] = &bells[..] else { panic!("there are two") };
    let ticked = |bell: &Handle<dyn Ringer>| bell.cast::<dyn Ticked>().cap();
    let timer = much.ask().every(SECOND, CatchUp::All, ticked(rings)).await.unwrap();
    little.ask().once(Timestamp(START + 700 * SECOND), ticked(knell)).await.unwrap();
    clock.advance(Duration::from_secs(700));
    until("both rang", || async {
        let heard = knell.ask().heard().await.unwrap().len();
        heard == 1 && rings.ask().heard().await.unwrap().len() == 700
    })
    .await;
    let heard = rings.ask().heard().await.unwrap();
    let expected = (1..=700).map(|nth| (1, Timestamp(START + nth * SECOND)));
    assert!(expected.eq(heard), "each once, in order");
    client.handle_on(&timer).ask().cancel().await.unwrap();
    assert!(host.audit().await.unwrap().is_empty());
    host.shutdown().await.unwrap();
}
