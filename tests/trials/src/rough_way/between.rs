//! What lies between the two hosts: the relay, or two network namespaces.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, Instant};

use tokio::process::Command as Process;

use super::Plan;
use crate::host_process::{Failure, Start};
use crate::players::Table;
use crate::relay::{self, Command, Counters, RelayProcess};

/// A network namespace, with the device and address that lead to the other one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Namespace {
    name: String,
    device: String,
    address: IpAddr,
}

/// What lies between.
pub enum Between {
    Relay(Box<RelayProcess>),
    Namespaces([Namespace; 2]),
}

impl Between {
    /// Opens it; gives how the hosts are started.
    pub async fn open(plan: &Plan, folder: &Path) -> Result<(Self, Vec<Start>), Failure> {
        let start = |number: usize| Start::new(&folder.join(format!("host-{number}")));
        let Some(namespaces) = &plan.namespaces else {
            let relay = relay::Start { seed: plan.seed, ways: 2, weather: plan.weather };
            let relay = RelayProcess::start(&plan.program, &relay).await?;
            let fronts = relay.fronts().iter().enumerate();
            let starts = fronts.map(|(number, front)| start(number).advertising(*front)).collect();
            return Ok((Self::Relay(Box::new(relay)), starts));
        };
        let starts = namespaces.iter().enumerate().map(|(number, namespace)| Start {
            namespace: Some(namespace.name.clone()),
            ..start(number).listening(SocketAddr::new(namespace.address, 0))
        });
        Ok((Self::Namespaces(namespaces.clone()), starts.collect()))
    }

    /// Lets it lead to the hosts.
    pub async fn lead(&mut self, table: &Table) -> Result<(), Failure> {
        let Self::Relay(relay) = self else {
            return Ok(());
        };
        for (way, seat) in table.seats().iter().enumerate() {
            relay.tell(Command::Lead { way, to: seat.running()?.listening()? }).await?;
        }
        Ok(())
    }

    /// Makes it rough, also after everything was cut off.
    pub async fn rough(&mut self) -> Result<(), Failure> {
        match self {
            Self::Relay(relay) => relay.tell(Command::Rough).await.map(drop),
            // It is as rough as whoever made them wanted.
            Self::Namespaces([left, _]) => left.device("up").await,
        }
    }

    /// Cuts everything off.
    pub async fn cut(&mut self) -> Result<(), Failure> {
        match self {
            Self::Relay(relay) => relay.tell(Command::Cut).await.map(drop),
            Self::Namespaces([left, _]) => left.device("down").await,
        }
    }

    /// Has the hosts come from other addresses. Namespaces have one each.
    pub async fn rebind(&mut self) -> Result<(), Failure> {
        match self {
            Self::Relay(relay) => relay.tell(Command::Rebind).await.map(drop),
            Self::Namespaces(_) => Ok(()),
        }
    }

    /// Waits until the relay has cut a packet off: on a slow machine nobody sends one for a while.
    pub async fn has_cut(&mut self, patience: Duration) -> Result<(), Failure> {
        let began = Instant::now();
        while began.elapsed() < patience && self.counters().await?.is_some_and(|c| c.cut == 0) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// What the relay has done.
    pub async fn counters(&mut self) -> Result<Option<Counters>, Failure> {
        match self {
            Self::Relay(relay) => Ok(Some(relay.tell(Command::Count).await?)),
            Self::Namespaces(_) => Ok(None),
        }
    }
}

impl Namespace {
    async fn device(&self, state: &str) -> Result<(), Failure> {
        let mut command = Process::new("ip");
        command.args(["-n", &self.name, "link", "set", "dev", &self.device, state]);
        let status = command.status().await?;
        if status.success() { Ok(()) } else { Err(format!("{command:?}: {status}").into()) }
    }
}

impl FromStr for Namespace {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts: Vec<&str> = text.split(',').collect();
        let [name, device, address] = parts[..] else {
            return Err(format!("{text} is not name,device,address"));
        };
        let address = address.parse().map_err(|e| format!("{address}: {e}"))?;
        Ok(Self { name: name.to_owned(), device: device.to_owned(), address })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_namespace_is_a_name_a_device_and_an_address() {
        let namespace: Namespace = "left,veth0,10.0.0.1".parse().unwrap();
        let address = "10.0.0.1".parse().unwrap();
        let (name, device) = ("left".to_owned(), "veth0".to_owned());
        assert_eq!(namespace, Namespace { name, device, address });
        assert!("left,veth0".parse::<Namespace>().unwrap_err().contains("name,device,address"));
        assert!("left,veth0,home".parse::<Namespace>().unwrap_err().starts_with("home: "));
    }
}
