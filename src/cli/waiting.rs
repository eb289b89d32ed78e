//! Who is being waited for, said while a call has no answer.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hogshead::Value;
use hogshead::admin::SessionInfo;
use serde_json::json;

use super::arguments::shown;
use super::failure::Failure;
use super::output::{Output, printable, write_err};
use super::owner::Owner;
use super::sessions;

/// A call, and what it is made of.
pub struct Call<'c> {
    pub owner: &'c Owner,
    pub out: Output,
    /// What it goes to: a name or a sturdyref.
    pub target: Value,
    /// Whether the message has been handed over.
    pub sent: &'c AtomicBool,
}

impl Call<'_> {
    /// Waits for `work`, and says who is away as soon as it takes long; a call that is given up for
    /// that reason says so.
    pub async fn wait<T>(
        &self,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        tokio::pin!(work);
        let mut told = Vec::new();
        loop {
            let looked = async {
                tokio::time::sleep(LOOK_PAUSE).await;
                self.absent().await
            };
            let absent = tokio::select! {
                biased;
                done = &mut work => return self.blame(done).await,
                absent = looked => absent,
            };
            let peers: Vec<_> = absent.iter().map(|session| session.peer.clone()).collect();
            if peers != told {
                absent.iter().for_each(|session| self.tell(session));
                told = peers;
            }
        }
    }

    /// Who is away; nobody, if that cannot be said.
    async fn absent(&self) -> Vec<SessionInfo> {
        let asked = self.owner.client().admin().ask().awaited(self.target.clone());
        match tokio::time::timeout(LOOK_TIME, asked).await {
            Ok(Ok(absent)) => absent,
            _ => Vec::new(),
        }
    }

    async fn blame<T>(&self, done: Result<T, Failure>) -> Result<T, Failure> {
        match done {
            Err(failure) if failure.is_late() => match self.absent().await.first() {
                Some(session) => Err(failure.away(&named(session), self.is_sent())),
                None => Err(failure),
            },
            done => done,
        }
    }

    fn tell(&self, session: &SessionInfo) {
        let sent = self.is_sent();
        if self.out.is_json() {
            let waiting = json!({
                "peer": session.peer,
                "petname": session.petname,
                "away_since_ms": session.silent_ms.or(session.heard_ms),
                "sent": sent,
            });
            return write_err(&json!({"waiting": waiting}).to_string());
        }
        let kept = match sent {
            true => "the message is kept",
            false => "nothing was sent yet",
        };
        let line = format!("waiting for {}; Ctrl-C stops the waiting: {kept}", named(session));
        write_err(&format!("hogshead: {}", printable(&line)));
    }

    fn is_sent(&self) -> bool {
        self.sent.load(Ordering::Acquire)
    }
}

fn named(session: &SessionInfo) -> String {
    let peer = sessions::peer(session);
    if let Some(since) = session.silent_ms {
        return format!("{peer}, which has taken nothing since {}", shown(since));
    }
    match session.heard_ms {
        Some(heard) => format!("{peer}, away since {}", shown(heard)),
        None => format!("{peer}, which was never reached"),
    }
}

/// How long a call may take before it is asked who is away, and how often after that.
const LOOK_PAUSE: Duration = Duration::from_secs(2);

/// How long the host may take to say it.
const LOOK_TIME: Duration = Duration::from_secs(2);
