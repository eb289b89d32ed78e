//! Where players sit: a host process each, and whoever starts, kills, asks and compares them.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use hogshead::{Client, Handle, SturdyRef, Typed, Value};

use super::ledger::{self, Ledger};
use super::page::Leaf;
use super::player::{Player, Restless};
use crate::host_process::{FREE_PORT, Failure, HostProcess, Start};

/// Hosts as processes, with a player in a vat of each.
pub struct Table {
    program: PathBuf,
    seats: Vec<Seat>,
}

/// A host.
pub struct Seat {
    /// How it is started.
    pub start: Start,
    process: Option<HostProcess>,
}

impl Table {
    /// Starts a host for each of `starts`, by `program`, which is the `trials` binary.
    pub async fn lay(program: PathBuf, starts: Vec<Start>) -> Result<Self, Failure> {
        let seats = starts.into_iter().map(|start| Seat { start, process: None }).collect();
        let mut table = Self { program, seats };
        let all: Vec<usize> = (0..table.seats.len()).collect();
        table.start(&all).await?;
        Ok(table)
    }

    /// Makes a player at each seat, and has all know each other.
    pub async fn introduce(&self) -> Result<(), Failure> {
        let mut players = Vec::new();
        let mut homes = Vec::new();
        for (me, seat) in self.seats.iter().enumerate() {
            let client = seat.running()?.client().await?;
            let admin = client.admin();
            admin.ask().vat_new(VAT.to_owned()).await?;
            let (vat, kind) = (VAT.to_owned(), Restless::KIND.name.to_owned());
            let name = Some(NAME.to_owned());
            let spawned = admin.ask().spawn(vat, kind, Value::Undefined, name).await?;
            let player = client.handle(&spawned).ok_or("no reference")?.cast::<dyn Player>();
            let device = admin.ask().enlivener(VAT.to_owned()).await?;
            player.ask().sit(me as u32, device).await?;
            homes.push(admin.ask().share(player.value(), None, "the others".to_owned()).await?);
            players.push(player);
        }
        for (me, player) in players.iter().enumerate() {
            for (number, home) in homes.iter().enumerate().filter(|(number, _)| *number != me) {
                meet(player, number as u32, home).await?;
            }
        }
        Ok(())
    }

    /// Has everybody play, so many plays at a time each.
    pub async fn begin(&self, plays: u32, seed: u64) -> Result<(), Failure> {
        for (me, player) in self.players().await?.iter().enumerate() {
            player.ask().begin(plays, seed.wrapping_add(me as u64)).await?;
        }
        Ok(())
    }

