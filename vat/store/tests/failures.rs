//! What a store does when the disk or the engine fails: it releases nothing that may be lost, says
//! so, and is whole again after it was opened anew or there is space.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use common::{options, puts, text};
use hogshead_objects::ids::CommitNumber;
use hogshead_store::disk::simulated::{Faults, Op, SimulatedDisk};
use hogshead_store::disk::{Disk, DiskFile};
use hogshead_store::engine::faulty::{Calls, Fault, FaultyStore};
use hogshead_store::engine::memory::MemoryStore;
use hogshead_store::limits::{GROUP_BYTES_MAX, QUEUE_COMMITS_MAX, VALUE_BYTES_MAX};
use hogshead_store::{Batch, Changes, Engine, Keep, Options, Status, Store, StoreError, StoreId};

const ID: StoreId = StoreId([9; 16]);

fn create(disk: &SimulatedDisk, engine: impl Store + 'static, options: Options) -> Keep {
    Keep::create_over(Arc::new(disk.clone()), Box::new(engine), ID, options).unwrap()
}

fn open(disk: &SimulatedDisk) -> Result<Keep, StoreError> {
    let (disk, engine) = (Arc::new(disk.clone()), Box::new(MemoryStore::new()));
    Keep::open_over(disk, engine, ID, None, memory())
}

fn memory() -> Options {
    options(Engine::Memory)
}

/// What will be said of a commit's durability.
fn outcome(keep: &Keep, number: CommitNumber) -> Receiver<Result<(), StoreError>> {
    let (sender, receiver) = channel();
    keep.on_durable(number, Box::new(move |result| drop(sender.send(result))));
    receiver
}

