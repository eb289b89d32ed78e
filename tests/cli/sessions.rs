//! Sessions as their owner tends them, and calls that wait for a peer that is away.

use serde_json::{Value as Json, json};

use crate::terminal::Terminal;
use crate::{fields, until_ok};

const SESSION: &str = "began_ms carried dialling exports fork heard_ms id imports kind next_dial_ms \
                       outbox owed peer petname questions silent_ms state wishes";

/// Bob's own session with Alice's shop: that of his host.
fn session(bob: &Terminal) -> Json {
    let listed = bob.json(&["session", "ls", "host"]);
    let listed = listed["sessions"].as_array().expect("a list");
    let durable = listed.iter().filter(|row| row["session"]["kind"] == "durable");
    let durable: Vec<_> = durable.collect();
    assert_eq!(durable.len(), 1, "{listed:?}");
    assert_eq!(durable[0]["vat"], "host");
    durable[0]["session"].clone()
}

#[test]
fn a_call_says_for_whom_it_waits_and_the_owner_tends_the_session() {
    let folder = tempfile::tempdir().expect("a folder");
    let [alice, bob] = ["alice", "bob"].map(|name| Terminal::new(folder.path(), name));
    let host = alice.start(&[]);
    let _bobs = bob.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);
    alice.ok(&["spawn", "shop", "cell", "{\"$ref\": \"visits\"}", "--name", "box"]);
    alice.ok(&["share", "box", "--out", "box.ref"]);
    bob.shell("hogshead accept box < box.ref").ok(&["accept"]);
    bob.ok(&["call", "box", "get", "--name", "found"]);
    assert_eq!(bob.ok(&["call", "found", "increment", "1"]), "1");

    let listed = session(&bob);
    fields(&listed, SESSION);
    assert_eq!((&listed["petname"], &listed["carried"]), (&json!("box"), &json!(true)));
    let shown = bob.ok(&["session", "ls"]);
    assert!(shown.contains("durable") && shown.contains("box ("), "{shown}");
    let details = bob.json(&["session", "show", "host", "box"]);
    fields(&details, "exports imports info outbox");
    fields(&details["imports"][0], "broken holders object position since_ms what");
    let shown = bob.ok(&["session", "show", "host", &listed["id"].to_string()]);
    assert!(shown.contains("\nwe hold\n") && shown.contains("an object"), "{shown}");
    assert!(bob.ok(&["vat", "show", "host"]).contains("box ("), "the vat shows the same");

    // Her host stops. What a name leads to cannot be looked up, and nothing is sent…
    assert!(host.close_stdin().success());
    let waited = bob.run(&["call", "box", "get", "--timeout", "4"]);
    assert_eq!(waited.code, 7, "{waited:?}");
    assert!(waited.err.contains("waiting for box (") && waited.err.contains("away since "));
    assert!(waited.err.contains("nothing was sent"), "{waited:?}");
    // …but a message to what is held is kept.
    let waited = bob.run(&["call", "found", "increment", "10", "--timeout", "4", "--json"]);
    assert_eq!(waited.code, 7, "{waited:?}");
    let lines: Vec<Json> =
        waited.err.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 2, "{waited:?}");
    fields(&lines[0]["waiting"], "away_since_ms peer petname sent");
    assert_eq!(lines[0]["waiting"]["sent"], true);
    assert_eq!(lines[1]["error"]["class"], "away");
    let shown = bob.ok(&["session", "show", "host", "box"]);
    assert!(shown.contains("increment to its object"), "{shown}");

    let host = alice.start(&[]);
    assert_eq!(until_ok(&bob, &["call", "found", "read"]), "11", "it was kept");
    let dropped = bob.json(&["session", "drop-outbox", "host", "box"]);
    fields(&dropped, "left operations questions wishes");
    fields(&dropped["left"], "numbered numbered_bytes waiting waiting_bytes");

    let ended = bob.json(&["session", "end", "host", "box"]);
    fields(&ended, "id peer told");
    assert_eq!(ended["told"], true);
    let line = bob.run(&["call", "found", "read"]).failed(1);
    assert!(line.contains("the owner ended the session"), "{line}");
    bob.ok(&["call", "box", "get", "--name", "anew"]);
    assert_eq!(bob.ok(&["call", "anew", "read"]), "11");

    // What Bob holds he gives up; what Alice's shop lets him have she takes back.
    let details = bob.json(&["session", "show", "host", "box"]);
    let imports = details["imports"].as_array().expect("a list");
    let held = imports.iter().filter(|held| held["what"] == "an object");
    for position in held.map(|held| held["position"].to_string()) {
        let expired = bob.json(&["session", "expire", "host", "box", &position]);
        assert_eq!(expired["expired"].to_string(), position);
    }
    let line = bob.run(&["call", "anew", "read"]).failed(1);
    assert!(line.contains("stopped: ") && line.contains("gave up"), "{line}");
    assert!(host.close_stdin().success());
}

#[test]
fn sessions_that_there_are_not_are_clear_errors() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let _host = alice.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    for (words, code, part) in [
        (&["session"][..], 2, "hogshead session --help"),
        (&["session", "ls", "nowhere"], 1, "no such vat"),
        (&["session", "show", "shop", "nobody"], 1, "hogshead session ls"),
        (&["session", "show", "shop", "99999999999999999999"], 1, "no session"),
        (&["session", "end", "shop", ""], 1, "no session"),
        (&["session", "end", "shop"], 2, "<PEER|SESSION>"),
        (&["session", "expire", "shop", "nobody", "x"], 2, "'x'"),
        (&["session", "expire", "shop", "nobody", "-1"], 2, "-1"),
        (&["session", "expire-export", "shop", "nobody", "1"], 1, "no session"),
        (&["session", "drop-outbox", "shop", "nobody"], 1, "no session"),
    ] {
        let line = alice.run(words).failed(code);
        assert!(line.contains(part), "{words:?}: {line}");
    }
    assert_eq!(alice.json(&["session", "ls", "shop"]), json!({"sessions": []}));
}

#[test]
fn a_peer_that_was_killed_is_named_before_its_channel_is_given_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let [alice, bob] = ["alice", "bob"].map(|name| Terminal::new(folder.path(), name));
    let host = alice.start(&[]);
    let _bobs = bob.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);
    alice.ok(&["share", "visits", "--out", "visits.ref"]);
    bob.shell("hogshead accept visits < visits.ref").ok(&["accept"]);
    assert_eq!(bob.ok(&["call", "visits", "increment", "1"]), "1");
    assert!(host.signal("KILL").code().is_none());

    let waited = bob.run(&["call", "visits", "increment", "10", "--timeout", "6"]);
    assert_eq!(waited.code, 7, "{waited:?}");
    assert!(waited.err.contains("waiting for visits (") && waited.err.contains("nothing was sent"));
    let shown = session(&bob);
    assert!(shown["carried"] == false || shown["silent_ms"].is_u64(), "{shown}");
    let shown = bob.ok(&["session", "ls"]);
    assert!(shown.contains("silent since ") || shown.contains("away since "), "{shown}");
}
