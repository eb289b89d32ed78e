//! Whatever is wrong, there is one line that says what, and what to do, and the right exit code.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use serde_json::Value as Json;

use crate::terminal::{Terminal, ended, program};

#[test]
fn what_is_wrong_without_a_host() {
    let folder = tempfile::tempdir().expect("a folder");
    let nobody = Terminal::new(folder.path(), "nobody");
    std::fs::write(folder.path().join("file"), "x").expect("written");
    std::fs::create_dir(folder.path().join("empty")).expect("made");
    for (words, code, part) in [
        (&[][..], 2, "--help"),
        (&["fly"], 2, "unrecognized subcommand 'fly'"),
        (&["vat"], 2, "hogshead vat --help"),
        (&["vat", "new"], 2, "<NAME>"),
        (&["vat", "ls", "--frobnicate"], 2, "--frobnicate"),
        (&["parked", "retry", "shop", "x"], 2, "'x'"),
        (&["start", "--listen", "nowhere"], 2, "'nowhere'"),
        (&["start", "--engine", "tape"], 2, "sled, redb"),
        (&["start", "--advertise", "host"], 2, "port"),
        (&["start", "--advertise", "a b:1"], 2, "no blanks"),
        (&["start", "--idle", "0"], 2, "from 1 to 31536000"),
        (&["start", "--log", "a=b=c"], 2, "log filter"),
        (&["start", "--virtual-clock", "noon"], 2, "2027-03-01"),
        (&["clock", "advance", "soon"], 2, "3d"),
        (&["clock", "set", "soon"], 2, "2027-03-01"),
        (&["clock", "cancel", "shop", "x"], 2, "'x'"),
        (&["key", "--timeout", "0"], 2, "a whole number from 1 to 86400"),
        (&["key", "--timeout", "soon"], 2, "a whole number from 1 to 86400"),
        (&["vat", "quota", "a", "--records", "99999999999999999999"], 2, "number from 0 to 184467"),
        (&["grants", "revoke", "shop", "x"], 2, "a whole number from 0 to"),
        (&["call", "visits", "set", "hello"], 2, "'\"hello\"'"),
        (&["call", "visits", "set", "it's"], 2, "'\"it'\\''s\"'"),
        (&["call", "visits", "set", "1", ""], 2, "argument 2"),
        (&["call", "visits", "set", "{\"a\":"], 2, "EOF"),
        (&["call", "visits", "set", "12345678901234567890123"], 2, "$int"),
        (&["spawn", "shop", "counter", "[1"], 2, "initial value"),
        (&["call", "", "read"], 2, "REF is empty"),
        (&["call", "ocapn://abc.hog/s/SECRET", "read"], 2, "standard input"),
        (&["share", "visits", "--only", ""], 2, "--only"),
        (&["share", "visits", "--at", "ocapn://abc.hog/s/SECRET"], 2, "standard input"),
        (&["share", "visits", "--at", "nowhere"], 2, "--at is no locator"),
        (&["completions", "tcsh-but-not-really"], 2, "bash"),
        (&["vat", "ls"], 3, "there is no data folder"),
        (&["vat", "ls", "--data", "file"], 3, "not a folder"),
        (&["vat", "ls", "--data", "empty"], 3, "hogshead start --data empty"),
        (&["vat", "ls", "--data", ""], 2, "a value is required for '--data <DIR>'"),
        (&["store", "check", "--data", "empty"], 5, "holds no store"),
        (&["store", "rebuild", "--data", "empty"], 5, "holds no store"),
        (&["store", "replay", "--data", "empty"], 5, "holds no store"),
        (&["store", "replay", "--threads", "0", "--data", "x"], 2, "invalid value '0'"),
        (&["store", "replay", "--from", "empty", "--data", "x"], 5, "no snapshot in empty"),
        (&["store", "rebuild", "--from", "empty", "--data", "x"], 5, "no snapshot in empty"),
        (&["store", "rebuild", "--from", "x", "--from-checkpoint"], 2, "cannot be used with"),
        (&["start", "--data", "file"], 5, "file: it is no folder; give another with --data"),
        (&["start", "--data", "file/below"], 5, "below: what it lies in is no folder; give"),
        (&["store", "restore", "x", "--data", "file"], 5, "it is no folder; give another with"),
        (&["start", "--data", "new", "--listen", "192.0.2.1:0"], 5, "192.0.2.1"),
    ] {
        let line = nobody.run(words).failed(code);
        assert!(line.contains(part), "{words:?}: {line}");
        assert!(!line.contains("SECRET"), "{words:?}: {line}");
    }
}

