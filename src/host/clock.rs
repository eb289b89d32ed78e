//! The clocks that a host can be given.

use std::pin::Pin;
use std::time::Duration;

use hogshead_objects::ids::Timestamp;
use tokio::sync::watch;

use crate::limits::CLOCK_LOOK;

/// What waits for a time.
pub type Wait<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Gives the time. The host's own is the system's; tests bring another.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970.
    fn now(&self) -> Timestamp;

    /// How much time has passed since some moment, by a clock that nobody sets. By it the host
    /// finds out that the other was set. Without one of its own, a clock is believed as long as the
    /// host runs.
    fn elapsed(&self) -> Duration {
        Duration::from_millis(self.now().0)
    }

    /// Comes back when it is `due`, or earlier: whoever waits looks at the time again, and a clock
    /// may be set meanwhile. Without one of its own, a clock is waited for by tokio's.
    fn until(&self, due: Timestamp) -> Wait<'_> {
        let wait = Duration::from_millis(due.0.saturating_sub(self.now().0));
        Box::pin(tokio::time::sleep(wait.min(CLOCK_LOOK)))
    }

    /// The clock itself, if it shows what its owner says.
    fn as_virtual(&self) -> Option<&VirtualClock> {
        None
    }
}

/// The system's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the host reads the time")]
    fn now(&self) -> Timestamp {
        let since =
            std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Timestamp(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }

    /// With the time that the machine slept, where the system counts it.
    fn elapsed(&self) -> Duration {
        #[cfg(target_os = "linux")]
        let clock = rustix::time::ClockId::Boottime;
        #[cfg(not(target_os = "linux"))]
        let clock = rustix::time::ClockId::Monotonic;
        let now = rustix::time::clock_gettime(clock);
        let seconds = u64::try_from(now.tv_sec).unwrap_or_default();
        Duration::new(seconds, u32::try_from(now.tv_nsec).unwrap_or_default())
    }
}

/// A clock that stands still until it is told to go on: for tests, and for owners who want to see
/// today what happens in a year.
///
/// A host does not let its vats see a time that goes back. If the clock is set back, they see the
/// old time until the clock is past it; and a host that has seen a later time at an earlier start
/// sets the clock to that.
///
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
///
/// use hogshead::{Clock, Host, Timestamp, VirtualClock};
///
/// # tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
/// let clock = Arc::new(VirtualClock::new(Timestamp(1_000)));
/// let folder = tempfile::tempdir()?;
/// let data = folder.path().join("data");
/// let host = Host::builder(&data).clock(clock.clone()).start().await?;
/// clock.advance(Duration::from_secs(365 * 24 * 3600));
/// assert_eq!(clock.now(), Timestamp(31_536_001_000));
/// host.shutdown().await?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct VirtualClock {
    now: watch::Sender<Timestamp>,
}

impl VirtualClock {
    /// A clock that stands at `now`.
    pub fn new(now: Timestamp) -> Self {
        Self { now: watch::Sender::new(now) }
    }

    /// Sets the clock.
    pub fn set(&self, now: Timestamp) {
        self.now.send_replace(now);
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.now.send_modify(|now| *now = Timestamp(now.0.saturating_add(by)));
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        *self.now.borrow()
    }

    fn until(&self, due: Timestamp) -> Wait<'_> {
        let mut now = self.now.subscribe();
        Box::pin(async move {
            // It ends with the clock, which whoever waits holds.
            let _ = now.wait_for(|now| *now >= due).await;
        })
    }

    fn as_virtual(&self) -> Option<&VirtualClock> {
        Some(self)
    }
}

/// A time as people read it, in UTC.
pub(crate) fn text(time: Timestamp) -> String {
    // What comes later has no four digits for its year.
    const YEAR_10000: u64 = 253_402_300_800_000;
    if time.0 >= YEAR_10000 {
        return format!("{} ms after 1970", time.0);
    }
    let time = std::time::UNIX_EPOCH + Duration::from_millis(time.0);
    humantime::format_rfc3339_millis(time).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_as_people_read_it() {
        assert_eq!(text(Timestamp(0)), "1970-01-01T00:00:00.000Z");
        assert_eq!(text(Timestamp(253_402_300_799_999)), "9999-12-31T23:59:59.999Z");
        assert_eq!(text(Timestamp(u64::MAX)), "18446744073709551615 ms after 1970");
    }

    #[tokio::test]
    async fn who_waits_for_a_virtual_time_is_woken_by_it() {
        let clock = VirtualClock::new(Timestamp(100));
        clock.until(Timestamp(100)).await;
        let wait = clock.until(Timestamp(200));
        clock.advance(Duration::from_millis(60));
        clock.set(Timestamp(150));
        clock.advance(Duration::from_millis(50));
        wait.await;
        assert_eq!(clock.now(), Timestamp(200));
        assert!(clock.as_virtual().is_some() && SystemClock.as_virtual().is_none());
    }

    #[test]
    fn what_has_passed_by_the_systems_clocks_does_not_go_back() {
        let before = SystemClock.elapsed();
        assert!(before > Duration::ZERO && SystemClock.elapsed() >= before);
    }
}
