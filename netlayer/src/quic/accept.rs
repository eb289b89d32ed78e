//! Strangers: their connections, and the sessions that they open.

use std::sync::Arc;

use hogshead_objects::preface::Refusal;
use tokio::time::{Instant, sleep_until, timeout};

use super::link::{Link, Slot};
use super::stream::{QuicSink, QuicSource};
use super::{CLOSE_INTERNAL, CLOSE_OURSELVES, CLOSE_SURPLUS, Inner, NAME, endpoint, tls};
use crate::admission::Ticket;
use crate::handshake::{Stream, Where};
use crate::limits::HANDSHAKES_UNVALIDATED_MAX;

/// Accepts connections until the endpoint closes.
pub(crate) async fn run(inner: Arc<Inner>) {
    while let Some(incoming) = inner.endpoint.accept().await {
        handle_incoming(&inner, incoming);
    }
}

fn handle_incoming(inner: &Arc<Inner>, incoming: quinn::Incoming) {
    let limits = &inner.config.limits;
    let address = endpoint::canonical(incoming.remote_address());
    let running = limits.handshakes_max.saturating_sub(inner.handshakes.available_permits());
    if running >= HANDSHAKES_UNVALIDATED_MAX && incoming.may_retry() {
        // Under load a stranger first shows that the address is its own, at no cost to us. It
        // fails only if that was shown already.
        let _ = incoming.retry();
        return;
    }
    let Ok(permit) = Arc::clone(&inner.handshakes).try_acquire_owned() else {
        return incoming.refuse();
    };
    let Some(ticket) = inner.admission.admit(address.ip()) else {
        tracing::debug!(%address, "a connection was refused: too many");
        return incoming.refuse();
    };
    let inner = Arc::clone(inner);
    tokio::spawn(async move {
        let Ok(connecting) = incoming.accept() else { return };
        let connection = timeout(inner.config.limits.handshake_time, connecting).await;
        drop(permit);
        match connection {
            Ok(Ok(connection)) => drop(adopt(&inner, connection, false, ticket)),
            Ok(Err(error)) => tracing::debug!(%address, %error, "a handshake failed"),
            Err(_) => tracing::debug!(%address, "a handshake took too long"),
        }
    });
}

/// Takes an authenticated connection in and begins to serve its streams.
pub(crate) fn adopt(
    inner: &Arc<Inner>,
    connection: quinn::Connection,
    dialled: bool,
    ticket: Ticket,
) -> Option<Arc<Link>> {
    let Some(host) = tls::peer(&connection) else {
        connection.close(CLOSE_INTERNAL, b"");
        return None;
    };
    if host == inner.us {
        connection.close(CLOSE_OURSELVES, b"");
        return None;
    }
    let limits = &inner.config.limits;
    let Some(link) = Link::new(connection.clone(), host, dialled, ticket, limits) else {
        connection.close(CLOSE_INTERNAL, b"");
        return None;
    };
    if let Some(surplus) = inner.pool.insert(&link) {
        surplus.connection.close(CLOSE_SURPLUS, b"");
    }
    tokio::spawn(drive(Arc::clone(inner), Arc::clone(&link)));
    Some(link)
}

/// Serves one connection until it ends.
async fn drive(inner: Arc<Inner>, link: Arc<Link>) {
    let limits = &inner.config.limits;
    loop {
        let deadline = link.deadline(limits);
        // Without a deadline the branch is off; the instant is then of no matter.
        let until = deadline.unwrap_or_else(Instant::now);
        tokio::select! {
            stream = link.connection.accept_bi() => match stream {
                Ok((send, receive)) => handle_stream(&inner, &link, send, receive),
                Err(_) => break,
            },
            () = link.changed.notified() => {}
            () = sleep_until(until), if deadline.is_some() => {
                if link.close_if_due(limits, Instant::now()) {
                    break;
                }
            }
        }
    }
    inner.pool.remove(&link);
}

fn handle_stream(
    inner: &Arc<Inner>,
    link: &Arc<Link>,
    send: quinn::SendStream,
    receive: quinn::RecvStream,
) {
    let Some(slot) = link.slot(false) else { return };
    let (inner, link) = (Arc::clone(inner), Arc::clone(link));
    tokio::spawn(async move {
        serve(&inner, &link, slot, send, receive).await;
    });
}

/// Runs the listener's side of a preface and hands the channel to the host.
async fn serve(
    inner: &Inner,
    link: &Link,
    slot: Arc<Slot>,
    send: quinn::SendStream,
    receive: quinn::RecvStream,
) {
    let limits = &inner.config.limits;
    let binding = link.binding(send.id(), inner.us, false);
    let source = Box::new(QuicSource::new(receive, Arc::clone(&slot)));
    let stream = Stream::new(QuicSink(send), source, limits);
    let place = Where { address: link.address.to_string(), netlayer: NAME };
    let guard = Arc::clone(&slot);
    if link.is_full() {
        return stream.refuse(Refusal::Busy, limits).await;
    }
    match stream.listen(binding, inner.config.most, &inner.ours(), place, guard).await {
        Ok(channel) => {
            slot.prove();
            // When the host takes no sessions any more, dropping the channel ends it.
            drop(timeout(limits.preface_time, inner.accepted.send(channel)).await);
        }
        Err(error) => {
            tracing::debug!(host = %link.host, address = %link.address, ?error, "a preface failed");
        }
    }
}
