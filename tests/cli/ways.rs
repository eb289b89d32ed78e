//! The ways to a host besides QUIC, as their owners open, use and mistake them.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

use hogshead::{Locator, SturdyRef};
use serde_json::{Value as Json, json};

use crate::terminal::{Running, Terminal};
use crate::until_ok;

/// Alice with a counter that she has shared.
fn with_shared_counter(folder: &Path, alice: &Terminal) -> SturdyRef {
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);
    alice.ok(&["share", "visits", "--out", "visits.ref"]);
    let text = std::fs::read_to_string(folder.join("visits.ref")).expect("written");
    text.trim().parse().expect("a sturdyref")
}

fn accept(terminal: &Terminal, name: &str, sturdyref: &SturdyRef) {
    let words = ["accept", name];
    terminal.run_with(&words, sturdyref.expose_text().as_bytes()).ok(&words);
}

fn path_in(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().expect("UTF-8").to_owned()
}

/// Where a host listens by WebSocket.
fn websocket_of(host: &Running) -> String {
    host.ready["ways"]["ws"].as_str().expect("an address").to_owned()
}

/// Where a host lets peers of tests in.
fn testing_of(host: &Running) -> String {
    let locator: Locator =
        host.ready["tcp_testing_only"].as_str().expect("one").parse().expect("a locator");
    let hint = |name| locator.hint(name).expect("a hint");
    format!("{}:{}", hint("host"), hint("port"))
}

#[test]
fn two_hosts_talk_over_each_way_and_again_after_a_crash() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let socket = path_in(folder.path(), "alice.sock");
    let host = alice.start(&["--listen-unix", &socket, "--listen-ws", "127.0.0.1:0"]);
    let shown = host.ready["ways"].clone();
    assert_eq!(shown["unix"], json!(socket), "{shown}");
    assert_eq!(shown["quic"], host.ready["listening"], "{shown}");
    assert_eq!(alice.json(&["key"])["ways"], shown);
    let web = websocket_of(&host);

    let shared = with_shared_counter(folder.path(), &alice);
    let mut bobs = Vec::new();
    for (n, way) in ["unix", "ws"].into_iter().enumerate() {
        let bob = Terminal::new(folder.path(), way);
        let his_socket = path_in(folder.path(), &format!("{way}.sock"));
        let his_host = bob.start(&["--listen-unix", &his_socket, "--listen-ws", "127.0.0.1:0"]);
        let mut by_one = shared.clone();
        by_one.peer.hints.as_mut().expect("hints").retain(|name, _| name == way);
        accept(&bob, "visits", &by_one);
        let counted = bob.ok(&["call", "visits", "increment", "1"]);
        assert_eq!(counted, (n + 1).to_string(), "over {way}");
        bobs.push((bob, his_host));
    }

    // The socket's file is left behind, and is no obstacle.
    assert_eq!(host.signal("KILL").code(), None);
    assert!(Path::new(&socket).exists());
    let _host = alice.start(&["--listen-unix", &socket, "--listen-ws", &web]);
    for (n, (bob, _)) in bobs.iter().enumerate() {
        let counted = until_ok(bob, &["call", "visits", "increment", "1"]);
        assert_eq!(counted, (n + 3).to_string());
    }
}

#[test]
fn the_ready_line_names_every_way() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let socket = path_in(folder.path(), "alice.sock");
    let url = "wss://home.example/hog";
    let words = ["start", "--stop-with-stdin", "--listen-unix", &socket];
    let words = [&words[..], &["--listen-ws", "127.0.0.1:0", "--ws-url", url]].concat();
    let line = alice.ok(&words);
    let ending = format!(", unix {socket}, ws {url}; Ctrl-C stops it");
    assert!(line.starts_with("ready: host ") && line.ends_with(&ending), "{line}");
}

/// A command that README types, without what it says of it.
fn typed(beginning: &str) -> &'static str {
    let line = include_str!("../../README.md").lines().find(|line| line.starts_with(beginning));
    let line = line.unwrap_or_else(|| panic!("README does not type `{beginning}`"));
    line.split(" # ").next().expect("a part").trim_end()
}

