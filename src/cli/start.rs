//! `start`: a host in the foreground, from its ready line to a clean stop.

use std::fs::OpenOptions;
use std::io::{self, IsTerminal, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use hogshead::admin::HostInfo;
use hogshead::host::SocketError;
use hogshead::{
    Clock as _, Host, HostBuilder, HostError, Locator, Retention, SystemClock, TcpFraming,
    Timestamp, VirtualClock,
};
use serde_json::json;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;
use tracing_subscriber::EnvFilter;

use super::Context;
use super::arguments::{Framing, Journal, Start, TestingPeer, Ways};
use super::failure::{Exit, Failure};
use super::output::{Output, short, write_err, write_out};

/// Runs a host until it is told to stop.
pub async fn run(context: &Context, start: Start) -> Result<(), Failure> {
    log_to_stderr(start.log.as_deref())?;
    // From here on a signal waits to be asked for, so that none is missed while the host starts.
    let mut stop = Stop::listen(start.stop_with_stdin)?;
    let (mut host, listening) = open(context, &start).await?;
    let testing = match listen_for_tests(context.output, &mut host, &start) {
        Ok(testing) => testing,
        Err(failure) => {
            // It has been running for a moment, so it stops as it always does.
            host.shutdown().await.map_err(|error| explain(&error))?;
            return Err(failure);
        }
    };
    announce(context, &host, listening, testing.as_ref()).await?;
    tokio::select! {
        () = stop.asked() => {}
        () = host.stopped() => {}
    }
    tokio::select! {
        stopped = host.shutdown() => stopped.map_err(|error| explain(&error)),
        signal = stop.insisted() => {
            write_err("hogshead: stopped at once; what was acknowledged is kept");
            std::process::exit(128 + signal.as_raw_value())
        }
    }
}

/// Starts the host, on a free port if none is named.
async fn open(context: &Context, start: &Start) -> Result<(Host, SocketAddr), Failure> {
    let listen = start.listen.unwrap_or_else(|| last_address(&context.data));
    let mut tries = if listen.port() == 0 { PORT_TRIES } else { 1 };
    loop {
        tries -= 1;
        let address = free_port(listen)?;
        match builder(&context.data, start).listen(address).start().await {
            Ok(host) => return Ok((host, address)),
            // Somebody else was given the same free port meanwhile.
            Err(HostError::Listen { address: taken, .. })
                if tries > 0 && taken == address.to_string() => {}
            Err(error) => return Err(explain_start(&error, start)),
        }
    }
}

fn builder(data: &Path, start: &Start) -> HostBuilder {
    let mut builder = Host::builder(data);
    if !start.advertise.is_empty() {
        builder = builder.advertise(start.advertise.clone());
    }
    if let Some(address) = start.ways.listen_ws {
        builder = builder.listen_websocket(address).advertise_websocket(start.ways.ws_url.clone());
    }
    if let Some(path) = &start.ways.listen_unix {
        builder = builder.listen_unix(path);
    }
    if start.ways.tcp_testing_only.is_some() {
        builder = builder.dialect(TESTING, start.ways.tcp_dialect.dialect());
    }
    if let Some(engine) = start.engine {
        builder = builder.engine(engine.of_store());
    }
    if start.ephemeral {
        builder = builder.ephemeral();
    }
    if let Some(path) = &start.key_file {
        builder = builder.key_file(path);
    }
    if let Some(time) = start.virtual_clock {
        let time = time.map_or_else(|| SystemClock.now(), |time| Timestamp(time.0));
        builder = builder.clock(Arc::new(VirtualClock::new(time)));
    }
    if let Some(seconds) = start.idle {
        builder = builder.idle(Duration::from_secs(seconds));
    }
    if let Some(seconds) = start.session_idle {
        builder = builder.session_idle(Duration::from_secs(seconds));
    }
    if let Some(days) = start.certificate_days {
        builder = builder.certificate_life(Duration::from_secs(u64::from(days) * 24 * 3600));
    }
    if let Some(megabytes) = start.memory {
        builder = builder.memory(usize::try_from(megabytes << 20).unwrap_or(usize::MAX));
    }
    if let Some(keep) = start.journal {
        builder = builder.retention(match keep {
            Journal::All => Retention::Everything,
            Journal::Megabytes(megabytes) => Retention::Bytes(megabytes << 20),
        });
    }
    builder
}

/// Lets peers of tests in, if the owner has named a vat for them.
fn listen_for_tests(
    output: Output,
    host: &mut Host,
    start: &Start,
) -> Result<Option<Locator>, Failure> {
    let Some(TestingPeer { vat, address }) = &start.ways.tcp_testing_only else { return Ok(None) };
    let framing = match start.ways.tcp_framing {
        Framing::Bare => TcpFraming::Bare,
        Framing::Prefixed => TcpFraming::Prefixed,
    };
    let listening = host.listen_tcp_testing(vat, *address, framing);
    let locator = listening.map_err(|error| match error {
        HostError::NoSuchVat => Failure::usage(
            format!("there is no vat named {vat} on this host"),
            format!("start it without --tcp-testing-only, and make it: hogshead vat new {vat}"),
        ),
        error => explain_start(&error, start),
    })?;
    if !address.ip().is_loopback() {
        warn(
            output,
            &format!(
                "tcp-testing-only is open to other machines at {}, and whoever reaches it may say \
                 to be anybody; keep it to 127.0.0.1 unless you mean that",
                address.ip()
            ),
        );
    }
    Ok(Some(locator))
}

/// Says what the owner may not have meant; on standard error, since nothing has failed.
fn warn(output: Output, what: &str) {
    if output.is_json() {
        write_err(&json!({ "warning": what }).to_string());
    } else {
        write_err(&format!("hogshead: warning: {what}"));
    }
}

/// The address itself, or one of its host with a port that is free now: the ready line and the
/// sturdyrefs must name it.
fn free_port(address: SocketAddr) -> Result<SocketAddr, Failure> {
    if address.port() != 0 {
        return Ok(address);
    }
    let bound = UdpSocket::bind(address).and_then(|socket| socket.local_addr());
    bound.map_err(|error| {
        let wrong = format!("cannot listen on {address}: {error}");
        Failure::new(Exit::Machine, wrong, "choose an address of this machine with --listen")
    })
}

fn log_to_stderr(filter: Option<&str>) -> Result<(), Failure> {
    let asked = filter.map(str::to_owned).or_else(|| std::env::var("HOGSHEAD_LOG").ok());
    let asked = asked.filter(|filter| !filter.is_empty()).unwrap_or_else(|| "warn".to_owned());
    let filter = EnvFilter::try_new(&asked).map_err(|error| {
        let remedy = "write it as in --log info or --log hogshead=debug,quinn=warn";
        Failure::usage(format!("the log filter `{asked}` is wrong: {error}"), remedy)
    })?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    log.with_ansi(io::stderr().is_terminal()).init();
    // In a host a panic is an object's failure: it is the log's, and its turn never happened.
    std::panic::set_hook(Box::new(|panic| {
        let what = super::panic_message(panic);
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic: {what}");
    }));
    Ok(())
}

/// Says that the host is ready, and remembers where it listens.
async fn announce(
    context: &Context,
    host: &Host,
    listening: SocketAddr,
    testing: Option<&Locator>,
) -> Result<(), Failure> {
    remember_address(&context.data, listening)?;
    let data = context.data.display();
    let info = info(host).await?;
    if !context.output.is_json() {
        let key = short(&info.host);
        let others = info.ways.iter().filter(|(name, _)| *name != "quic");
        let others: String =
            others.map(|(name, addresses)| format!(", {name} {addresses}")).collect();
        let mut line = format!(
            "ready: host {key} on {data} listens on {listening}{others}; Ctrl-C stops it\n"
        );
        if let Some(locator) = testing {
            line += &format!("for tests, without any security: {locator}\n");
        }
        return write_out(&line);
    }
    let line = json!({
        "ready": true,
        "pid": std::process::id(),
        "data": data.to_string(),
        "socket": host.socket().map(|path| path.display().to_string()),
        "listening": listening,
        "addresses": info.addresses,
        "ways": info.ways,
        "tcp_testing_only": testing.map(ToString::to_string),
        "host": info.host,
    });
    write_out(&format!("{line}\n"))
}

async fn info(host: &Host) -> Result<HostInfo, Failure> {
    let client = host.client().await.map_err(|error| explain(&error))?;
    client.admin().ask().key().await.map_err(|error| Failure::from_answer(&error))
}

/// Where the host on `data` listened last, so that its sturdyrefs stay good; a free port of the
/// loopback address for a new one.
fn last_address(data: &Path) -> SocketAddr {
    let text = std::fs::read_to_string(data.join(ADDRESS)).unwrap_or_default();
    text.trim().parse().unwrap_or_else(|_| (Ipv4Addr::LOCALHOST, 0).into())
}

fn remember_address(data: &Path, address: SocketAddr) -> Result<(), Failure> {
    let path = data.join(ADDRESS);
    let new = data.join(format!("{ADDRESS}.new"));
    let write = || -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        let mut file = options.open(&new)?;
        file.write_all(format!("{address}\n").as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&new, &path)
    };
    write().map_err(|error| Failure::file("write", &path, &error))
}

