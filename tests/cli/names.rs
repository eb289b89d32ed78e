//! Names, and paths of them that lead from the owner's directory to others.

use serde_json::json;

use crate::fields;
use crate::terminal::Terminal;

#[test]
fn paths_lead_through_directories_of_other_vats_and_other_hosts() {
    let folder = tempfile::tempdir().expect("a folder");
    let [alice, bob] = ["alice", "bob"].map(|name| Terminal::new(folder.path(), name));
    let _host = alice.start(&[]);
    let _bobs = bob.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);
    alice.ok(&["spawn", "shop", "directory", "--name", "desk"]);
    alice.ok(&["spawn", "host", "directory", "--name", "drawer"]);
    alice.ok(&["name", "set", "desk/visits", "visits"]);
    alice.ok(&["name", "set", "desk/drawer", "drawer"]);
    alice.ok(&["name", "set", "desk/drawer/deep", "desk/visits"]);
    assert_eq!(alice.ok(&["call", "desk/visits", "increment", "1"]), "1");
    assert_eq!(alice.ok(&["call", "desk/drawer/deep", "increment", "1"]), "2");
    assert_eq!(alice.ok(&["call", "drawer/deep", "read"]), "2", "it is the same drawer");

    // Bob goes on where Alice's desk begins, and puts something of his on it.
    alice.ok(&["share", "desk", "--out", "desk.ref"]);
    let said = alice.shell("hogshead --json accept desk/itself < desk.ref").ok(&["accept"]);
    let said: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(said["name"], "itself", "{said}");
    alice.ok(&["name", "rm", "desk/itself"]);
    bob.shell("hogshead accept alice < desk.ref").ok(&["accept"]);
    assert_eq!(bob.ok(&["call", "alice/drawer/deep", "increment", "5"]), "7");
    bob.ok(&["vat", "new", "home"]);
    bob.ok(&["spawn", "home", "greeter", "\"Hello from Bob\"", "--name", "greeter"]);
    bob.ok(&["name", "set", "alice/bob", "greeter"]);
    assert_eq!(alice.ok(&["call", "desk/bob", "greet", "\"Alice\""]), "\"Hello from Bob, Alice!\"");

    let listed = bob.json(&["name", "ls", "alice"]);
    fields(&listed["names"][0], "kind name to");
    let names: Vec<_> =
        listed["names"].as_array().into_iter().flatten().map(|name| name["name"].clone()).collect();
    assert_eq!(names, ["bob", "drawer", "visits"]);
    assert!(alice.ok(&["name", "ls", "desk/drawer"]).contains("deep"));
    assert_eq!(alice.json(&["name", "rm", "desk/bob"]), json!({"removed": "desk/bob"}));
    bob.run(&["call", "alice/bob", "greet", "\"me\""]).failed(1);
    for (words, code, part) in [
        (&["name", "set", "desk/visits", "desk"][..], 2, "is taken"),
        (&["name", "set", "desk/..", "desk"], 1, "cannot be a name"),
        (&["name", "set", "visits/x", "desk"], 1, "no directory"),
        (&["name", "set", "nowhere/x", "desk"], 1, "no name \"nowhere\""),
        (&["name", "set", "x", "nowhere"], 1, "no name"),
        (&["name", "ls", "visits"], 1, "no directory"),
        (&["name", "rm", "desk/none"], 1, "no name"),
        (&["call", "desk/none", "read"], 1, "no name"),
        (&["call", "desk//visits", "read"], 1, "cannot be a name"),
        (
            &["call", "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a", "x"],
            1,
            "at most",
        ),
    ] {
        let line = alice.run(words).failed(code);
        assert!(line.contains(part), "{words:?}: {line}");
    }
    alice.ok(&["name", "set", "desk/visits", "drawer", "--replace"]);
    assert_eq!(alice.ok(&["call", "desk/visits/deep", "read"]), "7");
}

#[test]
fn a_second_name_has_what_the_first_has_and_files_are_found_where_no_name_leads() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let host = alice.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);
    std::fs::create_dir(folder.path().join("refs")).expect("made");
    alice.ok(&["share", "visits", "--out", "refs/visits.ref"]);
    alice.shell("hogshead accept shared < refs/visits.ref").ok(&["accept"]);
    alice.ok(&["name", "set", "again", "shared"]);
    alice.ok(&["name", "set", "from-file", "refs/visits.ref"]);
    alice.ok(&["name", "rm", "shared"]);
    assert!(host.close_stdin().success());
    let _host = alice.start(&[]);
    for name in ["again", "from-file", "refs/visits.ref", "./refs/visits.ref"] {
        assert_eq!(alice.ok(&["call", name, "read"]), "0", "{name}");
    }
    let listed = alice.json(&["name", "ls"]);
    let kinds: Vec<_> =
        listed["names"].as_array().into_iter().flatten().map(|name| name["kind"].clone()).collect();
    assert_eq!(kinds, ["sturdy", "sturdy", "live"], "{listed}");
}