#[test]
fn what_the_readme_types_about_ways_works() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let socket = path_in(folder.path(), "alice.sock");
    let line = typed("hogshead start --listen-ws");
    let line = line.replace("127.0.0.1:8080", "127.0.0.1:0");
    let line = line.replace("/run/user/1000/hog.sock", &socket);
    let host = alice.start(&line.split(' ').skip(2).collect::<Vec<_>>());
    let ways = &host.ready["ways"];
    assert_eq!((&ways["ws"], &ways["unix"]), (&json!("wss://home.example/hog"), &json!(socket)));
    with_shared_counter(folder.path(), &alice);
    assert!(host.signal("TERM").success());

    let line = typed("hogshead start --tcp-testing-only").replace(":22045", ":0");
    let mut words: Vec<_> = line.split(' ').skip(2).collect();
    words.extend(["--log", "error"]);
    let host = alice.start(&words);
    let locator = host.ready["tcp_testing_only"].as_str().expect("a locator");
    let line = typed("hogshead grant visits --at");
    let share = line.replace("ocapn://….tcp-testing-only?host=127.0.0.1&port=22045", locator);
    assert_ne!(share, line);
    std::fs::remove_file(folder.path().join("visits.ref")).expect("it was there");
    alice.shell(&share).ok(&[&share]);
    let bob = Terminal::new(folder.path(), "bob");
    let _his = bob.start(&["--tcp-testing-only", "host=127.0.0.1:0", "--log", "error"]);
    bob.shell("hogshead accept visits < visits.ref").ok(&["accept"]);
    assert_eq!(bob.ok(&["call", "visits", "increment", "1"]), "1");
}

/// Vat zero is the owner's, so its peers are called from the command line.
#[test]
fn peers_of_other_transports_call_each_other_and_are_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let first = alice.start(&[]);
    with_shared_counter(folder.path(), &alice);
    assert_eq!(first.ready["tcp_testing_only"], Json::Null);
    assert!(first.signal("TERM").success());

    let quiet = ["--log", "error"];
    for (n, (framing, dialect)) in
        [("prefixed", "main"), ("bare", "folded"), ("bare", "current")].into_iter().enumerate()
    {
        let how = ["--tcp-framing", framing, "--tcp-dialect", dialect];
        let at = |vat| [&quiet[..], &how, &["--tcp-testing-only", vat]].concat();
        let her_host = alice.start(&at("shop=127.0.0.1:0"));
        let bob = Terminal::new(folder.path(), dialect);
        let his_host = bob.start(&at("host=127.0.0.1:0"));
        let locator = her_host.ready["tcp_testing_only"].as_str().expect("a locator");
        let share = format!("hogshead share visits --label {dialect} --at '{locator}' > test.ref");
        alice.shell(&share).ok(&[&share]);
        bob.shell("hogshead accept visits < test.ref").ok(&["accept"]);
        let counted = bob.ok(&["call", "visits", "increment", "1"]);
        assert_eq!(counted, (n + 1).to_string(), "{how:?}");
        let line = bob.run(&["call", "visits", "fly"]).failed(1);
        assert!(line.starts_with("hogshead: bad-call: "), "{line}");

        // Each shows the other by the name that it has there.
        let hers = locator.split('?').next().expect("a peer");
        let his = his_host.ready["tcp_testing_only"].as_str().expect("a locator");
        let his = his.split('?').next().expect("a peer");
        for (terminal, vat, peer) in [(&bob, "host", hers), (&alice, "shop", his)] {
            let sessions = terminal.json(&["vat", "show", vat])["sessions"].clone();
            let peers: Vec<_> = sessions.as_array().expect("a list").iter().collect();
            let peers = peers.iter().filter(|session| session["kind"] == "plain");
            assert_eq!(peers.map(|s| s["peer"].clone()).collect::<Vec<_>>(), [json!(peer)]);
            assert!(terminal.ok(&["vat", "show", vat]).contains(peer));
        }
        alice.ok(&["revoke", "visits", "--label", dialect]);
        let line = bob.run(&["call", "visits", "read"]).failed(1);
        assert!(line.starts_with("hogshead: revoked: "), "{line}");
    }
}

