//! Dialling: the addresses in turn, at each a connection, on it a stream with its preface.

use std::net::SocketAddr;
use std::sync::Arc;

use hogshead_objects::ids::VatId;
use hogshead_objects::keys::HostingCertificate;
use hogshead_objects::locator::Locator;
use hogshead_objects::preface::Refusal;
use tokio::time::{Instant, sleep, timeout};

use super::link::Link;
use super::stream::{QuicSink, QuicSource, describe};
use super::{Inner, NAME, accept, endpoint, tls};
use crate::channel::{Channel, Mode};
use crate::error::{Attempt, Cause, DialError, PrefaceError, Step};
use crate::handshake::{Stream, StreamError, Where, Wish, own_certificate};
use crate::limits::{ADDRESS_TEXT_BYTES_MAX, ADDRESSES_MAX, RESOLVED_MAX};
use crate::way::Way;

/// Who wants whom, and how; not yet on which connection.
struct Goal {
    us: HostingCertificate,
    to: VatId,
    mode: Mode,
}

type Failed = (Step, Cause);

impl Inner {
    pub(super) async fn dial(
        self: &Arc<Self>,
        from: VatId,
        to: &Locator,
        mode: Mode,
    ) -> Result<Channel, DialError> {
        if self.is_down() {
            return Err(DialError::ShutDown);
        }
        let Way { vat, addresses } = Way::read(to, NAME)?;
        let us = own_certificate(from, &self.key, self.vats.as_ref())?;
        let goal = Goal { us, to: vat, mode: mode.min(self.config.most) };
        let mut attempts = Vec::new();
        let mut current = addresses.first().cloned().unwrap_or_default();
        let all = async {
            for address in addresses.iter().take(ADDRESSES_MAX) {
                current.clone_from(address);
                match self.dial_text(address, &goal).await {
                    Ok(channel) => return Some(channel),
                    Err((step, cause)) => {
                        attempts.push(Attempt { address: address.clone(), step, cause });
                    }
                }
            }
            None
        };
        let mut down = self.down.subscribe();
        let done = tokio::select! {
            done = timeout(self.config.limits.dial_time, all) => done,
            _ = down.wait_for(|down| *down) => return Err(DialError::ShutDown),
        };
        match done {
            Ok(Some(channel)) => return Ok(channel),
            Ok(None) => {}
            Err(_) => {
                let (step, cause) = (Step::Connect, Cause::Timeout);
                attempts.push(Attempt { address: current, step, cause });
            }
        }
        Err(DialError::tried(to, attempts))
    }

    async fn dial_text(self: &Arc<Self>, text: &str, goal: &Goal) -> Result<Channel, Failed> {
        let mut failed = (Step::Resolve, Cause::Address("it has no addresses".into()));
        for address in resolve(text).await? {
            match self.dial_at(address, goal).await {
                Ok(channel) => return Ok(channel),
                Err(error) => failed = error,
            }
        }
        Err(failed)
    }

    /// On the connection that is there, and on a new one if that one is of no use any more.
    async fn dial_at(
        self: &Arc<Self>,
        address: SocketAddr,
        goal: &Goal,
    ) -> Result<Channel, Failed> {
        let existing = self.pool.at(address);
        if let Some(link) = &existing {
            match self.open(link, address, goal).await {
                Ok(channel) => return Ok(channel),
                // The host at this very address has answered; a new connection would ask it again.
                Err(error @ (_, Cause::Preface { .. })) if link.dialled => return Err(error),
                // A second connection is no way around the limit on sessions.
                Err(error) if is_full(&error.1) => return Err(error),
                Err((step, cause)) => tracing::debug!(%address, %step, %cause, "connecting anew"),
            }
        }
        let lock = self.pool.dial_lock(address);
        let turn = lock.lock().await;
        let other = self
            .pool
            .at(address)
            .filter(|link| existing.as_ref().is_none_or(|existing| !Arc::ptr_eq(existing, link)));
        let link = match other {
            Some(link) => link,
            None => self.connect(address).await?,
        };
        drop(turn);
        self.open(&link, address, goal).await
    }

