//! A town with a bank: traders on three machines move money about while machines die, connections
//! break and vats are evicted; and there is always as much money as was issued.
//!
//! ```text
//!   seed ──▶ trades, deaths ──▶ bank (machine 0), traders (machines 0, 1, 2)
//!                                 │ at any moment: not more in purses than was issued
//!                                 ▼ in the end: neither more nor less
//!                               findings
//! ```

pub mod objects;

use std::collections::BTreeMap;
use std::time::Duration;

use hogshead::{Client, Error, Handle, Message, Result, Value};
use hogshead_netlayer::sim::{SimNetwork, Weather};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout};

use crate::machine::{Machine, Surroundings};
use crate::random::Random;
use objects::{Bank, Trade, Trader};

/// What came of a seed.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Report {
    /// What must not be, a line each.
    pub findings: Vec<String>,
    /// Payments that succeeded.
    pub paid: u64,
    /// Payments that were refused.
    pub refused: u64,
    /// Purses that were drawn out of others.
    pub drawn: u64,
    /// Machines that died.
    pub deaths: u64,
    /// Times that the bank was counted while all went on.
    pub counted: u64,
}

/// Runs a seed, on this thread and nowhere else.
pub fn run(seed: u64) -> Report {
    run_losing(seed, 0)
}

/// Runs a seed in which the bank loses a purse with so much in it, which must be found out.
pub fn run_losing(seed: u64, lost: u64) -> Report {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime without any driver of the system's");
    runtime.block_on(async {
        let mut town = Town::new(seed);
        let lived = timeout(TOWN_TIME, town.live(lost)).await;
        let trouble = match lived {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(format!("the town did not come to be: {error}")),
            Err(_) => Some("the town came to no end".to_owned()),
        };
        town.report.findings.extend(trouble);
        town.report
    })
}

struct Town {
    random: Random,
    machines: Vec<Machine>,
    network: SimNetwork,
    deaths: mpsc::UnboundedReceiver<(usize, u32)>,
    restarts: BTreeMap<(Instant, usize), ()>,
    report: Report,
}