#[test]
fn tcp_testing_only_warns_and_more_so_where_others_reach_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let start = |address: &str, more: &[&str]| {
        let vat = format!("host={address}");
        let words = ["start", "--stop-with-stdin", "--tcp-testing-only", &vat];
        let ended = alice.run(&[&words[..], more].concat());
        assert_eq!(ended.code, 0, "{ended:?}");
        ended
    };
    let ended = start("127.0.0.1:0", &[]);
    assert!(ended.out.contains("\nfor tests, without any security: ocapn://"), "{ended:?}");
    assert!(ended.err.contains("tcp-testing-only is on"), "the log warns: {ended:?}");
    assert!(!ended.err.contains("hogshead: warning"), "{ended:?}");
    let ended = start("0.0.0.0:0", &["--log", "error"]);
    let line = ended.err.strip_suffix('\n').expect("a line");
    assert!(line.starts_with("hogshead: warning: tcp-testing-only is open to other"), "{line}");
    assert!(!line.contains('\n'), "{line}");
    let ended = start("0.0.0.0:0", &["--log", "error", "--json"]);
    let document: Json = serde_json::from_str(&ended.err).expect("one document");
    assert!(document["warning"].is_string(), "{document}");
}

#[test]
fn what_is_wrong_with_a_way() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let socket = path_in(folder.path(), "alice.sock");
    let quiet = ["--log", "error", "--listen-unix", &socket];
    let ways = ["--listen-ws", "127.0.0.1:0", "--tcp-testing-only", "host=127.0.0.1:0"];
    let host = alice.start(&[&quiet[..], &ways].concat());
    let (port, testing) = (websocket_of(&host), format!("host={}", testing_of(&host)));
    std::fs::write(folder.path().join("file"), "x").expect("written");
    let file = path_in(folder.path(), "file");
    let long = path_in(folder.path(), &"a".repeat(120));
    let nobody = Terminal::new(folder.path(), "nobody");
    let elsewhere = ["--listen-ws", "192.0.2.1:0"];
    for (words, code, part) in [
        (&["--listen-ws", "nowhere"][..], 2, "'nowhere'"),
        (&["--listen-unix", "here.sock"], 2, "from the root"),
        (&["--listen-unix", "/a,b"], 2, "comma"),
        (&["--ws-url", "wss://home.example/"], 2, "--listen-ws"),
        (&["--listen-ws", &port, "--ws-url", "http://home.example/"], 2, "wss://home.example"),
        (&["--listen-ws", &port, "--ws-url", "home.example"], 2, "host:port/path"),
        (&["--tcp-testing-only", "shop"], 2, "alice=127.0.0.1:22045"),
        (&["--tcp-testing-only", "=127.0.0.1:1"], 2, "alice=127.0.0.1:22045"),
        (&["--tcp-testing-only", "shop=here"], 2, "alice=127.0.0.1:22045"),
        (&["--tcp-framing", "prefixed"], 2, "--tcp-testing-only"),
        (&["--tcp-dialect", "main"], 2, "--tcp-testing-only"),
        (&["--tcp-testing-only", "shop=127.0.0.1:0", "--tcp-dialect", "x"], 2, "main, folded"),
    ] {
        let line = nobody.run(&[&["start"], words].concat()).failed(code);
        assert!(line.contains(part), "{words:?}: {line}");
    }
    assert!(!nobody.data.exists(), "a wrong command line does nothing");

    for (words, code, part) in [
        (&["--tcp-testing-only", "shop=127.0.0.1:0"][..], 2, "hogshead vat new shop"),
        (&["--tcp-testing-only", &testing], 5, "in use; stop who listens there, or choose"),
        (&["--listen-ws", &port], 5, "in use; stop who listens there, or choose"),
        (&["--listen-unix", &socket], 5, "in use by another host; stop who listens there"),
        (&elsewhere, 5, "; choose another address with --listen-ws"),
        (&["--listen-unix", "/no/such/sock"], 5, "its folder does not exist; choose another"),
        (&["--listen-unix", &file], 5, "no socket; choose another path with --listen-unix"),
        (&["--listen-unix", &long], 5, "longer than"),
    ] {
        let line = nobody.run(&[&["start"], words].concat()).failed(code);
        assert!(line.contains(part), "{words:?}: {line}");
    }
    assert_eq!(std::fs::read_to_string(&file).expect("there"), "x", "the file was let be");
    assert_eq!(nobody.start(&[]).signal("TERM").code(), Some(0), "nothing lasts of it");
    alice.ok(&["vat", "ls"]);
}

