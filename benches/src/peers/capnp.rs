//! capnp-rpc over TCP on this machine.
//!
//! Without a schema: the argument and the answer are a pointer to data each, as generated code
//! would have with one field less to find.

use std::cell::OnceCell;
use std::net::{Ipv4Addr, SocketAddr};
use std::ops::Deref;
use std::rc::Rc;

use bytes::Bytes;
use capnp::any_pointer;
use capnp::capability::{
    Client, DispatchCallResult, FromClientHook, FromServer, Params, Promise, Results, Server,
};
use capnp::private::capability::ClientHook;
use capnp_rpc::rpc_twoparty_capnp::Side;
use capnp_rpc::{RpcSystem, twoparty};
use futures_util::future::join_all;
use futures_util::io::{BufReader, BufWriter};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::compat::TokioAsyncReadCompatExt;

const INTERFACE: u64 = 0xb3a1_77e2_09c4_5d10;
const ECHO: u16 = 0;
const NEXT: u16 = 1;

struct Wall(Box<dyn ClientHook>);

/// An echo, and the client that leads to it: a new one each time would not be what somebody who
/// hands out one and the same object pays.
struct Served(OnceCell<Wall>);

#[derive(Clone)]
struct Dispatch(Rc<Served>);

impl Deref for Dispatch {
    type Target = Served;

    fn deref(&self) -> &Served {
        &self.0
    }
}

impl FromClientHook for Wall {
    fn new(hook: Box<dyn ClientHook>) -> Self {
        Self(hook)
    }

    fn into_client_hook(self) -> Box<dyn ClientHook> {
        self.0
    }

    fn as_client_hook(&self) -> &dyn ClientHook {
        self.0.as_ref()
    }
}

impl FromServer<Served> for Wall {
    type Dispatch = Dispatch;

    fn from_server(served: Rc<Served>) -> Dispatch {
        Dispatch(served)
    }
}

impl Server for Dispatch {
    fn dispatch_call(
        self,
        _: u64,
        method: u16,
        params: Params<any_pointer::Owned>,
        mut results: Results<any_pointer::Owned>,
    ) -> DispatchCallResult {
        let done = match method {
            ECHO => params.get().and_then(|got| {
                let what: capnp::data::Reader<'_> = got.get_as()?;
                results.get().set_as::<capnp::data::Owned>(what)
            }),
            _ => {
                let own = self.0.0.get().expect("set when it was made");
                results.get().set_as_capability(own.0.add_ref());
                Ok(())
            }
        };
        DispatchCallResult::new(Promise::from(done), false)
    }

    fn as_ptr(&self) -> usize {
        Rc::as_ptr(&self.0) as usize
    }
}

/// A connection to an echo.
#[derive(Clone)]
pub struct Capnp(Client);

impl Capnp {
    /// Both ends on this thread; call it within a `LocalSet`.
    pub async fn start() -> Self {
        Self::connect(Self::serve().await).await
    }

    /// An echo on this thread; gives where it listens. Call it within a `LocalSet`.
    pub async fn serve() -> SocketAddr {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let address = listener.local_addr().expect("bound");
        tokio::task::spawn_local(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let bootstrap = Some(Client::new(served()));
                let theirs = RpcSystem::new(network(stream, Side::Server), bootstrap);
                tokio::task::spawn_local(theirs);
            }
        });
        address
    }

    /// To such an echo. Call it within a `LocalSet`.
    pub async fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.expect("connected");
        let mut ours = RpcSystem::new(network(stream, Side::Client), None);
        let client: Wall = ours.bootstrap(Side::Server);
        tokio::task::spawn_local(ours);
        Self(Client::new(client.0))
    }

    /// Asks in so many strands, so often in each.
    pub async fn ask_all(&self, strands: u64, times: u64, what: &Bytes) {
        let strand = || async {
            for _ in 0..times {
                self.ask(what).await;
            }
        };
        join_all((0..strands).map(|_| strand())).await;
    }

    /// One call.
    pub async fn ask(&self, what: &Bytes) {
        echo(&self.0, what).await;
    }

    /// A call to the answer of a call to the answer of a call, sent at once.
    pub async fn chain(&self, what: &Bytes) {
        let next = |client: &Client| {
            let call =
                client.new_call::<any_pointer::Owned, any_pointer::Owned>(INTERFACE, NEXT, None);
            let sent = call.hook.send();
            (Client::new(sent.pipeline.as_cap()), sent.promise)
        };
        let (first, a) = next(&self.0);
        let (second, b) = next(&first);
        echo(&second, what).await;
        drop((a, b));
    }
}

/// A new echo. It lasts as long as the process, since it leads to itself.
fn served() -> Box<dyn ClientHook> {
    let served = Rc::new(Served(OnceCell::new()));
    let client: Wall = capnp_rpc::new_client_from_rc(Rc::clone(&served));
    let own = client.0.add_ref();
    assert!(served.0.set(client).is_ok(), "it is new");
    own
}

async fn echo(client: &Client, what: &Bytes) {
    let mut call = client.new_call::<any_pointer::Owned, any_pointer::Owned>(INTERFACE, ECHO, None);
    call.get().set_as::<capnp::data::Owned>(&what[..]).expect("set");
    let answer = call.hook.send().promise.await.expect("an answer");
    let got: capnp::data::Reader<'_> = answer.get().expect("a result").get_as().expect("octets");
    assert_eq!(got.len(), what.len());
}

fn network(stream: TcpStream, side: Side) -> Box<dyn capnp_rpc::VatNetwork<Side>> {
    stream.set_nodelay(true).expect("a socket");
    let (reader, writer) = futures_util::AsyncReadExt::split(stream.compat());
    let (reader, writer) = (BufReader::new(reader), BufWriter::new(writer));
    Box::new(twoparty::VatNetwork::new(reader, writer, side, Default::default()))
}
