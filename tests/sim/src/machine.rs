//! A machine of the simulation: a disk, a clock, an address, and a host that runs or has died.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use hogshead::{Client, Clock, Host, HostBuilder, HostError, Timestamp};
use hogshead_netlayer::sim::SimNetwork;
use hogshead_netlayer::{Limits, Mode};
use hogshead_store::disk::power_cut::{Fate, PowerCut};
use hogshead_store::disk::simulated::{Faults, SimulatedDisk};
use hogshead_store::{Keep, Options, Stepper, StoreId};
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

use crate::engine::SimEngine;
use crate::money::objects as money;
use crate::objects;
use crate::random::{Random, Seeded};

/// A machine.
pub struct Machine {
    /// Its place among the machines.
    pub index: usize,
    /// Its address on the network.
    pub address: String,
    /// How often a host was started on it.
    pub starts: u32,
    disk: SimulatedDisk,
    engine: SimEngine,
    exists: bool,
    /// Opens what is sealed on the disk, and names the store.
    key: u8,
    random: Random,
    network: SimNetwork,
    begun: Instant,
    idle: Duration,
    /// The longest time of a sync, in microseconds.
    slowest_sync: u64,
    deaths: mpsc::UnboundedSender<(usize, u32)>,
    running: Option<Running>,
}

/// A copy of a machine's disk.
pub struct Copy {
    files: BTreeMap<String, Vec<u8>>,
    engine: SimEngine,
}

struct Running {
    host: Host,
    client: Client,
    stepper: Stepper,
    driver: JoinHandle<()>,
}

/// What machines of one world have in common.
#[derive(Clone)]
pub struct Surroundings {
    /// Their network.
    pub network: SimNetwork,
    /// When the world began.
    pub begun: Instant,
    /// Hears of machines whose disk or store has died under their host, and at which start.
    pub deaths: mpsc::UnboundedSender<(usize, u32)>,
}

impl Machine {
    /// A machine with an empty disk.
    pub fn new(index: usize, around: &Surroundings, mut random: Random) -> Self {
        let Surroundings { network, begun, deaths } = around.clone();
        let idle = Duration::from_secs(random.within(4, 40));
        let slowest_sync = [500, 8_000, 60_000][random.index(3)];
        Self {
            index,
            address: format!("machine-{index}"),
            starts: 0,
            disk: SimulatedDisk::recording(),
            engine: SimEngine::default(),
            exists: false,
            key: u8::try_from(index).unwrap_or(u8::MAX),
            random,
            network,
            begun,
            idle,
            slowest_sync,
            deaths,
            running: None,
        }
    }

    /// The host, if it runs.
    pub fn host(&self) -> Option<&Host> {
        self.running.as_ref().map(|running| &running.host)
    }

    /// The owner's way in, if the host runs.
    pub fn client(&self) -> Option<&Client> {
        self.running.as_ref().map(|running| &running.client)
    }

    /// Whether the host runs.
    pub fn is_up(&self) -> bool {
        self.running.is_some()
    }

    /// Starts a host on what is on the disk. It may die on the way, if a death is planned.
    pub async fn start(&mut self) -> Result<(), HostError> {
        self.starts += 1;
        let keep = self.open().inspect_err(|_| self.lose_power())?;
        let stepper = keep.stepper().ok_or(HostError::Stopped)?;
        let driver = self.drive(&stepper);
        let started = self.start_over(keep).await;
        let client = match started {
            Ok(host) => host.client().await.map(|client| (host, client)),
            Err(error) => Err(error),
        };
        match client {
            Ok((host, client)) => {
                self.exists = true;
                self.running = Some(Running { host, client, stepper, driver });
                Ok(())
            }
            Err(error) => {
                driver.abort();
                stepper.crash();
                self.lose_power();
                Err(error)
            }
        }
    }

    fn open(&self) -> Result<Keep, HostError> {
        let options = Options {
            stepped: true,
            reserve_bytes: 0,
            segment_bytes: SEGMENT_BYTES,
            ..Options::default()
        };
        let (disk, engine) = (Arc::new(self.disk.clone()), Box::new(self.engine.clone()));
        let mut id = [0; 16];
        id[0] = self.key;
        Ok(if self.exists {
            Keep::open_over(disk, engine, StoreId(id), None, options)?
        } else {
            Keep::create_over(disk, engine, StoreId(id), options)?
        })
    }

    async fn start_over(&mut self, keep: Keep) -> Result<Host, HostError> {
        let network = self.network.clone();
        let address = self.address.clone();
        let clock = VirtualClock { begun: self.begun };
        let key = [self.key; 32];
        let builder = Host::over(keep, &key)
            .turn_threads(0)
            .pace(pace(self.random.fork()))
            .idle(self.idle)
            .clock(Arc::new(clock))
            .entropy(Arc::new(Seeded::new(self.random.fork())))
            .netlayer(move |key, vats| {
                Arc::new(network.join(&address, key, vats, Limits::default(), Mode::Durable))
            });
        registered(builder).start().await
    }

