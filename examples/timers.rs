//! How does an object wait for a year? It has a clock, and sleeps.
//!
//! `cargo run --example timers`

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use hogshead::stock::clock::{CatchUp, Clock, Ticked};
use hogshead::{
    Cap, Context, Host, HostError, Promise, Result, Timestamp, Typed, VirtualClock, codec,
};
use serde::{Deserialize, Serialize};

/// What callers see.
#[hogshead::interface]
pub trait Cellar {
    /// Lays a cask down; the promise is kept when it is ripe.
    fn lay_down(&mut self, cx: &mut Context<'_>, years: u64) -> Result<Promise<String>>;

    /// The casks that are ripe, and how often somebody has looked after all of them.
    fn look(&self, cx: &mut Context<'_>) -> Result<(Vec<String>, u64)>;
}

/// What is kept. To know the time is a capability, which its owner hands it.
#[derive(Serialize, Deserialize)]
struct Vault {
    clock: Cap<dyn Clock>,
    ripe: Vec<String>,
    visits: u64,
}

#[hogshead::object(
    name = "vault",
    version = 1,
    interfaces(Ticked),
    construct = |clock| Ok(Vault { clock: codec::from_value(clock)?, ripe: Vec::new(), visits: 0 }),
    continuations
)]
impl Cellar for Vault {
    fn lay_down(&mut self, cx: &mut Context<'_>, years: u64) -> Result<Promise<String>> {
        let due = self.clock.send(cx).after(years * YEAR.as_millis() as u64)?;
        due.then(cx, Self::on_ripe, years)
    }

    fn look(&self, _cx: &mut Context<'_>) -> Result<(Vec<String>, u64)> {
        Ok((self.ripe.clone(), self.visits))
    }
}

impl Ticked for Vault {
    fn tick(&mut self, _cx: &mut Context<'_>, count: u64, _due: Timestamp) -> Result<()> {
        self.visits += count;
        Ok(())
    }
}

#[hogshead::continuations]
impl Vault {
    #[continuation]
    fn on_ripe(
        &mut self,
        _cx: &mut Context<'_>,
        due: Result<Timestamp>,
        years: u64,
    ) -> Result<String> {
        due?;
        let cask = format!("{years} years old");
        self.ripe.push(cask.clone());
        Ok(cask)
    }
}

const YEAR: Duration = Duration::from_secs(365 * 24 * 3600);
const DAY_MS: u64 = 24 * 3600 * 1000;

/// A host whose clock stands still until somebody moves it. Without one it goes by the system's.
async fn start(data: &Path, clock: &Arc<VirtualClock>) -> Result<Host, HostError> {
    Host::builder(data).register::<Vault>().clock(clock.clone()).start().await
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let clock = Arc::new(VirtualClock::new(Timestamp(1_800_000_000_000)));
    let host = start(&data, &clock).await?;
    let client = host.client().await?;
    let admin = client.admin();
    admin.ask().vat_new("cellar".into()).await?;
    let hers = admin.ask().clock("cellar".into()).await?;
    let (kind, name) = (Vault::KIND.name.to_owned(), Some("vault".to_owned()));
    let vault = admin.ask().spawn("cellar".into(), kind, hers.clone(), name).await?;
    let vault = client.handle(&vault).ok_or("no reference")?.cast::<dyn Cellar>();

    // Two casks, and somebody who comes by every day. If he could not, once he can he is told for
    // how many days that was.
    let (twelve, _fifteen) = (vault.ask().lay_down(12), vault.ask().lay_down(15));
    let daily = client.handle(&hers).ok_or("no clock")?.cast::<dyn Clock>();
    daily.ask().every(DAY_MS, CatchUp::Once, vault.cast::<dyn Ticked>().cap()).await?;
    assert_eq!(vault.ask().look().await?, (vec![], 0));

    // Meanwhile the vat is cold: it costs its records, and its timer wakes it.
    admin.ask().vat_evict("cellar".into()).await?;
    clock.advance(12 * YEAR);
    assert_eq!(twelve.await?, "12 years old");
    println!("{:?}", vault.ask().look().await?);

    // And what comes due while there is no host at all fires when there is one.
    drop((vault, daily, admin, client));
    host.shutdown().await?;
    clock.advance(3 * YEAR);
    let host = start(&data, &clock).await?;
    let client = host.client().await?;
    let found = client.admin().ask().lookup("vault".into()).await?;
    let vault = client.handle(&found).ok_or("no reference")?.cast::<dyn Cellar>();
    let (ripe, visits) = loop {
        let (ripe, visits) = vault.ask().look().await?;
        if ripe.len() == 2 && visits == 15 * 365 {
            break (ripe, visits);
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    };
    println!("{ripe:?}, {visits} visits");
    assert_eq!(ripe, ["12 years old", "15 years old"]);
    host.shutdown().await?;
    Ok(())
}