impl Town {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let weather = Weather {
            latency_min: Duration::from_micros(random.within(100, 5_000)),
            latency_max: Duration::from_millis(random.within(6, 60)),
            break_one_in: [0, 150, 600][random.index(3)],
            silence: Duration::from_secs(random.within(1, 10)),
        };
        let network = SimNetwork::new(random.next_u64(), weather);
        let (told, deaths) = mpsc::unbounded_channel();
        let around = Surroundings { network: network.clone(), begun: Instant::now(), deaths: told };
        let machines =
            (0..MACHINES).map(|index| Machine::new(index, &around, random.fork())).collect();
        let restarts = BTreeMap::new();
        Self { random, machines, network, deaths, restarts, report: Report::default() }
    }

    async fn live(&mut self, lost: u64) -> Result<()> {
        for machine in &mut self.machines {
            machine.start().await.map_err(|e| Error::refused(e.to_string()))?;
        }
        self.populate().await?;
        if lost > 0 {
            self.bank()?.ask().lose(lost).await?;
        }
        for _ in 0..self.random.within(80, 140) {
            let pause = Duration::from_millis(self.random.below(150));
            self.pass(pause).await;
            match self.random.below(100) {
                0..=69 => self.trade(),
                70..=77 => self.evict(),
                78..=83 => {
                    let machine = self.random.index(MACHINES);
                    self.kill(machine);
                }
                84..=91 => {
                    let (machine, calls) = (self.random.index(MACHINES), self.random.below(10));
                    self.machines[machine].plan_death(calls);
                }
                92..=94 => self.network.cut_all(),
                _ => self.count().await,
            }
        }
        self.end().await;
        Ok(())
    }

    /// A bank with purses, and traders who have some of them and know each other.
    async fn populate(&mut self) -> Result<()> {
        let at_bank = self.client(0)?;
        settle(&at_bank, "hogshead-sim/bank", BANK).await?;
        let mut traders = Vec::new();
        for machine in 0..MACHINES {
            let (client, name) = (self.client(machine)?, trader(machine));
            let spawned = settle(&client, "hogshead-sim/trader", &name).await?;
            traders.push(client.admin().ask().share(spawned, None, name).await?);
        }
        for slot in 0..SLOTS {
            let amount = self.random.within(1, 1_000);
            let made = self.bank()?.ask().make(amount).await?;
            let shared = at_bank.admin().ask().share(made.into(), None, "purse".into()).await?;
            // Some know the same: what is in it can be spent once all the same.
            for machine in 0..MACHINES {
                if machine == slot as usize % MACHINES || self.random.one_in(2) {
                    let client = self.client(machine)?;
                    let live = client.admin().ask().enliven(shared.clone()).await?;
                    let purse = hogshead::codec::from_value(live)?;
                    self.trader(machine)?.ask().know(slot, purse).await?;
                }
            }
        }
        for (slot, paper) in (0..).zip(&traders) {
            for machine in 0..MACHINES {
                let client = self.client(machine)?;
                let live = client.admin().ask().enliven(paper.clone()).await?;
                let other = hogshead::codec::from_value(live)?;
                self.trader(machine)?.ask().meet(slot, other).await?;
            }
        }
        Ok(())
    }

    fn client(&self, machine: usize) -> Result<Client> {
        let client = self.machines[machine].client().cloned();
        client.ok_or_else(|| Error::refused("the machine is down"))
    }

    fn bank(&self) -> Result<Handle<dyn Bank>> {
        self.named(0, BANK).map(|handle| handle.cast())
    }

    fn trader(&self, machine: usize) -> Result<Handle<dyn Trader>> {
        self.named(machine, &trader(machine)).map(|handle| handle.cast())
    }

    fn named(&self, machine: usize, name: &str) -> Result<Handle> {
        let client = self.client(machine)?;
        let lookup = Message::new("lookup", [Value::from(name)]);
        client.pipeline(&client.admin(), lookup).0
    }

    fn trade(&mut self) {
        let machine = self.random.index(MACHINES);
        let mut slot = || u32::try_from(self.random.below(u64::from(SLOTS))).unwrap_or(0);
        let (from, to) = (slot(), slot());
        let others = u32::try_from(self.random.index(MACHINES)).unwrap_or(0);
        let amount = match self.random.below(12) {
            0 => 0,
            1 => u64::MAX,
            2 => self.random.within(1, 5_000),
            _ => self.random.within(1, 200),
        };
        let times = u32::try_from(self.random.within(1, 3)).unwrap_or(1);
        let trade = match self.random.below(10) {
            0..=6 => Trade::Pay { from, to, amount, times },
            7..=8 => Trade::Withdraw { from, amount, at: to },
            _ => Trade::Give { what: from, to: others, at: to },
        };
        if let Ok(trader) = self.trader(machine) {
            tokio::spawn(async move { trader.ask().trade(trade).await });
        }
    }

    fn evict(&mut self) {
        let machine = self.random.index(MACHINES);
        let vat = if self.random.one_in(2) { BANK.to_owned() } else { trader(machine) };
        let machine = if vat == BANK { 0 } else { machine };
        if let Ok(client) = self.client(machine) {
            tokio::spawn(async move { client.admin().ask().vat_evict(vat).await.map(drop) });
        }
    }

    fn kill(&mut self, machine: usize) {
        if self.machines[machine].is_up() {
            self.machines[machine].kill();
            self.report.deaths += 1;
            let pause = Duration::from_millis(self.random.below(3_000));
            self.restarts.insert((Instant::now() + pause, machine), ());
        }
    }

    /// Counts what is in the bank's own purses, if the bank answers.
    async fn count(&mut self) {
        let Ok(bank) = self.bank() else { return };
        if let Ok(Ok((issued, sum))) = timeout(Duration::from_secs(1), bank.ask().audit()).await {
            self.report.counted += 1;
            if sum > issued {
                self.report.findings.push(format!("there is {sum} of {issued} that were issued"));
            }
        }
    }

    /// Lets time pass; who dies meanwhile is buried, who is to be started again is started.
    async fn pass(&mut self, time: Duration) {
        sleep(time).await;
        while let Ok((machine, start)) = self.deaths.try_recv() {
            if self.machines[machine].starts == start {
                self.kill(machine);
            }
        }
        let now = Instant::now();
        while let Some((at, machine)) =
            self.restarts.keys().next().copied().filter(|at| at.0 <= now)
        {
            self.restarts.remove(&(at, machine));
            if self.machines[machine].start().await.is_err() {
                let again = Duration::from_millis(self.random.below(1_000));
                self.restarts.insert((Instant::now() + again, machine), ());
            }
        }
    }

    /// No more faults; when everybody has his answers, everything is counted.
    async fn end(&mut self) {
        self.network.set_weather(Weather { break_one_in: 0, ..Weather::default() });
        for machine in &self.machines {
            machine.forget_death();
        }
        let begun = Instant::now();
        let mut last = "nobody could be asked".to_owned();
        while begun.elapsed() < REST_TIME {
            self.pass(Duration::from_millis(500)).await;
            match timeout(Duration::from_secs(10), self.total()).await {
                Ok(Ok((0, issued, sum))) if issued == sum => return,
                Ok(Ok((0, issued, sum))) => {
                    let wrong = format!("{sum} of {issued} that were issued are left");
                    return self.report.findings.push(wrong);
                }
                Ok(Ok((waits, ..))) => last = format!("{waits} answers have not come"),
                Ok(Err(error)) => last = error.to_string(),
                Err(_) => last = "the answer to a question did not come".to_owned(),
            }
        }
        self.report.findings.push(format!("there is no rest: {last}"));
    }

    /// How many answers traders wait for, what was issued, and what is in all purses.
    async fn total(&mut self) -> Result<(u64, u64, u64)> {
        let (mut waits, mut paid, mut refused, mut drawn, mut withdrawn) = (0, 0, 0, 0, 0);
        for machine in 0..MACHINES {
            let books = self.trader(machine)?.ask().books().await?;
            (waits, paid, refused) = (waits + books.0, paid + books.1, refused + books.2);
        }
        if waits > 0 {
            return Ok((waits, 0, 0));
        }
        let (issued, sum) = self.bank()?.ask().audit().await?;
        for machine in 0..MACHINES {
            let client = self.client(machine)?;
            for purse in self.trader(machine)?.ask().own().await? {
                withdrawn += client.handle_on(&purse).ask().balance().await?;
                drawn += 1;
            }
        }
        (self.report.paid, self.report.refused, self.report.drawn) = (paid, refused, drawn);
        Ok((0, issued, sum + withdrawn))
    }
}

/// A vat with an object in it, both under one name.
async fn settle(client: &Client, kind: &str, name: &str) -> Result<Value> {
    let (admin, name) = (client.admin(), name.to_owned());
    admin.ask().vat_new(name.clone()).await?;
    admin.ask().spawn(name.clone(), kind.to_owned(), Value::Undefined, Some(name)).await
}

fn trader(machine: usize) -> String {
    format!("trader-{machine}")
}

const BANK: &str = "bank";
const MACHINES: usize = 3;
const SLOTS: u32 = 6;

/// How long a town may last, in its own time.
const TOWN_TIME: Duration = Duration::from_secs(3600);

/// How long it may take to come to rest: a peer that was away is dialled again within a minute.
const REST_TIME: Duration = Duration::from_secs(900);
