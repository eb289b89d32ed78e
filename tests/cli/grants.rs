//! Grants, as who gives them and who holds them sees them.

use std::path::Path;

use serde_json::{Value as Json, json};

use crate::terminal::{Running, Terminal};
use crate::{fields, until_ok};

/// All clocks stand at the same time, so that certificates hold and nothing is due by chance.
const CLOCK: [&str; 2] = ["--virtual-clock", "2027-03-01"];

fn shop(alice: &Terminal) -> Running {
    let host = alice.start(&CLOCK);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);
    host
}

/// Alice, who has the shop, Bob and Carol, each with a host.
fn three(folder: &Path) -> [(Terminal, Running); 3] {
    ["alice", "bob", "carol"].map(|name| {
        let terminal = Terminal::new(folder, name);
        let host = if name == "alice" { shop(&terminal) } else { terminal.start(&CLOCK) };
        (terminal, host)
    })
}

/// The one grant with this label.
fn granted(alice: &Terminal, label: &str) -> Json {
    let listed = alice.json(&["grants", "visits"]);
    let listed = listed["grants"].as_array().expect("a list");
    let found: Vec<_> = listed.iter().filter(|grant| grant["label"] == label).collect();
    assert_eq!(found.len(), 1, "{listed:?}");
    found[0].clone()
}

#[test]
fn a_grant_is_good_for_what_it_says_and_its_owner_sees_what_was_done_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let [alice, bob] = ["alice", "bob"].map(|name| Terminal::new(folder.path(), name));
    let host = shop(&alice);
    let _bobs = bob.start(&CLOCK);
    let words = ["--where", "0<=10", "--uses", "3", "--rate", "2/min", "--until", "2h"];
    let given =
        [&["grant", "visits", "--only", "increment", "--label", "bob"][..], &words].concat();
    alice.ok(&[&given[..], &["--out", "bob.ref"]].concat());
    bob.shell("hogshead accept visits < bob.ref").ok(&["accept"]);

    let refused = |words: &[&str], part: &str| {
        let line = bob.run(words).failed(1);
        assert!(line.contains(part), "{words:?}: {line}");
    };
    refused(&["call", "visits", "read"], "does not grant `read`");
    refused(&["call", "visits", "increment", "11"], "argument 0 at most 10");
    assert_eq!(bob.ok(&["call", "visits", "increment", "10"]), "10");
    assert_eq!(bob.ok(&["call", "visits", "increment", "1"]), "11");
    refused(&["call", "visits", "increment", "1"], "try again in 30 seconds");

    // Nothing of that is forgotten in a crash.
    assert!(host.signal("KILL").code().is_none());
    let _host = alice.start(&["--virtual-clock"]);
    refused(&["call", "visits", "increment", "1"], "try again in 30 seconds");
    alice.ok(&["clock", "advance", "30s"]);
    assert_eq!(bob.ok(&["call", "visits", "increment", "1"]), "12");
    refused(&["call", "visits", "increment", "1"], "used up");

    let grant = granted(&alice, "bob");
    fields(
        &grant,
        "created_ms denials denied grant grantor holders label last_ms left may methods object \
         parent state sturdyrefs used vat",
    );
    assert_eq!(
        (&grant["used"], &grant["left"], &grant["denied"]),
        (&json!(3), &json!(0), &json!(5))
    );
    assert_eq!((&grant["state"], &grant["vat"]), (&json!("used up"), &json!("shop")));
    let may = grant["may"].as_str().expect("words");
    assert!(may.contains("increment; argument 0 at most 10; until 2027-03-01T02:00:00Z; 3 uses"));
    fields(&grant["denials"][0], "at_ms caller method why");
    let shown = alice.ok(&["grants", "visits"]);
    assert!(shown.contains("used up") && shown.contains("increment; argument"), "{shown}");
    assert_eq!(shown, alice.ok(&["grants"]), "there are no others");

    alice.ok(&["clock", "advance", "2h"]);
    refused(&["call", "visits", "increment", "1"], "expired at 2027-03-01T02:00:00Z");
    assert_eq!(granted(&alice, "bob")["state"], "expired");
}