/// How many free ports are tried.
const PORT_TRIES: u32 = 5;

/// The transport of peers of tests.
const TESTING: &str = "tcp-testing-only";

/// The file that remembers where the host listened.
const ADDRESS: &str = "address";

/// The ways to ask the host to stop.
struct Stop {
    interrupt: Signal,
    terminate: Signal,
    hangup: Signal,
    closed: Option<oneshot::Receiver<()>>,
    /// How many signals there were.
    signals: u32,
}

impl Stop {
    fn listen(with_stdin: bool) -> Result<Self, Failure> {
        let listen = |kind| signal(kind).map_err(|e| Failure::stream("listen for signals", &e));
        Ok(Self {
            interrupt: listen(SignalKind::interrupt())?,
            terminate: listen(SignalKind::terminate())?,
            hangup: listen(SignalKind::hangup())?,
            closed: with_stdin.then(stdin_closes),
            signals: 0,
        })
    }

    /// Waits for a signal or, if that was asked for, the end of standard input.
    async fn asked(&mut self) {
        let closed = self.closed.take();
        let closed = async {
            match closed {
                Some(closed) => drop(closed.await),
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.signalled() => self.signals += 1,
            () = closed => {}
        }
    }

    /// Waits for the second signal and gives which one it was.
    async fn insisted(&mut self) -> SignalKind {
        loop {
            let signal = self.signalled().await;
            self.signals += 1;
            if self.signals > 1 {
                return signal;
            }
        }
    }

    /// Waits for a signal and gives which one it was.
    async fn signalled(&mut self) -> SignalKind {
        tokio::select! {
            _ = self.interrupt.recv() => SignalKind::interrupt(),
            _ = self.terminate.recv() => SignalKind::terminate(),
            _ = self.hangup.recv() => SignalKind::hangup(),
        }
    }
}

/// Reads standard input away on a thread of its own, which ends with the process.
fn stdin_closes() -> oneshot::Receiver<()> {
    let (tell, closed) = oneshot::channel();
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        let mut input = io::stdin().lock();
        while matches!(input.read(&mut buffer), Ok(1..)) {}
        let _ = tell.send(());
    });
    closed
}

