//! The command line as somebody uses it: the built binary, in terminals of its own.

#![expect(clippy::panic, reason = "the helpers of a test fail as the test does")]

#[path = "cli/clock.rs"]
mod clock;
#[path = "cli/grants.rs"]
mod grants;
#[path = "cli/mistakes.rs"]
mod mistakes;
#[path = "cli/names.rs"]
mod names;
#[path = "cli/qr.rs"]
mod qr;
#[path = "cli/restore.rs"]
mod restore;
#[path = "cli/scripts.rs"]
mod scripts;
#[path = "cli/sessions.rs"]
mod sessions;
#[path = "cli/terminal.rs"]
mod terminal;
#[path = "cli/upkeep.rs"]
mod upkeep;
#[path = "cli/ways.rs"]
mod ways;

use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;

use serde_json::{Value as Json, json};
use terminal::Terminal;

/// The walk through that the README tells, word for word in what is typed.
#[test]
fn alice_and_bob_repeat_the_demo_by_hand() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let bob = Terminal::new(folder.path(), "bob");
    let alices_host = alice.start(&[]);
    let _bobs_host = bob.start(&[]);

    let made = alice.ok(&["vat", "new", "shop"]);
    assert!(made.starts_with("NAME ") && made.contains("\nshop "), "{made}");
    assert_eq!(alice.ok(&["spawn", "shop", "counter", "--name", "visits"]), "visits");
    let granted = "hogshead grant visits --only increment --where '0<=2' --until 7d --label bob \
                   > visits.ref";
    alice.shell(granted).ok(&[granted]);

    let accepted = "hogshead accept visits < visits.ref";
    bob.shell(accepted).ok(&[accepted]);
    assert_eq!(bob.ok(&["call", "visits", "increment", "1"]), "1");
    assert_eq!(bob.ok(&["call", "visits", "increment", "2"]), "3");
    for words in [&["call", "visits", "increment", "3"][..], &["call", "visits", "read"]] {
        let line = bob.run(words).failed(1);
        assert!(line.starts_with("hogshead: denied: "), "{line}");
    }
    let granted = alice.ok(&["grants", "visits"]);
    assert!(granted.contains("increment; argument 0 at most 2; until "), "{granted}");
    assert!(granted.contains("2, last ") && granted.contains(" valid"), "{granted}");
    assert_eq!(alice.ok(&["call", "visits", "read"]), "3");

    // What a caller lets go of as it ends may come just after the vat has gone cold.
    let went_cold = (0..20).any(|_| {
        alice.ok(&["vat", "evict", "shop"]);
        alice.json(&["vat", "show", "shop"])["info"]["state"] != "warm"
    });
    assert!(went_cold);
    assert_eq!(bob.ok(&["call", "visits", "increment", "1"]), "4");
    assert_eq!(alice.json(&["vat", "show", "shop"])["info"]["state"], "warm");

    let status = alices_host.signal("KILL");
    assert_eq!(status.code(), None);
    alice.run(&["key"]).failed(3);
    let report = alice.json(&["store", "check"]);
    assert!(report["newest"].as_u64() > Some(0), "{report}");

    // The host listens where it did before, so the sturdyref that Bob holds stays good.
    let _alices_host = alice.start(&[]);
    assert_eq!(until_ok(&bob, &["call", "visits", "increment", "1"]), "5");
    assert_eq!(alice.ok(&["call", "visits", "read"]), "5");

    assert_eq!(alice.ok(&["revoke", "visits", "--label", "bob"]), "1 facet revoked");
    let line = bob.run(&["call", "visits", "increment", "1"]).failed(1);
    assert!(line.starts_with("hogshead: revoked: "), "{line}");
    assert_eq!(alice.ok(&["call", "visits", "read"]), "5");
}