#[test]
fn what_a_holder_passed_on_is_seen_and_stays_unless_all_of_it_is_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let _host = shop(&alice);
    alice.ok(&["grant", "visits", "--only", "increment,read", "--label", "bob", "--out", "b.ref"]);
    alice.ok(&["grant", "b.ref", "--uses", "5", "--label", "carol", "--out", "c.ref"]);
    alice.ok(&["grant", "c.ref", "--only", "read", "--label", "dave", "--out", "d.ref"]);
    alice.ok(&["grant", "visits", "--label", "eve", "--out", "e.ref"]);
    alice.run(&["call", "c.ref", "decrement", "1"]).failed(1);
    assert_eq!(alice.ok(&["call", "c.ref", "increment", "1"]), "1");
    assert_eq!(alice.ok(&["call", "d.ref", "read"]), "1");
    alice.run(&["call", "d.ref", "increment", "1"]).failed(1);

    let [bob, carol, dave] = ["bob", "carol", "dave"].map(|label| granted(&alice, label));
    assert_eq!((&bob["parent"], &carol["parent"]), (&Json::Null, &bob["grant"]));
    assert_eq!(dave["parent"], carol["grant"]);
    assert_eq!((&carol["used"], &carol["left"]), (&json!(2), &json!(3)), "Dave's use is hers too");
    let shown = alice.ok(&["grants"]);
    assert!(shown.contains(" bob ") && shown.contains(" └ carol ") && shown.contains("   └ dave "));

    assert_eq!(alice.ok(&["revoke", "visits", "--label", "carol"]), "1 facet revoked");
    let line = alice.run(&["call", "c.ref", "read"]).failed(1);
    assert!(line.contains("revoked"), "{line}");
    assert_eq!(alice.ok(&["call", "d.ref", "read"]), "1", "what Dave has is his");
    assert_eq!(granted(&alice, "carol")["state"], "revoked");
    assert_eq!(granted(&alice, "dave")["state"], "valid");
    assert_eq!(
        alice.ok(&["revoke", "visits", "--label", "bob", "--deep"]),
        "1 facet revoked, with all that was derived"
    );
    alice.run(&["call", "d.ref", "read"]).failed(1);
    assert_eq!(alice.ok(&["call", "e.ref", "read"]), "1", "Eve has nothing to do with it");
}

#[test]
fn what_cannot_be_granted_is_said_before_anything_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let _host = shop(&alice);
    let many: Vec<_> = (0..65).flat_map(|n| ["--where".to_owned(), format!("{n}=1")]).collect();
    let many: Vec<_> = many.iter().map(String::as_str).collect();
    for (words, code, part) in [
        (&["--where", ""][..], 2, "argument's number"),
        (&["--where", "kind=tea"], 2, "argument's number"),
        (&["--where", "0~5"], 2, "one of ="),
        (&["--where", "0<[1 2]"], 2, "can never hold"),
        (&many, 2, "rules"),
        (&["--uses", "0"], 2, "0"),
        (&["--uses", "-1"], 2, "-1"),
        (&["--uses", "18446744073709551616"], 2, "18446744073709551616"),
        (&["--rate", "10"], 2, "N/PERIOD"),
        (&["--rate", "0/min"], 2, "at least one use"),
        (&["--rate", "99999999999999/min"], 2, "at most"),
        (&["--until", "yesterday"], 2, "3d for in three days"),
        (&["--until", "2027-02-28"], 2, "--until is over: for the host it is 2027-03-01"),
        (&["--until", "0s"], 2, "--until is over"),
        (&["--not-before", "2d", "--until", "1d"], 2, "expire before it begins"),
        (&["--to", "nobody"], 2, "--to names no vat"),
        (&["--to", ""], 2, "--to names no vat"),
        (&["--only", "increment,,read"], 2, "empty method"),
        (&["--only", "fly"], 1, "fly"),
    ] {
        let line = alice.run(&[&["grant", "visits", "--out", "no.ref"][..], words].concat());
        let line = line.failed(code);
        assert!(line.contains(part), "{words:?}: {line}");
        assert!(!folder.path().join("no.ref").exists(), "{words:?}");
    }
    for (words, part) in [
        (&["grants", "nobody"][..], "no name"),
        (&["grants", "confirm", "nowhere"], "no such vat"),
        (&["revoke", "nobody", "--deep"], "no name"),
    ] {
        let line = alice.run(words).failed(1);
        assert!(line.contains(part), "{words:?}: {line}");
    }
    assert_eq!(alice.ok(&["grants"]), "nothing is granted: `hogshead grant REF` does");
    assert_eq!(alice.ok(&["grants", "confirm", "shop"]), "nothing was suspended");
    assert_eq!(alice.json(&["grants"]), json!({"grants": []}));
}

