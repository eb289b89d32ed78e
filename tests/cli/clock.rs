//! The clock as its owner sees it: shown, advanced where it is virtual, refused where it is not.

use serde_json::json;

use crate::fields;
use crate::terminal::Terminal;

#[test]
fn a_year_passes_on_a_virtual_clock_and_over_a_stop() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let host = alice.start(&["--virtual-clock", "2027-03-01"]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "cell", "--name", "box"]);
    assert_eq!(alice.json(&["clock", "new", "shop"]), json!({"name": "clock-1", "vat": "shop"}));
    assert_eq!(alice.ok(&["call", "clock-1", "now"]), "1803859200000");
    assert_eq!(alice.ok(&["call", "clock-1", "at", "1803859200000"]), "1803859200000");

    // The cell is no alarm clock, but it is reached: what it does not know is the log's.
    let day = "86400000";
    let all = "{\"$symbol\":\"all\"}";
    let target = "{\"$ref\": \"box\"}";
    alice.ok(&["call", "clock-1", "every", day, all, target, "--name", "daily"]);
    let shown = alice.json(&["clock", "show"]);
    fields(&shown, "due jumped_to_ms now_ms virtual");
    fields(&shown["due"][0], "due_ms vat");
    assert_eq!(shown["due"], json!([{"vat": "shop", "due_ms": 1_803_945_600_000_u64}]));
    let later = alice.ok(&["clock", "advance", "3d 12h"]);
    assert!(later.starts_with("time   2027-03-04T12:00:00Z\nclock  virtual"), "{later}");
    assert!(later.contains("\n2027-03-05T00:00:00Z  shop"), "{later}");
    let line = alice.run(&["clock", "set", "2027-01-01"]).failed(1);
    assert!(line.contains("does not go back"), "{line}");
    let line = alice.run(&["clock", "accept"]).failed(1);
    assert!(line.contains("has not jumped"), "{line}");

    let waits = alice.json(&["vat", "show", "shop"])["waits_for"].clone();
    assert_eq!(waits[0]["trigger"], "2027-03-05T00:00:00.000Z");
    let timer = waits[0]["timer"].as_u64().expect("a number").to_string();
    let text = alice.ok(&["vat", "show", "shop"]);
    assert!(text.contains(&format!("timer {timer}: tick to ")), "{text}");
    assert!(host.close_stdin().success());

    // It goes on where it stood, whatever the time is by now.
    let _host = alice.start(&["--virtual-clock", "2027-03-01"]);
    assert_eq!(alice.json(&["clock", "show"])["now_ms"], 1_804_161_600_000_u64);
    alice.ok(&["clock", "set", "2028-03-01T00:00:00Z"]);
    let due = alice.json(&["clock", "show"])["due"].clone();
    assert_eq!(due[0]["due_ms"], 1_835_568_000_000_u64, "the 2nd of March");
    assert_eq!(alice.json(&["clock", "cancel", "shop", &timer]), json!({"cancelled": true}));
    let line = alice.run(&["clock", "cancel", "shop", &timer]).failed(1);
    assert!(line.contains("it may have fired; `hogshead vat show shop`"), "{line}");
    assert!(alice.ok(&["clock", "show"]).ends_with("no timers"));
    let line = alice.run(&["call", "daily", "done"]).failed(1);
    assert!(line.starts_with("hogshead: stopped: "), "{line}");
}

#[test]
fn the_systems_clock_is_shown_and_not_set() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let _host = alice.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    let name = alice.ok(&["clock", "new", "shop", "--name", "watch"]);
    assert_eq!(name, "watch");
    assert!(alice.ok(&["call", "watch", "after", "20"]).parse::<u64>().is_ok());
    let shown = alice.ok(&["clock", "show"]);
    assert!(shown.contains("the system's") && shown.ends_with("no timers"), "{shown}");
    for words in [&["clock", "advance", "3d"][..], &["clock", "set", "2099-01-01"]] {
        let line = alice.run(words).failed(1);
        assert!(line.contains("the system's clock, which it does not set"), "{line}");
    }
}
