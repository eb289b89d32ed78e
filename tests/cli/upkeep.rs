//! Hosts that stop and start again, stores that are checked, copied, damaged and rebuilt.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::terminal::{Terminal, ended, program};

#[test]
fn a_host_stops_cleanly_and_keeps_names_and_address() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let mut listening = None;
    for signal in ["TERM", "INT", "HUP"] {
        let host = alice.start(&[]);
        let address = host.ready["listening"].clone();
        assert_eq!(*listening.get_or_insert(address.clone()), address, "it stays where it was");
        let vat = format!("before-{signal}");
        alice.ok(&["vat", "new", &vat]);
        alice.ok(&["spawn", &vat, "counter", "--name", &format!("count-{signal}")]);
        let status = host.signal(signal);
        assert_eq!(status.code(), Some(0), "{signal}");
        assert!(!alice.data.join("control.sock").exists() || alice.run(&["key"]).code == 3);
    }
    let host = alice.start(&[]);
    let names = alice.json(&["name", "ls"]);
    assert_eq!(names["names"].as_array().map(Vec::len), Some(3), "{names}");
    assert!(host.close_stdin().success());
}

#[test]
fn either_engine_keeps_what_it_was_given_and_refuses_to_be_another() {
    let folder = tempfile::tempdir().expect("a folder");
    for (engine, other) in [("sled", "redb"), ("redb", "sled")] {
        let alice = Terminal::new(folder.path(), engine);
        let host = alice.start(&["--engine", engine]);
        assert_eq!(alice.json(&["key"])["engine"], engine);
        alice.ok(&["vat", "new", "shop"]);
        alice.ok(&["spawn", "shop", "counter", "7", "--name", "visits"]);
        assert!(host.signal("TERM").success());
        let line = alice.run(&["start", "--engine", other]).failed(5);
        assert!(line.contains(engine) && line.contains("; leave --engine out"), "{line}");
        let line = alice.run(&["start", "--ephemeral"]).failed(5);
        assert!(line.contains("; leave --ephemeral out"), "{line}");
        let host = alice.start(&[]);
        assert_eq!(alice.json(&["key"])["engine"], engine);
        assert_eq!(alice.ok(&["call", "visits", "read"]), "7");
        assert!(host.signal("TERM").success());

        // What the refusal said to do.
        alice.ok(&["store", "rebuild", "--from-checkpoint", "--engine", other]);
        let _host = alice.start(&["--engine", other]);
        assert_eq!(alice.ok(&["call", "visits", "read"]), "7");
    }
}

#[test]
fn what_a_vat_may_use_is_changed_by_its_owner_and_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let host = alice.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);
    let before = alice.json(&["vat", "quota", "shop"]);
    assert_eq!(before["records"]["quota"], 4_000_000);
    assert_eq!(before["timers"], json!({"used": 0, "quota": 10_000}));
    let used = before["records"]["used"].as_u64().expect("a number");

    let narrow = alice.json(&["vat", "quota", "shop", "--records", &used.to_string()]);
    assert_eq!(narrow["records"]["quota"], used);
    assert_eq!(narrow["bytes"]["quota"], before["bytes"]["quota"], "what is not said stays");
    let refused = alice.run(&["spawn", "shop", "counter"]).failed(1);
    assert!(refused.contains("busy") && refused.contains("records"), "{refused}");
    assert_eq!(alice.ok(&["call", "visits", "increment", "10"]), "10", "what runs is answered");
    assert!(host.signal("KILL").code().is_none());

    let host = alice.start(&[]);
    assert_eq!(alice.json(&["vat", "quota", "shop"])["records"]["quota"], used);
    alice.ok(&["vat", "quota", "shop", "--records", "5000000", "--bytes", "2000000000"]);
    let shown = alice.ok(&["vat", "quota", "shop"]);
    assert!(shown.contains("5000000") && shown.contains("2.0 GB"), "{shown}");
    alice.ok(&["spawn", "shop", "counter"]);

    // Vat zero takes the commands that would give it more again.
    let refused = alice.run(&["vat", "quota", "host", "--deliveries", "0"]).failed(1);
    assert!(refused.contains("100000 deliveries"), "{refused}");
    alice.ok(&["vat", "quota", "host", "--deliveries", "200000"]);
    assert!(host.signal("TERM").success());
    let all = alice.json(&["store", "replay"]);
    assert_eq!((&all["agrees"], &all["opaque"]), (&true.into(), &0.into()), "{all}");
}

#[test]
fn a_snapshot_is_a_way_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let host = alice.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);
    alice.ok(&["call", "visits", "increment", "1"]);
    alice.ok(&["store", "snapshot", "monday"]);
    alice.ok(&["call", "visits", "increment", "1"]);
    assert!(host.signal("KILL").code().is_none());

    let sound = alice.json(&["store", "check"]);
    let newest = sound["newest"].as_u64().expect("a commit");
    let all = alice.json(&["store", "replay", "--threads", "2"]);
    assert_eq!((&all["agrees"], &all["opaque"]), (&true.into(), &0.into()), "{all}");
    assert_eq!(all["newest"].as_u64(), Some(newest), "{all}");
    let shop = alice.json(&["store", "replay", "--vat", "shop", "--from", "monday"]);
    assert_eq!(shop["agrees"], true, "{shop}");
    assert!(shop["turns"].as_u64() < all["turns"].as_u64(), "{shop}");
    let told = alice.ok(&["store", "replay"]);
    assert!(told.contains("every turn wrote what it had written"), "{told}");
    let line = alice.run(&["store", "replay", "--vat", "nobody"]).failed(2);
    assert!(line.contains("no vat named nobody"), "{line}");
    remove_checkpoint(&alice.data);
    alice.json(&["store", "rebuild", "--from", "monday"]);
    let rebuilt = alice.json(&["store", "check"]);
    assert!(rebuilt["newest"].as_u64() >= Some(newest), "{rebuilt}");
    let _host = alice.start(&[]);
    assert_eq!(alice.ok(&["call", "visits", "read"]), "2", "the journal holds the second one");
}