#[test]
fn a_grant_to_a_vat_is_good_for_that_one_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let [alice, bob] = ["alice", "bob"].map(|name| Terminal::new(folder.path(), name));
    let _host = shop(&alice);
    let _bobs = bob.start(&CLOCK);
    let key = bob.json(&["key"])["vat_zero"].as_str().expect("a key").to_owned();
    alice.ok(&["grant", "visits", "--to", &key, "--label", "bob", "--out", "bob.ref"]);
    bob.shell("hogshead accept visits < bob.ref").ok(&["accept"]);
    assert_eq!(bob.ok(&["call", "visits", "increment", "1"]), "1");
    let line = alice.run(&["call", "bob.ref", "increment", "1"]).failed(1);
    assert!(line.contains("another vat"), "whoever finds the sturdyref: {line}");
    assert!(alice.ok(&["grants"]).contains(&format!("only for {key}")));
    alice.ok(&["grant", "visits", "--to", "host", "--label", "mine", "--out", "mine.ref"]);
    assert_eq!(alice.ok(&["call", "mine.ref", "increment", "1"]), "2");
    bob.shell("hogshead accept other < mine.ref").ok(&["accept"]);
    bob.run(&["call", "other", "increment", "1"]).failed(1);
}

#[test]
fn what_bob_passes_on_ends_with_what_he_has_and_what_alice_derived_from_it_ends_when_she_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let [(alice, host), (bob, _bobs), (carol, _carols)] = three(folder.path());
    let given = "hogshead grant visits --only increment,read --uses 9 --rate 9/h --until 2d \
                 --label bob > bob.ref";
    alice.shell(given).ok(&[given]);
    bob.shell("hogshead accept visits < bob.ref").ok(&["accept"]);
    assert_eq!(bob.ok(&["call", "visits", "increment", "1"]), "1");

    let passed = "hogshead grant visits --only read --uses 2 --label carol > carol.ref";
    bob.shell(passed).ok(&[passed]);
    carol.shell("hogshead accept visits < carol.ref").ok(&["accept"]);
    assert_eq!(carol.ok(&["call", "visits", "read"]), "1");
    let line = carol.run(&["call", "visits", "increment", "1"]).failed(1);
    assert!(line.contains("denied"), "{line}");
    assert_eq!(granted(&alice, "bob")["used"], 2, "hers is one of his");

    assert!(host.signal("KILL").code().is_none());
    let _host = alice.start(&["--virtual-clock"]);
    assert_eq!(until_ok(&carol, &["call", "visits", "read"]), "1");
    let line = carol.run(&["call", "visits", "read"]).failed(1);
    assert!(line.contains("used up"), "{line}");
    assert_eq!(granted(&alice, "bob")["used"], 3);

    // Bob's own grants are his to see and to end; what Alice made is not.
    let passed = bob.json(&["grants"])["grants"][0].clone();
    assert_eq!((&passed["label"], &passed["vat"]), (&json!("carol"), &json!("host")), "{passed}");
    let line = bob.run(&["revoke", "visits"]).failed(1);
    assert!(line.contains("hogshead grants"), "{line}");
    bob.run(&["grants", "visits"]).failed(1);

    // What Alice derives from Bob's grant stands below it, and outlives it if she likes.
    alice.ok(&["grant", "bob.ref", "--only", "read", "--label", "dave", "--out", "dave.ref"]);
    carol.shell("hogshead accept direct < dave.ref").ok(&["accept"]);
    assert_eq!(carol.ok(&["call", "direct", "read"]), "1");
    assert_eq!(alice.ok(&["revoke", "visits", "--label", "bob"]), "1 facet revoked");
    let line = bob.run(&["call", "visits", "read"]).failed(1);
    assert!(line.starts_with("hogshead: revoked: "), "{line}");
    assert_eq!(carol.ok(&["call", "direct", "read"]), "1");
    let number = granted(&alice, "bob")["grant"].to_string();
    alice.ok(&["grants", "revoke", "shop", &number, "--deep"]);
    let line = carol.run(&["call", "direct", "read"]).failed(1);
    assert!(line.starts_with("hogshead: revoked: "), "{line}");
    assert_eq!(granted(&alice, "dave")["state"], "revoked");

    let number = passed["grant"].to_string();
    assert_eq!(bob.ok(&["grants", "revoke", "host", &number]), "1 facet revoked");
    let line = carol.run(&["call", "visits", "read"]).failed(1);
    assert!(line.starts_with("hogshead: revoked: "), "{line}");
}