#[test]
fn what_is_wrong_with_a_host() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let _host = alice.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);
    alice.ok(&["share", "visits", "--out", "visits.ref"]);
    alice.ok(&["share", "visits", "--only", "read", "--out", "some.ref"]);
    std::fs::write(folder.path().join("wrong.ref"), "ocapn://no").expect("written");
    std::fs::write(folder.path().join("image"), [0xff, 0xfe, 0x00]).expect("written");
    std::fs::write(folder.path().join("long"), vec![b'a'; 1 << 20]).expect("written");
    for (words, code, part) in [
        (&["vat", "new", "shop"][..], 2, "a vat named shop already; choose another"),
        (&["vat", "new", "../x"], 1, "cannot be a name"),
        (&["vat", "show", "none"], 1, "not-found"),
        (&["vat", "rm", "none"], 1, "not-found"),
        (&["spawn", "none", "counter"], 1, "not-found"),
        (&["spawn", "shop", "teapot"], 1, "`hogshead/teapot`"),
        (&["spawn", "shop", "teapot"], 1, "; every host knows brand, cell, counter, "),
        (&["spawn", "shop", "counter", "\"many\""], 1, "bad-call"),
        (&["spawn", "shop", "counter", "--name", "visits"], 2, "is taken"),
        (&["call", "none", "read"], 1, "no name \"none\""),
        (&["call", "./none", "read"], 5, "cannot read"),
        (&["call", ".", "read"], 1, "no name \".\""),
        (&["call", "wrong.ref", "read"], 2, "wrong.ref holds no sturdyref"),
        (&["call", "image", "read"], 5, "UTF-8"),
        (&["call", "long", "read"], 2, "longer"),
        (&["call", "/dev/null", "read"], 2, "it is empty"),
        (&["call", "/dev/zero", "read"], 2, "longer"),
        (&["call", "visits/x", "read"], 1, "`visits` is no directory; "),
        (&["call", "visits/x/y", "read"], 1, "`visits/x` leads to no directory; "),
        (&["name", "ls", "visits"], 1, "`visits` is no directory; "),
        (&["name", "rm", "visits/x"], 1, "`visits` is no directory; "),
        (&["name", "set", "visits/x", "visits"], 1, "`visits` is no directory; "),
        (&["redeem", "visits.ref"], 2, "no invitation; use it as it is"),
        (&["redeem", "some.ref"], 2, "no invitation; use it as it is"),
        (&["script", "ps", "--vat", "none"], 1, "no vat named none; `hogshead vat ls`"),
        (&["grants", "confirm", "shop", "999"], 1, "shop has no grant 999; `hogshead grants`"),
        (&["clock", "cancel", "shop", "99"], 1, "no timer 99: it may have fired; `hogshead vat"),
        (&["call", "visits", "fly"], 1, "increment, decrement, read"),
        (&["call", "visits", "increment"], 1, "bad-call"),
        (&["call", "visits", "increment", "-1"], 1, "u64"),
        (&["call", "visits", "increment", "\"1\""], 1, "u64"),
        (&["call", "visits", "decrement", "1"], 1, "refused"),
        (&["call", "visits", "read", "--name", "count"], 2, "no reference"),
        (&["share", "none"], 1, "no name"),
        (&["share", "visits", "--only", "fly"], 1, "fly"),
        (&["share", "visits", "--out", "visits.ref"], 5, "it is there already"),
        (&["share", "visits", "--out", "no/such/file"], 5, "does not exist"),
        (&["accept", "other"], 2, "standard input holds no sturdyref"),
        (&["accept", "visits"], 2, "is taken"),
        (&["name", "rm", "none"], 1, "not-found"),
        (&["parked", "retry", "shop", "7"], 1, "not-found"),
        (&["parked", "drop", "shop", "7"], 1, "not-found"),
        (&["store", "check"], 5, "in use"),
        (&["store", "rebuild"], 5, "in use"),
        (&["store", "replay"], 5, "in use"),
        (&["store", "snapshot", "image"], 5, "image: it is no folder; choose another path"),
        (&["start"], 5, "in use"),
    ] {
        let line = alice.run(words).failed(code);
        assert!(line.contains(part), "{words:?}: {line}");
    }
    assert!(!folder.path().join("no").exists());
    assert_eq!(alice.ok(&["call", "visits", "read"]), "0", "nothing of it did anything");
}

#[test]
fn a_host_that_was_killed_is_missed_once_in_a_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    assert_eq!(alice.start(&[]).signal("KILL").code(), None);
    let line = alice.run(&["key", "--data", "alice"]).failed(3);
    let said = "hogshead: no host runs on alice (nobody listens at its control socket); start one \
                with `hogshead start --data alice`";
    assert_eq!(line, said);
}