#[test]
fn damage_is_found_and_refused_and_not_guessed_around() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let host = alice.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);
    assert!(host.signal("TERM").success());

    let journal = files(&alice.data.join("store").join("journal"));
    let first = journal.iter().min().expect("a segment");
    let mut bytes = fs::read(first).expect("read");
    let middle = bytes.len() / 2;
    let written = bytes.iter().rposition(|b| *b != 0).expect("something written");
    bytes[middle.min(written / 2)] ^= 0x40;
    fs::write(first, &bytes).expect("written");
    let line = alice.run(&["store", "check"]).failed(4);
    assert!(line.contains("damaged"), "{line}");
    let line = alice.run(&["start"]).failed(4);
    assert!(line.contains("hogshead store "), "{line}");
}

#[test]
fn a_damaged_journal_leads_to_what_keeps_the_most() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let host = alice.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "7", "--name", "visits"]);
    assert!(host.signal("TERM").success());
    let newest = alice.json(&["store", "check"])["newest"].clone();
    let journal = alice.data.join("store").join("journal");
    let first = files(&journal).into_iter().min().expect("a segment");
    let half = fs::metadata(&first).expect("a file").len() / 2;
    let cut = fs::OpenOptions::new().write(true).open(first).expect("opened");
    cut.set_len(half).expect("cut");

    for words in [&["store", "rebuild"][..], &["store", "rebuild", "--accept-loss"]] {
        let line = alice.run(words).failed(4);
        let keeps = format!("--from-checkpoint --accept-loss` keeps those up to c{newest}");
        assert!(line.contains(&keeps) && line.contains("would be lost"), "{line}");
    }
    fs::remove_dir_all(&journal).expect("removed");
    for words in [&["start"][..], &["store", "rebuild"]] {
        let line = alice.run(words).failed(4);
        assert!(line.contains("its folder is missing"), "{line}");
    }
    let words = ["store", "rebuild", "--from-checkpoint", "--accept-loss"];
    assert_eq!(alice.json(&words)["newest"], newest);
    let _host = alice.start(&[]);
    assert_eq!(alice.ok(&["call", "visits", "read"]), "7");
}

#[test]
fn without_its_key_file_a_store_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let host = alice.start(&["--key-file", "first.key"]);
    assert!(host.signal("TERM").success());
    let line = alice.run(&["start", "--key-file", "missing.key"]).failed(5);
    assert!(line.contains("missing.key"), "{line}");
    assert!(!folder.path().join("missing.key").exists());
    fs::write(folder.path().join("wrong.key"), "no key").expect("written");
    let line = alice.run(&["start", "--key-file", "wrong.key"]).failed(5);
    assert!(line.contains("wrong.key"), "{line}");
    // Another host's key opens nothing: that is no damage of the store.
    let bob = Terminal::new(folder.path(), "bob");
    let host = bob.start(&["--key-file", "bobs.key"]);
    assert!(host.signal("TERM").success());
    for words in [&["start"][..], &["store", "replay"]] {
        let words = [words, &["--key-file", "bobs.key"]].concat();
        let line = alice.run(&words).failed(5);
        assert!(line.contains("bobs.key: it is another than the store was made with;"), "{line}");
    }
    let host = alice.start(&["--key-file", "first.key"]);
    assert!(host.signal("TERM").success());
}

#[test]
fn the_data_folder_is_where_the_owner_says_or_where_such_data_belongs() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = |set: &[(&str, &str)], words: &[&str]| {
        let mut command = program();
        command.env_remove("HOME").envs(set.iter().copied()).args(words);
        let home = folder.path().to_str().expect("UTF-8");
        ended(command).err.replace(home, "")
    };
    let home = folder.path().to_str().expect("UTF-8");
    let xdg = folder.path().join("xdg");
    let xdg = xdg.to_str().expect("UTF-8");
    let says = |line: String, part: &str| assert!(line.contains(part), "{line}");
    says(line(&[], &["key"]), "HOME is not set");
    says(line(&[("HOME", home)], &["key"]), "no data folder /.local/share/hogshead;");
    says(line(&[("HOME", home), ("XDG_DATA_HOME", xdg)], &["key"]), "folder /xdg/hogshead;");
    says(line(&[("XDG_DATA_HOME", xdg), ("HOGSHEAD_DATA", "/var")], &["key"]), "runs on /var");
    says(line(&[("HOGSHEAD_DATA", "/var")], &["key", "--data", "/no"]), "folder /no;");
}

#[test]
fn completions_are_there_for_every_shell() {
    let folder = tempfile::tempdir().expect("a folder");
    let nobody = Terminal::new(folder.path(), "nobody");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = nobody.ok(&["completions", shell]);
        assert!(script.contains("snapshot") && script.len() > 1000, "{shell}");
    }
}

/// Removes whatever is not the journal from a store's engine.
fn remove_checkpoint(data: &Path) {
    let checkpoint = data.join("store").join("checkpoint");
    assert!(checkpoint.exists(), "{}", checkpoint.display());
    if checkpoint.is_dir() {
        fs::remove_dir_all(checkpoint).expect("removed");
    } else {
        fs::remove_file(checkpoint).expect("removed");
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file()).collect()
}
