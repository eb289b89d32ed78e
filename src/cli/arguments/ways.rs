//! The ways to a host besides QUIC, and addresses to advertise.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use hogshead::host::check_websocket_url;
use hogshead::{DeliverForm, Dialect, GcLabels};

/// The flags of `start` that open further ways.
#[derive(Args, Debug)]
#[command(next_help_heading = "Further ways")]
pub struct Ways {
    /// Where to listen for other hosts by WebSocket (TCP) as well, for those behind HTTP; port 0
    /// takes a free one at each start
    #[arg(long, value_name = "ADDR")]
    pub listen_ws: Option<SocketAddr>,
    /// A WebSocket URL to write into sturdyrefs, such as that of a reverse proxy; may be given
    /// several times [default: the address of --listen-ws]
    #[arg(long, value_name = "URL", requires = "listen_ws", value_parser = websocket_url)]
    pub ws_url: Vec<String>,
    /// A Unix socket to listen at for other hosts of this machine as well; its folder must exist
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath, value_parser = absolute)]
    pub listen_unix: Option<PathBuf>,
    /// Lets a vat be reached by tcp-testing-only, for tests with other implementations of OCapN.
    /// There is no security whatever: keep it to addresses of this machine
    #[arg(long, value_name = "VAT=ADDR")]
    pub tcp_testing_only: Option<TestingPeer>,
    /// How messages are told apart on tcp-testing-only: as in the official suite, or with lengths
    #[arg(long, value_name = "HOW", requires = "tcp_testing_only")]
    #[arg(value_enum, default_value = "bare")]
    pub tcp_framing: Framing,
    /// How peers of tcp-testing-only are spoken to: main and folded are branches of the official
    /// suite, current is the text of the specification
    #[arg(long, value_name = "WHICH", requires = "tcp_testing_only")]
    #[arg(value_enum, default_value = "current")]
    pub tcp_dialect: TestingDialect,
}

/// The vat that peers of tests reach, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TestingPeer {
    /// Its name.
    pub vat: String,
    /// Where it listens.
    pub address: SocketAddr,
}

impl std::str::FromStr for TestingPeer {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let how = || "write the vat's name and an address, as in alice=127.0.0.1:22045".to_owned();
        let (vat, address) = text.split_once('=').ok_or_else(how)?;
        if vat.is_empty() {
            return Err(how());
        }
        let address = address.parse().map_err(|_| how())?;
        Ok(Self { vat: vat.to_owned(), address })
    }
}

/// How messages are told apart on tcp-testing-only.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Framing {
    /// Not at all: one value after another.
    Bare,
    /// By a decimal length and a colon before each.
    Prefixed,
}

/// How peers of tests are spoken to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum TestingDialect {
    /// The official suite.
    Main,
    /// Its branch remove-op-deliver-only.
    Folded,
    /// The current text.
    Current,
}

impl TestingDialect {
    /// The settings.
    pub fn dialect(self) -> Dialect {
        let (deliver, gc) = match self {
            Self::Main => (DeliverForm::Only, GcLabels::Singular),
            Self::Folded => (DeliverForm::Folded, GcLabels::Singular),
            Self::Current => (DeliverForm::Folded, GcLabels::Plural),
        };
        Dialect { deliver, gc }
    }
}

fn absolute(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    if !path.is_absolute() {
        return Err("another host would look elsewhere; write it from the root: /…".to_owned());
    }
    if text.contains(',') {
        return Err("a sturdyref cannot name a path with a comma; choose another".to_owned());
    }
    Ok(path)
}

fn websocket_url(text: &str) -> Result<String, String> {
    let checked = check_websocket_url(text).map(|()| text.to_owned());
    checked.map_err(|reason| format!("{reason}; write it as in wss://home.example/hog"))
}

/// Reads an address to advertise.
pub(super) fn host_and_port(text: &str) -> Result<String, String> {
    let (host, port) = text.rsplit_once(':').ok_or("it needs a port, as in host.example:7467")?;
    let is_host = |c: char| !c.is_whitespace() && !c.is_control() && !",/?&#".contains(c);
    let is_port = port.bytes().all(|digit| digit.is_ascii_digit());
    if host.is_empty() || !is_port || !port.parse::<u16>().is_ok_and(|port| port > 0) {
        Err("it is a host and a port from 1 to 65535, as in host.example:7467".to_owned())
    } else if !host.chars().all(is_host) {
        Err("a host's name has no blanks, commas or slashes, as in host.example:7467".to_owned())
    } else {
        Ok(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_advertised_address_needs_a_host_and_a_port() {
        for good in ["home.example:7467", "[::1]:1", "10.0.0.1:65535"] {
            assert_eq!(host_and_port(good).as_deref(), Ok(good));
        }
        for bad in ["home.example", ":7467", "home.example:0", "home.example:65536", "a:b", "a:+1"]
        {
            assert!(host_and_port(bad).is_err(), "{bad}");
        }
        for bad in ["a b:1", "a\t:1", " a:1", "a:1,b:1", "a\n:1", "http://a:1"] {
            assert!(host_and_port(bad).is_err_and(|why| why.contains("blanks")), "{bad}");
        }
    }
}
