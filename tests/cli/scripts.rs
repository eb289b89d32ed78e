//! Scripts and their processes: checked, run, shown, held up, revised, moved, and killed with
//! their host.

use std::fs;

use serde_json::{Value as Json, json};

use crate::terminal::Terminal;
use crate::until_ok;

const BUMP: &str = "export const main = async ({ counter }, by = 1) => {
  const now = await E(counter).increment(by);
  console.log(`it is ${now}`);
  return { now, by };
};
";

const REST: &str = "const ended = () => 'awake';
export const main = async ({ clock }, ms) => {
  const began = 'long ago';
  try {
    let at;
    resting: at = await E(clock, { note: 'a rest' }).after(ms);
    return ended(at, began);
  } finally {
    console.log('done');
  }
};
";

fn id_of(text: &str) -> String {
    assert!(text.len() == 32 && text.chars().all(|c| c.is_ascii_hexdigit()), "{text}");
    text.to_owned()
}

#[test]
fn a_script_is_checked_run_shown_and_outlives_its_host() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let write = |name: &str, text: &str| fs::write(alice.here.join(name), text).expect("a file");
    write("bump.js", BUMP);
    write("rest.js", REST);
    write("bad.js", "var x = 1;\nif (x == 1) this.x = 2;\n");
    assert!(alice.ok(&["script", "check", "bump.js"]).starts_with("blake3:"), "a hash");
    let line = alice.run(&["script", "check", "bad.js"]).failed(2);
    for part in ["bad.js:1:1: `var`", "bad.js:2:5: `==`", "`this`", "hint: "] {
        assert!(line.contains(part), "{line}");
    }

    let host = alice.start(&["--virtual-clock", "2030-01-01"]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);
    let run = ["script", "run", "bump.js", "--grant", "counter=visits", "3"];
    assert_eq!(alice.ok(&run), r#"{"by":3,"now":3}"#);
    alice.ok(&["clock", "new", "shop", "--name", "time"]);
    let detached = ["script", "run", "rest.js", "--grant", "clock=time", "--detach", "60000"];
    let id = id_of(&alice.ok(&detached));
    let listed = alice.ok(&["script", "ps"]);
    assert!(
        listed.contains("time.after (a rest)") || listed.contains("clock.after (a rest)"),
        "{listed}"
    );
    let shown = alice.ok(&["script", "show", &id[..6]]);
    for part in ["waits in line 6 (resting)", "began = \"long ago\"", "ms = 60000", ">    6  "] {
        assert!(shown.contains(part), "{part}: {shown}");
    }

    host.signal("KILL");
    let _host = alice.start(&["--virtual-clock"]);
    until_ok(&alice, &["script", "show", &id]);
    alice.ok(&["clock", "advance", "60s"]);
    let done = alice.json(&["script", "show", &id]);
    assert_eq!(done["process"]["status"], "done", "{done}");
    assert!(done["shows"]["outcome"].to_string().contains("awake"), "{done}");
    assert!(alice.ok(&["script", "logs", &id]).ends_with("done"), "its log");
    alice.ok(&["script", "rm", &id]);
    let line = alice.run(&["script", "show", &id]).failed(1);
    assert!(line.contains("no process has an id that begins with"), "{line}");
}

#[test]
fn a_script_without_a_function_to_call_is_no_script_to_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let _host = alice.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    for (text, code) in [("", 2), ("export const x = 1;", 2), ("export const main = 5;", 1)] {
        fs::write(alice.here.join("odd.js"), text).expect("a file");
        alice.ok(&["script", "check", "odd.js"]);
        let line = alice.run(&["script", "run", "odd.js"]).failed(code);
        assert!(code == 2 || line.ends_with("`script logs` tell more of it"), "{line}");
        let what = if code == 2 { "odd.js exports no function `main`" } else { "is no function" };
        assert!(line.contains(what) && line.contains("export const main = async"), "{line}");
    }
    fs::write(alice.here.join("odd.js"), "export default () => 7;").expect("a file");
    assert_eq!(alice.ok(&["script", "run", "odd.js"]), "7");
}

