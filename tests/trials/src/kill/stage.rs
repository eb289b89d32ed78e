//! The two hosts of the kill trial, and whoever calls them.

use std::path::Path;
use std::time::{Duration, Instant};

use hogshead::{Client, Handle, SturdyRef, Typed, Value};

use super::books::{Account, Statements};
use super::load::Load;
use super::objects::{Bookkeeper, Collector, Errand, Ledger, Numberer, Receiver, Runner, Sender};
use super::{Outcome, Plan};
use crate::host_process::{Failure, HostProcess, Start};

/// The stage.
pub struct Stage {
    plan: Plan,
    callee: Side,
    caller: Side,
    ends: Ends,
    told: [Account; 2],
    last: Statements,
    /// Innocent deliveries that a start which was killed had marked, and the next one parked.
    retried: u64,
    // Goes with the stage.
    _folder: tempfile::TempDir,
}

/// A host.
struct Side {
    start: Start,
    process: Option<HostProcess>,
}

/// What this process and the runners hold of the objects.
struct Ends {
    /// Of the callee's host.
    here: Here,
    /// Of the caller's host.
    there: There,
}

struct Here {
    client: Client,
    ledger: Handle<dyn Ledger>,
    runner: Handle<dyn Runner>,
    sender: Handle<dyn Sender>,
    receiver: Handle<dyn Receiver>,
}

struct There {
    client: Client,
    ledger: Handle<dyn Ledger>,
    runner: Handle<dyn Runner>,
}

/// The callers' numbers in the ledger.
const OUTSIDE: u32 = 0;
const OUTSIDE_REMOTE: u32 = 1;
const RUNNER_REMOTE: u32 = 2;
const RUNNER_LOCAL: u32 = 3;

const HERE_VATS: [&str; 4] = ["ledger", "errands", "from", "to"];
const THERE_VATS: [&str; 1] = ["errands"];
const VAT_ZERO: &str = "host";

impl Stage {
    /// Starts the hosts and makes the objects.
    pub async fn set(plan: &Plan) -> Result<Self, Failure> {
        let folder = tempfile::Builder::new().prefix("hogshead-kill-").tempdir()?;
        let mut callee = Side::new(folder.path(), "callee", plan);
        let mut caller = Side::new(folder.path(), "caller", plan);
        callee.begin(plan).await?;
        caller.begin(plan).await?;
        let client = callee.running()?.client().await?;
        make_vats(&client, &HERE_VATS).await?;
        let ledger = spawn::<Bookkeeper>(&client, "ledger", "ledger").await?;
        spawn::<Errand>(&client, "errands", "runner").await?;
        spawn::<Numberer>(&client, "from", "sender").await?;
        spawn::<Collector>(&client, "to", "receiver").await?;
        let shared = client.admin().ask().share(ledger.value(), None, "for B".into()).await?;
        let here = Here::find(client).await?;
        here.runner.ask().connect(here.ledger.cap(), RUNNER_LOCAL).await?;
        here.sender.ask().connect(here.receiver.cap()).await?;

        let client = caller.running()?.client().await?;
        make_vats(&client, &THERE_VATS).await?;
        spawn::<Errand>(&client, "errands", "runner").await?;
        let shared = Value::SturdyRef(Box::<SturdyRef>::new(shared));
        client.admin().ask().name("ledger".into(), shared).await?;
        let there = There::find(client).await?;
        let ends = Ends { here, there };
        let (told, last) = Default::default();
        let (plan, retried) = (plan.clone(), 0);
        Ok(Self { plan, callee, caller, ends, told, last, retried, _folder: folder })
    }

    /// Puts everybody to work.
    pub fn enter(&self, load: &mut Load) {
        let Ends { here, there } = &self.ends;
        load.call(&here.ledger, OUTSIDE);
        load.call(&there.ledger, OUTSIDE_REMOTE);
        load.run(&here.runner);
        load.run(&there.runner);
        load.send(&here.sender);
    }

    /// Kills one host or both.
    pub async fn kill(&mut self, callee: bool, caller: bool) -> Result<(), Failure> {
        for side in self.sides(callee, caller) {
            side.process.take().ok_or("the host is not there")?.kill().await?;
        }
        Ok(())
    }

    /// Checks what lies on the disks of dead hosts.
    pub async fn check(&mut self, callee: bool, caller: bool) -> Result<Vec<String>, Failure> {
        let mut faults = Vec::new();
        for side in self.sides(callee, caller) {
            let store = side.start.data.join("store");
            let report =
                tokio::task::spawn_blocking(move || hogshead_store::check::check(&store)).await??;
            faults.extend(report.problems.iter().map(|p| format!("store check: {p}")));
        }
        Ok(faults)
    }

