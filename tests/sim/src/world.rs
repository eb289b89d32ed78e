//! A world: machines, their network and those who live on them, as far as owners see them.
//!
//! ```text
//!   program ──commands──▶ World ──client of each host──▶ actors in vats, on machines
//!            ──faults───▶       ──deaths, restarts, partitions
//! ```

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hogshead::{Client, Handle, Message, Result, SturdyRef, Value};
use hogshead_netlayer::sim::{SimNetwork, Weather};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, sleep_until};

use crate::coverage::Coverage;
use crate::evidence::Commanded;
use crate::machine::{Machine, Surroundings};
use crate::objects::{Actor, Command, Grant};
use crate::program::Pace;
use crate::random::Random;
use crate::trace::Trace;

mod upkeep;

/// A world.
pub struct World {
    /// Decides everything.
    pub random: Random,
    /// The machines.
    pub machines: Vec<Machine>,
    /// The roots of the vats: `cast[n]` has the number n + 1.
    pub cast: Vec<Member>,
    /// What has been met.
    pub coverage: Coverage,
    /// What happens.
    pub trace: Trace,
    /// How much happens, and between how many.
    pub pace: Pace,
    network: SimNetwork,
    deaths: mpsc::UnboundedReceiver<(usize, u32)>,
    restarts: BTreeMap<(Instant, usize), ()>,
    partitions: Vec<(Instant, usize, usize)>,
    notes: Arc<Mutex<Notes>>,
    next_op: u64,
    next_share: u32,
}

/// Who is known by name.
pub struct Member {
    /// The name of the vat, and of its root.
    pub name: String,
    /// The machine that it is on.
    pub machine: usize,
}

/// What owners have been told. Written by tasks.
#[derive(Default)]
pub struct Notes {
    /// By command.
    pub commands: BTreeMap<u64, Commanded>,
    /// References on paper, by sharing: whose, and whether it is still good.
    pub shares: BTreeMap<u32, Share>,
    /// Sharings that were revoked, and the first command after that.
    pub revoked: BTreeMap<u32, u64>,
    /// What must not be.
    pub faults: Vec<String>,
    /// Evictions that were done.
    pub evictions: u64,
    /// Runs of the collector that freed something.
    pub collections: u64,
    /// The next command, for those who are told of something later.
    now: u64,
}

/// A reference on paper.
#[derive(Clone)]
pub struct Share {
    /// Whose.
    pub actor: usize,
    /// The paper.
    pub paper: SturdyRef,
}

impl World {
    /// Machines that run, and a cast that does not know each other yet.
    pub async fn new(seed: u64) -> Result<Self> {
        let mut random = Random::new(seed);
        let pace = Pace::drawn(&mut random);
        let weather = Weather {
            latency_min: Duration::from_micros(random.within(100, 5_000)),
            latency_max: Duration::from_millis(random.within(6, 60)),
            break_one_in: [0, 150, 600][random.index(3)],
            silence: Duration::from_secs(random.within(1, 10)),
        };
        let network = SimNetwork::new(random.next_u64(), weather);
        let (told, deaths) = mpsc::unbounded_channel();
        let begun = Instant::now();
        let around = Surroundings { network: network.clone(), begun, deaths: told };
        let machines: Vec<_> =
            (0..pace.machines).map(|index| Machine::new(index, &around, random.fork())).collect();
        let mut world = Self {
            random,
            machines,
            cast: Vec::new(),
            coverage: Coverage::default(),
            trace: Trace::new(),
            pace,
            network,
            deaths,
            restarts: BTreeMap::new(),
            partitions: Vec::new(),
            notes: Arc::default(),
            next_op: 1,
            next_share: 1,
        };
        world.populate().await?;
        Ok(world)
    }

    async fn populate(&mut self) -> Result<()> {
        for machine in 0..self.machines.len() {
            let started = self.machines[machine].start().await;
            started.map_err(|e| hogshead::Error::refused(e.to_string()))?;
        }
        for vat in 0..self.pace.vats {
            let name = format!("vat-{vat}");
            // Every machine has one; the others are where chance puts them.
            let everywhere = vat < self.machines.len();
            let machine = if everywhere { vat } else { self.random.index(self.machines.len()) };
            let client = self.client(machine)?;
            let admin = client.admin();
            let actor = u32::try_from(vat + 1).unwrap_or(u32::MAX);
            admin.ask().vat_new(name.clone()).await?;
            let clock = admin.ask().clock(name.clone()).await?;
            let init = Value::list([Value::from(actor), clock]);
            admin.ask().spawn(name.clone(), KIND.into(), init, Some(name.clone())).await?;
            self.cast.push(Member { name, machine });
        }
        for actor in 0..self.cast.len() {
            self.share_now(actor).await?;
        }
        for actor in 0..self.cast.len() {
            for slot in 0..self.pace.friends {
                let share = self.random.within(1, u64::from(self.next_share) - 1);
                let share = u32::try_from(share).unwrap_or(1);
                self.introduce(actor, share, slot);
                self.pass(Duration::from_millis(200)).await;
            }
        }
        Ok(())
    }