/// Alice's column of the walk through, pasted into a shell as it stands.
#[test]
fn what_alice_types_may_be_pasted_at_once() {
    let readme = include_str!("../README.md");
    let (_, block) = readme.split_once("# Terminal A is Alice's.").expect("the walk through");
    let (block, _) = block.split_once("```").expect("its end");
    let lines: Vec<_> = block.lines().skip(1).map(left_column).collect();
    let typed = lines.join("\n");
    assert_eq!(typed.matches("hogshead start & sleep 1\n").count(), 2, "{typed}");
    // Where many tests run at once, a host may take longer than a second to be up.
    let up = "timeout 20 sh -c 'until hogshead key; do sleep 0.1; done' > /dev/null 2>&1";
    let typed = typed.replace("sleep 1\n", &format!("{up}\n"));
    assert!(typed.contains("hogshead revoke visits") && !typed.contains("accept"), "{typed}");
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let ended = alice.shell(&format!("trap 'kill $!' EXIT\nset -e\n{typed}"));
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.out.ends_with("1 facet revoked\n"), "{ended:?}");
}

/// What stands left of Bob's column.
fn left_column(line: &str) -> &str {
    match line.split_at_checked(50) {
        Some((left, _)) if left.ends_with("  ") => left.trim_end(),
        _ => line,
    }
}

/// Repeats a call that a severed session refused; none of these refusals did anything.
fn until_ok(terminal: &Terminal, words: &[&str]) -> String {
    for _ in 0..100 {
        let ended = terminal.run(words);
        if ended.code == 0 {
            return ended.ok(words);
        }
        let line = ended.failed(1);
        assert!(line.starts_with("hogshead: severed: "), "{line}");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("{words:?} did not succeed within ten seconds");
}

#[test]
fn every_command_prints_the_json_that_its_help_documents() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let host = alice.start(&[]);
    fields(&host.ready, "addresses data host listening pid ready socket tcp_testing_only ways");

    let vat = "bytes id name number paused records state turns";
    fields(&alice.json(&["vat", "new", "shop"]), vat);
    let vats = alice.json(&["vat", "ls"]);
    fields(&vats, "vats");
    let listed = vats["vats"].as_array().expect("a list");
    let names: Vec<_> = listed.iter().map(|vat| vat["name"].as_str().expect("a name")).collect();
    assert_eq!(names, ["host", "shop"], "vat zero is listed too");
    fields(&listed[1], vat);
    for word in ["evict", "pause", "resume"] {
        fields(&alice.json(&["vat", word, "shop"]), vat);
    }

    let made = alice.json(&["spawn", "shop", "counter", "40"]);
    assert_eq!(made, json!({"name": "counter-1", "kind": "hogshead/counter", "vat": "shop"}));
    let answer = alice.json(&["call", "counter-1", "increment", "2"]);
    assert_eq!(answer, json!({"answer": 42}));
    let shared = alice.json(&["share", "counter-1", "--only", "read,increment"]);
    fields(&shared, "label may only sturdyref");
    let shared = alice.json(&["share", "counter-1", "--label", "x", "--out", "counter.ref"]);
    assert_eq!(
        shared,
        json!({"file": "counter.ref", "label": "x", "may": "everything", "only": null})
    );
    let sturdyref = std::fs::read(folder.path().join("counter.ref")).expect("written");
    let accepted = alice.run_with(&["accept", "mine", "--json"], &sturdyref);
    let accepted: Json = serde_json::from_str(&accepted.ok(&["accept"])).expect("JSON");
    fields(&accepted, "kind name to");
    assert_eq!((&accepted["name"], &accepted["kind"]), (&json!("mine"), &json!("sturdy")));
    let names = alice.json(&["name", "ls"]);
    assert_eq!(names["names"].as_array().map(Vec::len), Some(2), "{names}");

    let details = alice.json(&["vat", "show", "shop"]);
    fields(&details, "certificate_expires_ms epoch grants info objects sessions waits_for");
    fields(&details["grants"][0], "facet label may methods object revoked shares");
    fields(&details["objects"][0], "bytes id kind version");
    fields(&alice.json(&["vat", "location", "shop"]), "number record vat ways");
    assert_eq!(alice.json(&["revoke", "counter-1"]), json!({"revoked": 2}));
    assert_eq!(alice.json(&["parked", "ls"]), json!({"parked": []}));
    fields(&alice.json(&["vat", "collect", "shop"]), "freed");
    let quota = alice.json(&["vat", "quota", "shop"]);
    fields(&quota, "bytes deliveries records timers vat");
    for what in ["bytes", "deliveries", "records", "timers"] {
        fields(&quota[what], "quota used");
    }
    fields(
        &alice.json(&["key"]),
        "addresses clock_jumped_to_ms commit durable engine host vat_zero ways",
    );
    assert_eq!(alice.json(&["name", "rm", "mine"]), json!({"removed": "mine"}));
    let snapshot = alice.json(&["store", "snapshot", "copy"]);
    fields(&snapshot, "commit folder");
    assert_eq!(alice.json(&["vat", "rm", "shop"]), json!({"removed": "shop"}));
    alice.run(&["vat", "show", "shop"]).failed(1);
}