fn wait_until(keep: &Keep, what: &str, is: impl Fn(&Status) -> bool) {
    let end = Instant::now() + Duration::from_secs(10);
    while !is(&keep.status()) {
        assert!(Instant::now() < end, "not {what}: {:?}", keep.status());
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_failed_sync_releases_nothing_and_stops_the_store() {
    let disk = SimulatedDisk::new();
    let keep = create(&disk, MemoryStore::new(), memory());
    let first = keep.commit(puts([("a", "1")])).unwrap();
    keep.wait_durable(first).unwrap();
    disk.plan(Faults { syncs: Some(0), ..Faults::default() });
    let second = keep.commit(puts([("a", "2")])).unwrap();
    let error = outcome(&keep, second).recv().unwrap().unwrap_err();
    let wanted = "the store failed and stopped: writing the journal: the sync failed: \
        simulated: sync failed; restart to recover";
    assert_eq!(error.to_string(), wanted);
    // Nothing works any more, not even reading: what is read might never have happened.
    for error in [
        keep.wait_durable(second).unwrap_err(),
        keep.commit(puts([("a", "3")])).unwrap_err(),
        keep.get(b"a").unwrap_err(),
        keep.range(b"", b"z", 9).unwrap_err(),
        keep.flush().unwrap_err(),
    ] {
        assert_eq!(error.to_string(), wanted);
    }
    assert_eq!(keep.status().durable, first);
    assert!(matches!(keep.close(), Err(StoreError::Failed { .. })));

    disk.plan(Faults::default());
    let keep = open(&disk).unwrap();
    // It may be there, but only because it is durable now.
    assert!(keep.newest() >= first);
    assert_eq!(text(&keep, "a"), Some(keep.newest().0.to_string()));
}

#[test]
fn a_failed_write_stops_the_store_and_its_half_is_cut_off() {
    let disk = SimulatedDisk::new();
    let keep = create(&disk, MemoryStore::new(), memory());
    let first = keep.commit(puts([("a", "1")])).unwrap();
    keep.wait_durable(first).unwrap();
    disk.plan(Faults { writes: Some(0), ..Faults::default() });
    let second = keep.commit(puts([("a", "2")])).unwrap();
    assert!(outcome(&keep, second).recv().unwrap().is_err());
    drop(keep);
    disk.plan(Faults::default());
    let keep = open(&disk).unwrap();
    assert_eq!((keep.newest(), text(&keep, "a")), (first, Some("1".to_owned())));
    assert_eq!(keep.commit(Batch::new()).unwrap(), second);
    keep.close().unwrap();
    assert_eq!(open(&disk).unwrap().newest(), second);
}

#[test]
fn a_full_disk_makes_the_store_read_only_until_there_is_space() {
    let disk = SimulatedDisk::new();
    let keep = create(&disk, MemoryStore::new(), memory());
    let first = keep.commit(puts([("a", "1")])).unwrap();
    keep.wait_durable(first).unwrap();
    disk.plan(Faults { space: Some(30), ..Faults::default() });
    let second = keep.commit(puts([("a", "2")])).unwrap();
    let waits = outcome(&keep, second);
    wait_until(&keep, "read-only", |status| status.read_only.is_some());
    let error = keep.commit(puts([("a", "3")])).unwrap_err().to_string();
    assert!(error.starts_with("the store takes no writes until there is space"), "{error}");
    // What was committed is read, and waits.
    assert_eq!(text(&keep, "a"), Some("2".to_owned()));
    assert!(waits.try_recv().is_err());
    assert_eq!(keep.durable(), first);

    disk.plan(Faults::default());
    waits.recv().unwrap().unwrap();
    wait_until(&keep, "writable", |status| status.read_only.is_none());
    let third = keep.commit(puts([("a", "3")])).unwrap();
    keep.close().unwrap();
    let keep = open(&disk).unwrap();
    assert_eq!((keep.newest(), text(&keep, "a")), (third, Some("3".to_owned())));
}

#[test]
fn a_patient_commit_waits_for_space_and_gives_up_when_told_to() {
    let disk = SimulatedDisk::new();
    let keep = create(&disk, MemoryStore::new(), memory());
    disk.plan(Faults { space: Some(30), ..Faults::default() });
    keep.commit(puts([("a", "1")])).unwrap();
    wait_until(&keep, "read-only", |status| status.read_only.is_some());
    let asked = AtomicU64::new(0);
    let twice = || asked.fetch_add(1, Ordering::SeqCst) < 2;
    let error = keep.commit_patiently(puts([("a", "2")]), twice).unwrap_err();
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error}");
    let again = || {
        disk.plan(Faults::default());
        true
    };
    assert_eq!(keep.commit_patiently(puts([("a", "2")]), again).unwrap().0, 2);
    keep.wait_durable(keep.newest()).unwrap();
}

#[test]
fn a_crash_while_the_disk_is_full_loses_only_what_was_not_released() {
    for space in [0, 1, 30, 57] {
        let disk = SimulatedDisk::new();
        let keep = create(&disk, MemoryStore::new(), memory());
        let first = keep.commit(puts([("a", "1")])).unwrap();
        keep.wait_durable(first).unwrap();
        disk.plan(Faults { space: Some(space), ..Faults::default() });
        let second = keep.commit(puts([("a", "2")])).unwrap();
        let waits = outcome(&keep, second);
        wait_until(&keep, "read-only", |status| status.read_only.is_some());
        assert!(keep.close().is_err());
        assert!(waits.recv().unwrap().is_err());
        disk.plan(Faults::default());
        let keep = open(&disk).unwrap();
        assert_eq!((keep.newest(), text(&keep, "a")), (first, Some("1".to_owned())));
    }
}

#[test]
fn a_segment_for_which_there_is_no_space_is_begun_later() {
    let disk = SimulatedDisk::new();
    let options = Options { segment_bytes: 100, ..memory() };
    let keep = create(&disk, MemoryStore::new(), options);
    let first = keep.commit(puts([("a", &"1".repeat(99))])).unwrap();
    keep.wait_durable(first).unwrap();
    wait_until(&keep, "in a new segment", |status| status.journal_segments == 2);
    // Enough for the record, not for the next header.
    disk.plan(Faults { space: Some(200), ..Faults::default() });
    let second = keep.commit(puts([("a", &"2".repeat(99))])).unwrap();
    keep.wait_durable(second).unwrap();
    wait_until(&keep, "read-only", |status| status.read_only.is_some());
    disk.plan(Faults::default());
    wait_until(&keep, "in a new segment", |status| status.journal_segments == 3);
    let third = keep.commit(puts([("a", "3")])).unwrap();
    keep.close().unwrap();
    assert_eq!(open(&disk).unwrap().newest(), third);
}

#[test]
fn who_helps_writes_a_group_and_leaves_to_the_committer_what_would_have_to_wait() {
    let disk = SimulatedDisk::new();
    let options = Options { segment_bytes: 300, ..memory() };
    let keep = create(&disk, MemoryStore::new(), options);
    let quietly = |value: &str| {
        let (sender, receiver) = channel();
        let then = Box::new(move |result| drop(sender.send(result)));
        let number = keep.commit_quietly(puts([("a", value)]), || false, Some(then)).unwrap();
        keep.help();
        (number, receiver)
    };
    for n in 1..=30 {
        let (number, told) = quietly(&n.to_string());
        told.recv().unwrap().unwrap();
        assert!(keep.durable() >= number);
    }
    wait_until(&keep, "in a new segment", |status| status.journal_segments > 3);
    disk.plan(Faults { space: Some(30), ..Faults::default() });
    let (last, told) = quietly("last");
    wait_until(&keep, "read-only", |status| status.read_only.is_some());
    assert!(told.try_recv().is_err());
    assert!(!keep.help(), "it is the committer's by now");
    disk.plan(Faults::default());
    told.recv().unwrap().unwrap();
    keep.close().unwrap();
    let keep = open(&disk).unwrap();
    assert_eq!((keep.newest(), text(&keep, "a")), (last, Some("last".to_owned())));
}

#[test]
fn a_checkpoint_that_meets_a_full_disk_waits_and_one_that_breaks_stops_the_store() {
    let engine = Arc::new(FaultyStore::new(MemoryStore::new()));
    let keep = create(&SimulatedDisk::new(), Shared(engine.clone()), memory());
    engine.plan(Calls::Applies, Fault::Full, 0);
    keep.commit(puts([("a", "1")])).unwrap();
    wait_until(&keep, "applied", |status| status.applied.0 == 1);
    assert_eq!(engine.count(Calls::Applies), 2);

    engine.plan(Calls::Applies, Fault::Device, 0);
    let number = keep.commit(puts([("a", "2")])).unwrap();
    wait_until(&keep, "stopped", |status| status.failed.is_some());
    assert_eq!(keep.durable(), number, "the journal has it");
    let error = keep.commit(Batch::new()).unwrap_err().to_string();
    assert!(error.contains("the checkpoint: faulty store: planned fault: Device"), "{error}");
}

#[test]
fn no_segment_is_dropped_before_the_checkpoint_is_flushed() {
    let engine = Arc::new(FaultyStore::new(MemoryStore::new()));
    let disk = SimulatedDisk::new();
    let retention = hogshead_store::Retention::Bytes(0);
    let options = Options { segment_bytes: 100, retention, ..memory() };
    create(&disk, MemoryStore::new(), options.clone()).close().unwrap();
    let snapshot = Some(CommitNumber(u64::MAX));
    let shared = Box::new(Shared(engine.clone()));
    let keep = Keep::open_over(Arc::new(disk.clone()), shared, ID, snapshot, options).unwrap();
    engine.plan(Calls::Flushes, Fault::Device, 0);
    for n in 0..20 {
        let number = keep.commit(puts([("a", &n.to_string())])).unwrap();
        keep.wait_durable(number).unwrap();
    }
    wait_until(&keep, "applied", |status| status.applied.0 == 20);
    assert!(keep.status().journal_segments > 5);
    assert!(keep.flush().is_err());
    assert!(keep.status().journal_segments > 5);
    drop(keep);
    assert_eq!(text(&open(&disk).unwrap(), "a"), Some("19".to_owned()));
}

#[test]
fn a_slow_checkpoint_slows_commits_instead_of_growing_memory() {
    let engine = Slow::default();
    let keep = create(
        &SimulatedDisk::new(),
        engine.clone(),
        Options { overlay_bytes: 10_000, ..memory() },
    );
    let committed = AtomicU64::new(0);
    let mut waited_at = (0, 0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 0..100 {
                keep.commit(puts([(&n.to_string(), &"x".repeat(500))])).unwrap();
                committed.fetch_add(1, Ordering::SeqCst);
            }
        });
        let end = Instant::now() + Duration::from_secs(20);
        while committed.load(Ordering::SeqCst) < 5 && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(2));
        }
        std::thread::sleep(Duration::from_millis(200));
        waited_at = (committed.load(Ordering::SeqCst), keep.status().overlay_bytes);
        engine.go_on();
    });
    assert!((5..20).contains(&waited_at.0), "{} commits were taken in", waited_at.0);
    assert!(waited_at.1 <= 10_000, "{} bytes were held", waited_at.1);
    keep.flush().unwrap();
    assert_eq!(committed.load(Ordering::SeqCst), 100);
    assert_eq!(keep.status().overlay_bytes, 0);

    // A batch that is larger than the whole overlay goes alone.
    keep.commit(puts([("large", &"x".repeat(50_000))])).unwrap();
    keep.commit(puts([("small", "x")])).unwrap();
    keep.close().unwrap();
}