    /// What owners have been told.
    pub fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many commands were given.
    pub fn commands(&self) -> u64 {
        self.next_op
    }

    /// The owner's way into a machine.
    pub fn client(&self, machine: usize) -> Result<Client> {
        let client = self.machines.get(machine).and_then(Machine::client);
        client.cloned().ok_or_else(|| hogshead::Error::refused("the machine is down"))
    }

    /// A handle on a member of the cast; it need not be there yet.
    pub fn handle(&self, actor: usize) -> Result<Handle<dyn Actor>> {
        let client = self.client(self.cast[actor].machine)?;
        let lookup = Message::new("lookup", [Value::from(self.cast[actor].name.as_str())]);
        let (handle, _answer) = client.pipeline(&client.admin(), lookup);
        Ok(handle?.cast())
    }

    fn next_op(&mut self) -> u64 {
        let op = self.next_op;
        self.next_op += 1;
        self.notes().now = self.next_op;
        op
    }

    /// Has somebody do something. What comes of it is noted later.
    pub fn command(&mut self, actor: usize, command: Command) {
        let Ok(handle) = self.handle(actor) else { return };
        let op = self.next_op();
        self.trace.note(format_args!("{op}: {} {command:?}", self.cast[actor].name));
        self.begin(op, actor, Some(command.clone()));
        let (notes, trace) = (Arc::clone(&self.notes), self.trace.clone());
        tokio::spawn(async move {
            let outcome = handle.ask().act(op, command).await;
            end(&notes, &trace, op, outcome);
        });
    }

    fn begin(&self, op: u64, actor: usize, command: Option<Command>) {
        let actor = u32::try_from(actor + 1).unwrap_or(u32::MAX);
        self.notes().commands.insert(op, Commanded { actor, command, outcome: None });
    }

    /// Gives somebody a reference that is on paper.
    pub fn introduce(&mut self, actor: usize, share: u32, slot: u32) {
        let Some(Share { actor: whom, paper }) = self.notes().shares.get(&share).cloned() else {
            return;
        };
        let (Ok(handle), Ok(client)) = (self.handle(actor), self.client(self.cast[actor].machine))
        else {
            return;
        };
        let op = self.next_op();
        let (who, to) = (&self.cast[actor].name, &self.cast[whom].name);
        self.trace.note(format_args!("{op}: {who} gets {to} by sharing {share} in slot {slot}"));
        self.begin(op, actor, None);
        let to = u32::try_from(whom + 1).unwrap_or(u32::MAX);
        let (notes, trace) = (Arc::clone(&self.notes), self.trace.clone());
        tokio::spawn(async move {
            let kept = async {
                let live = client.admin().ask().enliven(paper).await?;
                let live = client.handle(&live);
                let live = live.ok_or_else(|| hogshead::Error::refused("it is no reference"))?;
                let what = live.cast().cap();
                handle.ask().keep(Grant { op, slot, to, share, from: 0, what }).await?;
                Ok(1)
            };
            let outcome = kept.await;
            end(&notes, &trace, op, outcome);
        });
    }

    /// Keeps two machines apart for a while.
    pub fn part(&mut self, one: usize, other: usize, time: Duration) {
        if one == other {
            return;
        }
        self.trace.note(format_args!("machines {one} and {other} are parted for {time:?}"));
        self.network.partition(&self.machines[one].address, &self.machines[other].address);
        self.partitions.push((Instant::now() + time, one, other));
        self.coverage.partitions += 1;
    }

    /// Breaks every connection.
    pub fn cut_all(&mut self) {
        self.trace.note("every connection is cut");
        self.network.cut_all();
    }

    /// Plans the death of a machine's host at the call to its disk after so many.
    pub fn plan_death(&mut self, machine: usize, calls: u64) {
        if self.machines[machine].is_up() {
            self.trace.note(format_args!("machine {machine} will die after {calls} calls"));
            self.machines[machine].plan_death(calls);
        }
    }

    /// A machine's host dies.
    pub fn kill(&mut self, machine: usize) {
        if !self.machines[machine].is_up() {
            return;
        }
        self.trace.note(format_args!("machine {machine} dies"));
        self.machines[machine].kill();
        self.coverage.crashes += 1;
        self.plan_restart(machine);
    }