/// What `forward --help` says, done by hand: Alice's host comes back at another address, and a host
/// at the old one sends Bob on.
#[test]
fn a_host_at_an_old_address_sends_on_by_the_record_that_the_new_one_prints() {
    let folder = tempfile::tempdir().expect("a folder");
    let [alice, old, bob] = ["alice", "old", "bob"].map(|name| Terminal::new(folder.path(), name));
    let socket = |name: &str| format!("{}/{name}.sock", folder.path().display());
    let host = alice.start(&["--listen-unix", &socket("first")]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);
    let shared = "hogshead share visits | sed 's/?.*&unix/?unix/' > visits.ref";
    alice.shell(shared).ok(&[shared]);
    assert!(host.close_stdin().success());
    let _host = alice.start(&["--listen-unix", &socket("second")]);
    let _old = old.start(&["--listen-unix", &socket("first")]);
    let _bob = bob.start(&["--listen-unix", &socket("bob")]);

    let record = alice.ok(&["vat", "location", "shop"]);
    assert!(record.starts_with("hogloc:") && !record.contains('\n'), "{record}");
    let accepted = "hogshead accept visits < visits.ref";
    bob.shell(accepted).ok(&[accepted]);
    let line = bob.run(&["call", "visits", "increment", "1"]).failed(1);
    assert!(line.contains("no such vat"), "{line}");

    fields(&old.json(&["forward", "add", &record]), "number to vat");
    assert_eq!(bob.ok(&["call", "visits", "increment", "1"]), "1");
    let listed = old.json(&["forward", "ls"]);
    fields(&listed, "forwards");
    fields(&listed["forwards"][0], "number to vat");
    let vat = listed["forwards"][0]["vat"].as_str().expect("a key");
    let shown = old.ok(&["forward", "ls"]);
    assert!(shown.contains(vat) && shown.contains("second.sock"), "{shown}");
    assert_eq!(old.json(&["forward", "rm", vat]), json!({"removed": vat}));
    let line = old.run(&["forward", "rm", vat]).failed(1);
    assert!(line.contains("no forwarding record"), "{line}");
    assert_eq!(old.ok(&["forward", "ls"]), "nobody is sent on: `hogshead forward add RECORD`");
    let line = old.run(&["forward", "add", "hogloc:AAAA"]).failed(1);
    assert!(line.contains("not a location record"), "{line}");
}

fn fields(document: &Json, expected: &str) {
    let object = document.as_object().unwrap_or_else(|| panic!("no object: {document}"));
    let mut names: Vec<_> = object.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names.join(" "), expected, "{document}");
}

#[test]
fn values_of_every_kind_pass_through_json_and_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let _host = alice.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "cell", "--name", "box"]);
    assert_eq!(alice.ok(&["call", "box", "get"]), "", "a new cell holds nothing");
    for text in [
        "null",
        "true",
        "-7",
        "{\"$int\":\"123456789012345678901234567890\"}",
        "{\"$bytes\":\"aGk=\"}",
        "{\"$symbol\":\"tea\"}",
        "1.5",
        "\"text with \\\"quotes\\\" and ünïcode\"",
        "[1,[2,[]]]",
        "{\"a\":{\"b\":null}}",
    ] {
        alice.ok(&["call", "box", "set", text]);
        assert_eq!(alice.ok(&["call", "box", "get"]), text);
    }
}