#[test]
fn a_batch_beyond_a_limit_is_refused_and_nothing_else_happens() {
    let keep = create(&SimulatedDisk::new(), MemoryStore::new(), memory());
    let mut batch = Batch::new();
    batch.put("a", vec![0; VALUE_BYTES_MAX + 1]);
    assert!(matches!(keep.commit(batch), Err(StoreError::Limit { .. })));
    assert_eq!(keep.newest().0, 0);
    assert_eq!(keep.commit(Batch::new()).unwrap().0, 1);
}

#[test]
fn what_runs_after_a_commit_may_panic() {
    let keep = create(&SimulatedDisk::new(), MemoryStore::new(), memory());
    let first = keep.commit(Batch::new()).unwrap();
    keep.on_durable(first, Box::new(|_| unreachable!("as planned")));
    let second = keep.commit(Batch::new()).unwrap();
    outcome(&keep, second).recv().unwrap().unwrap();
}

#[test]
fn damage_and_other_stores_are_told_from_torn_writes() {
    let disk = SimulatedDisk::new();
    let keep = create(&disk, MemoryStore::new(), memory());
    for n in 1..=5 {
        let number = keep.commit(puts([("a", &n.to_string())])).unwrap();
        keep.wait_durable(number).unwrap();
    }
    keep.close().unwrap();
    let (name, bytes) = disk.files().into_iter().next().unwrap();
    let with = |bytes: Vec<u8>| SimulatedDisk::holding([(name.clone(), bytes)]);
    // The store was closed, so that every byte before the closing mark is known to be durable.
    for at in 0..bytes.len() - 40 {
        let mut damaged = bytes.clone();
        damaged[at] ^= 4;
        let error = open(&with(damaged)).unwrap_err();
        assert!(matches!(error, StoreError::Damaged { .. }), "byte {at}: {error}");
    }
    let error = Keep::open_over(
        Arc::new(with(bytes.clone())),
        Box::new(MemoryStore::new()),
        StoreId([8; 16]),
        None,
        memory(),
    );
    assert!(error.unwrap_err().to_string().contains("it belongs to another store"));
    // Something else after the records is a torn write.
    for rest in [&b"\0"[..], &[0; 4096], &[0xff; 700], &bytes[64..390]] {
        let keep = open(&with([&bytes, rest].concat())).unwrap();
        assert_eq!((keep.newest().0, text(&keep, "a")), (5, Some("5".to_owned())));
    }
}