#[test]
fn an_owner_holds_up_revises_takes_back_copies_and_moves_a_process() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    fs::write(alice.here.join("rest.js"), REST).expect("a file");
    fs::write(alice.here.join("later.js"), REST.replace("'awake'", "'rested'")).expect("a file");
    fs::write(alice.here.join("other.js"), REST.replace("resting", "sleeping")).expect("a file");
    let _host = alice.start(&["--virtual-clock", "2030-01-01"]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["vat", "new", "store"]);
    alice.ok(&["clock", "new", "shop", "--name", "time"]);
    let line = alice.run(&["script", "run", "rest.js"]).failed(2);
    assert!(line.contains("say which with --vat VAT"), "{line}");
    let start = ["script", "run", "rest.js", "--vat", "shop", "--grant", "clock=time", "--detach"];
    let id = id_of(&alice.ok(&[&start[..], &["60000"]].concat()));

    alice.ok(&["script", "pause", &id]);
    let line = alice.run(&["script", "resume", &id, "--at", "99"]).failed(1);
    assert!(line.contains("somebody else went on"), "{line}");
    let line = alice.run(&["script", "step", &id]).failed(1);
    assert!(line.contains("nothing to run"), "{line}");
    alice.ok(&["script", "resume", &id]);

    let line = alice.run(&["script", "revise", &id, "other.js"]).failed(1);
    assert!(line.contains("`resting`") && line.contains("left as it was"), "{line}");
    assert!(alice.ok(&["script", "revise", &id, "later.js"]).contains("1 call and"), "revised");
    let line = alice.run(&["script", "undo", &id, "7"]).failed(1);
    assert!(
        line.contains("it can go back by") && line.contains("`hogshead script show`"),
        "{line}"
    );
    let copy = id_of(&alice.ok(&["script", "fork", &id]));
    assert_ne!(copy, id);

    // What cannot be written holds nothing up, and what is there stays, under a link as well.
    fs::write(alice.here.join("precious"), "precious").expect("a file");
    std::os::unix::fs::symlink("precious", alice.here.join("link")).expect("a link");
    for file in ["precious", "link", "rest.js", "no/such/rest.proc"] {
        let line = alice.run(&["script", "export", &id, file]).failed(5);
        assert!(line.contains("cannot make"), "{line}");
        let info = &alice.json(&["script", "show", &id])["process"];
        assert_eq!(info["status"], "waiting", "{file}: {info}");
    }
    assert_eq!(fs::read_to_string(alice.here.join("precious")).expect("a file"), "precious");
    assert_eq!(fs::read_to_string(alice.here.join("rest.js")).expect("a file"), REST);
    let line = alice.run(&["script", "export", &id, "rest.proc", "--at", "99"]).failed(1);
    assert!(line.contains("somebody else went on"), "{line}");
    assert!(!alice.here.join("rest.proc").exists(), "an export that failed leaves no file");
    let mode = "umask 022; hogshead script export \"$0\" > /dev/null && stat -c %a \"$0.proc\"";
    let line = mode.replace("$0", &id);
    assert_eq!(alice.shell(&line).ok(&[&line]), "600");
    alice.run(&["script", "export", &id]).failed(5);

    alice.ok(&["script", "export", &id, "rest.proc"]);
    let shown = alice.ok(&["script", "show", "rest.proc", "--brief"]);
    assert!(shown.contains("waits in line 6 (resting)") && shown.contains("clock"), "{shown}");
    let line = alice.run(&["script", "import", "rest.proc", "--vat", "shop"]).failed(1);
    assert!(line.contains("one resumption counts"), "{line}");
    let moved = ["script", "import", "rest.proc", "--vat", "store", "--grant", "clock=time"];
    assert_eq!(alice.ok(&moved), id);
    fs::write(alice.here.join("junk.proc"), "HOGPROC nothing of the kind").expect("a file");
    for words in [&["script", "show", "junk.proc"][..], &["script", "show", "absent.proc"]] {
        alice.run(words).failed(if words[2] == "junk.proc" { 2 } else { 5 });
    }

    alice.ok(&["clock", "advance", "60s"]);
    let done = alice.json(&["script", "show", &copy]);
    assert!(done["shows"]["outcome"].to_string().contains("rested"), "{done}");
}

/// The lines between ```sh and ``` of a page, from a heading on, without those that need a terminal.
fn typed(page: &str, from: &str) -> String {
    let page = &page[page.find(from).expect("the heading")..];
    let end = page[from.len()..].find("\n## ").map_or(page.len(), |end| from.len() + end);
    let blocks = page[..end].split("```sh\n").skip(1);
    let lines = blocks.flat_map(|block| block.split("```").next().unwrap_or_default().lines());
    lines.filter(|line| !line.starts_with("hogshead repl")).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_the_readme_and_the_guide_type_about_scripts_works() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let _host = alice.start(&["--virtual-clock", "2030-01-01"]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);
    let readme = include_str!("../../README.md");
    let lines = typed(readme, "## Scripts that wait");
    let said = alice.shell(&format!("set -e\n{lines}")).ok(&[&lines]);
    for part in ["clock.after (until the next visit)", ">    3", "count = 1", "cancelled: "] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let lines = typed(include_str!("../../docs/scripts.md"), "## First steps");
    let said = alice.shell(&format!("set -e\n{lines}")).ok(&[&lines]);
    let process = alice.json(&["script", "ps", "--vat", "desk"]);
    let parts = ["waits in line 4 (resting)", "held up", "goes on", "1 call and", "revised from"];
    for part in parts.into_iter().chain(["copy.proc: ", "cancelled: one is enough"]) {
        assert!(said.contains(part), "{part}: {said}");
    }
    let statuses: Vec<_> =
        (0..2_usize).map(|at| &process["processes"][at]["process"]["status"]).collect();
    assert!(statuses.iter().any(|status| **status == "waiting"), "{process}");
    assert!(statuses.iter().any(|status| status.to_string().contains("was moved")), "{process}");
    // Each rest begins when the one before it has been told, whenever that is.
    let is_done = |_| {
        alice.ok(&["clock", "advance", "60s"]);
        let listed = alice.json(&["script", "ps", "--vat", "desk"]);
        listed.to_string().contains("\"done\"")
    };
    assert!((0..200).any(is_done), "three rests end");
    assert!(alice.ok(&["call", "told", "get"]).contains("\"count\":3"), "told");
}