#[test]
fn references_are_passed_kept_and_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let _host = alice.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["vat", "new", "attic"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);
    alice.ok(&["spawn", "attic", "cell", "{\"$ref\": \"visits\"}", "--name", "box"]);
    alice.ok(&["call", "box", "get", "--name", "found"]);
    assert_eq!(alice.ok(&["call", "found", "increment", "3"]), "3");
    assert_eq!(alice.ok(&["call", "visits", "read"]), "3");

    // In a list, from a file, and from standard input.
    alice.ok(&["share", "visits", "--out", "visits.ref"]);
    alice.ok(&["call", "box", "set", "[1, {\"$ref\": \"./visits.ref\"}]"]);
    assert_eq!(alice.ok(&["call", "visits.ref", "increment", "1"]), "4");
    let sturdyref = std::fs::read(folder.path().join("visits.ref")).expect("written");
    assert_eq!(alice.run_with(&["call", "-", "read"], &sturdyref).ok(&["call"]), "4");

    // By sturdyref exactly that sharing is revoked.
    alice.ok(&["share", "visits", "--out", "other.ref"]);
    assert_eq!(alice.ok(&["revoke", "visits.ref"]), "1 facet revoked");
    alice.run(&["call", "visits.ref", "read"]).failed(1);
    assert_eq!(alice.ok(&["call", "other.ref", "read"]), "4");
}

#[test]
fn folders_and_files_belong_to_the_owner_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let host = alice.start(&["--key-file", "elsewhere.key"]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);
    let line = "umask 022; hogshead share visits > shell.ref";
    alice.shell(line).ok(&[line]);
    alice.ok(&["share", "visits", "--out", "out.ref"]);
    alice.ok(&["store", "snapshot", "copy"]);
    for path in ["elsewhere.key", "shell.ref", "out.ref"] {
        assert_eq!(mode(&folder.path().join(path)), 0o600, "{path}");
    }
    let mut seen = 0;
    for path in ["alice", "copy"] {
        seen += private(&folder.path().join(path));
    }
    assert!(seen > 5, "only {seen} files");
    assert!(host.close_stdin().success());
    private(&folder.path().join("alice"));

    // The sturdyref is in no file of the host, nor in what it shows.
    let _host = alice.start(&["--key-file", "elsewhere.key"]);
    let text = std::fs::read_to_string(folder.path().join("out.ref")).expect("written");
    let swiss = text.split("/s/").nth(1).and_then(|rest| rest.split(['?', '\n']).next());
    let swiss = swiss.expect("a swiss number");
    alice.shell("hogshead accept mine < out.ref").ok(&["accept"]);
    for words in [&["name", "ls"][..], &["vat", "show", "shop"], &["key"]] {
        let shown = alice.ok(words);
        assert!(!shown.contains(swiss), "{words:?} shows a secret: {shown}");
    }
    let found = "grep -r -l -F -e \"$(sed 's,.*/s/,,;s,?.*,,' out.ref)\" alice copy";
    let ended = alice.shell(found);
    assert_eq!((ended.code, ended.out.as_str()), (1, ""), "a swiss number lies in clear");
}

/// Checks a folder and all below it; gives how many files there are.
fn private(folder: &Path) -> usize {
    assert_eq!(mode(folder), 0o700, "{}", folder.display());
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let kind = path.symlink_metadata().expect("metadata").file_type();
        if kind.is_dir() {
            seen += private(&path);
        } else {
            assert!(kind.is_file() || kind.is_socket(), "{}", path.display());
            assert_eq!(mode(&path), 0o600, "{}", path.display());
            seen += 1;
        }
    }
    seen
}

fn mode(path: &Path) -> u32 {
    path.symlink_metadata().expect("metadata").mode() & 0o777
}
