//! Hosts that die and come back, and who lives on them.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hogshead::{Client, Clock, Handle, Host, HostError, VirtualClock};
use tempfile::TempDir;

use super::cast::{Actor, builder, cast, look_up, soon};

/// A host that comes back at the same folder and address.
pub struct Home {
    pub folder: TempDir,
    /// Nothing while it is dead.
    pub host: Option<Host>,
    pub address: Option<SocketAddr>,
    idle: Duration,
    /// Nothing means the machine's.
    clock: Option<Arc<VirtualClock>>,
}

impl Home {
    pub async fn new(idle: Duration) -> Self {
        Self::build(idle, None).await
    }

    /// A host whose time is what its owner says.
    pub async fn timed(idle: Duration, clock: &Arc<VirtualClock>) -> Self {
        Self::build(idle, Some(Arc::clone(clock))).await
    }

    async fn build(idle: Duration, clock: Option<Arc<VirtualClock>>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut home = Self { folder, host: None, address: None, idle, clock };
        home.start().await;
        home
    }

    pub fn at(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub async fn start(&mut self) {
        let free = "127.0.0.1:0".parse().unwrap();
        let address = self.address.unwrap_or(free);
        let start = || {
            let host = builder(&self.at()).idle(self.idle).listen(address);
            match &self.clock {
                Some(clock) => host.clock(Arc::clone(clock) as Arc<dyn Clock>).start(),
                None => host.start(),
            }
        };
        let begun = Instant::now();
        // What a crash leaves holds the port for a moment.
        let host = loop {
            match start().await {
                Err(HostError::Listen { .. }) if begun.elapsed() < Duration::from_secs(10) => {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
                started => break started.unwrap(),
            }
        };
        self.address = host.listening();
        self.host = Some(host);
    }

    /// Ends it as a crash would.
    pub fn crash(&mut self) {
        drop(self.host.take());
    }

    pub async fn client(&self) -> Client {
        self.host.as_ref().unwrap().client().await.unwrap()
    }

    pub async fn actor(&self, name: &str) -> Handle<dyn Actor> {
        look_up(&self.client().await, name).await
    }
}

/// Longer than a test.
pub const LONG: Duration = Duration::from_secs(3600);

/// Alice on one host keeps a reference to Bob on another, under `bob`.
pub async fn couple(idle: Duration) -> (Home, Home) {
    let (hers, his) = (Home::new(idle).await, Home::new(idle).await);
    let alice = cast(&hers.client().await, "alice").await;
    let bob = cast(&his.client().await, "bob").await;
    introduce(&alice, &bob, "bob").await;
    (hers, his)
}

/// Has `whom` keep a reference to `to` of another host under a word.
pub async fn introduce(whom: &Handle<dyn Actor>, to: &Handle<dyn Actor>, word: &str) {
    let shared = to.client().admin().ask().share(to.value(), None, "x".into()).await.unwrap();
    let live = whom.client().admin().ask().enliven(shared).await.unwrap();
    soon(whom.ask().keep(word.into(), live)).await.unwrap();
    let pinged = whom.ask().ask(word.into(), "notes".into(), vec![]);
    soon(pinged).await.unwrap();
}
