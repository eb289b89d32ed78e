//! Accepting: connections stay apart until the peer has said something.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, oneshot};
use tokio::time::timeout;

use super::{Inner, stream};
use crate::channel::Role;

/// The pause after the system refused to accept, since it will refuse again at once.
const REFUSED_PAUSE: Duration = Duration::from_millis(100);

/// Accepts until the netlayer is shut down.
pub(super) async fn run(inner: Arc<Inner>, listener: TcpListener) {
    let mut down = inner.down.subscribe();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = down.wait_for(|down| *down) => return,
        };
        let (stream, from) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(REFUSED_PAUSE).await;
                continue;
            }
        };
        let Ok(permit) = Arc::clone(&inner.room).try_acquire_owned() else {
            tracing::debug!(%from, "there are too many connections; one was turned away");
            continue;
        };
        let seat = inner.silent.enter();
        tokio::spawn(welcome(Arc::clone(&inner), stream, from, permit, seat));
    }
}

/// Waits for the first byte: who dials speaks first. Then the host takes the channel.
async fn welcome(
    inner: Arc<Inner>,
    stream: TcpStream,
    from: SocketAddr,
    permit: OwnedSemaphorePermit,
    seat: Seat,
) {
    let mut down = inner.down.subscribe();
    let first = async {
        let mut byte = [0];
        matches!(stream.peek(&mut byte).await, Ok(1))
    };
    let Seat { number, given_away } = seat;
    let has_spoken = tokio::select! {
        spoken = timeout(inner.limits.unproven_time, first) => spoken.unwrap_or(false),
        _ = given_away => false,
        _ = down.wait_for(|down| *down) => false,
    };
    inner.silent.leave(number);
    if !has_spoken {
        tracing::debug!(%from, "a peer said nothing");
        return;
    }
    let channel = match stream::channel(&inner, stream, from, Role::Accepted, permit) {
        Ok(channel) => channel,
        Err(error) => {
            tracing::debug!(%from, %error, "a connection was lost at once");
            return;
        }
    };
    // A host that takes no channels for so long has the peer turned away.
    let sent = inner.accepted.send_timeout(channel, inner.limits.unproven_time);
    tokio::select! {
        sent = sent => drop(sent),
        _ = down.wait_for(|down| *down) => {}
    }
}

/// The silent connections. When there are too many, the one that has been silent for longest makes
/// room: a peer that means to speak does so soon.
pub(super) struct Silent {
    seats: Mutex<Seats>,
    most: usize,
}

#[derive(Default)]
struct Seats {
    next: u64,
    taken: BTreeMap<u64, oneshot::Sender<()>>,
}

/// A place among the silent.
struct Seat {
    number: u64,
    /// Ready when the place goes to somebody else.
    given_away: oneshot::Receiver<()>,
}

impl Silent {
    pub(super) fn new(most: usize) -> Self {
        Self { seats: Mutex::default(), most }
    }

    pub(super) fn count(&self) -> usize {
        self.lock().taken.len()
    }

    fn enter(&self) -> Seat {
        let (give_away, given_away) = oneshot::channel();
        let mut seats = self.lock();
        let number = seats.next;
        seats.next = number.wrapping_add(1);
        seats.taken.insert(number, give_away);
        while seats.taken.len() > self.most.max(1) {
            seats.taken.pop_first();
        }
        Seat { number, given_away }
    }

    fn leave(&self, number: u64) {
        self.lock().taken.remove(&number);
    }

    fn lock(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