/// Says why a host did not start; knows which flag named the address that cannot be had.
fn explain_start(error: &HostError, start: &Start) -> Failure {
    let HostError::Listen { address: taken, what } = error else { return explain(error) };
    let is = |address: Option<String>| address.is_some_and(|address| address == *taken);
    let Ways { listen_ws, listen_unix, tcp_testing_only, .. } = &start.ways;
    let other = if is(listen_ws.map(|address| address.to_string())) {
        "another address with --listen-ws"
    } else if is(listen_unix.as_ref().map(|path| path.display().to_string())) {
        "another path with --listen-unix"
    } else if is(tcp_testing_only.as_ref().map(|peer| peer.address.to_string())) {
        "another address with --tcp-testing-only"
    } else {
        "with --listen 127.0.0.1:0"
    };
    let stop = if what.contains(" in use") { "stop who listens there, or " } else { "" };
    let remedy = format!("{stop}choose {other}");
    Failure::new(Exit::Machine, error.to_string(), remedy)
}

/// Says why a host did not start, or stopped.
pub fn explain(error: &HostError) -> Failure {
    let text = error.to_string();
    let (exit, remedy) = match error {
        HostError::Damaged(_) => (Exit::Damaged, ""),
        HostError::Store(error) => return super::store::explain(error),
        HostError::KeyFile { .. } => {
            (Exit::Machine, "the store is of no use without the key file it was made with")
        }
        HostError::Socket(error) => return no_socket(error),
        HostError::OtherKey { .. } => (Exit::Machine, ""),
        HostError::NoFolder { .. } => (Exit::Machine, "give another with --data"),
        HostError::Lasting(_) => {
            (Exit::Machine, "leave --ephemeral out, or give another folder with --data")
        }
        HostError::OtherEngine { wanted, .. } => {
            let remedy = format!(
                "leave --engine out, or move the store to it first: \
                 `hogshead store rebuild --from-checkpoint --engine {wanted}`"
            );
            return Failure::new(Exit::Machine, text, remedy);
        }
        HostError::Data { .. } => (Exit::Machine, "see who owns the folder, and its mode"),
        _ => (Exit::Machine, "see the log: --log hogshead=debug"),
    };
    Failure::new(exit, text, remedy)
}

/// Says why the owner's socket cannot be made. It lies in the data folder, so that is what has to be
/// another, whatever else the host listens at.
fn no_socket(error: &SocketError) -> Failure {
    let (wrong, remedy) = match error {
        SocketError::TooLong(_) => (error.to_string(), "use a shorter --data"),
        SocketError::NotASocket(path) => {
            (format!("{} is there and is no socket", path.display()), "remove it")
        }
        SocketError::Io { .. } => (error.to_string(), "see who owns the data folder, and its mode"),
        error => (error.to_string(), ""),
    };
    Failure::new(Exit::Machine, wrong, remedy)
}
