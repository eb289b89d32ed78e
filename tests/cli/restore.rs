//! A store that is put back, and says so: what peers see of it, and what they see of the one that
//! it replaces.

use crate::terminal::Terminal;
use crate::{fields, until_ok};

#[test]
fn a_restored_host_goes_on_from_its_snapshot_and_the_one_it_replaces_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let [alice, bob] = ["alice", "bob"].map(|name| Terminal::new(folder.path(), name));
    let host = alice.start(&[]);
    let _bobs = bob.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);
    alice.ok(&["share", "visits", "--out", "visits.ref"]);
    bob.shell("hogshead accept visits < visits.ref").ok(&["accept"]);
    assert_eq!(bob.ok(&["call", "visits", "increment", "1"]), "1");
    alice.ok(&["store", "snapshot", "monday"]);
    assert_eq!(bob.ok(&["call", "visits", "increment", "1"]), "2");
    let line = alice.run(&["store", "restore", "monday"]).failed(5);
    assert!(line.contains("in use"), "{line}");
    assert!(host.signal("TERM").success());
    alice.shell("cp -r alice replaced").ok(&["cp"]);

    let restored = alice.json(&["store", "restore", "monday"]);
    fields(&restored, "commit epoch set_aside");
    assert_eq!(restored["set_aside"].as_array().map(Vec::len), Some(2), "{restored}");
    assert_eq!(alice.json(&["store", "check"])["sound"], true);
    let host = alice.start(&[]);
    assert_eq!(alice.ok(&["call", "visits", "read"]), "1", "it is Monday again");
    assert_eq!(alice.json(&["vat", "show", "shop"])["epoch"], restored["epoch"]);
    // What was between them is over, and begins anew.
    assert_eq!(until_ok(&bob, &["call", "visits", "increment", "5"]), "6");
    assert!(host.signal("TERM").success());

    // Somebody starts the store that was replaced, where the restored one was.
    let replaced = Terminal::new(folder.path(), "replaced");
    let _host = replaced.start(&[]);
    let line = bob.run(&["call", "visits", "increment", "1", "--timeout", "5"]);
    assert_eq!(line.code, 7, "she is away as long as she shows a lower epoch: {line:?}");
    assert_eq!(replaced.ok(&["call", "visits", "read"]), "2", "nobody came");
}

#[test]
fn a_snapshot_and_its_key_are_a_store_wherever_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let [alice, anew] = ["alice", "anew"].map(|name| Terminal::new(folder.path(), name));
    let host = alice.start(&["--engine", "redb"]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "7", "--name", "visits"]);
    alice.ok(&["store", "snapshot", "monday"]);
    let id = alice.json(&["key"])["vat_zero"].clone();
    assert!(host.signal("KILL").code().is_none());

    let line = anew.run(&["store", "restore", "monday"]).failed(5);
    assert!(line.contains("key file") && line.contains("belongs to the snapshot"), "{line}");
    let other = Terminal::new(folder.path(), "other");
    assert!(other.start(&[]).signal("TERM").success());
    anew.shell("cp other/key anew/key").ok(&["cp"]);
    let line = anew.run(&["store", "restore", "monday"]).failed(5);
    assert!(line.contains("of another store"), "{line}");
    anew.shell("cp alice/key anew/key").ok(&["cp"]);
    let line = anew.run(&["store", "restore", "nowhere"]).failed(5);
    assert!(line.contains("nowhere"), "{line}");
    let said = anew.ok(&["store", "restore", "monday"]);
    assert!(said.starts_with("restored up to commit "), "{said}");
    let _host = anew.start(&[]);
    assert_eq!(anew.ok(&["call", "visits", "read"]), "7");
    assert_eq!(anew.json(&["key"])["vat_zero"], id, "the same vats");
}

#[test]
fn grants_that_count_wait_for_their_owner_after_a_restore() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let host = alice.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);
    alice.ok(&["grant", "visits", "--uses", "3", "--label", "counted", "--out", "counted.ref"]);
    alice.ok(&["grant", "visits", "--rate", "9/s", "--label", "rated", "--out", "rated.ref"]);
    alice.ok(&["grant", "visits", "--only", "read", "--label", "plain", "--out", "plain.ref"]);
    alice.ok(&["grant", "counted.ref", "--label", "below", "--out", "below.ref"]);
    assert_eq!(alice.ok(&["call", "counted.ref", "increment", "1"]), "1");
    alice.ok(&["store", "snapshot", "monday"]);
    // Used up, as the snapshot does not know.
    for count in ["2", "3"] {
        assert_eq!(alice.ok(&["call", "counted.ref", "increment", "1"]), count);
    }
    assert!(host.signal("TERM").success());
    alice.ok(&["store", "restore", "monday"]);

    let _host = alice.start(&[]);
    for file in ["counted.ref", "rated.ref", "below.ref"] {
        let line = alice.run(&["call", file, "increment", "1"]).failed(1);
        assert!(line.contains("suspended since its vat was restored"), "{file}: {line}");
    }
    assert_eq!(alice.ok(&["call", "plain.ref", "read"]), "1", "nothing of it can be used up");
    let listed = alice.json(&["grants"]);
    let state = |label: &str| {
        let mut grants = listed["grants"].as_array().into_iter().flatten();
        grants.find(|grant| grant["label"] == label).map(|grant| grant["state"].clone())
    };
    assert_eq!(state("counted"), Some("suspended".into()), "{listed}");
    assert_eq!(state("plain"), Some("valid".into()), "{listed}");
    let said = alice.ok(&["grants", "confirm", "shop"]);
    assert!(said.ends_with("grants may be used again"), "{said}");
    assert_eq!(alice.ok(&["call", "counted.ref", "increment", "1"]), "2");
    assert_eq!(alice.ok(&["call", "below.ref", "increment", "1"]), "3");
    let line = alice.run(&["call", "below.ref", "increment", "1"]).failed(1);
    assert!(line.contains("used up"), "what the snapshot knew is counted: {line}");
    assert_eq!(alice.ok(&["call", "rated.ref", "read"]), "3");
    // What is made from now on is of now.
    alice.ok(&["grant", "visits", "--uses", "1", "--label", "new", "--out", "new.ref"]);
    assert_eq!(alice.ok(&["call", "new.ref", "read"]), "3");
}
