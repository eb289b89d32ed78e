//! Addresses as the hint `ws=` has them.

use std::fmt;
use std::net::Ipv6Addr;

use crate::limits::WEBSOCKET_ADDRESS_BYTES_MAX;

/// Where to dial, and what to ask for there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Address {
    pub is_tls: bool,
    /// A name or an IP address; without brackets.
    pub host: String,
    pub port: u16,
    pub path: String,
}

impl Address {
    /// Reads one of the three forms that the module's documentation names.
    pub(super) fn read(text: &str) -> Result<Self, &'static str> {
        if text.len() > WEBSOCKET_ADDRESS_BYTES_MAX {
            return Err("it is too long");
        }
        let (is_tls, port, rest) = match text.split_once("://") {
            Some(("ws", rest)) => (false, Some(80), rest),
            Some(("wss", rest)) => (true, Some(443), rest),
            Some(_) => return Err("its scheme is neither ws nor wss"),
            None => (false, None, text),
        };
        let (authority, path) = match rest.find('/') {
            Some(at) => rest.split_at(at),
            None => (rest, "/"),
        };
        check_path(path)?;
        let (host, said) = split_port(authority);
        let port = match said {
            Some(said) => Some(said.parse().map_err(|_| "its port is not a number to 65535")?),
            None => port,
        };
        let port = port.filter(|port| *port != 0).ok_or("it is not of the form host:port/path")?;
        Ok(Self { is_tls, host: read_host(host)?, port, path: path.to_owned() })
    }
}

/// As a URL.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { is_tls, host, port, path } = self;
        let scheme = if *is_tls { "wss" } else { "ws" };
        if host.contains(':') {
            write!(f, "{scheme}://[{host}]:{port}{path}")
        } else {
            write!(f, "{scheme}://{host}:{port}{path}")
        }
    }
}

/// Cuts at the last colon, unless that is one within the brackets of an IPv6 address.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

fn read_host(text: &str) -> Result<String, &'static str> {
    if let Some(inner) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let address: Ipv6Addr = inner.parse().map_err(|_| "its host is no IPv6 address")?;
        return Ok(address.to_string());
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if text.is_empty() || !text.chars().all(is_name) {
        return Err("its host is neither a name nor an IP address");
    }
    Ok(text.to_owned())
}

/// RFC 3986, section 3.3, without the comma.
fn check_path(path: &str) -> Result<(), &'static str> {
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        let is_fine = match byte {
            b'%' => (0..2).all(|_| rest.next().is_some_and(|digit| digit.is_ascii_hexdigit())),
            byte => byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+;=:@".contains(&byte),
        };
        if !is_fine {
            return Err("its path has characters that no path has there");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_three_forms() {
        for (text, url) in [
            ("127.0.0.1:4", "ws://127.0.0.1:4/"),
            ("localhost:4/a/b%20c", "ws://localhost:4/a/b%20c"),
            ("[::1]:4", "ws://[::1]:4/"),
            ("ws://example.org", "ws://example.org:80/"),
            ("ws://[2001:db8::7]/hog", "ws://[2001:db8::7]:80/hog"),
            ("wss://example.org/hog", "wss://example.org:443/hog"),
            ("wss://example.org:8443", "wss://example.org:8443/"),
        ] {
            let address = Address::read(text).unwrap();
            assert_eq!(address.to_string(), url);
            assert_eq!(Address::read(url), Ok(address));
        }
    }

    #[test]
    fn nothing_else_is_an_address() {
        let long = format!("host:1/{}", "a".repeat(WEBSOCKET_ADDRESS_BYTES_MAX));
        for text in [
            "",
            "/",
            "host",
            "host/path",
            "host:",
            "host:0",
            "host:65536",
            ":4",
            "a b:4",
            "[::1]",
            "[::1:4",
            "[here]:4",
            "a:b:4",
            "user@host:4",
            "host:4?query",
            "host:4/a?b",
            "host:4/a#b",
            "host:4/a,b",
            "host:4/a b",
            "host:4/%2",
            "host:4/%zz",
            "host:4/é",
            "host:4/a\r\nEvil: header",
            "http://host/",
            "ws://",
            "ws:///path",
            &long,
        ] {
            assert!(Address::read(text).is_err(), "{text:?}");
        }
    }
}