#[test]
fn errors_are_json_where_json_was_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let nobody = Terminal::new(folder.path(), "nobody");
    for (words, class, exit) in [
        (&["key", "--json"][..], "unreachable", 3),
        (&["--json", "vat", "new"], "usage", 2),
        (&["call", "x", "y", "z", "--json"], "usage", 2),
    ] {
        let ended = nobody.run(words);
        assert_eq!((ended.code, ended.out.as_str()), (exit, ""));
        let error: Json = serde_json::from_str(&ended.err).expect("one document");
        let error = &error["error"];
        assert_eq!(
            (error["class"].as_str(), error["exit"].as_i64()),
            (Some(class), Some(exit.into()))
        );
        assert!(error["message"].is_string() && error["remedy"].is_string(), "{error}");
    }
}

#[test]
fn arguments_that_are_not_utf_8_are_refused() {
    let mut command = program();
    command.args(["vat", "new"]).arg(OsStr::from_bytes(b"caf\xe9"));
    let line = ended(command).failed(2);
    assert!(line.contains("UTF-8"), "{line}");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error_but_a_lost_sturdyref_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let _host = alice.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);

    // `true` reads nothing; the pause makes sure that it has gone before anything is written.
    for words in ["completions bash", "vat ls", "--help"] {
        let ended = alice.shell(&format!("(sleep 0.2; exec hogshead {words}) | true"));
        assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{words}");
    }
    let ended = alice.shell("{ sleep 0.2; hogshead share visits; echo $? >&2; } | true");
    let (line, code) = ended.err.trim().rsplit_once('\n').expect("two lines");
    assert_eq!(code, "5");
    assert!(line.starts_with("hogshead: nothing was shared: "), "{line}");
    let grants = alice.json(&["vat", "show", "shop"])["grants"].clone();
    let valid = grants.as_array().into_iter().flatten().filter(|g| g["revoked"] == false);
    assert_eq!(valid.count(), 0, "{grants}");

    // Closed from the beginning.
    let ended = alice.shell("hogshead vat ls >&- 2>&-");
    assert!(ended.err.is_empty(), "{ended:?}");
}

#[test]
fn a_folder_of_somebody_else_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let host = alice.start(&[]);
    assert!(host.signal("TERM").success());
    std::fs::set_permissions(&alice.data, std::fs::Permissions::from_mode(0o755)).expect("set");
    let line = alice.run(&["start"]).failed(5);
    assert!(line.contains("chmod 700"), "{line}");
}

#[test]
fn a_control_socket_that_cannot_be_made_is_the_data_folders_fault() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let long = "x".repeat(120);
    for words in [&["start", "--data", &long][..], &["start", "--ephemeral", "--data", &long]] {
        let line = alice.run(words).failed(5);
        assert!(line.contains("; use a shorter --data"), "{line}");
        assert!(!folder.path().join(&long).exists(), "nothing was made");
    }
    let mut demo = alice.command(&["demo"]);
    let temporary = folder.path().join("y".repeat(80));
    std::fs::create_dir(&temporary).expect("made");
    demo.env("TMPDIR", &temporary);
    let line = ended(demo).failed(5);
    assert!(line.contains("; set TMPDIR to"), "{line}");
    assert_eq!(std::fs::read_dir(&temporary).expect("read").count(), 0, "nothing is left");

    let host = alice.start(&[]);
    assert!(host.signal("TERM").success());
    let socket = alice.data.join("control.sock");
    std::fs::write(&socket, "mine").expect("written");
    let line = alice.run(&["start"]).failed(5);
    assert!(line.contains("control.sock is there and is no socket; remove it"), "{line}");
    std::fs::remove_file(&socket).expect("removed");
    std::fs::create_dir(&socket).expect("made");
    let line = alice.run(&["start"]).failed(5);
    assert!(line.contains("control.sock is there and is no socket; remove it"), "{line}");
}

#[test]
fn a_terminal_is_not_shown_a_sturdyref() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let _host = alice.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);
    let mut terminal = alice.command(&["share", "visits"]);
    let (controller, user) = pseudo_terminal();
    terminal.stdout(Stdio::from(user));
    let line = ended(terminal).failed(2);
    assert!(line.contains("scrollback"), "{line}");
    drop(controller);
    let grants = alice.json(&["vat", "show", "shop"])["grants"].clone();
    assert_eq!(grants, serde_json::json!([]), "it was refused before anything was made");
}

/// The two ends of a pseudo terminal.
pub fn pseudo_terminal() -> (std::os::fd::OwnedFd, std::os::fd::OwnedFd) {
    use rustix::fs::{Mode, OFlags};
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&controller).expect("granted");
    unlockpt(&controller).expect("unlocked");
    let name = ptsname(&controller, Vec::new()).expect("a name");
    let user = rustix::fs::open(name.as_c_str(), OFlags::RDWR | OFlags::NOCTTY, Mode::empty());
    (controller, user.expect("the other end"))
}