#[test]
fn a_slow_disk_slows_commits_when_the_queue_is_full() {
    let disk = Held::default();
    let options = Options { overlay_bytes: usize::MAX, ..memory() };
    let engine = Box::new(MemoryStore::new());
    let keep = Keep::create_over(Arc::new(disk.clone()), engine, ID, options).unwrap();
    disk.hold(true);
    keep.commit(Batch::new()).unwrap();
    disk.wait_until_held();
    let committed = AtomicU64::new(0);
    let mut waited_at = 0;
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..QUEUE_COMMITS_MAX + 100 {
                keep.commit(Batch::new()).unwrap();
                committed.fetch_add(1, Ordering::SeqCst);
            }
        });
        let end = Instant::now() + Duration::from_secs(20);
        while committed.load(Ordering::SeqCst) < QUEUE_COMMITS_MAX as u64 && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(5));
        }
        std::thread::sleep(Duration::from_millis(100));
        waited_at = committed.load(Ordering::SeqCst);
        disk.hold(false);
    });
    assert_eq!(waited_at, QUEUE_COMMITS_MAX as u64);
    keep.wait_durable(keep.newest()).unwrap();
}

#[test]
fn what_has_queued_up_is_written_in_groups_of_a_bounded_size() {
    let disk = Held::default();
    let engine = Box::new(MemoryStore::new());
    let keep = Keep::create_over(Arc::new(disk.clone()), engine, ID, memory()).unwrap();
    disk.hold(true);
    keep.commit(Batch::new()).unwrap();
    disk.wait_until_held();
    for _ in 0..30 {
        keep.commit(Batch::new().put("a", vec![0; 1 << 20]).clone()).unwrap();
    }
    disk.hold(false);
    keep.wait_durable(keep.newest()).unwrap();
    let size = |op| if let Op::Write { bytes, .. } = op { bytes.len() } else { 0 };
    let sizes: Vec<usize> = disk.within.log().into_iter().map(size).filter(|n| *n > 64).collect();
    assert!(sizes.iter().all(|size| *size < GROUP_BYTES_MAX + 4096), "{sizes:?}");
    assert!((4..=8).contains(&sizes.len()), "{sizes:?}");
}

