//! How do I let other OCapN implementations in? With `tcp-testing-only`, here for the objects of
//! the official test suite.
//!
//! ```sh
//! cargo run --example ocapn_peer                     # prints its locators, and serves
//! ./test_runner.py 'ocapn://….tcp-testing-only?…'    # the suite, with the first of them
//! ```
//!
//! The host lives in a temporary folder and serves until SIGINT or SIGTERM; it does not read its
//! standard input, so it may run in the background. With `--check` another host, in the same
//! program, calls every object over TCP, and the example ends.
//!
//! `tcp-testing-only` has no security at all. It is off unless it is asked for, here by
//! `listen_tcp_testing`, and it carries one vat: the other vats of a host are not reached by it.

#[path = "ocapn_peer/check.rs"]
mod check;
#[path = "ocapn_peer/objects.rs"]
mod objects;

use std::io::IsTerminal;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use clap::{Parser, ValueEnum};
use hogshead::admin::Admin;
use hogshead::{
    DeliverForm, Dialect, GcLabels, Handle, Host, HostBuilder, Locator, SturdyRef, SwissNumber,
    TcpFraming, Typed, Value,
};
use tokio::signal::unix::{SignalKind, signal};

use objects::{Builder, EchoGc, GreeterOfStrangers, PromiseMaker, Reacher};

/// Serves the objects of the OCapN test suite over tcp-testing-only, on the loopback address.
#[derive(Parser)]
struct Arguments {
    /// The TCP port to listen at; 0 takes a free one.
    #[arg(long, default_value_t = 22045)]
    port: u16,
    /// What is sent where peers differ; whatever they send is understood.
    #[arg(long, value_enum, default_value_t = Spoken::Main)]
    dialect: Spoken,
    /// How messages are told apart, which both sides must agree on.
    #[arg(long, value_enum, default_value_t = Framed::Bare)]
    framing: Framed,
    /// Lets a second host call every object, and ends.
    #[arg(long)]
    check: bool,
}

/// The dialects that there are peers of.
#[derive(Clone, Copy, ValueEnum)]
enum Spoken {
    /// The suite's branch `main`: op:deliver-only, op:gc-export, op:gc-answer.
    Main,
    /// The suite's branch `remove-op-deliver-only`: op:deliver without an answer instead.
    Folded,
    /// The current text: that, and op:gc-exports, op:gc-answers.
    Current,
}

impl Spoken {
    fn dialect(self) -> Dialect {
        let (deliver, gc) = match self {
            Self::Main => (DeliverForm::Only, GcLabels::Singular),
            Self::Folded => (DeliverForm::Folded, GcLabels::Singular),
            Self::Current => (DeliverForm::Folded, GcLabels::Plural),
        };
        Dialect { deliver, gc }
    }
}

/// The framings that there are peers of.
#[derive(Clone, Copy, ValueEnum)]
enum Framed {
    /// One Syrup value after another: the suite.
    Bare,
    /// A length before each: the newer consensus.
    Prefixed,
}

impl Framed {
    fn framing(self) -> TcpFraming {
        match self {
            Self::Bare => TcpFraming::Bare,
            Self::Prefixed => TcpFraming::Prefixed,
        }
    }
}

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> Outcome {
    let arguments = Arguments::parse();
    let log = tracing_subscriber::fmt().with_writer(std::io::stderr);
    log.with_ansi(std::io::stderr().is_terminal()).init();
    // From here on a signal waits to be asked for, so that none is missed while the host starts.
    let (mut interrupt, mut terminate) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);

    let folder = tempfile::tempdir()?;
    let mut host = start(&folder.path().join("peer"), arguments.dialect).await?;
    let vat = host.client().await?.admin().ask().vat_new(VAT.into()).await?;
    let framing = arguments.framing.framing();
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port));
    let locator = host.listen_tcp_testing(VAT, address, framing)?;
    publish_objects(&host.client().await?.admin(), &locator).await?;
    println!("{locator}");
    println!("ocapn://{}.hog?quic={}", vat.id, host.addresses().join(","));

    if arguments.check {
        check::call_everything(&folder.path().join("visitor"), &locator, framing).await?;
    } else {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            () = host.stopped() => {}
        }
    }
    host.shutdown().await?;
    Ok(())
}

/// A host that knows the suite's objects.
async fn start(data: &Path, spoken: Spoken) -> Outcome<Host> {
    let host = register(Host::builder(data))
        .dialect("tcp-testing-only", spoken.dialect())
        .listen((Ipv4Addr::LOCALHOST, 0).into())
        .without_control_socket();
    Ok(host.start().await?)
}

fn register(host: HostBuilder) -> HostBuilder {
    host.register::<Builder>()
        .register::<objects::Factory>()
        .register::<objects::Automobile>()
        .register::<EchoGc>()
        .register::<GreeterOfStrangers>()
        .register::<PromiseMaker>()
        .register::<Reacher>()
}

/// Makes the objects, and puts each where the suite looks for it.
async fn publish_objects(admin: &Handle<dyn Admin>, locator: &Locator) -> Outcome {
    // The one object that reaches out needs the means to: a capability, given at its making.
    let enliven = admin.ask().enlivener(VAT.into()).await?;
    let objects = [
        (Builder::KIND, Value::Undefined, objects::CAR_FACTORY_BUILDER),
        (EchoGc::KIND, Value::Undefined, objects::ECHO_GC),
        (GreeterOfStrangers::KIND, Value::Undefined, objects::GREETER),
        (PromiseMaker::KIND, Value::Undefined, objects::PROMISE_RESOLVER),
        (Reacher::KIND, enliven, objects::STURDYREF_ENLIVENER),
    ];
    for (kind, init, swiss) in objects {
        let made = admin.ask().spawn(VAT.into(), kind.name.into(), init, None).await?;
        admin.ask().publish(made, sturdyref(locator, swiss), "for anybody".into()).await?;
    }
    Ok(())
}

/// The sturdyref of one of the suite's objects.
fn sturdyref(peer: &Locator, swiss: &str) -> SturdyRef {
    SturdyRef { peer: peer.clone(), swiss: SwissNumber::new(swiss.into()) }
}

/// The vat that is reached.
const VAT: &str = "suite";
