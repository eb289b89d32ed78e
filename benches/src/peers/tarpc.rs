//! tarpc over TCP on this machine, in bincode, without encryption.

use std::net::{Ipv4Addr, SocketAddr};

use bytes::Bytes;
use futures_util::StreamExt;
use tarpc::serde_transport::tcp;
use tarpc::server::{BaseChannel, Channel};
use tarpc::tokio_serde::formats::Bincode;
use tarpc::{client, context, server};

use super::actors::Asked;

/// What is asked of it.
#[tarpc::service]
pub trait Wall {
    /// The same again.
    async fn echo(what: Vec<u8>) -> Vec<u8>;
}

#[derive(Clone)]
struct Served;

impl Wall for Served {
    async fn echo(self, _: context::Context, what: Vec<u8>) -> Vec<u8> {
        what
    }
}

/// Requests under way at once, and answers that wait: more than any row has.
const IN_FLIGHT: usize = 4_096;

/// A connection to an echo.
#[derive(Clone)]
pub struct Tarpc(WallClient);

impl Tarpc {
    /// Both ends on this runtime.
    pub async fn start() -> Self {
        Self::connect(Self::serve().await).await
    }

    /// An echo on this runtime; gives where it listens.
    pub async fn serve() -> SocketAddr {
        let listening = tcp::listen((Ipv4Addr::LOCALHOST, 0), Bincode::default).await;
        let mut listening = listening.expect("a port");
        let address = listening.local_addr();
        tokio::spawn(async move {
            while let Some(Ok(transport)) = listening.next().await {
                nodelay(transport.get_ref());
                let config = server::Config { pending_response_buffer: IN_FLIGHT };
                let answers = BaseChannel::new(config, transport).execute(Served.serve());
                tokio::spawn(answers.for_each(async |answer| {
                    tokio::spawn(answer);
                }));
            }
        });
        address
    }

    /// To such an echo.
    pub async fn connect(address: SocketAddr) -> Self {
        let transport = tcp::connect(address, Bincode::default).await.expect("connected");
        nodelay(transport.get_ref());
        let mut config = client::Config::default();
        config.max_in_flight_requests = IN_FLIGHT;
        config.pending_request_buffer = IN_FLIGHT;
        Self(WallClient::new(config, transport).spawn())
    }
}

fn nodelay(socket: &tokio::net::TcpStream) {
    socket.set_nodelay(true).expect("a socket");
}

impl Asked for Tarpc {
    async fn ask(&self, what: Bytes) -> Bytes {
        let answer = self.0.echo(context::current(), what.to_vec()).await;
        answer.expect("an answer").into()
    }
}
