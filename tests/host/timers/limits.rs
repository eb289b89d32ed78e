//! Limits of what owners see of timers and how long they wait for them, in simulated time.

use std::sync::Arc;
use std::time::Duration;

use hogshead::stock::clock::{CatchUp, Ticked};
use hogshead::{Class, Client, Handle, Timestamp, VirtualClock};

use super::super::cast::{spawn, until};
use super::super::inline::simulated;
use super::{Bell, HOUR, Ringer, SECOND, START, YEAR, clock_of};

/// A bell in a vat of its own.
async fn bell(client: &Client, name: &str) -> Handle<dyn Ringer> {
    client.admin().ask().vat_new(name.into()).await.unwrap();
    spawn(client, name, "hogshead/bell", name).await
}

#[tokio::test(start_paused = true)]
async fn of_many_vats_with_timers_those_that_are_due_first_are_shown() {
    const SHOWN: usize = 20;
    let clock = Arc::new(VirtualClock::new(Timestamp(START)));
    let host = simulated(1, |builder| builder.clock(clock).register::<Bell>()).await;
    let client = host.client().await.unwrap();
    let mut expected = Vec::new();
    // The last is due first.
    for nth in (0..=SHOWN as u64).rev() {
        let name = format!("tower-{nth}");
        let bell = bell(&client, &name).await.cast::<dyn Ticked>();
        let due = START + HOUR + nth * SECOND;
        clock_of(&client, &name).await.ask().once(Timestamp(due), bell.cap()).await.unwrap();
        expected.insert(0, (name, due));
    }
    let shown = client.admin().ask().clock_show().await.unwrap().due;
    let shown: Vec<_> = shown.into_iter().map(|due| (due.vat, due.due_ms)).collect();
    assert_eq!(shown, expected[..SHOWN]);
}

#[tokio::test(start_paused = true)]
async fn an_owner_does_not_wait_for_ever_until_everything_has_fired() {
    const FIRING_TIME: Duration = Duration::from_secs(20);
    let clock = Arc::new(VirtualClock::new(Timestamp(START)));
    let host = simulated(1, |builder| {
        builder.clock(clock).register::<Bell>().pace(|| Duration::from_secs(1))
    });
    let host = host.await;
    let client = host.client().await.unwrap();
    let bell = bell(&client, "tower").await;
    let hers = clock_of(&client, "tower").await;
    let every = hers.ask().every(SECOND, CatchUp::All, bell.cast::<dyn Ticked>().cap());
    let timer = every.await.unwrap();
    // Thirty million ticks are due.
    let begun = tokio::time::Instant::now();
    let late = client.admin().ask().clock_advance(YEAR).await.unwrap_err();
    assert_eq!(late.class(), Class::Busy, "{late}");
    assert!(late.message().contains("has not all fired yet"), "{late}");
    assert!(begun.elapsed() >= FIRING_TIME);
    // The clock was set, and goes on firing.
    assert_eq!(client.admin().ask().clock_show().await.unwrap().now_ms, START + YEAR);
    let heard = bell.ask().heard().await.unwrap().len();
    assert!(heard > 0);
    until("more has fired", || async { bell.ask().heard().await.unwrap().len() > heard }).await;
    assert!(client.handle_on(&timer).ask().cancel().await.unwrap());
}
