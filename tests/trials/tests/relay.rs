//! The relay of UDP packets itself: what it says it does, seen from both of its sides.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper that fails fails its test")]

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use hogshead_trials::relay::weather::Weather;
use hogshead_trials::relay::{Command, RelayProcess, Start};
use tokio::net::UdpSocket;

/// Somebody who sends by a relay, and somebody behind it.
struct Ends {
    relay: RelayProcess,
    sender: UdpSocket,
    host: UdpSocket,
}

impl Ends {
    async fn meet(seed: u64, weather: Weather) -> Self {
        let program = PathBuf::from(env!("CARGO_BIN_EXE_trials"));
        let mut relay =
            RelayProcess::start(&program, &Start { seed, ways: 1, weather }).await.unwrap();
        let host = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let sender = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        sender.connect(relay.fronts()[0]).await.unwrap();
        let to = host.local_addr().unwrap();
        relay.tell(Command::Lead { way: 0, to }).await.unwrap();
        Self { relay, sender, host }
    }

    /// The next packet at the host, and the port of the relay that it came by.
    async fn arrival(&self) -> (u32, SocketAddr) {
        let mut buffer = [0; 64];
        let (bytes, from) = soon(self.host.recv_from(&mut buffer)).await.unwrap();
        (u32::from_be_bytes(buffer[..bytes].try_into().unwrap()), from)
    }

    /// Waits until the relay has decided about so many packets and let go of those it keeps.
    async fn settled(&mut self, came: u64) -> hogshead_trials::relay::Counters {
        for _ in 0..1_000 {
            let counters = self.relay.tell(Command::Count).await.unwrap();
            let done = counters.passed + counters.lost + counters.cut - counters.doubled;
            if counters.came == came && done == came {
                return counters;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the relay keeps packets for ever");
    }
}

async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(60), what).await.unwrap()
}

#[tokio::test]
async fn in_calm_weather_packets_pass_both_ways_in_order() {
    let mut ends = Ends::meet(1, Weather::calm()).await;
    for number in 0..100u32 {
        ends.sender.send(&number.to_be_bytes()).await.unwrap();
        let (arrived, from) = ends.arrival().await;
        assert_eq!(arrived, number);
        ends.host.send_to(&number.to_be_bytes(), from).await.unwrap();
        let mut buffer = [0; 64];
        let bytes = soon(ends.sender.recv(&mut buffer)).await.unwrap();
        assert_eq!(buffer[..bytes], number.to_be_bytes());
    }
    let counters = ends.settled(200).await;
    let hurt = counters.lost + counters.cut + counters.doubled + counters.delayed;
    assert_eq!((counters.passed, hurt + counters.reordered), (200, 0), "{counters:?}");
}

#[tokio::test]
async fn in_rough_weather_the_seed_says_which_packets_are_lost_and_they_come_in_another_order() {
    let rough = Weather { loss: 300, delay_ms: 5, jitter_ms: 50, doubled: 50 };
    let mut arrivals = Vec::new();
    for seed in [7, 7, 8] {
        let mut ends = Ends::meet(seed, rough).await;
        ends.relay.tell(Command::Rough).await.unwrap();
        for number in 0..200u32 {
            ends.sender.send(&number.to_be_bytes()).await.unwrap();
            // Paced, so that no socket's buffer runs over.
            tokio::time::sleep(Duration::from_micros(200)).await;
        }
        let counters = ends.settled(200).await;
        println!("seed {seed}: {counters:?}");
        assert!(counters.lost > 20 && counters.doubled > 0, "{counters:?}");
        assert!(counters.delayed > 0 && counters.reordered > 0, "{counters:?}");
        let mut came = Vec::new();
        for _ in 0..counters.passed {
            came.push(ends.arrival().await.0);
        }
        assert!(came.windows(2).any(|pair| pair[0] > pair[1]), "they came in order");
        came.sort_unstable();
        arrivals.push(came);
    }
    assert_eq!(arrivals[0], arrivals[1], "a seed decides");
    assert_ne!(arrivals[0], arrivals[2], "another seed decides otherwise");
}

#[tokio::test]
async fn nothing_passes_while_all_is_cut_off_and_a_changed_port_brings_answers_back() {
    let mut ends = Ends::meet(1, Weather::calm()).await;
    ends.sender.send(&1u32.to_be_bytes()).await.unwrap();
    let (_, before) = ends.arrival().await;
    ends.relay.tell(Command::Cut).await.unwrap();
    ends.sender.send(&2u32.to_be_bytes()).await.unwrap();
    assert_eq!(ends.settled(2).await.cut, 1);
    ends.relay.tell(Command::Calm).await.unwrap();
    assert_eq!(ends.relay.tell(Command::Rebind).await.unwrap().rebound, 1);
    ends.sender.send(&3u32.to_be_bytes()).await.unwrap();
    let (number, after) = ends.arrival().await;
    assert_eq!(number, 3, "what was cut off does not arrive later");
    assert_ne!(before, after, "it comes from another port");
    ends.host.send_to(&4u32.to_be_bytes(), after).await.unwrap();
    let mut buffer = [0; 64];
    let bytes = soon(ends.sender.recv(&mut buffer)).await.unwrap();
    assert_eq!(buffer[..bytes], 4u32.to_be_bytes());
    assert_eq!(ends.settled(4).await.followed, 1);
}
