//! Dialling: TCP, TLS if the address wants it, and the upgrade.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::client_async_with_config;
use tokio_tungstenite::tungstenite::ClientRequestBuilder;

use super::SUBPROTOCOL;
use super::address::Address;
use super::carrier::{self, ByteStream, SocketInlet, SocketOutlet, ended};
use super::tls;
use crate::error::{Cause, ChannelError, Step};
use crate::limits::{Limits, RESOLVED_MAX};
use crate::noise::carrier::lost;
use crate::noise::gate::{Failed, reason};

/// What dials share.
pub(super) struct Dialler {
    tls: TlsConnector,
    silence: Duration,
    handshake_time: Duration,
}

impl Dialler {
    pub(super) fn new(limits: &Limits) -> Result<Self, rustls::Error> {
        let tls = TlsConnector::from(Arc::new(tls::client()?));
        let Limits { silence, handshake_time, .. } = *limits;
        Ok(Self { tls, silence, handshake_time })
    }
}

/// Connects to one address of a locator.
pub(super) async fn connect(
    dialler: Arc<Dialler>,
    text: String,
) -> Result<(SocketOutlet, SocketInlet), Failed> {
    let bad = |why: &str| (Step::Resolve, Cause::Address(why.into()));
    let address = Address::read(&text).map_err(bad)?;
    let found = tokio::net::lookup_host((address.host.as_str(), address.port)).await;
    let found = found.map_err(|_| bad("its name is not known"))?;
    let found: Vec<_> = found.take(RESOLVED_MAX).collect();
    let opened = dialler.open(&address, &found).await;
    opened.map_err(|error| (Step::Connect, Cause::Connection(reason(&error).into())))
}

impl Dialler {
    async fn open(
        &self,
        address: &Address,
        found: &[SocketAddr],
    ) -> Result<(SocketOutlet, SocketInlet), ChannelError> {
        let stream = self.reach(found).await?;
        // Frames are gathered before they are written; more delay helps nobody.
        let _ = stream.set_nodelay(true);
        let stream: Box<dyn ByteStream> = if address.is_tls {
            let name = ServerName::try_from(address.host.clone())
                .map_err(|_| ChannelError::Connection("its name is none for TLS".into()))?;
            let secured = self.tls.connect(name, stream).await;
            Box::new(secured.map_err(|_| ChannelError::Connection("it speaks no TLS 1.3".into()))?)
        } else {
            Box::new(stream)
        };
        let bad = |_| ChannelError::Connection("its address makes no request".into());
        let url = address.to_string().parse().map_err(bad)?;
        let request = ClientRequestBuilder::new(url).with_sub_protocol(SUBPROTOCOL);
        let config = Some(carrier::config());
        let upgraded = client_async_with_config(request, stream, config).await;
        let (socket, _) = upgraded.map_err(|error| ended(&error))?;
        Ok(carrier::split(socket, self.silence))
    }

    /// The first address that takes the connection; each has its share of the time.
    async fn reach(&self, found: &[SocketAddr]) -> Result<TcpStream, ChannelError> {
        let mut failed = ChannelError::Connection("its name has no addresses".into());
        let share = self.handshake_time / u32::try_from(found.len().max(1)).unwrap_or(1);
        for address in found {
            match timeout(share, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => failed = lost(&error),
                Err(_) => failed = ChannelError::Connection("no answer in time".into()),
            }
        }
        Err(failed)
    }
}
