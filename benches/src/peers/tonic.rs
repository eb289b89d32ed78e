//! tonic: gRPC over HTTP/2 on this machine, without encryption.
//!
//! Without a schema: the message is its octets, as generated code would have with a tag and a length
//! before them.

use std::convert::Infallible;
use std::future::Ready;
use std::net::{Ipv4Addr, SocketAddr};
use std::task::{Context, Poll};

use bytes::{Buf, BufMut, Bytes};
use tokio::net::TcpListener;
use tonic::body::Body;
use tonic::client;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::codegen::http::{Request, Response, uri::PathAndQuery};
use tonic::codegen::{BoxFuture, Service};
use tonic::server::{self, UnaryService};
use tonic::transport::server::TcpIncoming;
use tonic::transport::{Channel, Endpoint, Server};
use tonic::{Status, transport};

use super::actors::Asked;

/// The octets as they are.
#[derive(Clone, Copy, Default)]
struct Octets;

impl Codec for Octets {
    type Encode = Bytes;
    type Decode = Bytes;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for Octets {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, what: Bytes, into: &mut EncodeBuf<'_>) -> Result<(), Status> {
        into.put(what);
        Ok(())
    }
}

impl Decoder for Octets {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        Ok(Some(from.copy_to_bytes(from.remaining())))
    }
}

#[derive(Clone)]
struct Served;

struct Echo;

impl UnaryService<Bytes> for Echo {
    type Response = Bytes;
    type Future = Ready<Result<tonic::Response<Bytes>, Status>>;

    fn call(&mut self, what: tonic::Request<Bytes>) -> Self::Future {
        std::future::ready(Ok(tonic::Response::new(what.into_inner())))
    }
}

impl Service<Request<Body>> for Served {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<Response<Body>, Infallible>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, asked: Request<Body>) -> Self::Future {
        Box::pin(async { Ok(server::Grpc::new(Octets).unary(Echo, asked).await) })
    }
}

const PATH: &str = "/bench.Wall/Echo";

/// A connection to an echo.
#[derive(Clone)]
pub struct Tonic(Channel);

impl Tonic {
    /// Both ends on this runtime.
    pub async fn start() -> Self {
        Self::connect(Self::serve().await).await
    }

    /// An echo on this runtime; gives where it listens.
    pub async fn serve() -> SocketAddr {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let address = listener.local_addr().expect("bound");
        let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
        tokio::spawn(async move {
            let ended: Result<(), transport::Error> =
                Server::builder().serve_with_incoming(Served, incoming).await;
            ended.expect("it serves");
        });
        address
    }

    /// To such an echo.
    pub async fn connect(address: SocketAddr) -> Self {
        let endpoint = Endpoint::from_shared(format!("http://{address}")).expect("an address");
        Self(endpoint.tcp_nodelay(true).connect().await.expect("connected"))
    }
}

impl Asked for Tonic {
    async fn ask(&self, what: Bytes) -> Bytes {
        let mut grpc = client::Grpc::new(self.0.clone());
        grpc.ready().await.expect("a connection");
        let path = PathAndQuery::from_static(PATH);
        let answer = grpc.unary(tonic::Request::new(what), path, Octets).await;
        answer.expect("an answer").into_inner()
    }
}