/// A disk that lets no write through while it is held.
#[derive(Clone)]
struct Held {
    within: SimulatedDisk,
    held: Arc<(Mutex<Hold>, Condvar)>,
}

#[derive(Default)]
struct Hold {
    is_held: bool,
    waits: bool,
}

impl Default for Held {
    fn default() -> Self {
        Self { within: SimulatedDisk::recording(), held: Arc::default() }
    }
}

impl Held {
    fn hold(&self, held: bool) {
        self.held.0.lock().unwrap().is_held = held;
        self.held.1.notify_all();
    }

    fn wait_until_held(&self) {
        let hold = self.held.0.lock().unwrap();
        drop(self.held.1.wait_while(hold, |hold| !hold.waits).unwrap());
    }
}

struct HeldFile {
    within: Box<dyn DiskFile>,
    held: Arc<(Mutex<Hold>, Condvar)>,
}

impl DiskFile for HeldFile {
    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let mut hold = self.held.0.lock().unwrap();
        hold.waits = hold.is_held;
        self.held.1.notify_all();
        drop(self.held.1.wait_while(hold, |hold| hold.is_held).unwrap());
        self.within.write_at(offset, bytes)
    }

    fn truncate(&mut self, len: u64) -> io::Result<()> {
        self.within.truncate(len)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.within.sync()
    }
}

impl Disk for Held {
    fn create(&self, name: &str) -> io::Result<Box<dyn DiskFile>> {
        let (within, held) = (self.within.create(name)?, self.held.clone());
        Ok(Box::new(HeldFile { within, held }))
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn DiskFile>> {
        self.within.open(name)
    }

    fn read(&self, name: &str, offset: u64, count: usize) -> io::Result<Vec<u8>> {
        self.within.read(name, offset, count)
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        self.within.remove(name)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.within.rename(from, to)
    }

    fn list(&self) -> io::Result<Vec<(String, u64)>> {
        self.within.list()
    }

    fn sync_dir(&self) -> io::Result<()> {
        self.within.sync_dir()
    }

    fn free_bytes(&self) -> io::Result<u64> {
        self.within.free_bytes()
    }
}

/// A store in several hands.
struct Shared<S>(Arc<S>);

impl<S: Store> Store for Shared<S> {
    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        self.0.get(key)
    }

    fn range(
        &self,
        from: &[u8],
        to: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, StoreError> {
        self.0.range(from, to, limit)
    }

    fn apply(&self, changes: &Changes, number: CommitNumber) -> Result<(), StoreError> {
        self.0.apply(changes, number)
    }

    fn number(&self) -> Result<CommitNumber, StoreError> {
        self.0.number()
    }

    fn flush(&self) -> Result<(), StoreError> {
        self.0.flush()
    }
}

/// A store that applies nothing until it is told to go on.
#[derive(Clone, Default)]
struct Slow {
    goes: Arc<(Mutex<bool>, Condvar)>,
    rows: Arc<MemoryStore>,
}

impl Slow {
    fn go_on(&self) {
        *self.goes.0.lock().unwrap() = true;
        self.goes.1.notify_all();
    }
}

impl Store for Slow {
    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        self.rows.get(key)
    }

    fn range(
        &self,
        from: &[u8],
        to: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, StoreError> {
        self.rows.range(from, to, limit)
    }

    fn apply(&self, changes: &Changes, number: CommitNumber) -> Result<(), StoreError> {
        let goes = self.goes.0.lock().unwrap();
        drop(self.goes.1.wait_while(goes, |goes| !*goes).unwrap());
        self.rows.apply(changes, number)
    }

    fn number(&self) -> Result<CommitNumber, StoreError> {
        self.rows.number()
    }

    fn flush(&self) -> Result<(), StoreError> {
        self.rows.flush()
    }
}