#[test]
fn a_vat_that_is_not_there_is_no_trouble_for_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    fs::write(alice.here.join("rest.js"), REST).expect("a file");
    fs::write(alice.here.join("spin.js"), "export const main = () => { for (;;) {} };\n")
        .expect("a file");
    let _host = alice.start(&["--virtual-clock", "2030-01-01"]);
    alice.ok(&["vat", "new", "shop"]);
    for _ in 0..2 {
        let line = alice.run(&["script", "run", "rest.js", "--vat", "nowhere"]).failed(1);
        assert!(line.contains("there is no such vat"), "{line}");
    }
    let line = alice.run(&["script", "show", "3f"]).failed(2);
    assert!(line.contains("there are no processes"), "{line}");
    alice.ok(&["clock", "new", "shop", "--name", "time"]);
    let start = ["script", "run", "rest.js", "--grant", "clock=time", "--detach", "1"];
    let id = id_of(&alice.ok(&start));
    assert!(alice.ok(&["script", "ps"]).contains(&id[..8]));
    for (word, part) in [("zz", "`hogshead script ps` lists"), ("", "the beginning of every id")] {
        let line = alice.run(&["script", "show", word]).failed(if word.is_empty() { 2 } else { 1 });
        assert!(line.contains(part), "{line}");
    }
    // What stands still is not waited for.
    let line = alice.run(&["script", "run", "spin.js"]).failed(1);
    assert!(line.contains("suspended: out of fuel") && line.contains("script resume"), "{line}");
}

#[test]
fn lines_at_a_prompt_know_each_other_and_the_capabilities() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let _host = alice.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visit-count"]);
    let lines = "const twice = (n) => n * 2;\n\
                 const list = [1, 2].map(twice)\n\
                 list\n\
                 this.x\n\
                 await E(visit_count).increment(list[1])\n\
                 throw new Error('no')\n\
                 twice(list.length)\n";
    fs::write(alice.here.join("lines.js"), lines).expect("a file");
    let ended = alice.shell("hogshead repl shop < lines.js");
    assert_eq!(ended.code, 2, "that of the first line that failed: {}", ended.err);
    assert_eq!(ended.out.lines().collect::<Vec<_>>(), ["[2,4]", "4", "4"], "{}", ended.out);
    let wrong: Vec<_> = ended.err.lines().collect();
    assert!(wrong[0].starts_with("1:1: `this`") && wrong[1].starts_with("Error: no"), "{wrong:?}");
}

#[test]
fn what_a_pipe_of_lines_comes_to_can_be_told_by_a_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let _host = alice.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    for (line, code, out) in [
        ("\"abc\"\n", 0, "\"abc\"\n"),
        ("throw new Error('x')\n7\n", 1, "7\n"),
        ("const = 3\n7\n", 2, "7\n"),
        (".fly\n", 2, ""),
    ] {
        let ended = alice.run_with(&["repl", "shop"], line.as_bytes());
        assert_eq!((ended.code, ended.out.as_str()), (code, out), "{line}: {}", ended.err);
        assert_eq!(ended.err.lines().count(), usize::from(code != 0), "{}", ended.err);
    }
    let ended =
        alice.run_with(&["repl", "shop", "--timeout", "1"], b"await new Promise(() => {})\n");
    assert_eq!(ended.code, 6, "{ended:?}");

    let lines = b"1 + 1\nconst x = 3\nthrow new Error('no')\n'a' == 'b'\n.names\n";
    let ended = alice.run_with(&["repl", "shop", "--json"], lines);
    assert_eq!(ended.code, 1);
    let printed: Vec<Json> = ended.out.lines().map(document).collect();
    assert_eq!(printed[..2], [json!({"answer": 2}), json!({"answer": {"$undefined": true}})]);
    assert_eq!(printed[2]["values"]["x"], 3, "{}", ended.out);
    let wrong: Vec<Json> = ended.err.lines().map(document).collect();
    assert_eq!(wrong.iter().map(|one| &one["error"]["exit"]).collect::<Vec<_>>(), [1, 2]);
}

fn document(line: &str) -> Json {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

#[test]
fn names_that_would_be_the_same_variable_are_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let _host = alice.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "cell", "\"exact\"", "--name", "a_b"]);
    for name in ["aéb", "a-b", "new"] {
        alice.ok(&["spawn", "shop", "cell", "\"other\"", "--name", name]);
    }
    let ended = alice.run_with(&["repl", "shop"], b"await E(a_b).get()\n");
    assert_eq!((ended.code, ended.out.as_str()), (0, "\"exact\"\n"), "{}", ended.err);
    for part in ["`aéb` is left out: `a_b` is the name `a_b`", "`a-b` is left", "`new` cannot be"]
    {
        assert!(ended.err.contains(part), "{part}: {}", ended.err);
    }
}