    /// Has everybody end what they began, compares their ledgers, audits the vats, and gives the
    /// ledgers and what is wrong.
    pub async fn compare(
        &mut self,
        patience: Duration,
    ) -> Result<(Vec<Ledger>, Vec<String>), Failure> {
        let players = self.players().await?;
        for player in &players {
            player.ask().rest().await?;
        }
        let began = Instant::now();
        let (ledgers, mut faults) = loop {
            let ledgers = asked(&players).await?;
            let mut faults = ledger::faults(&ledgers);
            let lost = ledgers.iter().any(Ledger::is_spoiled);
            if faults.is_empty() {
                faults = self.left().await?;
            }
            if faults.is_empty() || lost || began.elapsed() > patience {
                break (ledgers, faults);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        };
        for seat in &mut self.seats {
            let process = seat.process.as_mut().ok_or("the host is not there")?;
            faults.extend(process.audit().await?.iter().map(|what| format!("audit: {what}")));
        }
        Ok((ledgers, faults))
    }

    /// What everybody says at the moment.
    pub async fn ledgers(&self) -> Result<Vec<Ledger>, Failure> {
        asked(&self.players().await?).await
    }

    /// Has each host write a snapshot, which lets its journal be shortened.
    pub async fn snapshot(&self) -> Result<(), Failure> {
        for seat in &self.seats {
            let folder = seat.start.data.with_extension("snapshots");
            let text = folder.to_str().ok_or("a path that is not UTF-8")?.to_owned();
            seat.running()?.client().await?.admin().ask().snapshot(text).await?;
            std::fs::remove_dir_all(folder)?;
        }
        Ok(())
    }

    /// Kills hosts with SIGKILL.
    pub async fn kill(&mut self, seats: &[usize]) -> Result<(), Failure> {
        for &seat in seats {
            let process = self.seats[seat].process.take();
            process.ok_or("the host is not there")?.kill().await?;
        }
        Ok(())
    }

    /// Checks what lies on the disk of a dead host.
    pub async fn check(&self, seat: usize) -> Result<Vec<String>, Failure> {
        let store = self.seats[seat].start.data.join("store");
        let report =
            tokio::task::spawn_blocking(move || hogshead_store::check::check(&store)).await??;
        Ok(report.problems.iter().map(|problem| format!("store check: {problem}")).collect())
    }

    /// Has a host that does not run listen at another port from its next start on.
    pub fn move_away(&mut self, seat: usize) {
        let start = &mut self.seats[seat].start;
        start.listen.set_port(FREE_PORT.port());
    }

    /// Starts hosts, and gives what the audit finds right after their recovery. From then on each
    /// listens where it listens now.
    pub async fn start(&mut self, seats: &[usize]) -> Result<Vec<String>, Failure> {
        let mut faults = Vec::new();
        for &seat in seats {
            let seat = &mut self.seats[seat];
            let process = HostProcess::start(&self.program, &seat.start).await?;
            seat.start.listen.set_port(process.port()?);
            let found = process.found_at_start();
            faults.extend(found.iter().map(|what| format!("after recovery: {what}")));
            seat.process = Some(process);
        }
        Ok(faults)
    }

    /// Lets all hosts stop in good order.
    pub async fn clear(self) -> Result<(), Failure> {
        for seat in self.seats {
            if let Some(process) = seat.process {
                process.stop().await?;
            }
        }
        Ok(())
    }

    /// The hosts.
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// What should not be there once nothing is under way: deliveries that a start parked, and
    /// pages that nobody holds.
    async fn left(&self) -> Result<Vec<String>, Failure> {
        let mut left = Vec::new();
        for (number, seat) in self.seats.iter().enumerate() {
            let client = seat.running()?.client().await?;
            for vat in [VAT, VAT_ZERO] {
                let parked = client.admin().ask().parked(vat.to_owned()).await?;
                left.extend(parked.iter().map(|wait| format!("host {number} parked {wait:?}")));
            }
            let shown = client.admin().ask().vat_show(VAT.to_owned()).await?;
            let pages = shown.objects.iter().filter(|object| object.kind == Leaf::KIND.name);
            match pages.count() {
                0 => {}
                pages => left.push(format!("host {number} keeps {pages} pages of nobody's")),
            }
        }
        Ok(left)
    }

    async fn players(&self) -> Result<Vec<Handle<dyn Player>>, Failure> {
        let mut players = Vec::new();
        for seat in &self.seats {
            players.push(player(&seat.running()?.client().await?).await?);
        }
        Ok(players)
    }
}

impl Seat {
    /// Its process.
    pub fn running(&self) -> Result<&HostProcess, Failure> {
        Ok(self.process.as_ref().ok_or("the host is not there")?)
    }
}

/// Has a player know another. A hello that is lost on a bad way is said again.
async fn meet(player: &Handle<dyn Player>, number: u32, home: &SturdyRef) -> Result<(), Failure> {
    let began = Instant::now();
    loop {
        match player.ask().meet(number, home.clone()).await {
            Ok(()) => return Ok(()),
            Err(error) if began.elapsed() > PATIENCE => return Err(error.into()),
            Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
        }
    }
}

async fn player(client: &Client) -> Result<Handle<dyn Player>, Failure> {
    let found = client.admin().ask().lookup(NAME.to_owned()).await?;
    Ok(client.handle(&found).ok_or("a name leads to no reference")?.cast())
}

async fn asked(players: &[Handle<dyn Player>]) -> Result<Vec<Ledger>, Failure> {
    let mut ledgers = Vec::new();
    for player in players {
        ledgers.push(player.ask().ledger().await?);
    }
    Ok(ledgers)
}

/// The vat of a player, and his name in the host's directory.
const VAT: &str = "table";
const NAME: &str = "player";
const VAT_ZERO: &str = "host";

/// How long two players may need to meet: far more than they do.
const PATIENCE: Duration = Duration::from_secs(120);