    /// Starts what was killed, and kills it in the middle of its recovery.
    pub async fn strike(
        &mut self,
        callee: bool,
        caller: bool,
        after: Duration,
    ) -> Result<(), Failure> {
        let program = self.plan.program.clone();
        for side in self.sides(callee, caller) {
            HostProcess::start_and_kill(&program, &side.start, after).await?;
        }
        Ok(())
    }

    /// Starts what was killed, and looks at what its recovery made of it.
    pub async fn start(
        &mut self,
        callee: bool,
        caller: bool,
        outcome: &mut Outcome,
        faults: &mut Vec<String>,
    ) -> Result<(), Failure> {
        let plan = self.plan.clone();
        for side in self.sides(callee, caller) {
            let began = Instant::now();
            side.begin(&plan).await?;
            outcome.starts.push(began.elapsed());
            let found = side.running()?.found_at_start();
            faults.extend(found.iter().map(|what| format!("after recovery: {what}")));
        }
        Ok(())
    }

    fn sides(&mut self, callee: bool, caller: bool) -> impl Iterator<Item = &mut Side> {
        let callee = callee.then_some(&mut self.callee);
        callee.into_iter().chain(caller.then_some(&mut self.caller))
    }

    /// Notes what callers were told.
    pub fn note(&mut self, told: Vec<(u32, Account)>) {
        for (caller, account) in told {
            self.told[caller as usize].add(account);
        }
    }

    /// Finds everything anew, as after any start.
    pub async fn reconnect(&mut self) -> Result<(), Failure> {
        self.ends.here = Here::find(self.callee.running()?.client().await?).await?;
        self.ends.there = There::find(self.caller.running()?.client().await?).await?;
        Ok(())
    }

    /// Has each host write a snapshot, which lets its journal be shortened.
    pub async fn snapshot(&self) -> Result<(), Failure> {
        for (side, client) in
            [(&self.callee, &self.ends.here.client), (&self.caller, &self.ends.there.client)]
        {
            let folder = side.start.data.with_extension("snapshots");
            let text = folder.to_str().ok_or("a path that is not UTF-8")?.to_owned();
            client.admin().ask().snapshot(text).await?;
            std::fs::remove_dir_all(folder)?;
        }
        Ok(())
    }