/// Somebody who came by mistake, or to try what happens.
#[test]
fn strangers_at_every_door_are_sent_away_and_harm_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let socket = path_in(folder.path(), "alice.sock");
    let quiet = ["--log", "error", "--listen-unix", &socket];
    let ways = ["--listen-ws", "127.0.0.1:0", "--tcp-testing-only", "host=127.0.0.1:0"];
    let host = alice.start(&[&quiet[..], &ways].concat());
    let (web, testing) = (websocket_of(&host), testing_of(&host));
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);

    let key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n";
    let upgrade = format!("Connection: Upgrade\r\nUpgrade: websocket\r\n{key}");
    let request = |path: &str, headers: &str| {
        format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n").into_bytes()
    };
    let hog = format!("{upgrade}Sec-WebSocket-Protocol: hog.1\r\n");
    for (sent, status) in [
        (request("/", &upgrade), "HTTP/1.1 400 "),
        (request("/other", &hog), "HTTP/1.1 404 "),
        (request("/", ""), ""),
        (vec![0x16, 3, 1, 0xff, 0xff], ""),
    ] {
        let answer = says(TcpStream::connect(&web).expect("it listens"), &sent);
        assert!(String::from_utf8_lossy(&answer).starts_with(status), "{answer:?}");
    }
    for sent in [&b"GET / HTTP/1.1\r\n\r\n"[..], &[0; 2000], b"99999999999:", &[b'['; 6000]] {
        says(TcpStream::connect(&testing).expect("it listens"), sent);
        let answer = says(UnixStream::connect(&socket).expect("it listens"), sent);
        assert!(answer.starts_with(b"hog/1\n"), "{answer:?}");
    }
    let quic: SocketAddr = host.ready["listening"].as_str().expect("one").parse().expect("one");
    let rubbish = std::net::UdpSocket::bind("127.0.0.1:0").expect("a socket");
    for byte in 0..50 {
        rubbish.send_to(&[byte; 1200], quic).expect("sent");
    }

    assert_eq!(alice.ok(&["call", "visits", "increment", "1"]), "1");
    let sessions = alice.json(&["vat", "show", "host"])["sessions"].clone();
    let sessions = sessions.as_array().expect("a list");
    assert!(sessions.iter().all(|session| session["kind"] != "plain"), "{sessions:?}");
    assert!(host.signal("TERM").success());
}

/// Sends everything, then reads to the end.
fn says<S: Read + Write + Door>(mut door: S, what: &[u8]) -> Vec<u8> {
    door.be_patient();
    let mut answer = Vec::new();
    // It may have been sent away before it has said all.
    let _ = door.write_all(what);
    door.say_no_more();
    let _ = door.read_to_end(&mut answer);
    answer
}

trait Door {
    fn be_patient(&self);
    fn say_no_more(&self);
}

impl Door for TcpStream {
    fn be_patient(&self) {
        self.set_read_timeout(Some(PATIENCE)).expect("set");
    }

    fn say_no_more(&self) {
        let _ = self.shutdown(Shutdown::Write);
    }
}

impl Door for UnixStream {
    fn be_patient(&self) {
        self.set_read_timeout(Some(PATIENCE)).expect("set");
    }

    fn say_no_more(&self) {
        let _ = self.shutdown(Shutdown::Write);
    }
}

const PATIENCE: Duration = Duration::from_secs(20);