    async fn connect(self: &Arc<Self>, address: SocketAddr) -> Result<Arc<Link>, Failed> {
        let fail = |cause: Cause| (Step::Connect, cause);
        let pause = self.pool.pause(address, Instant::now());
        if pause > self.config.limits.dial_time / 2 {
            let ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
            return Err(fail(Cause::Backoff(ms)));
        }
        sleep(pause).await;
        let busy = || fail(Cause::Connection("this host has too many connections".into()));
        let _permit = self.dials.acquire().await.map_err(|_| busy())?;
        let ticket = self.admission.dial().ok_or_else(busy)?;
        let connecting = self
            .endpoint
            .connect(address, tls::SERVER_NAME)
            .map_err(|error| (Step::Resolve, Cause::Address(error.to_string().into())))?;
        let connected = timeout(self.config.limits.handshake_time, connecting).await;
        let connection = match connected {
            Ok(Ok(connection)) => connection,
            failed => {
                self.pool.record_failure(address, Instant::now());
                return Err(fail(match failed {
                    Ok(Err(quinn::ConnectionError::TimedOut)) | Err(_) => Cause::Timeout,
                    Ok(Err(error)) => Cause::Connection(describe(&error).into()),
                    Ok(Ok(_)) => Cause::Timeout,
                }));
            }
        };
        self.pool.record_success(address);
        if tls::peer(&connection) == Some(self.us) {
            connection.close(super::CLOSE_OURSELVES, b"");
            return Err(fail(Cause::Ourselves));
        }
        let adopted = accept::adopt(self, connection, true, ticket);
        adopted.ok_or_else(|| fail(Cause::Connection("the handshake was incomplete".into())))
    }

    async fn open(
        &self,
        link: &Arc<Link>,
        address: SocketAddr,
        goal: &Goal,
    ) -> Result<Channel, Failed> {
        let lost = |cause: String| (Step::Open, Cause::Connection(cause.into()));
        let slot = link.slot(true).ok_or_else(|| lost("the connection is closed".to_owned()))?;
        let opened = timeout(self.config.limits.preface_time, link.connection.open_bi()).await;
        let (send, receive) = match opened {
            Ok(Ok(streams)) => streams,
            Ok(Err(error)) => return Err(lost(describe(&error))),
            Err(_) => return Err((Step::Open, Cause::Full)),
        };
        let binding = link.binding(send.id(), self.us, true);
        let source = Box::new(QuicSource::new(receive, Arc::clone(&slot)));
        let stream = Stream::new(QuicSink(send), source, &self.config.limits);
        let place = Where { address: address.to_string(), netlayer: NAME };
        let guard = Arc::clone(&slot);
        let wish = Wish { binding, us: goal.us.clone(), wanted: goal.to, mode: goal.mode };
        let dialled = stream.dial(wish, &self.ours(), place, guard).await;
        let channel = dialled.map_err(|error| {
            let cause = match error {
                StreamError::Preface(error) => Cause::Preface { host: link.host, error },
                StreamError::Timeout => Cause::Timeout,
                StreamError::Channel(error) => {
                    // A host that refused our TLS identity closes only now; its reason is the
                    // connection's.
                    let reason = link.connection.close_reason();
                    let text = reason.map_or_else(|| error.to_string(), |error| describe(&error));
                    Cause::Connection(text.into())
                }
            };
            (Step::Preface, cause)
        })?;
        slot.prove();
        Ok(channel)
    }
}

fn is_full(cause: &Cause) -> bool {
    let busy = PrefaceError::Refused(Refusal::Busy);
    matches!(cause, Cause::Full) || matches!(cause, Cause::Preface { error, .. } if *error == busy)
}

/// Reads an address, `host:port`, and looks its name up.
async fn resolve(text: &str) -> Result<Vec<SocketAddr>, Failed> {
    let bad = |why: &str| (Step::Resolve, Cause::Address(why.into()));
    if text.len() > ADDRESS_TEXT_BYTES_MAX {
        return Err(bad("it is too long"));
    }
    if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(bad("it has spaces or control characters"));
    }
    match text.rsplit_once(':') {
        Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok_and(|p| p != 0) => {}
        _ => return Err(bad("it is not of the form host:port")),
    }
    let found = tokio::net::lookup_host(text).await.map_err(|_| (Step::Resolve, Cause::Name))?;
    Ok(found.map(endpoint::canonical).take(RESOLVED_MAX).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn addresses_are_host_and_port_and_nothing_else() {
        for good in ["127.0.0.1:4", "[::1]:4", "localhost:4"] {
            assert!(resolve(good).await.is_ok(), "{good}");
        }
        let long = format!("{}:4", "a".repeat(ADDRESS_TEXT_BYTES_MAX));
        for bad in ["", "here", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:99999", ":4", "a b:4", &long]
        {
            let error = resolve(bad).await.unwrap_err();
            assert!(matches!(error, (Step::Resolve, Cause::Address(_))), "{bad}");
        }
    }
}