    /// A machine's host stops in good order.
    pub async fn stop(&mut self, machine: usize) {
        if !self.machines[machine].is_up() {
            return;
        }
        let stopped = self.machines[machine].stop().await;
        let how = stopped.map_or_else(|error| error.to_string(), |()| "in good order".to_owned());
        self.trace.note(format_args!("machine {machine} stops: {how}"));
        self.coverage.stops += 1;
        self.plan_restart(machine);
    }

    fn plan_restart(&mut self, machine: usize) {
        let longest = if self.random.one_in(4) { 4_000 } else { self.pace.restart_ms };
        let pause = Duration::from_millis(self.random.below(longest));
        self.restarts.insert((Instant::now() + pause, machine), ());
    }

    async fn restart(&mut self, machine: usize) {
        // Now and then it dies again while it recovers.
        if self.random.one_in(5) && !self.coverage.faults_are_over {
            let calls = self.random.below(8);
            self.machines[machine].plan_death(calls);
        }
        match self.machines[machine].start().await {
            Ok(()) => self.trace.note(format_args!("machine {machine} runs again")),
            Err(error) => {
                self.trace.note(format_args!("machine {machine} died as it started: {error}"));
                self.coverage.crashes += 1;
                self.coverage.deaths_in_recovery += 1;
                self.plan_restart(machine);
            }
        }
    }

    /// Lets time pass; who dies meanwhile is buried, who is to be started again is started.
    pub async fn pass(&mut self, time: Duration) {
        let until = Instant::now() + time;
        loop {
            let next = self.restarts.keys().next().copied();
            let heal = self.partitions.iter().map(|(at, ..)| *at).min();
            let due = [next.map(|(at, _)| at), heal].into_iter().flatten().min();
            let due = due.map_or(until, |at| at.min(until));
            tokio::select! {
                biased;
                Some((machine, start)) = self.deaths.recv() => {
                    if self.machines[machine].starts == start {
                        self.coverage.deaths_at_the_disk += 1;
                        self.kill(machine);
                    }
                    continue;
                }
                () = sleep_until(due) => {}
            }
            let now = Instant::now();
            self.heal(now);
            if let Some((at, machine)) = next.filter(|(at, _)| *at <= now) {
                self.restarts.remove(&(at, machine));
                self.restart(machine).await;
            }
            if now >= until {
                return;
            }
        }
    }

    fn heal(&mut self, now: Instant) {
        let (over, last) = self.partitions.drain(..).partition(|(at, ..)| *at <= now);
        self.partitions = last;
        let over: Vec<(Instant, usize, usize)> = over;
        for (_, one, other) in over {
            let apart = |(_, a, b): &(Instant, usize, usize)| {
                (*a, *b) == (one, other) || (*b, *a) == (one, other)
            };
            if !self.partitions.iter().any(apart) {
                self.network.heal(&self.machines[one].address, &self.machines[other].address);
            }
        }
    }

    /// No more faults: everything that is apart meets, everybody who died is started again.
    pub async fn end_faults(&mut self) {
        self.trace.note("faults are over");
        self.coverage.faults_are_over = true;
        let calm = Weather { break_one_in: 0, ..Weather::default() };
        self.network.set_weather(calm);
        for machine in &self.machines {
            machine.forget_death();
        }
        for (at, ..) in &mut self.partitions {
            *at = Instant::now();
        }
        let begun = Instant::now();
        while !self.machines.iter().all(Machine::is_up) || !self.partitions.is_empty() {
            self.pass(Duration::from_millis(500)).await;
            if begun.elapsed() > START_TIME {
                self.notes().faults.push("a machine does not start again".to_owned());
                return;
            }
        }
    }

    /// Waits a little without looking after anybody.
    pub async fn idle(&self, time: Duration) {
        sleep(time).await;
    }
}

fn end(notes: &Mutex<Notes>, trace: &Trace, op: u64, outcome: Result<u64>) {
    trace.note(format_args!("{op}: {}", told(&outcome.as_ref().copied())));
    let outcome = outcome.map_err(|error| error.class().as_str().to_owned());
    if let Some(commanded) = lock(notes).commands.get_mut(&op) {
        commanded.outcome = Some(outcome);
    }
}

fn told(outcome: &std::result::Result<u64, &hogshead::Error>) -> String {
    match outcome {
        Ok(done) => format!("done {done}"),
        Err(error) => error.to_string(),
    }
}

fn lock(notes: &Mutex<Notes>) -> MutexGuard<'_, Notes> {
    notes.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How long machines may take to be up again after faults.
const START_TIME: Duration = Duration::from_secs(120);

/// The kind of the cast.
const KIND: &str = "hogshead-sim/player";