    /// Waits until nothing is under way, then compares everybody's books and audits the vats.
    /// After a kill in the middle of a recovery innocent deliveries may be parked: then their
    /// owner has them run again.
    pub async fn compare(
        &mut self,
        patience: Duration,
        struck: bool,
    ) -> Result<Vec<String>, Failure> {
        let began = Instant::now();
        let (reordered, retried) = (self.last.reordered, self.retried);
        self.last = loop {
            if struck {
                let Ends { here, there } = &self.ends;
                self.retried += retry(&here.client, &HERE_VATS).await?;
                self.retried += retry(&there.client, &THERE_VATS).await?;
            }
            let statements = self.statements().await?;
            if statements.is_quiet() || began.elapsed() > patience {
                break statements;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        let (sent, taken) = self.last.pair;
        self.last.reordered = match self.retried > retried {
            true => sent.disorder + taken.disorder,
            false => reordered,
        };
        let mut faults = self.last.faults();
        for side in self.sides(true, true) {
            let process = side.process.as_mut().ok_or("the host is not there")?;
            faults.extend(process.audit().await?.iter().map(|what| format!("audit: {what}")));
        }
        let Ends { here, there } = &self.ends;
        faults.extend(parked(&here.client, &HERE_VATS).await?);
        faults.extend(parked(&there.client, &THERE_VATS).await?);
        Ok(faults)
    }

    async fn statements(&self) -> Result<Statements, Failure> {
        let Ends { here, there } = &self.ends;
        let local = here.runner.ask().tally().await?;
        let remote = there.runner.ask().tally().await?;
        let sent = here.sender.ask().tally().await?;
        let taken = here.receiver.ask().taken().await?;
        Ok(Statements {
            books: here.ledger.ask().books().await?,
            callers: vec![(OUTSIDE, self.told[0]), (OUTSIDE_REMOTE, self.told[1])],
            remote_runners: vec![(RUNNER_REMOTE, remote)],
            local_runners: vec![(RUNNER_LOCAL, local)],
            pair: (sent, taken),
            reordered: 0,
        })
    }

    /// Adds up what the trial has done.
    pub fn sum_up(&self, outcome: &mut Outcome) {
        outcome.told = self.told.iter().map(|account| account.told).sum();
        outcome.cut_off = self.told.iter().map(|account| account.cut_off).sum();
        outcome.local = self.last.local_runners.iter().map(|(_, tally)| tally.told).sum();
        outcome.retried = self.retried;
        outcome.pair = self.last.pair.1.count;
        let remote = self.last.remote_runners.first().map(|(_, tally)| (tally.asked, tally.told));
        outcome.remote = remote.unwrap_or_default();
    }

    /// Stops the hosts in good order.
    pub async fn clear(self) -> Result<(), Failure> {
        let Self { callee, caller, ends, .. } = self;
        drop(ends);
        for side in [callee, caller] {
            if let Some(process) = side.process {
                process.stop().await?;
            }
        }
        Ok(())
    }
}

impl Side {
    fn new(folder: &Path, name: &str, plan: &Plan) -> Self {
        let start = Start::new(&folder.join(name)).with_engine(plan.engine);
        Self { start, process: None }
    }

    /// Starts the host; from then on it listens where it listened the first time.
    async fn begin(&mut self, plan: &Plan) -> Result<(), Failure> {
        let process = HostProcess::start(&plan.program, &self.start).await?;
        self.start = self.start.clone().listening(process.listening()?);
        self.process = Some(process);
        Ok(())
    }

    fn running(&self) -> Result<&HostProcess, Failure> {
        Ok(self.process.as_ref().ok_or("the host is not there")?)
    }
}

impl Here {
    async fn find(client: Client) -> Result<Self, Failure> {
        Ok(Self {
            ledger: find(&client, "ledger").await?.cast(),
            runner: find(&client, "runner").await?.cast(),
            sender: find(&client, "sender").await?.cast(),
            receiver: find(&client, "receiver").await?.cast(),
            client,
        })
    }
}

impl There {
    async fn find(client: Client) -> Result<Self, Failure> {
        let runner: Handle<dyn Runner> = find(&client, "runner").await?.cast();
        let began = Instant::now();
        // The old connection may not be known to be dead yet.
        let ledger: Handle<dyn Ledger> = loop {
            let found = find(&client, "ledger").await;
            let failed = match found {
                Ok(ledger) => {
                    let ledger: Handle<dyn Ledger> = ledger.cast();
                    match ledger.ask().books().await {
                        Ok(_) => break ledger,
                        Err(error) => error.into(),
                    }
                }
                Err(error) => error,
            };
            if began.elapsed() > super::PATIENCE {
                return Err(failed);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        runner.ask().connect(ledger.cap(), RUNNER_REMOTE).await?;
        Ok(Self { client, ledger, runner })
    }
}

async fn make_vats(client: &Client, names: &[&str]) -> Result<(), Failure> {
    for name in names {
        client.admin().ask().vat_new((*name).to_owned()).await?;
    }
    Ok(())
}

async fn spawn<T: Typed>(client: &Client, vat: &str, name: &str) -> Result<Handle, Failure> {
    let (kind, name) = (T::KIND.name.to_owned(), Some(name.to_owned()));
    let spawned = client.admin().ask().spawn(vat.into(), kind, Value::Undefined, name).await?;
    Ok(client.handle(&spawned).ok_or("no reference")?)
}

async fn find(client: &Client, name: &str) -> Result<Handle, Failure> {
    let found = client.admin().ask().lookup(name.to_owned()).await?;
    Ok(client.handle(&found).ok_or("a name leads to no reference")?)
}

/// Has run again whatever is parked.
async fn retry(client: &Client, vats: &[&str]) -> Result<u64, Failure> {
    let mut retried = 0;
    for vat in vats.iter().chain([&VAT_ZERO]) {
        for wait in client.admin().ask().parked((*vat).to_owned()).await? {
            client.admin().ask().parked_retry((*vat).to_owned(), wait.delivery).await?;
            retried += 1;
        }
    }
    Ok(retried)
}

/// A kill comes while everything runs, so nothing that runs well may ever be parked.
async fn parked(client: &Client, vats: &[&str]) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    for vat in vats.iter().chain([&VAT_ZERO]) {
        let parked = client.admin().ask().parked((*vat).to_owned()).await?;
        found.extend(parked.iter().map(|wait| format!("parked in {vat}: {wait:?}")));
    }
    Ok(found)
}
