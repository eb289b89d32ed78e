//! Dialling: one host and port, each address of that host in turn.

use std::net::SocketAddr;

use hogshead_objects::ids::VatId;
use hogshead_objects::locator::Locator;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::{Inner, NAME, address_of, stream};
use crate::channel::{Channel, Role};
use crate::error::{Cause, DialError, Step};
use crate::limits::{ADDRESS_TEXT_BYTES_MAX, RESOLVED_MAX};

type Failed = (Step, Cause);

impl Inner {
    pub(super) async fn dial(&self, from: VatId, to: &Locator) -> Result<Channel, DialError> {
        let mut down = self.down.subscribe();
        if *down.borrow() {
            return Err(DialError::ShutDown);
        }
        let (peer, netlayer) = (to.peer(), NAME);
        if to.transport.as_str() != NAME {
            return Err(DialError::Transport { peer, netlayer });
        }
        if from != self.vat {
            return Err(DialError::OtherVat { vat: from, netlayer });
        }
        if to.hint("host").is_none() && to.hint("port").is_none() {
            return Err(DialError::NoAddress { peer, netlayer });
        }
        let dialled = tokio::select! {
            dialled = timeout(self.limits.dial_time, self.reach(to)) => dialled,
            _ = down.wait_for(|down| *down) => return Err(DialError::ShutDown),
        };
        dialled
            .unwrap_or(Err((Step::Connect, Cause::Timeout)))
            .map_err(|(step, cause)| DialError::unreachable(to, &address_of(to), step, cause))
    }

    async fn reach(&self, to: &Locator) -> Result<Channel, Failed> {
        if to.designator == self.locator.designator {
            return Err((Step::Resolve, Cause::Ourselves));
        }
        let mut failed = (Step::Resolve, Cause::Address("the host has no addresses".into()));
        for address in resolve(to).await? {
            match self.connect(address).await {
                Ok(channel) => return Ok(channel),
                Err(error) => failed = error,
            }
        }
        Err(failed)
    }

    async fn connect(&self, address: SocketAddr) -> Result<Channel, Failed> {
        let fail = |cause: Cause| (Step::Connect, cause);
        let busy = || fail(Cause::Connection("this host has too many connections".into()));
        let permit = self.room.clone().try_acquire_owned().map_err(|_| busy())?;
        let connecting = timeout(self.limits.handshake_time, TcpStream::connect(address)).await;
        let connected = connecting.map_err(|_| fail(Cause::Timeout))?;
        let described = connected.map_err(|error| stream::describe(&error));
        let stream = described.map_err(|why| fail(Cause::Connection(why.into())))?;
        stream::channel(self, stream, address, Role::Dialled, permit)
            .map_err(|error| fail(Cause::Connection(stream::describe(&error).into())))
    }
}

/// Reads the hints and looks the host up.
async fn resolve(to: &Locator) -> Result<Vec<SocketAddr>, Failed> {
    let bad = |why: &str| (Step::Resolve, Cause::Address(why.into()));
    let (Some(host), Some(port)) = (to.hint("host"), to.hint("port")) else {
        return Err(bad("it needs the hints `host` and `port`"));
    };
    if host.len() > ADDRESS_TEXT_BYTES_MAX {
        return Err(bad("the host is too long"));
    }
    if host.is_empty() || host.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(bad("the host is empty or has spaces or control characters"));
    }
    let is_digits = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let port = match port.parse::<u16>() {
        Ok(port) if port > 0 && is_digits => port,
        _ => return Err(bad("the port is not a number from 1 to 65535")),
    };
    let found = tokio::net::lookup_host((host, port)).await;
    Ok(found.map_err(|_| (Step::Resolve, Cause::Name))?.take(RESOLVED_MAX).collect())
}