#[test]
fn an_invitation_is_good_for_whoever_redeems_it_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let [(alice, host), (bob, _bobs), (carol, _carols)] = three(folder.path());
    let words = ["invite", "visits", "--only", "increment", "--uses", "2", "--bind"];
    alice.ok(&[&words[..], &["--out", "invitation"]].concat());
    let shop = alice.json(&["vat", "show", "shop"])["info"]["id"].clone();
    let redeemed = bob.json(&["redeem", "invitation", "--name", "visits"]);
    assert_eq!(redeemed, json!({"name": "visits", "inviter": shop}));
    assert_eq!(bob.ok(&["call", "visits", "increment", "1"]), "1");
    let line = carol.run(&["redeem", "invitation"]).failed(1);
    assert!(line.starts_with("hogshead: refused: "), "{line}");

    // It was redeemed, whatever happens; and he who redeems it again has what he had.
    assert!(host.signal("KILL").code().is_none());
    let _host = alice.start(&["--virtual-clock"]);
    assert!(carol.run(&["redeem", "invitation", "--name", "x"]).code != 0);
    let again = until_ok(&bob, &["redeem", "invitation"]);
    assert!(again.starts_with("invited-1, from "), "{again}");
    assert_eq!(bob.ok(&["call", "invited-1", "increment", "1"]), "2");
    let line = bob.run(&["call", "invited-1", "increment", "1"]).failed(1);
    assert!(line.contains("used up"), "the uses are those of both: {line}");
    let bobs = bob.json(&["key"])["vat_zero"].as_str().expect("a key").to_owned();
    let shown = alice.ok(&["grants"]);
    assert!(shown.contains(&bobs), "who came is seen: {shown}");

    alice.ok(&["invite", "visits", "--out", "other"]);
    bob.ok(&["redeem", "other", "--name", "other"]);
    assert_eq!(bob.ok(&["call", "other", "increment", "1"]), "3");
    assert_eq!(alice.json(&["revoke", "other"])["revoked"], 1);
    let line = bob.run(&["call", "other", "increment", "1"]).failed(1);
    assert!(line.contains("revoked"), "what an invitation became goes with it: {line}");

    alice.ok(&["grant", "visits", "--out", "plain.ref"]);
    let line = bob.run(&["redeem", "plain.ref"]).failed(2);
    assert!(line.contains("no invitation"), "{line}");
    for (words, part) in [
        (&["redeem", ""][..], "REF is empty"),
        (&["redeem", "invitation", "--name", "visits"], "is taken"),
        (&["invite", "visits", "--uses", "0"], "0"),
    ] {
        let line = bob.run(words).failed(2);
        assert!(line.contains(part), "{words:?}: {line}");
    }
}