    /// The disk's pace: every so often what has queued up is synced, and now and then the
    /// checkpoint follows.
    fn drive(&mut self, stepper: &Stepper) -> JoinHandle<()> {
        let work = Arc::new(Notify::new());
        let notified = Arc::clone(&work);
        stepper.on_work(move || notified.notify_one());
        let (stepper, disk, deaths) = (stepper.clone(), self.disk.clone(), self.deaths.clone());
        let slowest = self.slowest_sync;
        let (life, mut random) = ((self.index, self.starts), self.random.fork());
        tokio::spawn(async move {
            loop {
                work.notified().await;
                // Now and then a sync falls between two turns of the same moment.
                if !random.one_in(3) {
                    sleep(Duration::from_micros(random.below(slowest))).await;
                }
                while stepper.sync() {}
                if random.one_in(CHECKPOINT_ONE_IN) {
                    // A store that fails here says so below.
                    let _ = stepper.checkpoint(random.one_in(2));
                }
                if disk.is_dead() || stepper.has_failed() {
                    // Nobody listens any more when the world has ended.
                    let _ = deaths.send(life);
                    return;
                }
            }
        })
    }

    /// Plans the death of the host: at the call to the disk after so many.
    pub fn plan_death(&self, calls: u64) {
        self.disk.plan(Faults { calls: Some(calls), ..Faults::default() });
    }

    /// Lets the host live.
    pub fn forget_death(&self) {
        if !self.disk.is_dead() {
            self.disk.plan(Faults::default());
        }
    }

    /// The host dies, now, and the power goes with it.
    pub fn kill(&mut self) {
        if let Some(Running { host, client, stepper, driver }) = self.running.take() {
            driver.abort();
            self.network.cut_off(&self.address);
            drop(client);
            drop(host);
            stepper.crash();
            self.lose_power();
        }
    }

    /// The host stops in good order.
    pub async fn stop(&mut self) -> Result<(), HostError> {
        let Some(Running { host, client, driver, .. }) = self.running.take() else {
            return Ok(());
        };
        drop(client);
        let stopped = host.shutdown().await;
        driver.abort();
        self.network.cut_off(&self.address);
        if stopped.is_err() {
            // It died on the way.
            self.lose_power();
            return stopped;
        }
        self.disk = SimulatedDisk::recording_over(self.disk.files());
        Ok(())
    }

    /// What somebody gets who copies the machine's disk.
    pub fn copy(&self) -> Copy {
        Copy { files: self.disk.files(), engine: self.engine.copy() }
    }

    /// The copy takes the place of what is on the disk. Only while no host runs.
    pub fn put_back(&mut self, copy: &Copy) {
        self.disk = SimulatedDisk::recording_over(copy.files.clone());
        self.engine = copy.engine.copy();
    }

    /// Another machine with the copy on its disk, and with the key that opens it.
    pub fn twin(&mut self, copy: &Copy, index: usize) -> Self {
        let around = Surroundings {
            network: self.network.clone(),
            begun: self.begun,
            deaths: self.deaths.clone(),
        };
        let mut twin = Self::new(index, &around, self.random.fork());
        (twin.key, twin.exists) = (self.key, true);
        twin.put_back(copy);
        twin
    }

    /// What was not synced is there or not, or in part.
    fn lose_power(&mut self) {
        let log = self.disk.log();
        let cut = PowerCut::after(&log, log.len());
        let sectors: Vec<u64> = cut.unsynced().map(PowerCut::sectors).collect();
        let random = &mut self.random;
        let left = cut.disk(|place| match random.below(3) {
            0 => Fate::Kept,
            1 => Fate::Lost,
            _ => torn(random, sectors.get(place).copied().unwrap_or(0)),
        });
        self.disk = SimulatedDisk::recording_over(left.files());
        self.engine = self.engine.after_crash(&mut self.random);
    }
}

/// How long rounds of turns take: most seem to take none.
fn pace(mut random: Random) -> impl FnMut() -> Duration + Send + 'static {
    let slowest = [0, 200, 3_000][random.index(3)];
    move || {
        let time = if random.one_in(3) { random.below(slowest) } else { 0 };
        Duration::from_micros(time)
    }
}

fn torn(random: &mut Random, sectors: u64) -> Fate {
    if sectors == 0 {
        return Fate::Lost;
    }
    let kept = (0..sectors).filter(|_| random.one_in(2)).collect();
    Fate::Torn { kept, garbage: if random.one_in(2) { 0 } else { 0xA5 } }
}

fn registered(builder: HostBuilder) -> HostBuilder {
    let builder = builder.register::<money::Counter>().register::<money::Merchant>();
    builder.register::<objects::Player>().register::<objects::Passer>()
}

/// A clock that runs with the virtual time of the world.
struct VirtualClock {
    begun: Instant,
}

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        let since = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        Timestamp(WORLD_BEGINS_MS.saturating_add(since))
    }
}

/// Spring of 2026, in milliseconds since 1970.
const WORLD_BEGINS_MS: u64 = 1_775_000_000_000;

/// One in so many syncs is followed by the checkpoint.
const CHECKPOINT_ONE_IN: u64 = 6;

/// Small, so that segments change within a short life.
const SEGMENT_BYTES: u64 = 96 * 1024;
